package nlq

import (
	"slices"

	"wenshu/semantic"
)

// takeCompare reads a comparison with a number: of a column it is a condition
// on rows, of a measure or a count an outcome.
func (s *sentence) takeCompare(i int, c Compare) bool {
	if c.Apart {
		return s.takeMoreThan(i)
	}
	if c.Front {
		return i+1 < len(s.nodes) && s.touches(i, i+1) && !is[members](s, i+1) && s.takeSubject(i+1, i, i+1, c.Op, c.Args)
	}
	last := i
	if len(c.Args) == 0 {
		j := s.skip(i+1, 1)
		if c.After {
			j = s.skip(i-1, -1)
		}
		if j < 0 || j >= len(s.nodes) {
			return false
		}
		if s.takeOverall(i, j, c) || s.takeAgainstTotal(i, j, c) || s.takeFromMember(i, j, c) {
			return true
		}
		switch operand := s.nodes[j].means.(type) {
		case number:
			c.Args = []Number{operand.Number}
		case measure:
			return s.takeAgainstMeasure(i, j, c, operand)
		case thing:
			return s.takeNamed(i, j, c, operand)
		default:
			return false
		}
		if j < i {
			return s.takeTestOf(j, i, c.Op, c.Args, c.Hints, c.Flip)
		}
		last = j
	}
	if s.timesWhatIsBehind(i, c) && s.takeAgainstTotal(i, s.skip(i+1, 1), c) {
		return true
	}
	tested := len(s.draft.outcomes)
	taken := s.takeTestOf(i, last, c.Op, c.Args, c.Hints, c.Flip)
	if taken && c.Out && len(s.draft.outcomes) > tested {
		s.onlyTested(i-1, s.draft.outcomes[tested].measure)
	}
	return taken
}

// takeMoreThan reads "did we get more tickets in May than in April" as what is compared:
// the periods say how many there were in each.
func (s *sentence) takeMoreThan(i int) bool {
	if !s.draft.exists && !pastCopulas[s.normAt(0)] && !askedDone[s.normAt(0)] || i+1 >= len(s.nodes) {
		return false
	}
	if t, ok := s.thingAt(i + 1); !is[measure](s, i+1) && (!ok || t.table == nil || t.marks != 0) {
		return false
	}
	timed, against := false, false
	for _, n := range s.nodes[i+1:] {
		switch n.means.(type) {
		case Timed:
			timed = true
		case Against:
			against = timed && s.normAt(n.from) == "than"
		}
	}
	if against {
		s.drop(i)
	}
	return against
}

// askedDone open a question whether something was so.
var askedDone = map[string]bool{"did": true, "do": true, "does": true, "have": true, "has": true, "had": true}

// takeNamed reads "above age 20": the column stands between the test and its
// number.
func (s *sentence) takeNamed(i, j int, c Compare, t thing) bool {
	if s.takeAgainstRole(i, j, c, t) {
		return true
	}
	n, ok := number{}, false
	if !c.After && j == i+1 && j+1 < len(s.nodes) {
		n, ok = as[number](s.nodes[j+1])
	}
	if !ok && t.dim != nil && (isMeasurable(t.dim) || isTime(t.dim)) && !c.After && j > i {
		return s.takeAgainstColumn(i, j, c, t)
	}
	if !ok || t.dim == nil || !isNumeric(t.dim) || t.dim.Of != nil {
		return false
	}
	s.takeTest(i, j+1, t.dim, t.via, false, numberTest(c.Op, s.argsOf(t.dim, []Number{n.Number})))
	return true
}

// takeAgainstMeasure reads "revenue above target".
func (s *sentence) takeAgainstMeasure(i, j int, c Compare, operand measure) bool {
	k := s.skip(i-1, -1)
	if k < 0 || j < i {
		return false
	}
	subject, ok := as[measure](s.nodes[k])
	if !ok {
		return false
	}
	if sameMeasure(subject, operand) {
		s.charge("a number against itself", costIdle, s.nodes[i])
		s.draft.idle = true
	}
	s.outcome(i, j, outcome{measure: subject, op: c.Op, args: []semantic.Expr{s.r.exprOf(operand)}})
	return true
}

func (s *sentence) takeBetween(i int, b BetweenMark) bool {
	if len(b.Args) != 2 {
		return false
	}
	return s.takeTestOf(i, i, betweenOp, b.Args, b.Hints, false)
}

// betweenOp marks a closed range among the operators of outcomes.
const betweenOp = semantic.Op(200)

// takeTestOf reads what the test at nodes i to j is about.
func (s *sentence) takeTestOf(i, j int, op semantic.Op, args []Number, hints []string, flip bool) bool {
	if len(hints) > 0 || s.countsSomeDone(j) {
		return len(hints) > 0 && (s.takeHinted(i, j, op, args, hints, flip) || s.takeEarned(i, j, op, args, hints))
	}
	if s.takeKindCounted(i, j, op, args) || s.takeActedOn(i, j, op, args) {
		return true
	}
	before := s.skip(i-1, -1)
	if t, ok := s.thingAt(j + 1); ok && s.itemOf(before, t) {
		s.outcome(i, j+1, outcome{measure: s.countRows(s.nodes[j+1], t.dim.Table), op: op, args: s.countsOf(j+1, args)})
		return true
	}
	if is[Verb](s, before) && (is[thing](s, j+1) || is[measure](s, j+1)) {
		before = -1
	}
	if s.countsAttribute(before, j) || s.keyBeforeCount(before, j) {
		before = -1
	}
	if s.takeWorthBehind(before, i, j, op, args) || s.takeMeasured(before, i, j, op, args) || s.takeYearsOld(before, i, j, op, args) {
		return true
	}
	if before >= 0 && s.takeSubject(before, min(i, before), j, op, args) {
		return true
	}
	if s.takeWaiting(i, j, op, args) || s.takeWorth(i, j, op, args) || s.takeTotal(before, i, j, op, args) || s.takeMoney(i, j, -1, op, args) || s.takeActs(before, i, j, op, args) {
		return true
	}
	if behind := s.skip(j+1, 1); behind < len(s.nodes) {
		if s.takeSubject(behind, i, max(j, behind), op, args) {
			return true
		}
		if t, ok := as[thing](s.nodes[behind]); ok && t.table != nil && behind == j+1 && !s.unitOfMoney(args) {
			s.outcome(i, behind, outcome{measure: s.countRows(s.nodes[behind], t.table), op: op, args: s.countsOf(behind, args)})
			return true
		}
	}
	if n := len(s.draft.conditions); n > 0 && is[Linker](s, i-1) {
		if last := s.draft.conditions[n-1]; last.dim != nil && last.test != nil && isMeasurable(last.dim) {
			s.takeTest(i, j, last.dim, last.via, false, numberTest(op, s.argsOf(last.dim, args)))
			return true
		}
	}
	if before >= 0 {
		if t, ok := as[thing](s.nodes[before]); ok && t.table != nil && before == i-1 && !s.unitOfMoney(args) {
			s.outcome(before, j, outcome{measure: s.countRows(s.nodes[before], t.table), op: op, args: s.countsOf(j, args)})
			return true
		}
	}
	return s.takeTestOfResults(i, j, op, args)
}

// takeTestOfResults reads "revenue by city last month, only ones above 100k": a test
// behind the one number that is split by something, with nothing else to be of.
func (s *sentence) takeTestOfResults(i, j int, op semantic.Op, args []Number) bool {
	only, split := -1, false
	for k, n := range s.nodes {
		switch m := n.means.(type) {
		case measure:
			if only >= 0 || k > i {
				return false
			}
			only = k
		case thing:
			if m.dim != nil && isMeasurable(m.dim) {
				return false
			}
			split = split || k < i && (m.has(markBy|markEach|markWhich) || m.table != nil)
		}
	}
	if only < 0 || !split {
		return false
	}
	m, _ := as[measure](s.nodes[only])
	if slices.ContainsFunc(args, func(n Number) bool { return n.Unit != "" && !countsAs(n.Unit, m) }) && !s.unitOfMoney(args) {
		return false
	}
	if s.unitOfMoney(args) && s.r.isCount(m) {
		return false
	}
	s.outcome(i, j, outcome{measure: m, op: op, args: s.argsFor(m, args)})
	return true
}

// countsAttribute reports whether a test before a column of numbers is about the
// column and not about the count at node k: how many aircraft have at least 150
// seats.
func (s *sentence) countsAttribute(k, j int) bool {
	if k < 0 || !s.touches(j, min(j+1, len(s.nodes)-1)) {
		return false
	}
	m, counted := as[measure](s.nodes[k])
	t, ok := s.thingAt(j + 1)
	return ok && counted && s.r.isCount(m) && t.dim != nil && t.marks == 0 && isMeasurable(t.dim) && s.r.graph.hops(m.home(), t.dim.Table) >= 0
}

// keyBeforeCount reports whether a test before an entity is of how many of it there are and
// not of the key at node k: the ids of gardeners that have at least 2 plots.
func (s *sentence) keyBeforeCount(k, j int) bool {
	key, ok := s.thingAt(k)
	counted, named := s.thingAt(j + 1)
	return ok && named && key.dim != nil && (key.dim.Key || key.dim.Same != nil) && counted.table != nil && s.touches(j, j+1)
}

// takeSubject applies a test to the measure, column or change at node k.
func (s *sentence) takeSubject(k, i, j int, op semantic.Op, args []Number) bool {
	if s.takeLasting(k, i, j, op, args) {
		return true
	}
	switch subject := s.nodes[k].means.(type) {
	case measure:
		if len(args) > 0 && (isYearSaid(args[0]) || spans[args[0].Unit] != semantic.NoUnit && subject.metric != nil && subject.metric.Format.Style == "money") {
			s.charge("a length of time for money", costIdle, s.nodes[k])
			s.draft.idle = true // 欠款超过90天
		}
		if s.unitOfMoney(args) && s.r.isCount(subject) {
			return s.takeMoney(i, j, k, op, args)
		}
		if k > i && len(args) > 0 && countsActs[args[0].Unit] && !s.r.isCount(subject) {
			return false // played more than 35 times, with the average number of moves
		}
		lo, hi := i, j
		if k == lo && k < hi {
			lo++
		} else if k == hi {
			hi--
		}
		s.outcome(lo, hi, outcome{measure: subject, op: op, args: s.argsFor(subject, args)})
		return true
	case thing:
		if subject.dim != nil && isNumeric(subject.dim) && subject.dim.Of == nil {
			if slices.ContainsFunc(args, func(n Number) bool { return countsActs[unitNorm(n.Unit)] }) && secondsIn[subject.dim.Unit] > 0 {
				s.charge("a number of times for a length of time", costIdle, s.nodes[k])
				s.draft.idle = true // late more than 5 times is not late by 5 days
			}
			s.takeTest(i, j, subject.dim, subject.via, false, numberTest(op, s.argsOf(subject.dim, args)))
			return true
		}
	case members:
		if len(args) > 0 && countsActs[args[0].Unit] && !subject.not && subject.via == "" {
			s.outcome(k, j, outcome{measure: s.countMember(s.countRows(s.nodes[k], occasion(subject.dim.Table)), subject, k), op: op, args: s.countsOf(j, args), acts: true})
			return true // complained more than 2 times
		}
	case Change:
		return s.takeChange(k, i, j, subject, op, args)
	case Verb:
		if sold := s.soldIn(subject, args); sold != nil {
			s.assume("metric")
			s.outcome(i, j, outcome{measure: measure{metric: sold}, op: op, args: s.countsOf(j, args)})
			return true
		}
		t := subject.through
		if t == nil {
			t = s.r.hinted(s.r.model.Tables, subject.Hints)
		}
		if t == nil && len(subject.Hints) == 0 {
			t = s.actsNear(j)
		}
		if t == nil && len(args) > 0 && countsActs[args[0].Unit] {
			t = s.rowsOfKindDone(k)
		}
		t = occasion(t)
		if t != nil && !subject.Not && !s.unitOfMoney(args) {
			s.outcome(i, j, outcome{measure: s.countRows(s.nodes[k], t), op: op, args: s.countsOf(j, args), acts: true})
			return true
		}
	}
	return false
}

// countsActs are units of numbers that say how often.
var countsActs = map[string]bool{"times": true, "time": true, "次": true, "回": true, "遍": true, "occasions": true}

// isCount reports whether a measure counts rows.
func (r *Reader) isCount(m measure) bool {
	return m.table != nil || m.metric != nil && r.countedBy[m.metric] != nil
}

// takeMoney reads an amount of money without a column, 5000元以上的订单, as the
// column of money of what is counted or listed next to it. The test stands at
// nodes i to j; node k is what it is next to, or -1.
func (s *sentence) takeMoney(i, j, k int, op semantic.Op, args []Number) bool {
	if !s.unitOfMoney(args) {
		return false
	}
	near := s.entitiesNear(i)
	if k >= 0 {
		m, _ := as[measure](s.nodes[k])
		near = []*semantic.Table{m.home()}
	}
	for _, t := range near {
		d := s.r.moneyOf(t)
		if d == nil {
			continue
		}
		if k == i && k < j {
			i++
		} else if k == j && i < j {
			j--
		}
		s.assume("money_column")
		s.takeTest(i, j, d, "", false, numberTest(op, s.argsOf(d, args)))
		return true
	}
	return false
}

// worthy reports whether numbers are likelier amounts of money than counts: said
// in money or with a word for their size, or large.
func (s *sentence) worthy(args []Number) bool {
	return s.unitOfMoney(args) || slices.ContainsFunc(args, func(n Number) bool {
		value, ok := n.Value.Float()
		return ok && n.Unit == "" && (n.Scaled || value >= 1000)
	})
}

// takeChange reads "fell more than 10%" as an outcome of the growth.
func (s *sentence) takeChange(k, i, j int, c Change, op semantic.Op, args []Number) bool {
	m, ok := s.nearestMeasure(k)
	if !ok {
		return false
	}
	of := "change"
	values := lits(args...)
	if len(args) > 0 && (args[0].Percent || c.Rate && !c.Value) {
		of, values = "growth", fractions(args)
	}
	if c.Down {
		op = mirrored(op)
		for n := range values {
			values[n] = negative(values[n])
		}
	}
	s.draft.changes = append(s.draft.changes, c)
	s.outcome(i, j, outcome{measure: m, op: op, args: values, change: of})
	return true
}

func (s *sentence) nearestMeasure(at int) (measure, bool) {
	best, found := -1, measure{}
	for i, n := range s.nodes {
		m, ok := as[measure](n)
		if !ok {
			continue
		}
		if d := max(i-at, at-i); best < 0 || d < best {
			best, found = d, m
		}
	}
	return found, best >= 0
}

func mirrored(op semantic.Op) semantic.Op {
	switch op {
	case semantic.Gt:
		return semantic.Lt
	case semantic.Ge:
		return semantic.Le
	case semantic.Lt:
		return semantic.Gt
	case semantic.Le:
		return semantic.Ge
	}
	return op
}

func negative(e semantic.Expr) semantic.Expr {
	if lit, ok := e.(semantic.Lit); ok {
		if v, err := semantic.ParseDecimal("-" + lit.Value.String()); err == nil {
			return semantic.Lit{Value: integral(v)}
		}
	}
	return semantic.Unary{Op: semantic.Negate, X: e}
}

// fractions turns percentages into fractions of one.
func fractions(args []Number) []semantic.Expr {
	out := make([]semantic.Expr, len(args))
	for i, n := range args {
		out[i] = semantic.Lit{Value: hundredth(n.Value)}
	}
	return out
}

// hundredth divides a whole or decimal number by 100, exactly.
func hundredth(v semantic.Value) semantic.Value {
	unscaled, scale, ok := v.Unscaled()
	if !ok || scale > 30 {
		return v
	}
	scale += 2
	digits := semantic.BigDecimal(unscaled, scale).String()
	for scale > 0 && digits[len(digits)-1] == '0' {
		digits, scale = digits[:len(digits)-1], scale-1
	}
	if digits[len(digits)-1] == '.' {
		digits = digits[:len(digits)-1]
	}
	short, err := semantic.ParseDecimal(digits)
	if err != nil {
		return v
	}
	return integral(short)
}

// argsFor writes the numbers as the measure counts: a percentage of a measure
// that is a fraction is divided by 100.
func (s *sentence) argsFor(m measure, args []Number) []semantic.Expr {
	if m.dim != nil && m.dim.Unit == "%" && m.dim.Format.Style != "percent" && m.agg != "count" {
		return lits(args...)
	}
	if len(args) > 0 && args[0].Percent && (m.metric == nil || m.metric.Unit != "%" || m.metric.Format.Style == "percent") {
		return fractions(args)
	}
	if m.metric != nil && m.metric.Format.Style == "percent" && m.agg == "" && !slices.ContainsFunc(args, smallerThanTwo) {
		return fractions(args) // 毛利率低于30 is 30 %
	}
	return lits(s.inUnit(args, s.unitOf(m))...)
}

// argsOf writes the numbers of a test as a column holds them: one of fractions, that are
// shown in percent, holds 0.6 for 60 %.
func (s *sentence) argsOf(d *semantic.Dimension, args []Number) []semantic.Expr {
	percent := func(n Number) bool { return n.Percent }
	if d.Format.Style == "percent" && (slices.ContainsFunc(args, percent) || !slices.ContainsFunc(args, smallerThanTwo)) {
		return fractions(args)
	}
	return lits(s.inUnit(args, d.Unit)...)
}

// smallerThanTwo reports whether a number may be meant as a fraction.
func smallerThanTwo(n Number) bool {
	value, ok := n.Value.Float()
	return !ok || value < 2
}

func (s *sentence) unitOfMoney(args []Number) bool {
	for _, a := range args {
		switch a.Unit {
		case "元", "块", "块钱", "$", "¥", "yuan", "rmb", "usd", "dollars", "dollar", "€", "£":
			return true
		}
	}
	return false
}

// takeHinted reads "older than 30": the attribute is implied by the adjective
// and belongs to the entity nearby.
func (s *sentence) takeHinted(i, j int, op semantic.Op, args []Number, hints []string, flip bool) bool {
	if before := s.skip(i-1, -1); before >= 0 {
		if t, ok := as[thing](s.nodes[before]); ok && t.dim != nil && isMeasurable(t.dim) {
			return s.takeSubject(before, before, j, op, args)
		}
	}
	for _, t := range s.entitiesNear(i) {
		if flip && s.takeAge(i, j, op, args, hints, t) {
			return true
		}
		d, ok := s.r.attributeByHints(t, hints, func(d *semantic.Dimension) bool { return isMeasurable(d) && inSameUnit(d, args) })
		if !ok {
			continue
		}
		if b, named := s.thingAt(j + 1); named && b.home() != d.Table && len(args) > 0 && args[0].Unit == "" && s.touchesWord(j, j+1) {
			return false // takes more than 3 courses
		}
		if flip && backwards(d) {
			return false // thirty years old is no year of birth
		}
		s.takeTest(i, j, d, "", false, numberTest(op, s.argsOf(d, args)))
		return true
	}
	return false
}

// entitiesNear returns the tables that the sentence speaks of, the nearest to
// node i first.
func (s *sentence) entitiesNear(i int) []*semantic.Table {
	var found []*semantic.Table
	add := func(j int) {
		if j < 0 || j >= len(s.nodes) {
			return
		}
		switch m := s.nodes[j].means.(type) {
		case thing:
			if home := m.home(); home != nil {
				found = append(found, home)
			}
		case measure:
			if home := m.home(); home != nil {
				found = append(found, home)
			}
		case members:
			found = append(found, m.dim.Table)
		}
	}
	for d := 1; d < len(s.nodes); d++ {
		add(i + d)
		add(i - d)
	}
	for _, o := range s.draft.owners {
		found = append(found, o.home())
	}
	return found
}

func numberTest(op semantic.Op, args []semantic.Expr) func(semantic.Expr) semantic.Expr {
	return func(x semantic.Expr) semantic.Expr {
		if op == betweenOp {
			return semantic.Between{X: x, Lo: args[0], Hi: args[1]}
		}
		return semantic.Binary{Op: op, L: x, R: args[0]}
	}
}

// outcome moves a test on results out of nodes i to j.
func (s *sentence) outcome(i, j int, o outcome) {
	o.from = s.nodes[i].from
	if s.timeForCount(o.measure, o.from, s.nodes[j].end) {
		s.charge("a length of time for a count", costIdle, node{})
		s.draft.idle = true
	}
	if s.negatedAt(&i, j) && o.op != betweenOp {
		o.op = opposite[o.op]
	}
	s.draft.outcomes = append(s.draft.outcomes, o)
	s.nodes = append(s.nodes[:i], s.nodes[j+1:]...)
}

// notCompared refuses a member of one character that closes a comparison: 比去年高
// says which way, whatever else is called high.
func (s *sentence) notCompared() {
	last := len(s.nodes) - 1
	for is[Which](s, last) {
		last--
	}
	if !is[members](s, last) || s.nodes[last].end != s.nodes[last].from+1 || s.text.At(s.nodes[last].from).Class != Han {
		return
	}
	side := last - 1
	if is[members](s, side) || is[thing](s, side) || is[measure](s, side) {
		side--
	} else if !is[Against](s, side) {
		return
	}
	if is[Against](s, side) || is[VersusMark](s, side) || is[Difference](s, side) {
		s.draft.idle = true
		s.charge("a member that only compares", costIdle, s.nodes[last])
	}
}
