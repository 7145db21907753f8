package nlq

import "slices"

// keepReasons reads "the reasons for returns" as the column of reasons that the
// returns have, where nothing is said to have changed: nothing is to be explained.
func (l *lattice) keepReasons() {
	if l.saysChange() {
		return
	}
	for at := range l.starts {
		if norm := l.text.At(at).Norm; norm != "reason" && norm != "reasons" {
			continue
		}
		if !slices.ContainsFunc(l.starts[at], func(m mention) bool { return m.end == at+1 && l.namesColumnOf(m, at+2) }) {
			continue
		}
		for from := range at + 1 {
			l.starts[from] = slices.DeleteFunc(l.starts[from], func(m mention) bool {
				intent, ok := m.means.(Intent)
				return ok && intent.What == AsksWhy && m.end == at+2
			})
		}
	}
}

// namesColumnOf reports whether a mention may name a column of something that is
// named from a token on.
func (l *lattice) namesColumnOf(m mention, from int) bool {
	n, ok := m.means.(names)
	return ok && slices.ContainsFunc(n.alts, func(a alt) bool {
		if a.object.Dimension == nil || a.object.Member != "" {
			return false
		}
		for at := from; at < len(l.starts); at++ {
			for _, behind := range l.starts[at] {
				if o, ok := behind.means.(names); ok && slices.ContainsFunc(o.alts, func(b alt) bool { return b.object.Member == "" && objectHome(b.object) == a.object.Dimension.Table }) {
					return true
				}
			}
		}
		return false
	})
}
