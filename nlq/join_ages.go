package nlq

import (
	"slices"
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
	unit := semantic.Year
	if said, ok := unitsOfTime[args[0].Unit]; ok {
		unit = said
	}
	day := semantic.Shifted{Of: semantic.Relative{Unit: semantic.Day}, Unit: unit, N: -years}
	period := semantic.Open{How: how, Of: day}
	if d == t.Time && len(s.draft.periods) == 0 {
		s.draft.periods = []semantic.Period{period} // rather than in the usual period besides
		s.nodes = slices.Delete(s.nodes, i, j+1)
		return true
	}
	s.takeTest(i, j, d, "", false, func(x semantic.Expr) semantic.Expr {
		name, _ := x.(semantic.Name)
		return semantic.During{Of: name, Periods: []semantic.Period{period}}
	})
	return true
}

// unitsOfTime are the units that a length of time is said in, where a date can be
// moved by them.
var unitsOfTime = map[string]semantic.Unit{
	"day": semantic.Day, "days": semantic.Day, "week": semantic.Week, "weeks": semantic.Week,
	"month": semantic.Month, "months": semantic.Month, "year": semantic.Year, "years": semantic.Year,
	"天": semantic.Day, "日": semantic.Day, "周": semantic.Week, "星期": semantic.Week, "个月": semantic.Month, "年": semantic.Year,
}

// timeForCount reports whether tokens test a count or an amount of money against a
// length of time: who bought within 30 days placed any number of orders.
func (s *sentence) timeForCount(m measure, from, end int) bool {
	if _, ok := unitsOfTime[s.unitOf(m)]; ok || !s.r.isCount(m) && (m.metric == nil || m.metric.Format.Style != "money") {
		return false
	}
	for at := from + 1; at <= end && at < len(s.text.Tokens); at++ {
		if _, ok := unitsOfTime[s.text.At(at).Norm]; ok && s.text.At(at-1).Class == Digit && (s.text.At(at).Class == Word || s.text.At(at).Class == Han && !isYear(s.text.At(at-1).Norm)) {
			return true
		}
		if s.text.At(at).Class == Han && lengthUnits[s.text.Norm(at, min(at+2, end))] != "" && lengthUnits[s.text.At(at).Norm] == "" {
			return true // 两个小时, 三十分钟
		}
	}
	return false
}

// isYear reports whether digits are those of a year: 超过2024年 tests no length of time.
func isYear(digits string) bool { return len(digits) == 4 }

// isBirth reports whether a dimension says when somebody was born, which no
// period of acts is about.
func isBirth(d *semantic.Dimension) bool {
	zh, en := d.Names.Label.ZH, strings.ToLower(d.Names.Label.EN+" "+spaced(d.Name))
	return strings.Contains(zh, "出生") || strings.Contains(zh, "生日") || strings.Contains(en, "birth")
}
