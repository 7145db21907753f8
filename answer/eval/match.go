package eval

import (
	"cmp"
	"math"
	"slices"
)

// match is how well the rows of an answer agree with accepted ones.
type match uint8

const (
	differs match = iota
	agrees        // with more columns
	agreesStrictly
)

// mostColumns bounds the search for a map; a wider answer is compared by its
// first columns.
const mostColumns = 24

// compare finds the best map from accepted columns to answer columns.
func compare(gold, answer [][]cell, ordered bool) match {
	if len(gold) != len(answer) {
		return differs
	}
	if len(gold) == 0 {
		return agreesStrictly
	}
	width, wide := len(gold[0]), min(len(answer[0]), mostColumns)
	if width > wide || width == 0 {
		return differs
	}
	m := matcher{gold: gold, answer: answer, ordered: ordered}
	if !m.assign(nil, make([]bool, wide)) {
		return differs
	}
	if len(answer[0]) == width {
		return agreesStrictly
	}
	return agrees
}

// pick is the answer column for one accepted column, and the scale of its
// numbers.
type pick struct {
	column int
	scale  float64
}

type matcher struct {
	gold, answer [][]cell
	ordered      bool
}

// assign tries every column for the next accepted one, keeping only those with
// which the rows so far are equal.
func (m matcher) assign(picks []pick, used []bool) bool {
	if len(picks) == len(m.gold[0]) {
		return !m.ordered || m.sameOrder(picks)
	}
	for a := range used {
		if used[a] {
			continue
		}
		for _, scale := range m.scales(len(picks), a) {
			next := append(slices.Clone(picks), pick{a, scale})
			if !m.sameRows(next) {
				continue
			}
			used[a] = true
			if m.assign(next, used) {
				return true
			}
			used[a] = false
		}
	}
	return false
}

// scales are what the numbers of an answer column may be multiplied by: a ratio
// may be a percentage on either side.
func (m matcher) scales(g, a int) []float64 {
	gold, fine := m.most(m.gold, g)
	answer, fineToo := m.most(m.answer, a)
	scales := []float64{1}
	switch {
	case answer <= 10 && fineToo && gold > answer:
		scales = append(scales, 100)
	case gold <= 10 && fine && answer > gold:
		scales = append(scales, 0.01)
	}
	return scales
}

// most is the largest number of a column, and whether it holds fractions.
func (m matcher) most(rows [][]cell, column int) (most float64, fractions bool) {
	for _, row := range rows {
		if c := row[column]; c.isNum {
			most = max(most, math.Abs(c.number))
			fractions = fractions || c.number != math.Trunc(c.number) || c.number == 1
		}
	}
	return most, fractions
}

func (m matcher) equalRow(g, a int, picks []pick) bool {
	for i, p := range picks {
		if !m.gold[g][i].equal(m.answer[a][p.column], p.scale) {
			return false
		}
	}
	return true
}

// sameRows reports whether the picked columns hold the same rows, as often.
// Large results are brought into one order first.
func (m matcher) sameRows(picks []pick) bool {
	if len(m.gold) > 1500 {
		return m.sameSorted(picks)
	}
	used := make([]bool, len(m.answer))
next:
	for g := range m.gold {
		if g < len(used) && !used[g] && m.equalRow(g, g, picks) {
			used[g] = true
			continue
		}
		for a := range m.answer {
			if !used[a] && m.equalRow(g, a, picks) {
				used[a] = true
				continue next
			}
		}
		return false
	}
	return true
}

func (m matcher) sameSorted(picks []pick) bool {
	gold, answer := make([]int, len(m.gold)), make([]int, len(m.gold))
	for i := range gold {
		gold[i], answer[i] = i, i
	}
	slices.SortStableFunc(gold, func(x, y int) int {
		for i := range picks {
			if n := order(m.gold[x][i], m.gold[y][i], 1); n != 0 {
				return n
			}
		}
		return 0
	})
	slices.SortStableFunc(answer, func(x, y int) int {
		for _, p := range picks {
			if n := order(m.answer[x][p.column], m.answer[y][p.column], p.scale); n != 0 {
				return n
			}
		}
		return 0
	})
	for i := range gold {
		if !m.equalRow(gold[i], answer[i], picks) {
			return false
		}
	}
	return true
}

func order(a, b cell, scale float64) int {
	switch {
	case a.null || b.null:
		return cmp.Compare(boolInt(a.null), boolInt(b.null))
	case a.isNum && b.isNum:
		return cmp.Compare(math.Round(a.number*scale*100), math.Round(b.number*scale*100))
	case a.grain != noGrain && b.grain != noGrain:
		return a.start.Compare(b.start)
	}
	return cmp.Compare(a.text, b.text)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sameOrder reports whether the rows come in the accepted order. Rows that tie
// in what they are ordered by may change places.
func (m matcher) sameOrder(picks []pick) bool {
	same := true
	for i := range m.gold {
		same = same && m.equalRow(i, i, picks)
	}
	if same {
		return true
	}
	for i, p := range picks {
		if !m.sorted(i) {
			continue
		}
		same := true
		for r := range m.gold {
			same = same && m.gold[r][i].equal(m.answer[r][p.column], p.scale)
		}
		if same {
			return true
		}
	}
	return false
}

// sorted reports whether an accepted column rises or falls, and is not all one
// value.
func (m matcher) sorted(column int) bool {
	up, down, differ := true, true, false
	for r := 1; r < len(m.gold); r++ {
		n := order(m.gold[r-1][column], m.gold[r][column], 1)
		up, down, differ = up && n <= 0, down && n >= 0, differ || n != 0
	}
	return differ && (up || down)
}
