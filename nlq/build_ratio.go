package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// ratios reads a part of an entity's rows set against another part or all of
// them: the ratio of paid to unpaid bills, the percentage of flights that were
// late. What cannot be told apart surely is left, and found idle.
func (b *builder) ratios() {
	b.ratioOfParts()
	if m, ok := as[Ratio](b.ratioWord); ok {
		if m.Between || b.s.text.At(b.ratioWord.from).Class != Word || !b.ratio(b.ratioWord) {
			b.s.charge("idle", costIdle, b.ratioWord)
			b.d.idle = true
		}
		return
	}
	at := b.d.shareAt
	if at != nil && b.s.text.At(at.end-1).Norm == "ratio" && b.s.text.At(at.end).Norm == "of" && b.separator(at.end) >= 0 && b.s.text.At(b.separator(at.end)).Norm == "to" {
		b.s.charge("a ratio read as a share", costIdle, *at)
		b.d.idle = true
	}
	if at != nil && b.s.text.At(at.from).Class == Word && (b.rateOfKind() || b.shareOfCountedKind(*at) || b.share(*at) || b.shareOfAmount(*at)) {
		b.d.shows = slices.DeleteFunc(b.d.shows, func(s semantic.Show) bool { return s.Func == "share" })
		b.d.present.Unit = InUnit{Percent: true}
	}
}

// ratioOfParts deals the tests to the two sides of a ratio or a difference of one
// measure: the total enrolled in courses with exams to the total in courses without.
func (b *builder) ratioOfParts() {
	for i, m := range b.measures {
		if len(m.over) != 2 || !sameMeasure(m.over[0], m.over[1]) || len(m.over[0].where)+len(m.over[1].where) > 0 {
			continue
		}
		sep := -1
		for j, n := range b.s.nodes {
			if over, ok := as[measure](n); ok && sameMeasure(over, m) {
				sep = b.lastSeparator(b.s.nodes[j])
			}
		}
		above, below, both, ok := b.sides(0, sep, true)
		if sep < 0 || !ok || len(above) == 0 || len(below) == 0 && !partWords[b.s.text.At(sep).Norm] {
			b.s.charge("a ratio to itself", costIdle, node{})
			b.d.idle = true
			continue
		}
		above1, below1 := m.over[0], m.over[1]
		above1.where, below1.where = above, below
		b.measures[i] = measure{over: []measure{above1, below1}, op: m.op}
		b.conds = both
	}
}

// lastSeparator returns the last token inside a joined ratio that parts its
// sides, or that says the one to be a part of the other; -1 for none.
func (b *builder) lastSeparator(n node) int {
	if part := b.s.partNamed(n); part >= 0 {
		return part
	}
	for at := n.end - 1; at > n.from; at-- {
		if slices.Contains(ratioWords, b.s.text.At(at).Norm) {
			return at
		}
	}
	return -1
}

// noun is an entity that words name, to be counted.
type noun struct {
	table     *semantic.Table
	from, end int
}

// nouns are the entities that the sentence names and that nothing is split by.
func (b *builder) nouns() []noun {
	var found []noun
	for _, n := range b.s.nodes {
		switch m := n.means.(type) {
		case measure:
			if t := b.r.countedBy[m.metric]; t != nil && m.metric != nil {
				found = append(found, noun{t, n.from, n.end})
			} else if m.table != nil && m.agg == "count" {
				found = append(found, noun{m.table, n.from, n.end})
			}
		case thing:
			if m.table != nil && m.marks&(markBy|markEach) == 0 && (m.marks&markLink == 0 || b.ratioWord.end > 0 && b.s.text.At(n.from-1).Norm == "to") {
				found = append(found, noun{m.table, n.from, n.end})
			}
		}
	}
	return found
}

// ratioWords part the two sides of a ratio.
var ratioWords = []string{"to", "and", "versus", "vs", "over", "out"}

// ratio divides two counts.
func (b *builder) ratio(word node) bool {
	sep := b.separator(word.end)
	if sep < 0 || len(b.d.outcomes) > 0 || b.otherMeasures() || b.loneAttribute() {
		return false
	}
	var left, right *semantic.Table
	for _, n := range b.nouns() {
		switch {
		case n.from < word.from:
		case n.from < sep && left == nil:
			left = n.table
		case n.from > sep && right == nil:
			right = n.table
		case n.table != left && n.table != right:
			return false
		}
	}
	if left == nil {
		left = right
	}
	if right == nil {
		right = left
	}
	if left == nil && len(b.conds) > 1 && b.conds[0].home() != nil && b.conds[0].from > word.from {
		left, right = b.conds[0].home(), b.conds[0].home() // managers to clerks
	}
	if left == nil {
		return false
	}
	above, below, both, ok := b.sides(word.from, sep, left == right)
	if !ok || left == right && len(above)+len(below) == 0 || !b.reachable(left, above) || !b.reachable(right, below) || !b.reachable(left, both) || !b.reachable(right, both) {
		return false
	}
	b.divide(b.countWhere(left, above), b.countWhere(right, below), both)
	if left != right {
		b.keyed()
	}
	return true
}

// keyed leaves out what has no value of what a ratio of two entities is split by:
// there is no other side to set it against.
func (b *builder) keyed() {
	for _, t := range b.things {
		if t.dim != nil && !t.timed && !isTime(t.dim) && t.marks&(markBy|markEach) != 0 {
			b.conds = append(b.conds, condition{dim: t.dim, via: t.via, test: isThere})
		}
	}
}

// separator returns the token that parts the two sides of a ratio; -1 for none.
func (b *builder) separator(from int) int {
	for _, word := range ratioWords {
		for at := from; at < len(b.s.text.Tokens); at++ {
			if b.s.text.At(at).Norm == word && !b.insideName(at) {
				return at
			}
		}
	}
	return -1
}

// insideName reports whether a token is part of what a longer mention means.
func (b *builder) insideName(at int) bool {
	return slices.ContainsFunc(b.s.nodes, func(n node) bool { return n.from <= at && at < n.end && n.end > n.from+1 })
}

// sides deals the tests to the part above the line, the part below and to both.
// A test behind the second side that the first has no match for holds for both,
// where the first has another test that is matched or all are meant.
func (b *builder) sides(from, sep int, same bool) (above, below, both []condition, ok bool) {
	matched := false
	for _, c := range b.conds {
		switch {
		case c.from < from:
			both = append(both, c)
		case c.from < sep:
			above = append(above, c)
		}
	}
	for _, c := range b.conds {
		if c.from > sep && slices.ContainsFunc(above, func(o condition) bool { return o.dim == c.dim && o.via == c.via }) {
			matched = true
		}
	}
	for _, c := range b.conds {
		if c.from <= sep {
			continue
		}
		pair := slices.ContainsFunc(above, func(o condition) bool { return o.dim == c.dim && o.via == c.via })
		switch {
		case pair || len(above) == 0 && same:
			below = append(below, c)
		case matched || same && b.saysAll(sep):
			both = append(both, c)
		default:
			return nil, nil, nil, false
		}
	}
	return above, below, both, true
}

// saysAll reports whether "all" or "total" stands right behind a token.
func (b *builder) saysAll(at int) bool {
	for next := at + 1; next <= at+3; next++ {
		switch b.s.text.At(next).Norm {
		case "all", "total":
			return true
		}
	}
	return false
}

// otherMeasures reports whether something else than counts is measured, or a count
// of some rows that has a metric of its own: cancelled orders.
func (b *builder) otherMeasures() bool {
	return slices.ContainsFunc(b.measures, func(m measure) bool {
		return !b.r.isCount(m) || len(m.over)+len(m.where) > 0 || m.metric != nil && b.s.countRows(node{}, b.r.countedBy[m.metric]).metric != m.metric
	})
}

// loneAttribute reports whether an attribute is named that results are not split
// by.
func (b *builder) loneAttribute() bool {
	return slices.ContainsFunc(b.things, func(t thing) bool { return t.dim != nil && t.marks&(markBy|markEach) == 0 && !b.alwaysDone(t) })
}

// alwaysDone reports whether a date stands for what was done to every row that is counted:
// the batches brewed at each site.
func (b *builder) alwaysDone(t thing) bool {
	if t.dim == nil || !t.noun && !isTime(t.dim) || t.timed || t.marks != 0 || !isTime(t.dim) || t.dim != t.dim.Table.Time {
		return false
	}
	return slices.ContainsFunc(b.nouns(), func(n noun) bool { return n.table == t.dim.Table })
}

// reachable reports whether an entity leads to all that conditions test.
func (b *builder) reachable(t *semantic.Table, conds []condition) bool {
	return !slices.ContainsFunc(conds, func(c condition) bool { return c.home() == nil || b.r.graph.hops(t, c.home()) < 0 })
}

func (b *builder) countWhere(t *semantic.Table, conds []condition) measure {
	m := b.s.countRows(node{}, t)
	m.where = conds
	return m
}

// divide makes a ratio the one measure; the tests for both sides stay filters.
func (b *builder) divide(above, below measure, both []condition) {
	b.measures = []measure{{over: []measure{above, below}, op: semantic.Div}}
	b.conds = both
	b.d.relations = nil
	b.things = slices.DeleteFunc(b.things, func(t thing) bool { return t.table != nil && t.marks&(markBy|markEach) == 0 })
}

// share divides the count of an entity's rows for which a predicate holds by the
// count of all.
func (b *builder) share(at node) bool {
	if len(b.d.outcomes)+len(b.d.relations) > 0 || b.otherMeasures() || len(b.conds) == 0 || b.sidesOfOne() {
		return false
	}
	var of noun
	before := b.s.text.wholeSaidFirst(at.from)
	if before {
		of = b.nounBefore(at.from)
	}
	for _, n := range b.nouns() {
		switch {
		case n.from < at.from && !before:
			return false
		case of.table == nil:
			of = n
		case n.table != of.table && b.r.graph.hops(of.table, n.table) < 0:
			return false
		}
	}
	member := of.table == nil
	if member {
		of = b.nounOfMember(at.end)
	}
	if of.table == nil || b.loneAttribute() {
		return false
	}
	says := b.predicate(of.end)
	switch {
	case before:
		says = at.end - 1
	case member && says < 0:
		says = of.from - 1
	}
	var part, whole []condition
	for _, c := range b.conds {
		front := c.from < of.from
		switch {
		case says >= 0 && (c.from > says || c.from == says && c.test != nil), says < 0 && front:
			part = append(part, c)
		default:
			whole = append(whole, c)
		}
	}
	if says < 0 && len(part) == 0 {
		part, whole = whole, nil
	}
	if len(part) == 0 || !b.reachable(of.table, part) || !b.reachable(of.table, whole) {
		return false
	}
	if rate, ok := b.declaredShare(of.table, part); ok {
		b.divide(rate, rate, whole)
		b.measures = []measure{rate}
		return true
	}
	b.divide(b.countWhere(of.table, part), b.countWhere(of.table, nil), whole)
	return true
}

// wholeSaidFirst reports whether a text says what a share is of before the word for it at a
// token: of the closed claims, what percentage was approved.
func (t *Text) wholeSaidFirst(share int) bool {
	first := 0
	for t.At(first).Norm == "please" || t.At(first).Norm == "请" || t.At(first).Norm == "问" {
		first++
	}
	opener := t.At(first).Norm
	if opener == "out" && t.At(first+1).Norm == "of" || opener == "of" || opener == "among" || opener == "amongst" {
		return share > first && slices.ContainsFunc(t.Tokens[first:share], func(token Token) bool { return token.Norm == "," })
	}
	return false
}

// nounBefore is the first entity that stands before a token.
func (b *builder) nounBefore(end int) noun {
	for _, n := range b.s.nodes {
		if n.from >= end {
			break
		}
		if t, ok := n.means.(thing); ok && t.table != nil && t.marks&(markBy|markEach) == 0 {
			return noun{table: t.table, from: n.from, end: n.end}
		}
		if m, ok := n.means.(measure); ok && b.r.isCount(m) {
			return noun{table: m.home(), from: n.from, end: n.end}
		}
	}
	return noun{}
}

// nounOfMember is the entity behind a token that a member of its own right behind it was
// joined with: payments failed.
func (b *builder) nounOfMember(at int) noun {
	for _, n := range b.s.nodes {
		m, ok := n.means.(members)
		if !ok || n.from < at || n.end-n.from < 2 {
			continue
		}
		t, word := m.dim.Table, b.s.text.At(n.from).Norm
		if called := append([]string{word}, b.r.bases(word)...); slices.ContainsFunc(called, func(w string) bool { return strings.EqualFold(w, t.Names.Label.EN) }) {
			return noun{table: t, from: n.from, end: n.from + 1}
		}
	}
	return noun{}
}

// shareOfAmount divides the part of an amount of which something is said by the whole: the
// share of the revenue from delivered orders that came from supermarkets.
func (b *builder) shareOfAmount(at node) bool {
	if len(b.d.outcomes)+len(b.d.relations)+len(b.d.versus)+len(b.d.changes) > 0 || len(b.conds) == 0 || b.d.within {
		return false
	}
	whole, column := b.amountShared()
	if len(whole.over)+len(whole.per) > 0 || whole.home() == nil || b.r.isCount(whole) || b.isRate(whole) || whole.agg != "" && whole.agg != "sum" {
		return false
	}
	named := slices.IndexFunc(b.s.nodes, func(n node) bool {
		m, ok := n.means.(measure)
		t, bare := n.means.(thing)
		return ok && sameMeasure(m, whole) || bare && column >= 0 && t.same(b.things[column])
	})
	if named < 0 || b.s.nodes[named].from < at.end {
		return false
	}
	says := b.saidOfAmount(b.s.nodes[named].end)
	if says < 0 || b.conds[0].from < at.end || b.conds[len(b.conds)-1].from < says || !b.reachable(whole.home(), b.conds) {
		return false
	}
	first := slices.IndexFunc(b.conds, func(c condition) bool { return c.from >= says })
	if first == 0 && !b.splits() && b.conds[0].dim != nil && b.conds[0].test == nil {
		return false // of one member, which is shown beside it
	}
	above := whole
	above.where = append(slices.Clone(whole.where), b.conds[first:]...)
	b.measures = []measure{{over: []measure{above, whole}, op: semantic.Div}}
	if column >= 0 {
		b.things = slices.Delete(b.things, column, column+1)
	}
	b.things = slices.DeleteFunc(b.things, b.nounOfTest)
	b.conds = b.conds[:first:first]
	return true
}

// amountShared is the one measure that is asked for, or else the one column that is added
// up, with its place among the things: -1 for a measure. There is none where something
// else is named that no test speaks of.
func (b *builder) amountShared() (measure, int) {
	found := -1
	for i, t := range b.things {
		switch {
		case t.timed || t.marks&(markBy|markEach) != 0 || b.nounOfTest(t):
		case found >= 0 || len(b.measures) > 0 || t.dim == nil || !isMeasurable(t.dim) || t.dim.Sum != "sum":
			return measure{}, -1
		default:
			found = i
		}
	}
	switch {
	case len(b.measures) == 1:
		return b.measures[0], -1
	case found < 0:
		return measure{}, -1
	}
	return measure{dim: b.things[found].dim, via: b.things[found].via, agg: "sum", bare: true}, found
}

// nounOfTest reports whether a thing is only the entity that a test speaks of: was on
// critical work orders, came from offshore farms.
func (b *builder) nounOfTest(t thing) bool {
	return t.table != nil && t.marks&^(markLink|markObject|markFilter) == 0 && slices.ContainsFunc(b.conds, func(c condition) bool { return c.home() == t.table })
}

// saidOfAmount returns the token from one on that says something of what stands before:
// one of the words that open a predicate, which may be the first of a column's name, as
// in is billable. -1 when nothing is said.
func (b *builder) saidOfAmount(from int) int {
	for _, c := range b.conds {
		if c.from >= from && predicateWords[b.s.text.At(c.from).Norm] {
			return c.from
		}
	}
	return b.predicate(from)
}

// rateOfKind reads the share of what is counted by a metric of its own as the metric
// that the model declares for that share: what percentage of orders were cancelled.
func (b *builder) rateOfKind() bool {
	if len(b.measures) != 1 || len(b.conds)+len(b.d.outcomes)+len(b.d.relations) > 0 || b.splits() {
		return false
	}
	rate := b.declaredRate(b.measures[0])
	if rate == nil {
		return false
	}
	b.measures = []measure{{metric: rate}}
	return true
}

// declaredRate is the metric that the model declares for the share that a count of one
// kind has in the count of all; nil for none.
func (b *builder) declaredRate(of measure) *semantic.Metric {
	if of.metric == nil || of.agg != "" || b.r.countedBy[of.metric] == nil || of.metric.Where == nil {
		return nil
	}
	for _, m := range b.r.model.Metrics {
		over, ok := m.Expr.(semantic.Binary)
		if !ok || over.Op != semantic.Div || plainName(over.L) != of.metric.Name {
			continue
		}
		if whole := b.r.model.Metric(plainName(over.R)); whole != nil && b.r.countedBy[whole] == b.r.countedBy[of.metric] {
			return m
		}
	}
	return nil
}

// rateOfAll reads 取消的订单占总订单的比例 as the declared share of that kind.
func (b *builder) rateOfAll(at int) bool {
	if !b.d.ofAll || len(b.measures) != 1 || len(b.q.Items) != 1 {
		return false
	}
	rate := b.declaredRate(b.measures[0])
	if rate == nil {
		return false
	}
	b.measures = []measure{{metric: rate}}
	b.q.Items[0] = semantic.Item{Expr: b.r.exprOf(b.measures[0])}
	b.d.shows = slices.Delete(slices.Clone(b.d.shows), at, at+1)
	return true
}

// declaredShare is the metric that the model declares for the share of an entity's
// rows of one kind, where that kind is counted by a metric of its own: orders are
// those that are paid, of which none is cancelled.
func (b *builder) declaredShare(of *semantic.Table, part []condition) (measure, bool) {
	if len(part) != 1 || part[0].dim == nil || part[0].test != nil || part[0].not || len(part[0].values) != 1 {
		return measure{}, false
	}
	kind := func(name string) bool {
		m := b.r.model.Metric(name)
		return m != nil && b.r.countedBy[m] == of && tests(m.Where, part[0].dim, part[0].values[0])
	}
	whole := func(name string) bool {
		m := b.r.model.Metric(name)
		return m != nil && b.r.countedBy[m] == of && m.Where == nil
	}
	declared := false
	for _, m := range b.r.model.Metrics {
		declared = declared || kind(m.Name)
		if over, ok := m.Expr.(semantic.Binary); ok && over.Op == semantic.Div && kind(plainName(over.L)) && whole(plainName(over.R)) {
			return measure{metric: m}, true
		}
	}
	if all := b.s.countRows(node{}, of).metric; declared && all != nil && all.Where != nil {
		b.d.idle = true
		b.s.charge("a share of others", costIdle, node{})
	}
	return measure{}, false
}

// plainName is the metric that an expression only names; "" for any other.
func plainName(e semantic.Expr) string {
	name, ok := e.(semantic.Name)
	if !ok || len(name.Path) != 1 {
		return ""
	}
	return name.Path[0]
}

// predicateWords open what is said of an entity; relativeWords do so within a clause,
// behind which more may be said.
var (
	predicateWords = map[string]bool{
		"is": true, "are": true, "was": true, "were": true, "has": true, "have": true, "had": true, "did": true, "do": true, "does": true, "with": true, "having": true,
		"ended": true, "remain": true, "remained": true, "remains": true, "became": true, "become": true, "got": true, "get": true, "turned": true, "went": true,
		"came": true, "comes": true, "come": true, "coming": true, "ends": true, "end": true, "goes": true, "go": true,
	}
	relativeWords = map[string]bool{"who": true, "that": true, "which": true, "whose": true}
)

// predicate returns the first token from one on that says something of what
// stands before; -1 when nothing is said. A relative clause says it where nothing else
// does: of the members who live in Leeds, that they are active.
func (b *builder) predicate(from int) int {
	relative := -1
	for at := from; at < len(b.s.text.Tokens); at++ {
		switch norm := b.s.text.At(at).Norm; {
		case b.insideName(at):
		case relativeWords[norm]:
			if relative < 0 {
				relative = at
			}
			if predicateWords[b.s.text.At(at+1).Norm] {
				at++ // the clause's own
			}
		case predicateWords[norm] && (norm != "with" && norm != "having" || relative < 0):
			return at
		}
	}
	if relative >= 0 {
		return relative
	}
	for _, v := range b.d.verbs {
		if v.from >= from && !b.saidBehind(v.end) && !b.qualifiesNoun(v) {
			return v.from
		}
	}
	return b.closingState(from)
}

// qualifiesNoun reports whether a participle with who did it behind it belongs to the noun
// before it, and another verb says something of that: lines bought by supermarkets carried
// a discount.
func (b *builder) qualifiesNoun(v verbAt) bool {
	done := b.s.text.At(v.end-1).Norm == "by" || b.s.text.At(v.end).Norm == "by"
	return done && slices.ContainsFunc(b.d.verbs, func(o verbAt) bool { return o.from > v.end })
}

// saidBehind reports whether a state closes the question behind the verb that ends at a
// token and what that verb is done by: payments made by card failed.
func (b *builder) saidBehind(end int) bool { return b.closingState(end) >= end }

// closingState returns the token before a state that is said, without a verb, of all that
// stands before it: payments failed, calls to Leeds dropped; -1 for none.
func (b *builder) closingState(from int) int {
	last, before := condition{from: -1}, -1
	for _, c := range b.conds {
		if c.from < from || c.dim == nil || c.test != nil || c.not {
			continue
		}
		if c.from > last.from {
			last, before = c, last.from
		}
	}
	if last.from < 0 || before < from || gluing[b.s.text.At(last.from-1).Norm] || b.s.text.At(last.from).Class != Word || !strings.HasSuffix(b.s.text.At(last.from).Norm, "ed") {
		return -1
	}
	return last.from - 1
}
