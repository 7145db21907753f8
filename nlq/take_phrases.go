package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// takePhrases reads the words that the model declares: an adjective is a filter
// on its table, a verb leads to the acts of its table.
func (s *sentence) takePhrases() {
	s.kindToTell()
	s.doneToOwners()
	for i := 0; i < len(s.nodes); {
		p, ok := as[phrased](s.nodes[i])
		if !ok {
			i++
			continue
		}
		if p.phrase.Through != nil {
			s.nodes[i].means = Verb{through: p.phrase.Through, where: p.phrase.Where}
			i++
			continue
		}
		if level, ok := s.r.levelOf(p.phrase); ok {
			s.outcome(i, i, level)
			continue
		}
		i = s.amountBefore(i, p.phrase)
		if i > 0 {
			if e, ok := as[Empty](s.nodes[i-1]); ok && e.Behind && !e.Not {
				s.nodes[i-1].means = Negation{} // sales without a trade-in
			}
		}
		if s.kindNamed(i, p.phrase) || s.kindCounted(i, p.phrase) || s.phraseApart(i, p.phrase) || s.flagAgainst(i, p.phrase) || s.splitByFlag(i, p.phrase) {
			continue
		}
		if s.deniesHaving(i-1) && (s.ownedBehind(i+1) || s.ownedBefore(i-2, i+1)) {
			s.draft.conditions = append(s.draft.conditions, condition{on: p.phrase.On, fixed: p.phrase.Where, from: s.nodes[i].from})
			s.drop(i) // 没有折叠屏手机的品牌 have none of these
			continue
		}
		if s.deniesHaving(i-1) && s.kindOwned(i, p.phrase.On) {
			s.draft.conditions = append(s.draft.conditions, condition{on: p.phrase.On, fixed: p.phrase.Where, from: s.nodes[i].from})
			s.nodes[i].means = thing{table: p.phrase.On} // 没有博士点的高校 have no such subject
			continue
		}
		s.stateOfOther(i, p.phrase)
		s.take(i, i, condition{on: p.phrase.On, fixed: p.phrase.Where})
	}
}

// stateOfOther refuses an adjective that says when something began or ended right before
// the noun of something else: open damages are not those of open branches, nor is 到期没交的租金
// what is asked for rooms with such bills.
func (s *sentence) stateOfOther(i int, p *semantic.Phrase) {
	noun, ok := s.nounAt(i + 1)
	if t, number := s.numberOfOther(i+1, p.On); number && !s.ownsNumber(t.dim, p.On) {
		noun, ok = t.dim.Table, true
	} else if ok && !s.touchesWord(i, i+1) {
		return
	}
	if !ok || noun == nil || noun == p.On || !slices.ContainsFunc(semantic.Conjuncts(p.Where), stateInTime) {
		return
	}
	s.charge("a state of something else", costIdle, s.nodes[i])
	s.draft.idle = true
}

// numberOfOther is the number at node i, behind the word that joins it to an adjective of
// table on where there is one, that is a column of another table.
func (s *sentence) numberOfOther(i int, on *semantic.Table) (thing, bool) {
	if g, ok := s.glue(i); ok && g.How == Has {
		i++
	}
	t, ok := s.thingAt(i)
	return t, ok && t.dim != nil && isMeasurable(t.dim) && t.dim.Table != on
}

// ownsNumber reports whether rows of a table are parts of those that have a number, which
// the table itself has none of in that unit.
func (s *sentence) ownsNumber(d *semantic.Dimension, on *semantic.Table) bool {
	return s.r.graph.hops(d.Table, on) == 1 && s.r.moneyOf(on) == nil
}

// stateInTime reports whether a test is of whether a date is there.
func stateInTime(e semantic.Expr) bool {
	_, blank := e.(semantic.IsNull)
	return blank
}

// phraseApart reads an adjective whose rows are said not to count, or to count like all
// others, behind it: waived ones excluded, cancelled bookings do not count.
func (s *sentence) phraseApart(i int, p *semantic.Phrase) bool {
	last := i + 1
	if g, ok := s.glue(last); ok && g.How == Has {
		last++ // 未修复的不计
	}
	if t, ok := s.thingAt(last); ok && t.table == p.On && t.marks == 0 {
		last++
	}
	n, ok := s.negation(last)
	if !ok || !n.Before && !s.closesExclusion(last) {
		return false
	}
	if !n.Kept {
		s.draft.conditions = append(s.draft.conditions, condition{on: p.On, fixed: p.Where, not: true, from: s.nodes[i].from})
	}
	s.nodes = slices.Delete(s.nodes, i, last+1)
	return true
}

// flagAgainst reads an adjective that says a flag, set against the entity that has the
// flag, as a split by it: studio vs on location. Set against anything else that says
// nothing of the kind, one side alone would be no comparison.
func (s *sentence) flagAgainst(i int, p *semantic.Phrase) bool {
	for _, dir := range []int{1, -1} {
		if !is[VersusMark](s, i+dir) {
			continue
		}
		other := s.skip(i+2*dir, dir)
		t, named := s.thingAt(other)
		if is[Cycle](s, other) {
			return s.daysAgainst(i, other, p)
		}
		if !named || t.marks != 0 || t.timed {
			continue
		}
		d := s.r.flagTested(p.On, p.Where)
		if d == nil || t.table != p.On || t.via != "" {
			s.charge("one side of two", costIdle, s.nodes[i])
			s.draft.idle = true
			return false
		}
		s.join(min(i, other), max(i, other), thing{dim: d, marks: markBy})
		s.assume("each_member")
		return true
	}
	return false
}

// splitByFlag reads what says a flag, right behind a word that splits and alone there, as
// the flag: revenue by region, split by garage.
func (s *sentence) splitByFlag(i int, p *semantic.Phrase) bool {
	if i == 0 || !s.touchesWord(i-1, i) || !splitting(s.nodes[i-1]) {
		return false
	}
	if g, _ := as[GroupMark](s.nodes[i-1]); g.Each || g.Before || s.text.At(s.nodes[i-1].end-1).Norm != "by" {
		return false
	}
	if i+1 < len(s.nodes) && s.touchesWord(i, i+1) && !is[Linker](s, i+1) && !is[Timed](s, i+1) && !is[GroupMark](s, i+1) {
		return false // by active customers
	}
	d := s.r.columnTested(p.On, p.Where)
	if d == nil || d.Type.Kind != semantic.Bool && len(d.Values) != 2 {
		return false
	}
	s.nodes[i].means = thing{dim: d}
	return true
}

// daysAgainst reads weekends vs weekdays, where a flag of each day says the first, as a
// split by the flag.
func (s *sentence) daysAgainst(i, j int, p *semantic.Phrase) bool {
	d := s.r.flagTested(p.On, p.Where)
	kind := func(k int) string { return strings.TrimSuffix(s.text.Norm(s.nodes[k].from, s.nodes[k].end), "s") }
	said := []string{kind(min(i, j)), kind(max(i, j))}
	if slices.Sort(said); d == nil || said[0] != "weekday" || said[1] != "weekend" {
		s.charge("days of two kinds", costIdle, s.nodes[i])
		s.draft.idle = true
		return false
	}
	s.join(min(i, j), max(i, j), thing{dim: d, marks: markBy})
	s.assume("each_member")
	return true
}

// levelOf reads an adjective of a number that is known day by day as the level that
// a metric makes of it: what is out of stock has a stock of 0 where the period ends.
func (r *Reader) levelOf(p *semantic.Phrase) (outcome, bool) {
	test, ok := p.Where.(semantic.Binary)
	lit, literal := semantic.Lit{}, false
	if ok {
		lit, literal = test.R.(semantic.Lit)
	}
	if !literal || test.Op > semantic.Ge && test.Op != semantic.Eq && test.Op != semantic.Ne {
		return outcome{}, false
	}
	for _, m := range r.model.Metrics {
		call, ok := m.Expr.(semantic.Call)
		if !ok || m.OverTime != "last" || m.Home != p.On || m.Where != nil || call.Func != "sum" || len(call.Args) != 1 {
			continue
		}
		if semantic.ExprString(call.Args[0]) == semantic.ExprString(test.L) {
			return outcome{measure: measure{metric: m}, op: test.Op, args: []semantic.Expr{lit}}, true
		}
	}
	return outcome{}, false
}

// amountBefore reads 满1万的大单: an amount before an adjective that stands for an
// entity is tested by the entity's amount. It returns where the adjective is then.
func (s *sentence) amountBefore(i int, p *semantic.Phrase) int {
	on := p.On
	first := i - 1
	if g, ok := s.glue(first); ok && g.How == Has {
		first--
	}
	if first < 0 {
		return i
	}
	c, ok := as[Compare](s.nodes[first])
	d := s.r.moneyOf(on)
	if !ok || len(c.Args) == 0 || len(c.Hints) > 0 || d == nil || !isAmountOf(d, on) || !s.worthy(c.Args) && !testsColumn(p.Where, d) {
		return i
	}
	before := s.skip(first-1, -1)
	if is[names](s, before) || is[measure](s, before) || is[thing](s, before) {
		return i // the test of what stands before it
	}
	test := numberTest(c.Op, lits(c.Args...))
	if semantic.ExprString(test(semantic.Name{Path: []string{on.Name, d.Name}})) == semantic.ExprString(p.Where) {
		s.nodes = slices.Delete(s.nodes, first, i) // which is what the adjective says
		return first
	}
	left := len(s.nodes)
	s.assume("money_column")
	s.takeTest(first, i-1, d, "", false, test)
	return i - (left - len(s.nodes))
}

// testsColumn reports whether an expression names a column.
func testsColumn(e semantic.Expr, d *semantic.Dimension) bool {
	found := false
	semantic.Walk(e, func(x semantic.Expr) {
		name, ok := x.(semantic.Name)
		found = found || ok && name.Path[len(name.Path)-1] == d.Name
	})
	return found
}
