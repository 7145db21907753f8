package nlq

import (
	"strings"

	"wenshu/semantic"
)

// routes are the readings of a query that could mean several paths of joins:
// one for each path that can be named.
func (a *attempt) routes(c Candidate, problems semantic.Problems, most int) []Candidate {
	ask, ok := c.Reading.(Ask)
	if !ok || len(problems) != 1 || problems[0].Code != semantic.AmbiguousPath {
		return nil
	}
	var found []Candidate
	for _, path := range problems[0].Near {
		if len(found) >= most || strings.ContainsAny(path, "<> ") {
			continue
		}
		routed := ask
		routed.Query = a.r.routed(ask.Query, problems[0].Name, strings.Split(path, "."))
		plan, err := a.bound(routed)
		if err != nil {
			continue
		}
		route := c
		route.Reading, route.Plan = routed, plan
		found = append(found, route)
	}
	return found
}

// routed returns a query in which the names of a table, and of its dimensions,
// are reached by a path.
func (r *Reader) routed(q *semantic.Query, table string, path []string) *semantic.Query {
	q = q.Clone()
	swap := func(e semantic.Expr) semantic.Expr {
		return semantic.Rewrite(e, func(x semantic.Expr) semantic.Expr {
			name, ok := x.(semantic.Name)
			if !ok {
				return nil
			}
			if to := r.rerouted(name, table, path); to != nil {
				return semantic.Name{Path: to}
			}
			return nil
		})
	}
	for i := range q.Items {
		q.Items[i].Expr = swap(q.Items[i].Expr)
	}
	for i := range q.By {
		q.By[i].Expr = swap(q.By[i].Expr)
	}
	q.Where, q.Having = swap(q.Where), swap(q.Having)
	for i := range q.Sort {
		q.Sort[i].Expr = swap(q.Sort[i].Expr)
	}
	for i := range q.Per {
		q.Per[i] = swap(q.Per[i])
	}
	return q
}

// rerouted returns a name reached by a path; nil when the path does not concern
// it.
func (r *Reader) rerouted(name semantic.Name, table string, path []string) []string {
	last := name.Path[len(name.Path)-1]
	switch {
	case len(name.Path) == 1 && last == table:
		return path
	case len(name.Path) == 2 && name.Path[0] == table:
		return append(append([]string{}, path...), last)
	case len(name.Path) == 1:
		if d := r.dimensionOf(name); d != nil && d.Table.Name == table {
			return append(append([]string{}, path...), last)
		}
	}
	return nil
}
