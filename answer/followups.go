package answer

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// maxFollowUps is how many follow-ups an answer offers.
const maxFollowUps = 5

// followUps are queries that go on from a result: finer groups, a comparison, a
// trend, the first ten, shares. Each of them can be answered for the viewer.
func (a *asking) followUps(b *book, r *result) []Choice {
	q := r.plan.Query
	if q.List != nil || empty(r) {
		return nil
	}
	var list []Choice
	add := func(kind, text string, change func(*semantic.Query)) bool {
		c := *q
		change(&c)
		if len(list) >= maxFollowUps || !a.answerable(&c) {
			return false
		}
		list = append(list, Choice{Kind: kind, Text: upper(text), Query: c.String()})
		return true
	}
	a.compareFollowUps(b, r, add)
	if u := trendUnit(r.plan); u != semantic.NoUnit && !timed(q) {
		grain := semantic.Grained{Of: semantic.Name{Path: []string{"time"}}, Grain: semantic.Grain{Unit: u}}
		add("trend", b.w.TrendBy.string(word("unit", b.w.Grains[u])), func(c *semantic.Query) {
			c.By, c.Versus, c.Show, c.Sort, c.Limit, c.Per, c.Having = []semantic.Group{{Expr: grain}}, nil, dropCompared(q.Show), nil, 0, nil, nil
		})
	}
	if len(q.By) == 1 && !timed(q) && len(r.rows) > 10 && q.Limit == 0 {
		add("top", b.w.TopN.string(counted("n", 10)), func(c *semantic.Query) {
			c.Sort, c.Limit = []semantic.Sort{{Expr: itemName(q.Items[0]), Desc: true}}, 10
		})
	}
	if len(q.By) == 1 && !timed(q) && len(q.Items) == 1 && len(q.Show) == 0 && len(q.Versus) == 0 {
		add("share", b.w.AllParts.string(), func(c *semantic.Query) { c.Show = []semantic.Show{{Func: "share"}} })
	}
	drilled := 0
	for _, d := range a.drills(r.plan) {
		if drilled == 2 || len(q.By) > 1 {
			break
		}
		group := semantic.Group{Expr: pathOf(a.snap.model, d)}
		if add("drill", b.w.DrillBy.string(word("dimension", b.dimensionLabel(d))), func(c *semantic.Query) {
			c.By = append(append([]semantic.Group{}, q.By...), group)
			c.Limit, c.Offset, c.Per = 0, 0, nil
		}) {
			drilled++
		}
	}
	return list
}

// compareFollowUps offers the period before and the year before.
func (a *asking) compareFollowUps(b *book, r *result, add func(string, string, func(*semantic.Query)) bool) {
	q, w := r.plan.Query, r.plan.Window
	if len(q.Versus) > 0 || w.Start.IsZero() || w.End.IsZero() || timed(q) || len(r.plan.Windows) > 1 {
		return
	}
	growth := append(append([]semantic.Show{}, q.Show...), semantic.Show{Func: "growth"})
	add("prior", b.w.WithPrior.string(), func(c *semantic.Query) {
		c.Versus, c.Show = []semantic.Versus{{How: semantic.Prior}}, growth
	})
	if days(w.Start, w.End) < 360 {
		add("year_ago", b.w.WithYearAgo.string(), func(c *semantic.Query) {
			c.Versus, c.Show = []semantic.Versus{{How: semantic.Ago, Unit: semantic.Year, N: 1}}, growth
		})
	}
}

// itemName is how a sort names an item.
func itemName(item semantic.Item) semantic.Expr {
	if item.As != "" {
		return semantic.Name{Path: []string{item.As}}
	}
	return item.Expr
}

// timed reports whether a query is grouped by time.
func timed(q *semantic.Query) bool {
	for _, g := range q.By {
		if _, ok := g.Expr.(semantic.Grained); ok {
			return true
		}
	}
	return false
}

// trendUnit is a unit that cuts the period into a readable number of pieces.
func trendUnit(p *semantic.Plan) semantic.Unit {
	if p.Window.Start.IsZero() || p.Window.End.IsZero() {
		return semantic.Month
	}
	switch n := days(p.Window.Start, p.Window.End); {
	case n < 2:
		return semantic.NoUnit
	case n <= 45:
		return semantic.Day
	case n <= 120:
		return semantic.Week
	case n <= 1100:
		return semantic.Month
	}
	return semantic.Quarter
}

// drills are dimensions to split by next: the finer levels of a group, or what
// analysts split by in the questions that they confirmed, then the top levels of
// hierarchies.
func (a *asking) drills(p *semantic.Plan) []*semantic.Dimension {
	model := a.snap.model
	var finer, other []*semantic.Dimension
	taken := map[*semantic.Dimension]bool{}
	for _, k := range p.Keys {
		taken[k.Dimension] = true
	}
	for _, t := range model.Tables {
		for _, d := range t.Dimensions {
			switch {
			case taken[d] || d.Key || d.Index == semantic.IndexNever || d.Type.Kind != semantic.Text:
			case d.Parent != nil && taken[d.Parent]:
				finer = append(finer, d)
			case len(p.Keys) == 0 && d.Parent == nil && isParent(model, d), len(p.Keys) == 0 && a.snap.usual[d] > 0:
				other = append(other, d)
			}
		}
	}
	slices.SortStableFunc(other, func(x, y *semantic.Dimension) int { return a.snap.usual[y] - a.snap.usual[x] })
	return append(finer, other...)
}

// usualGroups counts how often confirmed questions split by a dimension.
func usualGroups(m *semantic.Model) map[*semantic.Dimension]int {
	count := map[*semantic.Dimension]int{}
	for _, v := range m.Questions {
		if v.Query == nil {
			continue
		}
		for _, g := range v.Query.By {
			if n, ok := g.Expr.(semantic.Name); ok {
				if d := m.Dimension(n.Path...); d != nil {
					count[d]++
				}
			}
		}
	}
	return count
}

// isParent reports whether a dimension is a level of a hierarchy above another.
func isParent(m *semantic.Model, d *semantic.Dimension) bool {
	for _, t := range m.Tables {
		for _, child := range t.Dimensions {
			if child.Parent == d {
				return true
			}
		}
	}
	return false
}

// pathOf is how a query line names a dimension.
func pathOf(m *semantic.Model, d *semantic.Dimension) semantic.Expr {
	return semantic.Name{Path: strings.Split(m.ShortName(d), ".")}
}
