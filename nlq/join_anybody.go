package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// joinAnybody reads "plots that are not rented by anyone" and "sessions booked by nobody":
// whoever it is, what the verb says was done to the entity before it or never was.
func (s *sentence) joinAnybody() {
	for i := 1; i < len(s.nodes); i++ {
		who, ok := as[Anybody](s.nodes[i])
		if (!ok || who.Does) && s.anybodyBefore(i, who) {
			return
		}
		if !ok || who.Does {
			continue
		}
		v, verb := s.verbAt(i - 1)
		if t, dated := s.thingAt(i - 1); dated && t.dim != nil && isTime(t.dim) && s.participle(i-1) {
			verb = true // leased, where there is a date of it
		}
		first, not, having := s.having(i)
		if !having {
			first = i - 1
		}
		for _, n := range s.nodes[first : i-1] {
			_, denies := n.means.(Negation)
			_, empty := n.means.(Empty)
			not = not || !having && (denies || empty)
		}
		noun := s.skip(first-1, -1)
		if n, denied := s.negation(noun); denied && !n.Before && !having {
			not, noun = !not, s.skip(noun-1, -1)
		}
		owner, named := s.thingAt(noun)
		if !verb || v.through != nil || !named || owner.table == nil || owner.via != "" {
			continue
		}
		if s.doneBySome(doneClause{noun, noun + 1, i - 1, i}, owner.table, not != who.Not) {
			return
		}
	}
}

// anybodyBefore reads "plots that nobody is renting" and "plots somebody rents": who does it
// stands before the verb, and what it is done to before that.
func (s *sentence) anybodyBefore(i int, who Anybody) bool {
	if n, ok := s.negation(i); !who.Does && (!ok || n.Before || !s.saysNobody(i)) {
		return false
	}
	v, verb := s.verbAt(i + 1)
	if t, dated := s.thingAt(i + 1); dated && t.dim != nil && isTime(t.dim) && s.participle(i+1) {
		verb = true
	}
	if behind := s.skip(i+2, 1); !verb || v.Not || v.Money || v.through != nil || behind < len(s.nodes) && !is[Timed](s, behind) && !is[Linker](s, behind) {
		return false
	}
	first := i
	if is[Relative](s, first-1) {
		first--
	}
	noun := s.skip(first-1, -1)
	if by, named := s.thingAt(noun); named && by.has(markEach|markBy) {
		noun = s.skip(noun-1, -1) // plots in each section that nobody rents
	}
	owner, named := s.thingAt(noun)
	if !named || owner.home() == nil || owner.via != "" || s.standsAlone(owner) {
		return false
	}
	return s.doneBySome(doneClause{noun, first, i + 1, i + 1}, owner.home(), !who.Does)
}

// doneClause is where a clause stands that says what somebody did: the nodes of what it was
// done to, of its first and last word, and of the verb.
type doneClause struct{ noun, first, verb, last int }

// doneBySome takes a clause about an entity, which says that somebody did to it what the verb
// says, or with not that nobody did.
func (s *sentence) doneBySome(c doneClause, owner *semantic.Table, not bool) bool {
	from, act, end := s.nodes[min(c.first, c.last)].from, s.nodes[c.verb].from, s.nodes[c.last].end
	stems := s.stemsOf(s.nodes[c.verb])
	v, _ := s.verbAt(c.verb)
	acts, roles := s.r.doneTo(owner)
	of := s.r.actCalled(stems, acts)
	if of == nil {
		of = s.r.hinted(acts, v.Hints)
	}
	if of == nil && usesIt[s.text.At(s.nodes[c.verb].end-1).Norm] {
		of = s.r.actCalled(s.r.vocabulary.tokens(owner.Names.Label.EN), onlyHop(s.r, acts, owner)) // chargers are used by charging
	}
	var role *semantic.Dimension
	if of == nil {
		role, of = s.r.byWhom(stems, acts, roles, owner)
	}
	switch {
	case of != nil:
		s.relate(relation{owner: owner, of: of, not: not, from: from, act: act, end: end})
	case role != nil:
		s.draft.conditions = append(s.draft.conditions, condition{dim: role, from: from, test: func(x semantic.Expr) semantic.Expr { return semantic.IsNull{X: x, Not: !not} }})
	default:
		return false
	}
	s.markAt(c.noun, markListed)
	s.nodes = slices.Delete(s.nodes, c.first, c.last+1)
	return true
}

// usesIt are verbs that only say that something served its purpose.
var usesIt = map[string]bool{"use": true, "uses": true, "used": true, "using": true}

// onlyHop are those of some tables that lead straight to an entity.
func onlyHop(r *Reader, tables []*semantic.Table, owner *semantic.Table) []*semantic.Table {
	return slices.DeleteFunc(slices.Clone(tables), func(t *semantic.Table) bool { return r.graph.hops(t, owner) != 1 })
}

// stemsOf are the stems of the words of a node.
func (s *sentence) stemsOf(n node) []string {
	var stems []string
	for at := n.from; at < n.end; at++ {
		norm := s.text.At(at).Norm
		for _, base := range append(s.r.bases(norm), norm) {
			if len(base) >= leastStem {
				stems = append(stems, strings.TrimSuffix(base, "e"))
			}
		}
	}
	return stems
}

// doneTo are the acts that lead to an entity, and the columns by which its rows lead to
// people.
func (r *Reader) doneTo(owner *semantic.Table) (acts []*semantic.Table, roles []*semantic.Dimension) {
	for _, t := range r.model.Tables {
		if !t.Hidden && r.graph.hops(t, owner) > 0 {
			acts = append(acts, t)
		}
	}
	return acts, r.rolesOf(owner)
}

// rolesOf are the columns by which the rows of a table lead to people.
func (r *Reader) rolesOf(t *semantic.Table) []*semantic.Dimension {
	if t == nil {
		return nil
	}
	var roles []*semantic.Dimension
	for _, d := range t.Dimensions {
		if d.Of != nil && d.Table == t && r.holdsPeople(d.Of.To) {
			roles = append(roles, d)
		}
	}
	return roles
}

// byWhom is what says that somebody did something to an entity, where no acts are called
// by the verb: the role that is, or the only column or acts that lead to people.
func (r *Reader) byWhom(stems []string, acts []*semantic.Table, roles []*semantic.Dimension, owner *semantic.Table) (*semantic.Dimension, *semantic.Table) {
	for _, d := range roles {
		for _, norm := range r.vocabulary.tokens(spaced(d.Name)) {
			if slices.ContainsFunc(stems, func(stem string) bool { return sharesStem(norm, stem) }) {
				return d, nil
			}
		}
	}
	acts = slices.DeleteFunc(slices.Clone(acts), func(t *semantic.Table) bool {
		return r.graph.hops(t, owner) != 1 || !slices.ContainsFunc(t.Dimensions, func(d *semantic.Dimension) bool {
			return d.Of != nil && d.Of.To != owner && r.holdsPeople(d.Of.To)
		})
	})
	switch {
	case len(roles) == 1 && len(acts) == 0:
		return roles[0], nil
	case len(roles) == 0 && len(acts) == 1:
		return nil, acts[0]
	}
	return nil, nil
}

// ofPeople are columns that people have.
var ofPeople = map[string]bool{"gender": true, "sex": true, "age": true, "birth date": true, "birthday": true, "date of birth": true, "birth year": true, "first name": true, "last name": true, "surname": true, "full name": true, "nationality": true, "hometown": true, "salary": true, "hire date": true}

// holdsPeople reports whether the rows of a table are people, by what they are called or
// by what they have.
func (r *Reader) holdsPeople(t *semantic.Table) bool {
	return r.isPeople(t) || slices.ContainsFunc(t.Dimensions, func(d *semantic.Dimension) bool { return d.Of == nil && ofPeople[d.Names.Label.EN] })
}
