package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// moneySpent reads the money of what is spoken of where no column of it is named: 去年大修
// 一共花了多少 and 开票多少钱, right behind an entity or its date.
func (s *sentence) moneySpent() {
	for i := 0; i < len(s.nodes); i++ {
		s.joinAltogether(i)
		if s.moneyOfNoun(i) {
			continue
		}
		word, spent := as[Spent](s.nodes[i])
		if !spent && !s.moneyOfActs(i) || spent && slices.ContainsFunc(s.nodes, func(n node) bool { _, top := n.means.(Top); return top }) {
			continue // what ranks says whose money it is
		}
		d := s.moneyNear(i, spent)
		if acts := s.r.hinted(s.r.model.Tables, word.Hints); len(word.Hints) > 0 {
			d = s.r.paidIn(acts)
		}
		if d == nil || !s.r.isMoney(d) {
			continue
		}
		m := measure{dim: d, agg: "sum", bare: true}
		if sum := s.r.addedUp(d); sum != nil {
			m = measure{metric: sum}
		}
		s.assume("money_column")
		s.nodes[i].means = m
		s.draft.valued = true
		if t, ok := s.thingAt(i - 1); ok && !spent && t.marks == 0 {
			if t.dim != nil && t.dim != t.dim.Table.Time {
				s.countDated(s.nodes[i-1], t.dim) // what was invoiced, by the date it was
			}
			s.drop(i - 1)
			i--
		}
	}
}

// joinAltogether puts a word for a sum at node i to the question for money behind it: 一共
// 多少钱.
func (s *sentence) joinAltogether(i int) {
	if sum, ok := as[Agg](s.nodes[i]); ok && sum.Func == "sum" && i+1 < len(s.nodes) && s.saysMoneyAsked(i+1) && s.touches(i, i+1) {
		s.nodes[i+1].from = s.nodes[i].from
		s.drop(i)
	}
}

// moneyOfActs reports whether node i asks how much money, right behind an entity or a date
// that is called by what was done.
func (s *sentence) moneyOfActs(i int) bool {
	if s.sumsOfMoney(i) {
		return true
	}
	t, named := s.thingAt(i - 1)
	if !s.saysMoneyAsked(i) || !named || t.via != "" || t.marks != 0 || !s.touches(i-1, i) {
		return false
	}
	return t.table != nil || t.dim != nil && isTime(t.dim) && t.noun
}

// moneyOfNoun reads 签了多少钱合同 at node i as the money of the rows behind it, by the date
// that says when it was done, and takes both.
func (s *sentence) moneyOfNoun(i int) bool {
	t, named := s.thingAt(i + 1)
	if !s.saysMoneyAsked(i) || !named || t.table == nil || t.via != "" || t.marks != 0 || i+2 < len(s.nodes) && is[thing](s, i+2) && s.touches(i+1, i+2) {
		return false
	}
	d := s.r.paidIn(t.table)
	if d == nil || d.Sum != "sum" || !s.r.isMoney(d) {
		return false
	}
	s.assume("money_column")
	s.nodes[i].means = measure{dim: d, agg: "sum"}
	s.draft.valued = true
	s.drop(i + 1)
	if date, ok := s.thingAt(i - 1); ok && date.dim != nil && isTime(date.dim) && date.dim.Table == t.table && date.marks&^markBy == 0 {
		if date.dim != t.table.Time {
			s.countDated(s.nodes[i-1], date.dim)
		}
		s.drop(i - 1)
		if is[GroupMark](s, i-2) && is[Timed](s, i-3) {
			s.drop(i - 2) // 今年和去年各签了: each of the periods
		}
	}
	return true
}

// allowed are words of money that may be spent and has not been.
var allowed = []string{"limit", "quota", "allowance", "额度", "限额", "上限"}

// sumsOfMoney reports whether node i asks no more than how much, right behind acts that are
// called by the money they are about: 收款多少 is no number of receipts.
func (s *sentence) sumsOfMoney(i int) bool {
	t, named := s.thingAt(i - 1)
	if !named || t.table == nil && !(t.dim != nil && isTime(t.dim) && t.noun) || t.via != "" || t.marks != 0 || s.nodes[i].from > s.nodes[i-1].end+1 {
		return false
	}
	w, which := s.whichAt(i)
	_, count := as[Count](s.nodes[i])
	asked := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
	return (which && w.What == HowMuch || count) && asked == "多少" && sumsOfMoney[s.text.At(s.nodes[i-1].end-1).Norm]
}

// sumsOfMoney are characters that close the names of acts that money is paid in.
var sumsOfMoney = map[string]bool{"款": true, "费": true, "税": true, "薪": true}

// moneyNear is the column of money of the entity that stands nearest to node i; nil where
// it has none or several.
func (s *sentence) moneyNear(i int, spent bool) *semantic.Dimension {
	near := s.entitiesNear(i)
	if !spent {
		near = []*semantic.Table{s.homeAt(i - 1)}
	}
	for _, c := range s.draft.conditions {
		if spent && c.on != nil {
			near = append(near, c.on)
		}
	}
	for _, t := range near {
		if d := s.r.paidIn(t); d != nil && d.Sum == "sum" && s.r.isMoney(d) && !slices.ContainsFunc(allowed, func(word string) bool { return s.r.hasWord(d, word) }) {
			return d
		}
	}
	if !spent {
		return nil
	}
	var found *semantic.Dimension // of the acts that lead to what is spoken of
	for _, t := range s.r.model.Tables {
		leads := slices.ContainsFunc(near, func(o *semantic.Table) bool { return o != t && s.r.graph.hops(t, o) >= 1 })
		d := s.r.paidIn(t)
		if !leads || d == nil || d.Sum != "sum" || !slices.ContainsFunc(costNames, func(name string) bool { return s.r.hasWord(d, name) }) {
			continue
		}
		if found != nil {
			return nil
		}
		found = d
	}
	return found
}

// isMoney reports whether a number is one of money, by its unit or its name.
func (r *Reader) isMoney(d *semantic.Dimension) bool {
	return d.Format.Style == "money" || len(d.Unit) == 3 && strings.ToUpper(d.Unit) == d.Unit || slices.ContainsFunc(slices.Concat(prices, costNames), func(word string) bool { return r.hasWord(d, word) })
}

// costNames are what money that is spent is called.
var costNames = []string{"费用", "花费", "成本", "支出", "开销", "cost", "expense", "spend", "spending"}
