package nlq

import "wenshu/semantic"

// measuredIn are what numbers in a unit say of things, by what that is called: above 2000
// meters is how high something lies.
var measuredIn = measuredBy(map[string][]string{
	"m meter meters metre metres ft foot feet 米":         {"altitude", "elevation", "height", "depth", "length", "distance", "海拔", "高度", "深度", "长度", "距离"},
	"km kilometer kilometers kilometre kilometres 公里 千米": {"distance", "length", "mileage", "距离", "长度", "里程"},
	"mile miles 英里": {"distance", "length", "mileage", "距离", "里程"},
	"cm centimeter centimeters centimetre centimetres mm 厘米 毫米": {"height", "length", "width", "高度", "长度", "宽度"},
	"kg kilogram kilograms kilo kilos pounds lb lbs 公斤 千克":      {"weight", "重量"},
	"hectare hectares acre acres 公顷 亩":                          {"area", "面积"},
	"mph knots":                                                 {"speed", "速度"},
})

func measuredBy(said map[string][]string) map[string][]string {
	all := map[string][]string{}
	for units, hints := range said {
		for unit := range setOf(units) {
			all[unit] = hints
		}
	}
	return all
}

// takeSized reads a bound in a unit of size right behind an entity as one of the number
// that is so measured: huts above 2000 meters. It never counts rows.
func (s *sentence) takeSized(before, i, j int, op semantic.Op, args []Number) bool {
	if len(args) == 0 || before < 0 {
		return false
	}
	hints := measuredIn[unitNorm(args[0].Unit)]
	entity, own := s.measuredOf(before)
	if hints == nil || entity == nil || own != nil && s.r.hintsAt(hints, own) {
		return false
	}
	if t, ok := s.thingAt(before); ok && own != nil && t.marks&(markBy|markEach) != 0 {
		s.charge("a size of what splits", costIdle, s.nodes[i])
		s.draft.idle = true
	}
	d, found := s.r.attributeByHints(entity, hints, isMeasurable)
	if !found {
		return false
	}
	s.takeTest(i, j, d, "", false, numberTest(op, lits(s.inUnit(args, d.Unit)...)))
	return true
}

// measuredOf is the entity that node i names, counts or computes a number of, and the
// column of that number.
func (s *sentence) measuredOf(i int) (entity *semantic.Table, own *semantic.Dimension) {
	switch m := s.nodes[i].means.(type) {
	case thing:
		switch of := s.r.entityOf(m); {
		case m.via != "":
		case of != nil && m.marks&(markBy|markEach) == 0:
			return of, nil
		case of == nil && m.dim != nil && isMeasurable(m.dim):
			return m.home(), m.dim
		}
	case measure:
		if m.via == "" && len(m.over)+len(m.per) == 0 {
			return m.home(), m.dim
		}
	}
	return nil, nil
}

// takeYearsOld reads a bound right behind people as one of their age, where they have one and
// no unit says otherwise: hikers over 60.
func (s *sentence) takeYearsOld(before, i, j int, op semantic.Op, args []Number) bool {
	if len(args) == 0 || before < 0 || before != i-1 || !s.touches(before, i) || args[0].Unit != "" || args[0].Percent || args[0].Scaled {
		return false
	}
	switch s.text.At(s.nodes[i].from).Norm {
	case "over", "under", "above", "below", "between", "aged":
	default:
		return false
	}
	entity, own := s.measuredOf(before)
	if n, whole := wholeCount(args[0]); entity == nil || own != nil || !whole || n > oldest || is[thing](s, j+1) && s.touches(j, j+1) {
		return false
	}
	d, found := s.r.attributeByHints(entity, ageWords, isMeasurable)
	if !found || backwards(d) {
		return false
	}
	s.takeTest(i, j, d, "", false, numberTest(op, lits(args...)))
	return true
}

// oldest is how old somebody may be.
const oldest = 120

var ageWords = []string{"age", "年龄"}
