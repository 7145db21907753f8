package nlq

import (
	"cmp"
	"slices"

	"wenshu/semantic"
)

// assembleNear assembles the coverings, cheapest first, that a reading may come from
// which is not too dear beside the cheapest of all words, and returns the rest. Nothing
// makes a reading cheaper than its covering, so that of the rest none would be taken.
func (a *attempt) assembleNear(covers []covering) (rest []covering) {
	least, seen := -1, 0
	for i, c := range covers {
		if least >= 0 && c.cost > least+insteadWithin {
			return covers[i:]
		}
		a.assemble(c, 0)
		for ; seen < len(a.found); seen++ {
			if f := a.found[seen]; f.whole && (least < 0 || f.Cost < least) {
				least = f.Cost
			}
		}
	}
	return nil
}

// opened is a way to take the names of a covering that are tied.
type opened struct {
	forced map[int]Object
	depth  int
}

// assemble makes a candidate of a covering, and one for every other object of
// the names that are tied.
func (a *attempt) assemble(c covering, depth int) {
	queue, most := []opened{{nil, depth}}, maxOpened
	for n := 0; n < len(queue) && n < most; n++ {
		if n > 0 && a.spent > maxAssembled {
			a.cut = true
			return
		}
		a.spent += len(c.mentions)
		way := queue[n]
		had := len(a.found)
		ties := a.assembleOnce(c, way.forced)
		if n == 0 && !a.wholeSince(had) && len(c.unreadTokens()) > 0 {
			most = maxOpenedUnread
		}
		if way.depth >= maxTies || len(ties) == 0 {
			continue
		}
		for _, other := range ties[0].others {
			next := map[int]Object{ties[0].from: other}
			for from, o := range way.forced {
				next[from] = o
			}
			queue = append(queue, opened{next, way.depth + 1})
		}
	}
}

// wholeSince reports whether a reading of all words is among the candidates from one on.
func (a *attempt) wholeSince(from int) bool {
	return slices.ContainsFunc(a.found[from:], func(c Candidate) bool { return c.whole })
}

// withRest is what was rejected with the readings of the rest of the coverings.
func (a *attempt) withRest(rejected []Candidate, rest []covering) []Candidate {
	if len(rest) == 0 {
		return rejected
	}
	for _, c := range rest {
		a.assemble(c, 0)
	}
	return a.cheapestFirst()
}

// cheapestFirst returns the candidates by their costs.
func (a *attempt) cheapestFirst() []Candidate {
	found := slices.Clone(a.found)
	slices.SortStableFunc(found, func(x, y Candidate) int { return cmp.Compare(x.Cost, y.Cost) })
	return found
}

// binding is what Bind made of a reading.
type binding struct {
	plan *semantic.Plan
	err  error
}

// boundOnce binds a candidate that the reader found, each reading of a message once.
func (a *attempt) boundOnce(c Candidate) (*semantic.Plan, error) {
	b, known := a.binds[c.line]
	if !known {
		b.plan, b.err = a.bound(c.Reading)
		a.binds[c.line] = b
	}
	return b.plan, b.err
}
