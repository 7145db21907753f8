package reference

import (
	"fmt"
	"strings"
)

// yaml writes the model file of a world.
func (w *world) yaml() string {
	var b strings.Builder
	fmt.Fprintf(&b, "model: {name: world, warehouse: w}\ncalendar: {zone: UTC, fiscal_start: %d%s%s%s}\ntables:\n", w.fiscal,
		word(w.weeks.pattern != "", ", fiscal_weeks: "+w.weeks.pattern+", fiscal_begins: "+w.weeks.begins),
		listedDays("days_off", w.off), listedDays("make_up_days", w.madeUp))
	for _, t := range w.tables {
		t.yaml(&b)
	}
	if len(w.metrics) > 0 {
		b.WriteString("metrics:\n")
	}
	for _, m := range w.metrics {
		if m.kind == "retain" {
			fmt.Fprintf(&b, "  %s: {%s}\n", m.name, m.retainYAML())
			continue
		}
		if m.kind == "convert" {
			fmt.Fprintf(&b, "  %s: {%s}\n", m.name, m.convertYAML())
			continue
		}
		fmt.Fprintf(&b, "  %s: {expr: %s", m.name, quoted(m.expr.line()))
		if m.where != nil {
			fmt.Fprintf(&b, ", where: %s", quoted(m.where.line()))
		}
		if m.fill {
			b.WriteString(", fill: 0")
		}
		if m.time.table != "" {
			fmt.Fprintf(&b, ", time: %s", m.time)
		}
		b.WriteString(m.kindYAML() + "}\n")
	}
	if len(w.rules) > 0 {
		b.WriteString("rules:\n")
	}
	for _, r := range w.rules {
		line := r.area.String() + " in {viewer.area}"
		if r.where != nil {
			line = r.where.line()
		}
		fmt.Fprintf(&b, "  - {table: %s, where: %s}\n", r.table, quoted(line))
	}
	return b.String()
}

func listedDays(key string, days []int64) string {
	text := func(at int64) string { return clockOf(at).Format("2006-01-02") }
	return word(len(days) > 0, ", "+key+": ["+strings.Join(each(days, text), ", ")+"]")
}

func (m *metric) kindYAML() string {
	switch m.kind {
	case "last", "first", "avg", "min", "max":
		return ", over_time: " + m.kind + word(m.per.table != "", ", per: ["+m.per.String()+"]")
	case "offset", "window":
		if m.ofDay != "" {
			return fmt.Sprintf(", offset: %d time.%s", m.n, m.ofDay)
		}
		return fmt.Sprintf(", %s: %d %ss", m.kind, m.n, m.unit) + word(m.clamp, ", clamp: true")
	case "prorate":
		return ", prorate: " + word(m.works, "working_days") + word(!m.works, "true")
	case "running":
		return ", running: true"
	case "to_date":
		return ", to_date: " + m.unit
	}
	return ""
}

func (m *metric) retainYAML() string {
	s := fmt.Sprintf("retain: {from: %s, to: %s, by: %s, every: %s%s}", m.from, m.to, m.by, m.unit, word(m.rate, ", rate: true"))
	if m.where != nil {
		s += ", where: " + quoted(m.where.line())
	}
	return s
}

func (m *metric) convertYAML() string {
	s := fmt.Sprintf("convert: {from: %s, to: %s, by: %s%s", m.from, m.to, m.by, word(m.rate, ", rate: true"))
	if m.n > 0 {
		s += fmt.Sprintf(", within: %d %ss", m.n, m.unit)
	}
	if m.constant[0] != "" {
		s += fmt.Sprintf(", constant: {%s: %s}", m.constant[0], m.constant[1])
	}
	s += "}"
	if m.where != nil {
		s += ", where: " + quoted(m.where.line())
	}
	return s
}

func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func (t *table) yaml(b *strings.Builder) {
	fmt.Fprintf(b, "  %s:\n    warehouse: %s\n    key: [%s]\n    display: [%s]\n", t.name, t.source, strings.Join(t.key, ", "), t.display)
	if t.time != "" {
		fmt.Fprintf(b, "    time: %s\n", t.time)
	}
	if t.valid != nil {
		fmt.Fprintf(b, "    validity: {from: %s%s}\n", t.valid.from, word(t.valid.to != "", ", to: "+t.valid.to))
	}
	if len(t.joins) > 0 {
		b.WriteString("    joins:\n")
	}
	for _, j := range t.joins {
		var on []string
		for _, p := range j.on {
			on = append(on, p[0]+": "+p[1])
		}
		fmt.Fprintf(b, "      %s: {to: %s, on: {%s}%s%s}\n", j.name, j.to, strings.Join(on, ", "), word(j.many, ", many: true"), word(j.at != "", ", at: "+j.at))
	}
	b.WriteString("    dimensions:\n")
	for _, c := range t.columns {
		if !c.foreign {
			fmt.Fprintf(b, "      %s: {type: %s%s}\n", c.name, c.typeName(), word(c.same != "", ", same_as: "+c.same))
		}
	}
	for _, j := range t.joins {
		if j.shown {
			fmt.Fprintf(b, "      %s: {of: %s}\n", j.name, j.name)
		}
	}
	var foreign []string
	for _, c := range t.columns {
		if c.foreign {
			foreign = append(foreign, c.name+": "+c.typeName())
		}
	}
	if len(foreign) > 0 {
		fmt.Fprintf(b, "    columns: {%s}\n", strings.Join(foreign, ", "))
	}
}

func (c column) typeName() string {
	switch c.kind {
	case 'i':
		return "int"
	case 'd':
		return "decimal(2)"
	case 'b':
		return "bool"
	case 't':
		return c.coding
	}
	return "text"
}

// script is the SQL that fills the databases of a source.
func (w *world) script(source string) string {
	var b strings.Builder
	for _, t := range w.tables {
		if t.source != source {
			continue
		}
		var columns []string
		for _, c := range t.columns {
			columns = append(columns, c.name+" "+c.affinity())
		}
		fmt.Fprintf(&b, "CREATE TABLE %s (%s);\n", t.name, strings.Join(columns, ", "))
		for i, r := range t.rows {
			b.WriteString(word(i == 0, "INSERT INTO "+t.name+" VALUES "))
			b.WriteString(word(i > 0, ", "))
			b.WriteString("(" + strings.Join(each(t.columns, func(c column) string { return c.stored(r[c.name]) }), ", ") + ")")
		}
		b.WriteString(";\n")
	}
	return b.String()
}

func (c column) affinity() string {
	switch {
	case c.kind == 'i', c.kind == 'b', c.coding == "epoch_s", c.coding == "yyyymmdd", c.coding == "yyyymm":
		return "INTEGER"
	case c.kind == 'd':
		return "NUMERIC"
	}
	return "TEXT"
}

// stored is a cell as the database holds it.
func (c column) stored(x cell) string {
	switch x.kind {
	case 0:
		return "NULL"
	case 'n':
		return literal(x)
	case 's':
		return quoted(x.text)
	case 'b':
		return fmt.Sprint(x.at)
	}
	switch c.coding {
	case "date":
		return clockOf(x.at).Format("'2006-01-02'")
	case "timestamp":
		return clockOf(x.at).Format("'2006-01-02 15:04:05'")
	case "yyyymmdd":
		return clockOf(x.at).Format("20060102")
	case "yyyymm":
		return clockOf(x.at).Format("200601")
	}
	return fmt.Sprint(x.at)
}
