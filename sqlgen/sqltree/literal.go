package sqltree

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// appendString writes s as a string literal. This is the one place where text
// becomes a literal, and it is the same on every dialect because it refuses
// whatever dialects read differently: a backslash, a control or format
// character, bytes that are not UTF-8. Such values are bound instead.
func appendString(b *strings.Builder, s string) error {
	if !plainText(s) {
		return refuse(BadLiteral, -1, "")
	}
	b.WriteByte('\'')
	b.WriteString(strings.ReplaceAll(s, "'", "''"))
	b.WriteByte('\'')
	return nil
}

// appendName writes an identifier. Names of the generated form (d0, b12) stand
// bare, since no reserved word has it; every other name is quoted.
func appendName(b *strings.Builder, quote byte, name string) error {
	if generated(name) {
		b.WriteString(name)
		return nil
	}
	if name == "" || len(name) > 255 || !plainText(name) || strings.IndexByte(name, quote) >= 0 {
		return refuse(BadName, -1, name)
	}
	b.WriteByte(quote)
	b.WriteString(name)
	b.WriteByte(quote)
	return nil
}

// generated reports one or two lower-case letters followed by digits.
func generated(name string) bool {
	i := 0
	for i < len(name) && i < 2 && name[i] >= 'a' && name[i] <= 'z' {
		i++
	}
	if i == 0 || i == len(name) || len(name) > 8 {
		return false
	}
	for ; i < len(name); i++ {
		if name[i] < '0' || name[i] > '9' {
			return false
		}
	}
	return true
}

// plainText reports text without anything that an engine, a terminal or a log
// could read as more than characters.
func plainText(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if r == '\\' || r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) {
			return false
		}
	}
	return true
}

// numberText reports digits with an optional fraction, exponent and sign: the
// form that every engine reads alike. What a double cannot hold is none: MySQL
// refuses it.
func numberText(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, rest := digits(s)
	if whole == 0 || len(s) > 64 {
		return false
	}
	if strings.HasPrefix(rest, ".") {
		var n int
		if n, rest = digits(rest[1:]); n == 0 {
			return false
		}
	}
	if rest == "" {
		return true
	}
	if rest[0] != 'e' {
		return false
	}
	rest = rest[1:]
	if rest != "" && (rest[0] == '-' || rest[0] == '+') {
		rest = rest[1:]
	}
	n, rest := digits(rest)
	_, err := strconv.ParseFloat(s, 64)
	return n > 0 && rest == "" && err == nil
}

// digits counts the leading digits and returns what follows them.
func digits(s string) (int, string) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i, s[i:]
}
