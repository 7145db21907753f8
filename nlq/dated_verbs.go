package nlq

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// timedBy takes a date that only says which time counts, "freight in 2026, by booking
// date", "booked this year (invoice date)", where a period is said and the date is no
// grain to split by.
func (s *sentence) timedBy() {
	s.statesNotDates()
	if !s.saysPeriod() {
		return
	}
	for i := 0; i < len(s.nodes); i++ {
		t, ok := s.thingAt(i)
		if !ok || t.dim == nil || !isTime(t.dim) || t.marks != 0 || t.via != "" {
			continue
		}
		first := i
		switch from := s.nodes[i].from; {
		case s.normAt(from-1) == "(" && s.normAt(s.nodes[i].end) == ")":
		case s.plainGroup(i-1) && (is[Linker](s, i-2) && s.nodes[i-2].end == s.nodes[i-1].from || s.normAt(s.nodes[i-1].from-1) == "(") && !is[Grained](s, i+1):
			first = i - 1
			if is[Linker](s, i-2) {
				first = i - 2
			}
		case s.plainGroup(i-1) && s.normAt(s.nodes[i-1].from-1) == "going":
			first = i - 1 // going by the date of return
			if is[Linker](s, i-2) && s.nodes[i-2].end == s.nodes[i-1].from-1 {
				first = i - 2
			}
		case s.countsBy(i):
			if s.plainGroup(i - 1) {
				first = i - 1
			}
		default:
			continue
		}
		s.about(t.dim, i)
		for range i - first + 1 {
			s.drop(first)
		}
		i = first - 1
	}
}

// countsBy reports whether what stands around a date says that it is the one to go by:
// 以离店日期为准, and 按入住日期统计 as a clause of its own.
func (s *sentence) countsBy(i int) bool {
	from, at := s.nodes[i].from-1, s.nodes[i].end
	front := s.normAt(from)
	if front == "照" {
		from--
		front = s.normAt(from)
	}
	behind := s.normAt(at) + s.normAt(at+1)
	switch {
	case behind == "为准" && (front == "以" || front == "按"):
		return true
	case front == "按" && countedBy[behind]:
		before, after := s.text.At(from-1), s.text.At(at+2)
		return (from == 0 || before.Class == Mark) && after.Class == Mark && after.Norm != ""
	}
	return false
}

// countedBy close a clause that says by which date to count.
var countedBy = map[string]bool{"统计": true, "计算": true, "口径": true, "来算": true, "汇总": true}

// statesNotDates charges for a state right before a period where a date of its rows is
// called so too: lendings paid in May were paid then, whenever they were made.
func (s *sentence) statesNotDates() {
	for i := range s.nodes {
		m, ok := s.memberAt(i) // with the noun before it, where there is one
		behind := s.skip(i+1, 1)
		if is[GroupMark](s, behind) {
			behind = s.skip(behind+1, 1) // submitted in each month of 2024
		}
		if !ok || m.not || !is[Timed](s, behind) && !is[Grained](s, behind) {
			continue
		}
		for _, c := range s.r.vocabulary.names.exact(s.text.norms(s.nodes[i].end-1, s.nodes[i].end)) {
			if d := c.object.Dimension; d != nil && isTime(d) && s.r.graph.hops(d.Table, m.dim.Table) >= 0 {
				s.charge("a date is called so", costUnlikely, s.nodes[i])
				break
			}
		}
	}
}

// splitNotDone charges for a verb that closes with "by" before an attribute: invoices
// paid by region are split by it, for regions pay nothing.
func (s *sentence) splitNotDone() {
	for i := range s.nodes {
		if !is[Verb](s, i) || s.nodes[i].end < s.nodes[i].from+2 || s.normAt(s.nodes[i].end-1) != "by" {
			continue
		}
		if t, ok := s.thingAt(i + 1); ok && (t.timed || t.dim != nil && t.dim.Of == nil && !isDisplay(t.dim) && !t.dim.Key) {
			s.charge("an attribute that does nothing", costUnrelated, s.nodes[i])
		}
	}
}

// plainGroup reports whether node i is a plain word for splitting before its thing.
func (s *sentence) plainGroup(i int) bool {
	g, ok := s.groupMark(i)
	return ok && !g.Each && !g.Before
}

// normAt is the token at a place; "" outside of the question.
func (s *sentence) normAt(at int) string {
	return s.text.At(at).Norm
}

// whoOfDate reads "who joined in 2024" and "who was hired most recently": behind the word
// a date stands for what people did, and they are asked for. Where the rows with the date
// are called by no name, the word is the verb it looks like.
func (s *sentence) whoOfDate(i, behind int) bool {
	t, ok := s.thingAt(behind)
	if !ok || t.dim == nil || !isTime(t.dim) || t.marks != 0 || !s.participle(behind) && !s.actOfDate(behind, t.dim) {
		return false
	}
	home := t.dim.Table
	if len(home.Display) == 0 || home.Display[0].Type.Kind != semantic.Text || home.Display[0].Key {
		s.nodes[behind].means = Verb{}
		return false
	}
	s.nodes[i].means = thing{table: home, marks: markWhich}
	if s.actOfDate(behind, t.dim) {
		s.onceDone(behind, t.dim)
	}
	return true
}

// onceDone tests that what a date at node i is called after has happened, in the period
// where one is said, and takes the node: 今年谁离职了.
func (s *sentence) onceDone(i int, d *semantic.Dimension) {
	if s.saysPeriod() {
		s.countDated(s.nodes[i], d)
	} else {
		s.draft.conditions = append(s.draft.conditions, condition{dim: d, from: s.nodes[i].from, test: isThere})
	}
	s.drop(i)
}

// actOfDate reports whether node i says a date by what happens at it alone: the 离职 of
// 离职日期.
func (s *sentence) actOfDate(i int, d *semantic.Dimension) bool {
	act := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
	if s.text.At(s.nodes[i].from).Class != Han || utf8.RuneCountInString(act) != 2 {
		return false
	}
	done, dated := actDated(d.Names.Label.ZH)
	return dated && done == act
}

// participle reports whether node i is one word that says what was done.
func (s *sentence) participle(i int) bool {
	n := s.nodes[i]
	word := s.text.At(n.from).Norm
	return n.end <= n.from+2 && (strings.HasSuffix(word, "ed") || irregularPast[word])
}

// wasDone are the words before a participle that say that it was done.
var wasDone = map[string]bool{"was": true, "were": true, "been": true}

// datedToo reports whether a state of rows is named as a date of theirs is: issued, which
// is a status and when it was.
func (s *sentence) datedToo(o Object, alts []alt) bool {
	return slices.ContainsFunc(alts, func(a alt) bool {
		d := a.object.Dimension
		return a.object.Member == "" && d != nil && isTime(d) && d != d.Table.Time && s.r.graph.hops(d.Table, o.Dimension.Table) >= 0
	})
}

// irregularPast are participles that dates are called after and that do not end in -ed.
var irregularPast = map[string]bool{"left": true, "paid": true, "shot": true, "sold": true, "sent": true, "bought": true, "built": true, "born": true, "begun": true, "held": true, "won": true, "lost": true, "given": true, "taken": true, "met": true}

// hasDate reads a participle that a date is called after, with no period behind it, as
// the date that is there: staff who left, invoices that were paid. A date that all rows
// have says nothing of them.
func (s *sentence) hasDate(i int, t thing) bool {
	before := s.beforeDone(i)
	first := before + 1
	if is[Linker](s, before) {
		first, before = before, s.beforeDated(before, t)
	}
	noun, named := s.nounAt(before)
	if m, ok := (measure{}), before >= 0; ok {
		if m, ok = as[measure](s.nodes[before]); ok {
			noun, named = m.home(), before == i-1 // the amount paid
		}
	}
	if !named || noun != t.dim.Table || t.dim == t.dim.Table.Time || !s.participle(i) {
		return false
	}
	s.draft.conditions = append(s.draft.conditions, condition{dim: t.dim, from: s.nodes[i].from, test: isThere})
	s.charge("a date that is there", costDerived, s.nodes[i])
	last := i
	if s.butNot(i + 1) {
		last++
	}
	s.nodes = append(s.nodes[:first], s.nodes[last+1:]...)
	return true
}

// beforeDone returns the node before a participle at node i and the words that it is said
// of a noun with: staff who have left.
func (s *sentence) beforeDone(i int) int {
	for i--; i >= 0; i-- {
		having := (is[Glue](s, i) || is[Verb](s, i)) && saying[s.text.At(s.nodes[i].end-1).Norm]
		if !having && !is[Relative](s, i) && !is[Equals](s, i) {
			break
		}
	}
	return i
}

// beforeDated returns the node before what is said of the rows with another of their dates,
// and joined at node i to the date t: staff hired before 2019 and left.
func (s *sentence) beforeDated(i int, t thing) int {
	for i--; i >= 0 && is[Timed](s, i); i-- {
	}
	if v, ok := s.verbAt(i); ok && !v.Not && len(v.Hints) > 0 {
		return s.beforeDone(i)
	}
	if date, ok := s.thingAt(i); ok && date.dim != nil && isTime(date.dim) && date.dim != t.dim && date.dim.Table == t.dim.Table {
		return s.beforeDone(i)
	}
	return -1
}

// datedRows reads a participle that a date is called after right before the noun of its
// rows as those that have the date: returned loans, shot days.
func (s *sentence) datedRows(i int, t thing) bool {
	rows, ok := s.thingAt(i + 1)
	if ok && s.doneToThese(i, t, rows) {
		return true
	}
	if !ok || t.dim == nil || !isTime(t.dim) || t.marks&^(markBy|markListed) != 0 || t.has(markBy) && !is[Linker](s, i-1) || t.via != "" || rows.table == nil || rows.table != t.dim.Table || rows.via != "" || !s.touchesWord(i, i+1) || !s.participle(i) {
		return false
	}
	s.draft.conditions = append(s.draft.conditions, condition{dim: t.dim, from: s.nodes[i].from, test: isThere})
	s.drop(i)
	if t.has(markListed) {
		s.markAt(i, markListed)
	}
	return true
}

// doneToThese reads a participle that a date of acts is called after right before the noun of
// what they were done to as those with such an act: all sold vehicles.
func (s *sentence) doneToThese(i int, t, rows thing) bool {
	if t.dim == nil || !isTime(t.dim) || t.marks != 0 || t.via != "" || rows.table == nil || rows.via != "" || rows.table == t.dim.Table || !s.touchesWord(i, i+1) || !s.participle(i) {
		return false
	}
	if s.r.graph.hops(t.dim.Table, rows.table) != 1 {
		return false
	}
	if t.dim != t.dim.Table.Time {
		s.draft.conditions = append(s.draft.conditions, condition{dim: t.dim, from: s.nodes[i].from, test: isThere})
	}
	s.relate(relation{owner: rows.table, of: t.dim.Table, from: s.nodes[i].from, act: s.nodes[i].from, end: s.nodes[i].end})
	s.drop(i)
	if m, ok := s.measureAt(i - 2); ok && rows.marks == 0 && m.home() == rows.table && i+1 == len(s.nodes) {
		if g, of := s.glue(i - 1); of && g.How == OfIt {
			s.own(rows) // the total cost of all sold vehicles is no split by them
			s.nodes = s.nodes[:i-1]
		}
	}
	return true
}

// didMost reports whether the participle at node i says what who is asked for before it did
// most of: which account ordered the most kegs.
func (s *sentence) didMost(i int, t thing) bool {
	who, ok := s.thingAt(i - 1)
	top, most := as[Top](s.nodes[min(i+1, len(s.nodes)-1)])
	if !ok || !who.has(markWhich) || who.home() == t.dim.Table || !most || !top.Count || !s.participle(i) || i+2 >= len(s.nodes) {
		return false
	}
	number, ok := s.thingAt(i + 2)
	return is[measure](s, i+2) || ok && number.dim != nil && isMeasurable(number.dim)
}

// neverDated reads a denied participle that a date of acts is called after as what none of
// the acts was done to: beers that have never been brewed.
func (s *sentence) neverDated(i int, t thing) bool {
	first := s.skip(i-1, -1)
	n, ok := s.negation(first)
	if !ok || n.Before || !s.participle(i) || t.dim != t.dim.Table.Time || s.skip(i+1, 1) < len(s.nodes) {
		return false
	}
	before := first - 1
	for before >= 0 && (is[Relative](s, before) || is[Equals](s, before)) {
		before--
	}
	owner, named := s.nounAt(before)
	if !named || s.r.graph.hops(t.dim.Table, owner) != 1 || s.r.graph.hops(owner, t.dim.Table) >= 0 {
		return false
	}
	s.relate(relation{owner: owner, of: t.dim.Table, from: s.nodes[first].from, act: s.nodes[i].from, end: s.nodes[i].end, not: true})
	s.nodes = slices.Delete(s.nodes, before+1, i+1)
	return true
}

// doneForMost reports whether the participle at node i says what was done for the most of
// the number behind it, which ranks: vehicles that were sold for the highest price.
func (s *sentence) doneForMost(i int) bool {
	if !s.participle(i) || !is[Relative](s, i-1) && !is[Equals](s, i-1) {
		return false
	}
	top := s.skip(i+1, 1)
	number, ok := s.thingAt(top + 1)
	return ok && is[Top](s, top) && number.dim != nil && isMeasurable(number.dim)
}

// splitsNothing refuses a date that no word splits a count by: how many are due is one
// number. And yes and no split no share: what percentage were expedited is one of them.
func (b *builder) splitsNothing(t thing) {
	if b.d.shareAt != nil && t.dim != nil && t.dim.Type.Kind == semantic.Bool && t.marks&(markBy|markEach|markWhich|markListed|markAsked) == 0 {
		b.d.idle = true
		b.s.charge("yes and no split no share", costIdle, node{})
	}
	if b.d.valued && b.entity != nil && !t.timed && t.dim != nil && isTime(t.dim) && t.marks&(markBy|markEach|markWhich|markListed|markAsked) == 0 {
		b.d.idle = true
		b.s.charge("a date that nothing splits by", costIdle, node{})
	}
}

// judgedNow reports whether a period says no more than that now is meant, of rows that are
// told apart by what now is already: invoices overdue today.
func (s *sentence) judgedNow(p semantic.Period) bool {
	today := semantic.Relative{Unit: semantic.Day}
	if open, ok := p.(semantic.Open); p != today && (!ok || open.How != semantic.Until || open.Of != today) {
		return false
	}
	judged := false
	for _, c := range s.draft.conditions {
		semantic.Walk(c.fixed, func(e semantic.Expr) {
			during, ok := e.(semantic.During)
			if !ok || len(during.Periods) != 1 {
				return
			}
			open, ok := during.Periods[0].(semantic.Open)
			judged = judged || ok && open.Of == today
		})
	}
	return judged
}

// ledSome takes "led" for the verb it is where what was led is said: technicians who led at
// least 5 work orders are not the one that came first.
func (s *sentence) ledSome() {
	for i := 1; i+1 < len(s.nodes); i++ {
		if !is[Top](s, i) || s.text.Norm(s.nodes[i].from, s.nodes[i].end) != "led" {
			continue
		}
		if is[Compare](s, i+1) || is[BetweenMark](s, i+1) || is[Top](s, i+1) {
			s.nodes[i].means = Verb{}
		}
	}
}

// verbsNotDates takes a participle that a date is called after for the verb it is,
// where no period follows and nobody asks when: patients who were prescribed
// aspirin.
func (s *sentence) verbsNotDates() {
	s.soManyThat()
	s.timesActed()
	s.wonWhat()
	s.ledSome()
	s.doneRows()
	asked := slices.ContainsFunc(s.nodes, func(n node) bool { _, ok := n.means.(wished); return ok })
	for i := range s.nodes {
		t, ok := s.thingAt(i)
		if ok && (s.datedRows(i, t) || s.doneAtSomeTime(i, t)) {
			return
		}
		if !ok || asked || i == 0 || t.dim == nil || !isTime(t.dim) || t.marks != 0 || t.via != "" || s.nodes[i].end != s.nodes[i].from+1 && !s.doneAway(i) {
			continue
		}
		next, ok := s.thingAt(i + 1)
		closes := i+1 >= len(s.nodes) || ok && next.has(markBy|markEach) || s.butNot(i+1) || s.saysOnlyDate(i, t)
		if is[Equals](s, i-1) && closes && s.hasDate(i, t) {
			return // how many permits were issued
		}
		if acts, named := s.thingAt(i - 1); closes && named && acts.table == t.dim.Table && s.participle(i) {
			if v, said := s.verbAt(i - 2); said && v.Not {
				s.drop(i) // permits that never had an inspection scheduled had none
				return
			}
		}
		if is[Linker](s, i-1) || is[VersusMark](s, i-1) || is[VersusMark](s, i+1) || is[Equals](s, i-1) || is[Chart](s, i-1) {
			continue // capacity vs commissioned
		}
		if closes && s.hasDate(i, t) {
			return
		}
		if g, ok := as[Grained](s.nodes[min(i+1, len(s.nodes)-1)]); ok && i+1 < len(s.nodes) {
			if g.Trend && s.participle(i) {
				s.nodes[i].means = Verb{} // plants commissioned over time
			}
			continue // closed in each month
		}
		if n, ok := s.negation(s.skip(i-1, -1)); ok && !n.Before && s.skip(i+1, 1) >= len(s.nodes) && s.participle(i) && s.ownDate(i, t) {
			s.lacksDate(s.skip(i-1, -1), i, t)
			return
		}
		if s.neverDated(i, t) {
			return
		}
		if s.doneForMost(i) || s.didMost(i, t) {
			s.nodes[i].means = Verb{}
			continue
		}
		if !strings.HasSuffix(s.text.At(s.nodes[i].from).Norm, "ed") {
			continue
		}
		if behind := s.skip(i+1, 1); behind < len(s.nodes) {
			if is[Both](s, behind) {
				behind++ // who booked both First and Business
			}
			if link, ok := s.linkAt(behind); !is[members](s, behind) && !is[thing](s, behind) && !(ok && link.How == ClauseLink) {
				continue
			}
		}
		s.nodes[i].means = Verb{}
	}
}

// doneAway reports whether node i says what was done in two words: picked up.
func (s *sentence) doneAway(i int) bool {
	return s.nodes[i].end == s.nodes[i].from+2 && s.participle(i) && awayWords[s.normAt(s.nodes[i].end-1)]
}

var awayWords = setOf("up out off in back away down")

// butNot reports whether node i joins what was not done, or says it already: issued but never
// closed.
func (s *sentence) butNot(i int) bool {
	if !is[Linker](s, i) || s.nodes[i].end != s.nodes[i].from+1 || !buts[s.normAt(s.nodes[i].from)] {
		return false
	}
	if m, ok := s.memberAt(i + 1); ok && m.not {
		return true
	}
	v, ok := s.verbAt(i + 1)
	return i+1 == len(s.nodes) || is[Negation](s, i+1) || is[phrased](s, i+1) || is[Empty](s, i+1) || ok && v.Not
}

var buts = setOf("but and yet")

// doneRows passes over the verb that a date is called after where it stands with 的 before
// the rows with that date: 演过的场次 are what was performed.
func (s *sentence) doneRows() {
	for i := 0; i+2 < len(s.nodes); i++ {
		t, ok := s.thingAt(i)
		g, glued := s.glue(i + 1)
		if !ok || t.dim == nil || !isTime(t.dim) || t.marks != 0 || !s.doneAt(s.nodes[i].end-1) || !glued || g.How != Has || !s.touchAll(i, i+2) {
			continue
		}
		rows, named := s.thingAt(i + 2)
		m, counted := as[measure](s.nodes[i+2])
		if named && rows.table == t.dim.Table || counted && s.r.isCount(m) && m.home() == t.dim.Table {
			s.nodes = append(s.nodes[:i], s.nodes[i+2:]...)
		}
	}
}
