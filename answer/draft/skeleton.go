package draft

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"wenshu/nlq"
	"wenshu/nlq/en"
)

// subjectsText has a line for each subject that databases are about: nouns that stand
// beside each other in one.
//
//go:embed subjects.txt
var subjectsText string

var subjects = sync.OnceValue(func() []map[string]bool {
	var all []map[string]bool
	for line := range strings.Lines(subjectsText) {
		if !strings.HasPrefix(line, "#") {
			all = append(all, wordSet(line))
		}
	}
	return all
})

// spellSkeletons spells out names that are what is left of a word without its vowels,
// or its beginning, where one word of the dictionary fits: vsl is a vessel where voyages
// and cargo are. Where several fit and the other names do not tell, the name stays:
// people who ask will say which.
func (d *drafting) spellSkeletons() {
	raws := d.plainRaws()
	for range 2 { // what is spelt out first tells the rest
		beside := map[string]bool{}
		for _, raw := range raws {
			for _, w := range *raw {
				if t := dictionary().word(w); t != nil {
					beside[t.en] = true
				}
				beside[singular(w)] = true
			}
		}
		means := map[string]string{}
		for _, raw := range raws {
			for i, w := range *raw {
				if _, known := means[w]; !known {
					means[w] = inSkeleton(w, beside)
				}
				if means[w] != "" {
					*raw = slices.Clone(*raw)
					(*raw)[i] = means[w]
				}
			}
		}
	}
}

// plainRaws are the words of the tables and columns that no note explains.
func (d *drafting) plainRaws() []*[]string {
	var all []*[]string
	for _, t := range d.tables {
		if t.schema.Comment == "" {
			all = append(all, &t.raw)
		}
		for _, c := range t.columns {
			if c.schema.Comment == "" {
				all = append(all, &c.raw)
			}
		}
	}
	return all
}

const (
	// leastSkeleton is the length from which a word may be spelt out.
	leastSkeleton = 3
	// sureSkeleton is the length from which a rare word that alone fits is meant.
	sureSkeleton = 4
)

// inSkeleton is the word that an unknown one is short for, beside other words of the
// database; "" when none or several are.
func inSkeleton(w string, beside map[string]bool) string {
	if len(w) < leastSkeleton || strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") != "" || dictionary().word(w) != nil || en.Known(w) || readOtherwise(w) {
		return ""
	}
	var fits []*term
	if !strings.ContainsAny(w[1:], "aeiou") {
		fits = skeletons()[nlq.Skeleton(w)]
	}
	clipped := len(fits) == 0
	if clipped {
		fits = beginning(w)
	}
	var found string
	most, tied := 1, false
	for _, t := range fits {
		switch n := inSubject(t.en, beside); {
		case n > most:
			found, most, tied = t.en, n, false
		case n == most && n > 1:
			tied = true
		}
	}
	if found != "" {
		if tied {
			return ""
		}
		return found
	}
	if clipped {
		return "" // a word begins as many do
	}
	usual := slices.DeleteFunc(slices.Clone(fits), func(t *term) bool { return t.rare })
	switch {
	case len(fits) == 1 && (len(usual) == 1 || len(w) >= sureSkeleton):
		return fits[0].en
	case len(usual) == 1 && len(w) >= sureSkeleton:
		return usual[0].en
	}
	return ""
}

// readOtherwise reports whether a word that no dictionary has means something all the
// same: a unit, how a table is kept, Chinese in Latin letters.
func readOtherwise(w string) bool {
	return units[w] != "" || technicalFronts[w] || technicalBacks[w] || dictionary().pinyin[w] != "" || hasInitials(w)
}

// inSubject counts the words beside that are of one subject with a word.
func inSubject(word string, beside map[string]bool) int {
	most := 0
	for _, subject := range subjects() {
		if !subject[word] {
			continue
		}
		n := 0
		for w := range subject {
			if w != word && beside[w] {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// skeletons are the words of the dictionary by what is left of them without vowels.
var skeletons = sync.OnceValue(func() map[string][]*term {
	found := map[string][]*term{}
	for _, t := range dictionary().ordered {
		if len(t.en) < 4 || strings.Trim(t.en, "abcdefghijklmnopqrstuvwxyz") != "" {
			continue
		}
		if s := nlq.Skeleton(t.en); len(s) >= leastSkeleton && s != t.en {
			found[s] = append(found[s], t)
		}
	}
	return found
})

// beginning are the words of the dictionary that begin with a clipped one.
func beginning(w string) []*term {
	var all []*term
	for _, t := range dictionary().ordered {
		if len(t.en) > len(w)+1 && strings.HasPrefix(t.en, w) && !strings.Contains(t.en, " ") {
			all = append(all, t)
		}
	}
	return all
}
