package reference

import "slices"

// world is a model together with its data.
type world struct {
	goals   bool // it is one of what is known by months alone
	tables  []*table
	metrics []*metric
	rules   []rule
	fiscal  int // first month of the fiscal year
	weeks   fiscalWeeks
	starts  []int64 // of the months in weeks
	areas   []cell  // the viewer's attribute; nil for none
	off     []int64 // days off
	madeUp  []int64 // weekend days that are worked
}

type table struct {
	name    string
	source  string // warehouse
	key     []string
	columns []column
	joins   []join
	time    string // the time axis; "" for none
	display string
	valid   *versions // set where rows are versions of a thing
	rows    []row
}

// column is a physical column. All of them but foreign keys are dimensions.
type column struct {
	name    string
	kind    byte   // i integer, d decimal(2), s text, b truth, t time
	coding  string // of a time: date, timestamp, epoch_s, yyyymmdd, yyyymm
	foreign bool
	same    string // conformed with table.column
	members []string
	few     bool // its times are few, so that rows share them
}

type join struct {
	name  string
	to    string
	on    [][2]string // own column, theirs
	many  bool
	at    string // the time that picks a version, or now; "" for none
	shown bool   // a dimension of the same name shows the entity
}

type row map[string]cell

type metric struct {
	name  string
	expr  term
	where cond
	fill  bool // with 0
	time  ref
	kind  string // "", last, first, avg, min, max, offset, running, window, to_date, convert, prorate
	unit  string
	n     int
	per   ref    // of a balance
	clamp bool   // of an offset: days that the earlier month lacks show its last one
	ofDay string // of an offset by what a calendar says of days, instead of a unit
	works bool   // of what is prorated: by working days
	// of a conversion: metrics, the entity, and whether it is a share
	from, to string
	by       ref
	rate     bool
	constant [2]string // columns of the first step and of the conversion that must agree; unset for none
}

// rule lets a viewer see only rows that meet it. One by attribute asks for the
// viewer's areas.
type rule struct {
	table string
	where cond
	area  ref // the column that must be among the viewer's areas; unset for none
}

// seen is the world that is left when rules have taken their rows out of it.
func (w *world) seen() *world {
	if len(w.rules) == 0 {
		return w
	}
	e := newEvaluator(w, &query{})
	out := *w
	out.rules, out.tables = nil, nil
	for _, t := range w.tables {
		smaller := *t
		smaller.rows = nil
		for _, r := range t.rows {
			if e.allowed(t, r) {
				smaller.rows = append(smaller.rows, r)
			}
		}
		out.tables = append(out.tables, &smaller)
	}
	return &out
}

func (e *evaluator) allowed(t *table, r row) bool {
	for _, rule := range e.w.rules {
		if rule.table != t.name {
			continue
		}
		c := rule.where
		if rule.area.table != "" {
			c = among{of: field{rule.area}, list: e.w.areas}
		}
		if !e.holds(scope{t.name, map[string]row{"": r}, ref{}}, c) {
			return false
		}
	}
	return true
}

func (w *world) table(name string) *table {
	for _, t := range w.tables {
		if t.name == name {
			return t
		}
	}
	return nil
}

func (w *world) metric(name string) *metric {
	for _, m := range w.metrics {
		if m.name == name {
			return m
		}
	}
	return nil
}

func (t *table) column(name string) *column {
	for i := range t.columns {
		if t.columns[i].name == name {
			return &t.columns[i]
		}
	}
	return nil
}

func (t *table) join(name string) *join {
	for i := range t.joins {
		if t.joins[i].name == name {
			return &t.joins[i]
		}
	}
	return nil
}

// step is one join on a way, taken forwards or back.
type step struct {
	from, to string // tables
	name     string // of the join, with its table
	on       [][2]string
	many     bool
	at       string // as join.at
}

func (w *world) stepsFrom(t *table, back bool) []step {
	var steps []step
	for _, j := range t.joins {
		if j.to != t.name && (back || !j.many) {
			steps = append(steps, step{t.name, j.to, t.name + "." + j.name, j.on, j.many, j.at})
		}
	}
	for _, other := range w.tables {
		for _, j := range other.joins {
			if back && j.to == t.name && other != t && !j.many {
				turned := make([][2]string, len(j.on))
				for i, p := range j.on {
					turned[i] = [2]string{p[1], p[0]}
				}
				steps = append(steps, step{t.name, other.name, "<" + other.name + "." + j.name, turned, true, j.at})
			}
		}
	}
	return steps
}

// ways lists the shortest ways between two tables.
func (w *world) ways(from, to string, back bool) [][]step {
	if from == to {
		return [][]step{{}}
	}
	paths := [][]step{{}}
	for range 6 {
		var longer, found [][]step
		for _, p := range paths {
			at := from
			if len(p) > 0 {
				at = p[len(p)-1].to
			}
			for _, s := range w.stepsFrom(w.table(at), back) {
				if s.name[0] == '<' && slices.ContainsFunc(p, func(q step) bool { return !q.many }) {
					continue // what shares a third thing does not belong together
				}
				if s.to == from || slices.ContainsFunc(p, func(q step) bool { return q.to == s.to }) {
					continue
				}
				next := append(slices.Clone(p), s)
				if s.to == to {
					found = append(found, next)
				} else {
					longer = append(longer, next)
				}
			}
		}
		if len(found) > 0 {
			return found
		}
		paths = longer
	}
	return nil
}

// way is the one way to take between two tables: the shortest over many-to-one
// joins, else the shortest that multiplies. Two of the same length are no way.
func (w *world) way(from, to string) ([]step, bool) {
	found := w.ways(from, to, false)
	if len(found) == 0 {
		found = w.ways(from, to, true)
	}
	if len(found) != 1 {
		return nil, false
	}
	return found[0], true
}

// ref names a column: of a table, or at the end of joins that lead on from it.
type ref struct {
	table string
	joins []string
	name  string
}

func (r ref) String() string {
	s := r.table
	for _, j := range r.joins {
		s += "." + j
	}
	if r.name != "" {
		s += "." + r.name
	}
	return s
}

// wayTo is the way from a home to the table that holds a column; in another
// source, to a column that is conformed with it.
func (w *world) wayTo(home string, r ref) ([]step, *column, bool) {
	way, ok := w.way(home, r.table)
	at := w.table(r.table)
	if !ok && w.table(home).source != at.source && len(r.joins) == 0 {
		return w.wayToTwin(home, r)
	}
	for _, name := range r.joins {
		j := at.join(name)
		way = append(slices.Clone(way), step{at.name, j.to, at.name + "." + j.name, j.on, j.many, j.at})
		at = w.table(j.to)
	}
	return way, at.column(r.name), ok
}

func (w *world) wayToTwin(home string, r ref) ([]step, *column, bool) {
	if r.name == "" {
		return nil, nil, false
	}
	root := r.String()
	if same := w.table(r.table).column(r.name).same; same != "" {
		root = same
	}
	for _, t := range w.tables {
		for i := range t.columns {
			c := &t.columns[i]
			if t.source != w.table(home).source || c.same != root && t.name+"."+c.name != root {
				continue
			}
			if found := w.ways(home, t.name, false); len(found) == 1 {
				return found[0], c, true
			}
		}
	}
	return nil, nil, false
}
