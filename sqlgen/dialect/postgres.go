package dialect

import (
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// Postgres is the dialect of PostgreSQL 12 and later and of engines that speak
// its SQL.
//
// Every bound value but a text is cast to its type, since PostgreSQL would
// otherwise take a placeholder among values for a text. Moments are dates and
// timestamps without a zone; a timestamp with one is read on the clock of the
// session, which the warehouse sets to UTC. Texts are equal byte by byte under
// every collation that PostgreSQL is set up with by default, but sort by the
// collation of their column: hence COLLATE "C" wherever the order counts. A
// cast to NUMERIC(38, s) costs nothing where the column is declared with the
// scale s already.
func Postgres() Dialect { return postgres{} }

type postgres struct{}

func (postgres) Syntax() *sqltree.Syntax { return postgresSyntax }

func (postgres) Value(v semantic.Value) sqltree.Expr {
	switch v.Kind() {
	case semantic.Null:
		return sqltree.NullLit()
	case semantic.Bool:
		return cast(sqltree.Bind(v.Bool()), "BOOLEAN")
	case semantic.Int:
		return cast(sqltree.Bind(v.Int()), "BIGINT")
	case semantic.Decimal:
		return cast(sqltree.Bind(v.String()), "NUMERIC")
	case semantic.Float:
		f, _ := v.Float()
		return cast(sqltree.Bind(f), "DOUBLE PRECISION")
	case semantic.Date:
		return cast(sqltree.Bind(v.String()), "DATE")
	case semantic.Timestamp:
		return cast(sqltree.Bind(v.String()), "TIMESTAMP")
	}
	return sqltree.Bind(v.String())
}

// postgresTypes are the types of nulls, by kind.
var postgresTypes = map[semantic.Kind]string{
	semantic.Bool: "BOOLEAN", semantic.Int: "BIGINT", semantic.Decimal: "NUMERIC", semantic.Float: "DOUBLE PRECISION",
	semantic.Text: "TEXT", semantic.Date: "DATE", semantic.Timestamp: "TIMESTAMP",
}

func (postgres) Null(t semantic.ColumnType) sqltree.Expr { return nullOf(postgresTypes, t) }

// nullOf is a null of the type, a bare one where the kind is not known.
func nullOf(types map[semantic.Kind]string, t semantic.ColumnType) sqltree.Expr {
	if name := types[t.Kind]; name != "" {
		return cast(sqltree.NullLit(), name)
	}
	return sqltree.NullLit()
}

func (postgres) Text(x sqltree.Expr) sqltree.Expr { return x }

func (postgres) Bytes(x sqltree.Expr) sqltree.Expr { return &sqltree.Collate{X: x, Name: "C"} }

// Moment fails, in the engine, on a coded value that is no date: the statement
// is refused as a whole.
func (postgres) Moment(x sqltree.Expr, t semantic.ColumnType) sqltree.Expr {
	switch t.Coding {
	case semantic.Native:
		if t.Kind == semantic.Date {
			return typedCast(x, "DATE")
		}
		return typedCast(x, "TIMESTAMP")
	case semantic.EpochSeconds:
		return cast(sqltree.Fn("to_timestamp", x), "TIMESTAMP")
	case semantic.EpochMillis:
		return cast(sqltree.Fn("to_timestamp", sqltree.Fn("floor", sqltree.Op(sqltree.Div, x, number("1000.0")))), "TIMESTAMP")
	}
	return assembled(cast(x, "TEXT"), layoutOf(t), "DATE", "TIMESTAMP")
}

// assembled puts the fields of a text together and casts them to a date or,
// where the layout holds a clock, to a timestamp.
func assembled(x sqltree.Expr, layout, date, timestamp string) sqltree.Expr {
	f := cut(x, layout)
	day := join(f[0], sqltree.Text("-"), f[1], sqltree.Text("-"), f[2])
	if _, midnight := f[3].(*sqltree.Lit); midnight {
		return cast(day, date)
	}
	return cast(join(day, sqltree.Text(" "), f[3], sqltree.Text(":"), f[4], sqltree.Text(":"), f[5]), timestamp)
}

// typedCast is cast, but leaves what has the type already.
func typedCast(x sqltree.Expr, typ string) sqltree.Expr {
	if c, ok := x.(*sqltree.Cast); ok && c.Type.Name == typ && len(c.Type.Args) == 0 {
		return x
	}
	return cast(x, typ)
}

func (d postgres) Local(x sqltree.Expr, offsets []Offset) sqltree.Expr {
	return moved(x, offsets, func(seconds int) sqltree.Expr {
		return sqltree.Op(sqltree.Add, x, postgresInterval(0, 0, seconds))
	}, func(t time.Time) sqltree.Expr { return d.Value(semantic.TimestampValue(t)) })
}

// moved is x by the offset that holds at x; by moves it by one of them and value
// binds a moment.
func moved(x sqltree.Expr, offsets []Offset, by func(seconds int) sqltree.Expr, value func(time.Time) sqltree.Expr) sqltree.Expr {
	switch {
	case len(offsets) == 0, len(offsets) == 1 && offsets[0].Seconds == 0:
		return x
	case len(offsets) == 1:
		return by(offsets[0].Seconds)
	}
	c := &sqltree.Case{Else: by(offsets[len(offsets)-1].Seconds)}
	for i, next := range offsets[1:] {
		c.Whens = append(c.Whens, sqltree.When{If: sqltree.Op(sqltree.Lt, x, value(next.From)), Then: by(offsets[i].Seconds)})
	}
	return c
}

// postgresInterval is a distance of months, days and seconds.
func postgresInterval(months, days, seconds int) sqltree.Expr {
	n := func(i int) sqltree.Expr { return sqltree.Int(int64(i)) }
	return sqltree.Fn("make_interval", n(0), n(months), n(0), n(days), n(0), n(0), n(seconds))
}

// Bound compares a date with a date and everything else with a timestamp:
// PostgreSQL has index operators across these types.
func (d postgres) Bound(stored time.Time, t semantic.ColumnType) sqltree.Expr {
	if t.Coding == semantic.Native {
		if t.Kind == semantic.Date && midnight(stored) {
			return d.Value(semantic.DateValue(stored))
		}
		return d.Value(semantic.TimestampValue(stored))
	}
	return d.coded(stored, t)
}

// coded binds a moment as its coding writes it. Digits are bound as a text that
// takes the type of the column, which may hold numbers or texts.
func (postgres) coded(stored time.Time, t semantic.ColumnType) sqltree.Expr {
	switch t.Coding {
	case semantic.EpochSeconds:
		return cast(sqltree.Bind(stored.Unix()), "BIGINT")
	case semantic.EpochMillis:
		return cast(sqltree.Bind(stored.UnixMilli()), "BIGINT")
	case semantic.CodedText:
		return sqltree.Bind(stored.Format(t.Layout))
	}
	return sqltree.Bind(stored.Format(layoutOf(t)))
}

func midnight(t time.Time) bool {
	h, m, s := t.Clock()
	return h == 0 && m == 0 && s == 0 && t.Nanosecond() == 0
}

func (postgres) Trunc(x sqltree.Expr, u semantic.Unit, c *semantic.Calendar) sqltree.Expr {
	trunc := func(word string, x sqltree.Expr) sqltree.Expr {
		return sqltree.Fn("date_trunc", sqltree.Text(word), typedCast(x, "TIMESTAMP"))
	}
	switch u {
	case semantic.Millisecond:
		return trunc("milliseconds", x)
	case semantic.Second:
		return trunc("second", x)
	case semantic.Minute:
		return trunc("minute", x)
	case semantic.Hour:
		return trunc("hour", x)
	case semantic.Day, semantic.NoUnit:
		return typedCast(x, "DATE")
	case semantic.Week:
		// Forward so that the week begins on Monday, and back.
		ahead := (8 - int(weekStart(c))) % 7
		if ahead == 0 {
			return cast(trunc("week", x), "DATE")
		}
		monday := trunc("week", sqltree.Op(sqltree.Add, typedCast(x, "TIMESTAMP"), postgresInterval(0, ahead, 0)))
		return cast(sqltree.Op(sqltree.Sub, monday, postgresInterval(0, ahead, 0)), "DATE")
	}
	first, n := months(u, c)
	switch {
	case n == 1:
		return cast(trunc("month", x), "DATE")
	case n == 12 && first == 1:
		return cast(trunc("year", x), "DATE")
	case n == 3 && first%3 == 1:
		return cast(trunc("quarter", x), "DATE")
	}
	zero := sqltree.Int(0)
	since := sqltree.Op(sqltree.Add, postgresPart(x, "month"), sqltree.Int(int64(12-first)))
	back := sqltree.Fn("make_interval", zero, sqltree.Op(sqltree.Mod, since, sqltree.Int(int64(n))), zero, zero, zero, zero, zero)
	return cast(sqltree.Op(sqltree.Sub, trunc("month", x), back), "DATE")
}

func (d postgres) Shift(x sqltree.Expr, n int, u semantic.Unit, clock bool) sqltree.Expr {
	return shifted(d, x, n, u, clock)
}

func (postgres) Step(x, n sqltree.Expr, u semantic.Unit, clock bool) sqltree.Expr {
	zero := sqltree.Int(0)
	by := []sqltree.Expr{zero, zero, zero, zero, zero, zero, zero}
	by[map[semantic.Unit]int{semantic.Month: 1, semantic.Day: 3, semantic.Second: 6}[u]] = n
	out := sqltree.Op(sqltree.Add, typedCast(x, "TIMESTAMP"), sqltree.Fn("make_interval", by...))
	if clock {
		return out
	}
	return cast(out, "DATE")
}

var postgresParts = map[semantic.Cyclic]string{
	semantic.HourOfDay: "hour", semantic.DayOfWeek: "isodow", semantic.DayOfMonth: "day", semantic.DayOfYear: "doy",
	semantic.WeekOfYear: "week", semantic.MonthOfYear: "month", semantic.QuarterOfYear: "quarter",
}

func (postgres) Part(x sqltree.Expr, c semantic.Cyclic) sqltree.Expr {
	return postgresPart(x, postgresParts[c])
}

func postgresPart(x sqltree.Expr, word string) sqltree.Expr {
	return cast(sqltree.Fn("date_part", sqltree.Text(word), typedCast(x, "TIMESTAMP")), "INTEGER")
}

func (postgres) Days(from, to sqltree.Expr) sqltree.Expr {
	return sqltree.Op(sqltree.Sub, typedCast(to, "DATE"), typedCast(from, "DATE"))
}

func (postgres) Seconds(from, to sqltree.Expr) sqltree.Expr {
	return sqltree.Op(sqltree.Sub, epoch(to), epoch(from))
}

// epoch is the number of whole seconds up to a time on the clock it is held in.
func epoch(x sqltree.Expr) sqltree.Expr {
	return cast(sqltree.Fn("floor", sqltree.Fn("date_part", sqltree.Text("epoch"), typedCast(x, "TIMESTAMP"))), "BIGINT")
}

func (postgres) Exact(x sqltree.Expr, scale int) sqltree.Expr {
	return decimalCast(x, "NUMERIC", 38, scale)
}

// decimalCast casts to a decimal type of so many digits.
func decimalCast(x sqltree.Expr, typ string, digits, scale int) sqltree.Expr {
	return &sqltree.Cast{X: x, Type: sqltree.Type{Name: typ, Args: []int{digits, scale}}}
}

func (d postgres) ExactColumn(x sqltree.Expr, scale int) sqltree.Expr { return d.Exact(x, scale) }

func (postgres) SetsInAggregates() bool { return true }

func (postgres) JoinHash(sqltree.Expr) sqltree.Expr { return nil }

func (postgres) ScaledDecimals() bool { return false }

func (postgres) Double(x sqltree.Expr) sqltree.Expr { return typedCast(x, "DOUBLE PRECISION") }

// Scalar spells out what PostgreSQL does by the locale (lower, upper) or to the
// even neighbour (round).
func (postgres) Scalar(name string, args ...sqltree.Expr) sqltree.Expr {
	switch name {
	case "lower":
		return sqltree.Fn("translate", args[0], sqltree.Text(upperLetters), sqltree.Text(lowerLetters))
	case "upper":
		return sqltree.Fn("translate", args[0], sqltree.Text(lowerLetters), sqltree.Text(upperLetters))
	case "round":
		return halfAway(args, func(x sqltree.Expr) sqltree.Expr { return cast(x, "DOUBLE PRECISION") })
	}
	return sqltree.Fn(name, args...)
}

// The letters that lower and upper exchange.
const (
	upperLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	lowerLetters = "abcdefghijklmnopqrstuvwxyz"
)

// halfAway rounds a double half away from zero, to args[1] digits where there
// are two arguments.
func halfAway(args []sqltree.Expr, double func(sqltree.Expr) sqltree.Expr) sqltree.Expr {
	x := args[0]
	var unit sqltree.Expr
	if len(args) == 2 {
		unit = sqltree.Fn("power", double(sqltree.Int(10)), args[1])
		x = sqltree.Op(sqltree.Mul, x, unit)
	}
	half := number("0.5")
	below := &sqltree.Unary{Op: sqltree.Minus, X: sqltree.Fn("floor", sqltree.Op(sqltree.Sub, half, x))}
	var rounded sqltree.Expr = &sqltree.Case{
		Whens: []sqltree.When{{If: sqltree.Op(sqltree.Lt, x, sqltree.Int(0)), Then: below}},
		Else:  sqltree.Fn("floor", sqltree.Op(sqltree.Add, x, half)),
	}
	if unit != nil {
		rounded = sqltree.Op(sqltree.Div, rounded, unit)
	}
	return rounded
}

// Average adds up doubles: PostgreSQL would give a decimal.
func (d postgres) Average(x sqltree.Expr) sqltree.Expr { return sqltree.Fn("avg", d.Double(x)) }

func (postgres) Percentiles() bool { return true }

func (d postgres) Median(x sqltree.Expr) sqltree.Expr { return d.Percentile(x, 0.5, false) }

func (d postgres) Percentile(x sqltree.Expr, p float64, discrete bool) sqltree.Expr {
	c := sqltree.Fn("percentile_cont", fraction(p))
	if discrete {
		c.Name = "percentile_disc"
	}
	c.Within = []sqltree.Order{{Expr: d.Double(x)}}
	return c
}

func (d postgres) Spread(x sqltree.Expr, s Spread) sqltree.Expr {
	if s == Variance {
		return sqltree.Fn("var_samp", d.Double(x))
	}
	return sqltree.Fn("stddev_samp", d.Double(x))
}

// Match turns ASCII letters itself: ILIKE would go by the locale.
func (d postgres) Match(x sqltree.Expr, m semantic.MatchKind, needle string) sqltree.Expr {
	return &sqltree.Like{X: d.Scalar("lower", x), Pattern: sqltree.Bind(likePattern(m, asciiLower(needle))), Escape: escape}
}

func (d postgres) Order(x sqltree.Expr, kind semantic.Kind, desc bool) []sqltree.Order {
	if kind == semantic.Text {
		x = d.Bytes(x)
	}
	return []sqltree.Order{{Expr: x, Desc: desc, Nulls: sqltree.NullsLast}}
}

func (postgres) Rows(rows [][]sqltree.Expr, _ []string) sqltree.Body {
	return &sqltree.Values{Rows: rows}
}
