package draft

import (
	"slices"
	"strings"

	"wenshu/nlq"
)

// spellOwn spells out the abbreviations that a database makes of its own tables:
// flt is flight where there is a table of flights, apt is airport where a table of
// airports has an apt_name. What the dictionary knows as short for something else
// needs that second sign.
func (d *drafting) spellOwn() {
	nouns := d.nouns()
	means := map[string]string{}
	for _, t := range d.tables {
		for _, c := range t.columns {
			for _, w := range c.raw {
				if _, known := means[w]; !known {
					means[w] = d.ownNoun(w, nouns)
				}
			}
		}
	}
	for _, t := range d.tables {
		for _, c := range t.columns {
			for i, w := range c.raw {
				if noun := means[w]; noun != "" {
					c.raw = slices.Clone(c.raw)
					c.raw[i] = noun
				}
			}
		}
	}
}

// leastNoun is the length from which people abbreviate a noun.
const leastNoun = 5

// nouns are the words that tables of one word are called by, in the singular.
func (d *drafting) nouns() map[string]*table {
	found := map[string]*table{}
	for _, t := range d.tables {
		words := plainName(t.raw)
		if one := singular(words[0]); len(words) == 1 && len(one) >= leastNoun && !hasHan(one) {
			found[one] = t
		}
	}
	return found
}

// ownNoun is the one noun that a word is short for; "" when none or several are.
func (d *drafting) ownNoun(w string, nouns map[string]*table) string {
	l := dictionary()
	if l.terms[w] != nil || l.terms[singular(w)] != nil || flagFronts[w] || atMoment[w] || len(w) < 2 || hasHan(w) || isDigits(w) {
		return ""
	}
	known, found := l.word(w) != nil, ""
	for noun, t := range nouns {
		if !shortFor(w, noun) || (known || len(w) == 2) && !t.fronts(w) {
			continue
		}
		if found != "" {
			return ""
		}
		found = noun
	}
	return found
}

// fronts reports whether a column of the table, besides one that may point
// elsewhere, begins with a word that is short for what the table is called.
func (t *table) fronts(w string) bool {
	return slices.ContainsFunc(t.columns, func(c *column) bool {
		return len(c.raw) > 1 && c.raw[0] == w && (c == t.columns[0] || !idWords[c.raw[len(c.raw)-1]])
	})
}

// shortFor reports whether a word is a noun's beginning, or its first letter and
// consonants of it in order.
func shortFor(w, noun string) bool {
	if len(w)+1 >= len(noun) || w[0] != noun[0] {
		return false
	}
	if strings.HasPrefix(noun, w) {
		return len(w) > 2
	}
	if strings.ContainsAny(w[1:], "aeiou") {
		return false
	}
	return nlq.InOrder(w, noun)
}
