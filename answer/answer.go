package answer

import (
	"time"

	"wenshu/semantic"
)

// Answer is everything there is to say to one message, for any channel. Its
// JSON form is stable: fields are only ever added. What does not apply is empty.
type Answer struct {
	ID           string `json:"id"`
	Conversation string `json:"conversation,omitempty"`
	Question     string `json:"question"` // as typed; "" when a query line was given
	Lang         string `json:"lang"`     // of the wording: zh-CN, zh-TW or en
	Kind         Kind   `json:"kind"`
	Title        string `json:"title,omitempty"` // what was understood, in a few words

	Sentence    Sentence     `json:"sentence"`
	Yes         *bool        `json:"yes,omitempty"` // what a question of yes or no is answered with; nil for others
	Chips       []Chip       `json:"chips,omitempty"`
	Assumptions []Assumed    `json:"assumptions,omitempty"`
	Period      *Period      `json:"period,omitempty"`
	Comparisons []Period     `json:"comparisons,omitempty"`
	Filters     []Filter     `json:"filters,omitempty"`
	Definitions []Definition `json:"definitions,omitempty"`
	Lineage     []Origin     `json:"lineage,omitempty"` // of the columns of the table, in their order
	AsOf        []Freshness  `json:"as_of,omitempty"`
	Table       *Table       `json:"table,omitempty"`
	Chart       *Chart       `json:"chart,omitempty"`
	SQL         []Statement  `json:"sql,omitempty"`
	Timings     []Timing     `json:"timings,omitempty"`
	Warnings    []Note       `json:"warnings,omitempty"`
	FollowUps   []Choice     `json:"follow_ups,omitempty"`
	Choices     []Choice     `json:"choices,omitempty"`
	Problems    []Mistake    `json:"problems,omitempty"`
	Suggestions []Choice     `json:"suggestions,omitempty"` // what could be asked instead
	Words       []WordMark   `json:"words,omitempty"`

	QueryLine    string    `json:"query,omitempty"` // as meant: month(-1), not dates
	Badge        Badge     `json:"badge,omitempty"`
	ModelVersion string    `json:"model_version,omitempty"`
	AskedAt      time.Time `json:"asked_at"`
	Viewer       string    `json:"-"`              // who asked: only they may read it again
	More         []*Answer `json:"more,omitempty"` // a message may hold several questions
}

// Kind says what an answer is.
type Kind string

// The kinds of answers. Declined is a refusal of something that was understood,
// Problem says what was not.
const (
	Result    Kind = "answer"
	Ambiguous Kind = "choices"
	Failed    Kind = "problem"
	Defined   Kind = "definition"
	Helped    Kind = "help"
	Fresh     Kind = "freshness"
	Declined  Kind = "declined"
)

// Sentence is prose with the spans that stand for cells, periods and names.
// Every number in it is inside a span.
type Sentence struct {
	Text  string `json:"text"`
	Spans []Span `json:"spans,omitempty"`
}

// Chip is one editable part of what was understood.
type Chip struct {
	Kind    ChipKind `json:"kind"`
	Label   string   `json:"label"`            // what kind of part it is, in words
	Text    string   `json:"text"`             // the part in words
	Clause  string   `json:"clause"`           // the part as the query line spells it
	Remove  string   `json:"remove,omitempty"` // the query line without it; "" when it must stay
	Options []Choice `json:"options,omitempty"`
}

// ChipKind is which part of the query a chip shows.
type ChipKind string

// The kinds of chips, in the order they appear.
const (
	MetricChip     ChipKind = "metric"
	ColumnChip     ChipKind = "column" // of a list of rows
	FilterChip     ChipKind = "filter"
	PeriodChip     ChipKind = "period"
	GroupChip      ChipKind = "group"
	ComparisonChip ChipKind = "comparison"
	ShowChip       ChipKind = "show"
	HavingChip     ChipKind = "having"
	SortChip       ChipKind = "sort"
	LimitChip      ChipKind = "limit"
)

// Choice is something the asker may click: the words and the query line that
// they stand for. Every choice binds for this viewer.
type Choice struct {
	Kind  string `json:"kind,omitempty"` // drill, prior, year_ago, trend, top, verified, …
	Text  string `json:"text"`
	Query string `json:"query"`
}

// Assumed is a decision that the asker did not make.
type Assumed struct {
	What   string   `json:"what"`
	Text   string   `json:"text"`
	Value  string   `json:"value"`
	Others []Choice `json:"others,omitempty"`
}

// Period is a span of time as it was meant and as it was dated.
type Period struct {
	Meant   string `json:"meant,omitempty"` // as the query line spells it
	Text    string `json:"text"`            // absolute, in words
	Start   string `json:"start,omitempty"` // first instant, ISO 8601 without zone; "" is open
	End     string `json:"end,omitempty"`   // behind the last instant
	Zone    string `json:"zone,omitempty"`
	Partial bool   `json:"partial,omitempty"` // now lies inside
}

// Filter is one condition in words. Those of rules have no line: the viewer
// learns that a rule took part, not what it says.
type Filter struct {
	Text string `json:"text"`
	Line string `json:"line,omitempty"`
	Rule bool   `json:"rule,omitempty"`
}

// Definition says what a metric or dimension of the answer means.
type Definition struct {
	Name        string   `json:"name"`
	Type        string   `json:"type"` // metric, dimension, table, festival
	Label       string   `json:"label"`
	Description string   `json:"description,omitempty"`
	Owner       string   `json:"owner,omitempty"`
	Unit        string   `json:"unit,omitempty"`
	Formula     string   `json:"formula,omitempty"` // in words
	Expr        string   `json:"expr,omitempty"`    // as the model spells it
	Synonyms    []string `json:"synonyms,omitempty"`
}

// Origin is what one table of a warehouse gives to a column. It is spelled as the
// model spells it.
type Origin struct {
	Label  string   `json:"label"`            // the column's, in words
	Source string   `json:"source"`           // the warehouse
	Table  string   `json:"table"`            // whose rows are read
	Takes  []string `json:"takes,omitempty"`  // what is taken of them: sum(orders.amount)
	Joined []string `json:"joined,omitempty"` // the tables beside it, each with its way
}

// Freshness is how far a table's data reach.
type Freshness struct {
	Table string `json:"table"`
	Label string `json:"label"`
	At    string `json:"at"` // newest value of its time, ISO 8601; "" when there is none
	Text  string `json:"text"`
}

// Statement is what ran in one source.
type Statement struct {
	Source string   `json:"source"`
	SQL    string   `json:"sql"`
	Args   []string `json:"args,omitempty"`
}

// Timing is how long one room took.
type Timing struct {
	Room   string `json:"room"` // read, bind, compile, run, word
	Micros int64  `json:"micros"`
}

// Note is a warning with its stable code.
type Note struct {
	Code WarningCode `json:"code"`
	Text string      `json:"text"`
}

// Mistake is a problem in the asker's language.
type Mistake struct {
	Code  semantic.Code `json:"code"`
	Text  string        `json:"text"`
	Name  string        `json:"name,omitempty"` // the words or object to blame
	Near  []string      `json:"near,omitempty"`
	Start int           `json:"start,omitempty"` // bytes, half-open, in the question as typed
	End   int           `json:"end,omitempty"`

	Repair string `json:"repair,omitempty"` // a query line near the one refused that binds for the viewer
}

// WordMark is what became of some words of the question.
type WordMark struct {
	Start   int      `json:"start"` // bytes, half-open, in the question as typed
	End     int      `json:"end"`
	Text    string   `json:"text"`
	State   string   `json:"state"` // used, corrected, ambiguous, unread; noise is left out
	Meaning string   `json:"meaning,omitempty"`
	Label   string   `json:"label,omitempty"` // of the metric, dimension or member that is meant; of what was corrected, the word
	Near    []string `json:"near,omitempty"`  // names near to what is unread
}

// Badge says how far an answer was checked beforehand.
type Badge string

// The badges.
const (
	VerifiedBadge Badge = "verified" // an analyst confirmed this question
	ModelBadge    Badge = "model"    // derived from the model
	LLMBadge      Badge = "llm"      // read with the help of a language model
	BothBadge     Badge = "both"     // both readers read it alike
)

// Table is the result, whole or its first page.
type Table struct {
	Columns   []Column `json:"columns"`
	Rows      [][]Cell `json:"rows"`
	Totals    []Cell   `json:"totals,omitempty"`
	Truncated bool     `json:"truncated,omitempty"` // there are more rows than these

	look look // how its numbers are written
}

// Column describes one column of a table.
type Column struct {
	Name      string `json:"name"` // as the query line spells it
	Label     string `json:"label"`
	Type      string `json:"type"` // text, int, decimal, float, bool, date, timestamp
	Role      string `json:"role"` // group, value, earlier, change, growth, share, rank, running, moving, detail
	Unit      string `json:"unit,omitempty"`
	Format    string `json:"format,omitempty"`
	Decimals  int    `json:"decimals"`
	Grain     string `json:"grain,omitempty"`
	Metric    string `json:"metric,omitempty"`
	Dimension string `json:"dimension,omitempty"`
	Additive  bool   `json:"additive,omitempty"`
	Inexact   bool   `json:"inexact,omitempty"` // computed in binary floating point

	out semantic.OutColumn
}

// Cell is one value: exact data and the words for it. A null has no value and
// reads —.
type Cell struct {
	Value *string `json:"value"`
	Text  string  `json:"text"`

	v semantic.Value
}
