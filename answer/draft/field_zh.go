package draft

import (
	"slices"
	"strings"
)

// fieldSense is what Chinese calls a word of a column in tables whose rows are of one
// kind: what is closed is a shop, 闭店, or a case, 结案.
type fieldSense struct {
	says map[string]bool // the word, in any of its forms
	rows map[string]bool // one of them is in the name of the table; nil for any
	only map[role]bool
	zh   string
}

// fieldSenses are told by the table; the first that fits counts.
var fieldSenses = []fieldSense{
	{closeWords, premises, moments, "闭店"},
	{closeWords, wordSet("account card"), moments, "销户"},
	{closeWords, wordSet("complaint case claim dispute grievance lawsuit"), moments, "结案"},
	{closeWords, wordSet("work repair"), moments, "完工"},
	{closeWords, nil, moments, "关闭"},
	{openWords, wordSet("account card"), moments, "开户"},
	{openWords, wordSet("ticket case complaint issue incident claim dispute order task"), moments, "提交"},
	{wordSet("end ending"), termWords, moments, "到期"},
	{wordSet("sign signed signing"), parcelWords, moments, "签收"},
	{wordSet("checkin"), stayWords, moments, "入住"},
	{wordSet("checkout"), stayWords, moments, "退房"},
	{wordSet("send sent"), parcelWords, moments, "寄件"},
	{wordSet("origin"), parcelWords, nil, "始发"},
	{wordSet("line"), wordSet("item line detail"), amounts, "行"},
	{wordSet("product prod"), wordSet("batch lot production job"), moments, "生产"},
	{wordSet("sample"), wordSet("inspection inspect check test"), amounts, "抽样"},
}

var (
	moments     = map[role]bool{moment: true}
	amounts     = map[role]bool{addable: true, level: true}
	stayWords   = wordSet("booking reservation stay guest hotel room lodging")
	closeWords  = wordSet("close closed closing closure")
	openWords   = wordSet("open opened opening")
	parcelWords = wordSet("waybill parcel package shipment delivery express courier consignment cargo freight dispatch")
)

// inField puts the Chinese for words that mean one thing in tables of one kind.
func (c *column) inField(words []string) []string {
	for i, w := range words {
		for _, s := range fieldSenses {
			if s.says[w] && (s.only == nil || s.only[c.role]) && (s.rows == nil || c.table.isAmong(s.rows)) {
				words = slices.Clone(words)
				words[i] = s.zh
				break
			}
		}
	}
	return words
}

// memberSense is what a value is called in tables whose rows are of one kind: an active
// employee is 在职, an active product 在售.
type memberSense struct {
	values map[string]bool // in lower case
	rows   map[string]bool // one of them is in the name of the table; nil for any
	column map[string]bool // one of them is in the name of the column
	zh     string
}

// memberSenses are told by the table and the column; the first that fits counts.
var memberSenses = []memberSense{
	{wordSet("active enabled"), termWords, stateWords, "有效"},
	{wordSet("active enabled open operating"), premises, stateWords, "营业中"},
	{wordSet("active enabled"), wordSet("product sku item goods"), stateWords, "在售"},
	{wordSet("closed inactive"), premises, stateWords, "停业"},
	{wordSet("closed"), wordSet("complaint case claim dispute grievance"), stateWords, "已结案"},
	{wordSet("inactive"), wordSet("product sku item goods"), stateWords, "停售"},
	{wordSet("signed"), parcelWords, stateWords, "已签收"},
	{wordSet("online published listed onshelf on_shelf on_sale"), offered, stateWords, "已上架"},
	{wordSet("offline unlisted delisted off_shelf"), offered, stateWords, "已下架"},
	{wordSet("pass passed qualified ok"), testWords, resultWords, "合格"},
	{wordSet("fail failed unqualified ng"), testWords, resultWords, "不合格"},
	{wordSet("concession"), testWords, resultWords, "让步接收"},
	{wordSet("pass passed qualified ok"), nil, testWords, "合格"},
	{wordSet("fail failed unqualified ng"), nil, testWords, "不合格"},
	{wordSet("concession"), nil, testWords, "让步接收"},
	{wordSet("monthly"), nil, wordSet("pay payment settle settlement"), "月结"},
	{wordSet("collect cod"), nil, wordSet("pay payment settle settlement"), "到付"},
	{wordSet("prepaid"), nil, wordSet("pay payment settle settlement"), "预付"},
	{wordSet("day d"), nil, shiftWords, "白班"},
	{wordSet("night n"), nil, shiftWords, "夜班"},
	{wordSet("morning early"), nil, shiftWords, "早班"},
	{wordSet("middle mid afternoon swing"), nil, shiftWords, "中班"},
	{wordSet("evening late"), nil, shiftWords, "晚班"},
	{wordSet("critical fatal"), flaws, severeWords, "致命"},
	{wordSet("critical"), nil, severeWords, "严重"},
	{wordSet("major"), flaws, severeWords, "严重"},
	{wordSet("major"), nil, severeWords, "重大"},
	{wordSet("monthly"), nil, cycleWords, "月付"},
	{wordSet("quarterly"), nil, cycleWords, "季付"},
	{wordSet("yearly annual annually"), nil, cycleWords, "年付"},
	{wordSet("normal regular ordinary"), nil, rankWords, "普通"},
	{wordSet("gold"), nil, rankWords, "金卡"},
	{wordSet("silver"), nil, rankWords, "银卡"},
	{wordSet("bronze"), nil, rankWords, "铜卡"},
	{wordSet("platinum"), nil, rankWords, "白金"},
	{wordSet("diamond"), nil, rankWords, "钻石"},
	{wordSet("black"), nil, rankWords, "黑卡"},
}

var (
	premises    = wordSet("store shop branch outlet restaurant hotel venue supermarket pharmacy cafe salon kiosk")
	termWords   = wordSet("subscription contract policy lease plan agreement membership license licence coupon tenancy warranty certificate")
	testWords   = wordSet("inspect inspection quality qc check test")
	resultWords = wordSet("result verdict outcome judgement judgment conclusion")
	shiftWords  = wordSet("shift")
	severeWords = wordSet("severity")
	flaws       = wordSet("defect flaw nonconformity")
	offered     = wordSet("product sku item goods course lesson program dish service class package")
	rankWords   = wordSet("level grade tier rank vip membership")
	cycleWords  = wordSet("cycle billing term interval")
)

// memberInField is the Chinese for a value by the kind of its table; "" for none.
func (c *column) memberInField(low string) string {
	for _, s := range memberSenses {
		if s.values[low] && saysAny(c, s.column) && (s.rows == nil || c.table.isAmong(s.rows)) {
			return s.zh
		}
	}
	return ""
}

// isAmong reports whether a word of the name of a table is among some, as of what its rows
// are.
func (t *table) isAmong(rows map[string]bool) bool {
	return slices.ContainsFunc(append(strings.Fields(t.label.EN), t.words...), func(w string) bool { return rows[singular(w)] })
}
