package answer

import (
	"context"
	"slices"
	"strings"

	"wenshu/nlq"
	"wenshu/semantic"
)

const (
	maxOffered = 3  // questions that a refusal offers
	maxBeside  = 60 // metrics of which it is tried whether they have what was named
)

// offering collects what could be asked instead of a refused message.
type offering struct {
	a       *asking
	b       *book
	history bool // over the months that have passed
	split   *semantic.Dimension
	columns []*semantic.Dimension // see alike
	list    []Choice
	metrics []*semantic.Metric
	runs    func(*semantic.Query) *result // nil where a query cannot be run
	probes  int
	failing map[string]int // how often what is kept left nothing
	by      []phrase       // see subject
}

// offers are up to three questions near a refused one that can be answered for the viewer:
// they keep its metric, else its subject, else what it names, with the period, the members
// and the split as far as the metric has them.
func (a *asking) offers(ctx context.Context, f *refusal, r *nlq.Refusal) []Choice {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	o := &offering{a: a, b: a.book(), split: a.splitOf(f), history: f.wants == wantsForecast || f.wants == wantsReasons}
	o.runs = func(q *semantic.Query) *result { return a.probe(ctx, q, func(*semantic.Query) {}) }
	if f.wants == wantsBeside || f.wants == wantsOpinion && len(f.named) == 0 && len(known().subjectsOf(nil, f.said)) == 0 {
		return o.starters()
	}
	strange := f.wants == "" && len(f.subjects()) == 0 // of nothing that the lexicon knows
	apart := a.apart(f, r)
	o.tried(r, func(q *semantic.Query) bool { return q.List == nil && (strange || asksFor(q, apart, f)) })
	for _, object := range f.named {
		if object.Metric != nil && !o.counts(object.Metric) && (f.wants != "" || slices.Contains(apart, object.Metric)) {
			o.add(object.Metric, false)
		}
	}
	for _, p := range f.problems {
		for _, near := range p.Near {
			if m := a.metricCalled(near); m != nil {
				o.add(m, false)
			}
		}
	}
	asked, beside := o.metricsOf(f.subjects()), o.metricsOf(known().subjectsOf(nil, f.done()))
	asked = o.firstOf(f, o.elsewhere(f, asked))
	if f.wants == wantsAct {
		o.ofSubjects(o.ofVerb(f), false)
		o.ofSubjects(o.firstOf(f, beside), true)
		o.ofSubjects(beside, false)
		if len(o.list) == 0 {
			o.ofNamed(f)
		}
		if len(o.list) == 0 {
			return o.starters()
		}
		return o.list
	}
	before := len(o.list)
	if o.ofSubjects(asked, true); len(o.list) == before && o.keepsSomething() {
		if f.wants == "" && len(asked) > 0 {
			o.within(f, asked)
		} else {
			o.ofSubjects(beside, true)
		}
	}
	o.ofSubjects(asked, false)
	if f.wants == wantsOpinion && o.keepsSomething() {
		for _, m := range a.usualMetrics() {
			o.add(m, true)
		}
		for _, m := range a.usualMetrics() {
			o.add(m, false)
		}
	}
	if len(o.list) == 0 || f.wants != "" {
		o.ofSubjects(beside, false)
	}
	if len(o.list) == 0 {
		o.ofNamed(f)
	}
	if len(o.list) == 0 {
		o.tried(r, func(q *semantic.Query) bool { return q.List == nil || f.names(q.List.From) })
	}
	if len(o.list) == 0 && (o.keepsSomething() || o.history) {
		for _, m := range a.usualMetrics() {
			o.add(m, !o.history)
		}
	}
	if len(o.list) == 0 {
		return o.starters()
	}
	o.spending(f)
	o.drilled()
	return o.list
}

// subjects are those of what nothing was found about.
func (f *refusal) subjects() []*subject {
	if len(f.unheld) == 0 {
		return nil
	}
	return known().subjectsOf(f.unheld, f.said)
}

// done is a message, for what is to be done without whom it is to be done for.
func (f *refusal) done() string {
	if f.wants != wantsAct {
		return f.said
	}
	_, what, _ := strings.Cut(f.said, " ")
	if !isLatin(f.said) {
		what = f.said
	}
	what, _, _ = strings.Cut(what, " to ")
	return what
}

// ofVerb are the metrics of what is told to be done, where it is a thing as well that is
// counted: a refund.
func (o *offering) ofVerb(f *refusal) []*semantic.Metric {
	open, _ := unrequested(wordingOf(f.said))
	verb, _, _ := strings.Cut(strings.TrimSpace(open.words), " ")
	if !isLatin(f.said) || !undoes[verb] {
		return nil
	}
	var list []*semantic.Metric
	for _, t := range o.a.snap.metricTexts() {
		if t.names.holds(phrase(" " + verb + " ")) {
			list = append(list, t.metric)
		}
	}
	return list
}

// undoes are verbs that are things as well which companies count.
var undoes = setOfWords("refund return invoice reimburse restock")

// firstOf puts the metrics of the tables that a message names before the others.
func (o *offering) firstOf(f *refusal, list []*semantic.Metric) []*semantic.Metric {
	list = slices.Clone(list)
	rank := func(m *semantic.Metric) int {
		if m.Home != nil && f.names(m.Home.Name) && !o.counts(m) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(list, func(a, b *semantic.Metric) int { return rank(a) - rank(b) })
	return list
}

// metricsOf are the metrics that the model holds of the surest subject of which it holds
// any, the nearest first.
func (o *offering) metricsOf(subjects []*subject) []*semantic.Metric {
	for _, s := range subjects {
		if list := o.a.snap.metricsOf(s); len(list) > 0 {
			if o.by == nil {
				o.by = s.by
			}
			return list[:min(len(list), maxBeside)]
		}
	}
	return nil
}

// drilled fills up the offers of a single metric with what it is split by most.
func (o *offering) drilled() {
	if len(o.list) != 1 || len(o.metrics) != 1 {
		return
	}
	q, err := semantic.ParseQuery(o.list[0].Query)
	if err != nil || len(q.By) > 0 {
		return
	}
	plan, err := o.a.allowed(q)
	if err != nil {
		return
	}
	for _, d := range o.a.drills(plan) {
		by := q.Clone()
		by.By = []semantic.Group{{Expr: pathOf(o.a.snap.model, d)}}
		if !o.a.fixed(q.Where, d) && o.a.hasOne(o.metrics[0], d) && o.hasNumbers(by) {
			o.put("near", by)
		}
		if len(o.list) > 2 {
			return
		}
	}
}

// apart are the metrics that a refused message names outside what was not understood.
func (a *asking) apart(f *refusal, r *nlq.Refusal) []*semantic.Metric {
	var list []*semantic.Metric
	for _, w := range r.Words {
		if w.State != nlq.Used || w.Object.Metric == nil {
			continue
		}
		if !f.within(w.Span) {
			list = append(list, w.Object.Metric)
		}
	}
	return list
}

// asksFor reports whether a query computes one of some metrics, or a number of a column that
// a refused message names.
func asksFor(q *semantic.Query, metrics []*semantic.Metric, f *refusal) bool {
	found := false
	for _, item := range q.Items {
		semantic.Walk(item.Expr, func(x semantic.Expr) {
			name, ok := x.(semantic.Name)
			found = found || ok && (len(name.Path) == 1 && slices.ContainsFunc(metrics, func(m *semantic.Metric) bool { return m.Name == name.Path[0] }) ||
				slices.ContainsFunc(f.named, func(o nlq.Object) bool {
					return o.Dimension != nil && o.Member == "" && o.Dimension.Name == name.Path[len(name.Path)-1]
				}))
		})
	}
	return found
}

// names reports whether a refused message names a table.
func (f *refusal) names(table string) bool {
	return slices.ContainsFunc(f.named, func(o nlq.Object) bool { return o.Table != nil && o.Table.Name == table })
}

// splitOf is by what a refused message splits its number: what it says to, else an entity
// that it names; nil for none.
func (a *asking) splitOf(f *refusal) *semantic.Dimension {
	if f.split != nil {
		return groupOf(*f.split)
	}
	for _, object := range f.named {
		if d := object.Dimension; object.Table != nil || d != nil && object.Member == "" && slices.Contains(d.Table.Display, d) {
			if d := groupOf(object); d != nil {
				if d.Index == semantic.IndexOnDemand { // of which there may be any number
					return nil
				}
				return d
			}
		}
	}
	return nil
}

// groupOf is the column by which an object splits numbers; nil for none.
func groupOf(o nlq.Object) *semantic.Dimension {
	d := o.Dimension
	if o.Table != nil && len(o.Table.Display) > 0 {
		d = o.Table.Display[0]
	}
	if d == nil || d.Type.Kind != semantic.Text || d.Index == semantic.IndexNever {
		return nil
	}
	return d
}

func (o *offering) keepsSomething() bool {
	return o.split != nil || o.a.kept != nil && o.a.kept.Where != nil
}

// starters are questions to begin with.
func (o *offering) starters() []Choice {
	list := o.a.starters(o.b)
	if len(list) == 0 {
		for _, m := range o.a.usualMetrics() {
			o.add(m, false)
		}
		return o.list
	}
	return list[:min(len(list), maxOffered)]
}

// tried offers those of the readings that the reader found workable which are wanted.
func (o *offering) tried(r *nlq.Refusal, wanted func(*semantic.Query) bool) {
	for _, c := range r.Try {
		ask, ok := c.Reading.(nlq.Ask)
		if !ok || !wanted(ask.Query) {
			continue
		}
		q := ask.Query
		if len(q.Items) > 1 && slices.ContainsFunc(q.Items, func(item semantic.Item) bool {
			one := q.Clone()
			one.Items = []semantic.Item{item}
			return !wanted(one)
		}) {
			continue
		}
		m := o.a.single(q)
		if m != nil && o.counts(m) {
			continue
		}
		if m != nil && !o.a.isPlain(q, m) {
			o.add(m, o.keepsSomething())
			continue
		}
		if slices.ContainsFunc(q.Items, func(item semantic.Item) bool { _, computed := item.Expr.(semantic.Binary); return computed }) {
			continue
		}
		if o.history {
			q = o.a.passed(q)
		}
		if name, ok := q.Items[0].Expr.(semantic.Name); len(o.list) > 0 && (!ok || len(name.Path) > 1) {
			continue // a near copy of what is offered
		}
		if !o.hasNumbers(q) {
			continue
		}
		o.put("try", q)
		for _, item := range q.Items {
			if name, ok := item.Expr.(semantic.Name); ok && len(name.Path) == 1 {
				o.metrics = append(o.metrics, o.a.snap.model.Metric(name.Path[0]))
			}
		}
	}
}

// single is the metric that a query is of; nil for a list, several or an expression.
func (a *asking) single(q *semantic.Query) *semantic.Metric {
	if q.List != nil || len(q.Items) != 1 {
		return nil
	}
	name, ok := q.Items[0].Expr.(semantic.Name)
	if !ok || len(name.Path) > 1 {
		return nil
	}
	return a.snap.model.Metric(name.Path[0])
}

// isPlain reports whether a query tests nothing but members of what its metric counts: what
// is left of a message that was not understood is no test of numbers.
func (a *asking) isPlain(q *semantic.Query, m *semantic.Metric) bool {
	return q.Having == nil && !slices.ContainsFunc(semantic.Conjuncts(q.Where), func(x semantic.Expr) bool {
		switch x := x.(type) {
		case semantic.Binary:
			return x.Op != semantic.Eq || !a.fits(m, x)
		case semantic.In:
			return x.Sub != nil || !a.fits(m, x)
		}
		return true
	})
}

// put offers a query that can be answered and is not yet among the offers.
func (o *offering) put(kind string, q *semantic.Query) {
	c := Choice{Kind: kind, Text: o.b.title(q), Query: q.String()}
	if len(o.list) < maxOffered && !slices.ContainsFunc(o.list, func(x Choice) bool { return x.Query == c.Query || x.Text == c.Text }) && o.a.answerable(q) {
		o.list = append(o.list, c)
	}
}

// ofSubjects offers metrics of the subjects: those that keep all that is kept, or all.
func (o *offering) ofSubjects(list []*semantic.Metric, keeping bool) {
	for _, m := range list {
		o.add(m, keeping)
	}
}

// ofNamed offers metrics of what a refused message names: those called after it, then those
// that live on its table.
func (o *offering) ofNamed(f *refusal) {
	for _, object := range f.named {
		t := object.Table
		if object.Dimension != nil {
			t = object.Dimension.Table
		}
		if t == nil {
			continue
		}
		for _, m := range o.a.metricsLike(strings.Join(t.Names.Texts(), "\n")) {
			if slices.Contains(o.a.snap.model.Homes(m), t) {
				o.add(m, false)
			}
		}
		for _, m := range o.a.snap.model.Metrics {
			if m.Home == t {
				o.add(m, true)
			}
		}
	}
	if !o.keepsSomething() {
		return
	}
	for i, m := range o.a.usualMetrics() {
		if i < maxBeside {
			o.add(m, true)
		}
	}
}
