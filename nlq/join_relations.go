package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// relation is a pair of entities of which one must have, or must not have, acts
// in the table of the other: stores without employees, 有退款的订单.
type relation struct {
	owner, of *semantic.Table
	dim       *semantic.Dimension // what must have it, where that is no entity: cities without stores; nil for the owner
	not       bool
	from, act int   // the first token of the clause and that of the act
	end       int   // the token behind it
	apart     bool  // tests behind it are its own, and none of a clause before it: has one kind but none of another
	again     []int // the tokens at which "and" names the other entity once more: shared by players of one kind and players of another
}

// joinRelations takes clauses of having and lacking out of the sentence.
func (s *sentence) joinRelations() {
	s.joinAnybody()
	s.objectsInFront()
	for i := 0; i < len(s.nodes); i++ {
		was, known := len(s.nodes), len(s.draft.relations)
		s.compoundHead(i)
		if !s.relationBefore(i) && !s.relationOfDescribed(i) && !s.relationOfKind(i) && !s.relationsOfNor(i) && !s.relationBeside(i) && !s.relationBehind(i) && !s.relationOfVerbBefore(i) && !s.relationOfNobody(i) && !s.relationOfParticiple(i) {
			s.relationOfVerb(i)
		}
		if len(s.draft.relations) > known {
			s.dropAnyOf(s.draft.relations[known])
		}
		i = max(-1, i-(was-len(s.nodes))) // what stands behind a clause has moved up
	}
}

// compoundHead leaves of two entities run together in Chinese, of which a third one has or lacks
// some, the second: companies without 手机品牌 are without brands, not without phones.
func (s *sentence) compoundHead(i int) {
	kind, ok := s.thingAt(i)
	head, run := s.thingAt(i + 1)
	if !ok || !run || kind.table == nil || head.table == nil || kind.table == head.table || s.nodes[i].end != s.nodes[i+1].from || s.text.At(s.nodes[i].from).Class != Han {
		return
	}
	first, _, having := s.having(i)
	if !having {
		return
	}
	owner, named := s.thingAt(first - 1)
	if g, glued := s.glue(i + 2); !named && glued && g.How == Has {
		owner, named = s.thingAt(i + 3)
	}
	if named && owner.table != nil && owner.table != kind.table && owner.table != head.table && s.r.graph.hops(kind.table, head.table) >= 0 {
		s.drop(i)
	}
}

// dropAnyOf drops what an act that somebody does or lacks was of, whichever it is: who has
// never visited a garden.
func (s *sentence) dropAnyOf(rel relation) {
	at := slices.IndexFunc(s.nodes, func(n node) bool { return n.from == rel.end+1 })
	t, ok := s.thingAt(at)
	if ok && anyOne[s.text.At(rel.end).Norm] && t.table != nil && t.marks == 0 && s.r.graph.hops(rel.of, t.table) >= 1 {
		s.drop(at)
	}
}

// having reads the words for having or lacking that end right before node i,
// and the first of their nodes. Members between them and node i describe it.
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
			if m.Not && s.undoneNoun(j) {
				return first, not, ok
			}
			not = not != m.Not
		case Glue:
			if m.How != With {
				return first, not, ok
			}
		case Relative:
			if !ok {
				return first, not, ok
			}
		case members, Both:
			if ok {
				return first, not, ok
			}
			continue
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
	if !ok || s.describedAt(first, i) >= 0 {
		return false
	}
	g, glued := s.glue(i + 1)
	noun := s.describedNoun(i + 2)
	owner, named := s.thingAt(noun)
	if glued && g.How == Has && !named {
		owner, named = s.ownerOf(noun)
	}
	if named && owner.dim != nil && !s.standsAlone(owner) && s.beginsWith(noun, owner.dim.Table) {
		owner = thing{table: owner.dim.Table} // 没有高校的城市的名称
	}
	if !glued || g.How != Has || !named || owner.table == nil {
		return false
	}
	of := act.table
	if c, ok := s.r.lacking(owner.table, act); ok && not {
		c.from = s.nodes[i].from
		s.draft.conditions = append(s.draft.conditions, c)
		s.markAt(noun, markListed)
		s.nodes = append(s.nodes[:first], s.nodes[i+2:]...)
		return true
	}
	if called := s.actOfVerb(owner.table, of, first, i); called != nil {
		of = called
	} else if s.r.graph.hops(of, owner.table) < 1 {
		if of = s.linkOfVerb(owner.table, act.table, first, i); of == nil || act.table == owner.table || !not && !is[Verb](s, i-1) {
			return false // 没有接诊过病人的医生: no visit links them
		}
	}
	s.relateNoun(relation{owner: owner.table, of: of, not: not, from: s.nodes[first].from, act: s.nodes[i].from, end: s.nodes[i].end}, noun, noun+1)
	s.nodes = append(s.nodes[:first], s.nodes[i+2:]...)
	return true
}

// ownerOf is the entity whose number stands at node i, where it was named with it:
// 有退款的订单的总金额.
func (s *sentence) ownerOf(i int) (thing, bool) {
	if i >= len(s.nodes) {
		return thing{}, false
	}
	m, ok := as[measure](s.nodes[i])
	if !ok || m.home() == nil || !s.beginsWith(i, m.home()) {
		return thing{}, false
	}
	return thing{table: m.home()}, true
}

// relationOfKind reads 没有投诉的门店: an entity without acts of a kind, where the data
// tell the kinds of acts apart.
func (s *sentence) relationOfKind(i int) bool {
	kind, ok := s.memberAt(i)
	if !ok || kind.via != "" || s.text.At(s.nodes[i].from).Class != Han {
		return false
	}
	first, not, having := s.having(i)
	if kind.not {
		first, not, having = i, deniesHaving[s.text.At(s.nodes[i].from).Norm] && !having, true
	} else if first != i-1 {
		return false
	}
	g, glued := s.glue(i + 1)
	noun := s.describedNoun(i + 2)
	owner, named := s.thingAt(noun)
	if !having || !not || !glued || g.How != Has || !named || s.r.entityOf(owner) == nil || s.r.graph.hops(kind.dim.Table, s.r.entityOf(owner)) < 1 {
		return false
	}
	s.draft.conditions = append(s.draft.conditions, condition{dim: kind.dim, values: kind.values, from: s.nodes[i].from})
	s.relate(relation{owner: s.r.entityOf(owner), of: kind.dim.Table, not: true, from: s.nodes[i].from, act: s.nodes[i].from, end: s.nodes[i].end})
	s.markAt(noun, markListed)
	s.nodes = append(s.nodes[:first], s.nodes[i+2:]...)
	return true
}

// describedNoun returns the node behind the members that stand at node i and describe
// what follows them: 有评价的5A景点.
func (s *sentence) describedNoun(i int) int {
	noun := i
	for is[members](s, noun) && (noun == i || s.touches(noun-1, noun)) {
		noun++
	}
	return noun
}

// describedAt returns the first of the nodes between the words for having at
// node first and the act at node i that describe it; -1 when there is none.
func (s *sentence) describedAt(first, i int) int {
	for j := first; j < i; j++ {
		if is[members](s, j) || is[Both](s, j) {
			return j
		}
	}
	return -1
}

// relationBehind reads "stores without employees", "cities that have no open air
// stage", "an account but no loan".
func (s *sentence) relationBehind(i int) bool {
	act, ok := s.thingAt(i)
	if !ok || act.table == nil || act.marks&^markFilter != 0 {
		return false
	}
	first, not, ok := s.having(i)
	if n := len(s.draft.relations); n > 0 && !ok && is[Linker](s, i-1) && s.draft.relations[n-1].of == act.table {
		s.draft.relations[n-1].again = append(s.draft.relations[n-1].again, s.nodes[i].from)
		s.drop(i) // customers with gold and customers with silver membership
		return true
	}
	at := first
	if links := s.linksBefore(first); links < first && len(s.draft.relations) > 0 && s.draft.relations[len(s.draft.relations)-1].end == s.nodes[links].from {
		last := s.draft.relations[len(s.draft.relations)-1]
		if !ok && i == first {
			not = last.not // neither accounts nor loans
		}
		ok, at = true, links
		if link, _ := as[Linker](s.nodes[links]); link.How == OrLink {
			s.charge("one clause or another", costIdle, s.nodes[links])
			s.draft.idle = true
		}
	}
	if !ok {
		return false
	}
	owner, named := s.thingAt(at - 1)
	if !named {
		return false
	}
	if not && s.isNone(i) {
		s.charge("what something is not", costIdle, s.nodes[i]) // users that are not merchants are not those without one
		s.draft.idle = true
		return false
	}
	if c, ok := s.r.lacking(owner.table, act); ok && not && at == first {
		c.from = s.nodes[i].from
		s.draft.conditions = append(s.draft.conditions, c)
		s.markAt(at-1, markListed)
		s.nodes = append(s.nodes[:first], s.nodes[i+1:]...)
		return true
	}
	rel := relation{owner: owner.home(), not: not, from: s.nodes[first].from, act: s.nodes[i].from, end: s.nodes[i].end}
	if (is[TextTest](s, i+1) || is[Verb](s, i+1)) && s.text.holds("被", s.nodes[first].from, s.nodes[i].from) {
		defer s.closePassive(s.nodes[i+1].from) // 没有被任何线路包含
	}
	switch {
	case s.standsAlone(owner) && (act.table == rel.owner || s.r.graph.hops(act.table, rel.owner) >= 1):
		rel.dim, rel.of = owner.dim, act.table
	case s.r.graph.hops(act.table, rel.owner) >= 1:
		rel.of = act.table
		if called := s.actOfVerb(rel.owner, act.table, first, i); called != nil {
			rel.of = called
		}
	default:
		if rel.of = s.linkOfVerb(rel.owner, act.table, first, i); rel.of == nil || act.table == rel.owner {
			return false
		}
	}
	if rel.dim != nil {
		rel.of = s.ofDescribed(rel.of, first, i)
	}
	s.relateNoun(rel, at-1, i+1)
	if at < first {
		first = at
	}
	kept := append([]node{}, s.nodes[:first]...)
	for j := first; j < i; j++ {
		if m, ok := as[members](s.nodes[j]); ok {
			if s.draft.bothMembers(s, j) {
				m.and = true
			}
			s.draft.conditions = append(s.draft.conditions, condition{dim: m.dim, via: m.via, values: m.values, not: m.not, and: m.and, from: s.nodes[j].from})
		}
	}
	s.nodes = append(kept, s.nodes[i+1:]...)
	return true
}

// ofDescribed is the table of which an attribute has some rows: that of what members at nodes
// first to i say of it, where only their rows tell. Cities that have parrot owners are those of
// the owners of parrots.
func (s *sentence) ofDescribed(of *semantic.Table, first, i int) *semantic.Table {
	for j := first; j < i; j++ {
		if m, ok := s.memberAt(j); ok && m.via == "" && s.r.graph.hops(of, m.dim.Table) < 0 && s.r.graph.hops(m.dim.Table, of) >= 1 {
			return m.dim.Table
		}
	}
	return of
}

// isNone reports whether something is said not to be what stands at node i: that is
// not a merchant.
func (s *sentence) isNone(i int) bool {
	at := s.nodes[i].from - 1
	if articles[s.text.At(at).Norm] {
		at--
	}
	if s.text.At(at).Norm != "not" {
		return false
	}
	switch s.text.At(at - 1).Norm {
	case "is", "are", "was", "were":
		return true
	}
	return false
}

// closePassive takes the word that closes a passive clause out of the sentence, once the
// clause is.
func (s *sentence) closePassive(from int) {
	if n := len(s.draft.relations); n > 0 && s.draft.relations[n-1].end == from {
		s.drop(s.nodeAt(from))
	}
}

// bothMembers reports whether "both" stands right before members.
func (d *draft) bothMembers(s *sentence, j int) bool { return is[Both](s, j-1) }

// linksBefore returns the first of the links that stand right before node i.
func (s *sentence) linksBefore(i int) int {
	for i > 0 && is[Linker](s, i-1) {
		i--
	}
	return i
}

// standsAlone reports whether an attribute is asked for itself rather than of an
// entity that was named: cities that have no stage.
func (s *sentence) standsAlone(t thing) bool {
	d := t.dim
	if d == nil || d.Of != nil || d.Key || isDisplay(d) || isMeasurable(d) || isTime(d) {
		return false
	}
	return !slices.ContainsFunc(s.draft.owners, func(o thing) bool { return o.table == d.Table })
}

// actOfVerb returns the acts between an entity and what leads to it that a verb at nodes
// first to i is called after: who rated a recipe has ratings of it, and need not have
// written it. It is nil for none.
func (s *sentence) actOfVerb(owner, act *semantic.Table, first, i int) *semantic.Table {
	if owner == nil || s.r.graph.hops(act, owner) < 1 {
		return nil
	}
	for j := first; j < i; j++ {
		if t := s.r.actCalled(s.verbStems(j), s.r.graph.links(owner, act)); t != nil && t != act {
			return t
		}
	}
	return nil
}

// linkOfVerb returns the one table that leads to both an entity and what it acts
// on, or the one of them that the words at nodes first to i name as a verb:
// doctors that prescribed no drug.
func (s *sentence) linkOfVerb(owner, act *semantic.Table, first, i int) *semantic.Table {
	if owner == nil || s.r.graph.hops(owner, act) >= 0 {
		return nil
	}
	links := s.r.graph.links(owner, act)
	if len(links) == 1 {
		return links[0]
	}
	for j := first; j < min(i+3, len(s.nodes)); j++ {
		if t := s.r.actCalled(s.verbStems(j), links); t != nil {
			return t
		}
		if t := s.actSaid(j, links); t != nil {
			return t
		}
	}
	return nil
}

// relationOfVerb reads a denied verb without an object: drugs that have never
// been prescribed, books nobody borrowed.
func (s *sentence) relationOfVerb(i int) {
	v, ok := s.verbAt(i)
	if !ok || len(v.Hints) > 0 || v.through != nil {
		return
	}
	if behind := s.skip(i+1, 1); behind < len(s.nodes) && behind > i && !is[Timed](s, behind) && !is[Linker](s, behind) {
		return
	}
	first, not, ok := s.having(i + 1)
	owner, named := s.thingAt(first - 1)
	if !ok || !not || !named || owner.home() == nil || s.standsAlone(owner) {
		return
	}
	var acts []*semantic.Table
	for _, t := range s.r.model.Tables {
		if s.r.graph.hops(t, owner.home()) > 0 {
			acts = append(acts, t)
		}
	}
	of := s.r.actCalled(s.verbStems(i), acts)
	if of == nil && holdsAny[s.text.At(s.nodes[i].end-1).Norm] {
		of = onlyStraight(s.r, owner.home(), acts)
	}
	if of == nil {
		return
	}
	s.relate(relation{owner: owner.home(), of: of, not: true, from: s.nodes[first].from, act: s.nodes[i].from, end: s.nodes[i].end})
	s.markAt(first-1, markListed)
	s.nodes = append(s.nodes[:first], s.nodes[i+1:]...)
}

// verbStems are the stems of the Latin words of a verb.
func (s *sentence) verbStems(i int) []string {
	if !is[Verb](s, i) {
		return nil
	}
	var stems []string
	for at := s.nodes[i].from; at < s.nodes[i].end; at++ {
		norm := s.text.At(at).Norm
		for _, base := range append(s.r.bases(norm), norm) {
			if len(base) >= leastStem {
				stems = append(stems, strings.TrimSuffix(base, "e"))
			}
		}
	}
	return stems
}

// leastStem is the length, in bytes, from which a stem is not shared by chance.
const leastStem = 4

// actCalled returns the one table whose name begins with one of the stems of a
// verb: prescribed and prescription, rented and rental; nil for none or several.
func (r *Reader) actCalled(stems []string, tables []*semantic.Table) *semantic.Table {
	var found *semantic.Table
	for _, t := range tables {
		for _, norm := range slices.Concat(r.vocabulary.tokens(t.Names.Label.EN), r.vocabulary.tokens(spaced(t.Name))) {
			if !slices.ContainsFunc(stems, func(stem string) bool { return sharesStem(norm, stem) }) {
				continue
			}
			if found != nil && found != t {
				return nil
			}
			found = t
		}
	}
	return found
}

// sharesStem reports whether a noun comes from the stem of a verb, whose last
// letter may change: prescribe, prescription; certify, certificate.
func sharesStem(noun, stem string) bool {
	if len(stem) < leastStem-1 {
		return false
	}
	return strings.HasPrefix(noun, stem) || len(stem) > leastStem && strings.HasPrefix(noun, stem[:len(stem)-1])
}

// relateNoun takes a clause about the entity at node noun. Where the whole is left out,
// with a word before the entity or at node behind, it holds for what is left: ignoring
// members who have no bookings, 没有预订的会员不算.
func (s *sentence) relateNoun(rel relation, noun, behind int) {
	mark := markListed
	for _, k := range []int{noun - 1, behind} {
		n, ok := s.negation(k)
		if !ok || n.Kept || s.normAt(s.nodes[k].from) == "not" && s.normAt(s.nodes[k].from+1) != "including" || n.Before != (k == behind) && !(k == behind && s.closesExclusion(k)) {
			continue
		}
		rel.not, mark = !rel.not, markLink
		s.nodes[k].means = Noise{}
		break
	}
	s.relate(rel)
	s.markAt(noun, mark)
}

func (s *sentence) relate(rel relation) { s.draft.relations = append(s.draft.relations, rel) }
