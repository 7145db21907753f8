package semantic

import "slices"

// sharing is what sets apart sums whose rows lie in several groups.
const sharing = "shared"

// settleShared says of sums and counts that their groups share rows: an order that
// has three products counts in full for each of them, once. That is what the
// question asks, and the groups are more together than the whole; an amount that the
// lines themselves have is offered beside it.
func (b *binder) settleShared() {
	if b.depth > 0 {
		return
	}
	apart := *b.plan // as if each row were in one group
	apart.Branches = slices.Clone(b.plan.Branches)
	for i := range apart.Branches {
		apart.Branches[i].Distinct = nil
	}
	for _, v := range b.values {
		e := Slot{v.slots[0]}
		if e.Index < 0 || b.plan.adding(e).sums || !apart.adding(e).sums {
			continue
		}
		if br := b.sharedBranch(e); br != nil {
			b.assume(Assumption{What: sharing, Value: br.Scans[0].Table.Name, Others: b.amountsOfLines(br.Scans[0].Table, e)})
		}
	}
}

// sharedBranch is the first branch of an expression over slots whose rows lie in
// several groups; nil for none.
func (b *binder) sharedBranch(e Expr) *Branch {
	var found *Branch
	Walk(e, func(x Expr) {
		s, ok := x.(Slot)
		if !ok || found != nil {
			return
		}
		switch d := b.plan.Slots[s.Index].(type) {
		case FromBranch:
			if b.plan.Branches[d.Branch].Distinct != nil {
				found = &b.plan.Branches[d.Branch]
			}
		case Computed:
			found = b.sharedBranch(d.Expr)
		}
	})
	return found
}

// amountsOfLines names the metrics that add up the like of a value over rows each of
// which belongs to one row of the home and to one group; only for a query of that
// value alone.
func (b *binder) amountsOfLines(home *Table, e Slot) []string {
	col := slices.IndexFunc(b.plan.Columns, func(c OutColumn) bool { return c.Slot == e.Index })
	d, plain := b.plan.Slots[e.Index].(FromBranch)
	if col < 0 || !plain || len(b.query.Items) != 1 || b.query.Having != nil || b.plan.Branches[d.Branch].Measures[d.Measure].Func != "sum" {
		return nil
	}
	of := b.plan.Columns[col]
	var names []string
	for _, m := range b.view.Metrics() {
		c, ok := m.Expr.(Call)
		if !ok || m.Kind != Simple || c.Func != "sum" || len(c.Args) != 1 || m.Home == nil || m.Home == home || m.Unit != of.Unit || b.kindOfColumns(m.Home, c.Args[0]) != of.Type.Kind {
			continue
		}
		if b.leadsAlone(m.Home, home) && !slices.ContainsFunc(b.groups, func(g group) bool { return g.dim != nil && !b.leadsAlone(m.Home, g.dim.Table) }) {
			names = append(names, m.Name)
		}
	}
	return names[:min(len(names), 3)]
}

// leadsAlone reports whether each row of a table leads to one row of another at most.
func (b *binder) leadsAlone(from, to *Table) bool {
	if from == to {
		return true
	}
	_, _, found := b.model.Path(from, to)
	return found
}

// kindOfColumns is the kind of number that arithmetic over a table's columns gives:
// the widest of theirs.
func (b *binder) kindOfColumns(home *Table, e Expr) Kind {
	widest := Kind(Int)
	Walk(e, func(x Expr) {
		n, ok := x.(Name)
		if !ok {
			return
		}
		t := columnType(home, n.Path[len(n.Path)-1])
		if d := dimensionOf(home, n.Path[len(n.Path)-1]); d != nil {
			t = d.Type
		}
		if t.Kind == Float || t.Kind == Decimal && widest == Int {
			widest = t.Kind
		}
	})
	return widest
}
