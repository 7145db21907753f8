package nlq

import (
	"slices"

	"wenshu/semantic"
)

// sight is what one viewer may know of. What is hidden is as if it were not
// there: in readings, corrections and suggestions alike.
type sight struct {
	dimensions map[*semantic.Dimension]bool // hidden ones
	metrics    map[*semantic.Metric]bool    // hidden ones
	tags       func(tag string) bool
	named      map[*semantic.Table]bool // those whose rows the question names: of moments called alike, theirs are meant
}

func (r *Reader) sightOf(v semantic.Viewer) sight {
	see := sight{tags: func(tag string) bool { return tag == "" || r.sees != nil && r.sees(v, tag) }}
	for _, rule := range r.model.Rules {
		if len(rule.Hide)+len(rule.HideMetrics) == 0 || exempt(rule, v) {
			continue
		}
		if see.dimensions == nil {
			see.dimensions, see.metrics = map[*semantic.Dimension]bool{}, map[*semantic.Metric]bool{}
		}
		for _, d := range rule.Hide {
			see.dimensions[d] = true
		}
		for _, m := range rule.HideMetrics {
			see.metrics[m] = true
		}
	}
	see.hideDerived(r.model)
	return see
}

// hideDerived hides the metrics that are made of what is hidden.
func (see sight) hideDerived(m *semantic.Model) {
	if see.metrics == nil {
		return
	}
	for again := true; again; {
		again = false
		for _, metric := range m.Metrics {
			if !see.metrics[metric] && (see.names(m, metric.Expr) || see.names(m, metric.Where)) {
				see.metrics[metric] = true
				again = true
			}
		}
	}
}

// names reports whether an expression refers to something hidden.
func (see sight) names(m *semantic.Model, e semantic.Expr) bool {
	found := false
	semantic.Walk(e, func(x semantic.Expr) {
		name, ok := x.(semantic.Name)
		if !ok {
			return
		}
		last := name.Path[len(name.Path)-1]
		for metric := range see.metrics {
			found = found || len(name.Path) == 1 && metric.Name == last
		}
		for d := range see.dimensions {
			found = found || d.Name == last && (len(name.Path) == 1 || name.Path[0] == d.Table.Name) || readsColumn(d, name)
		}
	})
	return found
}

// readsColumn reports whether a name is the column that a hidden dimension
// shows.
func readsColumn(d *semantic.Dimension, name semantic.Name) bool {
	column, ok := d.Expr.(semantic.Name)
	return ok && len(name.Path) == 2 && name.Path[0] == d.Table.Name && name.Path[1] == column.Path[len(column.Path)-1]
}

func exempt(rule *semantic.Rule, v semantic.Viewer) bool {
	return slices.ContainsFunc(v.Roles, func(role string) bool { return slices.Contains(rule.Roles, role) })
}

func (see sight) object(o Object) bool {
	return !see.dimensions[o.Dimension] && !see.metrics[o.Metric]
}

func (see sight) tag(tag string) bool { return see.tags(tag) }
