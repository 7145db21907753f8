package semantic

import "time"

// Bind turns a query into a plan for one viewer at one moment. Clock.Calendar
// may be nil, which takes the model's own. The plan shares nothing with q that a
// caller could change. On failure the error is Problems; the codes are those of
// problem.go down to E_NAME_COLLISION. Bind is deterministic and safe for
// concurrent use.
func Bind(m *Model, q *Query, v Viewer, clock Clock) (*Plan, error) {
	if clock.Calendar == nil {
		clock.Calendar = m.Calendar
	}
	b := &binder{model: m, view: m.View(v), viewer: v, clock: clock, query: q.Clone()}
	b.plan = &Plan{Query: b.query, Model: m, Viewer: v.ID}
	if len(q.Items) == 0 {
		b.fail(Problem{Code: EmptyQuery})
		return nil, b.problems
	}
	if q.List != nil {
		b.bindList()
	} else {
		b.bindAggregates()
	}
	if len(b.problems) > 0 {
		return nil, b.problems
	}
	return b.plan, nil
}

// binder holds one Bind call. Its methods report mistakes with fail and go on
// with nil expressions, so that one call finds every mistake it can.
type binder struct {
	model    *Model
	view     *View
	viewer   Viewer
	clock    Clock
	query    *Query
	plan     *Plan
	depth    int // nesting of queries in filters
	problems Problems

	groups      []group
	times       []window // visible window first, then the comparisons
	branches    []*branch
	slots       map[string]int
	values      []value          // one per item
	lookback    time.Time        // the first period that values reach back to; zero for none
	dense       bool             // values reach over periods that may be empty
	ranked      bool             // a rank is computed
	nestedPlans map[string]*Plan // of queries inside filters, by their text
	rowsOf      *Table           // an entity whose keys may be read from what refers to it, without its row: they will meet rows of it alone
	on          *Dimension       // the time dimension the query names for all metrics; nil for each its own
}

// maxNesting bounds queries inside filters.
const maxNesting = 4

func (b *binder) fail(p Problem) {
	for _, old := range b.problems {
		if old.Code == p.Code && old.Name == p.Name && old.Detail == p.Detail {
			return
		}
	}
	b.problems = append(b.problems, p)
}

func (b *binder) failed() bool { return len(b.problems) > 0 }

func (b *binder) assume(a Assumption) {
	for _, old := range b.plan.Assumed {
		if old.What == a.What && old.Value == a.Value {
			return
		}
	}
	b.plan.Assumed = append(b.plan.Assumed, a)
}

// bindAggregates binds a query that computes values: names first, then time,
// then one value per item, and at last what is done with the results.
func (b *binder) bindAggregates() {
	b.slots = map[string]int{}
	atoms := b.homesOfItems()
	if b.failed() {
		return
	}
	b.bindOn(atoms)
	b.bindGroups(atoms)
	b.bindWindows(atoms)
	if b.failed() {
		return
	}
	b.bindItems()
	b.bindHaving()
	b.bindOrder()
	if b.failed() {
		return
	}
	b.finishBranches()
	if !b.failed() {
		b.settleAdditive()
		b.settleShared()
	}
	b.limitedAlike()
	b.bindSpine()
	b.bindTotals()
}

// bindTotals binds the same query without groups, whose one row is the totals
// row: a total is computed at its own grain, never added up.
func (b *binder) bindTotals() {
	if !b.query.Totals || len(b.groups) == 0 || b.failed() {
		return
	}
	q := b.query.Clone()
	q.By, q.Sort, q.Having, q.Limit, q.Offset, q.Per, q.Totals, q.Show, q.Fill = nil, nil, nil, 0, 0, nil, false, nil, NoFill
	plan, err := Bind(b.model, q, b.viewer, b.clock)
	if err != nil {
		if ps, ok := err.(Problems); ok {
			b.problems = append(b.problems, ps...)
		}
		return
	}
	b.plan.Totals = plan
}

// bindNested binds a query inside a filter with the same viewer and clock. rowsOf
// is the table whose rows alone the query's keys are compared with, nil for none
// (see binder.rowsOf).
// The same query is bound once, so that conditions on one set are equal.
func (b *binder) bindNested(q *Query, rowsOf *Table) *Plan {
	text := q.String()
	if rowsOf != nil {
		text = rowsOf.Name + " in " + text
	}
	if p := b.nestedPlans[text]; p != nil {
		return p
	}
	if b.depth+1 > maxNesting {
		b.fail(Problem{Code: TooLong, Detail: "nesting"})
		return nil
	}
	clock := b.clock
	if len(q.Versus) == 0 {
		clock.Until = time.Time{} // where the data of the query around it end cuts no set of other facts
	}
	inner := &binder{model: b.model, view: b.view, viewer: b.viewer, clock: clock, query: q.Clone(), depth: b.depth + 1, rowsOf: rowsOf}
	inner.plan = &Plan{Query: inner.query, Model: b.model, Viewer: b.viewer.ID}
	if q.List != nil {
		inner.bindList()
	} else {
		inner.bindAggregates()
	}
	for _, p := range inner.problems {
		b.fail(p)
	}
	if len(inner.problems) > 0 {
		return nil
	}
	if b.nestedPlans == nil {
		b.nestedPlans = map[string]*Plan{}
	}
	b.nestedPlans[text] = inner.plan
	if rowsOf != nil && !inner.plan.eachByItself() {
		b.nestedPlans[text] = b.bindNested(q, nil)
	}
	return b.nestedPlans[text]
}
