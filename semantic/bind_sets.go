package semantic

// exists asks whether a row beyond a multiplying join meets all conditions.
func (br *branch) exists(way []step, conds []Expr) Expr {
	last := way[len(way)-1]
	if last.versioned() {
		return br.existsVersion(way, conds)
	}
	scan := br.scan(way[:len(way)-1])
	inner := newBranch(br.b, last.to())
	inner.axis = br.axis
	rows := &RowsPlan{Source: br.home.Warehouse, Distinct: true}
	var xs []Expr
	for _, p := range last.pairs() {
		xs = append(xs, br.column(scan, p.From))
		rows.Outputs = append(rows.Outputs, inner.column(0, p.To))
	}
	rows.Where = inner.conditions(conds)
	for i := range inner.scans {
		br.b.guard(&inner.scans[i], i)
	}
	rows.Scans = inner.scans
	return InPlan{X: xs, Plan: &Plan{Model: br.b.model, Rows: rows}}
}

func (br *branch) membership(x In) Expr {
	if x.Sub != nil {
		return br.inSet(x)
	}
	d := br.dimOf(x.X)
	if d != nil && d.Type.Finest() != NoUnit {
		var any Expr
		for _, item := range x.List {
			test := br.compareTime(Binary{Op: Eq, L: x.X, R: item}, d, literalOf(item))
			any = joined(Or, any, test)
		}
		if x.Not {
			return br.keepNulls(Unary{Op: Not, X: any}, br.operand(x.X), d)
		}
		return any
	}
	left := br.operand(x.X)
	out := In{X: left, Not: x.Not}
	for _, item := range x.List {
		out.List = append(out.List, br.listed(d, item)...)
	}
	if len(out.List) == 0 {
		return Lit{BoolValue(x.Not)}
	}
	if x.Not && d != nil {
		return br.keepNulls(out, left, d)
	}
	return out
}

func literalOf(e Expr) Value {
	if l, ok := e.(Lit); ok {
		return l.Value
	}
	return NullValue
}

// listed binds one item of a list; a viewer's attribute stands for its values.
func (br *branch) listed(d *Dimension, item Expr) []Expr {
	switch x := item.(type) {
	case ViewerAttr:
		var list []Expr
		for _, a := range br.b.viewer.Attrs[x.Attr] {
			v := TextValue(a)
			if d != nil {
				if fitted, ok := Coerce(v, d.Type); ok {
					v = fitted
				}
			}
			list = append(list, Lit{v})
		}
		return list
	case Lit:
		if d == nil {
			return []Expr{x}
		}
		if v, ok := br.literal(d, x.Value); ok {
			return []Expr{Lit{v}}
		}
		return nil
	}
	return []Expr{br.operand(item)}
}

// inSet binds membership in the keys of a nested query. For an entity the keys
// of its table are compared, for a dimension its values.
func (br *branch) inSet(x In) Expr {
	n, ok := x.X.(Name)
	if !ok {
		br.b.fail(Problem{Code: WrongType, Name: ExprString(x.X), Detail: "set"})
		return nil
	}
	entity, _ := br.entityOf(n)
	plan := br.b.bindNested(x.Sub, entity)
	if plan == nil {
		return nil
	}
	xs := br.setKeys(n)
	width := len(plan.Keys)
	if plan.Rows != nil {
		width = len(plan.Rows.Outputs)
	}
	if xs == nil || width != len(xs) {
		br.b.fail(Problem{Code: WrongType, Name: dotted(n), Detail: "set"})
		return nil
	}
	if plan.source() != br.home.Warehouse {
		br.b.fail(Problem{Code: NotComputed, Name: dotted(n), Detail: "set across warehouses"})
		return nil
	}
	return InPlan{X: xs, Plan: plan, Not: x.Not}
}

// entityOf is the entity that a name means and how it is reached, nil for a
// dimension.
func (br *branch) entityOf(n Name) (entity *Table, via Name) {
	b := br.b
	if len(b.visibleDimensions(n)) == 0 {
		return b.entity(n), n
	}
	if t := b.sharedEntity(n, []*Table{br.home}); t != nil {
		return t, Name{Path: []string{t.Name}}
	}
	if d := b.dimension(n, []*Table{br.home}); d != nil && d.Of != nil {
		return d.Of.To, Name{Path: []string{d.Of.From.Name, d.Of.Name}}
	}
	return nil, n
}

func (br *branch) setKeys(n Name) []Expr {
	entity, via := br.entityOf(n)
	if entity == nil {
		v, _ := br.resolve(n)
		if v == nil {
			return nil
		}
		return []Expr{v}
	}
	var xs []Expr
	for _, col := range firstKey(entity) {
		xs = append(xs, br.entityColumn(group{entity: entity, via: via, column: col}))
	}
	return xs
}

// eachByItself reports a plan in which no group or row has a part in another: it
// may hold more of them without a change to the rest.
func (p *Plan) eachByItself() bool {
	if p.Limit > 0 || p.Spine != nil || p.Clip {
		return false
	}
	for _, s := range p.Slots {
		if _, over := s.(OverRows); over {
			return false
		}
	}
	for _, b := range p.Branches {
		for _, k := range b.Keys {
			if k == nil {
				return false
			}
		}
	}
	return true
}

// source is the one warehouse a plan reads, "" when it reads several.
func (p *Plan) source() string {
	if p.Rows != nil {
		return p.Rows.Source
	}
	for i := range p.Branches {
		if p.Branches[i].Source != p.Branches[0].Source {
			return ""
		}
	}
	if len(p.Branches) == 0 {
		return ""
	}
	return p.Branches[0].Source
}
