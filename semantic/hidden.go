package semantic

import (
	"slices"
	"strconv"
	"strings"
)

// uses is what a metric is computed from.
type uses struct {
	dimensions []*Dimension
	columns    []tableColumn
	metrics    []*Metric
}

// maxViews bounds the views that are kept.
const maxViews = 256

// View returns the model as a viewer sees it.
func (m *Model) View(viewer Viewer) *View {
	n := m.index()
	key := m.activeHides(viewer)
	if key == "" {
		return m.everything()
	}
	if v, ok := n.views.Load(key); ok {
		return v.(*View)
	}
	v := m.newView(n, viewer)
	n.viewLock.Lock()
	defer n.viewLock.Unlock()
	if n.viewCount < maxViews {
		n.viewCount++
		n.views.Store(key, v)
	}
	return v
}

// activeHides names the rules that hide something from the viewer.
func (m *Model) activeHides(viewer Viewer) string {
	var b strings.Builder
	for i, r := range m.Rules {
		if r.hides() && r.Touches(viewer) {
			b.WriteString(strconv.Itoa(i) + " ")
		}
	}
	return b.String()
}

func (r *Rule) hides() bool { return len(r.Hide)+len(r.HideColumns)+len(r.HideMetrics) > 0 }

// ForAll reports whether the rule leaves the same rows to everybody: what it leaves out
// counts for nobody, as what is marked as deleted.
func (r *Rule) ForAll() bool {
	named := false
	Walk(r.Where, func(x Expr) {
		_, ok := x.(ViewerAttr)
		named = named || ok
	})
	return r.Where != nil && len(r.Roles) == 0 && !named
}

// Touches reports whether the rule holds for the viewer: none of the viewer's
// roles is exempt.
func (r *Rule) Touches(viewer Viewer) bool {
	return !slices.ContainsFunc(r.Roles, func(role string) bool { return slices.Contains(viewer.Roles, role) })
}

// newView hides what the active rules name and everything computed from it.
func (m *Model) newView(n *names, viewer Viewer) *View {
	v := &View{model: m, names: n, hidden: map[*Dimension]bool{}, metrics: map[*Metric]bool{}, columns: map[tableColumn]bool{}}
	for _, r := range m.Rules {
		if !r.hides() || !r.Touches(viewer) {
			continue
		}
		for _, d := range r.Hide {
			v.hidden[d] = true
			if column, bare := bareColumn(d); bare {
				v.columns[tableColumn{d.Table, column}] = true
			}
		}
		for _, c := range r.HideColumns {
			v.columns[tableColumn{r.Table, c}] = true
		}
		for _, metric := range r.HideMetrics {
			v.metrics[metric] = true
		}
	}
	v.hideDimensions()
	for _, metric := range m.Metrics {
		v.hideMetric(metric)
	}
	return v
}

// hideDimensions hides what is computed from hidden columns, then the entities
// of which nothing is left to show.
func (v *View) hideDimensions() {
	for _, t := range v.model.Tables {
		for _, d := range t.Dimensions {
			namesIn(d.Expr, func(n Name) {
				if v.columns[tableColumn{t, n.Path[0]}] {
					v.hidden[d] = true
				}
			})
		}
	}
	for _, t := range v.model.Tables {
		for _, d := range t.Dimensions {
			if d.Of != nil && !slices.ContainsFunc(d.Of.To.Display, func(shown *Dimension) bool { return !v.hidden[shown] }) {
				v.hidden[d] = true
			}
		}
	}
}

// hideMetric hides a metric that uses something hidden, and says so.
func (v *View) hideMetric(m *Metric) bool {
	if hidden, known := v.metrics[m]; known {
		return hidden
	}
	v.metrics[m] = false
	u := v.names.usesOf(v.model, m)
	hidden := slices.ContainsFunc(u.dimensions, v.Hidden) ||
		slices.ContainsFunc(u.columns, func(c tableColumn) bool { return v.columns[c] })
	for _, part := range u.metrics {
		hidden = v.hideMetric(part) || hidden
	}
	v.metrics[m] = hidden
	return hidden
}

// Hides reports whether an expression over rows of a table uses something that
// does not exist for the viewer: the filter of a phrase, for example.
func (v *View) Hides(home *Table, x Expr) bool {
	u := v.names.usesIn(v.model, []*Table{home}, x)
	return slices.ContainsFunc(u.dimensions, v.Hidden) || slices.ContainsFunc(u.metrics, v.HiddenMetric) ||
		slices.ContainsFunc(u.columns, func(c tableColumn) bool { return v.columns[c] })
}

// usesOf lists what a metric is computed from.
func (n *names) usesOf(m *Model, metric *Metric) uses {
	homes := n.homes[metric]
	u := n.usesIn(m, homes, metric.Expr)
	u.add(n.usesIn(m, homes, metric.Where))
	u.dimensions = append(u.dimensions, metric.PerEntity...)
	if metric.Time != nil {
		u.dimensions = append(u.dimensions, metric.Time)
	}
	if c := metric.Convert; c != nil {
		u.dimensions = append(u.dimensions, c.Entity)
		u.metrics = append(u.metrics, c.Base, c.To)
		for _, pair := range c.Constant {
			u.addColumn(c.Base.Home, pair.From)
			u.addColumn(c.To.Home, pair.To)
		}
	}
	return u
}

func (u *uses) add(other uses) {
	u.dimensions = append(u.dimensions, other.dimensions...)
	u.columns = append(u.columns, other.columns...)
	u.metrics = append(u.metrics, other.metrics...)
}

func (u *uses) addColumn(t *Table, column string) {
	if t != nil {
		u.columns = append(u.columns, tableColumn{t, column})
	}
}

// usesIn lists what an expression names, seen from the home tables. A short
// name in a nested query, whose home is its own, is taken for all that it can
// mean.
func (n *names) usesIn(m *Model, homes []*Table, x Expr) uses {
	var u uses
	all := m.everything()
	all.curt = true
	n.ownNames(x, func(name Name) {
		if metric := n.metrics[name.Path[0]]; metric != nil && len(name.Path) == 1 {
			u.metrics = append(u.metrics, metric)
		}
		for _, home := range homes {
			if c, problem := all.resolve(home, name, true); problem == nil {
				u.addCandidate(c)
			}
		}
	})
	nestedNames(x, func(name Name) {
		for _, c := range all.Find(name) {
			u.addCandidate(c)
		}
		for _, j := range n.joins[name.Path[0]] {
			if c, problem := all.resolve(j.From, name, false); problem == nil {
				u.addCandidate(c)
			}
		}
	})
	return u
}

func (u *uses) addCandidate(c Candidate) {
	switch {
	case c.Metric != nil:
		u.metrics = append(u.metrics, c.Metric)
	case c.Dimension != nil:
		u.dimensions = append(u.dimensions, c.Dimension)
		if column, bare := bareColumn(c.Dimension); bare {
			u.addColumn(c.Dimension.Table, column)
		}
	case c.Column != "":
		u.addColumn(c.Table, c.Column)
	}
}
