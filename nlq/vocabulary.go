package nlq

import (
	"slices"
	"strings"
	"unicode"

	"wenshu/semantic"
)

// called is one way to call an object.
type called struct {
	object Object
	cost   int    // on top of a mention, for how far the words are from the label
	why    string // the name of that cost; "" for none
}

// vocabulary holds what the model's objects and declared members are called.
type vocabulary struct {
	names   *Lexicon[called]
	bases   func(word string) []string
	phrases *Lexicon[*semantic.Phrase]
	goals   *Lexicon[goal]
	fronts  *Lexicon[headless]  // the names of numbers without their last word
	spelt   []spelling          // every name once, in model order, for corrections and near names
	norms   map[string][]string // the tokens of every text that was entered
}

// headless is a number by its name without the last word.
type headless struct {
	dim  *semantic.Dimension
	head string
}

// enterFront adds a number's name without its last word.
func (v *vocabulary) enterFront(d *semantic.Dimension) {
	norms := NewText(d.Names.Label.EN).Norms()
	if n := len(norms) - 1; n > 0 && n < 4 && isMeasurable(d) && classOfNorm(norms[n]) == Word {
		v.fronts.AddTokens(norms[:n], headless{d, norms[n]})
	}
}

// spelling is one name in the spelling that corrections are measured against.
type spelling struct {
	norm   string // norms of its tokens, joined by spaces where Latin words meet
	runes  []rune
	typed  string // as the model writes it
	object Object
	mask   uint64 // of its characters: names without a common bit have none in common
}

func newVocabulary(m *semantic.Model, bases func(string) []string) *vocabulary {
	v := &vocabulary{names: NewLexicon[called](), bases: bases, phrases: NewLexicon[*semantic.Phrase](), goals: NewLexicon[goal](), fronts: NewLexicon[headless](), norms: map[string][]string{}}
	for _, p := range m.Phrases {
		for _, words := range p.Words {
			v.phrases.Add(words, p)
		}
	}
	for _, metric := range m.Metrics {
		v.enter(Object{Metric: metric}, metric.Name, metric.Names)
	}
	for _, t := range m.Tables {
		if !t.Hidden {
			v.enter(Object{Table: t}, t.Name, t.Names)
			v.enterMixedHead(Object{Table: t}, t.Names)
			v.enterLog(t)
		}
		for _, d := range t.Dimensions {
			v.enter(Object{Dimension: d}, d.Name, d.Names)
			v.enterDerived(d)
			v.enterFront(d)
			v.enterMembers(d)
		}
		for _, j := range t.Joins {
			v.enterRole(j)
		}
	}
	for _, t := range m.Tables {
		if !t.Hidden {
			v.enterTableHead(t)
		}
	}
	for _, metric := range m.Metrics {
		v.enterMetricActs(metric)
		v.enterGoals(metric)
		v.enterMixed(m, metric)
		v.enterMixedHead(Object{Metric: metric}, metric.Names)
	}
	return v
}

// enter adds every declared name of an object.
func (v *vocabulary) enter(o Object, name string, names semantic.Names) {
	own := spaced(name)
	misleads := own != names.Label.EN && averagesTime(o.Metric) // daily_revenue is the average of the days; "daily revenue" is each of them
	for _, text := range []string{names.Label.ZH, names.Label.EN, names.Label.TW, names.Plural, own} {
		if misleads && text == own {
			continue
		}
		v.add(text, called{object: o})
	}
	for _, text := range names.Synonyms {
		v.add(text, called{object: o, cost: costSynonym, why: "synonym"})
	}
}

// enterMixed adds a metric's name with the member that opens it in English: online占比
// of 线上占比.
func (v *vocabulary) enterMixed(model *semantic.Model, m *semantic.Metric) {
	for _, text := range append([]string{m.Names.Label.ZH}, m.Names.Synonyms...) {
		norms := v.enterText(text)
		for _, t := range model.Tables {
			for _, d := range t.Dimensions {
				for _, member := range d.Values {
					rest, ok := cutFront(norms, v.enterText(member.Names.Label.ZH))
					if en := v.enterText(member.Names.Label.EN); ok && len(en) > 0 && !isHanNorm(en[0]) && isHanNorm(norms[0]) {
						v.addTokens(append(slices.Clone(en), rest...), called{Object{Metric: m}, costDerived, "a member in English"})
					}
				}
			}
		}
	}
}

// enterMixedHead adds a name whose head is said in English: 售后 tickets, where the
// object is called 售后工单, 工单 and tickets.
func (v *vocabulary) enterMixedHead(o Object, names semantic.Names) {
	var chinese, english [][]string
	for _, text := range append([]string{names.Label.ZH, names.Label.EN, names.Plural}, names.Synonyms...) {
		switch norms := v.enterText(text); {
		case len(norms) == 0:
		case isHanNorm(norms[0]):
			chinese = append(chinese, norms)
		default:
			english = append(english, norms)
		}
	}
	for _, whole := range chinese {
		for _, head := range chinese {
			n := len(whole) - len(head)
			if n < 2 || !equalNorms(whole[n:], head) {
				continue
			}
			for _, en := range english {
				v.addTokens(append(slices.Clone(whole[:n]), en...), called{o, costDerived, "its head in English"})
			}
		}
	}
}

// enterRole adds what the role of a join is called, but for the names of the
// entity it leads to, which stand for the entity in any role.
func (v *vocabulary) enterRole(j *semantic.Join) {
	entity := map[string]bool{}
	for _, text := range append([]string{j.To.Name, j.To.Names.Label.ZH, j.To.Names.Label.EN, j.To.Names.Plural}, j.To.Names.Synonyms...) {
		norms := v.enterText(spaced(text))
		entity[joinNorms(norms)] = true
		entity[joinNorms(v.baseForms(norms))] = true
	}
	if len(j.To.Display) > 0 {
		d := j.To.Display[0]
		for _, text := range append([]string{d.Name, d.Names.Label.ZH, d.Names.Label.EN}, d.Names.Synonyms...) {
			entity[joinNorms(v.enterText(spaced(text)))] = true
		}
	}
	texts := append([]string{j.Names.Label.ZH, j.Names.Label.TW}, j.Names.Synonyms...)
	if j.Names.Label.EN != spaced(j.Name) || severalRoles(j) {
		texts = append(texts, j.Names.Label.EN, spaced(j.Name))
	}
	for _, text := range texts {
		if !entity[joinNorms(v.enterText(text))] {
			v.add(text, called{object: Object{Join: j}})
		}
	}
}

// severalRoles reports whether its table has another join to the same entity:
// then the name of a join tells them apart, where otherwise it only links.
func severalRoles(j *semantic.Join) bool {
	for _, o := range j.From.Joins {
		if o != j && o.To == j.To {
			return true
		}
	}
	return false
}

func (v *vocabulary) enterMembers(d *semantic.Dimension) {
	for _, m := range d.Values {
		o := Object{Dimension: d, Member: m.Value.String()}
		for _, text := range []string{m.Value.String(), m.Names.Label.ZH, m.Names.Label.EN, m.Names.Label.TW} {
			cost := costMember
			if saysYesNo[strings.ToLower(text)] {
				cost += costLetter
			}
			v.add(text, called{object: o, cost: cost, why: "member"})
		}
		for _, text := range append(append([]string{}, m.Names.Synonyms...), m.Aliases...) {
			v.add(text, called{object: o, cost: costMember + costAlias, why: "alias"})
		}
	}
}

// saysYesNo are members of flags that questions say for other reasons: no orders.
var saysYesNo = map[string]bool{"yes": true, "no": true, "true": true, "false": true, "y": true, "n": true, "t": true, "f": true, "是": true, "否": true, "有": true, "无": true}

// add enters one text under its norms and under the base forms of its words.
func (v *vocabulary) add(text string, c called) {
	norms := v.enterText(text)
	if len(norms) == 0 || v.holds(norms, c.object) {
		return
	}
	v.names.AddTokens(norms, c)
	if base := v.baseForms(norms); base != nil && !v.holds(base, c.object) {
		c := c
		c.cost += costInflected
		v.names.AddTokens(base, c)
	}
	if norms[0] == "average" && len(norms) > 1 {
		for _, short := range []string{"avg", "mean"} {
			v.addTokens(append([]string{short}, norms[1:]...), c)
		}
	}
	if c.cost <= costSynonym+costMember {
		typed := strings.TrimSpace(text)
		norm := joinNorms(norms)
		v.spelt = append(v.spelt, spelling{norm, []rune(norm), typed, c.object, maskOf([]rune(norm))})
	}
}

// enterText returns the tokens of a text, and keeps them.
func (v *vocabulary) enterText(text string) []string {
	norms, ok := v.norms[text]
	if !ok {
		norms = NewText(text).Norms()
		v.norms[text] = norms
	}
	return norms
}

// tokens returns the tokens of a text; those of the model's names are at hand.
func (v *vocabulary) tokens(text string) []string {
	if norms, ok := v.norms[text]; ok {
		return norms
	}
	return NewText(text).Norms()
}

func (v *vocabulary) holds(norms []string, o Object) bool {
	for _, c := range v.names.exact(norms) {
		if c.object == o {
			return true
		}
	}
	return false
}

// baseForms returns the norms with every Latin word in its likeliest base form;
// nil when nothing changes.
func (v *vocabulary) baseForms(norms []string) []string {
	var out []string
	for i, n := range norms {
		if !isPlural(n) {
			continue
		}
		if bases := v.bases(n); len(bases) > 0 {
			if out == nil {
				out = append([]string{}, norms...)
			}
			out[i] = bases[0]
		}
	}
	return out
}

// enterDerived adds the shorter ways to name a dimension: without the name of
// its table in front, without a closing "name" or "number", by its last words.
func (v *vocabulary) enterDerived(d *semantic.Dimension) {
	texts := []string{d.Names.Label.ZH, d.Names.Label.EN, spaced(d.Name)}
	var fronts [][]string
	for _, text := range []string{d.Table.Names.Label.ZH, d.Table.Names.Label.EN, d.Table.Names.Plural, spaced(d.Table.Name)} {
		norms := v.enterText(text)
		for from := range norms {
			if from == 0 || !isHanNorm(norms[from]) {
				fronts = append(fronts, norms[from:], v.baseForms(norms[from:]))
			}
		}
	}
	for _, text := range texts {
		norms := v.enterText(text)
		for _, front := range fronts {
			if rest, ok := cutFront(norms, front); ok && !(len(rest) == 1 && gluing[rest[0]]) {
				cost := costDerived
				if len(rest) == 1 && isHanNorm(rest[0]) {
					cost = costHead // 号 of 订单号 is part of many words
				}
				v.addTokens(rest, called{Object{Dimension: d}, cost, "without its table"})
			}
		}
		if d.Type.Kind == semantic.Bool {
			for _, front := range flagFronts {
				if rest, ok := cutFront(norms, front); ok {
					v.addTokens(rest, called{Object{Dimension: d}, costDerived, "without has or is"})
				}
			}
		}
		if n := len(norms); n > 1 && n <= 4 && !isHanNorm(norms[n-1]) {
			of := append([]string{norms[n-1], "of"}, norms[:n-1]...)
			v.addTokens(of, called{Object{Dimension: d}, costDerived, "turned around"})
		}
		if n := len(norms); n > 1 && n <= 4 && aggregateNames[norms[n-1]] {
			v.addTokens(append([]string{norms[n-1]}, norms[:n-1]...), called{Object{Dimension: d}, costDerived, "turned around"})
		}
		if slices.Contains(norms, "birth") || slices.Contains(norms, "birthday") {
			v.addTokens([]string{"born"}, called{Object{Dimension: d}, costDerived, "a verb"})
		}
		for _, short := range withoutYear(norms, d) {
			if !slices.ContainsFunc(fronts, func(front []string) bool { return equalNorms(front, short) }) {
				v.addTokens(short, called{Object{Dimension: d}, costDerived, "without year"})
			}
		}
		if rest, ok := cutBack(norms, d.Type.Kind); ok && !(len(rest) == 1 && vagueFronts[rest[0]]) && !v.namesShown(rest, d) {
			cost := costDerived
			if isTime(d) {
				cost = costHead
			}
			v.addTokens(rest, called{Object{Dimension: d}, cost, "without its last word"})
		}
		v.addNamed(norms, d)
		v.addHeads(norms, d)
		v.addActs(norms, d)
	}
	v.enterActs(d, fronts)
	if d.Type.Coding == semantic.YYYY {
		v.addTokens([]string{"year"}, called{Object{Dimension: d}, costHead, "the unit of a time"})
		v.enterDoneYear(d)
	}
	if d.Key && len(d.Table.Keys) > 0 && len(d.Table.Keys[0]) == 1 {
		for _, name := range plainKeys {
			v.addTokens(v.enterText(name), called{Object{Dimension: d}, costHead, "the key of an entity"})
		}
		v.addTokens([]string{"ids"}, called{Object{Dimension: d}, costHead + costInflected, "the key of an entity"})
	}
	if isDisplay(d) && d.Type.Kind == semantic.Text {
		for _, name := range plainNames {
			v.addTokens(v.enterText(name), called{Object{Dimension: d}, costHead, "the name of an entity"})
		}
		for _, name := range fullNames {
			if len(d.Table.Display) > 1 {
				v.addTokens(v.enterText(name), called{Object{Dimension: d}, costHead, "the name of an entity"})
			}
		}
	}
}

// addNamed adds the shorter words for a name: 城市名 of 城市名称, and 校名 of 高校名称 where it
// is that of a row.
func (v *vocabulary) addNamed(norms []string, d *semantic.Dimension) {
	front, ok := cutEnd(norms, []string{"名", "称"})
	if !ok || !isDisplay(d) || !isHanNorm(front[len(front)-1]) {
		return
	}
	v.addTokens(append(slices.Clone(front), "名"), called{Object{Dimension: d}, costSynonym, "synonym"})
	if len(front) > 1 {
		v.addTokens([]string{front[len(front)-1], "名"}, called{Object{Dimension: d}, costDerived, "without its table"})
	}
}

// aggregateNames close the names of columns that hold an aggregate already, and
// are said in front as well: the max temp of temp_max.
var aggregateNames = map[string]bool{"max": true, "min": true, "avg": true, "average": true, "mean": true, "median": true, "total": true, "maximum": true, "minimum": true}

// flagFronts open the names of columns of yes and no.
var flagFronts = [][]string{{"has"}, {"have"}, {"is"}, {"was"}, {"are"}, {"是", "否", "有"}, {"是", "否"}, {"有"}}

// plainKeys call what identifies a row of any entity.
var plainKeys = []string{"id", "ID号", "编号"}

// plainNames call what stands for a row of any entity.
var plainNames = []string{"name", "名称", "名字", "姓名"}

// addHeads adds the ends of a compound: gross of "worldwide gross", 金额 of 订单金额.
func (v *vocabulary) addHeads(norms []string, d *semantic.Dimension) {
	if len(norms) < 2 || len(norms) > 6 {
		return
	}
	for from := 1; from < len(norms); from++ {
		head := norms[from:]
		if norms[from-1] == "or" || norms[from-1] == "and" || gluing[head[0]] {
			continue // made or bought is not what was bought, nor are of reviews as many
		}
		if len(head) == 1 && (isHanNorm(head[0]) || vagueHeads[head[0]] || classOfNorm(head[0]) == Digit || aggregateNames[head[0]]) {
			continue
		}
		if isHanNorm(head[0]) != isHanNorm(norms[from-1]) && !isHanNorm(head[0]) && classOfNorm(head[0]) == Digit {
			continue
		}
		v.addTokens(head, called{Object{Dimension: d}, costHead, "last words"})
	}
}

// vagueHeads are last words that say nothing about the thing they close.
var vagueHeads = map[string]bool{
	"id": true, "no": true, "number": true, "num": true, "code": true, "name": true, "type": true,
	"key": true, "flag": true, "value": true, "date": true, "time": true, "at": true, "on": true, "by": true, "count": true, "cnt": true,
}

// vagueFronts say nothing without the name behind them.
var vagueFronts = map[string]bool{"first": true, "last": true, "middle": true, "full": true, "short": true, "nick": true, "given": true, "family": true, "display": true}

// gluing words name nothing by themselves, whatever they are cut from: the of of
// "line of".
var gluing = map[string]bool{
	"of": true, "in": true, "to": true, "for": true, "from": true, "with": true, "by": true, "at": true, "on": true, "and": true, "or": true,
}

// closingWords are last words that people leave out, by the kind of dimension.
var (
	closingTexts   = [][]string{{"name"}, {"名", "称"}, {"名", "字"}, {"姓", "名"}, {"名"}}
	closingNumbers = [][]string{{"number"}, {"num"}, {"count"}, {"cnt"}, {"数", "量"}, {"总", "数"}, {"数"}}
	closingTimes   = [][]string{{"日", "期"}, {"时", "间"}, {"date"}, {"time"}, {"on"}, {"at"}}
)

func closingsOf(kind semantic.Kind) [][]string {
	switch kind {
	case semantic.Int, semantic.Decimal, semantic.Float:
		return closingNumbers
	case semantic.Date, semantic.Timestamp:
		return closingTimes
	}
	return closingTexts
}

func cutBack(norms []string, kind semantic.Kind) ([]string, bool) {
	for _, closing := range closingsOf(kind) {
		if n := len(norms) - len(closing); n > 0 && equalNorms(norms[n:], closing) {
			return norms[:n], true
		}
	}
	return nil, false
}

func cutFront(norms, front []string) ([]string, bool) {
	if len(front) == 0 || len(norms) <= len(front) || !equalNorms(norms[:len(front)], front) {
		return nil, false
	}
	return norms[len(front):], true
}

func (v *vocabulary) addTokens(norms []string, c called) {
	if len(norms) == 0 || v.holds(norms, c.object) {
		return
	}
	v.names.AddTokens(norms, c)
	if base := v.baseForms(norms); base != nil && !v.holds(base, c.object) {
		c.cost += costInflected
		v.names.AddTokens(base, c)
	}
}

// nameHit is a name found in a text.
type nameHit struct {
	end    int
	called called
}

// at returns every name that starts at token at, in any inflection.
func (v *vocabulary) at(t *Text, at int) []nameHit { return v.appendAt(nil, t, at) }

// appendAt appends every name that starts at token at.
func (v *vocabulary) appendAt(hits []nameHit, t *Text, at int) []nameHit {
	v.walk(t, at, 0, 0, &hits)
	return append(hits, v.parted(t, at)...)
}

// parted returns the columns whose names start at token at and are said with 的
// between their words: 总部的地点 of 总部地点. A front that is a name of its own
// is whose the rest is.
func (v *vocabulary) parted(t *Text, at int) []nameHit {
	mark := at + 2
	for mark < at+5 && t.At(mark).Norm != "的" && t.At(mark).Class == Han {
		mark++
	}
	if t.At(mark).Norm != "的" || t.At(mark+1).Class != Han || t.At(mark+2).Class != Han {
		return nil
	}
	front := t.norms(at, mark)
	whole := &Text{t.Typed, slices.Concat(t.Tokens[at:mark], t.Tokens[mark+1:min(mark+7, len(t.Tokens))])}
	var hits, all []nameHit
	v.walk(whole, 0, 0, 0, &all)
	for _, h := range all {
		o := h.called.object
		own := func(c called) bool { return c.object != o }
		if h.end < mark-at+2 || o.Dimension == nil || o.Member != "" || slices.ContainsFunc(v.names.exact(front), own) {
			continue
		}
		h.end += at + 1
		h.called.cost += costDerived
		h.called.why = "parted"
		hits = append(hits, h)
	}
	return hits
}

func (v *vocabulary) walk(t *Text, at int, node int32, inflected int, hits *[]nameHit) {
	for _, c := range v.names.values[node] {
		c.cost += inflected
		*hits = append(*hits, nameHit{at, c})
	}
	next := v.names.next[node]
	if at >= len(t.Tokens) || next == nil {
		return
	}
	token := t.Tokens[at]
	if to, ok := next[token.Norm]; ok {
		v.walk(t, at+1, to, inflected, hits)
	}
	if node != 0 && pastCopulas[token.Norm] {
		if to, ok := next[t.At(at+1).Norm]; ok {
			v.walk(t, at+2, to, max(inflected, costInflected), hits)
		}
	}
	if token.Class != Word {
		return
	}
	for i, base := range v.bases(token.Norm) {
		if to, ok := next[base]; ok && !(len(base) < 3 && !isPlural(token.Norm) && v.closesMember(to)) && !(node != 0 && strings.HasSuffix(token.Norm, "ed") && v.closesText(to)) {
			cost := costInflected * (i + 1)
			if !isPlural(token.Norm) {
				cost += costVerbForm
			}
			v.walk(t, at+1, to, max(inflected, cost), hits)
		}
	}
}

// closesMember reports whether a node only ends members: were is no inflection of
// the code BE.
func (v *vocabulary) closesMember(node int32) bool {
	return v.names.next[node] == nil && !slices.ContainsFunc(v.names.values[node], func(c called) bool { return c.object.Member == "" })
}

// closesText reports whether a node only ends names of columns of texts, which no
// participle closes: the festivals sponsored are no festival sponsors.
func (v *vocabulary) closesText(node int32) bool {
	return v.names.next[node] == nil && !slices.ContainsFunc(v.names.values[node], func(c called) bool {
		d := c.object.Dimension
		return d == nil || c.object.Member != "" || d.Type.Kind != semantic.Text
	})
}

// pastCopulas make a sentence of a name that closes with a participle: orders were
// placed.
var pastCopulas = map[string]bool{"was": true, "were": true}

// spaced writes an identifier as words: customerID is customer ID.
func spaced(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]) && unicode.IsUpper(runes[i-1])) {
			b.WriteByte(' ')
		}
		if r == '_' || r == '-' || r == '.' {
			r = ' '
		}
		b.WriteRune(r)
	}
	return b.String()
}

func equalNorms(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func classOfNorm(norm string) Class {
	for _, r := range norm {
		return classOf(r)
	}
	return Mark
}

func isHanNorm(norm string) bool { return classOfNorm(norm) == Han }

// joinNorms joins norms, with a space between two that are not Han characters.
func joinNorms(norms []string) string {
	var b strings.Builder
	for i, n := range norms {
		if i > 0 && !isHanNorm(n) && !isHanNorm(norms[i-1]) {
			b.WriteByte(' ')
		}
		b.WriteString(n)
	}
	return b.String()
}
