package nlq

import (
	"slices"

	"wenshu/semantic"
)

// figure is the number of the answer that a phrase stands for, by what kind of number it
// says and of what: the average, the number of permits, the change; "" for none or several.
func (c *shownColumns) figure(phrase *Text) string {
	kinds, rest := c.kindsSaid(phrase)
	var found []string
	for _, f := range c.figures() {
		if len(kinds) == 0 || !slices.ContainsFunc(f.kinds, func(k string) bool { return slices.Contains(kinds, k) }) {
			continue
		}
		if c.isOf(f, rest) {
			found = append(found, f.column)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	if len(found) > 1 {
		return ""
	}
	return c.named(phrase)
}

// named is the number of the answer that is called as a phrase is.
func (c *shownColumns) named(phrase *Text) string {
	objects := c.objects(phrase)
	column := ""
	for _, f := range c.figures() {
		if !slices.ContainsFunc(objects, func(o Object) bool { return f.is(o) }) {
			continue
		}
		if column != "" {
			return ""
		}
		column = f.column
	}
	return column
}

// shownFigure is one number that an answer shows.
type shownFigure struct {
	column string
	kinds  []string            // what aggregates or comparisons make it
	metric *semantic.Metric    // nil for none
	dim    *semantic.Dimension // the column that is aggregated; nil for none
	table  *semantic.Table     // whose rows are counted; nil for none
}

// is reports whether a number is that of an object.
func (f shownFigure) is(o Object) bool {
	switch {
	case o.Member != "":
		return false
	case o.Metric != nil:
		return o.Metric == f.metric
	case o.Dimension != nil:
		return o.Dimension == f.dim
	case o.Table != nil:
		return o.Table == f.table
	}
	return false
}

// figures are the numbers that the answer shows: what it computes, and what it compares
// or shares them with.
func (c *shownColumns) figures() []shownFigure {
	if c.query.List != nil {
		return nil
	}
	var found []shownFigure
	for _, item := range c.query.Items {
		f := shownFigure{column: semantic.ExprString(item.Expr)}
		c.describe(&f, item.Expr)
		found = append(found, f)
		for _, show := range c.query.Show {
			found = append(found, shownFigure{column: show.Func + " " + f.column, kinds: []string{show.Func}, metric: f.metric, dim: f.dim, table: f.table})
		}
	}
	return found
}

// describe says what an expression computes and of what.
func (c *shownColumns) describe(f *shownFigure, e semantic.Expr) {
	switch x := e.(type) {
	case semantic.Filtered:
		c.describe(f, x.X)
	case semantic.Binary:
		switch x.Op {
		case semantic.Div:
			f.kinds = append(f.kinds, "ratio")
		case semantic.Sub:
			f.kinds = append(f.kinds, "difference")
		}
	case semantic.Call:
		f.kinds = append(f.kinds, x.Func)
		if len(x.Args) != 1 {
			return
		}
		if name, ok := x.Args[0].(semantic.Name); ok {
			f.dim = c.r.dimensionOf(name)
			if t := tableNamed(c.r.model, name.Path[len(name.Path)-1]); t != nil && len(name.Path) == 1 {
				f.table = t
			}
		}
	case semantic.Name:
		if len(x.Path) != 1 {
			return
		}
		if m := c.r.model.Metric(x.Path[0]); m != nil {
			c.describe(f, m.Expr)
			f.metric = m
			if t := c.r.countedBy[m]; t != nil {
				f.table = t
			}
		}
	}
}

// kindsSaid are the kinds of numbers that a phrase may say, and its other words.
func (c *shownColumns) kindsSaid(phrase *Text) (kinds []string, rest *Text) {
	rest = &Text{Typed: phrase.Typed}
	best := len(figureNouns)
	how := phrase.At(0).Norm == "how" && (phrase.At(1).Norm == "many" || phrase.At(1).Norm == "much")
	for at, token := range phrase.Tokens {
		if how && at < 2 {
			continue
		}
		rank := slices.IndexFunc(figureNouns, func(f figureNoun) bool { return slices.Contains(f.words, token.Norm) })
		switch {
		case rank >= 0:
			best = min(best, rank)
		case token.Class == Mark || ofFigures[token.Norm]:
			if len(rest.Tokens) > 0 && token.Norm != "%" {
				rest.Tokens = append(rest.Tokens, token)
			}
		default:
			rest.Tokens = append(rest.Tokens, token)
		}
	}
	if how && best == len(figureNouns) {
		return []string{"count", "count_distinct"}, rest
	}
	if best == len(figureNouns) {
		return nil, rest
	}
	return figureNouns[best].kinds, rest
}

// figureNoun says which kinds of numbers some nouns may stand for.
type figureNoun struct{ words, kinds []string }

// figureNouns are the nouns for numbers, the telling ones first: a percentage change is a
// change, a total number a number.
var figureNouns = []figureNoun{
	{[]string{"change", "growth", "increase", "decrease"}, []string{"change", "growth", "difference"}},
	{[]string{"difference", "gap"}, []string{"difference", "change"}},
	{[]string{"rank"}, []string{"rank"}},
	{[]string{"percentage", "percent", "share", "proportion", "fraction", "rate"}, []string{"ratio", "share"}},
	{[]string{"ratio"}, []string{"ratio"}},
	{[]string{"average", "mean", "avg"}, []string{"avg", "ratio"}},
	{[]string{"median"}, []string{"median"}},
	{[]string{"maximum", "max", "highest", "largest", "biggest", "longest", "greatest", "latest"}, []string{"max"}},
	{[]string{"minimum", "min", "lowest", "smallest", "shortest", "earliest", "first"}, []string{"min"}},
	{[]string{"number", "count", "counts", "frequency"}, []string{"count", "count_distinct"}},
	{[]string{"total", "sum"}, []string{"sum", "count", "count_distinct"}},
	{[]string{"amount", "value"}, []string{"sum"}},
}

// ofFigures are the words between a noun for a number and what it is of.
var ofFigures = setOf("of the in all % amount")

// isOf reports whether a number is of what some words say: they name what it is made from,
// or were said before and name nothing else that might be counted or added up.
func (c *shownColumns) isOf(f shownFigure, rest *Text) bool {
	if len(rest.Tokens) == 0 {
		return true
	}
	objects := c.objects(rest)
	if slices.ContainsFunc(objects, f.is) {
		return true
	}
	for _, o := range objects {
		if o.Member == "" && (o.Table != nil && o.Dimension == nil || o.Metric != nil || o.Dimension != nil && isMeasurable(o.Dimension)) {
			return false
		}
	}
	return c.said(rest.Tokens)
}
