package draft

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// unitSaid is a unit that a note names: 单位：分.
var unitSaid = regexp.MustCompile(`单位\s*[:：为是]?\s*([\p{Han}]{1,4}|[A-Za-z%/²³]{1,8})`)

// saidUnit is the unit that a Chinese note gives for the numbers of a column, behind
// the name or by saying that it is one.
func saidUnit(note string) string {
	if m := unitSaid.FindStringSubmatch(note); m != nil {
		return m[1]
	}
	for _, part := range strings.FieldsFunc(note, func(r rune) bool { return strings.ContainsRune("，,；;", r) })[min(1, len(note)):] {
		if strings.TrimSpace(part) == "分" {
			return "分" // 成交单价，分
		}
	}
	_, rest, ok := strings.Cut(note, " ")
	if !ok || !hasHan(note) {
		return ""
	}
	return noteUnit(rest)
}

// noteUnit is the unit that what stands behind the name in a note begins with: the 分
// of 分（实付=电费-抵扣）.
func noteUnit(rest string) string {
	word := strings.TrimSpace(rest)
	if at := strings.IndexAny(word, " (（,，;；。"); at >= 0 {
		word = word[:at]
	}
	if word == "分" || word == "kWh" || hasHan(word) && units[word] != "" {
		return word
	}
	return ""
}

// saidOne is a note that says alone what it means that a flag holds: 1=已注销.
var saidOne = regexp.MustCompile(`(?:^|[\s:：，,])(?:(?:1|Y)\s*[=:：-]?|是\s*[=:：])\s*(\p{Han}{2,6}(?:/\p{Han}{2,6})*)`)

// leavesOut is what says that such rows count nowhere.
var leavesOut = regexp.MustCompile(`(?:统计|计算|查询|报表|分析)[^。；;]{0,8}(?:剔除|排除|过滤|不计|不含|去掉|扣除|忽略)|(?:不计入|不参与|不纳入)[^。；;]{0,4}(?:统计|计算|报表|分析)`)

// saidOfOne are the words of a note for rows of which a flag holds, and whether it
// says that they count nowhere.
func saidOfOne(note string) (words []string, leftOut bool) {
	m := saidOne.FindStringSubmatch(note)
	if m == nil {
		return nil, false
	}
	for w := range strings.SplitSeq(m[1], "/") {
		w = strings.TrimSuffix(strings.TrimSuffix(w, "单"), "数据")
		words = append(words, w)
		if rest, done := strings.CutPrefix(w, "已"); done && utf8.RuneCountInString(rest) > 1 {
			words = append(words, rest)
		}
	}
	return words, leavesOut.MatchString(note)
}

// notDone are the words for rows of which it does not hold what a flag says was done:
// 未注销 of 已注销.
func notDone(words []string) []string {
	var all []string
	for _, w := range words {
		if rest, done := strings.CutPrefix(w, "已"); done && utf8.RuneCountInString(rest) > 1 {
			for _, front := range nullFronts {
				all = append(all, front+rest)
			}
		}
	}
	return all
}

// takesBack reports whether a flag says that its rows are no longer such: deleted,
// void, closed.
func (c *column) takesBack() bool {
	return c.saysYes() != "" && slices.ContainsFunc(append(slices.Clone(c.note.yes), c.note.zh), func(w string) bool {
		return slices.ContainsFunc([]string{"删除", "作废", "注销", "测试"}, func(s string) bool { return strings.Contains(w, s) })
	})
}

// inCents reports whether the numbers of a column are hundredths of its currency, by
// the unit that the note gives and by what the column is.
func (c *column) inCents() bool {
	if c.said != "分" || c.kind.Kind != semantic.Int {
		return false
	}
	return slices.ContainsFunc([]string{"费", "额", "款", "价", "本", "抵扣", "收入", "支出", "工资", "薪", "押金", "租金", "定金", "利润", "补贴", "奖金", "税", "小计", "合计", "总计"}, func(s string) bool { return strings.Contains(c.note.zh, s) })
}

// tellCents reads hundredths as what they are hundredths of.
func (c *column) tellCents() {
	if !c.inCents() || c.expr != "" {
		return
	}
	c.expr = spelled(c.schema.Name) + " / 100.0"
	c.kind = semantic.ColumnType{Kind: semantic.Float}
	c.said, c.cents = "元", true
}

// sayNote adds what a Chinese note calls a column otherwise.
func (c *column) sayNote() {
	c.sayCoded()
	c.sayHead()
	if rest, ok := strings.CutSuffix(c.note.zh, "金额"); ok && c.role == addable && utf8.RuneCountInString(rest) > 2 {
		c.synonyms = append(c.synonyms, rest) // 医保支付 of 医保支付金额
	}
}

// sayHead adds what people call a column by the end of its Chinese name, and a moment
// that is called by what happens then.
func (c *column) sayHead() {
	zh := c.label.ZH
	if !hasHan(c.schema.Comment + c.schema.Name) {
		return
	}
	if zh == "" && len(c.note.members) > 0 && c.role != moment && hasHan(c.note.members[0].zh) {
		c.label.ZH = "状态" // a note that lists 1在职 0离职 and names nothing
		return
	}
	if c.role == moment && hasHan(zh) && !closesTime(zh) {
		c.synonyms = append(c.synonyms, zh+"时间", zh+"日期")
	}
	runes := []rune(zh)
	n := len(runes) - 2
	if n < 2 || c.role == moment || c.role == identity || c.role == private || c.saysYes() != "" {
		return
	}
	head := string(runes[n:])
	if !isHan(runes[n]) || !isHan(runes[n+1]) || dictionary().chinese[head] == nil || vagueHeads[head] || fromChinese(string(runes[:n])) == "" {
		return
	}
	for _, o := range c.table.columns {
		if o != c && (strings.HasSuffix(o.note.zh, head) || strings.HasSuffix(strings.Join(o.raw, ""), head)) {
			return
		}
	}
	c.synonyms = append(c.synonyms, head)
}

// closesTime reports whether a name says that it is of a moment.
func closesTime(zh string) bool {
	return slices.ContainsFunc([]string{"时间", "日期", "时刻", "日", "时", "年", "月", "年份", "月份", "交期", "期"}, func(end string) bool { return strings.HasSuffix(zh, end) })
}

// vagueHeads close the names of columns and say nothing without what stands before.
var vagueHeads = wordSet("编号 编码 代码 名称 数量 数目 总数 人数 次数 标志 标识 标记 备注 描述 说明 信息 内容 时间 日期 金额 总额 比例 序号 号码 单位 人员 工号 用户 客户 员工 姓名 地址 电话 类型 状态 方式")
