package nlq

import (
	"slices"

	"wenshu/semantic"
)

// implausible refuses a query whose parts fit the model and that nobody would ask: a word
// was taken for what it does not say.
func (b *builder) implausible() {
	if b.extremeOfEach() {
		b.s.charge("the most of all where it is that of each", costUnlikely, node{})
	}
	why := ""
	switch {
	case b.sharesSome():
		why = "a share of some of them, split"
	case b.boundTwice():
		why = "two bounds on one side"
	case b.sortsByKey():
		why = "an order by a key"
	case b.losesEach():
		why = "each of what is not told apart"
	case b.splitsByOwn():
		why = "split by what is to be one's own"
	case b.unlikeSides():
		why = "unlike sides of a comparison"
	case b.listsAnother():
		why = "a list of something else"
	case b.everyPeriod():
		why = "what is to hold in every period"
	case b.splitsByBasis():
		why = "split by what a number is computed from"
	case b.tellsOne():
		why = "values of a column that is to have one"
	case b.numberOfMember():
		why = "a number that a member has"
	case b.memberOfRole():
		why = "a member of a role taken for another"
	case b.lacksAndHas():
		why = "none of what there is some of"
	case b.s.judged:
		why = "a judgement"
	default:
		return
	}
	b.d.idle = true
	b.s.charge(why, costIdle, node{})
}

// tellsOne reports whether the values of a column are counted that a test leaves one of:
// how many results are "accepted" is how many rows have it.
func (b *builder) tellsOne() bool {
	if len(b.q.Items) != 1 || len(b.q.By) > 0 {
		return false
	}
	call, ok := b.q.Items[0].Expr.(semantic.Call)
	if !ok || call.Func != "count_distinct" || len(call.Args) != 1 {
		return false
	}
	name, ok := call.Args[0].(semantic.Name)
	if !ok {
		return false
	}
	d := b.r.dimensionOf(name)
	return d != nil && slices.ContainsFunc(b.conds, func(c condition) bool { return c.dim == d && len(c.values) == 1 && !c.not })
}

// numberOfMember reports whether a word for a number stands right behind a member and makes
// another noun with it: phone numbers are no orders made by phone.
func (b *builder) numberOfMember() bool {
	return slices.ContainsFunc(b.conds, func(c condition) bool {
		if c.dim == nil || len(c.values) != 1 {
			return false
		}
		said := b.s.normAt(c.from + 1)
		return said == "numbers" || said == "number" && b.s.normAt(c.from+2) != "of"
	})
}

// memberOfRole reports whether a role is said to be a member that was taken for one of those
// whose role it is: 谁的上级是黄洁 asks for nothing that 黄洁 has.
func (b *builder) memberOfRole() bool {
	for at := 1; at+1 < len(b.s.text.Tokens); at++ {
		if said := b.s.text.At(at).Norm; said != "是" && said != "为" && said != "is" {
			continue
		}
		o, named := b.s.settled[at+1]
		role, ok := b.s.lastSettled(at)
		if !named || !ok || o.Member == "" || role.Dimension == nil {
			continue
		}
		of, by := role.Dimension.Table, o.Dimension.Table
		if of != by && of.Source == by.Source && !slices.ContainsFunc(b.conds, func(c condition) bool { return c.home() == of && slices.Contains(c.values, o.Member) }) {
			return true
		}
	}
	return false
}

// sharesSome reports whether a percentage of rows that are counted, of which some are tested,
// would be how those fall on what results are split by: what percentage of the inspections
// failed, kind by kind, is of the inspections of each kind.
func (b *builder) sharesSome() bool {
	share := slices.ContainsFunc(b.q.Show, func(s semantic.Show) bool { return s.Func == "share" && len(s.Args) == 0 })
	if !share || b.d.shareAt == nil || len(b.q.By) == 0 || b.d.within || len(b.measures) != 1 || !b.r.isCount(b.measures[0]) {
		return false
	}
	return slices.ContainsFunc(b.conds, func(c condition) bool { return c.home() != nil })
}

// boundTwice reports whether one number is tested against two that it must both be above, or
// both below: the second is of something else.
func (b *builder) boundTwice() bool {
	for i, x := range b.d.outcomes {
		for _, y := range b.d.outcomes[i+1:] {
			if sameMeasure(x.measure, y.measure) && x.change == y.change && !x.overall && !y.overall && (from(x.op) && from(y.op) || upTo(x.op) && upTo(y.op)) {
				return !b.d.or
			}
		}
	}
	return false
}

func from(op semantic.Op) bool { return op == semantic.Gt || op == semantic.Ge }

func upTo(op semantic.Op) bool { return op == semantic.Lt || op == semantic.Le }

// sortsByKey reports whether the most or least is asked for of a number that only tells rows
// apart.
func (b *builder) sortsByKey() bool {
	most := slices.ContainsFunc(b.d.orderings, func(o ordering) bool { return o.super && o.by == nil && o.attribute == nil })
	return most && slices.ContainsFunc(b.q.Sort, func(k semantic.Sort) bool {
		name, ok := k.Expr.(semantic.Name)
		if !ok {
			return false
		}
		d := b.r.dimensionOf(name)
		return d != nil && d.Key && !isTime(d) && !isYears(d)
	})
}

// behindEach notes a node right behind the word for each; what stands behind per may be the
// denominator of a metric.
func (s *sentence) behindEach(n node) {
	if k := len(s.nodes); k > 0 && s.nodes[k-1].end == n.from {
		if g, ok := as[GroupMark](s.nodes[k-1]); ok && g.Each && !g.Before && s.text.At(n.from-1).Norm != "per" {
			s.eaches = append(s.eaches, n.from)
		}
	}
}

// extremeOfEach reports whether groups are ranked by a total where an extreme right before a
// column is asked for per group: the largest order amount per channel is of each channel.
func (b *builder) extremeOfEach() bool {
	const far = 4 // tokens that a name has
	for _, o := range b.d.orderings {
		named, ok := b.s.settled[o.end]
		if !o.super || b.q.Limit != 1 || !ok || named.Dimension == nil || !isMeasurable(named.Dimension) {
			continue
		}
		for at := o.end + 1; at <= o.end+far; at++ {
			if b.s.text.At(at).Norm == "per" {
				return slices.ContainsFunc(b.measures, func(m measure) bool { return m.agg == "sum" && m.dim == named.Dimension })
			}
		}
	}
	return false
}

// losesEach reports whether a column or entity that was asked for each by each is not
// among what the query tells apart, computes within, tests or shows.
func (b *builder) losesEach() bool {
	for _, at := range b.s.eaches {
		o, ok := b.s.settled[at]
		if !ok || o.Metric != nil || o.Member != "" || o.Join != nil || o.Dimension == nil && o.Table == nil {
			continue
		}
		if !b.tellsApart(o) {
			return true
		}
	}
	return false
}

// splitsByOwn reports whether results are split by a column that is to equal another one: the
// inspections in their own district.
func (b *builder) splitsByOwn() bool {
	for at, o := range b.s.settled {
		if o.Dimension == nil || b.s.text.At(at-1).Norm != "own" {
			continue
		}
		if b.splitBy(o.Dimension) {
			return true
		}
	}
	return false
}

// splitBy reports whether results are split by a column, or one of its name.
func (b *builder) splitBy(d *semantic.Dimension) bool {
	return slices.ContainsFunc(b.q.By, func(g semantic.Group) bool {
		name, ok := g.Expr.(semantic.Name)
		return ok && name.Path[len(name.Path)-1] == d.Name
	})
}

// tellsApart reports whether a query says something of each of an object.
func (b *builder) tellsApart(o Object) bool {
	found := b.q.List != nil && o.Table != nil && b.q.List.From == o.Table.Name
	look := func(e semantic.Expr) {
		name, ok := e.(semantic.Name)
		if !ok {
			return
		}
		last := name.Path[len(name.Path)-1]
		d := b.r.dimensionOf(name)
		switch {
		case o.Table != nil:
			found = found || last == o.Table.Name || d != nil && (d.Table == o.Table || d.Of != nil && d.Of.To == o.Table)
		default:
			found = found || last == o.Dimension.Name || d != nil && (d.Conforms(o.Dimension) || o.Dimension.Of != nil && d.Table == o.Dimension.Of.To)
		}
	}
	for _, g := range b.q.By {
		semantic.Walk(g.Expr, look)
	}
	for _, x := range b.q.Items {
		semantic.Walk(x.Expr, look)
	}
	for _, x := range b.q.Per {
		semantic.Walk(x, look)
	}
	semantic.Walk(b.q.Where, look)
	return found
}

// countsOf writes the numbers that rows are counted up to; no count is a percentage.
func (s *sentence) countsOf(i int, args []Number) []semantic.Expr {
	if slices.ContainsFunc(args, func(n Number) bool { return n.Percent }) {
		s.charge("a percentage of rows", costIdle, s.nodes[i])
		s.draft.idle = true
	}
	return lits(args...)
}
