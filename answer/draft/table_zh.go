package draft

import "strings"

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
