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
	return see
}

func exempt(rule *semantic.Rule, v semantic.Viewer) bool {
	return slices.ContainsFunc(v.Roles, func(role string) bool { return slices.Contains(rule.Roles, role) })
}

func (see sight) object(o Object) bool {
	return !see.dimensions[o.Dimension] && !see.metrics[o.Metric]
}

func (see sight) tag(tag string) bool { return see.tags(tag) }
