package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// placeEnds close the names of what has people and is none.
var placeEnds = map[string]bool{"店": true, "校": true, "司": true, "厂": true, "院": true, "馆": true, "仓": true, "库": true, "部": true, "门": true, "组": true, "班": true, "区": true, "城": true, "市": true, "省": true, "室": true, "楼": true, "所": true, "局": true, "社": true, "间": true, "站": true, "行": true}

// peopleIn reads 店里有多少人 and 每家门店多少人: of a place the people who belong to it are
// counted, and not the places.
func (s *sentence) peopleIn(i int, c Count) bool {
	if len(c.Hints) == 0 || c.Before {
		return false
	}
	at := i - 1
	for is[Timed](s, at) {
		at--
	}
	inside := false
	if g, ok := s.glue(at); ok && g.How == Loose && insideWords[s.text.Norm(s.nodes[at].from, s.nodes[at].end)] {
		inside = true
		at--
	}
	t, ok := s.thingAt(at)
	place := s.r.entityOf(t)
	m, member := s.memberAt(at)
	if member && inside && !m.not {
		place, ok = m.dim.Table, true // 瓷器厅里有多少人
	}
	if !ok || place == nil || t.marks&(markBy|markEach) != 0 || !inside && !placeEnds[s.text.At(s.nodes[at].end-1).Norm] {
		return false
	}
	var people []*semantic.Table
	for _, hint := range c.Hints {
		of, ok := s.r.entityByHints([]string{hint})
		if of == place {
			return false
		}
		if ok && s.r.graph.hops(of, place) >= 1 && !slices.Contains(people, of) {
			people = append(people, of)
		}
	}
	if len(people) == 0 {
		s.charge("people of nothing", costIdle, s.nodes[i])
		s.draft.idle = true
		return true
	}
	s.nodes[i].means = s.countRows(s.nodes[i], oneOf(s, s.nodes[i], people, tableOf))
	if d := t.dim; !member && t.marks&^markFilter == 0 && !s.describedBefore(at) {
		if d == nil && len(place.Display) > 0 {
			d = place.Display[0]
		}
		if d != nil {
			s.draft.conditions = append(s.draft.conditions, condition{fixed: semantic.IsNull{X: s.r.nameOf(d, t.via), Not: true}, from: s.nodes[at].from})
		}
		s.nodes[at].means = Noise{}
	}
	return true
}

// peopleBy counts the people whose attribute stands at node j, before the 人数 of node i:
// 班组在职人数 are those who work there, by group, and no number of groups.
func (s *sentence) peopleBy(i, j int, c Count) bool {
	t, ok := s.thingAt(j)
	if !ok || t.dim == nil || c.Distinct || !s.text.holds("人", s.nodes[i].from, s.nodes[i].end) || !c.Before || isMeasurable(t.dim) || isTime(t.dim) || s.r.standsFor(t.dim) || isDisplay(t.dim) || t.has(markDistinct) {
		return false
	}
	if !s.r.isPeople(t.dim.Table) {
		return false
	}
	s.markAt(j, markBy)
	s.nodes[i].means = s.countRows(s.nodes[i], t.dim.Table)
	return true
}

// isPeople reports whether the rows of a table are called as people are.
func (r *Reader) isPeople(t *semantic.Table) bool {
	names := append([]string{t.Names.Label.ZH}, t.Names.Synonyms...)
	return slices.ContainsFunc(names, func(n string) bool {
		for _, end := range []string{"员", "人", "生", "师", "者", "客", "工", "友", "户"} {
			if strings.HasSuffix(n, end) {
				return true
			}
		}
		return false
	})
}

// describedBefore reports whether a member stands right before node i.
func (s *sentence) describedBefore(i int) bool { return is[members](s, i-1) && s.touches(i-1, i) }
