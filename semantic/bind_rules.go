package semantic

// guard attaches the rules of a table to a scan of it. A rule whose viewer
// attribute is missing makes the scan empty; a rule that looks along joins
// becomes membership in a nested set of keys, so that it holds at the scan.
func (b *binder) guard(s *Scan, index int) {
	for _, r := range b.model.Rules {
		if r.Table != s.Table || r.Where == nil || !r.Touches(b.viewer) {
			continue
		}
		if b.lacksAttr(r.Where) {
			s.Never = true
			b.note(Guard{Table: s.Table.Name, Rule: r, Denied: true})
			continue
		}
		b.note(Guard{Table: s.Table.Name, Rule: r})
		rule := b.ruleExpr(r, index)
		s.Rules, s.Guards = append(s.Rules, rule), append(s.Guards, r)
		Walk(rule, func(e Expr) {
			if c, ok := e.(Column); ok && c.Scan == index {
				s.use(c.Name)
			}
		})
	}
}

func (b *binder) note(g Guard) {
	for _, old := range b.plan.Guards {
		if old == g {
			return
		}
	}
	b.plan.Guards = append(b.plan.Guards, g)
}

func (b *binder) lacksAttr(e Expr) bool {
	lacks := false
	Walk(e, func(x Expr) {
		if a, ok := x.(ViewerAttr); ok && len(b.viewer.Attrs[a.Attr]) == 0 {
			lacks = true
		}
	})
	return lacks
}

// ruleExpr binds a rule's condition over the columns of one scan.
func (b *binder) ruleExpr(r *Rule, index int) Expr {
	if b.staysHome(r) {
		local := &branch{b: b, home: r.Table, fixed: index, unguarded: true}
		local.scans = []Scan{{Table: r.Table, Parent: -1}}
		return local.condition(r.Where)
	}
	if j := b.firstJoin(r); j != nil && j.With == nil && !(step{join: j}).versioned() { // else the row's own moment decides
		return b.ruleAlong(r, j, index)
	}
	key := firstKey(r.Table)
	if key == nil {
		b.fail(Problem{Code: KeyRequired, Name: r.Table.Name, Pos: r.Pos})
		return Lit{BoolValue(false)}
	}
	on := make([]ColumnPair, len(key))
	for i, col := range key {
		on[i] = ColumnPair{From: col, To: col}
	}
	return b.ruleSet(r.Table, on, r.Where, r.Table, index)
}

// firstJoin is the one join that everything a rule names lies beyond, nil where
// there is none: the rule is then a set of keys of the joined table.
func (b *binder) firstJoin(r *Rule) *Join {
	probe := newBranch(b, r.Table)
	var first *Join
	same := true
	Walk(r.Where, func(e Expr) {
		n, ok := e.(Name)
		if !ok {
			return
		}
		path := probe.pathOf(n)
		if len(path) == 0 || path[0].many() || first != nil && path[0].join != first {
			same = false
			return
		}
		first = path[0].join
	})
	if !same {
		return nil
	}
	return first
}

func (b *binder) ruleAlong(r *Rule, j *Join, index int) Expr {
	where := Rewrite(r.Where, func(e Expr) Expr {
		n, ok := e.(Name)
		if ok && len(n.Path) >= 3 && n.Path[0] == r.Table.Name && n.Path[1] == j.Name {
			return Name{Path: append([]string{j.To.Name}, n.Path[2:]...)}
		}
		return nil
	})
	return b.ruleSet(j.To, j.On, where, r.Table, index)
}

// ruleSet is membership of a scan's columns in those of the rows of a table that
// meet a rule.
func (b *binder) ruleSet(home *Table, on []ColumnPair, where Expr, scanned *Table, index int) Expr {
	inner := newBranch(b, home)
	inner.unguarded = true
	rows := &RowsPlan{Source: home.Warehouse, Distinct: true, Where: []Expr{inner.condition(where)}}
	var xs []Expr
	for _, p := range on {
		rows.Outputs = append(rows.Outputs, inner.column(0, p.To))
		xs = append(xs, Column{Scan: index, Name: p.From, Type: columnType(scanned, p.From)})
	}
	rows.Scans = inner.scans
	return InPlan{X: xs, Plan: &Plan{Model: b.model, Rows: rows}}
}

// staysHome reports whether a rule names only dimensions of its own table.
func (b *binder) staysHome(r *Rule) bool {
	home := true
	Walk(r.Where, func(x Expr) {
		n, ok := x.(Name)
		if !ok {
			return
		}
		if len(n.Path) > 2 || (len(n.Path) == 2 && n.Path[0] != r.Table.Name) {
			home = false
		}
		if len(n.Path) == 1 && dimensionOf(r.Table, n.Path[0]) == nil {
			home = false
		}
	})
	return home
}

func firstKey(t *Table) []string {
	if len(t.Keys) == 0 {
		return nil
	}
	return t.Keys[0]
}

func dimensionOf(t *Table, name string) *Dimension {
	for _, d := range t.Dimensions {
		if d.Name == name {
			return d
		}
	}
	return nil
}

// columnType is the type of a physical column as far as the model declares it.
func columnType(t *Table, col string) ColumnType {
	typ, _ := t.Column(col)
	return typ
}

// permitted refuses a filter on a declared member that a rule hides from the
// viewer: the member is no secret, its rows are.
func (b *binder) permitted(d *Dimension, v Value) {
	if !declared(d, v) {
		return
	}
	for _, r := range b.model.Rules {
		if r.Where == nil || !r.Touches(b.viewer) {
			continue
		}
		for _, c := range Conjuncts(r.Where) {
			in, ok := c.(In)
			if !ok || in.Not || !b.ruleNames(r, in.X, d) {
				continue
			}
			if !b.attrHolds(in.List, v) {
				b.fail(Problem{Code: NotPermitted, Name: v.String(), Detail: d.Name})
			}
		}
	}
}

func declared(d *Dimension, v Value) bool {
	for _, m := range d.Values {
		if m.Value == v {
			return true
		}
	}
	return false
}

// ruleNames reports whether a rule's expression means the dimension, or one that
// is conformed with it.
func (b *binder) ruleNames(r *Rule, x Expr, d *Dimension) bool {
	n, ok := x.(Name)
	if !ok {
		return false
	}
	var of *Dimension
	if len(n.Path) == 1 {
		of = dimensionOf(r.Table, n.Path[0])
	}
	if of == nil {
		if along, ok := b.alongJoins(n); ok {
			of = along
		} else if found := b.visibleDimensions(n); len(found) > 0 {
			of = found[0]
		}
	}
	return of != nil && of.Canonical() == d.Canonical()
}

func (b *binder) attrHolds(list []Expr, v Value) bool {
	for _, x := range list {
		switch x := x.(type) {
		case ViewerAttr:
			for _, a := range b.viewer.Attrs[x.Attr] {
				if a == v.String() {
					return true
				}
			}
		case Lit:
			if x.Value == v {
				return true
			}
		}
	}
	return false
}
