package nlq

import (
	"slices"

	"wenshu/semantic"
)

// implausible refuses a query whose parts fit the model and that nobody would ask: a word
// was taken for what it does not say.
func (b *builder) implausible() {
	why := ""
	switch {
	case b.sharesSome():
		why = "a share of some of them, split"
	case b.boundTwice():
		why = "two bounds on one side"
	case b.sortsByKey():
		why = "an order by a key"
	default:
		return
	}
	b.d.idle = true
	b.s.charge(why, costIdle, node{})
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

// countsOf writes the numbers that rows are counted up to; no count is a percentage.
func (s *sentence) countsOf(i int, args []Number) []semantic.Expr {
	if slices.ContainsFunc(args, func(n Number) bool { return n.Percent }) {
		s.charge("a percentage of rows", costIdle, s.nodes[i])
		s.draft.idle = true
	}
	return lits(args...)
}
