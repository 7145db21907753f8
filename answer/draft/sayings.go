package draft

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed sayings.txt
var sayingsText string

//go:embed sayings_en.txt
var sayingsEnText string

// sayings are what people say for the values and states that data spell out, by these:
// by their words, where they are English.
var sayings = sync.OnceValue(func() map[string][]string {
	found := map[string][]string{}
	for line := range strings.Lines(sayingsText + sayingsEnText) {
		if value, said, ok := strings.Cut(strings.TrimSpace(line), "|"); ok && value[0] != '#' {
			found[value] = listed(said)
		}
	}
	return found
})

// mostSaid of a column are said in other words; one with more values holds names.
const mostSaid = 20

// sayMembers adds what people say for the values of a column, where it is one of few and
// no other value of the column is called so, or could be said so too.
func (c *column) sayMembers(members []member) []member {
	if len(c.values) > mostSaid || c.join != nil || c.role == identity || c.role == private {
		return members
	}
	all := slices.Clone(members)
	if len(c.note.members) == 0 {
		for _, v := range c.values {
			if len(c.alsoSaid(member{value: v, zh: v})) > 0 && !slices.ContainsFunc(all, func(m member) bool { return m.value == v }) {
				all = append(all, member{value: v, zh: v})
				if !hasHan(v) {
					all[len(all)-1] = member{value: v, en: strings.ReplaceAll(v, "_", " ")}
				}
			}
		}
	}
	for i, m := range all {
		all[i].aliases = slices.DeleteFunc(slices.Clone(m.aliases), c.table.dates)
	}
	called := map[string]int{}
	for _, m := range all {
		for _, w := range append([]string{m.zh}, c.alsoSaid(m)...) {
			called[w]++
		}
	}
	for _, v := range c.values {
		called[v] += 2
	}
	for i, m := range all {
		for _, w := range c.alsoSaid(m) {
			if called[w] == 1 && !slices.Contains(m.aliases, w) && !c.table.dates(w) {
				all[i].aliases = append(slices.Clip(all[i].aliases), w)
			}
		}
	}
	return all
}

// alsoSaid is what people say for a member besides: what the dictionary of sayings has, the
// 空置房 of a 空置 among houses, the technician of a maintenance technician.
func (c *column) alsoSaid(m member) []string {
	all := slices.Clone(sayings()[m.zh])
	thing := closingThing(c.table.label.ZH)
	state := strings.TrimPrefix(m.zh, "已")
	if n := utf8.RuneCountInString(state); c.sorts() && thing != "" && hasHan(state) && n > 1 && n < 5 && !strings.HasSuffix(state, thing) {
		all = append(all, state+thing)
		if state != m.zh {
			all = append(all, m.zh+thing)
		}
	}
	said := m.en
	if said == "" && !hasHan(m.value) && m.zh == m.value {
		said = m.value
	}
	words := strings.FieldsFunc(strings.ToLower(said), func(r rune) bool { return r == ' ' || r == '_' || r == '-' })
	all = append(all, sayings()[strings.Join(words, " ")]...)
	if n := len(words); n > 1 && c.table.isPeople() && saysAny(c, partColumns) && isPersonWord(words[n-1]) {
		all = append(all, words[n-1])
	}
	return append(all, c.decided(words)...)
}

// decided is what was done to rows that a column says a verdict on by the verb alone:
// rejected and desk-rejected of reject and desk reject.
func (c *column) decided(words []string) []string {
	n := len(words)
	if n == 0 || n > 2 || !saysAny(c, verdicts) {
		return nil
	}
	h := slices.IndexFunc(happenings, func(h happening) bool { return h.base == words[n-1] })
	if h < 0 || happenings[h].past == words[n-1] {
		return nil
	}
	done := happenings[h].past
	if n == 1 {
		return []string{done}
	}
	return []string{words[0] + " " + done, words[0] + "-" + done, words[0] + " " + plural(words[1])}
}

// verdicts are words of columns that say what was decided.
var verdicts = wordSet("status state decision outcome result verdict response recommendation disposition resolution ruling")

// sorts reports whether a column says of what sort or in what state its rows are.
func (c *column) sorts() bool {
	return saysAny(c, sortWords) || slices.ContainsFunc([]string{"类型", "状态", "类别", "性质", "方式", "渠道", "分类"}, func(end string) bool { return strings.HasSuffix(c.label.ZH, end) })
}

var sortWords = wordSet("type status state category kind mode class channel")

// partColumns say what part people play.
var partColumns = wordSet("role position job title occupation post profession function")

// closingThing is the character that closes the name of one of the rows that a table
// called so holds: 房 of 房屋; "" for none.
func closingThing(label string) string {
	switch label {
	case "房屋", "房源", "房间", "客房":
		return "房"
	case "车辆", "汽车":
		return "车"
	case "门店", "店铺", "分店":
		return "店"
	case "订单", "工单", "保单", "运单", "报修单", "维修单":
		return "单"
	case "充电桩":
		return "桩"
	}
	return ""
}

// dates reports whether a word is what happens at a moment of the table: 完工 of a table
// with a 完工日期, where the word with a period behind it means the moment. What voids rows
// is their state too: 取消的不算.
func (t *table) dates(w string) bool {
	act := strings.TrimSuffix(w, "了")
	if act == w && voidedZH[w] {
		return false
	}
	return t.deedSaid(w) || utf8.RuneCountInString(act) > 1 && slices.ContainsFunc(t.columns, func(c *column) bool {
		return c.role == moment && (hasHan(act) && strings.Contains(c.label.ZH, act) || slices.Contains(c.nameWords(), act))
	})
}

// flagSayings are what people say for what a column of yes and no says and does not.
var flagSayings = map[string][2][]string{
	"合格": {{"通过", "及格", "考过了"}, {"不合格", "没过", "没通过", "不及格", "挂了", "未通过"}},
	"通过": {{"合格", "及格", "考过了"}, {"不合格", "没过", "没通过", "不及格", "挂了", "未通过"}},
	"及格": {{"合格", "通过", "考过了"}, {"不及格", "没过", "没通过", "挂了", "未通过"}},
	"到店": {{"来了", "到了店"}, {"没来", "没到店", "未到店"}},
	"到场": {{"来了", "到了场"}, {"没来", "没到场", "未到场"}},
	"付款": {{"付了钱", "付了款", "已付款", "已支付"}, {"没付钱", "没付款", "未付款", "未支付", "没付"}},
	"支付": {{"付了钱", "付了款", "已付款", "已支付"}, {"没付钱", "没付款", "未付款", "未支付", "没付"}},
	"缴费": {{"交了钱", "交了费", "已缴费"}, {"没交钱", "没缴费", "未缴费", "没交"}},
	"归还": {{"还了", "已归还"}, {"没还", "还没还", "未归还", "没归还"}},
	"回复": {{"回了", "回复了", "已回复"}, {"没回", "没回复", "未回复", "还没回"}},
	"解决": {{"解决了", "已解决"}, {"没解决", "未解决", "还没解决"}},
	"处理": {{"处理了", "已处理"}, {"没处理", "未处理", "还没处理"}},
	"完成": {{"做完", "完成了", "已完成"}, {"没完成", "未完成", "没做完", "还没完成"}},
	"逾期": {{"超期", "逾期了", "拖欠"}, {"没逾期", "未逾期", "没超期"}},
	"投保": {{"买了保险", "上了保险", "有保险"}, {"没买保险", "没上保险", "没投保", "未投保"}},
	"启用": {{"在用", "启用中"}, {"停用", "未启用", "没启用"}},
	"在职": {{"在岗"}, {"离职", "已离职"}},
	"会员": {nil, {"非会员", "不是会员"}},
	"开票": {{"开了票", "已开票"}, {"没开票", "未开票"}},
	"签到": {{"签了到", "已签到"}, {"没签到", "未签到"}},
	"接种": {{"打了疫苗", "打过疫苗", "已接种"}, {"没打疫苗", "未接种", "没接种"}},
	"绝育": {{"做了绝育", "绝育了", "已绝育"}, {"没绝育", "未绝育", "没做绝育"}},
	"转正": {{"已转正"}, {"没转正", "未转正", "试用期"}},
}

// saidOfFlag are what people say for rows of which a flag holds, and of which it does
// not.
func (c *column) saidOfFlag() (yes, no []string) {
	zh := c.label.ZH
	if hasHan(c.note.zh) {
		zh = c.note.zh
	}
	for _, front := range []string{"是否已", "是否", "已"} {
		if rest, ok := strings.CutPrefix(zh, front); ok {
			zh = rest
			break
		}
	}
	for _, end := range []string{"标志", "标识", "标记"} {
		zh = strings.TrimSuffix(zh, end)
	}
	said := flagSayings[zh]
	return said[0], said[1]
}
