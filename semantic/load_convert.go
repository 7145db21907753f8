package semantic

// isStep wants a metric whose rows are events: one aggregate of one table. It
// reports MixedShape.
func (l *loader) isStep(m *Metric, at *node) bool {
	ok := m.Home != nil && (m.Kind == Simple || m.Kind == Derived) && l.isAggregate(m.Expr)
	if !ok && m.Expr != nil {
		l.report(Problem{Code: MixedShape, Pos: at.pos, Name: m.Name, Detail: Converting.String()})
	}
	return ok
}

func (l *loader) isAggregate(e Expr) bool {
	for range 16 {
		switch x := e.(type) {
		case Filtered:
			e = x.X
		case Name:
			d := l.drafts[x.Path[0]]
			if len(x.Path) != 1 || d == nil {
				return false
			}
			e = d.metric.Expr
		case Call:
			return aggregates[x.Func] && len(x.Per) == 0
		default:
			return false
		}
	}
	return false
}

// checkConversion wants both events in one warehouse, the entity known to the
// converting one and the constants to either. It reports UnsupportedBySource,
// KeyRequired, NoPath and UnknownName.
func (l *loader) checkConversion(c *Conversion, o object) {
	from, to := c.Base.Home, c.To.Home
	if from.Warehouse != to.Warehouse {
		l.report(Problem{Code: UnsupportedBySource, Pos: o.get("to").pos, Name: c.To.Name, Detail: to.Warehouse})
		return
	}
	if from == to && firstKey(from) == nil && c.Every == NoUnit {
		l.report(Problem{Code: KeyRequired, Pos: o.get("to").pos, Name: from.Name})
	}
	if !l.knows(to, c.Entity) {
		l.report(Problem{Code: NoPath, Pos: o.get("by").pos, Name: spell(c.Entity.Table.Name, c.Entity.Name), Detail: to.Name})
	}
	if c.Every != NoUnit {
		return
	}
	for _, e := range o.entries("constant") {
		text, _ := l.scalar(e.value, "constant")
		l.checkConstant(from, e.key, e.pos)
		l.checkConstant(to, text, e.value.pos)
	}
}

func (l *loader) checkConstant(t *Table, name string, pos Pos) {
	if _, p := l.model.ResolveColumn(t, Name{[]string{t.Name, name}}); p != nil && p.Code != "" {
		l.report(Problem{Code: UnknownName, Pos: pos, Name: spell(t.Name, name), Near: nearest(name, dimensionNames(t)), Detail: "column"})
	}
}

// knows reports whether rows of a table know the entity that a dimension names:
// joins lead to it, or to what is the same.
func (l *loader) knows(home *Table, d *Dimension) bool {
	if d.Of != nil {
		_, _, ok := l.model.Path(home, d.Of.To)
		return ok
	}
	for _, t := range l.model.Tables {
		for _, other := range t.Dimensions {
			if other.Canonical() != d.Canonical() {
				continue
			}
			if _, _, ok := l.model.Path(home, t); ok {
				return true
			}
		}
	}
	return false
}
