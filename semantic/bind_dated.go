package semantic

// dated computes the functions that depend on the day of the question or on the calendar
// from those that every source has: today() and years_between().
func (b *binder) dated(c Call) Expr {
	switch {
	case c.Func == "today":
		now, _, err := b.clock.Wall()
		if err != nil {
			b.failError(err)
		}
		return Lit{DateValue(now)}
	case c.Func == "years_between" && len(c.Args) == 2:
		return b.wholeYears(c.Args[0], c.Args[1])
	}
	return c
}

// datedIn is dated for every call in a bound expression.
func (b *binder) datedIn(e Expr) Expr {
	return Rewrite(e, func(x Expr) Expr {
		c, ok := x.(Call)
		if !ok || c.Func != "today" && c.Func != "years_between" {
			return nil
		}
		out := Call{Func: c.Func}
		for _, a := range c.Args {
			out.Args = append(out.Args, b.datedIn(a))
		}
		return b.dated(out)
	})
}

// meanYear is the days of a year of the Gregorian calendar, over 400 of them. Two first days
// of January are so many years apart, to less than a hundredth, within any two centuries.
var meanYear = DecimalValue(3652425, 4)

// wholeYears is how many birthdays what began at one moment had up to another: the years
// between, less one where the day of the year has not come again. Who was born on
// February 29 is a year older on March 1.
func (b *binder) wholeYears(from, to Expr) Expr {
	part := func(e Expr, c Cyclic) Expr {
		return Part{X: e, Type: typeOf(e, nil, nil), Grain: Grain{Cyclic: c}, Calendar: b.clock.Calendar}
	}
	day := func(e Expr) Expr {
		return Binary{Op: Add, L: Binary{Op: Mul, L: part(e, MonthOfYear), R: Lit{IntValue(100)}}, R: part(e, DayOfMonth)}
	}
	january := func(e Expr) Expr {
		return Trunc{X: e, Type: typeOf(e, nil, nil), Grain: Grain{Unit: Year}, Calendar: b.clock.Calendar}
	}
	years := Call{Func: "round", Args: []Expr{Binary{Op: Div, L: Call{Func: "days_between", Args: []Expr{january(from), january(to)}}, R: Lit{meanYear}}}}
	short := Case{Whens: []When{{If: Binary{Op: Lt, L: day(to), R: day(from)}, Then: Lit{IntValue(1)}}}, Else: Lit{IntValue(0)}}
	return Binary{Op: Sub, L: years, R: short}
}
