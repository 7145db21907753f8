package nlq

import "slices"

// altSet is what is called alike, each object once at its least cost.
type altSet struct {
	alts []alt
	at   map[Object]int // where each is, once there are many
}

// fewAlts are looked through faster than looked up.
const fewAlts = 16

func (s *altSet) enter(o Object, cost int) {
	if s.at == nil && len(s.alts) > fewAlts {
		s.at = make(map[Object]int, 8*fewAlts)
		for i, a := range s.alts {
			s.at[a.object] = i
		}
	}
	i, known := s.at[o]
	if s.at == nil {
		i = slices.IndexFunc(s.alts, func(a alt) bool { return a.object == o })
		known = i >= 0
	}
	if known {
		s.alts[i].cost = min(s.alts[i].cost, cost)
		return
	}
	if s.at != nil {
		s.at[o] = len(s.alts)
	}
	s.alts = append(s.alts, alt{o, cost})
}

// withoutShadows drops the dimensions that only show an entity which is called
// the same, and its names that are called so only in part.
func withoutShadows(alts []alt) []alt {
	var tables []alt
	for _, a := range alts {
		if a.object.Table != nil {
			tables = append(tables, a)
		}
	}
	if len(tables) == 0 {
		return alts
	}
	shadowed := func(a alt) bool {
		d := a.object.Dimension
		if d == nil || a.object.Member != "" {
			return false
		}
		return slices.ContainsFunc(tables, func(b alt) bool {
			t := b.object.Table
			return d.Of != nil && d.Of.To == t || d.Same != nil && d.Same.Table == t && d.Same.Key || d.Table == t && isDisplay(d) && a.cost > b.cost+costInflected
		})
	}
	var kept []alt
	for _, a := range alts {
		if !shadowed(a) {
			kept = append(kept, a)
		}
	}
	return kept
}
