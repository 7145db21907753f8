package interop

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fault is a part of a text that cannot be carried: where it begins, in bytes,
// and why.
type fault struct {
	at  int
	why string
}

func (f fault) Error() string { return f.why }

func faultAt(at int, why string, args ...any) error {
	return fault{at, fmt.Sprintf(why, args...)}
}

type sqlKind uint8

const (
	sqlEnd sqlKind = iota
	sqlWord
	sqlQuoted // an identifier in quotes
	sqlNumber
	sqlString
	sqlSymbol
	sqlTemplate // what stands between template braces
)

type sqlToken struct {
	kind sqlKind
	text string // without quotes, escapes and braces
	at   int    // bytes into the text
}

func (t sqlToken) word(w string) bool { return t.kind == sqlWord && strings.EqualFold(t.text, w) }
func (t sqlToken) is(s string) bool   { return t.kind == sqlSymbol && t.text == s }

// maxSQL bounds the text of one expression, and what may stand in it.
const (
	maxSQL      = 16 << 10
	maxSQLDepth = 64
)

// lexSQL cuts an expression into tokens. Templates are {{ … }} and, where single
// is set, { … }.
func lexSQL(text string, single bool) ([]sqlToken, error) {
	if len(text) > maxSQL {
		return nil, faultAt(0, "an expression of more than %d bytes", maxSQL)
	}
	var list []sqlToken
	at := 0
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if unicode.IsSpace(r) {
			at += size
			continue
		}
		t, end, err := lexOne(text, at, r, single)
		if err != nil {
			return nil, err
		}
		list = append(list, t)
		at = end
	}
	return append(list, sqlToken{at: len(text)}), nil
}

func lexOne(text string, at int, r rune, single bool) (sqlToken, int, error) {
	rest := text[at:]
	switch {
	case strings.HasPrefix(rest, "--") || strings.HasPrefix(rest, "/*"):
		return sqlToken{}, 0, faultAt(at, "a comment inside an expression")
	case strings.HasPrefix(rest, "{%") || strings.HasPrefix(rest, "{#"):
		return sqlToken{}, 0, faultAt(at, "a template statement")
	case strings.HasPrefix(rest, "{{"):
		return lexTemplate(text, at, "{{", "}}")
	case r == '{' && single:
		return lexTemplate(text, at, "{", "}")
	case r == '\'':
		return lexQuoted(text, at, '\'', sqlString)
	case r == '"' || r == '`':
		return lexQuoted(text, at, byte(r), sqlQuoted)
	case unicode.IsDigit(r) || r == '.' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9':
		end := at
		for end < len(text) && (text[end] >= '0' && text[end] <= '9' || text[end] == '.') {
			end++
		}
		if end == at { // a digit of another script
			return sqlToken{}, 0, faultAt(at, "the character %q", r)
		}
		return sqlToken{sqlNumber, text[at:end], at}, end, nil
	case r == '_' || unicode.IsLetter(r):
		end := at
		for end < len(text) {
			r, size := utf8.DecodeRuneInString(text[end:])
			if r != '_' && r != '$' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				break
			}
			end += size
		}
		return sqlToken{sqlWord, text[at:end], at}, end, nil
	}
	for _, s := range []string{"<>", "!=", "<=", ">=", "||", "::", "(", ")", "[", "]", ",", ".", "=", "<", ">", "+", "-", "*", "/", "%"} {
		if strings.HasPrefix(rest, s) {
			return sqlToken{sqlSymbol, s, at}, at + len(s), nil
		}
	}
	return sqlToken{}, 0, faultAt(at, "the character %q", r)
}

func lexTemplate(text string, at int, open, end string) (sqlToken, int, error) {
	i := strings.Index(text[at+len(open):], end)
	if i < 0 {
		return sqlToken{}, 0, faultAt(at, "a template without an end")
	}
	from := at + len(open)
	return sqlToken{sqlTemplate, text[from : from+i], from}, from + i + len(end), nil
}

func lexQuoted(text string, at int, quote byte, kind sqlKind) (sqlToken, int, error) {
	var b strings.Builder
	for i := at + 1; i < len(text); i++ {
		switch {
		case text[i] != quote:
			b.WriteByte(text[i])
		case i+1 < len(text) && text[i+1] == quote:
			b.WriteByte(quote)
			i++
		default:
			return sqlToken{kind, b.String(), at}, i + 1, nil
		}
	}
	return sqlToken{}, 0, faultAt(at, "a quote without an end")
}
