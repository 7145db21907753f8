package sqlgen

import (
	"math"
	"slices"
	"strconv"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// convert credits each conversion to its first step. One CTE holds the steps
// with their keys, one the conversions with their arguments; a third joins them
// and numbers the steps of each conversion, of which the first one counts.
func (c *compiler) convert(p *semantic.Plan, s scope, l layer, b *semantic.Branch) layer {
	c.needWindows()
	cv := b.Convert
	from := s.value(cv.From)
	items := slices.Clone(l.keys)
	hashed := false
	for i, p := range cv.Pairs {
		x := s.operand(p.From).x
		items = append(items, sqltree.Item{Expr: x, Alias: pairName(i)})
		if h := c.d.JoinHash(x); h != nil {
			items = append(items, sqltree.Item{Expr: h, Alias: hashName(i)})
			hashed = true
		}
	}
	var ties []value
	for i, e := range cv.Ties {
		v := s.value(e)
		ties = append(ties, v)
		items = append(items, sqltree.Item{Expr: v.x, Alias: tieName(i)})
	}
	items = append(items, sqltree.Item{Expr: from.x, Alias: "z0"})
	q := &sqltree.Query{Body: &sqltree.Select{Items: items, From: l.from, Where: l.where}}
	if hashed {
		q.Limit = sqltree.Int(math.MaxInt64) // never reached: rows with a limit are kept, and get a key
	}
	steps := c.withQuery('r', q)
	to, then, args := c.conversions(b)

	var on []sqltree.Expr
	for i := range cv.Pairs {
		x := sqltree.C(then, pairName(i))
		if h := c.d.JoinHash(x); h != nil {
			on = append(on, sqltree.Op(sqltree.Eq, h, sqltree.C(steps, hashName(i))))
		}
		on = append(on, sqltree.Op(sqltree.Eq, x, sqltree.C(steps, pairName(i))))
	}
	order := c.latestFirst(steps, from, ties)
	for i, k := range p.Keys {
		if b.Keys[i] != nil {
			order = append(order, c.d.Order(sqltree.C(steps, keyName(i)), k.Type.Kind, false)...)
		}
	}
	nth := sqltree.Fn("row_number")
	nth.Over = &sqltree.Window{Partition: conversionKey(then, len(cv.Key)), Order: order}
	pick := []sqltree.Item{{Expr: nth, Alias: "n0"}}
	for _, k := range l.keys {
		pick = append(pick, sqltree.Item{Expr: sqltree.C(steps, k.Alias), Alias: k.Alias})
	}
	for i := range args {
		pick = append(pick, sqltree.Item{Expr: sqltree.C(then, argName(i)), Alias: argName(i)})
	}
	where := c.between(from.as(sqltree.C(steps, "z0")), to.as(sqltree.C(then, "z0")), cv.Within)
	if cv.Scans[0].Table == b.Scans[0].Table {
		where = sqltree.And(where, another(steps, then, len(cv.Key)))
	}
	name := c.with('r', &sqltree.Select{Items: pick, Where: where,
		From: &sqltree.From{Source: &sqltree.Table{Name: then}, Joins: []sqltree.Join{{Kind: sqltree.Inner, Source: &sqltree.Table{Name: steps}, On: sqltree.And(on...)}}}})
	l.args = args
	l = l.readArguments(name)
	l.where = sqltree.Op(sqltree.Eq, sqltree.C(name, "n0"), sqltree.Int(1))
	return l
}

// another is that a step and a conversion are not one row.
func another(steps, then string, key int) sqltree.Expr {
	var differ []sqltree.Expr
	for i := range key {
		differ = append(differ, sqltree.Op(sqltree.Ne, sqltree.C(steps, tieName(i)), sqltree.C(then, keyOf(i))))
	}
	return sqltree.Or(differ...)
}

func pairName(i int) string { return "p" + strconv.Itoa(i) }
func hashName(i int) string { return "h" + strconv.Itoa(i) }
func tieName(i int) string  { return "x" + strconv.Itoa(i) }
func keyOf(i int) string    { return "d" + strconv.Itoa(i) }

// conversions adds the rows that steps may lead to as a CTE: what they share
// with steps, when they happen, what tells them apart and the arguments. Rows of
// a table without a key are told apart by a number.
func (c *compiler) conversions(b *semantic.Branch) (at value, name string, args []argument) {
	cv := b.Convert
	s := c.rowScope()
	from, home := c.from(s, cv.Scans)
	at = s.value(cv.To)
	items := []sqltree.Item{{Expr: at.x, Alias: "z0"}}
	for i, p := range cv.Pairs {
		items = append(items, sqltree.Item{Expr: s.operand(p.To).x, Alias: pairName(i)})
	}
	for i, e := range cv.Key {
		items = append(items, sqltree.Item{Expr: s.value(e).x, Alias: keyOf(i)})
	}
	if len(cv.Key) == 0 {
		number := sqltree.Fn("row_number")
		number.Over = &sqltree.Window{Order: c.d.Order(at.x, at.kind, false)}
		items = append(items, sqltree.Item{Expr: number, Alias: keyOf(0)})
	}
	args = s.arguments(b.Measures)
	for i, a := range args {
		items = append(items, sqltree.Item{Expr: a.folded(), Alias: argName(i)})
	}
	return at, c.with('r', &sqltree.Select{Items: items, From: from, Where: sqltree.And(home, s.all(cv.Where))}), args
}

func conversionKey(name string, n int) []sqltree.Expr {
	var out []sqltree.Expr
	for i := range max(1, n) {
		out = append(out, sqltree.C(name, keyOf(i)))
	}
	return out
}

// latestFirst orders the steps that a conversion may belong to.
func (c *compiler) latestFirst(steps string, from value, ties []value) []sqltree.Order {
	order := c.d.Order(sqltree.C(steps, "z0"), from.kind, true)
	for i, t := range ties {
		order = append(order, c.d.Order(sqltree.C(steps, tieName(i)), t.kind, false)...)
	}
	return order
}

// between is a step no later than a conversion and less than a length before it.
func (c *compiler) between(step, then value, within semantic.Window) sqltree.Expr {
	clock := step.kind != semantic.Date || then.kind != semantic.Date || within.N > 0 && within.Unit < semantic.Day
	if step.kind != then.kind || clock && step.kind == semantic.Date {
		step.x, then.x = c.d.Trunc(step.x, semantic.Second, nil), c.d.Trunc(then.x, semantic.Second, nil)
	}
	on := sqltree.Op(sqltree.Le, step.x, then.x)
	if within.N == 0 {
		return on
	}
	return sqltree.And(on, sqltree.Op(sqltree.Gt, step.x, c.d.Shift(then.x, -within.N, within.Unit, clock)))
}
