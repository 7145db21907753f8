package nlq

// countsThatHave reads "the number of clubs with more than 5 players" as a count of the
// clubs that have them, where the model has a metric that is called so.
func (s *sentence) countsThatHave() {
	for i := 0; i+3 < len(s.nodes); i++ {
		m, ok := as[measure](s.nodes[i])
		if !ok || m.metric == nil || !s.r.isCount(m) || s.text.At(s.nodes[i].from).Class != Word || s.nodes[i].end < s.nodes[i].from+3 {
			continue
		}
		t := s.r.countedBy[m.metric]
		g, with := s.glue(i + 1)
		have, _ := s.thingAt(i + 3)
		if t == nil || !with || g.How != With || !is[Compare](s, i+2) || have.table == nil || s.r.graph.hops(have.table, t) < 1 {
			continue
		}
		n := s.nodes[i]
		noun := node{from: n.end - 1, end: n.end, means: thing{table: t, marks: markCounted}}
		s.nodes[i] = noun
		s.draft.counted = true
	}
}

// onAverage reads "on average, how many players does a club have" as the average number of
// players per club.
func (s *sentence) onAverage() {
	i := s.skip(0, 1)
	a, ok := s.aggAt(i)
	if !ok || a.Func != "avg" || s.normAt(s.nodes[i].from) != "on" {
		return
	}
	count := i + 1
	for is[Linker](s, count) {
		count++
	}
	acts, counted := s.thingAt(count + 1)
	if !is[Count](s, count) || !counted || acts.table == nil {
		return
	}
	for j := count + 2; j < len(s.nodes); j++ {
		owner, named := s.thingAt(j)
		if !named {
			continue
		}
		if owner.table == nil || s.r.graph.hops(acts.table, owner.table) < 1 || !singles[s.normAt(s.nodes[j].from-1)] {
			return
		}
		m := s.countRows(s.nodes[count+1], acts.table)
		m.agg, m.per = "avg", []thing{{table: owner.table, via: owner.via}}
		s.nodes[j].means = Noise{}
		s.nodes[count+1].means = m
		s.nodes = append(s.nodes[:i], s.nodes[count+1:]...)
		return
	}
}

// singles are the words before one of many.
var singles = map[string]bool{"a": true, "an": true, "each": true, "every": true, "one": true, "per": true}
