package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// winning are the words for winning; prizes are what is won by having it.
var (
	winning = setOf("won win wins winning")
	prizes  = setOf("award awards prize prizes medal medals trophy trophies title titles cup cups honour honours honor honors grant grants bid bids contract contracts")
)

// wonWhat refuses to take winning for taking part: who won a stage is none that rode it,
// unless something in the data is called after winning, or what was won is a prize.
func (s *sentence) wonWhat() {
	for i := range s.nodes {
		if v, ok := s.verbAt(i); !ok || len(v.Hints) > 0 || !winning[s.text.At(s.nodes[i].end-1).Norm] {
			continue
		}
		for j := i + 1; j < min(i+4, len(s.nodes)); j++ {
			t, named := s.thingAt(j)
			if !named || t.table == nil {
				continue
			}
			if !slices.ContainsFunc(s.r.vocabulary.tokens(t.table.Names.Label.EN), func(w string) bool { return prizes[w] }) && !s.r.tellsWinners() {
				s.charge("nothing tells who won", costIdle, s.nodes[i])
				s.draft.idle = true
			}
			break
		}
	}
}

// tellsWinners reports whether a table, a column or a link is called after winning.
func (r *Reader) tellsWinners() bool {
	called := func(name, label string) bool {
		return slices.ContainsFunc(strings.Fields(spaced(name)+" "+strings.ToLower(label)), func(w string) bool {
			return strings.HasPrefix(w, "win") && w != "window" && w != "winter" || w == "won" || strings.HasPrefix(w, "victor") || strings.HasPrefix(w, "champion")
		})
	}
	return slices.ContainsFunc(r.model.Tables, func(t *semantic.Table) bool {
		return called(t.Name, t.Names.Label.EN) ||
			slices.ContainsFunc(t.Dimensions, func(d *semantic.Dimension) bool { return called(d.Name, d.Names.Label.EN) }) ||
			slices.ContainsFunc(t.Joins, func(j *semantic.Join) bool { return called(j.Name, "") })
	})
}
