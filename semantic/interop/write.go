package interop

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"wenshu/semantic"
)

// write spells a draft as model files: one for the tables, one for the metrics
// and one for verified questions.
func (d *draft) write() map[string][]byte {
	files := map[string][]byte{}
	w := &writer{}
	w.open(0, "model")
	w.text(1, "name", d.name)
	w.text(1, "description", d.description)
	w.rest(1, d.rest)
	if len(d.tables) > 0 {
		w.open(0, "tables")
		for _, t := range d.tables {
			w.table(t)
		}
	}
	files["tables.yaml"] = w.b.Bytes()
	if further := valueOf(d.sections, "metrics"); len(d.metrics)+len(further) > 0 {
		w = &writer{}
		w.open(0, "metrics")
		for _, m := range d.metrics {
			w.metric(m)
		}
		w.rest(1, further)
		files["metrics.yaml"] = w.b.Bytes()
	}
	for _, f := range d.sections {
		if f.Key != "metrics" {
			w = &writer{}
			w.rest(0, []semantic.TreeField{f})
			files[freeName(f.Key, func(name string) bool { return files[name+".yaml"] != nil })+".yaml"] = w.b.Bytes()
		}
	}
	if len(d.phrases) > 0 {
		w = &writer{}
		w.open(0, "phrases")
		for _, p := range d.phrases {
			w.line(1, fmt.Sprintf("- {words: %s, on: %s, where: %s}", quotedList(p.words), semantic.YAMLText(p.on), semantic.YAMLText(p.where)))
		}
		files["phrases.yaml"] = w.b.Bytes()
	}
	if len(d.questions) > 0 {
		w = &writer{}
		w.open(0, "questions")
		for _, q := range d.questions {
			w.line(1, fmt.Sprintf("- {ask: %s, query: %s%s}", quotedList(q.ask), semantic.YAMLText(q.line), optional(", by: ", q.by)))
		}
		files["questions.yaml"] = w.b.Bytes()
	}
	return files
}

// writer writes YAML. Every text is quoted, so that nothing in it is read as
// YAML.
type writer struct{ b bytes.Buffer }

func (w *writer) line(depth int, text string) {
	w.b.WriteString(strings.Repeat("  ", depth) + text + "\n")
}

func (w *writer) open(depth int, key string) { w.line(depth, key+":") }

// text writes a key with a text, nothing for an empty one.
func (w *writer) text(depth int, key, value string) {
	if value != "" {
		w.line(depth, key+": "+semantic.YAMLText(value))
	}
}

// word writes a key with a word that YAML cannot misread.
func (w *writer) word(depth int, key, value string) {
	if value != "" {
		w.line(depth, key+": "+value)
	}
}

func (w *writer) flag(depth int, key string, value bool) {
	if value {
		w.line(depth, key+": true")
	}
}

func quotedList(texts []string) string {
	parts := make([]string, len(texts))
	for i, t := range texts {
		parts[i] = semantic.YAMLText(t)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func optional(before, text string) string {
	if text == "" {
		return ""
	}
	return before + semantic.YAMLText(text)
}

func (w *writer) said(depth int, s said) {
	w.text(depth, "label", s.label)
	if len(s.synonyms) > 0 {
		w.line(depth, "synonyms: "+quotedList(s.synonyms))
	}
	w.text(depth, "description", s.description)
}

func (w *writer) table(t *table) {
	w.open(1, t.name)
	w.said(2, t.said)
	if t.source != t.name {
		w.text(2, "source", t.source)
	}
	if len(t.keys) > 0 {
		parts := make([]string, len(t.keys))
		for i, k := range t.keys {
			parts[i] = quotedList(k)
		}
		w.line(2, "keys: ["+strings.Join(parts, ", ")+"]")
	}
	w.text(2, "time", t.time)
	w.flag(2, "hidden", t.hidden)
	if t.from != "" {
		w.line(2, fmt.Sprintf("validity: {from: %s, to: %s}", semantic.YAMLText(t.from), semantic.YAMLText(t.to)))
	}
	if len(t.columns) > 0 && !t.loose {
		w.open(2, "columns")
		for _, name := range slices.Sorted(maps.Keys(t.columns)) {
			w.line(3, semantic.YAMLText(name)+": "+typeText(t.columns[name]))
		}
	}
	joins, dimensions := valueOf(t.rest, "joins"), valueOf(t.rest, "dimensions")
	for _, f := range t.rest {
		if f.Key != "joins" && f.Key != "dimensions" {
			w.rest(2, []semantic.TreeField{f})
		}
	}
	if len(t.joins)+len(joins) > 0 {
		w.open(2, "joins")
		for _, j := range t.joins {
			rest := ""
			for _, f := range j.rest {
				rest += ", " + semantic.YAMLText(f.Key) + ": " + flow(f.Value)
			}
			w.line(3, fmt.Sprintf("%s: {to: %s, on: %s%s%s%s}", j.name, semantic.YAMLText(j.to), pairs(j.on)+withCounted(j.with), optional(", at: ", j.at), when(j.many, ", many: true"), rest))
		}
		w.rest(3, joins)
	}
	if len(t.dimensions)+len(dimensions) > 0 {
		w.open(2, "dimensions")
		for _, d := range t.dimensions {
			w.dimension(d)
		}
		w.rest(3, dimensions)
	}
}

func when(ok bool, text string) string {
	if ok {
		return text
	}
	return ""
}

func pairs(on []semantic.ColumnPair) string {
	parts := make([]string, len(on))
	for i, p := range on {
		parts[i] = semantic.YAMLText(p.From) + ": " + semantic.YAMLText(p.To)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// withCounted is the key of a join for columns of the rows that are counted; "" for
// none.
func withCounted(with []semantic.ColumnPair) string {
	if len(with) == 0 {
		return ""
	}
	return ", with: " + pairs(with)
}

func (w *writer) dimension(d *dimension) {
	w.open(3, d.name)
	w.said(4, d.said)
	w.word(4, "type", typeText(d.typ))
	w.text(4, "expr", d.expr)
	if len(d.values) > 0 {
		w.line(4, "values: "+quotedList(d.values))
		w.flag(4, "closed", d.closed)
	}
	w.word(4, "sum", d.sum)
	w.text(4, "same_as", d.same)
	if d.never {
		w.word(4, "index", "never")
	}
	w.rest(4, d.rest)
}

// typeText spells a type; one that nobody knows is a text.
func typeText(t semantic.ColumnType) string { return or(semantic.YAMLType(t), "text") }

func (w *writer) metric(m *metric) {
	w.open(1, m.name)
	w.said(2, m.said)
	w.text(2, "expr", m.expr)
	w.text(2, "where", m.where)
	w.text(2, "time", m.time)
	w.text(2, "unit", m.unit)
	w.word(2, "fill", m.fill)
	w.word(2, "over_time", m.overTime)
	if len(m.per) > 0 {
		w.line(2, "per: "+quotedList(m.per))
	}
	w.word(2, "to_date", m.toDate)
	w.text(2, "window", m.window)
	w.flag(2, "running", m.running)
	w.word(2, "shows", m.period)
	w.text(2, "offset", m.offset)
	w.flag(2, "clamp", m.clamp)
	w.word(2, "at_start", m.atStart)
	if c := m.convert; c != nil {
		w.line(2, fmt.Sprintf("convert: {from: %s, to: %s, by: %s%s%s%s}", semantic.YAMLText(c.from), semantic.YAMLText(c.to), semantic.YAMLText(c.by),
			optional(", within: ", c.within), when(c.rate, ", rate: true"), when(len(c.constant) > 0, ", constant: "+pairs(c.constant))))
	}
	w.rest(2, m.rest)
}

// rest writes what another format has no words for, as a model file said it.
func (w *writer) rest(depth int, fields []semantic.TreeField) {
	for _, f := range fields {
		line := semantic.YAMLWord(f.Key) + ": " + flow(f.Value)
		switch {
		case f.Value.Kind == semantic.MappingTree && len(f.Value.Fields) > 0 && len(line) > maxFlow:
			w.line(depth, semantic.YAMLWord(f.Key)+":")
			w.rest(depth+1, f.Value.Fields)
		case f.Value.Kind == semantic.ListTree && len(f.Value.Items) > 0 && len(line) > maxFlow:
			w.line(depth, semantic.YAMLWord(f.Key)+":")
			w.items(depth+1, f.Value.Items)
		default:
			w.line(depth, line)
		}
	}
}

// maxFlow is how long a value on one line may be, in bytes.
const maxFlow = 120

func (w *writer) items(depth int, items []*semantic.Tree) {
	for _, item := range items {
		if text := flow(item); item.Kind != semantic.MappingTree || len(item.Fields) == 0 || len(text) <= maxFlow {
			w.line(depth, "- "+text)
			continue
		}
		inner := &writer{}
		inner.rest(depth+1, item.Fields)
		margin := strings.Repeat("  ", depth)
		w.b.WriteString(margin + "- " + strings.TrimPrefix(inner.b.String(), margin+"  "))
	}
}

// flow is a tree on one line, in JSON, which is YAML too.
func flow(t *semantic.Tree) string {
	switch {
	case t.Null():
		return "null"
	case t.Kind == semantic.MappingTree:
		parts := make([]string, len(t.Fields))
		for i, f := range t.Fields {
			parts[i] = semantic.YAMLText(f.Key) + ": " + flow(f.Value)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case t.Kind == semantic.ListTree:
		parts := make([]string, len(t.Items))
		for i, item := range t.Items {
			parts[i] = flow(item)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case !t.Quoted && json.Valid([]byte(t.Text)) && !strings.HasPrefix(t.Text, `"`):
		return t.Text
	}
	return semantic.YAMLText(t.Text)
}
