package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// moneyTold reads the money of an entity where it is what people mean by its name: the
// fines collected, the box office by month. What is counted or listed stays rows.
func (s *sentence) moneyTold() {
	for i := 0; i < len(s.nodes); i++ {
		t, ok := s.thingAt(i)
		if !ok || t.table == nil || t.via != "" || t.marks != 0 {
			continue
		}
		word := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
		meant := (takingsZH[word] || hoursZH[word]) && s.moneyMeantZH(i)
		if !meant && s.rowsAsked(i) {
			continue
		}
		d := s.r.paidIn(t.table)
		if hoursZH[word] {
			d = onlySum(t.table)
		}
		if d == nil || d.Sum != "sum" {
			continue
		}
		m := measure{dim: d, agg: "sum"}
		name := strings.Fields(t.table.Names.Label.EN)
		said, by := "", false
		if i+1 < len(s.nodes) && s.touches(i, i+1) {
			said, by = strings.CutSuffix(s.text.Norm(s.nodes[i+1].from, s.nodes[i+1].end), " by")
		}
		switch {
		case meant:
			s.nodes[i].means = m
		case len(name) == 0:
		case charges[name[len(name)-1]] && collected[said]:
			s.onceCollected(i, t.table)
			if by {
				s.nodes[i].means, s.nodes[i+1].means = m, GroupMark{}
			} else {
				s.join(i, i+1, m)
			}
		case takings[t.table.Names.Label.EN] && !is[thing](s, i+1):
			s.nodes[i].means = m
		}
	}
}

// moneyMeantZH reports whether the name of money that changed hands stands at node i for
// how much it was, 今年每月收款: nothing else is measured, counted, listed or ordered, and
// it is no part of another name.
func (s *sentence) moneyMeantZH(i int) bool {
	if is[thing](s, i+1) || is[thing](s, i-1) && s.touches(i-1, i) && !is[GroupMark](s, i-2) || is[GroupMark](s, i-1) {
		return false
	}
	ranked := is[Top](s, i+1)
	for j, n := range s.nodes {
		switch means := n.means.(type) {
		case Top, Which:
			if !ranked {
				return false
			}
		case Count, Listing, Distinct, Agg, measure:
			return false
		case thing:
			if j != i && (means.dim != nil && isMeasurable(means.dim)) {
				return false
			}
		}
	}
	return true
}

// onlySum is the one column of an entity that adds up; nil for none or several.
func onlySum(t *semantic.Table) *semantic.Dimension {
	return onlyDimension(t, func(d *semantic.Dimension) bool { return isMeasurable(d) && d.Sum == "sum" })
}

// rowsAsked reports whether the rows of the entity at node i are counted, listed or
// ranked, or results are split by it.
func (s *sentence) rowsAsked(i int) bool {
	return slices.ContainsFunc(s.nodes[:i], func(n node) bool {
		switch n.means.(type) {
		case Count, Which, Top, Listing, GroupMark, Distinct:
			return true
		}
		return false
	})
}

// onceCollected leaves what was not paid out of what was collected, where a date says
// so; a period is then that of the payment.
func (s *sentence) onceCollected(i int, t *semantic.Table) {
	for _, d := range t.Dimensions {
		if isTime(d) && slices.ContainsFunc([]string{"paid", "payment", "collected"}, func(word string) bool { return s.r.hasWord(d, word) }) {
			s.countDated(s.nodes[i], d)
			return
		}
	}
}

var (
	// charges close the names of what is owed and collected.
	charges = map[string]bool{"fine": true, "fee": true, "payment": true, "donation": true, "tax": true, "toll": true, "premium": true, "rent": true, "levy": true, "charge": true, "fare": true, "deposit": true, "pledge": true, "due": true, "contribution": true, "tip": true, "penalty": true}

	// takingsZH are Chinese names of acts with money of which people ask how much it was and
	// seldom how many.
	takingsZH = map[string]bool{"收款": true, "回款": true, "付款": true, "缴款": true, "收入": true, "支出": true, "进账": true}

	// hoursZH are Chinese names of entities whose rows are hours: there are so many hours.
	hoursZH = map[string]bool{"工时": true, "课时": true}

	collected = map[string]bool{"collected": true, "raised": true, "taken in": true}

	// takings are names of entities that are no count nouns: there is so much of them.
	takings = map[string]bool{"box office": true, "payroll": true, "revenue": true, "turnover": true, "income": true, "spending": true, "spend": true, "expenditure": true, "takings": true}
)
