package nlq

import "wenshu/semantic"

// draft collects what the parts of a sentence ask for, until it becomes a
// query.
type draft struct {
	owners      []thing // entities that qualified an attribute
	conditions  []condition
	outcomes    []outcome
	kind        *semantic.Dimension // that tells which of its rows are asked for, where they were put behind it; nil for none
	orderings   []ordering
	periods     []semantic.Period
	guessed     []bool              // of each period: its year was not said
	inside      semantic.Period     // what was joined with a year that stood apart; nil for none
	thisYear    bool                // last year is compared with, and no period was said
	on          *semantic.Dimension // the date that the periods are about
	versus      []semantic.Versus
	same        *semantic.Versus // "the same period last year": alone it moves the period
	bareSame    bool             // the same period, of which time is not said
	own         *thing           // an average is one of those that have the same of it; nil for an average of all
	passing     *Grained         // periods are counted that pass a test; nil for none
	several     int              // how many a superlative keeps where several were asked for; 0 for one
	shows       []semantic.Show
	changes     []Change
	moving      *Moving
	inARow      *InARow
	listing     bool // rows were asked for
	weak        bool // something is to be shown
	asked       bool // what is …: the value of an attribute
	counted     bool // a count was asked for
	exists      bool
	goal        GoalKind // whether a goal was met or missed was asked
	howMany     bool     // how many or how much was asked
	howMuch     bool     // of money
	valued      bool     // how many, how much or what was asked: no yes or no
	distinct    bool
	verbs       []verbAt
	relations   []relation
	relatives   []int // first tokens of clauses
	compared    bool  // members or periods stand against each other
	summed      bool  // a total is asked for by name
	ranks       bool
	within      bool   // shares are of the parent
	whole       *thing // the parent where it is named
	linked      bool   // "and", "or" or a comma was said
	or          bool   // "or" was said
	ors         []int  // first tokens of "or"
	ofAll       bool   // a share of all of what is counted is asked for, which is named again
	alsoPart    bool   // with ofAll: how many the part are is asked for as well
	restated    []int  // with ofAll: first tokens of the members that the whole has as well
	shareAt     *node  // the word for a share; nil for none
	both        bool
	whose       bool // which entity has the most of a number of its own was asked
	who         bool // who was asked, and no entity stands for it
	with        bool // "with" or "having" stands before an entity
	without     bool // "without" does
	intents     []IntentKind
	follows     []FollowKind
	dangles     node // refers to what was shown, with nothing before it in the sentence
	present     Presentation
	rounded     *int   // how many digits behind the point were wished
	per         *thing // an average of what a verb says is taken over it
	gap         bool   // by how much was asked
	way         way    // which way a comparison is asked to go
	tested      *Claim
	solely      int  // the first token of a word for only before what was done, from 1; 0 for none
	zeros       bool // those that have nothing are shown as well
	rest        bool // those are counted as well for whom the clause does not hold
	points      bool // a point for every row
	relates     bool // a relation of what is named was asked for
	now         bool // the present was said to be meant
	fresh       bool // those that came in the period were said to be meant
	layered     bool // a word colours, stacks or parts what is drawn
	unsupported []string
	edges       []semantic.Expr // of bands that were said: 1次、2次、3次以上
	sorts       bool            // a word that only sorts was said
	stacked     bool            // what splits results is stacked
	spreads     bool            // the distribution of a number was asked for
	spreadsRows bool            // the distribution of how many there are was asked for, along what splits them
	idle        bool            // a part found nothing to act on
	unread      bool            // words were not understood
}

// ordering is an order that was asked for, with or without a limit.
type ordering struct {
	from, end int
	limit     int // rows; 0 for no limit
	desc      bool
	super     bool // a superlative: one row
	nth       bool // only the limit-th row
	by        *measure
	attribute *thing // a column of the listed rows
	hints     []string
	flip      bool
	count     bool // of the entity behind it
	acts      bool // of the acts before it
	lasts     bool // of a length, never of a date
	rows      bool // of rows as they came; where a measure ranks, of its other end
	only      bool // a direction alone, without a limit
	given     bool // with only: the direction was said
	split     bool // said by a word that splits: by the number of orders
}

// verbAt is a verb of an entity's acts.
type verbAt struct {
	from  int
	end   int
	verb  Verb
	stems []string // of its Latin words
}

// keyless reports whether an ordering does not say what it orders by.
func (o ordering) keyless() bool {
	return o.by == nil && o.attribute == nil && len(o.hints) == 0
}
