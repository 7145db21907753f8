package nlq

import "wenshu/semantic"

// relation is a pair of entities of which one must have, or must not have, acts
// in the table of the other: stores without employees, 有退款的订单.
type relation struct {
	owner, of *semantic.Table
	not       bool
	from      int // the first token of the act
}

// joinRelations takes clauses of having and lacking out of the sentence.
func (s *sentence) joinRelations() {
	for i := 0; i < len(s.nodes); i++ {
		if !s.relationBefore(i) {
			s.relationBehind(i)
		}
	}
}

// having reads the words for having or lacking that end right before node i,
// and the first of their nodes.
func (s *sentence) having(i int) (first int, not, ok bool) {
	first = i
	for j := i - 1; j >= 0; j-- {
		switch m := s.nodes[j].means.(type) {
		case Negation:
			if m.Before {
				return first, not, ok
			}
			not = !not
		case Empty:
			not = not != !m.Not
		case Verb:
			not = not != m.Not
		case Glue:
			if m.How != With {
				return first, not, ok
			}
		case Relative:
			if !ok {
				return first, not, ok
			}
		default:
			return first, not, ok
		}
		first, ok = j, true
	}
	return first, not, ok
}

// relationBefore reads "without employees stores", the Chinese order: the
// clause, 的, and the entity it describes.
func (s *sentence) relationBefore(i int) bool {
	act, ok := s.thingAt(i)
	if !ok || act.table == nil || act.marks != 0 {
		return false
	}
	first, not, ok := s.having(i)
	if !ok {
		return false
	}
	g, glued := s.glue(i + 1)
	owner, named := s.thingAt(i + 2)
	if !glued || g.How != Has || !named || owner.table == nil || s.r.graph.hops(act.table, owner.table) < 1 {
		return false
	}
	s.relate(owner.table, act.table, not, s.nodes[i].from)
	s.markAt(i+2, markListed)
	s.nodes = append(s.nodes[:first], s.nodes[i+2:]...)
	return true
}

// relationBehind reads "stores without employees".
func (s *sentence) relationBehind(i int) {
	act, ok := s.thingAt(i)
	if !ok || act.table == nil || act.marks != 0 {
		return
	}
	first, not, ok := s.having(i)
	if !ok {
		return
	}
	owner, named := s.thingAt(first - 1)
	if !named || s.r.graph.hops(act.table, owner.home()) < 1 {
		return
	}
	s.relate(owner.home(), act.table, not, s.nodes[i].from)
	s.markAt(first-1, markListed)
	s.nodes = append(s.nodes[:first], s.nodes[i+1:]...)
}

func (s *sentence) relate(owner, of *semantic.Table, not bool, from int) {
	s.draft.relations = append(s.draft.relations, relation{owner, of, not, from})
}
