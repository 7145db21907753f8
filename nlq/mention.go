package nlq

import (
	"cmp"
	"slices"
	"strings"

	"wenshu/semantic"
)

// mention is one span of tokens with one meaning it may have.
type mention struct {
	from, end int // tokens
	means     meaning
	cost      int
	why       string // the cost besides that of any mention; "" for none
	typo      string // the name it was taken for, when corrected
}

// meaning is what a mention or a node stands for: a Part, or one of the types
// below and in node.go.
type meaning any

// names is one or more objects that are called alike.
type names struct{ alts []alt }

// alt is one of several objects that a name may stand for.
type alt struct {
	object Object
	cost   int // on top of the mention's
}

// number is a number that no form took.
type number struct{ Number }

// quoted is a text in quotation marks, as typed.
type quoted struct{ text string }

// phrased is a verb or an adjective that the model declares.
type phrased struct{ phrase *semantic.Phrase }

// unread is a token that means nothing to the reader.
type unread struct{}

// lattice is all mentions of a text.
type lattice struct {
	text   *Text
	starts [][]mention      // by first token; cheapest first
	stems  map[string]stood // where each word and base form of one stands; nil until they are asked for
	places map[string][]int // where each norm stands, ascending; nil until they are asked for

	follows bool // there is a turn before that words may refer to
}

// numbersAt returns the numbers that start at a token, of all languages.
func (r *Reader) numbersAt(t *Text, at int) []Number {
	var found []Number
	if value, end, ok := Digits(t, at); ok {
		n := Number{End: end, Value: value}
		if t.At(end).Norm == "%" {
			n = Number{End: end + 1, Value: value, Percent: true}
		}
		found = append(found, n)
	}
	for _, language := range r.grammar.languages {
		if language.Numbers == nil {
			continue
		}
		for _, n := range language.Numbers(t, at) {
			if n.End > at && n.End <= len(t.Tokens) && n.Value.IsNumber() && (n.Percent || t.At(n.End).Norm != "%") && !slices.Contains(found, n) {
				found = append(found, n)
			}
		}
	}
	for _, n := range found {
		for _, with := range r.unitsBehind(t, n) {
			if !slices.Contains(found, with) {
				found = append(found, with)
			}
		}
	}
	for i, n := range found {
		found[i].Scaled = saysScale(t, at, n.End)
	}
	return found
}

// newLattice finds every mention of a text.
func (r *Reader) newLattice(t *Text, see sight, m *Moment, follows bool) *lattice {
	l := &lattice{text: t, starts: make([][]mention, len(t.Tokens)), follows: follows}
	found := namesFoundPool.Get().(*namesFound)
	defer namesFoundPool.Put(found)
	cache := make([][]Number, len(t.Tokens))
	known := make([]bool, len(t.Tokens))
	numbers := func(at int) []Number {
		if at >= len(cache) {
			return nil
		}
		if !known[at] {
			cache[at], known[at] = r.numbersAt(t, at), true
		}
		return cache[at]
	}
	defer l.preferOwnPhrases()
	defer l.noDenialInQuestion()
	defer l.preferOrders()
	defer l.preferWhole()
	defer l.preferMembers()
	defer l.preferMetrics()
	defer l.preferComparisons()
	defer l.preferCounts()
	defer l.keepReasons()
	defer l.keepLeast()
	defer l.keepNouns()
	defer r.addIntervals(l, see)
	defer r.addRepeats(l, see)
	defer r.addOverlaps(l)
	defer l.keepNames()
	defer l.preferNouns()
	defer l.expectTexts()
	defer l.dropBareMarks()
	defer l.keepBranches()
	defer l.keepNumbers()
	defer l.keepTurnover()
	defer l.preferMeaning()
	defer l.addCurrent()
	defer l.preferPastDates()
	defer l.dropNotOnce()
	defer l.addExperiences()
	for at := range t.Tokens {
		r.addRules(l, at, numbers)
		r.addUnits(l, at)
		l.preferTests(at)
		r.addTimes(l, at, m)
		for _, n := range numbers(at) {
			l.add(mention{from: at, end: n.End, means: number{n}, cost: costMention + costDigits})
		}
		for _, hit := range r.vocabulary.phrases.At(t, at) {
			l.add(mention{from: at, end: hit.End, means: phrased{hit.Value}, cost: costMention - costDeclared})
		}
		for _, hit := range r.vocabulary.goals.At(t, at) {
			if see.object(Object{Metric: hit.Value.metric}) {
				l.add(mention{from: at, end: hit.End, means: hit.Value, cost: costMention})
			}
		}
		r.addNames(l, at, see, found)
		r.addKindNames(l, at, see)
		r.addSharedHead(l, at, see)
		l.addShortened(at)
		r.addSeparable(l, at, numbers, see, found)
		r.addGroups(l, at, see)
		r.addActVerb(l, at)
		r.preferKinds(l, at)
		l.preferPhrases(at)
		l.preferCapitals(at)
		l.preferActs(at)
		l.preferPronouns(at)
		l.preferQuestions(at)
		r.preferHeadless(l, at)
		r.addModelName(l, at)
		l.preferNames(at)
		l.preferUnits(at)
		r.addQuoted(l, at, see)
		l.addUnread(at)
		l.settle(at)
	}
	return l
}

func (r *Reader) addRules(l *lattice, at int, numbers func(int) []Number) {
	if at+1 == len(l.text.Tokens) && l.text.At(at).Class == Mark {
		return // the mark that ends a question says nothing
	}
	for _, hit := range r.grammar.at(l.text, at, numbers) {
		rule := r.grammar.rules[hit.rule]
		if rule.First && !l.opens(at) || len(rule.After) > 0 && (at == 0 || !slices.Contains(rule.After, l.text.At(at-1).Norm)) {
			continue
		}
		part, ok := fill(rule.Part, hit.numbers)
		if !ok || r.countsNoBins(l.text, part, hit.end) {
			continue
		}
		l.addPart(at, hit.end, part, rule.Weak)
	}
}

// opens reports whether a message begins at a token, but for a courtesy before it.
func (l *lattice) opens(at int) bool {
	return at == 0 || slices.ContainsFunc(l.starts[0], func(m mention) bool {
		_, noise := m.means.(Noise)
		return noise && m.why == "" && m.end == at
	})
}

func (r *Reader) addTimes(l *lattice, at int, m *Moment) {
	for _, language := range r.grammar.languages {
		if language.Times == nil {
			continue
		}
		for _, hit := range language.Times(l.text, at, m) {
			if hit.End > at && hit.End <= len(l.text.Tokens) && hit.Part != nil {
				l.addPart(at, hit.End, m.withToday(hit.Part), hit.Weak)
			}
		}
	}
}

// withToday moves the last n days to end with today where the calendar says so.
func (m *Moment) withToday(part Part) Part {
	timed, ok := part.(Timed)
	if !ok || m.Calendar == nil || !m.Calendar.WithToday {
		return part
	}
	if days, ok := timed.Period.(semantic.Relative); ok && days.Unit == semantic.Day && days.From < days.To && days.To == -1 {
		days.From, days.To = days.From+1, 0
		timed.Period = days
	}
	return timed
}

func (l *lattice) addPart(from, end int, part Part, weak bool) {
	m := mention{from: from, end: end, means: part, cost: costMention}
	if _, ok := part.(Noise); ok {
		if l.capital(from, end) || l.inQuotes(from, end) || l.behindDigits(from) {
			return
		}
		m.cost = costNoise
	}
	if _, ok := part.(Glue); ok {
		m.cost = costNoise
	}
	if _, ok := part.(Follow); ok && l.follows && (from <= 1 || end >= len(l.text.Tokens)-1) {
		m.cost, weak = costNoise-1, false
	}
	if weak {
		m.cost, m.why = m.cost+costWeak, "weak"
	}
	l.add(m)
}

// behindDigits reports whether a Latin word is written as one with the digits before
// it: the a of 5A is no article.
func (l *lattice) behindDigits(at int) bool {
	token := l.text.At(at)
	return at > 0 && token.Class == Word && !token.Spaced && l.text.At(at-1).Class == Digit
}

// inQuotes reports whether a span is all that stands in quotation marks.
func (l *lattice) inQuotes(from, end int) bool {
	mark := l.text.At(from - 1).Norm
	return from > 0 && end < len(l.text.Tokens) && (mark == "'" || mark == "\"") && l.text.At(end).Norm == mark && l.text.At(from).Class != Mark
}

// addNames adds the names and members that start at a token, those called alike
// as one mention.
func (r *Reader) addNames(l *lattice, at int, see sight, found *namesFound) {
	found.called.reset()
	enter := func(end int, o Object, cost int) {
		if see.object(o) {
			found.called.upTo(end).enter(o, cost)
		}
	}
	found.hits = r.vocabulary.appendAt(found.hits[:0], l.text, at)
	for _, hit := range found.hits {
		cost := hit.called.cost
		switch {
		case hit.called.object.Member != "":
			cost += r.shortMember(l.text, at, hit.end)
		case cost == costHead && r.frontSaid(l, at, hit):
			cost = costSynonym // defects by kind: the kind of defect
		}
		enter(hit.end, hit.called.object, cost)
	}
	for _, hit := range r.index.at(l.text, at) {
		if see.tag(r.index.tag(hit.id)) {
			enter(hit.end, r.index.object(hit.id), r.memberCost(l.text, at, hit))
		}
	}
	if !slices.Contains(found.called.ends, at+1) {
		r.pluralMembers(l.text, at, enter, see)
	}
	r.addTogether(l.text, at, enter)
	r.addParted(l.text, at, enter, see)
	r.addHeadless(l.text, at, enter)
	for i, end := range found.called.ends {
		l.addAlts(at, end, withoutShadows(found.called.sets[i].alts))
	}
}

// frontSaid reports whether the first words of a dimension's name, of which the last
// were found at a token, stand elsewhere in a text.
func (r *Reader) frontSaid(l *lattice, at int, hit nameHit) bool {
	t, d := l.text, hit.called.object.Dimension
	if d == nil || t.At(at).Class != Word {
		return false
	}
	for _, norms := range r.latinNames[d] {
		if len(norms) != hit.end-at+1 || !t.saysAt(at, norms[1:]) {
			continue
		}
		if s, ok := r.stemsOf(l)[norms[0]]; ok && (s.first < at || s.last >= hit.end) {
			return true
		}
	}
	return false
}

// stood are the first and the last token that are something.
type stood struct{ first, last int }

// stemsOf are the words of a text and their base forms.
func (r *Reader) stemsOf(l *lattice) map[string]stood {
	if l.stems != nil {
		return l.stems
	}
	l.stems = map[string]stood{}
	enter := func(stem string, at int) {
		s, known := l.stems[stem]
		if !known {
			s.first = at
		}
		s.last = at
		l.stems[stem] = s
	}
	for at, token := range l.text.Tokens {
		enter(token.Norm, at)
		for _, base := range r.bases(token.Norm) {
			enter(base, at)
		}
	}
	return l.stems
}

// addTogether reads two words as the one they make: horse power.
func (r *Reader) addTogether(t *Text, at int, enter func(end int, o Object, cost int)) {
	if at+1 >= len(t.Tokens) || t.At(at).Class != Word || t.At(at+1).Class != Word {
		return
	}
	for _, c := range r.vocabulary.names.exact([]string{t.At(at).Norm + t.At(at+1).Norm}) {
		if c.object.Member == "" {
			enter(at+2, c.object, c.cost+costSynonym)
		}
	}
}

// addHeadless reads "departure and arrival delay" and "ratings of A and B":
// the last word of a number's name stands only once for several.
func (r *Reader) addHeadless(t *Text, at int, enter func(end int, o Object, cost int)) {
	for _, hit := range r.vocabulary.fronts.At(t, at) {
		for i, token := range t.Tokens {
			if (i < at || i > hit.End) && (token.Norm == hit.Value.head || slices.Contains(r.bases(token.Norm), hit.Value.head)) {
				enter(hit.End, Object{Dimension: hit.Value.dim}, costDerived)
				break
			}
		}
	}
}

// memberCost is what a member costs on top of a mention.
func (r *Reader) memberCost(t *Text, at int, hit memberHit) int {
	cost := costMember
	if hit.alias {
		cost += costAlias
	}
	return cost + r.shortMember(t, at, hit.end)
}

// shortMember is what a member of one token costs besides: one that is a
// number, one Han character or two letters often means something else.
func (r *Reader) shortMember(t *Text, at, end int) int {
	token := t.At(at)
	switch {
	case end > at+1:
		return 0
	case token.Class == Digit:
		return costBareDigits
	case len(token.Norm) == 1 && token.Class == Word && t.Said(at, end) == strings.ToLower(t.Said(at, end)):
		return costLetter
	case token.Class == Han, token.Class == Word && len(token.Norm) <= 2:
		return costShortMember
	}
	return 0
}

// maxAlts bounds how many objects one name may stand for.
const maxAlts = 16

// altsWithin is how much dearer than the cheapest an alternative of one name
// may be. A time of another table may be as dear as the last words of its name,
// since what the question speaks of decides whose year it is.
const altsWithin = 3

func holdsTime(o Object) bool {
	return o.Dimension != nil && o.Member == "" && (isTime(o.Dimension) || isYears(o.Dimension))
}

// addAlts adds what a span may name, the cheapest first. The alternatives are the
// caller's, but for their order.
func (l *lattice) addAlts(from, end int, alts []alt) {
	first := slices.MinFunc(alts, byCost)
	home := objectHome(first.object)
	alts = slices.DeleteFunc(alts, func(a alt) bool {
		near := a.cost <= first.cost+altsWithin || a.cost <= first.cost+costHead && holdsTime(a.object) && objectHome(a.object) != home
		return !near
	})
	slices.SortStableFunc(alts, byCost)
	kept := slices.Clone(alts[:min(len(alts), maxAlts)])
	for i := range kept {
		kept[i].cost -= first.cost
	}
	l.add(mention{from: from, end: end, means: names{kept}, cost: costMention + first.cost})
}

func byCost(a, b alt) int { return cmp.Compare(a.cost, b.cost) }

// addOverlaps adds the metrics whose name begins within that of a metric they are
// made of: 销售目标完成率 is 目标完成率 of the 销售目标.
func (r *Reader) addOverlaps(l *lattice) {
	for at := range l.starts {
		for _, first := range l.starts[at] {
			part := first.metric()
			if part == nil {
				continue
			}
			for mid := at + 1; mid < first.end; mid++ {
				for _, second := range l.starts[mid] {
					whole := second.metric()
					if whole == nil || second.end <= first.end || !madeOf(whole, part) {
						continue
					}
					second.from, second.cost = at, second.cost+costSynonym
					l.starts[at] = append(l.starts[at], second)
				}
			}
		}
	}
}

// addCurrent passes over "current" before a number that is a level at a moment:
// the current stock is the stock. Current customers are not all customers.
func (l *lattice) addCurrent() {
	for at := range l.starts {
		if norm := l.text.At(at).Norm; norm != "current" && norm != "present" {
			continue
		}
		if at+1 < len(l.starts) && slices.ContainsFunc(l.starts[at+1], func(m mention) bool { return m.metric() != nil && m.metric().OverTime != "" }) {
			l.starts[at] = append([]mention{{from: at, end: at + 1, means: Noise{}, cost: costNoise}}, l.starts[at]...)
		}
	}
}

// metric returns the metric that a mention surely names; nil for none.
func (m mention) metric() *semantic.Metric {
	if n, ok := m.means.(names); ok && m.typo == "" {
		return n.alts[0].object.Metric
	}
	return nil
}

// madeOf reports whether a metric is computed from another.
func madeOf(whole, part *semantic.Metric) bool {
	found := false
	semantic.Walk(whole.Expr, func(e semantic.Expr) {
		name, ok := e.(semantic.Name)
		found = found || ok && len(name.Path) == 1 && name.Path[0] == part.Name
	})
	return found
}

// addQuoted adds a text between two quotation marks.
func (r *Reader) addQuoted(l *lattice, at int, see sight) {
	t := l.text
	mark := t.At(at).Norm
	if mark != "\"" && (mark != "'" || at > 0 && !t.At(at).Spaced) {
		return
	}
	for end := at + 1; end < len(t.Tokens) && end < at+20; end++ {
		if t.At(end).Norm != mark || end == at+1 {
			continue
		}
		cost := costMention + costDigits
		if alts := r.membersAt(t, at+1, end, see); len(alts) > 0 {
			l.addAlts(at, end+1, alts)
			cost += costUnlikely * 2
		}
		l.add(mention{from: at, end: end + 1, means: quoted{t.Said(at+1, end)}, cost: cost})
		return
	}
}

// membersAt returns the members whose name is tokens from to end.
func (r *Reader) membersAt(t *Text, from, end int, see sight) []alt {
	var alts []alt
	for _, hit := range r.index.at(t, from) {
		if o := r.index.object(hit.id); hit.end == end && see.tag(r.index.tag(hit.id)) && see.object(o) {
			alts = append(alts, alt{object: o})
		}
	}
	for _, hit := range r.vocabulary.at(t, from) {
		if hit.end == end && hit.called.object.Member != "" && see.object(hit.called.object) {
			alts = append(alts, alt{object: hit.called.object})
		}
	}
	return alts
}

func (l *lattice) addUnread(at int) {
	m := mention{from: at, end: at + 1, means: unread{}, cost: costUnreadWord, why: "unread"}
	switch l.text.At(at).Class {
	case Han:
		m.cost = costUnreadHan
	case Mark:
		m.means, m.cost, m.why = Noise{}, costMark, ""
		if l.text.At(at).Norm == "#" {
			m.cost = costMark + costWeak // # of orders
		}
	}
	l.add(m)
}

// settle orders the mentions of one token and drops those that another of the
// same span and kind makes needless.
func (l *lattice) settle(at int) {
	ms := l.starts[at]
	slices.SortStableFunc(ms, func(a, b mention) int {
		return cmp.Or(cmp.Compare(b.end, a.end), cmp.Compare(a.cost, b.cost))
	})
	kept := ms[:0]
	perSpan := 0
	for i, m := range ms {
		if i > 0 && ms[i-1].end == m.end {
			perSpan++
		} else {
			perSpan = 0
		}
		if perSpan < maxPerSpan && !stateOf(ms, m) && !(soft(m) && softNearby(kept, m)) && !l.hides(ms, m) {
			kept = append(kept, m)
		}
	}
	l.starts[at] = kept
}

// stateOf reports whether a verb or one word of time is the state of something as
// the data hold it: returned orders are those whose status is returned.
func stateOf(ms []mention, m mention) bool {
	v, verb := m.means.(Verb)
	_, timed := m.means.(Timed)
	if !(verb && !v.Not && m.why == "weak") && !(timed && m.end == m.from+1) {
		return false
	}
	return slices.ContainsFunc(ms, func(o mention) bool {
		n, named := o.means.(names)
		return named && o.end == m.end && o.typo == "" && o.cost <= costMention+costMember && n.alts[0].object.Member != ""
	})
}

// hides reports whether a mention takes for noise, or a verb for glue, what surely
// means something, or what names an object of the model or a member.
func (l *lattice) hides(ms []mention, m mention) bool {
	_, noise := m.means.(Noise)
	_, glue := m.means.(Glue)
	if !noise && !(glue && m.end == m.from+1 && len(l.text.At(m.from).Norm) > len("within")) {
		return false
	}
	return slices.ContainsFunc(ms, func(o mention) bool {
		_, part := o.means.(Part)
		if intent, ok := o.means.(Intent); ok && intent.What == Greeting {
			part = false // hello, and then what is asked
		}
		_, number := o.means.(number)
		_, named := o.means.(names)
		return o.end == m.end && ((part || number) && !soft(o) && o.why != "weak" || named && o.cost < costMention+costHead)
	})
}

// maxPerSpan bounds the meanings of one span that are tried.
const maxPerSpan = 5

// soft meanings of one span are not worth telling apart.
func soft(m mention) bool {
	switch m.means.(type) {
	case Noise, Glue:
		return true
	}
	return false
}

func softNearby(kept []mention, m mention) bool {
	for _, k := range kept {
		if k.end == m.end && soft(k) {
			return true
		}
	}
	return false
}
