package semantic

import "slices"

// finishDimension resolves the levels and members of a dimension, once the
// types of all are known.
func (l *loader) finishDimension(dd *dimensionDraft) {
	d, o := dd.dimension, dd.o
	if d.Of != nil {
		l.typeEntity(d, o)
	}
	d.Values = o.values(d.Type)
	for _, key := range []string{"closed", "ordered"} {
		if f := o.field(key); f != nil && o.flag(key) && len(d.Values) == 0 {
			l.report(Problem{Code: Missing, Pos: f.pos, Name: "values", Detail: key})
		}
	}
	if d.Sum != "" && d.Sum != "count" && d.Sum != "count_distinct" && !d.Type.isNumber() {
		l.wrongType(o.get("sum"), d.Sum, "number")
	}
	d.Parent = l.dimension(d.Table, o.get("parent"), "parent")
	d.Same = l.sameAs(d, o.get("same_as"))
}

// typeEntity gives a dimension that shows an entity the type of what it shows.
// It reports Missing when the entity has nothing to show.
func (l *loader) typeEntity(d *Dimension, o object) {
	to := d.Of.To
	if len(to.Display) == 0 {
		l.report(Problem{Code: Missing, Pos: o.get("of").pos, Name: "display", Detail: to.Name})
		return
	}
	if f := o.field("type"); f != nil {
		l.report(Problem{Code: Collision, Pos: f.pos, Name: "type", Detail: "of"})
	}
	d.Type = to.Display[0].Type
}

// sameAs finds the dimension that another is conformed with, as
// table.dimension. It reports UnknownName, WrongType and Cycle.
func (l *loader) sameAs(d *Dimension, n *node) *Dimension {
	name, ok := l.name(n, "same_as")
	if !ok {
		return nil
	}
	if len(name.Path) != 2 {
		l.wrongType(n, "same_as", "table.dimension")
		return nil
	}
	t := l.names.tables[name.Path[0]]
	if t == nil {
		l.reportAt(n, name, &Problem{Code: UnknownName, Name: n.text, Near: l.model.everything().nearTables(name), Detail: "table"})
		return nil
	}
	same := l.names.seats[t].dimension(name.Path[1])
	switch {
	case same == nil:
		l.reportAt(n, name, &Problem{Code: UnknownName, Name: n.text, Near: nearest(name.Path[1], dimensionNames(t)), Detail: t.Name})
	case same.Type.Kind != d.Type.Kind:
		l.reportAt(n, name, &Problem{Code: WrongType, Name: n.text, Detail: same.Type.Kind.String()})
		same = nil
	}
	return same
}

// checkJoin wants the other side of a join to be unique on its columns, unless
// it says many, and a moment where the other side holds versions. It reports
// KeyRequired, Missing, WrongType and Collision.
func (l *loader) checkJoin(jd joinDraft) {
	j, o := jd.join, jd.o
	if j.To == nil || len(j.On) == 0 {
		return
	}
	on := o.field("on")
	if at := o.get("at"); at != nil {
		if j.To.Validity == nil {
			l.report(Problem{Code: Missing, Pos: at.pos, Name: "validity", Detail: j.To.Name})
		}
		j.Now, j.Axis = at.text == "now" && dimensionOf(j.From, at.text) == nil, at.text == "time"
		if !j.Now && !j.Axis {
			j.At = l.ownTime(j.From, at)
		}
	}
	var from, to []string
	for _, pair := range j.On {
		from, to = append(from, pair.From), append(to, pair.To)
	}
	for _, pair := range j.With {
		to = append(to, pair.To)
	}
	if repeated(to) || repeated(from) {
		l.report(Problem{Code: Collision, Pos: on.value.pos, Name: "on", Detail: "column"})
	}
	if !j.Many && !j.To.hasKey(to, o.get("at") != nil) {
		p := Problem{Code: KeyRequired, Pos: on.value.pos, Name: j.To.Name, Detail: spell(j.From.Name, j.Name)}
		for _, key := range j.To.Keys {
			p.Near = append(p.Near, key...)
		}
		l.report(p)
	}
}

func repeated(names []string) bool {
	sorted := slices.Sorted(slices.Values(names))
	return len(slices.Compact(sorted)) < len(names)
}

// checkCycles refuses hierarchies and conformed dimensions that lead back to
// where they began. It reports Cycle at each dimension that is part of one.
func (l *loader) checkCycles() {
	parents := l.onCycles(func(d *Dimension) *Dimension { return d.Parent })
	same := l.onCycles(func(d *Dimension) *Dimension { return d.Same })
	for _, draft := range l.tables {
		for _, dd := range draft.dimensions {
			if parents[dd.dimension] {
				l.report(Problem{Code: Cycle, Pos: dd.o.get("parent").pos, Name: dd.dimension.Name, Detail: "parent"})
			}
			if same[dd.dimension] {
				l.report(Problem{Code: Cycle, Pos: dd.o.get("same_as").pos, Name: dd.dimension.Name, Detail: "same_as"})
			}
		}
	}
}

// onCycles returns the dimensions from which following next comes back.
func (l *loader) onCycles(next func(*Dimension) *Dimension) map[*Dimension]bool {
	found := map[*Dimension]bool{}
	walkOf := map[*Dimension]*Dimension{} // the start of the walk that first came by
	for _, t := range l.model.Tables {
		for _, start := range t.Dimensions {
			d := start
			for d != nil && walkOf[d] == nil {
				walkOf[d] = start
				d = next(d)
			}
			for d != nil && walkOf[d] == start && !found[d] {
				found[d] = true
				d = next(d)
			}
		}
	}
	return found
}
