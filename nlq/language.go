package nlq

import (
	"time"

	"wenshu/semantic"
)

// Language is what the reader knows of one human language. All languages are
// always on: a form of one may stand beside a form of another. A Language is
// immutable and safe for concurrent use; its functions are pure.
type Language struct {
	Tag string // BCP 47: zh, en

	// Rules are the words and set phrases, in an order that does not matter:
	// overlaps are settled by cost.
	Rules []Rule

	// Numbers returns every number that starts at token at, in any order: 三百,
	// 1.2 million, 5k, 10%, 两, half. Plain digits alone (1,200.5 and the
	// percent sign) are read by the reader itself for all languages.
	Numbers func(t *Text, at int) []Number

	// Times returns every reading in time that starts at token at: Timed,
	// Cycle, Grained, Against, Moving, Running. It may lean on Numbers. Dates
	// and periods that mean the same must come out as the same value.
	Times func(t *Text, at int, m *Moment) []Match

	// Bases returns the base forms that a normalised word may be an inflection
	// of, the likeliest first and the word itself not among them: customers:
	// customer; categories: category; bought: buy; ordered: order. Nil for a
	// language without inflection and for words that are not its own. Names of
	// the model are looked up by the same forms.
	Bases func(word string) []string

	// Known reports whether a normalised word is a common word of the language
	// that is surely spelt right, so that it is never corrected to a name of the
	// model (country is not a misspelt county). Nil knows none.
	Known func(word string) bool

	// Words are further words that misspelt ones may be corrected to: what Times
	// and Numbers read besides the forms of Rules (january, monday, million). In
	// lower case.
	Words []string

	// Units are what numbers are counted in, where a number is asked for too: 公里.
	// Those that models declare are known besides.
	Units []string

	// Groups are names of several members at once: 江浙沪.
	Groups map[string][]string

	// Sounds returns how a character sounds, for finding 同音字: 额: [e]. Nil
	// when the language is not corrected by sound.
	Sounds func(r rune) []string
}

// Rule says that each of some forms stands for a part.
//
// A form is text, with
//
//	(a|b)  one of several, nestable
//	[a|b]  one of several or nothing
//	{n}    a number in any form, of any language; one fills Top.N and Moving.N
//	       (a whole number then), one or two fill Args
//
// Spaces part Latin words and mean nothing between Han characters. Forms are
// normalised as questions are (width, case, traditional characters), so they
// are written in lower case and simplified characters. Latin words match as
// they are written, without inflection: write show(|s|n)? as (show|shows|shown).
type Rule struct {
	Part  Part
	Forms []string // a form of one character stands for that, bracket or not
	Weak  bool     // often means something else or nothing (per, 分, 比): costs more than it saves alone
	First bool     // only where a message begins: 老板 says who is asked, not what about
	After []string // only right behind one of these norms; nil behind anything
}

// Number is a number found in a text.
type Number struct {
	End     int            // the token behind it
	Value   semantic.Value // Int or Decimal, multiplied out (1.2 million is 1200000); 10 for 10 %, 五成 is 50 with Percent
	Percent bool
	Unit    string // what it counts, as typed after it: 元, 个, 家, $, days; "" for none. Number words that carry one return the number without it too
	Scaled  bool   // said with a word for its size: 5000万, 3 million; the reader sets it
	Whole   bool   // an ordinal (third, 第三): only a place in an order
}

// Match is a part found in a text.
type Match struct {
	End  int // the token behind it
	Part Part
	Weak bool // as Rule.Weak
}

// Moment is when a question is asked.
type Moment struct {
	Now      time.Time // the wall clock of the model's zone
	Calendar *semantic.Calendar
	festival *Lexicon[string]
}

// NewMoment prepares a moment; calendar may be nil.
func NewMoment(now time.Time, calendar *semantic.Calendar) *Moment {
	return &Moment{Now: now, Calendar: calendar, festival: festivalNames(calendar)}
}

// festivalNames are what the festivals of a calendar are called; their name in queries only
// where they have no other: spring is a season.
func festivalNames(calendar *semantic.Calendar) *Lexicon[string] {
	names := NewLexicon[string]()
	if calendar == nil {
		return names
	}
	for _, f := range calendar.Festivals {
		called := f.Names.Texts()
		if len(called) == 0 {
			called = []string{f.Name}
		}
		for _, name := range called {
			names.Add(name, f.Name)
		}
	}
	return names
}

// FestivalAt returns the calendar's festivals whose names start at token at,
// each with the token behind it.
func (m *Moment) FestivalAt(t *Text, at int) []Hit[string] { return m.festival.At(t, at) }
