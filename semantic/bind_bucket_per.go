package semantic

import "slices"

// checkBucketPer refuses a bucket of what each of an entity has without edges in
// ascending order: its values are known by sets, which have no width.
func (b *binder) checkBucketPer(g *group) {
	c := g.expr.(Call)
	if _, ok := c.Per[0].(Name); !ok {
		b.fail(Problem{Code: WrongType, Name: ExprString(c.Per[0]), Detail: "entity"})
		return
	}
	sorted := slices.IsSortedFunc(g.edges, compareNumbers)
	if len(g.edges) < 2 || !sorted {
		near := Call{Func: "bucket", Per: c.Per, Args: append(append([]Expr{}, c.Args[0]), Lit{IntValue(1)}, Lit{IntValue(2)}, Lit{IntValue(3)})}
		b.fail(Problem{Code: WrongType, Name: g.name, Detail: "number", Near: []string{ExprString(near)}})
	}
}

// wholeBands reports a bucket of what is counted or whole, by whole edges.
func (b *binder) wholeBands(g group) bool {
	c, ok := g.expr.(Call)
	if !ok || slices.ContainsFunc(g.edges, func(e Value) bool { return e.Kind() != Int }) {
		return false
	}
	if len(c.Per) == 0 {
		return g.dim != nil && g.dim.Type.Kind == Int
	}
	of, _, _, counts := b.oneAggregate(c.Args[0], scope{})
	return counts && (of.Func == "count" || of.Func == "count_distinct")
}

// bucketPer is the number of edges at or below what the entity of a row has, all
// of it in the period and under the conditions of the query: the customer's
// orders, not the row's. Each edge is a set of entities. One that has no row of
// its own has what the metric is of nothing: no orders are 0, no revenue is none.
func (br *branch) bucketPer(g group) Expr {
	c, n := g.expr.(Call), len(g.edges)
	during, ok := br.meant(g)
	if !ok {
		return nil
	}
	among := func(having Expr) Expr {
		sub := &Query{Items: []Item{{Expr: c.Args[0]}}, By: []Group{{Expr: c.Per[0]}}, Where: br.b.query.Where,
			On: br.b.query.On, During: during, Having: having}
		return br.inSet(In{X: c.Per[0], Sub: sub})
	}
	var out Case
	for i := n; i > 0; i-- {
		test := among(Binary{Op: Ge, L: c.Args[0], R: Lit{g.edges[i-1]}})
		out.Whens = append(out.Whens, When{If: test, Then: Lit{IntValue(int64(i))}})
	}
	nothing, below := br.b.ofNothing(c.Args[0]), 0
	if !nothing.IsNull() {
		below = len(slices.DeleteFunc(slices.Clone(g.edges), func(e Value) bool { return compareNumbers(e, nothing) > 0 }))
	}
	if nothing.IsNull() || below > 0 {
		out.Whens = append(out.Whens, When{If: among(IsNull{X: c.Args[0], Not: true}), Then: Lit{IntValue(0)}})
	}
	if br.b.failed() {
		return nil
	}
	if keys := br.setKeys(c.Per[0].(Name)); !nothing.IsNull() && len(keys) > 0 {
		out.Whens = append(out.Whens, When{If: IsNull{X: keys[0], Not: true}, Then: Lit{IntValue(int64(below))}})
	}
	return out
}

// meant is the period of this branch for what a bucket is of.
func (br *branch) meant(g group) ([]Period, bool) {
	if br.compare == 0 {
		return br.b.query.During, true
	}
	w := br.b.times[br.compare]
	if w.over != nil {
		br.b.fail(Problem{Code: NotComputed, Name: g.name, Detail: Cumulative.String()})
		return nil, false
	}
	var list []Period
	for _, iv := range w.spans {
		list = append(list, Range{iv.Start, iv.End})
	}
	return list, true
}

// ofNothing is the value that a metric has where there are no rows.
func (b *binder) ofNothing(e Expr) Value {
	if m := b.metricOf(e); m != nil && m.Fill != nil {
		return *m.Fill
	}
	c, _, _, ok := b.oneAggregate(e, scope{})
	if ok && (c.Func == "count" || c.Func == "count_distinct") {
		return IntValue(0)
	}
	return NullValue
}
