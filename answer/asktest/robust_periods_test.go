package asktest

import "fmt"

// A period is a piece with the construct it belongs to.
type period struct {
	construct int
	piece
}

func said(construct int, line string, zh, en []string) period {
	return period{construct, piece{zh: zh, en: en, line: line}}
}

// fixedPeriods are said in words. The clock stands at Wednesday, 15 July 2026.
var fixedPeriods = []period{
	said(24, "day(0)", []string{"今天", "今日"}, []string{"today"}),
	said(24, "day(-1)", []string{"昨天", "昨日"}, []string{"yesterday"}),
	said(24, "day(-2)", []string{"前天"}, []string{"the day before yesterday"}),
	said(25, "week(0)", []string{"本周", "这周", "这个星期"}, []string{"this week"}),
	said(25, "week(-1)", []string{"上周", "上星期", "上个星期", "上礼拜"}, []string{"last week", "in the previous week"}),
	said(25, "week(-2)", []string{"上上周"}, []string{"the week before last"}),
	said(25, "month(0)", []string{"本月", "这个月", "当月"}, []string{"this month", "in the current month"}),
	said(25, "month(-1)", []string{"上月", "上个月"}, []string{"last month", "in the previous month"}),
	said(25, "month(-2)", []string{"上上个月", "上上月"}, []string{"the month before last"}),
	said(25, "quarter(0)", []string{"本季度", "这个季度"}, []string{"this quarter"}),
	said(25, "quarter(-1)", []string{"上季度", "上个季度"}, []string{"last quarter"}),
	said(25, "year(0)", []string{"今年", "本年"}, []string{"this year"}),
	said(25, "year(-1)", []string{"去年", "上年"}, []string{"last year"}),
	said(25, "year(-2)", []string{"前年"}, []string{"the year before last"}),
	said(27, "day(-3)", []string{"三天前", "3天前"}, []string{"three days ago", "3 days ago"}),
	said(27, "month(-2)", []string{"两个月前"}, []string{"two months ago"}),
	said(28, "year(0).to_date", []string{"今年以来", "年初至今", "今年至今"}, []string{"year to date", "YTD", "so far this year"}),
	said(28, "month(0).to_date", []string{"本月至今", "月初至今", "本月以来"}, []string{"month to date", "MTD", "so far this month"}),
	said(28, "quarter(0).to_date", []string{"本季度至今", "本季度以来"}, []string{"quarter to date", "QTD", "so far this quarter"}),
	said(29, "2024 to day(0)", []string{"2024年以来", "2024年至今"}, []string{"since 2024"}),
	said(29, "before(2024)", []string{"2024年之前", "2024年以前"}, []string{"before 2024"}),
	said(29, "2025-03-05..2025-04-03", []string{"2025年3月5日到4月2日", "从2025年3月5号到2025年4月2号", "2025-03-05至2025-04-02"}, []string{"from March 5 to April 2, 2025", "between 2025-03-05 and 2025-04-02", "from 5 March 2025 to 2 April 2025"}),
	said(29, "2026-02-01..2026-06-01", []string{"2月到5月", "2-5月", "二月至五月"}, []string{"from February to May", "Feb to May"}),
	said(30, "year(-1).quarter(4)", []string{"去年四季度", "去年第四季度", "去年Q4"}, []string{"in Q4 last year", "in Q4 of last year", "in the fourth quarter of last year"}),
	said(30, "2026-Q1", []string{"一季度", "第一季度", "Q1"}, []string{"in Q1", "in the first quarter"}),
	said(30, "year(0).half(1)", []string{"今年上半年"}, []string{"in H1 this year", "in the first half of this year"}),
	said(30, "year(-1).half(2)", []string{"去年下半年"}, []string{"in the second half of last year", "in H2 last year"}),
	said(30, "2026-06-11..2026-06-21", []string{"6月中旬"}, nil),
	said(30, "2026-W12", []string{"第12周", "第十二周"}, []string{"in week 12"}),
	said(31, "fiscal_year(0)", []string{"本财年"}, []string{"this fiscal year"}),
	said(31, "fiscal_year(-1)", []string{"上财年", "上个财年"}, []string{"last fiscal year"}),
	said(31, "fiscal_quarter(-1)", []string{"上财季", "上个财季"}, []string{"last fiscal quarter"}),
	said(31, "fiscal_year(2025)", []string{"2025财年", "FY25"}, []string{"in FY25", "in fiscal year 2025"}),
	said(33, "festival(double11, -1)", []string{"去年双11", "去年双十一", "去年双11期间"}, []string{"during Double 11 last year", "during Singles' Day last year"}),
	said(33, "festival(spring, 0)", []string{"今年春节", "今年春节期间", "今年过年"}, []string{"during Spring Festival this year", "during Chinese New Year this year"}),
	said(33, "festival(june18, 0)", []string{"今年618", "今年618大促"}, []string{"during 618 this year"}),
	said(33, "festival(national_day, -1)", []string{"去年国庆", "去年国庆期间", "去年十一黄金周"}, []string{"during National Day last year", "during Golden Week last year"}),
}

// allPeriods are the fixed ones and those with a number in them.
func allPeriods() []period {
	all := append([]period{}, fixedPeriods...)
	for _, n := range []int{3, 7, 10, 14, 30, 60, 90} {
		zh := []string{fmt.Sprintf("近%d天", n), fmt.Sprintf("最近%d天", n), fmt.Sprintf("过去%d天", n), fmt.Sprintf("近%d日", n)}
		if n <= 10 {
			zh = append(zh, "近"+hanDigits[n]+"天")
		}
		all = append(all, said(26, fmt.Sprintf("day(-%d..-1)", n), zh, []string{fmt.Sprintf("in the last %d days", n), fmt.Sprintf("over the past %d days", n), fmt.Sprintf("last %d days", n)}))
	}
	for _, n := range []int{2, 4, 8} {
		han := numberPiece(n).zh[1]
		all = append(all, said(26, fmt.Sprintf("week(-%d..-1)", n), []string{fmt.Sprintf("近%d周", n), "最近" + han + "周"}, []string{fmt.Sprintf("in the last %d weeks", n), "over the past " + englishDigits[n] + " weeks"}))
	}
	for _, n := range []int{2, 3, 6, 9} {
		han := numberPiece(n).zh[1]
		all = append(all, said(26, fmt.Sprintf("month(-%d..-1)", n), []string{fmt.Sprintf("近%d个月", n), "最近" + han + "个月", "过去" + han + "个月"}, []string{fmt.Sprintf("in the last %d months", n), "over the past " + englishDigits[n] + " months"}))
	}
	for i, name := range monthNames {
		year := 2026
		if i > 6 {
			year = 2025
		}
		bare := []string{fmt.Sprintf("%d月", i+1), fmt.Sprintf("%d月份", i+1), hanNumber(i+1) + "月"}
		all = append(all,
			said(30, fmt.Sprintf("%d-%02d", year, i+1), bare, []string{"in " + name}),
			said(30, fmt.Sprintf("2025-%02d", i+1), []string{fmt.Sprintf("2025年%d月", i+1), fmt.Sprintf("2025年%s月份", hanNumber(i+1)), fmt.Sprintf("25年%d月", i+1)}, []string{"in " + name + " 2025", "in " + name[:3] + " 2025"}),
			said(24, fmt.Sprintf("2025-%02d-08", i+1), []string{fmt.Sprintf("2025年%d月8日", i+1), fmt.Sprintf("2025年%d月8号", i+1)}, []string{fmt.Sprintf("on %s 8, 2025", name), fmt.Sprintf("on 8 %s 2025", name)}),
		)
	}
	for q := 1; q <= 4; q++ {
		all = append(all, said(30, fmt.Sprintf("2025-Q%d", q), []string{fmt.Sprintf("2025年第%s季度", hanDigits[q]), fmt.Sprintf("2025年%s季度", hanDigits[q]), fmt.Sprintf("2025年Q%d", q), fmt.Sprintf("2025 Q%d", q)}, []string{fmt.Sprintf("in Q%d 2025", q), fmt.Sprintf("in 2025 Q%d", q)}))
	}
	all = append(all,
		said(30, "2025-H1", []string{"2025年上半年"}, []string{"in H1 2025", "in the first half of 2025"}),
		said(30, "2025", []string{"2025年", "2025年全年"}, []string{"in 2025", "for 2025"}),
		said(30, "2024", []string{"2024年"}, []string{"in 2024"}),
	)
	return all
}
