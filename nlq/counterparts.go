package nlq

import (
	"slices"

	"wenshu/semantic"
)

// addCounterparts reads 金额 and 数量 in a follow-up as the other side of the one
// metric that was shown: behind 销量, which is also called 销售数量, 金额 is 销售金额.
func (a *attempt) addCounterparts(l *lattice) {
	if len(a.q.Prior) == 0 || a.q.Prior[0].Query == nil || len(a.q.Prior[0].Query.Items) != 1 {
		return
	}
	shown := a.r.metricNamed(a.q.Prior[0].Query.Items[0].Expr)
	if shown == nil {
		return
	}
	for at := range l.starts {
		for _, side := range [][2][][]string{{amounts, quantities}, {quantities, amounts}} {
			for _, word := range side[0] {
				if len(word) < 2 || !l.text.saysAt(at, word) {
					continue
				}
				m := a.r.counterpart(shown, side[1], [][]string{word}) // closed by the very word before others
				if m == nil {
					m = a.r.counterpart(shown, side[1], side[0])
				}
				if m != nil && a.see.object(Object{Metric: m}) {
					l.starts[at] = slices.DeleteFunc(l.starts[at], func(o mention) bool { _, named := o.means.(names); return named && o.end == at+len(word) })
					l.starts[at] = append(l.starts[at], mention{from: at, end: at + len(word), means: names{[]alt{{object: Object{Metric: m}}}}, cost: costMention})
				}
			}
		}
	}
}

// amounts and quantities close the names of what is worth and what is counted.
var (
	amounts    = [][]string{{"金", "额"}, {"额"}}
	quantities = [][]string{{"数", "量"}, {"件", "数"}, {"笔", "数"}, {"单", "数"}, {"数"}, {"量"}}
)

// metricNamed is the metric that an expression of a query names; nil for none.
func (r *Reader) metricNamed(e semantic.Expr) *semantic.Metric {
	name, ok := e.(semantic.Name)
	if !ok || len(name.Path) != 1 {
		return nil
	}
	for _, m := range r.model.Metrics {
		if m.Name == name.Path[0] {
			return m
		}
	}
	return nil
}

// counterpart is the one metric that is called as another is but for the closing; nil
// for none or several.
func (r *Reader) counterpart(m *semantic.Metric, closings, others [][]string) *semantic.Metric {
	var found *semantic.Metric
	for _, name := range r.chinese(m.Names) {
		for _, closing := range closings {
			n := len(name) - len(closing)
			if n < 1 || !equalNorms(name[n:], closing) {
				continue
			}
			for _, other := range others {
				for _, c := range r.vocabulary.names.exact(append(append([]string{}, name[:n]...), other...)) {
					o := c.object.Metric
					if o == nil || o == m || c.cost > costSynonym {
						continue
					}
					if found != nil && found != o {
						return nil
					}
					found = o
				}
			}
		}
	}
	return found
}
