package interop

import (
	"slices"

	"wenshu/semantic"
)

// joins leads every entity of a table to the tables that it identifies rows of.
func (p *dbtProject) joins(d *draft) {
	for _, m := range p.models {
		for i := range m.entities {
			e := &m.entities[i]
			if !bareName(e.expr) || e.kind == "natural" {
				continue
			}
			targets := p.targets(m, e.name)
			for _, to := range targets {
				p.join(m, e, to, len(targets) > 1)
			}
		}
	}
}

// targets are the other models whose rows an entity identifies.
func (p *dbtProject) targets(m *dbtModel, entity string) []*dbtModel {
	var list []*dbtModel
	for _, other := range p.models {
		e := other.entity(entity)
		if other == m || e == nil || e.kind == "foreign" || !bareName(e.expr) {
			continue
		}
		list = append(list, other)
	}
	return list
}

func (p *dbtProject) join(m *dbtModel, e *dbtEntity, to *dbtModel, several bool) {
	there := to.entity(e.name)
	j := &join{to: to.table.name, on: []semantic.ColumnPair{{From: e.expr, To: there.expr}}}
	what := "join of " + m.name + " to " + to.name
	for _, part := range to.partitions() {
		own := slices.IndexFunc(m.partitions(), func(d *dimension) bool { return d.name == part.name })
		if own < 0 && p.partitionedBy(part) {
			j.with = append(j.with, semantic.ColumnPair{From: part.column, To: part.column})
			p.changed(e.tree.Pos, what, "%s is partitioned by %s and %s is not: it holds for counted rows that have one", to.name, part.name, m.name)
			continue
		}
		if own < 0 {
			p.lost(e.tree.Pos, what, "%s is partitioned by %s and %s is not: each row would meet one per partition", to.name, part.name, m.name)
			return
		}
		j.on = append(j.on, semantic.ColumnPair{From: m.partitions()[own].column, To: part.column})
	}
	if to.table.from != "" {
		j.at = or(m.table.time, "time")
	}
	name := e.name
	if several {
		name += "_" + to.name
	}
	taken := func(n string) bool { return m.table.join(n) != nil || m.table.dimension(n) != nil }
	if taken(name) {
		name += "_row"
	}
	j.name = freeName(name, taken)
	m.table.joins = append(m.table.joins, j)
}

// partitionedBy reports whether several models have the column of a partition, so
// that the rows of one can tell the partition of another.
func (p *dbtProject) partitionedBy(part *dimension) bool {
	n := 0
	for _, m := range p.models {
		if slices.ContainsFunc(m.partitions(), func(d *dimension) bool { return d.name == part.name && d.column == part.column }) {
			n++
		}
	}
	return n > 1
}

// joinTo is the join of an entity to a model; nil for none.
func (m *dbtModel) joinTo(entity string, to *dbtModel) *join {
	e, there := m.entity(entity), to.entity(entity)
	if e == nil || there == nil {
		return nil
	}
	for _, j := range m.table.joins {
		if j.to == to.table.name && j.on[0] == (semantic.ColumnPair{From: e.expr, To: there.expr}) {
			return j
		}
	}
	return nil
}

// calendars makes the time spines tables. Where a spine has granularities of its
// own, days lead to it, and the granularity is an attribute there.
func (p *dbtProject) calendars(d *draft) {
	for i := range p.spines {
		s := &p.spines[i]
		t := &table{name: freeName(s.source, func(n string) bool { return d.table(n) != nil }), source: s.source, hidden: true, keys: [][]string{{s.column}}}
		d.tables = append(d.tables, t)
		kind := semantic.Date
		if fineGrains[s.grain] {
			kind = semantic.Timestamp
		}
		p.spineColumn(t, s.column, kind)
		t.time = t.dimensions[0].name
		for _, c := range s.custom {
			p.spineColumn(t, c.To, kind)
		}
		if s.grain != "day" {
			for _, c := range s.custom {
				p.lost(s.tree.Pos, "granularity "+c.From, "only those of days are carried")
			}
			continue
		}
		p.toCalendar(t, s)
	}
}

func (p *dbtProject) spineColumn(t *table, column string, kind semantic.Kind) {
	dim := &dimension{name: freeName(column, func(n string) bool { return t.dimension(n) != nil }), column: column}
	if dim.name != column {
		dim.expr = semantic.ExprString(semantic.Name{Path: []string{column}})
	}
	if dim.typ, dim.typed = p.options.column(t.source, column); !dim.typed {
		dim.typ = semantic.ColumnType{Kind: kind}
	}
	t.dimensions = append(t.dimensions, dim)
}

// toCalendar joins the days of every model to a spine with granularities.
func (p *dbtProject) toCalendar(t *table, s *dbtSpine) {
	if len(s.custom) == 0 {
		return
	}
	for _, m := range p.models {
		for i := range m.dimensions {
			src := &m.dimensions[i]
			dim := m.table.dimension(src.out())
			if src.kind != "time" || src.grain != "day" || dim == nil || dim.column == "" {
				continue
			}
			name := freeName(dim.name+"_calendar", func(n string) bool { return m.table.join(n) != nil || m.table.dimension(n) != nil })
			m.table.joins = append(m.table.joins, &join{name: name, to: t.name, on: []semantic.ColumnPair{{From: dim.column, To: s.column}}})
		}
	}
}

// calendarOf is the path from a day to a granularity of its own.
func (p *dbtProject) calendarOf(m *dbtModel, dim *dimension, grain string, d *draft) []string {
	for i := range p.spines {
		s := &p.spines[i]
		for _, c := range s.custom {
			if c.From != grain {
				continue
			}
			for _, j := range m.table.joins {
				t := d.table(j.to)
				if t.source == s.source && j.on[0].From == dim.column && j.on[0].To == s.column {
					for _, x := range t.dimensions {
						if x.column == c.To {
							return []string{j.name, x.name}
						}
					}
				}
			}
		}
	}
	return nil
}

func (p *dbtProject) isCustom(grain string) bool {
	for _, s := range p.spines {
		for _, c := range s.custom {
			if c.From == grain {
				return true
			}
		}
	}
	return false
}
