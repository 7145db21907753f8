package answer

import (
	"strings"
	"time"

	"wenshu/nlq"
	"wenshu/semantic"
)

// book words the objects of one model in one language. It is made per answer
// and not safe for concurrent use.
type book struct {
	w     *words
	model *semantic.Model
	now   time.Time  // when it is asked, for periods without a word; zero where that is not known
	wish  nlq.InUnit // the unit that numbers are wanted in; zero for none

	amounts bool // there is money among the numbers: the unit is meant for that
}

// look is how the numbers of an answer are written, whatever their columns say.
type look struct {
	currency string // of money without a unit of its own
	wish     nlq.InUnit
	amounts  bool // the unit is wanted for amounts of money alone
}

func (b *book) look() look { return look{b.model.Currency, b.wish, b.amounts} }

// metric returns the metric of that name, or nil.
func (b *book) metric(name string) *semantic.Metric {
	for _, m := range b.model.Metrics {
		if m.Name == name {
			return m
		}
	}
	return nil
}

// tableNamed returns the table of that name, or nil.
func (b *book) tableNamed(name string) *semantic.Table {
	for _, t := range b.model.Tables {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// dimension resolves a name of a query line for wording: a path is followed
// through tables and joins, a short name is the first dimension so called.
func (b *book) dimension(path []string) *semantic.Dimension {
	last := path[len(path)-1]
	if len(path) == 1 {
		for _, t := range b.model.Tables {
			if d := dimensionIn(t, last); d != nil {
				return d
			}
		}
		return nil
	}
	t := b.tableNamed(path[0])
	for _, step := range path[1 : len(path)-1] {
		if t == nil {
			return nil
		}
		t = joinedTo(t, step)
	}
	if t == nil {
		return b.dimension(path[len(path)-1:])
	}
	return dimensionIn(t, last)
}

func dimensionIn(t *semantic.Table, name string) *semantic.Dimension {
	for _, d := range t.Dimensions {
		if d.Name == name {
			return d
		}
	}
	return nil
}

func joinedTo(t *semantic.Table, join string) *semantic.Table {
	for _, j := range t.Joins {
		if j.Name == join {
			return j.To
		}
	}
	return nil
}

// join resolves a path that ends in a join; nil when it does not.
func (b *book) join(path []string) *semantic.Join {
	t := b.tableNamed(path[0])
	for i, step := range path[1:] {
		if t == nil {
			return nil
		}
		for _, j := range t.Joins {
			if j.Name == step && i == len(path)-2 {
				return j
			}
		}
		t = joinedTo(t, step)
	}
	return nil
}

// label is what an object is called; its name when it has no label.
func (b *book) label(n semantic.Names, name string) string {
	if label := b.w.label(n.Label); label != "" {
		return label
	}
	return strings.ReplaceAll(name, "_", " ")
}

func (b *book) metricLabel(m *semantic.Metric) string       { return b.label(m.Names, m.Name) }
func (b *book) dimensionLabel(d *semantic.Dimension) string { return b.label(d.Names, d.Name) }

// tableLabel is what one row of a table is called.
func (b *book) tableLabel(t *semantic.Table) string { return b.label(t.Names, t.Name) }

// member is what a value of a dimension is called. A label that only repeats the
// value is the value, in the script that it is stored in.
func (b *book) member(d *semantic.Dimension, v semantic.Value) string {
	for _, m := range d.Values {
		if m.Value == v {
			if label := b.w.label(m.Names.Label); label != "" && m.Names.Label.In(b.w.lang) != v.String() {
				return label
			}
			break
		}
	}
	if v.IsNull() {
		return b.w.NullName
	}
	return v.String()
}

// columnLabel is the heading of a column.
func (b *book) columnLabel(c semantic.OutColumn) string {
	switch {
	case c.Metric != nil && c.Role != semantic.ValueColumn:
		if m, ok := b.w.Columns[derivedNames[c.Role]]; ok {
			return m.string(word("metric", b.valueLabel(c)))
		}
		return b.valueLabel(c)
	case c.Metric != nil:
		return b.valueLabel(c)
	case c.Grain != (semantic.Grain{}):
		return b.grainLabel(c.Grain)
	case c.Dimension != nil:
		return b.dimensionLabel(c.Dimension)
	}
	return b.lineLabel(c)
}

// valueLabel is what a column of a metric is of: the metric, or the sum or
// difference of several.
func (b *book) valueLabel(c semantic.OutColumn) string {
	e, err := semantic.ParseExpr(c.Name)
	if err != nil {
		return b.metricLabel(c.Metric)
	}
	if call, ok := e.(semantic.Call); ok && derivedNames[c.Role] == call.Func && len(call.Args) > 0 {
		e = call.Args[0]
	}
	if some, ok := e.(semantic.Filtered); ok {
		return b.expr(some) // beside the whole it must not be called the same
	}
	computed, ok := e.(semantic.Binary)
	call, _ := e.(semantic.Call)
	_, filtered := e.(semantic.Filtered)
	switch {
	case filtered:
		return b.expr(e) // of some of the rows, which the metric alone would not say
	case len(call.Per) > 0:
		return b.averageOf(c.Metric, call)
	case !ok:
		return b.metricLabel(c.Metric)
	case computed.Op == semantic.Sub:
		return b.w.Gap.string(word("a", b.expr(computed.L)), word("b", b.expr(computed.R)))
	}
	return b.expr(e)
}

// averageOf is what an aggregate of a metric per something is called: the average of
// orders per customer is no number of orders.
func (b *book) averageOf(m *semantic.Metric, call semantic.Call) string {
	said, ok := b.w.Aggregates[call.Func]
	if !ok {
		return b.metricLabel(m)
	}
	per := make([]string, len(call.Per))
	for i, p := range call.Per {
		per[i] = b.entity(p)
	}
	return b.w.AggregatePer.string(word("a", said.string(word("a", b.metricLabel(m)))), word("per", b.w.joinStrings(per)))
}

// derivedNames are the functions that make the derived roles.
var derivedNames = map[semantic.Role]string{
	semantic.EarlierColumn: "prior", semantic.ChangeColumn: "change", semantic.GrowthColumn: "growth", semantic.ShareColumn: "share",
	semantic.RankColumn: "rank", semantic.RunningColumn: "running", semantic.MovingColumn: "moving",
}

// lineLabel words a column that is an expression: by its alias, or by reading
// its name as the query line spells it.
func (b *book) lineLabel(c semantic.OutColumn) string {
	name := c.Name
	e, err := semantic.ParseExpr(name)
	if err != nil {
		return strings.ReplaceAll(name, "_", " ")
	}
	return b.expr(e)
}

// grainLabel is the heading of a time column: 月, month.
func (b *book) grainLabel(g semantic.Grain) string {
	if g.Cyclic != semantic.NoCycle {
		return b.w.Cycles[g.Cyclic]
	}
	return b.w.Grains[g.Unit]
}

// upper makes the first letter a capital, for labels that stand alone.
func upper(s string) string { return sentence(text{s: s}).s }
