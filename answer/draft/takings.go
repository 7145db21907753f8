package draft

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// sold are tables whose rows are sold: what they cost is what was taken for them.
var sold = wordSet("order booking reservation ticket sale sales rental subscription")

// ordersWork are orders by which somebody works or buys: what they cost was not taken.
var ordersWork = wordSet("work maintenance repair production manufacturing purchase job service inspection")

// costing are the last words of columns that say what one row was sold for.
var costing = wordSet("price amount fare total fee charge cost")

// sells reports whether the rows of a table are sold, by what one is called.
func (t *table) sells() bool {
	words := strings.Fields(t.label.EN)
	n := len(words)
	return n > 0 && sold[words[n-1]] && (n < 2 || !ordersWork[words[n-2]])
}

// takings returns the column that says what each row of a table was sold for; nil
// where none is, or several are, or it is the price of one of a quantity.
func (t *table) takings() *column {
	if t.time == nil || !t.sells() {
		return nil
	}
	var asked []*column
	for _, c := range t.columns {
		words := c.nameWords()
		switch {
		case len(words) == 0:
		case slices.Contains(words, "quantity") || slices.Contains(words, "unit") || slices.Contains(words, "revenue"):
			return nil
		case c.name != "" && c.sum() != "" && costing[words[len(words)-1]]:
			asked = append(asked, c)
		}
	}
	return takenOf(asked)
}

// takenOf is the one of several amounts of a row that was taken for it: none that was taken
// off or added to another, and what was paid before what was asked for.
func takenOf(amounts []*column) *column {
	kept := slices.DeleteFunc(amounts, func(c *column) bool { return len(amounts) > 1 && saysAny(c, besideTaken) })
	for _, which := range []map[string]bool{takenWords, wholeWords} {
		if said := slices.DeleteFunc(slices.Clone(kept), func(c *column) bool { return !saysAny(c, which) }); len(kept) > 1 && len(said) > 0 {
			kept = said
		}
	}
	if len(kept) != 1 {
		return nil
	}
	return kept[0]
}

// besideTaken are words of amounts beside what was taken for a row, takenWords and
// wholeWords those of the amounts that say it best.
var (
	besideTaken = wordSet("discount coupon voucher promotion promo rebate reduction refund returned tax vat freight shipping shipment delivery postage commission deposit cost list original tip points subsidy package packing handling platform service")
	takenWords  = wordSet("pay paid payment actual received net real final settlement settled")
	wholeWords  = wordSet("total grand order sale sales payable due")
)

// revenueMetric adds up what the rows of a table were sold for: booking revenue.
func (c *column) revenueMetric() metric {
	t := c.table
	m := metric{name: t.name + "_revenue", expr: "sum(" + spelled(t.name) + "." + spelled(c.name) + ")", home: t}
	m.label = semantic.Label{EN: t.label.EN + " revenue"}
	m.synonyms = []string{"revenue", "total " + t.label.EN + " revenue"}
	if t.label.ZH != "" {
		m.label.ZH = t.label.ZH + "收入"
		if t.isSold() {
			m.label.ZH = "销售额"
			m.synonyms = append(m.synonyms, t.label.ZH+"收入", "营业额", "成交额", "销售金额", "消费金额", "消费额", "累计消费", "消费总额", "总消费")
		}
		m.synonyms = append(m.synonyms, "收入", "营收")
	}
	return m
}

// sellsGoods are the tables of sold whose takings Chinese calls 销售额.
var sellsGoods = wordSet("order sale sales")

// averageTaken is what one row of a table was sold for on average: the average order
// value, 客单价.
func (c *column) averageTaken() metric {
	t := c.table
	m := metric{name: "average_" + t.name + "_value", expr: "avg(" + spelled(t.name) + "." + spelled(c.name) + ")", home: t}
	m.label = semantic.Label{EN: "average " + t.label.EN + " value"}
	if t.label.ZH != "" {
		m.label.ZH = "客单价"
		m.synonyms = append(m.synonyms, "笔单价", "平均客单价")
	}
	return m
}

// takenPerBuyer is what each of those who bought was sold: 人均消费.
func (c *column) takenPerBuyer() (metric, bool) {
	t := c.table
	var buyer *join
	for _, j := range t.joins {
		if len(j.here) == 1 && j.here[0].name != "" && j.to.isBuyers() {
			if buyer != nil {
				return metric{}, false
			}
			buyer = j
		}
	}
	if buyer == nil || buyer.to.label.ZH == "" {
		return metric{}, false
	}
	m := metric{name: t.name + "_revenue_per_" + legal(buyer.to.label.EN, "buyer"), home: t, expr: "sum(" + t.spelt(c) + ") / count_distinct(" + t.spelt(buyer.here[0]) + ")"}
	m.label = semantic.Label{EN: "revenue per " + buyer.to.label.EN, ZH: "人均消费"}
	m.synonyms = []string{"average spend per " + buyer.to.label.EN, "average spending per " + buyer.to.label.EN, "人均消费额", "人均消费金额", "平均消费", "平均每人消费", "人均付费", "人均付费金额", "人均付了多少钱", "人均付款金额", "人均花了多少钱", "人均消费了多少钱", buyer.to.label.ZH + "人均消费"}
	return m, true
}

// isBuyers reports whether the rows of a table are those who buy.
func (t *table) isBuyers() bool {
	return t.isAmong(wordSet("member customer client buyer user guest patient passenger consumer shopper subscriber player student"))
}

// chargesBuyers reports whether a number is a charge for something, to those whom its rows lead
// to: what it comes to is taken from them.
func (c *column) chargesBuyers() bool {
	front := strings.TrimSuffix(c.label.ZH, "金额")
	if c.role != addable || !strings.HasSuffix(front, "费") && !strings.HasSuffix(front, "租金") && !strings.HasSuffix(front, "票价") {
		return false
	}
	return slices.ContainsFunc(c.table.joins, func(j *join) bool { return j.to.isBuyers() })
}

// goods is what the items of orders say: how many of a thing, at which price each.
type goods struct {
	quantity, price, cost *column
	amount                *column // what the item comes to, discounts and all; nil where only the price of one is known
	product               *join   // that leads to the cost; nil where the item has it
	discount              *column // which part of the price was let off; nil for none
}

// goods returns the quantity and the price of the items of what is sold; nil for other
// tables.
func (t *table) goods() *goods {
	if t.isSequel() || t.isAmong(sentBack) {
		return nil // what was sent back was not sold
	}
	if !slices.ContainsFunc(t.joins, func(j *join) bool { return j.to != t && j.to.isSold() }) && !t.isSold() {
		return nil
	}
	g := &goods{amount: t.itemAmount()}
	for _, c := range t.columns {
		words := c.nameWords()
		if c.name == "" || len(words) == 0 || c.join != nil {
			continue
		}
		switch last := words[len(words)-1]; {
		case (last == "quantity" || c.saysQuantity()) && c.kind.Kind == semantic.Int && g.quantity == nil:
			g.quantity = c
		case slices.Contains(words, "discount") && g.discount == nil:
			g.discount = c
		case last == "price" && slices.Contains(words, "unit") && g.price == nil:
			g.price = c
		case last == "cost" && g.cost == nil:
			g.cost = c
		}
	}
	if g.quantity == nil || g.price == nil && (g.amount == nil || t.isSold()) {
		return nil
	}
	for _, j := range t.joins {
		for _, c := range j.to.columns {
			if g.cost == nil && c.name != "" && len(j.here) == 1 && c.costsOne() {
				g.cost, g.product = c, j
			}
		}
	}
	return g
}

// itemAmount is the column that says what an item of an order comes to; nil where none
// does, or several.
func (t *table) itemAmount() *column {
	var asked []*column
	for _, c := range t.columns {
		words := c.nameWords()
		if n := len(words); n > 0 && c.name != "" && c.role == addable && c.join == nil && comesTo[words[n-1]] && !saysAny(c, notComingTo) {
			asked = append(asked, c)
		}
	}
	return takenOf(asked)
}

// comesTo close the names of what items come to, notComingTo are in those of other numbers.
var (
	comesTo     = wordSet("amount subtotal total price revenue")
	notComingTo = wordSet("unit each single quantity weight cost")
)

// sentBack are words of tables of what came back, or was given for what did.
var sentBack = wordSet("return returned refund exchange chargeback recall")

// isAmountZH reports whether a Chinese word is what rows come to, and none of them: 销售额
// and 业绩 of 销售.
func isAmountZH(word string) bool {
	return word == "业绩" || utf8.RuneCountInString(word) > 1 && (strings.HasSuffix(word, "额") || strings.HasSuffix(word, "量"))
}

func (t *table) isSold() bool {
	words := strings.Fields(t.label.EN)
	return len(words) > 0 && sellsGoods[words[len(words)-1]]
}

// costsOne reports whether a column says what one of a product costs the seller.
func (c *column) costsOne() bool {
	switch c.label.ZH {
	case "进价", "成本", "成本价", "采购价", "进货价", "单位成本":
		return c.sum() != ""
	}
	english := strings.Join(c.nameWords(), " ")
	return c.sum() != "" && (english == "cost" || english == "unit cost" || english == "cost price" || english == "purchase price")
}

// billed reports whether what a table is the items of says itself what was taken for
// it, discounts and all.
func (t *table) billed() bool {
	return t.takings() != nil || slices.ContainsFunc(t.joins, func(j *join) bool { return j.to != t && j.to.takings() != nil })
}

// taken is what one item was sold for, with what was let off where it is known.
func (g *goods) taken() string {
	path := func(c *column) string {
		return semantic.ExprString(semantic.Name{Path: []string{c.table.name, c.name}})
	}
	if g.amount != nil {
		return path(g.amount)
	}
	left, _ := g.less()
	return path(g.quantity) + " * " + path(g.price) + left
}

// less is what a price is multiplied by for the part of it that was let off, spelled
// behind the price; "" for none. told is false where a discount does not say which part it
// is.
func (g *goods) less() (by string, told bool) {
	c := g.discount
	if c == nil || g.amount != nil {
		return "", true
	}
	off := "coalesce(" + semantic.ExprString(semantic.Name{Path: []string{c.table.name, c.name}}) + ", 0)"
	part := !slices.ContainsFunc(c.sample, func(v string) bool { x, err := strconv.ParseFloat(v, 64); return err != nil || x < 0 || x > 1 })
	switch {
	case c.kind.Kind != semantic.Int && c.kind.Kind != semantic.Float && c.kind.Kind != semantic.Decimal || len(c.sample) == 0:
		return "", false
	case part:
		return " * (1 - " + off + ")", true
	case saysAny(c, wordSet("percent percentage pct rate perc")):
		return " * (1 - " + off + " / 100.0)", true
	}
	return "", false
}

// goodsMetrics are what items were sold for, and what was earned by them.
func (t *table) goodsMetrics(g *goods) []metric {
	path := func(names ...string) string { return semantic.ExprString(semantic.Name{Path: names}) }
	taken := g.taken()
	left, told := g.less()
	sold := metric{name: t.name + "_sales", expr: "sum(" + taken + ")", home: t, label: semantic.Label{EN: t.label.EN + " sales", ZH: "商品销售额"}}
	sold.synonyms = []string{"商品销售金额"}
	if called := []string{"销售额", "销售金额", "营业额", "成交额"}; t.billed() {
		sold.shared = called // of products; the orders say their own
	} else {
		sold.synonyms = append(sold.synonyms, called...)
	}
	if _, named := t.worth(); told && !named && !t.billed() {
		sold.synonyms = append(sold.synonyms, salesNames...)
	}
	units := metric{name: t.name + "_units", expr: "sum(" + path(t.name, g.quantity.name) + ")", home: t, label: semantic.Label{EN: "units sold", ZH: "销量"}, synonyms: []string{"销售数量", "销售件数", "销售量", "units sold"}}
	all := []metric{sold, units}
	if left != "" {
		all[0].synonyms = append(all[0].synonyms, "revenue after discount", "revenue after discounts", "discounted revenue", "net revenue", "net sales", "sales after discount", "sales after discounts", "revenue net of discount", "revenue net of discounts")
		all = append(all, metric{name: t.name + "_gross_sales", expr: "sum(" + path(t.name, g.quantity.name) + " * " + path(t.name, g.price.name) + ")", home: t, label: semantic.Label{EN: "revenue before discount", ZH: "折前销售额"},
			synonyms: []string{"revenue before discounts", "gross revenue", "gross sales", "undiscounted revenue", "sales before discount", "sales before discounts"}})
	}
	if g.cost == nil {
		return all
	}
	one := path(t.name, g.cost.name)
	if g.product != nil {
		one = path(t.name, g.product.name, g.cost.name)
	}
	earned := "sum(" + taken + " - " + path(t.name, g.quantity.name) + " * " + one + ")"
	if g.amount == nil {
		earned = "sum(" + path(t.name, g.quantity.name) + " * (" + path(t.name, g.price.name) + left + " - " + one + "))"
	}
	return append(all,
		metric{name: t.name + "_profit", expr: earned, home: t, label: semantic.Label{EN: "gross profit", ZH: "毛利"}, synonyms: []string{"毛利润", "毛利额"}},
		metric{name: t.name + "_margin", expr: earned + " / sum(" + taken + ")", home: t, label: semantic.Label{EN: "gross margin", ZH: "毛利率"}})
}
