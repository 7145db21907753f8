package dialect

import (
	"strconv"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// SQLite is the dialect of SQLite 3.46 and later.
//
// Dates are texts YYYY-MM-DD and timestamps YYYY-MM-DD HH:MM:SS, the forms that
// its date functions read and write and that sort as time does. Decimals are
// computed as whole numbers of their smallest unit, because SQLite has no
// decimal type. stddev_samp and var_samp are aggregates that the warehouse
// registers on each connection; median and the percentiles need the build tag
// sqlite_percentile, floor and ceil sqlite_math_functions.
func SQLite() Dialect { return sqlite{} }

type sqlite struct{}

func (sqlite) Syntax() *sqltree.Syntax { return sqliteSyntax }

// Value binds a decimal as the nearest double, which is also what a column of
// decimals holds for the same digits.
func (sqlite) Value(v semantic.Value) sqltree.Expr {
	switch v.Kind() {
	case semantic.Null:
		return sqltree.NullLit()
	case semantic.Bool:
		if v.Bool() {
			return sqltree.Bind(int64(1))
		}
		return sqltree.Bind(int64(0))
	case semantic.Int:
		return sqltree.Bind(v.Int())
	case semantic.Decimal, semantic.Float:
		f, _ := v.Float()
		return sqltree.Bind(f)
	}
	return sqltree.Bind(v.String())
}

func (sqlite) Null(semantic.ColumnType) sqltree.Expr { return sqltree.NullLit() }

func (sqlite) Text(x sqltree.Expr) sqltree.Expr { return x }

func (sqlite) Bytes(x sqltree.Expr) sqltree.Expr { return x }

func (sqlite) Moment(x sqltree.Expr, t semantic.ColumnType) sqltree.Expr {
	switch t.Coding {
	case semantic.Native:
		return x
	case semantic.EpochSeconds:
		return sqltree.Fn("datetime", x, sqltree.Text("unixepoch"))
	case semantic.EpochMillis:
		return sqltree.Fn("datetime", sqltree.Op(sqltree.Div, x, number("1000.0")), sqltree.Text("unixepoch"))
	}
	f := cut(x, layoutOf(t))
	date := join(f[0], sqltree.Text("-"), f[1], sqltree.Text("-"), f[2])
	if _, midnight := f[3].(*sqltree.Lit); midnight {
		return date
	}
	return join(date, sqltree.Text(" "), f[3], sqltree.Text(":"), f[4], sqltree.Text(":"), f[5])
}

func (sqlite) Local(x sqltree.Expr, offsets []Offset) sqltree.Expr {
	moved := func(o Offset) sqltree.Expr {
		return sqltree.Fn("datetime", x, sqltree.Text(signed(o.Seconds)+" seconds"))
	}
	switch len(offsets) {
	case 0:
		return x
	case 1:
		if offsets[0].Seconds == 0 {
			return x
		}
		return moved(offsets[0])
	}
	c := &sqltree.Case{Else: moved(offsets[len(offsets)-1])}
	for i, next := range offsets[1:] {
		until := sqltree.Bind(next.From.Format(time.DateTime))
		c.Whens = append(c.Whens, sqltree.When{If: sqltree.Op(sqltree.Lt, sqltree.Fn("datetime", x), until), Then: moved(offsets[i])})
	}
	return c
}

// Bound writes midnight without a time of day: as a text it then comes before
// every form of that day and after every form of the day before.
func (sqlite) Bound(stored time.Time, t semantic.ColumnType) sqltree.Expr {
	switch t.Coding {
	case semantic.EpochSeconds:
		return sqltree.Bind(stored.Unix())
	case semantic.EpochMillis:
		return sqltree.Bind(stored.UnixMilli())
	case semantic.Native:
		if stored.Hour() == 0 && stored.Minute() == 0 && stored.Second() == 0 {
			return sqltree.Bind(stored.Format(time.DateOnly))
		}
		return sqltree.Bind(stored.Format(time.DateTime))
	case semantic.CodedText:
		return sqltree.Bind(stored.Format(t.Layout))
	}
	// A column with text affinity turns the number into the same digits.
	n, _ := strconv.ParseInt(stored.Format(layoutOf(t)), 10, 64)
	return sqltree.Bind(n)
}

func (sqlite) Trunc(x sqltree.Expr, u semantic.Unit, c *semantic.Calendar) sqltree.Expr {
	switch u {
	case semantic.Millisecond:
		return sqltree.Fn("strftime", sqltree.Text("%Y-%m-%d %H:%M:%f"), x)
	case semantic.Second:
		return sqltree.Fn("strftime", sqltree.Text("%Y-%m-%d %H:%M:%S"), x)
	case semantic.Minute:
		return sqltree.Fn("strftime", sqltree.Text("%Y-%m-%d %H:%M:00"), x)
	case semantic.Hour:
		return sqltree.Fn("strftime", sqltree.Text("%Y-%m-%d %H:00:00"), x)
	case semantic.Day, semantic.NoUnit:
		return sqltree.Fn("date", x)
	case semantic.Week:
		// Forward to the last day of the week (0 is Sunday), then six days back.
		last := (int(weekStart(c)) + 6) % 7
		return sqltree.Fn("date", x, sqltree.Text("weekday "+strconv.Itoa(last)), sqltree.Text("-6 days"))
	}
	first, n := months(u, c)
	if n == 1 {
		return sqltree.Fn("date", x, sqltree.Text("start of month"))
	}
	if n == 12 && first == 1 {
		return sqltree.Fn("date", x, sqltree.Text("start of year"))
	}
	since := sqltree.Op(sqltree.Add, sqlitePart(x, "%m"), sqltree.Int(int64(12-first)))
	back := sqltree.Op(sqltree.Mod, since, sqltree.Int(int64(n)))
	return sqltree.Fn("date", x, sqltree.Text("start of month"), join(sqltree.Text("-"), back, sqltree.Text(" months")))
}

func (sqlite) Shift(x sqltree.Expr, n int, u semantic.Unit, clock bool) sqltree.Expr {
	name := "date"
	if clock {
		name = "datetime"
	}
	switch u {
	case semantic.Second:
		return sqltree.Fn(name, x, sqltree.Text(signed(n)+" seconds"))
	case semantic.Minute:
		return sqltree.Fn(name, x, sqltree.Text(signed(n)+" minutes"))
	case semantic.Hour:
		return sqltree.Fn(name, x, sqltree.Text(signed(n)+" hours"))
	case semantic.Day:
		return sqltree.Fn(name, x, sqltree.Text(signed(n)+" days"))
	case semantic.Week:
		return sqltree.Fn(name, x, sqltree.Text(signed(7*n)+" days"))
	}
	_, length := months(u, nil)
	return sqltree.Fn(name, x, sqltree.Text(signed(n*length)+" months"), sqltree.Text("floor"))
}

// Step joins the number to its word: a modifier is a text.
func (sqlite) Step(x, n sqltree.Expr, u semantic.Unit, clock bool) sqltree.Expr {
	name := "date"
	if clock {
		name = "datetime"
	}
	word := map[semantic.Unit]string{semantic.Second: " seconds", semantic.Day: " days", semantic.Month: " months"}[u]
	c := sqltree.Fn(name, x, sqltree.Op(sqltree.Concat, n, sqltree.Text(word)))
	if u == semantic.Month {
		c.Args = append(c.Args, sqltree.Text("floor"))
	}
	return c
}

func (sqlite) Part(x sqltree.Expr, c semantic.Cyclic) sqltree.Expr {
	if c == semantic.QuarterOfYear {
		return sqltree.Op(sqltree.Div, sqltree.Op(sqltree.Add, sqlitePart(x, "%m"), sqltree.Int(2)), sqltree.Int(3))
	}
	return sqlitePart(x, sqliteParts[c])
}

var sqliteParts = map[semantic.Cyclic]string{
	semantic.HourOfDay: "%H", semantic.DayOfWeek: "%u", semantic.DayOfMonth: "%d",
	semantic.DayOfYear: "%j", semantic.WeekOfYear: "%V", semantic.MonthOfYear: "%m",
}

func sqlitePart(x sqltree.Expr, format string) sqltree.Expr {
	return cast(sqltree.Fn("strftime", sqltree.Text(format), x), "INTEGER")
}

func (sqlite) Days(from, to sqltree.Expr) sqltree.Expr {
	midnight := func(x sqltree.Expr) sqltree.Expr { return sqltree.Fn("julianday", sqltree.Fn("date", x)) }
	return cast(sqltree.Op(sqltree.Sub, midnight(to), midnight(from)), "INTEGER")
}

func (sqlite) Seconds(from, to sqltree.Expr) sqltree.Expr {
	return sqltree.Op(sqltree.Sub, sqlitePart(to, "%s"), sqlitePart(from, "%s"))
}

// Exact rounds at the declared scale before anything is added up, which takes
// away the last digits of a REAL. A sum that leaves 64 bits fails in SQLite; it
// is never wrong.
func (sqlite) Exact(x sqltree.Expr, scale int) sqltree.Expr {
	if scale > 0 {
		x = sqltree.Op(sqltree.Mul, x, number(Power(scale)))
	}
	return cast(sqltree.Fn("round", x), "INTEGER")
}

func (d sqlite) ExactColumn(x sqltree.Expr, scale int) sqltree.Expr { return d.Exact(x, scale) }

func (sqlite) SetsInAggregates() bool { return true }

func (sqlite) JoinHash(sqltree.Expr) sqltree.Expr { return nil }

func (sqlite) ScaledDecimals() bool { return true }

func (sqlite) Double(x sqltree.Expr) sqltree.Expr { return cast(x, "REAL") }

func (sqlite) Scalar(name string, args ...sqltree.Expr) sqltree.Expr {
	return sqltree.Fn(name, args...)
}

func (sqlite) Average(x sqltree.Expr) sqltree.Expr { return sqltree.Fn("avg", x) }

func (sqlite) Percentiles() bool { return true }

func (sqlite) Median(x sqltree.Expr) sqltree.Expr { return sqltree.Fn("median", x) }

func (sqlite) Percentile(x sqltree.Expr, p float64, discrete bool) sqltree.Expr {
	name := "percentile_cont"
	if discrete {
		name = "percentile_disc"
	}
	return sqltree.Fn(name, x, fraction(p))
}

func (sqlite) Spread(x sqltree.Expr, s Spread) sqltree.Expr {
	if s == Variance {
		return sqltree.Fn("var_samp", x)
	}
	return sqltree.Fn("stddev_samp", x)
}

// Match relies on LIKE, which in SQLite folds ASCII letters and no others.
func (sqlite) Match(x sqltree.Expr, m semantic.MatchKind, needle string) sqltree.Expr {
	return &sqltree.Like{X: x, Pattern: sqltree.Bind(likePattern(m, needle)), Escape: escape}
}

func (sqlite) Order(x sqltree.Expr, _ semantic.Kind, desc bool) []sqltree.Order {
	return []sqltree.Order{{Expr: x, Desc: desc, Nulls: sqltree.NullsLast}}
}

func (sqlite) Rows(rows [][]sqltree.Expr, _ []string) sqltree.Body {
	return &sqltree.Values{Rows: rows}
}
