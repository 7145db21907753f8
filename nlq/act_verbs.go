package nlq

import "strings"

// addActVerb takes a participle that nothing else knows for the verb of the acts
// that a table is called after: certified, where there are certificates.
func (r *Reader) addActVerb(l *lattice, at int) {
	token := l.text.At(at)
	if token.Class != Word || !strings.HasSuffix(token.Norm, "ed") && !strings.HasSuffix(token.Norm, "ing") {
		return
	}
	for _, m := range l.starts[at] {
		if m.end > at {
			return
		}
	}
	var stems []string
	for _, base := range r.bases(token.Norm) {
		if len(base) >= leastStem {
			stems = append(stems, strings.TrimSuffix(base, "e"))
		}
	}
	if len(stems) == 0 || r.actCalled(stems, r.model.Tables) == nil {
		return
	}
	l.add(mention{from: at, end: at + 1, means: Verb{}, cost: costMention + costWeak, why: "weak"})
}
