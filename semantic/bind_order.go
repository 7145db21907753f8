package semantic

// bindHaving binds the condition on results.
func (b *binder) bindHaving() {
	if b.query.Having == nil || b.failed() {
		return
	}
	h := b.post(b.query.Having, scope{})
	if h != nil && typeOf(h, b.plan.Slots, b.plan.Keys).Kind != Bool {
		b.fail(Problem{Code: WrongType, Name: ExprString(b.query.Having), Detail: "condition"})
		return
	}
	b.plan.Having = h
}

// bindOrder binds sort, limit and per, and completes the order with every key so
// that it is total.
func (b *binder) bindOrder() {
	if b.failed() {
		return
	}
	for _, s := range b.query.Sort {
		b.plan.Order = append(b.plan.Order, b.orderOf(s))
	}
	if len(b.query.Sort) == 0 {
		b.defaultOrder()
	}
	b.plan.Sorted = len(b.plan.Order)
	seen := map[int]bool{}
	for _, o := range b.plan.Order {
		if o.Slot < 0 {
			seen[o.Key] = true
		}
	}
	for i := range b.groups {
		if !seen[i] {
			b.plan.Order = append(b.plan.Order, Order{Slot: -1, Key: i})
		}
	}
	b.plan.Limit, b.plan.Offset = b.query.Limit, b.query.Offset
	b.leaveOutUnnamed()
	if b.query.Limit == 0 && (len(b.query.Per) > 0 || b.query.Offset > 0) {
		b.fail(Problem{Code: EmptyQuery, Name: "limit"})
		return
	}
	if len(b.query.Per) > 0 {
		b.plan.Per, _ = b.keysOf(b.query.Per, Call{Func: "limit"})
	}
}

// SharesFirst reports whether all rows that are first within a group are kept: the
// dearest product of each category may be two that cost the same. What has no value
// to be first by is not first. The order of times that nobody asked for makes none
// equal to another.
func (p *Plan) SharesFirst() bool {
	per := p.Per
	if p.Rows != nil {
		per = p.Rows.Per
	}
	return len(per) > 0 && p.Limit == 1 && p.Offset == 0 && p.Sorted > 0 && (len(p.Query.Sort) > 0 || p.FirstBy().Slot >= 0)
}

// FirstBy is the order that was asked for first, where SharesFirst holds.
func (p *Plan) FirstBy() Order { return p.Order[p.Sorted-max(1, len(p.Query.Sort))] }

func (b *binder) orderOf(s Sort) Order {
	e := b.post(s.Expr, scope{})
	if k, ok := e.(KeyRef); ok {
		return Order{Slot: -1, Key: k.Index, Desc: s.Desc}
	}
	return Order{Slot: b.slotOf(e), Desc: s.Desc}
}

// defaultOrder is by time and natural order where there is one, else the largest
// first value first.
func (b *binder) defaultOrder() {
	for i, g := range b.groups {
		if g.grain != (Grain{}) || g.edges != nil || g.since {
			b.plan.Order = append(b.plan.Order, Order{Slot: -1, Key: i})
		}
	}
	if len(b.plan.Order) == 0 && len(b.values) > 0 && len(b.groups) > 0 {
		b.plan.Order = append(b.plan.Order, Order{Slot: b.values[0].slots[0], Desc: true})
	}
}

// leaveOutUnnamed keeps rows without a value for a key out of a ranking, by place
// or by a limit, and out of a condition on results: "the five best stores" are stores. Shares and
// totals still count them, and it is said.
func (b *binder) leaveOutUnnamed() {
	if b.depth > 0 || b.query.Limit == 0 && b.query.Having == nil && !b.ranked {
		return
	}
	for _, i := range b.namedKeys() {
		named := Expr(IsNull{X: KeyRef{i}, Not: true})
		if b.plan.Having != nil {
			named = Binary{Op: And, L: b.plan.Having, R: named}
		}
		b.plan.Having = named
		b.assume(Assumption{What: "unnamed", Value: b.groups[i].name})
	}
}

// namedKeys are the keys by whose values results are told apart in a ranking:
// not periods, not buckets, not those of which the query asks for nulls.
func (b *binder) namedKeys() []int {
	var keys []int
	for i, g := range b.groups {
		if g.name != "" && g.grain == (Grain{}) && g.edges == nil && !g.since && !b.asksForNull(g.name) {
			keys = append(keys, i)
		}
	}
	return keys
}

// asksForNull reports whether the query speaks of missing values of a key.
func (b *binder) asksForNull(name string) bool {
	asked := false
	for _, cond := range []Expr{b.query.Where, b.query.Having} {
		Walk(cond, func(e Expr) {
			if x, ok := e.(IsNull); ok && ExprString(x.X) == name {
				asked = true
			}
		})
	}
	return asked
}
