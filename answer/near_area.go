package answer

import (
	"slices"
	"strings"

	"wenshu/nlq"
	"wenshu/semantic"
)

// measure is what numbers measure: money, time or a share; "" for pieces and the like.
type measure string

const (
	ofMoney measure = "money"
	ofTime  measure = "time"
	ofShare measure = "share"
)

// measured is what a message asks to measure, by its words.
func measured(said string) measure {
	w, x := wordingOf(said), known()
	for _, m := range []struct {
		measure measure
		says    []phrase
	}{{ofTime, x.lasting}, {ofMoney, x.spent}, {ofShare, x.shared}} {
		if w.holdsAny(m.says) {
			return m.measure
		}
	}
	return ""
}

// measures is what a metric measures, by its unit.
func measures(m *semantic.Metric) measure {
	switch {
	case m.Unit == "%":
		return ofShare
	case m.Unit == "money" || len(m.Unit) == 3 && m.Unit == strings.ToUpper(m.Unit) && isLatin(m.Unit):
		return ofMoney
	case slices.Contains(unitsOfTime, m.Unit):
		return ofTime
	}
	return ""
}

// unitsOfTime are units of metrics that measure how long something takes.
var unitsOfTime = strings.Fields("天 小时 分钟 秒 day days hour hours minute minutes second seconds")

// within offers the first metric of a subject of which none keeps what was named, and then
// metrics that keep all of it: of the other subjects of the message, then of what it names,
// the ones first that measure what it asks to measure.
func (o *offering) within(f *refusal, asked []*semantic.Metric) {
	by := o.by
	o.by = nil
	o.add(asked[0], false)
	o.by = by
	list, of := o.keepers(f), measured(f.said)
	if of == ofMoney || of == ofTime {
		slices.SortStableFunc(list, func(a, b *semantic.Metric) int {
			switch x, y := measures(a) == of, measures(b) == of; {
			case x && !y:
				return -1
			case y && !x:
				return 1
			}
			return 0
		})
	}
	for _, m := range list {
		o.add(m, true)
	}
}

// keepers are metrics that may keep what a refused message names.
func (o *offering) keepers(f *refusal) []*semantic.Metric {
	var list []*semantic.Metric
	add := func(m *semantic.Metric) {
		if len(list) < maxBeside && !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	for _, m := range o.a.snap.model.Metrics {
		if m.Home != nil && slices.ContainsFunc(f.named, func(object nlq.Object) bool {
			return object.Member != "" && slices.Contains(m.Home.Dimensions, object.Dimension)
		}) {
			add(m)
		}
	}
	for _, s := range known().subjectsOf(nil, f.said) {
		for _, m := range o.a.snap.metricsOf(s) {
			add(m)
		}
	}
	return list
}

// elsewhere are the metrics of what else a message says, where what nothing was found about
// is something that all of a company has: electricity, competitors, accidents.
func (o *offering) elsewhere(f *refusal, asked []*semantic.Metric) []*semantic.Metric {
	subjects := f.subjects()
	if len(subjects) == 0 || !subjects[0].wide {
		return asked
	}
	others := slices.DeleteFunc(known().subjectsOf(nil, f.said), func(s *subject) bool { return s.wide || slices.Contains(subjects, s) })
	list := slices.Clone(o.metricsOf(others))
	for _, m := range asked {
		if !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list
}

// spending offers what was spent in place of the last offer, where a message asks what
// something cost and no offer is of expenses.
func (o *offering) spending(f *refusal) {
	if f.wants != "" || measured(f.said) != ofMoney {
		return
	}
	expense := known().spending()
	if expense == nil {
		return
	}
	list := o.a.snap.metricsOf(expense)
	if len(list) == 0 || slices.Contains(o.metrics, list[0]) || slices.ContainsFunc(o.metrics, o.a.isSpent) {
		return
	}
	if len(o.list) == maxOffered {
		o.list = slices.Delete(o.list, 1, 2) // the first and the last say most
	}
	if o.split == nil {
		o.by, o.metrics = expense.by, o.metrics[:0]
		if by := o.usualSplit(list[0]); by != nil {
			if q, _ := o.keeping(list[0], false); q != nil && o.putSplit(by, q) {
				return
			}
		}
	}
	o.add(list[0], false)
}

// isSpent reports whether a metric is called after what is spent.
func (a *asking) isSpent(m *semantic.Metric) bool {
	return slices.ContainsFunc(m.Names.Texts(), func(name string) bool { return wordingOf(name).holds(" spend ") })
}

// spending is the subject of what companies spend; nil where the lexicon has none.
func (x *lexicon) spending() *subject {
	at := slices.IndexFunc(x.subjects, func(s *subject) bool { return s.name == "expense" })
	if at < 0 {
		return nil
	}
	return x.subjects[at]
}
