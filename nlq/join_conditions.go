package nlq

import (
	"slices"

	"wenshu/semantic"
)

// joinConditions turns tests and their operands into conditions on rows and
// outcomes on results, and takes them out of the sentence.
func (s *sentence) joinConditions() {
	for i := 0; i < len(s.nodes); {
		if s.condition(i) {
			i = 0 // an operand before i may be gone
			continue
		}
		i++
	}
	s.shareOfTested()
}

// condition reads a test at node i; it reports whether one was taken out.
func (s *sentence) condition(i int) bool {
	switch m := s.nodes[i].means.(type) {
	case Empty:
		return s.takeEmpty(i, m)
	case TextTest:
		return s.takeText(i, m)
	case Compare:
		return s.takeCompare(i, m)
	case VersusMark, Difference:
		return s.takeHigherThan(i)
	case BetweenMark:
		return s.takeBetween(i, m)
	case Cycle:
		return s.takeCycle(i, m)
	case goal:
		if s.askGoal(i, m) {
			return false
		}
		op := semantic.Lt
		if m.met {
			op = semantic.Ge
		}
		s.outcome(i, i, outcome{measure: measure{metric: m.metric}, op: op, args: []semantic.Expr{intLit(1)}})
		return true
	case thing:
		return s.takeFlag(i, m) || s.takeLacking(i, m)
	case quoted:
		return s.takeEqual(i, semantic.TextValue(m.text))
	case number:
		return s.takeNumber(i, m)
	case lag:
		s.takeLag(i, m)
		return true
	}
	return false
}

// takeFlag reads a column of yes and no behind a word for having, or beside what
// it describes: courses with exams, 有发票的订单, flights that were cancelled.
func (s *sentence) takeFlag(i int, t thing) bool {
	if t.dim == nil || t.dim.Type.Kind != semantic.Bool || t.marks != 0 {
		return false
	}
	before := i - 1
	if is[Linker](s, before) {
		before = -1
		for _, c := range s.draft.conditions {
			if c.dim != nil && c.dim.Type.Kind == semantic.Bool || c.fixed != nil && c.on == t.dim.Table {
				before = i - 1
			}
		}
	} else if !s.withBefore(i) && !is[Negation](s, before) && !s.describes(i) {
		return false
	}
	if before < 0 && !s.describes(i) {
		return false
	}
	s.take(i, i, condition{dim: t.dim, via: t.via, test: equalTest(semantic.BoolValue(true))})
	return true
}

// describes reports whether node i stands right before or behind the noun of what
// is counted, listed or computed.
func (s *sentence) describes(i int) bool {
	if is[VersusMark](s, i+1) || s.text.At(s.nodes[i].from).Class != Word {
		return false
	}
	noun := func(j int) bool {
		t, ok := s.thingAt(j)
		return ok && t.table != nil && t.marks&(markBy|markEach) == 0 || is[measure](s, j)
	}
	before := i - 1
	for is[Equals](s, before) || is[Relative](s, before) {
		before--
	}
	return noun(before) || noun(i+1) && s.touches(i, i+1) || s.saidOfMembers(i, before) || s.saidOfShared(i, before)
}

// saidOfMembers reports whether node i is what is said of the members at node j, with a
// verb: cats are neutered.
func (s *sentence) saidOfMembers(i, j int) bool {
	t, _ := s.thingAt(i)
	m, ok := s.memberAt(j)
	return ok && t.dim != nil && m.dim.Table == t.dim.Table && (j < i-1 || saying[s.text.At(s.nodes[i].from).Norm])
}

// saying are the verbs that say of something what it is or has.
var saying = map[string]bool{"is": true, "are": true, "was": true, "were": true, "has": true, "have": true, "had": true}

// takeLacking reads a column behind a denied verb as one without a value:
// employees who do not receive a commission.
func (s *sentence) takeLacking(i int, t thing) bool {
	if t.dim == nil || t.marks != 0 || t.dim.Of != nil || i < 2 || is[number](s, i+1) || is[Compare](s, i+1) || is[members](s, i+1) {
		return false
	}
	v, ok := s.verbAt(i - 1)
	first := i - 1
	if !ok || len(v.Hints) > 0 {
		return false
	}
	if n, denied := s.negation(i - 2); denied && !n.Before && !v.Not {
		first, v.Not = i-2, true
	}
	if !v.Not {
		return false
	}
	s.draft.conditions = append(s.draft.conditions, condition{dim: t.dim, via: t.via, from: s.nodes[first].from, test: func(x semantic.Expr) semantic.Expr { return semantic.IsNull{X: x} }})
	s.nodes = append(s.nodes[:first], s.nodes[i+1:]...)
	return true
}

// takeCycle reads repeating parts of time; those joined by "and" or "or" hold
// one or the other.
func (s *sentence) takeCycle(i int, c Cycle) bool {
	if slices.ContainsFunc(s.draft.conditions, func(o condition) bool { return o.dim == nil && o.grain == c.Grain }) {
		s.charge("parts of time against each other", costIdle, s.nodes[i])
		s.draft.idle = true // weekends vs weekdays: both at once would be nothing
	}
	test, last := cycleTest(c), i
	for is[Linker](s, last+1) && is[Cycle](s, last+2) {
		next, _ := as[Cycle](s.nodes[last+2])
		if next.Grain != c.Grain && last == i && s.splitDays(i, c, next) {
			return true
		}
		if next.Grain != c.Grain {
			s.charge("parts of time of two kinds", costIdle, s.nodes[i])
			s.draft.idle = true
			break
		}
		left, right := test, cycleTest(next)
		test = func(x semantic.Expr) semantic.Expr {
			return semantic.Binary{Op: semantic.Or, L: left(x), R: right(x)}
		}
		last += 2
	}
	of := condition{grain: c.Grain, test: test}
	if t, ok := s.momentAt(i - 1); ok {
		of.dim, of.via, i = t.dim, t.via, i-1 // opened on a weekend
	} else if d := s.stateDated(i - 1); d != nil {
		of.dim, i = d, i-1 // attended after 6 pm
	} else if t, ok := s.momentAt(last + 1); ok && s.text.At(s.nodes[i].from).Class == Han && s.touches(last, last+1) {
		of.dim, of.via, last = t.dim, t.via, last+1 // 晚上下单的
	}
	s.take(i, last, of)
	return true
}

// momentAt is the date at node i that nothing else is said of.
func (s *sentence) momentAt(i int) (thing, bool) {
	t, ok := s.thingAt(i)
	return t, ok && t.dim != nil && isTime(t.dim) && t.marks == 0
}

// splitDays reads 周末和工作日 at nodes i to i+2: days off and working days side by
// side, without the holidays in between.
func (s *sentence) splitDays(i int, a, b Cycle) bool {
	working := semantic.Grain{Cyclic: semantic.WorkingDay}
	if a.Grain != working && b.Grain != working {
		return false
	}
	of := func(c Cycle) semantic.Expr {
		return cycleTest(c)(semantic.Grained{Of: semantic.Name{Path: []string{"time"}}, Grain: c.Grain})
	}
	either := semantic.Binary{Op: semantic.Or, L: of(a), R: of(b)}
	s.draft.conditions = append(s.draft.conditions, condition{fixed: either, from: s.nodes[i].from})
	s.join(i, i+2, thing{timed: true, grain: working, marks: markBy})
	return true
}

// take moves a condition out of nodes i to j.
func (s *sentence) take(i, j int, c condition) {
	c.from = s.nodes[i].from
	c.not = s.negatedAt(&i, j)
	c.never = c.not && s.saysNever(i)
	if c.test != nil && c.not {
		test := c.test
		c.test = func(x semantic.Expr) semantic.Expr { return negate(test(x)) }
	}
	s.draft.conditions = append(s.draft.conditions, c)
	s.nodes = append(s.nodes[:i], s.nodes[j+1:]...)
}

// negatedAt widens a condition at nodes i to j by a negation before it.
func (s *sentence) negatedAt(i *int, j int) bool {
	for k := *i - 1; k >= 0 && k >= *i-2; k-- {
		if n, ok := s.negation(k); ok && !n.Before {
			*i = k
			return true
		}
		if !is[Glue](s, k) && !is[Equals](s, k) {
			break
		}
	}
	return false
}

func (s *sentence) takeEmpty(i int, e Empty) bool {
	sides := []int{s.skip(i-1, -1), s.skip(i+1, 1)}
	if e.Behind {
		sides = sides[1:]
	}
	for _, j := range sides {
		if j < 0 || j >= len(s.nodes) {
			continue
		}
		if t, ok := as[thing](s.nodes[j]); ok && t.dim != nil {
			if e.Not && j > i && (is[Compare](s, j+1) || is[BetweenMark](s, j+1)) {
				s.nodes[i].means = Glue{How: With} // that have a rating above 4
				return false
			}
			test := func(x semantic.Expr) semantic.Expr { return semantic.IsNull{X: x, Not: e.Not} }
			if e.Behind && !e.Not && denying[s.normAt(s.nodes[i].end-1)] {
				test = absent(t.dim)
			}
			s.take(min(i, j), max(i, j), condition{dim: t.dim, via: t.via, empty: true, test: test})
			return true
		}
	}
	return false
}

// denying close the words for having none of what stands behind, not of a value.
var denying = setOf("without no any a an lacking lacks lack")

// absent tests that there is none of what a column holds: of what adds up, nothing is none,
// and of what is so or not, what is not so.
func absent(d *semantic.Dimension) func(semantic.Expr) semantic.Expr {
	return func(x semantic.Expr) semantic.Expr {
		switch {
		case d.Type.Kind == semantic.Bool:
			return negate(equalTest(semantic.BoolValue(true))(x))
		case isMeasurable(d) && d.Sum == "sum":
			return semantic.Binary{Op: semantic.Or, L: semantic.IsNull{X: x}, R: semantic.Binary{Op: semantic.Eq, L: x, R: intLit(0)}}
		}
		return semantic.IsNull{X: x}
	}
}

// touches reports whether two neighbouring nodes have no other token between
// them.
func (s *sentence) touches(i, j int) bool {
	return s.nodes[min(i, j)].end == s.nodes[max(i, j)].from
}

// touchesWord is touches for Latin words.
func (s *sentence) touchesWord(i, j int) bool {
	return s.touches(i, j) && s.text.At(s.nodes[j].from).Class == Word
}

// takeEqual reads "dimension is value" for a quoted value.
func (s *sentence) takeEqual(i int, v semantic.Value) bool {
	if s.takeWithin(i, v) {
		return true
	}
	j := s.skip(i-1, -1)
	if n, ok := s.negation(j); ok && !n.Before {
		j = s.skip(j-1, -1)
	}
	if j >= 0 {
		if t, ok := as[thing](s.nodes[j]); ok {
			d := t.dim
			if t.table != nil && len(t.table.Display) > 0 {
				d = t.table.Display[0]
			}
			if d != nil && d.Type.Kind == semantic.Text {
				lo := i
				if t.dim != nil {
					lo = j
				}
				not := lo == j && i-j > 1 && s.negatedBetween(j, i)
				s.join(lo, i, members{dim: d, via: t.via, values: []string{v.Text()}, not: not})
				return true
			}
		}
	}
	if k := s.skip(i+1, 1); k < len(s.nodes) {
		if t, ok := as[thing](s.nodes[k]); ok && t.dim != nil && t.dim.Type.Kind == semantic.Text {
			s.join(i, k, members{dim: t.dim, via: t.via, values: []string{v.Text()}})
			return true
		}
	}
	return false
}

// takeWithin reads a quoted text that is in a column as one that stands anywhere in
// it: notes that have "refund" in their summary.
func (s *sentence) takeWithin(i int, v semantic.Value) bool {
	k := s.skip(i+1, 1)
	t, ok := s.thingAt(k)
	if !ok || t.dim == nil || t.dim.Type.Kind != semantic.Text || s.text.At(s.nodes[i].end).Norm != "in" {
		return false
	}
	lo := i
	for before := s.skip(i-1, -1); before == lo-1 && (is[Verb](s, before) || is[Relative](s, before)); before-- {
		lo = before
	}
	s.take(lo, k, condition{dim: t.dim, via: t.via, test: func(x semantic.Expr) semantic.Expr {
		return semantic.Match{X: x, How: semantic.Contains, Pattern: v.Text()}
	}})
	return true
}

func (s *sentence) negatedBetween(i, j int) bool {
	for k := i + 1; k < j; k++ {
		if is[Negation](s, k) {
			return true
		}
	}
	return false
}

func (s *sentence) takeTest(i, j int, d *semantic.Dimension, via string, not bool, test func(semantic.Expr) semantic.Expr) {
	if not {
		inner := test
		test = func(x semantic.Expr) semantic.Expr { return negate(inner(x)) }
	}
	s.take(i, j, condition{dim: d, via: via, test: test})
}

// takeNumber reads "level 3", "8 cylinders", "status is 2": a whole number next
// to a column of numbers, or an entity that is counted.
func (s *sentence) takeNumber(i int, n number) bool {
	before := s.skip(i-1, -1)
	if before >= 0 && !(s.normAt(s.nodes[i].from-1) == "," && yearAlone(n.Number)) {
		if t, ok := as[thing](s.nodes[before]); ok && t.dim != nil && isNumeric(t.dim) {
			s.takeTest(before, i, t.dim, t.via, s.negatedBetween(before, i), equalTest(n.Value))
			return true
		}
	}
	if i+1 < len(s.nodes) && s.withBefore(i) {
		switch t := s.nodes[i+1].means.(type) {
		case thing:
			if t.dim != nil && isMeasurable(t.dim) {
				s.takeTest(i, i+1, t.dim, t.via, false, equalTest(n.Value))
				return true
			}
			if t.table != nil {
				s.outcome(i, i+1, outcome{measure: s.countRows(s.nodes[i+1], t.table), op: semantic.Eq, args: lits(n.Number)})
				return true
			}
		}
	}
	return false
}

// withBefore reports whether "with" or "have" stands before node i.
func (s *sentence) withBefore(i int) bool {
	g, ok := s.glue(i - 1)
	return ok && g.How == With || is[Verb](s, i-1)
}

func isNumeric(d *semantic.Dimension) bool {
	switch d.Type.Kind {
	case semantic.Int, semantic.Decimal, semantic.Float:
		return true
	}
	return false
}

func equalTest(v semantic.Value) func(semantic.Expr) semantic.Expr {
	return func(x semantic.Expr) semantic.Expr {
		return semantic.Binary{Op: semantic.Eq, L: x, R: semantic.Lit{Value: v}}
	}
}

// negate turns a test around.
func negate(e semantic.Expr) semantic.Expr {
	switch e := e.(type) {
	case semantic.IsNull:
		e.Not = !e.Not
		return e
	case semantic.Match:
		e.Not = !e.Not
		return e
	case semantic.In:
		e.Not = !e.Not
		return e
	case semantic.Between:
		e.Not = !e.Not
		return e
	case semantic.During:
		e.Not = !e.Not
		return e
	case semantic.Binary:
		if op, ok := opposite[e.Op]; ok {
			e.Op = op
			return e
		}
	}
	return semantic.Unary{Op: semantic.Not, X: e}
}

var opposite = map[semantic.Op]semantic.Op{
	semantic.Eq: semantic.Ne, semantic.Ne: semantic.Eq, semantic.Lt: semantic.Ge,
	semantic.Ge: semantic.Lt, semantic.Gt: semantic.Le, semantic.Le: semantic.Gt,
}

func cycleTest(c Cycle) func(semantic.Expr) semantic.Expr {
	return func(x semantic.Expr) semantic.Expr {
		from, to := intLit(c.From), intLit(c.To)
		switch {
		case c.From == c.To:
			return semantic.Binary{Op: semantic.Eq, L: x, R: from}
		case c.From < c.To:
			return semantic.Between{X: x, Lo: from, Hi: to}
		}
		return semantic.Binary{Op: semantic.Or,
			L: semantic.Binary{Op: semantic.Ge, L: x, R: from},
			R: semantic.Binary{Op: semantic.Le, L: x, R: to}}
	}
}

func intLit(n int) semantic.Expr { return semantic.Lit{Value: semantic.IntValue(int64(n))} }

func lits(numbers ...Number) []semantic.Expr {
	out := make([]semantic.Expr, len(numbers))
	for i, n := range numbers {
		out[i] = semantic.Lit{Value: n.Value}
	}
	return out
}
