package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// addActs adds the ways in which Chinese says a column by the act in its name:
// 录取了多少人 of 录取人数, 出品 of 出品公司, 创办 of 创办年份, 区 of 所在区.
func (v *vocabulary) addActs(norms []string, d *semantic.Dimension) {
	if slices.ContainsFunc(norms, func(n string) bool { return !isHanNorm(n) }) {
		return
	}
	for _, front := range placeFronts {
		if rest, ok := cutFront(norms, front); ok {
			v.addTokens(rest, called{Object{Dimension: d}, costDerived, "without 所在"})
			return
		}
	}
	switch {
	case isYears(d), isTime(d):
		v.addAct(norms, yearClosings, d)
		if rest, ok := cutBack(norms, d.Type.Kind); ok && isTime(d) && len(rest) == 4 {
			v.addTokens(rest[2:], called{Object{Dimension: d}, costHead, "the act of its name"}) // 归还 of 实际归还日期
		}
	case d.Type.Kind == semantic.Text && d.Of == nil && !d.Key:
		v.addAct(norms, doerClosings, d)
	case isMeasurable(d):
		v.addCounted(norms, d)
		for _, closing := range [][]string{{"金", "额"}, {"费", "用"}, {"款", "项"}, {"款"}, {"额"}} {
			if n := len(norms) - len(closing); n == 2 && equalNorms(norms[n:], closing) && owedMoney[norms[0]+norms[1]] {
				v.addTokens(norms[:n], called{Object{Dimension: d}, costDerived, "without its last word"})
			}
		}
	}
}

var (
	placeFronts  = [][]string{{"所", "在"}, {"所", "属"}, {"所", "处"}}
	yearClosings = [][]string{{"年", "份"}, {"年", "度"}, {"年"}}
	doerClosings = [][]string{{"公", "司"}, {"单", "位"}, {"厂", "商"}, {"厂", "家"}, {"机", "构"}, {"企", "业"}, {"商"}, {"方"}, {"者"}, {"人"}}
)

// enterLog adds the name of a table without the word that says it keeps records:
// 录取 of 录取情况, 借阅 of 借阅记录.
func (v *vocabulary) enterLog(t *semantic.Table) {
	norms := NewText(t.Names.Label.ZH).Norms()
	for _, closing := range logClosings {
		if n := len(norms) - len(closing); n >= 2 && equalNorms(norms[n:], closing) {
			v.addTokens(norms[:n], called{Object{Table: t}, costDerived, "without its last word"})
			return
		}
	}
}

// lastWords is why a table is called by the end of its name, which hints are not.
const lastWords = "last words"

// enterTableHead adds what closes the name of a table in Chinese: 评价 of 游客评价.
func (v *vocabulary) enterTableHead(t *semantic.Table) {
	norms := NewText(t.Names.Label.ZH).Norms()
	if len(norms) < 4 || slices.ContainsFunc(norms, func(n string) bool { return !isHanNorm(n) }) {
		return
	}
	head := norms[len(norms)-2:]
	if slices.ContainsFunc(slices.Concat(logClosings, vagueTables), func(closing []string) bool { return equalNorms(closing, head) }) {
		return
	}
	if slices.ContainsFunc(v.names.exact(head), func(c called) bool { return c.object.Table != nil && c.cost <= costSynonym }) {
		return // 线路景点 are no 景点
	}
	v.addTokens(head, called{Object{Table: t}, costDerived, lastWords})
}

// vagueTables close the names of tables and say nothing about what these hold.
var vagueTables = [][]string{{"关", "系"}, {"对", "应"}, {"关", "联"}, {"类", "型"}, {"字", "典"}, {"类", "别"}, {"分", "类"}, {"汇", "总"}, {"统", "计"}, {"日", "报"}, {"月", "报"}, {"报", "表"}, {"档", "案"}, {"日", "志"}, {"流", "水"}, {"结", "果"}, {"状", "态"}}

var logClosings = [][]string{{"情", "况"}, {"记", "录"}, {"明", "细"}, {"信", "息"}, {"列", "表"}, {"名", "单"}, {"数", "据"}, {"表"}}

// enterMetricActs adds the ways in which Chinese asks for a metric by the act in
// its name: 优惠了多少钱 of 优惠金额, 新客 of 新客数 where nothing else is called so.
func (v *vocabulary) enterMetricActs(m *semantic.Metric) {
	norms := NewText(m.Names.Label.ZH).Norms()
	if slices.ContainsFunc(norms, func(n string) bool { return !isHanNorm(n) }) {
		return
	}
	o := Object{Metric: m}
	for _, closing := range [][]string{{"金", "额"}, {"额"}} {
		if n := len(norms) - len(closing); n >= 2 && equalNorms(norms[n:], closing) {
			for _, asked := range []string{"了多少钱", "多少钱", "了多少元"} {
				v.addTokens(append(slices.Clone(norms[:n]), NewText(asked).Norms()...), called{o, costDerived, "the act of its name"})
			}
			break
		}
	}
	v.enterSold(m, o)
	v.enterRate(norms, o)
	if n := len(norms) - 1; n >= 2 && norms[n] == "数" && !v.endsInName(norms[:n]) {
		v.addTokens(norms[:n], called{o, costDerived, "without its last word"})
	}
}

// enterSold adds the ways to ask for how much money goods were sold: 卖了多少钱 of 销售额.
func (v *vocabulary) enterSold(m *semantic.Metric, o Object) {
	cost := costDerived
	if !soldMoney[strings.TrimPrefix(m.Names.Label.ZH, "总")] {
		if !slices.ContainsFunc(m.Names.Synonyms, func(name string) bool { return soldMoney[name] }) {
			return
		}
		cost += costSynonym
	}
	for _, front := range []string{"", "一共", "总共", "共"} {
		for _, sold := range []string{"卖了", "卖", "卖出", "卖出了", "卖出去"} {
			for _, asked := range []string{"多少钱", "多少元", "多少钱的货", "多少块钱"} {
				v.addTokens(NewText(front+sold+asked).Norms(), called{o, cost, "the act of its name"})
			}
		}
	}
}

// soldMoney are Chinese names of the money that goods are sold for.
var soldMoney = map[string]bool{"销售额": true, "销售金额": true, "销售总额": true, "营业额": true, "销售收入": true}

// enterRate adds the ways to ask how much was done of what a rate is about:
// 目标完成了多少 of 目标完成率.
func (v *vocabulary) enterRate(norms []string, o Object) {
	n := len(norms) - 3
	if n < 1 || norms[n+2] != "率" || !doneActs[norms[n]+norms[n+1]] {
		return
	}
	of, done := joinNorms(norms[:n]), norms[n]+norms[n+1]
	for _, front := range []string{of, "的" + of, of + "都"} {
		for _, asked := range []string{"了多少", "多少", "了百分之几", "百分之几", "了几成", "情况", "得怎么样", "的怎么样", "得如何", "得咋样", "的咋样", "怎么样了", "度"} {
			v.addTokens(NewText(front+done+asked).Norms(), called{o, costDerived, "the act of its name"})
		}
	}
	for _, asked := range []string{"多少", "多少了", "了多少", "情况", "得怎么样", "的怎么样", "怎么样了"} {
		v.addTokens(NewText(done+of+asked).Norms(), called{o, costDerived, "the act of its name"})
	}
	for _, between := range []string{"了多少", "了百分之几的", "了几成"} {
		v.addTokens(NewText(done+between+of).Norms(), called{o, costDerived, "the act of its name"})
	}
}

// doneActs are what a rate says of a goal.
var doneActs = map[string]bool{"完成": true, "达成": true, "执行": true, "兑现": true}

// owedMoney says of an amount whether it is due or settled: 应收 is short for
// 应收金额.
var owedMoney = map[string]bool{"应收": true, "实收": true, "应付": true, "实付": true, "已收": true, "未收": true, "已付": true, "未付": true, "预收": true, "预付": true, "应缴": true, "实缴": true, "已缴": true, "未缴": true, "欠缴": true}

// endsInName reports whether the last of some norms are a name already: 客户 of
// 注册客户.
func (v *vocabulary) endsInName(norms []string) bool {
	for from := 0; from+2 <= len(norms); from++ {
		if len(v.names.exact(norms[from:])) > 0 {
			return true
		}
	}
	return false
}

// addAct adds a name without what closes it: the act that is left has two
// characters or more.
func (v *vocabulary) addAct(norms []string, closings [][]string, d *semantic.Dimension) {
	for _, closing := range closings {
		n := len(norms) - len(closing)
		if n >= 2 && equalNorms(norms[n:], closing) {
			v.addTokens(norms[:n], called{Object{Dimension: d}, costHead, "the act of its name"})
			return
		}
	}
}

// addCounted adds the question that a counted number answers: 成交了多少套 of
// 成交套数.
func (v *vocabulary) addCounted(norms []string, d *semantic.Dimension) {
	n := len(norms)
	if n < 4 || norms[n-1] != "数" || n > 8 {
		return
	}
	act, unit := norms[:n-2], norms[n-2]
	for _, between := range [][]string{{"了", "多", "少"}, {"多", "少"}, {"过", "多", "少"}, {"了", "几"}, {"总"}, {"的"}, {"的", "总"}} {
		said := append(slices.Clone(act), between...)
		said = append(said, unit)
		if last := between[len(between)-1]; last == "总" || last == "的" {
			said = append(said, "数")
		}
		v.addTokens(said, called{Object{Dimension: d}, costDerived, "the act of its name"})
	}
}

// kindWords follow a member and say what kind of member it is: 师范类, 喜剧片,
// 浙江省.
var kindWords = map[string]bool{
	"类": true, "型": true, "片": true, "款": true, "级": true, "系": true, "省": true, "市": true, "县": true, "区": true, "镇": true, "州": true, "牌": true, "籍": true, "产": true, "队": true, "剧": true,
}

// kindBehind reports whether node i is a word for the kind of the member right
// before it.
func (s *sentence) kindBehind(i int) bool {
	if i >= len(s.nodes) || !s.touches(i-1, i) {
		return false
	}
	if m, ok := s.memberAt(i - 1); ok && s.text.Said(s.nodes[i].from, s.nodes[i].end) == "状态" && strings.HasSuffix(m.dim.Names.Label.ZH, "态") {
		return true // 处于维修中状态: of the 房态 that is said, whatever else has a 状态
	}
	if s.nodes[i].end != s.nodes[i].from+1 {
		return false
	}
	char := s.text.At(s.nodes[i].from).Norm
	if m, ok := s.memberAt(i - 1); ok && is[unread](s, i) && s.text.At(s.nodes[i].from).Class == Han && strings.Contains(m.dim.Names.Label.ZH, char) {
		return true // 学生卡 of the 卡类型 学生
	}
	return is[unread](s, i) && kindWords[char]
}

// enterActs adds what is done at a time by the other Chinese names of the time: 上映 of a
// release date that is called 上映日期 too.
func (v *vocabulary) enterActs(d *semantic.Dimension, fronts [][]string) {
	if !isTime(d) && d.Type.Coding != semantic.YYYY {
		return
	}
	for _, name := range d.Names.Synonyms {
		norms := v.enterText(name)
		if len(norms) < 3 || !isHanNorm(norms[0]) {
			continue
		}
		rest, ok := cutBack(norms, d.Type.Kind)
		for _, closing := range [][]string{{"年", "份"}, {"年", "代"}} {
			if years, found := cutEnd(norms, closing); found && !ok {
				rest, ok = years, true
			}
		}
		if ok && len(rest) > 1 && !slices.ContainsFunc(fronts, func(front []string) bool { return equalNorms(front, rest) }) {
			v.addTokens(rest, called{Object{Dimension: d}, costHead, "without its last word"})
		}
	}
}
