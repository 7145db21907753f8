package nlq

import (
	"slices"

	"wenshu/semantic"
)

// takeAgainstTotal reads "a price above the average", "earn more than the average
// salary": rows are tested against an aggregate of all of them. The test stands
// at node i, its operand at node j.
func (s *sentence) takeAgainstTotal(i, j int, c Compare) bool {
	if c.After || j < i {
		return false
	}
	j, owners, known := s.ownersBefore(i, j)
	if !known {
		return false
	}
	k := s.skip(i-1, -1)
	subject, named := s.thingAt(k)
	named = named && subject.dim != nil && isMeasurable(subject.dim)
	fn, d, via := "", (*semantic.Dimension)(nil), ""
	switch m := s.nodes[j].means.(type) {
	case Agg:
		if !named {
			subject.dim = s.hintedNear(i, s.impliedBy(i, c)) // longer than average
		}
		if subject.dim == nil {
			subject.dim = s.numberOfVerb(k, i) // rated above the average
		}
		if subject.dim == nil {
			return false
		}
		if s.averageOne(j, subject.dim) {
			s.drop(j + 1)
		} else if is[thing](s, s.skip(j+1, 1)) && !s.closes(j) || is[measure](s, j+1) && s.touchesWord(j, j+1) {
			return false // above the average order is no average of what stands before it
		}
		fn, d, via = m.Func, subject.dim, subject.via
	case members:
		return s.takeAgainstMember(i, j, c, m)
	case measure:
		fn, d = totalOf(s.r, m)
		if d == nil || named && subject.dim != d {
			return false
		}
		via = subject.via
	default:
		return false
	}
	if fn == "sum" || fn == "count" {
		return false
	}
	if len(c.Args) == 1 && s.commaBetween(i, j) {
		return false // played more than 35 times, with the average number of moves
	}
	lo, hi := i, j
	if !named && k >= 0 {
		if _, measured := as[measure](s.nodes[k]); measured && !s.countsFor(k, d) {
			return false // an average against an average
		}
		if is[Verb](s, k) {
			lo = k
		}
	}
	if slices.ContainsFunc(owners, func(c condition) bool { return c.on != nil && c.on != d.Table || s.r.graph.hops(d.Table, c.home()) < 0 }) {
		return false
	}
	owners = slices.DeleteFunc(owners, func(c condition) bool { return c.on != nil })
	total := semantic.Expr(semantic.Call{Func: fn, Args: []semantic.Expr{s.r.nameOf(d, "")}})
	hi, filter := s.totalOwner(hi, d)
	filter = both(filter, s.r.allOf(owners))
	if filter != nil {
		total = semantic.Filtered{X: total, Where: filter}
	}
	if len(c.Args) == 1 {
		total = semantic.Binary{Op: semantic.Mul, L: lits(c.Args...)[0], R: total}
	}
	hi, times := s.manyTimes(hi)
	if times != nil {
		total = semantic.Binary{Op: semantic.Mul, L: times, R: total}
	}
	test := func(x semantic.Expr) semantic.Expr { return semantic.Binary{Op: c.Op, L: x, R: total} }
	s.takeTest(lo, hi, d, via, false, test)
	return true
}

// commaBetween reports whether a comma stands between nodes i and j.
func (s *sentence) commaBetween(i, j int) bool {
	return slices.ContainsFunc(s.nodes[i+1:j], func(n node) bool {
		l, ok := as[Linker](n)
		return ok && l.How == CommaLink
	})
}

// areas are what the larger of things has more of.
var areas = []string{"size", "area", "floor area", "surface", "capacity", "population", "面积", "容量"}

// impliedBy are the names of what a comparison at node i says by itself that it is of.
func (s *sentence) impliedBy(i int, c Compare) []string {
	if len(c.Hints) > 0 {
		return c.Hints
	}
	switch s.normAt(s.nodes[i].end-2) + " " + s.normAt(s.nodes[i].end-1) {
	case "higher than", "lower than":
		return heights
	case "stronger than", "weaker than":
		return strengths
	case "larger than", "bigger than", "smaller than":
		return areas
	}
	return nil
}

// numberOfVerb is the one number of the nearest entity to node i that is called after the verb at
// node k: the rating of those who are rated; nil for none.
func (s *sentence) numberOfVerb(k, i int) *semantic.Dimension {
	stems := s.verbStems(max(k, 0))
	if len(stems) == 0 {
		return nil
	}
	for _, t := range s.entitiesNear(i) {
		d := onlyDimension(t, func(d *semantic.Dimension) bool {
			return isMeasurable(d) && !d.Key && slices.ContainsFunc(normsOf(d.Names.Label.EN), func(word string) bool {
				return slices.ContainsFunc(stems, func(stem string) bool { return sharesStem(word, stem) })
			})
		})
		if d != nil {
			return d
		}
	}
	return nil
}

// averageOne reports whether the entity right behind an aggregate at node j only says that
// what a column of its rows is compared with is of them all: longer than the average tour.
func (s *sentence) averageOne(j int, d *semantic.Dimension) bool {
	one, ok := s.thingAt(j + 1)
	return ok && one.table != nil && one.table == d.Table && one.via == "" && one.marks&^(markEach|markListed) == 0 && s.touchesWord(j, j+1) && !isPlural(s.normAt(s.nodes[j+1].end-1))
}

// ownersBefore reads whose an aggregate is where Chinese says it between the test at
// node i and the aggregate, from node j on: 高于5A级景点的平均票价. It returns the node of
// the aggregate and the tests of what it is of; known is false where something else
// stands between.
func (s *sentence) ownersBefore(i, j int) (at int, owners []condition, known bool) {
	tested := false
	for at = j; at < len(s.nodes) && s.text.At(s.nodes[i].from).Class != Word; at++ {
		switch m := s.nodes[at].means.(type) {
		case members:
			tested = true
			owners = append(owners, condition{dim: m.dim, via: m.via, values: m.values, not: m.not, from: s.nodes[at].from})
			continue
		case Glue:
			if m.How == Has {
				continue
			}
		case thing:
			if of := s.r.entityOf(m); of != nil && m.marks&^markFilter == 0 {
				owners = append(owners, condition{on: of})
				continue
			}
		}
		break
	}
	if at < len(s.nodes) && (is[Agg](s, at) || is[measure](s, at)) {
		return at, owners, true
	}
	return j, nil, !tested
}

// timesWhatIsBehind reports whether the number of the test at node i says how many
// times the aggregate right behind it: more than twice the average price.
func (s *sentence) timesWhatIsBehind(i int, c Compare) bool {
	j := s.skip(i+1, 1)
	if len(c.Args) != 1 || c.After || is[Linker](s, i+1) || j >= len(s.nodes) || !is[Agg](s, j) && !is[measure](s, j) {
		return false
	}
	norm := s.text.At(s.nodes[i].end - 1).Norm
	return norm == "times" || norm == "twice" || norm == "double" || norm == "half"
}

// manyTimes returns how many times a total is meant by the words behind node j, and
// the last node with them; nil for once: 超过平均值两倍.
func (s *sentence) manyTimes(j int) (int, semantic.Expr) {
	at := j + 1
	if g, ok := s.glue(at); ok && g.How == Has {
		at++
	}
	if at >= len(s.nodes) {
		return j, nil
	}
	n, ok := as[number](s.nodes[at])
	if c, test := as[Compare](s.nodes[at]); test && c.Op == semantic.Eq && len(c.Args) == 1 {
		n.Number, ok = c.Args[0], true // 两倍的
	}
	if !ok || n.Unit != "倍" {
		return j, nil
	}
	return at, semantic.Lit{Value: n.Value}
}

// joinApart puts a comparison in two words behind what it compares: fewer pages
// than the average.
func (s *sentence) joinApart() {
	for i := 0; i+3 < len(s.nodes); i++ {
		c, ok := as[Compare](s.nodes[i])
		t, named := s.thingAt(i + 1)
		if !ok || !c.Apart || !named || t.dim == nil || !isMeasurable(t.dim) || !is[VersusMark](s, i+2) {
			continue
		}
		c.Apart = false
		test := node{s.nodes[i+2].from, s.nodes[i+2].end, c}
		s.nodes[i] = s.nodes[i+1]
		s.nodes[i+1] = test
		s.nodes = append(s.nodes[:i+2], s.nodes[i+3:]...)
	}
}

// takeAgainstColumn reads a column of numbers that is tested against another one
// of the same rows: matches with more home goals than away goals.
func (s *sentence) takeAgainstColumn(i, j int, c Compare, operand thing) bool {
	k := s.skip(i-1, -1)
	subject, ok := s.thingAt(k)
	alike := ok && subject.dim != nil && (isMeasurable(subject.dim) && isMeasurable(operand.dim) || isTime(subject.dim) && subject.dim.Type.Kind == operand.dim.Type.Kind)
	if !alike && isTime(operand.dim) {
		return s.takePastDate(i, j, c, operand)
	}
	if !alike || subject.dim == operand.dim || operand.marks|subject.marks&(markBy|markEach) != 0 {
		return false
	}
	if s.r.graph.hops(subject.dim.Table, operand.dim.Table) < 0 {
		return false
	}
	other := s.r.nameOf(operand.dim, operand.via)
	s.takeTest(i, j, subject.dim, subject.via, false, func(x semantic.Expr) semantic.Expr {
		return semantic.Binary{Op: c.Op, L: x, R: other}
	})
	return true
}

// closes reports whether nothing but the entity follows an aggregate's name.
func (s *sentence) closes(j int) bool {
	g, ok := s.glue(j + 1)
	return ok && g.How != With
}

// countsFor reports whether node k counts the rows that a column belongs to: how
// many products cost more than the average price.
func (s *sentence) countsFor(k int, d *semantic.Dimension) bool {
	m, ok := as[measure](s.nodes[k])
	return ok && s.r.isCount(m) && (m.home() == d.Table || s.r.graph.hops(m.home(), d.Table) > 0)
}

// totalOf returns the aggregate of a column that a measure is; nil for others.
func totalOf(r *Reader, m measure) (string, *semantic.Dimension) {
	if len(m.over)+len(m.per)+len(m.where) > 0 {
		return "", nil
	}
	if m.metric == nil {
		if m.dim == nil || m.agg == "count_distinct" {
			return "", nil
		}
		return m.agg, m.dim
	}
	call, ok := m.metric.Expr.(semantic.Call)
	if !ok || m.metric.Where != nil || len(call.Args) != 1 || call.Distinct || m.metric.Kind != semantic.Simple {
		return "", nil
	}
	fn := call.Func
	if m.agg != "" {
		fn = m.agg
	}
	name, ok := call.Args[0].(semantic.Name)
	if !ok || len(name.Path) != 2 || m.metric.Home == nil {
		return "", nil
	}
	for _, d := range m.metric.Home.Dimensions {
		if d.Name == name.Path[1] && isMeasurable(d) {
			return fn, d
		}
	}
	return "", nil
}

// totalOwner takes what stands behind an aggregate as whose it is: the average
// of all products, the average salary in Sales. It returns the last node and the
// filter of the aggregate.
func (s *sentence) totalOwner(j int, d *semantic.Dimension) (int, semantic.Expr) {
	last, m := s.ownerBehind(j, d)
	own := s.saidBetween(s.nodes[j].from, s.nodes[last].end, d.Table)
	if m == nil {
		return last, own
	}
	return last, both(own, s.r.exprOfCondition(condition{dim: m.dim, via: m.via, values: m.values, not: m.not}))
}

// ownerBehind returns the last node of what says whose an aggregate is, and the members
// in it; nil for none.
func (s *sentence) ownerBehind(j int, d *semantic.Dimension) (int, *members) {
	if m, ok := s.memberAt(j + 1); ok && is[Agg](s, j) && s.touchesWord(j, j+1) && m.via == "" && s.text.At(s.nodes[j+1].from).Class == Word && s.r.graph.hops(d.Table, m.dim.Table) >= 0 {
		if one, named := s.thingAt(j + 2); named && s.r.entityOf(one) == d.Table && s.touchesWord(j+1, j+2) {
			return j + 2, &m // the average female vet
		}
		if g, ok := s.glue(j + 2); ok && g.How != Has && is[members](s, j+3) {
			s.charge("whose average it is, or whose rows", costIdle, s.nodes[j+3]) // the average dog from Leeds
			s.draft.idle = true
		}
		return j + 1, &m // heavier than the average dog
	}
	g, ok := s.glue(j + 1)
	if !ok || g.How == With || g.How == Has && s.text.At(s.nodes[j+1].from).Class == Han {
		return j, nil // 高于平均价的5A级景点 are those that are tested
	}
	if t, ok := s.thingAt(j + 2); ok && t.table == d.Table && t.marks == 0 {
		if g, ok := s.glue(j + 3); ok && g.How != With {
			if m, ok := s.memberAt(j + 4); ok && s.r.graph.hops(d.Table, m.dim.Table) >= 0 {
				return j + 4, &m
			}
		}
		return j + 2, nil
	}
	if m, ok := s.memberAt(j + 2); ok && s.r.graph.hops(d.Table, m.dim.Table) >= 0 {
		return j + 2, &m
	}
	return j, nil
}

// saidBetween takes the tests that adjectives between two tokens have made of the rows
// of a table: the average price of all open offers is that of the open ones.
func (s *sentence) saidBetween(from, end int, of *semantic.Table) semantic.Expr {
	var own []condition
	s.draft.conditions = slices.DeleteFunc(s.draft.conditions, func(c condition) bool {
		mine := c.from >= from && c.from < end && c.home() != nil && s.r.graph.hops(of, c.home()) >= 0
		if mine {
			own = append(own, c)
		}
		return mine
	})
	if len(own) == 0 {
		return nil
	}
	return s.r.allOf(own)
}

func (s *sentence) memberAt(i int) (members, bool) {
	if i < 0 || i >= len(s.nodes) {
		return members{}, false
	}
	return as[members](s.nodes[i])
}
