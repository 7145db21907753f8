package nlq

import (
	"slices"

	"wenshu/semantic"
)

// anotherYear reads a further year of a period that was said once as that period of it: 五一
// 的销售额，今年和去年, and 今年和去年6月.
func (s *sentence) anotherYear(i int, m Timed) bool {
	if len(s.draft.periods) == 0 || m.Guessed {
		return false
	}
	last := len(s.draft.periods) - 1
	if s.draft.inside != nil {
		further := insideYear(s.draft.inside, m.Period)
		if further == nil || !s.besideYear(i) {
			return false
		}
		s.draft.periods, s.draft.guessed = append(s.draft.periods, further), append(s.draft.guessed, false)
		return true
	}
	earlier := insideYear(m.Period, s.draft.periods[last])
	if earlier == nil || earlier == m.Period || !s.besideYear(i) {
		return false
	}
	s.draft.periods[last] = earlier
	return false
}

// besideYear reports whether a word that joins and the word for a year stand before node i.
func (s *sentence) besideYear(i int) bool {
	if i == 0 {
		return false
	}
	l, ok := as[Linker](s.nodes[i-1])
	return ok && l.How == AndLink && s.text.At(s.nodes[i-1].from-1).Norm == "年"
}

// festivalsApart compares a festival with the one of an earlier year where both are asked
// for: they have no sum that anybody asks for, nor has a festival with any other period.
func (b *builder) festivalsApart() {
	if len(b.d.periods) < 2 || b.d.or || len(b.d.versus) > 0 || slices.ContainsFunc(b.things, func(t thing) bool { return t.timed }) {
		return
	}
	var found []semantic.Festival
	for _, p := range b.d.periods {
		if f, ok := p.(semantic.Festival); ok {
			found = append(found, f)
		}
	}
	switch {
	case len(found) == 0:
	case len(found) == 2 && len(b.d.periods) == 2 && found[0].Name == found[1].Name && found[0].Year != found[1].Year && (found[0].Year < 1000) == (found[1].Year < 1000):
		slices.SortFunc(found, func(x, y semantic.Festival) int { return y.Year - x.Year })
		b.d.periods, b.d.guessed = []semantic.Period{found[0]}, []bool{false}
		b.d.versus = []semantic.Versus{{How: semantic.Ago, Unit: semantic.Year, N: found[0].Year - found[1].Year}}
	default:
		b.d.idle = true
		b.s.charge("a festival and another period", costIdle, node{})
	}
}
