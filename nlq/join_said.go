package nlq

import (
	"slices"
	"strings"
)

// saidActs takes a participle that a column is called after for the verb it is: the
// properties they listed, and the festivals sponsored where sponsors are ranked.
func (s *sentence) saidActs() {
	for i := range s.nodes {
		n := s.nodes[i]
		said, ok := s.thingAt(i)
		if !ok || i == 0 || said.dim == nil || said.marks != 0 || n.end != n.from+1 || !strings.HasSuffix(s.text.At(n.from).Norm, "ed") || s.timeBehind(i) {
			continue
		}
		again := slices.ContainsFunc(s.nodes[:i], func(o node) bool {
			t, ok := o.means.(thing)
			return ok && t.dim == said.dim
		})
		if subjects[s.text.At(n.from-1).Norm] || again && s.endsClause(i) {
			s.nodes[i].means = Verb{}
		}
	}
}

// subjects are pronouns that do what the verb behind them says.
var subjects = map[string]bool{"they": true, "he": true, "she": true, "we": true, "you": true, "i": true}

// timeBehind reports whether a period stands behind node i, which may be about it.
func (s *sentence) timeBehind(i int) bool {
	behind := s.skip(i+1, 1)
	return is[Timed](s, behind) || is[Grained](s, behind) || is[Cycle](s, behind)
}

// endsClause reports whether a clause ends with node i.
func (s *sentence) endsClause(i int) bool {
	link, ok := s.linkAt(i + 1)
	return i+1 >= len(s.nodes) || ok && link.How != AndLink
}

// withoutValues reads "without" before a column as its missing value: agents without
// email.
func (s *sentence) withoutValues() {
	for i := range s.nodes {
		said := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
		t, ok := s.thingAt(i + 1)
		owner, before := s.thingAt(i - 1)
		if said != "without" && said != "w/o" && said != "w / o" || is[Empty](s, i) || !ok || !before || t.dim == nil || t.marks != 0 || owner.home() != t.dim.Table || t.dim.Of != nil {
			continue
		}
		s.nodes[i].means = Empty{Behind: true}
	}
}

// saidByVerb drops a verb that says which column the member behind it is of: paid in
// cash, where cash is a method of payment.
func (s *sentence) saidByVerb() {
	for i := 0; i < len(s.nodes); i++ {
		v, ok := s.verbAt(i)
		m, member := s.memberAt(s.skip(i+1, 1))
		if !ok || v.Not || len(v.Hints) == 0 || !member || m.dim.Of != nil || isDisplay(m.dim) {
			continue
		}
		if s.r.mentionsNames(m.dim.Name, m.dim.Names, normsOf(v.Hints[0])) != notAtAll {
			s.drop(i)
			i--
		}
	}
}

// closesAddress reports whether a word only closes what a column is called: an email
// address is an email, not a place.
func (s *sentence) closesAddress(t thing, said string) bool {
	for word, closed := range map[string][]string{"address": {"email", "mail", "web"}, "addresses": {"email", "mail", "web"}, "number": {"phone", "mobile", "telephone", "fax"}, "numbers": {"phone", "mobile", "telephone", "fax"}} {
		if said != word {
			continue
		}
		for _, norm := range normsOf(t.dim.Names.Label.EN) {
			if slices.Contains(closed, norm) {
				return true
			}
		}
	}
	return false
}
