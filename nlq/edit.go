package nlq

import (
	"slices"

	"wenshu/semantic"
)

// edit reads a sentence as a change of the turn before. ok is false when it is
// none: it stands alone, or there is nothing to change.
func (s *sentence) edit(prior []Turn) (Reading, bool) {
	if len(prior) == 0 || prior[0].Query == nil || len(s.draft.intents) > 0 {
		return nil, false
	}
	b := &builder{s: s, r: s.r, d: &s.draft}
	b.sortNodes()
	e := &editor{builder: b, was: prior[0].Query.Clone()}
	e.q = e.was
	e.dropPlacesSaid()
	if b.follows(GoBack) {
		if len(prior) < 2 || prior[1].Query == nil {
			return nil, false
		}
		return Ask{Query: prior[1].Query.Clone(), Edit: true}, true
	}
	if e.standsAlone() || !e.changes(prior[0].Presentation) {
		return nil, false
	}
	return Ask{Query: e.q, Edit: true}, true
}

// editor changes an earlier query.
type editor struct {
	*builder
	was        *semantic.Query
	groupsWere []*semantic.Dimension // what the query was split by, before the change
}

func (b *builder) follows(how FollowKind) bool { return slices.Contains(b.d.follows, how) }

// standsAlone reports whether the sentence asks a whole question by itself: it
// names what is computed or listed and no word ties it to the turn before.
func (e *editor) standsAlone() bool {
	if len(e.d.follows) > 0 {
		return false
	}
	if e.onlyOrders() || e.onlyReturns() || e.onlyRanks() || e.addsMeasures() && len(e.things) == 0 {
		return false
	}
	if len(e.measures) > 0 || e.d.listing || e.d.counted && !e.countsAgain() {
		return true
	}
	return slices.ContainsFunc(e.things, func(t thing) bool {
		return t.marks&(markWhich|markListed|markAsked) != 0 || t.table != nil && t.marks&(markBy|markEach|markTop) == 0
	})
}

// countsAgain reports whether the sentence asks how many and not of what, of
// members of what the turn before counted: 华东多少个.
func (e *editor) countsAgain() bool {
	if len(e.things)+len(e.d.verbs)+len(e.d.outcomes) > 0 || len(e.conds) == 0 || len(e.was.Items) != 1 {
		return false
	}
	switch x := e.was.Items[0].Expr.(type) {
	case semantic.Call:
		return x.Func == "count"
	case semantic.Name:
		of, _ := e.r.countedIn(x)
		return of != nil
	}
	return false
}

// onlyOrders reports whether the sentence says nothing but an order: "sort the
// results by revenue", "top 3 by orders".
func (e *editor) onlyOrders() bool {
	if len(e.d.orderings) == 0 || len(e.things)+len(e.conds)+len(e.d.periods) > 0 {
		return false
	}
	for _, m := range e.measures {
		if !slices.ContainsFunc(e.d.orderings, func(o ordering) bool { return (o.only || o.limit > 0) && o.by != nil && sameMeasure(*o.by, m) }) {
			return false
		}
	}
	return true
}

// addsMeasures reports whether the numbers that the sentence names are to be shown
// beside what it orders or keeps: the top 3, with number of orders.
func (e *editor) addsMeasures() bool {
	found := false
	for _, n := range e.s.nodes {
		if _, ok := n.means.(measure); !ok {
			continue
		}
		if found = e.s.besides(n.from); !found {
			return false
		}
	}
	return found && len(e.measures) > 0
}

// besides reports whether a word before a token adds what stands there to the rest.
func (s *sentence) besides(at int) bool {
	switch s.text.At(at - 1).Norm {
	case "the", "their", "its":
		at--
	case "/":
		at--
		return s.text.At(at-1).Norm == "w"
	}
	switch s.text.At(at - 1).Norm {
	case "with", "plus", "including", "alongside":
		return true
	}
	return false
}

// onlyRanks reports whether the sentence asks which is first or last and not by
// what: 哪个大区最差.
func (e *editor) onlyRanks() bool {
	if len(e.d.orderings) == 0 || len(e.things) == 0 || len(e.measures)+len(e.d.outcomes)+len(e.d.relations)+len(e.d.verbs) > 0 || e.d.counted {
		return false
	}
	return !slices.ContainsFunc(e.d.orderings, func(o ordering) bool { return !o.keyless() || o.only }) &&
		!slices.ContainsFunc(e.things, func(t thing) bool {
			return t.dim != nil && isMeasurable(t.dim) || !t.timed && t.marks&(markWhich|markTop) == 0
		})
}

// onlyReturns reports whether the sentence says what to return of the sentence
// before it: "Give the name and the number of orders."
func (e *editor) onlyReturns() bool {
	if !e.s.within || e.follows(WhatAbout) || e.follows(Instead) || e.splits() {
		return false
	}
	return len(e.conds)+len(e.d.periods)+len(e.d.orderings)+len(e.d.outcomes)+len(e.d.relations) == 0
}

// changes applies what the sentence says; it reports whether that was anything.
func (e *editor) changes(was Presentation) bool {
	changed := false
	if e.follows(OnlyThese) {
		e.kindInstead()
		e.dropHead()
	}
	for _, step := range []func() bool{
		e.dropWhatIsNamed, e.swapMeasures, e.swapPeriod, e.swapGroups, e.swapFilters,
		e.swapOutcomes, e.swapOrder, e.swapComparison, e.addShows,
	} {
		changed = step() || changed
	}
	if e.d.present != (Presentation{}) {
		if q := e.q; drawsBars(e.d.present.Chart) && q.Limit == 1 && q.Offset == 0 && q.List == nil && len(q.By) == 1 {
			q.Limit = 0 // a bar beside no other shows nothing
		}
		e.d.present = presented(was, e.d.present)
		return true
	}
	e.d.present = was
	return changed || e.follows(Again)
}

// dropHead drops the noun that members describe, where a follow-up narrows the turn
// before to them: just the business customers are no split by customer.
func (e *editor) dropHead() {
	if e.q.List != nil || len(e.conds) == 0 || !slices.ContainsFunc(e.conds, func(c condition) bool { return c.dim != nil && c.test == nil }) {
		return
	}
	e.things = slices.DeleteFunc(slices.Clone(e.things), func(t thing) bool { return t.table != nil && t.marks == 0 })
}

// presented lays a wish over the presentation of the turn before.
func presented(was, wish Presentation) Presentation {
	if wish.Chart == "" {
		wish.Chart = was.Chart
	}
	if wish.Unit == (InUnit{}) {
		wish.Unit = was.Unit
	}
	return wish
}

// dropWhatIsNamed removes filters, groups and periods that the sentence names
// after "without" or "remove".
func (e *editor) dropWhatIsNamed() bool {
	if e.follows(DropAll) {
		e.q.Where, e.q.Having = nil, nil
		return true
	}
	if !e.follows(DropIt) {
		return false
	}
	changed := false
	for _, c := range e.conds {
		if rest, dropped := e.withoutTests(e.q.Where, c.dim); dropped {
			e.q.Where, changed = rest, true
		}
	}
	for _, t := range e.things {
		if rest, dropped := e.withoutTests(e.q.Where, t.dim); dropped {
			e.q.Where, changed = rest, true
		}
		changed = e.dropGroup(t) || changed
	}
	if len(e.d.periods) > 0 && len(e.q.During) > 0 {
		e.q.During, changed = nil, true
	}
	if len(e.d.orderings) > 0 {
		e.q.Sort, e.q.Limit, e.q.Per, changed = nil, 0, nil, true
	}
	if len(e.d.versus)+len(e.d.changes) > 0 {
		e.q.Versus, e.q.Show, changed = nil, nil, true
	}
	e.conds, e.things, e.d.periods, e.d.orderings, e.d.versus, e.d.changes = nil, nil, nil, nil, nil, nil
	return changed
}

func (e *editor) dropGroup(t thing) bool {
	n := len(e.q.By)
	e.q.By = slices.DeleteFunc(e.q.By, func(g semantic.Group) bool { return e.isGroup(g.Expr, t) })
	e.q.Per = slices.DeleteFunc(e.q.Per, func(x semantic.Expr) bool { return e.isGroup(x, t) })
	return len(e.q.By) < n
}

// isGroup reports whether a group of a query is a thing.
func (e *editor) isGroup(x semantic.Expr, t thing) bool {
	switch x := x.(type) {
	case semantic.Grained:
		return t.timed
	case semantic.Name:
		return !t.timed && e.r.refersTo(x, t)
	}
	return false
}

// refersTo reports whether a name of a query is a thing: its dimension, or the
// entity that the dimension stands for.
func (r *Reader) refersTo(x semantic.Name, t thing) bool {
	last := x.Path[len(x.Path)-1]
	if t.table != nil {
		return last == t.table.Name || len(t.table.Display) > 0 && last == t.table.Display[0].Name
	}
	return t.dim != nil && last == t.dim.Name && (len(x.Path) == 1 || r.unique[last] == 1 || x.Path[0] == t.dim.Table.Name)
}

// withoutTests drops the tests of a dimension from a filter.
func (e *editor) withoutTests(where semantic.Expr, d *semantic.Dimension) (semantic.Expr, bool) {
	if d == nil || where == nil {
		return where, false
	}
	var kept semantic.Expr
	dropped := false
	for _, test := range semantic.Conjuncts(where) {
		if e.tests(test, d) {
			dropped = true
			continue
		}
		kept = both(kept, test)
	}
	return kept, dropped
}

// tests reports whether a test is of a dimension or of one in the same
// hierarchy of tables, such as its region where it is of a city.
func (e *editor) tests(test semantic.Expr, d *semantic.Dimension) bool {
	found := false
	semantic.Walk(test, func(x semantic.Expr) {
		name, ok := x.(semantic.Name)
		if !ok {
			return
		}
		if e.r.refersTo(name, thing{dim: d}) {
			found = true
		}
		if other := e.r.dimensionOf(name); other != nil && e.r.sameLadder(other, d) {
			found = true
		}
	})
	return found
}

// dimensionOf finds the dimension that a name of a query stands for; nil when
// it is none.
func (r *Reader) dimensionOf(n semantic.Name) *semantic.Dimension {
	last := n.Path[len(n.Path)-1]
	for _, d := range r.columns[last] {
		if len(n.Path) == 1 || n.Path[0] == d.Table.Name || r.unique[last] == 1 {
			return d
		}
	}
	return nil
}

// sameLadder reports whether two dimensions are levels of one hierarchy: both
// stand for entities, and one entity leads to the other.
func (r *Reader) sameLadder(a, b *semantic.Dimension) bool {
	for p := a; p != nil; p = p.Parent {
		if p == b {
			return true
		}
	}
	for p := b; p != nil; p = p.Parent {
		if p == a {
			return true
		}
	}
	if !isDisplay(a) || !isDisplay(b) || a.Table == b.Table {
		return false
	}
	return r.graph.hops(a.Table, b.Table) > 0 || r.graph.hops(b.Table, a.Table) > 0
}

func isDisplay(d *semantic.Dimension) bool {
	return len(d.Table.Display) > 0 && d.Table.Display[0] == d
}

// narrows reports whether a follow-up only says what of the turn before is wanted.
func narrows(how FollowKind) bool { return how == OnlyThese || how == AddTo }
