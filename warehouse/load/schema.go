package load

import (
	"fmt"
	"time"
)

// Kind is the closed set of column kinds.
type Kind uint8

// The kinds, each with the Go value that a row holds for it. A nil value is
// NULL and is legal in nullable columns only.
const (
	KindInt       Kind = iota + 1 // int64
	KindDecimal                   // Decimal
	KindFloat                     // float64
	KindText                      // string
	KindBool                      // bool
	KindDate                      // time.Time, its clock and zone ignored
	KindTimestamp                 // time.Time, wall clock to the second, its zone ignored
)

// String names the kind as messages spell it.
func (k Kind) String() string {
	names := [...]string{"none", "int", "decimal", "float", "text", "bool", "date", "timestamp"}
	if int(k) >= len(names) {
		return fmt.Sprintf("Kind(%d)", uint8(k))
	}
	return names[k]
}

// Type is the type of a column. The zero Type is no type, and Create refuses it.
type Type struct {
	Kind  Kind
	Scale int // digits after the point of a decimal, 0 to 9; 0 for all others
}

// The types without a parameter.
var (
	Int       = Type{Kind: KindInt}
	Float     = Type{Kind: KindFloat}
	Text      = Type{Kind: KindText}
	Bool      = Type{Kind: KindBool}
	Date      = Type{Kind: KindDate}
	Timestamp = Type{Kind: KindTimestamp}
)

// DecimalOf is the exact decimal type with scale digits after the point.
func DecimalOf(scale int) Type { return Type{Kind: KindDecimal, Scale: scale} }

// Decimal is a value of a decimal column: the number times ten to the power
// of the column's scale. At scale 2, Decimal(1999) is 19.99.
type Decimal int64

// Column is one column of a table.
type Column struct {
	Name     string // legal as a bare identifier on every engine: a-z, 0-9 and _
	Type     Type
	Comment  string // one line; shown by engines that keep comments
	Nullable bool
}

// ForeignKey says where a column points. It documents; rows may break it, as
// rows of real systems do, and no loader enforces it.
type ForeignKey struct {
	Column   string
	Table    string
	ToColumn string
}

// Table is the schema of one table.
type Table struct {
	Name       string
	Comment    string // one line
	Columns    []Column
	PrimaryKey []string // column names; unique and not null in every row
	Foreign    []ForeignKey
	Indexes    [][]string // columns of each index, made after loading
}

// Check reports the first fault in the table: a bad or repeated name, a column
// without a type, or a key that names no column.
func (t Table) Check() error {
	seen := map[string]bool{}
	if !identifier(t.Name) || len(t.Columns) == 0 {
		return fmt.Errorf("load: table %q: bad name or no columns", t.Name)
	}
	for _, c := range t.Columns {
		if !identifier(c.Name) || seen[c.Name] {
			return fmt.Errorf("load: table %s: column %q: bad or repeated name", t.Name, c.Name)
		}
		if !c.Type.legal() {
			return fmt.Errorf("load: table %s: column %s: no such type", t.Name, c.Name)
		}
		seen[c.Name] = true
	}
	named := append([][]string{t.PrimaryKey}, t.Indexes...)
	for _, f := range t.Foreign {
		named = append(named, []string{f.Column})
	}
	for _, names := range named {
		for _, name := range names {
			if !seen[name] {
				return fmt.Errorf("load: table %s: key or index names column %q, which is not there", t.Name, name)
			}
		}
	}
	return nil
}

func (t Type) legal() bool {
	if t.Kind == KindDecimal {
		return t.Scale >= 0 && t.Scale <= 9
	}
	return t.Kind >= KindInt && t.Kind <= KindTimestamp && t.Scale == 0
}

// identifier reports whether name is legal unquoted on every engine, apart
// from reserved words.
func identifier(name string) bool {
	if name == "" || len(name) > 63 || name[0] >= '0' && name[0] <= '9' {
		return false
	}
	for _, r := range name {
		if r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}

// check reports why a row does not fit the table.
func (t Table) check(row []any) error {
	if len(row) != len(t.Columns) {
		return fmt.Errorf("%d values for %d columns", len(row), len(t.Columns))
	}
	for i, v := range row {
		c := &t.Columns[i]
		if v == nil {
			if !c.Nullable {
				return fmt.Errorf("column %s: null in a column that is not nullable", c.Name)
			}
			continue
		}
		if !c.Type.Kind.holds(v) {
			return fmt.Errorf("column %s: %T in a column of kind %s", c.Name, v, c.Type.Kind)
		}
	}
	return nil
}

func (k Kind) holds(v any) bool {
	switch v.(type) {
	case int64:
		return k == KindInt
	case Decimal:
		return k == KindDecimal
	case float64:
		return k == KindFloat
	case string:
		return k == KindText
	case bool:
		return k == KindBool
	case time.Time:
		return k == KindDate || k == KindTimestamp
	}
	return false
}
