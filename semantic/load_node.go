package semantic

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// object reads the keys of one mapping against its shape.
type object struct {
	l     *loader
	n     *node
	shape *shape
}

// object checks that n is a mapping with known keys, each once, and that the
// keys without which it means nothing are there. A null counts as an empty
// mapping. It reports WrongType, UnknownName with the nearest keys, Collision
// and Missing.
func (l *loader) object(n *node, s *shape) (object, bool) {
	if n.isNull() {
		n = &node{kind: mappingNode, pos: n.pos, file: n.file}
	}
	o := object{l, n, s}
	if n.kind != mappingNode {
		l.wrongType(n, s.name, "mapping")
		return o, false
	}
	seen := make(map[string]bool, len(n.fields))
	for _, f := range n.fields {
		switch {
		case l.full():
			return o, false
		case s.key(f.key) == nil:
			l.report(Problem{Code: UnknownName, Pos: f.pos, Name: f.key, Near: nearest(f.key, s.keyNames()), Detail: s.name})
		case seen[f.key]:
			l.report(Problem{Code: Collision, Pos: f.pos, Name: f.key, Detail: s.name})
		}
		seen[f.key] = true
	}
	ok := true
	for _, k := range s.keys {
		if k.required && !seen[k.name] {
			l.report(Problem{Code: Missing, Pos: n.pos, Name: k.name, Detail: s.name})
			ok = false
		}
	}
	return o, ok
}

// field returns the first entry of a key, or nil.
func (o object) field(key string) *entry {
	if o.l.asked != nil {
		o.l.asked(o.shape, key)
	}
	for i := range o.n.fields {
		if o.n.fields[i].key == key {
			return &o.n.fields[i]
		}
	}
	return nil
}

// get returns the value of a key; nil when it is absent or null.
func (o object) get(key string) *node {
	f := o.field(key)
	if f == nil || f.value.isNull() {
		return nil
	}
	return f.value
}

// text returns a scalar; "" when it is absent.
func (o object) text(key string) string {
	text, _ := o.l.scalar(o.get(key), key)
	return text
}

// flag returns a boolean; false when it is absent.
func (o object) flag(key string) bool {
	n := o.get(key)
	if n == nil {
		return false
	}
	if n.kind != scalarNode || n.quoted || n.text != "true" && n.text != "false" {
		o.l.wrongType(n, key, "boolean")
		return false
	}
	return n.text == "true"
}

// number returns a whole number from low to high; ok is false when it is
// absent or wrong.
func (o object) number(key string, low, high int) (value int, ok bool) {
	n := o.get(key)
	if n == nil {
		return 0, false
	}
	value, err := strconv.Atoi(n.text)
	if n.kind != scalarNode || n.quoted || err != nil || value < low || value > high {
		o.l.wrongType(n, key, "number")
		return 0, false
	}
	return value, true
}

// word returns one of the words; "" when it is absent or none of them.
func (o object) word(key string, words ...string) string {
	n := o.get(key)
	text, ok := o.l.scalar(n, key)
	if !ok {
		return ""
	}
	for _, w := range words {
		if w == text {
			return text
		}
	}
	o.l.report(Problem{Code: WrongType, Pos: n.pos, Name: text, Near: nearestOrAll(text, words), Detail: key})
	return ""
}

// list returns the scalars of a list; a single scalar is a list of one.
func (o object) list(key string) []*node {
	n := o.get(key)
	if n == nil {
		return nil
	}
	items := []*node{n}
	if n.kind == listNode {
		items = n.items
	}
	var scalars []*node
	for _, item := range items {
		if _, ok := o.l.scalar(item, key); ok {
			scalars = append(scalars, item)
		}
	}
	return scalars
}

// texts returns the scalars of a list as texts.
func (o object) texts(key string) []string {
	var texts []string
	for _, n := range o.list(key) {
		texts = append(texts, n.text)
	}
	return texts
}

// entries returns the keys of a mapping of names to values, each name once;
// nil when it is absent.
func (o object) entries(key string) []entry {
	n := o.get(key)
	if n == nil {
		return nil
	}
	if n.kind != mappingNode {
		o.l.wrongType(n, key, "mapping")
		return nil
	}
	seen := map[string]bool{}
	var once []entry
	for _, f := range n.fields {
		if seen[f.key] {
			o.l.report(Problem{Code: Collision, Pos: f.pos, Name: f.key, Detail: key})
			continue
		}
		seen[f.key] = true
		once = append(once, f)
	}
	return once
}

// names reads label, plural, synonyms and description. A name without a label
// gets one from its identifier.
func (o object) names(identifier string) Names {
	names := Names{
		Label:       o.label("label"),
		Plural:      o.text("plural"),
		Synonyms:    o.texts("synonyms"),
		Description: o.label("description"),
	}
	if names.Label == (Label{}) && identifier != "" {
		names.Label = labelOf(strings.TrimSpace(strings.ReplaceAll(identifier, "_", " ")))
	}
	return names
}

// label reads {zh: …, zh-TW: …, en: …} or one text, whose language is that of its script.
func (o object) label(key string) Label {
	n := o.get(key)
	if n == nil {
		return Label{}
	}
	if n.kind == scalarNode {
		return labelOf(n.text)
	}
	both, ok := o.l.object(n, &labelShape)
	if !ok {
		return Label{}
	}
	return Label{ZH: both.text("zh"), TW: both.text("zh-TW"), EN: both.text("en")}
}

// labelOf files a text under Chinese when it holds a Han character.
func labelOf(text string) Label {
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			return Label{ZH: text}
		}
	}
	return Label{EN: text}
}

// scalar returns the text of a scalar; ok is false when n is absent, null or
// something else, which is reported.
func (l *loader) scalar(n *node, key string) (text string, ok bool) {
	if n == nil {
		return "", false
	}
	if n.kind != scalarNode || n.isNull() {
		l.wrongType(n, key, "text")
		return "", false
	}
	if len(n.text) > maxTextBytes {
		l.report(Problem{Code: TooLong, Pos: n.pos, Name: key, Detail: "bytes"})
		return "", false
	}
	return n.text, true
}

func (l *loader) wrongType(n *node, name, want string) {
	l.report(Problem{Code: WrongType, Pos: n.pos, Name: name, Detail: want})
}

// within returns where needle stands in a scalar as a word of its own, or
// where the scalar starts.
func (n *node) within(needle string) Pos {
	if n.file == nil || needle == "" || n.pos.Line < 1 {
		return n.pos
	}
	last := min(n.pos.Line+strings.Count(n.text, "\n")+2, len(n.file.lines))
	for at := n.pos.Line; at <= last; at++ {
		line, skip := n.file.lines[at-1], 0
		if at == n.pos.Line {
			skip = byteColumn(line, n.pos.Column)
		}
		if i := indexWord(line[skip:], needle); i >= 0 {
			return Pos{File: n.pos.File, Line: at, Column: utf8.RuneCountInString(line[:skip+i]) + 1}
		}
	}
	return n.pos
}

// byteColumn is the byte offset of a 1-based column.
func byteColumn(line string, column int) int {
	for i := range line {
		if column--; column == 0 {
			return i
		}
	}
	return len(line)
}

// indexWord is strings.Index for a needle that is not part of a longer name.
func indexWord(line, needle string) int {
	for from := 0; ; {
		i := strings.Index(line[from:], needle)
		if i < 0 {
			return -1
		}
		start, end := from+i, from+i+len(needle)
		before, _ := utf8.DecodeLastRuneInString(line[:start])
		after, _ := utf8.DecodeRuneInString(line[end:])
		if !isNameRune(before) && before != '.' && !isNameRune(after) {
			return start
		}
		from = start + 1
		for from < len(line) && !utf8.RuneStart(line[from]) {
			from++
		}
	}
}

// isNameRune reports whether r may stand in a name after its first letter.
func isNameRune(r rune) bool {
	return r == '_' || r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// objects returns the elements of a list of mappings.
func (o object) objects(key string) []*node {
	n := o.get(key)
	if n == nil {
		return nil
	}
	if n.kind != listNode {
		o.l.wrongType(n, key, "list")
		return nil
	}
	return n.items
}

// offset returns where a span of a scalar's text stands in the file. Where the
// file spells the text in several lines or with escapes, the words of the span
// are looked for.
func (n *node) offset(s Span) Pos {
	if s.Start < 0 || s.End > len(n.text) || s.Start > s.End || n.file == nil || n.pos.Line < 1 || n.pos.Line > len(n.file.lines) {
		return n.pos
	}
	line := n.file.lines[n.pos.Line-1]
	skip := byteColumn(line, n.pos.Column)
	if i := strings.Index(line[skip:], n.text); i == 0 || i == 1 {
		return Pos{File: n.pos.File, Line: n.pos.Line, Column: utf8.RuneCountInString(line[:skip+i+s.Start]) + 1}
	}
	return n.within(n.text[s.Start:s.End])
}
