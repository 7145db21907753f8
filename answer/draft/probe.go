package draft

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
	"wenshu/warehouse"
)

// probedRows are the offending rows that a probe reads at most.
const probedRows = 1_000

// Probe holds what a model declares against the data of its warehouses: keys
// must not repeat (NotUnique), references must lead to a row (Orphans), values
// must be of the declared types (WrongType). Each problem has its place in the
// model and an example, but for columns that are never indexed. What is too much
// to read in time is a problem of its own (Timeout). Tables that are not there
// are passed over: CheckWarehouses reports them.
func Probe(ctx context.Context, m *semantic.Model, sources warehouse.Sources) (semantic.Problems, error) {
	var found semantic.Problems
	for _, name := range m.Warehouses {
		source, ok := sources[name]
		if !ok {
			return nil, fmt.Errorf("probe: no warehouse called %q is connected", name)
		}
		look, err := newLooker(source)
		if err != nil {
			return nil, err
		}
		schema, err := source.Schema(ctx)
		if err != nil {
			return nil, fmt.Errorf("probe %s: %w", name, err)
		}
		p := &prober{look: look, tables: map[string]*table{}}
		for _, s := range schema.Tables {
			t := &table{schema: s}
			for _, c := range s.Columns {
				t.columns = append(t.columns, &column{schema: c, table: t})
			}
			p.tables[strings.ToLower(s.Name)] = t
		}
		for _, t := range m.Tables {
			if t.Warehouse == name {
				p.table(ctx, t)
			}
		}
		if p.err != nil {
			return nil, fmt.Errorf("probe %s: %w", name, p.err)
		}
		found = append(found, p.found...)
	}
	return found, nil
}

// prober collects the problems of one warehouse.
type prober struct {
	look   *looker
	tables map[string]*table // by name in lower case
	found  semantic.Problems
	err    error
}

func (p *prober) table(ctx context.Context, m *semantic.Table) {
	t := p.tables[strings.ToLower(m.Source)]
	if t == nil {
		return
	}
	for _, key := range m.Keys {
		p.key(ctx, m, t, key)
	}
	for _, j := range m.Joins {
		p.reference(ctx, j, t)
	}
	p.types(ctx, m, t)
}

// columns finds the columns of a table by name; nil when one is not there.
func (p *prober) columns(t *table, names []string) []*column {
	var found []*column
	for _, n := range names {
		i := slices.IndexFunc(t.columns, func(c *column) bool { return strings.EqualFold(c.schema.Name, n) })
		if i < 0 {
			return nil
		}
		found = append(found, t.columns[i])
	}
	return found
}

// key looks for values of a key that stand on several rows.
func (p *prober) key(ctx context.Context, m *semantic.Table, t *table, names []string) {
	columns := p.columns(t, names)
	if columns == nil {
		return
	}
	s := &sqltree.Select{From: from(t)}
	var filled []sqltree.Expr
	for i, c := range columns {
		col := sqltree.C("t", c.schema.Name)
		s.Items = append(s.Items, sqltree.Item{Expr: col, Alias: named(i)})
		s.Group = append(s.Group, col)
		filled = append(filled, &sqltree.IsNull{X: col, Not: true})
	}
	s.Where = sqltree.And(filled...)
	s.Having = sqltree.Op(sqltree.Gt, &sqltree.Call{Name: "COUNT", Star: true}, sqltree.Int(1))
	rows := p.rows(ctx, s, p.look.readAs(columns), allowing(t), m.Pos, m.Name)
	if len(rows) > 0 {
		p.found = append(p.found, semantic.Problem{Code: semantic.NotUnique, Pos: m.Pos, Name: m.Name + "(" + strings.Join(names, ", ") + ")",
			Detail: "values on several rows: " + many(rows) + example(m, names, rows)})
	}
}

// reference looks for rows of a join that lead nowhere. One that picks a version
// by time, and a bridge, are looked at by their columns alone.
func (p *prober) reference(ctx context.Context, j *semantic.Join, t *table) {
	if j.To.Warehouse != j.From.Warehouse || j.Many {
		return
	}
	to := p.tables[strings.ToLower(j.To.Source)]
	if to == nil {
		return
	}
	var here, there []string
	for _, pair := range j.On {
		here, there = append(here, pair.From), append(there, pair.To)
	}
	left, right := p.columns(t, here), p.columns(to, there)
	if left == nil || right == nil {
		return
	}
	s := &sqltree.Select{Distinct: true, From: from(t)}
	var filled, same []sqltree.Expr
	for i, c := range left {
		col := sqltree.C("t", c.schema.Name)
		s.Items = append(s.Items, sqltree.Item{Expr: col, Alias: named(i)})
		filled = append(filled, &sqltree.IsNull{X: col, Not: true})
		same = append(same, sqltree.Op(sqltree.Eq, sqltree.C("k", right[i].schema.Name), col))
	}
	held := &sqltree.Query{Body: &sqltree.Select{
		Items: []sqltree.Item{{Expr: sqltree.Int(1), Alias: named(0)}},
		From:  &sqltree.From{Source: to.as("k")},
		Where: sqltree.And(same...),
	}}
	s.Where = sqltree.And(append(filled, &sqltree.Exists{Query: held, Not: true})...)
	rows := p.rows(ctx, s, p.look.readAs(left), allowing(t, to), j.Pos, j.Name)
	if len(rows) > 0 {
		p.found = append(p.found, semantic.Problem{Code: semantic.Orphans, Pos: j.Pos, Name: j.From.Name + "." + j.Name,
			Detail: "values without a row in " + j.To.Source + "(" + strings.Join(there, ", ") + "): " + many(rows) + example(j.From, here, rows)})
	}
}

// rows reads the offending rows. A statement that ran out of time or was refused
// as too much is a problem at the place, any other failure ends the probe.
func (p *prober) rows(ctx context.Context, s *sqltree.Select, types []semantic.ColumnType, allow sqltree.Allow, pos semantic.Pos, name string) [][]cell {
	if p.err != nil {
		return nil
	}
	rows, err := p.look.rows(ctx, &sqltree.Query{Body: s, Limit: sqltree.Int(probedRows)}, types, allow)
	if err == nil {
		return rows
	}
	if errors.Is(err, warehouse.ErrTimeout) || errors.Is(err, warehouse.ErrTooLarge) {
		p.found = append(p.found, semantic.Problem{Code: semantic.Timeout, Pos: pos, Name: name})
		return nil
	}
	p.err = err
	return nil
}

// types looks for values of a sample that are not of the declared types.
func (p *prober) types(ctx context.Context, m *semantic.Table, t *table) {
	if p.err != nil {
		return
	}
	if err := p.look.sample(ctx, t); err != nil {
		p.err = err
		return
	}
	for _, d := range m.Dimensions {
		n, ok := d.Expr.(semantic.Name)
		if !ok || d.Of != nil || d.Type.Kind == semantic.Text {
			continue
		}
		columns := p.columns(t, n.Path[len(n.Path)-1:])
		if columns == nil || p.look.native() && columns[0].schema.Type.Kind == d.Type.Kind {
			continue
		}
		odd := slices.DeleteFunc(slices.Clone(columns[0].values), func(v string) bool { return holds(d.Type, v) })
		if len(odd) == 0 {
			continue
		}
		detail := "values of a sample that are no " + cmp.Or(semantic.YAMLType(d.Type), "text") + ": " + strconv.Itoa(len(odd))
		if d.Index != semantic.IndexNever {
			detail += ", such as " + strconv.Quote(odd[0])
		}
		p.found = append(p.found, semantic.Problem{Code: semantic.WrongType, Pos: d.Pos, Name: m.Name + "." + d.Name, Detail: detail})
	}
}

// holds reports whether a value, as text, is one of the type.
func holds(t semantic.ColumnType, v string) bool {
	one := []string{v}
	switch t.Coding {
	case semantic.CodedText:
		return everyTime(one, t.Layout)
	case semantic.YYYYMM:
		return everyTime(one, "200601")
	case semantic.YYYYMMDD:
		return everyTime(one, "20060102")
	case semantic.YYYY:
		return len(v) == 4 && isDigits(v)
	case semantic.EpochSeconds, semantic.EpochMillis:
		_, err := strconv.ParseInt(v, 10, 64)
		return err == nil
	}
	switch t.Kind {
	case semantic.Int:
		_, err := strconv.ParseInt(v, 10, 64)
		return err == nil
	case semantic.Float, semantic.Decimal:
		kind, _ := numberKindOf(one)
		return kind != semantic.Text
	case semantic.Bool:
		return slices.Contains([]string{"0", "1", "true", "false", "t", "f"}, strings.ToLower(v))
	case semantic.Date, semantic.Timestamp:
		if _, ok := isoKind(v); ok {
			return true
		}
		return len(v) > 10 && isDay(v[:10]) // with a fraction or a zone behind
	}
	return true
}

func isDay(v string) bool {
	_, ok := isoKind(v)
	return ok
}

// many says how many rows were found, or that there may be more.
func many(rows [][]cell) string {
	if len(rows) == probedRows {
		return strconv.Itoa(len(rows)) + " or more"
	}
	return strconv.Itoa(len(rows))
}

// example shows the first offending values, unless a column of theirs is never
// indexed.
func example(m *semantic.Table, names []string, rows [][]cell) string {
	for _, d := range m.Dimensions {
		n, ok := d.Expr.(semantic.Name)
		if ok && d.Index == semantic.IndexNever && slices.ContainsFunc(names, func(s string) bool { return strings.EqualFold(s, n.Path[len(n.Path)-1]) }) {
			return ""
		}
	}
	var values []string
	for _, c := range rows[0] {
		values = append(values, strconv.Quote(c.text))
	}
	return ", such as " + strings.Join(values, ", ")
}
