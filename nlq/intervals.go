package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// interval is a length of time between two moments of a row, as the words from one token
// to another say it.
type interval struct {
	from, end   int
	start, stop *semantic.Dimension
	asked       bool  // the words ask how long it was
	event       event // the second moment is the first or last act of each that has the first; zero for any
}

// addIntervals finds the lengths of time between two moments of a row: days from order to
// delivery, 从下单到发货. Each is an attribute of the rows, a number of the unit that the
// question counts in.
func (r *Reader) addIntervals(l *lattice, see sight) {
	if len(r.moments) == 0 {
		return
	}
	see.named = r.tablesNamed(l)
	behind := 0 // the last two moments that were named both
	for at := range l.text.Tokens {
		if v, ok := r.fromTo(l.text, at, see); ok {
			r.addInterval(l, v)
			behind = max(behind, v.end)
		}
		if at < behind {
			continue // from order to delivery says nothing of the time to deliver
		}
		for _, read := range []func(*Text, int, sight) (interval, bool){r.toAct, r.untilAct, r.lengthOfAct} {
			if v, ok := read(l.text, at, see); ok {
				r.addInterval(l, v)
				break
			}
		}
		r.addEvents(l, at, see)
		r.addInForce(l, at)
		r.addLasted(l, at, see)
		r.addLags(l, at, see)
		r.addSince(l, at, see)
		r.addLapsed(l, at, see)
	}
}

// tablesNamed are the tables whose rows a text names.
func (r *Reader) tablesNamed(l *lattice) map[*semantic.Table]bool {
	named := map[*semantic.Table]bool{}
	for _, ms := range l.starts {
		for _, m := range ms {
			n, ok := m.means.(names)
			if !ok || m.typo != "" || m.cost > costMention+costDerived || r.actAt(l.text, m.from) {
				continue
			}
			switch o := n.alts[0].object; {
			case o.Table != nil:
				named[o.Table] = true
			case o.Metric != nil && r.countedBy[o.Metric] != nil:
				named[r.countedBy[o.Metric]] = true
			}
		}
	}
	return named
}

// actAt reports whether a moment is named at a token by what was done, and not by its rows.
func (r *Reader) actAt(t *Text, at int) bool {
	return slices.ContainsFunc(r.momentsAt(t, at, sight{}), func(h momentHit) bool { return h.rank < byRows })
}

// addInterval adds a length of time with every part of the words around it that only say
// that it is one.
func (r *Reader) addInterval(l *lattice, v interval) {
	first, last := v.from, v.end
	aside := l.text.unitAside()
	if aside.end > 0 {
		l.starts[aside.from] = append(l.starts[aside.from], mention{from: aside.from, end: aside.end, means: Noise{}, cost: costNoise})
		if first == aside.end {
			first = aside.from
		}
	}
	for first > 0 && (lengthBefore[l.text.At(first-1).Norm] || v.asked && meanWords[l.text.At(first-1).Norm]) {
		first--
	}
	for last < len(l.text.Tokens) && lengthBehind[l.text.At(last).Norm] {
		last++
	}
	unit := aside.unit
	if unit == "" {
		unit = l.text.unitOfTime(first, last)
	}
	d := r.lengthOf(v.start, v.stop, unit)
	if d == nil {
		return
	}
	mean := measure{dim: d, agg: "avg", bare: true}
	if v.event.dim != nil {
		r.addSpanOfEach(l, v, first, last, mean)
		return
	}
	var means meaning = names{[]alt{{object: Object{Dimension: d}}}}
	if v.asked {
		means = mean
	} else if end, ok := l.text.meanAsked(v.end); ok {
		for from := first; from <= v.from; from++ {
			l.starts[from] = append(l.starts[from], mention{from: from, end: end, means: mean, cost: costMention + costDerived})
		}
	}
	for from := first; from <= v.from; from++ {
		for end := v.end; end <= last; end++ {
			l.starts[from] = append(l.starts[from], mention{from: from, end: end, means: means, cost: costMention + costDerived})
		}
	}
	for at := last; at < min(last+4, len(l.text.Tokens)); at++ {
		if end := l.text.lengthAsked(at); end > at {
			l.add(mention{from: at, end: end, means: Which{What: HowOld}, cost: costMention})
		}
	}
}

// unitAside finds a unit of time that is said apart from the length it is of: how long, in
// hours, does it take; the average time (in days).
func (t *Text) unitAside() bound {
	for at := 1; at+2 < len(t.Tokens); at++ {
		opener, closer := t.At(at-1).Norm, t.At(at+2).Norm
		if unit := lengthUnits[t.At(at+1).Norm]; t.At(at).Norm == "in" && unit != "" && (opener == "," && closer == "," || opener == "(" && closer == ")") {
			return bound{unit: unit, from: at - 1, end: at + 3}
		}
	}
	return bound{}
}

// addSpanOfEach adds the time up to the first or last act of each, in the mean unless the
// words before it say otherwise.
func (r *Reader) addSpanOfEach(l *lattice, v interval, first, last int, m measure) {
	m.within, m.per = v.event.agg(), []thing{{table: v.start.Table}}
	if end, ok := l.text.meanAsked(v.end); ok {
		mean := m
		mean.bare = !slices.Contains(l.text.Norms()[v.end:end], "均")
		l.starts[v.from] = append(l.starts[v.from], mention{from: v.from, end: end, means: mean, cost: costMention + costDerived})
	}
	for from := v.from; ; from-- {
		for end := v.end; end <= last; end++ {
			l.starts[from] = append(l.starts[from], mention{from: from, end: end, means: m, cost: costMention + costDerived})
		}
		norm := l.text.At(from - 1).Norm
		agg, said := aggsOfSpan[norm]
		if from == 0 || !said && from <= first && norm != "of" {
			return
		}
		if said {
			m.agg, m.bare = agg, false
		}
	}
}

// aggsOfSpan are the words before a length of time for one of those of all.
var aggsOfSpan = map[string]string{"average": "avg", "mean": "avg", "avg": "avg", "median": "median", "longest": "max", "maximum": "max", "shortest": "min", "minimum": "min", "均": "avg", "平": "avg"}

// meanAsked returns the token behind words that ask how long it is between two moments in
// the mean: 平均要几天, 一般多久, 的平均天数.
func (t *Text) meanAsked(at int) (end int, ok bool) {
	mean := false
	for n := 0; n < 8 && askingFillers[t.At(at).Norm]; n++ {
		mean = mean || t.At(at).Norm == "均"
		at++
	}
	if end := t.lengthAsked(at); end > at {
		return end, true
	}
	for _, words := range lengthNouns {
		if mean && t.saysAt(at, words) {
			return at + len(words), true
		}
	}
	return 0, false
}

// lengthNouns are what a length of time is called behind its two moments.
var lengthNouns = [][]string{{"天", "数"}, {"时", "长"}, {"时", "间"}, {"用", "时"}, {"耗", "时"}, {"小", "时", "数"}, {"分", "钟", "数"}, {"间", "隔"}, {"周", "期"}}

// lengthBefore are words before the moments that say that the time between them is meant,
// lengthBehind those behind them.
var (
	lengthBefore = setOf("number of days day hours hour minutes weeks months years time the lag gap interval delay duration period elapsed length difference in wait waiting it takes take took taken pass passes passed elapse goes needed spent lead turnaround cycle processing")
	meanWords    = setOf("平 均 一 般 大 概 通 常 需 要 约")
	lengthBehind = setOf("之 间 的 相 隔 差 时 长 天 数 用 耗 周 期 所 需 要 花 了 过 历 经 一 般 通 常 大 概 约")
)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// unitOfTime is the unit that a length of time between two tokens is counted in, by the
// words around it; "" where none is said.
func (t *Text) unitOfTime(first, last int) string {
	for at := max(0, first-4); at < min(last+8, len(t.Tokens)); at++ {
		norm := t.At(at).Norm
		if unit := lengthUnits[norm]; !isHanNorm(norm) {
			if unit != "" && t.At(at-1).Class != Digit {
				return unit
			}
			continue
		}
		before := t.At(at - 1).Norm
		if before == "个" {
			before = t.At(at - 2).Norm
		}
		for _, n := range []int{2, 1} {
			unit := lengthUnits[t.Norm(at, min(at+n, len(t.Tokens)))]
			if unit != "" && (before == "几" || before == "少" || t.At(at+n).Norm == "数" && before != "工") {
				return unit
			}
		}
	}
	return ""
}

// lengthUnits are the units that lengths of time are counted in, as columns name them.
var lengthUnits = map[string]string{
	"minute": "minutes", "minutes": "minutes", "hour": "hours", "hours": "hours", "day": "days", "days": "days", "week": "weeks", "weeks": "weeks",
	"month": "months", "months": "months", "year": "years", "years": "years",
	"分钟": "minutes", "小时": "hours", "钟头": "hours", "天": "days", "周": "weeks", "星期": "weeks", "月": "months", "年": "years",
}

// lengthAsked returns the token behind words that ask how long: 几天, 多少小时, 多久.
func (t *Text) lengthAsked(at int) int {
	end := at
	switch {
	case t.At(at).Norm == "几":
		end = at + 1
	case t.At(at).Norm == "多" && t.At(at+1).Norm == "少":
		end = at + 2
	case t.At(at).Norm == "多" && t.At(at+1).Norm == "久":
		return at + 2
	case t.At(at).Norm == "多" && t.At(at+1).Norm == "长":
		if t.saysAt(at+2, []string{"时", "间"}) {
			return at + 4
		}
		return at + 2
	default:
		return at
	}
	if t.At(end).Norm == "个" {
		end++
	}
	for _, n := range []int{2, 1} {
		if end+n <= len(t.Tokens) && lengthUnits[t.Norm(end, end+n)] != "" {
			return end + n
		}
	}
	return at
}

// fromTo reads two moments that words link: from order to delivery, between check-in and
// check-out, order to ship time, 从下单到发货, 下单和发货之间.
func (r *Reader) fromTo(t *Text, at int, see sight) (interval, bool) {
	opener := t.At(at).Norm
	linked, said := linksFrom[opener]
	first := at
	if said {
		first = t.pastWhose(at + 1)
	} else {
		linked = map[string]bool{"to": true, "until": true, "到": true, "至": true, "和": true, "与": true, "跟": true}
	}
	var best interval
	least, tied := 1<<10, false
	for _, a := range r.momentsAt(t, first, see) {
		link := a.end
		for afterMoment[t.At(link).Norm] {
			link++
		}
		if !linked[t.At(link).Norm] {
			continue
		}
		if v, ok := r.toEvent(t, at, a, t.pastWhose(link+1), see); ok {
			return v, true
		}
		for _, b := range r.momentsAt(t, t.pastFillers(link+1), see) {
			cost, ok := r.pairCost(a, b)
			if !ok || !said && !t.closesPair(link, b.end) {
				continue
			}
			v := interval{from: at, end: b.end, start: a.dim, stop: b.dim}
			switch {
			case cost < least || cost == least && v.start == best.start && v.stop == best.stop && v.end > best.end:
				best, least, tied = v, cost, false
			case cost == least && (v.start != best.start || v.stop != best.stop):
				tied = true
			}
		}
	}
	return best, least < 1<<10 && !tied
}

// toEvent reads the first or last act at a token as the second moment behind one of those
// whose act it is: between joining and the first payment.
func (r *Reader) toEvent(t *Text, from int, a momentHit, at int, see sight) (interval, bool) {
	e, end, ok := r.eventAt(t, at, see)
	if !ok || a.rank == byRows || r.graph.hops(e.dim.Table, a.dim.Table) < 1 {
		return interval{}, false
	}
	return interval{from: from, end: end, start: a.dim, stop: e.dim, event: e}, true
}

// pastWhose skips words before a moment that say nothing of which, and whose it was: a
// member's.
func (t *Text) pastWhose(at int) int {
	at = t.pastFillers(at)
	for _, end := range []int{at + 1, at + 2} {
		if t.At(end).Norm == "'" && t.Glued(end) {
			return t.pastFillers(t.pastWords(end+1, "s"))
		}
	}
	return at
}

// linksFrom are the words that lead to the second moment, by the word before the first.
var linksFrom = map[string]map[string]bool{
	"from": setOf("to until till through and"), "between": setOf("and to &"), "从": setOf("到 至"), "自": setOf("到 至"), "由": setOf("到 至"),
}

// afterMoment are words behind a first moment that change nothing: 下单后到发货.
var afterMoment = setOf("后 起 开 始 再 直")

// closesPair reports whether two moments with no word before them are the ends of a length
// of time, by what stands between and behind them.
func (t *Text) closesPair(link, end int) bool {
	switch norm := t.At(link).Norm; norm {
	case "到", "至":
		return true
	case "to", "until":
		next := t.At(end).Norm
		return lengthUnits[next] != "" || setOfLengths[next] || t.At(end-1).Norm == "time"
	}
	behind := t.Norm(end, min(end+2, len(t.Tokens)))
	return behind == "之间" || behind == "间隔" || behind == "相隔" || behind == "相差" || behind == "的间" || t.At(end).Norm == "间" || t.At(end).Norm == "隔"
}

var setOfLengths = setOf("time duration interval gap lag delay lead cycle period turnaround")

// pastFillers skips words before a moment that say nothing of which.
func (t *Text) pastFillers(at int) int {
	for momentFillers[t.At(at).Norm] {
		at++
	}
	return at
}

var momentFillers = setOf("the a an its their his her when it they is was are were being been getting get gets actual of")

// pairCost is how far two moments are from their names and from each other; ok is false
// where no row has both.
func (r *Reader) pairCost(a, b momentHit) (cost int, ok bool) {
	if a.dim == b.dim || a.rank == byRows && b.rank == byRows {
		return 0, false
	}
	hops := r.graph.hops(b.dim.Table, a.dim.Table)
	if hops < 0 {
		hops = r.graph.hops(a.dim.Table, b.dim.Table)
	}
	return 4*hops + a.rank + b.rank, hops >= 0
}

// toAct reads the time that it takes to do something: days to ship, how long it takes to
// resolve a ticket, time until delivery.
func (r *Reader) toAct(t *Text, at int, see sight) (interval, bool) {
	from := at
	for onAverage[t.At(from-1).Norm] {
		from--
	}
	before := t.At(from - 1).Norm
	switch t.At(at).Norm {
	case "to":
		if !(setOfLengths[before] || lengthUnits[before] != "" || takesTime[before]) {
			return interval{}, false
		}
	case "until", "till":
		if !(setOfLengths[before] || lengthUnits[before] != "" || before == "long") {
			return interval{}, false
		}
	default:
		return interval{}, false
	}
	return r.sinceStart(from, r.momentsAt(t, t.pastFillers(at+1), see))
}

// onAverage are words between a length of time and what it is to that only say that the
// mean is meant.
var onAverage = setOf("on average usually typically normally generally us")

var takesTime = setOf("take takes took taken needed need needs long longest shortest")

// sinceStart is the time from when a row began to the one moment that was named.
func (r *Reader) sinceStart(from int, hits []momentHit) (interval, bool) {
	var found []momentHit
	for _, h := range hits {
		if h.rank == byRows || r.startOf(h.dim) == nil {
			continue
		}
		if len(found) > 0 && found[0].rank < h.rank {
			continue
		}
		if len(found) > 0 && found[0].rank > h.rank {
			found = found[:0]
		}
		found = append(found, h)
	}
	if len(found) == 0 || slices.ContainsFunc(found, func(h momentHit) bool { return h.dim != found[0].dim }) {
		return interval{}, false
	}
	last := found[len(found)-1]
	return interval{from: from, end: last.end, start: r.startOf(last.dim), stop: last.dim}, true
}

// startOf is the moment at which what ends at another began: where the model declares the
// time between the two, else the time of the rows, where that stands before it; nil for
// none.
func (r *Reader) startOf(stop *semantic.Dimension) *semantic.Dimension {
	t := stop.Table
	for _, d := range t.Dimensions {
		if start, end := lengthEnds(d); end != nil && semantic.ExprString(end) == semantic.ExprString(stop.Expr) {
			for _, o := range t.Dimensions {
				if isTime(o) && o != stop && semantic.ExprString(o.Expr) == semantic.ExprString(start) {
					return o
				}
			}
		}
	}
	if t.Time == nil || t.Time == stop || t.Time.Table != t || isBirth(t.Time) || slices.Index(t.Dimensions, t.Time) > slices.Index(t.Dimensions, stop) {
		return nil
	}
	return t.Time
}

// untilAct reads 下单后多久发货, 报修一般几天修好 and 平均多久发货: how long until something was
// done, since another moment or since the row began.
func (r *Reader) untilAct(t *Text, at int, see sight) (interval, bool) {
	if t.At(at).Class != Han {
		return interval{}, false
	}
	asked := func(from int) (end int, ok bool) {
		for n := 0; n < 8 && askingFillers[t.At(from).Norm]; n++ {
			from++
		}
		end = t.lengthAsked(from)
		return end, end > from
	}
	behind := func(end int) []momentHit {
		for n := 0; n < 6 && doingFillers[t.At(end).Norm]; n++ {
			end++
		}
		return r.momentsAt(t, end, see)
	}
	for _, a := range r.momentsAt(t, at, see) {
		end, ok := asked(a.end)
		if !ok {
			continue
		}
		for _, b := range behind(end) {
			if _, ok := r.pairCost(a, b); ok {
				return interval{from: at, end: b.end, start: a.dim, stop: b.dim, asked: true}, true
			}
		}
	}
	if end := t.lengthAsked(at); end > at {
		v, ok := r.sinceStart(at, behind(end))
		v.asked = true
		return v, ok
	}
	return interval{}, false
}

// askingFillers stand between a moment and the question how long, doingFillers between that
// and what was done.
var (
	askingFillers = setOf("后 之 以 的 平 均 一 般 大 概 通 常 约 要 需 得 用 花 会 隔 过 到 都 是 了")
	doingFillers  = setOf("才 能 就 可 以 会 被 后 之 内 完 给 再 得 到 来")
)

// lengthOfAct reads 发货用了几天 and 修好要多久: how long it took since the row began.
func (r *Reader) lengthOfAct(t *Text, at int, see sight) (interval, bool) {
	if t.At(at).Class != Han {
		return interval{}, false
	}
	v, ok := r.sinceStart(at, r.momentsAt(t, at, see))
	if !ok {
		return v, false
	}
	end := v.end
	for n := 0; n < 8 && askingFillers[t.At(end).Norm]; n++ {
		end++
	}
	if asked := t.lengthAsked(end); asked > end {
		v.end, v.asked = asked, true
		return v, true
	}
	return v, false
}

// lengthOf is the length of time between two moments of a row as an attribute: the one
// that the model declares, else one that is counted in days where no unit is said; nil
// where it cannot be counted in that unit.
func (r *Reader) lengthOf(start, stop *semantic.Dimension, unit string) *semantic.Dimension {
	if d := r.declaredLength(start, stop); d != nil && (unit == "" || unit == d.Unit || lengthUnits[d.Unit] == unit) {
		return d
	}
	if unit == "" {
		unit = "days"
	}
	return r.freshLength(start, stop, unit)
}

// freshLength is the length of time between two moments as an attribute that the model
// does not declare.
func (r *Reader) freshLength(start, stop *semantic.Dimension, unit string) *semantic.Dimension {
	home := start.Table
	if r.graph.hops(stop.Table, start.Table) >= 0 {
		home = stop.Table
	}
	clocked := start.Type.Kind == semantic.Timestamp && stop.Type.Kind == semantic.Timestamp
	from, to := semantic.Expr(r.nameOf(start, "")), semantic.Expr(r.nameOf(stop, ""))
	d := &semantic.Dimension{Table: home, Unit: unit, Sum: "avg", Type: semantic.ColumnType{Kind: semantic.Float}, Names: semantic.Names{Label: semantic.Label{EN: "time"}}}
	switch scale := unitSeconds[unit]; {
	case clocked:
		d.Expr = quotient(semantic.Call{Func: "seconds_between", Args: []semantic.Expr{from, to}}, semantic.IntValue(scale))
	case scale < 86400:
		return nil
	case scale == 86400:
		return r.daysApart(start, stop)
	default:
		d.Expr = quotient(semantic.Call{Func: "days_between", Args: []semantic.Expr{from, to}}, daysIn(scale))
	}
	return d
}

// unitSeconds are the seconds of a unit; a month and a year are those of the mean year of
// the calendar.
var unitSeconds = map[string]int64{"minutes": 60, "hours": 3600, "days": 86400, "weeks": 7 * 86400, "months": 2629746, "years": 31556952}

// daysApart is the number of midnights between two moments of a row.
func (r *Reader) daysApart(start, stop *semantic.Dimension) *semantic.Dimension {
	home := start.Table
	if r.graph.hops(stop.Table, start.Table) >= 0 {
		home = stop.Table
	}
	return &semantic.Dimension{
		Table: home, Unit: "days", Sum: "avg", Type: semantic.ColumnType{Kind: semantic.Int}, Names: semantic.Names{Label: semantic.Label{EN: "time"}},
		Expr: semantic.Call{Func: "days_between", Args: []semantic.Expr{r.nameOf(start, ""), r.nameOf(stop, "")}},
	}
}

func quotient(e semantic.Expr, by semantic.Value) semantic.Expr {
	return semantic.Binary{Op: semantic.Div, L: e, R: semantic.Lit{Value: by}}
}

// daysIn are the days of so many seconds.
func daysIn(seconds int64) semantic.Value {
	if seconds%86400 == 0 {
		return semantic.IntValue(seconds / 86400)
	}
	return semantic.DecimalValue(seconds*1000000/86400, 6)
}

// declaredLength is the attribute that the model declares for the time between two moments
// of a row; nil for none.
func (r *Reader) declaredLength(start, stop *semantic.Dimension) *semantic.Dimension {
	if start.Table != stop.Table {
		return nil
	}
	for _, d := range start.Table.Dimensions {
		from, to := lengthEnds(d)
		if to != nil && semantic.ExprString(from) == semantic.ExprString(start.Expr) && semantic.ExprString(to) == semantic.ExprString(stop.Expr) {
			return d
		}
	}
	return nil
}

// lengthEnds are the two moments that an attribute is the time between; nil where it is
// none.
func lengthEnds(d *semantic.Dimension) (from, to semantic.Expr) {
	e := d.Expr
	if by, ok := e.(semantic.Binary); ok && by.Op == semantic.Div {
		e = by.L
	}
	if call, ok := e.(semantic.Call); ok && len(call.Args) == 2 && (call.Func == "days_between" || call.Func == "seconds_between") && secondsIn[d.Unit] > 0 {
		return call.Args[0], call.Args[1]
	}
	return nil, nil
}
