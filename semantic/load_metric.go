package semantic

import (
	"slices"
	"strconv"
	"strings"
)

// metricDraft is a metric while its expression is not resolved yet.
type metricDraft struct {
	metric *Metric
	o      object
	state  draftState
	homes  []*Table // of all its aggregates, in order
	size   int      // aggregates after replacing every metric by its definition
}

type draftState uint8

const (
	untouched draftState = iota
	inProgress
	settled
)

// maxMetricSize bounds the aggregates that a metric stands for.
const maxMetricSize = 256

// declareMetrics makes every metric; expressions are resolved later.
func (l *loader) declareMetrics() {
	l.drafts = map[string]*metricDraft{}
	for _, e := range l.sections.metrics {
		if l.drafts[e.key] != nil {
			l.report(Problem{Code: Collision, Pos: e.pos, Name: e.key, Detail: "metric"})
			continue
		}
		l.identifier(e, "metric")
		m := &Metric{Name: e.key, Pos: e.pos, Format: Format{Decimals: -1}}
		o, ok := l.object(e.value, &metricShape)
		draft := &metricDraft{metric: m, o: o}
		l.drafts[e.key] = draft
		l.metrics = append(l.metrics, draft)
		l.model.Metrics = append(l.model.Metrics, m)
		if ok {
			l.readMetric(draft)
		}
	}
}

// readMetric reads what a metric says without naming anything else.
func (l *loader) readMetric(draft *metricDraft) {
	m, o := draft.metric, draft.o
	m.Names = o.names(m.Name)
	m.Expr = o.expr("expr")
	m.Where = o.expr("where")
	m.Unit = l.unit(o.text("unit"))
	m.Format = o.format()
	switch {
	case m.Format.Style == "money" && m.Unit == "":
		m.Unit = l.model.Currency
	case m.Format.Style == "percent" && m.Unit == "":
		m.Unit = "%"
	case m.Format.Style == "" && m.Unit == "%":
		m.Format.Style = "percent"
	}
	m.Owner = o.text("owner")
	m.Default = o.period("default")
	m.Fill = o.filling()
	m.Good = map[string]Direction{"up": UpIsGood, "down": DownIsGood}[o.word("good", "up", "down")]
	m.OverTime = o.word("over_time", overTimeWords...)
	m.ToDate, _ = ParseUnit(o.word("to_date", wholeUnits...))
	m.Window = o.length("window")
	m.Running = o.flag("running")
	m.Offset, m.OffsetBy = o.distance("offset")
	m.Clamp = o.flag("clamp")
	m.Prorate, m.ByWork = o.proration("prorate")
	m.Shows = o.word("shows", showWords...)
	m.AtStart, _ = ParseUnit(o.word("at_start", wholeUnits...))
	l.checkKind(draft)
}

// kindKeys are the keys that make a metric more than an aggregate; a metric
// has one of them at most.
var kindKeys = []string{"over_time", "to_date", "window", "running", "offset", "at_start", "convert", "retain"}

// checkKind wants an expression or a conversion, and one kind. It reports
// Missing and Collision.
func (l *loader) checkKind(draft *metricDraft) {
	o := draft.o
	first := ""
	for _, key := range kindKeys {
		f := o.field(key)
		if f == nil || f.value.isNull() || key == "running" && !draft.metric.Running {
			continue
		}
		if first != "" {
			l.report(Problem{Code: Collision, Pos: f.pos, Name: key, Detail: first})
		}
		first = key
	}
	expr := o.field("expr")
	switch {
	case steps(first) && expr != nil:
		l.report(Problem{Code: Collision, Pos: expr.pos, Name: "expr", Detail: first})
	case !steps(first) && o.get("expr") == nil:
		l.report(Problem{Code: Missing, Pos: draft.metric.Pos, Name: "expr", Detail: draft.metric.Name})
	}
	if shows := o.field("shows"); shows != nil && first != "to_date" && first != "window" && first != "running" {
		l.report(Problem{Code: Missing, Pos: shows.pos, Name: "window", Detail: "shows"})
	}
	if clamp := o.field("clamp"); clamp != nil && draft.metric.Clamp && unitRank(draft.metric.Offset.Unit) <= int(Week) {
		l.report(Problem{Code: Missing, Pos: clamp.pos, Name: "offset", Detail: "clamp"})
	}
	if per := o.field("per"); per != nil && first != "over_time" {
		l.report(Problem{Code: Missing, Pos: per.pos, Name: "over_time", Detail: "per"})
	}
}

// steps reports a kind that is made of two other metrics and has no expression.
func steps(kind string) bool { return kind == "convert" || kind == "retain" }

// proration reads whether a sum is cut by days, and whether by working days alone.
func (o object) proration(key string) (on, working bool) {
	if n := o.get(key); n != nil && n.kind == scalarNode && n.text == WorkingDay.String()+"s" {
		return true, true
	}
	return o.flag(key), false
}

// period reads a period; nil when it is absent or wrong.
func (o object) period(key string) Period {
	n := o.get(key)
	text, ok := o.l.scalar(n, key)
	if !ok {
		return nil
	}
	p, err := ParsePeriod(text)
	if err != nil {
		o.l.reportText(n, err)
		return nil
	}
	return p
}

// filling reads what stands where there is nothing: a number, or none.
func (o object) filling() *Value {
	if n := o.get("fill"); n != nil && n.kind == scalarNode && n.text == "none" {
		return &Value{}
	}
	return o.numeral("fill")
}

// numeral reads a number; nil when it is absent or wrong.
func (o object) numeral(key string) *Value {
	n := o.get(key)
	text, ok := o.l.scalar(n, key)
	if !ok {
		return nil
	}
	v, err := ParseDecimal(text)
	if whole, notWhole := strconv.ParseInt(text, 10, 64); notWhole == nil {
		v = IntValue(whole)
	}
	if err != nil || n.quoted {
		o.l.wrongType(n, key, "number")
		return nil
	}
	return &v
}

// distance reads how far earlier something lies: a length of time, or a number of
// periods of the calendar's own, 1 time.trade_week. It reports WrongType.
func (o object) distance(key string) (w Window, by string) {
	n := o.get(key)
	text, ok := o.l.scalar(n, key)
	if !ok {
		return Window{}, ""
	}
	digits, attribute, own := strings.Cut(text, " time.")
	if !own {
		return o.length(key), ""
	}
	count, err := strconv.Atoi(digits)
	if err != nil || count < 1 || count > 10_000 || attribute == "" {
		o.l.report(Problem{Code: WrongType, Pos: n.pos, Name: text, Near: []string{"1 time.week"}, Detail: key})
		return Window{}, ""
	}
	return Window{N: count}, attribute
}

// length reads a length of time: 12 months, 1 year. It reports WrongType.
func (o object) length(key string) Window {
	n := o.get(key)
	text, ok := o.l.scalar(n, key)
	if !ok {
		return Window{}
	}
	digits, unit, _ := strings.Cut(text, " ")
	count, err := strconv.Atoi(digits)
	u, known := ParseUnit(strings.TrimSuffix(strings.TrimSpace(unit), "s"))
	known = known && u != Millisecond
	if err != nil || !known || count < 1 || count > 10_000 {
		o.l.report(Problem{Code: WrongType, Pos: n.pos, Name: text, Near: []string{"12 months"}, Detail: key})
		return Window{}
	}
	return Window{count, u}
}

// resolveMetrics resolves every metric after those that it is defined by.
func (l *loader) resolveMetrics() {
	for _, draft := range l.metrics {
		l.resolveMetric(draft)
	}
	for _, draft := range l.metrics {
		l.names.homes[draft.metric] = draft.homes
	}
}

func (l *loader) resolveMetric(draft *metricDraft) {
	if draft.state != untouched || l.full() {
		return
	}
	draft.state = inProgress
	l.resolveNeeded(draft)
	m, o := draft.metric, draft.o
	a := &analysis{l: l, owner: m.Name, at: o.get("expr")}
	if m.Expr != nil {
		switch a.grade(m.Expr) {
		case rowGrade, constantGrade:
			l.report(Problem{Code: MixedShape, Pos: a.at.pos, Name: m.Name, Detail: "expr"})
		}
	}
	draft.homes, draft.size = a.homes, a.size
	l.resolveConversion(draft, a)
	m.Kind = metricKind(m, a)
	m.inherit(a)
	if len(draft.homes) == 1 {
		m.Home = draft.homes[0]
	}
	if draft.size > maxMetricSize {
		l.report(Problem{Code: TooLong, Pos: m.Pos, Name: m.Name, Detail: "expr"})
		draft.size = 1
	}
	l.checkFilter(m.Where, o.get("where"), draft.spoken(), m.Name)
	l.resolveTime(draft)
	l.checkOffset(draft)
	l.checkProrate(draft)
	l.checkBalance(draft, a)
	draft.state = settled
}

// spoken are the homes that a metric's filter and time speak of: of a conversion
// that of the first step.
func (draft *metricDraft) spoken() []*Table {
	if c := draft.metric.Convert; c != nil {
		return []*Table{c.Base.Home}
	}
	return draft.homes
}

// resolveNeeded resolves the metrics that a metric is defined by. It reports
// Cycle for one that needs itself.
func (l *loader) resolveNeeded(draft *metricDraft) {
	need := func(n *node, name string) {
		d := l.drafts[name]
		if d == nil || n == nil {
			return
		}
		if d.state == inProgress {
			l.report(Problem{Code: Cycle, Pos: n.within(name), Name: name, Detail: draft.metric.Name})
			return
		}
		l.resolveMetric(d)
	}
	for _, part := range []struct {
		x   Expr
		key string
	}{{draft.metric.Expr, "expr"}, {draft.metric.Where, "where"}} {
		visit := func(n Name) {
			if len(n.Path) == 1 {
				need(draft.o.get(part.key), n.Path[0])
			}
		}
		l.names.ownNames(part.x, visit)
		nestedNames(part.x, visit)
	}
	for _, shape := range []*shape{&convertShape, &retainShape} {
		c := draft.o.get(shape.name)
		if c == nil || c.kind != mappingNode {
			continue
		}
		o := object{l, c, shape}
		for _, key := range []string{"from", "to"} {
			if n := o.get(key); n != nil {
				need(n, n.text)
			}
		}
	}
}

// inherit gives a metric that is another one seen over time the unit, format
// and direction of that one, where it says none of its own.
func (m *Metric) inherit(a *analysis) {
	if _, same := m.Expr.(Name); !same || len(a.metrics) != 1 {
		return
	}
	of := a.metrics[0]
	if m.Unit == "" && m.Format == (Format{Decimals: -1}) {
		m.Unit, m.Format = of.Unit, of.Format
	}
	if m.Good == Neutral {
		m.Good = of.Good
	}
}

// metricKind says how a metric is computed.
func metricKind(m *Metric, a *analysis) MetricKind {
	switch {
	case m.Convert != nil && m.Convert.Every != NoUnit:
		return Retaining
	case m.Convert != nil:
		return Converting
	case m.OverTime != "":
		return Balance
	case m.ToDate != NoUnit || m.Window != Window{} || m.Running:
		return Cumulative
	case m.Offset != Window{} || m.AtStart != NoUnit:
		return Offsetting
	case a.nested:
		return Nested
	case len(a.metrics) > 0 || len(a.homes) > 1:
		return Derived
	}
	return Simple
}

// resolveTime resolves the time axis, and wants one for what follows time. It
// reports what Resolve does, WrongType and NoTime.
func (l *loader) resolveTime(draft *metricDraft) {
	m, o := draft.metric, draft.o
	at := o.get("time")
	if at != nil {
		for _, home := range draft.spoken() {
			d := l.timeDimension(home, at, "time")
			if d == nil {
				return
			}
			m.Time = d
		}
		return
	}
	for _, key := range append([]string{"default"}, kindKeys...) {
		f := o.field(key)
		if f == nil || f.value.isNull() {
			continue
		}
		for _, home := range draft.homes {
			if home.Time == nil && !l.timeBroken(home) && !l.axisOf(draft) {
				l.report(Problem{Code: NoTime, Pos: f.pos, Name: m.Name, Detail: home.Name})
				return
			}
		}
	}
}

// checkOffset wants the times of a metric that is offset by an attribute of days to
// lead to a table that has it. It reports UnknownName.
func (l *loader) checkOffset(draft *metricDraft) {
	m := draft.metric
	if m.OffsetBy == "" || m.Time == nil && l.axisOf(draft) {
		return
	}
	for _, home := range draft.homes {
		axis := m.Time
		if axis == nil {
			axis = home.Time
		}
		if axis == nil {
			continue
		}
		if _, d := dayOf(axis, m.OffsetBy, func(*Dimension) bool { return false }); d == nil {
			l.report(Problem{Code: UnknownName, Pos: draft.o.get("offset").pos, Name: "time." + m.OffsetBy, Detail: home.Name})
			return
		}
	}
}

// checkProrate wants sums of one table whose time is known by months or years. It
// reports MixedShape and WrongType.
func (l *loader) checkProrate(draft *metricDraft) {
	m := draft.metric
	if !m.Prorate || m.Expr == nil {
		return
	}
	sums := m.Kind == Simple
	Walk(m.Expr, func(e Expr) {
		c, ok := e.(Call)
		sums = sums && !(ok && aggregates[c.Func] && c.Func != "sum")
	})
	pos := draft.o.get("prorate").pos
	axis := m.Time
	if axis == nil && m.Home != nil {
		axis = m.Home.Time
	}
	switch {
	case !sums:
		l.report(Problem{Code: MixedShape, Pos: pos, Name: m.Name, Detail: "prorate"})
	case axis != nil && unitRank(axis.Type.Finest()) <= int(Day):
		l.report(Problem{Code: WrongType, Pos: pos, Name: axis.Name, Near: []string{"yyyymm"}, Detail: "prorate"})
	}
}

// axisOf reports whether every metric that this one is made of brings its own
// time axis.
func (l *loader) axisOf(draft *metricDraft) bool {
	all, any := true, false
	l.names.ownNames(draft.metric.Expr, func(n Name) {
		if len(n.Path) == 1 && l.drafts[n.Path[0]] != nil {
			any = true
			all = all && l.drafts[n.Path[0]].metric.Time != nil
		}
	})
	return all && any
}

// timeBroken reports whether a table names a time that could not be resolved,
// which is reported there.
func (l *loader) timeBroken(t *Table) bool {
	return slices.ContainsFunc(l.tables, func(d *tableDraft) bool { return d.table == t && d.o.get("time") != nil })
}

// added reports sums and counts alone: what entities have, each over its own time, is
// then what they have together.
func added(e Expr) bool {
	all := true
	Walk(e, func(x Expr) {
		c, ok := x.(Call)
		all = all && (!ok || !aggregates[c.Func] || c.Func == "sum" || c.Func == "count" && !c.Distinct)
	})
	return all
}

// checkBalance resolves the entities of a balance, which is one aggregate of
// one table. It reports what Resolve does, and MixedShape.
func (l *loader) checkBalance(draft *metricDraft, a *analysis) {
	m, o := draft.metric, draft.o
	if m.OverTime == "" || m.Expr == nil {
		return
	}
	if len(a.metrics) > 0 || a.nested || len(a.homes) > 1 {
		l.report(Problem{Code: MixedShape, Pos: o.get("expr").pos, Name: m.Name, Detail: "over_time"})
		return
	}
	if per := o.get("per"); per != nil && m.OverTime != "last" && m.OverTime != "first" && !added(m.Expr) {
		l.report(Problem{Code: MixedShape, Pos: per.pos, Name: m.Name, Detail: "over_time"})
		return
	}
	for _, n := range o.list("per") {
		if m.Home == nil {
			return
		}
		if d := l.dimension(m.Home, n, "per"); d != nil {
			m.PerEntity = append(m.PerEntity, d)
		}
	}
}

// resolveConversion resolves the events and the entity of a conversion. It
// reports UnknownMetric and what Resolve does.
func (l *loader) resolveConversion(draft *metricDraft, a *analysis) {
	shape := &convertShape
	n := draft.o.get(shape.name)
	if n == nil {
		shape = &retainShape
		n = draft.o.get(shape.name)
	}
	if n == nil {
		return
	}
	o, ok := l.object(n, shape)
	if !ok {
		return
	}
	c := &Conversion{Rate: o.flag("rate")}
	if shape == &convertShape {
		c.Within = o.length("within")
		for _, e := range o.entries("constant") {
			if to, ok := l.scalar(e.value, "constant"); ok {
				c.Constant = append(c.Constant, ColumnPair{e.key, to})
			}
		}
	} else if c.Every, ok = ParseUnit(o.word("every", wholeUnits...)); !ok {
		return
	}
	c.Base, c.To = l.metricNamed(o.get("from"), a), l.metricNamed(o.get("to"), a)
	draft.homes, draft.size = a.homes, a.size
	if c.Base == nil || c.To == nil || !l.isStep(c.Base, o.get("from")) || !l.isStep(c.To, o.get("to")) {
		return
	}
	c.Entity = l.dimension(c.Base.Home, o.get("by"), "by")
	if c.Entity == nil {
		return
	}
	draft.metric.Convert = c
	l.checkConversion(c, o)
}

// metricNamed returns the metric that a value names and adds what it is made
// of. It reports UnknownMetric.
func (l *loader) metricNamed(n *node, a *analysis) *Metric {
	name, ok := l.scalar(n, "metric")
	if !ok {
		return nil
	}
	d := l.drafts[name]
	if d == nil {
		l.report(Problem{Code: UnknownMetric, Pos: n.pos, Name: name, Near: nearest(name, l.metricNames())})
		return nil
	}
	a.addMetric(d)
	return d.metric
}

func (l *loader) metricNames() []string {
	names := make([]string, len(l.metrics))
	for i, d := range l.metrics {
		names[i] = d.metric.Name
	}
	return names
}
