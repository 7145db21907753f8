package dialect

import (
	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// Start is Trunc, for units of whole weeks too (see semantic.Calendar.InWeeks).
func Start(d Dialect, x sqltree.Expr, u semantic.Unit, c *semantic.Calendar) sqltree.Expr {
	if !c.InWeeks(u) {
		return d.Trunc(x, u, c)
	}
	week := d.Trunc(x, semantic.Week, c)
	year := yearInWeeks(d, week, 0, c)
	_, each := months(u, nil)
	if each == 12 {
		return year
	}
	into := d.Days(year, week)
	far := &sqltree.Case{Else: sqltree.Int(int64(7 * c.WeeksBefore(12-each)))}
	for m := 0; m < 12-each; m += each {
		before := sqltree.Op(sqltree.Lt, into, sqltree.Int(int64(7*c.WeeksBefore(m+each))))
		far.Whens = append(far.Whens, sqltree.When{If: before, Then: sqltree.Int(int64(7 * c.WeeksBefore(m)))})
	}
	return d.Step(year, far, semantic.Day, false)
}

// yearInWeeks is the first day of the year in weeks that holds the week, so many
// years away: the week of the day FiscalLead days after its first month begins.
func yearInWeeks(d Dialect, week sqltree.Expr, years int, c *semantic.Calendar) sqltree.Expr {
	first := d.Trunc(days(d, week, semantic.FiscalAfter-c.FiscalLead), semantic.FiscalYear, c)
	if years != 0 {
		first = d.Shift(first, years, semantic.Year, false)
	}
	return d.Trunc(days(d, first, c.FiscalLead), semantic.Week, c)
}

func days(d Dialect, x sqltree.Expr, n int) sqltree.Expr {
	if n == 0 {
		return x
	}
	return d.Shift(x, n, semantic.Day, false)
}

// Moved is Start, moved by n units of whole weeks. It is told from x alone, since a
// start that is moved would stand in every arm.
func Moved(d Dialect, x sqltree.Expr, u semantic.Unit, n int, by semantic.Unit, c *semantic.Calendar) sqltree.Expr {
	_, each := months(u, nil)
	_, length := months(by, nil)
	n *= length
	week := d.Trunc(x, semantic.Week, c)
	into := d.Days(yearInWeeks(d, week, 0, c), week)
	to := func(month int) sqltree.Expr {
		in := ((month+n)%12 + 12) % 12
		return days(d, yearInWeeks(d, week, (month+n-in)/12, c), 7*c.WeeksBefore(in))
	}
	if each == 12 {
		return to(0)
	}
	moved := &sqltree.Case{Else: to(12 - each)}
	for m := 0; m < 12-each; m += each {
		before := sqltree.Op(sqltree.Lt, into, sqltree.Int(int64(7*c.WeeksBefore(m+each))))
		moved.Whens = append(moved.Whens, sqltree.When{If: before, Then: to(m)})
	}
	return moved
}
