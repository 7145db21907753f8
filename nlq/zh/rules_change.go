package zh

import (
	"wenshu/nlq"
	"wenshu/semantic"
)

var (
	yearAgo  = nlq.Against{How: semantic.Ago, Unit: semantic.Year, N: 1}
	previous = nlq.Against{How: semantic.Prior}
	byHow    = "(增长|增加|上涨|下降|下滑|减少|下跌|变化|变动|涨|跌)[了](多少|百分之几|百分之多少)[呢|啊|呀]"
	growing  = "(增长|增长率|增速|增幅|变化|变化率|涨跌|涨跌幅|变动|增减|涨幅|增长幅度|变化幅度|变动率)"
	faring   = "(增长情况|变化情况|情况|数据)"
)

// with returns a comparison that asks for the rate of change, rate one that
// names it.
func with(a nlq.Against) nlq.Against {
	a.Growth = true
	return a
}

func rate(a nlq.Against) nlq.Against {
	a.Growth, a.Rate = true, true
	return a
}

func ago1(unit semantic.Unit) nlq.Against { return nlq.Against{How: semantic.Ago, Unit: unit, N: 1} }

// changeRules compare with an earlier period and ask how much it moved.
var changeRules = []nlq.Rule{
	sure(with(yearAgo), "同比", "同比"+faring, "年同比", "年度同比", "同比去年", "月同比", "按年同比", "与去年同比", "比去年同期"+faring, "同比怎么样", "同比如何", "yoy"),
	sure(rate(yearAgo), "同比"+growing, "同比"+byHow, "比去年同期"+growing),
	sure(with(previous), "环比", "环比"+faring, "环比上期", "较上期"+faring, "环比如何", "环比怎么样"),
	sure(rate(previous), "环比"+growing, "环比"+byHow, "较上期"+growing),
	sure(with(ago1(semantic.Day)), "日环比", "日环比"+faring, "环比昨[天|日]", "天环比"),
	sure(rate(ago1(semantic.Day)), "日环比"+growing),
	sure(with(ago1(semantic.Week)), "周环比", "周环比"+faring, "环比上周", "周同比", "周同比"+faring, "同比上周"),
	sure(rate(ago1(semantic.Week)), "周环比"+growing, "周同比"+growing),
	sure(with(ago1(semantic.Month)), "月环比", "月环比"+faring, "环比上[个]月"),
	sure(rate(ago1(semantic.Month)), "月环比"+growing),
	sure(with(ago1(semantic.Quarter)), "季环比", "季度环比", "季环比"+faring, "季度环比"+faring, "环比上[个]季度"),
	sure(rate(ago1(semantic.Quarter)), "季环比"+growing, "季度环比"+growing),
	sure(with(ago1(semantic.Year)), "年环比", "年度环比"),
	sure(nlq.Against{How: semantic.Prior}, "[比|较|对比|与|和|跟|同|相比]上期[相比|比]", "[比|较|对比|与|和|跟|同|相比](上一期|上个周期|上一周期|前一期|前一个周期|前期|上一个周期|前一周期)[相比|比]", "上期", "上一期"),
	sure(nlq.Against{How: semantic.Ago, Unit: semantic.Year, N: 1, Same: true, Bare: true}, "同期"),
	sure(nlq.Against{How: semantic.Ago, Unit: semantic.Year, N: 1, Same: true}, "历史同期", "往年同期"),
	sure(yearAgo, "(比|较|对比|与|和|跟|同|相比)同期[相比|比]"),
	sure(nlq.Change{Rate: true, Up: true}, "增长率", "增速", "增幅", "涨幅", "增长幅度", "增长速度", "增长比例", "增长百分比", "上涨幅度", "提升幅度", "上升幅度", "提升率", "上涨率", "增加比例", "(增长|增加|上涨|上升|提升|提高|涨)[了](百分之(几|多少)|(几|多少)个点)", "增长情况", "增长率(是多少|多少|如何)"),
	sure(nlq.Change{Rate: true, Up: true}, "增长", "[的]增长", "上涨", "上升", "增长了", "上涨了", "上升了", "涨", "涨了", "走高", "攀升", "飙升", "大涨", "猛增", "大增", "暴涨", "激增", "成长", "提升", "提升了", "提高", "提高了", "(增长|上涨|上升|涨|提升|提高)(得|的)"),
	sure(nlq.Change{Up: true}, "增多", "增加了", "增多了", "变多", "变多了", "多了", "扩大", "上去了"),
	weak(nlq.Change{Up: true}, "增加"),
	sure(nlq.Change{Value: true, Up: true}, "增长额", "增量", "增加额", "增长量", "增加值", "增加量", "净增", "净增长", "净增量", "增额", "增长值", "(增长|增加|上涨|涨|提升|提高|上升|多)[了](多少|多少[个]百分点)", "多了几个"),
	sure(nlq.Change{Rate: true, Down: true}, "下降率", "降幅", "跌幅", "下降幅度", "下滑幅度", "下跌幅度", "降低幅度", "下降比例", "减少比例", "减幅", "降低比例", "(下降|下滑|下跌|减少|降低|跌|降)[了](百分之(几|多少)|(几|多少)个点)"),
	sure(nlq.Change{Rate: true, Down: true}, "下降", "下滑", "下跌", "[的]下降", "下降了", "下滑了", "下跌了", "跌", "跌了", "降", "降了", "降低", "降低了", "回落", "萎缩", "缩水", "走低", "大跌", "暴跌", "锐减", "负增长", "衰退", "缩减", "骤降", "倒退", "下挫", "掉了", "掉", "(下降|下滑|下跌|跌|降|掉)(得|的)"),
	sure(nlq.Change{Down: true}, "减少", "减少了", "变少", "变少了", "少了", "缩小", "流失了"),
	sure(nlq.Change{Value: true, Down: true}, "下降额", "减少量", "减少额", "减量", "降低额", "下降量", "(下降|减少|下滑|下跌|降低|降|跌|少)[了](多少|多少[个]百分点)", "少了几个"),
	sure(nlq.Change{Both: true}, "变化", "[的]变化", "变动", "波动", "涨跌", "增减", "变化了", "有什么变化", "有何变化", "变化如何", "变化大", "波动情况", "差异变化", "变了"),
	sure(nlq.Change{Both: true, Rate: true}, "变化率", "变动率", "变化幅度", "变动幅度", "涨跌幅", "波动幅度", "波动率", "增减率", "增减幅度", "变化百分比", "(变化|变动)[了]百分之(几|多少)"),
	sure(nlq.Change{Both: true, Value: true}, "变化量", "变化额", "变化值", "变动额", "变动量", "增减额", "增减量", "涨跌额", "变化[了]多少", "变动[了]多少", "百分点", "[几|多少]个百分点", "变化[了]多少[个]百分点", "差了多少个百分点"),
}

// windowRules are moving and running windows.
var windowRules = []nlq.Rule{
	sure(nlq.Moving{Unit: semantic.Day}, "[近|过去|最近]{n}[日|天](移动平均|均线|滑动平均|滚动平均|移动均值|平均线|移动平均线|移动平均值|滚动均值|滑动均值)", "(移动平均|滚动平均|滑动平均){n}(天|日)", "ma{n}", "滚动{n}(天|日)(平均|均值|平均值)"),
	sure(nlq.Moving{Unit: semantic.Week}, "[近|过去|最近]{n}[个](周|星期)(移动平均|均线|滑动平均|滚动平均|移动均值|平均线)", "滚动{n}[个](周|星期)(平均|均值|平均值)"),
	sure(nlq.Moving{Unit: semantic.Month}, "[近|过去|最近]{n}(个月|月)(移动平均|均线|滑动平均|滚动平均|移动均值|平均线|移动平均值)", "滚动{n}(个月|月)(平均|均值|平均值)", "(移动平均|滚动平均){n}个月"),
	sure(nlq.Moving{Unit: semantic.Quarter}, "{n}[个]季度(移动平均|滚动平均)"),
	sure(nlq.Moving{}, "移动平均", "移动平均值", "移动平均线", "滑动平均", "滚动平均", "移动均值", "均线", "{n}期移动平均"),
	sure(nlq.Moving{Unit: semantic.Day, Func: "sum"}, "滚动{n}[日|天][的](合计|总和|累计|求和|总计|汇总)", "滚动{n}(日|天)", "(近|过去){n}(日|天)(滚动|移动)(合计|求和|累计)"),
	sure(nlq.Moving{Unit: semantic.Week, Func: "sum"}, "滚动{n}[个](周|星期)[的][合计|总和|累计|求和]"),
	sure(nlq.Moving{Unit: semantic.Month, Func: "sum"}, "滚动{n}(个月|月)[的][合计|总和|累计|求和|总计]", "(近|过去){n}(个月|月)(滚动|移动)(合计|求和|累计)"),
	sure(nlq.Moving{Unit: semantic.Quarter, Func: "sum"}, "滚动{n}[个]季度[的][合计|总和|累计]"),
	sure(nlq.Moving{Unit: semantic.Year, Func: "sum"}, "滚动{n}年[的][合计|总和|累计]"),
	sure(nlq.Moving{N: 12, Unit: semantic.Month, Func: "sum"}, "滚动年度", "滚动全年"),
	sure(nlq.Running{}, "累计", "累积", "累计值", "的累计", "滚动累计", "累计曲线", "累计的", "累积的", "累加值", "running", "累计到(每|各)(日|天|月|周)", "累计趋势", "累计数"),
	sure(nlq.Running{Reset: semantic.Year}, "年内累计", "按年累计", "每年累计", "年度累计", "每年重新累计", "当年累计值"),
	sure(nlq.Running{Reset: semantic.Month}, "月内累计", "按月重新累计", "每月重新累计"),
}
