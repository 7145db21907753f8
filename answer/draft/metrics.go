package draft

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// metric is a number that the draft proposes.
type metric struct {
	name     string
	expr     string
	label    semantic.Label
	synonyms []string
	shared   []string // synonyms that another metric may have, where the grouping tells
	overTime string
	where    string // which rows count; "" for all
	time     string // the moment that counts; "" for that of the table
	home     *table
}

// mostMeasures of one table become metrics; the others can be asked for by
// their aggregate all the same.
const mostMeasures = 12

// proposeMetrics counts the rows of every entity and sums or averages its
// measures.
func (d *drafting) proposeMetrics() {
	taken := d.takenNames()
	d.settleDurations(taken)
	d.settleMembers(taken)
	taxed, others := d.taxed(), d.manyPromise()
	for _, t := range d.tables {
		if t.bridge || t.ofCodes {
			continue
		}
		d.offer(taken, t.countMetric())
		for _, m := range slices.Concat(t.defined(), t.balances(), t.taxedSums(taxed)) {
			d.offer(taken, m)
		}
		if m, ok := t.received(); ok {
			d.offer(taken, m)
		}
		if c := t.takings(); c != nil {
			d.offer(taken, c.revenueMetric())
			d.offer(taken, c.averageTaken())
			if m, ok := c.takenPerBuyer(); ok {
				d.offer(taken, m)
			}
		}
		if g := t.goods(); g != nil && t.takings() == nil {
			for _, m := range t.goodsMetrics(g) {
				d.offer(taken, m)
			}
		}
		if m, ok := t.usedUp(); ok && t.goods() == nil {
			d.offer(taken, m)
		}
		for _, m := range t.rateMetrics() {
			d.offer(taken, m)
		}
		if m, ok := t.stockValue(); ok {
			d.offer(taken, m)
		}
		for _, m := range slices.Concat(t.promiseRates(others), t.flagRates(), t.stateRates(), t.doneRates()) {
			d.offer(taken, m)
		}
		if m, ok := t.outstanding(); ok {
			d.offer(taken, m)
		}
		for _, m := range t.taxedBillings() {
			d.offer(taken, m)
		}
		if m, ok := t.worth(); ok {
			d.offer(taken, m)
		}
		if m, ok := t.billings(); ok {
			d.offer(taken, m)
		}
		n := 0
		for _, c := range t.columns {
			if c.name == "" || c.sum() == "" || n == mostMeasures {
				continue
			}
			n++
			if c.isTotal() {
				d.offer(taken, c.totalMetric())
				continue
			}
			d.offer(taken, c.measureMetric())
			if m, ok := c.inAll(); ok {
				d.offer(taken, m)
			}
		}
	}
	d.proposeLast(taken)
	d.findPhrases(taken)
}

// manyPromise reports whether rows of several tables are done in time or late.
func (d *drafting) manyPromise() bool {
	n := 0
	for _, t := range d.tables {
		if !t.bridge && !t.ofCodes && len(t.promises()) > 0 {
			n++
		}
	}
	return n > 1
}

// proposeLast proposes what is told by one table of another, and the counts of what happened,
// where nothing else is called so.
func (d *drafting) proposeLast(taken map[string]bool) {
	for _, t := range d.tables {
		if m, ok := t.collected(); ok {
			d.offer(taken, m)
		}
		for _, m := range t.sequelRates() {
			d.offer(taken, m)
		}
	}
	for _, m := range append(d.eventMetrics(), d.stateMetrics()...) {
		if plain := singularPhrase(m.label.EN); !taken[plain] {
			d.offer(taken, m)
		}
	}
	for _, t := range d.tables {
		for _, m := range t.endedCounts() {
			if !t.bridge && !taken[m.label.EN] {
				d.offer(taken, m)
			}
		}
	}
}

// takenNames are the texts that already mean something.
func (d *drafting) takenNames() map[string]bool {
	taken := map[string]bool{}
	for _, t := range d.tables {
		for _, s := range append([]string{t.label.EN, t.label.ZH}, t.synonyms...) {
			taken[strings.ToLower(s)] = true
		}
		for _, c := range t.columns {
			for _, s := range append([]string{c.label.EN, c.label.ZH}, c.synonyms...) {
				taken[strings.ToLower(s)] = true
			}
		}
	}
	return taken
}

// offer adds a metric unless its names mean something else already. Names that
// are taken are tried once more with the table in front.
func (d *drafting) offer(taken map[string]bool, m metric) {
	free := func(s string) bool { return s != "" && !taken[strings.ToLower(s)] }
	if !free(m.label.EN) {
		m.label.EN = longer(m, m.home.label.EN+" ", m.label.EN)
	}
	if m.label == (semantic.Label{}) {
		return
	}
	if m.label.ZH != "" && !free(m.label.ZH) {
		m.label.ZH = longer(m, m.home.label.ZH, m.label.ZH)
	}
	if !free(m.label.EN) && !free(m.label.ZH) || slices.ContainsFunc(d.metrics, func(o metric) bool { return o.name == m.name }) {
		return
	}
	if !free(m.label.EN) {
		m.label.EN = ""
	}
	if !free(m.label.ZH) {
		m.label.ZH = ""
	}
	m.synonyms = slices.DeleteFunc(m.synonyms, func(s string) bool { return !free(s) || s == m.label.EN || s == m.label.ZH })
	for _, s := range append([]string{m.label.EN, m.label.ZH}, m.synonyms...) {
		taken[strings.ToLower(s)] = true
	}
	m.synonyms = append(m.synonyms, m.shared...)
	d.metrics = append(d.metrics, m)
}

// longer puts the table into the label of a measure, behind total or average.
func longer(m metric, front, label string) string {
	if strings.TrimSpace(front) == "" {
		return ""
	}
	for _, first := range []string{"total ", "average ", "总", "平均"} {
		if rest, ok := strings.CutPrefix(label, first); ok {
			return first + front + rest
		}
	}
	return ""
}

func (t *table) countMetric() metric {
	m := metric{name: t.name + "_count", expr: "count(" + spelled(t.name) + ")", home: t}
	if t.label.EN != "" {
		m.label.EN = "number of " + pluralPhrase(t.label.EN)
		m.synonyms = append(m.synonyms, t.label.EN+" count")
		if t.isPeople() && t.hires() {
			m.synonyms = append(m.synonyms, "headcount", "head count")
		}
	}
	if t.label.ZH != "" {
		m.label.ZH = t.label.ZH + "数"
		m.synonyms = append(m.synonyms, t.label.ZH+"数量", t.label.ZH+"总数")
		if t.isPeople() {
			m.synonyms = append(m.synonyms, t.label.ZH+"人数")
		}
	}
	return m
}

func (c *column) measureMetric() metric {
	m := metric{home: c.table}
	words := map[string][2]string{"sum": {"total", "总"}, "avg": {"average", "平均"}}[c.sum()]
	m.name = words[0] + "_" + c.name
	if c.table.sharesMeasure(c.name) {
		m.name = c.table.name + "_" + m.name
	}
	m.expr = c.sum() + "(" + spelled(c.table.name) + "." + spelled(c.name) + ")"
	if e := c.label.EN; e != "" {
		m.label.EN = words[0] + " " + e
		if c.table.sharesMeasure(c.name) && c.table.label.EN != "" && !strings.HasPrefix(e, c.table.label.EN+" ") {
			m.label.EN = words[0] + " " + c.table.label.EN + " " + e // total loan amount, beside that of transactions
		}
	}
	if z := c.label.ZH; z != "" {
		m.label.ZH = words[1] + z
	}
	if c.sum() == "sum" && c.table.time != nil && c.isBalance() && c.table.repeatsInTime() {
		m.overTime = "last"
		m.label = semantic.Label{EN: strings.TrimSpace("current " + c.label.EN), ZH: "当前" + c.label.ZH}
		if c.label.EN == "" {
			m.label.EN = ""
		}
		if c.label.ZH == "" {
			m.label.ZH = ""
		}
	}
	return m
}

// totalMetric is the metric of a measure that is called a total or an average
// already: it bears the table in its name, total bill amount, 账单总金额.
func (c *column) totalMetric() metric {
	m := metric{home: c.table, name: c.name + "_of_" + c.table.name}
	m.expr = c.sum() + "(" + spelled(c.table.name) + "." + spelled(c.name) + ")"
	switch first, rest, ok := strings.Cut(c.label.EN, " "); {
	case c.label.EN != "" && !ok && c.label.EN != "total" && c.label.EN != "average" || ok && !beginsTotal(c.label.EN):
		m.label.EN = map[string]string{"sum": "total", "avg": "average"}[c.sum()] + " " + c.label.EN // 总额 is called gross
		m.synonyms = append(m.synonyms, "total "+c.table.label.EN+" "+c.label.EN)
	case ok && c.table.label.EN != "":
		m.label.EN = first + " " + c.table.label.EN + " " + rest
		m.synonyms = append(m.synonyms, c.table.label.EN+" "+c.label.EN)
	}
	if hasHan(c.label.ZH) && hasHan(c.table.label.ZH) && !strings.HasPrefix(c.label.ZH, c.table.label.ZH) {
		m.label.ZH = c.table.label.ZH + c.label.ZH
	}
	return m
}

// repeatsInTime reports whether the same things stand in a table once for each of
// its times, as in a snapshot: its time is part of its key, or it has no key of
// one column. The balance of accounts with a day of opening is none of these.
func (t *table) repeatsInTime() bool {
	for _, k := range t.keys {
		if slices.Contains(k.columns, t.time) {
			return true
		}
	}
	return !slices.ContainsFunc(t.keys, func(k key) bool { return len(k.columns) == 1 })
}

// isTotal reports whether a measure is called a total or an average already:
// the column's own name says all that a metric would.
func (c *column) isTotal() bool {
	return beginsTotal(c.label.EN) || strings.HasPrefix(c.label.ZH, "总") || strings.HasPrefix(c.label.ZH, "平均")
}

// beginsTotal reports whether an English name begins with what a metric would say.
func beginsTotal(name string) bool {
	return slices.ContainsFunc([]string{"total ", "average ", "overall "}, func(front string) bool { return strings.HasPrefix(name, front) })
}

// sharesMeasure reports whether another table has a measure of that name.
func (t *table) sharesMeasure(name string) bool { return t.repeated[name] }

// isBalance reports whether a number is a level at a moment, which is not added
// over time.
func (c *column) isBalance() bool {
	if words := c.nameWords(); len(words) == 1 && words[0] == "headcount" {
		return true
	}
	return slices.ContainsFunc(c.nameWords(), func(w string) bool {
		return w == "balance" || w == "inventory" || w == "stock" || w == "remaining" || w == "outstanding"
	})
}
