package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// spending reads what a company spends as the metric of its expenses, where all that is
// named may have some: what a department spent is none of the sales of its people. What
// customers spend is what was sold to them.
func (s *sentence) spending() {
	for i := range s.nodes {
		word, spent := as[Spent](s.nodes[i])
		spent = spent && len(word.Hints) == 0
		v, ok := s.verbAt(i)
		if !spent && (!ok || !v.Money || v.Not || !spends(s.text.At(s.nodes[i].from).Norm)) {
			continue
		}
		m := s.r.expenses()
		if m == nil || m.Home == nil || !spent && s.spentByBuyers(i, v) {
			return
		}
		twins := map[int]*semantic.Dimension{}
		asked := spent
		for j, n := range s.nodes {
			switch what := n.means.(type) {
			case thing:
				if what.timed || what.home() == nil {
					continue
				}
				if s.r.graph.hops(m.Home, what.home()) < 0 {
					twin := s.r.twinOf(s.text.norms(n.from, n.end), m.Home)
					if twin == nil || what.dim == nil {
						return
					}
					twins[j] = twin
				}
			case members:
				if s.r.graph.hops(m.Home, what.dim.Table) < 0 {
					if !s.namesBuyers() {
						s.charge("spent by what buys nothing", costIdle, s.nodes[i])
						s.draft.idle = true // 华东今年花了多少钱 is not what was sold there
					}
					return
				}
			case measure:
				return
			case Which, Top, Count:
				asked = true
			case Agg, AvgPer, Change:
				if !strings.HasPrefix(s.text.At(s.nodes[i].from).Norm, "spen") {
					return // 每个客户平均花了多少钱
				}
			}
		}
		if !asked {
			return
		}
		for j, twin := range twins {
			t, _ := s.thingAt(j)
			s.nodes[j].means = thing{dim: twin, marks: t.marks}
		}
		s.nodes[i].means = measure{metric: m}
		s.assume("metric")
		return
	}
}

// buyerHints are what those are called who spend what a company sells.
var buyerHints = []string{"customer", "client", "buyer", "user", "member", "客户", "顾客", "买家", "用户", "会员"}

// namesBuyers reports whether a sentence speaks of those who buy, or of one of them.
func (s *sentence) namesBuyers() bool {
	var buyers []*semantic.Table
	for _, hint := range buyerHints {
		if t, ok := s.r.entityByHints([]string{hint}); ok {
			buyers = append(buyers, t)
		}
	}
	return slices.ContainsFunc(s.nodes, func(n node) bool {
		switch m := n.means.(type) {
		case thing:
			return slices.Contains(buyers, m.home())
		case members:
			return slices.Contains(buyers, m.dim.Table)
		case measure:
			return slices.Contains(buyers, s.r.countedBy[m.metric])
		}
		return false
	})
}

// spends reports whether a word is of spending: spent, 花了.
func spends(norm string) bool { return strings.HasPrefix(norm, "spen") || norm == "花" }

// spentByBuyers reads how much customers spent as what was sold to them, and never as how
// many they are.
func (s *sentence) spentByBuyers(i int, v Verb) bool {
	sold := s.r.metricOfAct(v)
	if sold == nil || sold.Home == nil {
		return false
	}
	much, buyers := -1, -1
	for j := range i {
		if w, ok := s.whichAt(j); ok && w.What == HowMuch {
			much = j
		}
		var who *semantic.Table
		switch m := s.nodes[j].means.(type) {
		case thing:
			who = m.table
		case measure:
			who = s.r.countedBy[m.metric]
		}
		if who != nil && much >= 0 && s.r.graph.hops(sold.Home, who) >= 1 {
			buyers = j
		}
	}
	if buyers < 0 {
		return false
	}
	s.nodes[i].means = measure{metric: sold}
	s.drop(buyers)
	s.assume("metric")
	return true
}

// expenses is the metric of what a company spends; nil for none.
func (r *Reader) expenses() *semantic.Metric {
	for _, name := range []string{"spending", "expenses", "expenditure", "operating expenses", "费用", "支出"} {
		for _, c := range r.vocabulary.names.exact(normsOf(name)) {
			if m := c.object.Metric; m != nil && c.cost <= costSynonym && moneyFirst(m) == 0 {
				return m
			}
		}
	}
	return nil
}

// twinOf is the dimension that rows of a table lead to and that is called by some words;
// nil for none.
func (r *Reader) twinOf(norms []string, home *semantic.Table) *semantic.Dimension {
	called := r.vocabulary.names.exact(norms)
	for _, base := range r.bases(norms[len(norms)-1]) {
		called = append(slices.Clone(called), r.vocabulary.names.exact(append(slices.Clone(norms[:len(norms)-1]), base))...)
	}
	for _, c := range called {
		if d := c.object.Dimension; d != nil && c.object.Member == "" && r.graph.hops(home, d.Table) >= 0 {
			return d
		}
	}
	return nil
}
