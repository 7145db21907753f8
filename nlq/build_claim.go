package nlq

import (
	"slices"

	"wenshu/semantic"
)

// Claim is what a yes-or-no question says of the one number that answers it.
type Claim struct {
	Op     semantic.Op    // Lt Le Gt Ge Eq Ne
	Value  semantic.Value // what the number is compared with; null for 0
	Change bool           // of the change against the comparison, not of the number
	Gap    bool           // of the last number, by which the first is above the second
}

// way is which way a comparison goes that a question asks about.
type way struct {
	said   bool
	less   bool // lower, fewer, worse
	judges bool // better or worse: of refunds fewer are better
}

// claim is what a yes-or-no question claims of a query of one number; nil where it
// claims nothing but that there is something. Where one number is claimed to be above
// another the query shows both.
func (s *sentence) claim(q *semantic.Query) *Claim {
	d := &s.draft
	if d.goal != NoGoal || len(q.By) > 0 || q.List != nil || len(q.Items) != 1 || !(d.exists || s.endsAsking()) || d.valued || d.listing {
		return nil
	}
	if d.tested != nil {
		return d.tested
	}
	way := s.asked()
	x, subtracts := q.Items[0].Expr.(semantic.Binary)
	subtracts = subtracts && x.Op == semantic.Sub
	if !way.said || !subtracts && len(q.Versus) != 1 {
		return nil
	}
	if subtracts {
		q.Items = []semantic.Item{{Expr: x.L}, {Expr: x.R}, q.Items[0]} // both are said, not only how they differ
	}
	less := way.less
	if way.judges && s.r.fewerIsBetter(q.Items[0].Expr) {
		less = !less
	}
	if less {
		return &Claim{Op: semantic.Lt, Change: !subtracts, Gap: subtracts}
	}
	return &Claim{Op: semantic.Gt, Change: !subtracts, Gap: subtracts}
}

// asked is the way that a word for more or less, or for change, says.
func (s *sentence) asked() way {
	if s.draft.way.said {
		return s.draft.way
	}
	for _, c := range s.draft.changes {
		if c.Up != c.Down {
			return way{said: true, less: c.Down}
		}
	}
	return way{}
}

// fewerIsBetter reports whether the first metric of an expression is good when low.
func (r *Reader) fewerIsBetter(e semantic.Expr) bool {
	var first *semantic.Metric
	semantic.Walk(e, func(x semantic.Expr) {
		if name, ok := x.(semantic.Name); ok && first == nil && len(name.Path) == 1 {
			first = r.model.Metric(name.Path[0])
		}
	})
	return first != nil && first.Good == semantic.DownIsGood
}

// endsAsking reports whether the last word only says that something is asked.
func (s *sentence) endsAsking() bool {
	last := len(s.text.Tokens) - 1
	for last > 0 && s.text.At(last).Class == Mark {
		last--
	}
	return last > 0 && asking[s.text.At(last).Norm]
}

var asking = map[string]bool{"吗": true, "么": true, "嘛": true}

// testTotal reads 上个月销售额是否超过1000万: a test of the one number that is asked
// for is what the question claims of it.
func (b *builder) testTotal(o outcome) bool {
	if !b.d.exists || b.d.valued || len(b.measures) != 1 || len(b.d.outcomes) != 1 || len(o.args) != 1 || o.change != "" || !sameMeasure(plain(o.measure), b.measures[0]) {
		return false
	}
	lit, ok := o.args[0].(semantic.Lit)
	if !ok || !slices.Contains([]semantic.Op{semantic.Lt, semantic.Le, semantic.Gt, semantic.Ge, semantic.Eq, semantic.Ne}, o.op) {
		return false
	}
	b.d.tested = &Claim{Op: o.op, Value: lit.Value}
	return true
}

// claimedOfTop refuses rows where it is asked whether the first of an order is something:
// 最贵的手机是折叠屏吗 asks no list of folding phones.
func (b *builder) claimedOfTop() {
	if len(b.d.orderings) == 0 || !b.s.endsAsking() {
		return
	}
	top := b.d.orderings[0]
	for _, c := range b.conds {
		if c.from > top.end && slices.Contains([]string{"是", "为"}, b.s.normAt(c.from-1)) {
			b.d.idle = true
			b.s.charge("whether the first is something", costIdle, node{c.from - 1, c.from, nil})
			return
		}
	}
}
