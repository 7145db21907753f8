package dialect

import (
	"strings"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// MySQL is the dialect of MariaDB 10.5, MySQL 8.0 and later.
//
// Texts are read as binary strings of UTF-8: a collation of MySQL takes 'a' for
// 'A' and 'a ', and would merge groups and members that are two. Only the
// columns that tables are joined on are compared as the database declares them,
// for the sake of its indexes; a key that is unique under its collation is met
// by one row at most all the same. There is no aggregate for percentiles; the
// compiler ranks the rows instead. Nulls come first and are put last by a key of
// their own. A value that is no date where one is coded is null, as on SQLite.
func MySQL() Dialect { return mysql{} }

type mysql struct{}

func (mysql) Syntax() *sqltree.Syntax { return mysqlSyntax }

func (d mysql) Value(v semantic.Value) sqltree.Expr {
	switch v.Kind() {
	case semantic.Null:
		return sqltree.NullLit()
	case semantic.Bool:
		if v.Bool() {
			return cast(sqltree.Bind(int64(1)), "SIGNED")
		}
		return cast(sqltree.Bind(int64(0)), "SIGNED")
	case semantic.Int:
		return cast(sqltree.Bind(v.Int()), "SIGNED")
	case semantic.Decimal:
		return decimalCast(sqltree.Bind(v.String()), "DECIMAL", 38, v.Scale())
	case semantic.Float:
		f, _ := v.Float()
		return cast(sqltree.Bind(f), "DOUBLE")
	case semantic.Date:
		return cast(sqltree.Bind(v.String()), "DATE")
	case semantic.Timestamp:
		return datetime(sqltree.Bind(v.String()))
	}
	return cast(sqltree.Bind(v.String()), "BINARY")
}

var mysqlTypes = map[semantic.Kind]string{
	semantic.Bool: "SIGNED", semantic.Int: "SIGNED", semantic.Float: "DOUBLE", semantic.Text: "BINARY", semantic.Date: "DATE",
}

func (mysql) Null(t semantic.ColumnType) sqltree.Expr {
	switch t.Kind {
	case semantic.Decimal:
		return decimalCast(sqltree.NullLit(), "DECIMAL", 38, int(t.Scale))
	case semantic.Timestamp:
		return datetime(sqltree.NullLit())
	}
	return nullOf(mysqlTypes, t)
}

func (mysql) Text(x sqltree.Expr) sqltree.Expr { return cast(characters(x), "BINARY") }

// characters is a text, binary or not, as characters.
func characters(x sqltree.Expr) sqltree.Expr {
	const typ = "CHAR CHARACTER SET UTF8MB4"
	if c, ok := x.(*sqltree.Cast); ok && c.Type.Name == "BINARY" {
		if inner, ok := c.X.(*sqltree.Cast); ok && inner.Type.Name == typ {
			return inner
		}
	}
	return cast(x, typ)
}

func (mysql) Bytes(x sqltree.Expr) sqltree.Expr { return x }

// datetime casts to a timestamp with its fraction, which a plain DATETIME would
// round, into the next day at times.
func datetime(x sqltree.Expr) sqltree.Expr {
	if c, ok := x.(*sqltree.Cast); ok && c.Type.Name == "DATETIME" {
		return x
	}
	return &sqltree.Cast{X: x, Type: sqltree.Type{Name: "DATETIME", Args: []int{6}}}
}

func mysqlPlus(x sqltree.Expr, op sqltree.BinaryOp, n sqltree.Expr, unit string) sqltree.Expr {
	return sqltree.Op(op, x, &sqltree.Interval{N: n, Unit: unit})
}

func (mysql) Moment(x sqltree.Expr, t semantic.ColumnType) sqltree.Expr {
	since := func(seconds sqltree.Expr) sqltree.Expr {
		return mysqlPlus(datetime(sqltree.Text("1970-01-01 00:00:00")), sqltree.Add, seconds, "SECOND")
	}
	switch t.Coding {
	case semantic.Native:
		if t.Kind == semantic.Date {
			return typedCast(x, "DATE")
		}
		return datetime(x)
	case semantic.EpochSeconds:
		return since(x)
	case semantic.EpochMillis:
		return since(sqltree.Fn("floor", sqltree.Op(sqltree.Div, x, sqltree.Int(1000))))
	}
	f := cut(characters(x), layoutOf(t))
	parts := []sqltree.Expr{f[0], sqltree.Text("-"), f[1], sqltree.Text("-"), f[2]}
	if _, midnight := f[3].(*sqltree.Lit); midnight {
		return cast(sqltree.Fn("concat", parts...), "DATE")
	}
	parts = append(parts, sqltree.Text(" "), f[3], sqltree.Text(":"), f[4], sqltree.Text(":"), f[5])
	return datetime(sqltree.Fn("concat", parts...))
}

func (d mysql) Local(x sqltree.Expr, offsets []Offset) sqltree.Expr {
	return moved(x, offsets, func(seconds int) sqltree.Expr {
		return mysqlPlus(x, sqltree.Add, sqltree.Int(int64(seconds)), "SECOND")
	}, func(t time.Time) sqltree.Expr { return d.Value(semantic.TimestampValue(t)) })
}

func (d mysql) Bound(stored time.Time, t semantic.ColumnType) sqltree.Expr {
	switch {
	case t.Coding == semantic.Native && t.Kind == semantic.Date && midnight(stored):
		return d.Value(semantic.DateValue(stored))
	case t.Coding == semantic.Native:
		return d.Value(semantic.TimestampValue(stored))
	case t.Coding == semantic.EpochSeconds:
		return sqltree.Bind(stored.Unix())
	case t.Coding == semantic.EpochMillis:
		return sqltree.Bind(stored.UnixMilli())
	}
	return sqltree.Bind(stored.Format(layoutOf(t)))
}

func (mysql) Trunc(x sqltree.Expr, u semantic.Unit, c *semantic.Calendar) sqltree.Expr {
	n := func(i int) sqltree.Expr { return sqltree.Int(int64(i)) }
	switch u {
	case semantic.Millisecond: // a cast to fewer digits rounds on some servers
		return datetime(sqltree.Fn("substr", sqltree.Fn("date_format", x, sqltree.Text("%Y-%m-%d %H:%i:%s.%f")), n(1), n(23)))
	case semantic.Second:
		return datetime(sqltree.Fn("date_format", x, sqltree.Text("%Y-%m-%d %H:%i:%s")))
	case semantic.Minute:
		return datetime(sqltree.Fn("date_format", x, sqltree.Text("%Y-%m-%d %H:%i:00")))
	case semantic.Hour:
		return datetime(sqltree.Fn("date_format", x, sqltree.Text("%Y-%m-%d %H:00:00")))
	case semantic.Day, semantic.NoUnit:
		return typedCast(x, "DATE")
	case semantic.Week:
		// WEEKDAY counts from Monday, 0.
		since := sqltree.Op(sqltree.Mod, sqltree.Op(sqltree.Add, sqltree.Fn("weekday", x), n((8-int(weekStart(c)))%7)), n(7))
		return mysqlPlus(typedCast(x, "DATE"), sqltree.Sub, since, "DAY")
	}
	first, length := months(u, c)
	month := mysqlPlus(typedCast(x, "DATE"), sqltree.Sub, sqltree.Op(sqltree.Sub, sqltree.Fn("dayofmonth", x), n(1)), "DAY")
	if length == 1 {
		return month
	}
	since := sqltree.Op(sqltree.Mod, sqltree.Op(sqltree.Add, sqltree.Fn("month", x), n(12-first)), n(length))
	return mysqlPlus(month, sqltree.Sub, since, "MONTH")
}

func (d mysql) Shift(x sqltree.Expr, n int, u semantic.Unit, clock bool) sqltree.Expr {
	return shifted(d, x, n, u, clock)
}

var mysqlSteps = map[semantic.Unit]string{semantic.Second: "SECOND", semantic.Day: "DAY", semantic.Month: "MONTH"}

func (mysql) Step(x, n sqltree.Expr, u semantic.Unit, clock bool) sqltree.Expr {
	if clock {
		return mysqlPlus(datetime(x), sqltree.Add, n, mysqlSteps[u])
	}
	return cast(mysqlPlus(x, sqltree.Add, n, mysqlSteps[u]), "DATE")
}

var mysqlParts = map[semantic.Cyclic]string{
	semantic.HourOfDay: "hour", semantic.DayOfMonth: "dayofmonth", semantic.DayOfYear: "dayofyear",
	semantic.WeekOfYear: "weekofyear", semantic.MonthOfYear: "month", semantic.QuarterOfYear: "quarter",
}

func (mysql) Part(x sqltree.Expr, c semantic.Cyclic) sqltree.Expr {
	if c == semantic.DayOfWeek {
		return sqltree.Op(sqltree.Add, sqltree.Fn("weekday", x), sqltree.Int(1))
	}
	return sqltree.Fn(mysqlParts[c], x)
}

func (mysql) Seconds(from, to sqltree.Expr) sqltree.Expr {
	return sqltree.Op(sqltree.Sub, sqltree.Fn("to_seconds", to), sqltree.Fn("to_seconds", from))
}

func (mysql) Days(from, to sqltree.Expr) sqltree.Expr { return sqltree.Fn("datediff", to, from) }

func (mysql) Exact(x sqltree.Expr, scale int) sqltree.Expr {
	return decimalCast(x, "DECIMAL", 38, scale)
}

func (d mysql) ExactColumn(x sqltree.Expr, scale int) sqltree.Expr { return d.Exact(x, scale) }

// SetsInAggregates is false: MariaDB takes the aggregates of the set for some of
// the aggregate's own argument (error 1111).
func (mysql) SetsInAggregates() bool { return false }

// JoinHash is a sum of bytes: MariaDB makes a key for numbers that it computes,
// and none for texts.
func (mysql) JoinHash(x sqltree.Expr) sqltree.Expr { return sqltree.Fn("crc32", x) }

func (mysql) ScaledDecimals() bool { return false }

func (mysql) Double(x sqltree.Expr) sqltree.Expr { return typedCast(x, "DOUBLE") }

// Scalar turns letters one by one, since LOWER and UPPER of a text go by its
// collation and do nothing to a binary string.
func (mysql) Scalar(name string, args ...sqltree.Expr) sqltree.Expr {
	switch name {
	case "lower":
		return replaced(args[0], upperLetters, lowerLetters)
	case "upper":
		return replaced(args[0], lowerLetters, upperLetters)
	case "length":
		return sqltree.Fn("char_length", characters(args[0]))
	case "round":
		return halfAway(args, func(x sqltree.Expr) sqltree.Expr { return cast(x, "DOUBLE") })
	}
	return sqltree.Fn(name, args...)
}

func replaced(x sqltree.Expr, from, to string) sqltree.Expr {
	for i := range from {
		x = sqltree.Fn("replace", x, sqltree.Text(from[i:i+1]), sqltree.Text(to[i:i+1]))
	}
	return x
}

func (d mysql) Average(x sqltree.Expr) sqltree.Expr { return sqltree.Fn("avg", d.Double(x)) }

func (mysql) Percentiles() bool { return false }

// Median and Percentile are never asked for: see Percentiles.
func (mysql) Median(sqltree.Expr) sqltree.Expr { return nil }

func (mysql) Percentile(sqltree.Expr, float64, bool) sqltree.Expr { return nil }

func (d mysql) Spread(x sqltree.Expr, s Spread) sqltree.Expr {
	if s == Variance {
		return sqltree.Fn("var_samp", d.Double(x))
	}
	return sqltree.Fn("stddev_samp", d.Double(x))
}

// Match is a regular expression, because LIKE goes by the collation and with it
// ignores accents as well. Both of PCRE (MariaDB) and ICU (MySQL) read it alike.
func (mysql) Match(x sqltree.Expr, m semantic.MatchKind, needle string) sqltree.Expr {
	var b strings.Builder
	b.WriteString("(?-i)")
	if m == semantic.Starts {
		b.WriteString(`\A`)
	}
	for _, r := range needle {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			b.WriteString("[" + strings.ToLower(string(r)) + strings.ToUpper(string(r)) + "]")
		case r > ' ' && r < 0x7f && (r < '0' || r > '9'):
			b.WriteString(`\` + string(r))
		default:
			b.WriteRune(r)
		}
	}
	if m == semantic.Ends {
		b.WriteString(`\z`)
	}
	found := sqltree.Fn("regexp_instr", characters(x), sqltree.Bind(b.String()))
	return sqltree.Op(sqltree.Gt, found, sqltree.Int(0))
}

func (mysql) Order(x sqltree.Expr, _ semantic.Kind, desc bool) []sqltree.Order {
	if desc {
		return []sqltree.Order{{Expr: x, Desc: true}} // nulls come last
	}
	return []sqltree.Order{{Expr: &sqltree.IsNull{X: x}}, {Expr: x}}
}

func (mysql) Rows(rows [][]sqltree.Expr, names []string) sqltree.Body { return selected(rows, names) }

// selected is rows as a union of selects.
func selected(rows [][]sqltree.Expr, names []string) sqltree.Body {
	arms := make([]sqltree.Body, len(rows))
	for i, row := range rows {
		s := &sqltree.Select{}
		for j, x := range row {
			s.Items = append(s.Items, sqltree.Item{Expr: x, Alias: names[j]})
		}
		arms[i] = s
	}
	if len(arms) == 1 {
		return arms[0]
	}
	return &sqltree.Union{Arms: arms}
}
