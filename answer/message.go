package answer

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// message is one thing to say in one language: text with places.
//
//	{name}            the argument of that name
//	{n|row|rows}      the first form when argument n is one, else the second
//	[ … ]             left out when any argument named inside is empty or absent
//
// A message says a whole: arguments are names, numbers, dates and lists of
// them, never halves of sentences.
type message string

// text is what has been said so far, with the spans that stand for something.
type text struct {
	s     string
	spans []Span
}

// Span is a part of a text that is more than wording.
type Span struct {
	Start int      `json:"start"` // bytes, half-open, in the text
	End   int      `json:"end"`
	Kind  SpanKind `json:"kind"`
	Row   int      `json:"row"` // for cells: the row of the table page, from 0; -1 is the totals row
	Col   int      `json:"col"` // for cells: the column
}

// SpanKind is what a span stands for.
type SpanKind string

// The kinds of spans. A cell span shows the value of one cell of the table, a
// size span its absolute value (the sentence says the direction in words).
const (
	CellSpan   SpanKind = "cell"
	SizeSpan   SpanKind = "size"
	PeriodSpan SpanKind = "period"
	CountSpan  SpanKind = "count" // rows of the table, or a limit of the query
	NameSpan   SpanKind = "name"  // a name or member from the model or the question
)

// arg is an argument of a message.
type arg struct {
	name string
	text text
	n    int // chooses the form; anything but 1 takes the second
}

// word is an argument that is plain wording, such as a joined list.
func word(name, s string) arg { return arg{name: name, text: text{s: s}} }

// spanned is an argument that stands for something as a whole.
func spanned(name, s string, kind SpanKind) arg {
	return arg{name: name, text: spanText(s, Span{Kind: kind})}
}

// said is an argument that is a text with spans of its own.
func said(name string, t text) arg { return arg{name: name, text: t} }

// counted is an argument that is a number of things.
func counted(name string, n int) arg {
	return arg{name: name, text: spanText(strconv.Itoa(n), Span{Kind: CountSpan}), n: n}
}

// spanText is a text that is one span.
func spanText(s string, span Span) text {
	if s == "" {
		return text{}
	}
	span.Start, span.End = 0, len(s)
	return text{s, []Span{span}}
}

// say fills the places of a message.
func (m message) say(args ...arg) text {
	var t text
	t.write(string(m), args)
	return t
}

// mentions reports whether a message has a place of that name.
func (m message) mentions(name string) bool {
	return strings.Contains(string(m), "{"+name+"}")
}

// string is say without the spans.
func (m message) string(args ...arg) string { return m.say(args...).s }

func (t *text) write(template string, args []arg) {
	for template != "" {
		i := strings.IndexAny(template, "{[")
		if i < 0 {
			t.literal(template)
			return
		}
		t.literal(template[:i])
		end := closing(template[i:]) + i
		inside := template[i+1 : end]
		if template[i] == '{' {
			t.place(inside, args)
		} else if filled(inside, args) {
			t.write(inside, args)
		}
		template = template[end+1:]
	}
}

// literal writes words of a language. Where a space sets a number off from the Han
// character before it, one sets it off from what joins on behind it too: 大于 5 的.
func (t *text) literal(s string) {
	first, _ := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("的和或", first) && setOff(t.s) {
		t.s += " "
	}
	t.s += s
}

// setOff reports whether a text ends with an amount behind a Han character and a
// space. A time of day is none.
func setOff(s string) bool {
	at := strings.LastIndexByte(s, ' ')
	if at < 0 || at == len(s)-1 {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	last := s[len(s)-1]
	return unicode.Is(unicode.Han, before) && (last >= '0' && last <= '9' || last == '%') && strings.IndexByte(s[at:], ':') < 0
}

// closing is the index of the bracket that closes the one at index 0.
func closing(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(s) - 1
}

// place writes one argument, or the form that it chooses.
func (t *text) place(name string, args []arg) {
	name, forms, chosen := strings.Cut(name, "|")
	for _, a := range args {
		switch {
		case a.name != name:
		case !chosen:
			t.add(a.text)
			return
		default:
			one, other, _ := strings.Cut(forms, "|")
			if a.n == 1 {
				t.s += one
			} else {
				t.s += other
			}
			return
		}
	}
}

// add appends a text and keeps its spans in place.
func (t *text) add(u text) {
	for _, span := range u.spans {
		span.Start += len(t.s)
		span.End += len(t.s)
		t.spans = append(t.spans, span)
	}
	t.s += u.s
}

// filled reports whether every argument that a group names has text.
func filled(group string, args []arg) bool {
	for _, name := range places(group) {
		ok := false
		for _, a := range args {
			ok = ok || a.name == name && a.text.s != ""
		}
		if !ok {
			return false
		}
	}
	return true
}

// places are the names of the arguments of a template outside inner groups, in
// order.
func places(template string) []string {
	var names []string
	for i := 0; i < len(template); i++ {
		if c := template[i]; c != '{' && c != '[' {
			continue
		}
		end := closing(template[i:]) + i
		if template[i] == '{' {
			name, _, _ := strings.Cut(template[i+1:end], "|")
			names = append(names, name)
		}
		i = end
	}
	return names
}

// join says a list: one, one and two; one, two and three.
func (w *words) join(items []text) text { return joined(items, w.Comma, w.And) }

// joined puts a separator between items, and another before the last.
func joined(items []text, comma, last string) text {
	var t text
	for i, item := range items {
		switch {
		case i == 0:
		case i == len(items)-1:
			t.literal(last)
		default:
			t.s += comma
		}
		t.add(item)
	}
	return t
}

// joinStrings is join for plain wording.
func (w *words) joinStrings(items []string) string {
	return joined(plainTexts(items), w.Comma, w.And).s
}

// either says a list of alternatives: one, two or three.
func (w *words) either(items []string) string { return joined(plainTexts(items), w.Comma, w.Or).s }

func plainTexts(items []string) []text {
	texts := make([]text, len(items))
	for i, item := range items {
		texts[i] = text{s: item}
	}
	return texts
}

// sentence makes the first letter of an English text upper case.
func sentence(t text) text {
	if t.s != "" && t.s[0] >= 'a' && t.s[0] <= 'z' {
		t.s = string(t.s[0]-'a'+'A') + t.s[1:]
	}
	return t
}
