package draft

import "strings"

// billing are tables whose rows ask somebody for money.
var billing = wordSet("invoice bill")

// billings adds up what was asked for in the invoices of a table: what was billed last
// month. None where several amounts might be meant.
func (t *table) billings() (metric, bool) {
	words := strings.Fields(t.label.EN)
	if t.time == nil || len(words) == 0 || !billing[words[len(words)-1]] {
		return metric{}, false
	}
	var found *column
	for _, c := range t.columns {
		if c.name == "" || c.sum() != "sum" || c.join != nil {
			continue
		}
		words := c.nameWords()
		if len(words) == 0 || !amountWords[words[len(words)-1]] && words[len(words)-1] != "total" {
			continue
		}
		if found != nil {
			return metric{}, false
		}
		found = c
	}
	if found == nil {
		return metric{}, false
	}
	m := metric{name: t.name + "_billed", expr: "sum(" + t.spelt(found) + ")", home: t}
	m.label.EN = "amount billed"
	m.synonyms = []string{"billed", "total billed", "billed amount", "billings", "invoiced", "amount invoiced", "total invoiced", "billing amount"}
	return m, true
}
