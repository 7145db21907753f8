package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// preferPronouns makes a member of two letters dearer that is typed small and is a
// word of a language: the number of passengers in it are not those of Italy. So is one
// of three letters that is a word between others: per depot is not at Perth, nor by a
// column PER.
func (l *lattice) preferPronouns(at int) {
	said := l.text.Said(at, at+1)
	if l.text.At(at).Class != Word || len(said) > 3 || said != strings.ToLower(said) || said == "us" {
		return
	}
	if !slices.ContainsFunc(l.starts[at], func(m mention) bool {
		_, ok := m.means.(Part)
		return ok && m.end == at+1 && (len(said) <= 2 || between(m.means))
	}) {
		return
	}
	betweens := slices.ContainsFunc(l.starts[at], func(m mention) bool { return m.end == at+1 && between(m.means) })
	for i, m := range l.starts[at] {
		if n, ok := m.means.(names); ok && m.end == at+1 && (n.alts[0].object.Member != "" || betweens) {
			l.starts[at][i].cost += costLetter
		}
	}
}

// questionWords open a question; verbsAsked follow one which is
// no name.
var (
	questionWords = map[string]bool{"how": true, "what": true, "when": true, "where": true, "who": true, "which": true, "why": true}
	verbsAsked    = map[string]bool{"do": true, "does": true, "did": true, "is": true, "are": true, "was": true, "were": true, "has": true, "have": true, "had": true, "can": true, "could": true, "will": true, "would": true, "should": true, "many": true, "much": true}
)

// preferQuestions makes a name dearer that is a question word with its verb: how does
// the ratio vary is not about a column how.
func (l *lattice) preferQuestions(at int) {
	if !questionWords[l.text.At(at).Norm] || !verbsAsked[l.text.At(at+1).Norm] {
		return
	}
	for i, m := range l.starts[at] {
		if _, ok := m.means.(names); ok && m.end == at+1 {
			l.starts[at][i].cost += costLetter
		}
	}
	if norm := l.text.At(at + 1).Norm; norm == "much" || norm == "many" {
		l.starts[at] = slices.DeleteFunc(l.starts[at], func(m mention) bool {
			_, asks := m.means.(Which)
			return asks && m.end == at+1 // how much asks for a number, whatever else how asks for
		})
	}
}

// preferCapitals makes a word of a language dearer that is typed with a capital
// inside a sentence and is a member: passengers in First are in that class.
func (l *lattice) preferCapitals(at int) {
	said := l.text.Said(at, at+1)
	if at == 0 || l.text.At(at).Class != Word || l.text.At(at-1).Class == Mark && l.text.At(at-1).Norm != "," || len(said) < 2 || said[:1] == strings.ToLower(said[:1]) || l.text.Typed == strings.ToUpper(l.text.Typed) {
		return
	}
	member := func(m mention) bool {
		n, ok := m.means.(names)
		return ok && m.end == at+1 && m.typo == "" && n.alts[0].object.Member != ""
	}
	if !slices.ContainsFunc(l.starts[at], member) {
		return
	}
	for i, m := range l.starts[at] {
		if _, ok := m.means.(Part); ok && m.end == at+1 {
			l.starts[at][i].cost += costUnlikely
		}
	}
}

// preferPhrases drops what a column of yes and no is called by the end of its name
// where an adjective of that column stands: 品牌 of 是否品牌 says which shops.
func (l *lattice) preferPhrases(at int) {
	tested := map[string]bool{}
	for _, m := range l.starts[at] {
		if p, ok := m.means.(phrased); ok {
			semantic.Walk(p.phrase.Where, func(x semantic.Expr) {
				if name, ok := x.(semantic.Name); ok {
					tested[name.Path[len(name.Path)-1]] = true
				}
			})
		}
	}
	if len(tested) == 0 {
		return
	}
	l.keepPhrases(at)
	l.starts[at] = slices.DeleteFunc(l.starts[at], func(m mention) bool {
		_, noise := m.means.(Noise)
		return noise && m.why == "" && slices.ContainsFunc(l.starts[at], func(o mention) bool { _, ok := o.means.(phrased); return ok && o.end == m.end })
	})
	l.starts[at] = slices.DeleteFunc(l.starts[at], func(m mention) bool {
		n, ok := m.means.(names)
		if !ok || m.cost < costMention+costDerived {
			return false
		}
		d := n.alts[0].object.Dimension
		return len(n.alts) == 1 && d != nil && n.alts[0].object.Member == "" && (d.Type.Kind == semantic.Bool || strings.HasPrefix(d.Names.Label.ZH, "是否")) && tested[d.Name]
	})
}

// keepPhrases drops the prepositions that a declared phrase begins with: what is out
// of stock is not of the stock.
func (l *lattice) keepPhrases(at int) {
	end := at
	for _, m := range l.starts[at] {
		if _, ok := m.means.(phrased); ok {
			end = max(end, m.end)
		}
	}
	l.starts[at] = slices.DeleteFunc(l.starts[at], func(m mention) bool { return soft(m) && m.end < end })
}

// preferActs drops a name that is only said by its last word where that is what was
// done: who have taken a course says an act, whatever column is called how taken.
func (l *lattice) preferActs(at int) {
	word := l.text.At(at).Norm
	if !hadWords[l.text.At(at-1).Norm] || !strings.HasSuffix(word, "ed") && !strings.HasSuffix(word, "en") {
		return
	}
	acts := func(m mention) bool {
		_, verb := m.means.(Verb)
		p, declared := m.means.(phrased)
		return m.end == at+1 && (verb || declared && p.phrase.Through != nil)
	}
	if !slices.ContainsFunc(l.starts[at], acts) {
		return
	}
	l.starts[at] = slices.DeleteFunc(l.starts[at], func(m mention) bool {
		n, named := m.means.(names)
		if !named || m.end != at+1 || m.cost < costMention+costHead || n.alts[0].object.Dimension == nil {
			return false
		}
		label := normsOf(n.alts[0].object.Dimension.Names.Label.EN)
		return len(label) > 1 && label[len(label)-1] == word
	})
}

// hadWords stand before what was done.
var hadWords = map[string]bool{"have": true, "has": true, "had": true}

// preferHeadless makes an order dearer whose word opens the names of several columns
// that close alike: the first and last names are no first of anything.
func (r *Reader) preferHeadless(l *lattice, at int) {
	if l.text.At(at+1).Norm != "and" {
		return
	}
	head := append(r.bases(l.text.At(at+3).Norm), l.text.At(at+3).Norm)
	opens := func(m mention) bool {
		n, ok := m.means.(names)
		if !ok || m.end != at+1 || n.alts[0].object.Dimension == nil || n.alts[0].object.Member != "" {
			return false
		}
		label := r.vocabulary.tokens(n.alts[0].object.Dimension.Names.Label.EN)
		return len(label) > 1 && slices.Contains(head, label[len(label)-1])
	}
	if !slices.ContainsFunc(l.starts[at], opens) {
		return
	}
	for from := max(at-1, 0); from <= at; from++ { // the first, and first
		for i, m := range l.starts[from] {
			if _, top := m.means.(Top); top && m.end == at+1 {
				l.starts[from][i].cost += costHead
			}
		}
	}
}

// between reports whether a meaning is that of a word between others.
func between(means meaning) bool {
	switch means.(type) {
	case GroupMark, Glue, Linker, Negation:
		return true
	}
	return false
}

// keepLeast drops a name that ends with the first word of "at least" or "at most", and a
// superlative that begins with the second: who opened at least three is not when anything
// was opened, and towns with at least 2 stores are not the two with the fewest.
func (l *lattice) keepLeast() {
	for at := 1; at+1 < len(l.starts); at++ {
		if norm := l.text.At(at + 1).Norm; l.text.At(at).Norm != "at" || norm != "least" && norm != "most" {
			continue
		}
		for from := range at {
			l.starts[from] = slices.DeleteFunc(l.starts[from], func(m mention) bool { _, named := m.means.(names); return named && m.end == at+1 })
		}
		l.starts[at+1] = slices.DeleteFunc(l.starts[at+1], func(m mention) bool { _, top := m.means.(Top); return top })
	}
}

// addParted finds members whose words an article parts: in the workshop, where the
// data say in_workshop.
func (r *Reader) addParted(t *Text, at int, enter func(end int, o Object, cost int), see sight) {
	if !articles[t.At(at+1).Norm] || t.At(at).Class != Word || at+2 >= len(t.Tokens) {
		return
	}
	short := &Text{t.Typed, slices.Concat(t.Tokens[at:at+1], t.Tokens[at+2:min(at+6, len(t.Tokens))])}
	for _, hit := range r.index.at(short, 0) {
		if hit.end > 1 && see.tag(r.index.tag(hit.id)) {
			enter(at+hit.end+1, r.index.object(hit.id), r.memberCost(short, 0, hit)+costAlias)
		}
	}
}

var articles = map[string]bool{"the": true, "a": true, "an": true}

// capital reports whether a span is a word in capitals where others are not: a
// rating A is not the article, the US is not a pronoun.
func (l *lattice) capital(from, end int) bool {
	said := l.text.Said(from, end)
	if end != from+1 || from == 0 && len(said) == 1 || said == "I" {
		return false
	}
	return said == strings.ToUpper(said) && said != strings.ToLower(said) && l.text.Typed != strings.ToUpper(l.text.Typed)
}
