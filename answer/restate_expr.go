package answer

import (
	"strconv"
	"strings"

	"wenshu/semantic"
)

// expr says an expression of a query or a metric in words.
func (b *book) expr(x semantic.Expr) string {
	switch x := x.(type) {
	case semantic.Lit:
		return b.literal(x.Value)
	case semantic.Name:
		return b.name(x.Path)
	case semantic.Grained:
		return b.grained(x)
	case semantic.Unary:
		if x.Op == semantic.Not {
			return b.w.NotThat.string(word("a", b.expr(x.X)))
		}
		return "−" + b.expr(x.X)
	case semantic.Binary:
		return b.binary(x)
	case semantic.In:
		return b.in(x)
	case semantic.Between:
		m := b.w.Between
		if x.Not {
			m = b.w.NotBetween
		}
		return m.string(word("a", b.expr(x.X)), word("lo", b.operand(x.X, x.Lo)), word("hi", b.operand(x.X, x.Hi)))
	case semantic.IsNull:
		m := b.w.IsNull
		if x.Not {
			m = b.w.NotNull
		}
		return m.string(word("a", b.expr(x.X)))
	case semantic.Match:
		return b.match(x)
	case semantic.During:
		m := b.w.InPeriod
		if x.Not {
			m = b.w.NotInPeriod
		}
		return m.string(word("a", b.name(x.Of.Path)), word("b", b.periods(x.Periods)))
	case semantic.Call:
		return b.call(x)
	case semantic.Filtered:
		return b.w.MetricWhere.string(word("metric", b.expr(x.X)), word("filter", b.expr(x.Where)))
	case semantic.Case:
		return b.w.CaseOf.string()
	case semantic.ViewerAttr:
		return x.Attr
	}
	return ""
}

func (b *book) literal(v semantic.Value) string {
	switch v.Kind() {
	case semantic.Bool:
		if v.Bool() {
			return b.w.True
		}
		return b.w.False
	case semantic.Date, semantic.Timestamp:
		return b.w.Dates.instant(v.Time())
	case semantic.Text:
		return v.Text()
	case semantic.Null:
		return b.w.NullName
	}
	return b.w.Numbers.Exact(v)
}

// name is the label of a metric, a dimension or a table.
func (b *book) name(path []string) string {
	last := path[len(path)-1]
	if len(path) == 1 {
		if m := b.metric(last); m != nil {
			return b.metricLabel(m)
		}
	}
	if d := b.dimension(path); d != nil {
		return b.dimensionLabel(d)
	}
	if t := b.tableNamed(last); t != nil {
		return b.tableLabel(t)
	}
	if j := b.join(path); j != nil {
		return b.label(j.Names, j.Name)
	}
	return strings.ReplaceAll(last, "_", " ")
}

func (b *book) grained(x semantic.Grained) string { return b.grainLabel(x.Grain) }

// operand says a value that is compared with x: a member of x where x is a
// dimension, a weekday where x is a part of a date.
func (b *book) operand(x, value semantic.Expr) string {
	lit, ok := value.(semantic.Lit)
	if !ok {
		return b.expr(value)
	}
	if d, isNumber := decimalOf(lit.Value); isNumber && b.inPercent(x) {
		return b.w.Numbers.Percent(lit.Value, max(d.trim().scale-2, 0))
	}
	if code := b.moneyOf(x); code != "" && lit.Value.IsNumber() {
		return b.w.Numbers.Exactly(lit.Value, code)
	}
	switch x := x.(type) {
	case semantic.Name:
		if d := b.dimension(x.Path); d != nil && (len(x.Path) > 1 || b.metric(x.Path[0]) == nil) {
			if lit.Value.Kind() == semantic.Text {
				return b.member(d, lit.Value)
			}
			if d.Key {
				return lit.Value.String()
			}
		}
	case semantic.Grained:
		if x.Grain.Cyclic != semantic.NoCycle {
			return b.w.Dates.cyclic(lit.Value, x.Grain.Cyclic)
		}
	}
	return b.literal(lit.Value)
}

// inPercent reports whether the numbers of an expression are shown as percentages.
func (b *book) inPercent(x semantic.Expr) bool {
	switch x := x.(type) {
	case semantic.Name:
		m := b.metric(x.Path[0])
		return len(x.Path) == 1 && m != nil && m.Format.Style == "percent"
	case semantic.Filtered:
		return b.inPercent(x.X)
	case semantic.Call:
		return x.Func == "growth" || x.Func == "share"
	}
	return false
}

// moneyOf is the currency that the numbers of an expression are amounts of; "" for
// none.
func (b *book) moneyOf(x semantic.Expr) string {
	unit, style := "", ""
	switch x := x.(type) {
	case semantic.Name:
		if m := b.metric(x.Path[len(x.Path)-1]); m != nil && len(x.Path) == 1 {
			unit, style = m.Unit, m.Format.Style
		} else if d := b.dimension(x.Path); d != nil {
			unit, style = d.Unit, d.Format.Style
		}
	case semantic.Filtered:
		return b.moneyOf(x.X)
	case semantic.Call:
		if len(x.Args) > 0 && (x.Func == "change" || x.Func == "sum" || x.Func == "avg" || x.Func == "min" || x.Func == "max" || x.Func == "median") {
			return b.moneyOf(x.Args[0])
		}
	}
	switch {
	case isCurrency(unit):
		return unit
	case style == "money":
		return b.model.Currency
	}
	return ""
}

func (b *book) binary(x semantic.Binary) string {
	if said, ok := b.span(x); ok {
		return said
	}
	m, ok := map[semantic.Op]message{
		semantic.And: b.w.Both, semantic.Or: b.w.Either, semantic.Eq: b.w.Eq, semantic.Ne: b.w.Ne, semantic.Lt: b.w.Lt, semantic.Le: b.w.Le,
		semantic.Gt: b.w.Gt, semantic.Ge: b.w.Ge, semantic.Add: b.w.Plus, semantic.Sub: b.w.Minus, semantic.Mul: b.w.Times, semantic.Div: b.w.Over,
	}[x.Op]
	if !ok {
		return ""
	}
	left, right := b.expr(x.L), b.operand(x.L, x.R)
	if binding(x.L) < binding(x) {
		left = "(" + left + ")"
	}
	if binding(x.R) < binding(x) || (x.Op == semantic.Sub || x.Op == semantic.Div) && binding(x.R) == binding(x) {
		right = "(" + right + ")"
	}
	return m.string(word("a", left), word("b", right))
}

// binding is how tightly an expression holds together when it is said: what
// holds less than its surroundings is put in parentheses.
func binding(x semantic.Expr) int {
	op, ok := x.(semantic.Binary)
	if !ok {
		return 9
	}
	switch op.Op {
	case semantic.Or:
		return 1
	case semantic.And:
		return 2
	case semantic.Add, semantic.Sub:
		return 4
	case semantic.Mul, semantic.Div:
		return 5
	}
	return 3
}

// entity says what rows are told apart by. A table and a metric may have one
// name; only the table is told apart.
func (b *book) entity(x semantic.Expr) string {
	if t := b.tableMeant(x); t != nil {
		return b.tableLabel(t)
	}
	return b.expr(x)
}

// tableMeant is the table that an expression names alone; nil for none.
func (b *book) tableMeant(x semantic.Expr) *semantic.Table {
	if name, ok := x.(semantic.Name); ok && len(name.Path) == 1 {
		return b.tableNamed(name.Path[0])
	}
	return nil
}

// set says what is in a set of entities: those with three or more orders in May.
func (b *book) set(x semantic.In) string {
	sub := x.Sub
	at := asIndex(x.Not)
	if sub.List != nil || sub.Limit > 0 || len(sub.By) != 1 || len(sub.Items) != 1 || len(sub.Versus) > 1 {
		return [...]message{b.w.InSet, b.w.NotInSet}[at].string(word("a", b.entity(x.X)), word("b", b.question(sub)))
	}
	against := ""
	if len(sub.Versus) > 0 {
		against = b.w.Versus.string(word("a", b.against(sub.Versus[0])))
	}
	span := b.w.SetSpan.string(word("period", b.askedPeriod(sub)), word("versus", against))
	args := []arg{word("a", b.entity(x.X)), word("period", span)}
	if sub.Having != nil {
		return [...]message{b.w.SetWhere, b.w.SetNotWhere}[at].string(append(args, word("filters", b.w.joinStrings(b.conditions(sub))))...)
	}
	filters := word("filters", b.w.joinStrings(b.conditions(sub)))
	return [...]message{b.w.SetWith, b.w.SetWithout}[at].string(append(args, word("acts", b.acts(sub.Items[0].Expr)), filters)...)
}

// acts says the rows that a count counts.
func (b *book) acts(x semantic.Expr) string {
	if call, ok := x.(semantic.Call); ok && call.Func == "count" && !call.Distinct && len(call.Args) == 1 {
		return b.entity(call.Args[0])
	}
	return b.expr(x)
}

func (b *book) in(x semantic.In) string {
	if x.Sub != nil {
		return b.set(x)
	}
	items := make([]string, len(x.List))
	for i, item := range x.List {
		items[i] = b.operand(x.X, item)
	}
	m := b.w.OneOf
	if x.Not {
		m = b.w.NoneOf
	}
	return m.string(word("a", b.expr(x.X)), word("b", b.w.either(items)))
}

func (b *book) match(x semantic.Match) string {
	m := [...][2]message{
		semantic.Contains: {b.w.Contains, b.w.NotContains},
		semantic.Starts:   {b.w.Starts, b.w.NotStarts},
		semantic.Ends:     {b.w.Ends, b.w.NotEnds},
	}[x.How][asIndex(x.Not)]
	return m.string(word("a", b.expr(x.X)), word("b", x.Pattern))
}

func asIndex(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (b *book) call(x semantic.Call) string {
	args := make([]string, len(x.Args))
	for i, arg := range x.Args {
		args[i] = b.expr(arg)
	}
	f := x.Func
	if f == "count" && len(args) == 1 {
		args[0] = b.countedThings(x.Args[0])
	}
	if x.Distinct && f == "count" {
		f = "count_distinct"
	}
	if said := b.passing(x); said != "" {
		return said
	}
	if f == "overall" && len(args) > 1 {
		return b.w.OfTheSame.string(word("a", args[0]), word("by", b.w.joinStrings(args[1:])))
	}
	if f == "bucket" {
		return b.w.Buckets.string(word("a", b.perOf(first0(args), x.Per)))
	}
	m, ok := b.w.Aggregates[f]
	if end := b.endOf(x); end != "" {
		m, ok = b.w.EndsOf[end]
	}
	if !ok {
		return f + "(" + strings.Join(args, ", ") + ")"
	}
	if f != "least" && f != "greatest" && f != "days_between" && f != "seconds_between" && f != "years_between" && len(args) > 1 {
		args = args[:1]
	}
	return b.perOf(m.string(word("a", b.w.joinStrings(args))), x.Per)
}

// passing says how many of the finer groups pass a test: number of days with
// revenue above 300,000; "" for every other call.
func (b *book) passing(x semantic.Call) string {
	if x.Func != "count" || len(x.Per) == 0 || len(x.Args) != 1 {
		return ""
	}
	switch x.Args[0].(type) {
	case semantic.Binary, semantic.Between:
	default:
		return ""
	}
	per := make([]string, len(x.Per))
	for i, p := range x.Per {
		per[i] = b.countedGroups(p)
	}
	return b.w.Passing.string(word("per", b.w.joinStrings(per)), word("test", b.expr(x.Args[0])))
}

// perOf says for each of what something is taken.
func (b *book) perOf(said string, of []semantic.Expr) string {
	if len(of) == 0 {
		return said
	}
	per := make([]string, len(of))
	for i, p := range of {
		per[i] = b.expr(p)
	}
	return b.w.AggregatePer.string(word("a", said), word("per", b.w.joinStrings(per)))
}

func first0(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// periods says periods as they were meant; where no word is known for one, by its days, and
// where it is not known when it is asked, as the query line spells it.
func (b *book) periods(list []semantic.Period) string {
	texts := make([]string, len(list))
	for i, p := range list {
		texts[i] = b.period(p)
		if texts[i] == "" && !b.now.IsZero() {
			if iv, err := semantic.Resolve(p, semantic.Clock{Now: b.now, Calendar: b.model.Calendar}); err == nil {
				texts[i] = b.w.Dates.interval(iv)
			}
		}
		if texts[i] == "" {
			texts[i] = semantic.PeriodString(p)
		}
	}
	return b.w.joinStrings(texts)
}

// period says one period as it was meant: 上月, last 7 days; "" when there is
// no word for it.
func (b *book) period(p semantic.Period) string {
	switch p := p.(type) {
	case semantic.AllTime:
		return b.w.Dates.All.string()
	case semantic.Relative:
		return b.relative(p)
	case semantic.Absolute:
		return b.absolute(p)
	case semantic.ToDate:
		if of := b.period(p.Of); of != "" {
			return b.w.SoFar.string(word("a", of))
		}
	case semantic.Festival:
		return b.festival(p)
	case semantic.Range:
		return b.w.Dates.interval(semantic.Interval{Start: p.Start, End: p.End})
	case semantic.Open:
		if of := b.period(p.Of); of != "" {
			return b.w.Opens[p.How].string(word("a", of))
		}
	case semantic.Shifted:
		if day, ok := p.Of.(semantic.Relative); ok && day == (semantic.Relative{Unit: semantic.Day}) && p.N < 0 {
			return b.w.DayAgo.string(word("ago", b.w.Units[p.Unit].Ago.string(counted("n", -p.N))))
		}
	case semantic.Within:
		of, n := b.period(p.Of), b.numbered(p)
		if of != "" && n != "" {
			return b.w.Inside.string(word("a", of), word("b", n))
		}
	case semantic.FromTo:
		from, to := b.period(p.From), b.period(p.To)
		if from != "" && to != "" {
			return b.w.Dates.Between.string(word("a", from), word("b", to))
		}
	}
	return ""
}

// numbered says the n-th unit inside a longer one; "" when there is no word for it.
func (b *book) numbered(p semantic.Within) string {
	d := &b.w.Dates
	if p.From != p.To {
		return ""
	}
	switch p.Unit {
	case semantic.Half:
		return at1(d.Halves[:], p.From)
	case semantic.Quarter:
		return at1(d.Quarters[:], p.From)
	case semantic.Month:
		return at1(d.Months[:], p.From)
	case semantic.Day:
		if of, ok := p.Of.(semantic.Within); ok && of.Unit == semantic.Month && p.From > 0 {
			return d.DayOfMonth.string(counted("n", p.From))
		}
	}
	return ""
}

func (b *book) relative(p semantic.Relative) string {
	u, ok := b.w.Units[p.Unit]
	switch {
	case !ok:
		return ""
	case p.From == p.To && p.From == 0:
		return u.This
	case p.From == p.To && p.From == -1:
		return u.Last
	case p.From == p.To && p.From == 1:
		return u.Next
	case p.From == p.To && p.From < 0:
		return u.Ago.string(counted("n", -p.From))
	case p.From < 0 && (p.To == -1 || p.To == 0):
		return u.LastN.string(counted("n", p.To-p.From+1))
	}
	return ""
}

// absolute says a named unit.
func (b *book) absolute(p semantic.Absolute) string {
	d, y := &b.w.Dates, word("y", strconv.Itoa(p.Year))
	switch p.Unit {
	case semantic.Year:
		return d.Year.string(y)
	case semantic.Half:
		return d.Half.string(y, word("half", at1(d.Halves[:], p.N)))
	case semantic.Quarter:
		return d.Quarter.string(y, word("q", at1(d.Quarters[:], p.N)))
	case semantic.Month:
		return d.Month.string(y, word("m", strconv.Itoa(p.N)), word("mon", at1(d.Months[:], p.N)))
	case semantic.Day:
		return d.Day.string(y, word("m", strconv.Itoa(p.N/100)), word("mon", at1(d.Months[:], p.N/100)), word("d", strconv.Itoa(p.N%100)))
	case semantic.FiscalYear:
		return d.FiscalYear.string(y)
	case semantic.FiscalHalf:
		return d.FiscalHalf.string(y, word("half", at1(d.Halves[:], p.N)))
	case semantic.FiscalQuarter:
		return d.FiscalQuarter.string(y, word("q", at1(d.Quarters[:], p.N)))
	case semantic.FiscalMonth:
		return d.FiscalMonth.string(y, word("m", strconv.Itoa(p.N)))
	}
	return ""
}

// at1 is the n-th of a list, counted from 1; "" outside.
func at1(list []string, n int) string {
	if n < 1 || n > len(list) {
		return ""
	}
	return list[n-1]
}

func (b *book) festival(p semantic.Festival) string {
	name := p.Name
	if b.model.Calendar != nil {
		for _, f := range b.model.Calendar.Festivals {
			if f.Name == p.Name {
				name = b.label(f.Names, f.Name)
			}
		}
	}
	year := ""
	if p.Year >= 1000 {
		year = b.w.Dates.Year.string(word("y", strconv.Itoa(p.Year)))
	} else {
		year = b.relative(semantic.Relative{Unit: semantic.Year, From: p.Year, To: p.Year})
	}
	return b.w.Festival.string(word("year", year), word("name", name))
}
