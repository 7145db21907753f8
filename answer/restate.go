package answer

import (
	"strings"
	"time"

	"wenshu/semantic"
)

// question says a query as a person would ask it.
func (b *book) question(q *semantic.Query) string {
	filters := b.conditions(q)
	args := []arg{
		word("period", b.askedPeriod(q)), word("groups", b.groups(q)), word("metrics", b.items(q)),
		word("filters", b.w.joinStrings(filters)), word("extra", b.extra(q)),
	}
	if q.List != nil {
		return b.w.ListRows.string(append(args, word("what", b.rowsOf(b.listed(q))))...)
	}
	return b.w.Question.string(args...)
}

// rowsOf are the rows of what is listed, which may be called rows already.
func (b *book) rowsOf(listed string) string {
	if strings.HasSuffix(listed, strings.TrimSpace(b.w.Rows.string(word("table", "")))) {
		return listed
	}
	return b.w.Rows.string(word("table", listed))
}

// askedPeriod is the period as it was meant; "" when there is none.
func (b *book) askedPeriod(q *semantic.Query) string {
	if len(q.During) == 0 {
		return ""
	}
	return b.periods(q.During)
}

func (b *book) groups(q *semantic.Query) string {
	if len(q.By) == 0 {
		return ""
	}
	names := make([]string, len(q.By))
	for i, g := range q.By {
		names[i] = b.groupedBy(g)
	}
	return b.w.GroupedBy.string(word("groups", b.w.joinStrings(names)))
}

// groupedBy is what results are split by; an entity is no count of it, though both are
// named alike.
func (b *book) groupedBy(g semantic.Group) string {
	if g.As != "" {
		return g.As
	}
	return b.entity(g.Expr)
}

func (b *book) items(q *semantic.Query) string {
	names := make([]string, len(q.Items))
	for i, item := range q.Items {
		names[i] = b.named(item.As, item.Expr)
	}
	return b.w.joinStrings(names)
}

// named is an alias that a person wrote, or the expression in words.
func (b *book) named(as string, x semantic.Expr) string {
	if as != "" {
		return as
	}
	return b.expr(x)
}

// listed is what a list query lists: the table, or its items.
func (b *book) listed(q *semantic.Query) string {
	if q.List.From != "" {
		if t := b.tableNamed(q.List.From); t != nil {
			return b.tableLabel(t)
		}
	}
	return b.items(q)
}

// conditions are the filters of a query, one text each.
func (b *book) conditions(q *semantic.Query) []string {
	var texts []string
	for _, x := range append(semantic.Conjuncts(q.Where), semantic.Conjuncts(q.Having)...) {
		texts = append(texts, b.expr(x))
	}
	return texts
}

// extra is what a question asks besides: comparison, columns, order, limit.
func (b *book) extra(q *semantic.Query) string {
	var parts []string
	for _, v := range q.Versus {
		parts = append(parts, b.w.Versus.string(word("a", b.against(v))))
	}
	for _, s := range q.Show {
		if len(q.Versus) == 0 || len(dropCompared([]semantic.Show{s})) > 0 {
			parts = append(parts, b.inline(b.shown(s, q)))
		}
	}
	if len(q.Sort) > 0 {
		parts = append(parts, b.sorted(q.Sort[0]))
	}
	if q.Limit > 0 {
		parts = append(parts, b.inline(b.limited(q)))
	}
	return joined(plainTexts(parts), b.w.Part, b.w.Part).s
}

// against is a second period as it was meant.
func (b *book) against(v semantic.Versus) string {
	switch {
	case v.How == semantic.Prior:
		return b.w.Priors.string()
	case v.How == semantic.Other:
		return b.periods([]semantic.Period{v.Period})
	case v.Unit == semantic.Year && v.N <= 1:
		return b.w.YearAgo
	case v.Unit == semantic.Day && v.N <= 1:
		return b.w.DayBefore
	}
	return b.w.Agos.string(word("ago", b.w.Units[v.Unit].Ago.string(counted("n", max(v.N, 1)))))
}

// shown is a further column: 销售额增长率.
func (b *book) shown(s semantic.Show, q *semantic.Query) string {
	m, ok := b.w.Columns[s.Func]
	if !ok {
		return s.Func
	}
	return m.string(word("metric", b.items(q)))
}

func (b *book) sorted(s semantic.Sort) string {
	if s.Desc {
		return b.w.Descending.string(word("a", b.expr(s.Expr)))
	}
	return b.w.Ascending.string(word("a", b.expr(s.Expr)))
}

func (b *book) limited(q *semantic.Query) string {
	n := counted("n", q.Limit)
	if len(q.Per) > 0 {
		names := make([]string, len(q.Per))
		for i, x := range q.Per {
			names[i] = b.expr(x)
		}
		return b.w.FirstPer.string(n, word("groups", b.w.joinStrings(names)))
	}
	if q.Offset > 0 {
		return b.w.Skipped.string(n, counted("from", q.Offset))
	}
	return b.w.First.string(n)
}

// conjoin is the inverse of semantic.Conjuncts.
func conjoin(list []semantic.Expr) semantic.Expr {
	var x semantic.Expr
	for _, c := range list {
		if x == nil {
			x = c
		} else {
			x = semantic.Binary{Op: semantic.And, L: x, R: c}
		}
	}
	return x
}

// without is a list without its i-th element; the list stays as it is.
func without[T any](list []T, i int) []T {
	out := make([]T, 0, len(list)-1)
	return append(append(out, list[:i]...), list[i+1:]...)
}

// edited is the query line of a copy of q after a change that replaces fields.
func edited(q *semantic.Query, change func(*semantic.Query)) string {
	c := *q
	change(&c)
	return c.String()
}

// chips are the editable parts of a query, generated from the query as it was
// bound and the periods as they were dated.
func (b *book) chips(p *semantic.Plan) []Chip {
	q := p.Query
	var chips []Chip
	chips = append(chips, b.itemChips(q)...)
	chips = append(chips, b.filterChips(q)...)
	chips = append(chips, b.periodChip(p)...)
	for i, g := range q.By {
		chips = append(chips, Chip{
			Kind: GroupChip, Label: b.w.Group, Text: b.groupedBy(g), Clause: semantic.ExprString(g.Expr),
			Remove: edited(q, func(c *semantic.Query) { dropGroup(c, i) }),
		})
	}
	for i, v := range q.Versus {
		text := b.against(v)
		if i < len(p.Comparisons) {
			text = b.w.Meant.string(word("meant", text), word("dates", b.w.Dates.interval(p.Comparisons[i])))
		}
		chips = append(chips, Chip{
			Kind: ComparisonChip, Label: b.w.Comparison, Text: text, Clause: versusLine(v),
			Remove: edited(q, func(c *semantic.Query) {
				c.Versus = without(q.Versus, i)
				if len(c.Versus) == 0 {
					c.Show = dropCompared(q.Show)
				}
			}),
		})
	}
	return append(chips, b.shapeChips(q)...)
}

func (b *book) itemChips(q *semantic.Query) []Chip {
	var chips []Chip
	for i, item := range q.Items {
		c := Chip{Kind: MetricChip, Label: b.w.Metric, Text: b.named(item.As, item.Expr), Clause: semantic.ExprString(item.Expr)}
		if q.List != nil {
			c.Kind, c.Label = ColumnChip, b.w.Column
			if t := b.tableNamed(q.List.From); t != nil && c.Clause == t.Name && item.As == "" {
				c.Text = b.tableLabel(t) // the rows, and not the metric that counts them
			}
		}
		if len(q.Items) > 1 {
			c.Remove = edited(q, func(c *semantic.Query) { c.Items, c.Sort = without(q.Items, i), nil })
		}
		chips = append(chips, c)
	}
	return chips
}

func (b *book) filterChips(q *semantic.Query) []Chip {
	var chips []Chip
	where, having := semantic.Conjuncts(q.Where), semantic.Conjuncts(q.Having)
	for i, x := range where {
		chips = append(chips, Chip{
			Kind: FilterChip, Label: b.w.Filter, Text: b.expr(x), Clause: semantic.ExprString(x),
			Remove: edited(q, func(c *semantic.Query) { c.Where = conjoin(without(where, i)) }),
		})
	}
	for i, x := range having {
		chips = append(chips, Chip{
			Kind: HavingChip, Label: b.w.Having, Text: b.expr(x), Clause: semantic.ExprString(x),
			Remove: edited(q, func(c *semantic.Query) { c.Having = conjoin(without(having, i)) }),
		})
	}
	return chips
}

// presets are the periods that a period chip offers.
var presets = []semantic.Period{
	semantic.Relative{Unit: semantic.Day, From: -7, To: -1}, semantic.Relative{Unit: semantic.Day, From: -30, To: -1},
	semantic.Relative{Unit: semantic.Month}, semantic.Relative{Unit: semantic.Month, From: -1, To: -1},
	semantic.Relative{Unit: semantic.Quarter}, semantic.Relative{Unit: semantic.Quarter, From: -1, To: -1},
	semantic.Relative{Unit: semantic.Year}, semantic.Relative{Unit: semantic.Year, From: -1, To: -1},
}

func (b *book) periodChip(p *semantic.Plan) []Chip {
	q := p.Query
	if p.Window == (semantic.Interval{}) && len(q.During) == 0 {
		return nil
	}
	c := Chip{Kind: PeriodChip, Label: b.w.Period, Text: b.w.Meant.string(word("meant", b.meant(q.During)), word("dates", b.windows(p)))}
	if len(q.During) > 0 {
		c.Clause = periodsLine(q.During)
	}
	if len(q.During) != 1 || q.During[0] != semantic.Period(semantic.AllTime{}) {
		c.Remove = edited(q, func(c *semantic.Query) {
			c.During, c.Versus, c.Show = []semantic.Period{semantic.AllTime{}}, nil, dropCompared(q.Show)
		})
	}
	for _, preset := range presets {
		if p.TimeOf != nil && preset.(semantic.Relative).Unit < p.TimeOf.Type.Finest() {
			continue // months cannot be cut to days
		}
		line := edited(q, func(c *semantic.Query) { c.During = []semantic.Period{preset} })
		c.Options = append(c.Options, Choice{Kind: "period", Text: b.period(preset), Query: line})
	}
	return []Chip{c}
}

// meant is the periods in words where they are not dates already.
func (b *book) meant(list []semantic.Period) string {
	if len(list) != 1 {
		return ""
	}
	switch list[0].(type) {
	case semantic.Relative, semantic.ToDate, semantic.Festival:
		return b.period(list[0])
	}
	return ""
}

// windows are the visible periods with their dates.
func (b *book) windows(p *semantic.Plan) string { return b.spans(p, b.w.Dates.interval) }

// headed are the visible periods as sentences and titles name them.
func (b *book) headed(p *semantic.Plan) string { return b.spans(p, b.w.Dates.span) }

func (b *book) spans(p *semantic.Plan, say func(semantic.Interval) string) string {
	if len(p.Windows) < 2 {
		return say(p.Window)
	}
	texts := make([]string, len(p.Windows))
	for i, iv := range p.Windows {
		texts[i] = say(iv)
	}
	return b.w.joinStrings(texts)
}

func (b *book) shapeChips(q *semantic.Query) []Chip {
	var chips []Chip
	for i, s := range q.Show {
		chips = append(chips, Chip{
			Kind: ShowChip, Label: b.w.Show, Text: b.shown(s, q), Clause: s.Func,
			Remove: edited(q, func(c *semantic.Query) { c.Show = without(q.Show, i) }),
		})
	}
	for i, s := range q.Sort {
		clause := semantic.ExprString(s.Expr)
		if s.Desc {
			clause = "-" + clause
		}
		chips = append(chips, Chip{
			Kind: SortChip, Label: b.w.Sort, Text: b.sorted(s), Clause: clause,
			Remove: edited(q, func(c *semantic.Query) { c.Sort = without(q.Sort, i) }),
		})
	}
	if q.Limit > 0 {
		chips = append(chips, Chip{
			Kind: LimitChip, Label: b.w.Limit, Text: b.limited(q), Clause: limitLine(q),
			Remove: edited(q, func(c *semantic.Query) { c.Limit, c.Offset, c.Per = 0, 0, nil }),
		})
	}
	return chips
}

// dropGroup takes a group away, with the limit within it.
func dropGroup(q *semantic.Query, i int) {
	gone := semantic.ExprString(q.By[i].Expr)
	_, timed := q.By[i].Expr.(semantic.Grained)
	q.By = without(q.By, i)
	if timed || len(q.By) == 0 {
		q.Show = onlyCompared(q.Show)
	}
	for _, x := range q.Per {
		if semantic.ExprString(x) == gone {
			q.Per = nil
			return
		}
	}
}

// onlyCompared are the shown columns that need a second period and nothing else.
func onlyCompared(list []semantic.Show) []semantic.Show {
	var kept []semantic.Show
	for _, s := range list {
		if len(dropCompared([]semantic.Show{s})) == 0 {
			kept = append(kept, s)
		}
	}
	return kept
}

// dropCompared are the shown columns that need no second period.
func dropCompared(list []semantic.Show) []semantic.Show {
	var kept []semantic.Show
	for _, s := range list {
		if s.Func != "prior" && s.Func != "change" && s.Func != "growth" {
			kept = append(kept, s)
		}
	}
	return kept
}

// The clauses of a query line are cut from a query that has nothing else.
func clauseLine(q semantic.Query, keyword string) string {
	q.Items = []semantic.Item{{Expr: semantic.Name{Path: []string{"x"}}}}
	return cutAfter(q.String(), "x "+keyword+" ")
}

func cutAfter(s, prefix string) string {
	if len(s) < len(prefix) || s[:len(prefix)] != prefix {
		return s
	}
	return s[len(prefix):]
}

func periodsLine(list []semantic.Period) string {
	return clauseLine(semantic.Query{During: list}, "during")
}

func versusLine(v semantic.Versus) string {
	return clauseLine(semantic.Query{Versus: []semantic.Versus{v}}, "vs")
}

func limitLine(q *semantic.Query) string {
	return clauseLine(semantic.Query{Limit: q.Limit, Offset: q.Offset, Per: q.Per}, "limit")
}

// period describes a dated period.
func (b *book) dated(iv semantic.Interval, meant []semantic.Period) Period {
	p := Period{Text: b.w.Dates.interval(iv), Start: isoInstant(iv.Start), End: isoInstant(iv.End), Partial: iv.Partial}
	if len(meant) > 0 {
		p.Meant = periodsLine(meant)
	}
	if c := b.model.Calendar; c != nil {
		p.Zone = c.Zone
	}
	return p
}

// isoInstant is an instant as data; "" for an open end.
func isoInstant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02T15:04:05")
}
