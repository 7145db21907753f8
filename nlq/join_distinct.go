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
		if d, via, ok := s.r.saidOf(holder.table, held); ok {
			s.drop(k)
			s.dropObject(k, holder.table) // 借过书: the loans, whatever the book
			s.join(i, j, measure{dim: d, via: via, agg: "count_distinct"})
			return true
		}
	}
	return false
}

// saidOf returns what rows of a table say about a thing, and the way there: the
// country of artists, the city where festivals are held.
func (r *Reader) saidOf(t *semantic.Table, held thing) (dim *semantic.Dimension, via string, ok bool) {
	to := held.table
	if held.dim != nil {
		to = held.dim.Table
	}
	if to == t || to == nil {
		return nil, "", false
	}
	if held.dim == nil || isDisplay(held.dim) {
		if roles := leadsTo(t, to); len(roles) > 0 {
			return roles[0], "", true
		}
		for _, bridge := range r.model.Tables {
			roles := leadsTo(bridge, to)
			if len(roles) == 0 || len(leadsTo(bridge, t)) == 0 || bridge == to {
				continue
			}
			if dim != nil {
				return nil, "", false
			}
			dim = roles[0] // the artists of performances, at festivals
		}
		return dim, "", dim != nil
	}
	at := slices.IndexFunc(t.Joins, func(j *semantic.Join) bool { return j.To == to })
	if at < 0 || held.via != "" {
		return nil, "", false
	}
	return held.dim, t.Name + "." + t.Joins[at].Name, true
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
