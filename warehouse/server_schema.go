package warehouse

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"wenshu/semantic"
)

// serverCatalogue reads what a server knows about its tables, in statements of
// this package.
type serverCatalogue struct {
	pool *sql.DB
	// tables are those whose rows are counted; nil is all of them.
	tables []string
	// unread reports an error that is one table's alone: of a view whose table is
	// gone, of a table whose parts are gone.
	unread func(error) bool
}

// rows collects a result of text columns; a null is "".
func (c serverCatalogue) rows(ctx context.Context, text string, args ...any) ([][]string, error) {
	result, err := c.pool.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer result.Close()
	columns, err := result.Columns()
	if err != nil {
		return nil, err
	}
	var all [][]string
	for result.Next() {
		cells := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := result.Scan(into...); err != nil {
			return nil, err
		}
		row := make([]string, len(columns))
		for i, cell := range cells {
			row[i] = cell.String
		}
		all = append(all, row)
	}
	return all, result.Err()
}

// question is a statement and where its rows go.
type question struct {
	into *[][]string
	text string
}

// all asks the questions one after the other.
func (c serverCatalogue) all(ctx context.Context, questions []question) (err error) {
	for _, q := range questions {
		if *q.into, err = c.rows(ctx, q.text); err != nil {
			return err
		}
	}
	return nil
}

// count is the number of rows of a table, whose name is quoted already.
func (c serverCatalogue) count(ctx context.Context, table string) (int64, error) {
	var n int64
	err := c.pool.QueryRowContext(ctx, "SELECT count(*) FROM "+table).Scan(&n)
	return n, err
}

// countRows fills in the rows of the tables: counted, or as the catalogue
// estimates them from a million on. The rows of the tables hold the estimate in
// their fourth cell and the quoted name in their fifth. A table that cannot be
// read keeps the -1 of rows nobody knows, so that the others are there.
func (c serverCatalogue) countRows(ctx context.Context, s *Schema, tables [][]string) error {
	for i := range s.Tables {
		t := &s.Tables[i]
		for _, r := range tables {
			if r[0] != t.Name || t.View || c.tables != nil && !slices.Contains(c.tables, t.Name) {
				continue
			}
			estimate, err := strconv.ParseInt(r[3], 10, 64)
			if err == nil && estimate >= 1_000_000 {
				t.Rows = estimate
				continue
			}
			n, err := c.count(ctx, r[4])
			switch {
			case err == nil:
				t.Rows = n
			case ctx.Err() != nil || !c.unread(err):
				return err
			}
		}
	}
	return nil
}

// catalogueRows are the answers to the questions that every catalogue is asked,
// as texts, each in the order of the result.
type catalogueRows struct {
	tables  [][]string // name, "view" or another kind, comment, estimated rows
	columns [][]string // table, column, type, "YES" when it may be null, comment
	keys    [][]string // table, constraint, "PRIMARY KEY" or "UNIQUE", column
	foreign [][]string // table, constraint, column, other table, its column
}

// schema puts the answers together; typeOf reads a declared type.
func (c catalogueRows) schema(typeOf func(string) semantic.ColumnType) *Schema {
	s := &Schema{}
	at := map[string]*SchemaTable{}
	for _, r := range c.tables {
		s.Tables = append(s.Tables, SchemaTable{Name: r[0], View: r[1] == "view", Comment: r[2], Rows: -1})
	}
	slices.SortFunc(s.Tables, func(a, b SchemaTable) int { return strings.Compare(a.Name, b.Name) })
	for i := range s.Tables {
		at[s.Tables[i].Name] = &s.Tables[i]
	}
	for _, r := range c.columns {
		if t := at[r[0]]; t != nil {
			t.Columns = append(t.Columns, SchemaColumn{Name: r[1], Declared: r[2], Type: typeOf(r[2]), Nullable: r[3] == "YES", Comment: r[4]})
		}
	}
	for _, group := range grouped(c.keys) {
		t := at[group[0][0]]
		if t == nil {
			continue
		}
		var key []string
		for _, r := range group {
			key = append(key, r[3])
		}
		if group[0][2] == "PRIMARY KEY" {
			t.PrimaryKey = key
		} else {
			t.Unique = append(t.Unique, key)
		}
	}
	for _, group := range grouped(c.foreign) {
		t := at[group[0][0]]
		if t == nil {
			continue
		}
		k := ForeignKey{Table: group[0][3]}
		for _, r := range group {
			k.Columns, k.ToColumns = append(k.Columns, r[2]), append(k.ToColumns, r[4])
		}
		t.ForeignKeys = append(t.ForeignKeys, k)
	}
	for i := range s.Tables {
		slices.SortStableFunc(s.Tables[i].ForeignKeys, func(a, b ForeignKey) int {
			return strings.Compare(strings.Join(a.Columns, ","), strings.Join(b.Columns, ","))
		})
	}
	return s
}

// grouped cuts rows where their first two cells change.
func grouped(rows [][]string) [][][]string {
	var out [][][]string
	for i, r := range rows {
		if i == 0 || r[0] != rows[i-1][0] || r[1] != rows[i-1][1] {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], r)
	}
	return out
}
