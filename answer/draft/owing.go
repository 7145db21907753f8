package draft

import (
	"cmp"
	"slices"
	"strings"

	"wenshu/semantic"
)

// owing is what is not paid yet is called, by the Chinese word for its payment.
type owing struct {
	says  string
	label string
	also  []string
}

var owedNames = []owing{
	{"回款", "未回款金额", []string{"未回款", "未回款总额", "未回款额", "欠款", "欠款金额", "未收金额", "未收款", "未收"}},
	{"收款", "未收金额", []string{"未收款金额", "未收款", "未收总额", "欠款", "欠款金额", "未收"}},
	{"缴费", "欠费金额", []string{"欠费总额", "欠缴金额", "未缴金额", "欠款", "欠款金额", "未收金额", "未收"}},
	{"缴", "欠费金额", []string{"欠费总额", "欠缴金额", "未缴金额", "欠款", "欠款金额", "未收金额", "未收"}},
	{"还款", "未还金额", []string{"欠款", "欠款金额", "未还款金额", "待还金额"}},
	{"付款", "未付金额", []string{"未付款金额", "未付款总额", "待付金额", "欠款", "欠款金额"}},
	{"支付", "未付金额", []string{"未支付金额", "待支付金额", "欠款", "欠款金额"}},
	{"结算", "未结金额", []string{"未结算金额", "待结算金额"}},
}

// outstanding is the money of a table that is not paid yet: what its rows are about, where
// the moment of payment is missing and nothing says that it is not owed any more.
func (t *table) outstanding() (metric, bool) {
	paid, money := t.paidMoment(), t.moneyColumn()
	if paid == nil || money == nil {
		return metric{}, false
	}
	m := metric{name: t.name + "_outstanding", home: t, expr: "sum(" + t.spelt(money) + "){" + t.spelt(paid) + " is null" + t.notVoided() + "}"}
	if t.label.EN != "" {
		m.label.EN = "outstanding amount"
		m.synonyms = []string{"outstanding", "still outstanding", "outstanding balance", "amount outstanding", "total outstanding", "outstanding total", "unpaid amount", "unpaid balance", "balance due", "amount due", "amount owed", "money owed", "owed", "total owed", "still owed", "outstanding " + pluralPhrase(t.label.EN) + " amount", "unpaid total"}
	}
	for _, o := range owedNames {
		if strings.Contains(paid.label.ZH, o.says) {
			m.label.ZH = o.label
			m.synonyms = append(m.synonyms, o.also...)
			break
		}
	}
	return m, m.label != (semantic.Label{})
}

// paidMoment is the one moment at which what the rows of a table are about was paid, where
// some are not paid yet; nil for none or several.
func (t *table) paidMoment() *column {
	return t.onlyColumn(func(c *column) bool {
		if c.name == "" || c.role != moment || c.nulls == 0 || c.nulls >= t.rows || saysAny(c, meant) || c.isMeant() {
			return false
		}
		return saysAny(c, payWords) || slices.ContainsFunc(owedNames, func(o owing) bool { return strings.Contains(c.label.ZH, o.says) })
	})
}

// collected is the money of bills that was paid, by the day on which it was: 回款.
func (t *table) collected() (metric, bool) {
	paid, money := t.paidMoment(), t.moneyColumn()
	if !t.bills() || paid == nil || money == nil || slices.ContainsFunc(t.columns, func(c *column) bool { return saysAny(c, paidOutTo) }) {
		return metric{}, false
	}
	m := metric{name: t.name + "_collected", home: t, expr: "sum(" + t.spelt(money) + ")", where: t.spelt(paid) + " is not null", time: t.spelt(paid)}
	m.label = semantic.Label{EN: "amount collected", ZH: "回款额"}
	m.synonyms = []string{"collected", "total collected", "cash collected", "collections", "回款", "回款金额", "回款总额", "已回款", "已收金额", "实收金额", "收款额", "收款金额", "到账金额"}
	return m, true
}

// moneyColumn is the one column that says how much money a row is about; nil for none or
// several.
func (t *table) moneyColumn() *column {
	var found, whole *column
	for _, c := range t.columns {
		if c.name == "" || c.role != addable || c.join != nil || !c.saysMoney() {
			continue
		}
		if saysAny(c, totalWords) || strings.HasPrefix(c.label.ZH, "总") || strings.HasPrefix(c.label.ZH, "应收") {
			if whole != nil {
				return nil
			}
			whole = c
			continue
		}
		if found != nil {
			return whole
		}
		found = c
	}
	return cmp.Or(whole, found)
}

// saysMoney reports whether a name says that a number is one of money.
func (c *column) saysMoney() bool {
	words := c.nameWords()
	if unit, _ := c.unit(); currencies[unit] {
		return true
	}
	return len(words) > 0 && paidWords[words[len(words)-1]] || slices.ContainsFunc([]string{"金额", "额", "款", "费", "费用", "价", "钱"}, func(end string) bool { return strings.HasSuffix(c.label.ZH, end) })
}

var (
	payWords   = wordSet("paid pay payment payout settled settlement")
	totalWords = wordSet("total")
	netWords   = wordSet("net")
	taxWords   = wordSet("tax vat")
)

// paidWords close the names of columns of money.
var paidWords = wordSet("amount amt total fee cost price charge fare net gross value sum freight fine premium rent revenue payment")

// taxedBillings are what the invoices of a table ask for with the tax and without, where
// it tells these apart.
func (t *table) taxedBillings() []metric {
	if !t.bills() {
		return nil
	}
	named := func(words map[string]bool) *column {
		return t.onlyColumn(func(c *column) bool {
			return c.name != "" && c.role == addable && c.join == nil && c.saysMoney() && saysAny(c, words)
		})
	}
	net, tax := named(netWords), named(taxWords)
	if net == nil || tax == nil {
		return nil
	}
	sum := "sum(" + t.spelt(net) + ")"
	return []metric{
		{name: t.name + "_net", home: t, expr: sum, label: semantic.Label{EN: "net invoiced"}, synonyms: []string{"net invoiced amount", "net billed", "net billings", "invoiced net", "billed net", "net revenue", "total net invoiced", "total net"}},
		{name: t.name + "_gross", home: t, expr: sum + " + sum(" + t.spelt(tax) + ")", label: semantic.Label{EN: "gross invoiced"}, synonyms: []string{"gross invoiced amount", "gross billed", "gross billings", "invoiced gross", "billed gross", "total including tax", "amount including tax", "total with tax", "gross revenue"}},
	}
}
