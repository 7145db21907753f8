package nlq

import "slices"

// keepKindsOf drops "category of" as words that change nothing where a column of the model
// is called so: the categories of the products are theirs.
func (l *lattice) keepKindsOf() {
	for at := range l.starts {
		if at+1 >= len(l.text.Tokens) || l.text.At(at+1).Norm != "of" {
			continue
		}
		named := slices.ContainsFunc(l.starts[at], func(m mention) bool {
			n, ok := m.means.(names)
			return ok && m.typo == "" && m.end == at+1 && n.alts[0].object.Dimension != nil && n.alts[0].object.Member == ""
		})
		if named {
			l.starts[at] = slices.DeleteFunc(l.starts[at], func(m mention) bool { _, noise := m.means.(Noise); return noise && m.end == at+2 })
		}
	}
}
