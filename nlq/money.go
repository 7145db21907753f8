package nlq

import (
	"slices"

	"wenshu/semantic"
)

// totalOf returns the metric that adds up the money of an entity's rows and is
// called so: 退款金额 of 退款; nil when none is.
func (r *Reader) totalOf(t *semantic.Table) *semantic.Metric {
	for _, m := range r.model.Metrics {
		if !slices.ContainsFunc(t.Dimensions, func(d *semantic.Dimension) bool { return adds(m, d) }) {
			continue
		}
		if isAmountOf(&semantic.Dimension{Names: m.Names}, t) {
			return m
		}
	}
	return nil
}

// moneyOf returns the column of money of a table: the one that is called the
// amount of the entity, the only one, or the only one that a metric adds up; nil
// when that leaves several.
func (r *Reader) moneyOf(t *semantic.Table) *semantic.Dimension {
	if t == nil {
		return nil
	}
	var all, added []*semantic.Dimension
	for _, d := range t.Dimensions {
		if !isMeasurable(d) || d.Unit == "" && d.Format.Style != "money" || secondsIn[d.Unit] > 0 {
			continue // how many days late is no money
		}
		if isAmountOf(d, t) {
			return d
		}
		all = append(all, d)
		if slices.ContainsFunc(r.model.Metrics, func(m *semantic.Metric) bool { return adds(m, d) }) {
			added = append(added, d)
		}
	}
	switch {
	case len(all) == 1:
		return all[0]
	case len(added) == 1:
		return added[0]
	}
	return nil
}

// prices are the last words of columns that say what an act was paid with.
var prices = []string{"amount", "price", "fare", "fee", "total", "cost", "charge", "value", "paid", "金额", "总额", "价格", "费用", "票价"}

// paidIn returns the column that says how much money changed hands in an act: its
// column of money, or the only one that is called a price or an amount; nil when none
// surely is, as where a price is for each of a quantity.
func (r *Reader) paidIn(acts *semantic.Table) *semantic.Dimension {
	if d := r.moneyOf(acts); d != nil || acts == nil {
		return d
	}
	var found *semantic.Dimension
	for _, d := range acts.Dimensions {
		switch {
		case !isMeasurable(d):
		case r.hasWord(d, "quantity"), r.hasWord(d, "qty"), r.hasWord(d, "数量"), r.hasWord(d, "unit"):
			return nil
		case slices.ContainsFunc(prices, func(word string) bool { return r.hasWord(d, word) }):
			if found != nil {
				return nil
			}
			found = d
		}
	}
	return found
}

func (r *Reader) hasWord(d *semantic.Dimension, word string) bool {
	return r.mentions(d, normsOf(word)) >= partly
}

// isAmountOf reports whether a column is called the amount of its entity: order
// amount, 订单金额.
func isAmountOf(d *semantic.Dimension, t *semantic.Table) bool {
	zh, en := t.Names.Label.ZH, t.Names.Label.EN
	for _, amount := range []string{"金额", "总额", "总金额"} {
		if zh != "" && d.Names.Label.ZH == zh+amount {
			return true
		}
	}
	for _, amount := range []string{" amount", " value", " total", " total amount"} {
		if en != "" && d.Names.Label.EN == en+amount {
			return true
		}
	}
	return false
}

// addedUp is the metric that adds up a column and nothing else; nil where none
// does.
func (r *Reader) addedUp(d *semantic.Dimension) *semantic.Metric {
	for _, m := range r.model.Metrics {
		if adds(m, d) && m.Where == nil {
			return m
		}
	}
	return nil
}

// adds reports whether a metric is the plain sum of a column.
func adds(m *semantic.Metric, d *semantic.Dimension) bool {
	call, ok := m.Expr.(semantic.Call)
	if !ok || call.Func != "sum" || len(call.Args) != 1 || m.Home != d.Table {
		return false
	}
	name, ok := call.Args[0].(semantic.Name)
	return ok && name.Path[len(name.Path)-1] == d.Name
}

// listsMoney reports whether a list of rows has a number that may be of money: what is asked
// by 多少钱 is no name.
func (b *builder) listsMoney(q *semantic.Query) bool {
	return slices.ContainsFunc(q.Items, func(i semantic.Item) bool {
		name, ok := i.Expr.(semantic.Name)
		d := b.r.dimensionOf(name)
		return !ok || d != nil && isMeasurable(d) && (b.r.isMoney(d) || d.Unit == "")
	})
}
