package answer

import "wenshu/semantic"

// words is everything wenshu says in one language. A language is one value of
// this type in one file; a test walks the fields of all languages and holds
// them to the same places.
type words struct {
	lang    string // BCP 47
	Numbers Numbers
	Dates   dateWords

	Comma, And, Or string // between items of a list
	Part, LastPart string // between whole statements, and before the last
	Level2         string // between the groups of one row

	// What a result says. {scope} is the period and the filters.
	Scope       message // {parts}
	Single      message // {scope} {metric} {value}
	Nothing     message // {scope} {metric}: the value is null
	Several     message // {scope} {items}
	Item        message // {metric} {value}
	FirstChange message // {name} {change}: behind a ranking
	Compared    message // {single} and one of the changes below
	Up          message // {against} {base} {size}
	Down        message
	Flat        message // {against} {base}
	UpFrom      message // without a rate: {against} {base} {size}
	DownFrom    message
	UpOnly      message // the change alone: {against} {size}
	DownOnly    message
	FlatOnly    message // {against}
	Against     message // the base alone, no change known: {against} {base}
	Highest     message // {scope} {metric} {name} {value}
	Lowest      message
	HighestNext message // … and the next ones: {rest}
	LowestNext  message
	NameValue   message // {name} {value}
	Rising      message // {scope} {metric} {first} {from} {last} {to}
	Falling     message
	Level       message
	Extremes    message // {series} {high} {max} {low} {min}
	LeftOut     message // {series} {name}: running, and beyond the extremes
	NotOver     message // {series} {name}
	LargestPart message // {scope} {metric} {name} {share}
	Listed      message // {scope} {table} {n}
	ListedOne   message // {scope} {table}: the first, there are more
	ListedFirst message // {scope} {table} {n}: there are more
	Groups      message // {scope} {metric} {n} {name} {value}: two or more groupings
	GroupsOnly  message // {scope} {n}: nothing is known to be the highest
	OneGroup    message // {scope} {name} {metric} {value}
	Placed      message // {scope} {name} {metric} {value} {rank}: one of an order
	Empty       message // {scope}
	EmptyBy     message // {scope} {filter}: without it there is data
	EmptyPeriod message // {period} {from} {to}: data are there from … to …
	Yes, No     message // whether there is anything: {sentence}
	IsSo, NotSo message // whether something holds: {sentence}

	// Parts of the query, in words.
	Metric, Column, Filter, Period, Group, Comparison, Show, Having, Sort, Limit string  // labels of chips
	Eq, Ne, Lt, Le, Gt, Ge, OneOf, NoneOf, Between, NotBetween                   message // {a} {b}; {lo} {hi}
	IsNull, NotNull, Contains, Starts, Ends                                      message // {a} {b}
	NotContains, NotStarts, NotEnds, InPeriod, NotInPeriod                       message
	InSet, NotInSet, Both, Either, NotThat                                       message
	SetWhere, SetNotWhere                                                        message // {a} {period} {filters}
	SetWith, SetWithout                                                          message // {a} {period} {acts} {filters}
	Gap, Plus, Minus, Times, Over                                                message // {a} {b}
	MetricWhere                                                                  message // {metric} {filter}
	CaseOf                                                                       message
	PeriodsAgo                                                                   message                   // {n}, {period}
	Trailing, Earlier, ToDateOf, AtStartOf                                       message                   // of a metric: {a} {span}, {ago}, {unit}, {unit}
	Balances, OfDays                                                             map[string]message        // {a}; by what is taken over time, and of the days of a longer period
	Converted, ConvertedShare                                                    message                   // {from} {to} {by} {within}
	ComesBack, ComesBackShare                                                    message                   // {from} {to} {by} {unit}
	Lengths                                                                      map[semantic.Unit]message // {n}
	Aggregates                                                                   map[string]message        // {a}; by function
	EndsOf                                                                       map[string]message        // {a}, a moment or a length of time; earliest, latest, shortest, longest
	Spans                                                                        map[int64]message         // {a}, two moments; by the seconds of the unit that the time between is said in
	AggregatePer                                                                 message                   // {a} {per}
	Passing                                                                      message                   // {per} {test}, the groups that pass a test
	OfTheSame                                                                    message                   // {a} {by}, an aggregate of those that have the same
	CountedGrains                                                                map[semantic.Unit]string  // the periods that pass it, where they are not called as grains are
	Columns                                                                      map[string]message        // {metric}; by role
	Buckets                                                                      message                   // {a}
	Band, BandBelow, BandFrom                                                    message                   // {lo} {hi}
	Ascending, Descending                                                        message                   // {a}
	First, FirstPer, Skipped                                                     message                   // {n}, {n} {groups}, {n} {from}
	Grains                                                                       map[semantic.Unit]string
	Cycles                                                                       map[semantic.Cyclic]string
	Rows                                                                         message // {table}
	Units                                                                        map[semantic.Unit]unitWords
	Priors                                                                       message // the period before
	Agos                                                                         message // {n} {unit}
	YearAgo, DayBefore                                                           string
	SoFar                                                                        message                       // {a}
	Opens                                                                        map[semantic.OpenKind]message // {a}
	Inside                                                                       message                       // {a} {b}: the month b inside a
	SetSpan                                                                      message                       // {period} {versus}
	DayAgo                                                                       message                       // {ago}: the same day, years back
	Festival                                                                     message                       // {year} {name}
	Counted                                                                      message                       // {n} {unit}
	Spread                                                                       [5]string                     // the least, the quartiles and the most of a box plot
	Currencies                                                                   map[string]string             // of axes, by code; what is not here is its code
	UnitNames                                                                    map[string]string
	Meant                                                                        message // {meant} {dates}
	InUnits                                                                      message // {label} {unit}
	During, Versus                                                               message // of a chip: {a}
	True, False, NullName                                                        string
	ByRule                                                                       message // {table}
	Permitted, PermittedOf                                                       message // {table} {values}

	// Questions that stand for query lines.
	Question    message // {period} {groups} {metrics} {filters} {extra}
	ListRows    message // {what} {filters} {period} {extra}
	GroupedBy   message // {groups}
	DrillBy     message // {dimension}
	TrendBy     message // {unit}
	WithPrior   message
	WithYearAgo message
	TopN        message // {n}
	WhatIs      message // {metric}
	AllParts    message // show shares

	// Notes.
	Warnings    map[WarningCode]message
	Assumptions map[string]message // {value}; by Assumption.What
	AsOf        message            // {table} {at}
	NoData      message            // {table}
	FreshAll    message            // {items}
	Meaning     message            // {label} {description} {formula} {owner}
	Greeting    message            // {model} {metrics} {dimensions}
	Welcome     message            // {model}: to thanks
	Agreed      message            // {model}: to an ok
	Help        message            // {n} {metrics} {dimensions}: every metric, by subject
	Subject     message            // {subject} {metrics}
	Semicolon   string             // between subjects
	Choose      message            // {name}
	ChooseAny   message
	// ChooseReaders says that the two readers took a question differently.
	ChooseReaders message
	Intents       map[string]string // what a reading wants besides numbers

	Problems     map[semantic.Code]message // {name} {near} {detail}
	Constructs   map[string]message        // of what is declined whatever it is about
	Unused       message                   // {name}: words that are known and found nothing to act on
	Unheld       message                   // {names}: what nothing was found about
	Quoted       message                   // {name}
	Nearest      message                   // {near}
	Advice       message                   // {text} {advice}: two whole sentences
	Charts       map[ChartKind]string
	ChartRefused map[string]message // {chart}; by reason
	ChartTitle   message            // {metric} {groups} {period}
	Others       string             // the rest of a top-N

	Unfinished                   string  // of the last period of a chart
	CutFirst, CutOthers, Sampled message // {shown} {of}
}

// unitWords are the names of a unit in relative periods.
type unitWords struct {
	This, Last, Next string
	LastN            message // {n}
	Ago              message // {n}
}

// wordsFor returns the wording of a language: Chinese for any zh, else English.
func wordsFor(lang string) *words {
	switch localeOf(lang) {
	case zhTW:
		return traditionalWords()
	case zhCN:
		return chineseWords
	}
	return englishWords
}

// languages lists every wording.
func languages() []*words { return []*words{chineseWords, traditionalWords(), englishWords} }
