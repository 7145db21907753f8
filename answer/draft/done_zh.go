package draft

import (
	"slices"
	"strings"
)

// deedZH is what Chinese says of rows to which something was done at a moment, and of
// those to which it was not, besides the act in the name of the moment: 付过钱 and 没付钱
// of a time of payment.
type deedZH struct {
	says      map[string]bool // words of the moment
	rows      map[string]bool // one of them is in the name of the table; nil for any
	done, not []string
}

// deedsZH are told by the words of a moment and of its table.
var deedsZH = []deedZH{
	{wordSet("paid pay payment"), wordSet("order payment sale"), strings.Fields("付费 已付费 付过费 付费成功"), strings.Fields("未付费 没付费")},
	{wordSet("paid pay payment"), nil,
		strings.Fields("付过钱 付了钱 付过款 付了款 已付款 已付钱 支付成功 付款成功"),
		strings.Fields("没付 还没付 没付钱 还没付钱 没付过钱 没给钱 还没给钱 没交钱 还没交钱")},
	{overWords, wordSet("repair maintenance fault breakdown"),
		strings.Fields("修好 修好了 修完 修完了"), strings.Fields("没修好 没修完 还没修好 还没修完 未修好 未修完 没完成 没弄好")},
	{overWords, caseWords,
		strings.Fields("处理完 处理完了 处理好 处理好了"), strings.Fields("没处理完 还没处理完 未处理完 没处理好 还没处理好 没弄完")},
}

var (
	overWords = wordSet("completed complete completion finished finish closed close resolved resolve fixed")
	caseWords = wordSet("ticket case issue request complaint task workorder claim incident")
)

// deedSaid reports whether a word is what Chinese says of rows by one of their moments.
func (t *table) deedSaid(w string) bool {
	return slices.ContainsFunc(t.deedPhrases(), func(p phrase) bool { return slices.Contains(p.words, w) })
}

// deedPhrases are the phrases of what was done to rows and what was not, where some rows
// lack the moment of it.
func (t *table) deedPhrases() []phrase {
	var all []phrase
	for _, c := range t.columns {
		if c.name == "" || c.role != moment || c.nulls == 0 || c.nulls >= t.rows || saysAny(c, meant) || hasHan(c.schema.Name) {
			continue
		}
		for _, d := range deedsZH {
			if !saysAny(c, d.says) || d.rows != nil && !t.isAmong(d.rows) {
				continue
			}
			all = append(all, phrase{on: c, where: t.spelt(c) + " is not null", words: slices.Clone(d.done)},
				phrase{on: c, where: t.spelt(c) + " is null" + t.notVoided(), words: slices.Clone(d.not)})
		}
	}
	return all
}

// paidCountZH are what Chinese calls the number of rows by the time of payment.
func paidCountZH(rows string) []string {
	if n := len([]rune(rows)); !hasHan(rows) || n > 3 {
		return nil
	}
	var all []string
	for _, front := range []string{"付款", "支付", "支付成功", "支付成功的", "付款成功的", "付费", "已付款"} {
		all = append(all, front+rows+"数", front+rows+"量")
	}
	return all
}
