package draft

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// ofTax and ofNet find the amounts of a table with the tax alone and without it; nil for
// none or several.
func (t *table) ofTax() *column { return t.moneyThatSays(taxWords) }
func (t *table) ofNet() *column { return t.moneyThatSays(netWords) }

func (t *table) moneyThatSays(words map[string]bool) *column {
	return t.onlyColumn(func(c *column) bool {
		says := saysAny(c, words) || slices.ContainsFunc(c.short, func(w string) bool { return words[w] })
		return c.name != "" && c.role == addable && c.join == nil && c.kind.Kind != semantic.Text && says
	})
}

// grossWords say that an amount has the tax in it.
var grossWords = wordSet("gross grs total")

// findGross finds what the rows of a table come to with the tax, where only the amount
// without it and the tax are there: the gross premium. An amount that has both in it is
// called so.
func (t *table) findGross() {
	net, tax := t.ofNet(), t.ofTax()
	if net == nil || tax == nil || net == tax {
		return
	}
	for _, c := range t.columns {
		if c != net && c != tax && c.name != "" && c.role == addable && saysAny(c, grossWords) && c.saysMoney() {
			c.synonyms = append(c.synonyms, "gross amount", "amount including tax", "total including tax", "含税金额", "价税合计")
			return
		}
	}
	if t.bills() || t.label.EN == "" {
		return // taxedBillings are of those
	}
	noun := strings.Join(slices.DeleteFunc(strings.Fields(net.label.EN), func(w string) bool { return w == "net" || w == "amount" || w == "total" }), " ")
	var called []string
	if noun == "" {
		noun = t.label.EN
	}
	if _, last, ok := cutLast(noun); ok {
		called = append(called, "gross "+last, last+" including tax")
	}
	t.durations = append(t.durations, duration{
		name: legal("gross_"+strings.ReplaceAll(noun, " ", "_"), "gross"), end: net, kind: "float", sum: "sum", label: semantic.Label{EN: "gross " + noun, ZH: "含税金额"},
		expr: spelled(net.schema.Name) + " + coalesce(" + spelled(tax.schema.Name) + ", 0)", synonyms: append(called, "价税合计"), evidence: net.schema.Name + " is without the tax, " + tax.schema.Name + " is the tax",
	})
}

// taxed counts the tables with amounts without a tax beside the tax, by what that is called.
func (d *drafting) taxed() map[string]int {
	count := map[string]int{}
	for _, t := range d.tables {
		if net, tax := t.ofNet(), t.ofTax(); net != nil && tax != nil && net != tax {
			count[tax.taxWord()]++
		}
	}
	return count
}

// taxWord is what people call the tax of a column.
func (c *column) taxWord() string {
	if saysAny(c, wordSet("vat gst")) {
		return "vat"
	}
	return "tax"
}

// taxedSums are what the rows of a table come to without the tax and with it. Alone with
// such a tax, it is called so without saying of what.
func (t *table) taxedSums(taxed map[string]int) []metric {
	net, tax := t.ofNet(), t.ofTax()
	if net == nil || tax == nil || net == tax || t.bills() || t.label.EN == "" {
		return nil
	}
	if t.onlyColumn(func(c *column) bool {
		return c != net && c != tax && c.name != "" && c.role == addable && saysAny(c, grossWords) && c.saysMoney()
	}) != nil {
		return nil
	}
	of := t.label.EN + " amount"
	called := [2][]string{}
	for i, front := range []string{"net", "gross"} {
		called[i] = []string{front + " amount", front + " total", "total " + front}
		if m, ok := t.received(); ok {
			of = m.label.EN
			for _, s := range m.synonyms {
				if !hasHan(s) {
					called[i] = append(called[i], front+" "+s, s+" "+front)
				}
			}
		}
	}
	for _, w := range []string{"vat", "tax"} {
		if taxed[w] > 1 || taxed[w] == 1 && tax.taxWord() != w {
			continue
		}
		called[0] = append(called[0], "net of "+w, "excluding "+w, "without "+w, "before "+w, "ex "+w, "excl "+w)
		called[1] = append(called[1], "including "+w, "with "+w, "incl "+w, "inclusive of "+w)
	}
	sum := "sum(" + t.spelt(net) + ")"
	return []metric{
		{name: t.name + "_net", home: t, expr: sum, label: semantic.Label{EN: "net " + of, ZH: "不含税金额"}, synonyms: called[0]},
		{name: t.name + "_gross", home: t, expr: sum + " + sum(" + t.spelt(tax) + ")", label: semantic.Label{EN: "gross " + of, ZH: "含税总额"}, synonyms: called[1]},
	}
}

// cutLast parts the last word of a phrase from those before.
func cutLast(s string) (front, last string, ok bool) {
	at := strings.LastIndexByte(s, ' ')
	if at < 0 {
		return "", s, false
	}
	return s[:at], s[at+1:], true
}
