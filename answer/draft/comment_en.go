package draft

import (
	"regexp"
	"slices"
	"strings"
)

// englishName is the name that an English note begins with, without what it says of how
// the values are written, in what and of whom: the inception date of "inception date
// YYYYMMDD", the annual premium of "annual premium in GBP without IPT". It is "" where
// the note begins with something else.
func englishName(note string) string {
	first := strings.TrimSpace(firstPart(note))
	if !isPlainEnglish(first) || strings.ContainsAny(first, "._") || listsValues(first) || saysMissing.MatchString(first) {
		return ""
	}
	words := strings.Fields(strings.ToLower(first))
	for len(words) > 0 && writtenAs[words[0]] {
		words = words[1:]
	}
	for i, w := range words {
		if w == "/" && i < 2 {
			return "" // estimated / actual departure
		}
		if i > 0 && (closesName[w] || isUnit(w) || writtenAs[w] || w == "/") {
			words = words[:i]
			break
		}
	}
	if at := slices.Index(words, "or"); at > 0 && at+2 < len(words) {
		words = words[at+2:] // planned or actual pick-up
	}
	for len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	name := strings.Join(words, " ")
	if len(words) == 0 || len(words) > mostWords || len(name) < 3 || len(name) > longestName || saysElse[words[0]] || nameless[name] || isUnit(words[0]) {
		return ""
	}
	return name
}

var (
	// writtenAs are words for how a value is written.
	writtenAs = wordSet("iso yyyymmdd yyyy-mm-dd yyyymm yyyy unix epoch utc seconds millis")
	// closesName are words behind which a note says more of what it has named.
	closesName = wordSet("in at on by from to until while when without with who whom that which where if excluding including incl excl as")
	// nameless are words that a note says something else with than a name, or too little.
	nameless = wordSet("date time code flag text number id value column")
	// saysElse are words that begin a note which names nothing.
	saysElse = wordSet("only known see set always usually never not null yes no us for used")
)

// trustEnglish puts the name of an English note for one that the dictionary has to spell
// out, where another word might be meant: cls_dt beside "date closed" is no date of a
// class. Names of things that are pointed to stay.
func (c *column) trustEnglish() {
	if c.note.en == "" || hasHan(c.plain) || len(c.raw) == 0 || keyEnds[c.raw[len(c.raw)-1]] {
		return
	}
	d := dictionary()
	if !slices.ContainsFunc(c.raw, func(w string) bool { return d.terms[w] == nil && d.terms[singular(w)] == nil && !plainShort[w] }) {
		return
	}
	c.short = c.raw
	c.raw = wordsOf(c.note.en)
}

// keyEnds close the names of what identifies rows.
var keyEnds = wordSet("id no cd code key num pk fk")

// plainShort are abbreviations that mean one thing to everybody.
var plainShort = wordSet("dt ts amt qty no nm cd typ flg num pct id yn st")

// spellByNotes spells out what tables are called by the one word of the notes about them
// that it is short for: hndlr where a column of it, or one that points there, says who
// the handler is.
func (d *drafting) spellByNotes() {
	for _, t := range d.tables {
		for _, short := range t.raw {
			if dictionary().word(short) != nil || technicalBacks[short] || hasHan(short) {
				continue
			}
			found := map[string]bool{}
			for _, w := range d.saidAbout(t) {
				if one := singular(w); dictionary().terms[one] != nil && len(one) >= leastNoun && (shortFor(short, one) || withoutVowels(one) == short) {
					found[one] = true
				}
			}
			if len(found) != 1 {
				continue
			}
			for noun := range found {
				d.respell(short, noun)
			}
		}
	}
}

// withoutVowels is a word without the vowels behind its first letter: ownr of owner.
func withoutVowels(w string) string {
	return w[:1] + strings.Map(func(r rune) rune {
		if strings.ContainsRune("aeiou", r) {
			return -1
		}
		return r
	}, w[1:])
}

// respell puts a word for a short one, in the names of tables and columns.
func (d *drafting) respell(short, word string) {
	for _, t := range d.tables {
		t.raw = replaced(t.raw, short, word)
		for _, c := range t.columns {
			c.raw = replaced(c.raw, short, word)
		}
	}
}

// saidAbout are the words of the notes beside a table's columns and beside those that
// point to one of them.
func (d *drafting) saidAbout(t *table) []string {
	all := splitName(t.note.en)
	for _, o := range d.tables {
		for _, c := range o.columns {
			if o == t || strings.Contains(strings.ToLower(c.schema.Comment), strings.ToLower(t.schema.Name)+".") {
				all = append(all, splitName(c.schema.Comment)...)
			}
		}
	}
	return all
}

// tableShort are what tables of so short a name hold, whose letters mean something else
// in the names of columns.
var tableShort = map[string]string{"cst": "customer", "cust": "customer", "prd": "product", "ord": "order", "acc": "account", "loc": "location", "per": "person"}

// tellShortTables spells out the short names of tables, and the keys that bear them.
func (d *drafting) tellShortTables() {
	for _, t := range d.tables {
		if len(t.raw) != 1 || tableShort[t.raw[0]] == "" {
			continue
		}
		short, noun := t.raw[0], tableShort[t.raw[0]]
		t.raw = []string{noun}
		for _, o := range d.tables {
			for _, c := range o.columns {
				if n := len(c.raw); n == 2 && c.raw[0] == short && (idWords[c.raw[1]] || c.raw[1] == "no" || c.raw[1] == "cd") {
					c.raw = []string{noun, c.raw[1]}
				}
			}
		}
	}
}

// saidOneEN is an English note that says what it means that a flag holds: Y = record
// deleted.
var saidOneEN = regexp.MustCompile(`^(?:1|Y)\s*=\s*([A-Za-z][A-Za-z -]*[A-Za-z])`)

// leavesOutEN is what says in English that such rows count nowhere.
var leavesOutEN = regexp.MustCompile(`(?i)\b(?:do not count|not counted|ignore|ignored|exclude|excluded|leave out|left out of)\b`)

// saidOfOneEN are the words of an English note for rows of which a flag holds, and
// whether it says that they count nowhere.
func saidOfOneEN(note string) (words []string, leftOut bool) {
	m := saidOneEN.FindStringSubmatch(note)
	if m == nil {
		return nil, false
	}
	all := strings.Fields(strings.ToLower(m[1]))
	if last := all[len(all)-1]; len(all) <= mostWords && strings.HasSuffix(last, "ed") {
		words = append(words, last) // deleted of "record deleted"
	}
	return words, leavesOutEN.MatchString(note)
}
