package nlq

import (
	"slices"

	"wenshu/semantic"
)

// What the two ends of a movement are called in the names of joins.
var (
	sourceRoles = []string{"origin", "source", "from", "departure", "depart", "departing", "start", "sender", "src", "pickup", "出发", "起点", "始发", "发货", "来源", "起飞"}
	targetRoles = []string{"destination", "dest", "to", "arrival", "arrive", "arriving", "end", "receiver", "recipient", "target", "dropoff", "到达", "终点", "目的", "收货", "目的地", "降落"}
)

// joinRoles tells by "from" and "to" which of two ways to an entity is meant:
// flights from Rome to London.
func (s *sentence) joinRoles() {
	for i := range s.nodes {
		m, ok := as[members](s.nodes[i])
		g, glued := s.glue(i - 1)
		if !ok || m.via != "" || !glued || g.How != From && g.How != To {
			continue
		}
		roles := sourceRoles
		if g.How == To {
			roles = targetRoles
		}
		if via, ok := s.roleTo(m.dim, roles); ok {
			m.via = via
			s.nodes[i].means = m
		}
	}
}

// memberOfNoun reads "Statistics courses" as those that belong to Statistics, where what
// is computed leads to such a member another way first: the grades in Statistics courses
// are not those of the students of Statistics.
func (s *sentence) memberOfNoun() {
	for i := range s.nodes {
		m, ok := as[members](s.nodes[i])
		noun, named := s.thingAt(i + 1)
		if !ok || !named || m.via != "" || noun.table == nil || noun.via != "" || noun.table == m.dim.Table || !s.touchesWord(i, i+1) {
			continue
		}
		via, leads := s.r.via(noun, thing{dim: m.dim})
		if leads && slices.ContainsFunc(s.nodes, func(n node) bool { return s.leadsApart(n, noun.table, m.dim.Table) }) {
			m.via = via
			s.nodes[i].means = m
		}
	}
}

// leadsApart reports whether a node computes something whose rows lead to a noun, and to
// what the noun belongs to by another way.
func (s *sentence) leadsApart(n node, noun, to *semantic.Table) bool {
	var home *semantic.Table
	switch m := n.means.(type) {
	case measure:
		home = m.home()
	case names:
		home = objectHome(m.alts[0].object)
	}
	if home == nil || home == noun || s.r.graph.hops(home, noun) < 1 {
		return false
	}
	return !slices.ContainsFunc(s.r.graph.path(home, to), func(j *semantic.Join) bool { return j.To == noun })
}

// roleTo returns the path to a dimension by the one join that plays a role,
// where the table that the sentence speaks of has several to the same entity.
func (s *sentence) roleTo(d *semantic.Dimension, roles []string) (string, bool) {
	for _, n := range s.nodes {
		var home *semantic.Table
		switch m := n.means.(type) {
		case thing:
			home = m.home()
		case measure:
			home = m.home()
		case names:
			home = objectHome(m.alts[0].object)
		}
		if home == nil {
			continue
		}
		found, several := s.r.roleOf(home, d.Table, roles)
		if several {
			return "", false
		}
		if found == nil {
			continue
		}
		return s.r.via(thing{table: found.To, via: home.Name + "." + found.Name}, thing{dim: d})
	}
	return "", false
}

// roleOf returns the one join of a table that plays a role and leads to another table;
// several reports whether more than one does.
func (r *Reader) roleOf(home, to *semantic.Table, roles []string) (found *semantic.Join, several bool) {
	for _, j := range home.Joins {
		if j.Many || !severalRoles(j) || r.graph.hops(j.To, to) < 0 || !inRoles(j, roles) {
			continue
		}
		if found != nil {
			return nil, true
		}
		found = j
	}
	return found, false
}

// joinDepartures reads "departing flights" and "arriving flights" as those of a place
// that is named elsewhere: the airport with the most departing flights is an origin.
func (s *sentence) joinDepartures() {
	for i := range s.nodes {
		g, ok := s.glue(i)
		word := s.text.At(s.nodes[i].from).Norm
		if !ok || g.How != From && g.How != To || word != "departing" && word != "arriving" && word != "leaving" || s.nodes[i].end != s.nodes[i].from+1 {
			continue
		}
		acts, behind := s.thingAt(i + 1)
		if before, closes := s.thingAt(i - 1); !behind && closes && i+1 == len(s.nodes) {
			acts, behind = before, true
		}
		if !behind || acts.table == nil {
			continue
		}
		roles := sourceRoles
		if g.How == To {
			roles = targetRoles
		}
		if s.playRole(acts.table, roles) {
			s.drop(i)
			return
		}
	}
}

// playRole gives the one place in a sentence the role that it plays for acts.
func (s *sentence) playRole(acts *semantic.Table, roles []string) bool {
	for k, n := range s.nodes {
		switch m := n.means.(type) {
		case members:
			if found, _ := s.r.roleOf(acts, m.dim.Table, roles); found != nil && m.via == "" {
				m.via, _ = s.r.via(thing{table: found.To, via: acts.Name + "." + found.Name}, thing{dim: m.dim})
				s.nodes[k].means = m
				return true
			}
		case thing:
			found, _ := s.r.roleOf(acts, m.home(), roles)
			at := slices.IndexFunc(acts.Dimensions, func(d *semantic.Dimension) bool { return found != nil && d.Of == found })
			if at >= 0 && m.via == "" && m.table == found.To {
				m.table, m.dim = nil, acts.Dimensions[at]
				s.nodes[k].means = m
				return true
			}
		}
	}
	return false
}

// inRoles reports whether a word of a join's names is one of the roles.
func inRoles(j *semantic.Join, roles []string) bool {
	for _, text := range []string{spaced(j.Name), j.Names.Label.EN, j.Names.Label.ZH} {
		if slices.Contains(roles, text) || slices.ContainsFunc(NewText(text).Norms(), func(norm string) bool { return slices.Contains(roles, norm) }) {
			return true
		}
	}
	return false
}
