package nlq

import (
	"slices"

	"wenshu/semantic"
)

// countHeld reads "how many different countries do the artists come from": of the
// entity those are counted that rows of another one lead to.
func (s *sentence) countHeld(i, j int, c Count) bool {
	held, ok := s.thingAt(j)
	if !ok || c.Before || !c.Distinct && !held.has(markDistinct) {
		return false
	}
	for k := j + 1; k < len(s.nodes); k++ {
		holder, ok := s.thingAt(k)
		if !ok || holder.table == nil || holder.marks&(markBy|markEach) != 0 {
			continue
		}
		if roles, via := s.r.saidOf(holder.table, held); len(roles) > 0 {
			d := oneOf(s, s.nodes[i], roles, dimensionOf) // the cities that flights leave or reach
			s.drop(k)
			s.dropObject(k, holder.table) // 借过书: the loans, whatever the book
			s.join(i, j, measure{dim: d, via: via, agg: "count_distinct"})
			return true
		}
	}
	return false
}

// differentCounted reads 不同的会员有多少人 as a number of members: 不同 says that each is
// counted once, and splits nothing.
func (s *sentence) differentCounted() {
	for i := 0; i+2 < len(s.nodes); i++ {
		g, ok := as[GroupMark](s.nodes[i])
		said := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
		if !ok || !g.Each || said != "不同" && said != "不同的" || !s.touches(i, i+1) {
			continue
		}
		t, named := s.thingAt(i + 1)
		at := i + 2
		if named && s.r.entityOf(t) == nil {
			at = s.skip(at, 1) // 不同评测机构的个数
		}
		if !named || at >= len(s.nodes) {
			continue
		}
		c, counts := as[Count](s.nodes[at])
		if counts && c.Before && t.dim != nil && s.r.entityOf(t) == nil && s.onlyAsksFrom(at+1) {
			s.join(i, at, measure{agg: "count_distinct", dim: t.dim, via: t.via})
			return
		}
		if s.r.entityOf(t) == nil {
			continue
		}
		if !counts || c.Apart || i+3 < len(s.nodes) {
			continue
		}
		s.nodes = append(s.nodes[:i], s.nodes[i+1:]...)
		return
	}
}

// onlyAsksFrom reports whether nothing stands from node i on but words that ask how much.
func (s *sentence) onlyAsksFrom(i int) bool {
	return !slices.ContainsFunc(s.nodes[min(i, len(s.nodes)):], func(n node) bool {
		switch m := n.means.(type) {
		case Which:
			return m.What != HowMuch
		case Equals, Glue, Noise:
			return false
		}
		return true
	})
}

// saidOf returns what rows of a table say about a thing, one for each role, and the
// way there: the country of artists, the city where festivals are held.
func (r *Reader) saidOf(t *semantic.Table, held thing) (roles []*semantic.Dimension, via string) {
	to := held.table
	if held.dim != nil {
		to = held.dim.Table
	}
	if to == t || to == nil {
		return nil, ""
	}
	if held.dim == nil || isDisplay(held.dim) {
		if roles := leadsTo(t, to); len(roles) > 0 {
			return roles, ""
		}
		for _, bridge := range r.model.Tables {
			through := leadsTo(bridge, to)
			if len(through) == 0 || len(leadsTo(bridge, t)) == 0 || bridge == to {
				continue
			}
			if roles != nil {
				return nil, ""
			}
			roles = through // the artists of performances, at festivals
		}
		return roles, ""
	}
	at := slices.IndexFunc(t.Joins, func(j *semantic.Join) bool { return j.To == to })
	if at < 0 || held.via != "" {
		return nil, ""
	}
	return []*semantic.Dimension{held.dim}, t.Name + "." + t.Joins[at].Name
}

// leadsTo returns the dimensions of a table that show an entity, one for each role.
func leadsTo(t, to *semantic.Table) []*semantic.Dimension {
	var roles []*semantic.Dimension
	for _, d := range t.Dimensions {
		if d.Of != nil && d.Of.To == to {
			roles = append(roles, d)
		}
	}
	return roles
}
