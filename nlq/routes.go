package nlq

import (
	"slices"
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
	near := a.plainRoutes(problems[0])
	var found []Candidate
	for _, path := range near {
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

// plainRoutes are the paths that the person may mean: of several, the one whose last join
// is called like the table that it leads to, where the others lead there by a role that
// nobody named. The farm of a job's turbine is its farm, and that of its technician is the
// base of somebody.
func (a *attempt) plainRoutes(p semantic.Problem) []string {
	var plain []string
	for _, path := range p.Near {
		if strings.ContainsAny(path, "<> ") {
			return p.Near
		}
		role, ok := a.r.byRole(strings.Split(path, "."), p.Name)
		if !ok {
			return p.Near
		}
		if !role {
			plain = append(plain, path)
		}
	}
	if len(plain) == 1 {
		return plain
	}
	return p.Near
}

// byRole reports whether a path of joins leads to a table by one that is called otherwise
// than the table; ok is false where the path is none of the model.
func (r *Reader) byRole(path []string, table string) (role, ok bool) {
	at := r.model.Table(path[0])
	if at == nil {
		return false, false
	}
	for _, name := range path[1:] {
		i := slices.IndexFunc(at.Joins, func(j *semantic.Join) bool { return j.Name == name })
		if i < 0 {
			return false, false
		}
		join := at.Joins[i]
		at = join.To
		role = role || !r.namedLike(join)
	}
	return role, at.Name == table
}

// namedLike reports whether a join is called like the table that it leads to.
func (r *Reader) namedLike(j *semantic.Join) bool {
	said := strings.ReplaceAll(strings.ToLower(j.Name), "_", " ")
	names := append([]string{j.To.Name, j.To.Names.Label.EN, j.To.Names.Label.ZH}, j.To.Names.Synonyms...)
	return slices.ContainsFunc(names, func(n string) bool { return n != "" && strings.ReplaceAll(strings.ToLower(n), "_", " ") == said })
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
