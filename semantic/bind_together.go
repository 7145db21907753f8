package semantic

import (
	"slices"
	"strconv"
)

// together binds a list of the rows of several tables. They are taken in the order
// named: a table that a join leads to, or that leads to an earlier one, meets its
// rows, and what finds no partner on either side stands alone; one that stands
// behind "each" goes with every row.
type together struct {
	b     *binder
	parts []*branch
	rows  []RowsPart
	each  []bool           // of each part, whether it is behind "each", or the first
	known []map[string]int // of each part, a column's place among its outputs
}

func (b *binder) bindTogether() {
	q := b.query
	if len(q.During) > 0 || len(q.Per) > 0 || b.depth > 0 {
		b.fail(Problem{Code: NotComputed, Name: "from", Detail: "several tables"})
		return
	}
	l := &together{b: b}
	for _, next := range append([]Beside{{Table: q.List.From, Each: true}}, q.List.With...) {
		t := b.model.Table(next.Table)
		if t == nil {
			b.fail(Problem{Code: UnknownName, Name: next.Table, Near: b.view.Nearest(next.Table, 3)})
			return
		}
		l.add(t, next.Each)
	}
	if b.failed() {
		return
	}
	br := newBranch(b, l.parts[0].home)
	br.together = l
	b.times = []window{{}}
	rows := &RowsPlan{Source: br.home.Warehouse, Distinct: q.List.Distinct}
	for _, it := range q.Items {
		l.item(br, rows, it)
	}
	br.applyWhere()
	for _, s := range q.Sort {
		if i := b.listSortKey(br, rows, s.Expr); i >= 0 {
			b.plan.Order = append(b.plan.Order, Order{Slot: i, Key: -1, Desc: s.Desc})
		}
	}
	for i := range b.plan.Columns {
		if !slices.ContainsFunc(b.plan.Order, func(o Order) bool { return o.Slot == i }) {
			b.plan.Order = append(b.plan.Order, Order{Slot: i, Key: -1})
		}
	}
	if len(br.scans) > 1 || len(br.scans[0].Columns) > 0 { // a set of one table's keys, which no row of the whole has
		b.fail(Problem{Code: NotComputed, Name: "where", Detail: "several tables"})
	}
	if b.failed() {
		return
	}
	l.close()
	rows.Parts, rows.Where = l.rows, br.where
	b.plan.Rows = rows
	b.plan.Limit, b.plan.Offset = q.Limit, q.Offset
}

// add takes a further table in.
func (l *together) add(t *Table, each bool) {
	b := l.b
	part := newBranch(b, t)
	for _, other := range l.parts {
		if other.home == t {
			b.fail(Problem{Code: Collision, Name: t.Name})
			return
		}
		if other.home.Warehouse != t.Warehouse {
			b.fail(Problem{Code: UnsupportedBySource, Name: t.Name, Detail: "join"})
			return
		}
	}
	l.parts = append(l.parts, part)
	l.rows = append(l.rows, RowsPart{Rows: &RowsPlan{Source: t.Warehouse}, Of: -1})
	l.known = append(l.known, map[string]int{})
	l.each = append(l.each, each)
	if !each {
		l.meet(len(l.parts) - 1)
	}
}

// meet finds the one join between a table and an earlier one: a direct one, or the
// last of a path.
func (l *together) meet(at int) {
	type meeting struct {
		of   int
		lead []step // from there, or from the table at hand where turned
		join *Join
		back bool
	}
	var found []meeting
	t := l.parts[at].home
	for of, other := range l.parts[:at] {
		if of > 0 && l.each[of] {
			continue // what goes with every row is nobody's partner
		}
		for _, j := range other.home.Joins {
			if j.To == t && j.At == nil && !j.Now && !j.Axis {
				found = append(found, meeting{of: of, join: j})
			}
		}
		for _, j := range t.Joins {
			if j.To == other.home && j.At == nil && !j.Now && !j.Axis {
				found = append(found, meeting{of: of, join: j, back: true})
			}
		}
	}
	for of, other := range l.parts[:at] {
		if of > 0 && l.each[of] {
			continue
		}
		for turned, ends := range [][2]*Table{{other.home, t}, {t, other.home}} {
			if path, _, ok := l.b.model.Path(ends[0], ends[1]); ok && len(path) > 1 && len(found) == 0 {
				found = append(found, meeting{of: of, lead: forward(path[:len(path)-1]), join: path[len(path)-1], back: turned == 1})
			}
		}
	}
	switch {
	case len(found) == 0:
		l.b.fail(Problem{Code: NoPath, Name: t.Name, Detail: l.parts[0].home.Name, Near: []string{"each " + t.Name}})
		return
	case len(found) > 1:
		var near []string
		for _, m := range found {
			near = append(near, spell(m.join.From.Name, m.join.Name))
		}
		l.b.fail(Problem{Code: AmbiguousPath, Name: t.Name, Detail: l.parts[found[0].of].home.Name, Near: near})
		return
	}
	m := found[0]
	l.rows[at].Of = m.of
	from, to := m.of, at
	if m.back {
		from, to = at, m.of
	}
	scan := l.parts[from].scan(m.lead)
	for _, p := range m.join.On {
		pair := ColumnPair{From: l.output(from, l.parts[from].column(scan, p.From)), To: l.output(to, l.parts[to].column(0, p.To))}
		if m.back {
			pair.From, pair.To = pair.To, pair.From
		}
		l.rows[at].On = append(l.rows[at].On, pair)
	}
}

// output is the name of a part's column among its outputs.
func (l *together) output(part int, column Expr) string {
	rows := l.rows[part].Rows
	key := boundKey(column)
	i, ok := l.known[part][key]
	if !ok {
		i = len(rows.Outputs)
		l.known[part][key] = i
		rows.Outputs = append(rows.Outputs, column)
	}
	return "o" + strconv.Itoa(i)
}

// resolve finds what a name means: a dimension of the table that it begins with or
// lives in, else of what the first table leads to that leads there.
func (l *together) resolve(n Name) (Expr, *Dimension) {
	at := slices.IndexFunc(l.parts, func(p *branch) bool { return len(n.Path) > 1 && p.home.Name == n.Path[0] })
	if at < 0 {
		homes := make([]*Table, len(l.parts))
		for i, p := range l.parts {
			homes[i] = p.home
		}
		d := l.b.dimension(n, homes)
		if d == nil {
			return nil, nil
		}
		if at = slices.Index(homes, d.Table); at < 0 {
			at = slices.IndexFunc(homes, func(t *Table) bool { return l.b.reaches(t, d.Table) })
		}
		if at < 0 {
			l.b.fail(Problem{Code: NoPath, Name: l.b.model.ShortName(d), Detail: homes[0].Name})
			return nil, nil
		}
	}
	x, d := l.parts[at].resolve(n)
	if x == nil || d == nil {
		return x, d
	}
	out := Rewrite(x, func(e Expr) Expr {
		c, ok := e.(Column)
		if !ok {
			return nil
		}
		return Column{Scan: at, Name: l.output(at, c), Type: c.Type}
	})
	if _, plain := x.(Column); plain || len(firstKey(l.parts[at].home)) == 0 {
		return out, d
	}
	key := l.parts[at].column(0, firstKey(l.parts[at].home)[0]).(Column)
	there := IsNull{X: Column{Scan: at, Name: l.output(at, key), Type: key.Type}, Not: true}
	return Case{Whens: []When{{If: there, Then: out}}}, d // of a row that is not there nothing is known
}

// item adds a shown column.
func (l *together) item(br *branch, rows *RowsPlan, it Item) {
	name := it.As
	if name == "" {
		name = ExprString(it.Expr)
	}
	c := OutColumn{Name: name}
	switch x := it.Expr.(type) {
	case Name:
		v, d := l.resolve(x)
		if v == nil || d == nil {
			return
		}
		c.Dimension, c.Type, c.Unit, c.Format = d, d.Type, d.Unit, d.Format
		l.b.output(rows, v, c)
		return
	case Grained:
		_, c.Dimension = l.resolve(x.Of)
		c.Grain = x.Grain
	case Call:
		if IsAggregate(x.Func) {
			l.b.fail(Problem{Code: MixedShape, Name: ExprString(x), Detail: "list"})
			return
		}
	}
	if v := br.operand(it.Expr); v != nil {
		c.Type = typeOf(v, nil, nil)
		l.b.output(rows, v, c)
	}
}

// close attaches the rules to the scans of every part.
func (l *together) close() {
	for i, p := range l.parts {
		for k := range p.scans {
			l.b.guard(&p.scans[k], k)
		}
		l.rows[i].Rows.Scans = p.scans
	}
}
