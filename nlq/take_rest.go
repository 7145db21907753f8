package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// takeRest takes what is left of the words of languages out of the sentence:
// shares, presentation, intents, follow-ups, verbs and clauses.
func (s *sentence) takeRest() {
	for i := 0; i < len(s.nodes); {
		if s.takeWord(i) {
			s.drop(i)
			continue
		}
		i++
	}
}

// takeWord reads one word; it reports whether it is used up.
func (s *sentence) takeWord(i int) bool {
	d := &s.draft
	switch m := s.nodes[i].means.(type) {
	case Linker:
		if m.How == OrLink {
			d.or, d.ors = true, append(d.ors, s.nodes[i].from)
		}
		d.linked = true
	case Noise, Equals, Style:
		return true
	case Agg:
		return m.Func == "sum" && (s.totalledAlready(i) || s.totalOfAll(i))
	case Glue:
		d.with = d.with || m.How == With
	case Share:
		at := s.nodes[i]
		d.shareAt = &at
		s.addShow("share")
		d.within = d.within || m.Within
	case Chart:
		d.draw(m.Kind)
	case Layered:
		d.layered = true
		d.present.Panels = d.present.Panels || m.Panels
	case Binned:
		d.bin(m)
	case InUnit:
		if m.Said != "" {
			return s.measuredIn(m.Said)
		}
		if m.Percent && s.text.At(s.nodes[i].end).Norm == "of" {
			return false // as a percentage of something
		}
		d.present.Unit = m
	case Rounded:
		d.rounded = &m.Digits
	case ZerosToo:
		d.zeros = true
	case Export:
		if exportCounted[s.normAt(s.nodes[i].end)] {
			s.charge("how often something is exported", costIdle, s.nodes[i]) // 下载量
			d.idle = true
		}
		d.present.Export = m.Kind
		if m.Kind == "" {
			d.present.Export = "any"
		}
	case Intent:
		d.intents = append(d.intents, m.What)
	case Follow:
		if m.How == OnlyThese && s.soleAct(i) {
			d.solely = s.nodes[i].from + 1
			return true
		}
		d.follows = append(d.follows, m.How)
	case Command:
		return s.commands(i)
	case Unsupported:
		d.unsupported = append(d.unsupported, m.Construct)
	case Verb:
		if s.choosesAlone(i, m) || m.Not && s.undoneNoun(i) || s.unknownAdjective(i, m) {
			return false
		}
		if s.ofOwnColumn(i, m) || s.doneOnes(i, m) {
			break
		}
		if s.qualifies(i, m) {
			s.charge("a verb of nothing", costIdle, s.nodes[i])
			d.idle = true
		}
		d.verbs = append(d.verbs, verbAt{s.nodes[i].from, s.nodes[i].end, m, s.verbStems(i)})
	case Relative:
		if i == 0 {
			cost := costGuess
			if norm := s.text.At(0).Norm; s.nodes[i].from == 0 && (norm == "which" || norm == "where") {
				cost = costEachTop // it asks
			}
			s.charge("a clause about nothing", cost, s.nodes[i])
			d.idle = d.idle || s.text.At(s.nodes[i].from).Norm == "who"
		}
		d.relatives = append(d.relatives, s.nodes[i].from)
	case Negation:
		if v, ok := s.verbAt(i + 1); ok && !v.Not && !m.Before {
			v.Not = true // have never been ordered
			s.nodes[i+1].means = v
			return true
		}
		if !is[thing](s, s.skip(i+1, 1)) {
			return false
		}
		d.without = true
	case Both:
		d.both = true
	case Count:
		d.counted = true
	case Distinct:
		d.distinct = true
	case Rest:
		d.rest = true
	case Which:
		if m.What == HowMuch && s.amountBeside(i) {
			s.charge("a second number without a name", costIdle, s.nodes[i])
			d.idle = true
		}
		return m.What != WhichOne && m.What != Who
	case VersusMark:
		if v, ok := s.verbAt(i - 1); ok && s.touches(i-1, i) && len(v.Hints) > 0 || len(d.verbs) > 0 && d.verbs[len(d.verbs)-1].end == s.nodes[i].from {
			s.charge("an act set against something", costIdle, s.nodes[i])
			d.idle = true
		}
		d.compared = true
	case Listing:
		d.weak = true
	case lasted, lasts:
		s.charge("how long something lasted, unasked", costIdle, s.nodes[i])
		d.idle = true
	default:
		return false
	}
	return true
}

// soleAct reports whether a word for only stands before what somebody did: customers who
// only bought sofas, 只发过冷冻的客户.
func (s *sentence) soleAct(i int) bool {
	from := s.nodes[i].from
	if s.text.At(from).Class == Word {
		before := s.text.At(from - 1).Norm
		return from > 0 && (before == "who" || before == "that" || before == "which" || before == "have" || before == "has" || before == "had" || before == "ever")
	}
	if s.text.At(from).Norm != "只" || s.nodes[i].end != from+1 {
		return false
	}
	end := min(from+8, len(s.text.Tokens))
	return s.text.holds("过", from, end) && s.text.holds("的", from, end)
}

// totalledAlready reports whether a word for a total that closes a clause says no more than
// what is computed already: unpaid fees, total.
func (s *sentence) totalledAlready(i int) bool {
	if last := i + 1; last < len(s.nodes) && !is[Linker](s, last) {
		return false
	}
	if before := s.normAt(s.nodes[i].from - 1); before == "and" || before == "&" || before == "+" {
		return false // the number and the total are two
	}
	return slices.ContainsFunc(s.nodes[:i], func(n node) bool {
		m, ok := n.means.(measure)
		if !ok || len(m.over)+len(m.per) > 0 {
			return false
		}
		return s.r.isCount(m) || m.agg == "sum" || m.metric != nil && m.agg == "" && s.r.addsUp(m.metric)
	})
}

// totalOfAll reads a total that a comma parts from all that is said as that of it: how much
// is outstanding, total, and hires in May, total, which are counted.
func (s *sentence) totalOfAll(i int) bool {
	if i+1 < len(s.nodes) || i == 0 || s.text.At(s.nodes[i].from-1).Norm != "," {
		return false
	}
	if s.draft.howMany {
		return true
	}
	if slices.ContainsFunc(s.nodes[:i], asksSomething) {
		return false
	}
	rows := 0
	for j := range s.nodes[:i] {
		if t, ok := s.thingAt(j); ok && (t.table == nil || t.marks&^markFilter != 0) {
			return false
		} else if ok {
			rows++
		}
	}
	s.draft.counted = s.draft.counted || rows == 1
	return rows == 1
}

// turnover is the construct of how fast people or goods are replaced, which is no
// turnover in money.
const turnover = "turnover"

// exportCounted stand right behind 下载 where it is counted and no wish.
var exportCounted = setOf("量 率 次 人 数")

// action is the construct of what changes things instead of asking about them.
const action = "action"

// commands declines a message that tells somebody to change something: a verb that
// opens it, with its object right behind it and nothing that asks.
func (s *sentence) commands(i int) bool {
	if i > 0 || is[Glue](s, 1) || s.draft.valued || s.draft.counted || s.draft.asked || s.draft.listing || s.draft.exists || len(s.draft.periods) > 0 || slices.ContainsFunc(s.nodes, asksSomething) {
		return false
	}
	s.draft.unsupported = append(s.draft.unsupported, action)
	return true
}

// asksSomething reports whether a node is a number or asks which.
func asksSomething(n node) bool {
	switch m := n.means.(type) {
	case measure, Which, Count, Agg:
		return true
	case thing:
		return m.marks&(markWhich|markListed|markBy|markEach) != 0
	}
	return false
}

// draw keeps the picture that is named; "plot" beside "bars" names none.
func (d *draft) draw(kind string) {
	switch {
	case kind == "relation":
		d.relates = true
	case kind == "stacked" || kind == "grouped":
		d.present.Chart, d.layered = kind, true
	case kind != "" && !(kind == "scatter" && d.present.Chart == "bubble"):
		d.present.Chart = kind
	case d.present.Chart == "":
		d.present.Chart = "any"
	}
}

// bin keeps how the bars of a histogram are wanted.
func (d *draft) bin(m Binned) {
	if d.present.Chart == "" || d.present.Chart == "any" || d.present.Chart == "bar" || d.present.Chart == "column" {
		d.present.Chart = "histogram"
	}
	if len(m.Args) == 0 {
		return
	}
	if m.Count {
		d.present.Bins.Count, _ = wholeCount(m.Args[0])
		return
	}
	d.present.Bins.Width = m.Args[0].Value
}

// choosesAlone reports whether a verb that closes the sentence is all that is said
// of an entity and is not known to be of any acts: students who graduated are not
// all students.
func (s *sentence) choosesAlone(i int, v Verb) bool {
	if s.doneToSome(i, v) {
		return true
	}
	if v.through != nil || i+1 < len(s.nodes) || len(s.draft.relations)+len(s.draft.conditions)+len(s.draft.orderings)+len(s.draft.outcomes) > 0 {
		return false
	}
	if len(v.Hints) > 0 && s.r.hinted(s.r.model.Tables, v.Hints) != nil {
		return false
	}
	from := s.nodes[i].from
	if from == 0 || s.text.At(from).Class != Word {
		return false
	}
	switch s.text.At(from - 1).Norm {
	case "who", "that", "which":
		return true
	}
	t, ok := s.thingAt(i - 1)
	return ok && i == 1 && t.has(markWhich)
}

// measuredIn reports whether a number of the sentence is in one of several units.
func (s *sentence) measuredIn(said string) bool {
	units := strings.Split(said, "|")
	return s.convertTo(units[0]) || slices.ContainsFunc(s.nodes, func(n node) bool {
		switch m := n.means.(type) {
		case thing:
			return m.dim != nil && slices.Contains(units, m.dim.Unit)
		case measure:
			return m.dim != nil && slices.Contains(units, m.dim.Unit) || m.metric != nil && slices.Contains(units, m.metric.Unit)
		}
		return false
	})
}

// qualifies reports whether a verb at node i only tells which kind of a metric is
// meant, and nothing in the model is of that kind: 配送准时率 where no deliveries
// are known.
func (s *sentence) qualifies(i int, v Verb) bool {
	if i+1 >= len(s.nodes) || v.through != nil || v.Not || len(v.Hints) == 0 || !s.touches(i, i+1) {
		return false
	}
	m, ok := as[measure](s.nodes[i+1])
	closing := s.text.At(s.nodes[i].end - 1).Norm
	return ok && m.metric != nil && closing != "了" && closing != "过" && s.text.At(s.nodes[i].from).Class == Han && s.r.hinted(s.r.model.Tables, v.Hints) == nil && !knowsAct(m.home(), s.text.Norm(s.nodes[i].from, s.nodes[i].end))
}

// knowsAct reports whether a table has a column that is called after an act: orders
// with a 配送费 are delivered.
func knowsAct(t *semantic.Table, act string) bool {
	return t != nil && slices.ContainsFunc(t.Dimensions, func(d *semantic.Dimension) bool { return strings.Contains(d.Names.Label.ZH, act) })
}

// undoneNoun reports whether a denied verb at node i is an adjective of the noun
// behind it: unpaid invoices are invoices, not the lack of any.
func (s *sentence) undoneNoun(i int) bool {
	t, ok := s.thingAt(i + 1)
	return ok && t.table != nil && s.touches(i, i+1) && strings.HasPrefix(s.text.At(s.nodes[i].from).Norm, "un")
}

// doneToSome reports whether a verb says what was done to some of what stands before
// it, and nothing in the model says to which: the orders that were shipped.
func (s *sentence) doneToSome(i int, v Verb) bool {
	from := s.nodes[i].from
	passive := pastCopulas[s.text.At(from).Norm] || from > 0 && pastCopulas[s.text.At(from-1).Norm]
	t, ok := s.nounAt(i - 1)
	return ok && passive && v.through == nil && len(v.Hints) > 0 && decides[v.Hints[0]] && s.r.hinted(s.r.model.Tables, v.Hints) == nil && t != nil
}

// nounAt returns the entity that node i names or counts.
func (s *sentence) nounAt(i int) (*semantic.Table, bool) {
	if t, ok := s.thingAt(i); ok && t.table != nil {
		return t.table, true
	}
	if i < 0 || i >= len(s.nodes) {
		return nil, false
	}
	m, ok := as[measure](s.nodes[i])
	return m.home(), ok && m.home() != nil
}

// unknownAdjective reports whether a verb that leads to no acts is an adjective of the noun
// right behind it, which nothing in the model knows: completed jobs are not all jobs.
func (s *sentence) unknownAdjective(i int, v Verb) bool {
	n := s.nodes[i]
	if len(v.Hints) > 0 || v.through != nil || n.end != n.from+1 || !strings.HasSuffix(s.text.At(n.from).Norm, "ed") && s.normAt(n.from) != "living" || i+1 == len(s.nodes) || !s.touches(i, i+1) {
		return false
	}
	if entity, ok := s.nounAt(i + 1); !ok || entity == nil || is[thing](s, i+2) {
		return false
	}
	return i == 0 || !is[thing](s, i-1) && !is[measure](s, i-1) && !is[members](s, i-1) && !is[Relative](s, i-1) && !is[Verb](s, i-1) && !is[Equals](s, i-1) && !is[Negation](s, i-1)
}

// decides are the first hints of verbs that are true of some rows only.
var decides = map[string]bool{"shipment": true, "payment": true, "refund": true}

func (s *sentence) verbAt(i int) (Verb, bool) {
	if i < 0 || i >= len(s.nodes) {
		return Verb{}, false
	}
	return as[Verb](s.nodes[i])
}

// amountBeside reports whether node i asks for money next to another number that is asked
// for, and names none: how many and how much, 多少件、多少钱.
func (s *sentence) amountBeside(i int) bool {
	said := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
	if said != "how much" && said != "how much money" && !s.text.holds("钱", s.nodes[i].from, s.nodes[i].end) {
		return false
	}
	if link := s.normAt(s.nodes[i].from - 1); link != "and" && link != "," && link != "、" && link != "和" || is[measure](s, i+1) || is[thing](s, i+1) {
		return false
	}
	before := s.nodes[i].from - 2
	return s.text.holds("many", max(0, before), before+1) || s.text.holds("少", max(0, before-2), before+1)
}
