package draft

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

const (
	mostRated   = 12 // values of a column that says how rows ended
	fewestRated = 5  // rows of which shares say anything
)

// stateEnds close the Chinese names of columns that say how the rows of a table ended.
var stateEnds = []string{"状态", "结果", "结论", "结局", "转归", "情况"}

// saysState reports whether a column says how the rows of its table ended.
func (c *column) saysState() bool {
	if c.name == "" || c.join != nil || c.distinct < 2 || c.distinct > mostRated || c.kind.Kind != semantic.Text && c.kind.Kind != semantic.Int || c.kind.Kind == semantic.Int && len(c.note.members) == 0 {
		return false
	}
	words := c.nameWords()
	for len(words) > 1 && (words[len(words)-1] == "code" || words[len(words)-1] == "cd") {
		words = words[:len(words)-1]
	}
	return len(words) > 0 && stateWords[canonical(words[len(words)-1])] || slices.ContainsFunc(stateEnds, func(end string) bool { return strings.HasSuffix(c.label.ZH, end) })
}

// stateRates are the shares of rows that ended in one way: the no-show rate of
// appointments, 取消率 of orders of which some are 已取消.
func (t *table) stateRates() []metric {
	var all []metric
	for _, c := range t.columns {
		if t.rows < fewestRated || !c.saysState() {
			continue
		}
		for _, v := range c.values {
			m := member{value: v}
			if !hasHan(v) {
				m.en = strings.ToLower(v)
			} else {
				m.zh = v
			}
			for _, h := range c.held {
				if h.value == v {
					m = member{value: v, en: strings.ToLower(h.en), zh: h.zh}
				}
			}
			if r, ok := t.rateOf(m.en, m.zh, t.spelt(c)+" = "+c.literals([]string{v})); ok && v != "" {
				all = append(all, r)
			}
		}
	}
	return all
}

// flagged are what rows are counted as of which a flag says how they ended.
var flagged = map[string]string{"cancelled": "cancellations", "canceled": "cancellations", "no show": "no-shows", "refunded": "refunds", "returned": "returns", "rejected": "rejections", "approved": "approvals", "completed": "completions", "failed": "failures", "escalated": "escalations", "won": "wins", "lost": "losses", "renewed": "renewals", "absent": "absences", "graduated": "graduations", "withdrawn": "withdrawals", "converted": "conversions", "declined": "declines", "bounced": "bounces"}

// endedCounts count the rows of a table that ended in one way of which no moment and no
// act tells: no-shows, the escalations that a flag marks.
func (t *table) endedCounts() []metric {
	var all []metric
	for _, m := range slices.Concat(t.stateRates(), t.flagRates()) {
		said, ok := strings.CutSuffix(m.label.EN, " rate")
		noun := ""
		for state, events := range flagged {
			if rated[state] == said || state == said {
				noun = max(noun, events)
			}
		}
		expr, _, _ := strings.Cut(m.expr, " / ")
		_, test, _ := strings.Cut(expr, "{")
		if !ok || noun == "" {
			continue
		}
		c := metric{name: t.name + "_" + legal(noun, "ended"), home: t, expr: "count(" + spelled(t.name) + ")", where: strings.TrimSuffix(test, "}"), label: semantic.Label{EN: noun}}
		c.synonyms = []string{"number of " + noun, t.label.EN + " " + noun, strings.ReplaceAll(noun, "-", " ")}
		all = append(all, c)
	}
	return all
}

// rateOf is the share of the rows of a table for which a test holds, called by what was
// done to these in either language.
func (t *table) rateOf(en, zh, test string) (metric, bool) {
	rows := "count(" + spelled(t.name) + ")"
	m := metric{home: t, expr: rows + "{" + test + "} / " + rows}
	said := strings.NewReplacer("_", " ", "-", " ").Replace(en)
	if base := rated[said]; base != "" {
		m.name = t.name + "_" + legal(base+" rate", "rate")
		m.label.EN = base + " rate"
		m.synonyms = []string{t.label.EN + " " + base + " rate", base + " percentage", base + " %"}
		if said != base {
			m.synonyms = append(m.synonyms, said+" rate")
		}
	}
	act := strings.TrimPrefix(zh, "已")
	if n := utf8.RuneCountInString(act); hasHan(act) && n >= 2 && n <= 3 && !strings.HasSuffix(act, "率") && !unratedZH[act] && !strings.HasPrefix(act, "未") && !strings.HasSuffix(act, "中") && t.label.ZH != "" {
		m.label.ZH = act + "率"
		m.synonyms = append(m.synonyms, t.label.ZH+act+"率")
		if m.name == "" {
			m.name = t.name + "_share_of_" + legal(cmp.Or(said, act), "rows")
		}
	}
	return m, m.name != ""
}

// unratedZH are states of which nobody says a rate.
var unratedZH = wordSet("正常 其他 其它 未知 启用 停用 有效 无效 在职 离职 男 女 新建 开始 待定 普通 一般 默认 关闭")

// doneRates are the shares of rows to which something has happened, by the moment at which
// it did: the fill rate of holds, 结案率.
func (t *table) doneRates() []metric {
	var all []metric
	for _, c := range t.columns {
		if c.name == "" || c.role != moment || c.nulls == 0 || c.nulls >= t.rows || t.rows < fewestRated || saysAny(c, meant) || c.isMeant() || t.hires() {
			continue
		}
		if _, gone := c.marksGone(); gone {
			continue
		}
		en := ""
		if h := c.happening(); h != nil {
			en = h.past
		}
		if r, ok := t.rateOf(en, c.happens(), t.spelt(c)+" is not null"); ok {
			all = append(all, r)
		}
	}
	return all
}
