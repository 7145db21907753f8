package nlq

import (
	"slices"

	"wenshu/semantic"
)

// aspects stand inside a Chinese verb of two characters: 报过修, 退了货, 请完假.
var aspects = map[string]bool{"过": true, "了": true, "完": true}

// preferKinds drops a verb that is also called as a kind of the acts that it names:
// who complained has a ticket that is a complaint, where the data tell these apart.
func (r *Reader) preferKinds(l *lattice, at int) {
	for i, m := range l.starts[at] {
		if v, verb := m.means.(Verb); verb && !v.Not && len(v.Hints) > 0 && l.text.At(at).Class == Word {
			if kind, ok := r.kindDone(v); ok {
				l.starts[at][i].means = names{[]alt{{object: kind}}}
			}
		}
	}
	l.starts[at] = slices.DeleteFunc(l.starts[at], func(m mention) bool {
		v, verb := m.means.(Verb)
		if !verb || v.Not || len(v.Hints) == 0 || l.text.At(at).Class != Han {
			return false
		}
		stem := m.end
		if stem > at+2 && aspects[l.text.At(stem-1).Norm] {
			stem--
		}
		return slices.ContainsFunc(l.starts[at], func(o mention) bool {
			n, named := o.means.(names)
			if !named || o.end != stem || o.typo != "" {
				return false
			}
			kind := n.alts[0].object
			return kind.Member != "" && r.hinted([]*semantic.Table{kind.Dimension.Table}, v.Hints) != nil
		})
	})
}

// kindDone is the kind of acts that the first hint of a verb names where another
// names the table of the acts: who complained has a ticket that is a complaint.
func (r *Reader) kindDone(v Verb) (Object, bool) {
	said := NewText(v.Hints[0])
	for _, hit := range r.vocabulary.at(said, 0) {
		kind := hit.called.object
		if hit.end == len(said.Tokens) && kind.Member != "" && r.hinted([]*semantic.Table{kind.Dimension.Table}, v.Hints[1:]) != nil {
			return kind, true
		}
	}
	return Object{}, false
}

// addSeparable finds a word of two characters that an aspect parts.
func (r *Reader) addSeparable(l *lattice, at int, numbers func(int) []Number, see sight, found *namesFound) {
	t := l.text
	if at+2 >= len(t.Tokens) || !aspects[t.At(at+1).Norm] || t.At(at).Class != Han || t.At(at+2).Class != Han {
		return
	}
	whole := &Text{t.Typed, []Token{t.Tokens[at], t.Tokens[at+2]}}
	inner := &lattice{text: whole, starts: make([][]mention, len(whole.Tokens)), follows: l.follows}
	r.addRules(inner, 0, numbers)
	for _, hit := range r.vocabulary.phrases.At(whole, 0) {
		inner.add(mention{from: 0, end: hit.End, means: phrased{hit.Value}, cost: costMention - costDeclared})
	}
	r.addNames(inner, 0, see, found)
	for _, m := range inner.starts[0] {
		if _, noise := m.means.(Noise); m.end < 2 || noise {
			continue
		}
		m.from, m.end, m.cost = at, at+3, m.cost+costInflected
		l.add(m)
	}
}
