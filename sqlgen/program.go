package sqlgen

import (
	"wenshu/semantic"
	"wenshu/sqlgen/dialect"
	"wenshu/sqlgen/sqltree"
)

// Program is a plan as engines can run it. It is immutable and safe for
// concurrent use.
type Program struct {
	Statements []Statement // in a fixed order; independent of one another
	// Finish turns the rows of the statements into the answer's rows. It is nil
	// when there is one statement and its rows are the answer already.
	Finish  *Finish
	Columns []Column // of the answer, one for each of Plan.Columns
	Totals  *Program // the totals row; nil for none
}

// Column is a column of a statement or an answer. A Decimal arrives from the
// engine as an integer that counts units of 10^-Scale (SQLite) or as the
// engine's own exact decimal; a Date and a Timestamp as the engine's own or as
// ISO text, on the model's wall clock, whatever the coding of the source column.
type Column struct {
	Name string // in a statement the generated alias, in an answer the plan's name
	Type semantic.ColumnType
}

// Statement is one SELECT for one source.
type Statement struct {
	Source  string // warehouse
	Dialect string
	SQL     string
	Args    []any    // int64, float64, string or bool, in order of their placeholders
	Columns []Column // of the result, in order
	Allow   sqltree.Allow
	// Partial says that a result cut short would make later steps wrong: the
	// rows are not yet the answer's.
	Partial bool
}

// Check parses the statement again and holds it against what its plan names;
// it returns the text to run, printed from the tree. Nothing else may be run.
func (s *Statement) Check() (string, error) {
	d, err := dialect.Named(s.Dialect)
	if err != nil {
		return "", err
	}
	return sqltree.CheckArgs(s.SQL, s.Args, d.Syntax(), s.Allow)
}

// Finish is what remains after the statements. It works on rows of Width cells:
// first the plan's keys (semantic.KeyRef i is cell i), then its slots
// (semantic.Slot i is cell Keys+i). Stitch makes the rows, then the steps run in
// order, then Output picks the answer's cells.
//
// Semantics where SQL engines differ: conditions are two-valued (see the package
// documentation); a group is a tuple of key values where null equals null;
// texts compare by bytes; + - and * of integers and decimals are exact; / and
// everything with a float is a double, null for a zero divisor; arithmetic with
// a null is null.
type Finish struct {
	Keys   int // number of key cells
	Width  int // number of cells in a row
	Stitch Stitch
	Steps  []Step
	Output []int // cells, one for each of Program.Columns
}

// Stitch makes one row for each distinct tuple of keys among the Inputs that
// have every key, in any order. Then each Input that lacks keys (a coarser
// grain) gives its cells to every row that has the keys it does have; it adds
// no rows. With no keys at all there is exactly one row, also when no Input has
// one.
type Stitch struct {
	Inputs []Input
	Clip   []Clip
	Spine  *Spine
}

// Input is the rows of one statement.
type Input struct {
	Statement int
	Keys      []int // for each key, the statement's column; -1 where this input lacks it
	Cells     []Cell
	Follows   bool // its rows obey Stitch.Clip
}

// Cell carries a measure into the row. Zero replaces null, also where no input
// row met the tuple: 0 as an Int, a Decimal or a Float, as Type says.
type Cell struct {
	Column int // of the statement
	Slot   int // cell Keys+Slot of the row
	Zero   bool
	Type   semantic.ColumnType
}

// Clip drops rows of following inputs whose value of the key lies before From or
// at or behind Before, when these are set, or before the least (Low) or behind the greatest
// (High) value that the other inputs have for that key. When the other inputs
// have no value at all, Low and High drop all rows that have one. Rows with a
// null there stay.
type Clip struct {
	Key       int
	From      semantic.Value
	Before    semantic.Value
	Low, High bool
}

// Spine adds, for each distinct tuple of the Cross keys among the stitched rows
// and each of Values, the row that has them, unless it is there; its other keys
// are null, its slots as for missing inputs. Without Cross keys it adds each
// of Values once; with Once those alone that no row has.
type Spine struct {
	Key    int
	Values []semantic.Value
	Cross  []int
	Once   bool
}

// Step changes the rows. The set is closed: Derive, Window, Keep, Sort, Limit.
type Step interface{ step() }

// Derive computes slot Slot of every row from its keys and earlier slots. Expr
// holds Lit, Slot, KeyRef, Unary, Binary, In (a list), Between, IsNull, Match,
// Case and Call of scalar functions. The value is of Type: an exact number is
// rounded half away from zero to a lesser scale.
type Derive struct {
	Slot int
	Expr semantic.Expr
	Type semantic.ColumnType
}

// Window computes slot Slot of every row from slot Of of all rows in its
// partition, those with the same values of the Partition keys.
//
//	share    value / sum of the values, a Float; null when that sum is null or 0
//	rank     1 + the number of values that come before (larger ones when Desc); null for null
//	running  sum of the values up to this row in ascending order of the OrderKey
//	moving   Agg (sum, avg, min, max) of the values of the last Rows rows, this one included
//
// Sums pass over nulls and are null when nothing else is there. Running and
// moving run in ascending order of key OrderKey, nulls last; ResetUnit starts a
// running sum anew with each calendar unit of that key, and is NoUnit for never.
type Window struct {
	Slot      int
	Func      string
	Of        int
	Partition []int // keys
	OrderKey  int   // key; -1 for none
	ResetUnit semantic.Unit
	Calendar  *semantic.Calendar // for ResetUnit
	Rows      int
	Agg       string
	Desc      bool
	Type      semantic.ColumnType
}

// Keep drops the rows for which Cond is not true.
type Keep struct{ Cond semantic.Expr }

// Sort orders the rows; nulls come last in either direction.
type Sort struct{ By []SortKey }

// SortKey is one key of a Sort.
type SortKey struct {
	Cell int
	Desc bool
	// Members, when set, is the natural order of the values: they sort by their
	// place in it, and values that are not in it come behind them by value.
	Members []semantic.Value
}

// Limit keeps Rows rows (0 means all) after passing over Offset, within each
// tuple of the Per keys, or of all rows when Per is empty. The order stays. With First,
// which holds with Per and one row alone, it keeps all rows that are equal to the first
// in these cells, and none where that is null.
type Limit struct {
	Rows, Offset int
	Per          []int
	First        []int
}

func (Derive) step() {}
func (Window) step() {}
func (Keep) step()   {}
func (Sort) step()   {}
func (Limit) step()  {}
