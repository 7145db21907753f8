package semantic

import (
	"slices"
	"strings"
)

// apart is the query with the parts of a value beside each other, where rules limit
// them differently.
func apart(q *Query, problems Problems) []*Query {
	c := q.Clone()
	c.Items = nil
	for _, it := range q.Items {
		i := slices.IndexFunc(problems, func(p Problem) bool { return p.Code == LimitedUnlike && p.Name == ExprString(it.Expr) })
		if i < 0 {
			c.Items = append(c.Items, it)
			continue
		}
		for _, name := range problems[i].Near {
			if x, err := ParseExpr(name); err == nil && !slices.ContainsFunc(c.Items, func(has Item) bool { return ExprString(has.Expr) == name }) {
				c.Items = append(c.Items, Item{Expr: x})
			}
		}
	}
	if len(c.Items) == 0 || len(c.Items) == len(q.Items) {
		return nil
	}
	for i := range problems {
		c.Sort = slices.DeleteFunc(c.Sort, func(s Sort) bool { return ExprString(s.Expr) == problems[i].Name })
	}
	return []*Query{c}
}

// permitted is the query about those of its members that the viewer may see, where
// there are such.
func permitted(q *Query, problems Problems) []*Query {
	barred := func(x Expr) bool {
		lit, ok := x.(Lit)
		return ok && slices.ContainsFunc(problems, func(p Problem) bool { return p.Code == NotPermitted && p.Name == lit.Value.String() })
	}
	found := false
	c := everywhere(q, func(x Expr) Expr {
		in, ok := x.(In)
		if !ok || in.Not || !slices.ContainsFunc(in.List, barred) {
			return nil
		}
		in.List = slices.DeleteFunc(slices.Clone(in.List), barred)
		switch len(in.List) {
		case 0:
			return nil
		case 1:
			found = true
			return Binary{Op: Eq, L: in.X, R: in.List[0]}
		}
		found = true
		return in
	})
	if !found {
		return nil
	}
	return []*Query{c}
}

// along are the query with each of its names looked for on each of the paths that
// a problem offers.
func along(q *Query, problems Problems) []*Query {
	var list []*Query
	for _, p := range problems {
		if p.Code != AmbiguousPath {
			continue
		}
		for _, near := range p.Near {
			path, err := ParseExpr(near)
			way, ok := path.(Name)
			if err != nil || !ok {
				continue
			}
			for _, n := range queryNames(q) {
				longer := Name{Path: append(slices.Clone(way.Path), n.Path[len(n.Path)-1])}
				list = append(list, replaced(q, strings.Join(n.Path, "."), ExprString(longer)))
			}
		}
	}
	return list
}

func queryNames(q *Query) []Name {
	var names []Name
	everywhere(q, func(x Expr) Expr {
		n, ok := x.(Name)
		if g, grained := x.(Grained); grained {
			n, ok = g.Of, true
		}
		if ok {
			names = append(names, n)
		}
		return nil
	})
	return names
}

// meant are the query put right by what its problems say is wrong with it.
func meant(q *Query, problems Problems) []*Query {
	var list []*Query
	for _, p := range problems {
		switch p.Code {
		case AggregateInWhere, PlainInHaving:
			list = append(list, moved(q))
		case NoComparison:
			list = append(list, compared(q)...)
		case BadPeriod, OutOfCalendar:
			list = append(list, dated(q, p)...)
		case GrainTooFine:
			list = append(list, coarser(q)...)
		case MixedShape:
			list = append(list, grouped(q, p)...)
		case NotAdditive:
			list = append(list, everywhere(q, func(x Expr) Expr {
				if c, ok := x.(Call); ok && len(c.Args) > 0 && ExprString(c.Args[0]) == p.Name {
					return c.Args[0]
				}
				return nil
			}))
		case NestedWindow:
			list = append(list, everywhere(q, func(x Expr) Expr {
				if c, ok := x.(Call); ok && ExprString(c) == p.Name && len(c.Args) > 0 {
					return c.Args[0]
				}
				return nil
			}))
		}
	}
	return list
}

// moved puts the conditions on results behind having, and those on rows behind
// where.
func moved(q *Query) *Query {
	c := q.Clone()
	c.Where, c.Having = nil, nil
	put := func(to *Expr, x Expr) {
		if *to != nil {
			x = Binary{Op: And, L: *to, R: x}
		}
		*to = x
	}
	items := map[string]bool{}
	for _, it := range q.Items {
		items[ExprString(it.Expr)] = true
	}
	for _, x := range append(Conjuncts(q.Where), Conjuncts(q.Having)...) {
		result := false
		Walk(x, func(e Expr) {
			call, ok := e.(Call)
			f, _ := FunctionNamed(call.Func)
			result = result || ok && f.Kind != ScalarFunc || items[ExprString(e)]
		})
		if result {
			put(&c.Having, x)
		} else {
			put(&c.Where, x)
		}
	}
	return c
}

// compared adds a second period, and a first one where there is none.
func compared(q *Query) []*Query {
	c := q.Clone()
	c.Versus = []Versus{{How: Prior}}
	d := c.Clone()
	d.During = []Period{Relative{Unit: Month, From: -1, To: -1}}
	return []*Query{c, d}
}

// dated puts other periods in place of one that is none: its ends the other way
// round, what the problem offers, the festival of this or the last year.
func dated(q *Query, p Problem) []*Query {
	var list []*Query
	with := func(i int, period Period) {
		c := q.Clone()
		c.During[i] = period
		list = append(list, c)
	}
	for i, period := range q.During {
		switch x := period.(type) {
		case Relative:
			with(i, Relative{Unit: x.Unit, From: x.To, To: x.From})
		case Range:
			with(i, Range{Start: x.End, End: x.Start})
		}
		if strings.HasPrefix(PeriodString(period), "festival(") {
			name, _, _ := strings.Cut(strings.TrimPrefix(PeriodString(period), "festival("), ",")
			for _, year := range []string{"0", "-1"} {
				if other, err := ParsePeriod("festival(" + name + ", " + year + ")"); err == nil {
					with(i, other)
				}
			}
		}
		for _, near := range p.Near {
			if other, err := ParsePeriod(near); err == nil {
				with(i, other)
			}
		}
	}
	if len(q.During) == 0 {
		for _, near := range p.Near {
			if period, err := ParsePeriod(near); err == nil {
				c := q.Clone()
				c.During = []Period{period}
				list = append(list, c)
			}
		}
	}
	return list
}

// coarser are the query with every cut of a time at each coarser unit.
func coarser(q *Query) []*Query {
	var list []*Query
	for _, unit := range []Unit{Day, Week, Month, Quarter, Year} {
		list = append(list, everywhere(q, func(x Expr) Expr {
			if g, ok := x.(Grained); ok && g.Grain.Unit != NoUnit && g.Grain.Unit < unit {
				return Grained{Of: g.Of, Grain: Grain{Unit: unit}}
			}
			return nil
		}))
	}
	return list
}

// grouped puts an attribute that stands among numbers behind by, a number that
// stands among attributes alone, and lists attributes that stand alone.
func grouped(q *Query, p Problem) []*Query {
	var list []*Query
	if q.List != nil {
		return nil
	}
	var numbers []Item
	var groups []Group
	for _, it := range q.Items {
		if n, ok := it.Expr.(Name); ok && strings.Join(n.Path, ".") == p.Name {
			groups = append(groups, Group{Expr: n})
		} else {
			numbers = append(numbers, it)
		}
	}
	if len(groups) > 0 && len(numbers) > 0 {
		c := q.Clone()
		c.Items, c.By = numbers, append(c.By, groups...)
		list = append(list, c)
	}
	if len(groups) > 0 && len(numbers) == 0 {
		c := &Query{Items: q.Items, List: &List{Distinct: true}}
		list = append(list, c)
	}
	return list
}
