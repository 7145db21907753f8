package interop

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// joins reads the joins of a cube, whose direction their relationship says.
func (c *cubes) joins(x *cube) {
	for _, j := range mappings(&c.notes, x.tree.Get("joins"), "join of "+x.name) {
		name := text(j.Get("name"))
		what := "join " + name + " of " + x.name
		c.unknown(j, what, "name", "sql", "relationship")
		other := c.byName[name]
		if other == nil {
			c.lost(j.Pos, what, "there is no such cube")
			continue
		}
		on, err := c.pairs(x, other, text(j.Get("sql")))
		if err != nil {
			pos, why := place(orTree(j.Get("sql"), j), err)
			c.lost(pos, what, "its SQL holds %s", why)
			continue
		}
		switch text(j.Get("relationship")) {
		case "many_to_one", "belongs_to", "belongsTo", "one_to_one", "has_one", "hasOne":
			if x.table.leads(other.table.name, on) {
				continue
			}
			c.join(j, x.table, other.table, other.table.name, on)
		case "one_to_many", "has_many", "hasMany":
			for i, p := range on {
				on[i] = semantic.ColumnPair{From: p.To, To: p.From}
			}
			if other.table.leads(x.table.name, on) {
				continue // the other cube says the same
			}
			c.join(j, other.table, x.table, x.table.name, on)
		default:
			c.lost(j.Pos, what, "the relationship %q", clip(text(j.Get("relationship"))))
		}
	}
}

// leads reports a join to a table on these columns.
func (t *table) leads(to string, on []semantic.ColumnPair) bool {
	return slices.ContainsFunc(t.joins, func(j *join) bool { return j.to == to && slices.Equal(j.on, on) })
}

// pairs reads the condition of a join: equalities of columns, all of which hold.
func (c *cubes) pairs(x, other *cube, sql string) ([]semantic.ColumnPair, error) {
	r := &sqlReader{}
	r.name = func(path []string, at int) (semantic.Expr, error) {
		return nil, faultAt(at, "the name %s without its cube", strings.Join(path, "."))
	}
	r.template = func(inside string, path []string, at int) (semantic.Expr, error) {
		parts := strings.Split(strings.TrimSpace(inside), ".")
		whose := c.byName[parts[0]]
		if parts[0] == "CUBE" {
			whose = x
		}
		if whose != x && whose != other || len(parts)+len(path) != 2 {
			return nil, faultAt(at, "the member %s", clip(inside))
		}
		if len(path) == 1 {
			return semantic.Name{Path: []string{whose.name, path[0]}}, nil
		}
		d := whose.table.dimension(c.fields[c.key(whose.name, parts[1])])
		if d == nil || d.column == "" {
			return nil, faultAt(at, "the member %s, which is no column", clip(inside))
		}
		return semantic.Name{Path: []string{whose.name, d.column}}, nil
	}
	e, err := r.parse(sql, true)
	if err != nil {
		return nil, err
	}
	return equalities(e, x.name, other.name)
}

func equalities(e semantic.Expr, from, to string) ([]semantic.ColumnPair, error) {
	b, ok := e.(semantic.Binary)
	if ok && b.Op == semantic.And {
		l, err := equalities(b.L, from, to)
		if err != nil {
			return nil, err
		}
		r, err := equalities(b.R, from, to)
		return append(l, r...), err
	}
	l, left := b.L.(semantic.Name)
	r, right := b.R.(semantic.Name)
	if !ok || b.Op != semantic.Eq || !left || !right {
		return nil, faultAt(0, "more than equal columns")
	}
	if l.Path[0] == to && r.Path[0] == from && from != to {
		l, r = r, l
	}
	if l.Path[0] != from || r.Path[0] != to {
		return nil, faultAt(0, "columns of one cube alone")
	}
	return []semantic.ColumnPair{{From: l.Path[1], To: r.Path[1]}}, nil
}

func (c *cubes) declareMeasures(x *cube) {
	for _, m := range mappings(&c.notes, x.tree.Get("measures"), "measure of "+x.name) {
		name := text(m.Get("name"))
		if name == "" {
			c.lost(m.Pos, "measure of "+x.name, "it has no name")
			continue
		}
		c.later(m, "measure", x.name+"."+name, func() string { return c.measure(x, m, name) })
	}
}

// measure makes the metric of a measure; "" where it cannot be carried.
func (c *cubes) measure(x *cube, m *semantic.Tree, name string) string {
	what := "measure " + name + " of " + x.name
	c.unknown(m, what, "name", "sql", "type", "title", "description", "filters", "format", "public", "shown", "meta", "drill_members", "rolling_window",
		"multi_stage", "time_shift", "group_by", "reduce_by", "add_group_by", "grain", "case", "order_by", "currency", "mask", "filter")
	for _, key := range []string{"meta", "drill_members", "currency", "mask"} {
		if g := m.Get(key); g != nil {
			c.lost(g.Pos, key+" of "+what, "it has no meaning here")
		}
	}
	for _, key := range []string{"group_by", "reduce_by", "add_group_by", "grain", "case", "order_by", "filter"} {
		if g := m.Get(key); g != nil {
			c.lost(g.Pos, what, "its %s is not carried, and without it the number would be another", key)
			return ""
		}
	}
	for _, key := range []string{"public", "shown"} {
		if p := m.Get(key); p != nil && !truth(p) {
			c.changed(p.Pos, what, "it is not shown in Cube: a rule with hide_metrics hides it")
		}
	}
	e, ok := c.aggregated(x, m, what)
	if !ok {
		return ""
	}
	out := &metric{said: said{label: text(m.Get("title")), description: text(m.Get("description"))}}
	out.expr, out.where = parted(e)
	if format := text(m.Get("format")); format == "percent" || format == "currency" {
		out.rest = append(out.rest, keyed("format", saidText(map[string]string{"percent": "percent", "currency": "money"}[format])))
	} else if format != "" {
		c.lost(m.Get("format").Pos, "format of "+what, "%q", clip(format))
	}
	called := name
	if c.names[name] > 1 || semantic.IsReserved(name) {
		called = x.name + "_" + name
		c.changed(m.Pos, what, "it is called %s here", called)
	}
	if !c.overTime(m, what, e, out) {
		return ""
	}
	return c.book.metric(m, called, out)
}

// cubeAggregates are the types of measures, and what they do with their SQL.
var cubeAggregates = map[string]string{"count": "count", "count_distinct": "count_distinct", "count_distinct_approx": "count_distinct",
	"sum": "sum", "avg": "avg", "min": "min", "max": "max", "running_total": "sum"}

// aggregated is the expression of a measure with its filters.
func (c *cubes) aggregated(x *cube, m *semantic.Tree, what string) (semantic.Expr, bool) {
	kind, at := text(m.Get("type")), m.Get("sql")
	r := c.reader(x, func(name string, at int) (semantic.Expr, error) { return c.member(x, name, at) })
	r.name = func(path []string, at int) (semantic.Expr, error) {
		if len(path) > 1 {
			return nil, faultAt(at, "the name %s", strings.Join(path, "."))
		}
		return c.column(x, path[0], at)
	}
	rows := semantic.Name{Path: []string{x.table.name}}
	r.rows = func(int) (semantic.Expr, error) { return rows, nil }
	r.known = c.known
	var e semantic.Expr = semantic.Call{Func: "count", Args: []semantic.Expr{rows}}
	if at != nil {
		var err error
		if e, err = r.parse(text(at), true); err != nil {
			pos, why := place(at, err)
			c.lost(pos, what, "its SQL holds %s", why)
			return nil, false
		}
	}
	f := cubeAggregates[kind]
	switch {
	case kind == "number" && at != nil:
	case f == "" || at == nil && f != "count":
		c.lost(m.Pos, what, "the type %q", clip(kind))
		return nil, false
	case at != nil && aggregates(e):
		c.lost(at.Pos, what, "an aggregate of an aggregate")
		return nil, false
	case at != nil && f == "count":
		if counted, ok := c.known(semantic.Call{Func: "count", Args: []semantic.Expr{e}}); ok {
			e = counted
		} else {
			e = countOf(e)
		}
	case at != nil:
		e = semantic.Call{Func: f, Args: []semantic.Expr{e}}
	}
	if kind == "count_distinct_approx" {
		c.changed(m.Pos, what, "an approximate count becomes the exact one")
	}
	c.measured(e)
	for _, filter := range itemsOf(m.Get("filters")) {
		at := filter.Get("sql")
		cond, err := r.parse(text(at), true)
		if err != nil {
			pos, why := place(orTree(at, filter), err)
			c.lost(pos, what, "its filter holds %s", why)
			return nil, false
		}
		e = filteredBy(e, trueWhen(cond))
	}
	return e, true
}

// filteredBy narrows an expression that may have a filter already.
func filteredBy(e, cond semantic.Expr) semantic.Expr {
	if f, ok := e.(semantic.Filtered); ok {
		return semantic.Filtered{X: f.X, Where: semantic.Binary{Op: semantic.And, L: f.Where, R: cond}}
	}
	return semantic.Filtered{X: e, Where: cond}
}

// overTime reads windows and shifts.
func (c *cubes) overTime(m *semantic.Tree, what string, e semantic.Expr, out *metric) bool {
	w, shift := m.Get("rolling_window"), itemsOf(m.Get("time_shift"))
	switch {
	case w != nil && len(shift) > 0:
		c.lost(w.Pos, what, "a window that is shifted")
		return false
	case text(m.Get("type")) == "running_total":
		out.running = true
	case w != nil:
		return c.window(w, what, out)
	case len(shift) > 0:
		return c.shift(shift, what, e, out)
	case truth(m.Get("multi_stage")) && text(m.Get("type")) != "number":
		c.lost(m.Pos, what, "an aggregate of measures")
		return false
	}
	return true
}

func (c *cubes) window(w *semantic.Tree, what string, out *metric) bool {
	c.unknown(w, "window of "+what, "trailing", "leading", "offset", "type", "granularity")
	trailing, offset := text(w.Get("trailing")), text(w.Get("offset"))
	switch {
	case w.Get("leading") != nil || offset != "" && offset != "end":
		c.lost(w.Pos, what, "a window that looks ahead or ends at the start of the period")
		return false
	case text(w.Get("type")) == "to_date":
		if out.toDate = text(w.Get("granularity")); finest(out.toDate) == semantic.NoUnit {
			c.lost(w.Pos, what, "the granularity %q", clip(out.toDate))
			return false
		}
	case trailing == "unbounded":
		out.running = true
	default:
		n, ok := length(trailing)
		if !ok {
			c.lost(w.Pos, what, "the window %q is no number of standard units", clip(trailing))
			return false
		}
		out.window = n
	}
	return true
}

func (c *cubes) shift(shifts []*semantic.Tree, what string, e semantic.Expr, out *metric) bool {
	s := shifts[0]
	n, ok := length(text(s.Get("interval")))
	_, plain := e.(semantic.Name)
	if len(shifts) > 1 || text(s.Get("type")) != "prior" || !ok || !plain {
		c.lost(s.Pos, what, "a shift other than of one measure to an earlier period")
		return false
	}
	out.offset = n
	return true
}

// segment makes a word of a filter.
func (c *cubes) segment(x *cube, s *semantic.Tree) {
	name := text(s.Get("name"))
	what := "segment " + name + " of " + x.name
	c.unknown(s, what, "name", "sql", "title", "description", "public", "shown", "meta")
	r := c.reader(x, func(name string, at int) (semantic.Expr, error) { return c.member(x, name, at) })
	r.name = func(path []string, at int) (semantic.Expr, error) { return c.column(x, path[len(path)-1], at) }
	e, err := r.parse(text(s.Get("sql")), true)
	if name == "" {
		c.lost(s.Pos, what, "it has no name")
		return
	}
	if err != nil {
		pos, why := place(orTree(s.Get("sql"), s), err)
		c.lost(pos, what, "its SQL holds %s", why)
		return
	}
	words := []string{strings.ReplaceAll(name, "_", " ")}
	if title := text(s.Get("title")); title != "" {
		words = append(words, title)
	}
	c.d.phrases = append(c.d.phrases, phrase{words: words, on: x.table.name, where: semantic.ExprString(trueWhen(e))})
}
