package semantic

import "slices"

// linkJoins finds the table that each join leads to. It reports UnknownName,
// and UnsupportedBySource for a join from one warehouse into another.
func (l *loader) linkJoins() {
	byName := map[string]*Table{}
	var tableNames []string
	for _, t := range l.model.Tables {
		byName[t.Name] = t
		tableNames = append(tableNames, t.Name)
	}
	for _, draft := range l.tables {
		for _, j := range draft.joins {
			to := j.o.get("to")
			if to == nil || to.kind != scalarNode {
				continue
			}
			t := byName[to.text]
			switch {
			case l.full():
				return
			case t == nil:
				l.report(Problem{Code: UnknownName, Pos: to.pos, Name: to.text, Near: nearest(to.text, tableNames), Detail: "table"})
			case t.Warehouse != draft.table.Warehouse:
				l.report(Problem{Code: UnsupportedBySource, Pos: to.pos, Name: to.text, Detail: "join"})
			default:
				j.join.To = t
			}
		}
	}
}

// linkTables resolves what tables say about their own and other tables'
// dimensions, then checks the keys that joins rely on.
func (l *loader) linkTables() {
	for _, draft := range l.tables {
		for i := range draft.dimensions {
			if l.full() {
				return
			}
			l.linkDimension(&draft.dimensions[i])
		}
	}
	for _, draft := range l.tables {
		l.linkTable(draft)
	}
	for _, draft := range l.tables {
		for i := range draft.dimensions {
			if l.full() {
				return
			}
			l.finishDimension(&draft.dimensions[i])
		}
		for _, j := range draft.joins {
			l.checkJoin(j)
		}
	}
	for _, draft := range l.tables {
		l.linkDetail(draft)
	}
	l.checkCycles()
}

// linkTable resolves the default time, the validity and the display.
func (l *loader) linkTable(draft *tableDraft) {
	t, o := draft.table, draft.o
	t.Time = l.timeDimension(t, o.get("time"), "time")
	if v := o.get("validity"); v != nil {
		if bounds, ok := l.object(v, &validityShape); ok {
			from := l.ownTime(t, bounds.get("from"))
			to := l.ownTime(t, bounds.get("to"))
			if from != nil && (to != nil || bounds.get("to") == nil) {
				t.Validity = &Validity{from, to}
			}
		}
	}
	for _, n := range o.list("display") {
		if d := l.ownDimension(t, n); d != nil && d.Index == IndexNever {
			l.report(Problem{Code: WrongType, Pos: n.pos, Name: n.text, Detail: "display"})
		} else if d != nil {
			t.Display = append(t.Display, d)
		}
	}
	for _, d := range t.Dimensions {
		column, bare := bareColumn(d)
		d.Key = bare && d.Of == nil && slices.ContainsFunc(t.Keys, func(key []string) bool { return len(key) == 1 && key[0] == column })
		if d.Key && len(t.Display) == 0 && o.field("display") == nil {
			t.Display = []*Dimension{d}
		}
	}
}

// ownDimension returns the dimension of the table that a value names. It
// reports UnknownName.
func (l *loader) ownDimension(t *Table, n *node) *Dimension {
	name, ok := l.scalar(n, "dimension")
	if !ok {
		return nil
	}
	d := l.names.seats[t].dimension(name)
	if d == nil {
		l.report(Problem{Code: UnknownName, Pos: n.pos, Name: name, Near: nearest(name, dimensionNames(t)), Detail: t.Name})
	}
	return d
}

func dimensionNames(t *Table) []string {
	var all []string
	for _, d := range t.Dimensions {
		all = append(all, d.Name)
	}
	return all
}

// ownTime is ownDimension for a time. It reports WrongType for another type.
func (l *loader) ownTime(t *Table, n *node) *Dimension {
	d := l.ownDimension(t, n)
	if d != nil && !d.Type.isTime() {
		l.report(Problem{Code: WrongType, Pos: n.pos, Name: n.text, Detail: "time"})
		return nil
	}
	return d
}

func (t ColumnType) isTime() bool   { return t.Kind == Date || t.Kind == Timestamp }
func (t ColumnType) isNumber() bool { return t.Kind == Int || t.Kind == Decimal || t.Kind == Float }

// timeDimension resolves a time axis, seen from a table. It reports what
// Resolve does, and WrongType.
func (l *loader) timeDimension(home *Table, n *node, key string) *Dimension {
	d := l.dimension(home, n, key)
	if d != nil && !d.Type.isTime() {
		l.report(Problem{Code: WrongType, Pos: n.pos, Name: n.text, Detail: "time"})
		return nil
	}
	return d
}

// dimension resolves the name of a dimension, seen from a table.
func (l *loader) dimension(home *Table, n *node, key string) *Dimension {
	name, ok := l.name(n, key)
	if !ok {
		return nil
	}
	c, problem := l.model.Resolve(home, name)
	if problem == nil && c.Dimension == nil {
		problem = &Problem{Code: WrongType, Name: n.text, Detail: "dimension"}
	}
	if problem != nil {
		l.reportAt(n, name, problem)
		return nil
	}
	return c.Dimension
}

// name reads a value that must be a name.
func (l *loader) name(n *node, key string) (Name, bool) {
	text, ok := l.scalar(n, key)
	if !ok {
		return Name{}, false
	}
	x, err := ParseExpr(text)
	if err != nil {
		l.reportText(n, err)
		return Name{}, false
	}
	name, ok := x.(Name)
	if !ok {
		l.wrongType(n, key, "name")
	}
	return name, ok
}

// reportAt reports a problem with a name where the name stands in a scalar. A
// problem without a code follows from another one and is not reported.
func (l *loader) reportAt(n *node, name Name, p *Problem) {
	if p.Code == "" {
		return
	}
	p.Pos = n.within(spell(name.Path...))
	l.report(*p)
}

// linkDimension resolves the entity that a dimension shows, then checks its
// expression.
func (l *loader) linkDimension(dd *dimensionDraft) {
	d, o := dd.dimension, dd.o
	own := l.names.seats[d.Table]
	j := own.join(d.Name)
	if of := o.get("of"); of != nil {
		l.linkEntity(d, o, of)
	} else if j != nil || own.brokenJoin(d.Name) {
		l.report(Problem{Code: Collision, Pos: d.Pos, Name: d.Name, Detail: "join"})
	}
	if x := o.get("expr"); x != nil && d.Of == nil {
		l.checkColumns(d, x)
	}
	if !dd.typed {
		l.inferType(d, o)
	}
}

// linkEntity makes a dimension show the entity that a join leads to: its
// expression is the join's column.
func (l *loader) linkEntity(d *Dimension, o object, of *node) {
	name, ok := l.scalar(of, "of")
	if !ok {
		return
	}
	s := l.names.seats[d.Table]
	j := s.join(name)
	switch {
	case s.brokenJoin(name):
	case j == nil:
		var all []string
		for _, j := range d.Table.Joins {
			all = append(all, j.Name)
		}
		l.report(Problem{Code: UnknownName, Pos: of.pos, Name: name, Near: nearest(name, all), Detail: "join"})
	case o.get("expr") != nil:
		l.report(Problem{Code: Collision, Pos: o.get("expr").pos, Name: "expr", Detail: "of"})
	case s.joins[d.Name] != nil && s.joins[d.Name] != j:
		l.report(Problem{Code: Collision, Pos: d.Pos, Name: d.Name, Detail: "join"})
	default:
		d.Of = j
		if len(j.On) > 0 {
			d.Expr = Name{[]string{j.On[0].From}}
		}
	}
}

// checkColumns wants the names in a dimension's expression to be columns of its
// own table. A name that another dimension has, which is not just that column,
// would mean two things. It reports UnknownName, AmbiguousName and MixedShape.
func (l *loader) checkColumns(d *Dimension, at *node) {
	l.checkCalls(d.Expr, at, ScalarFunc)
	namesIn(d.Expr, func(n Name) {
		if len(n.Path) > 1 {
			l.reportAt(at, n, &Problem{Code: UnknownName, Name: spell(n.Path...), Near: []string{n.Path[len(n.Path)-1]}, Detail: "column"})
			return
		}
		other := l.names.seats[d.Table].dimension(n.Path[0])
		if other == nil || other == d {
			return
		}
		if column, bare := bareColumn(other); !bare || column != other.Name {
			l.reportAt(at, n, &Problem{Code: AmbiguousName, Name: n.Path[0], Detail: spell(d.Table.Name, other.Name)})
		}
	})
	walkExpr(d.Expr, func(x Expr) bool {
		switch x := x.(type) {
		case ViewerAttr:
			l.reportAt(at, Name{[]string{"viewer", x.Attr}}, &Problem{Code: UnknownName, Name: "viewer." + x.Attr})
		case In:
			if x.Sub != nil {
				l.report(Problem{Code: NotComputed, Pos: at.pos, Name: d.Name, Detail: "in"})
			}
		case Filtered:
			l.report(Problem{Code: MixedShape, Pos: at.pos, Name: d.Name, Detail: "{}"})
		}
		return true
	})
}

// checkCalls wants every call to be a known function of the given kind with a
// legal number of arguments. It reports UnknownName, WrongType and MixedShape.
func (l *loader) checkCalls(x Expr, at *node, kind FunctionKind) {
	walkExpr(x, func(x Expr) bool {
		call, ok := x.(Call)
		if !ok {
			return true
		}
		if f, known := l.function(call, at); known && f.Kind != kind {
			l.reportAt(at, Name{[]string{call.Func}}, &Problem{Code: MixedShape, Name: call.Func})
		}
		return true
	})
}

// function returns the function of a call. It reports UnknownName, and
// WrongType for a wrong number of arguments.
func (l *loader) function(call Call, at *node) (Function, bool) {
	f, known := FunctionNamed(call.Func)
	name := Name{[]string{call.Func}}
	switch n := len(call.Args); {
	case !known:
		l.reportAt(at, name, &Problem{Code: UnknownName, Name: call.Func, Near: nearest(call.Func, functionNames()), Detail: "function"})
	case n < f.MinArgs || f.MaxArgs >= 0 && n > f.MaxArgs:
		l.reportAt(at, name, &Problem{Code: WrongType, Name: call.Func, Detail: "arguments"})
		return f, false
	}
	return f, known
}

// inferType gives a dimension without a type the one that its column is
// declared with, a truth value that of a boolean, and a plain column that of a
// text. Every other calculation has to say its type, which is Missing.
func (l *loader) inferType(d *Dimension, o object) {
	if column, bare := bareColumn(d); bare {
		for _, c := range d.Table.Columns {
			if c.Name == column {
				d.Type = c.Type
			}
		}
		return
	}
	switch kindOf(d.Expr) {
	case Bool:
		d.Type = ColumnType{Kind: Bool}
	case Text:
		d.Type = ColumnType{Kind: Text}
	default:
		l.report(Problem{Code: Missing, Pos: o.get("expr").pos, Name: "type", Detail: d.Name})
	}
}

// kindOf is the kind of an expression as far as its form tells: Null where it
// does not.
func kindOf(x Expr) Kind {
	switch x := x.(type) {
	case Lit:
		return x.Value.Kind()
	case Binary:
		if x.Op <= Ge {
			return Bool
		}
	case Unary:
		if x.Op == Not {
			return Bool
		}
	case In, Between, IsNull, Match, During:
		return Bool
	case Call:
		if x.Func == "lower" || x.Func == "upper" {
			return Text
		}
	case Case:
		kind := kindOf(x.Whens[0].Then)
		for _, w := range x.Whens[1:] {
			if kindOf(w.Then) != kind {
				return Null
			}
		}
		if x.Else != nil && kindOf(x.Else) != kind && kindOf(x.Else) != Null {
			return Null
		}
		return kind
	}
	return Null
}
