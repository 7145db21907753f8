package nlq

import "slices"

// covering is one way to cover a text with mentions, first to last.
type covering struct {
	mentions []mention
	cost     int
}

// maxCovers is how many ways to cover a text are assembled.
const maxCovers = 8

// step is one of the cheapest ways to reach a token.
type step struct {
	cost   int
	from   int // the token it comes from
	rank   int // which of the ways to that token
	choice int // which of the mentions there
}

// covers returns the cheapest ways to cover a text, cheapest first; equal ones
// in the order in which mentions are kept.
func (l *lattice) covers(n int) []covering {
	size := len(l.text.Tokens)
	ways := make([][]step, size+1)
	ways[0] = []step{{}}
	for at := 0; at < size; at++ {
		for choice, m := range l.starts[at] {
			for rank, way := range ways[at] {
				ways[m.end] = insertStep(ways[m.end], step{way.cost + m.cost, at, rank, choice}, n)
			}
		}
	}
	found := make([]covering, len(ways[size]))
	for i := range found {
		found[i] = l.trace(ways, i)
	}
	return found
}

// insertStep keeps the n cheapest steps in order; a later one stands behind
// equal ones.
func insertStep(steps []step, s step, n int) []step {
	at := len(steps)
	for at > 0 && steps[at-1].cost > s.cost {
		at--
	}
	if at >= n {
		return steps
	}
	if len(steps) < n {
		steps = slices.Grow(steps, n-len(steps))
		steps = append(steps, s)
	}
	copy(steps[at+1:], steps[at:len(steps)-1])
	steps[at] = s
	return steps
}

func (l *lattice) trace(ways [][]step, rank int) covering {
	at := len(ways) - 1
	c := covering{cost: ways[at][rank].cost}
	steps := 0
	for i, k := at, rank; i > 0; steps++ {
		i, k = ways[i][k].from, ways[i][k].rank
	}
	c.mentions = slices.Grow(c.mentions, steps)
	for at > 0 {
		s := ways[at][rank]
		c.mentions = append(c.mentions, l.starts[s.from][s.choice])
		at, rank = s.from, s.rank
	}
	slices.Reverse(c.mentions)
	return c
}

func (l *lattice) add(m mention) { l.starts[m.from] = append(l.starts[m.from], m) }
