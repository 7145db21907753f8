package nlq

import "wenshu/semantic"

// shareOfThose shows which part of all those are that the turn before counted: 处方药有多少种,
// then 占比多少. What was counted without a test has no share to be told.
func (e *editor) shareOfThose() {
	whole := e.q.Items[0].Expr
	switch rate := e.rateOfCounted(); {
	case len(e.q.Items) != 1 || len(e.q.Versus) > 0:
	case e.q.Where != nil:
		part := semantic.Filtered{X: whole, Where: e.q.Where}
		e.q.Items = []semantic.Item{{Expr: part}, {Expr: semantic.Binary{Op: semantic.Div, L: part, R: whole}}}
		e.q.Where = nil
		return
	case rate != nil:
		e.q.Items = append(e.q.Items, semantic.Item{Expr: e.r.exprOf(measure{metric: rate})})
		return
	}
	e.s.charge("a share of nothing", costIdle, node{})
	e.d.idle = true
}

// rateOfCounted is the declared share of those in all that the turn before counted; nil for none.
func (e *editor) rateOfCounted() *semantic.Metric {
	counted := e.metricsOf(e.q.Items)
	if len(counted) != 1 {
		return nil
	}
	return e.declaredRate(counted[0])
}
