package nlq

import (
	"slices"

	"wenshu/semantic"
)

// measuresFrom reads "revenue from campaign orders": a count behind a number and "from"
// says of which rows the number is, and is none that stands beside it.
func (s *sentence) measuresFrom() {
	for i := 0; i+1 < len(s.nodes); i++ {
		j := i + 1
		if g, ok := s.glue(j); ok && (g.How == From || g.How == Loose) {
			j++
		}
		if j >= len(s.nodes) || !fromWords[s.text.At(s.nodes[j].from-1).Norm] {
			continue
		}
		m, ok := as[measure](s.nodes[i])
		kind, counts := as[measure](s.nodes[j])
		if !ok || !counts || kind.metric == nil || len(kind.over)+len(kind.where) > 0 || m.metric == kind.metric {
			continue
		}
		switch owner := s.r.ownerCounted(kind.metric); {
		case owner != nil && kind.metric.Home.Hidden && linkedBy(kind.metric.Home, owner) != nil && s.r.graph.hops(m.home(), owner) >= 0:
			to := linkedBy(kind.metric.Home, owner)
			s.draft.conditions = append(s.draft.conditions, condition{dim: to, from: s.nodes[j].from, test: isThere})
		case owner != nil && owner != kind.metric.Home && !kind.metric.Home.Hidden && s.r.graph.hops(m.home(), owner) >= 0:
			s.relate(relation{owner: owner, of: kind.metric.Home, from: s.nodes[j].from, act: s.nodes[j].from, end: s.nodes[j].end})
		case s.r.countedBy[kind.metric] == kind.metric.Home && kind.metric.Where != nil && s.r.graph.hops(m.home(), kind.metric.Home) >= 0:
			s.draft.conditions = append(s.draft.conditions, condition{on: kind.metric.Home, fixed: kind.metric.Where, from: s.nodes[j].from})
		default:
			continue
		}
		s.nodes = slices.Delete(s.nodes, i+1, j+1)
	}
}

// fromWords stand between a number and the rows that it is made of.
var fromWords = map[string]bool{"from": true, "through": true}

// linkedBy is what stands for the one other entity that rows which only link lead to
// besides an owner; nil for none.
func linkedBy(link, owner *semantic.Table) *semantic.Dimension {
	var found *semantic.Dimension
	for _, j := range link.Joins {
		if j.Many || j.To == owner || len(j.To.Display) == 0 {
			continue
		}
		if found != nil {
			return nil
		}
		found = j.To.Display[0]
	}
	return found
}

// ownerCounted is the entity that a metric counts each once of by rows that lead to it;
// nil for other metrics.
func (r *Reader) ownerCounted(m *semantic.Metric) *semantic.Table {
	call, ok := m.Expr.(semantic.Call)
	if !ok || call.Func != "count_distinct" || len(call.Args) != 1 || m.Home == nil {
		return nil
	}
	name, ok := call.Args[0].(semantic.Name)
	if !ok {
		return nil
	}
	for _, j := range m.Home.Joins {
		if !j.Many && len(j.On) == 1 && j.On[0].From == name.Path[len(name.Path)-1] {
			return j.To
		}
	}
	return nil
}
