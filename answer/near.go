package answer

import (
	"slices"
	"strings"
	"sync"

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

	ofSubject []*semantic.Metric // what the model holds of the subjects, the nearest first
}

// offers are up to three questions near a refused one that can be answered for the viewer:
// they keep its metric, else its subject, else what it names, with the period, the members
// and the split as far as the metric has them.
func (a *asking) offers(f *refusal, r *nlq.Refusal) []Choice {
	o := &offering{a: a, b: a.book(), split: a.splitOf(f), history: f.wants == wantsForecast || f.wants == wantsReasons}
	if f.wants == wantsBeside {
		return o.starters()
	}
	strange := f.wants == "" && len(known().subjectsOf(f.unheld...)) == 0 // of nothing that the lexicon knows
	apart := a.apart(f, r)
	o.tried(r, func(q *semantic.Query) bool { return q.List == nil && (strange || asksFor(q, apart, f)) })
	for _, object := range f.named {
		if object.Metric != nil && (f.wants != "" || slices.Contains(apart, object.Metric)) {
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
	for _, s := range a.subjectsOf(f) {
		list := a.snap.metricsOf(s)
		o.ofSubject = append(o.ofSubject, list[:min(len(list), maxBeside)]...)
	}
	if f.wants == wantsAct {
		if o.ofNamed(f, false); len(o.list) > 0 {
			return o.list
		}
	}
	before := len(o.list)
	o.ofSubjects(true)
	if len(o.list) > before {
		o.ofSubjects(false)
	}
	if f.wants == wantsOpinion && o.keepsSomething() {
		for _, m := range a.usualMetrics() {
			o.add(m, true)
		}
	}
	o.ofNamed(f, o.keepsSomething())
	o.ofSubjects(false)
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
	return o.list
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

// subjectsOf are the subjects of what was not understood, then those of the whole message.
func (a *asking) subjectsOf(f *refusal) []*subject {
	list := known().subjectsOf(append(slices.Clone(f.unheld), f.said)...)
	return list[:min(len(list), 3)]
}

// splitOf is by what a refused message splits its number: what it says to, else an entity
// that it names; nil for none.
func (a *asking) splitOf(f *refusal) *semantic.Dimension {
	if f.split != nil {
		return groupOf(*f.split)
	}
	for _, object := range f.named {
		if d := object.Dimension; object.Table != nil || d != nil && object.Member == "" && slices.Contains(d.Table.Display, d) {
			if d := groupOf(object); d != nil && d.Index != semantic.IndexOnDemand { // of which there may be any number
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
		if o.history {
			q = o.a.passed(q)
		}
		if name, ok := q.Items[0].Expr.(semantic.Name); len(o.list) > 0 && (!ok || len(name.Path) > 1) {
			continue // a near copy of what is offered
		}
		o.put("try", q)
		for _, item := range q.Items {
			if name, ok := item.Expr.(semantic.Name); ok && len(name.Path) == 1 {
				o.metrics = append(o.metrics, o.a.snap.model.Metric(name.Path[0]))
			}
		}
	}
}

// put offers a query that can be answered and is not yet among the offers.
func (o *offering) put(kind string, q *semantic.Query) {
	c := Choice{Kind: kind, Text: o.b.title(q), Query: q.String()}
	if len(o.list) < maxOffered && !slices.ContainsFunc(o.list, func(x Choice) bool { return x.Query == c.Query || x.Text == c.Text }) && o.a.answerable(q) {
		o.list = append(o.list, c)
	}
}

// ofSubjects offers metrics of the subjects: those that keep all that is kept, or all.
func (o *offering) ofSubjects(keeping bool) {
	for _, m := range o.ofSubject {
		o.add(m, keeping)
	}
}

// ofNamed offers metrics of what a refused message names: those called after it, those that
// live on its table, then any that can be split by it.
func (o *offering) ofNamed(f *refusal, any bool) {
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
	if !any {
		return
	}
	for i, m := range o.a.usualMetrics() {
		if i < maxBeside {
			o.add(m, true)
		}
	}
}

// add offers a metric with as much of what is kept as it has; where keeping is set, only
// one that has all of it.
func (o *offering) add(m *semantic.Metric, keeping bool) {
	if len(o.list) >= maxOffered || slices.Contains(o.metrics, m) || !o.a.visible(nlq.Object{Metric: m}) {
		return
	}
	plain := &semantic.Query{Items: []semantic.Item{{Expr: semantic.Name{Path: []string{m.Name}}}}}
	if o.a.kept != nil {
		plain.During = o.a.kept.During
	}
	if o.history && len(plain.During) == 0 {
		plain = o.a.passed(plain)
	}
	if len(plain.During) > 0 && !o.a.binds(plain) {
		plain.During, plain.By = nil, nil
	}
	if !o.a.binds(plain) {
		return
	}
	for _, q := range o.variants(plain, m) {
		whole := q != plain || !o.keepsSomething() || o.a.kept == nil && o.counts(m)
		if keeping && !whole {
			return
		}
		if q == plain || o.a.binds(q) {
			before := len(o.list)
			if o.put("near", q); len(o.list) > before {
				o.metrics = append(o.metrics, m)
			}
			return
		}
	}
}

// maxAlike is how many columns that are called alike are tried.
const maxAlike = 4

// alike are the columns by which numbers may be split: what was named, and those that are
// called so of something else. Of staff, department is the department of the staff.
func (o *offering) alike() []*semantic.Dimension {
	if len(o.columns) > 0 || o.split == nil {
		return o.columns
	}
	o.columns = append(o.columns, o.split)
	names := o.split.Names.Label
	for _, t := range o.a.snap.model.Tables {
		for _, d := range t.Dimensions {
			label := d.Names.Label
			same := names.EN != "" && (label.EN == names.EN || strings.HasSuffix(label.EN, " "+names.EN) || strings.HasSuffix(names.EN, " "+label.EN)) ||
				names.ZH != "" && (label.ZH == names.ZH || strings.HasSuffix(label.ZH, names.ZH))
			if same && d != o.split && len(o.columns) < maxAlike && groupOf(nlq.Object{Dimension: d}) != nil {
				o.columns = append(o.columns, d)
			}
		}
	}
	return o.columns
}

// counts reports whether a metric lives on the entity that numbers are split by: staff by
// employee says nothing.
func (o *offering) counts(m *semantic.Metric) bool {
	return o.split != nil && m.Home == o.split.Table && slices.Contains(m.Home.Display, o.split)
}

// variants are a query with the members and the split that are kept, with one of them, and
// with none.
func (o *offering) variants(plain *semantic.Query, m *semantic.Metric) []*semantic.Query {
	var list []*semantic.Query
	split := o.split != nil && !o.counts(m) && len(plain.By) == 0
	where := o.a.kept != nil && o.a.kept.Where != nil
	with := func(members bool, by *semantic.Dimension) {
		q := plain.Clone()
		if members {
			q.Where = o.a.kept.Where
		}
		if by != nil {
			q.By = []semantic.Group{{Expr: semantic.Name{Path: strings.Split(o.a.snap.model.ShortName(by), ".")}}}
		}
		list = append(list, q)
	}
	var columns []*semantic.Dimension
	if split {
		columns = o.alike()
	}
	if where {
		for _, by := range columns {
			with(true, by)
		}
		with(true, nil)
	}
	for _, by := range columns {
		with(false, by)
	}
	return append(list, plain)
}

// thisYear is a query month by month over this year so far.
var thisYear = sync.OnceValue(func() *semantic.Query {
	q, err := semantic.ParseQuery("x by time:month during year(0).to_date")
	if err != nil {
		panic(err) // the line is fixed
	}
	return q
})

// passed is a query over the months of this year that have passed, where it asks for days
// to come or for no period.
func (a *asking) passed(q *semantic.Query) *semantic.Query {
	if q.List != nil || len(q.During) > 0 && !a.isToCome(q.During[0]) {
		return q
	}
	past := thisYear()
	c := q.Clone()
	c.During, c.Versus, c.Show, c.Having, c.Sort, c.Limit = past.During, nil, nil, nil, nil, 0
	if len(c.By) == 0 {
		c.By = past.By
	}
	if a.binds(c) {
		return c
	}
	c.By, c.During = q.By, nil
	return c
}
