package nlq

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"wenshu/semantic"
)

// MaxRunes is how many characters a question may hold; longer ones are refused
// as too long.
const MaxRunes = 1000

// Text is a question cut into tokens. It is immutable.
type Text struct {
	Typed  string
	Tokens []Token
}

// Token is one Latin word, one run of digits, one Han character (or character
// of another script without spaces), or one mark. Letters and digits that touch
// are separate tokens: Q1 is "q" and "1", 5k is "5" and "k".
type Token struct {
	Norm   string // NFKC, lower case, simplified
	Class  Class
	Start  int  // bytes, half-open, in the question as typed
	End    int  //
	Spaced bool // white space stands before it
}

// Class is what a token is made of.
type Class uint8

// The classes of tokens.
const (
	Word  Class = iota // letters of a script with spaces
	Digit              // decimal digits
	Han                // one character of a script without spaces
	Mark               // punctuation, a symbol or the end of a line
)

// NewText cuts a question into tokens. Invalid UTF-8 becomes marks that match
// nothing.
func NewText(typed string) *Text {
	t := &Text{Typed: typed}
	spaced := false
	var buffer [8]rune
	for at := 0; at < len(typed); {
		r, size := utf8.DecodeRuneInString(typed[at:])
		if r == utf8.RuneError && size <= 1 {
			t.add(Token{Norm: "\ufffd", Class: Mark, Start: at, End: at + 1, Spaced: spaced})
			at, spaced = at+1, false
			continue
		}
		size = clusterEnd(typed, at, size)
		for _, r := range normalRunes(buffer[:0], typed[at:at+size]) {
			if r == '\n' {
				t.add(Token{Norm: "\n", Class: Mark, Start: at, End: at + size, Spaced: spaced})
				spaced = true
				continue
			}
			if unicode.IsSpace(r) || r == 0 {
				spaced = true
				continue
			}
			t.extend(r, at, at+size, spaced)
			spaced = false
		}
		at += size
	}
	t.joinHyphens()
	t.spellOrders()
	return t
}

// spellOrders spells what is ordered in one of the two ways in which it is written:
// 定单 is 订单.
func (t *Text) spellOrders() {
	for i := 0; i+1 < len(t.Tokens); i++ {
		if next := t.Tokens[i+1]; t.Tokens[i].Norm == "定" && !next.Spaced && (next.Norm == "单" || next.Norm == "货" || next.Norm == "购") {
			t.Tokens[i].Norm = "订"
		}
	}
}

// joinHyphens drops the hyphens and underscores inside compounds, so that
// year-over-year, order_id and 7-day are written as with spaces. Hyphens
// between digits stay: they make dates and ranges.
func (t *Text) joinHyphens() {
	kept := t.Tokens[:0]
	for i, token := range t.Tokens {
		if i > 0 && i+1 < len(t.Tokens) && (token.Norm == "-" || token.Norm == "_") && !token.Spaced && !t.Tokens[i+1].Spaced {
			before, after := kept[len(kept)-1].Class, t.Tokens[i+1].Class
			if before <= Digit && after <= Digit && (before == Word || after == Word) {
				t.Tokens[i+1].Spaced = true
				continue
			}
		}
		kept = append(kept, token)
	}
	t.Tokens = kept
}

// clusterEnd returns the length of the rune at typed[at:] with the combining
// marks behind it, which normalise together.
func clusterEnd(typed string, at, size int) int {
	for {
		r, n := utf8.DecodeRuneInString(typed[at+size:])
		if n == 0 || !unicode.Is(unicode.Mn, r) {
			return size
		}
		size += n
	}
}

// normalRunes appends the normal form of one character as typed.
func normalRunes(runes []rune, s string) []rune {
	if len(s) == 1 {
		return append(runes, unicode.ToLower(rune(s[0])))
	}
	if r, size := utf8.DecodeRuneInString(s); size == len(s) && isPlainHan(r) {
		if to, ok := simplified()[r]; ok {
			r = to
		}
		return append(runes, r) // NFKC leaves it as it is
	}
	for _, r := range norm.NFKC.String(s) {
		if to, ok := simplified()[r]; ok {
			r = to
		}
		if to, ok := plainMarks[r]; ok {
			r = to
		}
		if r >= 0xFE00 && r <= 0xFE0F || r >= 0x200B && r <= 0x200F || r == 0xFEFF {
			r = 0
		}
		runes = append(runes, unicode.ToLower(r))
	}
	return runes
}

// isPlainHan reports whether a character is one of the unified ideographs that
// nearly all Chinese is written in.
func isPlainHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

// plainMarks are marks that are written in several ways. What NFKC folds by
// itself is not here.
var plainMarks = map[rune]rune{
	'。': '.', '、': '、', '“': '"', '”': '"', '‘': '\'', '’': '\'', '「': '"', '」': '"', '『': '"', '』': '"',
	'《': '"', '》': '"', '【': '[', '】': ']', '–': '-', '—': '-', '―': '-', '−': '-', '‐': '-', '‑': '-',
	'〜': '~', '∼': '~', '·': '·', '×': '*', '÷': '/', '′': '\'', '`': '\'',
}

// extend appends a normal rune, joining it with the token before where both are
// of one run.
func (t *Text) extend(r rune, start, end int, spaced bool) {
	class := classOf(r)
	if n := len(t.Tokens); n > 0 && !spaced {
		last := &t.Tokens[n-1]
		if class == last.Class && (class == Word || class == Digit) {
			if last.End == start && last.Norm == t.Typed[last.Start:last.End] {
				last.Norm = t.asTyped(last.Norm, r, last.Start, end)
			} else {
				last.Norm += string(r)
			}
			last.End = end
			return
		}
	}
	t.add(Token{Norm: t.asTyped("", r, start, end), Class: class, Start: start, End: end, Spaced: spaced})
}

// asTyped is a text with one more character, without a copy where it stands so
// in the question.
func (t *Text) asTyped(text string, r rune, start, end int) string {
	if typed := t.Typed[start:end]; len(typed) == len(text)+utf8.RuneLen(r) && isRune(typed[len(text):], r) {
		return typed
	}
	return text + string(r)
}

func isRune(s string, r rune) bool {
	found, size := utf8.DecodeRuneInString(s)
	return found == r && size == len(s)
}

func (t *Text) add(token Token) { t.Tokens = append(t.Tokens, token) }

func classOf(r rune) Class {
	switch {
	case r >= 'a' && r <= 'z':
		return Word
	case isPlainHan(r):
		return Han
	case r >= '0' && r <= '9', unicode.Is(unicode.Nd, r):
		return Digit
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
		return Han
	case unicode.IsLetter(r), unicode.Is(unicode.Mn, r):
		return Word
	}
	return Mark
}

// Norms returns the norms of all tokens.
func (t *Text) Norms() []string { return t.norms(0, len(t.Tokens)) }

// norms returns the norms of tokens from (included) to end (excluded).
func (t *Text) norms(from, end int) []string {
	norms := make([]string, end-from)
	for i, token := range t.Tokens[from:end] {
		norms[i] = token.Norm
	}
	return norms
}

// Span returns the bytes of tokens from (included) to end (excluded), in the
// question as typed.
func (t *Text) Span(from, end int) semantic.Span {
	if from < 0 || from >= end || from >= len(t.Tokens) {
		return semantic.Span{}
	}
	return semantic.Span{Start: t.Tokens[from].Start, End: t.Tokens[end-1].End}
}

// Said returns the tokens from (included) to end (excluded) as typed.
func (t *Text) Said(from, end int) string {
	s := t.Span(from, end)
	return t.Typed[s.Start:s.End]
}

// Norm returns the norms of tokens from to end, with a space where one was
// typed between two words.
func (t *Text) Norm(from, end int) string {
	var b strings.Builder
	for i := from; i < end && i < len(t.Tokens); i++ {
		if i > from && t.Tokens[i].Spaced {
			b.WriteByte(' ')
		}
		b.WriteString(t.Tokens[i].Norm)
	}
	return b.String()
}

// At returns the token at i, or the zero Token behind either end.
func (t *Text) At(i int) Token {
	if i < 0 || i >= len(t.Tokens) {
		return Token{}
	}
	return t.Tokens[i]
}

// Glued reports whether token i touches the one before it.
func (t *Text) Glued(i int) bool {
	return i > 0 && i < len(t.Tokens) && !t.Tokens[i].Spaced
}
