package answer

// WarningCode names a kind of warning. Codes are stable.
type WarningCode string

// The warnings.
const (
	PartialPeriod  WarningCode = "partial_period"  // the period is still running
	DataBehind     WarningCode = "data_behind"     // data end before the period does
	Truncated      WarningCode = "truncated"       // more rows than the limit
	AlsoLevel      WarningCode = "also_level"      // what the limit left out is level with the last
	Corrected      WarningCode = "corrected"       // a word was read as another
	Unread         WarningCode = "unread"          // a word was not understood and left out
	NullsKept      WarningCode = "nulls_kept"      // rows without a value count too
	NoBase         WarningCode = "no_base"         // growth over zero, nothing or a negative number
	SmallBase      WarningCode = "small_base"      // growth from next to nothing
	Inexact        WarningCode = "inexact"         // binary floating point
	ChartRefused   WarningCode = "chart_refused"   // the chart that was asked for would mislead
	StyleDeclined  WarningCode = "style_declined"  // a wish for colours, fonts or sizes, which the page decides
	NotConverted   WarningCode = "not_converted"   // money in another currency was wished for, of which no rates are known
	RuleApplied    WarningCode = "rule_applied"    // a row rule took part
	NothingVisible WarningCode = "nothing_visible" // the viewer lacks what a rule needs
)

// warningCodes lists every code.
var warningCodes = []WarningCode{
	PartialPeriod, DataBehind, Truncated, AlsoLevel, Corrected, Unread, NullsKept, NoBase, SmallBase, Inexact, ChartRefused, StyleDeclined, NotConverted, RuleApplied, NothingVisible,
}
