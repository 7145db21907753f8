package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// othersSubject refuses a number of some people that is known of others only: the
// satisfaction of employees, where the metric is also called customer satisfaction.
// What it is split by is no subject.
func (s *sentence) othersSubject() {
	if slices.ContainsFunc(s.nodes, ranksOrAsks) {
		return
	}
	for i := 0; i < len(s.nodes); i++ {
		m, ok := as[measure](s.nodes[i])
		if !ok || m.metric == nil {
			continue
		}
		of := i - 1
		if g, glued := s.glue(of); glued && g.How == Has {
			of--
		}
		for _, j := range []int{of, s.subjectBehind(i)} {
			who := s.peopleAt(j)
			if who == nil || is[GroupMark](s, j-1) {
				continue
			}
			switch whose := s.r.peopleOf(m.metric); {
			case len(whose) == 0:
			case !slices.Contains(whose, who):
				s.charge("of other people", costIdle, s.nodes[j])
				s.draft.idle = true
			case j > i:
				s.join(i, j, m)
			}
		}
	}
}

// ranksOrAsks reports whether a node asks which, or for an order.
func ranksOrAsks(n node) bool {
	switch n.means.(type) {
	case Which, Rank, Top, Order:
		return true
	}
	return false
}

// peopleAt returns the people that node i names; nil for none.
func (s *sentence) peopleAt(i int) *semantic.Table {
	if t, ok := s.thingAt(i); ok && t.home() != nil && t.marks == 0 && namesPeople(t.home()) {
		return t.home()
	}
	if t, ok := s.nounAt(i); ok && t != nil && namesPeople(t) {
		return t
	}
	return nil
}

// subjectBehind returns the node that "of" joins to the measure at node i; -1 for
// none.
func (s *sentence) subjectBehind(i int) int {
	if g, ok := s.glue(i + 1); ok && g.How == OfIt {
		return i + 2
	}
	return -1
}

// peopleOf are the entities with names that a metric is called after in part, where
// it is also called by the rest alone.
func (r *Reader) peopleOf(m *semantic.Metric) []*semantic.Table {
	var heads [][]string
	for _, text := range append([]string{m.Names.Label.ZH, m.Names.Label.EN}, m.Names.Synonyms...) {
		heads = append(heads, r.vocabulary.tokens(text))
	}
	var found []*semantic.Table
	for _, t := range r.model.Tables {
		if !namesPeople(t) {
			continue
		}
		for _, text := range append([]string{t.Names.Label.ZH, t.Names.Label.EN}, t.Names.Synonyms...) {
			front := r.vocabulary.tokens(text)
			if slices.ContainsFunc(heads, func(whole []string) bool {
				rest, ok := cutFront(whole, front)
				return ok && slices.ContainsFunc(heads, func(head []string) bool { return equalNorms(head, rest) })
			}) && !slices.Contains(found, t) {
				found = append(found, t)
			}
		}
	}
	return found
}

// namesPeople reports whether the rows of a table are people: what they are called
// is a name of their own.
func namesPeople(t *semantic.Table) bool {
	if len(t.Display) == 0 {
		return false
	}
	label := t.Display[0].Names.Label
	return strings.HasSuffix(label.EN, " name") && strings.HasPrefix(label.EN, t.Names.Label.EN) || strings.HasSuffix(label.ZH, "姓名")
}
