package answer

import (
	"context"
	"slices"
	"strings"
	"time"

	"wenshu/nlq"
	"wenshu/semantic"
)

// priorTurns is how many earlier turns a follow-up may edit.
const priorTurns = 5

// question answers a question as typed.
func (a *asking) question(ctx context.Context) *Answer {
	if answer := a.verified(ctx); answer != nil {
		return answer
	}
	read, err := a.read(ctx)
	if err != nil {
		a.s.config.Log.Warn("a question cannot be read", "error", err, "cause", causeOf(err))
		return a.failed(a.newAnswer(), failureOf(ctx, err))
	}
	var answers []*Answer
	for _, m := range read.Messages {
		answers = append(answers, a.messages(ctx, m)...)
	}
	if len(answers) == 0 {
		return a.failed(a.newAnswer(), semantic.Problems{{Code: semantic.EmptyQuery}})
	}
	answers[0].More = answers[1:]
	return answers[0]
}

// read reads the question with what the viewer knows and asked before.
func (a *asking) read(ctx context.Context) (nlq.Result, error) {
	start := time.Now()
	know, err := a.snap.know(ctx, a.req.Viewer)
	if err != nil {
		return nlq.Result{}, err
	}
	prior, err := a.prior(ctx)
	if err != nil {
		return nlq.Result{}, err
	}
	a.readTimes = append(a.readTimes, timing("learn", start))
	start = time.Now()
	q := nlq.Question{Text: a.req.Question, Lang: a.words.lang[:2], Now: a.wall(), Viewer: a.req.Viewer, Prior: prior}
	a.asked, a.known = q, know
	result, err := a.readWaiting(ctx, know, q)
	if err != nil {
		return nlq.Result{}, err
	}
	a.readTimes = append(a.readTimes, timing("read", start))
	start = time.Now()
	result, err = a.withStrangers(ctx, know, q, result)
	a.readTimes = append(a.readTimes, timing("look up", start))
	return result, err
}

// mostWaiting is how many messages a conversation may begin with before one asks
// something.
const mostWaiting = 3

// readWaiting reads a message behind those that asked nothing by themselves:
// "draw bars", then "running time". Where both together mean nothing, it stands
// alone.
func (a *asking) readWaiting(ctx context.Context, know knowledge, q nlq.Question) (nlq.Result, error) {
	if len(q.Prior) > 0 || a.req.Conversation == "" {
		return know.reader.Read(q), nil
	}
	said, err := a.s.config.State.Waiting(ctx, a.req.Viewer.ID, a.req.Conversation, string(Failed), mostWaiting)
	if err != nil {
		return nlq.Result{}, err
	}
	if len(said) > 0 {
		whole := q
		whole.Text = strings.Join(append(said, q.Text), ", ")
		if result, ok := know.reader.Read(whole).Behind(len(whole.Text) - len(q.Text)); ok {
			result.Text = q.Text
			return result, nil
		}
		q.Unanswered = true
	}
	return know.reader.Read(q), nil
}

// prior are the earlier turns of the conversation, the latest first.
func (a *asking) prior(ctx context.Context) ([]nlq.Turn, error) {
	if a.req.Conversation == "" {
		return nil, nil
	}
	turns, err := a.s.config.State.Turns(ctx, a.req.Viewer.ID, a.req.Conversation, priorTurns)
	if err != nil {
		return nil, err
	}
	var prior []nlq.Turn
	for _, t := range turns {
		if q, err := semantic.ParseQuery(t.Query); err == nil {
			prior = append(prior, nlq.Turn{Query: q, Presentation: nlq.Presentation{Chart: t.Chart}})
		}
	}
	return prior, nil
}

// message answers one question of a message.
func (a *asking) message(ctx context.Context, answer *Answer, m nlq.Message) *Answer {
	switch {
	case m.Refused != nil:
		return a.refused(ctx, answer, m)
	case a.isPersonal(m):
		m.Refused = &nlq.Refusal{Problems: semantic.Problems{{Code: semantic.NotUnderstood, Name: a.spoken(m)}}}
		return a.refused(ctx, answer, m)
	case len(m.Candidates) == 0:
		return a.failed(answer, semantic.Problems{{Code: semantic.NotUnderstood}})
	case len(m.Candidates) > 1:
		return a.ambiguous(answer, m.Candidates)
	}
	c := m.Candidates[0]
	a.mark(answer, c.Words)
	answer.Badge = ModelBadge
	switch r := c.Reading.(type) {
	case nlq.Ask:
		answer = a.query(ctx, answer, r.Query, c.Presentation)
		a.guessedMetric(answer, r.Query, c.Assumed)
		return a.yesOrNo(answer, r)
	case nlq.Define:
		return a.define(answer, r)
	case nlq.Help:
		return a.help(answer, r)
	case nlq.Freshness:
		return a.freshness(ctx, answer, r)
	case nlq.Why:
		return a.notYet(answer, r.Query, "why")
	case nlq.Anomaly:
		return a.notYet(answer, r.Query, "anomaly")
	case nlq.Forecast:
		return a.notYet(answer, r.Query, "forecast")
	}
	return a.failed(answer, semantic.Problems{{Code: semantic.NotUnderstood}})
}

// guessedMetric says by which metric an answer is that no word of the question
// names: 卖得最好 is by revenue.
func (a *asking) guessedMetric(answer *Answer, q *semantic.Query, assumed []string) {
	if answer.Kind != Result || q.List != nil || len(q.Items) == 0 || !slices.Contains(assumed, "metric") {
		return
	}
	answer.Assumptions = append(answer.Assumptions, a.book().assumed(semantic.Assumption{What: "metric", Value: semantic.ExprString(q.Items[0].Expr)}))
}

// notYet declines a reading that is not computed, and offers its query over the time
// that has passed, which is.
func (a *asking) notYet(answer *Answer, q *semantic.Query, what string) *Answer {
	p := semantic.Problem{Code: semantic.NotComputed, Name: a.words.Intents[what]}
	if what == wantsForecast {
		p = semantic.Problem{Code: semantic.NotComputed, Detail: wantsForecast}
	}
	if q == nil {
		return a.failed(answer, semantic.Problems{p})
	}
	a.kept = a.past(&semantic.Query{During: q.During, Where: q.Where})
	if what != wantsForecast {
		p.Repair = q.String()
		return a.failed(answer, semantic.Problems{p})
	}
	answer = a.worded(answer, semantic.Problems{p})
	o := &offering{a: a, b: a.book(), history: true}
	past, m := a.passed(q), a.single(q)
	if m == nil || len(past.During) > 0 {
		o.put("repair", past)
	}
	if m != nil && len(o.list) > 0 {
		o.metrics = append(o.metrics, m)
	}
	o.ofSubjects(o.metricsOf(known().subjectsOf(nil, a.req.Question)), true)
	o.put("repair", past)
	o.drilled()
	answer.Suggestions = o.list
	return answer
}

// mark notes what became of the words, and warns of those that were corrected
// or left out.
func (a *asking) mark(answer *Answer, words []nlq.WordUse) {
	answer.Words = a.marks(words)
	for _, w := range words {
		said := spanned("word", a.req.Question[w.Span.Start:w.Span.End], NameSpan)
		if w.As == nlq.StyleWish {
			answer.Warnings = append(answer.Warnings, Note{StyleDeclined, a.words.Warnings[StyleDeclined].string(said)})
		}
		switch w.State {
		case nlq.Corrected:
			answer.Warnings = append(answer.Warnings, Note{Corrected, a.words.Warnings[Corrected].string(said, word("as", a.corrected(w)))})
		case nlq.Unread:
			answer.Warnings = append(answer.Warnings, Note{Unread, a.words.Warnings[Unread].string(said)})
		}
	}
}

// marks are the words that are more than noise.
func (a *asking) marks(words []nlq.WordUse) []WordMark {
	var marks []WordMark
	for _, w := range words {
		if w.State == nlq.IsNoise {
			continue
		}
		state := "used"
		switch w.State {
		case nlq.Corrected:
			state = "corrected"
		case nlq.Unread:
			state = "unread"
		}
		marks = append(marks, WordMark{Start: w.Span.Start, End: w.Span.End, Text: a.req.Question[w.Span.Start:w.Span.End], State: state, Meaning: w.As, Label: a.labelOf(w)})
	}
	return marks
}

// labelOf is what a word means as the asker's language says it; "" for what is no
// part of the model, such as a period.
func (a *asking) labelOf(w nlq.WordUse) string {
	if w.State == nlq.Corrected && w.Typo != "" {
		return a.corrected(w)
	}
	o, ok := a.meant(w.As)
	switch {
	case !ok:
		return ""
	case o.Metric != nil:
		return a.book().metricLabel(o.Metric)
	case o.Member != "":
		return a.book().member(o.Dimension, semantic.TextValue(o.Member))
	}
	return a.book().dimensionLabel(o.Dimension)
}

// corrected is what a word was taken for: a member as it is stored, a name of the
// model in the script of the answer.
func (a *asking) corrected(w nlq.WordUse) string {
	if o, ok := a.meant(w.As); ok && o.Member == "" {
		return a.words.ours(w.Typo)
	}
	return w.Typo
}

// visibleMarks are the marks of words that mean nothing hidden from the viewer.
func (a *asking) visibleMarks(words []nlq.WordUse) []WordMark {
	return slices.DeleteFunc(a.marks(words), func(m WordMark) bool {
		o, ok := a.meant(m.Meaning)
		return ok && !a.visible(o)
	})
}

// ambiguous offers the readings as choices, at most four.
func (a *asking) ambiguous(answer *Answer, list []nlq.Candidate) *Answer {
	b := a.book()
	answer.Kind = Ambiguous
	for _, c := range list {
		ask, ok := c.Reading.(nlq.Ask)
		if ok && len(answer.Choices) < 4 {
			answer.Choices = append(answer.Choices, Choice{Kind: "reading", Text: b.title(ask.Query), Query: ask.Query.String()})
		}
	}
	answer.Words = a.visibleMarks(list[0].Words)
	b.tellApart(answer.Choices)
	said := b.w.ChooseAny.say()
	if name := a.contested(list); name != "" {
		said = b.w.Choose.say(spanned("name", name, NameSpan))
	}
	answer.Sentence = Sentence{said.s, said.spans}
	return answer
}

// contested are the words that two readings take differently; "" when it is
// not about words.
func (a *asking) contested(list []nlq.Candidate) string {
	for _, w := range list[0].Words {
		for _, v := range list[1].Words {
			if w.Span == v.Span && w.As != v.As && w.State != nlq.IsNoise {
				return a.req.Question[w.Span.Start:w.Span.End]
			}
		}
	}
	return ""
}

// tellApart adds to choices that read alike the ways that their names go, or
// the query lines where those are alike too.
func (b *book) tellApart(list []Choice) {
	for _, detail := range []func(string) string{b.ways, func(line string) string { return line }} {
		count := map[string]int{}
		for _, c := range list {
			count[c.Text]++
		}
		for i, c := range list {
			if more := detail(c.Query); count[c.Text] > 1 && more != "" {
				list[i].Text = b.w.InUnits.string(word("label", c.Text), word("unit", more))
			}
		}
	}
}

// ways are the joins that the names of a query line go through, in words.
func (b *book) ways(line string) string {
	q, err := semantic.ParseQuery(line)
	if err != nil {
		return ""
	}
	var ways []string
	for _, x := range namesOf(q) {
		n, ok := x.(semantic.Name)
		if !ok || len(n.Path) < 3 {
			continue
		}
		var steps []string
		for i := 2; i < len(n.Path); i++ {
			steps = append(steps, b.name(n.Path[:i]))
		}
		if way := joined(plainTexts(steps), b.w.Level2, b.w.Level2).s; !has(ways, way) {
			ways = append(ways, way)
		}
	}
	return b.w.joinStrings(ways)
}

// namesOf are the expressions of a query's items, groups and filter.
func namesOf(q *semantic.Query) []semantic.Expr {
	var all []semantic.Expr
	collect := func(x semantic.Expr) { semantic.Walk(x, func(e semantic.Expr) { all = append(all, e) }) }
	for _, item := range q.Items {
		collect(item.Expr)
	}
	for _, g := range q.By {
		collect(g.Expr)
	}
	collect(q.Where)
	return all
}

// define says what objects mean.
func (a *asking) define(answer *Answer, r nlq.Define) *Answer {
	b := a.book()
	answer.Kind = Defined
	for _, o := range r.Objects {
		switch {
		case o.Metric != nil:
			answer.Definitions = append(answer.Definitions, b.defineMetric(o.Metric))
		case o.Dimension != nil:
			answer.Definitions = append(answer.Definitions, b.defineDimension(o.Dimension))
		case o.Table != nil:
			answer.Definitions = append(answer.Definitions, b.defineTable(o.Table))
		}
	}
	if len(answer.Definitions) == 0 {
		return a.help(answer, nlq.Help{})
	}
	answer.Sentence = b.meaning(answer.Definitions)
	for _, o := range r.Objects {
		if o.Metric != nil {
			if c, ok := a.choice(b, "metric", semantic.ExprString(semantic.Name{Path: []string{o.Metric.Name}})); ok {
				c.Text = upper(b.w.WhatIs.string(word("metric", b.metricLabel(o.Metric))))
				answer.FollowUps = append(answer.FollowUps, c)
			}
		}
	}
	return answer
}

// help says what can be asked.
func (a *asking) help(answer *Answer, r nlq.Help) *Answer {
	b := a.book()
	answer.Kind = Helped
	catalog := a.catalog()
	names := func(list []CatalogItem, n int) string {
		var labels []string
		for _, item := range list[:min(n, len(list))] {
			labels = append(labels, b.inline(item.Label))
		}
		return b.w.joinStrings(labels)
	}
	m := b.w.Help
	if r.Greeting {
		m = a.greeted(b)
	}
	metrics := spanned("metrics", names(catalog.Metrics, 5), NameSpan)
	if !r.Greeting {
		metrics = spanned("metrics", a.metricsBySubject(b, catalog), NameSpan)
	}
	t := sentence(m.say(spanned("model", b.label(a.snap.model.Names, a.snap.model.Name), NameSpan), counted("n", len(catalog.Metrics)),
		metrics, spanned("dimensions", names(catalog.Dimensions, 5), NameSpan)))
	answer.Sentence = Sentence{t.s, t.spans}
	answer.Suggestions = catalog.Starters
	return answer
}

// greeted is what a greeting is answered with.
func (a *asking) greeted(b *book) message {
	switch w, x := wordingOf(a.req.Question), known(); {
	case w.holdsAny(x.thanks):
		return b.w.Welcome
	case w.holdsAny(x.agreed):
		return b.w.Agreed
	}
	return b.w.Greeting
}

// metricsBySubject lists every metric that may be asked for, with those of one
// table together.
func (a *asking) metricsBySubject(b *book, c *Catalog) string {
	var subjects []string
	labels := map[string][]string{}
	for i, m := range c.metrics {
		subject := c.Metrics[i].Group
		if homes := a.snap.model.Homes(m); subject == "" && len(homes) > 0 {
			subject = b.tableLabel(homes[0])
		}
		if labels[subject] == nil {
			subjects = append(subjects, subject)
		}
		labels[subject] = append(labels[subject], b.inline(c.Metrics[i].Label))
	}
	var lines []text
	for _, subject := range subjects {
		lines = append(lines, b.w.Subject.say(word("subject", subject), word("metrics", strings.Join(labels[subject], b.w.Comma))))
	}
	return joined(lines, b.w.Semicolon, b.w.Semicolon).s
}

// saidTables is how many tables a sentence about freshness names.
const saidTables = 6

// freshness says how far the data reach: of the query's metrics, or of every
// table that has a time.
func (a *asking) freshness(ctx context.Context, answer *Answer, r nlq.Freshness) *Answer {
	b := a.book()
	answer.Kind = Fresh
	var dims []*semantic.Dimension
	if r.Query != nil {
		plan, err := semantic.Bind(a.snap.model, r.Query, a.req.Viewer, semantic.Clock{Now: a.now})
		if err != nil {
			return a.failed(answer, problemsOf(err))
		}
		answer.QueryLine = r.Query.String()
		dims = timesOf(plan)
	} else {
		dims = a.factTimes()
	}
	var items []text
	for _, d := range dims {
		at, err := a.snap.endOf(ctx, a.req.Viewer, d, endAsked)
		if err != nil {
			return a.failed(answer, failureOf(ctx, err))
		}
		f := b.freshness(d, at)
		answer.AsOf = append(answer.AsOf, f)
		if len(items) < saidTables {
			items = append(items, spanText(f.Text, Span{Kind: PeriodSpan}))
		}
	}
	t := sentence(b.w.FreshAll.say(said("items", joined(items, b.w.Part, b.w.Part))))
	answer.Sentence = Sentence{t.s, t.spans}
	return answer
}

// factTimes are the time dimensions of the tables that visible metrics live on,
// those of most metrics first.
func (a *asking) factTimes() []*semantic.Dimension {
	var dims []*semantic.Dimension
	count := map[*semantic.Dimension]int{}
	for _, m := range a.catalog().metrics {
		for _, t := range a.snap.model.Homes(m) {
			if t.Time == nil {
				continue
			}
			if count[t.Time]++; count[t.Time] == 1 {
				dims = append(dims, t.Time)
			}
		}
	}
	slices.SortStableFunc(dims, func(x, y *semantic.Dimension) int { return count[y] - count[x] })
	return dims
}
