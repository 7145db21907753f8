package draft

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// pair is two numbers of a row of which one is held against the other, and what rows are
// called where the first is less, and where it is more.
type pair struct {
	some, bound     []string // words of the English names
	someZH, boundZH []string // fronts or parts of the Chinese names
	less, more      []string
	unlike          map[string]bool // words of numbers that are neither
	ofRows          bool            // of rows that are one thing each, and no time of it
}

// stocks are how many there are and how many there should be at least.
var stocks = pair{
	some: []string{"stock", "inventory", "on hand", "quantity", "qty", "stock quantity", "stock qty"}, bound: []string{"safety", "reorder", "minimum", "min", "threshold"},
	someZH: []string{"库存", "现存", "结存", "在库"}, boundZH: []string{"安全", "最低", "下限", "警戒", "预警"},
	less: []string{"low stock", "low on stock", "low in stock", "running low", "below reorder level", "below the reorder level", "below reorder point", "below safety stock", "below minimum stock", "understocked", "in need of reorder", "to be reordered", "needing reorder", "库存不足", "库存偏低", "低库存", "缺货", "缺料", "低于安全库存", "库存低于安全库存", "需要补货", "要补货", "该补货", "库存告急", "库存预警"},
	more: []string{"well stocked", "above safety stock", "高于安全库存", "库存充足"},
}

var pairs = []pair{
	stocks,
	{
		some: []string{"actual cost", "cost", "spent", "spend", "actual amount", "actual", "expense", "expenses"}, bound: []string{"budget", "budgeted"},
		someZH: []string{"实际费用", "实际成本", "实际支出", "实际花费", "实际金额", "已用", "花费", "支出"}, boundZH: []string{"预算"},
		more: []string{"over budget", "over the budget", "above budget", "exceeding budget", "超预算", "超出预算", "超支"}, less: []string{"under budget", "below budget", "within budget", "未超预算", "没超预算"},
	},
	{
		some: []string{"actual hours", "act hours", "worked hours", "actual"}, bound: []string{"scheduled", "planned", "sched", "rostered"},
		more: []string{"over the scheduled hours", "beyond the scheduled hours"},
	},
	{
		someZH: []string{"实际电量", "实际产量", "完成数量", "实际数量", "实际完成", "完成产量", "到岗人数", "实际人数", "已完成", "完成"}, boundZH: []string{"计划", "目标", "需求"},
		ofRows: true,
		less:   []string{"没完成计划", "未完成计划", "没有完成计划", "没达到计划", "未达计划", "未达标", "没达标", "没完成目标", "未完成目标"}, more: []string{"超计划", "超额完成", "超额"},
	},
	{
		some: []string{"enrolled", "occupancy", "attendance", "headcount", "booked", "load", "seats used"}, bound: []string{"capacity", "limit", "max"},
		unlike: wordSet("rate price fee cost percent ratio age"),
		someZH: []string{"实到", "入住", "报名人数", "在院", "载重", "装载"}, boundZH: []string{"额定", "容量", "上限", "限额", "核定"},
		more: []string{"over capacity", "overbooked", "over the limit", "above capacity", "超载", "超员", "超限"},
	},
}

// pairPhrases are what rows are called in which one number falls short of another, or
// exceeds it: products low on stock, 超预算的项目.
func (t *table) pairPhrases() []phrase {
	var all []phrase
	for _, p := range pairs {
		bound := t.numberSaying(p.bound, p.boundZH, p.unlike, nil)
		some := t.numberSaying(p.some, p.someZH, p.unlike, bound)
		if some == nil || bound == nil || t.rows == 0 || p.ofRows && t.repeatsInTime() {
			continue
		}
		test := func(op string) string { return t.spelt(some) + " " + op + " " + t.spelt(bound) }
		if len(p.less) > 0 {
			all = append(all, phrase{on: some, where: test("<"), words: slices.Clone(p.less)})
		}
		if len(p.more) > 0 {
			all = append(all, phrase{on: some, where: test(">"), words: slices.Clone(p.more)})
		}
	}
	return all
}

// numberSaying is the one number of a table besides another whose English name has one of
// some words, or whose Chinese name has one of others, and none of what is unlike them; nil
// for none or several.
func (t *table) numberSaying(words, chinese []string, unlike map[string]bool, but *column) *column {
	return t.onlyColumn(func(c *column) bool {
		if c == but || saysAny(c, unlike) || c.name == "" || c.join != nil || c.role == identity || c.role == code || c.kind.Kind != semantic.Int && c.kind.Kind != semantic.Float && c.kind.Kind != semantic.Decimal {
			return false
		}
		name := " " + strings.Join(c.nameWords(), " ") + " "
		said := slices.ContainsFunc(words, func(w string) bool { return strings.Contains(name, " "+w+" ") }) && !hasHan(c.schema.Name)
		return said || slices.ContainsFunc(chinese, func(w string) bool { return strings.Contains(c.label.ZH, w) })
	})
}

// stockPhrases are what rows are called of whose stock nothing is left, where it is not
// kept for one day after the other.
func (t *table) stockPhrases() []phrase {
	stock := t.numberSaying(stocks.some, stocks.someZH, stocks.unlike, t.numberSaying(stocks.bound, stocks.boundZH, stocks.unlike, nil))
	if stock == nil || !slices.ContainsFunc(stock.values, func(v string) bool { return v == "0" }) || slices.ContainsFunc(t.keys, func(k key) bool { return slices.Contains(k.columns, t.time) }) {
		return nil
	}
	words := []string{"out of stock", "sold out", "断货", "没货", "无货", "缺货", "零库存", "无库存", "没库存", "没有库存", "卖断货", "脱销", "断货了", "没货了"}
	return []phrase{{on: stock, where: t.spelt(stock) + " = 0", words: words}}
}
