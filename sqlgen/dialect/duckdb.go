package dialect

import (
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// DuckDB is the dialect of DuckDB 1.3 and later.
//
// Much of it is PostgreSQL's. Bound values are cast to their types, but moments
// and whole numbers are written out: ranges of time then choose what is read
// before it runs. Moments are dates and timestamps without a zone, decimals are exact up to 38 digits and
// fail beyond. Texts compare, group and sort by their bytes already.
func DuckDB() Dialect { return duckdb{} }

type duckdb struct{}

func (duckdb) Syntax() *sqltree.Syntax { return duckdbSyntax }

func (duckdb) Value(v semantic.Value) sqltree.Expr {
	switch v.Kind() {
	case semantic.Null:
		return sqltree.NullLit()
	case semantic.Bool:
		return cast(sqltree.Bind(v.Bool()), "BOOLEAN")
	case semantic.Int:
		return cast(sqltree.Int(v.Int()), "BIGINT")
	case semantic.Decimal:
		return decimalCast(sqltree.Bind(v.String()), "DECIMAL", 38, v.Scale())
	case semantic.Float:
		f, _ := v.Float()
		return cast(sqltree.Bind(f), "DOUBLE")
	case semantic.Date:
		return cast(sqltree.Text(v.String()), "DATE")
	case semantic.Timestamp:
		return cast(sqltree.Text(v.String()), "TIMESTAMP")
	}
	return cast(sqltree.Bind(v.String()), "VARCHAR")
}

var duckdbTypes = map[semantic.Kind]string{
	semantic.Bool: "BOOLEAN", semantic.Int: "BIGINT", semantic.Float: "DOUBLE",
	semantic.Text: "VARCHAR", semantic.Date: "DATE", semantic.Timestamp: "TIMESTAMP",
}

func (duckdb) Null(t semantic.ColumnType) sqltree.Expr {
	if t.Kind == semantic.Decimal {
		return decimalCast(sqltree.NullLit(), "DECIMAL", 38, int(t.Scale))
	}
	return nullOf(duckdbTypes, t)
}

func (duckdb) Text(x sqltree.Expr) sqltree.Expr { return x }

func (duckdb) Bytes(x sqltree.Expr) sqltree.Expr { return x }

// Moment fails, in the engine, on a coded value that is no date.
func (duckdb) Moment(x sqltree.Expr, t semantic.ColumnType) sqltree.Expr {
	micros := func(seconds sqltree.Expr) sqltree.Expr {
		return sqltree.Fn("make_timestamp", sqltree.Op(sqltree.Mul, cast(seconds, "BIGINT"), sqltree.Int(1_000_000)))
	}
	switch t.Coding {
	case semantic.Native:
		if t.Kind == semantic.Date {
			return typedCast(x, "DATE")
		}
		return typedCast(x, "TIMESTAMP")
	case semantic.EpochSeconds:
		return micros(x)
	case semantic.EpochMillis:
		return micros(sqltree.Fn("floor", sqltree.Op(sqltree.Div, x, number("1000.0"))))
	}
	return assembled(cast(x, "VARCHAR"), layoutOf(t), "DATE", "TIMESTAMP")
}

func (d duckdb) Local(x sqltree.Expr, offsets []Offset) sqltree.Expr {
	return moved(x, offsets, func(seconds int) sqltree.Expr {
		return sqltree.Op(sqltree.Add, x, duckdbInterval("to_seconds", seconds))
	}, func(t time.Time) sqltree.Expr { return d.Value(semantic.TimestampValue(t)) })
}

func duckdbInterval(unit string, n int) sqltree.Expr { return sqltree.Fn(unit, sqltree.Int(int64(n))) }

func (d duckdb) Bound(stored time.Time, t semantic.ColumnType) sqltree.Expr {
	switch {
	case t.Coding == semantic.Native && t.Kind == semantic.Date && midnight(stored):
		return d.Value(semantic.DateValue(stored))
	case t.Coding == semantic.Native:
		return d.Value(semantic.TimestampValue(stored))
	case t.Coding == semantic.EpochSeconds:
		return cast(sqltree.Int(stored.Unix()), "BIGINT")
	case t.Coding == semantic.EpochMillis:
		return cast(sqltree.Int(stored.UnixMilli()), "BIGINT")
	}
	// A text takes the type of the column that it is compared with.
	return sqltree.Text(stored.Format(layoutOf(t)))
}

func (duckdb) Trunc(x sqltree.Expr, u semantic.Unit, c *semantic.Calendar) sqltree.Expr {
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
		days := duckdbInterval("to_days", ahead)
		monday := trunc("week", sqltree.Op(sqltree.Add, typedCast(x, "TIMESTAMP"), days))
		return cast(sqltree.Op(sqltree.Sub, monday, days), "DATE")
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
	since := sqltree.Op(sqltree.Add, duckdbPart(x, "month"), sqltree.Int(int64(12-first)))
	back := sqltree.Fn("to_months", cast(sqltree.Op(sqltree.Mod, since, sqltree.Int(int64(n))), "INTEGER"))
	return cast(sqltree.Op(sqltree.Sub, trunc("month", x), back), "DATE")
}

func (d duckdb) Shift(x sqltree.Expr, n int, u semantic.Unit, clock bool) sqltree.Expr {
	return shifted(d, x, n, u, clock)
}

var duckdbSteps = map[semantic.Unit]string{semantic.Second: "to_seconds", semantic.Day: "to_days", semantic.Month: "to_months"}

func (duckdb) Step(x, n sqltree.Expr, u semantic.Unit, clock bool) sqltree.Expr {
	out := sqltree.Op(sqltree.Add, typedCast(x, "TIMESTAMP"), sqltree.Fn(duckdbSteps[u], n))
	if clock {
		return out
	}
	return cast(out, "DATE")
}

func (duckdb) Part(x sqltree.Expr, c semantic.Cyclic) sqltree.Expr {
	return duckdbPart(x, postgresParts[c])
}

func duckdbPart(x sqltree.Expr, word string) sqltree.Expr {
	return sqltree.Fn("date_part", sqltree.Text(word), typedCast(x, "TIMESTAMP"))
}

func (duckdb) Days(from, to sqltree.Expr) sqltree.Expr {
	return sqltree.Op(sqltree.Sub, typedCast(to, "DATE"), typedCast(from, "DATE"))
}

func (duckdb) Seconds(from, to sqltree.Expr) sqltree.Expr {
	return sqltree.Op(sqltree.Sub, epoch(to), epoch(from))
}

func (duckdb) Exact(x sqltree.Expr, scale int) sqltree.Expr {
	return decimalCast(x, "DECIMAL", 38, scale)
}

// ExactColumn takes 18 digits for the values of a row where that leaves room for
// a hundred million millions: DuckDB adds them up in half the time of 38. What
// does not fit is an error.
func (d duckdb) ExactColumn(x sqltree.Expr, scale int) sqltree.Expr {
	if scale > 4 {
		return d.Exact(x, scale)
	}
	return decimalCast(x, "DECIMAL", 18, scale)
}

func (duckdb) SetsInAggregates() bool { return true }

func (duckdb) JoinHash(sqltree.Expr) sqltree.Expr { return nil }

func (duckdb) ScaledDecimals() bool { return false }

func (duckdb) Double(x sqltree.Expr) sqltree.Expr { return typedCast(x, "DOUBLE") }

// Scalar spells out what DuckDB does for all letters (lower, upper).
func (duckdb) Scalar(name string, args ...sqltree.Expr) sqltree.Expr {
	switch name {
	case "lower":
		return sqltree.Fn("translate", args[0], sqltree.Text(upperLetters), sqltree.Text(lowerLetters))
	case "upper":
		return sqltree.Fn("translate", args[0], sqltree.Text(lowerLetters), sqltree.Text(upperLetters))
	case "round":
		return halfAway(args, func(x sqltree.Expr) sqltree.Expr { return cast(x, "DOUBLE") })
	}
	return sqltree.Fn(name, args...)
}

func (d duckdb) Average(x sqltree.Expr) sqltree.Expr { return sqltree.Fn("avg", d.Double(x)) }

func (duckdb) Percentiles() bool { return true }

func (d duckdb) Median(x sqltree.Expr) sqltree.Expr { return d.Percentile(x, 0.5, false) }

func (d duckdb) Percentile(x sqltree.Expr, p float64, discrete bool) sqltree.Expr {
	if discrete {
		return sqltree.Fn("quantile_disc", d.Double(x), fraction(p))
	}
	return sqltree.Fn("quantile_cont", d.Double(x), fraction(p))
}

func (d duckdb) Spread(x sqltree.Expr, s Spread) sqltree.Expr {
	if s == Variance {
		return sqltree.Fn("var_samp", d.Double(x))
	}
	return sqltree.Fn("stddev_samp", d.Double(x))
}

// Match turns ASCII letters itself: ILIKE turns all.
func (d duckdb) Match(x sqltree.Expr, m semantic.MatchKind, needle string) sqltree.Expr {
	return &sqltree.Like{X: d.Scalar("lower", x), Pattern: sqltree.Bind(likePattern(m, asciiLower(needle))), Escape: escape}
}

func (duckdb) Order(x sqltree.Expr, _ semantic.Kind, desc bool) []sqltree.Order {
	return []sqltree.Order{{Expr: x, Desc: desc, Nulls: sqltree.NullsLast}}
}

func (duckdb) Rows(rows [][]sqltree.Expr, _ []string) sqltree.Body {
	return &sqltree.Values{Rows: rows}
}
