package nlq

import (
	"slices"

	"wenshu/semantic"
)

// holdsKind reports whether the entity before a count is only where the members
// behind it are: of 仓库里有多少沙发 no warehouses are counted.
func (s *sentence) holdsKind(i int, m members) bool {
	g, glued := s.glue(i - 1)
	t, ok := s.thingAt(i - 2)
	if ok && t.dim != nil && s.r.standsFor(t.dim) {
		t.table = t.dim.Table
	}
	return glued && g.How == Loose && ok && t.table != nil && t.marks&^markFilter == 0 && s.r.graph.hops(t.table, m.dim.Table) < 0
}

// insideWords say that what stands before them is where something is.
var insideWords = map[string]bool{"里": true, "中": true, "内": true, "里面": true, "当中": true, "里有": true, "中有": true}

// heldIn reads 门店里有多少员工: what is counted belongs to some of what stands before
// the word for inside, and is not split by it. It takes both out of the sentence.
func (s *sentence) heldIn(i int, counted measure) bool {
	t, ok := s.thingAt(i - 2)
	if g, glued := s.glue(i - 1); !glued || g.How != Loose || !ok || t.timed || t.marks&^markFilter != 0 || !insideWords[s.text.Norm(s.nodes[i-1].from, s.nodes[i-1].end)] {
		return false
	}
	if t.dim != nil && !s.r.standsFor(t.dim) || s.r.graph.hops(counted.home(), t.home()) < 1 {
		return false
	}
	d := t.dim
	if d == nil && len(t.table.Display) > 0 {
		d = t.table.Display[0]
	}
	if d == nil {
		return false
	}
	name := s.r.nameOf(d, t.via)
	s.draft.conditions = append(s.draft.conditions, condition{fixed: semantic.IsNull{X: name, Not: true}, from: s.nodes[i-2].from})
	s.nodes = slices.Delete(s.nodes, i-2, i)
	return true
}

// holding reads 仓库里还有多少沙发 at a word for how many: of a kind of what is kept
// somewhere, the metric that says how much of it there is at a moment.
func (s *sentence) holding(i int) bool {
	m, ok := s.memberAt(i + 1)
	if !ok || m.not {
		return false
	}
	at := i - 1
	for at >= 0 && (is[Glue](s, at) || is[Linker](s, at) || is[TextTest](s, at) || is[Timed](s, at) || is[Noise](s, at)) {
		at--
	}
	if at < 0 {
		return false
	}
	where := s.homeAt(at)
	if where == nil || where == m.dim.Table || s.r.graph.hops(where, m.dim.Table) >= 0 || s.r.graph.hops(m.dim.Table, where) >= 0 {
		return false
	}
	held := s.r.heldBy(where, m.dim.Table)
	if len(held) == 0 {
		return false
	}
	chosen := held[0]
	if want, forced := s.forced[s.nodes[i].from]; forced && want.Metric != nil {
		chosen = want.Metric
	} else if len(held) > 1 {
		t := tie{from: s.nodes[i].from, end: s.nodes[i].end, chosen: Object{Metric: chosen}}
		for _, other := range held[1:] {
			t.others = append(t.others, Object{Metric: other})
		}
		s.ties = append(s.ties, t)
	}
	s.assume("metric")
	s.nodes[i].means = measure{metric: chosen}
	for j := i - 1; j > at; j-- {
		if !is[Timed](s, j) {
			s.nodes[j].means = Noise{}
		}
	}
	if t, ok := s.thingAt(at); ok && t.marks&^markFilter == 0 && (t.table != nil || s.r.standsFor(t.dim)) {
		s.nodes[at].means = Noise{} // all of them
	}
	return true
}

// homeAt is the table of the thing or the members at node i; nil for others.
func (s *sentence) homeAt(i int) *semantic.Table {
	if m, ok := s.memberAt(i); ok {
		return m.dim.Table
	}
	if t, ok := s.thingAt(i); ok && !t.timed {
		return t.home()
	}
	return nil
}

// heldBy are the metrics that add up, at the end of a period, how much there is of
// something in a place: the one that is called stock where there is one.
func (r *Reader) heldBy(where, kind *semantic.Table) []*semantic.Metric {
	var found []*semantic.Metric
	for _, m := range r.model.Metrics {
		call, ok := m.Expr.(semantic.Call)
		if !ok || call.Func != "sum" || m.OverTime != "last" || m.Where != nil || m.Format.Style == "money" || m.Home == nil || len(call.Args) != 1 {
			continue
		}
		if _, column := call.Args[0].(semantic.Name); !column || r.graph.hops(m.Home, where) < 1 || r.graph.hops(m.Home, kind) < 1 {
			continue
		}
		if slices.ContainsFunc(stockWords, func(word string) bool {
			return slices.ContainsFunc(r.vocabulary.names.exact(NewText(word).Norms()), func(c called) bool { return c.object.Metric == m })
		}) {
			return []*semantic.Metric{m}
		}
		found = append(found, m)
	}
	return found
}

var stockWords = []string{"库存", "存货", "结存", "stock", "inventory"}
