package zh

import (
	"wenshu/nlq"
	"wenshu/semantic"
)

// grainRules are units of time behind the other language's word for splitting: by
// 天, 按week.
var grainRules = []nlq.Rule{
	grainBehind(semantic.Day, english, "天", "日"), grainBehind(semantic.Day, chinese, "day", "days"),
	grainBehind(semantic.Week, english, "周", "星期"), grainBehind(semantic.Week, chinese, "week", "weeks"),
	grainBehind(semantic.Month, english, "月", "月份"), grainBehind(semantic.Month, chinese, "month", "months"),
	grainBehind(semantic.Quarter, english, "季度"), grainBehind(semantic.Quarter, chinese, "quarter", "quarters"),
	grainBehind(semantic.Year, english, "年", "年份"), grainBehind(semantic.Year, chinese, "year", "years"),
}

// passingRules count units of time that pass a test: 有几天超过20万.
func passingRules() []nlq.Rule {
	var rules []nlq.Rule
	for _, f := range unitForms {
		for _, w := range f.words {
			if f.bare {
				w = "(几|多少)" + w
			} else if w != "月份" {
				w = "(几|多少)个[自然]" + w
			} else {
				w = "(几|多少)个月份"
			}
			rules = append(rules, sure(nlq.Grained{Grain: semantic.Grain{Unit: f.unit}, Counted: true}, "[有|一共有|总共有|共有|都有]"+w))
		}
	}
	return rules
}

// seasonRules are the seasons of a year, by months as the weather service has them. Winter
// is in two years, and 去年冬天 either of them.
var seasonRules = []nlq.Rule{
	sure(season(3, 5), "春天", "春季"), sure(season(6, 8), "夏天", "夏季"), sure(season(9, 11), "秋天", "秋季"),
}

func season(from, to int) nlq.Cycle {
	return nlq.Cycle{Grain: semantic.Grain{Cyclic: semantic.MonthOfYear}, From: from, To: to}
}

// The words for splitting that a unit may stand behind.
var (
	english = []string{"by", "each", "per", "every", "and"}
	chinese = []string{"按", "每", "各", "照", "个"}
)

func grainBehind(u semantic.Unit, marks []string, forms ...string) nlq.Rule {
	return nlq.Rule{Part: nlq.Grained{Grain: unit(u)}, Forms: forms, After: marks}
}
