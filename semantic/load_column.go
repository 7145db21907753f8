package semantic

import (
	"strconv"
	"strings"
	"time"
)

// typeWords are the words for column types. decimal takes its scale in
// parentheses.
var typeWords = []struct {
	word string
	is   ColumnType
}{
	{"text", ColumnType{Kind: Text}},
	{"int", ColumnType{Kind: Int}},
	{"decimal", ColumnType{Kind: Decimal}},
	{"float", ColumnType{Kind: Float}},
	{"bool", ColumnType{Kind: Bool}},
	{"date", ColumnType{Kind: Date}},
	{"timestamp", ColumnType{Kind: Timestamp}},
	{"epoch_s", ColumnType{Kind: Timestamp, Coding: EpochSeconds, Zone: "UTC"}},
	{"epoch_ms", ColumnType{Kind: Timestamp, Coding: EpochMillis, Zone: "UTC"}},
	{"yyyymm", ColumnType{Kind: Date, Coding: YYYYMM}},
	{"yyyymmdd", ColumnType{Kind: Date, Coding: YYYYMMDD}},
	{"yyyy", ColumnType{Kind: Date, Coding: YYYY}},
}

func typeNames() []string {
	names := make([]string, len(typeWords))
	for i, w := range typeWords {
		names[i] = w.word
	}
	return names
}

// maxScale is the largest scale of a declared decimal.
const maxScale = 18

// parseTypeWord reads a type word; ok is false for any other word.
func parseTypeWord(word string) (t ColumnType, ok bool) {
	name, scale, scaled := strings.Cut(word, "(")
	for _, w := range typeWords {
		if w.word == name && (!scaled || name == "decimal") {
			t, ok = w.is, true
		}
	}
	if !ok || !scaled {
		return t, ok && name != "decimal"
	}
	digits, closed := strings.CutSuffix(scale, ")")
	n, err := strconv.ParseUint(digits, 10, 8)
	t.Scale = uint8(n)
	return t, closed && err == nil && n <= maxScale
}

// ParseColumnType reads a type as model files spell it in one word; false for any
// other word.
func ParseColumnType(word string) (ColumnType, bool) { return parseTypeWord(word) }

// columnType reads a type word, or {type, layout, zone}; ok is false when it
// is absent or wrong. It reports WrongType.
func (l *loader) columnType(n *node) (t ColumnType, ok bool) {
	if n == nil {
		return t, false
	}
	if n.kind == scalarNode {
		return l.typeWord(n)
	}
	o, ok := l.object(n, &typeShape)
	if !ok || o.get("type") == nil {
		return t, false
	}
	t, ok = l.typeWord(o.get("type"))
	if !ok {
		return t, false
	}
	if layout := o.text("layout"); layout != "" {
		if t, ok = layoutType(t, layout); !ok {
			l.wrongType(o.get("layout"), layout, "layout")
			return t, false
		}
	}
	if zone := o.zone("zone"); zone != "" {
		if t.Kind != Timestamp {
			l.wrongType(o.get("zone"), zone, "timestamp")
			return t, false
		}
		t.Zone = zone
	}
	return t, true
}

func (l *loader) typeWord(n *node) (ColumnType, bool) {
	word, ok := l.scalar(n, "type")
	if !ok {
		return ColumnType{}, false
	}
	t, ok := parseTypeWord(word)
	if !ok {
		near := nearest(word, typeNames())
		if strings.HasPrefix(word, "decimal") {
			near = []string{"decimal(2)"}
		} else if len(near) == 0 {
			near = typeNames()
		}
		l.report(Problem{Code: WrongType, Pos: n.pos, Name: word, Near: near, Detail: "type"})
	}
	return t, ok
}

// layoutType is the type of a time held as text. A layout that shows a clock
// makes it a timestamp, one without a day whole months; text and date may be said
// for any.
func layoutType(t ColumnType, layout string) (ColumnType, bool) {
	probe := time.Date(2007, time.November, 23, 14, 35, 46, 0, time.UTC)
	back, err := time.Parse(layout, probe.Format(layout))
	if err != nil || t.Coding != Native || t.Kind != Text && t.Kind != Date && t.Kind != Timestamp {
		return t, false
	}
	kind := Date
	if back.Hour() != 0 {
		kind = Timestamp
	}
	day := back.Day() == 23 || back.Day() == 1 && ofMonths(layout)
	whole := back.Year() == 2007 && back.Month() == time.November && day && back.Hour()%14 == 0
	if !whole || t.Kind == Timestamp && kind == Date {
		return t, false
	}
	return ColumnType{Kind: kind, Coding: CodedText, Layout: layout}, true
}

// format reads a style word, or {style, decimals}.
func (o object) format() Format {
	f := Format{Decimals: -1}
	n := o.get("format")
	if n == nil {
		return f
	}
	if n.kind == scalarNode {
		f.Style = o.word("format", styleWords...)
	} else if both, ok := o.l.object(n, &formatShape); ok {
		f.Style = both.word("style", styleWords...)
		if decimals, ok := both.number("decimals", 0, maxScale); ok {
			f.Decimals = decimals
		}
	}
	if f.Style == "number" {
		f.Style = ""
	}
	return f
}

// memberValue reads a declared value in the type of its dimension.
func (l *loader) memberValue(text string, pos Pos, t ColumnType) (Value, bool) {
	v, ok := parseMember(text, t)
	if !ok {
		l.report(Problem{Code: WrongType, Pos: pos, Name: text, Detail: t.Kind.String()})
	}
	return v, ok
}

func parseMember(text string, t ColumnType) (Value, bool) {
	switch t.Kind {
	case Text:
		return TextValue(text), true
	case Int:
		n, err := strconv.ParseInt(text, 10, 64)
		return IntValue(n), err == nil
	case Decimal:
		v, err := ParseDecimal(text)
		return v, err == nil
	case Float:
		f, err := strconv.ParseFloat(text, 64)
		v := FloatValue(f)
		return v, err == nil && !v.IsNull()
	case Bool:
		return BoolValue(text == "true"), text == "true" || text == "false"
	case Date:
		day, err := time.Parse(time.DateOnly, text)
		return DateValue(day), err == nil
	}
	return NullValue, false
}

// values reads declared members: a list of values, or values with their
// aliases or {label, aliases, description}. A value that stands twice is a
// Collision.
func (o object) values(t ColumnType) []Member {
	n := o.get("values")
	if n == nil {
		return nil
	}
	var members []Member
	seen := map[Value]bool{}
	add := func(text string, pos Pos, m Member) {
		v, ok := o.l.memberValue(text, pos, t)
		if !ok {
			return
		}
		m.Value = v
		if seen[v] {
			o.l.report(Problem{Code: Collision, Pos: pos, Name: text, Detail: "values"})
			return
		}
		seen[v] = true
		members = append(members, m)
	}
	if n.kind == listNode {
		for _, item := range o.list("values") {
			add(item.text, item.pos, Member{})
		}
		return members
	}
	for _, e := range o.entries("values") {
		add(e.key, e.pos, o.l.member(e.value))
	}
	return members
}

// member reads what stands behind a value: nothing, aliases, or an object.
func (l *loader) member(n *node) Member {
	if n.isNull() {
		return Member{}
	}
	if n.kind != mappingNode {
		wrapped := object{l, &node{kind: mappingNode, fields: []entry{{key: "aliases", value: n}}, pos: n.pos, file: n.file}, &memberShape}
		return Member{Aliases: wrapped.texts("aliases")}
	}
	o, ok := l.object(n, &memberShape)
	if !ok {
		return Member{}
	}
	return Member{
		Names:   Names{Label: o.label("label"), Description: o.label("description")},
		Aliases: o.texts("aliases"),
	}
}
