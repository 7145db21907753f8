package nlq

import "wenshu/semantic"

// namesShown reports whether some norms are the name of the entity that a column
// identifies, where its rows are shown by something else: members are no member numbers.
func (v *vocabulary) namesShown(norms []string, d *semantic.Dimension) bool {
	of := d
	if d.Same != nil {
		of = d.Same
	}
	t := of.Table
	if !of.Key || len(t.Display) == 0 || t.Display[0] == of || len(t.Keys) == 0 || len(t.Keys[0]) != 1 {
		return false
	}
	for _, text := range []string{t.Names.Label.EN, t.Names.Plural, spaced(t.Name)} {
		if equalNorms(v.enterText(text), norms) {
			return true
		}
	}
	return false
}
