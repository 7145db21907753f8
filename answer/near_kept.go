package answer

import (
	"slices"
	"strings"
	"sync"

	"wenshu/nlq"
	"wenshu/semantic"
)

// add offers a metric with as much of what is kept as it has; where keeping is set, only
// one that has all of it.
func (o *offering) add(m *semantic.Metric, keeping bool) {
	if len(o.list) >= maxOffered || slices.Contains(o.metrics, m) || !o.a.visible(nlq.Object{Metric: m}) {
		return
	}
	q, whole := o.keeping(m, keeping)
	if q == nil || keeping && !whole {
		return
	}
	before := len(o.list)
	if o.put("near", q); len(o.list) > before {
		o.metrics = append(o.metrics, m)
	}
	if by := o.usualSplit(m); by != nil && len(o.list) == before+1 {
		o.putSplit(by, q)
	}
}

// putSplit offers a query that is not split by a column; it reports whether it has numbers
// of it.
func (o *offering) putSplit(by *semantic.Dimension, q *semantic.Query) bool {
	if len(q.By) > 0 {
		return false
	}
	q = q.Clone()
	q.By = []semantic.Group{{Expr: pathOf(o.a.snap.model, by)}}
	if !o.a.binds(q) || !o.hasNumbers(q) {
		return false
	}
	o.put("near", q)
	return true
}

// usualSplit is the column of what a metric counts by which numbers of the subject are
// split; nil for none, and where it is said by what to split.
func (o *offering) usualSplit(m *semantic.Metric) *semantic.Dimension {
	if len(o.by) == 0 || o.split != nil || len(o.metrics) > 1 {
		return nil
	}
	for _, p := range o.by {
		for _, t := range o.a.snap.model.Tables {
			for _, d := range t.Dimensions {
				if object := (nlq.Object{Dimension: d}); groupOf(object) != nil && o.a.visible(object) &&
					slices.ContainsFunc(d.Names.Texts(), func(name string) bool { return name != "" && phraseOf(name) == p }) && o.a.hasOne(m, d) {
					return d
				}
			}
		}
	}
	return nil
}

// keeping is a query of a metric with as much of what is kept as it has, and whether that
// is all; nil where the metric cannot be asked for, and where all is wanted and it has not all.
func (o *offering) keeping(m *semantic.Metric, wanted bool) (*semantic.Query, bool) {
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
		return nil, false
	}
	where, all := o.conditions(m)
	if o.countsOne(m, where) {
		return nil, false
	}
	for _, v := range o.variants(plain, where, m) {
		whole := all && v.whole || !o.keepsSomething()
		if v.query != plain && (whole || !wanted) && o.a.binds(v.query) && o.hasNumbers(v.query) {
			return v.query, whole
		}
	}
	whole := all && where == nil && (o.split == nil || o.counts(m)) || !o.keepsSomething()
	if wanted && !whole {
		return nil, false
	}
	if len(plain.During) > 0 && !o.hasNumbers(plain) {
		plain.During, plain.By = nil, nil
	}
	return plain, whole
}

const (
	maxProbes  = 12 // of so many offers it is looked up whether they have numbers
	maxFailing = 2  // what leaves nothing of so many metrics leaves nothing of others
)

// hasNumbers reports whether what is offered within something has numbers, so that nobody is
// sent to an empty table. What is not looked up may have some.
func (o *offering) hasNumbers(q *semantic.Query) bool {
	if o.runs == nil || q.Where == nil && len(q.By) == 0 && len(q.During) == 0 {
		return true
	}
	key := ""
	if q.Where != nil || len(q.By) > 0 {
		within := *q
		within.Items = nil
		key = within.String()
	}
	if key != "" && o.failing[key] >= maxFailing {
		return false
	}
	if o.probes++; o.probes > maxProbes || o.runsWithNumbers(q) {
		return true
	}
	if o.failing == nil {
		o.failing = map[string]int{}
	}
	o.failing[key]++
	return false
}

// runsWithNumbers looks up whether a query has numbers, where it names no period in this
// year so far as well: this month may be too short. What cannot be run may have some.
func (o *offering) runsWithNumbers(q *semantic.Query) bool {
	r := o.runs(q)
	if r == nil || tellsNumbers(r) || len(q.During) > 0 {
		return r == nil || tellsNumbers(r)
	}
	year := q.Clone()
	year.During = thisYear().During
	r = o.runs(year)
	return r != nil && tellsNumbers(r)
}

// tellsNumbers reports whether a result says a number other than zero of a group that is one,
// and more of its groups than that each is one.
func tellsNumbers(r *result) bool {
	told, ones := false, 0
	for _, row := range r.rows {
		keyed, value := len(r.plan.Keys) == 0, 0.0
		for i, c := range r.plan.Columns {
			if c.Key >= 0 {
				keyed = keyed || !row[i].IsNull()
			} else if f, ok := row[i].Float(); ok && c.Role == semantic.ValueColumn && value == 0 {
				value = f
			}
		}
		told = told || keyed && value != 0
		if value == 1 {
			ones++
		}
	}
	return told && (len(r.rows) == 1 || ones < len(r.rows))
}

// conditions are the members that are kept as far as they are of what a metric counts, and
// whether that is all of them. A member that is reached over other things only says
// something else: the staff that dealt with a case about pillows.
func (o *offering) conditions(m *semantic.Metric) (where semantic.Expr, all bool) {
	if o.a.kept == nil || o.a.kept.Where == nil {
		return nil, true
	}
	list := semantic.Conjuncts(o.a.kept.Where)
	fit := slices.DeleteFunc(slices.Clone(list), func(x semantic.Expr) bool { return !o.a.fits(m, x) })
	return conjoin(fit), len(fit) == len(list)
}

// fits reports whether a condition is about columns that each row a metric counts has one
// value of, and that the metric does not test already.
func (a *asking) fits(m *semantic.Metric, x semantic.Expr) bool {
	fit := true
	semantic.Walk(x, func(x semantic.Expr) {
		name, ok := x.(semantic.Name)
		if !ok {
			return
		}
		d := a.book().dimension(name.Path)
		fit = fit && d != nil && a.hasOne(m, d) && !a.mentions(m, func(x semantic.Expr) bool {
			n, ok := x.(semantic.Name)
			return ok && a.book().dimension(n.Path) == d
		})
	})
	return fit
}

// hasOne reports whether each row that a metric counts has one value of a column.
func (a *asking) hasOne(m *semantic.Metric, d *semantic.Dimension) bool {
	homes := a.snap.model.Homes(m)
	return len(homes) > 0 && !slices.ContainsFunc(homes, func(home *semantic.Table) bool { return !a.leadsTo(home, d) })
}

// leadsTo reports whether each row of a table has one value of a column.
func (a *asking) leadsTo(home *semantic.Table, d *semantic.Dimension) bool {
	return slices.ContainsFunc(a.snap.model.Tables, func(t *semantic.Table) bool {
		if !slices.ContainsFunc(t.Dimensions, d.Conforms) {
			return false
		}
		_, ambiguous, ok := a.snap.model.Path(home, t)
		return ok || len(ambiguous) > 0
	})
}

// mentions reports whether the definition of a metric, or of one that it is made of, holds
// an expression.
func (a *asking) mentions(m *semantic.Metric, is func(semantic.Expr) bool) bool {
	found := false
	var within func(m *semantic.Metric, depth int)
	within = func(m *semantic.Metric, depth int) {
		look := func(x semantic.Expr) {
			found = found || is(x)
			if name, ok := x.(semantic.Name); ok && len(name.Path) == 1 && depth < maxDepth {
				if of := a.snap.model.Metric(name.Path[0]); of != nil && of != m {
					within(of, depth+1)
				}
			}
		}
		semantic.Walk(m.Expr, look)
		semantic.Walk(m.Where, look)
	}
	within(m, 0)
	return found
}

// maxDepth is how deep the metrics that a metric is made of are looked into.
const maxDepth = 4

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

// counts reports whether a metric counts the things that numbers are split by, so that the
// split says nothing: staff by employee, revenue per store by store.
func (o *offering) counts(m *semantic.Metric) bool {
	return o.split != nil && slices.Contains(o.split.Table.Display, o.split) && o.a.countsRows(m, o.split.Table)
}

// countsOne reports whether conditions leave one of the things that a metric counts.
func (o *offering) countsOne(m *semantic.Metric, where semantic.Expr) bool {
	return slices.ContainsFunc(semantic.Conjuncts(where), func(x semantic.Expr) bool {
		d := o.a.equalled(x)
		return d != nil && (d.Key || slices.Contains(d.Table.Display, d)) && o.a.countsRows(m, d.Table)
	})
}

// equalled is the column that a condition wants one value of; nil for none.
func (a *asking) equalled(x semantic.Expr) *semantic.Dimension {
	eq, ok := x.(semantic.Binary)
	if !ok || eq.Op != semantic.Eq {
		return nil
	}
	name, ok := eq.L.(semantic.Name)
	if !ok {
		return nil
	}
	return a.book().dimension(name.Path)
}

// countsRows reports whether a metric counts the rows of a table.
func (a *asking) countsRows(m *semantic.Metric, t *semantic.Table) bool {
	return a.mentions(m, func(x semantic.Expr) bool {
		call, ok := x.(semantic.Call)
		return ok && strings.HasPrefix(call.Func, "count") && slices.ContainsFunc(call.Args, func(x semantic.Expr) bool { return a.isOfRows(x, t) })
	})
}

// isOfRows reports whether an expression names the rows of a table: the table, a column of
// it, or the key that leads to it.
func (a *asking) isOfRows(x semantic.Expr, of *semantic.Table) bool {
	name, ok := x.(semantic.Name)
	if !ok {
		return false
	}
	if name.Path[0] == of.Name {
		return true
	}
	t := a.snap.model.Table(name.Path[0])
	return t != nil && len(name.Path) == 2 && slices.ContainsFunc(t.Joins, func(j *semantic.Join) bool {
		return j.To == of && slices.ContainsFunc(j.On, func(on semantic.ColumnPair) bool { return on.From == name.Path[1] })
	})
}

// fixed reports whether a condition leaves one value of a column, or of what it shows.
func (a *asking) fixed(where semantic.Expr, d *semantic.Dimension) bool {
	return slices.ContainsFunc(semantic.Conjuncts(where), func(x semantic.Expr) bool {
		of := a.equalled(x)
		return of == d || of != nil && of.Table == d.Table && slices.Contains(d.Table.Display, d) && (slices.Contains(d.Table.Display, of) || of.Key || beginsAlike(of, d))
	})
}

// beginsAlike reports whether a column is another writing of what another one shows:
// warehouse name in English of warehouse.
func beginsAlike(of, d *semantic.Dimension) bool {
	x, y := of.Names.Label, d.Names.Label
	return y.EN != "" && strings.HasPrefix(x.EN, y.EN+" ") || y.ZH != "" && strings.HasPrefix(x.ZH, y.ZH)
}

// variant is a query, and whether it has all that is kept.
type variant struct {
	query *semantic.Query
	whole bool
}

// variants are a query with the members and the split that are kept, with one of them, and
// with none.
func (o *offering) variants(plain *semantic.Query, where semantic.Expr, m *semantic.Metric) []variant {
	var list, conditions []variant
	with := func(members bool, by *semantic.Dimension) {
		q := plain.Clone()
		if members {
			q.Where = where
		}
		if by != nil {
			q.By = []semantic.Group{{Expr: pathOf(o.a.snap.model, by)}}
		}
		list = append(list, variant{q, (members || where == nil) && (by != nil || o.split == nil || o.counts(m) || o.a.fixed(where, o.split))})
	}
	var columns []*semantic.Dimension
	if o.split != nil && !o.counts(m) && len(plain.By) == 0 && !o.a.fixed(where, o.split) {
		columns = slices.DeleteFunc(slices.Clone(o.alike()), func(d *semantic.Dimension) bool { return !o.a.hasOne(m, d) })
	}
	if where != nil {
		for _, by := range columns {
			with(true, by)
		}
		with(true, nil)
		if list := semantic.Conjuncts(where); len(list) > 1 {
			for _, x := range list {
				q := plain.Clone()
				q.Where = x
				conditions = append(conditions, variant{q, false})
			}
		}
	}
	for _, by := range columns {
		with(false, by)
	}
	return append(append(list, conditions...), variant{plain, where == nil && (o.split == nil || o.counts(m))})
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
