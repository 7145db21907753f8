package draft

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// undone are the adjectives for rows without a moment, by what happens at it.
var undone = []struct {
	happens map[string]bool
	words   []string
}{
	{wordSet("paid pay payment"), []string{"unpaid", "not paid", "not yet paid", "still unpaid", "未付款", "未支付", "没付款"}},
	{wordSet("settled settle settlement"), []string{"unsettled", "not settled", "not yet settled", "未结清", "未结算"}},
	{wordSet("closed close closing"), []string{"open", "still open", "unclosed", "not closed", "not yet closed", "未关闭", "没关闭"}},
	{wordSet("resolved resolve resolution solved"), []string{"unresolved", "not resolved", "not yet resolved", "unsolved", "未解决", "没解决"}},
	{wordSet("completed complete completion finished finish"), []string{"unfinished", "uncompleted", "not completed", "not finished", "not yet completed", "not yet finished", "未完成", "没完成"}},
	{wordSet("shipped ship shipping shipment dispatched dispatch"), []string{"unshipped", "not shipped", "not yet shipped", "未发货", "没发货"}},
	{wordSet("delivered deliver delivery"), []string{"undelivered", "not delivered", "not yet delivered", "未送达", "没送达"}},
	{wordSet("returned return back"), []string{"not been returned", "not been returned yet", "not returned yet", "not been brought back", "not brought back yet", "out on loan", "still out on loan", "currently out on loan", "unreturned", "not returned", "not yet returned", "yet to be returned", "not brought back", "not back", "still out", "未归还", "没归还"}},
	{wordSet("received receive receipt"), []string{"not received", "not yet received", "未收到", "没收到"}},
	{wordSet("discharged discharge"), []string{"undischarged", "not discharged", "not yet discharged", "未出院", "没出院"}},
	{wordSet("approved approve approval"), []string{"unapproved", "not approved", "not yet approved", "未批准", "没批准"}},
	{wordSet("replied reply responded response answered"), []string{"unanswered", "not answered", "not replied", "not yet answered", "without a reply", "未回复", "没回复", "没有回复", "还没回复", "没回"}},
	{wordSet("cleared reconciled"), []string{"uncleared", "not cleared", "not yet cleared", "unreconciled"}},
	{wordSet("signed signature"), []string{"unsigned", "not signed", "not yet signed", "未签", "没签"}},
	{wordSet("refunded refund"), []string{"not refunded", "not yet refunded", "未退款", "没退款"}},
	{wordSet("repaired fixed repair fix"), []string{"unrepaired", "not repaired", "not fixed", "not yet fixed", "unfixed", "未修复", "没修好"}},
	{wordSet("inspected inspection"), []string{"uninspected", "not inspected", "not yet inspected", "未检查", "没检查"}},
	{wordSet("collected pickup picked"), []string{"uncollected", "not collected", "not yet collected", "not picked up", "未取", "没取"}},
	{wordSet("redeemed redeem redemption"), []string{"unredeemed", "not redeemed", "not yet redeemed", "未兑换", "没兑换"}},
}

// undone are the adjectives for rows in which the moment of the column is missing:
// an invoice without a date of payment is unpaid. None where no row lacks it, where
// the moment is only due, or where values of the table are called so.
func (c *column) undone() []string {
	words := c.lowerWords()
	if said := c.note.missing; len(said) > 0 && c.nulls > 0 && c.nulls < c.table.rows && c.role != moment {
		return slices.DeleteFunc(slices.Clone(said), c.table.holdsValue)
	}
	if c.role != moment || c.nulls == 0 || c.nulls >= c.table.rows || slices.ContainsFunc(words, func(w string) bool { return planned[w] }) {
		return nil
	}
	all := slices.Clone(c.note.missing)
	if past := c.past(); past != "" && !saysLasting(c) {
		all = append(all, notYet(past)...)
	}
	for _, u := range undone {
		if slices.ContainsFunc(words, func(w string) bool { return u.happens[w] }) {
			all = append(all, u.words...)
			break
		}
	}
	if act := c.happens(); act != "" {
		for _, front := range []string{"未", "没", "没有", "还没", "尚未"} {
			all = append(all, front+act)
		}
		all = append(all, meanwhile[act]...)
		if act == "归还" {
			all = append(all, "未还", "没还", "没有还", "还没还", "尚未还")
		}
	}
	return slices.DeleteFunc(all, func(w string) bool { return c.table.holdsValue(w) })
}

// notYet are what rows are called to which something has not happened: undecided, not yet
// published.
func notYet(past string) []string {
	if strings.Contains(past, " ") {
		return []string{"not yet " + past, "not " + past, "still not " + past, "yet to be " + past}
	}
	return []string{"not yet " + past, "un" + past, "still un" + past, "still not " + past, "yet to be " + past}
}

// past is what was done at a moment, as a participle: performed of performed_at. It is ""
// where its name says none, and where the moment is only meant.
func (c *column) past() string {
	if h := c.happening(); h != nil {
		return h.past
	}
	if c.role != moment || !c.isInstant() || saysAny(c, meant) || saysAny(c, planned) || saysAny(c, wordSet("updated modified changed created")) {
		return ""
	}
	words := c.lowerWords()
	if len(words) == 2 && len(words[0]) > 4 && strings.HasSuffix(words[0], "ed") && atMoment[words[1]] {
		return words[0]
	}
	return ""
}

// atMoment are words that close the name of a moment behind what was done at it.
var atMoment = wordSet("at on date time dt ts tm datetime timestamp day")

// donePhrases say of the rows that the time of the table tells of, where others have none
// yet, that it was done to them: inspections that were performed. A period leaves the others
// out by itself.
func (t *table) donePhrases() []phrase {
	c := t.time
	if c == nil || c.table != t || c.nulls == 0 || c.nulls >= t.rows {
		return nil
	}
	past := c.past()
	if past == "" || strings.Contains(past, " ") {
		return nil
	}
	return []phrase{{on: c, where: t.spelt(c) + " is not null", words: []string{past, "was " + past, "were " + past, "been " + past, "actually " + past, "already " + past}}}
}

// saysLasting reports whether a moment is one at which what lasts is over: until then it
// lasts, and is not undone.
func saysLasting(c *column) bool {
	return slices.ContainsFunc(overs, func(o over) bool { return saysAny(c, o.ends) })
}

// meanwhile are what rows are called until something happens to them.
var meanwhile = map[string][]string{
	"离职": {"在职"}, "离任": {"在任"}, "退休": {"在职"}, "出院": {"在院", "住院中"}, "归还": {"在借", "借出未还"}, "还书": {"在借", "借出未还"}, "毕业": {"在读", "在校"},
	"退房": {"在住"}, "退租": {"在租"}, "离校": {"在校"}, "离场": {"在场"}, "解约": {"在约"}, "完工": {"在建"}, "停产": {"在产"}, "停售": {"在售"}, "关店": {"在营", "营业中", "开着", "还开着"}, "闭店": {"在营", "营业中", "开着", "还开着"}, "停业": {"在营", "营业中"}, "歇业": {"在营", "营业中"}, "注销": {"存续"}, "下架": {"在架", "在售"}, "退会": {"在会"}, "结业": {"在读"}, "退学": {"在读"}, "拆除": {"在用"}, "报废": {"在用"}, "调离": {"在岗"}, "离岗": {"在岗"}, "卸任": {"在任"}, "还款": {"未还清"},
}

// happens is what happens at a moment, as its Chinese name says it: 完工 of
// 实际完工日期. It is "" where the moment is only meant, or may come again.
func (c *column) happens() string {
	name := c.label.ZH
	for _, front := range []string{c.table.label.ZH, "实际", "真实"} {
		if rest, ok := strings.CutPrefix(name, front); ok && utf8.RuneCountInString(rest) > 2 {
			name = rest
		}
	}
	for _, end := range []string{"日期", "时间", "时刻"} {
		act, ok := strings.CutSuffix(name, end)
		if !ok || utf8.RuneCountInString(act) != 2 || !hasHan(act) || plannedActs[act] {
			continue
		}
		return act
	}
	return ""
}

// plannedActs are Chinese names of moments that are not when something happened.
var plannedActs = wordSet("计划 预计 预期 应还 应付 应收 截止 到期 有效 失效 要求 约定 承诺 最近 最后 最新 上次 下次 首次 出生 更新 修改 操作 登录 访问 生产 保质 质保 保修 过期 预约 起始 开始 结束 终止")

// planned are words of moments that are not when it happened.
var planned = wordSet("due expected estimated planned plan scheduled schedule sched promised target required latest next first last eta est exp request requested")

// holdsValue reports whether a text of the table has a value.
func (t *table) holdsValue(w string) bool {
	return slices.ContainsFunc(t.columns, func(c *column) bool {
		return slices.ContainsFunc(c.values, func(v string) bool { return strings.EqualFold(v, w) })
	})
}

// closing are words of flags by which a table of states says that what is in one of them
// is over.
var closing = wordSet("closed final finished terminal done ended complete completed resolved")

// closedElsewhere are what the rows of a table are called that are in a state of which the
// table of states says that it is over, or is not: the open tickets.
func (t *table) closedElsewhere() []phrase {
	for _, j := range t.joins {
		if len(j.here) != 1 || j.to == t || j.to.rows > fewValues || !saysAny(j.here[0], stateWords) {
			continue
		}
		flag := j.to.onlyColumn(func(c *column) bool { return c.name != "" && c.saysYes() != "" && saysAny(c, closing) })
		if flag == nil {
			continue
		}
		on := spelled(t.name) + "." + spelled(j.name) + "." + spelled(flag.name)
		free := func(words ...string) []string {
			return slices.DeleteFunc(words, func(w string) bool { return j.to.holdsValue(w) })
		}
		return []phrase{
			{on: j.here[0], where: on + " != " + flag.saysYes(), words: free("open", "still open", "currently open", "unclosed", "not closed", "not yet closed", "未关闭", "没关闭", "还没关闭", "未完结", "没完结")},
			{on: j.here[0], where: on + " = " + flag.saysYes(), words: free("closed", "已关闭", "已完结")},
		}
	}
	return nil
}
