package draft

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// receiving are tables whose rows are money that came in, by the last word of what one is
// called.
var receiving = wordSet("payment receipt collection remittance")

// paidOutTo are words of columns that say whom money was paid out to.
var paidOutTo = wordSet("payee vendor supplier beneficiary claim employee staff payout payable purchase")

// receivingZH close the Chinese names of such tables.
var receivingZH = []string{"收款", "缴费", "回款", "收费", "缴款", "付款", "支付", "收款单", "收款流水", "缴费记录", "收款记录", "回款记录", "付款记录", "支付流水"}

// onlyMoney is the one amount of money of a table besides its taxes; nil for none or
// several.
func (t *table) onlyMoney() *column {
	return t.onlyColumn(func(c *column) bool {
		return c.name != "" && c.role == addable && c.join == nil && c.saysMoney() && !saysAny(c, taxWords)
	})
}

// received adds up the money that came in, or was paid out, by the rows of a table that
// tell of nothing else: what was collected in May, 收款.
func (t *table) received() (metric, bool) {
	words := strings.Fields(t.label.EN)
	chinese := slices.ContainsFunc(receivingZH, func(end string) bool { return strings.HasSuffix(t.label.ZH, end) })
	if t.time == nil || !(len(words) > 0 && receiving[words[len(words)-1]] || chinese) || t.bills() {
		return metric{}, false
	}
	money := t.onlyMoney()
	if money == nil {
		return metric{}, false
	}
	out := slices.ContainsFunc(words, func(w string) bool { return paidOutTo[w] }) || slices.ContainsFunc(t.columns, func(c *column) bool { return saysAny(c, paidOutTo) })
	m := metric{name: t.name + "_received", expr: "sum(" + t.spelt(money) + ")", home: t, label: semantic.Label{EN: "amount received"}}
	m.synonyms = []string{"collected", "amount collected", "total collected", "received", "total received", "cash received", "money received", "payments received", "cash collected", "collections", "taken in", "money taken in", "brought in", "money brought in", "money collected", "money"}
	if out {
		m.name, m.label.EN = t.name+"_paid_out", "amount paid out"
		m.synonyms = []string{"paid out", "total paid out", "amount paid", "total paid", "payouts"}
	}
	if t.label.ZH != "" && !out {
		m.label.ZH = "收款额"
		m.synonyms = append(m.synonyms, "收款总额", "收款金额", "实收金额", "收款", "回款", "回款额", "回款金额", "回款总额", "到账金额", "收到的钱", "收的钱", "进账")
	}
	return m, true
}

// owedBy are the Chinese names of what a bill asks for, of what was let off and of what
// was paid of it.
var (
	owedBy = []string{"应收", "应缴", "应交", "应付"}
	letOff = []string{"减免", "免除", "豁免", "抵扣"}
	paidOf = []string{"已收", "实收", "已缴", "实缴", "已交", "实交", "已付", "实付"}
)

// balances are what is still owed of the bills of a table, and the part of them that is
// paid, where its numbers say what is due and what was paid: 欠费, 收缴率.
func (t *table) balances() []metric {
	due, paid, less := t.numberCalled(owedBy), t.numberCalled(paidOf), t.numberCalled(letOff)
	if due == nil || paid == nil || due == paid {
		return nil
	}
	kept := ""
	if c, _ := t.gone(); c == nil {
		if kept = strings.TrimPrefix(t.notVoided(), " and "); kept != "" {
			kept = "{" + kept + "}"
		}
	}
	sum := func(c *column) string { return "sum(" + t.spelt(c) + ")" + kept }
	asked := sum(due)
	if less != nil {
		asked += " - " + sum(less)
	}
	owed := metric{name: t.name + "_owed", home: t, expr: asked + " - " + sum(paid), label: semantic.Label{EN: "outstanding amount", ZH: "欠费金额"}}
	owed.synonyms = []string{"outstanding", "outstanding balance", "amount outstanding", "total outstanding", "unpaid amount", "amount owed", "money owed", "owed", "欠费", "欠费额", "欠费总额", "欠缴金额", "欠款", "欠款金额", "未收金额", "未缴金额", "未收", "未收款", "拖欠金额", "欠的钱", "欠"}
	rate := metric{name: t.name + "_collected_share", home: t, expr: sum(paid) + " / (" + asked + ")", label: semantic.Label{EN: "collection rate", ZH: "收缴率"}}
	rate.synonyms = []string{"collected percentage", "collection percentage", "收费率", "缴费率", "收款率", "回款率", "实收率"}
	return []metric{owed, rate}
}
