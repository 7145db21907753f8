package nlq

import "wenshu/semantic"

// round rounds what is shown to the digits that were wished. What is sorted and held
// against bounds stays exact.
func (b *builder) round(q *semantic.Query) {
	if b.d.rounded == nil || q.List != nil {
		return
	}
	digits := int64(*b.d.rounded)
	for i, item := range q.Items {
		shown := digits
		_, divides := item.Expr.(semantic.Binary)
		if percent := b.d.present.Unit.Percent || i < len(b.measures) && b.isRate(b.measures[i]); percent {
			shown += 2
		} else if !divides && i < len(b.measures) && countsWhole(b.measures[i]) {
			continue
		}
		args := []semantic.Expr{item.Expr}
		if shown > 0 {
			args = append(args, semantic.Lit{Value: semantic.IntValue(shown)})
		}
		q.Items[i].Expr = semantic.Call{Func: "round", Args: args}
	}
}

// countsWhole reports whether a measure counts, so that nothing is left to round.
func countsWhole(m measure) bool {
	if m.metric != nil {
		call, ok := m.metric.Expr.(semantic.Call)
		return ok && (call.Func == "count" || call.Func == "count_distinct")
	}
	return m.agg == "count" || m.agg == "count_distinct"
}
