package draft

import "strings"

// billing are tables whose rows ask somebody for money.
var billing = wordSet("invoice bill")

// bills reports whether the rows of a table ask somebody for money, by what one is called.
func (t *table) bills() bool {
	words := strings.Fields(t.label.EN)
	return len(words) > 0 && billing[words[len(words)-1]]
}

// billings adds up what was asked for in the invoices of a table: what was billed last
// month. None where several amounts might be meant.
func (t *table) billings() (metric, bool) {
	if t.time == nil || !t.bills() {
		return metric{}, false
	}
	found := t.onlyColumn(func(c *column) bool {
		words := c.nameWords()
		return c.name != "" && c.sum() == "sum" && c.join == nil && len(words) > 0 && (amountWords[words[len(words)-1]] || words[len(words)-1] == "total")
	})
	if found == nil {
		return metric{}, false
	}
	m := metric{name: t.name + "_billed", expr: "sum(" + t.spelt(found) + ")", home: t}
	m.label.EN = "amount billed"
	m.synonyms = []string{"billed", "total billed", "billed amount", "billings", "invoiced", "amount invoiced", "total invoiced", "billing amount"}
	return m, true
}
