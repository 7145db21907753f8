package en

import (
	"cmp"

	"wenshu/nlq"
	"wenshu/semantic"
)

// Names of attributes that adjectives imply, in both languages.
var (
	dateHints     = []string{"date", "time", "日期", "时间"}
	sinceHints    = []string{"hire date", "date hired", "hired", "joining date", "start date", "since", "joined", "入职日期", "加入日期"}
	ageHints      = []string{"age", "birth", "birthday", "birth date", "year of birth", "founded", "established", "year founded", "opened", "year opened", "publication year", "release year", "year built", "built", "年龄", "出生日期", "生日"}
	priceHints    = []string{"price", "cost", "unit price", "fee", "amount", "charge", "amount charged", "rent", "fare", "budget", "价格", "单价", "售价"}
	lengthHints   = []string{"length", "duration", "runtime", "running time", "pages", "number of pages", "distance", "时长", "长度"}
	weightHints   = []string{"weight", "重量"}
	heightHints   = []string{"height", "elevation", "altitude", "高度", "身高"}
	earnHints     = []string{"sale", "revenue", "takings", "销售额"}
	profitHints   = []string{"profit", "margin", "gross profit", "利润", "毛利", "毛利额"}
	depthHints    = []string{"depth", "深度", "水深"}
	widthHints    = []string{"width", "breadth", "宽度"}
	peopleHints   = []string{"population", "inhabitants", "residents", "人口"}
	warmthHints   = []string{"temperature", "气温", "温度"}
	speedHints    = []string{"speed", "duration", "time", "速度", "时长"}
	distanceHints = []string{"distance", "距离"}
	ratingHints   = []string{"rating", "score", "stars", "评分", "满意度"}
	salaryHints   = []string{"salary", "income", "wage", "pay", "hourly rate", "pay rate", "工资", "收入"}
	personHints   = []string{"customer", "user", "person", "people", "member", "employee", "head", "客户", "用户", "会员", "员工"}
	placeHints    = []string{"address", "city", "region", "location", "country", "place", "地址", "城市", "地区"}
)

// earned is said of money that came in.
const earned = "[that |which |who ](made|make|makes|making|earned|earn|earns|brought in|bring in|brings in|took in|take in|takes in|grossed|generated|generate|generates|turned over|turn over|turns over) "

// times are how often something was done.
func times(n int64) []nlq.Number {
	return []nlq.Number{{Value: semantic.IntValue(n), Unit: "times"}}
}

// nothing is the number that losses are below.
var nothing = []nlq.Number{{Value: semantic.IntValue(0)}}

// compareRules test against a number.
var compareRules = []nlq.Rule{
	sure(nlq.Compare{Op: semantic.Gt, Args: times(1)}, "more than (once|one time)", "multiple times"),
	sure(nlq.Compare{Op: semantic.Gt, Args: times(2)}, "more than (twice|two times|double)"),
	sure(nlq.Compare{Op: semantic.Ge, Args: times(1)}, "at least (once|one time)"),
	sure(nlq.Compare{Op: semantic.Ge, Args: times(2)}, "at least (twice|two times)", "twice or more", "two or more times"),
	sure(nlq.Compare{Op: semantic.Eq, Args: times(1)}, "exactly once"),
	sure(nlq.Compare{Op: semantic.Eq, Args: times(2)}, "exactly twice"),
	sure(nlq.Compare{Op: semantic.Lt, Args: times(2)}, "less than (twice|two times|double)"),
	sure(nlq.Compare{Op: semantic.Gt}, "[is |are |was |were ](over|above|more than|greater than|higher than|larger than|bigger than|in excess of|exceeding|exceeds|exceed|exceeded|surpassing|surpasses|surpass|surpassed|upwards of|beyond|north of|better than|stronger than|topping|topped) {n}", "(over|above|more than|greater than|higher than|larger than|bigger than|in excess of|exceeding|exceeds|exceed|exceeded|surpassing|surpasses|surpass|stronger than|is greater than|is more than|is higher than|is larger than|is above|are greater than|are above|are higher than|are more than|was greater than|were greater than)", "[ is]> {n}", ">", "{n} plus", "bigger than {n}", "by more than {n}", "more {n}", "that exceed {n}", "of more than {n}", "of over {n}", "with over {n}", "with more than {n}", "at more than {n}", "no less than or equal {n}"),
	sure(nlq.Compare{Op: semantic.Ge}, "[is |are |of |with |by |for |in ](at least|no less than|not less than|no fewer than|not fewer than|no lower than|not lower than|no smaller than|not below|not under|minimum of|a minimum of|min of|greater than or equal to|greater than or equal|more than or equal to|higher than or equal to|equal to or greater than|equal or greater than|equal to or more than|no worse than) {n}", "(at least|no less than|not less than|no fewer than|greater than or equal to|is at least|are at least)", "(>=|≥|=>) {n}", "(>=|≥)", "{n} (or more|or above|or higher|or greater|or over|and above|and over|and up|and more|or better|or up|or later|or older|or larger|minimum|upwards)", "{n}+", "reach[es|ed] {n}", "from {n} (up|upwards)"),
	sure(nlq.Compare{Op: semantic.Lt}, "[is |are |was |were ](under|below|less than|fewer than|lower than|smaller than|beneath|short of|south of|worse than|weaker than|shy of) {n}", "(under|below|less than|fewer than|lower than|weaker than|smaller than|beneath|is less than|is lower than|is below|are below|are less than|are lower than|was less than|were less than|is smaller than|worse than)", "< {n}", "<", "by less than {n}", "of less than {n}", "of under {n}", "with less than {n}", "with fewer than {n}", "with under {n}", "not (at least|reaching) {n}"),
	sure(nlq.Compare{Op: semantic.Le}, "[is |are |of |with |by |for |in ](at most|no more than|not more than|not over|not above|not exceeding|not greater than|no greater than|no higher than|not higher than|up to|maximum of|a maximum of|max of|less than or equal to|less than or equal|lower than or equal to|fewer than or equal to|equal to or less than|equal or less than|within|no larger than) {n}", "(at most|no more than|not more than|less than or equal to|is at most|are at most)", "(<=|≤|=<) {n}", "(<=|≤)", "{n} (or less|or fewer|or below|or lower|or under|and below|and under|or smaller|maximum|or cheaper|at most|or younger)"),
	sure(nlq.Compare{Op: semantic.Eq}, "(exactly|equal to|equals|precisely|is exactly|are exactly|just|only|equaling) {n}", "[=]= {n}", "of exactly {n}", "with exactly {n}", "a total of {n}", "is equal to {n}", "are equal to {n}"),
	weak(nlq.Compare{Op: semantic.Eq}, "(is|are|was|were|of|with|has|have|had|at|valued at|priced at|worth) {n}", "that (has|have|had) {n}"),
	sure(nlq.Compare{Op: semantic.Ne}, "(not equal to|does not equal|do not equal|!=|≠|<>|is not|are not|not|other than|not exactly) {n}"),
	sure(nlq.Compare{Op: semantic.Gt, Args: []nlq.Number{{Value: semantic.IntValue(50), Percent: true}}}, "more than half", "over half", "the majority of", "a majority of", "most of"),
	sure(nlq.Compare{Op: semantic.Lt, Args: []nlq.Number{{Value: semantic.IntValue(50), Percent: true}}}, "less than half", "under half", "fewer than half", "a minority of"),
	weak(nlq.Compare{Op: semantic.Gt, Apart: true}, "more", "higher", "greater", "larger", "bigger", "a higher", "a greater", "a larger", "a bigger", "a longer"),
	weak(nlq.Compare{Op: semantic.Lt, Apart: true}, "fewer", "less", "lower", "smaller", "a lower", "a smaller", "a shorter"),
	sure(nlq.BetweenMark{}, "[is |are |was |were ]between {n} (and|to|-|&) {n}[ inclusive]", "in between {n} and {n}", "[from ]{n} to {n}", "from {n} (to|through|up to|until) {n}", "in the range [of |from ]{n} (to|-|and) {n}", "ranging (from|between) {n} (to|and) {n}", "[in the ]range [of ]{n} (to|-) {n}", "(more|greater|higher) than {n} (and|but) (less|lower|fewer|smaller) than {n}", "(over|above) {n} (and|but) (under|below) {n}", "at least {n} (and|but) at most {n}", "within {n} (and|to) {n}", "{n} (through|thru) {n}", "(>|>=) {n} and (<|<=) {n}"),
	weak(nlq.BetweenMark{}, "{n} - {n}", "{n} ~ {n}"),
	sure(nlq.Compare{Op: semantic.Gt, Hints: salaryHints}, "[that |who ](earn|earns|earned|earning|[is |are ]paid) (more|better) than (their|his|her|its)[ own]"),
	sure(nlq.Compare{Op: semantic.Lt, Hints: salaryHints}, "[that |who ](earn|earns|earned|earning|[is |are ]paid) less than (their|his|her|its)[ own]"),
	sure(nlq.Compare{Op: semantic.Gt, Hints: salaryHints}, "[that |who ](earn|earns|earned|earning|make|makes|[is |are ]paid) (more|better) than", "[that |who ](earn|earns|earned|earning) above"),
	sure(nlq.Compare{Op: semantic.Lt, Hints: salaryHints}, "[that |who ](earn|earns|earned|earning|make|makes|[is |are ]paid) less than", "[that |who ](earn|earns|earned|earning) below"),
	sure(nlq.Compare{Op: semantic.Gt, Hints: earnHints}, earned+"(more than|over|above|in excess of|upwards of) {n}"),
	sure(nlq.Compare{Op: semantic.Ge, Hints: earnHints}, earned+"(at least|no less than|not less than) {n}", earned+"{n} or (more|above|over)"),
	sure(nlq.Compare{Op: semantic.Lt, Hints: earnHints}, earned+"(less than|under|below) {n}"),
	sure(nlq.Compare{Op: semantic.Le, Hints: earnHints}, earned+"(at most|no more than|not more than) {n}"),
	sure(nlq.Compare{Op: semantic.Gt, Hints: priceHints}, "[that |which ](cost|costs|costing|charge|charges) more than"),
	sure(nlq.Compare{Op: semantic.Lt, Hints: priceHints}, "[that |which ](cost|costs|costing|charge|charges) less than"),
	sure(nlq.Compare{Op: semantic.Gt, Hints: weightHints}, "[that |which |who ](weigh|weighs|weighing|weighed) more than[ {n}]"),
	sure(nlq.Compare{Op: semantic.Lt, Hints: weightHints}, "[that |which |who ](weigh|weighs|weighing|weighed) less than[ {n}]"),
	sure(nlq.Compare{Op: semantic.Gt, Hints: lengthHints}, "[that |which ](last|lasts|lasted|take|takes|took|run|runs) longer than[ {n}]"),
	sure(nlq.Compare{Op: semantic.Lt, Hints: lengthHints}, "[that |which ](last|lasts|lasted|take|takes|took|run|runs) (less|shorter) than[ {n}]"),
	sure(nlq.BetweenMark{Hints: ageHints}, "[is |are |was |were ][aged ]between {n} and {n} [years ](old|of age)", "aged (between|from) {n} (and|to) {n}"),
	sure(nlq.Compare{Op: semantic.Eq, Hints: ageHints}, "[is |are |was |were ]{n} years (old|of age)", "[is |are ]aged {n}"),
	sure(nlq.Compare{Op: semantic.Eq, Hints: ratingHints}, "[gave |give |gives |given |giving |got |received |awarded |rated |with |of |has |have |had |is |are |was |were ][a |only |exactly ]{n} (star|stars)", "[a |with |with a ]{n} - star"),
	sure(nlq.Compare{Op: semantic.Lt, Args: nothing, Front: true}, "[a ]negative"),
	sure(nlq.Compare{Op: semantic.Gt, Args: nothing, Front: true}, "[a ]positive"),
	sure(nlq.Compare{Op: semantic.Lt, Args: nothing, Hints: profitHints}, "[that |which ](made|make|makes|making|sold at|ran at|at) a loss", "loss making", "unprofitable"),
	sure(nlq.Compare{Op: semantic.Gt, Hints: dateHints}, "later than", "newer than", "more recent than", "after"),
	sure(nlq.Compare{Op: semantic.Lt, Hints: dateHints}, "earlier than", "before"),
}

// adjective is one dimension of things: how much of it, how little.
type adjective struct {
	more, most, less, least string // forms, "" for none
	hints                   []string
	flip                    bool // a date runs the other way
	count                   bool
}

var adjectives = []adjective{
	{"older", "(oldest|eldest|most senior)", "younger", "youngest", ageHints, true, false},
	{"", "(longest serving|longest - serving|longest tenured|longest standing|longest - standing)", "", "(shortest serving|shortest - serving)", sinceHints, true, false},
	{"newer|more recent", "(newest|latest|most recent|most recently [added|created|placed|opened|hired|registered])", "", "(earliest|first ever|very first|least recent)", dateHints, false, false},
	{"more expensive|pricier|costlier|dearer", "(most expensive|priciest|costliest|highest priced|dearest)", "cheaper|less expensive", "(cheapest|least expensive|lowest priced|most affordable)", priceHints, false, false},
	{"longer", "longest", "shorter", "shortest", lengthHints, false, false},
	{"heavier", "heaviest", "lighter", "lightest", weightHints, false, false},
	{"taller", "tallest", "", "", heightHints, false, false},
	{"deeper", "deepest", "shallower", "shallowest", depthHints, false, false},
	{"wider|broader", "(widest|broadest)", "narrower", "narrowest", widthHints, false, false},
	{"more populous|more populated", "(most populous|most populated)", "less populous|less populated", "(least populous|least populated)", peopleHints, false, false},
	{"warmer", "warmest", "colder", "coldest", warmthHints, false, false},
	{"more profitable", "(most profitable|most lucrative)", "less profitable", "(least profitable|most unprofitable|least lucrative)", profitHints, false, false},
	{"faster|quicker", "(fastest|quickest)", "slower", "slowest", speedHints, false, false},
	{"farther|further away", "(farthest|furthest)", "closer|nearer", "(closest|nearest)", distanceHints, false, false},
	{"better rated|higher rated", "(best rated|highest rated|top rated|best reviewed|most highly rated)", "worse rated|lower rated", "(worst rated|lowest rated)", ratingHints, false, false},
	{"better paid|higher paid", "(best paid|highest paid|top paid|highest earning)", "lower paid", "(lowest paid|worst paid|least paid)", salaryHints, false, false},
	{"", "(most popular|best selling|bestselling|top selling|most sold|hottest|best seller|best sellers|bestseller|bestsellers|top seller|top sellers)", "", "(least popular|worst selling|slowest selling|least sold|worst seller|worst sellers)", []string{"quantity", "sales", "orders", "revenue", "销量", "销售额"}, false, true},
}

// arranged are words that may open an order from one end to the other.
const arranged = "[sorted |ordered |ranked |arranged ]"

// adjectiveRules are the comparatives and superlatives that name an attribute.
func adjectiveRules() []nlq.Rule {
	var rules []nlq.Rule
	for _, a := range adjectives {
		if a.more != "" {
			rules = append(rules, sure(nlq.Compare{Op: semantic.Gt, Hints: a.hints, Flip: a.flip}, "("+a.more+") than {n}", "("+a.more+") than", "[is |are ]{n} [years |days |months ]("+a.more+")"))
		}
		if a.less != "" {
			rules = append(rules, sure(nlq.Compare{Op: semantic.Lt, Hints: a.hints, Flip: a.flip}, "("+a.less+") than {n}", "("+a.less+") than"))
		}
		if a.most != "" {
			rules = append(rules, sure(nlq.Top{Desc: true, Hints: a.hints, Flip: a.flip, Count: a.count}, "[the ]"+a.most, "[the |top ]{n} "+a.most, a.most+" {n}", "the "+a.most+" one"),
				sure(nlq.Top{Desc: true, Hints: a.hints, Flip: a.flip, Nth: true}, "[the ]{n} "+a.most))
		}
		if a.most != "" && !a.count {
			rules = append(rules, sure(nlq.Order{Given: true, Desc: true, Hints: a.hints, Flip: a.flip}, "[the ]"+a.most+"[ ones| one] first", "starting with the "+a.most))
			least := "(" + cmp.Or(a.least, "shortest|smallest|lowest") + ")"
			switch a.more {
			case "newer|more recent":
				least = "(oldest|earliest)"
			case "older":
				least = "(youngest|newest|most recent)"
			}
			rules = append(rules, sure(nlq.Order{Given: true, Desc: true, Hints: a.hints, Flip: a.flip}, arranged+"[from |from the |the ]"+a.most+" to [the ]"+least),
				sure(nlq.Order{Given: true, Hints: a.hints, Flip: a.flip}, arranged+"[from |from the |the ]"+least+" to [the ]"+a.most))
		}
		if a.least != "" {
			rules = append(rules, sure(nlq.Order{Given: true, Hints: a.hints, Flip: a.flip}, "[the ]"+a.least+"[ ones| one] first", "starting with the "+a.least))
			rules = append(rules, sure(nlq.Top{Hints: a.hints, Flip: a.flip, Count: a.count}, "[the ]"+a.least, "[the ]{n} "+a.least, a.least+" {n}", "the "+a.least+" one"),
				sure(nlq.Top{Hints: a.hints, Flip: a.flip, Nth: true}, "[the ]{n} "+a.least))
		}
	}
	return rules
}
