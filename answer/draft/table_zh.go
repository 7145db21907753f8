package draft

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// chineseTable takes off what only says that a table is one.
func chineseTable(s string) string {
	for _, end := range []string{"信息表", "数据表", "明细表", "记录表", "字典表", "代码表", "编码表", "码表", "维度表", "维表", "主表", "档案表", "表", "信息", "字典"} {
		switch rest, ok := strings.CutSuffix(s, end); {
		case ok && rest != "" && !(end == "表" && closesTable(rest)):
			return rest
		case ok && end != "表":
			return strings.TrimSuffix(s, "表") // 代码表 holds codes
		}
	}
	return s
}

// closesTable reports whether 表 behind some text says no table: 销售代表, 仪表.
func closesTable(front string) bool {
	r, _ := lastRune(front)
	return strings.ContainsRune("代仪电水图报手钟", r)
}

// callMembers lets those who buy be called members where something of a level or a card is
// known of them, and no other table is called so.
func (d *drafting) callMembers() {
	var found *table
	for _, t := range d.tables {
		switch {
		case t.label.ZH == "会员" || slices.Contains(t.synonyms, "会员"):
			return
		case t.isBuyers() && !t.bridge && len(t.joins) == 0 && slices.ContainsFunc(t.columns, func(c *column) bool {
			return c.kind.Kind == semantic.Text && saysAny(c, wordSet("vip member membership loyalty"))
		}):
			if found != nil {
				return
			}
			found = t
		}
	}
	if found != nil && found.label.ZH != "" {
		found.synonyms = append(found.synonyms, "会员")
	}
}
