package draft

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// part is a number that is a part of another one of its row, and what the rate of the
// two is called.
type part struct {
	says, of []string // how Chinese names of the part, and of the whole, begin
	rate     semantic.Label
	also     []string
	rest     semantic.Label // the rate of what is left; empty for none
	restAlso []string
}

// parts are told by the Chinese names of two numbers of a table; the first that fits
// counts.
var parts = []part{
	{
		says: []string{"不合格", "不良", "次品", "缺陷", "报废", "废品"}, of: []string{"抽检", "检验", "检测", "送检", "抽样", "检查", "生产", "产出", "完成"},
		rate: semantic.Label{ZH: "不合格率", EN: "defect rate"}, also: []string{"不良率", "次品率", "不良品率"},
		rest: semantic.Label{ZH: "合格率", EN: "pass rate"}, restAlso: []string{"良品率", "良率"},
	},
	{
		says: []string{"合格", "良品"}, of: []string{"抽检", "检验", "检测", "送检", "抽样", "检查", "生产", "产出", "完成"},
		rate: semantic.Label{ZH: "合格率", EN: "pass rate"}, also: []string{"良品率", "良率"},
		rest: semantic.Label{ZH: "不合格率", EN: "defect rate"}, restAlso: []string{"不良率", "次品率", "不良品率"},
	},
	{says: []string{"产量", "产出"}, of: []string{"计划", "目标"}, rate: semantic.Label{ZH: "达成率", EN: "achievement rate"}, also: []string{"计划达成率", "完成率", "计划完成率", "产量达成率", "生产达成率"}},
	{says: []string{"完成", "已完成", "实际完成", "实际电量", "实际产量", "实际数量", "实际销量", "实际销售", "实际收入", "实际营收", "实际件数", "实际人数", "实际业绩", "实际发电", "实际供"}, of: []string{"计划", "目标"}, rate: semantic.Label{ZH: "完成率", EN: "completion rate"}, also: []string{"达成率", "计划完成率"}},
	{says: []string{"实到", "出勤"}, of: []string{"应到", "应出勤"}, rate: semantic.Label{ZH: "出勤率", EN: "attendance rate"}, also: []string{"到勤率"}},
	{says: []string{"实收", "已收", "回款"}, of: []string{"应收", "合同金额", "合同总额"}, rate: semantic.Label{ZH: "回款率", EN: "collection rate"}, also: []string{"收款率"}},
	{says: []string{"退货", "退款"}, of: []string{"销售", "订购", "购买"}, rate: semantic.Label{ZH: "退货率", EN: "return rate"}},
}

// rateMetrics are the rates of the numbers of a table that are parts of others in the
// same unit.
func (t *table) rateMetrics() []metric {
	var all []metric
	for _, p := range parts {
		some, whole := t.numberCalled(p.says), t.numberCalled(p.of)
		if some == nil || whole == nil || some == whole || closingNoun(some) != closingNoun(whole) || slices.ContainsFunc(all, func(m metric) bool { return m.label.ZH == p.rate.ZH }) {
			continue
		}
		sum := func(c *column) string { return "sum(" + spelled(t.name) + "." + spelled(c.name) + ")" }
		name := strings.ReplaceAll(p.rate.EN, " ", "_")
		also := p.also
		if p.rate.ZH == "完成率" {
			also = append(slices.Clone(also), t.plannedRates()...)
		}
		all = append(all, metric{name: t.name + "_" + name, expr: sum(some) + " / " + sum(whole), home: t, label: p.rate, synonyms: also})
		if p.rest.ZH != "" {
			name = strings.ReplaceAll(p.rest.EN, " ", "_")
			all = append(all, metric{name: t.name + "_" + name, expr: "(" + sum(whole) + " - " + sum(some) + ") / " + sum(whole), home: t, label: p.rest, synonyms: p.restAlso})
		}
	}
	return all
}

// plannedRates are the names of the rate of completion of what a table tells of: 发电计划完成率
// of 月发电量.
func (t *table) plannedRates() []string {
	of := t.label.ZH
	for _, front := range []string{"月度", "年度", "每月", "每日", "月", "日", "年"} {
		of = strings.TrimPrefix(of, front)
	}
	for _, end := range []string{"情况", "记录", "统计", "计划", "量", "额"} {
		of = strings.TrimSuffix(of, end)
	}
	if n := utf8.RuneCountInString(of); !hasHan(of) || n < 2 || n > 4 {
		return nil
	}
	return []string{of + "计划完成率", of + "完成率", of + "目标完成率"}
}

// numberCalled returns the one number of a table that adds up and whose Chinese name
// begins with one of some words; nil for none or several.
func (t *table) numberCalled(fronts []string) *column {
	return t.onlyColumn(func(c *column) bool {
		return c.name != "" && c.role == addable && slices.ContainsFunc(fronts, func(f string) bool { return strings.HasPrefix(c.label.ZH, f) })
	})
}

// onlyColumn is the one column of a table that is as asked for; nil for none or several.
func (t *table) onlyColumn(is func(*column) bool) *column {
	var found *column
	for _, c := range t.columns {
		if !is(c) {
			continue
		}
		if found != nil {
			return nil
		}
		found = c
	}
	return found
}

// closingNoun is what a Chinese name of a number counts in: 数 of 抽检数量 and 不合格数,
// 额 of 金额 and 总额.
func closingNoun(c *column) string {
	name := strings.TrimSuffix(c.label.ZH, "量")
	r, _ := utf8.DecodeLastRuneInString(name)
	if r == '产' {
		return "数" // 产量
	}
	return string(r)
}

// stockValue is what the stock in a table is worth: how many there are by the price of
// each.
func (t *table) stockValue() (metric, bool) {
	stock, price := t.numberCalled([]string{"库存"}), (*column)(nil)
	for _, c := range t.columns {
		switch {
		case c.name == "" || c.role != level && c.role != addable:
		case slices.Contains([]string{"单价", "进价", "成本价", "采购价", "进货价"}, c.label.ZH):
			if price != nil {
				return metric{}, false
			}
			price = c
		}
	}
	if stock == nil || price == nil || closingNoun(stock) != "数" && stock.label.ZH != "库存" && stock.label.ZH != "库存量" {
		return metric{}, false
	}
	of := func(c *column) string { return spelled(t.name) + "." + spelled(c.name) }
	return metric{name: t.name + "_stock_value", expr: "sum(" + of(stock) + " * " + of(price) + ")", home: t, label: semantic.Label{ZH: "库存金额", EN: "stock value"}, synonyms: []string{"库存价值", "库存总额", "库存总值", "inventory value"}}, true
}

// flagRates are the shares of rows of which something is said, where it is called by what
// was done: the pass rate of checks that passed.
func (t *table) flagRates() []metric {
	var all []metric
	for _, c := range t.columns {
		yes := ""
		if c.name != "" {
			yes = c.saysYes()
		}
		words := c.nameWords()
		if _, gone := c.marksGone(); gone || yes == "" || len(words) == 0 {
			continue // of rows that count nowhere there is no share
		}
		said := words[len(words)-1]
		zh := strings.TrimPrefix(strings.TrimPrefix(c.label.ZH, "是否"), "已")
		if english := fromChinese(zh); english != "" && !doing[english] && rated[participle(english)] == "" && !ratedZH[zh] {
			zh = ""
		}
		if m, ok := t.rateOf(said, zh, t.spelt(c)+" = "+yes); ok {
			m.synonyms = append(m.synonyms, "share of "+said)
			all = append(all, m)
		}
		if rest := unrated[said]; rest != "" {
			if m, ok := t.rateOf(rest, "", t.spelt(c)+" != "+yes); ok {
				all = append(all, m)
			}
		}
	}
	return all
}

// ratedZH are what flags say of which Chinese says a rate.
var ratedZH = wordSet("合格 通过 及格 达标 优秀 中标 到场 出勤 签到 续费 续约 续签 转化 成交 复购 满意 解决 逾期 违约 投诉 返修 破损")

// unrated is what was done where something that flags say was not.
var unrated = map[string]string{"passed": "failed", "pass": "failed", "attended": "absent"}

// rated are what rates are called by the participles of columns of yes and no.
var rated = map[string]string{"passed": "pass", "failed": "failure", "won": "win", "lost": "loss", "cancelled": "cancellation", "canceled": "cancellation", "returned": "return", "refunded": "refund", "converted": "conversion", "renewed": "renewal", "attended": "attendance", "approved": "approval", "rejected": "rejection", "accepted": "acceptance", "completed": "completion", "churned": "churn", "opened": "open", "clicked": "click", "delivered": "delivery", "defective": "defect",
	"no show": "no-show", "sick": "sickness", "called in sick": "sickness", "absent": "absence", "bounced": "bounce", "void": "void", "voided": "void", "declined": "decline", "escalated": "escalation", "resolved": "resolution",
	"graduated": "graduation", "dropped out": "dropout", "dropped": "dropout", "withdrawn": "withdrawal", "admitted": "admission", "readmitted": "readmission", "occupied": "occupancy", "vacant": "vacancy", "filled": "fill", "waived": "waiver",
	"damaged": "damage", "scrapped": "scrap", "fulfilled": "fulfilment", "paid": "payment", "expired": "expiry", "reopened": "reopen", "redeemed": "redemption", "responded": "response", "recovered": "recovery", "cured": "cure", "died": "mortality", "deceased": "mortality", "pass": "pass", "fail": "failure"}
