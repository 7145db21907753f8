package draft

import (
	"slices"

	"wenshu/semantic"
)

var (
	born  = wordSet("birth born dob birthdate birthday birthdt")
	aging = wordSet("age ages aged")
	serve = wordSet("tenure seniority")
)

// findAges finds how old those are whom the rows tell of, and how long those who work have
// worked, where no column says so.
func (t *table) findAges() {
	for _, c := range t.columns {
		if !c.isInstant() {
			continue
		}
		if (saysAny(c, born) || c.says([]string{"出生", "生日"})) && !t.hasColumn(aging, "年龄") {
			t.durations = append(t.durations, duration{
				name: "age", end: c, kind: "float", unit: "years", label: semantic.Label{EN: "age", ZH: "年龄"},
				expr:     "years_between(" + spelled(c.schema.Name) + ", today())",
				synonyms: []string{"age in years", "岁数"},
				evidence: "birthdays since " + c.schema.Name,
			})
		}
		if (saysAny(c, employing) || c.says([]string{"入职"})) && !c.isMeant() && !t.hasColumn(serve, "工龄", "司龄", "年资", "工作年限") {
			t.durations = append(t.durations, t.tenureSince(c))
		}
	}
}

// hasColumn reports whether a column of a table is called by one of some words.
func (t *table) hasColumn(words map[string]bool, chinese ...string) bool {
	return slices.ContainsFunc(t.columns, func(c *column) bool { return saysAny(c, words) || c.says(chinese) })
}

// tenureSince is how long people have worked since a moment, or did until they left.
func (t *table) tenureSince(hired *column) duration {
	until, evidence := "today()", "from "+hired.schema.Name+" to today"
	for _, c := range t.columns {
		if c != hired && c.isInstant() && c.nulls > 0 && (saysAny(c, overs[0].ends) || c.says([]string{"离职"})) && !saysAny(c, planned) && !c.isMeant() {
			until = "coalesce(" + spelled(c.schema.Name) + ", today())"
			evidence = "from " + hired.schema.Name + " to " + c.schema.Name + ", else to today"
		}
	}
	return duration{
		name: "tenure", end: hired, kind: "float", unit: "years", label: semantic.Label{EN: "tenure", ZH: "工龄"},
		expr:     "days_between(" + spelled(hired.schema.Name) + ", " + until + ") / 365.2425",
		synonyms: []string{"years of service", "length of service", "service length", "seniority", "years with the company", "time with the company", "司龄", "在职时长", "在职时间", "在职年限", "工作年限", "年资"},
		evidence: evidence,
	}
}
