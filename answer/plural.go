package answer

import (
	"strings"

	"wenshu/semantic"
)

// countedThings is what a count counts, in the plural where the language has one:
// order lines, cities.
func (b *book) countedThings(x semantic.Expr) string {
	if t := b.tableMeant(x); t != nil {
		return b.many(t.Names, b.tableLabel(t))
	}
	if name, ok := x.(semantic.Name); ok {
		if d := b.dimension(name.Path); d != nil {
			return b.many(d.Names, b.expr(x))
		}
	}
	return b.expr(x)
}

// countedGroups is what the groups of a key are called where they are counted:
// stores, days.
func (b *book) countedGroups(x semantic.Expr) string {
	g, ok := x.(semantic.Grained)
	switch {
	case !ok:
		return b.countedThings(x)
	case b.w.CountedGrains[g.Grain.Unit] != "":
		return b.w.CountedGrains[g.Grain.Unit]
	case strings.HasPrefix(b.w.lang, "zh"):
		return b.expr(x)
	}
	return regularPlural(b.expr(x))
}

// many is the plural of an object's label: the declared one, or the regular one
// of an English label.
func (b *book) many(n semantic.Names, label string) string {
	if strings.HasPrefix(b.w.lang, "zh") || label != n.Label.EN {
		return label
	}
	if n.Plural != "" {
		return n.Plural
	}
	return regularPlural(label)
}

// regularPlural is the regular plural of an English noun or of a phrase that
// ends in one. A noun on a single s is taken for a plural already.
func regularPlural(s string) string {
	stem, y := strings.CutSuffix(s, "y")
	switch {
	case y && stem != "" && !strings.ContainsRune("aeiou", rune(stem[len(stem)-1])):
		return stem + "ies"
	case strings.HasSuffix(s, "ss"), strings.HasSuffix(s, "sh"), strings.HasSuffix(s, "ch"), strings.HasSuffix(s, "x"):
		return s + "es"
	case s == "" || strings.HasSuffix(s, "s") || s[len(s)-1] < 'a' || s[len(s)-1] > 'z':
		return s
	}
	return s + "s"
}
