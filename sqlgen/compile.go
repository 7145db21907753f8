package sqlgen

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wenshu/semantic"
	"wenshu/sqlgen/dialect"
	"wenshu/sqlgen/sqltree"
)

// Compile turns a plan into a program. dialects gives the name of the SQL
// dialect of each source. The same plan gives the same program, byte for byte;
// the plan is not changed and not kept, apart from the expressions of a Finish.
//
// A plan that no statement can compute is a semantic.Problem with the code
// unsupported_by_source, one that takes a value for a condition has the code
// wrong_type, and one with more constants than a statement holds too_long; any
// other error is a plan that breaks its own rules or a source
// without a dialect.
func Compile(p *semantic.Plan, dialects map[string]string) (*Program, error) {
	program, err := compile(p, dialects)
	if err != nil {
		return nil, err
	}
	if p.Totals != nil {
		if program.Totals, err = Compile(p.Totals, dialects); err != nil {
			return nil, err
		}
	}
	return program, nil
}

func compile(p *semantic.Plan, dialects map[string]string) (*Program, error) {
	if p.Rows != nil {
		return compileRows(p, dialects)
	}
	if len(p.Branches) == 0 {
		return nil, fmt.Errorf("sqlgen: a plan without branches and rows")
	}
	if slices.ContainsFunc(p.Branches, func(b semantic.Branch) bool { return b.Source != p.Branches[0].Source }) {
		return compileSources(p, dialects)
	}
	c, err := newCompiler(p, p.Branches[0].Source, dialects)
	if err != nil {
		return nil, err
	}
	if c.plain() && !flat(p) {
		return compileSources(p, dialects)
	}
	program := &Program{Columns: answerColumns(p)}
	query, columns := c.answer(p)
	program.Statements, err = c.statement(query, columns, nil)
	return program, err
}

// compileRows compiles a list of rows.
func compileRows(p *semantic.Plan, dialects map[string]string) (*Program, error) {
	c, err := newCompiler(p, p.Rows.Source, dialects)
	if err != nil {
		return nil, err
	}
	program := &Program{Columns: answerColumns(p)}
	query, columns := c.rows(p)
	program.Statements, err = c.statement(query, columns, nil)
	return program, err
}

func answerColumns(p *semantic.Plan) []Column {
	columns := make([]Column, len(p.Columns))
	for i, col := range p.Columns {
		columns[i] = Column{Name: col.Name, Type: plain(col.Type)}
	}
	return columns
}

// plain is a type without the coding of a source.
func plain(t semantic.ColumnType) semantic.ColumnType {
	return semantic.ColumnType{Kind: t.Kind, Scale: t.Scale}
}

// compiler writes one statement. It keeps the first error and goes on
// harmlessly after it.
type compiler struct {
	source  string
	d       dialect.Dialect
	numbers numbers
	clocks  clocks
	ctes    []sqltree.CTE
	named   [26]int // how many names of each letter are taken
	taken   map[string]bool
	sets    map[*semantic.Plan]set
	allow   map[sqltree.TableName][]string
	err     error
}

func newCompiler(p *semantic.Plan, source string, dialects map[string]string) (*compiler, error) {
	name, ok := dialects[source]
	if !ok {
		return nil, fmt.Errorf("sqlgen: source %q has no dialect", source)
	}
	d, err := dialect.Named(name)
	if err != nil {
		return nil, fmt.Errorf("sqlgen: source %q: %w", source, err)
	}
	return &compiler{source: source, d: d, numbers: numbers{d}, clocks: newClocks(d, p), taken: taken(p.Model), allow: map[sqltree.TableName][]string{}}, nil
}

// taken are the names of tables, in lower case, that no common table expression
// may hide.
func taken(m *semantic.Model) map[string]bool {
	names := map[string]bool{}
	if m == nil {
		return names
	}
	for _, t := range m.Tables {
		names[strings.ToLower(tableName(t).Name)] = true
	}
	return names
}

func (c *compiler) fail(err error) {
	if err != nil && c.err == nil {
		c.err = err
	}
}

// name is the next unused name that begins with the letter.
func (c *compiler) name(letter byte) string {
	for {
		name := string(letter) + strconv.Itoa(c.named[letter-'a'])
		c.named[letter-'a']++
		if !c.taken[name] {
			return name
		}
	}
}

// with adds a common table expression and returns its name.
func (c *compiler) with(letter byte, body sqltree.Body) string {
	return c.withQuery(letter, &sqltree.Query{Body: body})
}

func (c *compiler) withQuery(letter byte, q *sqltree.Query) string {
	name := c.name(letter)
	c.ctes = append(c.ctes, sqltree.CTE{Name: name, Query: q})
	return name
}

// statement prints the query and appends it to the list.
func (c *compiler) statement(q *sqltree.Query, columns []Column, list []Statement) ([]Statement, error) {
	if c.err != nil {
		return nil, c.err
	}
	q.With = c.ctes
	text, args, err := c.print(q)
	var refusal *sqltree.Refusal
	if errors.As(err, &refusal) && refusal.Code == sqltree.UnsupportedHere {
		return nil, unsupported(refusal.Name, c.source)
	}
	if errors.As(err, &refusal) && refusal.Code == sqltree.TooLarge {
		return nil, semantic.Problem{Code: semantic.TooLong, Name: refusal.Name}
	}
	if err != nil {
		return nil, fmt.Errorf("sqlgen: %w", err)
	}
	return append(list, Statement{
		Source: c.source, Dialect: c.d.Syntax().Name, SQL: text, Args: args, Columns: columns,
		Allow: sqltree.Allow{Tables: c.allow},
	}), nil
}

// tableName splits a source as the model writes it: table or schema.table.
func tableName(t *semantic.Table) sqltree.TableName {
	source := t.Source
	if source == "" {
		source = t.Name
	}
	if schema, name, ok := strings.Cut(source, "."); ok {
		return sqltree.TableName{Schema: schema, Name: name}
	}
	return sqltree.TableName{Name: source}
}

// permit lets the statement read the scan's columns.
func (c *compiler) permit(s semantic.Scan) sqltree.TableName {
	name := tableName(s.Table)
	listed := c.allow[name]
	for _, col := range s.Columns {
		if !slices.Contains(listed, col) {
			listed = append(listed, col)
		}
	}
	c.allow[name] = listed
	return name
}

// The generated names of columns.
func keyName(i int) string     { return "k" + strconv.Itoa(i) }
func measureName(i int) string { return "m" + strconv.Itoa(i) }
func slotName(i int) string    { return "s" + strconv.Itoa(i) }

// typed is a value of a plan's type, in the form that results have.
func (c *compiler) typed(x sqltree.Expr, t semantic.ColumnType) value {
	v := value{x: x, kind: t.Kind}
	if t.Kind == semantic.Decimal {
		v.scale, v.whole, v.fixed = int(t.Scale), c.d.ScaledDecimals(), true
	}
	return v
}
