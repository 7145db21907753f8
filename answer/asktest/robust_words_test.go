package asktest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
	used  map[string]int                   // by folded name: the objects that bear it
	heads map[string]bool                  // folded names that longer names of dimensions end with
	rows  map[string]bool                  // what the rows of tables are called, folded
	kept  map[string][]*semantic.Dimension // by folded member: the dimensions whose data hold it
}

// isKept reports whether the data of another dimension hold a member.
func (n *namer) isKept(member string, d *semantic.Dimension) bool {
	return slices.ContainsFunc(n.kept[strings.ToLower(member)], func(o *semantic.Dimension) bool { return o != d })
}

func newNamer(m *semantic.Model) *namer {
	n := &namer{m, map[string]int{}, map[string]bool{}, map[string]bool{}, map[string][]*semantic.Dimension{}}
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
	n.findHeads()
	return n
}

// findHeads finds the names that longer ones of dimensions end with: among refunds
// the status is that of the refund. A shop-floor name is a shop floor.
func (n *namer) findHeads() {
	for _, t := range n.model.Tables {
		for _, d := range t.Dimensions {
			for _, s := range append([]string{d.Names.Label.ZH, d.Names.Label.EN}, d.Names.Synonyms...) {
				s = strings.ToLower(strings.ReplaceAll(s, "-", " "))
				for i, r := range s {
					if i > 0 && (r > 0x2e80 || s[i-1] == ' ') {
						n.heads[s[i:]] = true
					}
				}
				if owner, ok := strings.CutSuffix(s, " name"); ok {
					n.heads[owner] = true
				}
			}
		}
	}
}

// saysMore reports whether a question says a name of the model across the border of
// one that was put into it: the average stock in average + stock records.
func (n *namer) saysMore(question string, slots map[string]piece) bool {
	question = strings.ToLower(question)
	var put []string
	for _, p := range slots {
		for _, s := range slices.Concat(p.zh, p.en, p.plural) {
			if s = strings.ToLower(s); s != "" && strings.Contains(question, s) {
				put = append(put, s)
			}
		}
	}
	slices.SortFunc(put, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	rest := question
	for _, s := range put {
		rest = strings.ReplaceAll(rest, s, "\x00")
	}
	for name := range n.used {
		if len(name) > len("我") && says(question, name) && !says(rest, name) && !slices.ContainsFunc(put, func(s string) bool { return strings.Contains(s, name) }) {
			return true
		}
	}
	return false
}

// says reports whether a text holds a name, of Latin letters a whole word.
func says(text, name string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], name)
		if at < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:from+at])
		behind, _ := utf8.DecodeRuneInString(text[from+at+len(name):])
		if !isLatin(name) || !unicode.IsLetter(before) && !unicode.IsLetter(behind) {
			return true
		}
		from += at + len(name)
	}
}

// bearRows counts what an entity is called, where a metric is called so that does
// not count its rows: refunds are an amount and as many rows.
func (n *namer) bearRows(t *semantic.Table) {
	for _, s := range append([]string{t.Name, t.Names.Label.ZH, t.Names.Label.EN, t.Names.Label.EN + "s", t.Names.Plural}, t.Names.Synonyms...) {
		s = strings.ToLower(s)
		n.rows[s] = s != ""
		for _, m := range n.model.Metrics {
			call, _ := m.Expr.(semantic.Call)
			called := slices.ContainsFunc(append([]string{m.Names.Label.ZH, m.Names.Label.EN}, m.Names.Synonyms...), func(name string) bool { return strings.EqualFold(name, s) })
			if m.Home == t && call.Func != "count" && call.Func != "count_distinct" && called && s != "" {
				n.used[s]++
			}
		}
	}
}

// callsRows reports whether a metric is called as the rows of its table are.
func (n *namer) callsRows(m *semantic.Metric) bool {
	return slices.ContainsFunc(append([]string{m.Names.Label.ZH, m.Names.Label.EN}, m.Names.Synonyms...), func(name string) bool {
		return n.rows[strings.ToLower(name)]
	})
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
			isHead := func(s string) bool { return n.heads[strings.ToLower(s)] || s == "款" } // 款 is a measure word too
			zh, en = slices.DeleteFunc(zh, isHead), slices.DeleteFunc(en, isHead)
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
			unclear := func(s string) bool {
				return len([]rune(s)) < 2 || strings.Contains(s, d.Names.Label.ZH) || n.rows[strings.ToLower(s)] || n.used[plural(strings.ToLower(s))] > 0 || n.isKept(s, d)
			}
			zh, en = slices.DeleteFunc(zh, unclear), slices.DeleteFunc(en, unclear)
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
