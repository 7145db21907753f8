package draft

import (
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// termSynonyms are the other words for a label that is one term of the
// dictionary.
func termSynonyms(l semantic.Label) []string {
	d := dictionary()
	terms := []*term{d.terms[l.EN], d.terms[singularPhrase(l.EN)]}
	if terms[0] == terms[1] {
		terms = terms[1:]
	}
	var byChinese *term
	if terms[len(terms)-1] == nil && l.ZH != "" {
		byChinese = d.chinese[l.ZH]
		terms = append(terms, byChinese)
	}
	var all []string
	for _, t := range terms {
		if t == nil {
			continue
		}
		for _, s := range append(append([]string{t.en}, t.synonyms...), t.zh...) {
			if s != l.EN && s != l.ZH && singularPhrase(s) != singularPhrase(l.EN) && !vagueSynonym[s] && (t != byChinese || !tells(s)) {
				all = append(all, s)
			}
		}
	}
	return all
}

// tells reports whether English words tell how long something takes, which the Chinese for
// when it happens may be a translation of too: 送达时间.
func tells(s string) bool {
	front, ok := strings.CutSuffix(s, " time")
	for _, e := range endings {
		if ok && e.en != "" && strings.HasSuffix(front, e.en) {
			return true
		}
	}
	return false
}

// vagueSynonym are words that ask for more than one thing.
var vagueSynonym = wordSet("sum value number units total length day identifier share term field entry left power")

// otherNames are further ways to say a measure: a number of things that bears
// their plural, and a Chinese compound with other words for its parts.
func (c *column) otherNames(words []string) []string {
	if len(words) == 0 || c.kind.Kind == semantic.Text || c.role == moment || c.role == yesNo {
		return nil
	}
	var all []string
	last := words[len(words)-1]
	if c.kind.Kind == semantic.Int && c.role != code && c.role != identity && c.counted() == nil && singular(last) != last && !unplural[last] {
		all = append(all, "number of "+strings.Join(words, " "))
	}
	if (c.role == addable || c.role == level) && c.counted() == nil {
		all = append(all, compounds(words)...)
	}
	if len(words) > 2 && unitsOfTime[words[0]] && spentWords[words[1]] {
		all = append(all, "time "+strings.Join(words[1:], " "))
	}
	return all
}

// otherMoments are the other closings of the Chinese name of a moment: people say 发布时间 of
// a 发布日期, and 建校时间 of the 建校年份.
func (c *column) otherMoments() []string {
	if c.role != moment {
		return nil
	}
	closings := []string{"日期", "时间", "年份"}
	for i, end := range closings {
		front, ok := strings.CutSuffix(c.label.ZH, end)
		if !ok || utf8.RuneCountInString(front) < 2 {
			continue
		}
		if i == len(closings)-1 {
			return []string{front + "时间", front + "年"}
		}
		return []string{front + closings[1-i]}
	}
	return nil
}

// unitsOfTime begin the name of a number of them that something took: minutes on site is the
// time on site, where spentWords part the two.
var (
	unitsOfTime = wordSet("minutes mins hours hrs days seconds weeks months minute hour day")
	spentWords  = wordSet("on in at to until till before after from between for with without of")
)

// compounds are the Chinese compounds of two terms in their two or three
// likeliest translations each.
func compounds(words []string) []string {
	first, n := dictionary().phrase(words)
	if first == nil || n == len(words) {
		return nil
	}
	second, m := dictionary().phrase(words[n:])
	if second == nil || n+m != len(words) {
		return nil
	}
	var all []string
	for i, a := range first.zh[:min(2, len(first.zh))] {
		for _, b := range second.zh[:min(3-2*i, len(second.zh))] {
			all = append(all, a+b)
		}
	}
	return all
}

// mostSynonyms of one thing; more would be noise to whoever edits them.
const mostSynonyms = 16

func settled(list []string, own semantic.Label, many string, labels map[string]int, seen map[string]bool) []string {
	var kept []string
	for _, s := range list {
		low := strings.ToLower(strings.TrimSpace(s))
		if low == "" || labels[low] > 0 || seen[low] || low == strings.ToLower(own.EN) || low == strings.ToLower(many) || s == own.ZH || len(kept) == mostSynonyms {
			continue
		}
		seen[low] = true
		kept = append(kept, strings.TrimSpace(s))
	}
	return kept
}
