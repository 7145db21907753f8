package semantic

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	atEnd tokenKind = iota
	bareWord
	quotedWord
	numberToken
	stringToken
	dateToken
	symbol
	badToken
)

// token is one piece of a query line. Start and end are bytes of the text,
// half-open.
type token struct {
	kind       tokenKind
	start, end int
	text       string // words and strings without quotes and escapes; numbers and symbols as typed; for a bad token, what is wrong
	value      Value  // of a dateToken
}

func (t token) word(w string) bool { return t.kind == bareWord && t.text == w }
func (t token) is(s string) bool   { return t.kind == symbol && t.text == s }
func (t token) name() bool         { return t.kind == bareWord || t.kind == quotedWord }

// keywords are the words that are no names unless back-quoted or behind a
// point.
var keywords = []string{
	"list", "distinct", "from", "as", "by", "where", "having", "on", "during", "vs", "show", "fill", "sort", "limit",
	"per", "totals", "and", "or", "not", "in", "between", "is", "null", "contains", "starts", "ends", "true", "false",
	"case", "when", "then", "else", "end",
}

var isKeyword = func() map[string]bool {
	set := make(map[string]bool, len(keywords))
	for _, k := range keywords {
		set[k] = true
	}
	return set
}()

// scan reads the token that begins at or after a byte of the text.
func scan(text string, at int) token {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsSpace(r) {
			break
		}
		at += size
	}
	if at >= len(text) {
		return token{kind: atEnd, start: len(text), end: len(text)}
	}
	switch c := text[at]; {
	case c == '"' || c == '\'':
		return scanString(text, at)
	case c == '`':
		return scanQuotedWord(text, at)
	case c == '@':
		return scanDate(text, at)
	case isDigit(c):
		return scanNumber(text, at)
	}
	if end := wordEnd(text, at); end > at {
		return token{kind: bareWord, start: at, end: end, text: text[at:end]}
	}
	return scanSymbol(text, at)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// wordEnd returns where the identifier that begins at a byte ends; at itself
// when none does.
func wordEnd(text string, at int) int {
	for i, r := range text[at:] {
		letter := r == '_' || unicode.IsLetter(r)
		if !letter && (i == 0 || !unicode.IsDigit(r) && !unicode.IsMark(r)) {
			return at + i
		}
	}
	return len(text)
}

// isBareWord reports whether a name can stand without back quotes as far as
// its letters go.
func isBareWord(s string) bool { return s != "" && wordEnd(s, 0) == len(s) }

func scanSymbol(text string, at int) token {
	size := 1
	if at+1 < len(text) {
		switch text[at : at+2] {
		case "..", "!=", "<=", ">=":
			size = 2
		}
	}
	if size == 1 && !strings.ContainsRune(",.:(){}=<>+-*/", rune(text[at])) {
		_, size = utf8.DecodeRuneInString(text[at:])
		return bad("character", at, at+size)
	}
	return token{kind: symbol, start: at, end: at + size, text: text[at : at+size]}
}

func bad(what string, start, end int) token {
	return token{kind: badToken, start: start, end: end, text: what}
}

// scanNumber reads digits with an optional fraction and exponent. A point
// counts only before a digit, so that 1..5 is two numbers.
func scanNumber(text string, at int) token {
	end := digitsEnd(text, at)
	if end+1 < len(text) && text[end] == '.' && isDigit(text[end+1]) {
		end = digitsEnd(text, end+1)
	}
	if end < len(text) && (text[end] == 'e' || text[end] == 'E') {
		exponent := end + 1
		if exponent < len(text) && (text[exponent] == '+' || text[exponent] == '-') {
			exponent++
		}
		if exponent < len(text) && isDigit(text[exponent]) {
			end = digitsEnd(text, exponent)
		}
	}
	return token{kind: numberToken, start: at, end: end, text: text[at:end]}
}

func digitsEnd(text string, at int) int {
	for at < len(text) && isDigit(text[at]) {
		at++
	}
	return at
}

// scanString reads a string in either kind of quotes. A quote inside is
// doubled or escaped.
func scanString(text string, at int) token {
	quote := text[at]
	plain := strings.IndexAny(text[at+1:], "\\"+string(quote))
	if plain < 0 {
		return bad("string", at, len(text))
	}
	if end := at + 1 + plain; text[end] == quote && (end+1 == len(text) || text[end+1] != quote) {
		return token{kind: stringToken, start: at, end: end + 1, text: text[at+1 : end]}
	}
	var b strings.Builder
	for i := at + 1; i < len(text); {
		switch c := text[i]; {
		case c == quote && i+1 < len(text) && text[i+1] == quote:
			b.WriteByte(quote)
			i += 2
		case c == quote:
			return token{kind: stringToken, start: at, end: i + 1, text: b.String()}
		case c == '\\':
			r, size := unescape(text[i:])
			if size == 0 {
				return bad("escape", i, min(i+2, len(text)))
			}
			b.WriteRune(r)
			i += size
		default:
			b.WriteByte(c)
			i++
		}
	}
	return bad("string", at, len(text))
}

// unescape reads one escape; size 0 says that it is none.
func unescape(s string) (r rune, size int) {
	if len(s) < 2 {
		return 0, 0
	}
	switch s[1] {
	case '"', '\'', '\\':
		return rune(s[1]), 2
	case 'n':
		return '\n', 2
	case 't':
		return '\t', 2
	case 'r':
		return '\r', 2
	case 'u':
		if len(s) < 6 {
			return 0, 0
		}
		n, err := strconv.ParseUint(s[2:6], 16, 16)
		if err != nil || !utf8.ValidRune(rune(n)) {
			return 0, 0
		}
		return rune(n), 6
	}
	return 0, 0
}

// scanQuotedWord reads a back-quoted name; a back quote inside is doubled.
func scanQuotedWord(text string, at int) token {
	for i := at + 1; i < len(text); i++ {
		switch {
		case text[i] != '`':
		case i+1 < len(text) && text[i+1] == '`':
			i++
		default:
			name := strings.ReplaceAll(text[at+1:i], "``", "`")
			if name == "" || strings.ContainsFunc(name, unicode.IsControl) {
				return bad("name", at, i+1)
			}
			return token{kind: quotedWord, start: at, end: i + 1, text: name}
		}
	}
	return bad("name", at, len(text))
}

func scanDate(text string, at int) token {
	t, clock, end := scanInstant(text, at+1)
	if end == 0 {
		return bad("date", at, min(at+11, len(text)))
	}
	v := DateValue(t)
	if clock {
		v = TimestampValue(t)
	}
	return token{kind: dateToken, start: at, end: end, text: text[at:end], value: v}
}

// scanInstant reads 2026-03-05 or 2026-03-05T12:00[:30[.5]] at a byte of the
// text; end is 0 when there is none. Years go from 1000 to 9999.
func scanInstant(text string, at int) (t time.Time, clock bool, end int) {
	end = at + len("2006-01-02")
	if end > len(text) || text[at] == '0' {
		return time.Time{}, false, 0
	}
	t, err := time.Parse("2006-01-02", text[at:end])
	if err != nil {
		return time.Time{}, false, 0
	}
	if end == len(text) || text[end] != 'T' {
		return t, false, end
	}
	for _, layout := range []string{"T15:04:05", "T15:04"} {
		if stop := end + len(layout); stop <= len(text) {
			if c, err := time.Parse(layout, text[end:stop]); err == nil {
				t = t.Add(time.Duration(c.Hour())*time.Hour + time.Duration(c.Minute())*time.Minute + time.Duration(c.Second())*time.Second)
				fraction, stop := scanFraction(text, stop, layout == "T15:04:05")
				return t.Add(fraction), true, stop
			}
		}
	}
	return time.Time{}, false, 0
}

// scanFraction reads up to six digits of a second behind a point.
func scanFraction(text string, at int, seconds bool) (time.Duration, int) {
	if !seconds || at+1 >= len(text) || text[at] != '.' || !isDigit(text[at+1]) {
		return 0, at
	}
	end := min(digitsEnd(text, at+1), at+7)
	micros := time.Duration(0)
	for i := at + 1; i < at+7; i++ {
		micros *= 10
		if i < end {
			micros += time.Duration(text[i] - '0')
		}
	}
	return micros * time.Microsecond, end
}
