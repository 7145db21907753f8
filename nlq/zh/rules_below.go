package zh

import "wenshu/nlq"

// What the rows above are called in the names of columns that lead to them, in both
// languages.
var (
	leaderHints = []string{"主管", "经理", "领导", "班长", "组长", "队长", "负责人", "manager", "supervisor", "boss", "leader", "lead", "head", "superior", "上级"}
	parentHints = []string{"母公司", "总公司", "总部", "父", "中心店", "parent", "hub", "holding", "group", "上级"}
	sequelHints = []string{"续集", "前作", "前一部", "前传", "sequel", "prequel", "predecessor", "previous", "original"}
	inviteHints = []string{"推荐人", "推荐", "介绍人", "邀请人", "referrer", "referred", "referral", "inviter"}
)

// ownRules say whose average it is that something is tested against.
var ownRules = []nlq.Rule{
	weak(nlq.OwnKind{}, "[与|跟|和]同[一][个|类|种|家|级]", "[与|跟|和]相同[的]", "[其|自己|各自|他们|它们][的](所在|所属|所处|对应|本|各自)[的]", "(各自|自己|自身|本)[的]", "该"),
}

// people are who hangs below somebody, asked for and counted.
const (
	whichPeople   = "(哪些人|哪几个人|哪几个|哪些|谁|什么人|哪几位)"
	howManyPeople = "(几个人|多少人|多少个人|几人|几个|多少名|几名)"
)

// belowRules are words for what hangs below something else of its own table.
var belowRules = []nlq.Rule{
	sure(nlq.Below{Hints: leaderHints}, "[直属|直接](下属|下级|部下)[员工|人员]", "手[底]下[的][人|员工]", "[直接](带|管|管理|领导)[着|了]的人", "(带|管)的人",
		"手[底]下[都|一共|总共][有|是]"+whichPeople, "[直属|直接](下属|下级|部下)[都|一共|总共][有|是]"+whichPeople, "[直接|都|一共|总共](带|管|管理|领导)[着|了]"+whichPeople),
	sure(nlq.Below{Hints: leaderHints, Count: true}, "手[底]下[一共|总共][有]"+howManyPeople, "[直接|一共|总共](带|管|管理|领导)[着|了]"+howManyPeople),
	sure(nlq.Below{Hints: parentHints}, "(子公司|下属公司|下属单位|下级单位|下级公司)", "(下面|旗下|下辖|名下)[都|一共|总共][有|是](哪些|哪几家|哪几个)(公司|客户|企业|单位|分公司|子公司)"),
	sure(nlq.Below{Hints: sequelHints}, "(续集|续作)"),
	sure(nlq.Below{Hints: inviteHints}, "(推荐|介绍|邀请)(来|进来|过来)的"),
}
