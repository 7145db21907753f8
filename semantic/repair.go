package semantic

import (
	"slices"
	"strings"
)

// Repair finds one query line that works near one that does not, as check says:
// a name said wrong takes the nearest legal one, a condition moves to where it
// belongs, what is missing is added, else the least part that stands in the way is
// left out. It returns "" where nothing near works. Who lets check bind for a
// viewer gets what that viewer may ask: a hidden name is repaired as one that does
// not exist.
func Repair(q *Query, problems Problems, check func(*Query) error) string {
	r := &repairing{check: check, tried: map[string]bool{}}
	return r.near(q, problems)
}

type repairing struct {
	check func(*Query) error
	tried map[string]bool
}

// near tries what is near a query.
func (r *repairing) near(q *Query, problems Problems) string {
	if len(cuts(q)) > maxParts {
		return ""
	}
	if line := r.right(q, problems, 0); line != "" {
		return line
	}
	for _, step := range []func(*Query, Problems) []*Query{without1, without2, itemsAlone} {
		for _, c := range step(q, problems) {
			if line, _ := r.try(c); line != "" {
				return line
			}
		}
	}
	return ""
}

// right puts right what problems say is wrong. What is put right may show the
// next mistake, which is put right in its turn.
func (r *repairing) right(q *Query, problems Problems, depth int) string {
	for _, step := range []func(*Query, Problems) []*Query{apart, permitted, renamed, along, meant} {
		for _, c := range step(q, problems) {
			line, next := r.try(c)
			if line == "" && len(next) > 0 && depth < 3 {
				line = r.right(c, next, depth+1)
			}
			if line != "" {
				return line
			}
		}
	}
	return ""
}

// try returns the line of a query that works, else its problems.
func (r *repairing) try(c *Query) (string, Problems) {
	if len(c.Items) == 0 {
		return "", nil
	}
	line := c.String()
	if r.tried[line] || len(r.tried) >= maxRepairs {
		return "", nil
	}
	r.tried[line] = true
	back, err := ParseQuery(line)
	if err == nil {
		err = r.check(back)
	}
	if err == nil {
		return line, nil
	}
	problems, _ := err.(Problems)
	return "", problems
}

// maxRepairs bounds how many lines are tried, each of which is bound; maxParts is
// how many parts a query may have that somebody can mean to mend.
const (
	maxRepairs = 64
	maxParts   = 24
)

// RepairText does the same for a text that is no query line: of what stands in
// front of the mistake the longest part that is one.
func RepairText(text string, problems Problems, check func(*Query) error) string {
	end := len(text)
	if end > maxMended {
		return ""
	}
	for _, p := range problems {
		if p.Span != (Span{}) {
			end = min(end, p.Span.Start)
		}
	}
	for range maxRepairs {
		text = strings.TrimRight(text[:min(end, len(text))], " ,\t\n")
		if q, err := ParseQuery(text); err == nil {
			if err = check(q); err == nil {
				return q.String()
			}
			if next, ok := err.(Problems); ok {
				problems = next
			}
			return Repair(q, problems, check)
		}
		if end = strings.LastIndexAny(text, " ,\t\n"); end < 0 {
			return ""
		}
	}
	return ""
}

// maxMended bounds the text of a line that is mended, in bytes.
const maxMended = 2 << 10

// renamed are the query with the names that problems blame replaced by legal
// ones: all at once where each has one, then one candidate at a time.
func renamed(q *Query, problems Problems) []*Query {
	best := q.Clone()
	var list []*Query
	for _, p := range problems {
		if p.Name == "" {
			continue
		}
		for i, near := range p.Near {
			if i == 0 {
				best = replaced(best, p.Name, near)
			}
			list = append(list, replaced(q, p.Name, near))
		}
	}
	return append([]*Query{best}, list...)
}

// replaced puts a name, function, text or grain in place of another everywhere
// in a query.
func replaced(q *Query, name, by string) *Query {
	to, err := ParseExpr(by)
	return everywhere(q, func(x Expr) Expr {
		switch x := x.(type) {
		case Name:
			if strings.Join(x.Path, ".") != name {
				return nil
			}
			if n, ok := to.(Name); ok && err == nil {
				return n
			}
			return Name{Path: []string{by}}
		case Grained:
			if n, ok := to.(Name); ok && err == nil && strings.Join(x.Of.Path, ".") == name {
				return Grained{Of: n, Grain: x.Grain}
			}
			if g, ok := ParseGrain(by); ok && (x.Grain.String() == name || x.Of.Path[len(x.Of.Path)-1] == name || ExprString(x) == name) {
				return Grained{Of: x.Of, Grain: g}
			}
			if g, ok := to.(Grained); ok && err == nil && ExprString(x) == name {
				return g
			}
		case Lit:
			if x.Value.Kind() == Text && x.Value.Text() == name {
				return Lit{Value: TextValue(by)}
			}
		case Call:
			if x.Func == name {
				if _, known := FunctionNamed(by); known {
					x.Func = by
					return x
				}
			}
		}
		return nil
	})
}

// everywhere rewrites every expression of a query.
func everywhere(q *Query, f func(Expr) Expr) *Query {
	c := q.Clone()
	for i := range c.Items {
		c.Items[i].Expr = Rewrite(c.Items[i].Expr, f)
	}
	for i := range c.By {
		c.By[i].Expr = Rewrite(c.By[i].Expr, f)
	}
	for i := range c.Sort {
		c.Sort[i].Expr = Rewrite(c.Sort[i].Expr, f)
	}
	for i := range c.Show {
		c.Show[i].Args = rewriteAll(c.Show[i].Args, f)
	}
	c.Per = rewriteAll(c.Per, f)
	c.Where, c.Having = Rewrite(c.Where, f), Rewrite(c.Having, f)
	if c.On != nil {
		if n, ok := Rewrite(*c.On, f).(Name); ok {
			c.On = &n
		}
	}
	return c
}

// without1 are the query without one of its parts: those that name what problems
// blame first.
func without1(q *Query, problems Problems) []*Query {
	var blamed, others []*Query
	for _, cut := range cuts(q) {
		c := q.Clone()
		cut.from(c)
		if slices.ContainsFunc(problems, func(p Problem) bool {
			return p.Name != "" && strings.Contains(cut.text, p.Name) || p.Detail != "" && strings.Contains(cut.text, p.Detail)
		}) {
			blamed = append(blamed, c)
		} else {
			others = append(others, c)
		}
	}
	return append(blamed, others...)
}

// without2 leaves out two parts.
func without2(q *Query, problems Problems) []*Query {
	var list []*Query
	for _, one := range without1(q, problems) {
		list = append(list, without1(one, problems)...)
	}
	return list
}

// itemsAlone are the items with nothing else, then each alone, then what they are
// made of, then what is near: a metric, the rows of a table, a list of what is no
// number.
func itemsAlone(q *Query, problems Problems) []*Query {
	var list []*Query
	alone := func(x Expr) { list = append(list, &Query{Items: []Item{{Expr: x}}}) }
	if q.List == nil {
		list = append(list, &Query{Items: q.Items})
		for _, it := range q.Items {
			alone(it.Expr)
		}
	} else {
		list = append(list, &Query{Items: q.Items, List: q.List})
	}
	for _, it := range q.Items {
		Walk(it.Expr, func(x Expr) {
			switch x.(type) {
			case Name, Call:
				alone(x)
			}
		})
	}
	for _, p := range problems {
		for _, near := range append(slices.Clone(p.Near), p.Name, p.Detail) {
			if x, err := ParseExpr(near); near != "" && err == nil {
				alone(x)
				alone(Call{Func: "count", Args: []Expr{x}})
			}
		}
	}
	for _, it := range q.Items {
		list = append(list, &Query{Items: []Item{it}, List: &List{Distinct: true}})
	}
	return list
}

// cut is one part of a query that may be left out, as a text.
type cut struct {
	text string
	from func(*Query)
}

func cuts(q *Query) []cut {
	var list []cut
	add := func(text string, from func(*Query)) { list = append(list, cut{text, from}) }
	for i, s := range q.Show {
		add("show "+s.Func+" "+exprTexts(s.Args), func(c *Query) { c.Show = slices.Delete(slices.Clone(c.Show), i, i+1) })
	}
	for i, s := range q.Sort {
		add("sort "+ExprString(s.Expr), func(c *Query) { c.Sort = slices.Delete(slices.Clone(c.Sort), i, i+1) })
	}
	for i, x := range Conjuncts(q.Having) {
		add("having "+ExprString(x), func(c *Query) { c.Having = without(q.Having, i) })
	}
	for i, x := range Conjuncts(q.Where) {
		add("where "+ExprString(x), func(c *Query) { c.Where = without(q.Where, i) })
	}
	for i, g := range q.By {
		add("by "+ExprString(g.Expr), func(c *Query) { c.By = slices.Delete(slices.Clone(c.By), i, i+1) })
	}
	if len(q.Per) > 0 {
		add("per "+exprTexts(q.Per), func(c *Query) { c.Per = nil })
	}
	if q.List != nil {
		for i, t := range q.List.With {
			add("from "+t.Table, func(c *Query) {
				l := *q.List
				l.With = slices.Delete(slices.Clone(l.With), i, i+1)
				c.List = &l
			})
		}
	}
	if q.On != nil {
		add("on "+strings.Join(q.On.Path, "."), func(c *Query) { c.On = nil })
	}
	if q.Fill != NoFill {
		add("fill", func(c *Query) { c.Fill = NoFill })
	}
	if q.Totals {
		add("totals", func(c *Query) { c.Totals = false })
	}
	if len(q.Versus) > 0 {
		add("vs", func(c *Query) { c.Versus = nil })
	}
	if len(q.During) > 0 {
		add("during", func(c *Query) { c.During = nil })
	}
	if len(q.Items) > 1 {
		for i, it := range q.Items {
			add(ExprString(it.Expr), func(c *Query) { c.Items = slices.Delete(slices.Clone(c.Items), i, i+1) })
		}
	}
	return list
}

func exprTexts(xs []Expr) string {
	parts := make([]string, len(xs))
	for i, x := range xs {
		parts[i] = ExprString(x)
	}
	return strings.Join(parts, ", ")
}

// without is a condition without one of those that it joins by and.
func without(e Expr, i int) Expr {
	var left Expr
	for j, x := range Conjuncts(e) {
		switch {
		case j == i:
		case left == nil:
			left = x
		default:
			left = Binary{Op: And, L: left, R: x}
		}
	}
	return left
}
