package semantic

import (
	"strconv"
	"strings"
)

// Code names a kind of mistake. Codes are stable: clients may switch on them.
type Code string

// The codes. Those that begin with E are Apache Ossie's.
const (
	UnknownName         Code = "unknown_name"
	UnknownMetric       Code = "unknown_metric"
	UnknownDimension    Code = "unknown_dimension"
	UnknownMember       Code = "unknown_member"
	AmbiguousName       Code = "ambiguous_name"
	SyntaxError         Code = "syntax"
	TooLong             Code = "too_long"
	EmptyQuery          Code = "empty"
	NotUnderstood       Code = "not_understood"
	Forbidden           Code = "forbidden"      // the viewer lacks an attribute that a rule needs
	NotPermitted        Code = "not_permitted"  // a declared member that the viewer may not see
	LimitedUnlike       Code = "limited_unlike" // a value whose parts row rules limit differently; Detail is a table that is limited
	NotComputed         Code = "not_computed"   // a construct that is read but not computed
	WrongType           Code = "wrong_type"
	Missing             Code = "missing" // a part that an object of the model cannot do without
	Cycle               Code = "cycle"   // an object of the model that is defined by itself
	NoTime              Code = "no_time" // a metric or table without a time axis
	GrainTooFine        Code = "grain_too_fine"
	NotAdditive         Code = "not_additive"
	NoComparison        Code = "no_comparison" // change or growth without a second period
	BadPeriod           Code = "bad_period"
	OutOfCalendar       Code = "out_of_calendar"
	NoPath              Code = "E_NO_PATH"
	AmbiguousPath       Code = "E_AMBIGUOUS_PATH"
	NoStitching         Code = "E3013"
	ManyToMany          Code = "E3012"
	FanOut              Code = "E_FAN_OUT_IN_SCALAR_QUERY"
	UnsafeReaggregate   Code = "E_UNSAFE_REAGGREGATION"
	AggregateInWhere    Code = "E_AGGREGATE_IN_WHERE"
	PlainInHaving       Code = "E_NON_AGGREGATE_IN_HAVING"
	MixedShape          Code = "E_MIXED_QUERY_SHAPE"
	NestedWindow        Code = "E_NESTED_WINDOW"
	Reserved            Code = "E_RESERVED_NAME"
	Collision           Code = "E_NAME_COLLISION"
	KeyRequired         Code = "E_PRIMARY_KEY_REQUIRED"
	NotUnique           Code = "not_unique" // data: a declared key that repeats
	Orphans             Code = "orphans"    // data: references that lead to no row
	UnsupportedBySource Code = "unsupported_by_source"
	Unavailable         Code = "unavailable"
	Incomplete          Code = "incomplete" // a part of the data cannot be read, so that a number would be of the rest
	Timeout             Code = "timeout"
	Cancelled           Code = "cancelled"
	Busy                Code = "busy"
	Internal            Code = "internal"
	TooLarge            Code = "too_large" // a result that is larger than a complete answer may need
)

// Pos is a place in a model file; lines and columns count from 1. The zero Pos
// is no place.
type Pos struct {
	File         string
	Line, Column int
}

// String returns file:line:col, or the file alone where there is no line.
func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// Span is a range of bytes, half-open, in the text at hand as it was typed: the
// question or the query line. The zero Span is no place.
type Span struct{ Start, End int }

// Idle is the detail of what is not understood where each of its words is known, and
// they found nothing to act on.
const Idle = "idle"

// Problem is a user's mistake, without prose: it is worded once per language,
// where answers are made. Fields that do not apply are zero.
type Problem struct {
	Code   Code
	Span   Span
	Pos    Pos
	Name   string   // the object it is about, as the user or the model spells it
	Near   []string // nearest legal names, candidates or paths; best first
	Detail string   // a second object or the construct's name; never prose
	Repair string   // a query line that would work, as Repair finds it; "" for none
}

// Error makes a Problem an error for logs and tests; people read its wording
// from answer.
func (p Problem) Error() string {
	var b strings.Builder
	if p.Pos.File != "" {
		b.WriteString(p.Pos.String() + ": ")
	}
	b.WriteString(string(p.Code))
	if p.Name != "" {
		b.WriteString(" " + p.Name)
	}
	if p.Detail != "" {
		b.WriteString(" (" + p.Detail + ")")
	}
	if len(p.Near) > 0 {
		b.WriteString(" near " + strings.Join(p.Near, ", "))
	}
	return b.String()
}

// Problems is one or more mistakes found together.
type Problems []Problem

// Error joins the problems by line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}
