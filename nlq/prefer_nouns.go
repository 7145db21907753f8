package nlq

import (
	"slices"

	"wenshu/semantic"
)

// preferNouns drops readings of a word that names something of the model where it stands
// as that noun.
func (l *lattice) preferNouns() {
	l.nounsNotOrders()
	l.sizesOfNumbers()
	l.typesByName()
	l.yearsOfDates()
	l.unitsOfNumbers()
}

// nounsNotOrders drops a word that changes nothing where it names a number and stands where
// no order to answer does: the share of total output is of an output.
func (l *lattice) nounsNotOrders() {
	for at := range l.starts {
		if l.text.At(at).Class != Word || !l.namesNumber(at, at+1) {
			continue
		}
		noun, axis := l.standsAsNoun(at), l.comparedWith(at)
		l.starts[at] = slices.DeleteFunc(l.starts[at], func(m mention) bool {
			_, noise := m.means.(Noise)
			_, verb := m.means.(Verb)
			return m.why == "weak" && m.end == at+1 && (noise && (noun || axis) || verb && axis)
		})
	}
}

// comparedWith reports whether a word right before or behind a token sets it against another.
func (l *lattice) comparedWith(at int) bool {
	against := func(from, end int) bool {
		return from >= 0 && from < len(l.starts) && slices.ContainsFunc(l.starts[from], func(m mention) bool {
			v, versus := m.means.(VersusMark)
			return versus && !v.Relates && m.end == end && m.why != "weak"
		})
	}
	return against(at-1, at) || against(at+1, at+2)
}

// namesNumber reports whether a span is the name of a number.
func (l *lattice) namesNumber(from, end int) bool {
	return slices.ContainsFunc(l.starts[from], func(m mention) bool {
		n, named := m.means.(names)
		return named && m.end == end && m.typo == "" && slices.ContainsFunc(n.alts, func(a alt) bool { return kindOf(a.object) <= kindNumber })
	})
}

// standsAsNoun reports whether a word follows another that is no request.
func (l *lattice) standsAsNoun(at int) bool {
	return at > 0 && l.text.At(at-1).Class == Word && !requesting[l.text.At(at-1).Norm]
}

// requesting are words before a verb that asks for an answer.
var requesting = map[string]bool{"please": true, "pls": true, "plz": true, "to": true, "and": true, "then": true, "you": true, "me": true, "can": true, "could": true, "would": true, "just": true, "also": true, "kindly": true}

// sizesOfNumbers reads "RAM size" as the RAM: a word for how much there is of a number right
// behind its name names nothing else.
func (l *lattice) sizesOfNumbers() {
	for at := 1; at < len(l.starts); at++ {
		if !sizes[l.text.At(at).Norm] || !slices.ContainsFunc(l.starts[at], func(m mention) bool {
			n, named := m.means.(names)
			return named && m.end == at+1 && m.cost >= costMention+costHead && kindOf(n.alts[0].object) == kindNumber
		}) || !l.numberEnds(at) {
			continue
		}
		l.starts[at] = slices.DeleteFunc(l.starts[at], func(m mention) bool { return m.end == at+1 })
		l.add(mention{from: at, end: at + 1, means: Noise{}, cost: costNoise})
	}
}

// sizes are words for how much there is of a number.
var sizes = map[string]bool{"size": true, "sizes": true, "amount": true, "level": true}

// numberEnds reports whether the name of a number ends right before a token.
func (l *lattice) numberEnds(at int) bool {
	for from := max(0, at-3); from < at; from++ {
		if l.namesNumber(from, at) {
			return true
		}
	}
	return false
}

// typesByName makes a word for splitting dearer whose last words open a name: for each type
// of property splits by the type of property and not by properties.
func (l *lattice) typesByName() {
	for at := range l.starts {
		for i, m := range l.starts[at] {
			if _, splits := m.means.(GroupMark); !splits || m.end < at+3 || l.text.At(m.end-1).Norm != "of" {
				continue
			}
			if slices.ContainsFunc(l.starts[m.end-2], func(n mention) bool {
				_, named := n.means.(names)
				return named && n.end > m.end && n.typo == ""
			}) {
				l.starts[at][i].cost += costHead
			}
		}
	}
}

// yearsOfDates lets a unit of time right behind the name of a date split by it: by release
// year, the year of the release date.
func (l *lattice) yearsOfDates() {
	for at := 1; at < len(l.starts); at++ {
		unit, ok := grainsAgain[l.text.At(at).Norm]
		if !ok || !l.dateEnds(at) {
			continue
		}
		l.add(mention{from: at, end: at + 1, means: Grained{Grain: semantic.Grain{Unit: unit}}, cost: costMention})
	}
}

// dateEnds reports whether the name of a date that is finer than a year ends right before a
// token.
func (l *lattice) dateEnds(at int) bool {
	for from := max(0, at-3); from < at; from++ {
		if slices.ContainsFunc(l.starts[from], func(m mention) bool {
			n, named := m.means.(names)
			return named && m.end == at && m.typo == "" && slices.ContainsFunc(n.alts, func(a alt) bool {
				d := a.object.Dimension
				return d != nil && isTime(d) && d.Type.Coding != semantic.YYYY
			})
		}) {
			return true
		}
	}
	return false
}

// unitsOfNumbers lets the unit of a number stand behind its name, in brackets or not:
// capacity (MW), camera megapixels.
func (l *lattice) unitsOfNumbers() {
	for at := 1; at < len(l.starts); at++ {
		end := at
		if open := l.text.At(at - 1).Norm; open == "(" || open == "[" {
			end--
		}
		if l.text.At(at).Class == Mark || !l.countedIn(end, l.text.At(at).Norm) {
			continue
		}
		l.add(mention{from: at, end: at + 1, means: Noise{}, cost: costNoise})
	}
}

// countedIn reports whether the name of a number that is counted in a unit ends right before
// a token.
func (l *lattice) countedIn(end int, unit string) bool {
	for from := max(0, end-4); from < end; from++ {
		if slices.ContainsFunc(l.starts[from], func(m mention) bool {
			n, named := m.means.(names)
			return named && m.end == end && slices.ContainsFunc(n.alts, func(a alt) bool {
				switch o := a.object; {
				case o.Dimension != nil && o.Member == "":
					return o.Dimension.Unit != "" && unitSaid(unit, o.Dimension.Unit)
				case o.Metric != nil:
					return o.Metric.Unit != "" && unitSaid(unit, o.Metric.Unit)
				}
				return false
			})
		}) {
			return true
		}
	}
	return false
}
