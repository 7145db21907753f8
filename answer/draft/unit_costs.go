package draft

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// usedUp is what the things come to that the rows of a table use or sell so many of, where
// what one of them costs stands with the thing itself: the parts of work orders by the unit
// cost of a part. None where the table has money of its own, or two things with a price.
func (t *table) usedUp() (metric, bool) {
	quantity := t.onlyColumn(func(c *column) bool { return c.name != "" && c.join == nil && c.saysQuantity() })
	if quantity == nil || t.label.EN == "" || slices.ContainsFunc(t.columns, (*column).saysMoney) {
		return metric{}, false
	}
	var thing *join
	var each *column
	for _, j := range t.joins {
		if j.to == t || len(j.here) != 1 {
			continue
		}
		c := j.to.onlyColumn(func(c *column) bool { return c.name != "" && c.pricesOne(quantity) })
		switch {
		case c == nil:
		case each != nil:
			return metric{}, false
		default:
			thing, each = j, c
		}
	}
	if each == nil || thing.to.label.EN == "" {
		return metric{}, false
	}
	path := func(names ...string) string { return semantic.ExprString(semantic.Name{Path: names}) }
	m := metric{name: t.name + "_cost", home: t, expr: "sum(" + t.spelt(quantity) + " * " + path(t.name, thing.name, each.name) + ")"}
	one, many := thing.to.label.EN, pluralPhrase(thing.to.label.EN)
	if slices.Contains(each.nameWords(), "price") {
		if !t.sellsItems() {
			return metric{}, false
		}
		m.name, m.label.EN = t.name+"_sales", one+" sales"
		m.synonyms = salesNames
		return m, true
	}
	m.label = semantic.Label{EN: one + " cost"}
	m.synonyms = []string{"total " + one + " cost", many + " cost", "cost of " + many, "total cost of " + many, "total cost", "cost", "costs", "total costs"}
	if zh := thing.to.label.ZH; zh != "" {
		m.label.ZH = zh + "费用"
		m.synonyms = append(m.synonyms, zh+"成本", zh+"总成本")
	}
	return m, true
}

// salesNames are what people call the money that goods were sold for.
var salesNames = []string{"revenue", "sales revenue", "total revenue", "total sales", "sales amount", "turnover"}

// sellsItems reports whether the rows of a table are sold, or the items of what is.
func (t *table) sellsItems() bool {
	return t.isSold() || slices.ContainsFunc(t.joins, func(j *join) bool { return j.to != t && j.to.isSold() })
}

// saysQuantity reports whether a column says how many of something, or how much by weight
// or volume.
func (c *column) saysQuantity() bool {
	return c.role == addable && slices.ContainsFunc(c.nameWords(), func(w string) bool { return w == "quantity" || w == "qty" })
}

// pricesOne reports whether a column says what one of a thing costs, in the unit in which
// a quantity is counted.
func (c *column) pricesOne(quantity *column) bool {
	words := c.nameWords()
	n := len(words)
	if n == 0 || c.sum() == "" {
		return false
	}
	if per := slices.Index(words, "per"); per > 0 && per == n-2 && (words[per-1] == "cost" || words[per-1] == "price") {
		unit, _ := quantity.unit()
		return words[n-1] == "unit" || units[words[n-1]] != "" && units[words[n-1]] == unit
	}
	switch strings.Join(words, " ") {
	case "unit cost", "cost", "cost price", "unit price", "price", "list price":
		return true
	}
	return false
}
