package asktest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"wenshu/semantic"
)

// A piece is something a question can speak of: how people say it in each
// language, and how the query line does.
type piece struct {
	zh, en []string
	line   string
	plural []string // en, of nouns
	about  any      // the model's object; nil for none
}

// said is one way to say a piece in a language.
func (p piece) said(r *rand.Rand, lang string) string {
	if lang == "en" && len(p.en) > 0 || len(p.zh) == 0 {
		return pick(r, p.en)
	}
	return pick(r, p.zh)
}

// said in the plural, which Chinese has not.
func (p piece) several(r *rand.Rand, lang string) string {
	if lang == "en" && len(p.plural) > 0 {
		return pick(r, p.plural)
	}
	return p.said(r, lang)
}

// namer finds the names of the model's objects that mean one thing only: where
// a name means two, the right answer is to ask back.
type namer struct {
	model *semantic.Model
	used  map[string]int // by folded name: the objects that bear it
}

func newNamer(m *semantic.Model) *namer {
	n := &namer{m, map[string]int{}}
	bear := func(names semantic.Names) {
		all := map[string]bool{}
		for _, s := range append([]string{names.Label.ZH, names.Label.EN, names.Plural}, names.Synonyms...) {
			all[strings.ToLower(s)] = s != ""
		}
		for s, ok := range all {
			if ok {
				n.used[s]++
			}
		}
	}
	for _, x := range m.Metrics {
		bear(x.Names)
	}
	for _, t := range m.Tables {
		if !t.Hidden {
			n.bearRows(t)
		}
		for _, d := range t.Dimensions {
			bear(d.Names)
			for _, v := range d.Values {
				bear(semantic.Names{Label: v.Names.Label, Synonyms: v.Aliases})
			}
		}
	}
	for _, p := range m.Phrases {
		bear(semantic.Names{Synonyms: p.Words})
	}
	return n
}

// bearRows counts what an entity is called, where a metric is called so that does
// not count its rows: refunds are an amount and as many rows.
func (n *namer) bearRows(t *semantic.Table) {
	for _, s := range append([]string{t.Names.Label.EN + "s", t.Names.Plural}, t.Names.Synonyms...) {
		s = strings.ToLower(s)
		for _, m := range n.model.Metrics {
			call, _ := m.Expr.(semantic.Call)
			if m.Home == t && call.Func != "count" && call.Func != "count_distinct" && slices.Contains(m.Names.Synonyms, s) {
				n.used[s]++
			}
		}
	}
}

// names sorts names by language, the label first and, being what most people
// say, three times as often as a synonym. Names that are whole questions are
// left out.
func (n *namer) names(names semantic.Names) (zh, en []string) {
	add := func(s string, times int) {
		if s == "" || n.used[strings.ToLower(s)] > 1 || strings.ContainsAny(s, "多几了") || strings.Contains(s, " were ") {
			return
		}
		for range times {
			if isLatin(s) {
				en = append(en, s)
			} else {
				zh = append(zh, s)
			}
		}
	}
	add(names.Label.ZH, 3)
	add(names.Label.EN, 3)
	for _, s := range names.Synonyms {
		add(s, 1)
	}
	return zh, en
}

func isLatin(s string) bool { return !strings.ContainsFunc(s, func(r rune) bool { return r > 0x2e80 }) }

// pools are the pieces that questions are made of.
type pools struct {
	metrics, groups []piece
	members         map[*semantic.Dimension][]piece
}

// metricPieces are all metrics with names in both languages.
func (n *namer) metricPieces() []piece {
	var all []piece
	for _, m := range n.model.Metrics {
		zh, en := n.names(m.Names)
		if len(zh) > 0 && len(en) > 0 {
			all = append(all, piece{zh: zh, en: en, line: m.Name, about: m})
		}
	}
	return all
}

// groupPieces are the dimensions that people split by: texts that the index
// holds, no codes and no names in another language.
func (n *namer) groupPieces() []piece {
	counts := map[string]int{}
	for _, t := range n.model.Tables {
		counts[t.Name]++
		for _, d := range t.Dimensions {
			counts[d.Name]++
		}
	}
	for _, m := range n.model.Metrics {
		counts[m.Name]++
	}
	var all []piece
	for _, t := range n.model.Tables {
		for _, d := range t.Dimensions {
			if d.Type.Kind != semantic.Text || d.Of != nil || d.Index != semantic.IndexAuto || strings.HasSuffix(d.Name, "_en") || strings.HasSuffix(d.Name, "_code") {
				continue
			}
			zh, en := n.names(d.Names)
			if len(zh) == 0 || len(en) == 0 {
				continue
			}
			p := piece{zh: zh, en: en, line: d.Name, about: d}
			if counts[d.Name] > 1 {
				p.line = t.Name + "." + d.Name
			}
			for _, s := range en {
				p.plural = append(p.plural, plural(s))
			}
			all = append(all, p)
		}
	}
	return all
}

// plural is the English plural of a noun.
func plural(s string) string {
	switch {
	case strings.HasSuffix(s, "y") && !strings.HasSuffix(s, "ey") && !strings.HasSuffix(s, "ay"):
		return strings.TrimSuffix(s, "y") + "ies"
	case strings.HasSuffix(s, "s") || strings.HasSuffix(s, "ch") || strings.HasSuffix(s, "sh") || strings.HasSuffix(s, "x"):
		return s + "es"
	case strings.HasSuffix(s, "salesperson"):
		return "salespeople"
	}
	return s + "s"
}

// valuePieces are declared members whose names mean them alone, with the
// dimension they belong to.
func (n *namer) valuePieces(groups []piece) map[*semantic.Dimension][]piece {
	all := map[*semantic.Dimension][]piece{}
	for _, g := range groups {
		d := g.about.(*semantic.Dimension)
		for _, v := range d.Values {
			zh, en := n.names(semantic.Names{Label: v.Names.Label, Synonyms: v.Aliases})
			if len(zh) > 0 && len(en) > 0 && v.Value.Text() != "其他" {
				all[d] = append(all[d], piece{zh: zh, en: en, line: fmt.Sprintf("%q", v.Value.Text()), about: d})
			}
		}
	}
	return all
}

// namedMembers are members that the data hold: their Chinese and English names.
func (p *pools) namedMembers(model *semantic.Model, dimension string, rows [][2]string) {
	for _, g := range p.groups {
		d := g.about.(*semantic.Dimension)
		if d.Name != dimension {
			continue
		}
		for _, row := range rows {
			p.members[d] = append(p.members[d], piece{zh: []string{row[0]}, en: []string{row[1]}, line: fmt.Sprintf("%q", row[0]), about: d})
		}
		slices.SortFunc(p.members[d], func(a, b piece) int { return strings.Compare(a.line, b.line) })
	}
}

var monthNames = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

var hanDigits = []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}

var englishDigits = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}

// numberPiece is a small number in digits or in words.
func numberPiece(n int) piece {
	p := piece{zh: []string{fmt.Sprint(n)}, en: []string{fmt.Sprint(n)}, line: fmt.Sprint(n)}
	if n <= 10 {
		p.zh, p.en = append(p.zh, hanDigits[n]), append(p.en, englishDigits[n])
		if n == 2 {
			p.zh[1] = "两"
		}
	}
	return p
}

// thresholds are numbers that results are compared with, for rates and for
// everything else.
func threshold(r *rand.Rand, rate bool) piece {
	if rate {
		n := 1 + r.IntN(60)
		return piece{zh: []string{fmt.Sprintf("%d%%", n), fmt.Sprintf("百分之%s", hanNumber(n))}, en: []string{fmt.Sprintf("%d%%", n), fmt.Sprintf("%d percent", n)}, line: fmt.Sprint(float64(n) / 100)}
	}
	n := 2 + r.IntN(8)
	switch r.IntN(4) {
	case 0:
		return piece{zh: []string{fmt.Sprintf("%d万", n), hanDigits[n] + "万", fmt.Sprintf("%d0,000", n)}, en: []string{fmt.Sprintf("%d0k", n), fmt.Sprintf("%d0,000", n), fmt.Sprintf("%d0 thousand", n)}, line: fmt.Sprintf("%d0000", n)}
	case 1:
		return piece{zh: []string{fmt.Sprintf("%d00万", n), hanDigits[n] + "百万"}, en: []string{fmt.Sprintf("%d million", n), fmt.Sprintf("%d,000,000", n), fmt.Sprintf("%dM", n)}, line: fmt.Sprintf("%d000000", n)}
	case 2:
		return piece{zh: []string{fmt.Sprintf("%d00", n), hanDigits[n] + "百"}, en: []string{fmt.Sprintf("%d00", n), englishDigits[n] + " hundred"}, line: fmt.Sprintf("%d00", n)}
	}
	return piece{zh: []string{fmt.Sprintf("%d000", n), hanDigits[n] + "千"}, en: []string{fmt.Sprintf("%d,000", n), fmt.Sprintf("%dk", n), englishDigits[n] + " thousand"}, line: fmt.Sprintf("%d000", n)}
}

// hanNumber spells a number below a hundred.
func hanNumber(n int) string {
	switch {
	case n <= 10:
		return hanDigits[n]
	case n < 20:
		return "十" + hanDigits[n-10]
	case n%10 == 0:
		return hanDigits[n/10] + "十"
	}
	return hanDigits[n/10] + "十" + hanDigits[n%10]
}
