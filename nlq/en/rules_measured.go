package en

import (
	"wenshu/nlq"
	"wenshu/semantic"
)

// numberVerb says by itself which number of a thing is tested behind it.
type numberVerb struct {
	forms string
	hints []string
	what  string // what the number may be said to be of
}

var numberVerbs = []numberVerb{
	{"(earn|earns|earned|earning|make|makes|making|paid)", salaryHints, ""},
	{"(cost|costs|costing|priced)", priceHints, ""},
	{"(weigh|weighs|weighed|weighing)", weightHints, ""},
	{"(last|lasts|lasted|lasting|run|runs|ran|running|take|takes|took|taking|go on|goes on|went on)[ for]", lastHints, ""},
	{"(serve|serves|serving|feed|feeds|feeding)", servingHints, "[ people| persons| guests]"},
	{"(hold|holds|holding|seat|seats|seating|sleep|sleeps|sleeping|accommodate|accommodates|accommodating|fit|fits)", capacityHints, "[ people| persons| guests| passengers| spectators| visitors]"},
}

var (
	lastHints     = []string{"duration", "runtime", "running time", "length", "时长", "片长", "用时"}
	servingHints  = []string{"servings", "serves", "portions", "份数"}
	capacityHints = []string{"capacity", "seats", "beds", "seating capacity", "容量", "座位数", "床位数"}
)

// measuredRules test the number that a verb is of: films that run for at most 90 minutes,
// halls that seat over 300 people.
func measuredRules() []nlq.Rule {
	var rules []nlq.Rule
	for _, v := range numberVerbs {
		verb := "[that |which |who ]" + v.forms + " "
		test := func(op semantic.Op, said string) {
			rules = append(rules, sure(nlq.Compare{Op: op, Hints: v.hints}, verb+said+" {n}"+v.what))
		}
		test(semantic.Gt, "(more than|over|above|longer than)")
		test(semantic.Ge, "(at least|no less than|no fewer than|a minimum of)")
		test(semantic.Lt, "(less than|fewer than|under|below)")
		test(semantic.Le, "(at most|no more than|not more than|up to|a maximum of)")
		test(semantic.Eq, "exactly")
		rules = append(rules, sure(nlq.BetweenMark{Hints: v.hints}, verb+"between {n} and {n}"+v.what))
	}
	return rules
}
