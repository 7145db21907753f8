package nlq

import (
	"slices"

	"wenshu/semantic"
)

// closingPair reads "void bills this year, number and total" and "overdue bills: how many
// and how much" as two figures of the rows that are named: how many there are, and how
// much they come to in their one column of money.
func (s *sentence) closingPair() {
	for i := 0; i+1 < len(s.nodes); i++ {
		c, counts := as[Count](s.nodes[i])
		if !counts || c.Own || c.Distinct {
			continue
		}
		at := s.sumBehind(i)
		if at < 0 {
			continue
		}
		rows := s.onlyRows()
		money := s.r.totalOfRows(rows)
		if money == nil {
			s.charge("how much of what", costIdle, s.nodes[at])
			s.draft.idle = true
			return
		}
		s.nodes[i].means = s.countRows(s.nodes[i], rows)
		s.nodes[at].means = measure{dim: money, agg: "sum"}
		if is[Agg](s, at-1) {
			s.drop(at - 1)
		}
		s.assume("money_column")
		return
	}
}

// sumBehind is the node that closes a clause behind the count at node i and asks for a
// total: the 多少钱 of 有几笔，一共多少钱, where money may follow without a comma; -1 for
// none.
func (s *sentence) sumBehind(i int) int {
	at := i + 1
	joined := s.joinsTwo(at)
	if joined {
		at++
	}
	if at+1 < len(s.nodes) && is[Agg](s, at) && s.sumsUp(at) && s.saysMoneyAsked(at+1) {
		at++
	}
	if at >= len(s.nodes) || !joined && !s.saysMoneyAsked(at) || !s.sumsUp(at) || !s.closesClause(at) {
		return -1
	}
	return at
}

// saysMoneyAsked reports whether node i asks how much money: 多少钱.
func (s *sentence) saysMoneyAsked(i int) bool {
	w, ok := s.whichAt(i)
	if !ok || w.What != HowMuch {
		return false
	}
	last := s.text.At(s.nodes[i].end - 1).Norm
	return last == "钱" || last == "元" || last == "块"
}

// joinsTwo reports whether node i says that what follows is asked for as well.
func (s *sentence) joinsTwo(i int) bool {
	if link, ok := s.linkAt(i); ok {
		return link.How == AndLink || link.How == CommaLink
	}
	return is[Follow](s, i) && s.normAt(s.nodes[i].from) == "and"
}

// totalOfRows is the one column that says what rows come to: their amount of money, the
// total among several amounts, or the only amount that adds up; nil for none.
func (r *Reader) totalOfRows(t *semantic.Table) *semantic.Dimension {
	if t == nil {
		return nil
	}
	var adding, totals []*semantic.Dimension
	for _, d := range t.Dimensions {
		priced := slices.ContainsFunc(prices, func(word string) bool { return r.hasWord(d, word) })
		switch {
		case !isMeasurable(d) || d.Sum != "sum" || !priced && d.Format.Style != "money":
			continue
		case isAmountOf(d, t):
			return d
		case r.hasWord(d, "total"):
			totals = append(totals, d)
		}
		adding = append(adding, d)
	}
	switch {
	case len(adding) == 1:
		return adding[0]
	case len(totals) == 1:
		return totals[0]
	}
	return nil
}

// sumsUp reports whether node i asks for a total or for how much.
func (s *sentence) sumsUp(i int) bool {
	if a, ok := as[Agg](s.nodes[i]); ok {
		return a.Func == "sum"
	}
	w, ok := s.whichAt(i)
	return ok && w.What == HowMuch
}

// closesClause reports whether nothing of a clause follows node i.
func (s *sentence) closesClause(i int) bool {
	if i+1 >= len(s.nodes) {
		return true
	}
	link, ok := s.linkAt(i + 1)
	return ok && link.How == ClauseLink || s.text.At(s.nodes[i].end).Norm == "("
}

// onlyRows is the one entity that a sentence names, where it names no number; nil for none
// or several.
func (s *sentence) onlyRows() *semantic.Table {
	var rows *semantic.Table
	for i := range s.nodes {
		t, ok := s.thingAt(i)
		switch {
		case is[measure](s, i):
			return nil
		case !ok || t.timed:
		case t.table == nil || rows != nil && rows != t.table:
			return nil
		default:
			rows = t.table
		}
	}
	return rows
}
