package reference

import (
	"slices"
	"strings"
)

// shrink makes a failing case smaller while it fails: parts of the query go,
// then rows, then metrics.
func shrink(dir string, w *world, q *query) (*world, *query, string) {
	kind := ""
	sortOf := func(why string) string { return strings.TrimRight(why[:min(6, len(why))], "0123456789 ") }
	fails := func(w *world, q *query) (string, bool) {
		e, err := openEngine(dir, w)
		if err != nil {
			return "", false
		}
		defer e.close()
		v, text := e.judged(w, q, seam{})
		return text, v == differs && (kind == "" || kind == sortOf(text))
	}
	why, ok := fails(w, q)
	kind = sortOf(why)
	if !ok {
		return w, q, "fails only among other questions"
	}
	again := true
	for range 300 {
		if !again {
			break
		}
		again = false
		for _, smaller := range smallerQueries(q) {
			if text, still := fails(w, smaller); still {
				q, why, again = smaller, text, true
				break
			}
		}
		if again {
			continue
		}
		for _, smaller := range smallerWorlds(w, q) {
			if text, still := fails(smaller, q); still {
				w, why, again = smaller, text, true
				break
			}
		}
	}
	return w, q, why
}

func without[T any](list []T, i int) []T {
	return append(slices.Clone(list[:i]), list[i+1:]...)
}

func smallerQueries(q *query) []*query {
	var out []*query
	add := func(change func(*query)) {
		c := *q
		change(&c)
		out = append(out, &c)
	}
	if q.limit > 0 {
		add(func(c *query) { c.limit, c.offset, c.per = 0, 0, nil })
	}
	if q.offset > 0 {
		add(func(c *query) { c.offset = 0 })
	}
	if q.per != nil {
		add(func(c *query) { c.per = nil })
	}
	if q.totals {
		add(func(c *query) { c.totals = false })
	}
	if q.fill != "" {
		add(func(c *query) { c.fill = "" })
	}
	if q.having != nil {
		add(func(c *query) { c.having = nil })
		for _, x := range smallerConds(q.having) {
			add(func(c *query) { c.having = x })
		}
	}
	if q.where != nil {
		add(func(c *query) { c.where = nil })
		for _, x := range smallerConds(q.where) {
			add(func(c *query) { c.where = x })
		}
	}
	if q.on.table != "" {
		add(func(c *query) { c.on = ref{} })
	}
	for i := range q.show {
		add(func(c *query) { c.show = without(q.show, i) })
	}
	for i := range q.sort {
		add(func(c *query) { c.sort = without(q.sort, i) })
	}
	for i := range q.during {
		add(func(c *query) { c.during = without(q.during, i) })
	}
	for i := range q.versus {
		add(func(c *query) { c.versus = without(q.versus, i) })
	}
	for i := range q.items {
		if len(q.items) > 1 {
			add(func(c *query) { c.items = without(q.items, i) })
		}
		for _, x := range smallerTerms(q.items[i].term) {
			add(func(c *query) {
				c.items = slices.Clone(q.items)
				c.items[i].term = x
			})
		}
	}
	if n := len(q.by); n > 0 && q.per == nil && !usesGroups(q) {
		for i := range q.by {
			add(func(c *query) { c.by = without(q.by, i) })
		}
	}
	return out
}

// usesGroups reports a query that names its groups elsewhere.
func usesGroups(q *query) bool {
	for _, s := range q.show {
		if len(s.names) > 0 {
			return true
		}
	}
	for _, s := range q.sort {
		if _, ok := s.of.(keyed); ok {
			return true
		}
	}
	return false
}

func smallerConds(c cond) []cond {
	switch c := c.(type) {
	case and:
		out := []cond{c.l, c.r}
		for _, x := range smallerConds(c.l) {
			out = append(out, and{x, c.r})
		}
		for _, x := range smallerConds(c.r) {
			out = append(out, and{c.l, x})
		}
		return out
	case or:
		return []cond{c.l, c.r}
	case not:
		out := []cond{c.of}
		for _, x := range smallerConds(c.of) {
			out = append(out, not{x})
		}
		return out
	}
	return nil
}

func smallerTerms(t term) []term {
	switch t := t.(type) {
	case compute:
		return []term{t.l, t.r}
	case filtered:
		out := []term{t.of}
		for _, x := range smallerConds(t.where) {
			out = append(out, filtered{t.of, x})
		}
		return out
	}
	return nil
}

func smallerWorlds(w *world, q *query) []*world {
	var out []*world
	for i, t := range w.tables {
		for j := range t.rows {
			c := *w
			c.tables = slices.Clone(w.tables)
			smaller := *t
			smaller.rows = without(t.rows, j)
			c.tables[i] = &smaller
			out = append(out, &c)
		}
	}
	for i, m := range w.metrics {
		if strings.Contains(q.line()+used(w), m.name) {
			continue
		}
		c := *w
		c.metrics = without(w.metrics, i)
		out = append(out, &c)
	}
	return out
}

// used is the text of all definitions.
func used(w *world) string {
	return strings.Join(each(w.metrics, func(m *metric) string { return m.expr.line() + " " + m.from + " " + m.to + " " + m.by.String() }), " ")
}
