package zh

import (
	"wenshu/nlq"
	"wenshu/semantic"
)

const (
	semanticContains = semantic.Contains
	semanticStarts   = semantic.Starts
	semanticEnds     = semantic.Ends
)

// Names of attributes that adjectives imply, in both languages.
var (
	dateHints     = []string{"日期", "时间", "date", "time"}
	ageHints      = []string{"年龄", "出生日期", "生日", "age", "birth", "birthday"}
	priceHints    = []string{"价格", "单价", "售价", "price", "cost", "成本"}
	lengthHints   = []string{"时长", "长度", "天数", "duration", "length"}
	weightHints   = []string{"重量", "weight"}
	owedHints     = []string{"欠款", "应收款", "应收", "应收账款", "欠费", "未收金额", "欠款金额", "欠费金额", "receivables", "amount due", "balance due"}
	profitHints   = []string{"利润", "毛利", "毛利额", "profit", "margin"}
	salesHints    = []string{"销量", "销售量", "销售额", "quantity", "sales", "revenue"}
	sellHints     = []string{"销售额", "销量", "销售量", "revenue", "sales", "quantity"} // how well, not how many
	hireHints     = []string{"入职日期", "入职时间", "入职", "hire date", "hired"}
	moneyHints    = []string{"金额", "总价", "价格", "费用", "amount", "total", "price", "fee"}
	distanceHints = []string{"距离", "distance"}
	personHints   = []string{"客户", "用户", "会员", "员工", "患者", "病人", "客人", "学生", "业主", "旅客", "customer", "user", "member", "employee", "patient", "guest", "student"}
	buyerHints    = []string{"客户", "顾客", "买家", "customer", "buyer"}
	storeHints    = []string{"门店", "店铺", "店", "store", "shop"}
	orderHints    = []string{"订单", "单据", "order"}
	parcelHints   = []string{"运单", "包裹", "快件", "快递", "waybill", "parcel", "package", "shipment"}
	machineHints  = []string{"设备", "机器", "machine", "equipment"}
	placeHints    = []string{"地址", "城市", "地区", "省份", "区域", "address", "city", "region", "location"}
)

// compareRules test against a number.
var compareRules = []nlq.Rule{
	sure(nlq.Compare{Op: semantic.Gt}, "(超过|大于|高于|多于|超出|突破|不止|高过|多过|大过|胜过|超|强于|优于)[了]{n}", "(超过|大于|高于|多于|超出|突破|不止|高过|多过|大过|强于|优于)[了]", ">[{n}]", ">{n}", "比{n}[还|要|还要](高|大|多|贵|长|重|久)[的]", "(过|破)[了]{n}", "{n}(开外|往上)", "在{n}之上", "高出{n}", "{n}还要多", "不止{n}", "远(超|大于|高于){n}", "超{n}"),
	weak(nlq.Compare{Op: semantic.Gt}, "(已经|已|都|早就|早)[超]过[了]", "过了", "逾"),
	sure(nlq.Compare{Op: semantic.Ge}, "(至少|不少于|不低于|不小于|不下于|起码|最少|不下|不亚于|大于等于|大于或等于|大于且等于|高于等于|高于或等于|超过或等于|达到[了]|达|满|够|足)[有|为|是]{n}", "(不少于|不低于|不小于|大于等于|大于或等于|达到[了]|至少)", "(>=|≥|=>|≧)[{n}]", "> ={n}", "{n}[及|或|和|以及|或者](以上|更多|更高)[的]", "(达到|达|满|够|多达)[了|有]{n}[及|或|和](以上|更多)[的]", "{n}及其以上[的]", "{n}起", "{n}以上含", "(在|为|是|有){n}[及|或]以上[的]", "上{n}"),
	sure(nlq.Compare{Op: semantic.Ge, After: true}, "[及|或|和]以上[的]"),
	sure(nlq.Compare{Op: semantic.Lt}, "(不到|少于|低于|小于|不足|不满|未满|未达到|未到|没到|没达到|没有达到|没有超过到|少过|低过|短于|弱于|不及|不够|未达|差于)[了]{n}", "(不到|少于|低于|小于|不足|不满|未满|未达到|没达到|短于|弱于|不及)", "<[{n}]", "<{n}", "比{n}[还|要|还要](低|小|少|便宜|短|轻)[的]", "{n}(不到|未满|都不到|往下)", "在{n}之下"),
	sure(nlq.Compare{Op: semantic.Le}, "(不超过|不高于|不大于|不多于|不超|最多|至多|顶多|没超过|没有超过|未超过|小于等于|小于或等于|小于且等于|低于等于|低于或等于|不长于|控制在|上限)[了|为|是]{n}[以内]", "(不超过|不高于|不大于|不多于|小于等于|小于或等于|没超过|没有超过|未超过)", "(<=|≤|=<|≦)[{n}]", "{n}[及|或|和|以及|或者](以下|以内|之内|更少|更低)[的]", "(在|为|是|有){n}[及|或](以下|以内|之内)[的]"),
	sure(nlq.Compare{Op: semantic.Le, After: true}, "[及|或|和](以下|以内)[的]"),
	sure(nlq.Compare{Op: semantic.Ge, Out: true}, "(不到|少于|低于|小于|不足|不满|未满|没到)[了]{n}"+leftOut, "{n}(不到|以下)"+leftOut),
	sure(nlq.Compare{Op: semantic.Le, Out: true}, "(超过|大于|高于|多于|超)[了]{n}"+leftOut),
	sure(nlq.Compare{Op: semantic.Eq}, "(等于|正好|恰好|刚好|正好是|恰为|恰好是|刚好是|整整|就是|只有|仅有|仅){n}[整]", "={n}", "=={n}"),
	weak(nlq.Compare{Op: semantic.Eq}, "(是|为|有|在|买了|下了|发生){n}", "{n}(的|整)"),
	sure(nlq.Compare{Op: semantic.Ne}, "(不等于|不是|不为|≠|!=|<>){n}"),
	sure(nlq.Compare{Op: semantic.Gt, Args: one(10000)}, "(过|破|超|超过|突破)万[的]"),
	sure(nlq.Compare{Op: semantic.Gt, Args: one(1e8)}, "(过|破|超|超过|突破)亿[的]"),
	sure(nlq.Compare{Op: semantic.Gt, Args: one(1000)}, "(过|破|超|超过)千[的]"),
	sure(nlq.Compare{Op: semantic.Gt, Args: one(100)}, "(过|破|超|超过)百[的]"),
	sure(nlq.Compare{Op: semantic.Ge, Args: one(10000)}, "上万[的]"),
	sure(nlq.Compare{Op: semantic.Ge, Args: one(1e8)}, "上亿[的]"),
	sure(nlq.Compare{Op: semantic.Gt, Args: []nlq.Number{{Value: semantic.IntValue(50), Percent: true}}}, "过半[数]", "超过(半数|一半)"),
	sure(nlq.Compare{Op: semantic.Gt, Hints: dateHints}, "晚于", "迟于"),
	sure(nlq.Compare{Op: semantic.Lt, Hints: dateHints}, "早于", "先于"),
	sure(nlq.Compare{Op: semantic.Ge, Hints: dateHints}, "不早于"),
	sure(nlq.Compare{Op: semantic.Le, Hints: dateHints}, "不晚于"),
	sure(nlq.Compare{Op: semantic.Gt, Hints: priceHints}, "贵于", "贵过", "比{n}贵[的]", "价格高于{n}"),
	sure(nlq.Compare{Op: semantic.Lt, Hints: priceHints}, "比{n}便宜[的]"),
	sure(nlq.Compare{Op: semantic.Ge, Hints: ageHints, Flip: true}, "{n}[周]岁[及|或]以上[的]", "(年满|满){n}[周]岁[的]"),
	sure(nlq.Compare{Op: semantic.Le, Hints: ageHints, Flip: true}, "{n}[周]岁[及|或]以下[的]", "{n}[周]岁以内[的]"),
	sure(nlq.Compare{Op: semantic.Gt, Hints: ageHints, Flip: true}, "年长于", "大于{n}岁[的]", "超过{n}岁[的]", "比{n}[岁](老|年长)[的]"),
	sure(nlq.Compare{Op: semantic.Lt, Hints: ageHints, Flip: true}, "年轻于", "小于{n}岁[的]", "不到{n}岁[的]", "未满{n}岁[的]", "比{n}[岁]年轻[的]"),
	sure(nlq.Compare{Op: semantic.Ge, Hints: hireHints, Flip: true}, "(工龄|司龄|入职|在职)[时间|年限][在|有|达到|满|够|不低于|至少]{n}年[及|或]以上[的]", "(工龄|司龄|入职|在职)[时间|年限](满|够|达到|不低于|至少|不少于)[了]{n}年[的]", "干了{n}年以上[的]"),
	sure(nlq.Compare{Op: semantic.Gt, Hints: hireHints, Flip: true}, "(工龄|司龄|入职|在职)[时间|年限](超过|大于|超|高于)[了]{n}年[的]", "干了超过{n}年[的]"),
	sure(nlq.Compare{Op: semantic.Lt, Hints: hireHints, Flip: true}, "(工龄|司龄|入职|在职)[时间|年限](不到|不满|未满|少于|小于|低于|不足)[了]{n}年[的]", "干了不到{n}年[的]"),
	sure(nlq.Compare{Op: semantic.Gt, Hints: moneyHints}, "(单笔|单次|单张|每笔|每张)[金额](超过|大于|高于|多于|超)[了]{n}[元|块|块钱][的]"),
	sure(nlq.Compare{Op: semantic.Ge, Hints: moneyHints}, "(单笔|单次|单张|每笔|每张)[金额](不低于|不少于|达到|满|至少){n}[元|块|块钱][的]", "(单笔|单次|单张|每笔|每张)[金额][在]{n}[元|块|块钱][及|或]以上[的]"),
	sure(nlq.Compare{Op: semantic.Lt, Hints: moneyHints}, "(单笔|单次|单张|每笔|每张)[金额](低于|小于|少于|不到|不足|不满){n}[元|块|块钱][的]"),
	sure(nlq.Compare{Op: semantic.Le, Hints: moneyHints}, "(单笔|单次|单张|每笔|每张)[金额](不超过|不高于){n}[元|块|块钱][的]", "(单笔|单次|单张|每笔|每张)[金额][在]{n}[元|块|块钱][及|或](以下|以内)[的]"),
	sure(nlq.Compare{Op: semantic.Gt, Hints: moneyHints}, "(单次|每次|单个|单笔)(花费|费用|花钱|花了)(超过|大于|高于|超)[了]{n}[元|块|块钱][的]"),
	sure(nlq.Compare{Op: semantic.Lt, Hints: moneyHints}, "(单次|每次|单个|单笔)(花费|费用|花钱|花了)(低于|少于|不到|不足){n}[元|块|块钱][的]"),
	sure(nlq.BetweenMark{}, "介于{n}(和|与|到|至|、|-|~){n}(之间|中间|间)[的]", "[在|位于|处于|处在]{n}(和|与|到|至|、|-|~){n}(之间|中间|间|范围内|区间|之内|这个区间|的区间)[的]", "[在|从|介于]{n}(到|至|-|~){n}", "大于{n}[且|并且|而|,]小于{n}", "(不低于|不少于|大于等于|>=|≥){n}[且|并且|而|,](不超过|不高于|不大于|小于等于|<=|≤){n}", "{n}以上[,|且|并且]{n}以下", "(范围|区间)[是|为]{n}(到|至|-|~){n}"),
}

// leftOut says behind a bound that those within it do not count.
const leftOut = "的[就|都](不算|不计|不看|不要|除外|剔除|排除|不考虑|去掉|不算在内|不计入|不计在内|扣除)[了|掉|吧]"

func one(n int64) []nlq.Number { return []nlq.Number{{Value: semantic.IntValue(n), Scaled: true}} }
