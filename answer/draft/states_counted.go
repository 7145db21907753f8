package draft

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// mostStates is how many values a column of states has at most.
const mostStates = 20

// stateMetrics count the rows of a table that are in a state which is called by an act:
// cancellations are the flights that are cancelled, where no moment says when that was.
func (d *drafting) stateMetrics() []metric {
	var all []metric
	for _, t := range d.tables {
		if t.bridge {
			continue
		}
		for _, c := range t.columns {
			all = append(all, c.statesCounted()...)
		}
	}
	return calledOnce(all)
}

// statesCounted are the counts of the rows in the states of one column.
func (c *column) statesCounted() []metric {
	if c.name == "" || c.join != nil || c.kind.Kind != semantic.Text || c.distinct > mostStates || !saysAny(c, stateWords) {
		return nil
	}
	var all []metric
	for _, v := range c.values {
		h, noun := stateHappening(c.calls(v))
		if h == nil || c.table.tellsWhen(h) {
			continue
		}
		m := metric{name: c.table.name + "_" + strings.ReplaceAll(h.events[0], " ", "_"), expr: "count(" + spelled(c.table.name) + ")", home: c.table}
		m.where = c.table.spelt(c) + " = " + c.literals([]string{v})
		m.synonyms = slices.Clone(h.events)
		if c.table.label.EN != "" && noun != "" {
			m.synonyms = append(m.synonyms, c.table.label.EN+" "+noun)
		}
		if slices.ContainsFunc(all, func(o metric) bool { return o.name == m.name }) {
			return nil
		}
		all = append(all, m)
	}
	return all
}

// stateWords are words of columns that say in what state a row is.
var stateWords = wordSet("status state stage outcome result decision disposition sts stat")

// calls is what a value of a column is called in English.
func (c *column) calls(v string) string {
	if at := slices.IndexFunc(c.held, func(m member) bool { return m.value == v && m.en != "" }); at >= 0 {
		v = c.held[at].en
	}
	return strings.ToLower(v)
}

// stateHappening is what has happened to a row in a state, and the plural of its noun.
func stateHappening(state string) (*happening, string) {
	for i := range happenings {
		h := &happenings[i]
		if len(h.events) == 0 || h.begins || state != h.past && !(h.past == "cancelled" && state == "canceled") {
			continue
		}
		return h, h.events[0]
	}
	return nil, ""
}

// tellsWhen reports whether a moment of the table is that of a happening.
func (t *table) tellsWhen(h *happening) bool {
	return slices.ContainsFunc(t.columns, func(c *column) bool { return c.role == moment && c.saidHappening() == h && !saysAny(c, meant) })
}
