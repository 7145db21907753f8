package nlq

import (
	"slices"

	"wenshu/semantic"
)

// actsDone takes the name of acts right before 过 or 了 for the verb it is: 借过书的读者
// are readers with loans, whatever the book.
func (s *sentence) actsDone() {
	s.boundInFront()
	for i := 0; i < len(s.nodes); i++ {
		acts, ok := s.thingAt(i)
		if !ok || acts.table == nil || acts.via != "" || acts.marks != 0 || !s.doneAt(s.nodes[i].end) {
			continue
		}
		object := i + 1
		next, named := s.thingAt(object)
		if named = named && s.nodes[object].from == s.nodes[i].end+1 && next.home() != nil && s.r.graph.hops(acts.table, next.home()) >= 1 && next.marks == 0; named && next.dim != nil && !isDisplay(next.dim) {
			continue
		}
		if !s.actedOn(acts.table, i, object, named) {
			continue
		}
		s.nodes[i] = node{s.nodes[i].from, s.nodes[i].end + 1, Verb{through: acts.table}}
		if named {
			s.drop(object)
		}
	}
}

// subjectsOfActs drops who did what stands behind the 的 of a verb, where each act has
// both: 读者借过的书 are the books with loans.
func (s *sentence) subjectsOfActs() {
	s.doersAsked()
	for i := 1; i+2 < len(s.nodes); i++ {
		v, ok := s.verbAt(i)
		who, named := s.thingAt(i - 1)
		g, glued := s.glue(i + 1)
		what, acted := s.thingAt(i + 2)
		if m, member := s.memberAt(i - 1); ok && member && len(v.Hints) > 0 && glued && g.How == Has && s.touches(i-1, i) {
			if acts := s.r.hinted(s.r.model.Tables, v.Hints); acts != nil && s.r.graph.hops(acts, m.dim.Table) < 0 {
				s.charge("who did it is none that could", costUnrelated, s.nodes[i-1])
				s.draft.idle = true // 门店卖出的: no entry of tickets
			}
		}
		doer, object := s.r.entityOf(who), s.r.entityOf(what)
		if !ok || v.Not || !named || doer == nil || who.marks != 0 || !s.touches(i-1, i) || !glued || g.How != Has || !acted || object == nil || object == doer {
			continue
		}
		if s.text.At(s.nodes[i].from).Class != Han || s.denied(i-1) {
			continue
		}
		acts, told := s.r.toldActs(v)
		if !told {
			if links := s.r.graph.links(doer, object); len(links) == 1 {
				acts = links[0]
			} else {
				acts = s.actSaid(i, links)
			}
		}
		if acts == nil || s.r.graph.hops(acts, doer) < 1 || s.r.graph.hops(acts, object) < 1 {
			continue
		}
		s.nodes[i].means = Verb{through: acts}
		s.drop(i - 1)
	}
}

// entityOf is the entity that a thing names, by itself or by what its rows are called;
// nil for any other.
func (r *Reader) entityOf(t thing) *semantic.Table {
	if t.dim != nil && !t.timed && r.standsFor(t.dim) {
		return t.dim.Table
	}
	return t.table
}

// shownBy is the dimension that shows a thing; nil for time.
func (r *Reader) shownBy(t thing) *semantic.Dimension {
	if t.table != nil && len(t.table.Display) > 0 {
		return t.table.Display[0]
	}
	return t.dim
}

// denied reports whether a word that denies stands right before node i.
func (s *sentence) denied(i int) bool {
	_, empty := s.emptyAt(i - 1)
	return empty || is[Negation](s, i-1)
}

func (s *sentence) emptyAt(i int) (Empty, bool) {
	if i < 0 || i >= len(s.nodes) {
		return Empty{}, false
	}
	return as[Empty](s.nodes[i])
}

// anyOfVerb reports whether the entity at node i is what a verb right before it acts on,
// whichever it is: who has never bought a product.
func (s *sentence) anyOfVerb(i int, t thing, v Verb) bool {
	at := s.nodes[i].from - 1
	object := s.r.entityOf(t)
	if object == nil || t.marks != 0 || at != s.nodes[i-1].end || !anyOne[s.text.At(at).Norm] {
		return false
	}
	acts, _ := s.r.toldActs(v)
	return acts != nil && (s.r.graph.hops(acts, object) >= 1 || len(s.r.graph.links(acts, object)) > 0)
}

// anyOne stand before what is one of many, whichever.
var anyOne = map[string]bool{"a": true, "an": true, "any": true}

// objectsOfVerbs marks the entities that stand right behind a verb in Chinese: they are
// what was acted on, and split nothing.
func (s *sentence) objectsOfVerbs() {
	for i := range s.nodes {
		v, ok := s.verbAt(i - 1)
		t, named := s.thingAt(i)
		object := s.r.entityOf(t)
		if ok && named && object != nil && t.has(markWhich) && s.text.At(s.nodes[i].from).Class == Han && s.ranksBefore(i-1) {
			s.charge("what the first of all acted on", costIdle, s.nodes[i])
			s.draft.idle = true // 消费最高的会员买过哪些商品
		}
		if ok && named && s.anyOfVerb(i, t, v) {
			s.markAt(i, markLink)
			continue
		}
		if !ok || !named || object == nil || t.marks != 0 || !s.touches(i-1, i) || s.text.At(s.nodes[i].from).Class != Han {
			continue
		}
		acts, _ := s.r.toldActs(v)
		if acts != nil && s.r.graph.hops(acts, object) >= 1 && i+1 < len(s.nodes) {
			s.markAt(i, markLink)
			continue
		}
		s.markAt(i, markObject)
	}
}

// ranksBefore reports whether a superlative and what it ranks stand before node i.
func (s *sentence) ranksBefore(i int) bool {
	for j := range i {
		if top, ok := s.topAt(j); ok && top.N <= 1 && j+1 < i && slices.ContainsFunc(s.nodes[j+1:i], func(n node) bool { t, ok := n.means.(thing); return ok && s.r.entityOf(t) != nil }) {
			return true
		}
	}
	return false
}

// countDone reads 借出最多的分馆: the acts that a verb right before most or fewest names,
// of what stands behind.
func (s *sentence) countDone(i int, o *ordering) bool {
	v, ok := s.verbAt(i - 1)
	t, named := s.thingAt(s.skip(i+1, 1))
	entity := s.r.entityOf(t)
	if !ok || v.Not || len(v.Hints) > 0 || v.through != nil || !s.touches(i-1, i) || !named || entity == nil {
		return false
	}
	var leading []*semantic.Table
	for _, t := range s.r.model.Tables {
		if !t.Hidden && s.r.graph.hops(t, entity) >= 1 {
			leading = append(leading, t)
		}
	}
	acts := s.actSaid(i-1, leading)
	if acts == nil {
		return false
	}
	counted := s.countRows(s.nodes[i-1], acts)
	s.nodes[i-1].means, o.by = counted, &counted
	return true
}

// doneAt reports whether a token says that what stands before it was done.
func (s *sentence) doneAt(at int) bool {
	norm := s.text.At(at).Norm
	return norm == "过" || norm == "了"
}

// actedOn reports whether an entity that acts lead to is named elsewhere than as their
// object.
func (s *sentence) actedOn(acts *semantic.Table, at, object int, named bool) bool {
	for j := range s.nodes {
		if j == at || named && j == object {
			continue
		}
		var home *semantic.Table
		switch m := s.nodes[j].means.(type) {
		case thing:
			home = m.home()
		case measure:
			home = s.r.countedBy[m.metric]
		}
		if home != nil && home != acts && s.r.graph.hops(acts, home) >= 1 {
			return true
		}
	}
	return false
}
