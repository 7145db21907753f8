package reference

import (
	"fmt"
	"math/big"
	"slices"
)

// double reports aggregates that engines compute as doubles.
func double(fn string) bool {
	return slices.Contains([]string{"avg", "median", "percentile", "percentile_disc", "stddev", "variance"}, fn)
}

// fold aggregates the values of an aggregate's argument.
func (a aggregate) fold(list []cell) cell { return foldAt(a.fn, a.share, list) }

// foldAt is fold, for percentiles too.
func foldAt(fn, share string, list []cell) cell {
	switch fn {
	case "percentile", "percentile_disc":
		return percentile(share, fn == "percentile_disc", list)
	case "stddev", "variance":
		return spread(fn, list)
	}
	return fold(fn, list)
}

// percentile is the value at a share of the way through the ordered values: between
// two of them in proportion or, of those that there are, the first that so many do
// not exceed.
func percentile(share string, discrete bool, list []cell) cell {
	some := slices.DeleteFunc(slices.Clone(list), cell.isNull)
	if len(some) == 0 {
		return null
	}
	slices.SortStableFunc(some, order)
	p, _ := new(big.Rat).SetString(share)
	if discrete {
		for i, x := range some {
			if big.NewRat(int64(i+1), int64(len(some))).Cmp(p) >= 0 {
				x.soft = true
				return x
			}
		}
	}
	at := new(big.Rat).Mul(p, big.NewRat(int64(len(some)-1), 1))
	below := int(new(big.Int).Quo(at.Num(), at.Denom()).Int64())
	above := min(below+1, len(some)-1)
	part := cell{kind: 'n', num: new(big.Rat).Sub(at, big.NewRat(int64(below), 1)), soft: true}
	return arithmetic("+", some[below], arithmetic("*", part, arithmetic("-", some[above], some[below])))
}

// spread is the variance of a sample or its root; null for fewer than two values.
func spread(fn string, list []cell) cell {
	some := slices.DeleteFunc(slices.Clone(list), cell.isNull)
	n := number(int64(len(some)))
	if len(some) < 2 {
		return null
	}
	mean, sum := arithmetic("/", total(some), n), number(0)
	for _, x := range some {
		off := arithmetic("-", x, mean)
		sum = arithmetic("+", sum, arithmetic("*", off, off))
	}
	v := arithmetic("/", sum, arithmetic("-", n, number(1)))
	if fn == "stddev" {
		root := new(big.Float).SetPrec(200).SetRat(v.num)
		v.num, _ = root.Sqrt(root).Rat(nil)
	}
	return v
}

// nestedValue is the aggregate of what the finer groups of a row have. A finer group
// is there where rows count for the term.
func (e *evaluator) nestedValue(t nested, r groupRow, c place) cell {
	fill := c.fill
	a, c := e.oneAggregate(t.of, c)
	if c.over != nil || c.balance != nil || c.prorate {
		e.beyond()
		return null
	}
	id := t.line() + "@" + c.key()
	g, ok := e.cache[id]
	if !ok {
		g = e.finer(t, a, c)
		e.cache[id] = g
	}
	v, ok := g.values[r.without(e, c.coarse)]
	if !ok && (t.fn == "count" || t.fn == "count_distinct") {
		return number(0)
	}
	if v.isNull() && (fill || e.q.fill == "fill 0" && t.fn == "sum") {
		return cell{kind: 'n', num: zero, soft: double(t.fn) || double(a.fn)}
	}
	return v
}

// oneAggregate is the aggregate that a term is, with its filters and its time.
func (e *evaluator) oneAggregate(t term, c place) (aggregate, place) {
	for {
		switch x := t.(type) {
		case aggregate:
			return x, c
		case filtered:
			c.filters, t = append(slices.Clone(c.filters), x.where), x.of
		case named:
			m := e.w.metric(x.metric)
			if m.where != nil {
				c.filters = append(slices.Clone(c.filters), m.where)
			}
			c.time, t = m.time, m.expr
		default:
			panic("no aggregate")
		}
	}
}

func (e *evaluator) finer(t nested, a aggregate, c place) *grouped {
	g := &grouped{window: c.window, coarse: len(c.coarse) > 0, values: map[string]cell{}, home: a.table, time: c.time}
	parts := map[string]map[string][]cell{}
	seen := map[string]bool{}
	for _, r := range e.counted(a, c) {
		if t.fn != "sum" && e.ofNobody(r.scope, a, t) {
			continue
		}
		key := keyOf(r.key)
		if id := fmt.Sprint(key, r.index); seen[id] {
			continue
		} else {
			seen[id] = true
		}
		if parts[key] == nil {
			g.keys = append(g.keys, r.key)
			parts[key] = map[string][]cell{}
		}
		part := e.partOf(r.scope, t.per)
		parts[key][part] = append(parts[key][part], e.argument(r.scope, a))
	}
	for key, each := range parts {
		var list []cell
		for _, part := range sortedKeys(each) {
			if v := a.fold(each[part]); t.op == "" || e.compare(v, t.op, t.bound) {
				list = append(list, v)
			}
		}
		g.values[key] = foldAt(t.fn, t.share, list)
	}
	return g
}

// ofNobody reports whether a row belongs to none of the entities that a statistic is
// of, or to none of the groups that may pass a test; a total has it all the same.
func (e *evaluator) ofNobody(s scope, a aggregate, t nested) bool {
	return slices.ContainsFunc(t.per, func(g group) bool {
		if t.op != "" && g.of.name != "" {
			x, _ := e.read(s, g.of)
			return x.isNull()
		}
		return g.of.name == "" && e.w.endOf(g.of).name != a.table && slices.ContainsFunc(e.keyOfEach(s, g.of), cell.isNull)
	})
}

// partOf tells the finer group of a row.
func (e *evaluator) partOf(s scope, per []group) string {
	var cells []cell
	for _, g := range per {
		switch {
		case g.of.name == "":
			cells = append(cells, e.keyOfEach(s, g.of)...)
		default:
			x, _ := e.read(s, g.of)
			if g.grain != "" && !x.isNull() {
				x = moment(e.w.start(x.at, g.grain))
			}
			cells = append(cells, x)
		}
	}
	return keyOf(cells)
}

// randomNested is an aggregate over finer groups of a metric that is one aggregate.
func (w *world) randomNested(d dice) (nested, bool) {
	var simple []*metric
	for _, m := range w.metrics {
		if _, one := m.expr.(aggregate); one && m.kind == "" {
			simple = append(simple, m)
		}
	}
	if len(simple) == 0 {
		return nested{}, false
	}
	m := pick(d, simple)
	home := w.table(m.expr.(aggregate).table)
	t := nested{fn: pick(d, []string{"avg", "avg", "avg", "count", "count", "count_distinct", "sum", "min", "max", "median", "percentile", "percentile_disc", "stddev"}), of: named{m.name}}
	if t.fn == "count" && d.chance(60) {
		t.op, t.bound = pick(d, []string{">", ">=", "="}), number(int64(pick(d, []int{1, 2, 3, 10, 50, 200})))
	}
	if t.share = shareOf(d, t.fn); d.chance(15) {
		t.of = filtered{t.of, w.randomCond(d, home.name, 0, false)}
	}
	refs := w.reachable(home.name, false)
	for range 1 + d.IntN(4)/3 {
		g := group{of: pick(d, refs)}
		switch c := w.columnOf(g.of); {
		case c.kind == 't':
			g.grain = pick(d, []string{"day", "week", "month", "quarter", "year"})
		case len(g.of.joins) == 0 && d.chance(30):
			g.of.name = ""
		}
		if !slices.ContainsFunc(t.per, func(o group) bool { return o.line() == g.line() }) {
			t.per = append(t.per, g)
		}
	}
	return t, true
}

func shareOf(d dice, fn string) string {
	if fn != "percentile" && fn != "percentile_disc" {
		return ""
	}
	return pick(d, []string{"0", "0.1", "0.25", "0.3", "0.5", "0.55", "0.7", "0.9", "1"})
}
