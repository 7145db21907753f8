package corpus

import (
	"fmt"

	"wenshu/nlq"
	"wenshu/semantic"
)

// Describe writes a part of time in one line: a period as a query line has it
// (with "?" where something was guessed), "by month", "by month trend", "on
// day_of_week 6..7", "ago year 1", "against 2024", "same year 1". Other parts
// are written as Go prints them.
func Describe(p nlq.Part) string {
	switch p := p.(type) {
	case nlq.Timed:
		return timed(p)
	case nlq.Grained:
		s := "by " + grain(p.Grain)
		if p.Trend {
			s += " trend"
		}
		return s
	case nlq.Cycle:
		return fmt.Sprintf("on %s %d..%d", grain(p.Grain), p.From, p.To)
	case nlq.Against:
		return against(p)
	}
	return fmt.Sprintf("%T%+v", p, p)
}

// timed writes a period, with a note when it cannot be said in a query line.
func timed(p nlq.Timed) string {
	s := semantic.PeriodString(p.Period)
	if again, err := semantic.ParsePeriod(s); err != nil || again != p.Period {
		return s + " (not a period of the query line)"
	}
	if p.Guessed {
		return s + " ?"
	}
	return s
}

func against(p nlq.Against) string {
	s := "prior"
	switch p.How {
	case semantic.Ago:
		s = fmt.Sprintf("ago %s %d", grain(semantic.Grain{Unit: p.Unit}), p.N)
	case semantic.Other:
		s = "against " + semantic.PeriodString(p.Period)
	}
	if p.Same {
		s += " same"
	}
	if p.Growth {
		s += " growth"
	}
	return s
}

func grain(g semantic.Grain) string {
	if g == (semantic.Grain{}) {
		return "any"
	}
	x := semantic.ExprString(semantic.Grained{Of: semantic.Name{Path: []string{"t"}}, Grain: g})
	return x[2:]
}

// DescribeNumber writes a number with its percent sign, unit and ordinal mark:
// 1200, 30%, 5000 元, nth 3.
func DescribeNumber(n nlq.Number) string {
	s := n.Value.String()
	if n.Percent {
		s += "%"
	}
	if n.Whole {
		s = "nth " + s
	}
	if n.Unit != "" {
		s += " " + n.Unit
	}
	return s
}
