package answer

import (
	"context"
	"fmt"
	"slices"
	"time"

	"wenshu/nlq"
	"wenshu/semantic"
	"wenshu/sqlgen"
	"wenshu/warehouse"
)

// query answers a query: bind, compile, run, word.
func (a *asking) query(ctx context.Context, answer *Answer, q *semantic.Query, wish nlq.Presentation) *Answer {
	b := a.book()
	a.every = drawsRows[a.wished(wish)]
	start := time.Now()
	plan, ends, err := a.bind(ctx, q)
	answer.Timings = append(answer.Timings, timing("bind", start))
	if err != nil {
		answer.QueryLine, answer.Title = q.String(), b.title(q)
		return a.failed(answer, a.mended(q, problemsOf(err)))
	}
	b.understood(answer, plan, a.req.Viewer)
	for i, c := range answer.Chips {
		if q, err := semantic.ParseQuery(c.Remove); c.Remove != "" && (err != nil || !a.binds(q)) {
			answer.Chips[i].Remove = "" // the query means nothing without this part
		}
	}
	answer.QueryLine = q.String() // as asked: the defaults are among the assumptions
	if denied := deniedTable(plan); denied != nil {
		return a.denied(answer, plan, denied)
	}
	a.emit(Understood, draft(answer))
	start = time.Now()
	program, err := a.compile(plan)
	answer.Timings = append(answer.Timings, timing("compile", start))
	if err != nil {
		return a.failed(answer, a.mended(q, failureOf(ctx, err)))
	}
	answer.SQL = statements(program)
	a.emit(Compiled, nil)
	r, err := a.execute(warehouse.Tagged(ctx, answer.ID), answer, plan, program)
	if err != nil {
		a.s.config.Log.Warn("run failed", "answer", answer.ID, "error", err, "cause", causeOf(err))
		return a.failed(answer, failureOf(ctx, err))
	}
	start = time.Now()
	a.word(ctx, b, answer, r, ends, wish)
	answer.Timings = append(answer.Timings, timing("word", start))
	return answer
}

// bind binds a query twice: the first plan tells which data it reads, and how
// far those reach tells where periods to date and comparisons are cut.
func (a *asking) bind(ctx context.Context, q *semantic.Query) (*semantic.Plan, []end, error) {
	clock := semantic.Clock{Now: a.now}
	plan, err := semantic.Bind(a.snap.model, q, a.req.Viewer, clock)
	if err != nil || deniedTable(plan) != nil {
		return plan, nil, err
	}
	ends := a.endsOf(ctx, plan)
	until, err := a.until(ends)
	if err != nil || until.IsZero() {
		return plan, ends, err
	}
	clock.Until = until
	plan, err = semantic.Bind(a.snap.model, q, a.req.Viewer, clock)
	return plan, ends, err
}

// end is how far the data on one time dimension reach.
type end struct {
	dimension *semantic.Dimension
	at        semantic.Value
}

// endsOf looks up how far a plan's data reach. A warehouse that cannot say now
// will say so when the plan runs.
func (a *asking) endsOf(ctx context.Context, p *semantic.Plan) []end {
	var ends []end
	for _, d := range timesOf(p) {
		if at, err := a.snap.endOf(ctx, a.req.Viewer, d, endPatience); err == nil {
			ends = append(ends, end{d, at})
		}
	}
	return ends
}

// until is where the data end when they end before now; zero when they do not.
// Several facts are compared up to where the shortest ends.
func (a *asking) until(ends []end) (time.Time, error) {
	zone, err := a.snap.model.Calendar.Location()
	if err != nil {
		return time.Time{}, err
	}
	var until time.Time
	for _, e := range ends {
		if e.at.IsNull() {
			continue
		}
		cover := endOfCover(e.at, e.dimension)
		if until.IsZero() || cover.Before(until) {
			until = cover
		}
	}
	if until.IsZero() {
		return until, nil
	}
	y, m, d := until.Date()
	local := time.Date(y, m, d, until.Hour(), until.Minute(), until.Second(), until.Nanosecond(), zone)
	if !local.Before(a.now) {
		return time.Time{}, nil
	}
	return local, nil
}

// compile compiles a plan as it is run: within the limits of a table.
func (a *asking) compile(p *semantic.Plan) (*sqlgen.Program, error) {
	return sqlgen.Compile(a.limited(p), a.snap.dialects)
}

// limited is a plan that reads one row more than is shown, so that a cut shows.
func (a *asking) limited(p *semantic.Plan) *semantic.Plan {
	c := *p
	if n := a.shown(p); c.Limit == 0 || c.Limit > n {
		c.Limit = n + 1
		if p.Limit > n {
			c.Limit = n
		}
		return &c
	}
	if _, ok := tiedBy(p); ok {
		c.Limit++
	}
	return &c
}

// tiedBy is the column that rows beyond the limit of a plan may be level in with its
// last one; ok is false where nothing ranks the rows, or within something.
func tiedBy(p *semantic.Plan) (col int, ok bool) {
	if p.Limit == 0 || p.Offset > 0 || len(p.Per) > 0 || p.Rows != nil || len(p.Order) == 0 || p.Order[0].Slot < 0 {
		return 0, false
	}
	for i, c := range p.Columns {
		if c.Slot == p.Order[0].Slot && c.Role != semantic.RankColumn {
			return i, true
		}
	}
	return 0, false
}

// cutTies drops the row that was only read to see whether it is level with the last.
func cutTies(r *result) {
	col, ok := tiedBy(r.plan)
	n := r.plan.Limit
	if !ok || len(r.rows) <= n {
		return
	}
	c, err := r.rows[n][col].Compare(r.rows[n-1][col])
	r.tied = err == nil && c == 0
	r.rows = r.rows[:n]
}

// shown is how many rows a plan may show.
func (a *asking) shown(p *semantic.Plan) int {
	if p.Rows != nil && p.Limit == 0 && !a.every {
		return a.s.config.Listed
	}
	return a.s.config.Rows
}

func (a *asking) execute(ctx context.Context, answer *Answer, plan *semantic.Plan, program *sqlgen.Program) (*result, error) {
	a.emit(Waiting, nil)
	start := time.Now()
	a.emit(Running, nil)
	r, timings, err := a.snap.execute(ctx, plan, program)
	answer.Timings = append(answer.Timings, timing("run", start))
	for _, s := range timings.Statements {
		answer.Timings = append(answer.Timings,
			Timing{"run " + s.Source + " wait", s.Wait.Microseconds()}, Timing{"run " + s.Source, s.Query.Microseconds()})
	}
	if err != nil {
		return nil, err
	}
	cutTies(r)
	if n := a.shown(plan); len(r.rows) > n && len(plan.Per) == 0 {
		r.rows, r.truncated = r.rows[:n], true
	}
	return r, nil
}

func timing(room string, start time.Time) Timing {
	return Timing{room, time.Since(start).Microseconds()}
}

// statements are what runs, with arguments as data.
func statements(p *sqlgen.Program) []Statement {
	var list []Statement
	for ; p != nil; p = p.Totals {
		for _, s := range p.Statements {
			one := Statement{Source: s.Source, SQL: s.SQL}
			for _, arg := range s.Args {
				one.Args = append(one.Args, fmt.Sprint(arg))
			}
			list = append(list, one)
		}
	}
	return list
}

// understood fills what is known before any number is.
func (b *book) understood(answer *Answer, p *semantic.Plan, v semantic.Viewer) {
	q := p.Query
	answer.Kind = Result
	answer.Title = b.title(q)
	answer.Chips = b.chips(p)
	answer.Assumptions = b.assumptions(p)
	answer.Definitions = b.definitions(p)
	answer.Lineage = b.lineage(p)
	if p.Window != (semantic.Interval{}) || len(q.During) > 0 {
		period := b.dated(p.Window, q.During)
		answer.Period = &period
	}
	for i, iv := range p.Comparisons {
		c := b.dated(iv, nil)
		if i < len(q.Versus) {
			c.Meant = versusLine(q.Versus[i])
		}
		answer.Comparisons = append(answer.Comparisons, c)
	}
	for _, x := range append(semantic.Conjuncts(q.Where), semantic.Conjuncts(q.Having)...) {
		answer.Filters = append(answer.Filters, Filter{Text: b.expr(x), Line: semantic.ExprString(x)})
	}
	for _, condition := range b.leftOut(p) {
		answer.Filters = append(answer.Filters, Filter{Text: condition, Rule: true})
	}
	if guarded := b.guarded(p, v); guarded != "" {
		answer.Filters = append(answer.Filters, Filter{Text: b.w.ByRule.string(word("table", guarded)), Rule: true})
	}
}

// title is a query in a few words.
func (b *book) title(q *semantic.Query) string { return upper(b.question(q)) }

// draft is a copy for an event: the answer goes on being filled.
func draft(a *Answer) *Answer {
	c := *a
	return &c
}

// assumptions words what the binder decided, with other choices as query lines.
func (b *book) assumptions(p *semantic.Plan) []Assumed {
	var list []Assumed
	for _, a := range p.Assumed {
		one := b.assumed(a)
		for _, other := range a.Others {
			if c, ok := b.otherwise(p.Query, a.What, other); ok {
				one.Others = append(one.Others, c)
			}
		}
		list = append(list, one)
	}
	return list
}

// assumed words one decision.
func (b *book) assumed(a semantic.Assumption) Assumed {
	m, ok := b.w.Assumptions[a.What]
	if !ok {
		m = b.w.Assumptions[""]
	}
	return Assumed{What: a.What, Value: a.Value, Text: sentence(m.say(word("value", b.assumedValue(a)))).s}
}

// assumedValue is the value of an assumption in words.
func (b *book) assumedValue(a semantic.Assumption) string {
	if a.What == "period" {
		if p, ok := parsePeriod(a.Value); ok {
			return b.periods([]semantic.Period{p})
		}
	}
	if x, err := semantic.ParseExpr(a.Value); err == nil {
		if a.What == "unnamed" || a.What == "shared" {
			return b.entity(x)
		}
		return b.expr(x)
	}
	return a.Value
}

// parsePeriod reads a period as the query line spells it.
func parsePeriod(line string) (semantic.Period, bool) {
	q, err := semantic.ParseQuery("x during " + line)
	if err != nil || len(q.During) != 1 {
		return nil, false
	}
	return q.During[0], true
}

// byLines is the query of a metric of the lines instead of its one item.
func (b *book) byLines(q *semantic.Query, metric string) Choice {
	old, now := q.Items[0], semantic.Name{Path: []string{metric}}
	line := edited(q, func(c *semantic.Query) {
		c.Items, c.Sort = []semantic.Item{{Expr: now}}, slices.Clone(q.Sort)
		for i, s := range c.Sort {
			if text := semantic.ExprString(s.Expr); text == semantic.ExprString(old.Expr) || text == old.As {
				c.Sort[i].Expr = now
			}
		}
	})
	return Choice{Kind: "shared", Text: b.expr(now), Query: line}
}

// otherwise is the query with another decision.
func (b *book) otherwise(q *semantic.Query, what, value string) (Choice, bool) {
	if what == "shared" {
		return b.byLines(q, value), true
	}
	if what != "period" {
		return Choice{}, false
	}
	p, ok := parsePeriod(value)
	if !ok {
		return Choice{}, false
	}
	line := edited(q, func(c *semantic.Query) { c.During = []semantic.Period{p} })
	return Choice{Kind: what, Text: b.periods([]semantic.Period{p}), Query: line}, true
}
