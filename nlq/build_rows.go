package nlq

import (
	"slices"

	"wenshu/semantic"
)

// rows builds a query that lists rows: entities with their attributes.
func (b *builder) rows() (*semantic.Query, bool) {
	if len(b.things) == 0 && len(b.d.owners) == 0 || b.splits() && !b.d.listing && !drawsPoints(b.d.present.Chart) && !b.ranksRows() {
		return nil, false // a period, a filter or a split alone asks for nothing
	}
	b.colourMembers()
	b.testedApart()
	columns := b.columns()
	b.home = b.listedTable(columns)
	if b.home == nil {
		return nil, false
	}
	b.entity = b.home
	b.ownConformed()
	entityNamed := b.isNamed(b.home)
	b.named = entityNamed
	values := b.asksValues(columns)
	asked := slices.ContainsFunc(b.things, func(t thing) bool { return t.table == b.home && t.has(markListed|markWhich) }) || b.d.whose
	b.things = slices.DeleteFunc(b.things, func(t thing) bool { return t.table == b.home })
	if len(columns) == 0 && b.wholeRows() {
		columns = []thing{{table: b.home}}
	} else if len(columns) == 0 {
		columns = b.display(b.home)
	} else if values {
		entityNamed = false
	} else if b.kindListed() && !b.showsName(columns) || !entityNamed && b.attributesOfLatest(columns) {
		columns = append(b.display(b.home), columns...)
	} else if entityNamed && !b.distinct(columns) && (b.needsName(columns) || asked && !b.showsName(columns)) {
		columns = append(b.display(b.home), columns...)
	}
	if entityNamed && b.onlySorts(columns) {
		for _, d := range b.display(b.home) {
			if !slices.ContainsFunc(columns, func(c thing) bool { return c.dim == d.dim }) {
				columns = append(columns, d)
			}
		}
	}
	columns = b.comparedColumns(b.entityColumns(columns))
	slices.SortStableFunc(columns, func(x, y thing) int { return b.place(x) - b.place(y) })
	b.q = &semantic.Query{List: &semantic.List{From: b.home.Name}}
	b.rowsOrder(&columns)
	if len(columns) == 0 {
		return nil, false
	}
	if !entityNamed && b.s.ranksKinds() && !slices.ContainsFunc(columns, func(c thing) bool { return c.dim != nil && (c.dim.Key || isDisplay(c.dim) || c.dim.Of != nil) }) {
		b.d.idle = true
		b.s.charge("kinds are no rows", costIdle, node{})
	}
	for _, c := range columns {
		b.q.Items = append(b.q.Items, semantic.Item{Expr: b.r.thingExpr(c)})
	}
	b.q.List.Distinct = values || b.repeats(columns, entityNamed) || b.ofOneMember(columns)
	b.perNothing()
	b.times()
	b.valueSets(columns)
	b.filters()
	b.having()
	b.strangers()
	b.q.Versus, b.q.Show = nil, nil
	b.claimedOfTop()
	b.namesOfOthers()
	if b.saysAgain(columns) {
		b.d.idle = true
		b.s.charge("what was said", costIdle, node{0, 1, nil})
	}
	if len(b.d.versus)+len(b.d.shows)+len(b.d.changes) > 0 || b.d.ranks {
		b.d.idle = true
		b.s.charge("a comparison of rows", costIdle, node{})
	}
	return b.q, true
}

// ofOneMember reports whether a lone number is asked of a member by rows that nobody
// speaks of: the rate of Tom Reed is each rate that his hours had, once.
func (b *builder) ofOneMember(columns []thing) bool {
	if len(columns) != 1 || columns[0].dim == nil || !isMeasurable(columns[0].dim) || b.isNamed(b.home) || len(b.d.orderings)+len(b.d.periods) > 0 {
		return false
	}
	return len(b.conds) > 0 && !slices.ContainsFunc(b.conds, func(c condition) bool {
		return c.dim == nil || c.test != nil || c.not || !slices.Contains(c.dim.Table.Display, c.dim) || c.dim.Table == b.home
	})
}

// perNothing refuses rows where something per each of them is asked for and nothing
// says what.
func (b *builder) perNothing() {
	if b.d.listing || len(b.d.orderings) > 0 {
		return
	}
	for _, n := range b.s.nodes {
		t, ok := n.means.(thing)
		unit := ok && t.dim != nil && isMeasurable(t.dim) && !isGraded(t.dim) // price per square foot: no points
		if ok && t.has(markBy|markEach) && b.s.text.At(n.from-1).Norm == "per" && (unit || b.d.present.Chart == "") {
			b.s.charge("nothing per each", costIdle, n)
			b.d.idle = true
			return
		}
	}
}

// colourMembers shows what points belong to where several members are named.
func (b *builder) colourMembers() {
	if !drawsPoints(b.d.present.Chart) {
		return
	}
	for _, c := range b.conds {
		if c.dim != nil && c.test == nil && !c.not && len(c.values) > 1 && !b.hasDimension(c.dim) {
			b.things = append(b.things, thing{dim: c.dim, via: c.via, marks: markBy})
		}
	}
}

// testedApart drops the columns that are only tested and that belong to what the
// entity asked for has several of: customers with an account balance above 500.
func (b *builder) testedApart() {
	var asked *semantic.Table
	for _, o := range b.d.owners {
		if o.table != nil && asked == nil {
			asked = o.table
		}
	}
	for _, t := range b.things {
		if t.marks&(markListed|markWhich|markTop) != 0 && t.home() != nil {
			asked = t.home()
			break
		}
	}
	if asked == nil {
		return
	}
	b.things = slices.DeleteFunc(b.things, func(t thing) bool {
		return t.dim != nil && t.marks&(markListed|markWhich|markAsked|markBy|markEach) == 0 && isMeasurable(t.dim) && b.r.graph.hops(asked, t.dim.Table) < 0 &&
			slices.ContainsFunc(b.conds, func(c condition) bool { return c.dim == t.dim })
	})
}

// strangers refuses to pass over an entity that the listed rows do not lead to
// and that nothing else has taken.
func (b *builder) strangers() {
	for _, t := range b.things {
		if t.table != nil && t.table != b.home && b.r.graph.hops(b.home, t.table) < 0 && (t.has(markListed) || !b.linked(t.table)) {
			b.d.idle = true
			b.s.charge("an entity apart", costIdle, node{})
			return
		}
	}
}

// linked reports whether one of the acts that sets are made of leads to a table.
func (b *builder) linked(t *semantic.Table) bool {
	return slices.ContainsFunc(b.links, func(link *semantic.Table) bool { return b.r.graph.hops(link, t) >= 0 })
}

// columns are the attributes that are asked for, in order.
func (b *builder) columns() []thing {
	var columns []thing
	for _, t := range b.things {
		if t.dim != nil {
			columns = append(columns, t)
		}
	}
	return columns
}

// entityColumns adds the names of entities that the listed rows belong to and
// that were asked for beside their attributes.
func (b *builder) entityColumns(columns []thing) []thing {
	var named []thing
	for _, t := range b.things {
		if t.table == nil || t.table == b.home || t.marks&(markEach|markLink) != 0 || len(t.table.Display) == 0 || b.r.graph.hops(b.home, t.table) < 1 {
			continue
		}
		d := thing{dim: t.table.Display[0], via: t.via, marks: t.marks}
		if !slices.ContainsFunc(columns, func(c thing) bool { return c.dim == d.dim }) {
			named = append(named, d)
		}
	}
	return append(named, columns...)
}

// onlySorts reports whether all columns are named only as what rows are sorted by.
func (b *builder) onlySorts(columns []thing) bool {
	return len(columns) > 0 && !slices.ContainsFunc(columns, func(c thing) bool {
		return c.marks != 0 || !slices.ContainsFunc(b.d.orderings, func(o ordering) bool { return o.only && o.attribute != nil && o.attribute.dim == c.dim })
	})
}

// valueSets reads members that each must hold, and those that must not, where
// values are listed and not rows: builders of both kinds, builders of no ferries.
// No row is of two kinds; a value may be of rows of both.
func (b *builder) valueSets(columns []thing) {
	if !b.q.List.Distinct || len(columns) != 1 || columns[0].dim.Table != b.home || columns[0].via != "" || columns[0].dim.Key || isDisplay(columns[0].dim) {
		return
	}
	kept := b.conds[:0:0]
	for _, c := range b.conds {
		var rows *semantic.Table
		if c.dim != nil && c.dim != columns[0].dim && c.test == nil && len(c.any) == 0 && (c.not || c.and && b.d.both && len(c.values) > 1) {
			rows = b.rowsWith(c.dim.Table)
		}
		if rows == nil {
			kept = append(kept, c)
			continue
		}
		rel := relation{dim: columns[0].dim, of: rows, not: c.not}
		c.not = false
		for _, one := range eachMember([]condition{c}, rel.not) {
			b.restrict(b.valuesWhere(rel, one))
		}
	}
	b.conds = kept
}

// rowsWith is the table whose rows have both what is listed and what another table
// holds: its own, or the acts that lead to both; nil when there is none.
func (b *builder) rowsWith(other *semantic.Table) *semantic.Table {
	if b.r.graph.hops(b.home, other) >= 0 {
		return b.home
	}
	return b.linkTo(other)
}

// comparedColumns adds what members are told apart by: 甲和乙的价格分别是多少.
func (b *builder) comparedColumns(columns []thing) []thing {
	for _, c := range b.conds {
		told := func(t thing) bool { return t.dim == c.dim }
		if b.d.compared && severalMembers(c) && c.test == nil && c.dim != nil && !slices.ContainsFunc(columns, told) {
			columns = append([]thing{{dim: c.dim, via: c.via}}, columns...)
		}
	}
	return columns
}

// asksValues reports whether the one column is what is asked for itself, and its
// entity only says whose it is: which makers sell pills that cost more than 30,
// the different instruments that players have.
func (b *builder) asksValues(columns []thing) bool {
	if len(columns) != 1 || columns[0].marks&(markWhich|markDistinct|markEach|markListed) == 0 || columns[0].dim.Table != b.home || columns[0].dim.Of != nil {
		return false
	}
	d := columns[0].dim
	if d.Key || isDisplay(d) || isMeasurable(d) || isTime(d) || slices.ContainsFunc(b.d.owners, func(o thing) bool { return o.table == b.home }) {
		return false
	}
	plain := columns[0].marks&(markWhich|markDistinct|markEach) == 0 // list the authors who wrote both a novel and a play
	return slices.ContainsFunc(b.things, func(t thing) bool {
		return t.table == b.home && t.marks&(markListed|markWhich|markTop) == 0 && (!plain || t.marks == markFilter)
	})
}

// place puts what stands for the row before its attributes.
func (b *builder) place(t thing) int {
	if at := slices.Index(b.home.Display, t.dim); at >= 0 && t.via == "" {
		return 0
	}
	return 1
}

// listedTable is the table whose rows are listed: the finest one that leads to
// all that is named.
func (b *builder) listedTable(columns []thing) *semantic.Table {
	candidates := b.tables()
	var best *semantic.Table
	for _, t := range candidates {
		if !b.leadsToAll(t, columns) {
			continue
		}
		if best == nil || b.asked(t) > b.asked(best) {
			best = t
		}
	}
	for _, rel := range b.d.relations {
		if best != nil && b.r.graph.hops(best, rel.owner) != 0 {
			return nil // what must have or lack something is not what would be listed
		}
	}
	if best == nil && len(columns) > 0 {
		return b.r.linkOf(columns)
	}
	return best
}

// asked ranks how surely a table is the one that is listed.
func (b *builder) asked(t *semantic.Table) int {
	rank := 0
	for _, x := range b.things {
		switch {
		case x.table == t && x.marks&(markListed|markWhich|markTop) != 0:
			rank = max(rank, 4)
		case x.table == t:
			rank = max(rank, 3)
		case x.home() == t && x.marks&(markListed|markWhich|markAsked) != 0:
			rank = max(rank, 2)
		}
	}
	for _, o := range b.d.owners {
		if o.table == t {
			rank = max(rank, 3)
		}
	}
	for _, rel := range b.d.relations {
		if rel.owner == t {
			rank = 5
		}
	}
	return rank
}

func (b *builder) leadsToAll(t *semantic.Table, columns []thing) bool {
	for _, c := range columns {
		if b.r.graph.hops(t, c.home()) < 0 {
			return false
		}
	}
	return true
}

func (b *builder) isNamed(t *semantic.Table) bool {
	named := func(x thing) bool { return x.table == t }
	return slices.ContainsFunc(b.things, named) || slices.ContainsFunc(b.d.owners, named)
}

// needsName reports whether rows need the entity's name beside the attributes
// that were asked for.
func (b *builder) needsName(columns []thing) bool {
	if len(b.display(b.home)) > 0 && len(columns) == 1 && columns[0].has(markWhich) && isMeasurable(columns[0].dim) && len(b.conds) > 0 {
		return true // 哪些城市的人均GDP高于平均水平: the cities
	}
	if len(b.display(b.home)) == 0 || slices.ContainsFunc(b.d.owners, func(o thing) bool { return o.table == b.home }) && !b.namedBeside() && !b.namedFirst() {
		return false
	}
	return !b.showsName(columns)
}

// showsName reports whether what stands for the listed rows is among some columns.
func (b *builder) showsName(columns []thing) bool {
	return len(b.home.Display) == 0 || slices.ContainsFunc(columns, func(c thing) bool { return slices.Contains(b.home.Display, c.dim) })
}

// namedBeside reports whether the entity that is listed is named once more behind "and":
// the department heads and the departments they lead.
func (b *builder) namedBeside() bool {
	return slices.ContainsFunc(b.s.nodes, func(n node) bool {
		t, ok := n.means.(thing)
		if !ok || t.table != b.home || n.from < 2 {
			return false
		}
		before := b.s.text.At(n.from - 1).Norm
		if articles[before] || pronouns[before] {
			before = b.s.text.At(n.from - 2).Norm
		}
		return before == "and" || before == "&"
	})
}

// display is what stands for a row of a table.
func (b *builder) display(t *semantic.Table) []thing {
	var columns []thing
	for _, d := range t.Display {
		columns = append(columns, thing{dim: d})
	}
	if len(columns) > 0 {
		return columns
	}
	for _, d := range t.Dimensions {
		if d.Type.Kind == semantic.Text && d.Of == nil || d.Key {
			columns = append(columns, thing{dim: d})
		}
		if len(columns) == 3 {
			break
		}
	}
	return columns
}

// distinct reports whether columns without repeats were asked for.
func (b *builder) distinct(columns []thing) bool {
	return b.d.distinct || slices.ContainsFunc(columns, func(c thing) bool { return c.has(markDistinct) })
}

// repeats reports whether rows are listed without repeats: the values of a
// column that does not tell rows apart, with no entity named.
func (b *builder) repeats(columns []thing, entityNamed bool) bool {
	if drawsPoints(b.d.present.Chart) {
		return false // different plots are not plots of different points
	}
	if b.distinct(columns) {
		return true
	}
	if entityNamed || drawsPoints(b.d.present.Chart) || b.sortsBeyond(columns) || slices.ContainsFunc(b.conds, b.tellsRow) {
		return false
	}
	for _, c := range columns {
		if c.dim.Key || isMeasurable(c.dim) || isTime(c.dim) || slices.Contains(c.dim.Table.Display, c.dim) && c.dim.Table == b.home {
			return false
		}
	}
	return len(columns) == 1 || slices.ContainsFunc(columns, func(c thing) bool { return c.marks&(markWhich|markListed) != 0 })
}

// sortsBeyond reports whether rows are sorted by something else than the one
// column that is listed.
func (b *builder) sortsBeyond(columns []thing) bool {
	return len(b.q.Sort) > 0 && !(len(columns) == 1 && len(b.q.Sort) == 1 && b.q.Limit == 0 &&
		semantic.ExprString(b.q.Sort[0].Expr) == semantic.ExprString(b.r.thingExpr(columns[0])))
}

// tellsRow reports whether a condition names rows of what is listed.
func (b *builder) tellsRow(c condition) bool {
	return c.dim != nil && c.dim.Table == b.home && (c.dim.Key || slices.Contains(b.home.Display, c.dim))
}

// rowsOrder writes the sort and limit of rows; the column they are sorted by is
// shown.
func (b *builder) rowsOrder(columns *[]thing) {
	for _, o := range b.d.orderings {
		key, ok := b.rowKey(o)
		if !ok && o.rows && !o.nth && !o.desc && o.limit > 1 && len(b.d.orderings) == 1 {
			b.limit(o) // the first 10 of what has no time are any
			continue
		}
		if !ok {
			b.d.idle = true
			b.s.charge("an order of nothing", costIdle, node{from: o.from, end: o.end})
			continue
		}
		desc := o.desc && (!o.only || o.given)
		if o.flip && backwards(key.dim) || b.s.paced(o) && secondsIn[key.dim.Unit] > 0 {
			desc = !desc
		}
		b.q.Sort = append(b.q.Sort, semantic.Sort{Expr: b.r.thingExpr(key), Desc: desc})
		b.limit(o)
		b.q.Per = b.rowsPer(columns)
		if !slices.ContainsFunc(*columns, func(c thing) bool { return c.dim == key.dim }) {
			*columns = append(*columns, key)
		}
	}
}

func (b *builder) rowKey(o ordering) (thing, bool) {
	if o.attribute != nil {
		return *o.attribute, true
	}
	if o.rows && b.home.Time != nil {
		return thing{dim: b.home.Time}, true
	}
	if len(o.hints) == 0 {
		if number, ok := b.onlyNumber(); ok && o.only {
			return number, true
		}
		if number, ok := b.numberTested(); ok && o.given {
			return number, true // venues with more than 300 seats, largest first
		}
		if text, ok := b.firstText(); ok && o.only && !o.desc {
			return text, true
		}
		if o.only && !o.desc && len(b.home.Display) > 0 && b.home.Display[0].Type.Kind == semantic.Text {
			return thing{dim: b.home.Display[0]}, true // ordered alphabetically
		}
		if hints := b.inherently(o); hints != nil {
			if d, ok := b.r.attributeByHints(b.home, hints, isMeasurable); ok || b.saysHeight(o) {
				return thing{dim: d}, ok && !o.only && b.named
			}
		}
		if d := b.amountOf(b.home); d != nil && !o.only && !o.count && b.named && !b.s.hasIt(o.from) && !b.beyondSize(o, b.home) && !b.doneSomehow() {
			return thing{dim: d}, true // the largest orders are those of the greatest amount
		}
		return thing{}, false
	}
	for _, t := range append([]*semantic.Table{b.home}, b.tables()...) {
		if d, ok := b.hintedAttribute(t, o); ok && b.r.graph.hops(b.home, t) >= 0 {
			return thing{dim: d}, true
		}
	}
	return thing{}, false
}

// hasIt reports whether what stands before a token has what is ranked behind it: the
// town with the lowest orders is no order.
func (s *sentence) hasIt(at int) bool {
	if s.text.At(at-1).Norm == "the" {
		at--
	}
	return withWords[s.text.At(at-1).Norm]
}

var withWords = map[string]bool{"with": true, "has": true, "have": true, "had": true, "having": true}

// firstText is the first column of text that is asked for by itself, which the
// alphabet orders.
func (b *builder) firstText() (thing, bool) {
	for _, t := range b.things {
		if t.dim != nil && t.dim.Type.Kind == semantic.Text && t.dim.Of == nil {
			return t, true
		}
	}
	return thing{}, false
}

// onlyNumber is the one number or date that is listed, which a bare direction
// orders by.
func (b *builder) onlyNumber() (thing, bool) {
	var found []thing
	for _, t := range b.things {
		if t.dim != nil && (isMeasurable(t.dim) || isTime(t.dim)) {
			found = append(found, t)
		}
	}
	if len(found) != 1 {
		return thing{}, false
	}
	return found[0], true
}

// amountOf returns the one column that is called the amount of a table's rows:
// 订单金额, order amount; nil when none or two are.
func (b *builder) amountOf(t *semantic.Table) *semantic.Dimension {
	var named, added []*semantic.Dimension
	for _, d := range t.Dimensions {
		switch {
		case !isMeasurable(d):
		case d.Names.Label.EN == t.Names.Label.EN+" amount" || d.Names.Label.ZH == t.Names.Label.ZH+"金额" || d.Names.Label.EN == "amount":
			named = append(named, d)
		case d.Sum == "sum" && b.r.saysSize(d):
			added = append(added, d)
		}
	}
	switch {
	case len(named) == 1:
		return named[0]
	case len(named) == 0 && len(added) == 1:
		return added[0]
	}
	return nil
}

// saysSize reports whether a number says how large something is, so that the largest has
// most of it: no days to pay within, no points of bitterness.
func (r *Reader) saysSize(d *semantic.Dimension) bool {
	return r.isMoney(d) || slices.ContainsFunc(sizeWords, func(word string) bool { return r.hasWord(d, word) })
}

var sizeWords = []string{
	"amount", "total", "size", "area", "acreage", "capacity", "population", "volume", "quantity", "value", "revenue", "sales", "budget", "income", "turnover", "weight", "length", "distance", "attendance", "seats", "headcount", "employees", "staff", "enrollment", "balance", "tonnage", "output", "production",
	"面积", "人口", "规模", "容量", "数量", "产量", "营收", "收入", "座位", "员工", "人数", "重量", "长度", "距离", "余额", "吨位", "产值", "销量", "总量",
}

// rowsPer returns what a limit of rows holds within.
func (b *builder) rowsPer(columns *[]thing) []semantic.Expr {
	var per []semantic.Expr
	for _, t := range b.things {
		if !t.has(markEach) {
			continue
		}
		per = append(per, b.r.thingExpr(t))
		if t.table != nil {
			*columns = append([]thing{t}, *columns...)
		}
	}
	return per
}

// saysAgain reports whether who was asked and the rows would only show the name that
// the question gave: who manages the Xuhui store is not the store.
func (b *builder) saysAgain(columns []thing) bool {
	if opening := min(3, len(b.s.text.Tokens)); !b.s.text.holds("who", 0, opening) && !b.s.text.holds("谁", 0, opening) || len(b.conds) == 0 || len(b.q.Items) != len(columns) {
		return false
	}
	for _, c := range columns {
		if c.dim == nil || c.dim.Table != b.home || !isDisplay(c.dim) {
			return false
		}
	}
	return !slices.ContainsFunc(b.conds, func(c condition) bool {
		return c.dim == nil || c.via != "" || c.test != nil || c.not || c.dim.Table != b.home || c.dim.Closed
	})
}

// wholeRows reports whether the rows of a table are listed as a whole: orders, by no
// column of their own. Of things with a name, the name is what is asked for.
func (b *builder) wholeRows() bool {
	return len(b.home.Detail) > 0 && b.named && !b.d.distinct && !b.r.shadowed[b.home.Name] && len(b.d.orderings) == 0
}
