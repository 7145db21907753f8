package nlq

import (
	"slices"
	"sync"
)

// namesFound is what starts at one token. Its memory is used again for the next one, and
// for other questions: a word may name hundreds of objects.
type namesFound struct {
	called altSets
	hits   []nameHit
}

var namesFoundPool = sync.Pool{New: func() any { return &namesFound{} }}

// altSets are what is called alike from one token on, by the token behind it. They are
// emptied and filled again for the next token, in the same memory.
type altSets struct {
	ends []int     // in the order in which they were entered first
	sets []*altSet // of each end; behind those, empty ones
}

func (s *altSets) reset() {
	for i := range s.ends {
		s.sets[i].reset()
	}
	s.ends = s.ends[:0]
}

// upTo is the set of one end.
func (s *altSets) upTo(end int) *altSet {
	i := slices.Index(s.ends, end)
	if i < 0 {
		i, s.ends = len(s.ends), append(s.ends, end)
	}
	if i == len(s.sets) {
		s.sets = append(s.sets, &altSet{})
	}
	return s.sets[i]
}

// altSet is what is called alike, each object once at its least cost.
type altSet struct {
	alts []alt
	many bool           // at holds them all
	at   map[Object]int // where each is, once there are many
}

// fewAlts are looked through faster than looked up.
const fewAlts = 16

func (s *altSet) reset() {
	if s.many {
		clear(s.at)
	}
	s.alts, s.many = s.alts[:0], false
}

func (s *altSet) enter(o Object, cost int) {
	if !s.many && len(s.alts) > fewAlts {
		s.index()
	}
	i, known := s.find(o)
	if known {
		s.alts[i].cost = min(s.alts[i].cost, cost)
		return
	}
	if s.many {
		s.at[o] = len(s.alts)
	}
	s.alts = append(s.alts, alt{o, cost})
}

func (s *altSet) find(o Object) (i int, known bool) {
	if s.many {
		i, known = s.at[o]
		return i, known
	}
	i = slices.IndexFunc(s.alts, func(a alt) bool { return a.object == o })
	return i, i >= 0
}

func (s *altSet) index() {
	if s.at == nil {
		s.at = make(map[Object]int, 8*fewAlts)
	}
	for i, a := range s.alts {
		s.at[a.object] = i
	}
	s.many = true
}

// withoutShadows drops the dimensions that only show an entity which is called
// the same, and its names that are called so only in part, in place.
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
	return slices.DeleteFunc(alts, shadowed)
}
