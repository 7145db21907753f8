package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// addRepeats finds the words of a message that say in short what it has named in
// full: 停机 and then 停了多少分钟, 退款 and then 原因, 开业 and then 什么时候开的.
func (r *Reader) addRepeats(l *lattice, see sight) {
	for at := range l.starts {
		l.addGrainAgain(at)
		if l.text.At(at).Class != Han {
			continue
		}
		r.addActAgain(l, at, see)
		r.addDateAgain(l, at)
		r.addDateVerb(l, at, see)
		r.addTail(l, at, see)
		r.addPaced(l, at, see)
	}
}

// namedWith calls f for every name in Chinese before a token that holds a character.
func (l *lattice) namedWith(char string, before int, f func(m mention, o Object)) {
	for from := range before {
		for _, m := range l.starts[from] {
			n, ok := m.means.(names)
			if !ok || m.typo != "" || m.end > before || m.end < from+2 || m.cost > costMention+costHead {
				continue
			}
			if l.text.holds(char, from, m.end) {
				f(m, n.alts[0].object)
			}
		}
	}
}

// addActAgain reads 停了多少分钟 behind 停机 as the metric that is named so and
// counted in that unit.
func (r *Reader) addActAgain(l *lattice, at int, see sight) {
	end := at + 1
	if norm := l.text.At(end).Norm; norm == "了" || norm == "过" {
		end++
	}
	r.addWholeAct(l, at, see)
	fits, end := unitAsked(l.text, end)
	if fits == nil {
		return
	}
	char := l.text.At(at).Norm
	var found *semantic.Metric
	l.namedWith(char, at, func(m mention, o Object) {
		if o.Metric != nil && fits(o.Metric) {
			found = o.Metric
		}
	})
	if found == nil {
		l.namedWith(char, at, func(m mention, o Object) {
			if found == nil && l.text.At(m.from).Norm == char {
				found = r.metricOpening([]string{char, l.text.At(m.from + 1).Norm}, fits, anyRest, see)
			}
		})
	}
	if found != nil {
		l.add(mention{from: at, end: end, means: names{[]alt{{object: Object{Metric: found}}}}, cost: costMention + costDerived})
	}
}

// addWholeAct reads 报废了多少件 as 报废数量: an act of two characters, by the metric
// that is called how much of it there was.
func (r *Reader) addWholeAct(l *lattice, at int, see sight) {
	end := at + 2
	if norm := l.text.At(end).Norm; norm == "了" || norm == "过" {
		end++
	}
	fits, end := unitAsked(l.text, end)
	if fits == nil {
		return
	}
	if m := r.metricOpening([]string{l.text.At(at).Norm, l.text.At(at + 1).Norm}, fits, extent, see); m != nil {
		l.add(mention{from: at, end: end, means: names{[]alt{{object: Object{Metric: m}}}}, cost: costMention + costDerived})
	}
}

// anyRest accepts every end of a name, extent those that say how much or how long.
func anyRest([]string) bool { return true }

func extent(rest []string) bool {
	switch joinNorms(rest) {
	case "数量", "量", "数", "件数", "次数", "笔数", "单数", "人数", "时长", "总时长", "天数", "时间合计":
		return true
	}
	return false
}

// unitAsked reads 多少分钟, 几天 and 多久: which metrics are counted so, and the token
// behind it.
func unitAsked(t *Text, at int) (fits func(*semantic.Metric) bool, end int) {
	switch {
	case t.At(at).Norm == "多" && t.At(at+1).Norm == "久":
		return lastsTime, at + 2
	case t.At(at).Norm == "多" && t.At(at+1).Norm == "少":
		at += 2
	case t.At(at).Norm == "几":
		at++
	default:
		return nil, at
	}
	for _, n := range []int{2, 1} {
		if at+n > len(t.Tokens) {
			continue
		}
		if unit := t.Norm(at, at+n); countsIn[unit] && closesClause(t, at+n) {
			return func(m *semantic.Metric) bool { return sameUnit(m.Unit, unit) }, at + n
		}
	}
	return nil, at
}

// closesClause reports whether nothing goes on at a token: of 卖出多少件商品 the goods
// are counted.
func closesClause(t *Text, at int) bool {
	if at >= len(t.Tokens) {
		return true
	}
	switch token := t.At(at); token.Norm {
	case "呢", "啊", "呀", "了", "吧", "吗":
		return closesClause(t, at+1)
	default:
		return token.Class == Mark
	}
}

// countsIn are what is counted after how many.
var countsIn = map[string]bool{"分钟": true, "小时": true, "天": true, "周": true, "个月": true, "次": true, "件": true, "单": true, "笔": true, "人": true, "家": true, "户": true, "台": true, "张": true, "元": true, "条": true}

// timeUnits are the units of lengths of time, each with its name in Chinese.
var timeUnits = map[string]string{
	"秒": "秒", "second": "秒", "seconds": "秒", "分钟": "分钟", "分": "分钟", "minute": "分钟", "minutes": "分钟", "min": "分钟",
	"小时": "小时", "hour": "小时", "hours": "小时", "天": "天", "日": "天", "day": "天", "days": "天", "周": "周", "week": "周", "weeks": "周",
}

func lastsTime(m *semantic.Metric) bool { return timeUnits[m.Unit] != "" }

// sameUnit reports whether two units count alike: a length of time is shown in the
// metric's own.
func sameUnit(a, b string) bool { return a == b || timeUnits[a] != "" && timeUnits[b] != "" }

// metricOpening returns the first metric, one without a filter before others, whose
// name in Chinese opens with some characters and goes on.
func (r *Reader) metricOpening(front []string, fits func(*semantic.Metric) bool, ends func(rest []string) bool, see sight) *semantic.Metric {
	var found *semantic.Metric
	for _, m := range r.model.Metrics {
		if !fits(m) || !see.object(Object{Metric: m}) || found != nil && (found.Where == nil || m.Where != nil) {
			continue
		}
		if slices.ContainsFunc(r.chinese(m.Names), func(norms []string) bool {
			rest, ok := cutFront(norms, front)
			return ok && ends(rest)
		}) {
			found = m
		}
	}
	return found
}

// chinese are the tokens of the names that are in Chinese.
func (r *Reader) chinese(n semantic.Names) [][]string {
	var all [][]string
	for _, text := range append([]string{n.Label.ZH}, n.Synonyms...) {
		if norms := r.vocabulary.tokens(text); len(norms) > 0 && !slices.ContainsFunc(norms, func(n string) bool { return !isHanNorm(n) }) {
			all = append(all, norms)
		}
	}
	return all
}

// addDateAgain reads 什么时候开的 behind 开业的门店 as the date that is named so.
func (r *Reader) addDateAgain(l *lattice, at int) {
	for _, m := range l.starts[at] {
		if w, ok := m.means.(Which); !ok || w.What != When || m.end >= len(l.text.Tokens) {
			continue
		}
		end := m.end + 1
		if behind := l.text.At(end).Norm; behind == "的" || behind == "了" {
			end++
		}
		var found *semantic.Dimension
		l.namedWith(l.text.At(m.end).Norm, at, func(_ mention, o Object) {
			switch {
			case o.Dimension != nil && o.Member == "" && isTime(o.Dimension):
				found = o.Dimension
			case o.Table != nil && found == nil:
				found = o.Table.Time
			}
		})
		if found != nil {
			l.starts[at] = append(l.starts[at], mention{from: at, end: end, means: names{[]alt{{object: Object{Dimension: found}}}}, cost: costMention + costDerived})
			return
		}
	}
}

// addDateVerb reads 今年开了哪些店 as the date that is called after the verb, of what
// stands behind it: 开业日期 of a store.
func (r *Reader) addDateVerb(l *lattice, at int, see sight) {
	end := at + 1
	if norm := l.text.At(end).Norm; norm != "了" && norm != "过" {
		return
	}
	if l.closesVerb(at) || l.isState(at, end+1) {
		return
	}
	char := l.text.At(at).Norm
	var found []*semantic.Dimension
	for from := at + 2; from < min(at+7, len(l.starts)); from++ {
		for _, m := range l.starts[from] {
			n, named := m.means.(names)
			if !named || m.typo != "" || m.cost > costMention+costSynonym+costDerived {
				continue
			}
			for _, a := range n.alts {
				if t := objectHome(a.object); t != nil && a.object.Member == "" && (a.object.Table == t || a.object.Dimension != nil && isDisplay(a.object.Dimension)) {
					found = append(found, datesCalled(t, char)...)
				}
			}
		}
	}
	slices.SortFunc(found, func(x, y *semantic.Dimension) int { return strings.Compare(x.Name, y.Name) })
	found = slices.Compact(found)
	if len(found) == 1 && see.object(Object{Dimension: found[0]}) {
		l.add(mention{from: at, end: end + 1, means: names{[]alt{{object: Object{Dimension: found[0]}}}}, cost: costMention + costDerived})
	}
}

// complements close a verb in Chinese: 借出, 搬进, 送到.
var complements = map[string]bool{"出": true, "入": true, "进": true, "上": true, "下": true, "回": true, "起": true, "到": true, "掉": true, "走": true, "来": true, "去": true, "完": true}

// closesVerb reports whether a character closes a verb that begins before it: 借出过 has
// nothing to do with what is called after 出.
func (l *lattice) closesVerb(at int) bool {
	for from := max(0, at-3); from < at; from++ {
		if slices.ContainsFunc(l.starts[from], func(m mention) bool { _, verb := m.means.(Verb); return verb && m.end > at }) {
			return true
		}
	}
	if at == 0 || !complements[l.text.At(at).Norm] || l.text.At(at-1).Class != Han {
		return false
	}
	for from := range at {
		for _, m := range l.starts[from] {
			_, unknown := m.means.(unread)
			_, named := m.means.(names)
			if m.end == at && !unknown && !(named && from == at-1) {
				return false // 今年入了
			}
		}
	}
	return true
}

// datesCalled are the dates of a table that some name of begins with a character.
func datesCalled(t *semantic.Table, char string) []*semantic.Dimension {
	var found []*semantic.Dimension
	for _, d := range t.Dimensions {
		if d.Type.Kind == semantic.Date && slices.ContainsFunc(append([]string{d.Names.Label.ZH}, d.Names.Synonyms...), func(name string) bool { return strings.HasPrefix(name, char) }) {
			found = append(found, d)
		}
	}
	return found
}

// addTail reads the end of a column's name whose beginning stands elsewhere: 退款都是
// 什么原因 asks for 退款原因. Where nothing is said to have changed, that is no
// question why.
func (r *Reader) addTail(l *lattice, at int, see sight) {
	var added []mention
	for _, m := range l.starts[at] {
		n, ok := m.means.(names)
		if !ok || m.typo != "" || m.end < at+2 {
			continue
		}
		var kept []alt
		for _, a := range n.alts {
			if d := a.object.Dimension; d != nil && a.object.Member == "" && r.headSaid(l, at, m.end, d) {
				kept = append(kept, alt{object: a.object})
			}
		}
		if len(kept) > 0 && len(kept) < maxAlts {
			added = append(added, mention{from: at, end: m.end, means: names{kept}, cost: costMention + costDerived})
		}
	}
	if len(added) == 0 || l.keepsFew() {
		return
	}
	l.starts[at] = append(l.starts[at], added...)
	if l.saysChange() {
		return
	}
	for from := range at + 1 {
		l.starts[from] = slices.DeleteFunc(l.starts[from], func(m mention) bool {
			intent, ok := m.means.(Intent)
			return ok && intent.What == AsksWhy && m.end >= added[0].end
		})
	}
}

// headSaid reports whether a column is called by tokens from to end and by something
// of two characters or more before them, which stands elsewhere in the text.
func (r *Reader) headSaid(l *lattice, from, end int, d *semantic.Dimension) bool {
	for _, name := range r.hanNames[d] {
		n := len(name) - (end - from)
		if n < 2 || !l.text.saysAt(from, name[n:]) {
			continue
		}
		for _, at := range l.placesOf(name[0]) {
			if (at+n <= from || at >= end) && l.text.saysAt(at, name[:n]) {
				return true
			}
		}
	}
	return false
}

// placesOf are the tokens of a norm, ascending.
func (l *lattice) placesOf(norm string) []int {
	if l.places == nil {
		l.places = map[string][]int{}
		for at, token := range l.text.Tokens {
			l.places[token.Norm] = append(l.places[token.Norm], at)
		}
	}
	return l.places[norm]
}

// saysAt reports whether tokens stand at a place of the text.
func (t *Text) saysAt(at int, norms []string) bool {
	if at+len(norms) > len(t.Tokens) {
		return false
	}
	for i, n := range norms {
		if t.Tokens[at+i].Norm != n {
			return false
		}
	}
	return true
}

// holds reports whether a token is one of those from one place to another.
func (t *Text) holds(norm string, from, end int) bool {
	return slices.ContainsFunc(t.Tokens[from:end], func(token Token) bool { return token.Norm == norm })
}

// keepsFew reports whether so many of something are ranked: of each of them the
// reasons are another question.
func (l *lattice) keepsFew() bool {
	return slices.ContainsFunc(l.starts, func(ms []mention) bool {
		return slices.ContainsFunc(ms, func(m mention) bool {
			top, ok := m.means.(Top)
			return ok && m.why == "" && top.N > 0 && (top.Before || !top.Count)
		})
	})
}

// saysChange reports whether words say that something rose or fell.
func (l *lattice) saysChange() bool {
	return slices.ContainsFunc(l.starts, func(ms []mention) bool {
		return slices.ContainsFunc(ms, func(m mention) bool { _, ok := m.means.(Change); return ok && m.why == "" })
	})
}

// addPaced reads the act before slowest and fastest as what says how long it takes:
// 处理最慢 is by 处理时长.
func (r *Reader) addPaced(l *lattice, at int, see sight) {
	t := l.text
	if at < 2 || t.At(at).Norm != "最" || !paces[t.At(at+1).Norm] {
		return
	}
	end := at
	if norm := t.At(end - 1).Norm; norm == "得" || norm == "的" {
		end--
	}
	if end < 2 {
		return
	}
	if m := r.metricOpening([]string{t.At(end - 2).Norm, t.At(end - 1).Norm}, lastsTime, anyRest, see); m != nil {
		l.starts[end-2] = append(l.starts[end-2], mention{from: end - 2, end: at, means: names{[]alt{{object: Object{Metric: m}}}}, cost: costMention + costDerived})
	}
}

// paces say how fast something is done.
var paces = map[string]bool{"慢": true, "快": true, "slow": true, "slowest": true, "slower": true, "fast": true, "fastest": true, "faster": true, "quickest": true, "quicker": true}

// turnPace turns an order around that says how fast, where what it is by says how
// long: the slowest takes longest.
func (s *sentence) turnPace(o *ordering) {
	if o.by != nil && s.paced(*o) && ofTime(*o.by) {
		o.desc = !o.desc
	}
}

// paced reports whether an order is by how fast something is.
func (s *sentence) paced(o ordering) bool {
	return slices.ContainsFunc(s.text.Tokens[o.from:o.end], func(t Token) bool { return paces[t.Norm] })
}

// ofTime reports whether a measure is how long something takes.
func ofTime(m measure) bool {
	if m.metric != nil {
		return lastsTime(m.metric) && m.agg == ""
	}
	return m.dim != nil && secondsIn[m.dim.Unit] > 0 && m.agg != "count" && m.agg != "count_distinct" && len(m.over) == 0
}
