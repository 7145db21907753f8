package sqltree

import (
	"strings"
	"unicode/utf8"
)

// token is one word or sign. at is its byte offset in the text.
type token struct {
	kind tokenKind
	text string // word: as written; name, str: unquoted; number, sign, slot: as written
	at   int
}

type tokenKind uint8

const (
	tokEnd    tokenKind = iota
	tokWord             // bare: keyword, name or function
	tokName             // quoted identifier
	tokString           // '...'
	tokNumber
	tokSlot // ? or $n
	tokSign
)

// lex cuts the text into tokens. Anything that engines read differently, and
// every kind of comment, is refused here.
func lex(text string, quote byte) ([]token, error) {
	if len(text) > MaxBytes {
		return nil, refuse(TooLarge, 0, "")
	}
	if !utf8.ValidString(text) {
		return nil, refuse(BadCharacter, 0, "")
	}
	toks := make([]token, 0, len(text)/4+8)
	for i := 0; i < len(text); {
		if c := text[i]; c == ' ' || c == '\n' || c == '\t' || c == '\r' {
			i++
			continue
		}
		t, next, err := lexOne(text, i, quote)
		if err != nil {
			return nil, err
		}
		toks = append(toks, t)
		i = next
	}
	return append(toks, token{kind: tokEnd, at: len(text)}), nil
}

func lexOne(text string, i int, quote byte) (token, int, error) {
	c := text[i]
	switch {
	case c == '\'':
		return lexQuoted(text, i, tokString)
	case c == quote:
		return lexQuoted(text, i, tokName)
	case wordStart(c):
		return lexWord(text, i)
	case c >= '0' && c <= '9', c == '.' && i+1 < len(text) && isDigit(text[i+1]):
		return lexNumber(text, i)
	case c == '$':
		n, _ := digits(text[i+1:])
		if n == 0 || n > 5 || i+1+n < len(text) && wordPart(text[i+1+n]) {
			return token{}, 0, refuse(BadCharacter, i, "$")
		}
		return token{tokSlot, text[i : i+1+n], i}, i + 1 + n, nil
	case c == '?':
		return token{tokSlot, "?", i}, i + 1, nil
	}
	return lexSign(text, i)
}

var signs = []string{"<=>", "<>", "<=", ">=", "!=", "||", "(", ")", ",", ".", "=", "<", ">", "+", "-", "*", "/", "%"}

func lexSign(text string, i int) (token, int, error) {
	rest := text[i:]
	switch {
	case strings.HasPrefix(rest, "--"), strings.HasPrefix(rest, "/*"), strings.HasPrefix(rest, "#"):
		return token{}, 0, refuse(Comment, i, "")
	case strings.HasPrefix(rest, ";"):
		return token{}, 0, refuse(SecondStatement, i, "")
	}
	for _, s := range signs {
		if strings.HasPrefix(rest, s) {
			return token{tokSign, s, i}, i + len(s), nil
		}
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return token{}, 0, refuse(BadCharacter, i, string(r))
}

// lexQuoted reads up to the closing quote; a doubled quote stands for itself.
// An identifier takes no doubled quote, since none is ever printed.
func lexQuoted(text string, i int, kind tokenKind) (token, int, error) {
	quote := text[i]
	var b strings.Builder
	for j := i + 1; j < len(text); j++ {
		if text[j] != quote {
			b.WriteByte(text[j])
			continue
		}
		if j+1 < len(text) && text[j+1] == quote {
			if kind == tokName {
				return token{}, 0, refuse(BadName, i, "")
			}
			b.WriteByte(quote)
			j++
			continue
		}
		s := b.String()
		if !plainText(s) {
			return token{}, 0, refuse(BadLiteral, i, "")
		}
		if kind == tokName && s == "" {
			return token{}, 0, refuse(BadName, i, "")
		}
		if j+1 < len(text) && (wordPart(text[j+1]) || text[j+1] == '\'' || text[j+1] == '"' || text[j+1] == '`') {
			return token{}, 0, refuse(BadLiteral, j+1, "")
		}
		return token{kind, s, i}, j + 1, nil
	}
	return token{}, 0, refuse(Unterminated, i, "")
}

// lexWord reads a bare word. A quote right after it would be a prefixed literal
// (x'..', E'..', N'..'), and a dollar is a part of the word to PostgreSQL: both
// are refused.
func lexWord(text string, i int) (token, int, error) {
	j := i
	for j < len(text) && wordPart(text[j]) {
		j++
	}
	if j < len(text) && (text[j] == '\'' || text[j] == '"' || text[j] == '`') {
		return token{}, 0, refuse(BadLiteral, i, text[i:j])
	}
	if j < len(text) && text[j] == '$' {
		return token{}, 0, refuse(BadCharacter, j, "")
	}
	return token{tokWord, text[i:j], i}, j, nil
}

// lexNumber reads digits, a fraction and an exponent. A letter that follows
// directly (0x1F, 1_000, 1e) is refused, and a point without digits behind it.
func lexNumber(text string, i int) (token, int, error) {
	n, rest := digits(text[i:])
	j := i + n
	if strings.HasPrefix(rest, ".") {
		n, _ := digits(rest[1:])
		j += 1 + n
	}
	if j < len(text) && (text[j] == 'e' || text[j] == 'E') {
		k := j + 1
		if k < len(text) && (text[k] == '+' || text[k] == '-') {
			k++
		}
		n, _ := digits(text[k:])
		j = k + n
	}
	s := strings.ToLower(text[i:j])
	if strings.HasPrefix(s, ".") {
		s = "0" + s
	}
	if !numberText(s) || j < len(text) && (wordPart(text[j]) || strings.IndexByte(".'$", text[j]) >= 0) {
		return token{}, 0, refuse(BadLiteral, i, "")
	}
	return token{tokNumber, s, i}, j, nil
}

func isDigit(c byte) bool   { return c >= '0' && c <= '9' }
func wordStart(c byte) bool { return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func wordPart(c byte) bool  { return wordStart(c) || isDigit(c) }
