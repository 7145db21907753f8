package nlq

import "slices"

// preferOwnPhrases drops what else an adjective means that the model declares for the
// noun right behind it: unpaid invoices are none of unpaid orders.
func (l *lattice) preferOwnPhrases() {
	for at := range l.starts {
		for _, m := range l.starts[at] {
			p, declared := m.means.(phrased)
			if !declared || p.phrase.On == nil || !l.nounAt(m.end, Object{Table: p.phrase.On}) {
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
