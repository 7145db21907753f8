package en

import (
	"slices"
	"strings"

	"wenshu/nlq"
)

// great and little are the superlatives without an attribute of their own.
const (
	great  = "(highest|best|largest|biggest|greatest|strongest|leading|highest performing|best performing|top performing|top ranked|highest ranked|highest ranking|most valuable|busiest|most successful)"
	little = "(lowest|worst|smallest|weakest|poorest|lowest performing|worst performing|bottom ranked|lowest ranked|lowest ranking|least valuable|quietest|least successful|poorest performing)"
)

// topRules keep the ends of an order. A number of the form {n} that is an
// ordinal asks for one place only.
var topRules = []nlq.Rule{
	sure(nlq.Top{Desc: true}, "[the ]top {n}", "[the ]top - {n}", "[the |our ]{n} "+great, "[the ]"+great+" {n}", "[the ]leading {n}", "[the ]top {n} "+great, "limit[ed] [to ]{n}", "head {n}", "[in |among |within ]the top {n}", "ranked [in ]the top {n}", "[the ]top {n} (by|in|for)"),
	sure(nlq.Top{}, "[the ]bottom {n}", "[the ]{n} "+little, "[the ]"+little+" {n}", "tail {n}", "[in |among ]the bottom {n}", "[the ]bottom {n} (by|in|for)"),
	sure(nlq.Top{Desc: true}, "[the ]"+great, "[the ]top", "[the ]best", "number one", "no. 1", "[the ]single "+great, "ranked first", "ranks first", "rank first", "highest in", "at the top", "leads", "led", "the leader", "came first", "comes first", "tops the list"),
	sure(nlq.Top{Desc: true}, "(when|what|which) was [our |the ]"+great),
	sure(nlq.Top{Desc: true}, "[the ]top {n} [distinct |unique |different ](combinations|pairs) of", "[the ]{n} "+great+" (combinations|pairs) of"),
	sure(nlq.Top{}, "[the ]bottom {n} [distinct |unique |different ](combinations|pairs) of"),
	sure(nlq.Top{Desc: true, Hints: []string{"revenue", "sales", "销售额"}, Count: true}, "sold [the ]most", "(sells|sell) [the ]most"),
	sure(nlq.Top{Desc: true, Hints: []string{"receivables", "outstanding", "应收账款"}, Count: true}, "(owes|owe|owing) [us |me ][the ]most[ money]"),
	sure(nlq.Top{}, "[the ]"+little, "[the ]bottom", "[the ]single "+little, "ranked last", "ranks last", "at the bottom", "came last", "comes last"),
	sure(nlq.Top{Desc: true}, "[the |top ][{n} ](fastest|quickest)"), // fastest growing
	sure(nlq.Top{}, "[the ][{n} ]slowest"),
	sure(nlq.Top{Desc: true, Count: true}, "[the ]most", "[the ]most number of", "[the ](highest|largest|greatest|maximum|biggest) number of", "[the ](highest|largest|greatest) count of", "[the ]most amount of", "the most of", "[the ]commonest", "[the ]{n} commonest", "[the ][top ]{n} most (common|frequent|frequently used|commonly used)", "[the ]most (common|frequent|commonly used|frequently used|often|frequently|commonly)[ {n}]"),
	sure(nlq.Top{Count: true}, "[the ]least (common|frequent|commonly used|frequently used|often|frequently|commonly)", "[the ]rarest", "[the ](fewest|least)", "[the ](lowest|smallest|least|minimum) number of", "[the ](lowest|smallest) count of", "[the ]least amount of"),
	sure(nlq.Top{Desc: true, Nth: true}, "[the ]{n} (highest|best|largest|biggest|greatest|most|top)", "[the ]number {n}", "ranked {n}", "ranks {n}", "in {n} place", "[the ]{n} place"),
	sure(nlq.Top{Nth: true}, "[the ]{n} (lowest|worst|smallest|least|fewest)", "[the ]{n} (from|to) (last|the bottom)", "{n} to last"),
}

// placeRules keep rows by their place in time: the first order, the last 5 orders,
// the second order.
func placeRules() []nlq.Rule {
	first, last := nlq.Top{Hints: dateHints, Rows: true}, nlq.Top{Hints: dateHints, Rows: true, Desc: true}
	rules := []nlq.Rule{
		sure(first, "[the |our |my ][very ]first[ {n}]"),
		weak(last, "[the |our |my ][very ]last[ {n}]"),
	}
	for i, ordinal := range strings.Fields("second third fourth fifth sixth seventh eighth ninth tenth") {
		rules = append(rules, sure(nlq.Top{Hints: dateHints, Rows: true, Nth: true, N: i + 2}, "[the |our |my ]"+ordinal))
	}
	return rules
}

// ranking are the last words of superlatives, behind which a unit of time is what
// is ranked: the best selling day, the busiest month.
var ranking = strings.Fields("best selling highest largest biggest greatest strongest busiest successful worst lowest smallest weakest poorest quietest slowest top record")

// unitRules are units of time that are named alone: ranked, or one more thing that
// results are split by.
func unitRules() []nlq.Rule {
	var rules []nlq.Rule
	for _, f := range unitForms {
		for _, n := range f.names {
			if len(n) < 3 || n[len(n)-1] == 's' {
				continue
			}
			rules = append(rules, nlq.Rule{Part: unit(f.unit), Forms: []string{n}, Weak: true, After: slices.Concat([]string{"and", ",", "按", "每", "各", "分"}, ranking)})
		}
	}
	return rules
}

// sortRules order what is shown and ask for places.
var sortRules = []nlq.Rule{
	sure(nlq.Rank{}, "rank", "ranking", "rankings", "ranked", "rank by", "ranked by", "ranking by", "ranking of", "rank the", "leaderboard", "league table", "rank them", "rank all", "ranked list of", "place in the ranking"),
	sure(nlq.Rank{Where: true}, "where does", "what rank is", "what is the rank of", "what place is", "what position is", "rank of", "which rank", "what rank does", "which place", "what place does", "position of", "ranks where", "rank where", "where do", "at what rank", "in what position"),
	weak(nlq.Rank{Where: true}, "where", "rank", "stand", "stands"),
	sure(nlq.Order{Mark: true}, "sort by", "sorted by", "order by", "ordered by", "sorting by", "arranged by", "arrange by", "in order of", "sort on", "sort them by", "sort it by", "sort the results by", "(sort|order) (results|them|the result|the list|it|these|those) by", "order the results by", "and order them by", "and sort them by", "ordering by", "sort according to", "and sort by", "and order by", "sequenced by", "listed by", "sort results by"),
	weak(nlq.Noise{}, "sort", "sorted", "sort the", "sort all"), // "by revenue" says the rest
	sure(nlq.Order{Given: true, Desc: true}, "descending", "desc", "in descending order", "descending order", "from highest to lowest", "highest to lowest", "highest first", "from largest to smallest", "largest to smallest", "largest first", "from high to low", "high to low", "biggest first", "from most to least", "most to least", "best first", "from best to worst", "best to worst", "newest first", "latest first", "most recent first", "in decreasing order", "in reverse order", "reverse alphabetical", "from biggest to smallest", "from greatest to least", "top to bottom", "large to small", "sorted descending", "sort descending", "[from ][the ]biggest to [the ]smallest", "[sort |sorted |order |ordered |rank |ranked |list |listed ][it |them |the results |results ]from [the ](highest|largest|biggest|greatest|most) to [the ](lowest|smallest|least|fewest)", "from z to a", "z to a", "reverse chronological order"),
	sure(nlq.Order{Given: true}, "ascending", "asc", "in ascending order", "ascending order", "from lowest to highest", "lowest to highest", "lowest first", "from smallest to largest", "smallest to largest", "smallest first", "from low to high", "low to high", "from least to most", "least to most", "worst first", "from worst to best", "oldest first", "earliest first", "in increasing order", "alphabetically", "in alphabetical order", "from a to z", "a to z", "in chronological order", "chronologically", "from least to greatest", "small to large", "sorted ascending", "sort ascending", "[sort |sorted |order |ordered |rank |ranked |list |listed ][it |them |the results |results ]from [the ](lowest|smallest|least|fewest) to [the ](highest|largest|biggest|greatest|most)", "alphabetical"),
	sure(nlq.Order{Mark: true, Given: true, Desc: true}, "sort descending by", "sorted descending by", "in descending order of", "in decreasing order of", "descending by", "order descending by", "ordered descending by", "sort desc by", "sorted from highest to lowest", "sorted from high to low", "sorted in descending order[ by| of]", "sort in descending order[ by| of]", "sorted from largest to smallest", "listed in descending order of", "in descending order by", "ordered in descending order by", "sort by descending", "ordered by descending", "sorted by descending", "order by descending"),
	sure(nlq.Order{Mark: true, Given: true}, "sort ascending by", "sorted ascending by", "in ascending order of", "in increasing order of", "ascending by", "sorted from lowest to highest", "sorted from low to high", "sorted in ascending order[ by| of]", "sort in ascending order[ by| of]", "sorted from smallest to largest", "in alphabetical order of", "alphabetically by", "in alphabetical order by", "listed in ascending order of", "sorted alphabetically by", "in ascending order by", "in chronological order of", "sort by ascending", "ordered by ascending", "sorted by ascending", "in lexicographic order of", "in lexicographical order of"),
}
