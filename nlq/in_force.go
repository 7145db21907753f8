package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// inForce says of something with a beginning and an end that it lasted at a time: active
// on January 1, in force in 2024, 当时在用.
type inForce struct{}

// life is the two moments between which a row lasts.
type life struct{ start, end *semantic.Dimension }

// nameLives finds the tables whose rows last from one of their dates to another.
func (r *Reader) nameLives() {
	r.lives = map[*semantic.Table]life{}
	for _, t := range r.model.Tables {
		for _, d := range t.Dimensions {
			if !isTime(d) || d.Of != nil || d.Type.Finest() > semantic.Day || !endsRows(d) {
				continue
			}
			if start := r.startOf(d); start != nil {
				r.lives[t] = life{start, d}
				break
			}
		}
	}
}

// endsRows reports whether a date is called as that on which its rows end.
func endsRows(d *semantic.Dimension) bool {
	for _, word := range append(NewText(spaced(d.Name)).Norms(), normsOf(d.Names.Label.EN)...) {
		if endWords[word] {
			return true
		}
	}
	return slices.ContainsFunc([]string{"结束", "终止", "截止", "到期", "失效", "关闭", "结案", "关单", "离职", "退租", "退保"}, func(word string) bool { return strings.Contains(d.Names.Label.ZH, word) })
}

var endWords = setOf("end ends ended ending until expiry expires expired expiration closed closing terminated termination finished finish left leaving expire close")

// forceWords say that something lasts.
var forceWords = func() [][]string {
	var all [][]string
	for _, p := range []string{"in force", "in effect", "in use", "effective", "active", "valid", "ongoing", "running", "live", "open", "current", "有效", "生效", "生效中", "在用", "使用中", "进行中", "在保", "在租", "在职", "未关闭", "没关闭", "未结束", "没结束", "活跃"} {
		all = append(all, NewText(p).Norms())
	}
	return all
}()

// addInForce adds the words at a token that say that something lasts.
func (r *Reader) addInForce(l *lattice, at int) {
	if len(r.lives) == 0 {
		return
	}
	for _, words := range forceWords {
		if l.text.saysAt(at, words) {
			l.starts[at] = append(l.starts[at], mention{from: at, end: at + len(words), means: inForce{}, cost: costMention + costDerived})
		}
	}
}

// lastedThen reads how many, or which, lasted at a time: those that had begun by its end
// and had not ended before it. What a column of states says now it does not say of then.
func (s *sentence) lastedThen() {
	at := s.onlyPeriod()
	if at < 0 {
		return
	}
	for i := range s.nodes {
		lasts := is[inForce](s, i)
		if !lasts && !s.stateOfNow(i) {
			continue
		}
		t := s.lastingNear(i)
		if t == nil || s.deniedAt(i) {
			continue
		}
		if !lasts {
			s.charge("a state of now", costUnrelated, s.nodes[i])
			continue
		}
		p, _ := as[Timed](s.nodes[at])
		s.takeInForce(i, at, t, p.Period)
		return
	}
}

// onlyPeriod returns the node of the one closed period of a sentence that no date stands
// beside; -1 for none.
func (s *sentence) onlyPeriod() int {
	found := -1
	for i := range s.nodes {
		if m, ok := s.measureAt(i); ok && !s.r.isCount(m) || is[Grained](s, i) || is[Against](s, i) || is[VersusMark](s, i) {
			return -1 // revenue of active contracts in 2024 is that of 2024
		}
		if !is[Timed](s, i) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	if found < 0 {
		return -1
	}
	for _, j := range []int{s.skip(found-1, -1), s.skip(found+1, 1)} {
		if t, ok := s.thingAt(j); ok && t.dim != nil && isTime(t.dim) {
			return -1
		}
	}
	p, _ := as[Timed](s.nodes[found])
	if open, ok := p.Period.(semantic.Open); ok && open.How != semantic.Until {
		return -1
	}
	return found
}

// stateOfNow reports whether node i says by a column or a phrase of the model that
// something lasts.
func (s *sentence) stateOfNow(i int) bool {
	_, member := s.memberAt(i)
	_, phrase := as[phrased](s.nodes[i])
	if !member && !phrase {
		return false
	}
	norms := s.text.Norms()[s.nodes[i].from:s.nodes[i].end]
	return slices.ContainsFunc(forceWords, func(words []string) bool { return equalNorms(words, norms) })
}

// lastingNear is the table of what is counted or listed beside node i and lasts between
// two of its dates; nil for none.
func (s *sentence) lastingNear(i int) *semantic.Table {
	near := func(j int) *semantic.Table {
		if m, ok := s.measureAt(j); ok && !s.r.isCount(m) {
			return nil
		}
		t, ok := s.nounAt(j)
		if !ok {
			return nil
		}
		if _, lasts := s.r.lives[t]; !lasts {
			return nil
		}
		return t
	}
	for _, dir := range []int{1, -1} {
		j := i + dir
		for j >= 0 && j < len(s.nodes) && (is[Glue](s, j) || is[Equals](s, j) || is[Relative](s, j) || is[Timed](s, j) || is[Count](s, j) || is[Which](s, j)) {
			j += dir
		}
		if t := near(j); t != nil {
			return t
		}
	}
	return nil
}

// saysEnd reports whether the period at node i is said to be the end of one, of which its
// last day is meant: at the end of 2024, 2024年底.
func (s *sentence) saysEnd(i int) bool {
	for at := s.nodes[i].from; at < s.nodes[i].end; at++ {
		switch s.normAt(at) {
		case "end", "底", "末":
			return s.normAt(at) != "末" || s.normAt(at-1) != "周"
		}
	}
	return false
}

// deniedAt reports whether a negation stands right before node i.
func (s *sentence) deniedAt(i int) bool {
	j := s.skip(i-1, -1)
	return j >= 0 && is[Negation](s, j)
}

// takeInForce tests rows for having lasted in the period at node at, which node i says.
func (s *sentence) takeInForce(i, at int, t *semantic.Table, p semantic.Period) {
	switch open, ok := p.(semantic.Open); {
	case ok:
		p = open.Of // as of a day
	case s.saysEnd(at):
		if months, ok := p.(semantic.FromTo); ok {
			p = months.To
		}
		p = semantic.Within{Of: p, Unit: semantic.Day, From: -1, To: -1}
	}
	l := s.r.lives[t]
	begun := semantic.During{Of: s.r.nameOf(l.start, ""), Periods: []semantic.Period{semantic.Open{How: semantic.Until, Of: p}}}
	over := semantic.During{Of: s.r.nameOf(l.end, ""), Periods: []semantic.Period{semantic.Open{How: semantic.Before, Of: p}}}
	from := s.nodes[i].from
	s.draft.conditions = append(s.draft.conditions,
		condition{on: t, fixed: begun, from: from}, condition{on: t, fixed: negate(over), from: from})
	first, last := min(i, at), max(i, at)
	for _, j := range []int{last, first} {
		if g, ok := s.glue(j + 1); ok && g.How == Has && j == i {
			s.drop(j + 1)
		}
		s.drop(j)
	}
}
