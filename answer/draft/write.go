package draft

import (
	"fmt"
	"strings"

	"wenshu/semantic"
)

// writer writes one model file, line by line.
type writer struct{ b strings.Builder }

func (w *writer) line(depth int, format string, args ...any) {
	w.b.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(&w.b, format, args...)
	w.b.WriteByte('\n')
}

func (w *writer) bytes() []byte { return []byte(w.b.String()) }

// files writes the whole model.
func (d *drafting) files() map[string][]byte {
	files := map[string][]byte{}
	var w writer
	w.line(0, "# Drafted from the database; every guess stands beside its evidence.")
	w.line(0, "model: {name: %s, warehouse: %s}", semantic.YAMLWord(d.options.Name), semantic.YAMLWord(d.options.Warehouse))
	if zone, evidence := d.zone(); zone != "" {
		w.line(0, "calendar: {zone: %s} # %s", zone, evidence)
	}
	files["model.yaml"] = w.bytes()
	for _, t := range d.tables {
		var w writer
		w.line(0, "tables:")
		d.writeTable(&w, t)
		d.writeMetrics(&w, t)
		d.writePhrases(&w, t)
		d.writeRules(&w, t)
		files["table_"+t.name+".yaml"] = w.bytes()
	}
	return files
}

func (d *drafting) writeTable(w *writer, t *table) {
	w.line(1, "%s:", semantic.YAMLWord(t.name))
	w.names(2, t.label, t.plural, t.synonyms, t.note.description)
	if t.name != t.schema.Name {
		w.line(2, "source: %s", semantic.YAMLWord(t.schema.Name))
	}
	for _, k := range t.keys {
		w.line(2, "# key (%s): %s", strings.Join(namesOf(k.columns), ", "), k.evidence)
	}
	if len(t.keys) == 1 {
		w.line(2, "key: %s", list(namesOf(t.keys[0].columns)))
	} else if len(t.keys) > 1 {
		var all []string
		for _, k := range t.keys {
			all = append(all, list(namesOf(k.columns)))
		}
		w.line(2, "keys: [%s]", strings.Join(all, ", "))
	}
	promised, either := t.eitherTime()
	switch {
	case either:
		w.line(2, "time: %s", semantic.YAMLWord(promised.name()))
	case t.time != nil:
		w.line(2, "time: %s", semantic.YAMLWord(t.time.name))
	case t.partOf != nil:
		w.line(2, "time: %s", semantic.YAMLWord(spelled(t.name)+"."+spelled(t.partOf.name)+"."+spelled(t.partOf.to.timeName())))
	}
	if len(t.display) > 0 && !t.ofCodes {
		var names []string
		for _, c := range t.display {
			names = append(names, c.name)
		}
		w.line(2, "display: %s", list(names))
	}
	switch {
	case t.bridge && !t.offered:
		w.line(2, "hidden: true # holds nothing but which rows belong together")
	case t.ofCodes:
		w.line(2, "hidden: true # holds nothing but what codes mean")
	case t.calledByVerb():
		w.line(2, "hidden: true # called by what rows do, not by what they are")
	}
	w.joins(t)
	w.line(2, "dimensions:")
	written := 0
	for _, c := range t.columns {
		if c.join != nil && c.join.shown() {
			w.entity(c.join)
			written++
		}
		if c.name != "" {
			w.dimension(c)
			written++
		}
	}
	for _, x := range t.durations {
		w.duration(x)
		written++
	}
	if either {
		w.either(promised)
		written++
	}
	if written == 0 {
		w.line(3, "{}")
	}
}

// shown reports whether a join has a dimension that shows where it leads. One
// to a row that is called by the very value needs none.
func (j *join) shown() bool {
	return len(j.here) == 1 && len(j.to.display) > 0 && !j.natural()
}

// natural reports whether a join goes by what people call the row anyway.
func (j *join) natural() bool {
	return len(j.here) == 1 && len(j.to.display) > 0 && j.to.display[0] == j.there[0] && j.there[0].kind.Kind == semantic.Text && j.there[0].role != identity
}

func (w *writer) joins(t *table) {
	if len(t.joins) == 0 {
		return
	}
	w.line(2, "joins:")
	for _, j := range t.joins {
		var pairs []string
		same := true
		for i := range j.here {
			pairs = append(pairs, semantic.YAMLWord(j.here[i].schema.Name)+": "+semantic.YAMLWord(j.there[i].schema.Name))
			same = same && j.here[i].schema.Name == j.there[i].schema.Name
		}
		on := "{" + strings.Join(pairs, ", ") + "}"
		if same {
			on = list(namesOf(j.here))
		}
		label := ""
		if l := labelText(j.label); l != "" && !j.shown() {
			label = ", label: " + l
		}
		w.line(3, "%s: {to: %s, on: %s%s} # %s", semantic.YAMLWord(j.name), semantic.YAMLWord(j.to.name), on, label, j.evidence)
	}
}

// entity writes the dimension that shows the row a join leads to.
func (w *writer) entity(j *join) {
	label := j.label
	if label == (semantic.Label{}) {
		label = j.to.label
	}
	parts := []string{"of: " + semantic.YAMLWord(j.name)}
	if l := labelText(label); l != "" {
		parts = append([]string{"label: " + l}, parts...)
	}
	if len(j.synonyms) > 0 {
		parts = append(parts, "synonyms: "+list(j.synonyms))
	}
	w.line(3, "%s: {%s}", semantic.YAMLWord(j.name), strings.Join(parts, ", "))
}

func (w *writer) dimension(c *column) {
	var parts []string
	add := func(key, value string) {
		if value != "" {
			parts = append(parts, key+": "+value)
		}
	}
	add("label", labelText(c.label))
	if len(c.synonyms) > 0 {
		add("synonyms", list(c.synonyms))
	}
	add("description", descriptionText(c.note.description))
	add("type", typeText(c.kind))
	switch {
	case c.expr != "":
		add("expr", semantic.YAMLWord(c.expr))
	case c.name != c.schema.Name:
		add("expr", semantic.YAMLWord(spelled(c.schema.Name)))
	}
	add("sum", c.sum())
	if unit, _ := c.unit(); unit != "" {
		add("unit", semantic.YAMLWord(unit))
	}
	if c.holdsFractions() {
		add("format", "percent")
	}
	if c.parent != nil && c.parent.name != "" {
		add("parent", semantic.YAMLWord(c.parent.name))
	}
	if c.join != nil && len(c.join.here) == 1 {
		if k := c.join.there[0]; k.name != "" && k.kind.Kind == c.kind.Kind {
			add("same_as", semantic.YAMLWord(spelled(k.table.name)+"."+spelled(k.name)))
		}
	}
	add("index", c.index())
	if len(c.held) > 0 {
		add("values", membersText(c.held))
	}
	if len(parts) == 0 {
		w.line(3, "%s:", semantic.YAMLWord(c.name))
		return
	}
	w.line(3, "%s: {%s}", semantic.YAMLWord(c.name), strings.Join(parts, ", "))
}

func (d *drafting) writeMetrics(w *writer, t *table) {
	first := true
	for _, m := range d.metrics {
		if m.home != t {
			continue
		}
		if first {
			w.line(0, "metrics:")
			first = false
		}
		parts := []string{"expr: " + semantic.YAMLWord(m.expr)}
		if m.where != "" {
			parts = append(parts, "where: "+semantic.YAMLWord(m.where))
		}
		if m.time != "" {
			parts = append(parts, "time: "+m.time)
		}
		if l := labelText(m.label); l != "" {
			parts = append(parts, "label: "+l)
		}
		if len(m.synonyms) > 0 {
			parts = append(parts, "synonyms: "+list(m.synonyms))
		}
		if m.overTime != "" {
			parts = append(parts, "over_time: "+m.overTime)
		}
		w.line(1, "%s: {%s}", semantic.YAMLWord(m.name), strings.Join(parts, ", "))
	}
}

func (w *writer) names(depth int, label semantic.Label, many string, synonyms []string, description string) {
	if l := labelText(label); l != "" {
		w.line(depth, "label: %s", l)
	}
	if many != "" {
		w.line(depth, "plural: %s", semantic.YAMLWord(many))
	}
	if len(synonyms) > 0 {
		w.line(depth, "synonyms: %s", list(synonyms))
	}
	if description != "" {
		w.line(depth, "description: %s", descriptionText(description))
	}
}

func labelText(l semantic.Label) string {
	var parts []string
	if l.ZH != "" {
		parts = append(parts, "zh: "+semantic.YAMLWord(l.ZH))
	}
	if l.EN != "" {
		parts = append(parts, "en: "+semantic.YAMLWord(l.EN))
	}
	if len(parts) == 0 {
		return ""
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func descriptionText(s string) string {
	if s == "" {
		return ""
	}
	lang := "en"
	if hasHan(s) {
		lang = "zh"
	}
	return "{" + lang + ": " + semantic.YAMLText(strings.Join(strings.Fields(s), " ")) + "}"
}

func membersText(members []member) string {
	var parts []string
	for _, m := range members {
		names := labelText(semantic.Label{ZH: m.zh, EN: m.en})
		if len(m.aliases) > 0 {
			names = strings.TrimSuffix(names, "}")
			parts = append(parts, fmt.Sprintf("%s: {label: %s}, aliases: %s}", semantic.YAMLWord(m.value), names, list(m.aliases)))
			continue
		}
		parts = append(parts, fmt.Sprintf("%s: {label: %s}", semantic.YAMLWord(m.value), names))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// typeText spells a type; a text needs none.
func typeText(t semantic.ColumnType) string {
	if t.Kind == semantic.Text && t.Coding == semantic.Native {
		return ""
	}
	return semantic.YAMLType(t)
}

func list(all []string) string {
	var parts []string
	for _, s := range all {
		parts = append(parts, semantic.YAMLWord(s))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}
