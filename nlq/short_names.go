package nlq

import (
	"slices"
	"strings"
)

// leastShort is the length from which a name is taken for one that is short for a word.
const leastShort = 3

// collectShorts gathers what the model calls things by that is no word: the vsl of "vsl
// type". A word that is not understood otherwise may be what one of them is short for.
func (r *Reader) collectShorts() {
	add := func(text string) {
		for _, norm := range r.vocabulary.tokens(text) {
			if len(norm) >= leastShort && len(norm) <= 8 && isLatinWord(norm) && !r.known(norm) {
				r.shorts = append(r.shorts, norm)
			}
		}
	}
	for _, t := range r.model.Tables {
		if !t.Hidden {
			add(t.Names.Label.EN)
		}
		for _, d := range t.Dimensions {
			add(d.Names.Label.EN)
		}
	}
	slices.Sort(r.shorts)
	r.shorts = slices.Compact(r.shorts)
}

func isLatinWord(norm string) bool {
	return strings.Trim(norm, "abcdefghijklmnopqrstuvwxyz") == ""
}

// spellShort reads words that are not understood as the names of the model that are short
// for them, where one is and no other is as near: the vessels of vsl.
func (a *attempt) spellShort(l *lattice, unread []int) bool {
	if len(a.r.shorts) == 0 {
		return false
	}
	tokens := slices.Clone(a.text.Tokens)
	said := map[int]string{}
	for _, at := range unread {
		if token := tokens[at]; token.Class == Word {
			if short := a.r.shortOf(token.Norm); short != "" {
				said[at] = short
				tokens[at].Norm = short
				if isPlural(token.Norm) {
					tokens[at].Norm += "s"
				}
			}
		}
	}
	if len(said) == 0 {
		return false
	}
	other := a.r.newLattice(&Text{a.text.Typed, tokens}, a.see, a.moment, len(a.q.Prior) > 0)
	added := false
	for from, starts := range other.starts {
		for _, m := range starts {
			if _, named := m.means.(names); !named {
				continue
			}
			n := 0
			for at, short := range said {
				if at >= from && at < m.end {
					m.typo = short
					n++
				}
			}
			if n > 0 {
				m.cost += costShortFor * n
				m.why = "short for"
				l.add(m)
				added = true
			}
		}
	}
	return added
}

// shortOf is the one name without a meaning of its own that is short for a word; "" for
// none or several that are as near.
func (r *Reader) shortOf(word string) string {
	if len(word) < leastShort+1 || !isLatinWord(word) {
		return ""
	}
	var found string
	best, tied := 0, false
	forms := append([]string{word}, r.bases(word)...)
	for _, short := range r.shorts {
		near := 0
		for _, form := range forms {
			near = max(near, ShortFor(short, form))
		}
		switch {
		case near > best:
			found, best, tied = short, near, false
		case near == best:
			tied = true
		}
	}
	if best == 0 || tied {
		return ""
	}
	return found
}

// ShortFor returns how surely a name is short for a word, both in lower case: 4 where it is
// the word, 3 where it is what is left of it without its vowels, 2 where it begins one of
// the two, 1 where it has the first, the last and some other consonants of it in their
// order, 0 where it is not. Names of less than three letters are short for nothing.
func ShortFor(name, word string) int {
	if name == word {
		return 4
	}
	if len(name) < leastShort || len(name) >= len(word) || name[0] != word[0] {
		return 0
	}
	bones := Skeleton(word)
	switch {
	case name == bones:
		return 3
	case strings.HasPrefix(word, name), strings.HasPrefix(bones, name):
		return 2
	case name[len(name)-1] == bones[len(bones)-1] && InOrder(name, bones):
		return 1
	}
	return 0
}

// InOrder reports whether the letters of a name stand in a word in their order.
func InOrder(name, word string) bool {
	for i := range len(name) {
		at := strings.IndexByte(word, name[i])
		if at < 0 {
			return false
		}
		word = word[at+1:]
	}
	return true
}

// Skeleton returns a word of Latin letters without its vowels but the first letter, and
// without letters twice: vsl for vessel.
func Skeleton(word string) string {
	var b strings.Builder
	last := byte(0)
	for i := range len(word) {
		if i > 0 && (strings.IndexByte("aeiou", word[i]) >= 0 || word[i] == last) {
			continue
		}
		last = word[i]
		b.WriteByte(last)
	}
	return b.String()
}
