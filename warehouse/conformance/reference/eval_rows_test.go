package reference

import (
	"errors"
	"maps"
	"strings"
)

// errRefuse says that a question has no right answer and must be refused.
var errRefuse = errors.New("must be refused")

// errBeyond says that a question is beyond this evaluator.
var errBeyond = errors.New("beyond the evaluator")

// scope is a row of a home table with the rows that joins have brought to it,
// by the way that leads to them; a row that is not there is nil.
type scope struct {
	home string
	at   map[string]row
	time ref // of the metric, by which its rows count; unset for that of its table
}

func wayKey(way []step) string {
	var b strings.Builder
	for _, s := range way {
		b.WriteString(s.name + "/")
	}
	return b.String()
}

// matching lists the rows that a step leads to.
func (e *evaluator) matching(in scope, from row, s step) []row {
	if from == nil {
		return nil
	}
	var found []row
	for _, r := range e.w.table(s.to).rows {
		same := true
		for _, p := range s.on {
			a, b := from[p[0]], r[p[1]]
			same = same && !a.isNull() && !b.isNull() && a.key() == b.key()
		}
		if same && e.meets(in, s, from, r) {
			found = append(found, r)
		}
	}
	return found
}

// follow is the row at the end of a way; far is set where the way goes on over
// a join that multiplies and has not been taken.
func (e *evaluator) follow(s scope, way []step) (r row, far []step) {
	r = s.at[""]
	for i, st := range way {
		if joined, ok := s.at[wayKey(way[:i+1])]; ok {
			r = joined
			continue
		}
		if st.many {
			return nil, way[:i+1]
		}
		next := e.matching(s, r, st)
		r = nil
		if len(next) > 0 {
			r = next[0]
		}
	}
	return r, nil
}

// expand joins a way to scopes; those without a partner stay.
func (e *evaluator) expand(scopes []scope, way []step) []scope {
	for i := range way {
		key := wayKey(way[:i+1])
		var out []scope
		for _, s := range scopes {
			if _, ok := s.at[key]; ok {
				out = append(out, s)
				continue
			}
			near, _ := e.follow(s, way[:i])
			rows := e.matching(s, near, way[i])
			if len(rows) == 0 {
				rows = []row{nil}
			}
			for _, r := range rows {
				at := maps.Clone(s.at)
				at[key] = r
				out = append(out, scope{s.home, at, s.time})
			}
		}
		scopes = out
	}
	return scopes
}

// evaluator answers one query.
type evaluator struct {
	w       *world
	q       *query
	windows []window
	cache   map[string]*grouped
	sets    map[*query]map[string]bool
	had     map[string]map[string]cell // what each has, by group and window
	nested  bool
	dense   bool            // cumulative values need every period
	past    []groupRow      // rows before the visible periods
	wider   map[string]int  // windows by what widens them
	kept    map[string]cell // by group, of who came back
	fragile bool            // an answer hangs on the last digits of doubles
	err     error
}

func (e *evaluator) beyond() {
	if e.err == nil {
		e.err = errBeyond
	}
}

func (e *evaluator) refuse() {
	if e.err == nil {
		e.err = errRefuse
	}
}

// read is the value of a column from a scope; far as in follow.
func (e *evaluator) read(s scope, r ref) (cell, []step) {
	way, col, ok := e.w.wayTo(s.home, r)
	if !ok || col == nil {
		e.refuse()
		return null, nil
	}
	at, far := e.follow(s, way)
	if at == nil {
		return null, far
	}
	return at[col.name], nil
}

func (e *evaluator) value(s scope, v value) (cell, []step) {
	switch v := v.(type) {
	case field:
		return e.read(s, v.ref)
	case fixed:
		return v.c, nil
	case reckon:
		l, far := e.value(s, v.l)
		r, farToo := e.value(s, v.r)
		if far == nil {
			far = farToo
		}
		return arithmetic(v.op, l, r), far
	}
	panic("no value")
}

// far is the way of a test beyond a join that multiplies; nil for none.
func (e *evaluator) far(s scope, c cond) (far []step) {
	look := func(v value) {
		if _, f := e.value(s, v); f != nil && far == nil {
			far = f
		}
	}
	switch c := c.(type) {
	case test:
		look(c.l)
		look(c.r)
	case among:
		look(c.of)
	case between:
		look(c.of)
	case missing:
		look(c.of)
	case matches:
		look(field{c.of})
	case within:
		look(field{c.of})
	case member:
		_, far = e.entityRow(s, c.of)
	}
	return far
}

// all reports whether a row meets all conditions. Those that ask for the same
// things beyond a multiplying join ask for one and the same of them.
func (e *evaluator) all(s scope, conds []cond) bool {
	groups, ways := map[string][]cond{}, map[string][]step{}
	for _, c := range conds {
		_, no := negated(c)
		if far := e.far(s, c); far != nil && !no {
			groups[wayKey(far)] = append(groups[wayKey(far)], c)
			ways[wayKey(far)] = far
		} else if !e.holds(s, c) {
			return false
		}
	}
	for key, list := range groups {
		if !e.exists(s, ways[key], list) {
			return false
		}
	}
	return true
}

func (e *evaluator) exists(s scope, way []step, conds []cond) bool {
	for _, wider := range e.expand([]scope{s}, way) {
		if wider.at[wayKey(way)] != nil && e.all(wider, conds) {
			return true
		}
	}
	return false
}

// holds is a condition on one row: true or not true.
func (e *evaluator) holds(s scope, c cond) bool {
	switch c := c.(type) {
	case and:
		return e.holds(s, c.l) && e.holds(s, c.r)
	case or:
		l, r := e.holds(s, c.l), e.holds(s, c.r)
		return l || r
	case not:
		return !e.holds(s, c.of)
	}
	if positive, no := negated(c); no {
		return !e.holds(s, positive)
	}
	if far := e.far(s, c); far != nil {
		return e.exists(s, far, []cond{c})
	}
	return e.tested(s, c)
}

func (e *evaluator) tested(s scope, c cond) bool {
	switch c := c.(type) {
	case test:
		l, _ := e.value(s, c.l)
		r, _ := e.value(s, c.r)
		return e.compare(l, c.op, r)
	case among:
		x, _ := e.value(s, c.of)
		for _, y := range c.list {
			if e.compare(x, "=", y) {
				return true
			}
		}
	case between:
		x, _ := e.value(s, c.of)
		return e.compare(x, ">=", c.lo) && e.compare(x, "<=", c.hi)
	case missing:
		x, _ := e.value(s, c.of)
		return x.isNull() != c.not
	case matches:
		x, _ := e.read(s, c.of)
		return !x.isNull() && fits(x.text, c.how, c.pattern)
	case within:
		x, _ := e.read(s, c.of)
		_, col, _ := e.w.wayTo(s.home, c.of)
		if col != nil && col.coding == "yyyymm" && e.w.start(c.span.from, "month") != c.span.from {
			e.refuse() // which part of a month?
		}
		return !x.isNull() && c.span.from <= x.at && x.at < c.span.to
	case member:
		return e.isMember(s, c)
	}
	return false
}

func fits(s, how, pattern string) bool {
	s, pattern = strings.ToLower(s), strings.ToLower(pattern)
	switch how {
	case "contains":
		return strings.Contains(s, pattern)
	case "starts":
		return strings.HasPrefix(s, pattern)
	}
	return strings.HasSuffix(s, pattern)
}

// compare is a test of two values; with a null it is false. A day in a test of
// times is all of that day.
func (e *evaluator) compare(a cell, op string, b cell) bool {
	if a.isNull() || b.isNull() {
		return false
	}
	if (a.soft || b.soft) && near(a, b) {
		e.fragile = true
	}
	sign := order(a, b)
	if a.kind == 't' {
		sign = 0
		if a.at < b.at {
			sign = -1
		} else if a.at >= b.at+86400 {
			sign = 1
		}
	}
	switch op {
	case "=":
		return sign == 0
	case "<":
		return sign < 0
	case "<=":
		return sign <= 0
	case ">":
		return sign > 0
	}
	return sign >= 0
}

// entityRow is the row of the entity that a name without a column means.
func (e *evaluator) entityRow(s scope, r ref) (row, []step) {
	if r.name != "" {
		_, far := e.read(s, r)
		return nil, far
	}
	way, _, ok := e.w.wayTo(s.home, ref{table: r.table, joins: r.joins})
	if !ok {
		e.refuse()
		return nil, nil
	}
	return e.follow(s, way)
}

func (e *evaluator) isMember(s scope, c member) bool {
	set, ok := e.sets[c.in]
	if !ok {
		set = e.set(c.in)
		e.sets[c.in] = set
	}
	var cells []cell
	if c.of.name != "" {
		x, _ := e.read(s, c.of)
		cells = []cell{x}
	} else {
		r, _ := e.entityRow(s, c.of)
		for _, k := range e.w.endOf(c.of).key {
			cells = append(cells, r[k])
		}
	}
	for _, x := range cells {
		if x.isNull() {
			return false
		}
	}
	return set[keyOf(cells)]
}

// endOf is the table that a ref's joins lead to.
func (w *world) endOf(r ref) *table {
	t := w.table(r.table)
	for _, name := range r.joins {
		t = w.table(t.join(name).to)
	}
	return t
}

// set is the keys of a nested query.
func (e *evaluator) set(q *query) map[string]bool {
	inner := newEvaluator(e.w, q)
	inner.nested = true
	set := map[string]bool{}
	if q.list {
		for _, r := range inner.listed() {
			set[keyOf(r.cells)] = true
		}
	} else {
		for _, r := range inner.results() {
			set[keyOf(r.key)] = true
		}
	}
	if inner.err != nil && e.err == nil {
		e.err = inner.err
	}
	e.fragile = e.fragile || inner.fragile
	return set
}
