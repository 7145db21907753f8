package nlq

import "wenshu/semantic"

// computes reports whether a metric is nothing but the aggregate of a column that a
// measure is: the total payment amount, and the total amount of the payments.
func (r *Reader) computes(declared, m measure) bool {
	if declared.metric == nil || declared.agg != "" || m.metric != nil || m.dim == nil || declared.metric.Where != nil ||
		len(declared.per)+len(declared.over)+len(declared.where)+len(m.per)+len(m.over)+len(m.where) > 0 || declared.since || m.since {
		return false
	}
	call, ok := declared.metric.Expr.(semantic.Call)
	if !ok || call.Func != m.agg || len(call.Args) != 1 || call.Distinct || len(call.Per) > 0 || m.via != "" {
		return false
	}
	name, ok := call.Args[0].(semantic.Name)
	return ok && len(name.Path) == 2 && name.Path[0] == m.dim.Table.Name && name.Path[1] == m.dim.Name
}
