package nlq

import (
	"slices"
	"strings"
)

// addActVerb takes a participle that nothing else knows for the verb of the acts
// that a table is called after: certified, where there are certificates.
func (r *Reader) addActVerb(l *lattice, at int) {
	token := l.text.At(at)
	if token.Class != Word || !strings.HasSuffix(token.Norm, "ed") && !strings.HasSuffix(token.Norm, "ing") {
		return
	}
	for _, m := range l.starts[at] {
		if m.end > at {
			return
		}
	}
	var stems []string
	for _, base := range r.bases(token.Norm) {
		if len(base) >= leastStem {
			stems = append(stems, strings.TrimSuffix(base, "e"))
		}
	}
	if len(stems) == 0 || r.actCalled(stems, r.model.Tables) == nil {
		return
	}
	l.add(mention{from: at, end: at + 1, means: Verb{}, cost: costMention + costWeak, why: "weak"})
}

// addExperiences takes one or two characters that nothing else knows before 过 for a verb:
// 没在数码之家上架过的品牌. What it was done to tells which acts they are.
func (l *lattice) addExperiences() {
	for end := 1; end < len(l.starts); end++ {
		if l.text.At(end).Norm != "过" || pastForms[l.text.At(end+1).Norm] {
			continue
		}
		at := end
		for at > max(0, end-2) && l.unknownHan(at-1) {
			at--
		}
		if at < end && !l.knownOver(at) && l.doneTo(at, end+1) {
			l.starts[at] = append([]mention{{from: at, end: end + 1, means: Verb{}, cost: costMention + costWeak, why: "weak"}}, l.starts[at]...)
		}
	}
}

// doneTo reports whether what an act between two tokens was done to stands beside it, before
// it with where it was (在年付套餐上) or behind it: 从没延迟过的供应商 does not say.
func (l *lattice) doneTo(from, end int) bool {
	named := func(m mention) bool { _, ok := m.means.(names); return ok }
	for at := end; at < min(end+longestWord, len(l.starts)) && l.text.At(at).Class == Han && l.text.At(at).Norm != "的"; at++ {
		if slices.ContainsFunc(l.starts[at], named) {
			return true // 没报过哪怕一例不良反应
		}
	}
	for from > 0 && beforeActs[l.text.At(from-1).Norm] {
		from--
	}
	for at := max(0, from-longestWord); at < from; at++ {
		if slices.ContainsFunc(l.starts[at], func(m mention) bool { return named(m) && m.end == from }) {
			return true
		}
	}
	return false
}

// beforeActs stand between what something was done to, or where, and what was done.
var beforeActs = setOf("上 里 中 内 那 都 也 没 未")

// knownOver reports whether something is known that begins before a token and goes on
// behind it: 下周 over the second character.
func (l *lattice) knownOver(at int) bool {
	for from := max(0, at-longestWord); from < at; from++ {
		if slices.ContainsFunc(l.starts[from], func(m mention) bool { return m.end > at }) {
			return true
		}
	}
	return false
}

// longestWord is how many characters before another one begin words that go on behind it.
const longestWord = 6

// unknownHan reports whether a token is a Chinese character that nothing is known of.
func (l *lattice) unknownHan(at int) bool {
	return l.text.At(at).Class == Han && !slices.ContainsFunc(l.starts[at], func(m mention) bool { _, no := m.means.(unread); return !no })
}

// pastForms follow 过 where it is part of another word: 过去, 过期, 过程.
var pastForms = setOf("去 期 程 半 后 渡 户 夜 滤 敏 节 年 了")
