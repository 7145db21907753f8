package draft

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// unitNouns are what people call amounts by their unit: the kilos delivered.
var unitNouns = map[string][]string{
	"kg": {"kilos", "kilograms", "kg"}, "t": {"tonnes", "tons"}, "km": {"kilometres", "kilometers", "km"}, "ha": {"hectares"}, "miles": {"miles"},
	"hours": {"hours"}, "minutes": {"minutes"}, "kWh": {"kwh", "kilowatt hours"}, "l": {"litres", "liters"}, "acres": {"acres"},
}

// countsSold are the names of columns that say how many of something were sold.
var countsSold = wordSet("unit units volume")

// saySold calls a number of units of what was sold 销量, as everybody does.
func (c *column) saySold() {
	words := c.nameWords()
	if c.role == addable && c.table.isSold() && len(words) == 1 && countsSold[words[0]] {
		c.synonyms = append(c.synonyms, "units sold", "unit sales", "sales volume", "销量", "销售量", "销售数量")
	}
}

// sayUnits adds the nouns of the unit of an amount, where no other number of its table
// is counted in it.
func (c *column) sayUnits() {
	unit, _ := c.unit()
	nouns := unitNouns[unit]
	if c.role != addable || len(nouns) == 0 || hasHan(c.schema.Name) {
		return
	}
	for _, o := range c.table.columns {
		if other, _ := o.unit(); o != c && other == unit && o.role == addable {
			return
		}
	}
	c.synonyms = append(c.synonyms, nouns...)
	if named := wordSet("quantity qty amount weight volume"); len(c.words) > 1 && slices.ContainsFunc(c.nameWords(), func(w string) bool { return named[w] }) && c.table.label.EN != "" {
		if h := c.table.doing(); h != nil {
			c.synonyms = append(c.synonyms, nouns[0]+" "+h.past)
		}
	}
}

// doing is what the rows of a table do by its name: deliveries are delivered.
func (t *table) doing() *happening {
	for i := range happenings {
		if slices.Contains(happenings[i].nouns, t.label.EN) {
			return &happenings[i]
		}
	}
	return nil
}

// perUnit is the name of a price for one of something, that closes with what it is a
// price for: price per kg of price_kg.
func perUnit(words []string) string {
	n := len(words)
	if n < 2 || !priceWords[words[n-2]] || units[words[n-1]] == "" || currencies[units[words[n-1]]] {
		return ""
	}
	one := words[n-1]
	if one == "hrs" || one == "hours" || one == "hr" {
		one = "hour"
	}
	return strings.Join(words[:n-1], " ") + " per " + one
}

// labelPrice says of a price what it is for.
func (c *column) labelPrice() {
	if per := perUnit(c.words); per != "" && c.role != addable {
		c.label.EN = per
	}
	c.sayUnits()
	c.saySold()
}

var (
	priceWords = wordSet("price rate cost charge fee tariff")
	currencies = wordSet("USD CNY EUR GBP JPY HKD")
)

// worth is what the rows of a table are worth: how much of something by the price of
// each, where nothing in it says so itself.
func (t *table) worth() (metric, bool) {
	var quantity, price *column
	for _, c := range t.columns {
		words := c.nameWords()
		if c.name == "" || c.join != nil || len(words) == 0 || c.kind.Kind != semantic.Int && c.kind.Kind != semantic.Float && c.kind.Kind != semantic.Decimal {
			continue
		}
		switch {
		case slices.ContainsFunc(words, func(w string) bool { return w == "quantity" || w == "qty" }):
			if quantity != nil {
				return metric{}, false
			}
			quantity = c
		case slices.Contains(words, "price"):
			if price != nil {
				return metric{}, false
			}
			price = c
		case slices.ContainsFunc(words, func(w string) bool {
			return w == "amount" || w == "total" || w == "revenue" || w == "value" || w == "discount"
		}):
			return metric{}, false
		}
	}
	if quantity == nil || price == nil || t.time == nil || t.label.EN == "" {
		return metric{}, false
	}
	m := metric{name: t.name + "_value", expr: "sum(" + t.spelt(quantity) + " * " + t.spelt(price) + ")", home: t}
	m.label.EN = t.label.EN + " value"
	m.synonyms = []string{"total " + t.label.EN + " value", "value of " + pluralPhrase(t.label.EN), "total value of " + pluralPhrase(t.label.EN)}
	if t.sells() {
		m.synonyms = append(m.synonyms, t.label.EN+" revenue", "revenue", "sales", "turnover", "income", "sales revenue", "takings")
		if t.label.ZH != "" {
			m.label.ZH = t.label.ZH + "收入"
			m.synonyms = append(m.synonyms, "销售额", "营业额", "营收", "收入")
		}
	}
	return m, true
}
