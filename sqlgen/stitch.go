package sqlgen

import (
	"slices"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// relation is a CTE that holds the plan's keys, and measures of its branches.
type relation struct {
	name  string
	cells [][]value // by branch and measure; nil for branches that are not in it
}

func (r relation) key(i int) sqltree.Expr { return sqltree.C(r.name, keyName(i)) }

// part is one branch as a CTE.
type part struct {
	branch *semantic.Branch
	index  int
	name   string
	values []value
	types  []semantic.ColumnType
}

// keys are the indexes of the keys that the branch has.
func (pt part) keys() []int {
	var out []int
	for i, k := range pt.branch.Keys {
		if k != nil {
			out = append(out, i)
		}
	}
	return out
}

// parts adds the branches of the list. Measures are numbered through all
// branches of the plan, so that their names never meet.
func (c *compiler) parts(p *semantic.Plan, list []int) []part {
	first := make([]int, len(p.Branches)+1)
	for i := range p.Branches {
		first[i+1] = first[i] + len(measuresOf(&p.Branches[i]))
	}
	var out []part
	for _, i := range list {
		b := &p.Branches[i]
		if len(b.Keys) != len(p.Keys) {
			c.fault("branch %d has %d keys of %d", i, len(b.Keys), len(p.Keys))
			return nil
		}
		name, values := c.branch(p, b, first[i])
		pt := part{branch: b, index: i, name: name, values: values}
		for _, m := range measuresOf(b) {
			pt.types = append(pt.types, m.Type)
		}
		out = append(out, pt)
	}
	return out
}

// measuresOf are the measures that a branch gives to its plan.
func measuresOf(b *semantic.Branch) []semantic.Measure {
	if b.Inner != nil {
		return b.Inner.Outer
	}
	return b.Measures
}

// whole reports a branch that has every key.
func whole(b *semantic.Branch) bool {
	for _, k := range b.Keys {
		if k == nil {
			return false
		}
	}
	return true
}

// stitch brings the branches of the list together: those with every key by
// UNION ALL and GROUP BY, where nulls meet nulls and every group of every branch
// stays; then those at a coarser grain by a join on the keys they have.
func (c *compiler) stitch(p *semantic.Plan, list []int, spine *semantic.Spine) relation {
	var full, coarse []part
	for _, pt := range c.parts(p, list) {
		if whole(pt.branch) {
			full = append(full, pt)
		} else {
			coarse = append(coarse, pt)
		}
	}
	if len(full) == 0 {
		c.fault("no branch has every key")
		return relation{cells: make([][]value, len(p.Branches))}
	}
	r := relation{name: full[0].name, cells: make([][]value, len(p.Branches))}
	for _, pt := range full {
		r.cells[pt.index] = pt.values
	}
	if len(full) > 1 || spine != nil || p.Clip && full[0].branch.Follows {
		r = c.union(p, full, c.latest(p, full), spine)
	}
	if len(coarse) > 0 {
		r = c.spread(p, r, coarse)
	}
	return r
}

// union stitches branches that have the same keys. late is where following
// branches must end, by key.
func (c *compiler) union(p *semantic.Plan, full []part, late []sqltree.Expr, spine *semantic.Spine) relation {
	name := full[0].name
	few := c.narrowed(p, full, late)
	if len(full) == 1 && full[0].branch.Follows {
		name = c.with('u', c.arm(p, full, full[0], late))
	}
	if len(few) > 1 {
		name = c.arms(p, few, late)
	}
	if spine != nil {
		name = c.withSpine(p, name, full, spine)
	}
	r := relation{cells: make([][]value, len(p.Branches))}
	items := keyItems(name, full[0].keys())
	keys := len(items)
	for _, pt := range full {
		for _, v := range pt.values {
			items = append(items, largest(name, v))
		}
	}
	r.name = c.with('g', &sqltree.Select{Items: items, From: fromCTE(name), Group: ordinals(keys)})
	for _, pt := range full {
		r.cells[pt.index] = moved(pt.values, r.name)
	}
	return r
}

// mostArms is how many branches are stitched at once. Each has a column for every
// measure of the others, so that the text grows with the square of their number;
// more of them are stitched in groups, and those again.
const mostArms = 8

// narrowed stitches branches in groups until there are few.
func (c *compiler) narrowed(p *semantic.Plan, full []part, late []sqltree.Expr) []part {
	for len(full) > mostArms {
		var groups []part
		for group := range slices.Chunk(full, mostArms) {
			groups = append(groups, c.together(p, group, late))
		}
		full = groups
	}
	return full
}

// together is a group of branches as one.
func (c *compiler) together(p *semantic.Plan, group []part, late []sqltree.Expr) part {
	if len(group) == 1 {
		return group[0]
	}
	name := c.arms(p, group, late)
	items := keyItems(name, group[0].keys())
	keys := len(items)
	one := part{branch: &semantic.Branch{Keys: group[0].branch.Keys}, index: group[0].index}
	for _, pt := range group {
		for _, v := range pt.values {
			items = append(items, largest(name, v))
		}
		one.values, one.types = append(one.values, pt.values...), append(one.types, pt.types...)
	}
	one.name = c.with('g', &sqltree.Select{Items: items, From: fromCTE(name), Group: ordinals(keys)})
	one.values = moved(one.values, one.name)
	return one
}

// arms is the rows of all parts, one below the other.
func (c *compiler) arms(p *semantic.Plan, parts []part, late []sqltree.Expr) string {
	arms := make([]sqltree.Body, len(parts))
	for i, pt := range parts {
		arms[i] = c.arm(p, parts, pt, late)
	}
	return c.with('u', &sqltree.Union{Arms: arms})
}

// largest is the one value of a measure that a group has besides nulls.
func largest(name string, v value) sqltree.Item {
	alias := v.x.(*sqltree.Col).Name
	return sqltree.Item{Expr: sqltree.Fn("max", sqltree.C(name, alias)), Alias: alias}
}

func fromCTE(name string) *sqltree.From {
	return &sqltree.From{Source: &sqltree.Table{Name: name}}
}

// moved is the same columns of another CTE.
func moved(vs []value, name string) []value {
	out := make([]value, len(vs))
	for i, v := range vs {
		out[i] = v.as(sqltree.C(name, v.x.(*sqltree.Col).Name))
	}
	return out
}

// arm is a branch as a row source of the union, with nulls for the measures of
// the others.
func (c *compiler) arm(p *semantic.Plan, full []part, own part, late []sqltree.Expr) sqltree.Body {
	s := &sqltree.Select{Items: keyItems(own.name, own.keys()), From: fromCTE(own.name)}
	for _, pt := range full {
		for j, v := range pt.values {
			it := sqltree.Item{Expr: v.x, Alias: v.x.(*sqltree.Col).Name}
			if pt.index != own.index {
				it.Expr = c.d.Null(pt.types[j])
			}
			s.Items = append(s.Items, it)
		}
	}
	if own.branch.Follows {
		s.Where = c.clip(p, own, late)
	}
	return s
}

// clip keeps the rows of a following branch that lie in visible time.
func (c *compiler) clip(p *semantic.Plan, pt part, late []sqltree.Expr) sqltree.Expr {
	var terms []sqltree.Expr
	for i, until := range late {
		if until == nil {
			continue
		}
		k := sqltree.C(pt.name, keyName(i))
		op := sqltree.Lt
		if _, open := until.(*sqltree.Scalar); open {
			op = sqltree.Le
		}
		terms = append(terms, sqltree.Or(sqltree.Op(op, k, until), &sqltree.IsNull{X: k}))
		if from := firstOf(p, i); !from.IsNull() {
			terms = append(terms, sqltree.Or(sqltree.Op(sqltree.Ge, k, c.d.Value(from)), &sqltree.IsNull{X: k}))
		}
	}
	return sqltree.And(terms...)
}

// latest gives, for each key that cuts the time axis, where following branches
// must end: before the end of the visible period or, when that is open, with the
// last value of the leading branches. It is nil for other keys.
func (c *compiler) latest(p *semantic.Plan, full []part) []sqltree.Expr {
	late := make([]sqltree.Expr, len(p.Keys))
	if !p.Clip {
		return late
	}
	for i, k := range p.Keys {
		switch {
		case !k.Axis:
		case !p.Window.End.IsZero():
			late[i] = c.d.Value(endOf(p.Window.End, k.Type))
		default:
			late[i] = c.greatest(i, full)
		}
	}
	return late
}

// firstOf is the first period that the plan reads for a key that cuts the time
// axis, null where it is open: following branches begin with it. Plans that read
// more than they show make what they read dense. What runs begins before all.
func firstOf(p *semantic.Plan, key int) semantic.Value {
	k := p.Keys[key]
	switch {
	case p.Open:
		return semantic.NullValue
	case p.Spine != nil && p.Spine.Key == key && len(p.Spine.Values) > 0:
		return p.Spine.Values[0]
	case !k.Axis || p.Window.Start.IsZero():
		return semantic.NullValue
	}
	var calendar *semantic.Calendar
	if p.Model != nil {
		calendar = p.Model.Calendar
	}
	return endOf(semantic.StartOf(p.Window.Start, k.Grain.Unit, calendar), k.Type)
}

// endOf is the end of a window as a value that compares with keys of the type.
func endOf(t time.Time, typ semantic.ColumnType) semantic.Value {
	if h, m, s := t.Clock(); typ.Kind == semantic.Date && h == 0 && m == 0 && s == 0 {
		return semantic.DateValue(t)
	}
	return semantic.TimestampValue(t)
}

func (c *compiler) greatest(key int, full []part) sqltree.Expr {
	var arms []sqltree.Body
	for _, pt := range full {
		if !pt.branch.Follows {
			arms = append(arms, &sqltree.Select{From: fromCTE(pt.name),
				Items: []sqltree.Item{{Expr: sqltree.C(pt.name, keyName(key)), Alias: keyName(key)}}})
		}
	}
	var name string
	switch len(arms) {
	case 0:
		return nil
	case 1:
		name = arms[0].(*sqltree.Select).From.Source.(*sqltree.Table).Name
	default:
		name = c.with('h', &sqltree.Union{Arms: arms})
	}
	most := sqltree.Fn("max", sqltree.C(name, keyName(key)))
	return &sqltree.Scalar{Query: &sqltree.Query{Body: &sqltree.Select{From: fromCTE(name),
		Items: []sqltree.Item{{Expr: most, Alias: keyName(key)}}}}}
}

// withSpine adds rows for the periods that must appear, once for each tuple of
// the crossed keys.
func (c *compiler) withSpine(p *semantic.Plan, name string, full []part, spine *semantic.Spine) string {
	if len(spine.Values) == 0 {
		return name
	}
	values := c.periods(spine)
	own := map[int]string{spine.Key: values}
	from := fromCTE(values)
	if len(spine.Cross) > 0 {
		groups := c.with('x', &sqltree.Select{Distinct: true, Items: keyItems(name, spine.Cross), From: fromCTE(name)})
		from.Joins = []sqltree.Join{{Kind: sqltree.Cross, Source: &sqltree.Table{Name: groups}}}
		for _, k := range spine.Cross {
			own[k] = groups
		}
	}
	all, added := &sqltree.Select{From: fromCTE(name)}, &sqltree.Select{From: from}
	for i, k := range p.Keys {
		all.Items = append(all.Items, sqltree.Item{Expr: sqltree.C(name, keyName(i)), Alias: keyName(i)})
		x := c.d.Null(k.Type)
		if own[i] != "" {
			x = sqltree.C(own[i], keyName(i))
		}
		added.Items = append(added.Items, sqltree.Item{Expr: x, Alias: keyName(i)})
	}
	if spine.Once {
		key := []int{spine.Key}
		there := &sqltree.Select{Items: keyItems(name, key), From: fromCTE(name), Where: &sqltree.IsNull{X: sqltree.C(name, keyName(spine.Key)), Not: true}}
		added.Where = &sqltree.InQuery{X: sqltree.C(values, keyName(spine.Key)), Query: &sqltree.Query{Body: there}, Not: true}
	}
	for _, pt := range full {
		for j, v := range pt.values {
			alias := v.x.(*sqltree.Col).Name
			all.Items = append(all.Items, sqltree.Item{Expr: sqltree.C(name, alias), Alias: alias})
			added.Items = append(added.Items, sqltree.Item{Expr: c.d.Null(pt.types[j]), Alias: alias})
		}
	}
	return c.with('u', &sqltree.Union{Arms: []sqltree.Body{all, added}})
}

// periods adds the values of a spine as a CTE: counted where they are a series,
// else written out.
func (c *compiler) periods(spine *semantic.Spine) string {
	column := keyName(spine.Key)
	value := func(i int) semantic.Value { return spine.Values[i] }
	if s, ok := seriesOf(len(spine.Values), value); ok && !c.plain() {
		return c.with('v', c.counted(s, column))
	}
	rows := make([][]sqltree.Expr, len(spine.Values))
	for i, v := range spine.Values {
		rows[i] = []sqltree.Expr{c.d.Value(v)}
	}
	name := c.name('v')
	c.ctes = append(c.ctes, sqltree.CTE{Name: name, Columns: []string{column}, Query: &sqltree.Query{Body: c.d.Rows(rows, []string{column})}})
	return name
}

func keyItems(name string, keys []int) []sqltree.Item {
	var items []sqltree.Item
	for _, k := range keys {
		items = append(items, sqltree.Item{Expr: sqltree.C(name, keyName(k)), Alias: keyName(k)})
	}
	return items
}

// spread gives every row the measures of branches at a coarser grain: those of
// the group that it belongs to by the keys they have.
func (c *compiler) spread(p *semantic.Plan, r relation, coarse []part) relation {
	s := &sqltree.Select{From: fromCTE(r.name)}
	for i := range p.Keys {
		s.Items = append(s.Items, sqltree.Item{Expr: r.key(i), Alias: keyName(i)})
	}
	keep := func(vs []value) {
		for _, v := range vs {
			s.Items = append(s.Items, sqltree.Item{Expr: v.x, Alias: v.x.(*sqltree.Col).Name})
		}
	}
	for _, vs := range r.cells {
		keep(vs)
	}
	for _, pt := range coarse {
		var on []sqltree.Expr
		for i, k := range pt.branch.Keys {
			if k != nil {
				on = append(on, sqltree.Op(sqltree.Same, sqltree.C(pt.name, keyName(i)), r.key(i)))
			}
		}
		j := sqltree.Join{Kind: sqltree.Left, Source: &sqltree.Table{Name: pt.name}, On: sqltree.And(on...)}
		if len(on) == 0 {
			j.Kind = sqltree.Cross
		}
		s.From.Joins = append(s.From.Joins, j)
		keep(pt.values)
		r.cells[pt.index] = pt.values
	}
	out := relation{name: c.with('j', s), cells: make([][]value, len(r.cells))}
	for i, vs := range r.cells {
		out.cells[i] = moved(vs, out.name)
	}
	return out
}
