package reference

import (
	"math"
	"slices"
)

// conversion is what the first steps of a group led to, or its share of them.
func (e *evaluator) conversion(m *metric, r groupRow, c place) cell {
	base := e.w.metric(m.from)
	g := e.conversions(m, c)
	to := e.w.metric(m.to)
	fn := to.expr.(aggregate).fn
	v := g.values[r.without(e, c.coarse)]
	if v.isNull() && (fn == "count" || fn == "count_distinct" || to.fill || e.q.fill == "fill 0" && fn == "sum") {
		v = cell{kind: 'n', num: zero, soft: double(fn)}
	}
	if !m.rate {
		return v
	}
	c.filters = append(slices.Clone(c.filters), base.where)
	if base.where == nil {
		c.filters = c.filters[:len(c.filters)-1]
	}
	c.time, c.fill = base.time, base.fill
	return arithmetic("/", v, e.term(base.expr, r, c))
}

// firstStep is a row that conversions may belong to.
type firstStep struct {
	countedRow
	who []cell
	at  int64
}

func (e *evaluator) conversions(m *metric, c place) *grouped {
	base, to := e.w.metric(m.from), e.w.metric(m.to)
	c.time = base.time
	id := "convert " + m.name + "@" + c.key()
	if g, ok := e.cache[id]; ok {
		return g
	}
	of, then := base.expr.(aggregate), to.expr.(aggregate)
	g := &grouped{window: c.window, coarse: len(c.coarse) > 0, values: map[string]cell{}, home: of.table, time: c.time}
	e.cache[id] = g
	steps := e.firstSteps(m, base, of, c)
	args := map[string][]cell{}
	for i, r := range e.w.table(then.table).rows {
		s := scope{then.table, map[string]row{"": r}, ref{}}
		at, _ := e.read(s, e.ownTime(to, then.table))
		if at.isNull() || to.where != nil && !e.all(s, parts(to.where)) {
			continue
		}
		first := e.credited(m, steps, s, at.at, i, then.table == of.table)
		if first == nil {
			continue
		}
		key := keyOf(first.key)
		if _, ok := args[key]; !ok {
			g.keys = append(g.keys, first.key)
		}
		args[key] = append(args[key], e.argument(s, then))
	}
	for key, list := range args {
		g.values[key] = then.fold(list)
	}
	if len(e.q.by) == len(c.coarse) && len(args) == 0 {
		g.values[keyOf(nil)] = fold(then.fn, nil)
	}
	return g
}

// ownTime is the time of a metric's rows, whatever a query says.
func (e *evaluator) ownTime(m *metric, home string) ref {
	if m.time.table != "" {
		return m.time
	}
	return ref{table: home, name: e.w.table(home).time}
}

func (e *evaluator) firstSteps(m, base *metric, of aggregate, c place) []firstStep {
	for i, g := range e.q.by {
		if slices.Contains(c.coarse, i) {
			continue
		}
		if slices.ContainsFunc(e.wayOf(g, of.table), func(s step) bool { return s.many }) {
			e.refuse() // a conversion would belong to several groups
		}
	}
	if base.where != nil {
		c.filters = append(slices.Clone(c.filters), base.where)
	}
	var steps []firstStep
	for _, r := range e.counted(of, c) {
		at, _ := e.read(r.scope, e.ownTime(base, of.table))
		if at.isNull() || e.argument(r.scope, of).isNull() {
			continue
		}
		steps = append(steps, firstStep{r, e.who(r.scope, m), at.at})
	}
	return steps
}

// who are the cells by which a row knows the entity that converts.
func (e *evaluator) who(s scope, m *metric) []cell {
	if m.by.name != "" {
		x, _ := e.read(s, m.by)
		return []cell{x}
	}
	entity := e.w.endOf(m.by)
	way, _ := e.w.way(s.home, entity.name)
	r, columns := s.at[""], entity.key
	if len(way) > 0 {
		r, _ = e.follow(s, way[:len(way)-1])
		columns = each(way[len(way)-1].on, func(p [2]string) string { return p[0] })
	}
	var cells []cell
	for _, c := range columns {
		cells = append(cells, r[c])
	}
	return cells
}

// credited is the step that a conversion belongs to: the latest one, of several
// at one moment that of the least key.
func (e *evaluator) credited(m *metric, steps []firstStep, s scope, at int64, index int, same bool) *firstStep {
	who := e.who(s, m)
	if slices.ContainsFunc(who, cell.isNull) {
		return nil
	}
	earliest := int64(math.MinInt64)
	if m.n > 0 {
		earliest = e.w.plus(at, m.unit, -m.n)
	}
	var best *firstStep
	for i := range steps {
		f := &steps[i]
		if keyOf(f.who) != keyOf(who) || !e.agrees(m, f, s) || f.at > at || m.n > 0 && f.at <= earliest || same && f.index == index {
			continue
		}
		if best == nil || f.at > best.at || f.at == best.at && e.lesser(f, best) {
			best = f
		}
	}
	return best
}

// agrees reports a step and a conversion that have the same constant.
func (e *evaluator) agrees(m *metric, f *firstStep, s scope) bool {
	if m.constant[0] == "" {
		return true
	}
	a, b := f.of(m.constant[0]), s.at[""][m.constant[1]]
	return !a.isNull() && !b.isNull() && a.key() == b.key()
}

func (e *evaluator) lesser(a, b *firstStep) bool {
	for _, k := range e.w.table(a.home).key {
		if n := order(a.of(k), b.of(k)); n != 0 {
			return n < 0
		}
	}
	return false
}

func (f *firstStep) of(column string) cell { return f.scope.at[""][column] }
