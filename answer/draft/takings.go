package draft

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// sold are tables whose rows are sold: what they cost is what was taken for them.
var sold = wordSet("order booking reservation ticket sale rental subscription")

// costing are the last words of columns that say what one row was sold for.
var costing = wordSet("price amount fare total fee charge cost")

// takings returns the column that says what each row of a table was sold for; nil
// where none is, or several are, or it is the price of one of a quantity.
func (t *table) takings() *column {
	words := strings.Fields(t.label.EN)
	if t.time == nil || len(words) == 0 || !sold[words[len(words)-1]] {
		return nil
	}
	var found *column
	for _, c := range t.columns {
		words := c.nameWords()
		switch {
		case len(words) == 0:
		case slices.Contains(words, "quantity") || slices.Contains(words, "unit") || slices.Contains(words, "revenue"):
			return nil
		case c.name != "" && c.sum() != "" && costing[words[len(words)-1]]:
			if found != nil {
				return nil
			}
			found = c
		}
	}
	return found
}

// revenueMetric adds up what the rows of a table were sold for: booking revenue.
func (c *column) revenueMetric() metric {
	t := c.table
	m := metric{name: t.name + "_revenue", expr: "sum(" + spelled(t.name) + "." + spelled(c.name) + ")", home: t}
	m.label = semantic.Label{EN: t.label.EN + " revenue"}
	m.synonyms = []string{"revenue", "total " + t.label.EN + " revenue"}
	if t.label.ZH != "" {
		m.label.ZH = t.label.ZH + "收入"
		m.synonyms = append(m.synonyms, "收入", "营收")
	}
	return m
}
