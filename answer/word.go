package answer

import (
	"context"
	"slices"
	"time"

	"wenshu/nlq"
	"wenshu/semantic"
)

// word fills an answer from its result.
func (a *asking) word(ctx context.Context, b *book, answer *Answer, r *result, ends []end, wish nlq.Presentation) {
	b.wish = wish.Unit
	b.amounts = slices.ContainsFunc(r.plan.Columns, func(c semantic.OutColumn) bool { return c.Key < 0 && formatOf(c, look{}).style == "money" })
	answer.Table = b.table(r)
	now, _, err := semantic.Clock{Now: a.now, Calendar: a.snap.model.Calendar}.Wall()
	if err != nil {
		now = a.now
	}
	said := b.say(r, now)
	if empty(r) {
		if t := a.whyEmpty(ctx, b, r, ends); t.s != "" {
			said = t
		}
	}
	said = sentence(said)
	answer.Sentence = Sentence{said.s, said.spans}
	answer.Chart = b.chart(r, answer.Table, intentOf(r.plan, a.wished(wish), wish), now)
	for _, e := range ends {
		answer.AsOf = append(answer.AsOf, b.freshness(e.dimension, e.at))
	}
	answer.Warnings = append(answer.Warnings, a.warnings(ctx, b, answer, r, ends, now)...)
	if other := wish.Unit.Currency; other != "" && other != b.model.Currency {
		note := b.w.Warnings[NotConverted].string(word("word", other), word("unit", b.model.Currency))
		answer.Warnings = append(answer.Warnings, Note{NotConverted, note})
	}
	answer.FollowUps = a.followUps(b, r)
}

// wished is the chart that a request wishes, or its question.
func (a *asking) wished(wish nlq.Presentation) ChartKind {
	if a.req.Chart != "" {
		return a.req.Chart
	}
	return wishedChart(wish.Chart)
}

// drawsRows are the charts with a mark for every row of a list: the first rows
// alone would show another spread.
var drawsRows = map[ChartKind]bool{ScatterChart: true, BubbleChart: true, BoxPlot: true, StripPlot: true}

// wishedChart is the chart that a question wishes; what has no chart of ours
// keeps its name and is refused as unknown.
func wishedChart(kind string) ChartKind {
	switch kind {
	case "", "any":
		return ""
	case "treemap":
		return PieChart
	case "stacked":
		return StackedColumn
	case "grouped":
		return GroupedBar
	}
	return ChartKind(kind)
}

// empty reports whether a result holds no data: no rows, or one row of nulls.
func empty(r *result) bool {
	if len(r.rows) == 0 {
		return true
	}
	if len(r.plan.Keys) > 0 || r.plan.Rows != nil {
		return false
	}
	for i, v := range r.rows[0] {
		if r.plan.Columns[i].Role == semantic.ValueColumn && !v.IsNull() {
			return false
		}
	}
	return true
}

// probeTime bounds the search for what emptied a result.
const probeTime = 2 * time.Second

// whyEmpty says which filter, or that the period, removed everything. It leaves
// out one condition after the other and looks whether there are data then; the
// empty text when nothing is found in time.
func (a *asking) whyEmpty(ctx context.Context, b *book, r *result, ends []end) text {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	q := r.plan.Query
	where := semantic.Conjuncts(q.Where)
	for i, x := range where {
		if len(where) <= 4 && a.hasData(ctx, q, func(c *semantic.Query) { c.Where = conjoin(without(where, i)) }) {
			return b.w.EmptyBy.say(b.scope(r.plan), spanned("filter", b.expr(x), NameSpan))
		}
	}
	if r.plan.Window == (semantic.Interval{}) || len(ends) == 0 || ends[0].at.IsNull() {
		return text{}
	}
	first, err := a.snap.bound(ctx, a.req.Viewer, ends[0].dimension, "min")
	if err != nil || first.IsNull() {
		return text{}
	}
	outside := r.plan.Window.Start.After(ends[0].at.Time()) && !r.plan.Window.Start.IsZero() ||
		!r.plan.Window.End.IsZero() && !r.plan.Window.End.After(first.Time())
	if !outside {
		return text{}
	}
	d := ends[0].dimension
	return b.w.EmptyPeriod.say(b.scope(r.plan), spanned("from", b.endText(d, first), PeriodSpan), spanned("to", b.endText(d, ends[0].at), PeriodSpan))
}

// hasData reports whether a changed query has data.
func (a *asking) hasData(ctx context.Context, q *semantic.Query, change func(*semantic.Query)) bool {
	r := a.probe(ctx, q, change)
	return r != nil && !empty(r)
}

// probe runs a changed query; nil where it cannot be run.
func (a *asking) probe(ctx context.Context, q *semantic.Query, change func(*semantic.Query)) *result {
	c := *q
	change(&c)
	plan, err := semantic.Bind(a.snap.model, &c, a.req.Viewer, semantic.Clock{Now: a.now})
	if err != nil {
		return nil
	}
	r, _, err := a.snap.run(ctx, a.limited(plan))
	if err != nil {
		return nil
	}
	return r
}

// warnings are what a reader of the numbers should know.
func (a *asking) warnings(ctx context.Context, b *book, answer *Answer, r *result, ends []end, now time.Time) []Note {
	var notes []Note
	say := func(code WarningCode, args ...arg) {
		notes = append(notes, Note{code, sentence(b.w.Warnings[code].say(args...)).s})
	}
	p := r.plan
	if p.Window.Partial && !p.Window.Start.IsZero() && !p.Window.End.IsZero() {
		done, total := days(p.Window.Start, now)+1, days(p.Window.Start, p.Window.End)
		if done < total {
			say(PartialPeriod, word("period", b.headed(p)), counted("done", done), counted("total", total))
		}
	}
	if e, behind := a.behind(p, ends, now); behind {
		say(DataBehind, word("at", b.endText(e.dimension, e.at)))
	}
	if r.truncated {
		say(Truncated, counted("n", len(r.rows)))
	}
	if r.tied {
		say(AlsoLevel, spanned("name", nameOfLast(b, r), NameSpan))
	}
	for _, as := range p.Assumed {
		if as.What == "nulls" {
			say(NullsKept, word("name", b.assumedValue(as)))
		}
	}
	if noBase(r) {
		say(NoBase)
	}
	if names := a.smallBases(ctx, b, r); names.s != "" {
		say(SmallBase, said("names", names))
	}
	if guarded := b.guarded(p, a.req.Viewer); guarded != "" {
		say(RuleApplied, word("table", guarded))
	}
	if c := answer.Chart; c != nil && c.Refused != nil {
		say(ChartRefused, word("reason", c.Refused.Text))
	}
	return notes
}

// nameOfLast is what the last row of a ranking is called.
func nameOfLast(b *book, r *result) string {
	return sayer{b: b, r: r}.groupName(len(r.rows) - 1).s
}

// days is the number of midnights from one instant to another.
func days(from, to time.Time) int {
	return int(to.Truncate(24*time.Hour).Sub(from.Truncate(24*time.Hour)) / (24 * time.Hour))
}

// behind reports whether the last day of the period that has come has no data
// yet.
func (a *asking) behind(p *semantic.Plan, ends []end, now time.Time) (end, bool) {
	if p.Window == (semantic.Interval{}) || p.Window.Start.After(now) {
		return end{}, false
	}
	last := now
	if today := now.Truncate(24 * time.Hour); p.Window.Start.Before(today) {
		last = today.Add(-time.Nanosecond) // that today is not in yet is usual
	}
	if w := p.Window.End; !w.IsZero() && !w.After(last) {
		last = w.Add(-time.Nanosecond)
	}
	for _, e := range ends {
		if e.at.IsNull() || e.at.Time().Before(p.Window.Start) {
			continue
		}
		if cover := endOfCover(e.at, e.dimension).Add(-time.Nanosecond); days(cover, last) >= 1 {
			return e, true
		}
	}
	return end{}, false
}

// noBase reports whether a growth is missing although its value is there.
func noBase(r *result) bool {
	for i, c := range r.plan.Columns {
		if c.Role != semantic.GrowthColumn || c.Base < 0 {
			continue
		}
		for _, row := range r.rows {
			if row[i].IsNull() && !row[c.Base].IsNull() {
				return true
			}
		}
	}
	return false
}
