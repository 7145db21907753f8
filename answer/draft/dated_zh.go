package draft

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// meantZH are words of Chinese names of moments at which something was to happen, owedZH
// those by which it has to.
var (
	meantZH = []string{"计划", "预计", "预期", "期望", "要求", "承诺", "约定", "应还", "应付", "应缴", "应收", "应到", "截止", "到期"}
	owedZH  = []string{"约定", "应还", "应付", "应缴", "应收", "截止", "到期"}
)

// expiringZH are words of Chinese names of the last day of something.
var expiringZH = []string{"有效期", "保质期", "到期", "失效", "过期"}

// voidedZH are Chinese states in which nothing is owed any more.
var voidedZH = wordSet("取消 已取消 作废 已作废 减免 免除 已退款 已撤销 撤销 已终止 已拒绝")

// saysMeant reports whether a moment is one at which something was to happen.
func (c *column) saysMeant() bool { return saysAny(c, meant) || c.says(meantZH) }

// saysActually reports whether the Chinese name of a moment says that it really happened.
func (c *column) saysActually() bool { return strings.HasPrefix(c.label.ZH, "实") }

// onlyPromise reports whether a moment is the only one of its table at which something
// was to happen, and another the only one that says it did.
func (t *table) onlyPromise(meant, done *column) bool {
	return !slices.ContainsFunc(t.columns, func(c *column) bool {
		return c.role == moment && c != meant && c != done && c.name != "" && (c.saysMeant() || c.saysActually())
	})
}

// verbs are the Chinese words for what was done: those in the name of the moment, and
// others that mean the same.
func (p promise) verbs() []string {
	if p.deed == nil {
		return nil
	}
	var all []string
	foreign := !hasHan(p.done.schema.Name) && !p.done.says(p.deed.zh) && !p.meant.says(p.deed.zh)
	for _, w := range p.deed.zh { // of 签收时间 and 承诺送达日期 both; of paid_on whichever
		if !foreign && !strings.Contains(p.done.label.ZH, w) && !strings.Contains(p.meant.label.ZH, w) {
			continue
		}
		for _, v := range append([]string{w}, sameDeeds[w]...) {
			if utf8.RuneCountInString(v) > 1 && !slices.Contains(all, v) {
				all = append(all, v)
			}
		}
	}
	return all
}

// sameDeeds are other words for what was done.
var sameDeeds = map[string][]string{"完成": {"完工"}, "完工": {"完成"}, "缴": {"缴费", "缴纳", "缴款"}, "到达": {"送达", "到货"}, "归还": {"还"}}

// chinese are the Chinese adjectives of what was done in time, late, or is overdue. What
// was not done in time was done late or is overdue.
func (p promise) chinese(t *table) []phrase {
	m, done := t.spelt(p.meant), t.spelt(p.done)
	overdue := done + " is null and " + m + " during before(day(0))" + t.notVoided()
	tardy, kept := p.tests(t)
	missed := tardy + " or (" + overdue + ")"
	open := phrase{on: p.done, where: overdue, words: []string{"逾期", "已逾期", "逾期未完成", "超期"}}
	late := phrase{on: p.done, where: missed, words: []string{"延期", "已延期", "误期", "拖期", "没按时", "没有按时", "未按时", "没按期", "未按期", "没准时", "未准时"}}
	punctual := phrase{on: p.done, where: kept, words: []string{"按时", "按期", "准时", "如期"}}
	after := phrase{on: p.done, where: tardy}
	if r := []rune(p.meant.label.ZH); len(r) > 3 && hasHan(string(r)) {
		if due := string(r[len(r)-2:]); due != "日期" && due != "时间" {
			for _, front := range []string{"过了", "过", "已过", "超过", "超过了", "超"} {
				open.words = append(open.words, front+due) // 过了交期
			}
		}
	}
	if saysAny(p.done, wordSet("paid pay payment")) {
		open.words = append(open.words, "过了账期", "过账期", "超账期", "超过账期", "超了账期", "过了付款期", "逾期未付", "逾期没付", "逾期没有付", "逾期还没付", "逾期未缴", "逾期没缴", "逾期未交", "逾期没交", "到期未付", "到期没付", "到期还没付", "到期未缴", "到期没缴", "到期没交", "到期未交", "到期还没交", "欠费", "拖欠")
	}
	for _, verb := range p.verbs() {
		for _, front := range []string{"逾期未", "逾期没", "逾期没有", "逾期还没"} {
			open.words = append(open.words, front+verb)
		}
		for _, front := range []string{"没按时", "没有按时", "未按时", "没按期", "未按期", "没准时", "未准时", "没能按时"} {
			late.words = append(late.words, front+verb)
		}
		for _, front := range []string{"按时", "按期", "准时", "如期"} {
			punctual.words = append(punctual.words, front+verb)
		}
		for _, front := range []string{"逾期", "超期", "逾期才", "超期才", "延期", "延迟", "迟", "晚"} {
			after.words = append(after.words, front+verb)
		}
	}
	if slices.Contains(p.verbs(), "归还") {
		open.words = append(open.words, "逾期未还", "逾期没还", "逾期还没还", "超期未还", "超期没还", "到期未还", "到期没还")
		after.words = append(after.words, "逾期还", "超期还", "晚还")
	}
	if len(after.words) == 0 {
		return []phrase{open, late, punctual}
	}
	return []phrase{open, late, punctual, after}
}

// expiredZH are what rows are called in Chinese whose last day is over: 过期, and
// 年检过期 by 下次年检到期日.
func (c *column) expiredZH() []string {
	words := []string{"过期", "已过期", "已经过期", "过了期", "已到期", "已经到期", "已失效", "已经失效"}
	name := strings.TrimPrefix(strings.TrimPrefix(c.label.ZH, c.table.label.ZH), "下次")
	for _, end := range []string{"到期日期", "到期日", "到期时间", "有效期至", "有效期"} {
		if what, ok := strings.CutSuffix(name, end); ok && utf8.RuneCountInString(what) > 1 {
			return append(words, what+"过期", what+"已过期", what+"到期")
		}
	}
	return words
}

// ratesZH are what the shares of what was done in time and late are called in Chinese.
func (p promise) ratesZH() (punctual, late []string) {
	punctual, late = []string{"按时率", "准时率", "按期率", "及时率"}, []string{"延期率", "延误率"}
	for _, v := range p.verbs() {
		punctual = append(punctual, v+"准时率", v+"及时率")
		for _, front := range []string{"按时", "准时", "按期"} {
			punctual = append(punctual, front+v+"率")
		}
		late = append(late, "延期"+v+"率")
	}
	return punctual, late
}

// expiresZH reports whether a moment is the last day of something by its Chinese name,
// and not one by which something is owed.
func (c *column) expiresZH() bool {
	owes := saysAny(c, owed)
	if hasHan(c.schema.Name) {
		owes = c.says([]string{"应", "付款", "还款", "缴费", "收款"}) // whatever its name is in English
	}
	return c.says(expiringZH) && !owes && !slices.ContainsFunc(c.table.promises(), func(p promise) bool { return p.meant == c })
}

// unfinished is what was done as the moment of it is called: 取消时间 for what is 已取消.
func unfinished(zh string) string {
	if act := strings.TrimPrefix(zh, "已"); utf8.RuneCountInString(act) > 1 {
		return act
	}
	return zh
}
