package semantic

import "slices"

var shows = map[string]Role{"prior": EarlierColumn, "change": ChangeColumn, "growth": GrowthColumn,
	"share": ShareColumn, "rank": RankColumn, "running": RunningColumn, "moving": MovingColumn}

func isShow(name string) bool { _, ok := shows[name]; return ok }

// layOut adds an item's own column and, for each comparison, the earlier value.
func (b *binder) layOut(v *value) {
	v.column = len(b.plan.Columns)
	c := b.columnFor(v, v.name, v.slots[0], ValueColumn)
	if call, ok := v.item.Expr.(Call); ok && isShow(call.Func) {
		c.Role = shows[call.Func]
		c.Unit, c.Format = shownUnit(c.Role, v.metric)
	}
	b.plan.Columns = append(b.plan.Columns, c)
	for i := range v.slots[1:] {
		e := b.columnFor(v, b.comparedName("prior", v.name, i), v.slots[1+i], EarlierColumn)
		e.Base, e.Against = v.column, 1+i
		b.plan.Columns = append(b.plan.Columns, e)
	}
}

func (b *binder) columnFor(v *value, name string, slot int, role Role) OutColumn {
	c := OutColumn{Name: name, Key: -1, Slot: slot, Role: role, Metric: v.metric, Base: -1, Type: b.slotType(slot)}
	switch {
	case v.metric != nil:
		c.Unit, c.Format = v.metric.Unit, v.metric.Format
		if b.lessRate(v.item.Expr) {
			c.Unit = "pp"
		}
	case b.isPart(v.item.Expr):
		c.Format = Format{Style: "percent", Decimals: 1}
	default:
		c.Unit, c.Format = b.unitOfItem(v.item.Expr)
	}
	return c
}

// isPart reports whether an item divides a metric under a filter by the metric
// without it: its value is a share of a whole.
func (b *binder) isPart(e Expr) bool {
	div, ok := e.(Binary)
	if !ok || div.Op != Div {
		return false
	}
	whole := ExprString(div.R)
	for part, filtered := div.L, false; ; {
		switch x := part.(type) {
		case Filtered:
			part, filtered = x.X, true
		case Name:
			if filtered && ExprString(x) == whole {
				return true
			}
			m := b.metricNamed(x)
			if m == nil {
				return false
			}
			if of := b.metricNamed(div.R); m.Where != nil && of != nil && of.Where == nil && ExprString(m.Expr) == ExprString(of.Expr) {
				return true
			}
			if _, narrower := m.Expr.(Filtered); !narrower {
				return false
			}
			part = m.Expr
		default:
			return false
		}
	}
}

// metricNamed returns the metric that an expression names; nil for none.
func (b *binder) metricNamed(e Expr) *Metric {
	if n, ok := e.(Name); ok && len(n.Path) == 1 {
		return b.model.Metric(n.Path[0])
	}
	return nil
}

// lessRate reports whether an expression is one rate less another, which is so many
// percentage points and no percentage.
func (b *binder) lessRate(e Expr) bool {
	x, ok := e.(Binary)
	if !ok || x.Op != Sub {
		return false
	}
	rate := func(e Expr) bool {
		m := b.metricOf(e)
		return m != nil && m.Format.Style == "percent"
	}
	return rate(x.L) && rate(x.R)
}

// unitOfItem is the unit of an aggregate that the query spells out: its dimension's,
// unless it counts, and with a share how it is written.
func (b *binder) unitOfItem(e Expr) (string, Format) {
	var plain Format
	c, ok := e.(Call)
	if !ok || len(c.Args) == 0 || c.Func == "count" || c.Func == "count_distinct" || c.Func == "variance" {
		return "", plain
	}
	if n, ok := c.Args[0].(Name); ok {
		if dims := b.visibleDimensions(n); len(dims) > 0 {
			if dims[0].Format.Style == "percent" {
				return dims[0].Unit, dims[0].Format
			}
			return dims[0].Unit, plain
		}
	}
	return "", plain
}

// comparedName is the name of a column that belongs to the i-th comparison; the
// first needs no number.
func (b *binder) comparedName(f, name string, i int) string {
	text := f + "(" + name + ")"
	if i > 0 {
		text += "#" + IntValue(int64(i+1)).String()
	}
	return text
}

func (b *binder) slotType(i int) ColumnType {
	if i < 0 || i >= len(b.plan.Slots) {
		return ColumnType{}
	}
	return typeOfSlot(b.plan.Slots[i])
}

// showMore adds the columns that "show" asks for.
func (b *binder) showMore(v *value) {
	for _, s := range b.query.Show {
		role, ok := shows[s.Func]
		if !ok {
			b.fail(Problem{Code: UnknownName, Name: s.Func})
			return
		}
		if streaks(v.item.Expr) {
			continue
		}
		if role == EarlierColumn && len(b.plan.Comparisons) > 0 {
			continue // the earlier value is there already
		}
		compared := role == EarlierColumn || role == ChangeColumn || role == GrowthColumn
		if compared && len(b.plan.Comparisons) == 0 {
			b.fail(Problem{Code: NoComparison, Name: s.Func})
			return
		}
		n := 1
		if compared {
			n = len(b.plan.Comparisons)
		}
		for i := 0; i < n; i++ {
			b.showOne(v, s, role, i, compared)
		}
	}
}

func (b *binder) showOne(v *value, s Show, role Role, i int, compared bool) {
	call := Call{Func: s.Func, Args: append([]Expr{v.item.Expr}, s.Args...)}
	e := b.showAgainst(call, scope{}, i)
	if b.failed() {
		return
	}
	c := OutColumn{Name: ExprString(Call{Func: s.Func, Args: append([]Expr{Name{Path: []string{v.name}}}, s.Args...)}),
		Key: -1, Slot: b.slotOf(e), Role: role, Metric: v.metric, Base: v.column}
	if v.item.As == "" {
		c.Name = ExprString(call)
	}
	c.Type = b.slotType(c.Slot)
	c.Unit, c.Format = shownUnit(role, v.metric)
	if v.metric == nil && (role == ChangeColumn || role == RunningColumn || role == MovingColumn) {
		c.Unit, c.Format = b.unitOfItem(v.item.Expr)
	}
	if role == ChangeColumn && b.isPart(v.item.Expr) {
		c.Unit, c.Format = "pp", Format{Style: "percent", Decimals: 1}
	}
	if compared {
		c.Against = 1 + i
		if i > 0 {
			c.Name = b.comparedName(s.Func, v.name, i)
		}
	}
	b.plan.Columns = append(b.plan.Columns, c)
}

// shownUnit is the unit of a derived column: rates are percent, a change of a
// percentage is in points.
func shownUnit(role Role, m *Metric) (string, Format) {
	switch role {
	case GrowthColumn, ShareColumn:
		return "%", Format{Style: "percent", Decimals: 1}
	case RankColumn:
		return "", Format{}
	}
	if m == nil {
		return "", Format{Decimals: -1}
	}
	if role == ChangeColumn && m.Format.Style == "percent" {
		return "pp", m.Format
	}
	return m.Unit, m.Format
}

// postShow binds share(m), growth(m) and their kin over the first comparison.
func (b *binder) postShow(c Call, s scope) Expr {
	if len(c.Args) == 0 {
		b.fail(Problem{Code: EmptyQuery, Name: c.Func})
		return nil
	}
	if inner, ok := c.Args[0].(Call); ok && isShow(inner.Func) {
		b.fail(Problem{Code: NestedWindow, Name: ExprString(c)})
		return nil
	}
	if s.compare > 0 && shows[c.Func] <= GrowthColumn {
		return Lit{NullValue} // a comparison is not compared again
	}
	return b.showAgainst(c, s, 0)
}

func (b *binder) showAgainst(c Call, s scope, i int) Expr {
	switch shows[c.Func] {
	case EarlierColumn, ChangeColumn, GrowthColumn:
		return b.compared(c, s, i)
	case ShareColumn:
		return b.share(c, s)
	case RankColumn:
		return b.rank(c, s)
	case RunningColumn:
		return b.running(c, s)
	}
	return b.moving(c, s)
}

// compared binds prior(m), change(m) and growth(m). Growth over a zero, negative
// or missing base is null: no percentage is right there.
func (b *binder) compared(c Call, s scope, i int) Expr {
	if i >= len(b.plan.Comparisons) {
		b.fail(Problem{Code: NoComparison, Name: ExprString(c)})
		return nil
	}
	if streaks(c.Args[0]) {
		b.fail(Problem{Code: NotComputed, Name: ExprString(c), Detail: "comparison"})
		return nil
	}
	now := b.post(c.Args[0], s)
	earlier := s
	earlier.compare = 1 + i
	then := b.postThen(c.Args[0], earlier)
	if b.failed() {
		return nil
	}
	x, y := Slot{b.slotOf(now)}, Slot{b.slotOf(then)}
	switch c.Func {
	case "prior":
		return y
	case "change":
		return Binary{Op: Sub, L: x, R: y}
	}
	base := Binary{Op: Gt, L: y, R: Lit{IntValue(0)}}
	return Case{Whens: []When{{If: base, Then: Binary{Op: Div, L: Binary{Op: Sub, L: x, R: y}, R: y}}}}
}

// share is a value's part of the total over all groups, or over those of the
// named parents. Where values do not add up the total is computed at its own
// grain; a share of a mean has no meaning.
func (b *binder) share(c Call, s scope) Expr {
	within, ok := b.keysOf(c.Args[1:], c)
	if !ok {
		return nil
	}
	if len(c.Args) == 1 {
		within = b.periodsOfShare()
	}
	x := b.slotOf(b.post(c.Args[0], s))
	if b.failed() {
		return nil
	}
	if b.additive(c.Args[0]) && b.addsOverKeys() && !b.combines(c.Args[0], s) {
		return Slot{b.slot(OverRows{Func: "share", Of: x, Partition: within, OrderKey: -1, Type: ColumnType{Kind: Float}})}
	}
	if !b.countable(c.Args[0]) {
		b.fail(Problem{Code: NotAdditive, Name: ExprString(c.Args[0]), Detail: "share"})
		return nil
	}
	whole := s
	for i := range b.groups {
		if !slices.Contains(within, i) {
			whole.coarse = append(whole.coarse, i)
		}
	}
	total := b.slotOf(b.post(c.Args[0], whole))
	if b.failed() {
		return nil
	}
	return Binary{Op: Div, L: Slot{x}, R: Slot{total}}
}

// overall is a value without the groups, or with those named within alone: over all
// rows that the query's filters and period leave, those of no group among them.
func (b *binder) overall(c Call, s scope) Expr {
	within, ok := b.keysOf(c.Args[1:], c)
	if !ok {
		return nil
	}
	for i := range b.groups {
		if !slices.Contains(s.coarse, i) && !slices.Contains(within, i) {
			s.coarse = append(slices.Clip(s.coarse), i)
		}
	}
	return b.post(c.Args[0], s)
}

// periodsOfShare are the time keys beside other keys: a share that changes over
// time is a share of each period.
func (b *binder) periodsOfShare() []int {
	var times []int
	for i, g := range b.groups {
		if g.grain != (Grain{}) {
			times = append(times, i)
		}
	}
	if len(times) == len(b.groups) {
		return nil
	}
	return times
}

// combines reports a sum or difference of aggregates: it is null for groups that
// lack one of them, so that the values of the groups do not add up to the whole.
func (b *binder) combines(e Expr, s scope) bool {
	found := false
	Walk(e, func(x Expr) {
		switch x := x.(type) {
		case Binary:
			found = found || x.Op == Add || x.Op == Sub
		case Name:
			if m := b.metricInside(x, s); m != nil && m.Kind == Derived && s.depth < 32 {
				inner := s
				inner.metric, inner.depth = m, s.depth+1
				found = found || b.combines(m.Expr, inner)
			}
		}
	})
	return found
}

func (b *binder) rank(c Call, s scope) Expr {
	within, ok := b.keysOf(c.Args[1:], c)
	if !ok {
		return nil
	}
	x := b.slotOf(b.visible(b.post(c.Args[0], s)))
	if x < 0 {
		return nil
	}
	b.ranked = true
	x = b.ofNamed(x)
	return Slot{b.slot(OverRows{Func: "rank", Of: x, Partition: within, OrderKey: -1, Desc: true, Type: ColumnType{Kind: Int}})}
}

// ofNamed is a slot without the values of rows that have no place in a ranking.
func (b *binder) ofNamed(x int) int {
	if b.depth > 0 {
		return x
	}
	var named Expr
	for _, i := range b.namedKeys() {
		test := Expr(IsNull{X: KeyRef{i}, Not: true})
		if named != nil {
			test = Binary{Op: And, L: named, R: test}
		}
		named = test
	}
	if named == nil {
		return x
	}
	return b.slotOf(Case{Whens: []When{{If: named, Then: Slot{x}}}})
}

// visible is a value without those of periods that are read for what reaches
// back and are not shown: they take no place in a ranking.
func (b *binder) visible(e Expr) Expr {
	key, reaches := b.axisKey(), b.dense
	for _, s := range b.query.Show {
		reaches = reaches || s.Func == "moving"
	}
	start := b.plan.Window.Start
	if e == nil || key < 0 || !reaches || start.IsZero() {
		return e
	}
	first := b.periodValue(key, StartOf(start, b.groups[key].grain.Unit, b.clock.Calendar))
	shown := Binary{Op: Ge, L: KeyRef{key}, R: Lit{first}}
	return Case{Whens: []When{{If: shown, Then: Slot{b.slotOf(e)}}}}
}

// running adds up the visible periods in order, from the first or anew with each
// unit that is named.
func (b *binder) running(c Call, s scope) Expr {
	key := b.timeKey(c)
	if key < 0 {
		return nil
	}
	if !b.additive(c.Args[0]) {
		b.fail(Problem{Code: NotAdditive, Name: ExprString(c.Args[0]), Detail: "running"})
		return nil
	}
	w := OverRows{Func: "running", OrderKey: key, Partition: b.otherKeys(key)}
	if len(c.Args) > 1 {
		n, ok := c.Args[1].(Name)
		unit, known := Unit(NoUnit), false
		if ok {
			unit, known = ParseUnit(dotted(n))
		}
		if !known || unitRank(unit) <= unitRank(b.groups[key].grain.Unit) || !b.nests(b.groups[key].grain.Unit, unit) {
			b.fail(Problem{Code: WrongType, Name: ExprString(c), Detail: "unit"})
			return nil
		}
		w.ResetUnit = unit
	}
	return b.overEach(b.post(c.Args[0], s), w)
}

func (b *binder) timeKey(c Call) int {
	i := b.axisKey()
	if i < 0 {
		b.fail(Problem{Code: NoTime, Name: ExprString(c), Detail: "time:month"})
		return i
	}
	for _, g := range b.groups {
		if g.cuts == cutsAll && !b.nests(b.groups[i].grain.Unit, g.grain.Unit) {
			b.fail(Problem{Code: NotComputed, Name: g.name, Detail: c.Func})
			return -1
		}
	}
	return i
}

// otherKeys are the keys besides a time key, without coarser cuts of the same
// axis, which follow from it.
func (b *binder) otherKeys(key int) []int {
	var keys []int
	for i, g := range b.groups {
		if i != key && g.cuts != cutsAll {
			keys = append(keys, i)
		}
	}
	return keys
}

// keysOf resolves the groups that a share or rank stays within.
func (b *binder) keysOf(args []Expr, c Call) ([]int, bool) {
	var keys []int
	for _, a := range args {
		i := b.keyIndex(ExprString(a))
		if n, ok := a.(Name); ok && i < 0 {
			i = b.keyOfDimension(n)
		}
		if i < 0 {
			b.fail(Problem{Code: UnknownDimension, Name: ExprString(a), Detail: ExprString(c), Near: b.groupNames()})
			return nil, false
		}
		keys = append(keys, b.withHidden(i)...)
	}
	return keys, true
}

// withHidden adds to an entity's shown key the columns that tell namesakes
// apart.
func (b *binder) withHidden(i int) []int {
	keys := []int{i}
	for j, g := range b.groups {
		if j != i && g.entity != nil && g.entity == b.groups[i].entity && dotted(g.via) == dotted(b.groups[i].via) {
			keys = append(keys, j)
		}
	}
	return keys
}

func (b *binder) groupNames() []string {
	var names []string
	for _, g := range b.groups {
		if g.name != "" {
			names = append(names, g.name)
		}
	}
	return names
}

// addsOverKeys reports whether no key multiplies rows.
func (b *binder) addsOverKeys() bool {
	for _, br := range b.branches {
		if br.fanned {
			return false
		}
	}
	return true
}

// additive reports whether a value of whole groups is the sum of its parts.
func (b *binder) additive(e Expr) bool {
	switch x := e.(type) {
	case Name:
		if m := b.metric(x); m != nil {
			return b.additiveMetric(m)
		}
	case Filtered:
		return b.additive(x.X)
	case Unary:
		return x.Op == Negate && b.additive(x.X)
	case Binary:
		return b.additiveArithmetic(x, b.additive)
	case Call:
		if orZero(x) {
			return b.additive(x.Args[0])
		}
		return len(x.Per) == 0 && (x.Func == "sum" || x.Func == "count" && !x.Distinct)
	}
	return false
}

// orZero reports coalesce(x, 0): what is missing adds nothing.
func orZero(c Call) bool { return c.Func == "coalesce" && len(c.Args) == 2 && isZero(c.Args[1]) }

func (b *binder) additiveArithmetic(x Binary, additive func(Expr) bool) bool {
	_, lConst := x.L.(Lit)
	_, rConst := x.R.(Lit)
	switch x.Op {
	case Add, Sub:
		return additive(x.L) && additive(x.R)
	case Mul:
		return lConst && additive(x.R) || rConst && additive(x.L)
	case Div:
		return rConst && additive(x.L)
	}
	return false
}

func (b *binder) additiveMetric(m *Metric) bool { return m.Additive(b.model) }

// Additive reports whether the metric's value for whole groups is the sum over
// their parts, along every dimension, time included.
func (m *Metric) Additive(model *Model) bool {
	if m.Kind == Converting {
		return !m.Convert.Rate && m.Convert.To.Additive(model) // each conversion belongs to one step
	}
	if m.Kind != Simple && m.Kind != Derived || m.Fill != nil && !m.Fill.IsNull() && !isZero(Lit{*m.Fill}) {
		return false
	}
	return additiveDefinition(m.Expr, model, 0)
}

func additiveDefinition(e Expr, model *Model, depth int) bool {
	if depth > 32 {
		return false
	}
	again := func(x Expr) bool { return additiveDefinition(x, model, depth+1) }
	switch x := e.(type) {
	case Name:
		if len(x.Path) == 1 {
			if m := model.Metric(x.Path[0]); m != nil && (m.Kind == Simple || m.Kind == Derived) {
				return again(m.Expr)
			}
		}
	case Call:
		if orZero(x) {
			return again(x.Args[0])
		}
		return len(x.Per) == 0 && (x.Func == "sum" || x.Func == "count" && !x.Distinct)
	case Filtered:
		return again(x.X)
	case Unary:
		return x.Op == Negate && again(x.X)
	case Binary:
		return (&binder{}).additiveArithmetic(x, again)
	}
	return false
}

// countable reports whether a value may be shown as a share of the same value
// over all groups: counts of distinct things may, means and ratios may not.
func (b *binder) countable(e Expr) bool {
	switch x := e.(type) {
	case Name:
		m := b.metric(x)
		return m != nil && (m.Kind == Simple || m.Kind == Balance) && b.countable(m.Expr)
	case Filtered:
		return b.countable(x.X)
	case Call:
		return x.Func == "count_distinct" || x.Func == "count" || x.Func == "sum"
	}
	return b.additive(e)
}
