package nlq

import (
	"slices"

	"wenshu/semantic"
)

// lasted says for how long something has gone on: been open, been with us. dim is since
// when; nil for when the rows of it began.
type lasted struct{ dim *semantic.Dimension }

// addLasted finds the words at a token that say for how long something has gone on, and
// the question how many units of time of it before them.
func (r *Reader) addLasted(l *lattice, at int, see sight) {
	t := l.text
	if t.At(at).Class == Han {
		r.addLastedZH(l, at, see)
		return
	}
	if !slices.ContainsFunc(t.Tokens[:at], func(token Token) bool { return token.Norm == "how" }) {
		return
	}
	r.addLasts(l, at)
	found := func(end int, d *semantic.Dimension) {
		l.starts[at] = append(l.starts[at], mention{from: at, end: end, means: lasted{d}, cost: costMention})
		for from := at - 1; from >= 0; from-- {
			if t.At(from).Norm == "how" && t.At(from+1).Norm == "many" && lengthUnits[t.At(from+2).Norm] != "" {
				l.starts[from] = append(l.starts[from], mention{from: from, end: from + 3, means: Which{What: HowOld}, cost: costMention})
			}
		}
	}
	if t.At(at).Norm == "been" {
		for _, h := range r.momentsAt(t, t.pastFillers(at+1), see) {
			if h.rank != byRows {
				found(h.end, h.dim)
				return
			}
		}
	}
	if end, ok := t.sayOneOf(at, lastedWords); ok {
		found(end, nil)
	}
}

var lastedWords = [][]string{
	{"been", "with", "us"}, {"been", "with", "the", "company"}, {"been", "here"}, {"been", "around"}, {"been", "in", "business"}, {"been", "in", "operation"}, {"been", "on", "the", "team"},
	{"been", "working", "here"}, {"been", "working", "for", "us"}, {"worked", "here"}, {"worked", "for", "us"}, {"worked", "for", "the", "company"}, {"existed"}, {"been", "a", "member"}, {"been", "a", "customer"}, {"been", "members"}, {"been", "customers"},
}

// addLastedZH finds how long ago something began: 入职几年了, 成立多少年.
func (r *Reader) addLastedZH(l *lattice, at int, see sight) {
	t := l.text
	for _, h := range r.momentsAt(t, at, see) {
		asked := t.pastWords(h.end, "到", "现", "在", "至", "今", "已", "经", "有", "了")
		end := t.lengthAsked(asked)
		if h.rank == byRows || end == asked || r.startOf(h.dim) != nil || saysHowLong(h.dim.Table) {
			continue
		}
		if next := t.At(end).Norm; next == "后" || next == "才" || next == "就" || next == "内" || next == "以" || next == "之" {
			continue
		}
		d := r.untilToday(h.dim, t.unitOfTime(at, end))
		l.starts[at] = append(l.starts[at], mention{from: at, end: t.pastWords(end, "了"), means: names{[]alt{{object: Object{Dimension: d}}}}, cost: costMention})
		return
	}
}

// saysHowLong reports whether a column says how long each row of a table lasted: 停机多久 is
// no time since.
func saysHowLong(t *semantic.Table) bool {
	return slices.ContainsFunc(t.Dimensions, func(d *semantic.Dimension) bool { return isMeasurable(d) && secondsIn[d.Unit] > 0 })
}

// untilToday is the time from a date of a row to today as an attribute, in days where no
// unit is said.
func (r *Reader) untilToday(start *semantic.Dimension, unit string) *semantic.Dimension {
	today := semantic.Call{Func: "today"}
	d := &semantic.Dimension{Table: start.Table, Unit: "days", Sum: "avg", Type: semantic.ColumnType{Kind: semantic.Int}, Names: semantic.Names{Label: semantic.Label{EN: "time"}}}
	d.Expr = semantic.Call{Func: "days_between", Args: []semantic.Expr{r.nameOf(start, ""), today}}
	switch unit {
	case "years":
		d.Unit, d.Expr = unit, semantic.Call{Func: "years_between", Args: []semantic.Expr{r.nameOf(start, ""), today}}
	case "weeks", "months":
		d.Unit, d.Type.Kind, d.Expr = unit, semantic.Float, quotient(d.Expr, daysIn(unitSeconds[unit]))
	}
	return d
}

// howLongGoing reads "how many days has each club been open": how long ago each began.
func (s *sentence) howLongGoing() {
	for i := range s.nodes {
		m, ok := as[lasted](s.nodes[i])
		if !ok {
			continue
		}
		asked := -1
		for j := range i {
			if w, old := as[Which](s.nodes[j]); old && w.What == HowOld {
				asked = j
			}
		}
		if asked < 0 {
			continue
		}
		var home *semantic.Table
		for j := asked + 1; j < i; j++ {
			if t, named := s.thingAt(j); named && t.table != nil {
				home = t.table
			} else if of, member := s.memberAt(j); member && home == nil {
				home = of.dim.Table
			}
		}
		since := m.dim
		if since == nil && home != nil && home.Time != nil && home.Time.Table == home {
			since = home.Time
		}
		if since == nil || home != nil && since.Table != home {
			continue
		}
		d := s.r.untilToday(since, s.text.unitOfTime(s.nodes[asked].from, s.nodes[asked].end))
		s.nodes[i].means = thing{dim: d, marks: markListed}
		for j := asked + 1; j < i; j++ {
			if t, named := s.thingAt(j); named && t.table == home {
				t.marks = t.marks&^markEach | markListed
				s.nodes[j].means = t
			}
		}
		s.drop(asked)
		s.meanGoing(i-1, home, d)
		return
	}
}

// meanGoing takes the mean of how long all of an entity go on, at node i, where a word asks
// for it.
func (s *sentence) meanGoing(i int, home *semantic.Table, d *semantic.Dimension) {
	at := slices.IndexFunc(s.nodes, func(n node) bool { a, ok := n.means.(Agg); return ok && (a.Func == "avg" || a.Func == "median") })
	if at < 0 {
		return
	}
	a, _ := as[Agg](s.nodes[at])
	s.nodes[i].means = measure{dim: d, agg: a.Func}
	s.nodes = slices.DeleteFunc(s.nodes, func(n node) bool {
		t, named := n.means.(thing)
		return n.from == s.nodes[at].from || named && t.table != nil && t.table == home
	})
}
