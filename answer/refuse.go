package answer

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"wenshu/semantic"
)

// failed words problems. What the viewer may not see, and what was understood
// but cannot be had, is declined; everything else is a problem.
func (a *asking) failed(answer *Answer, list semantic.Problems) *Answer {
	answer = a.worded(answer, list)
	answer.Suggestions = append(answer.Suggestions, a.instead(list)...)
	return answer
}

// worded words problems, without what could be asked instead.
func (a *asking) worded(answer *Answer, list semantic.Problems) *Answer {
	b := a.book()
	answer.Kind = Failed
	var all text
	var names, near []string // of what nothing was found about
	for _, p := range list {
		if p.Detail == unheld {
			names, near = append(names, p.Name), append(near, a.labelled(p).Near...)
		}
	}
	for _, p := range list {
		m := b.w.problem(a.labelled(a.discreet(p)))
		if p.Detail == unheld {
			m.Text = b.w.unheld(names, near) // all in one sentence
		}
		said := strings.Contains(all.s, m.Text)
		if said && p.Detail != unheld {
			continue
		}
		answer.Problems = append(answer.Problems, m)
		if declining[p.Code] {
			answer.Kind = Declined
		}
		if said {
			continue
		}
		if all.s != "" {
			all.s += " "
		}
		all.add(spanText(m.Text, Span{Kind: NameSpan}))
	}
	answer.Sentence = Sentence{all.s, all.spans}
	answer.Badge = ""
	answer.SQL = nil // what failed is for the log and for explain, not for the asker
	return answer
}

// declining are the problems of questions that were understood.
var declining = map[semantic.Code]bool{
	semantic.Forbidden: true, semantic.NotPermitted: true, semantic.LimitedUnlike: true, semantic.NotComputed: true, semantic.NotAdditive: true, semantic.NoPath: true,
	semantic.NoStitching: true, semantic.ManyToMany: true, semantic.FanOut: true, semantic.UnsafeReaggregate: true, semantic.NoTime: true,
	semantic.GrainTooFine: true, semantic.UnsupportedBySource: true, semantic.OutOfCalendar: true,
}

// labelled puts labels where a problem names objects of the model, and where it
// names a table that the viewer's rules limit, what they leave.
func (a *asking) labelled(p semantic.Problem) semantic.Problem {
	b := a.book()
	switch p.Code {
	case semantic.NotUnderstood, semantic.UnknownName, semantic.UnknownMetric, semantic.UnknownDimension, semantic.UnknownMember, semantic.NotPermitted:
	case semantic.LimitedUnlike:
		if x, err := semantic.ParseExpr(p.Name); err == nil {
			p.Name = b.expr(x)
		}
		p.Detail = b.visible(p.Detail, a.req.Viewer)
	default:
		p.Name, p.Detail = b.objectLabel(p.Name), b.objectLabel(p.Detail)
	}
	var near []string
	for _, n := range p.Near {
		label := b.spelt(b.objectLabel(n))
		if p.Code == semantic.AmbiguousPath {
			label = b.wayLabel(n)
		}
		if !a.words.chinese() && isMixed(label) && !strings.ContainsFunc(a.req.Question, isHan) {
			continue
		}
		if !has(near, label) {
			near = append(near, label)
		}
	}
	p.Near = near
	return p
}

// spelt is a text, in the script of the language when it is a name of the model;
// members, and what the asker said, stay.
func (b *book) spelt(text string) string {
	ours := b.w.ours(text)
	if ours == text {
		return text
	}
	called := func(n semantic.Names) bool { return slices.Contains(n.Texts(), text) }
	for _, m := range b.model.Metrics {
		if called(m.Names) {
			return ours
		}
	}
	for _, t := range b.model.Tables {
		if called(t.Names) || slices.ContainsFunc(t.Dimensions, func(d *semantic.Dimension) bool { return called(d.Names) }) {
			return ours
		}
	}
	return text
}

// wayLabel is a way from one table to another in words: by what it goes.
func (b *book) wayLabel(way string) string {
	steps := strings.Split(way, " < ")
	if len(steps) < 2 {
		return b.objectLabel(way)
	}
	var labels []string
	for _, step := range steps[1:] {
		name, _, _ := strings.Cut(step, ".")
		if t := b.tableNamed(name); t != nil {
			name = b.tableLabel(t)
		}
		labels = append(labels, name)
	}
	return strings.Join(labels, b.w.Level2)
}

// discreet takes a name out of a problem that says there is no such thing when
// the asker did not say that name: it would tell what is hidden.
func (a *asking) discreet(p semantic.Problem) semantic.Problem {
	switch p.Code {
	case semantic.UnknownName, semantic.UnknownMetric, semantic.UnknownDimension, semantic.UnknownMember:
		if !strings.Contains(a.req.Question+a.req.Line, p.Name) {
			return semantic.Problem{Code: semantic.NotUnderstood, Name: a.req.Question, Near: p.Near}
		}
	}
	return p
}

// objectLabel is the label of an object of the model, or of the member that an
// equality names; any other text is as it is.
func (b *book) objectLabel(s string) string {
	x, err := semantic.ParseExpr(s)
	if s == "" || err != nil {
		return s
	}
	if eq, ok := x.(semantic.Binary); ok && eq.Op == semantic.Eq {
		return b.operand(eq.L, eq.R)
	}
	n, ok := x.(semantic.Name)
	if !ok {
		return s
	}
	last := n.Path[len(n.Path)-1]
	known := len(n.Path) == 1 && b.metric(last) != nil || b.dimension(n.Path) != nil || b.tableNamed(last) != nil || b.tableNamed(n.Path[0]) != nil
	if !known {
		return s
	}
	return b.name(n.Path)
}

// deniedTable is a table of which the viewer may see no row because an
// attribute is missing; nil for none.
func deniedTable(p *semantic.Plan) *semantic.Table {
	if p == nil {
		return nil
	}
	for _, g := range p.Guards {
		if !g.Denied {
			continue
		}
		for _, t := range p.Model.Tables {
			if t.Name == g.Table {
				return t
			}
		}
	}
	return nil
}

// denied answers with zero rows and says what is missing, in no more words than
// the table's name.
func (a *asking) denied(answer *Answer, p *semantic.Plan, t *semantic.Table) *Answer {
	b := a.book()
	answer.Table = b.table(&result{plan: p})
	a.failed(answer, semantic.Problems{{Code: semantic.Forbidden, Name: t.Name}})
	label := word("table", b.tableLabel(t))
	answer.Warnings = append(answer.Warnings, Note{NothingVisible, sentence(b.w.Warnings[NothingVisible].say(label)).s})
	return answer
}

// instead is what could be asked: the repairs of the problems, then questions
// that analysts confirmed, then the first metrics. Each binds for the viewer.
func (a *asking) instead(list semantic.Problems) []Choice {
	b := a.book()
	var choices []Choice
	o := &offering{a: a, b: b}
	add := func(kind, line string) {
		if len(choices) >= maxOffered {
			return
		}
		if c, ok := a.choice(b, kind, line); ok && !has(choices, c) {
			choices = append(choices, c)
		}
	}
	keep := func(m *semantic.Metric, whole bool) {
		if q, all := o.keeping(m, whole); q != nil && (all || !whole) {
			add("near", q.String())
		}
	}
	for _, p := range list {
		if final[p.Code] {
			return nil
		}
		if p.Repair != "" {
			add("repair", p.Repair)
		}
		for _, near := range p.Near {
			if m := a.metricCalled(near); m != nil {
				keep(m, false)
			}
		}
	}
	said := a.req.Question
	if len(list) == 1 && unknown[list[0].Code] && list[0].Name != "" {
		said = list[0].Name // the other words were understood
	}
	for _, m := range a.metricsLike(said) {
		keep(m, false)
	}
	if len(choices) == 0 && a.kept != nil {
		usual := a.usualMetrics()
		for _, m := range usual[:min(maxKeeping, len(usual))] {
			keep(m, true) // where it has all that was named
		}
	}
	if len(choices) > 0 {
		return choices
	}
	choices = a.starters(b)
	choices = choices[:min(len(choices), maxOffered)]
	for _, m := range a.snap.model.Metrics {
		add("metric", semantic.ExprString(semantic.Name{Path: []string{m.Name}}))
	}
	return choices
}

// usualMetrics are the metrics of the questions that analysts confirmed, then the others.
func (a *asking) usualMetrics() []*semantic.Metric {
	var usual []*semantic.Metric
	add := func(m *semantic.Metric) {
		if m != nil && !slices.Contains(usual, m) {
			usual = append(usual, m)
		}
	}
	for _, v := range a.snap.model.Questions {
		if v.Query == nil {
			continue
		}
		for _, item := range v.Query.Items {
			if name, ok := item.Expr.(semantic.Name); ok && len(name.Path) == 1 {
				add(a.snap.model.Metric(name.Path[0]))
			}
		}
	}
	for _, m := range a.snap.model.Metrics {
		add(m)
	}
	return usual
}

// past is what a question surely names without a period in which nothing can have happened
// yet; nil for nothing.
func (a *asking) past(kept *semantic.Query) *semantic.Query {
	if kept == nil || len(kept.During) == 0 {
		return kept
	}
	if !a.isToCome(kept.During[0]) {
		return kept
	}
	if kept.Where == nil {
		return nil
	}
	kept = kept.Clone()
	kept.During = nil
	return kept
}

// isToCome reports whether nothing can have happened yet in a period.
func (a *asking) isToCome(p semantic.Period) bool {
	now := a.wall()
	iv, err := semantic.Resolve(p, semantic.Clock{Now: now, Calendar: a.snap.model.Calendar})
	return err == nil && iv.Start.After(now)
}

// maxKeeping is of how many metrics it is tried whether they have what was named.
const maxKeeping = 20

// mended puts a query line that can be answered beside the first of the problems
// of one that cannot.
func (a *asking) mended(q *semantic.Query, list semantic.Problems) semantic.Problems {
	if len(list) == 0 || list[0].Repair != "" || final[list[0].Code] {
		return list
	}
	list[0].Repair = semantic.Repair(q, list, a.compiles)
	return list
}

// mendedText does the same for a line that is none.
func (a *asking) mendedText(list semantic.Problems) semantic.Problems {
	if len(list) > 0 && list[0].Repair == "" && !final[list[0].Code] {
		list[0].Repair = semantic.RepairText(a.req.Line, list, a.compiles)
	}
	return list
}

// compiles says what keeps a query from being answered for the viewer by the
// engines at hand; nil for nothing.
func (a *asking) compiles(q *semantic.Query) error {
	p, err := a.allowed(q)
	if err == nil {
		_, err = a.compile(p)
	}
	return err
}

// allowed binds a query for the viewer. It fails with Forbidden where the viewer
// may see no row of a table that it reads.
func (a *asking) allowed(q *semantic.Query) (*semantic.Plan, error) {
	p, err := semantic.Bind(a.snap.model, q, a.req.Viewer, semantic.Clock{Now: a.now})
	if err != nil {
		return nil, err
	}
	if t := deniedTable(p); t != nil {
		return nil, semantic.Problem{Code: semantic.Forbidden, Name: t.Name}
	}
	return p, nil
}

// final are the problems that no other question helps against.
var final = map[semantic.Code]bool{
	semantic.Unavailable: true, semantic.Timeout: true, semantic.Cancelled: true, semantic.Busy: true, semantic.Internal: true,
	semantic.TooLong: true, semantic.TooLarge: true, semantic.Incomplete: true,
}

// choice is a query line that binds for the viewer, in words.
func (a *asking) choice(b *book, kind, line string) (Choice, bool) {
	q, err := semantic.ParseQuery(line)
	if err != nil || !a.binds(q) {
		return Choice{}, false
	}
	return Choice{Kind: kind, Text: b.title(q), Query: q.String()}, true
}

// binds reports whether a query can be answered for the viewer.
func (a *asking) binds(q *semantic.Query) bool {
	_, err := a.allowed(q)
	return err == nil
}

// causeOf is what is behind an error, for logs.
func causeOf(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// isMixed reports whether a name is written in two scripts, which only a Chinese reader
// takes for a name.
func isMixed(name string) bool {
	return strings.ContainsFunc(name, isHan) && strings.ContainsFunc(name, func(r rune) bool { return r < unicode.MaxASCII && unicode.IsLetter(r) })
}
