package nlq

import (
	"cmp"
	"slices"

	"wenshu/semantic"
)

// maxCompared bounds the words of a question that are compared with all names.
const maxCompared = 6

// maskOf sets a bit for each character of a name; different ones may share a bit.
func maskOf(name []rune) uint64 {
	mask := uint64(0)
	for _, r := range name {
		mask |= bitOf(r)
	}
	return mask
}

func bitOf(r rune) uint64 { return 1 << (uint32(r) * 2654435769 >> 26) }

// nearNames returns the objects whose names are nearest to words that were not
// understood, at most three: by edits, or by the characters they share.
func (a *attempt) nearNames(said string) []spelling {
	nearest, known := a.near[said]
	if !known && len(a.near) < maxCompared {
		if a.near == nil {
			a.near = map[string][]spelling{}
		}
		nearest = a.nearest(said)
		a.near[said] = nearest
	}
	return nearest
}

func (a *attempt) nearest(said string) []spelling {
	word := []rune(joinNorms(NewText(said).Norms()))
	if len(word) == 0 || len(word) > 40 || classOf(word[0]) != Han && (len(word) < minLatin-1 || a.r.known(string(word))) {
		return nil
	}
	type near struct {
		spelling
		far int
	}
	var found []near
	mask := maskOf(word)
	for i := range a.r.vocabulary.spelt {
		sp := &a.r.vocabulary.spelt[i]
		if sp.mask&mask == 0 || !a.see.object(sp.object) {
			continue
		}
		if far, ok := likeness100(word, sp.runes, sp.mask); ok {
			found = append(found, near{*sp, far})
		}
	}
	slices.SortStableFunc(found, func(x, y near) int { return cmp.Compare(x.far, y.far) })
	var nearest []spelling
	for _, n := range found {
		if len(nearest) < 3 && !slices.ContainsFunc(nearest, func(o spelling) bool { return o.object == n.object }) {
			nearest = append(nearest, n.spelling)
		}
	}
	return nearest
}

// likeness100 is how unlike two names are, in hundredths, where mask is that of b; ok is
// false when they have too little in common to be worth offering.
func likeness100(a, b []rune, mask uint64) (int, bool) {
	if len(b) == 0 {
		return 0, false
	}
	longest := max(len(a), len(b))
	if classOf(a[0]) != Han && classOf(b[0]) != Han {
		limit := longest * mostUnlikeLatin / 100
		d := semantic.EditDistance(a, b, limit)
		return 100 * d / longest, d <= limit
	}
	shared := 0
	for _, r := range a {
		if r != ' ' && mask&bitOf(r) != 0 && slices.Contains(b, r) {
			shared++
		}
	}
	if shared < min(2, len(a), len(b)) {
		return 0, false // 工资 is no 工厂
	}
	far := 100 - 100*shared*2/(len(a)+len(b))
	far = min(far, 100*semantic.EditDistance(a, b, longest*max(far, 0)/100)/longest)
	return far, far <= mostUnlikeHan
}

// The most that names may be unlike to be offered, in hundredths.
const (
	mostUnlikeLatin = 40
	mostUnlikeHan   = 67
)
