package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// entitiesOfActs reads an entity behind the acts that lead to it, where a number of it
// is asked for, as those of it that have one: number of refunded orders,
// 退款订单的总金额.
func (s *sentence) entitiesOfActs() {
	for i := 0; i+1 < len(s.nodes); i++ {
		acts, j := s.actsNoun(i), i+1
		if g, ok := s.glue(j); ok && g.How == Has && s.text.At(s.nodes[j].from).Class == Han {
			j++ // 退款的订单
		}
		if s.countOfActed(i) || acts == nil || j >= len(s.nodes) || j == i+1 && !s.touches(i, j) {
			continue
		}
		entity := s.entityMeasured(i, j)
		if entity == nil || entity == acts || s.r.graph.path(acts, entity) == nil {
			continue
		}
		s.relate(relation{owner: entity, of: acts, from: s.nodes[i].from, act: s.nodes[i].from, end: s.nodes[i].end})
		s.nodes = slices.Delete(s.nodes, i, j)
	}
}

// entityMeasured is the entity at node j of which a number is asked for, and whose
// description begins at node i; nil for none.
func (s *sentence) entityMeasured(i, j int) *semantic.Table {
	switch m := s.nodes[j].means.(type) {
	case thing:
		if m.table != nil && m.marks == 0 && m.via == "" && s.measuredAt(i, j, m.table) {
			return m.table
		}
	case measure:
		if m.home() != nil && j == i+1 && s.beginsWith(j, m.home()) {
			return m.home()
		}
	}
	return nil
}

// countOfActed reads a count of one thing right before another as a count of the
// latter: the number of refunded orders is none of refunds, and that of customer
// orders none of customers.
func (s *sentence) countOfActed(i int) bool {
	m, ok := as[measure](s.nodes[i])
	entity, named := s.thingAt(i + 1)
	last := s.text.At(s.nodes[i].end - 1)
	if !ok || !named || entity.table == nil || entity.marks != 0 || entity.via != "" || last.Class != Word || isPlural(last.Norm) || !s.touchesWord(i, i+1) {
		return false
	}
	acts := m.table
	if m.metric != nil {
		acts = s.r.countedBy[m.metric]
	}
	if acts == nil || acts == entity.table || len(m.where)+len(m.per) > 0 {
		return false
	}
	switch {
	case s.r.graph.path(acts, entity.table) != nil:
		s.relate(relation{owner: entity.table, of: acts, from: s.nodes[i].from, act: s.nodes[i].from, end: s.nodes[i].end})
	case s.r.graph.path(entity.table, acts) == nil:
		return false
	}
	s.join(i, i+1, s.countRows(s.nodes[i+1], entity.table))
	return true
}

// actsNoun is the table of acts that node i names right before something else; nil
// for none. An English noun there is in the singular, and a date is a participle.
func (s *sentence) actsNoun(i int) *semantic.Table {
	t, ok := s.thingAt(i)
	if !ok || t.marks != 0 || t.via != "" || i > 0 && is[GroupMark](s, i-1) {
		return nil
	}
	last := s.text.At(s.nodes[i].end - 1)
	switch {
	case t.table != nil && !(last.Class == Word && isPlural(last.Norm)):
		return t.table
	case t.dim != nil && isTime(t.dim) && s.nodes[i].end == s.nodes[i].from+1 && last.Class == Word && strings.HasSuffix(last.Norm, "ed"):
		return t.dim.Table
	}
	return nil
}

// measuredAt reports whether a number of the entity at node j, whose description
// begins at node i, is asked for: a count before it, or what it has behind it.
func (s *sentence) measuredAt(i, j int, entity *semantic.Table) bool {
	before := s.skip(i-1, -1)
	if c, ok := as[Count](s.nodes[max(before, 0)]); before >= 0 && ok && !c.Before {
		return true
	}
	if g, ok := s.glue(i - 1); ok && g.How == OfIt && s.numberOf(i-2, entity) {
		return true
	}
	k, _ := s.owned(j)
	for k < len(s.nodes) && is[Agg](s, k) {
		k++
	}
	return s.numberOf(k, entity)
}

// numberOf reports a number of the entity at node i.
func (s *sentence) numberOf(i int, entity *semantic.Table) bool {
	if i < 0 || i >= len(s.nodes) {
		return false
	}
	switch m := s.nodes[i].means.(type) {
	case measure:
		return m.home() == entity
	case thing:
		return m.dim != nil && m.dim.Table == entity && isMeasurable(m.dim)
	}
	return false
}

// beginsWith reports whether the words of node i begin with what a table is called.
func (s *sentence) beginsWith(i int, t *semantic.Table) bool {
	words := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
	for _, name := range []string{t.Names.Label.ZH, t.Names.Label.EN} {
		if name != "" && strings.HasPrefix(words, strings.ToLower(name)) {
			return true
		}
	}
	return false
}

// throughActs lets a number that is read through acts, the amount of refunded orders,
// be that of the rows that they lead to, each once: an order of two refunds has one
// amount. The least, the largest and the different ones are the same either way.
func (b *builder) throughActs() {
	for i, m := range b.measures {
		root, _, _ := strings.Cut(m.via, ".")
		acts := b.r.model.Table(root)
		if m.via == "" || m.dim == nil || acts == nil || acts == m.dim.Table || m.agg == "min" || m.agg == "max" || m.agg == "count_distinct" {
			continue
		}
		if b.r.graph.path(acts, m.dim.Table) == nil {
			b.s.charge("a number through one of several ways", costIdle, node{})
			b.d.idle = true
			continue
		}
		b.measures[i].via = ""
		if !slices.ContainsFunc(b.d.relations, func(rel relation) bool { return rel.owner == m.dim.Table && rel.of == acts }) {
			b.d.relations = append(b.d.relations, relation{owner: m.dim.Table, of: acts})
		}
	}
}
