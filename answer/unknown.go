package answer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/nlq"
	"wenshu/semantic"
)

// unheld marks a problem whose name is a thing that nothing was found about.
const unheld = "unheld"

// naming is what it takes to name what was not understood as a person would: whole
// compounds, without the words of grammar around them.
type naming struct {
	question string
	text     *nlq.Text
	uses     []nlq.WordUse // of each token
	function []bool        // of each token: it belongs to a Han word of grammar, and to no name
}

func newNaming(question string, words []nlq.WordUse) *naming {
	n := &naming{question: question, text: nlq.NewText(question)}
	n.uses = make([]nlq.WordUse, len(n.text.Tokens))
	for i, t := range n.text.Tokens {
		for _, w := range words {
			if w.Span.Start <= t.Start && t.End <= w.Span.End {
				n.uses[i] = w
			}
		}
	}
	n.function = make([]bool, len(n.text.Tokens))
	for i, t := range n.text.Tokens {
		for size := min(3, len(n.text.Tokens)-i); size > 0 && t.Class == nlq.Han; size-- {
			if functionHan[n.norm(i, i+size)] && !n.inName(i, i+size) {
				for j := range size {
					n.function[i+j] = true
				}
			}
		}
	}
	return n
}

// inName reports whether some of the characters belong to a word of the lexicon or to a
// longer name of the model.
func (n *naming) inName(from, end int) bool {
	for i := from; i < end; i++ {
		if n.namesModel(i) || n.isSubject(i) {
			return true
		}
	}
	return false
}

// named replaces the spans and names of what was not understood by whole names. Pieces of
// one compound become one.
func (n *naming) named(list semantic.Problems) semantic.Problems {
	var whole semantic.Problems
	for _, p := range list {
		if !unknown[p.Code] || p.Span.End <= p.Span.Start || p.Span.End > len(n.question) {
			whole = append(whole, p)
			continue
		}
		from, end := n.tokensOf(p.Span)
		if from, end = n.grown(from, end); from >= end {
			continue // nothing but grammar
		}
		p = n.withName(p, from, end)
		if last := len(whole) - 1; last >= 0 && p.Detail == unheld && whole[last].Detail == unheld && n.together(whole[last].Span, p.Span) {
			p.Span.Start, p.Span.End = min(p.Span.Start, whole[last].Span.Start), max(p.Span.End, whole[last].Span.End)
			p.Name, p.Near = n.question[p.Span.Start:p.Span.End], append(slices.Clone(whole[last].Near), p.Near...)
			whole = whole[:last]
		}
		whole = append(whole, p)
	}
	isPiece := func(p semantic.Problem) bool {
		return unknown[p.Code] && p.Span.End > p.Span.Start && utf8.RuneCountInString(p.Name) == 1
	}
	if len(whole) == 0 {
		return list
	}
	if !slices.ContainsFunc(whole, func(p semantic.Problem) bool { return !isPiece(p) }) {
		return whole
	}
	return slices.DeleteFunc(whole, isPiece)
}

// withName is a problem about the whole name that some tokens make; as it was where they are
// in the model and found nothing to act on, or where a character alone is left of it.
func (n *naming) withName(p semantic.Problem, from, end int) semantic.Problem {
	span := semantic.Span{Start: n.text.Tokens[from].Start, End: n.text.Tokens[end-1].End}
	said := n.question[span.Start:span.End]
	switch {
	case p.Detail == semantic.Idle && said == p.Name && n.isKnown(from, end):
	case utf8.RuneCountInString(said) == 1 && n.text.Tokens[from].Class == nlq.Han:
	default:
		p.Name, p.Span, p.Detail = said, span, unheld
	}
	return p
}

// isKnown reports whether some of the words name an object of the model.
func (n *naming) isKnown(from, end int) bool {
	return slices.ContainsFunc(n.uses[from:end], namesObject)
}

// tokensOf are the tokens of a span, half-open.
func (n *naming) tokensOf(span semantic.Span) (int, int) {
	from, end := len(n.text.Tokens), 0
	for i, t := range n.text.Tokens {
		if t.Start < span.End && t.End > span.Start {
			from, end = min(from, i), max(end, i+1)
		}
	}
	return from, end
}

// together reports whether two spans are pieces of one name: they touch, or what parts them
// is neither grammar nor a mark.
func (n *naming) together(a, b semantic.Span) bool {
	if b.Start <= a.End {
		return true
	}
	if n.isNoun(n.tokensOf(a)) || n.isNoun(n.tokensOf(b)) {
		return false
	}
	from, end := n.tokensOf(semantic.Span{Start: a.End, End: b.Start})
	if from >= end {
		return true
	}
	if end-from > 2 {
		return false
	}
	for i := from; i < end; i++ {
		if t := n.text.Tokens[i]; !n.content(i) || t.Class == nlq.Han && n.namesModel(i) || t.Class == nlq.Word && known().isLoose(t.Norm) {
			return false
		}
	}
	return true
}

// content reports whether a token is a word that is no grammar, period or number.
func (n *naming) content(i int) bool {
	if i < 0 || i >= len(n.text.Tokens) {
		return false
	}
	t, w := n.text.Tokens[i], n.uses[i]
	switch t.Class {
	case nlq.Mark:
		return false
	case nlq.Digit:
		return i > 0 && !t.Spaced && n.text.Tokens[i-1].Class == nlq.Word // CO2
	case nlq.Han:
		return !grammarHan[t.Norm] && !n.function[i]
	}
	return !grammarWords[t.Norm] && !tellsTime(w)
}

// compoundsSaid are the words of the lexicon in a question, of that many characters and more,
// that no name of the model is, as problems.
func (n *naming) compoundsSaid(least int, isName func(string) bool) semantic.Problems {
	var list semantic.Problems
	add := func(from, end int) {
		span := semantic.Span{Start: n.text.Tokens[from].Start, End: n.text.Tokens[end-1].End}
		said := n.question[span.Start:span.End]
		if len(list) < maxOffered && !slices.ContainsFunc(list, func(p semantic.Problem) bool { return p.Span.Start < span.End && span.Start < p.Span.End }) && !isName(said) {
			list = append(list, semantic.Problem{Code: semantic.NotUnderstood, Name: said, Span: span, Detail: unheld})
		}
	}
	for _, word := range known().compounds {
		for at, size := 0, len([]rune(word)); size >= least && at+size <= len(n.text.Tokens); at++ {
			if n.norm(at, at+size) == word {
				add(at, at+size)
			}
		}
	}
	for at := range n.text.Tokens {
		if n.text.Tokens[at].Class == nlq.Word {
			if from, end := n.nounOf(at, at+1); end-from > 1 {
				add(from, end)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b semantic.Problem) int { return a.Span.Start - b.Span.Start })
	return list
}

// compoundAround is the word of the lexicon of which words are a piece: the phone of phone
// numbers. The span is empty for none.
func (n *naming) compoundAround(span semantic.Span) semantic.Span {
	from, end := n.tokensOf(span)
	if from >= end {
		return semantic.Span{}
	}
	a, b := n.compound(from, end)
	if n.text.Tokens[from].Class != nlq.Han {
		a, b = n.nounOf(from, end)
	}
	if a > from || b < end || b-a == end-from {
		return semantic.Span{}
	}
	return semantic.Span{Start: n.text.Tokens[a].Start, End: n.text.Tokens[b-1].End}
}

// marked reports whether words are said to be what a number is split by: by store, 各门店.
func (n *naming) marked(span semantic.Span) bool {
	from, end := n.tokensOf(span)
	return from > 0 && splits[n.text.Tokens[from-1].Norm] || from > 1 && splits[n.norm(from-2, from)] || from < end && splits[n.text.Tokens[from].Norm]
}

// namesModel reports whether a token is, or belongs to, a name of the model or a member.
func (n *naming) namesModel(i int) bool { return namesObject(n.uses[i]) }

// namesObject reports whether a word was taken for an object of the model.
func namesObject(w nlq.WordUse) bool { return w.State == nlq.Used && w.Object != (nlq.Object{}) }

// tellsTime reports whether a word became a period.
func tellsTime(w nlq.WordUse) bool {
	if w.State != nlq.Used || w.As == "" || w.Object != (nlq.Object{}) {
		return false
	}
	_, err := semantic.ParseQuery("x during " + w.As)
	return err == nil
}

// grown is a span of tokens as a whole name.
func (n *naming) grown(from, end int) (int, int) {
	if from >= end {
		return from, end
	}
	if n.text.Tokens[from].Class == nlq.Han || n.text.Tokens[end-1].Class == nlq.Han {
		from, end = n.grownHan(from, end)
	} else {
		if from, end = n.grownWords(from, end); from < end && n.text.Tokens[from].Class == nlq.Han {
			from, end = n.grownHan(from, end) // LTV of 生命周期价值LTV
		}
	}
	if n.isNoun(from, end) {
		return from, end // tracking number
	}
	for from < end && !n.inside(from) && !n.compoundAt(from, true) {
		from++
	}
	for from < end && !n.inside(end-1) && !n.compoundAt(end, false) {
		end--
	}
	return from, end
}

// compoundAt reports whether a word of the lexicon begins at a token, or ends before it.
func (n *naming) compoundAt(i int, begins bool) bool {
	return slices.ContainsFunc(known().compounds, func(word string) bool {
		size := len([]rune(word))
		from := i
		if !begins {
			from = i - size
		}
		return from >= 0 && from+size <= len(n.text.Tokens) && n.norm(from, from+size) == word
	})
}

// inside reports whether a token may stand at an end of a name.
func (n *naming) inside(i int) bool {
	return n.text.Tokens[i].Class == nlq.Digit || n.content(i) && !edges[n.text.Tokens[i].Norm]
}

// grownWords takes the nouns around unknown words into their name, up to grammar, a period
// or a member, and ends it at a plural: coupons | expired, gift card balance.
func (n *naming) grownWords(from, end int) (int, int) {
	for from < end && !n.content(from) {
		from++
	}
	for from < end && !n.content(end-1) {
		end--
	}
	if from, end = n.nounOf(from, end); n.isNoun(from, end) {
		return from, end
	}
	isMember := func(i int) bool { return n.namesModel(i) && n.uses[i].Object.Member != "" }
	for n.content(from-1) && !isMember(from-1) && n.uses[from-1].Object.Metric == nil && !edges[n.text.Tokens[from-1].Norm] && !n.plural(from-1) {
		from--
	}
	for end > from && !n.plural(end-1) && n.content(end) && !verbs[n.text.Tokens[end].Norm] && (!isMember(end) || heads[n.text.Tokens[end+min(1, len(n.text.Tokens)-1-end)].Norm]) {
		end++
	}
	for i := from; i < end; i++ {
		if i > from && verbs[n.text.Tokens[i].Norm] {
			return from, i
		}
		if n.plural(i) && i+1 < end && !heads[n.text.Tokens[i+1].Norm] {
			return from, i + 1
		}
	}
	return from, end
}

// nounOf is the longest phrase of the lexicon that overlaps a span, with the span.
func (n *naming) nounOf(from, end int) (int, int) {
	return n.widened(from, end, known().nouns, func(noun string) int { return strings.Count(noun, " ") - 1 }, n.words)
}

// widened is a span with the first of some texts, of so many tokens each, that overlaps it
// and reaches beyond it.
func (n *naming) widened(from, end int, texts []string, tokens func(string) int, of func(from, end int) string) (int, int) {
	for _, text := range texts {
		size := tokens(text)
		for at := max(0, from-size+1); at < end && at+size <= len(n.text.Tokens); at++ {
			if (at < from || at+size > end) && of(at, at+size) == text {
				return min(at, from), max(at+size, end)
			}
		}
	}
	return from, end
}

// isNoun reports whether tokens are a phrase of the lexicon.
func (n *naming) isNoun(from, end int) bool {
	return end-from > 1 && slices.Contains(known().nouns, n.words(from, end))
}

// words are tokens as wordings hold them.
func (n *naming) words(from, end int) string {
	var b strings.Builder
	b.WriteByte(' ')
	for _, t := range n.text.Tokens[from:end] {
		b.WriteString(singular(t.Norm) + " ")
	}
	return b.String()
}

// plural reports whether a word is a noun in the plural, behind which a compound ends.
func (n *naming) plural(i int) bool {
	if i < 0 || i >= len(n.text.Tokens) {
		return false
	}
	norm := n.text.Tokens[i].Norm
	return singular(norm) != norm && !modifiers[norm]
}

// grownHan takes the characters around unknown ones into their name that belong to the same
// word, as the lexicon knows it or because they name nothing by themselves, and the noun of
// quantity behind.
func (n *naming) grownHan(from, end int) (int, int) {
	loose := func(i int) bool {
		return n.content(i) && n.text.Tokens[i].Class == nlq.Han && (n.uses[i].State != nlq.Used || utf8.RuneCountInString(n.question[n.uses[i].Span.Start:n.uses[i].Span.End]) == 1) && !(n.namesModel(i) && n.uses[i].Object.Member == "")
	}
	for {
		a, b := n.compound(from, end)
		for loose(a - 1) {
			a--
		}
		for loose(b) {
			b++
		}
		if a == from && b == end {
			break
		}
		from, end = a, b
	}
	if end-from == 1 { // 客户家
		if from > 0 && n.namesModel(from-1) && n.text.Tokens[from-1].Class == nlq.Han {
			for from > 0 && n.uses[from-1].Span == n.uses[from].Span || from == end-1 {
				from--
			}
		}
	}
	for _, verb := range verbsHan {
		size := len([]rune(verb))
		if end-from >= size && n.norm(end-size, end) == verb {
			end -= size
		}
		if end-from >= size && n.norm(from, from+size) == verb {
			from += size
		}
	}
	if end-from > 1 && n.norm(end-1, end) == "分" && end < len(n.text.Tokens) && n.namesModel(end) {
		end-- // 水电费分门店
	}
	if from >= end {
		return from, end
	}
	for _, head := range headsHan {
		if size := len([]rune(head)); end+size <= len(n.text.Tokens) && n.norm(end, end+size) == head {
			return from, end + size
		}
	}
	return from, end
}

// compound is the longest word of the lexicon that overlaps a span, with the span.
func (n *naming) compound(from, end int) (int, int) {
	return n.widened(from, end, known().compounds, utf8.RuneCountInString, n.norm)
}

func (n *naming) norm(from, end int) string {
	var b strings.Builder
	for _, t := range n.text.Tokens[from:end] {
		b.WriteString(t.Norm)
	}
	return b.String()
}

func setOfWords(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

var (
	// grammarWords part the names of a question.
	grammarWords = setOfWords(`a an the of by per for in on at to from with without and or not no is are was were be been being do does did has have had having
		what which who whom whose when where why how much many i we you he she it they me us our my your their his her its this that these those there
		all any each every some most least more less than as so up down out over under into about if can could will would shall should may might must
		show list give tell get see find let want need please top bottom only also just now ever yet then between during since until before after across versus vs
		right hi hello s t d m re ll often always sometimes never usually
		today yesterday tomorrow last next ago month months week weeks quarter quarters year years monday tuesday wednesday thursday friday saturday sunday`)
	// edges begin and end no name, though they may stand inside one.
	edges = setOfWords(`average total number count overall many sum mean median highest lowest best worst last next past current new received paid
		pending outstanding used unused expired redeemed left currently still so far again really most say think
		的 了 吗 呢 啊 吧 是 有 在 里 和 与 及 或 各 每 按 多 少 几 个 我 们 你 他 她 它 把 给 被 让 请 帮 都 还 就 会 能 要 问 看 查 找 算 说 最 比 从 到 对 将 为 之 其 也 共 总 达 些 么 什 怎 哪 谁 想 去 来 过 得 做 只 再 跟 不 没 等 于 一`)
	// verbs end a name that stands before them.
	verbs = setOfWords(`walk walked lose loses lost get gets got make makes made take takes took sell sells sold buy buys bought work works worked go goes went come comes came
		cost costs search searches searched write writes wrote wait waits opened hold holds held say says earn earns earned leave leaves pay pays spend spends spent
		receive receives received win won grow grows grew fall falls fell happen happened arrive arrived send sent use uses used visit visited expired redeemed unused pending walking speak keep keeps hit hits ran founded broke passed closes happy closed`)
	// heads are nouns of quantity that end a compound.
	heads = setOfWords(`rate rates score scores count counts number numbers time times hour hours day days price prices cost costs value level levels ratio balance date dates status name names type types size share index volume usage consumption duration length`)
	// modifiers end in s and stand before the noun of a compound.
	modifiers = setOfWords(`sales goods customs accounts systems operations human services news sports express access address process business process status bonus gas less plus series means lens sms gps cms ics`)

	// splits stand before what a number is split by.
	splits = setOfWords(`by per each every which across 各 每 按 哪 哪些 哪个 分`)

	// verbsHan end or begin no name.
	verbsHan = strings.Fields("发放 领用 选择 提到 用了 收到 买了 发生 进行 使用 坏了 坏")

	headsHan = strings.Fields("利用率 使用率 完成率 差错率 库存 余额 时长 时间 次数 人数 金额 费用 成本 价格 单价 比例 占比 排名 排行 情况 水平 分布 名单 评分 进度 结果 数量 总额 总量 率 量 数 额 费 值 价 度")
)

// functionHan are words of grammar in Han characters: where they belong to no name, they part
// names as well.
var functionHan = setOfWords("现在 目前 当前 眼下 这张 那张 这笔 那笔 这个 那个 这些 那些 这块 那块 刚才 直接 又 才 够 老是 总是 一共 总共 大概 平均 之后 以后 之前 以前 到底 究竟 已经 还有 一下 查下 看下 最低 最高 最多 最少 秒 每平 收回 发出 发出去 有啥 啥")

// grammarHan part the names of a question: they are never in the middle of one that is grown.
var grammarHan = setOfWords("未 占 大 小 高 低 好 差 的 了 吗 呢 啊 吧 是 有 在 里 和 与 及 或 各 每 按 多 少 几 我 你 他 她 它 把 给 被 让 请 帮 都 还 就 会 能 要 最 比 从 对 将 之 其 也 些 么 什 怎 哪 谁 想 得 ， 。 ？ 年 月 日 天 周")
