package nlq

import (
	"slices"

	"wenshu/semantic"
)

// kindsAsked reads a member that says of which kind things are, where things of that kind
// are asked for or ranked by it alone, as the things: which hop of the ingredients that
// have the type hop, the top 3 pubs.
func (s *sentence) kindsAsked() {
	s.rowsOfMetric()
	for i := 0; i+1 < len(s.nodes); i++ {
		if !s.asksForOne(i) {
			continue
		}
		j := i + 1
		if is[number](s, j) {
			j++
		}
		m, ok := s.memberAt(j)
		if !ok || m.not || m.and || len(m.values) != 1 || m.via != "" || !isSort(m.dim) || s.text.At(s.nodes[j].from).Class != Word || !s.noAdjective(j) {
			continue
		}
		s.draft.conditions = append(s.draft.conditions, condition{dim: m.dim, values: m.values, from: s.nodes[j].from})
		s.nodes[j].means = thing{table: m.dim.Table}
	}
}

// asksForOne reports whether node i asks for or ranks what stands right behind it.
func (s *sentence) asksForOne(i int) bool {
	switch m := s.nodes[i].means.(type) {
	case Which:
		return m.What == WhichOne
	case Top:
		return !m.Count && !m.Rows && (m.N > 0 || len(m.Hints) > 0)
	case GroupMark:
		return m.Each && !m.Before
	case Listing:
		last := s.normAt(s.nodes[i].end - 1)
		return last == "each" || last == "every" || isPlural(s.normAt(s.nodes[i+1].end-1)) // list the dramas that cost most
	}
	return false
}

// noAdjective reports whether node i is no adjective of a noun behind it.
func (s *sentence) noAdjective(i int) bool {
	if i+1 >= len(s.nodes) || !s.touchesWord(i, i+1) {
		return true
	}
	switch s.nodes[i+1].means.(type) {
	case thing, measure, members, unread, phrased:
		return false
	}
	return true
}

// isSort reports whether a column says of which sort the things of its table are, which
// have names besides.
func isSort(d *semantic.Dimension) bool {
	t := d.Table
	if len(t.Display) == 0 || t.Display[0].Key || t.Display[0].Type.Kind != semantic.Text || slices.Contains(t.Display, d) || d.Of != nil {
		return false
	}
	label := normsOf(d.Names.Label.EN)
	return len(label) > 0 && sortsThings[label[len(label)-1]]
}

var sortsThings = map[string]bool{"type": true, "kind": true, "category": true, "class": true, "sort": true, "species": true, "genre": true}

// rowsOfMetric reads a number of rows of some state that "which" stands before as those
// rows: which stores closed asks for their names and not how many they were.
func (s *sentence) rowsOfMetric() {
	j := slices.IndexFunc(s.nodes, func(n node) bool { return n.from > 0 && s.normAt(n.from-1) == "which" })
	m, ok := s.measureAt(j)
	if !ok || m.metric == nil || len(m.where) > 0 || m.metric.Where == nil {
		return
	}
	t := s.r.countedBy[m.metric]
	if t == nil || len(t.Display) == 0 || !s.opensWith(j, t) {
		return
	}
	for k, n := range s.nodes {
		switch n.means.(type) {
		case measure, thing, Top, GroupMark, Grained:
			if k != j {
				return
			}
		}
	}
	s.draft.conditions = append(s.draft.conditions, condition{on: t, fixed: m.metric.Where, from: s.nodes[j].from})
	if s.draft.on == nil {
		s.draft.on = m.metric.Time
	}
	s.nodes[j].means = thing{table: t, marks: markWhich}
}

// opensWith reports whether the words of node i begin with the name of a table: stores closed.
func (s *sentence) opensWith(i int, t *semantic.Table) bool {
	said := s.normAt(s.nodes[i].from)
	return slices.ContainsFunc(append(s.r.bases(said), said), func(name string) bool {
		return slices.ContainsFunc(s.r.vocabulary.names.exact([]string{name}), func(c called) bool { return c.object.Table == t })
	})
}
