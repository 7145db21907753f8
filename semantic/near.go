package semantic

import (
	"slices"
	"strings"
)

// nearest returns the legal words that a misspelt one may have meant, at most
// three, best first: by edits (insert, delete, replace, swap neighbours), then
// in the order given. Short words must be closer than long ones.
func nearest(word string, legal []string) []string {
	type candidate struct {
		word  string
		edits int
	}
	w := []rune(strings.ToLower(word))
	if len(w) == 0 || len(w) > 64 {
		return nil
	}
	limit := min(2, (len(w)+1)/3)
	var found []candidate
	for _, l := range legal {
		if d := EditDistance(w, []rune(strings.ToLower(l)), limit); d <= limit {
			found = append(found, candidate{l, d})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return a.edits - b.edits })
	var near []string
	for _, c := range found {
		if len(near) < 3 && !slices.Contains(near, c.word) {
			near = append(near, c.word)
		}
	}
	return near
}

// EditDistance is the optimal string alignment distance of a and b (insert,
// delete, replace, swap neighbours); it may return any number above limit once
// the distance exceeds it.
func EditDistance(a, b []rune, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	var space [3][80]int
	before, last, row := space[0][:], space[1][:], space[2][:]
	if len(b) >= len(row) {
		before, last, row = make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	}
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
