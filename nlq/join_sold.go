package nlq

import (
	"slices"

	"wenshu/semantic"
)

// takeEarned reads "made more than 100k" as a test of the metric of what was sold.
func (s *sentence) takeEarned(i, j int, op semantic.Op, args []Number, hints []string) bool {
	sold := s.r.metricOfAct(Verb{Hints: hints})
	if sold == nil || sold.Format.Style != "money" || !s.worthy(args) {
		return false
	}
	s.assume("metric")
	s.outcome(i, j, outcome{measure: measure{metric: sold}, op: op, args: lits(args...)})
	return true
}

// soldIn is the metric that a bound on what was sold is of: the one called as the
// number's unit, of pieces where it says them, and without a unit, or with one of
// money, that of sales; nil when acts are counted.
func (s *sentence) soldIn(v Verb, args []Number) *semantic.Metric {
	sells := slices.Contains(v.Hints, "sale") && !slices.Contains(v.Hints, "purchase")
	if v.Not || len(args) == 0 || args[0].Percent || !sells && !(v.Money && slices.Contains(v.Hints, "sale")) {
		return nil
	}
	if sold := s.r.metricOfAct(Verb{Hints: []string{"sale"}}); sold == nil || args[0].Unit == "" || s.unitOfMoney(args) {
		return sold
	}
	if sells && piecesIn[unitNorm(args[0].Unit)] {
		return s.r.pieces()
	}
	for _, c := range s.r.vocabulary.names.exact(NewText(args[0].Unit).Norms()) {
		if c.object.Metric != nil {
			return c.object.Metric
		}
	}
	return nil
}
