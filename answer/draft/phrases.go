package draft

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// phrase is an adjective that stands for a condition on a column: the emergency of
// is_emergency, 促销 of 是否促销, the unpaid of a date of payment that is missing.
type phrase struct {
	words []string
	on    *column
	test  string // of the column, as expressions spell it
	where string // the whole condition, where it is more than a test of the column
}

// answers are the pairs of values that say yes and no; the first says yes.
var answers = [][2]string{{"Y", "N"}, {"T", "F"}, {"yes", "no"}, {"true", "false"}, {"是", "否"}, {"有", "无"}, {"1", "0"}}

// saysYes is the value of a column that says yes, as expressions spell it; ""
// when the column does not say yes or no.
func (c *column) saysYes() string {
	if c.kind.Kind == semantic.Bool {
		return "true"
	}
	if len(c.values) == 0 || len(c.values) > 3 || c.join != nil {
		return ""
	}
	for _, pair := range answers {
		if c.kind.Kind != semantic.Text || pair[0] == "1" && !c.calledFlag() {
			continue
		}
		yes := ""
		for _, v := range c.values {
			switch {
			case strings.EqualFold(v, pair[0]):
				yes = v
			case strings.EqualFold(v, pair[1]) || v == "":
			default:
				yes = "\x00"
			}
			if yes == "\x00" {
				break
			}
		}
		if yes != "" && yes != "\x00" {
			return semantic.ExprString(semantic.Lit{Value: semantic.TextValue(yes)})
		}
	}
	return ""
}

// calledFlag reports whether a name says that the column says yes or no.
func (c *column) calledFlag() bool {
	words := c.lowerWords()
	return len(words) > 0 && (flagFronts[words[0]] || flagBacks[canonical(words[len(words)-1])] || strings.HasPrefix(words[0], "是否") || words[0] == "shifou")
}

// findPhrases proposes an adjective for each column of yes and no. Words that
// mean a table, a column or a metric are left out, and so are those of two
// columns.
func (d *drafting) findPhrases(taken map[string]bool) {
	counts := map[string]int{}
	var all []phrase
	for _, t := range d.tables {
		for _, c := range t.columns {
			p := phrase{on: c}
			var words []string
			switch yes := c.saysYes(); {
			case c.name == "":
				continue
			case yes != "":
				said, _ := c.saidOfFlag()
				p.test, words = "= "+yes, slices.Concat(c.note.yes, c.adjectives(), said)
				if c.note.leftOut {
					words = nil // a rule leaves them out
				}
			default:
				undone := c.undone()
				if void := t.notVoided(); void != "" && len(undone) > 0 {
					// What was called off is no more to be done.
					pending := phrase{on: c, where: t.spelt(c) + " is null" + void}
					pending.say(undone, taken)
					all, undone = append(all, pending), nil
				}
				p.test, words = "is null", append(undone, c.nullWords()...)
			}
			p.say(words, taken)
			p.words = unlike(p.words)
			no := c.denied(p, taken)
			for _, w := range slices.Concat(p.words, no.words) {
				counts[strings.ToLower(w)]++
			}
			if len(p.words) > 0 {
				all = append(all, p)
			}
			if len(no.words) > 0 {
				all = append(all, no)
			}
		}
	}
	for _, t := range d.tables {
		for _, p := range slices.Concat(t.lastingPhrases(), t.donePhrases(), t.promisePhrases(), t.expiryPhrases(), t.familyPhrases(), t.pairPhrases(), t.closedElsewhere(), t.deedPhrases(), t.stockPhrases()) {
			p.words = slices.DeleteFunc(unlike(p.words), func(w string) bool { return taken[w] || t.holdsValue(w) || t.saidOf(all, w) })
			all = append(all, p)
		}
	}
	for _, p := range all {
		p.words = slices.DeleteFunc(p.words, func(w string) bool { return p.where == "" && p.test != "is null" && counts[strings.ToLower(w)] > 1 })
		if len(p.words) > 0 {
			d.phrases = append(d.phrases, p)
		}
	}
}

// say adds the words that are free to those of a phrase.
func (p *phrase) say(words []string, taken map[string]bool) {
	for _, w := range words {
		if low := strings.ToLower(w); w != "" && !taken[low] && !vagueAdjective[low] && !slices.Contains(p.words, w) {
			p.words = append(p.words, w)
		}
	}
}

// saidOf reports whether a word is one of the phrases of a table already.
func (t *table) saidOf(all []phrase, w string) bool {
	return slices.ContainsFunc(all, func(p phrase) bool { return p.on.table == t && slices.Contains(p.words, w) })
}

// opposites are adjectives of what an adjective does not hold for, where they are
// words of their own.
var opposites = map[string]string{"active": "inactive", "available": "unavailable", "verified": "unverified", "resolved": "unresolved", "approved": "unapproved", "enabled": "disabled", "subscribed": "unsubscribed", "registered": "unregistered", "insured": "uninsured", "vaccinated": "unvaccinated", "weekend": "weekday", "weekends": "weekdays", "full time": "part time", "全职": "兼职", "处方药": "非处方药", "处方": "非处方", "自营": "非自营", "线上": "线下", "会员": "非会员", "新客": "老客", "必修": "选修", "国产": "进口", "进口": "国产"}

// denied is the phrase of those that an adjective does not hold for: the inactive
// of a column that says active.
func (c *column) denied(yes phrase, taken map[string]bool) phrase {
	no := phrase{on: c}
	value, ok := strings.CutPrefix(yes.test, "= ")
	if !ok {
		return no
	}
	no.test = "!= " + value
	for _, w := range notDone(c.note.yes) {
		if !taken[w] && !c.note.leftOut {
			no.words = append(no.words, w)
		}
	}
	_, said := c.saidOfFlag()
	for _, w := range said {
		if !taken[w] && !slices.Contains(yes.words, w) {
			no.words = append(no.words, w)
		}
	}
	if c.takesBack() {
		no.words, no.where = append(no.words, "有效"), spelled(c.table.name)+"."+spelled(c.name)+" "+no.test
	}
	for _, m := range c.note.members {
		if m.value == "0" && utf8.RuneCountInString(m.zh) > 1 && !strings.HasPrefix(m.zh, "不") && !strings.HasPrefix(m.zh, "非") && !taken[m.zh] {
			no.words = append(no.words, m.zh) // 下架 of 1在售 0下架
		}
	}
	for _, w := range yes.words {
		opposite := opposites[w]
		if opposite == "" && strings.HasSuffix(w, "ed") && !strings.HasPrefix(w, "un") && !c.takesBack() && !strings.Contains(w, " ") {
			opposite = "un" + w // the unbonded of is_bonded
		}
		if opposite != "" && !taken[opposite] {
			no.words = append(no.words, opposite)
		}
	}
	return no
}

// unlike leaves out words that differ from an earlier one in case alone.
func unlike(words []string) []string {
	var kept []string
	for _, w := range words {
		if !slices.ContainsFunc(kept, func(k string) bool { return strings.EqualFold(k, w) }) {
			kept = append(kept, w)
		}
	}
	return kept
}

// vagueAdjective are words that could be about anything.
var vagueAdjective = wordSet("valid flag status type new in on out all 有效 状态 标志")

// adjectives are the words of a column of yes and no without what says that it
// is one.
func (c *column) adjectives() []string {
	words := slices.Clone(c.words)
	for len(words) > 1 && flagFronts[words[0]] {
		words = words[1:]
	}
	for len(words) > 1 && (canonical(words[len(words)-1]) == "flag" || words[len(words)-1] == "yn" || words[len(words)-1] == "ind" || words[len(words)-1] == "indicator") {
		words = words[:len(words)-1]
	}
	var all []string
	if english, ok := englishOf(words); ok {
		all = append(all, english)
		if len(words) > 1 && placing[words[0]] {
			all = append(all, strings.Join(strings.Fields(english), "-")) // in-service units
		}
		if t := dictionary().terms[english]; len(words) == 1 && (!describing(english) || t != nil && t.role == "person") {
			all = append(all, plural(english)) // smokers are those of smoker
		}
		if doing[english] {
			all = append(all, participle(english))
		}
		if t := dictionary().terms[english]; t != nil {
			all = append(all, t.synonyms...)
			all = append(all, t.zh...)
		}
	}
	zh := chineseOf(words)
	if hasHan(c.note.zh) {
		zh = c.note.zh
	}
	if strings.HasPrefix(c.label.ZH, "是否") {
		zh = c.label.ZH
	}
	for _, front := range []string{"是否为", "是否是", "是否有", "是否"} {
		zh = strings.TrimPrefix(zh, front)
	}
	for _, end := range []string{"标志", "标识", "标记"} {
		zh = strings.TrimSuffix(zh, end)
	}
	if noun := c.table.label.ZH; noun != "" && zh != noun {
		zh = strings.TrimSuffix(zh, noun) // 品牌 of 是否品牌商家: the shops stand behind it
	}
	if len([]rune(zh)) > 1 {
		all = append(all, zh)
		if zh == "处方" && !c.table.isPeople() {
			all = append(all, "处方药")
		}
		if t := c.table; t.time != nil && t.time.kind.Kind == semantic.Date && len(t.display) == 0 {
			all = append(all, zh+"日") // a row for each day
		}
	}
	if english := fromChinese(zh); doing[english] || len(words) == 1 && doing[words[0]] {
		all = append(all, "已"+strings.TrimPrefix(zh, "已"))
	}
	return all
}

// describing reports whether a word is no noun by its ending.
func describing(w string) bool {
	for _, end := range []string{"ed", "ing", "able", "ible", "al", "ic", "ive", "ous", "ful", "less", "ary", "ly", "ent", "ant", "s"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	for _, done := range participles {
		if w == done {
			return true
		}
	}
	return len(w) < 4 || doing[w]
}

// doing are verbs that columns of yes and no are called by: what has been done.
var doing = wordSet("pay payment return cancel ship deliver delivery complete approve verify delete refund register sign settle settlement review publish activate subscribe confirm close resolve send submit finish receive invoice insure vaccinate graduate graduation renovate retire deposit renew print archive lock")

// participles of verbs that columns of yes and no are called by, where they are
// not regular.
var participles = map[string]string{"pay": "paid", "sell": "sold", "send": "sent", "ship": "shipped", "win": "won", "cancel": "cancelled", "read": "read", "lose": "lost", "submit": "submitted", "buy": "bought", "give": "given", "hide": "hidden", "stop": "stopped"}

// participle is what has been done where a verb is done.
func participle(verb string) string {
	switch {
	case participles[verb] != "":
		return participles[verb]
	case strings.HasSuffix(verb, "ed"):
		return verb
	case strings.HasSuffix(verb, "e"):
		return verb + "d"
	case strings.HasSuffix(verb, "fy") || strings.HasSuffix(verb, "ry") || strings.HasSuffix(verb, "ly"):
		return verb[:len(verb)-1] + "ied"
	}
	return verb + "ed"
}

func (d *drafting) writePhrases(w *writer, t *table) {
	first := true
	for _, p := range d.phrases {
		if p.on.table != t || p.ofGone() {
			continue
		}
		if first {
			w.line(0, "phrases:")
			first = false
		}
		where := cmp.Or(p.where, spelled(t.name)+"."+spelled(p.on.name)+" "+p.test)
		w.line(1, "- {words: %s, on: %s, where: %s}", list(p.words), semantic.YAMLWord(t.name), semantic.YAMLWord(where))
	}
}
