package answer

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"wenshu/nlq"
	"wenshu/semantic"
)

// metricCalled returns the metric of a name, a label or a synonym; nil for none.
func (a *asking) metricCalled(name string) *semantic.Metric {
	if m := a.snap.model.Metric(name); m != nil {
		return m
	}
	key := folded(name)
	for _, m := range a.snap.model.Metrics {
		if slices.ContainsFunc(namesOfMetric(m), func(text string) bool { return folded(text) == key }) {
			return m
		}
	}
	return nil
}

func namesOfMetric(m *semantic.Metric) []string {
	return m.Names.Texts()
}

// metricsLike returns the visible metrics whose names share most with a question,
// the likest first: words of four letters or more, pairs of Han characters.
func (a *asking) metricsLike(question string) []*semantic.Metric {
	said := shingles(question)
	type scored struct {
		metric *semantic.Metric
		score  int // in hundredths: what is shared, and how much of the name that is
	}
	var found []scored
	for _, m := range a.snap.model.Metrics {
		best := 0
		for _, name := range namesOfMetric(m) {
			of, shared := shingles(name), 0
			for s := range of {
				if said[s] {
					shared++
				}
			}
			if shared > 0 {
				best = max(best, 100*shared+100*shared/len(of))
			}
		}
		if best > 0 && a.visible(nlq.Object{Metric: m}) {
			found = append(found, scored{m, best})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var list []*semantic.Metric
	for _, f := range found[:min(3, len(found))] {
		list = append(list, f.metric)
	}
	return list
}

// shingles are the words of four letters or more and the pairs of neighbouring Han
// characters of a text.
func shingles(text string) map[string]bool {
	set := map[string]bool{}
	last := ""
	for _, token := range nlq.NewText(text).Tokens {
		han := token.Class == nlq.Han
		switch {
		case han && last != "":
			set[last+token.Norm] = true
		case token.Class == nlq.Word && len(token.Norm) >= 4 && !commonWords[token.Norm] && !strings.ContainsFunc(token.Norm, func(r rune) bool { return !unicode.IsLetter(r) }):
			set[strings.TrimSuffix(token.Norm, "s")] = true
		}
		last = ""
		if han {
			last = token.Norm
		}
	}
	return set
}

// commonWords say nothing about what a metric measures.
var commonWords = map[string]bool{
	"what": true, "which": true, "where": true, "when": true, "show": true, "list": true, "number": true, "total": true, "average": true, "rate": true, "amount": true, "count": true,
	"last": true, "this": true, "that": true, "month": true, "year": true, "week": true, "quarter": true, "with": true, "from": true, "much": true, "many": true, "have": true, "does": true, "were": true,
	"each": true, "open": true, "plan": true, "time": true, "days": true, "over": true,
}
