package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// entityByHints returns the one entity that is called by a hint: the table with
// the earliest hint in its names; ok is false when none or two are.
func (r *Reader) entityByHints(hints []string) (*semantic.Table, bool) {
	for _, hint := range hints {
		var found []*semantic.Table
		for _, c := range r.vocabulary.names.exact(normsOf(hint)) {
			if t := c.object.Table; t != nil && c.why != lastWords && !slices.Contains(found, t) {
				found = append(found, t)
			}
		}
		if len(found) == 1 {
			return found[0], true
		}
		if len(found) > 1 {
			return nil, false
		}
	}
	return nil, false
}

// attributeByHints returns the dimension of a table that an adjective or a
// question word implies: the one whose names hold the earliest hint as a word.
// The whole name beats a part of it. With dates, hints are about a date.
func (r *Reader) attributeByHints(t *semantic.Table, hints []string, fits func(*semantic.Dimension) bool) (*semantic.Dimension, bool) {
	for _, hint := range hints {
		norms := normsOf(hint)
		if len(norms) == 0 {
			continue
		}
		var part *semantic.Dimension
		for _, d := range r.worded[t][norms[0]] {
			if !fits(d) || hint == "time" && secondsIn[d.Unit] > 0 || isAge(d) || d.Key && !isTime(d) {
				continue // how long it took is not when it was, nor is how old when born, and the number of a sales rep no sales
			}
			switch r.mentions(d, norms) {
			case wholly:
				return d, true
			case partly:
				if part == nil {
					part = d
				}
			}
		}
		if part != nil {
			return part, true
		}
	}
	return nil, false
}

// numbersByHints are the numbers of a table that hints imply equally: of a list price and a
// sale price neither is the price. One that is called just so is the only one.
func (r *Reader) numbersByHints(t *semantic.Table, hints []string) []*semantic.Dimension {
	for _, hint := range hints {
		norms := normsOf(hint)
		if len(norms) == 0 {
			continue
		}
		var part []*semantic.Dimension
		for _, d := range r.worded[t][norms[0]] {
			switch like := r.mentions(d, norms); {
			case !ordered(d) || isAge(d) || like == notAtAll:
			case like == wholly:
				return []*semantic.Dimension{d}
			case isMeasurable(d):
				part = append(part, d)
			}
		}
		if len(part) > 0 {
			return part
		}
	}
	return nil
}

// hintedAttribute returns the attribute that an ordering's hints imply. Of several
// numbers that they imply equally, the one that the question names is meant, and where
// it names none of them the person says which.
func (b *builder) hintedAttribute(t *semantic.Table, o ordering) (*semantic.Dimension, bool) {
	d, ok := b.r.attributeByHints(t, o.hints, ordered)
	if !ok || !isMeasurable(d) {
		return d, ok
	}
	equals := b.r.numbersByHints(t, o.hints)
	if len(equals) < 2 || !slices.Contains(equals, d) {
		return d, true
	}
	for _, e := range equals {
		if b.hasDimension(e) {
			return e, true
		}
	}
	return oneOf(b.s, node{from: o.from, end: o.end}, equals, dimensionOf), true
}

// isAge reports whether an attribute counts the birthdays since a date of its rows.
func isAge(d *semantic.Dimension) bool {
	call, ok := d.Expr.(semantic.Call)
	return ok && call.Func == "years_between"
}

// onlyDimension is the one dimension of a table that fits; nil for none or several.
func onlyDimension(t *semantic.Table, fits func(*semantic.Dimension) bool) *semantic.Dimension {
	var found *semantic.Dimension
	for _, d := range t.Dimensions {
		if !fits(d) {
			continue
		}
		if found != nil {
			return nil
		}
		found = d
	}
	return found
}

// hintsAt reports whether hints name an attribute.
func (r *Reader) hintsAt(hints []string, d *semantic.Dimension) bool {
	return slices.ContainsFunc(hints, func(hint string) bool { return r.mentions(d, normsOf(hint)) != notAtAll })
}

// wordDimensions finds which dimensions of a table have a word in their names, in
// the table's order.
func (r *Reader) wordDimensions() {
	r.worded = map[*semantic.Table]map[string][]*semantic.Dimension{}
	r.latinNames, r.hanNames = map[*semantic.Dimension][][]string{}, map[*semantic.Dimension][][]string{}
	for _, t := range r.model.Tables {
		words := map[string][]*semantic.Dimension{}
		for _, d := range t.Dimensions {
			r.latinNames[d] = [][]string{r.vocabulary.tokens(d.Names.Label.EN), r.vocabulary.tokens(spaced(d.Name))}
			r.hanNames[d] = r.chinese(d.Names)
			for _, text := range append([]string{d.Names.Label.ZH, d.Names.Label.EN, spaced(d.Name)}, d.Names.Synonyms...) {
				for _, norm := range r.vocabulary.tokens(text) {
					if had := words[norm]; len(had) == 0 || had[len(had)-1] != d {
						words[norm] = append(had, d)
					}
				}
			}
		}
		r.worded[t] = words
	}
}

// backwards reports whether a number or date runs against the adjective that
// names it: the older, the smaller the date or year of birth.
func backwards(d *semantic.Dimension) bool {
	if isTime(d) || d.Type.Coding == semantic.YYYY || isYears(d) {
		return true
	}
	for _, name := range []string{d.Name, d.Names.Label.EN, d.Names.Label.ZH} {
		name = strings.ToLower(name)
		if strings.Contains(name, "birth") || strings.Contains(name, "born") || strings.Contains(name, "出生") {
			return true
		}
	}
	return false
}

type likeness uint8

const (
	notAtAll likeness = iota
	partly
	wholly
)

// mentions reports whether one of a dimension's names holds the norms.
func (r *Reader) mentions(d *semantic.Dimension, norms []string) likeness {
	return r.mentionsNames(d.Name, d.Names, norms)
}

func (r *Reader) mentionsNames(name string, names semantic.Names, norms []string) likeness {
	best := notAtAll
	texts := append([]string{names.Label.ZH, names.Label.EN, spaced(name)}, names.Synonyms...)
	for _, text := range texts {
		name := r.vocabulary.tokens(text)
		if equalNorms(name, norms) {
			return wholly
		}
		for from := 0; from+len(norms) <= len(name); from++ {
			if equalNorms(name[from:from+len(norms)], norms) {
				best = partly
			}
		}
	}
	return best
}

func anyDimension(*semantic.Dimension) bool { return true }

// ordered reports whether values of a dimension have an order that people mean:
// numbers and times.
func ordered(d *semantic.Dimension) bool {
	switch d.Type.Kind {
	case semantic.Int, semantic.Decimal, semantic.Float, semantic.Date, semantic.Timestamp:
		return d.Of == nil
	}
	return false
}
