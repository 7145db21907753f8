package nlq

import (
	"strings"

	"wenshu/semantic"
)

// takeAge reads a test of years of age, or of service, where an entity has no
// such number but the date that it runs from: who is 60 or older was born sixty
// years ago today or before. Up to 18 means before the nineteenth birthday.
func (s *sentence) takeAge(i, j int, op semantic.Op, args []Number, hints []string, t *semantic.Table) bool {
	d, ok := s.r.attributeByHints(t, hints, isTime)
	if _, number := s.r.attributeByHints(t, hints, isMeasurable); !ok || number || len(args) != 1 {
		return false
	}
	years, whole := wholeCount(args[0])
	if !whole {
		return false
	}
	how := semantic.Until
	switch op {
	case semantic.Gt:
		how = semantic.Before
	case semantic.Lt:
		how = semantic.After
	case semantic.Le:
		how, years = semantic.After, years+1
	case semantic.Ge:
	default:
		return false
	}
	birthday := semantic.Shifted{Of: semantic.Relative{Unit: semantic.Day}, Unit: semantic.Year, N: -years}
	period := semantic.Open{How: how, Of: birthday}
	s.takeTest(i, j, d, "", false, func(x semantic.Expr) semantic.Expr {
		name, _ := x.(semantic.Name)
		return semantic.During{Of: name, Periods: []semantic.Period{period}}
	})
	return true
}

// isBirth reports whether a dimension says when somebody was born, which no
// period of acts is about.
func isBirth(d *semantic.Dimension) bool {
	zh, en := d.Names.Label.ZH, strings.ToLower(d.Names.Label.EN+" "+spaced(d.Name))
	return strings.Contains(zh, "出生") || strings.Contains(zh, "生日") || strings.Contains(en, "birth")
}
