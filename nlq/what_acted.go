package nlq

import (
	"slices"

	"wenshu/semantic"
)

// deeds reads what is asked of what somebody bought, sold or spent.
func (s *sentence) deeds() {
	s.whatActed()
	s.spending()
	s.piecesSold()
}

// whatActed reads "what do customers buy most" as the things that are bought, ranked by
// how many: who did it is named, and what was done to is asked for.
func (s *sentence) whatActed() {
	for i := 0; i+2 < len(s.nodes); i++ {
		w, ok := s.whichAt(i)
		if !ok || w.What != WhatIs && w.What != WhichOne || s.text.At(s.nodes[i].from).Norm != "what" || !asksDeed[s.text.At(s.nodes[i].end-1).Norm] {
			continue
		}
		doer, named := s.thingAt(i + 1)
		verb := slices.IndexFunc(s.nodes, s.isDeed)
		if !named || doer.table == nil || doer.marks != 0 || verb < i+2 || !is[Top](s, verb+1) || !s.touches(verb, verb+1) {
			continue
		}
		acts := s.deedAt(verb)
		if acts == nil || s.r.graph.hops(acts, doer.table) < 1 {
			continue
		}
		rows, object := s.r.objectOf(acts, doer.table)
		if object == nil {
			continue
		}
		counted := s.countRows(s.nodes[verb], rows)
		if m := s.r.pieces(); m != nil && m.Home == rows {
			counted = measure{metric: m}
		}
		s.nodes[verb].means = counted
		s.nodes[i].means = thing{table: object, marks: markWhich}
		s.drop(i + 1)
		return
	}
}

// isDeed reports whether a node says what was done: a verb, or acts that are called as
// their verb.
func (s *sentence) isDeed(n node) bool {
	switch m := n.means.(type) {
	case Verb:
		return !m.Not
	case measure:
		return m.metric != nil && s.r.countedBy[m.metric] != nil
	case thing:
		return m.table != nil && m.table.Time != nil && m.marks == 0 && occasion(m.table) == m.table && is[Top](s, s.nodeAt(n.from)+1)
	}
	return false
}

// deedAt is the table of the acts that node i says were done; nil for none.
func (s *sentence) deedAt(i int) *semantic.Table {
	switch m := s.nodes[i].means.(type) {
	case Verb:
		acts, _ := s.r.toldActs(m)
		return acts
	case measure:
		return s.r.countedBy[m.metric]
	case thing:
		return m.table
	}
	return nil
}

// asksDeed close the words that ask what somebody does.
var asksDeed = map[string]bool{"do": true, "does": true, "did": true, "have": true, "has": true}

// objectOf is what acts are done to, apart from who does them, and the rows that say
// so: the parts of the acts where they have any. It is nil where several things are.
func (r *Reader) objectOf(acts, doer *semantic.Table) (rows, object *semantic.Table) {
	named := func(t *semantic.Table) []*semantic.Table {
		var found []*semantic.Table
		for _, j := range t.Joins {
			if to := j.To; !j.Many && !to.Hidden && to != doer && to != acts && occasion(to) == to && len(to.Display) > 0 && to.Display[0].Type.Kind == semantic.Text && !to.Display[0].Key && to.Time == nil {
				found = append(found, to)
			}
		}
		return found
	}
	for _, t := range r.model.Tables {
		if t == acts || occasion(t) != occasion(acts) {
			continue
		}
		if found := named(t); len(found) == 1 {
			return t, found[0]
		}
	}
	if found := named(acts); len(found) == 1 {
		return acts, found[0]
	}
	return nil, nil
}

// pieces is the metric that counts the pieces that were sold; nil for none.
func (r *Reader) pieces() *semantic.Metric {
	for _, name := range []string{"销量", "销售量", "销售数量", "units sold", "quantity sold"} {
		for _, c := range r.vocabulary.names.exact(normsOf(name)) {
			if c.object.Metric != nil {
				return c.object.Metric
			}
		}
	}
	return nil
}
