package dialect

import (
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// ClickHouseLegacy is the dialect of ClickHouse 18.16, which Debian packages,
// and of releases up to 20.
//
// It is that of ClickHouse in older words: what Respell does not turn into them
// is the same. Joins give nulls by a setting; an aggregate over nothing is null
// because its argument may be. Dates are Date, from 1970 to 2105, and timestamps
// DateTime of UTC in whole seconds, so that a column of either fits.
//
// It has no WITH, no windows and one join in a select, so that trees are nested
// (see sqltree.Nest), each branch is a statement of its own and the warehouse
// stitches, ranks and shares. What then cannot be said, and is refused with
// unsupported_by_source, is:
//
//   - a set that is cut by a rank, a share or a running value, or to so many per
//     group ("customers among the top 3 of their city"): the set is a subquery
//     of the statement, and the finish comes too late for it;
//   - groups by what each of an entity has (bands), where both that and what is
//     counted read several tables: a subquery with a join, in the columns of a
//     select with a join, does not find its own columns;
//   - a set over several facts with a comparison whose end is open;
//   - a window of which a longer period shows the first moment (shows: first):
//     that moment is picked by a window within the statement;
//   - a join to the version that held at a time (a slowly changing dimension):
//     18.16 joins by equality alone, and a left join that is filtered behind
//     would lose the rows without a version.
func ClickHouseLegacy() Dialect { return clickhouseLegacy{} }

type clickhouseLegacy struct{ clickhouse }

func (clickhouseLegacy) Syntax() *sqltree.Syntax { return clickhouseLegacySyntax }

// The days that a Date holds; the first also stands for none.
var (
	firstDate = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	lastDate  = time.Date(2105, 12, 31, 0, 0, 0, 0, time.UTC)
)

// holdable is the moment next to t that a column can hold. It compares with every
// moment that a column does hold as t would.
func holdable(t time.Time) time.Time {
	switch {
	case t.Before(firstDate):
		return firstDate
	case t.After(lastDate):
		return lastDate
	}
	return t
}

func (d clickhouseLegacy) Value(v semantic.Value) sqltree.Expr {
	switch v.Kind() {
	case semantic.Date:
		v = semantic.DateValue(holdable(v.Time()))
	case semantic.Timestamp:
		v = semantic.TimestampValue(holdable(v.Time()))
	}
	return d.clickhouse.Value(v)
}

// Rows is a union: 18.16 gives the fields of a tuple in an array one type.
func (clickhouseLegacy) Rows(rows [][]sqltree.Expr, names []string) sqltree.Body {
	return selected(rows, names)
}

func (d clickhouseLegacy) Bound(stored time.Time, t semantic.ColumnType) sqltree.Expr {
	if t.Coding == semantic.Native {
		stored = holdable(stored)
	}
	return d.clickhouse.Bound(stored, t)
}

// Moment gives null for what is no moment from 1970 to 2105: 18.16 would wrap a
// number around, and take the 30th of February for the 1st of March.
func (d clickhouseLegacy) Moment(x sqltree.Expr, t semantic.ColumnType) sqltree.Expr {
	at := d.clickhouse.Moment(x, t)
	number := func(limit int64) sqltree.Expr {
		fits := sqltree.And(sqltree.Op(sqltree.Ge, x, sqltree.Int(0)), sqltree.Op(sqltree.Lt, x, sqltree.Int(limit)))
		return &sqltree.Case{Whens: []sqltree.When{{If: fits, Then: at}}}
	}
	switch t.Coding {
	case semantic.Native:
		return at
	case semantic.EpochSeconds:
		return number(1 << 32)
	case semantic.EpochMillis:
		return number(1 << 32 * 1000)
	}
	written := at.(*sqltree.Call).Args[0]
	again := sqltree.Op(sqltree.Eq, sqltree.Fn("toString", at), written)
	real := sqltree.Op(sqltree.Ge, written, sqltree.Text("1970-01-02"))
	return &sqltree.Case{Whens: []sqltree.When{{If: sqltree.And(again, real), Then: at}}}
}

// legacyNames are functions of ClickHouse as 18.16 calls them.
var legacyNames = map[string]string{
	"toDate32": "toDate", "toDate32OrNull": "toDateOrNull",
	"toDateTime64": "toDateTime", "toDateTime64OrNull": "toDateTimeOrNull",
}

// respell puts a call in the older words.
func respell(c *sqltree.Call) sqltree.Expr {
	if name, ok := legacyNames[c.Name]; ok {
		c.Name = name
		if len(c.Args) == 3 { // without the digits of the fraction
			c.Args = []sqltree.Expr{c.Args[0], c.Args[2]}
		}
		return c
	}
	switch c.Name {
	case "count":
		if c.Distinct { // which is null where every value is
			return sqltree.Fn("coalesce", c, sqltree.Int(0))
		}
	case "toStartOfSecond", "toStartOfMillisecond": // its times have no fraction
		return c.Args[0]
	case "sum", "avg", "min", "max":
		c.Args = []sqltree.Expr{called("toNullable", c.Args[0])}
	case "nullif":
		c.Name = "nullIf"
	}
	return c
}
