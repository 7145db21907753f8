package nlq

import (
	"strings"

	"wenshu/semantic"
)

// takeYear joins a year with the column of years next to it: 1950年以前创办的学校,
// "founded before 1950"; it reports whether it was taken out of the sentence.
func (s *sentence) takeYear(i int, m Timed) bool {
	test := yearTest(m.Period)
	if test == nil {
		return false
	}
	for _, j := range []int{s.skip(i+1, 1), s.skip(i-1, -1)} {
		t, ok := s.thingAt(j)
		if !ok || t.dim == nil || !isYears(t.dim) || t.marks&(markBy|markEach|markWhich|markAsked|markListed) != 0 {
			continue
		}
		s.takeTest(min(i, j), max(i, j), t.dim, t.via, false, test)
		return true
	}
	return false
}

// yearAsked reads 哪年创办的: which year asks for the column of years behind it, and
// splits nothing.
func (s *sentence) yearAsked() {
	for i := 0; i+1 < len(s.nodes); i++ {
		g, ok := as[Grained](s.nodes[i])
		t, named := s.thingAt(i + 1)
		if !ok || g.Grain.Unit != semantic.Year || s.text.At(s.nodes[i].from).Norm != "哪" || !named || t.dim == nil || !holdsYears(t.dim) || t.marks != 0 || !s.touches(i, i+1) {
			continue
		}
		s.drop(i)
		s.markAt(i, markAsked)
		s.draft.asked = true
	}
}

// holdsYears reports whether the values of a column are years, numbers or dates.
func holdsYears(d *semantic.Dimension) bool {
	return isYears(d) || isTime(d) && (strings.HasSuffix(d.Names.Label.ZH, "年份") || strings.HasSuffix(d.Names.Label.EN, " year"))
}
