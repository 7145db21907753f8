package semantic

// bindList binds a query that lists rows of one table.
func (b *binder) bindList() {
	q := b.query
	if len(q.By) > 0 || q.Having != nil || len(q.Versus) > 0 || len(q.Show) > 0 || q.Totals || q.Fill != NoFill {
		b.fail(Problem{Code: MixedShape, Detail: "list"})
		return
	}
	if len(q.Per) > 0 && (q.List.Distinct || b.depth > 0 || q.Limit == 0) {
		b.fail(Problem{Code: NotComputed, Name: "limit", Detail: "rows per group"})
		return
	}
	if len(q.List.With) > 0 {
		b.bindTogether()
		return
	}
	home := b.homeOfList()
	if home == nil {
		return
	}
	br := newBranch(b, home)
	rows := &RowsPlan{Source: home.Warehouse, Distinct: q.List.Distinct}
	for _, it := range q.Items {
		b.listItem(br, rows, it)
	}
	b.listWindow(br, home)
	if b.failed() {
		return
	}
	br.applyWhere()
	br.applyWindow()
	b.listDetail(br, rows)
	b.listPer(br, rows)
	b.listOrder(br, rows)
	if b.failed() {
		return
	}
	for i := range br.scans {
		b.guard(&br.scans[i], i)
	}
	if br.fanned {
		rows.Distinct = true
		if len(rows.Per) > 0 {
			b.fail(Problem{Code: NotComputed, Name: "limit", Detail: "rows per group"})
			return
		}
	}
	rows.Scans, rows.Where = br.scans, br.where
	b.plan.Rows = rows
	b.plan.Limit, b.plan.Offset = q.Limit, q.Offset
}

// homeOfList is the table whose rows are listed: the one that the query names,
// or the nearest that reaches everything that is shown.
func (b *binder) homeOfList() *Table {
	if b.query.List.From != "" {
		t := b.model.Table(b.query.List.From)
		if t == nil {
			b.fail(Problem{Code: UnknownName, Name: b.query.List.From, Near: b.view.Nearest(b.query.List.From, 3)})
		}
		return t
	}
	var tables []*Table
	for _, it := range b.query.Items {
		Walk(it.Expr, func(e Expr) {
			if n, ok := e.(Name); ok && !isTime(n) {
				if t := b.tableOfListed(n); t != nil {
					tables = append(tables, t)
				}
			}
		})
	}
	if b.failed() {
		return nil
	}
	if len(tables) == 0 {
		b.fail(Problem{Code: EmptyQuery, Detail: "list"})
		return nil
	}
	return b.nearestHome(tables)
}

func (b *binder) tableOfListed(n Name) *Table {
	dims := b.visibleDimensions(n)
	if len(n.Path) >= 3 {
		return b.model.Table(n.Path[0])
	}
	if len(dims) == 0 {
		if t := b.entity(n); t != nil {
			return t
		}
		if b.metric(n) != nil {
			b.fail(Problem{Code: MixedShape, Name: dotted(n), Detail: "list"})
			return nil
		}
		b.failUnknown(n)
		return nil
	}
	if len(dims) == 1 {
		return dims[0].Table
	}
	if d := b.dimension(n, b.otherTables(n)); d != nil {
		return d.Table
	}
	return nil
}

// otherTables are the tables of the list's unambiguous names, which decide what
// an ambiguous one means.
func (b *binder) otherTables(n Name) []*Table {
	var tables []*Table
	for _, it := range b.query.Items {
		other, ok := it.Expr.(Name)
		if !ok || dotted(other) == dotted(n) {
			continue
		}
		if dims := b.visibleDimensions(other); len(dims) == 1 {
			tables = append(tables, dims[0].Table)
		} else if t := b.entity(other); t != nil && len(dims) == 0 {
			tables = append(tables, t)
		}
	}
	return tables
}

func (b *binder) nearestHome(tables []*Table) *Table {
	var best []*Table
	bestCost := 1 << 30
	for _, t := range b.model.Tables {
		cost := 0
		for _, other := range tables {
			if t == other {
				continue
			}
			path, others, ok := b.model.Path(t, other)
			switch {
			case ok:
				cost += len(path)
			case len(others) > 0:
				cost += len(others[0])
			default:
				cost = 1 << 30
			}
			if cost >= 1<<30 {
				break
			}
		}
		switch {
		case cost < bestCost:
			best, bestCost = []*Table{t}, cost
		case cost == bestCost && cost < 1<<30:
			best = append(best, t)
		}
	}
	switch {
	case len(best) == 0:
		b.fail(Problem{Code: NoPath, Name: tables[0].Name, Detail: tables[len(tables)-1].Name})
		return nil
	case len(best) > 1:
		var names []string
		for _, t := range best {
			names = append(names, "from "+t.Name)
		}
		b.fail(Problem{Code: AmbiguousPath, Name: tables[0].Name, Detail: tables[len(tables)-1].Name, Near: names})
		return nil
	}
	return best[0]
}

// listItem adds the columns of one listed thing; an entity shows what stands for
// it.
func (b *binder) listItem(br *branch, rows *RowsPlan, it Item) {
	name := it.As
	if name == "" {
		name = ExprString(it.Expr)
	}
	if n, ok := it.Expr.(Name); ok && !isTime(n) {
		if t, via := b.listedEntity(n, br.home); t != nil {
			b.listEntity(br, rows, t, via, name)
			return
		}
		if len(b.visibleDimensions(n)) == 0 && b.metric(n) != nil {
			b.fail(Problem{Code: MixedShape, Name: dotted(n), Detail: "list"})
			return
		}
		x, d := br.resolve(n)
		if d == nil || x == nil {
			return
		}
		b.output(rows, x, OutColumn{Name: name, Dimension: d, Type: d.Type, Unit: d.Unit, Format: d.Format})
		return
	}
	if c, ok := it.Expr.(Call); ok && IsAggregate(c.Func) {
		b.fail(Problem{Code: MixedShape, Name: ExprString(c), Detail: "list"})
		return
	}
	x := br.operand(it.Expr)
	if x == nil {
		return
	}
	c := OutColumn{Name: name, Type: typeOf(x, nil, nil)}
	if g, ok := it.Expr.(Grained); ok {
		c.Grain = g.Grain
		c.Dimension = br.dimOf(g.Of)
	}
	b.output(rows, x, c)
}

func (b *binder) listedEntity(n Name, home *Table) (*Table, Name) {
	dims := b.visibleDimensions(n)
	if len(dims) == 0 {
		return b.entity(n), n
	}
	if d := b.dimension(n, []*Table{home}); d != nil && d.Of != nil {
		return d.Of.To, Name{Path: []string{d.Of.From.Name, d.Of.Name}}
	}
	return nil, n
}

func (b *binder) listEntity(br *branch, rows *RowsPlan, t *Table, via Name, name string) {
	if b.depth > 0 {
		for _, col := range firstKey(t) {
			if x := br.shownColumn(group{entity: t, via: via, column: col}); x != nil {
				rows.Outputs = append(rows.Outputs, x)
			}
		}
		return
	}
	scan, ok := br.entityScan(group{entity: t, via: via})
	if !ok {
		return
	}
	for i, d := range b.displayOf(t) {
		text := name
		if i > 0 {
			text = b.model.ShortName(d)
		}
		b.output(rows, br.value(scan, d), OutColumn{Name: text, Dimension: d, Type: d.Type, Unit: d.Unit, Format: d.Format})
	}
}

// output adds a shown column. Names stay unique: a repeated one is numbered.
func (b *binder) output(rows *RowsPlan, x Expr, c OutColumn) {
	for n, base := 2, c.Name; b.hasColumn(c.Name); n++ {
		c.Name = base + "#" + IntValue(int64(n)).String()
	}
	c.Key, c.Base, c.Role, c.Slot = -1, -1, DetailColumn, len(rows.Outputs)
	rows.Outputs = append(rows.Outputs, x)
	b.plan.Columns = append(b.plan.Columns, c)
}

func (b *binder) hasColumn(name string) bool {
	for _, c := range b.plan.Columns {
		if c.Name == name {
			return true
		}
	}
	return false
}

// listWindow dates the period of a list over its table's time axis.
func (b *binder) listWindow(br *branch, home *Table) {
	a := atom{home: home}
	b.bindOn([]atom{a})
	br.axis = b.axisOf(a)
	b.times = []window{{meant: b.query.During}}
	for _, p := range b.query.During {
		iv, err := b.resolve(p)
		if err != nil {
			b.failError(err)
			return
		}
		if !iv.Start.IsZero() || !iv.End.IsZero() {
			b.times[0].spans = append(b.times[0].spans, iv)
		}
	}
	if len(b.times[0].spans) > 0 {
		b.needAxis([]atom{a})
	}
	b.plan.Window, b.plan.TimeOf = hull(b.times[0].spans), br.axis
	if len(b.times[0].spans) > 1 {
		b.plan.Windows = b.times[0].spans
	}
}

// listOrder binds the sort of a list and completes it, with the home's key where
// rows stay apart and with every output where they do not.
func (b *binder) listOrder(br *branch, rows *RowsPlan) {
	for _, s := range b.query.Sort {
		i := b.listSortKey(br, rows, s.Expr)
		if i >= 0 {
			b.plan.Order = append(b.plan.Order, Order{Slot: i, Key: -1, Desc: s.Desc})
		}
	}
	b.plan.Sorted = len(b.plan.Order)
	if b.depth > 0 {
		return
	}
	shown := len(b.plan.Columns)
	if !rows.Distinct && !br.fanned {
		for _, col := range firstKey(br.home) {
			b.plan.Order = append(b.plan.Order, Order{Slot: len(rows.Outputs), Key: -1})
			rows.Outputs = append(rows.Outputs, br.column(0, col))
		}
	}
	used := map[int]bool{}
	for _, o := range b.plan.Order {
		used[o.Slot] = true
	}
	for i := 0; i < shown; i++ {
		if !used[i] {
			b.plan.Order = append(b.plan.Order, Order{Slot: i, Key: -1})
		}
	}
}

// listSortKey finds the output that a sort names, or adds one that is not shown.
func (b *binder) listSortKey(br *branch, rows *RowsPlan, e Expr) int {
	text := ExprString(e)
	for _, c := range b.plan.Columns {
		if c.Name == text {
			return c.Slot
		}
	}
	x := br.operand(e)
	if x == nil {
		return -1
	}
	for i, o := range rows.Outputs {
		if boundKey(o) == boundKey(x) {
			return i
		}
	}
	if rows.Distinct {
		b.fail(Problem{Code: MixedShape, Name: text, Detail: "distinct"})
		return -1
	}
	rows.Outputs = append(rows.Outputs, x)
	return len(rows.Outputs) - 1
}

// listPer binds what the limit of a list holds within: the values of columns or,
// for an entity, its key. The rows of each stand together.
func (b *binder) listPer(br *branch, rows *RowsPlan) {
	for _, e := range b.query.Per {
		var within []Expr
		if n, ok := e.(Name); ok {
			if t, via := b.listedEntity(n, br.home); t != nil {
				for _, col := range firstKey(t) {
					within = append(within, br.entityColumn(group{entity: t, via: via, column: col}))
				}
			}
		}
		if within == nil {
			within = []Expr{br.operand(e)}
		}
		if shown := b.listedAs(e); shown >= 0 {
			b.plan.Order = append(b.plan.Order, Order{Slot: shown, Key: -1})
		}
		for _, x := range within {
			if x == nil {
				return
			}
			rows.Per = append(rows.Per, len(rows.Outputs))
			b.plan.Order = append(b.plan.Order, Order{Slot: len(rows.Outputs), Key: -1})
			rows.Outputs = append(rows.Outputs, x)
		}
	}
}

// listedAs returns the shown output of an expression; -1 when it is not shown.
func (b *binder) listedAs(e Expr) int {
	for i, it := range b.query.Items {
		if ExprString(it.Expr) == ExprString(e) && i < len(b.plan.Columns) && len(b.plan.Columns) == len(b.query.Items) {
			return b.plan.Columns[i].Slot
		}
	}
	return -1
}
