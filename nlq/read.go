package nlq

import (
	"cmp"
	"errors"
	"slices"
	"unicode/utf8"

	"wenshu/semantic"
)

// Read reads a question. It never fails: what cannot be read is refused, with
// the words to blame. Problems: too_long, empty, not_understood, unknown_metric,
// not_computed, and those of Bind.
func (r *Reader) Read(q Question) Result {
	result := Result{Text: q.Text}
	if utf8.RuneCountInString(q.Text) > MaxRunes {
		result.Messages = []Message{{Refused: &Refusal{Problems: semantic.Problems{{Code: semantic.TooLong}}}}}
		return result
	}
	t := NewText(q.Text)
	if !hasWords(t) {
		result.Messages = []Message{{Refused: &Refusal{Problems: semantic.Problems{{Code: semantic.EmptyQuery}}}}}
		return result
	}
	t = joinRemarks(t)
	if messages, ok := r.split(t, q); ok {
		result.Messages = messages
		return result
	}
	result.Messages = r.readNumbers(t, q, r.readSentence(t, q))
	return result
}

func hasWords(t *Text) bool {
	return slices.ContainsFunc(t.Tokens, func(token Token) bool { return token.Class != Mark })
}

// reading is one question while it is read.
type attempt struct {
	r      *Reader
	q      Question
	text   *Text
	see    sight
	moment *Moment
	judged bool     // the text wants something judged
	best   covering // the cheapest
	named  string   // a construct that was read where nothing else could be; "" for none
	found  []Candidate
	near   map[string][]spelling // the names nearest to words that were not understood
	binds  map[string]binding    // what Bind made of readings, by their lines
	ranked []alt                 // the memory in which sentences rank what a name may stand for
	spent  int                   // mentions of the ways that were assembled
	cut    bool                  // ways to take tied names were left out
}

func (r *Reader) readMessage(t *Text, q Question) Message {
	a := &attempt{r: r, q: q, text: t, see: r.sightOf(q.Viewer), moment: r.momentOf(q.Now), judged: t.judges(), binds: map[string]binding{}}
	l := r.newLattice(t, a.see, a.moment, len(q.Prior) > 0 || q.Unanswered)
	a.addCounterparts(l)
	covers := l.covers(maxCovers)
	if unread := covers[0].unreadTokens(); len(unread) > 0 && a.correct(l, unread) {
		covers = l.covers(maxCovers)
	}
	a.best = covers[0]
	rest := a.assembleNear(covers)
	m := Message{Span: t.Span(0, len(t.Tokens))}
	a.judge(&m, rest)
	return m
}

const (
	// maxTies bounds how deep ties are opened.
	maxTies = 2
	// maxOpened bounds the candidates of one covering.
	maxOpened = 24
	// maxOpenedUnread bounds those of a covering with a word that nothing reads, of
	// which no answer will come but what to offer instead.
	maxOpenedUnread = 8
	// maxAssembled bounds the mentions of all ways that are assembled of a message,
	// so that a long one takes no longer than it is worth: what has more ways to be
	// taken is not understood, whatever the first of them say.
	maxAssembled = 8000
	// maxBound bounds the readings of a message that the model cannot mean: a
	// model in which a hundred tables have a column of one name makes as many.
	maxBound = 48
)

// assembleOnce makes a candidate and returns the names that are tied in it.
func (a *attempt) assembleOnce(c covering, forced map[int]Object) []tie {
	s := a.sentence(c, forced)
	s.assemble()
	if len(a.q.Prior) > 0 {
		e := a.sentence(c, forced)
		e.assemble()
		e.within = a.q.within
		if reading, ok := e.edit(a.q.Prior); ok {
			a.keep(c, e, reading)
		}
	}
	reading, ok := s.read()
	if !ok && a.named == "" && len(s.draft.unsupported) > 0 && !s.draft.unread {
		a.named = s.draft.unsupported[0]
	}
	if ok {
		reading = a.keepsPeriod(reading)
		if s.draft.dangles.end > 0 {
			s.charge("a reference to nothing", costIdle, s.draft.dangles)
			s.draft.idle = true
		}
		if len(s.draft.follows) > 0 {
			s.charge("alone in spite of a follow-up", costAlone, node{})
			s.draft.idle = s.draft.idle || slices.ContainsFunc(s.draft.follows, needsPrior) && !drilled(s.draft.follows, reading)
		}
		if a.q.Unanswered && slices.ContainsFunc(s.draft.follows, narrows) {
			s.charge("a change of what was not answered", costIdle, node{0, len(a.text.Tokens), nil})
			s.draft.idle = true
		}
		if len(a.q.Prior) > 0 && s.besides(1) {
			s.charge("alone in spite of a follow-up", costAlone, node{})
		}
		a.keep(c, s, reading)
	}
	return s.ties
}

// keepsPeriod gives a question without a period that of the turn before, where it
// asks about a member of what that turn was split by: 今年各渠道退款金额, then
// 抖音主要是什么原因退的.
func (a *attempt) keepsPeriod(reading Reading) Reading {
	ask, ok := reading.(Ask)
	if !ok || len(a.q.Prior) == 0 || a.q.Prior[0].Query == nil || ask.Query.List != nil || len(ask.Query.During)+len(ask.Query.Versus) > 0 {
		return reading
	}
	was := a.q.Prior[0].Query
	shown := func(test semantic.Expr) bool {
		name, ok := memberTested(test)
		return ok && slices.ContainsFunc(was.By, func(g semantic.Group) bool { return semantic.ExprString(g.Expr) == semantic.ExprString(name) })
	}
	if len(was.During) == 0 || !slices.ContainsFunc(semantic.Conjuncts(ask.Query.Where), shown) {
		return reading
	}
	kept := ask
	kept.Query = ask.Query.Clone()
	kept.Query.During = slices.Clone(was.During)
	if _, err := a.bound(kept); err != nil {
		return reading
	}
	return kept
}

// drilled reports whether "break down revenue by region" says all by itself.
func drilled(follows []FollowKind, reading Reading) bool {
	ask, ok := reading.(Ask)
	return ok && len(ask.Query.By) > 0 && !slices.ContainsFunc(follows, func(f FollowKind) bool { return f != DrillInto })
}

// needsPrior reports whether a follow-up means nothing without a turn before.
func needsPrior(how FollowKind) bool {
	switch how {
	case Instead, DropIt, DrillInto, GoBack, DropAll:
		return true
	}
	return false
}

// sentence lays out the mentions of a covering that mean something.
func (a *attempt) sentence(c covering, forced map[int]Object) *sentence {
	s := &sentence{r: a.r, text: a.text, moment: a.moment, see: a.see, judged: a.judged, forced: forced, ranked: &a.ranked, subject: a.subjectOf(), shown: a.shownBefore()}
	s.nodes = slices.Grow(s.nodes, len(c.mentions))
	fresh := -1
	for _, m := range c.mentions {
		n := node{m.from, m.end, m.means}
		s.behindEach(n)
		s.cutCode(n)
		if m.why != "" {
			s.charge(m.why, m.cost, n)
		}
		noise, ok := m.means.(Noise)
		if !ok {
			s.nodes = append(s.nodes, n)
		}
		s.draft.now = s.draft.now || noise.Now
		s.draft.fresh = s.draft.fresh || noise.Fresh
		if noise.Fresh {
			fresh = m.end
		}
	}
	s.ofFresh(fresh)
	return s
}

// assemble runs the passes over a sentence, each of which joins neighbours or
// takes parts into the draft. Their order matters: what a later pass joins, an
// earlier one has left.
func (s *sentence) assemble() {
	s.refersBack()
	s.ownActs()
	s.link()
	s.bestFirst()
	s.kindsAsked()
	s.yearNoNumber()
	s.formulaSaid()
	s.definedBehind()
	s.howLongGoing()
	s.lengthsAsked()
	s.lastedThen()
	s.restated()
	s.actsDone()
	s.subjectsOfActs()
	s.othersSubject()
	s.notCompared()
	s.dropSetting()
	s.latestOne()
	s.keptInBrackets()
	s.orderedFirst()
	s.includedToo()
	s.takePhrases()
	s.takeBands()
	s.differentCounted()
	s.gapsOfGoals()
	s.alternatives()
	s.joinApart()
	s.unlikeLinks()
	s.membersDone()
	s.rowsAndKinds()
	s.joinNames()
	s.joinKinds()
	s.joinMembers()
	s.joinHaving()
	s.placesHeld()
	s.namedByRole()
	s.memberOfNoun()
	s.joinBelow()
	s.belowOthers()
	s.aboveMember()
	s.joinMovements()
	s.joinRoles()
	s.joinDepartures()
	s.havingRole()
	s.moneyTold()
	s.moneySpent()
	s.perMeasure()
	s.perKind()
	s.whoDid()
	s.deeds()
	s.whichOfOne()
	s.markThings()
	s.shareOfParent()
	s.shareOfAll()
	s.shareOfNumber()
	s.verbsNotDates()
	s.datedEvents()
	s.datedClauses()
	s.joinThen()
	s.joinRelations()
	s.joinPoints()
	s.averageOfAll()
	s.thingsCounted()
	s.joinMeasures()
	s.countBeside()
	s.countedState()
	s.joinAgainst()
	s.joinArithmetic()
	s.joinConditions()
	s.averagePer()
	s.markLinks()
	s.objectsOfVerbs()
	s.placesOfTheirOwn()
	s.takeOrders()
	s.setOfPeriod()
	s.datesOfNumbers()
	s.takeTimes()
	s.takeRest()
}

// keep turns an assembled sentence into a candidate.
func (a *attempt) keep(c covering, s *sentence, reading Reading) {
	candidate := Candidate{Reading: reading, line: Describe(reading), Presentation: s.draft.present}
	candidate.Assumed = s.assumed
	candidate.Costs = s.costs
	candidate.Cost = c.cost
	for _, cost := range s.costs {
		if !isMentionCost(cost.Why) {
			candidate.Cost += cost.Points
		}
	}
	candidate.whole = !s.draft.idle && !s.draft.unread
	candidate.stuck = s.draft.idle
	candidate.unsupported = s.draft.unsupported
	for i, old := range a.found {
		if sameReading(old, candidate) {
			if candidate.Cost < old.Cost {
				candidate.Words = a.words(c, s)
				a.found[i] = candidate
			}
			return
		}
	}
	candidate.Words = a.words(c, s)
	a.found = append(a.found, candidate)
}

// isMentionCost reports whether a cost is part of the covering's already.
func isMentionCost(why string) bool {
	return why == "weak" || why == "unread" || why == "typo" || why == "short for"
}

func sameReading(a, b Candidate) bool {
	return a.line == b.line && a.Presentation == b.Presentation && a.whole == b.whole
}

// judge decides between the candidates: one that surely wins is the answer,
// equals are a choice, and without any the message is refused; only then the rest
// of the coverings is looked at.
func (a *attempt) judge(m *Message, rest []covering) {
	var problems semantic.Problems
	failed := 0
	best := -1 // the cost of the cheapest reading of all words, possible or not
	for _, c := range a.cheapestFirst() {
		if !c.whole || a.cut {
			m.Rejected = append(m.Rejected, c)
			continue
		}
		if best < 0 {
			best = c.Cost
		}
		if c.Cost > best+insteadWithin || failed > maxBound {
			m.Rejected = append(m.Rejected, c)
			continue
		}
		if len(c.unsupported) > 0 {
			problems = append(problems, semantic.Problem{Code: semantic.NotComputed, Detail: c.unsupported[0]})
			m.Rejected = append(m.Rejected, c)
			if len(m.Candidates) == 0 && (slices.Contains(c.unsupported, action) || slices.Contains(c.unsupported, turnover)) {
				rest = nil
				break // 关闭门店 is no list of closed stores, nor staff turnover the revenue of staff
			}
			continue
		}
		if len(m.Candidates) > 0 && c.Cost >= m.Candidates[0].Cost+tieWithin || len(m.Candidates) >= maxChoices {
			m.Rejected = append(m.Rejected, c)
			continue
		}
		if joinDefinitions(m.Candidates, c) {
			continue
		}
		if slices.ContainsFunc(m.Candidates, func(o Candidate) bool { return a.r.noOther(o.Reading, c.Reading) }) {
			m.Rejected = append(m.Rejected, c)
			continue
		}
		plan, err := a.boundOnce(c)
		if err != nil {
			failed++
			wrong := asProblems(err)
			m.Candidates = append(m.Candidates, a.routes(c, wrong, maxChoices-len(m.Candidates))...)
			m.Candidates = append(m.Candidates, a.edged(c, maxChoices-len(m.Candidates))...)
			if len(problems) == 0 {
				wrong = a.permitted(c.Reading, wrong)
			}
			problems = append(problems, wrong...)
			m.Rejected = append(m.Rejected, c)
			continue
		}
		c.Plan = plan
		m.Candidates = append(m.Candidates, c)
	}
	if len(m.Candidates) == 0 {
		m.Rejected = a.withRest(m.Rejected, rest)
		a.whichMetric(m)
	}
	if len(m.Candidates) == 0 {
		m.Refused = a.refuse(problems, m.Rejected)
	}
}

// joinDefinitions adds what a definition is about to the definition that is to
// be answered already: a name that stands for two things has two meanings.
func joinDefinitions(kept []Candidate, c Candidate) bool {
	define, ok := c.Reading.(Define)
	if !ok || len(kept) != 1 {
		return false
	}
	first, ok := kept[0].Reading.(Define)
	if !ok {
		return false
	}
	for _, o := range define.Objects {
		if !slices.Contains(first.Objects, o) {
			first.Objects = append(slices.Clone(first.Objects), o)
		}
	}
	kept[0].Reading = first
	return true
}

// noOther reports whether a reading is no choice beside another: queries that
// name an entity by itself or by what it is called, and what is asked for but
// is no query, of which there is nothing to choose.
func (r *Reader) noOther(a, b Reading) bool {
	switch x := a.(type) {
	case Ask:
		y, ok := b.(Ask)
		return ok && x.Exists == y.Exists && x.Goal == y.Goal && (r.displayed(x.Query) == r.displayed(y.Query) || shownBeside(x.Query, y.Query))
	case Why:
		_, ok := b.(Why)
		return ok
	case Anomaly:
		_, ok := b.(Anomaly)
		return ok
	case Forecast:
		_, ok := b.(Forecast)
		return ok
	case Freshness:
		_, ok := b.(Freshness)
		return ok
	}
	return false
}

// shownBeside reports whether two lists are of the same rows and one shows columns
// beside those of the other.
func shownBeside(a, b *semantic.Query) bool {
	if a.List == nil || b.List == nil || a.List.Distinct || b.List.Distinct {
		return false
	}
	few, many := a, b
	if len(few.Items) > len(many.Items) {
		few, many = many, few
	}
	for _, x := range few.Items {
		if !slices.ContainsFunc(many.Items, func(y semantic.Item) bool { return semantic.ExprString(x.Expr) == semantic.ExprString(y.Expr) }) {
			return false
		}
	}
	few, many = few.Clone(), many.Clone()
	many.Items = few.Items
	return few.String() == many.String()
}

// displayed writes a query with every group by an entity as one by what the
// entity is called, and every metric that is a plain aggregate as that aggregate.
func (r *Reader) displayed(q *semantic.Query) string {
	q = q.Clone()
	for i, item := range q.Items {
		q.Items[i].Expr = r.computed(item.Expr)
	}
	if r.onOwnDate(q) {
		q.On = nil
	}
	for i, key := range q.Sort {
		q.Sort[i].Expr = r.computed(key.Expr)
	}
	if tests := semantic.Conjuncts(q.Where); len(tests) > 1 {
		slices.SortStableFunc(tests, func(x, y semantic.Expr) int { return cmp.Compare(semantic.ExprString(x), semantic.ExprString(y)) })
		q.Where = nil
		for _, test := range tests {
			q.Where = both(q.Where, test) // in whatever order they were said
		}
	}
	for i, g := range q.By {
		if name, ok := g.Expr.(semantic.Name); ok && len(name.Path) == 1 {
			if t := tableNamed(r.model, name.Path[0]); t != nil && len(t.Display) > 0 {
				q.By[i].Expr = r.nameOf(t.Display[0], "")
			}
		}
		if r.isOwnDay(g.Expr) {
			q.By[i].Expr = semantic.Grained{Of: semantic.Name{Path: []string{"time"}}, Grain: semantic.Grain{Unit: semantic.Day}}
		}
	}
	q.By = onceEach(q.By)
	return q.String()
}

// onceEach leaves out the groups that stand before already: split by merchants and
// by their names, rows are split once.
func onceEach(groups []semantic.Group) []semantic.Group {
	var kept []semantic.Group
	for _, g := range groups {
		if !slices.ContainsFunc(kept, func(o semantic.Group) bool { return semantic.ExprString(o.Expr) == semantic.ExprString(g.Expr) }) {
			kept = append(kept, g)
		}
	}
	return kept
}

// onOwnDate reports whether a query names the date that all its metrics happen on anyway.
func (r *Reader) onOwnDate(q *semantic.Query) bool {
	if q.On == nil || len(q.Items) == 0 {
		return false
	}
	own := func(item semantic.Item) bool {
		name, ok := item.Expr.(semantic.Name)
		if !ok || len(name.Path) != 1 {
			return false
		}
		at := slices.IndexFunc(r.model.Metrics, func(m *semantic.Metric) bool { return m.Name == name.Path[0] })
		if at < 0 {
			return false
		}
		m := r.model.Metrics[at]
		return m.Home != nil && m.Home.Time != nil && (m.Time == nil || m.Time == m.Home.Time) &&
			semantic.ExprString(*q.On) == semantic.ExprString(r.nameOf(m.Home.Time, ""))
	}
	return !slices.ContainsFunc(q.Items, func(item semantic.Item) bool { return !own(item) })
}

// isOwnDay reports whether an expression names the date that the rows of a table
// happen on: split by it, or by the day, they are split alike.
func (r *Reader) isOwnDay(e semantic.Expr) bool {
	name, ok := e.(semantic.Name)
	if !ok || len(name.Path) > 2 {
		return false
	}
	for _, t := range r.model.Tables {
		if d := t.Time; d != nil && d.Type.Kind == semantic.Date && name.Path[len(name.Path)-1] == d.Name {
			if name.Path[0] == t.Name || len(name.Path) == 1 && r.unique[d.Name] == 1 {
				return true
			}
		}
	}
	return false
}

// computed is what a metric computes where its name says no more than that: the
// total of a column and the column added up are one number.
func (r *Reader) computed(e semantic.Expr) semantic.Expr {
	name, ok := e.(semantic.Name)
	if !ok || len(name.Path) != 1 {
		return e
	}
	for _, m := range r.model.Metrics {
		if m.Name != name.Path[0] || m.Where != nil || m.Time != nil && m.Time != m.Home.Time {
			continue
		}
		call, ok := m.Expr.(semantic.Call)
		if !ok || len(call.Args) != 1 {
			return e
		}
		if column, ok := call.Args[0].(semantic.Name); ok && len(column.Path) == 2 && r.unique[column.Path[1]] == 1 {
			return semantic.Call{Func: call.Func, Args: []semantic.Expr{semantic.Name{Path: column.Path[1:]}}}
		}
		return e
	}
	return e
}

// maxChoices bounds how many readings a person is asked to choose between.
const maxChoices = 5

// bound binds the query of a reading.
func (a *attempt) bound(reading Reading) (*semantic.Plan, error) {
	ask, ok := reading.(Ask)
	if !ok || a.r.bind == nil {
		return nil, nil
	}
	return a.r.bind(a.r.model, ask.Query, a.q.Viewer, semantic.Clock{Now: a.q.Now, Calendar: a.r.model.Calendar})
}

func asProblems(err error) semantic.Problems {
	var many semantic.Problems
	if errors.As(err, &many) {
		return many
	}
	var one semantic.Problem
	if errors.As(err, &one) {
		return semantic.Problems{one}
	}
	return semantic.Problems{{Code: semantic.Internal, Detail: err.Error()}}
}
