package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/mattn/go-sqlite3"

	"wenshu/semantic"
)

// Schema reads the catalogue over a connection of its own, with the fences of
// file mode but without the authorizer, which forbids the catalogue.
func (s *sqliteSource) Schema(ctx context.Context) (*Schema, error) {
	var schema *Schema
	err := s.admit(ctx, &Timing{}, func(ctx context.Context, _ *sql.DB) error {
		bare := func(lite *sqlite3.SQLiteConn) (*sqliteConn, error) { return &sqliteConn{lite}, nil }
		conn, err := sqliteConnector{s.path, bare}.Connect(ctx)
		if err != nil {
			return err
		}
		schema, err = catalogue{ctx, conn.(*sqliteConn)}.schema(foldedSet(s.opts.Tables))
		return errors.Join(err, conn.Close())
	})
	return schema, err
}

// catalogue reads what SQLite knows about a file.
type catalogue struct {
	ctx  context.Context
	conn *sqliteConn
}

// rows collects a result of the catalogue. SQLite's table-valued pragmas are
// used for they take names as arguments.
func (c catalogue) rows(text string, args ...any) ([][]any, error) {
	named := make([]driver.NamedValue, len(args))
	for i, a := range args {
		named[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	result, err := c.conn.QueryContext(patient{c.ctx}, text, named)
	if err != nil {
		return nil, err
	}
	var all [][]any
	values := make([]driver.Value, len(result.Columns()))
	for {
		if err := result.Next(values); err == io.EOF {
			return all, result.Close()
		} else if err != nil {
			return nil, errors.Join(err, result.Close())
		}
		row := make([]any, len(values))
		for i, v := range values {
			row[i] = v
		}
		all = append(all, row)
	}
}

// schema lists the tables, only those named if any are.
func (c catalogue) schema(only map[string]bool) (*Schema, error) {
	found, err := c.rows(`SELECT name, type = 'view', coalesce(sql, '') FROM sqlite_schema
		WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`)
	if err != nil {
		return nil, err
	}
	schema := &Schema{}
	for _, r := range found {
		name := text(r[0])
		if len(only) > 0 && !only[strings.ToLower(name)] {
			continue
		}
		table, err := c.table(name, r[1] == int64(1), text(r[2]))
		if err != nil {
			return nil, err
		}
		schema.Tables = append(schema.Tables, table)
	}
	return schema, nil
}

func (c catalogue) table(name string, view bool, definition string) (SchemaTable, error) {
	t := SchemaTable{Name: name, View: view, Rows: -1}
	comments := map[string]string{}
	if !view {
		t.Comment, comments = sqliteComments(definition)
	}
	columns, err := c.rows("SELECT name, type, \"notnull\", pk FROM pragma_table_info(?) ORDER BY cid", name)
	if err != nil {
		return t, err
	}
	keys := map[int64]string{}
	for _, r := range columns {
		column := SchemaColumn{Name: text(r[0]), Declared: text(r[1]), Nullable: r[2] == int64(0)}
		column.Type = declaredType(column.Declared)
		column.Comment = comments[strings.ToLower(column.Name)]
		if at, ok := r[3].(int64); ok && at > 0 {
			keys[at], column.Nullable = column.Name, false
		}
		t.Columns = append(t.Columns, column)
	}
	for at := int64(1); keys[at] != ""; at++ {
		t.PrimaryKey = append(t.PrimaryKey, keys[at])
	}
	if view {
		return t, nil
	}
	if t.Unique, err = c.unique(name); err != nil {
		return t, err
	}
	if t.ForeignKeys, err = c.foreignKeys(name); err != nil {
		return t, err
	}
	count, err := c.rows("SELECT count(*) FROM " + sqliteQuote(name))
	if err == nil {
		t.Rows, _ = count[0][0].(int64)
	}
	return t, err
}

// unique lists the keys of a table that are unique by an index over whole
// columns and all rows, other than the primary key.
func (c catalogue) unique(table string) ([][]string, error) {
	indexes, err := c.rows(`SELECT name FROM pragma_index_list(?)
		WHERE "unique" AND origin <> 'pk' AND NOT partial ORDER BY name`, table)
	if err != nil {
		return nil, err
	}
	var keys [][]string
	for _, index := range indexes {
		columns, err := c.rows("SELECT name FROM pragma_index_info(?) ORDER BY seqno", index[0])
		if err != nil {
			return nil, err
		}
		if key := firsts(columns); !slices.Contains(key, "") {
			keys = append(keys, key)
		}
	}
	return keys, nil
}

// foreignKeys lists the references of a table. A reference that names no
// columns means the primary key of the other table.
func (c catalogue) foreignKeys(table string) ([]ForeignKey, error) {
	parts, err := c.rows(`SELECT id, "table", "from", coalesce("to", '') FROM pragma_foreign_key_list(?) ORDER BY id, seq`, table)
	if err != nil {
		return nil, err
	}
	var keys []ForeignKey
	last := any(nil)
	for _, p := range parts {
		if p[0] != last {
			keys, last = append(keys, ForeignKey{Table: text(p[1])}), p[0]
		}
		k := &keys[len(keys)-1]
		k.Columns, k.ToColumns = append(k.Columns, text(p[2])), append(k.ToColumns, text(p[3]))
	}
	for i := range keys {
		if !slices.Contains(keys[i].ToColumns, "") {
			continue
		}
		primary, err := c.rows("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", keys[i].Table)
		if err != nil {
			return nil, err
		}
		keys[i].ToColumns = firsts(primary)
	}
	slices.SortStableFunc(keys, func(a, b ForeignKey) int {
		return strings.Compare(strings.Join(a.Columns, ","), strings.Join(b.Columns, ","))
	})
	return keys, nil
}

func firsts(rows [][]any) []string {
	all := make([]string, len(rows))
	for i, r := range rows {
		all[i] = text(r[0])
	}
	return all
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func sqliteQuote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

var decimalType = regexp.MustCompile(`^(?:DECIMAL|NUMERIC|NUMBER)\s*\(\s*\d+\s*(?:,\s*(\d+)\s*)?\)$`)

// declaredType reads a declared type by the common names of SQL. A decimal
// without a scale is no known type: nobody has said how many digits count.
func declaredType(declared string) semantic.ColumnType {
	upper := strings.ToUpper(strings.TrimSpace(declared))
	if m := decimalType.FindStringSubmatch(upper); m != nil {
		scale, err := strconv.ParseUint("0"+m[1], 10, 8)
		if err != nil {
			return semantic.ColumnType{}
		}
		return semantic.ColumnType{Kind: semantic.Decimal, Scale: uint8(scale)}
	}
	name, _, _ := strings.Cut(upper, "(")
	return semantic.ColumnType{Kind: declaredKinds[strings.TrimSpace(name)]}
}

var declaredKinds = map[string]semantic.Kind{
	"INT": semantic.Int, "INTEGER": semantic.Int, "BIGINT": semantic.Int, "SMALLINT": semantic.Int, "TINYINT": semantic.Int,
	"REAL": semantic.Float, "DOUBLE": semantic.Float, "DOUBLE PRECISION": semantic.Float, "FLOAT": semantic.Float,
	"TEXT": semantic.Text, "VARCHAR": semantic.Text, "NVARCHAR": semantic.Text, "CHAR": semantic.Text, "CLOB": semantic.Text,
	"BOOLEAN": semantic.Bool, "BOOL": semantic.Bool,
	"DATE":     semantic.Date,
	"DATETIME": semantic.Timestamp, "TIMESTAMP": semantic.Timestamp,
}

// sqliteComments finds the comments that SQLite keeps in the text of a CREATE
// TABLE: one after the opening bracket belongs to the table, one behind columns
// to the column of its line that it names, else to the last of them. Keys are in
// lower case.
func sqliteComments(definition string) (table string, columns map[string]string) {
	columns = map[string]string{}
	depth, begins, begun := 0, false, false // within brackets; where an item begins; whether one did
	var line []string                       // columns that begin on this line
	for rest := definition; rest != ""; {
		if comment, n := leadingComment(rest); n > 0 {
			switch {
			case comment == "":
			case len(line) > 0:
				if name := commented(line, comment); columns[name] == "" {
					columns[name] = comment
				}
			case table == "" && !begun:
				table = comment
			}
			rest = rest[n:]
			continue
		}
		n := 1
		switch c := rest[0]; {
		case c == '\n':
			line = nil
		case strings.IndexByte(" \t\r", c) >= 0:
		case begins:
			if name := firstWord(rest); !notColumns[strings.ToUpper(name)] && name != "" {
				line = append(line, strings.ToLower(name))
			}
			begins, begun, n = false, true, wordLength(rest)
		case c == '\'' || c == '"' || c == '`' || c == '[':
			n = wordLength(rest)
		case c == '(':
			depth, begins = depth+1, depth == 0
		case c == ')':
			depth--
		case c == ',':
			begins = depth == 1
		}
		rest = rest[n:]
	}
	return table, columns
}

// notColumns begin the items of a definition that are no columns.
var notColumns = map[string]bool{"PRIMARY": true, "FOREIGN": true, "UNIQUE": true, "CHECK": true, "CONSTRAINT": true}

// commented is which of some columns a comment is about: the one it names, else the
// last.
func commented(columns []string, comment string) string {
	words := strings.FieldsFunc(strings.ToLower(comment), func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, name := range columns {
		if slices.Contains(words, name) && (strings.Contains(name, "_") || words[0] == name) {
			return name
		}
	}
	return columns[len(columns)-1]
}

// leadingComment returns the comment that a text begins with, of either kind, and
// how many bytes it takes; 0 for none.
func leadingComment(s string) (comment string, n int) {
	switch {
	case strings.HasPrefix(s, "--"):
		n = len(s)
		if end := strings.IndexByte(s, '\n'); end >= 0 {
			n = end
		}
		return strings.TrimSpace(s[2:n]), n
	case strings.HasPrefix(s, "/*"):
		end := strings.Index(s[2:], "*/")
		if end < 0 {
			return strings.TrimSpace(s[2:]), len(s)
		}
		return strings.TrimSpace(s[2 : 2+end]), end + 4
	}
	return "", 0
}

// wordLength is how many bytes the first word of a text takes, with its quotes.
func wordLength(s string) int {
	end, quoted := map[byte]byte{'\'': '\'', '"': '"', '`': '`', '[': ']'}[s[0]]
	if !quoted {
		return max(1, len(firstWord(s)))
	}
	if n := strings.IndexByte(s[1:], end); n >= 0 {
		return n + 2
	}
	return len(s)
}

// firstWord is the name that a line of a definition starts with, without its
// quotes.
func firstWord(code string) string {
	if code == "" {
		return ""
	}
	if q := strings.IndexByte("\"`[", code[0]); q >= 0 {
		end := strings.IndexByte(code[1:], "\"`]"[q])
		if end < 0 {
			return ""
		}
		return code[1 : 1+end]
	}
	if end := strings.IndexAny(code, " \t,("); end >= 0 {
		return code[:end]
	}
	return code
}
