package nlq

import (
	"slices"

	"wenshu/semantic"
)

// preferOwnPhrases drops what else an adjective means that the model declares for the
// noun right behind it: unpaid invoices are none of unpaid orders.
func (l *lattice) preferOwnPhrases() {
	for at := range l.starts {
		for _, m := range l.starts[at] {
			p, declared := m.means.(phrased)
			if declared && p.phrase.Through != nil {
				l.deniedAsDeclared(at, m.end, p.phrase)
			}
			if !declared || p.phrase.On == nil || !l.nounBehind(m.end, Object{Table: p.phrase.On}) {
				if declared && p.phrase.On != nil && l.stateOfNoun(at, m.end, p.phrase.On) {
					l.starts[at] = slices.DeleteFunc(l.starts[at], func(o mention) bool {
						p, declared := o.means.(phrased)
						return declared && o.end == m.end && !l.nounBehind(m.end, Object{Table: p.phrase.On})
					})
					break
				}
				continue
			}
			l.starts[at] = slices.DeleteFunc(l.starts[at], func(o mention) bool {
				if o.end != m.end {
					return false
				}
				switch means := o.means.(type) {
				case phrased:
					return means.phrase.On != p.phrase.On
				case names:
					first := means.alts[0].object
					return first.Member != "" && first.Dimension.Table != p.phrase.On
				case Verb:
					return true
				}
				return false
			})
			break
		}
	}
}

// stateOfNoun reports whether a span is a member of the entity whose noun stands behind
// it, which is none of the entity that an adjective is declared for: active policies,
// where their handlers have a word for that as well.
func (l *lattice) stateOfNoun(from, end int, on *semantic.Table) bool {
	return slices.ContainsFunc(l.starts[from], func(m mention) bool {
		n, ok := m.means.(names)
		return ok && m.end == end && m.typo == "" && slices.ContainsFunc(n.alts, func(a alt) bool {
			return a.object.Member != "" && a.object.Dimension.Table != on && l.nounBehind(end, Object{Table: a.object.Dimension.Table})
		})
	})
}

// nounBehind reports whether the name of an entity starts at a token, or right behind
// members that do: an active motor policy.
func (l *lattice) nounBehind(at int, entity Object) bool {
	if l.nounAt(at, entity) {
		return true
	}
	if at >= len(l.starts) {
		return false
	}
	return slices.ContainsFunc(l.starts[at], func(m mention) bool {
		n, ok := m.means.(names)
		return ok && m.typo == "" && n.alts[0].object.Member != "" && l.nounAt(m.end, entity)
	})
}

// nounAt reports whether the name of an entity starts at a token.
func (l *lattice) nounAt(at int, entity Object) bool {
	if at >= len(l.starts) {
		return false
	}
	return slices.ContainsFunc(l.starts[at], func(m mention) bool {
		n, ok := m.means.(names)
		return ok && m.typo == "" && slices.ContainsFunc(n.alts, func(a alt) bool { return a.object == entity })
	})
}

// deniedAsDeclared has a denial that holds a verb of the model deny what the model says
// of it: who never bought are those without what "bought" leads to, whatever else a
// language takes for buying.
func (l *lattice) deniedAsDeclared(at, end int, p *semantic.Phrase) {
	for from := max(0, at-longestDenial); from <= at; from++ {
		for k, m := range l.starts[from] {
			v, ok := m.means.(Verb)
			if ok && v.Not && v.through == nil && m.end >= end && m.end-from > end-at {
				v.through, v.where = p.Through, p.Where
				l.starts[from][k].means = v
			}
		}
	}
}

// longestDenial is how many tokens a denial has before its verb: they have not yet bought.
const longestDenial = 4

// noDenialInQuestion drops what begins within 有没有: whether there is something with more
// than so much denies nothing, 有没有超过40%的月份.
func (l *lattice) noDenialInQuestion() {
	for at := 1; at+1 < len(l.starts); at++ {
		if l.text.At(at).Norm == "没" && l.text.At(at-1).Norm == "有" && l.text.At(at+1).Norm == "有" && !endsWithHave[l.text.At(at-2).Norm] {
			l.starts[at] = nil
		}
	}
}

// endsWithHave are the characters before 有 that make one word with it: 所有没有订单的客户.
var endsWithHave = map[string]bool{"所": true, "拥": true, "持": true, "具": true, "含": true, "现": true, "只": true, "仅": true}
