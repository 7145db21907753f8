package dialect

import (
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// ClickHouse is the dialect of ClickHouse 24.3 and later.
//
// The warehouse sets what makes it think in nulls: joins give nulls and not
// zeros, aggregates over nothing are null. Values are converted by functions,
// which keep a null. Dates are Date32 and timestamps DateTime64(6) of UTC. A
// decimal is counted in whole units first, since ClickHouse cuts off digits
// where others round; a Float64 that lies exactly between two units goes to the
// even one. Texts are bytes already, and lower and upper turn ASCII letters
// alone.
func ClickHouse() Dialect { return clickhouse{} }

type clickhouse struct{}

func (clickhouse) Syntax() *sqltree.Syntax { return clickhouseSyntax }

func (d clickhouse) Value(v semantic.Value) sqltree.Expr {
	switch v.Kind() {
	case semantic.Null:
		return sqltree.NullLit()
	case semantic.Bool:
		if v.Bool() {
			return sqltree.Fn("toUInt8", sqltree.Bind(int64(1)))
		}
		return sqltree.Fn("toUInt8", sqltree.Bind(int64(0)))
	case semantic.Int:
		return sqltree.Fn("toInt64", sqltree.Bind(v.Int()))
	case semantic.Decimal:
		return sqltree.Fn("toDecimal128", sqltree.Bind(v.String()), sqltree.Int(int64(v.Scale())))
	case semantic.Float:
		f, _ := v.Float()
		return sqltree.Fn("toFloat64", sqltree.Bind(f))
	case semantic.Date:
		return sqltree.Fn("toDate32", sqltree.Bind(v.String()))
	case semantic.Timestamp:
		return clickhouseTime(sqltree.Bind(v.String()))
	}
	return sqltree.Bind(v.String())
}

// Null has no type, so that it goes with integers of any width and sign.
func (clickhouse) Null(semantic.ColumnType) sqltree.Expr { return sqltree.NullLit() }

func (clickhouse) Text(x sqltree.Expr) sqltree.Expr { return x }

func (clickhouse) Bytes(x sqltree.Expr) sqltree.Expr { return x }

// clickhouseTime is a timestamp with its fraction on the clock of UTC.
func clickhouseTime(x sqltree.Expr) sqltree.Expr {
	if c, ok := x.(*sqltree.Call); ok && c.Name == "toDateTime64" {
		return x
	}
	return sqltree.Fn("toDateTime64", x, sqltree.Int(6), sqltree.Text("UTC"))
}

// called is a call, unless x is one of it.
func called(name string, x sqltree.Expr) sqltree.Expr {
	if c, ok := x.(*sqltree.Call); ok && c.Name == name {
		return x
	}
	return sqltree.Fn(name, x)
}

// Moment gives null for a coded value that is no date, as SQLite does.
func (clickhouse) Moment(x sqltree.Expr, t semantic.ColumnType) sqltree.Expr {
	switch t.Coding {
	case semantic.Native:
		if t.Kind == semantic.Date {
			return called("toDate32", x)
		}
		return clickhouseTime(x)
	case semantic.EpochSeconds:
		return clickhouseTime(x)
	case semantic.EpochMillis:
		return clickhouseTime(sqltree.Fn("toInt64", sqltree.Fn("floor", sqltree.Op(sqltree.Div, x, sqltree.Int(1000)))))
	}
	f := cut(sqltree.Fn("toString", x), layoutOf(t))
	for i := range f {
		if c, ok := f[i].(*sqltree.Call); ok {
			c.Name = "substringUTF8"
		}
	}
	parts := []sqltree.Expr{f[0], sqltree.Text("-"), f[1], sqltree.Text("-"), f[2]}
	if _, midnight := f[3].(*sqltree.Lit); midnight {
		return sqltree.Fn("toDate32OrNull", sqltree.Fn("concat", parts...))
	}
	parts = append(parts, sqltree.Text(" "), f[3], sqltree.Text(":"), f[4], sqltree.Text(":"), f[5])
	return sqltree.Fn("toDateTime64OrNull", sqltree.Fn("concat", parts...), sqltree.Int(6), sqltree.Text("UTC"))
}

func (d clickhouse) Local(x sqltree.Expr, offsets []Offset) sqltree.Expr {
	return moved(x, offsets, func(seconds int) sqltree.Expr {
		return sqltree.Fn("addSeconds", x, sqltree.Int(int64(seconds)))
	}, func(t time.Time) sqltree.Expr { return d.Value(semantic.TimestampValue(t)) })
}

func (d clickhouse) Bound(stored time.Time, t semantic.ColumnType) sqltree.Expr {
	switch {
	case t.Coding == semantic.Native && t.Kind == semantic.Date && midnight(stored):
		return d.Value(semantic.DateValue(stored))
	case t.Coding == semantic.Native:
		return d.Value(semantic.TimestampValue(stored))
	case t.Coding == semantic.EpochSeconds:
		return sqltree.Fn("toInt64", sqltree.Bind(stored.Unix()))
	case t.Coding == semantic.EpochMillis:
		return sqltree.Fn("toInt64", sqltree.Bind(stored.UnixMilli()))
	}
	// A literal text takes the type of the column that it is compared with.
	return sqltree.Bind(stored.Format(layoutOf(t)))
}

func (clickhouse) Trunc(x sqltree.Expr, u semantic.Unit, c *semantic.Calendar) sqltree.Expr {
	date := func(name string) sqltree.Expr { return sqltree.Fn("toDate32", sqltree.Fn(name, x)) }
	switch u {
	case semantic.Millisecond:
		return clickhouseTime(sqltree.Fn("toStartOfMillisecond", clickhouseTime(x)))
	case semantic.Second:
		return clickhouseTime(sqltree.Fn("toStartOfSecond", clickhouseTime(x)))
	case semantic.Minute:
		return clickhouseTime(sqltree.Fn("toStartOfMinute", clickhouseTime(x)))
	case semantic.Hour:
		return clickhouseTime(sqltree.Fn("toStartOfHour", clickhouseTime(x)))
	case semantic.Day, semantic.NoUnit:
		return called("toDate32", x)
	case semantic.Week:
		ahead := (8 - int(weekStart(c))) % 7
		if ahead == 0 {
			return date("toMonday")
		}
		days := sqltree.Int(int64(ahead))
		monday := sqltree.Fn("toDate32", sqltree.Fn("toMonday", sqltree.Fn("addDays", called("toDate32", x), days)))
		return sqltree.Fn("toDate32", sqltree.Fn("addDays", monday, sqltree.Int(int64(-ahead))))
	}
	first, n := months(u, c)
	switch {
	case n == 1:
		return date("toStartOfMonth")
	case n == 12 && first == 1:
		return date("toStartOfYear")
	case n == 3 && first%3 == 1:
		return date("toStartOfQuarter")
	}
	since := sqltree.Op(sqltree.Mod, sqltree.Op(sqltree.Add, sqltree.Fn("toMonth", x), sqltree.Int(int64(12-first))), sqltree.Int(int64(n)))
	back := &sqltree.Unary{Op: sqltree.Minus, X: sqltree.Fn("toInt64", since)}
	return sqltree.Fn("toDate32", sqltree.Fn("addMonths", date("toStartOfMonth"), back))
}

func (d clickhouse) Shift(x sqltree.Expr, n int, u semantic.Unit, clock bool) sqltree.Expr {
	return shifted(d, x, n, u, clock)
}

var clickhouseSteps = map[semantic.Unit]string{semantic.Second: "addSeconds", semantic.Day: "addDays", semantic.Month: "addMonths"}

func (clickhouse) Step(x, n sqltree.Expr, u semantic.Unit, clock bool) sqltree.Expr {
	if clock {
		x = clickhouseTime(x)
	}
	out := sqltree.Fn(clickhouseSteps[u], x, n)
	if clock {
		return out
	}
	return sqltree.Fn("toDate32", out)
}

var clickhouseParts = map[semantic.Cyclic]string{
	semantic.HourOfDay: "toHour", semantic.DayOfWeek: "toDayOfWeek", semantic.DayOfMonth: "toDayOfMonth", semantic.DayOfYear: "toDayOfYear",
	semantic.WeekOfYear: "toISOWeek", semantic.MonthOfYear: "toMonth", semantic.QuarterOfYear: "toQuarter",
}

func (clickhouse) Part(x sqltree.Expr, c semantic.Cyclic) sqltree.Expr {
	return sqltree.Fn("toInt64", sqltree.Fn(clickhouseParts[c], x))
}

func (clickhouse) Days(from, to sqltree.Expr) sqltree.Expr {
	return sqltree.Fn("dateDiff", sqltree.Text("day"), called("toDate32", from), called("toDate32", to))
}

func (clickhouse) Seconds(from, to sqltree.Expr) sqltree.Expr {
	return sqltree.Fn("dateDiff", sqltree.Text("second"), from, to)
}

func (clickhouse) Exact(x sqltree.Expr, scale int) sqltree.Expr {
	if scale == 0 {
		return sqltree.Fn("toDecimal128", sqltree.Fn("round", x), sqltree.Int(0))
	}
	units := sqltree.Fn("toDecimal128", sqltree.Fn("round", sqltree.Op(sqltree.Mul, x, number(Power(scale)))), sqltree.Int(0))
	unit := sqltree.Fn("toDecimal128", sqltree.Text("0."+Power(scale)[1:scale]+"1"), sqltree.Int(int64(scale)))
	return sqltree.Op(sqltree.Mul, units, unit)
}

func (d clickhouse) ExactColumn(x sqltree.Expr, scale int) sqltree.Expr { return d.Exact(x, scale) }

func (clickhouse) SetsInAggregates() bool { return true }

func (clickhouse) JoinHash(sqltree.Expr) sqltree.Expr { return nil }

func (clickhouse) ScaledDecimals() bool { return false }

func (clickhouse) Double(x sqltree.Expr) sqltree.Expr { return called("toFloat64", x) }

func (clickhouse) Scalar(name string, args ...sqltree.Expr) sqltree.Expr {
	switch name {
	case "length":
		return sqltree.Fn("toInt64", sqltree.Fn("lengthUTF8", args[0]))
	case "round":
		return halfAway(args, func(x sqltree.Expr) sqltree.Expr { return sqltree.Fn("toFloat64", x) })
	}
	return sqltree.Fn(name, args...)
}

func (d clickhouse) Average(x sqltree.Expr) sqltree.Expr { return sqltree.Fn("avg", d.Double(x)) }

func (clickhouse) Percentiles() bool { return true }

func (d clickhouse) Median(x sqltree.Expr) sqltree.Expr { return d.Percentile(x, 0.5, false) }

// Percentile picks from the sorted values: the engine's own quantiles count in
// other ways.
func (d clickhouse) Percentile(x sqltree.Expr, p float64, discrete bool) sqltree.Expr {
	x = d.Double(x)
	one := sqltree.Int(1)
	n := sqltree.Fn("count", x)
	sorted := sqltree.Fn("arraySort", sqltree.Fn("groupArray", x))
	at := func(place sqltree.Expr) sqltree.Expr {
		return sqltree.Fn("arrayElement", sorted, sqltree.Fn("toInt64", place))
	}
	var picked sqltree.Expr
	if discrete {
		// The tolerance keeps 0.07 times 100 from stepping over its rank.
		rank := sqltree.Fn("ceil", sqltree.Op(sqltree.Sub, sqltree.Op(sqltree.Mul, fraction(p), n), number("0.000000001")))
		picked = at(&sqltree.Case{Whens: []sqltree.When{{If: sqltree.Op(sqltree.Lt, rank, one), Then: number("1.0")}}, Else: rank})
	} else {
		place := sqltree.Op(sqltree.Mul, fraction(p), sqltree.Op(sqltree.Sub, n, one))
		floor := sqltree.Fn("floor", place)
		low, high := at(sqltree.Op(sqltree.Add, floor, one)), at(sqltree.Op(sqltree.Add, sqltree.Fn("ceil", place), one))
		picked = sqltree.Op(sqltree.Add, low, sqltree.Op(sqltree.Mul, sqltree.Op(sqltree.Sub, high, low), sqltree.Op(sqltree.Sub, place, floor)))
	}
	return atLeast(n, 1, picked)
}

// atLeast is x where n is not less than the least, else null.
func atLeast(n sqltree.Expr, least int64, x sqltree.Expr) sqltree.Expr {
	return &sqltree.Case{Whens: []sqltree.When{{If: sqltree.Op(sqltree.Ge, n, sqltree.Int(least)), Then: x}}}
}

func (d clickhouse) Spread(x sqltree.Expr, s Spread) sqltree.Expr {
	name := "stddevSamp"
	if s == Variance {
		name = "varSamp"
	}
	return atLeast(sqltree.Fn("count", x), 2, sqltree.Fn(name, d.Double(x)))
}

func (clickhouse) Match(x sqltree.Expr, m semantic.MatchKind, needle string) sqltree.Expr {
	low, sought := sqltree.Fn("lower", x), sqltree.Bind(asciiLower(needle))
	switch m {
	case semantic.Starts:
		return sqltree.Op(sqltree.Eq, sqltree.Fn("startsWith", low, sought), sqltree.Int(1))
	case semantic.Ends:
		return sqltree.Op(sqltree.Eq, sqltree.Fn("endsWith", low, sought), sqltree.Int(1))
	}
	return sqltree.Op(sqltree.Gt, sqltree.Fn("position", low, sought), sqltree.Int(0))
}

func (clickhouse) Order(x sqltree.Expr, _ semantic.Kind, desc bool) []sqltree.Order {
	return []sqltree.Order{{Expr: x, Desc: desc, Nulls: sqltree.NullsLast}}
}

// Rows is an array laid out as rows: a union of as many selects would be a plan
// of its own for each.
func (clickhouse) Rows(rows [][]sqltree.Expr, names []string) sqltree.Body {
	array := &sqltree.Call{Name: "array"}
	for _, row := range rows {
		x := row[0]
		if len(names) > 1 {
			x = sqltree.Fn("tuple", row...)
		}
		array.Args = append(array.Args, x)
	}
	list := sqltree.Fn("arrayJoin", array)
	if len(names) == 1 {
		return &sqltree.Select{Items: []sqltree.Item{{Expr: list, Alias: names[0]}}}
	}
	s := &sqltree.Select{From: &sqltree.From{Source: &sqltree.Derived{Alias: "l",
		Query: &sqltree.Query{Body: &sqltree.Select{Items: []sqltree.Item{{Expr: list, Alias: "x"}}}}}}}
	for i, name := range names {
		s.Items = append(s.Items, sqltree.Item{Expr: sqltree.Fn("tupleElement", sqltree.C("l", "x"), sqltree.Int(int64(i+1))), Alias: name})
	}
	return s
}
