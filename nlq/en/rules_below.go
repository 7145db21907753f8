package en

import "wenshu/nlq"

// What the rows above are called in the names of columns that lead to them, in both
// languages.
var (
	managerHints = []string{"manager", "supervisor", "boss", "leader", "lead", "report", "reports", "superior", "head", "mentor", "主管", "经理", "领导", "班长", "组长", "队长", "上级"}
	parentHints  = []string{"parent", "holding", "group", "hub", "owner", "母公司", "总公司", "总部", "父", "上级"}
	sequelHints  = []string{"sequel", "predecessor", "previous", "prequel", "original", "续集", "前作", "前一部", "前传"}
	referHints   = []string{"referred", "referrer", "referral", "inviter", "invited", "introduced", "推荐人", "推荐", "介绍人", "邀请人"}
)

// ownRules say whose average it is that something is tested against.
var ownRules = []nlq.Rule{
	weak(nlq.OwnKind{}, "[of |for |in |within |at |from |among |across ](their|its|his|her)[ own| respective| particular]", "[of |for |in |within |at |from |among |across ]the same"),
}

// belowRules are words for what hangs below something else of its own table.
var belowRules = []nlq.Rule{
	sure(nlq.Below{Hints: managerHints}, "direct (reports|report|subordinates|subordinate)", "immediate (reports|subordinates)", "(subordinate|subordinates)"),
	sure(nlq.Below{Hints: managerHints}, "[who ](reports|report|reporting) [directly ](to|into)", "[who ](works|work) under"),
	weak(nlq.Below{Hints: managerHints}, "(reports|underlings)", "(people|staff|employees) (below|under|reporting to)", "people under (him|her|them)"),
	sure(nlq.Below{Hints: parentHints}, "(subsidiary|subsidiaries)", "(child|daughter|sub) (companies|company|accounts|account|organisations|organizations)", "subaccounts"),
	sure(nlq.Below{Hints: sequelHints}, "[a ](sequel|sequels)"),
	sure(nlq.Below{Hints: referHints}, "(referral|referrals)"),
}
