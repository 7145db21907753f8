package draft

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"wenshu/semantic"
	"wenshu/sqlgen"
	"wenshu/sqlgen/dialect"
	"wenshu/sqlgen/sqltree"
	"wenshu/warehouse"
)

// The bounds of what is read of a table.
const (
	sampleRows    = 2_000
	countedRows   = 2_000_000 // larger tables are known by their sample alone
	countedAtOnce = 40        // columns in one counting statement
	containedFrom = 2_000     // distinct values held against a key
)

// column is what is known of a column: what the catalogue says, what its rows
// show, and what is made of it.
type column struct {
	schema warehouse.SchemaColumn
	table  *table

	sample   []string // values of the sample that are not null, as text, in row order
	inRows   []string // values of the sample by row, "" for null
	values   []string // distinct ones among them, most frequent first
	nulls    int64    // of all rows, or of the sample of a large table
	distinct int64    // likewise
	blank    bool     // the sample holds empty texts

	plain string   // the name without the unit it closes with
	said  string   // the unit in brackets behind the name; "" for none
	raw   []string // words of the name as they stand, or of the note that says what it is short for
	short []string // those of the name, where raw is of the note
	words []string // without what all columns of the table begin with
	note  comment

	kind  semantic.ColumnType // how it holds its values
	typed bool                // kind is more than a guess
	expr  string              // what cleans the column; "" for the column as it is
	role  role

	elsewhere bool // called like the key of another table
	cents     bool // the column holds hundredths of its currency, which expr makes whole
	coded     bool // the meanings of its values stand in a table of codes

	name     string // of the dimension; "" when there is none
	label    semantic.Label
	synonyms []string
	held     []member // whose meaning is known
	parent   *column
	join     *join // the join that it alone makes
}

// table is what is known of a table.
type table struct {
	schema  warehouse.SchemaTable
	rows    int64 // counted, or of the sample
	whole   bool  // counts are of all rows
	columns []*column

	raw   []string
	words []string // without technical parts
	note  comment

	name      string
	label     semantic.Label
	plural    string
	synonyms  []string
	keys      []key
	joins     []*join
	time      *column
	durations []duration
	partOf    *join // to what the rows are parts of, whose time is theirs; nil where they have one
	display   []*column
	offered   bool // a bridge that is called like a thing of its own: certificates
	bridge    bool
	ofCodes   bool            // holds nothing but what the codes of other tables mean
	repeated  map[string]bool // measures whose name other tables use too

	readsNumbers bool // the engine computes with texts that are numbers
	native       bool // declared times are such
	strict       bool // declared truth values too
}

func (t *table) column(name string) *column {
	for _, c := range t.columns {
		if c.schema.Name == name {
			return c
		}
	}
	return nil
}

// unique reports whether no two rows share a value, as far as was seen.
func (c *column) unique() bool {
	filled := c.table.rows - c.nulls
	return filled > 0 && c.distinct == filled
}

// full reports whether no row lacks a value.
func (c *column) full() bool { return c.nulls == 0 && !c.blank }

// looker reads rows and counts through a source.
type looker struct {
	sources warehouse.Sources
	source  string
	dialect string
	syntax  *sqltree.Syntax
}

func newLooker(source warehouse.Source) (*looker, error) {
	d, err := dialect.Named(source.Dialect())
	if err != nil {
		return nil, fmt.Errorf("draft: %w", err)
	}
	return &looker{warehouse.Sources{source.Name(): source}, source.Name(), source.Dialect(), d.Syntax()}, nil
}

// readsNumbers reports whether the engine takes a text of digits for a number
// wherever it meets one.
func (l *looker) readsNumbers() bool { return l.dialect == "sqlite" || l.dialect == "mysql" }

// rows runs one SELECT and returns its cells as text; null cells are not ok.
type cell struct {
	text string
	ok   bool
}

func (l *looker) rows(ctx context.Context, q *sqltree.Query, types []semantic.ColumnType, allow sqltree.Allow) ([][]cell, error) {
	text, args, err := sqltree.Print(q, l.syntax)
	if err != nil {
		return nil, fmt.Errorf("draft: print a statement: %w", err)
	}
	columns := make([]sqlgen.Column, len(types))
	for i, t := range types {
		columns[i] = sqlgen.Column{Name: named(i), Type: t}
	}
	statement := sqlgen.Statement{Source: l.source, Dialect: l.dialect, SQL: text, Args: args, Columns: columns, Allow: allow}
	result, _, err := l.sources.Run(ctx, &sqlgen.Program{Statements: []sqlgen.Statement{statement}, Columns: columns})
	if err != nil {
		return nil, fmt.Errorf("draft: look at rows: %w", err)
	}
	rows := make([][]cell, len(result.Rows))
	for i, row := range result.Rows {
		rows[i] = make([]cell, len(types))
		for j, v := range row {
			if !v.IsNull() {
				rows[i][j] = cell{v.String(), true}
			}
		}
	}
	return rows, nil
}

// native reports whether the engine holds times as such, and nothing else in a
// column that is declared so.
func (l *looker) native() bool { return l.dialect != "sqlite" }

// strict reports whether it also shows them as such, and truth values, instead
// of the texts and numbers that stand for them.
func (l *looker) strict() bool { return l.native() && l.dialect != "mysql" }

// readAs are the types that columns are read as: texts, but for times and truth
// values of an engine that has them.
func (l *looker) readAs(columns []*column) []semantic.ColumnType {
	types := texts(len(columns))
	for i, c := range columns {
		switch c.schema.Type.Kind {
		case semantic.Date, semantic.Timestamp, semantic.Bool:
			if l.strict() {
				types[i] = semantic.ColumnType{Kind: c.schema.Type.Kind}
			}
		}
	}
	return types
}

func texts(n int) []semantic.ColumnType {
	types := make([]semantic.ColumnType, n)
	for i := range types {
		types[i].Kind = semantic.Text
	}
	return types
}

// allowing lists tables with all their columns.
func allowing(tables ...*table) sqltree.Allow {
	allow := sqltree.Allow{Tables: map[sqltree.TableName][]string{}}
	for _, t := range tables {
		var names []string
		for _, c := range t.schema.Columns {
			names = append(names, c.Name)
		}
		allow.Tables[t.at()] = names
	}
	return allow
}

func from(t *table) *sqltree.From {
	return &sqltree.From{Source: t.as("t")}
}

// at is the name of a table with its schema, where the catalogue gives one.
func (t *table) at() sqltree.TableName {
	if schema, name, ok := strings.Cut(t.schema.Name, "."); ok {
		return sqltree.TableName{Schema: schema, Name: name}
	}
	return sqltree.TableName{Name: t.schema.Name}
}

func (t *table) as(alias string) *sqltree.Table {
	at := t.at()
	return &sqltree.Table{Schema: at.Schema, Name: at.Name, Alias: alias}
}

func named(i int) string { return "c" + strconv.Itoa(i) }

// sample reads the first rows of a table into its columns.
func (l *looker) sample(ctx context.Context, t *table) error {
	var items []sqltree.Item
	for i, c := range t.columns {
		items = append(items, sqltree.Item{Expr: sqltree.C("t", c.schema.Name), Alias: named(i)})
	}
	q := &sqltree.Query{Body: &sqltree.Select{Items: items, From: from(t)}, Limit: sqltree.Int(sampleRows)}
	rows, err := l.rows(ctx, q, l.readAs(t.columns), allowing(t))
	if err != nil {
		return fmt.Errorf("table %s: %w", t.schema.Name, err)
	}
	t.rows = int64(len(rows))
	t.whole = len(rows) < sampleRows
	for i, c := range t.columns {
		c.take(rows, i)
	}
	return nil
}

// take keeps a column of the sample, with its counts.
func (c *column) take(rows [][]cell, at int) {
	counts := map[string]int{}
	for _, row := range rows {
		v := row[at]
		c.inRows = append(c.inRows, v.text)
		if !v.ok {
			c.nulls++
			continue
		}
		c.blank = c.blank || v.text == ""
		c.sample = append(c.sample, v.text)
		if counts[v.text]++; counts[v.text] == 1 {
			c.values = append(c.values, v.text)
		}
	}
	c.distinct = int64(len(c.values))
	sortByCount(c.values, counts)
}

// count counts rows, nulls and distinct values of a table that is larger than
// its sample. A table that is very large stays known by its sample.
func (l *looker) count(ctx context.Context, t *table) error {
	if t.whole || t.schema.Rows > countedRows || t.schema.Rows < 0 {
		return nil
	}
	for start := 0; start < len(t.columns); start += countedAtOnce {
		part := t.columns[start:min(start+countedAtOnce, len(t.columns))]
		items := []sqltree.Item{{Expr: &sqltree.Call{Name: "COUNT", Star: true}, Alias: named(0)}}
		for _, c := range part {
			col := sqltree.C("t", c.schema.Name)
			items = append(items,
				sqltree.Item{Expr: sqltree.Fn("COUNT", col), Alias: named(len(items))},
				sqltree.Item{Expr: &sqltree.Call{Name: "COUNT", Distinct: true, Args: []sqltree.Expr{col}}, Alias: named(len(items) + 1)})
		}
		rows, err := l.rows(ctx, &sqltree.Query{Body: &sqltree.Select{Items: items, From: from(t)}}, texts(len(items)), allowing(t))
		if err != nil || len(rows) != 1 {
			return fmt.Errorf("table %s: count: %w", t.schema.Name, err)
		}
		t.rows = number(rows[0][0])
		for i, c := range part {
			c.nulls = t.rows - number(rows[0][1+2*i])
			c.distinct = number(rows[0][2+2*i])
		}
	}
	t.whole = true
	return nil
}

func number(c cell) int64 {
	n, _ := strconv.ParseInt(c.text, 10, 64) // a count prints as digits
	return n
}

// distinctRows counts the different combinations of some columns, up to a bound.
func (l *looker) distinctRows(ctx context.Context, t *table, columns []*column) (int64, error) {
	var items []sqltree.Item
	for i, c := range columns {
		items = append(items, sqltree.Item{Expr: sqltree.C("t", c.schema.Name), Alias: named(i)})
	}
	inner := &sqltree.Query{Body: &sqltree.Select{Distinct: true, Items: items, From: from(t)}, Limit: sqltree.Int(countedRows)}
	return l.one(ctx, inner, allowing(t))
}

// one counts the rows of a query.
func (l *looker) one(ctx context.Context, inner *sqltree.Query, allow sqltree.Allow) (int64, error) {
	count := []sqltree.Item{{Expr: &sqltree.Call{Name: "COUNT", Star: true}, Alias: named(0)}}
	q := &sqltree.Query{Body: &sqltree.Select{Items: count, From: &sqltree.From{Source: &sqltree.Derived{Query: inner, Alias: "d"}}}}
	rows, err := l.rows(ctx, q, texts(1), allow)
	if err != nil || len(rows) != 1 {
		return 0, err
	}
	return number(rows[0][0]), nil
}

// contained counts the distinct values of the columns here, and those of them
// that the columns there hold too.
func (l *looker) contained(ctx context.Context, here, there []*column) (all, found int64, err error) {
	inner := func() *sqltree.Query {
		s := &sqltree.Select{Distinct: true, From: from(here[0].table)}
		var filled []sqltree.Expr
		for i, c := range here {
			col := sqltree.C("t", c.schema.Name)
			s.Items = append(s.Items, sqltree.Item{Expr: col, Alias: named(i)})
			filled = append(filled, &sqltree.IsNull{X: col, Not: true})
			if c.blank {
				filled = append(filled, sqltree.Op(sqltree.Ne, col, sqltree.Text("")))
			}
		}
		s.Where = sqltree.And(filled...)
		return &sqltree.Query{Body: s, Limit: sqltree.Int(containedFrom)}
	}
	allow := allowing(here[0].table, there[0].table)
	if all, err = l.one(ctx, inner(), allow); err != nil || all == 0 {
		return 0, 0, err
	}
	var same []sqltree.Expr
	for i, c := range there {
		same = append(same, sqltree.Op(sqltree.Eq, sqltree.C("k", c.schema.Name), sqltree.C("d", named(i))))
	}
	held := &sqltree.Query{Body: &sqltree.Select{
		Items: []sqltree.Item{{Expr: sqltree.Int(1), Alias: named(0)}},
		From:  &sqltree.From{Source: there[0].table.as("k")},
		Where: sqltree.And(same...),
	}}
	outer := &sqltree.Query{Body: &sqltree.Select{
		Items: []sqltree.Item{{Expr: sqltree.C("d", named(0)), Alias: named(0)}},
		From:  &sqltree.From{Source: &sqltree.Derived{Query: inner(), Alias: "d"}},
		Where: &sqltree.Exists{Query: held},
	}}
	found, err = l.one(ctx, outer, allow)
	return all, found, err
}
