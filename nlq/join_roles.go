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
		var found *semantic.Join
		for _, j := range home.Joins {
			if j.Many || !severalRoles(j) || s.r.graph.hops(j.To, d.Table) < 0 || !inRoles(j, roles) {
				continue
			}
			if found != nil {
				return "", false
			}
			found = j
		}
		if found == nil {
			continue
		}
		return s.r.via(thing{table: found.To, via: home.Name + "." + found.Name}, thing{dim: d})
	}
	return "", false
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
