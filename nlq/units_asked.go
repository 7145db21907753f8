package nlq

import (
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// scaleFronts are the sizes that stand before a unit where a number is asked for: 多少万台.
var scaleFronts = []string{"", "万", "亿", "千", "百万", "千万"}

// unitLexicon holds what numbers are counted in, as the languages know it and as the
// columns and metrics of a model declare it, without a size: 毫安时, the 台 of 万台. True
// are those that amounts are in, false those that may count things as well.
func unitLexicon(m *semantic.Model, grammar *Grammar) *Lexicon[bool] {
	l, seen := NewLexicon[bool](), map[string]bool{}
	add := func(unit string, amounts bool) {
		if unit == "" || seen[unit] || !isHanNorm(unit) {
			return
		}
		seen[unit] = true
		l.Add(unit, amounts)
	}
	if grammar != nil {
		for _, language := range grammar.languages {
			for _, unit := range language.Units {
				add(unit, true)
			}
		}
	}
	declared := func(unit string) {
		for _, u := range unitScales {
			unit = strings.TrimPrefix(unit, u.front) // the size is one of the number's
		}
		add(unit, utf8.RuneCountInString(unit) > 2)
	}
	for _, t := range m.Tables {
		for _, d := range t.Dimensions {
			declared(d.Unit)
		}
	}
	for _, metric := range m.Metrics {
		declared(metric.Unit)
	}
	return l
}

// unitsBehind returns a number with each of the units that stand right behind it.
func (r *Reader) unitsBehind(t *Text, n Number) []Number {
	if n.Unit != "" || n.Percent {
		return nil
	}
	var found []Number
	for _, hit := range r.units.At(t, n.End) {
		with := n
		with.End, with.Unit = hit.End, t.Said(n.End, hit.End)
		found = append(found, with)
	}
	return found
}

// addUnits lets the words that ask how much, or by how much more, take the unit behind
// them: 多少毫安时, 多多少万台. A word that things are counted by names what is counted,
// where no size stands before it: 多少单.
func (r *Reader) addUnits(l *lattice, at int) {
	for _, m := range l.starts[at] {
		which, asks := m.means.(Which)
		gap, differs := m.means.(Difference)
		last := l.text.At(m.end - 1).Norm
		if asks && which.What != HowMuch || differs && !gap.Asked || !asks && !differs || last != "少" && last != "几" {
			continue
		}
		for _, front := range scaleFronts {
			unit := l.text.after(m.end, front)
			if unit < 0 {
				continue
			}
			for _, hit := range r.units.At(l.text, unit) {
				if front == "" && !hit.Value {
					continue
				}
				with := m
				with.end = hit.End
				l.add(with)
			}
		}
	}
}

// after is the token behind a word of Han characters at a token; -1 where it does not
// stand there.
func (t *Text) after(at int, word string) int {
	for _, r := range word {
		if t.At(at).Norm != string(r) {
			return -1
		}
		at++
	}
	return at
}
