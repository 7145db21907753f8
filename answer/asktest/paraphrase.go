package asktest

import (
	"strings"
	"unicode"
)

// Paraphrases are wordings of a question that must not change what it means:
// full-width letters and digits, stray spaces, a polite prefix of either language.
func Paraphrases(question string) []string {
	if !strings.ContainsFunc(question, isWord) {
		return nil
	}
	list := []string{wide(question), spaced(question), "请问" + question, "please " + question}
	for i := 0; i < len(list); {
		if list[i] == question {
			list = append(list[:i], list[i+1:]...)
		} else {
			i++
		}
	}
	return list
}

// wide writes ASCII letters and digits full-width.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 128 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r - '!' + '！'
		}
		return r
	}, s)
}

// spaced doubles spaces and puts them at the ends and between Chinese and other
// characters.
func spaced(s string) string {
	var b strings.Builder
	b.WriteString(" ")
	last := ' '
	for _, r := range s {
		if isWord(last) && isWord(r) && unicode.Is(unicode.Han, last) != unicode.Is(unicode.Han, r) {
			b.WriteString(" ")
		}
		b.WriteRune(r)
		if r == ' ' {
			b.WriteRune(r)
		}
		last = r
	}
	b.WriteString("  ")
	return b.String()
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
