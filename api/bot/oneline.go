package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"wenshu/answer"
)

// plain is a text of one line that shows what it is: no line breaks, no control
// characters, nothing that turns the direction of what stands around it (Unicode
// Technical Report 36).
func plain(s string) string { return plainTo(s, 0) }

// plainTo is plain as far as the first n UTF-16 units, and at least one unit of
// the rest, so that a cut shows; n of 0 is all of it. Values may be megabytes.
func plainTo(s string, n int) string {
	var b strings.Builder
	space, used := false, 0
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case unicode.IsControl(r), turns(r):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
			used++
		}
		b.WriteRune(r) // what is no UTF-8 comes as U+FFFD
		if used += unitsOf(r); n > 0 && used > n {
			break
		}
	}
	return b.String()
}

// brief is a text of one line of at most n UTF-16 units; a cut shows. n of 0 is
// no bound.
func brief(s string, n int) string { return clip(plainTo(s, n), n) }

// turns reports whether a character changes the direction of writing, or is a
// tag that nobody sees.
func turns(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F || r == 0x061C || r == 0xFEFF || r == 0x200B || r >= 0xE0000 && r <= 0xE007F
}

// units counts the UTF-16 units of a text, of which there are never fewer than
// code points: vendors count the one or the other.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += unitsOf(r)
	}
	return n
}

func unitsOf(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// clip is a text of at most n UTF-16 units; a cut shows. n of 0 is no bound.
func clip(s string, n int) string {
	if n <= 0 || len(s) <= n { // a unit is at least one byte
		return s
	}
	used, cut := 0, 0 // cut leaves room for the mark
	for i, r := range s {
		if used+1 <= n {
			cut = i
		}
		if used += unitsOf(r); used > n {
			return strings.TrimRight(s[:cut], " \u200d") + "…"
		}
	}
	return s
}

// headline is a sentence of at most n UTF-16 units that still holds its first
// number: long names around it are cut first, then what stands before and
// behind.
func headline(s answer.Sentence, n int) string {
	text, start, end := shortNames(s)
	if n <= 0 || units(text) <= n {
		return text
	}
	if end == 0 || units(text[:end]) < n {
		return clip(text, n)
	}
	number := text[start:end]
	room := n - units(number) - 2 // for two marks
	if room <= 0 {
		return clip(number, n)
	}
	return clip(text[:start], room) + number + "…"
}

// maxName is how long a name in a headline may be, in UTF-16 units.
const maxName = 60

// shortNames is a sentence as one line with long names cut, and where its first
// number is; 0, 0 for none.
func shortNames(s answer.Sentence) (text string, start, end int) {
	at := 0
	var b strings.Builder
	for _, span := range s.Spans {
		if span.Start < at || span.End > len(s.Text) || span.End < span.Start || !utf8.RuneStart(byteAt(s.Text, span.Start)) {
			continue
		}
		b.WriteString(kept(s.Text[at:span.Start]))
		inside := plain(s.Text[span.Start:span.End])
		number := span.Kind == answer.CellSpan || span.Kind == answer.SizeSpan
		if !number || !hasDigit(inside) {
			inside = shortName(inside)
		}
		if end == 0 && number && hasDigit(inside) {
			start, end = b.Len(), b.Len()+len(inside)
		}
		b.WriteString(inside)
		at = span.End
	}
	b.WriteString(kept(s.Text[at:]))
	return b.String(), start, end
}

// shortName is a name of at most maxName units. One that is a list is cut between
// its parts.
func shortName(s string) string {
	short := clip(s, maxName)
	if short == s {
		return s
	}
	cut := strings.TrimSuffix(short, "…")
	if i := strings.LastIndexAny(cut, "；、;，,"); i > len(cut)/2 {
		cut = cut[:i]
	}
	return cut + "…"
}

func byteAt(s string, i int) byte {
	if i < len(s) {
		return s[i]
	}
	return 0
}

// kept is plain with the spaces at its ends, which part it from its neighbours.
func kept(s string) string {
	p := plain(s)
	if p == "" {
		if s != "" {
			return " "
		}
		return ""
	}
	if r, _ := utf8.DecodeRuneInString(s); unicode.IsSpace(r) {
		p = " " + p
	}
	if r, _ := utf8.DecodeLastRuneInString(s); unicode.IsSpace(r) {
		p += " "
	}
	return p
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }
