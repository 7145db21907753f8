package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// occasion returns what happens once where rows of a table happen: what it is a
// part of, where it has no time but that of the whole. Who bought three times has
// three orders, however many lines these have.
func occasion(acts *semantic.Table) *semantic.Table {
	if acts != nil && acts.Time != nil && acts.Time.Table != acts {
		return acts.Time.Table
	}
	return acts
}

// takeActs reads 退款超过3次的客户: what stands right before a test and has no
// number of its own is an act of what stands behind, and how often is tested.
func (s *sentence) takeActs(before, i, j int, op semantic.Op, args []Number) bool {
	if before < 0 || before != i-1 || !s.touches(before, i) || s.unitOfMoney(args) {
		return false
	}
	acts, member := (*semantic.Table)(nil), (*members)(nil)
	switch m := s.nodes[before].means.(type) {
	case thing:
		switch {
		case m.marks != 0 || m.via != "":
		case m.table != nil:
			acts = m.table
		case isTime(m.dim) && m.noun:
			acts = m.dim.Table // 下单 of 下单时间
		}
	case members:
		if m.via == "" && !m.not {
			acts, member = m.dim.Table, &m
		}
	}
	if acts == nil || !s.actsOfBehind(j, acts) {
		return false
	}
	counted := s.countRows(s.nodes[before], occasion(acts))
	if member != nil {
		counted = s.countMember(counted, *member, before)
	}
	if last, different := s.differentOf(i, j, acts); different != nil && member == nil {
		s.outcome(before, last, outcome{measure: measure{dim: different, agg: "count_distinct"}, op: op, args: s.countsOf(last, args), acts: true})
		return true
	}
	object, named := s.thingAt(j + 1)
	if named && object.table != nil && object.marks == 0 && s.touches(j, j+1) && s.r.graph.hops(acts, object.table) == 1 && s.text.At(s.nodes[j+1].from).Class == Word {
		j++ // booked more than 3 flights: each booking is of one
	}
	s.outcome(before, j, outcome{measure: counted, op: op, args: s.countsOf(j, args), acts: true})
	return true
}

// differentOf is what acts are on that a test at nodes i to j bounds by how many different
// ones there are, with the node that names it: planted more than 5 different species,
// planted in at least 5 gardens. Nil where the acts themselves are bounded.
func (s *sentence) differentOf(i, j int, acts *semantic.Table) (last int, different *semantic.Dimension) {
	last = j + 1
	apart := s.text.At(s.nodes[i].from).Norm == "in"
	if is[Distinct](s, last) {
		apart, last = true, last+1
	}
	apart = apart || last < len(s.nodes) && s.text.At(s.nodes[last].from-1).Norm == "different"
	object, named := s.thingAt(last)
	if !apart || !named || object.table == nil {
		return j, nil
	}
	roles := leadsTo(acts, object.table)
	if len(roles) != 1 {
		return j, nil
	}
	return last, roles[0]
}

// countKind reads 哪个城市的套房最多: a member right before most or fewest says of
// which kind the rows of its table are that are counted, where these lead to what
// is ranked.
func (s *sentence) countKind(i int, o *ordering) bool {
	m, ok := s.memberAt(i - 1)
	if !ok || !s.touches(i-1, i) || m.not {
		return false
	}
	ranked := slices.ContainsFunc(s.nodes, func(n node) bool {
		t, ok := n.means.(thing)
		return ok && t.has(markWhich|markEach|markBy) && t.home() != nil && s.r.graph.hops(m.dim.Table, t.home()) >= 1
	})
	if !ranked && !s.actsOfBehind(i, m.dim.Table) {
		return false
	}
	if metric := s.r.metricOfKind(m); metric != nil {
		s.nodes[i-1].means, o.by = measure{metric: metric}, &measure{metric: metric}
		return true
	}
	counted := s.countRows(s.nodes[i-1], m.dim.Table)
	o.by = &counted
	return true
}

// countTimes reads 住了几次: what is counted is what the verb says, never who did
// it.
func (s *sentence) countTimes(i int) bool {
	counter := s.text.At(s.nodes[i].end - 1).Norm
	if v, ok := s.verbAt(i - 1); ok && piecesIn[counter] && s.countPieces(i, v) {
		return true
	}
	if !is[Verb](s, i-1) || counter != "次" && counter != "单" && counter != "笔" {
		return false
	}
	if s.countActs(i) {
		return true
	}
	if counter != "次" {
		return false
	}
	s.charge("acts that nothing names", costIdle, s.nodes[i])
	s.draft.idle = true
	return false
}

// countsVerb reads "the number of plays", where that is known as a verb alone: what is
// counted are the acts that are called by it, and nothing else.
func (s *sentence) countsVerb(i, j int, c Count) bool {
	v, ok := s.verbAt(j)
	if !ok || c.Before || v.Not || v.through != nil || j != s.skip(i+1, 1) || s.nodes[j].end != s.nodes[j].from+1 {
		return false
	}
	if noun := s.text.At(s.nodes[j].from); noun.Class != Word || !isPlural(noun.Norm) || noun.Norm == "has" || s.skip(j+1, 1) < len(s.nodes) && is[thing](s, j+1) {
		return false
	}
	acts := s.r.actCalled(s.verbStems(j), s.r.model.Tables)
	if acts == nil {
		s.charge("acts that nothing names", costIdle, s.nodes[j])
		s.draft.idle = true
		return false
	}
	s.join(i, j, s.countRows(s.nodes[j], acts))
	return true
}

// piecesIn are what goods are counted in.
var piecesIn = map[string]bool{"个": true, "件": true, "套": true, "台": true, "张": true, "把": true, "只": true, "盒": true, "箱": true, "瓶": true, "本": true, "双": true, "辆": true, "pieces": true, "piece": true, "pcs": true, "items": true}

// countPieces reads 床垫卖了多少个: what was sold, by the metric that counts pieces.
func (s *sentence) countPieces(i int, v Verb) bool {
	last := i
	if t, ok := s.thingAt(i + 1); ok && t.table != nil && t.marks == 0 && s.text.At(s.nodes[i].end-1).Norm == "件" {
		last = i + 1 // 多少件商品 are pieces, whatever the product
	}
	if v.Not || !slices.Contains(v.Hints, "sale") || is[thing](s, last+1) || is[measure](s, last+1) {
		return false
	}
	m := s.r.pieces()
	if m != nil {
		s.join(i-1, last, measure{metric: m})
	}
	return m != nil
}

// takeKindCounted reads "accounts with at least 3 urgent tickets": how many acts of one
// kind something has that is named before the test.
func (s *sentence) takeKindCounted(i, j int, op semantic.Op, args []Number) bool {
	last := j + 1
	for is[members](s, last) {
		last++
	}
	acts, ok := s.thingAt(last)
	if !ok && last > j+1 && s.callsRows(last-1) {
		last-- // at least 2 cats, which are pets
		m, _ := s.memberAt(last)
		acts, ok = thing{table: m.dim.Table}, true
	} else if !ok || last == j+1 || acts.table == nil || acts.via != "" || !s.touches(last-1, last) {
		return false
	}
	if s.unitOfMoney(args) {
		return false
	}
	owned := slices.ContainsFunc(s.nodes[:i], func(n node) bool {
		var home *semantic.Table
		switch m := n.means.(type) {
		case thing:
			home = m.home()
		case measure:
			if s.r.isCount(m) {
				home = m.home()
			}
		}
		return home != nil && s.r.graph.hops(acts.table, home) >= 1
	})
	counted := s.countRows(s.nodes[last], acts.table)
	for k := j + 1; k <= last; k++ {
		m, kind := s.memberAt(k)
		if !kind {
			continue
		}
		if m.not || m.and || s.r.graph.hops(acts.table, m.dim.Table) < 0 {
			return false
		}
		counted.where = append(counted.where, condition{dim: m.dim, via: m.via, values: m.values, from: s.nodes[k].from})
	}
	if !owned {
		return false
	}
	s.outcome(i, last, outcome{measure: counted, op: op, args: s.countsOf(last, args), acts: true})
	return true
}

// callsRows reports whether a member calls the rows that are of its kind, by the plural or one of
// them, and no other kind is named: cats.
func (s *sentence) callsRows(i int) bool {
	m, ok := s.memberAt(i)
	word := s.text.At(s.nodes[i].end - 1)
	if !ok || m.via != "" || m.not || m.dim.Of != nil || isDisplay(m.dim) || len(m.values) != 1 || word.Class != Word {
		return false
	}
	for j := range s.nodes {
		if other, named := s.memberAt(j); named && j != i && other.dim == m.dim {
			return false
		}
	}
	return isPlural(word.Norm) || s.normAt(s.nodes[i].from-1) == "one" || s.normAt(s.nodes[i].from-1) == "1"
}

// countMember is the count of the acts of one kind: by the metric that the model
// declares for them.
func (s *sentence) countMember(counted measure, m members, at int) measure {
	if metric := s.r.metricOfKind(m); metric != nil {
		return measure{metric: metric}
	}
	counted.where = []condition{{dim: m.dim, values: m.values, from: s.nodes[at].from}}
	return counted
}

// metricOfKind returns the metric that counts the acts of one kind; nil for none.
func (r *Reader) metricOfKind(m members) *semantic.Metric {
	for _, metric := range r.model.Metrics {
		if len(m.values) == 1 && r.countedBy[metric] == m.dim.Table && tests(metric.Where, m.dim, m.values[0]) {
			return metric
		}
	}
	return nil
}

// actsOfBehind reports whether the entity behind node j is one that acts lead to.
func (s *sentence) actsOfBehind(j int, acts *semantic.Table) bool {
	behind := s.skip(j+1, 1)
	if behind >= len(s.nodes) {
		return false
	}
	var entity *semantic.Table
	switch m := s.nodes[behind].means.(type) {
	case thing:
		entity = m.home()
	case measure:
		if s.r.isCount(m) {
			entity = m.home()
		}
	}
	return entity != nil && entity != acts && s.r.graph.hops(acts, entity) > 0
}

// actsNear returns the one table that leads straight to the entity behind node j:
// the acts of a verb that names none, 来过三次以上的病人; nil when several do.
func (s *sentence) actsNear(j int) *semantic.Table {
	t, ok := s.thingAt(s.skip(j+1, 1))
	if !ok || t.table == nil {
		return nil
	}
	return s.r.onlyActs(t.table)
}

// rowsOfKindDone is the table of acts of whose kinds the verb at node k says that they were
// done: openings that were played more than 35 times are those of so many games; nil for none.
func (s *sentence) rowsOfKindDone(k int) *semantic.Table {
	at := k - 1
	for at > 0 && (is[Relative](s, at) || is[Equals](s, at)) {
		at--
	}
	kind, ok := s.thingAt(at)
	if !ok || kind.dim == nil || kind.timed || kind.via != "" || !isKind(kind.dim) || s.text.At(s.nodes[k].from).Class != Word {
		return nil
	}
	rows := kind.dim.Table
	if slices.ContainsFunc(s.r.model.Tables, func(t *semantic.Table) bool { return t != rows && s.r.graph.hops(t, rows) >= 1 }) {
		return nil // something else may have been done to them
	}
	return rows
}

// onlyActs returns the one table of acts with a time that leads straight to an
// entity; nil when none or several do.
func (r *Reader) onlyActs(entity *semantic.Table) *semantic.Table {
	var found *semantic.Table
	for _, t := range r.model.Tables {
		if t.Hidden || t.Time == nil || r.graph.hops(t, entity) != 1 {
			continue
		}
		if found != nil {
			return nil
		}
		found = t
	}
	return found
}

// countsSomeDone reports whether a participle stands between the test that ends at node j and what
// it counts: at least ten rated stays, of which some are meant.
func (s *sentence) countsSomeDone(j int) bool {
	t, ok := s.thingAt(j + 2)
	return ok && t.table != nil && is[Verb](s, j+1) && s.participle(j+1) && s.touchesWord(j, j+1) && s.touchesWord(j+1, j+2)
}

// isPlural reports whether an inflected word looks like a plural. Names are
// known by their singular, but never by the verb they come from: a buyer is not
// what was bought.
func isPlural(word string) bool { return strings.HasSuffix(word, "s") }
