package said

import "wenshu/semantic"

// Past returns the last n complete units, the running one left out. Halves are
// counted in months.
func Past(unit semantic.Unit, n int) semantic.Period {
	unit, n = wholeUnits(unit, n)
	return semantic.Relative{Unit: unit, From: -n, To: -1}
}

// PastOne returns the last unit that was named without a number, counted in the
// next smaller unit: seven days for a week, thirty days for a month, three
// months for a quarter, twelve for a year.
func PastOne(unit semantic.Unit) semantic.Period {
	switch unit {
	case semantic.Week:
		return Past(semantic.Day, 7)
	case semantic.Month:
		return Past(semantic.Day, 30)
	case semantic.Quarter:
		return Past(semantic.Month, 3)
	case semantic.Year:
		return Past(semantic.Month, 12)
	}
	return Past(unit, 1)
}

// Coming returns the next n complete units; weeks begin tomorrow, for what is due in the
// next two of them is not put off to Monday.
func Coming(unit semantic.Unit, n int) semantic.Period {
	unit, n = wholeUnits(unit, n)
	if unit == semantic.Week {
		unit, n = semantic.Day, 7*n
	}
	return semantic.Relative{Unit: unit, From: 1, To: n}
}

// Back returns the one unit that lies n units back.
func Back(unit semantic.Unit, n int) Date {
	unit, n = wholeUnits(unit, n)
	return Of(unit, -n)
}

func wholeUnits(unit semantic.Unit, n int) (semantic.Unit, int) {
	if unit == semantic.Half {
		return semantic.Month, 6 * n
	}
	return unit, n
}

// SoFar returns the time from the start of a period until now: a running unit
// to date, an earlier one up to today. "Since March" and "from March on" mean no
// more, as facts of the future do not exist.
func SoFar(p semantic.Period) semantic.Period {
	if r, ok := p.(semantic.Relative); ok && r.From == 0 && r.To == 0 && r.Unit != semantic.Day {
		return semantic.ToDate{Of: p}
	}
	if r, ok := p.(semantic.Relative); ok && r.Unit == semantic.Day {
		return semantic.Relative{Unit: semantic.Day, From: r.From, To: max(r.From, 0)}
	}
	return semantic.FromTo{From: p, To: semantic.Relative{Unit: semantic.Day}}
}

// MaxCount is the largest number of units that a period counts; larger numbers
// are not read as counts of units.
const MaxCount = 1000
