package nlq

import (
	"slices"

	"wenshu/semantic"
)

// added shows beside the answer the attribute that a phrase names of what the answer is
// split by or lists, the city of each account, and returns its column; "" where there is
// none or are several.
func (c *shownColumns) added(phrase *Text) string {
	var found []semantic.Name
	for _, e := range c.entities() {
		if d := c.attribute(phrase, e.table); d != nil {
			name := c.r.nameOf(d, e.via)
			if !slices.ContainsFunc(found, func(o semantic.Name) bool { return semantic.ExprString(o) == semantic.ExprString(name) }) {
				found = append(found, name)
			}
		}
	}
	if len(found) != 1 || c.taken[semantic.ExprString(found[0])] {
		return ""
	}
	c.query = c.query.Clone()
	if c.query.List != nil {
		c.query.Items = append(c.query.Items, semantic.Item{Expr: found[0]})
	} else {
		c.query.By = append(c.query.By, semantic.Group{Expr: found[0]})
	}
	return semantic.ExprString(found[0])
}

// shownEntity is an entity whose rows an answer shows one by one.
type shownEntity struct {
	table *semantic.Table
	via   string // the joins that lead to it where it plays a role; "" for the nearest way
}

// entities are those that results are split by, or whose rows are listed.
func (c *shownColumns) entities() []shownEntity {
	var found []shownEntity
	add := func(e shownEntity) {
		if e.table != nil && !slices.Contains(found, e) {
			found = append(found, e)
		}
	}
	if c.query.List != nil {
		if c.query.List.Distinct {
			return nil
		}
		add(shownEntity{table: tableNamed(c.r.model, c.query.List.From)})
		return found
	}
	for _, g := range c.query.By {
		x, ok := g.Expr.(semantic.Name)
		if !ok {
			continue
		}
		e := shownEntity{table: c.entityOf(x)}
		if d := c.r.dimensionOf(x); d != nil && d.Of != nil {
			e.via = semantic.ExprString(x)
			if len(x.Path) == 1 {
				e.via = d.Table.Name + "." + d.Of.Name
			}
		}
		add(e)
	}
	return found
}

// attribute is the one column of an entity that a phrase names: all of it does, or it says
// the words that tell the column from the others; nil for none or several.
func (c *shownColumns) attribute(phrase *Text, t *semantic.Table) *semantic.Dimension {
	objects := c.objects(phrase)
	for _, o := range objects {
		if o.Table == t && o.Dimension == nil && o.Member == "" && len(t.Display) > 0 {
			return t.Display[0]
		}
	}
	var named, like []*semantic.Dimension
	for _, d := range t.Dimensions {
		switch {
		case slices.ContainsFunc(objects, func(o Object) bool { return o.Dimension == d && o.Member == "" }):
			named = append(named, d)
		case c.isCalled(d, phrase):
			like = append(like, d)
		}
	}
	switch {
	case len(named) == 1:
		return named[0]
	case len(named) == 0 && len(like) == 1:
		return like[0]
	}
	return nil
}

// isCalled reports whether the words of a phrase are all of a column's name or of its
// entity's, one at least the column's own; a date may be called by its act alone.
func (c *shownColumns) isCalled(d *semantic.Dimension, phrase *Text) bool {
	own := false
	for _, token := range phrase.Tokens {
		word := token.Norm
		switch {
		case token.Class == Mark || word == "s":
		case isMoment(d) && (word == "date" || word == "day"):
		case c.r.hasWord(d, word) || c.likeWord(d, word):
			own = true
		case c.r.mentionsNames(d.Table.Name, d.Table.Names, []string{word}) == notAtAll:
			return false
		}
	}
	return own
}

func isMoment(d *semantic.Dimension) bool {
	return d.Type.Kind == semantic.Date || d.Type.Kind == semantic.Timestamp
}

// likeWord reports whether a word is of the same stem as one of a date's name: the expiry
// date is when something expires.
func (c *shownColumns) likeWord(d *semantic.Dimension, word string) bool {
	if !isMoment(d) || len(word) < 5 {
		return false
	}
	for _, text := range append([]string{d.Names.Label.EN, spaced(d.Name)}, d.Names.Synonyms...) {
		for _, own := range c.r.vocabulary.tokens(text) {
			if len(own) >= 5 && own[:5] == word[:5] && classOfNorm(own) == Word || slices.ContainsFunc(c.r.vocabulary.bases(own), func(b string) bool { return slices.Contains(c.r.vocabulary.bases(word), b) }) {
				return true
			}
		}
	}
	return false
}

// partPeriods splits results by the year and by the part of it, where the list names both
// and the answer has them in one column.
func (c *shownColumns) partPeriods() {
	if len(c.query.Show)+len(c.query.Versus)+len(c.query.Per) > 0 || c.query.Limit > 0 || c.query.List != nil {
		return
	}
	for i, g := range c.query.By {
		x, ok := g.Expr.(semantic.Grained)
		if !ok || !c.taken[semantic.ExprString(x)+" year"] {
			continue
		}
		cycle, noun := semantic.QuarterOfYear, " quarter"
		if x.Grain.Unit == semantic.Month {
			cycle, noun = semantic.MonthOfYear, " month"
		}
		if !c.taken[semantic.ExprString(x)+noun] || slices.ContainsFunc(c.query.Sort, func(k semantic.Sort) bool { return semantic.ExprString(k.Expr) == semantic.ExprString(x) }) {
			continue
		}
		year := semantic.Group{Expr: semantic.Grained{Of: x.Of, Grain: semantic.Grain{Unit: semantic.Year}}}
		part := semantic.Group{Expr: semantic.Grained{Of: x.Of, Grain: semantic.Grain{Cyclic: cycle}}}
		parted := c.query.Clone()
		parted.By = slices.Concat(parted.By[:i], []semantic.Group{year, part}, parted.By[i+1:])
		c.query = parted
		return
	}
}
