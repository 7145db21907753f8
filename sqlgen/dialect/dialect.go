package dialect

import (
	"fmt"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// Dialect is one engine's spelling. Its methods are pure and safe for concurrent
// use. A node given to a method may stand more than once in its result.
type Dialect interface {
	// Syntax is how trees print and which calls they may hold.
	Syntax() *sqltree.Syntax
	// Value is a bound argument that holds v in the form of the engine.
	Value(v semantic.Value) sqltree.Expr
	// Null is a null that the engine takes for one of the type.
	Null(t semantic.ColumnType) sqltree.Expr

	// Text is a raw column of texts in a form that is equal to the same bytes
	// alone, whatever the column's collation takes for equal.
	Text(x sqltree.Expr) sqltree.Expr
	// Bytes is a Text in a form that sorts by its bytes.
	Bytes(x sqltree.Expr) sqltree.Expr

	// Moment turns a raw column of a time type into a date or timestamp of the
	// dialect, on the clock that the column is stored in.
	Moment(x sqltree.Expr, t semantic.ColumnType) sqltree.Expr
	// Local moves a timestamp by the offsets, which ascend; the first also holds
	// before its From.
	Local(x sqltree.Expr, offsets []Offset) sqltree.Expr
	// Bound is the raw value of a column for a moment on the clock that the
	// column is stored in (for epochs: UTC). Comparing the bare column with the
	// Bounds of both ends gives a half-open range.
	Bound(stored time.Time, t semantic.ColumnType) sqltree.Expr
	// Trunc is the beginning of the unit that holds x: a date for days and
	// longer units, a timestamp otherwise.
	Trunc(x sqltree.Expr, u semantic.Unit, c *semantic.Calendar) sqltree.Expr
	// Shift moves x by n units and clamps to the end of a shorter month. It
	// gives a timestamp when clock is set, else a date.
	Shift(x sqltree.Expr, n int, u semantic.Unit, clock bool) sqltree.Expr
	// Step is Shift by a number that is computed, of a Basic unit.
	Step(x, n sqltree.Expr, u semantic.Unit, clock bool) sqltree.Expr
	// Part is a cyclic part of x, a whole number; WorkingDay is not one of
	// them, since it depends on a calendar's lists.
	Part(x sqltree.Expr, c semantic.Cyclic) sqltree.Expr
	// Days counts the midnights from one moment to a later one.
	Days(from, to sqltree.Expr) sqltree.Expr

	// Seconds counts the seconds from one time to another, parts of seconds left
	// out of both.
	Seconds(from, to sqltree.Expr) sqltree.Expr

	// Exact prepares a decimal of the scale for SUM, MIN and MAX without
	// rounding errors; the result is scaled when ScaledDecimals says so.
	Exact(x sqltree.Expr, scale int) sqltree.Expr
	// ExactColumn is Exact for a decimal column as it stands in a table, of which
	// there are many rows.
	ExactColumn(x sqltree.Expr, scale int) sqltree.Expr
	// ScaledDecimals reports that decimals are computed, and come back, as
	// whole numbers of 10^-scale.
	ScaledDecimals() bool
	// Double turns a number into a double.
	Double(x sqltree.Expr) sqltree.Expr
	// Scalar is a function of the semantic layer: round (of a double, half away
	// from zero, with digits or without), floor, ceil (of a double), lower, upper
	// (which turn ASCII letters alone) or length (in characters).
	Scalar(name string, args ...sqltree.Expr) sqltree.Expr
	// SetsInAggregates reports that the argument of an aggregate may ask for the
	// membership of a set that is itself one of groups.
	SetsInAggregates() bool
	// JoinHash is a number to join by besides x, where rows are found by it that
	// the engine would look for by comparing each with each; nil where it need not.
	JoinHash(x sqltree.Expr) sqltree.Expr
	// Average is the mean of numbers, as a double.
	Average(x sqltree.Expr) sqltree.Expr
	// Percentiles reports aggregates for medians and percentiles. Without them the
	// compiler ranks rows, and neither is asked for.
	Percentiles() bool
	// Median, Percentile (0 to 1; discrete picks a value that occurs) and Spread
	// are aggregates over the values of x that are not null.
	Median(x sqltree.Expr) sqltree.Expr
	Percentile(x sqltree.Expr, p float64, discrete bool) sqltree.Expr
	Spread(x sqltree.Expr, s Spread) sqltree.Expr

	// Match compares a text with a needle, without regard to ASCII case and
	// with every character of the needle standing for itself.
	Match(x sqltree.Expr, m semantic.MatchKind, needle string) sqltree.Expr
	// Order is the ORDER BY keys that sort x, a value of the kind, with its nulls
	// last; texts sort by their bytes.
	Order(x sqltree.Expr, kind semantic.Kind, desc bool) []sqltree.Order
	// Rows is a body of literal rows with columns of the names.
	Rows(rows [][]sqltree.Expr, names []string) sqltree.Body
}

// All holds every dialect, in a fixed order.
func All() []Dialect {
	return []Dialect{SQLite(), Postgres(), DuckDB(), MySQL(), ClickHouse(), ClickHouseLegacy()}
}

// Named returns the dialect that configuration calls by that name.
func Named(name string) (Dialect, error) {
	for _, d := range All() {
		if d.Syntax().Name == name {
			return d, nil
		}
	}
	return nil, fmt.Errorf("unknown SQL dialect %q", name)
}

// Spread is a measure of dispersion over a sample: null for fewer than two
// values.
type Spread uint8

// The measures.
const (
	Deviation Spread = iota
	Variance
)

// Offset is a distance in seconds that holds from a moment on; From is on the
// clock that is left.
type Offset struct {
	From    time.Time
	Seconds int
}

// Offsets lists how far the clock of one zone is from that of another between
// two moments of the first, ascending. It ends after 1,000 changes.
func Offsets(from, to *time.Location, start, end time.Time) []Offset {
	var out []Offset
	t := time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, from)
	for len(out) < 1000 {
		_, left := t.In(from).Zone()
		_, reached := t.In(to).Zone()
		if n := len(out); n == 0 || out[n-1].Seconds != reached-left {
			out = append(out, Offset{From: wall(t.In(from)), Seconds: reached - left})
		}
		next := earlier(nextChange(t, from), nextChange(t, to))
		if next.IsZero() || !next.Before(end) {
			break
		}
		t = next
	}
	return out
}

// nextChange is when the zone's offset next changes after t; zero for never.
func nextChange(t time.Time, zone *time.Location) time.Time {
	_, end := t.In(zone).ZoneBounds()
	return end
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// wall is the clock face of t, carried as UTC.
func wall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}
