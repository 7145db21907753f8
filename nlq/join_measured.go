package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// takeMeasured reads "plants over 1000 MW": a number with a unit behind an entity or its
// count tests the one column that is counted in it, whatever that is called. A unit that
// only one quantity is counted in tells the column by its name where the model has none.
func (s *sentence) takeMeasured(before, i, j int, op semantic.Op, args []Number) bool {
	if len(args) == 0 || args[0].Unit == "" {
		return false
	}
	unit := strings.ToLower(unitNorm(args[0].Unit))
	if spans[unit] != semantic.NoUnit || unitSeconds[unit] > 0 || secondsIn[unit] > 0 {
		return false // how long something lasts or is ago is read by itself
	}
	t, named := s.thingAt(before)
	m, computed := s.measureAt(before)
	if named && t.dim != nil && isMeasurable(t.dim) || computed && !s.r.isCount(m) {
		return s.takeSized(before, i, j, op, args) // else the number itself is tested
	}
	for _, t := range s.entitiesNear(i) {
		var found []*semantic.Dimension
		for _, d := range t.Dimensions {
			if isMeasurable(d) && d.Unit != "" && unitSaid(unit, d.Unit) {
				found = append(found, d)
			}
		}
		if hints := onlyOf[unit]; len(found) == 0 && hints != nil {
			found = slices.DeleteFunc(s.r.numbersByHints(t, hints), func(d *semantic.Dimension) bool { return d.Unit != "" })
		}
		if len(found) == 1 {
			s.takeTest(i, j, found[0], "", false, numberTest(op, lits(args...)))
			return true
		}
	}
	if s.takeSized(before, i, j, op, args) {
		return true
	}
	if s.countedAt(before) && isSpelling(unit) {
		s.charge("a unit of nothing", costIdle, s.nodes[i])
		s.draft.idle = true // so many kilograms are no number of rows
	}
	return false
}

// countedAt reports whether node i is an entity or how many of it there are.
func (s *sentence) countedAt(i int) bool {
	if t, ok := s.thingAt(i); ok {
		return t.table != nil
	}
	m, ok := s.measureAt(i)
	return ok && s.r.isCount(m)
}

// isSpelling reports whether a unit is one that numbers are measured in.
func isSpelling(unit string) bool {
	if _, ok := spellings[unit]; ok {
		return true
	}
	for _, list := range spellings {
		if slices.Contains(list, unit) {
			return true
		}
	}
	return false
}

// unitSaid reports whether a unit as it was said is one as models spell it.
func unitSaid(said, unit string) bool {
	unit = strings.ToLower(unit)
	return said == unit || slices.Contains(spellings[unit], said)
}

// spellings are how people write units, by how models spell them.
var spellings = map[string][]string{
	"kg": {"kilograms", "kilogram", "kgs", "公斤", "千克"}, "g": {"grams", "gram", "克"}, "lb": {"lbs", "pounds"}, "t": {"tons", "tonnes", "吨"},
	"km": {"kilometers", "kilometres", "公里", "千米"}, "m": {"meters", "metres", "米"}, "cm": {"厘米"}, "mm": {"毫米"}, "in": {"inches", "inch"}, "ft": {"feet"},
	"km/h": {"kmh", "kph", "km / h"}, "mw": {"megawatts", "megawatt", "兆瓦"}, "kw": {"kilowatts", "千瓦"}, "kwh": {"千瓦时", "度"}, "mah": {"毫安时", "毫安"}, "mp": {"megapixels", "megapixel", "万像素"},
	"hours": {"hour", "hrs", "hr", "小时"}, "minutes": {"minute", "mins", "min", "分钟"}, "°c": {"degrees", "celsius", "度"},
}

// onlyOf are the words for what a unit alone counts.
var onlyOf = map[string][]string{"mah": {"battery", "电池"}, "毫安时": {"battery", "电池"}, "毫安": {"battery", "电池"}, "megapixels": {"camera", "megapixel", "像素"}, "mp": {"camera", "megapixel"}, "gb": {"memory", "storage"}}

// thingsCounted declines a number of things of which only a size is known: how many batteries
// there are is no battery capacity.
func (s *sentence) thingsCounted() {
	for i := range s.nodes {
		c, ok := as[Count](s.nodes[i])
		if !ok {
			continue
		}
		j := s.skip(i+1, 1)
		if c.Before {
			j = s.skip(i-1, -1)
		}
		t, named := s.thingAt(j)
		if !named || t.dim == nil || !isMeasurable(t.dim) || t.dim.Sum != "avg" || t.marks&(markBy|markEach) != 0 || s.nodes[j].end != s.nodes[j].from+1 {
			continue
		}
		said, label := s.text.At(s.nodes[j].from).Norm, normsOf(t.dim.Names.Label.EN)
		if len(label) > 1 && isPlural(said) && slices.Contains(append(s.r.bases(said), said), label[0]) {
			s.charge("a number of what has a size", costIdle, s.nodes[j])
			s.draft.idle = true
		}
	}
}
