package nlq

import (
	"time"

	"wenshu/semantic"
)

// Question is one message of a person.
type Question struct {
	Text   string          // as typed; at most MaxRunes characters
	Lang   string          // the language to prefer on a tie: zh, en; "" lets the text decide
	Now    time.Time       // the wall clock of the model's zone
	Viewer semantic.Viewer // members that this person may not see do not exist
	Prior  []Turn          // the turns before, the latest first; empty for none

	// Unanswered says that what was asked before found no answer, and nothing
	// before that did: words that only change it have nothing to change.
	Unanswered bool

	within bool // the turn before is the sentence before in the same message
}

// Turn is what a follow-up edits: an earlier question of the same conversation.
type Turn struct {
	Query        *semantic.Query
	Presentation Presentation
}

// Reading is one way to understand a message, or one part of it. The set is
// closed: Ask, Define, Help, Freshness, Why, Anomaly, Forecast.
type Reading interface{ reading() }

// Ask is a query.
type Ask struct {
	Query  *semantic.Query
	Edit   bool     // a follow-up: the query edits Question.Prior
	Exists bool     // a yes-or-no question: any row at all, or a value that is not 0, is a yes
	Goal   GoalKind // with Exists: what a yes says of the one rate
	Claim  *Claim   // what a yes-or-no question says of its number; nil where it only asks whether there is any
}

// GoalKind is what a yes-or-no question asks of a rate of completion.
type GoalKind uint8

// The kinds of questions about a goal.
const (
	NoGoal     GoalKind = iota
	MetGoal             // a rate of 1 or more is a yes
	MissedGoal          // a rate below 1 is a yes
)

// Define asks what objects of the model mean. Empty Objects asks back.
type Define struct{ Objects []Object }

// Help asks what can be asked, or is a greeting.
type Help struct{ Greeting bool }

// Freshness asks how fresh the data is; Query tells of which metrics, nil for all.
type Freshness struct{ Query *semantic.Query }

// Why asks what moved the query's metric.
type Why struct{ Query *semantic.Query }

// Anomaly asks for odd values of the query.
type Anomaly struct{ Query *semantic.Query }

// Forecast asks for the query's future.
type Forecast struct{ Query *semantic.Query }

func (Ask) reading()       {}
func (Define) reading()    {}
func (Help) reading()      {}
func (Freshness) reading() {}
func (Why) reading()       {}
func (Anomaly) reading()   {}
func (Forecast) reading()  {}

// Object is an object of the model or a member that words stand for. One field
// is set, but for a member, which has Dimension and Member.
type Object struct {
	Metric    *semantic.Metric
	Dimension *semantic.Dimension
	Table     *semantic.Table
	Join      *semantic.Join
	Member    string // the value as stored
}

// Presentation is how an answer is wanted, without a change to its numbers.
type Presentation struct {
	Chart  string // a Chart kind; "" when none was wished
	Trend  bool   // over time was said
	Panels bool   // a picture for each member of what splits it
	Bins   Bins
	Unit   InUnit
	Export string // csv, xlsx, "any"; "" for none
}

// Bins is how wide or how many the bars of a histogram are wanted; zero leaves
// it to whoever draws.
type Bins struct {
	Width semantic.Value
	Count int
}

// WordUse is what became of one span of the question.
type WordUse struct {
	Span   semantic.Span // bytes, half-open, in the question as typed
	State  WordState
	As     string // what it became, as a query line or the model names it: revenue, city = "上海", month(-1), sort -revenue
	Object Object // the object it names; zero for function words
	Typo   string // for Corrected: the name it was taken for
}

// WordState is what can become of a word.
type WordState uint8

// The states of words.
const (
	Used WordState = iota
	IsNoise
	Corrected // used, under another spelling
	Unread    // not understood
)

// Candidate is one reading with its reasons.
type Candidate struct {
	Reading      Reading
	Plan         *semantic.Plan // of an Ask, as Bind made it; nil without a Bind
	Presentation Presentation
	Words        []WordUse // in the order of the question, covering all but white space
	Assumed      []string  // names of assumptions: year_guessed, default_limit, …
	Cost         int
	Costs        []Cost // what Cost is made of, in the order it was found

	line        string   // the reading as Describe writes it
	whole       bool     // every word is used
	stuck       bool     // a part found nothing to act on
	unsupported []string // constructs that are read but not computed
}

// Cost is one summand of a candidate's cost.
type Cost struct {
	Why    string // a name of the table in costs.go
	Points int
	Span   semantic.Span
}

// Result is what became of a message.
type Result struct {
	Text     string
	Messages []Message // one or more: a message may hold several questions
}

// Behind cuts off the first bytes of the text, which were said before; ok is
// false when the result is not one query.
func (r Result) Behind(n int) (Result, bool) {
	if len(r.Messages) != 1 || r.Messages[0].Refused != nil || len(r.Messages[0].Candidates) != 1 {
		return r, false
	}
	m := r.Messages[0]
	c := m.Candidates[0]
	if _, ok := c.Reading.(Ask); !ok {
		return r, false
	}
	var words []WordUse
	for _, w := range c.Words {
		if w.Span.Start >= n {
			w.Span.Start, w.Span.End = w.Span.Start-n, w.Span.End-n
			words = append(words, w)
		}
	}
	c.Words = words
	m.Candidates, m.Rejected = []Candidate{c}, nil
	m.Span = semantic.Span{End: len(r.Text) - n}
	return Result{Text: r.Text[n:], Messages: []Message{m}}, true
}

// Message is one question of a message.
type Message struct {
	Span       semantic.Span
	Candidates []Candidate // best first; one that may be answered stands alone, several are a choice
	Refused    *Refusal    // set when nothing may be answered; Candidates is empty then
	Rejected   []Candidate // readings that lost, for explaining, but for those too dear beside Candidates; best first
}

// Refusal is why a message was not answered, and what would help.
type Refusal struct {
	Problems semantic.Problems // not_understood, unknown_metric, not_computed, too_long, empty, …
	Near     []Object          // nearest metrics and members, best first
	Try      []Candidate       // up to three readings that would work
	Words    []WordUse         // what the words became in the best of what was tried
	Kept     *semantic.Query   // the period and members that were surely understood, without a measure; nil for none
}

// Describe writes a reading as one line: the query line of an Ask, else the
// intent and what it is about.
func Describe(reading Reading) string {
	switch v := reading.(type) {
	case Ask:
		return v.Query.String()
	case Define:
		line := "define"
		for _, o := range v.Objects {
			line += " " + o.String()
		}
		return line
	case Help:
		if v.Greeting {
			return "greeting"
		}
		return "help"
	case Freshness:
		return "freshness" + optional(v.Query)
	case Why:
		return "why" + optional(v.Query)
	case Anomaly:
		return "anomaly" + optional(v.Query)
	case Forecast:
		return "forecast" + optional(v.Query)
	}
	return ""
}

func optional(q *semantic.Query) string {
	if q == nil {
		return ""
	}
	return " " + q.String()
}
