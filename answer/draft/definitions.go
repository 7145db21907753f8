package draft

import (
	"regexp"
	"slices"
	"strings"

	"wenshu/semantic"
)

// saysWhatCounts is a note that says of which codes of a column an amount is, and at which
// moment: revenue = stat 20 and 30 only, dated by out_ts.
var saysWhatCounts = regexp.MustCompile(`(?i)\b(revenue|sales|turnover|income)\s*(?:=|:|means|counts)\s*(\w+)\s+(\w+(?:\s*(?:,|/|and|or)\s*\w+)*)\s+only(?:[,;]?\s*(?:dated by|by|dated)\s+(\w+))?`)

// defined are the amounts that notes beside columns of a table define.
func (t *table) defined() []metric {
	var all []metric
	for _, note := range t.columns {
		m := saysWhatCounts.FindStringSubmatch(note.schema.Comment)
		if m == nil {
			continue
		}
		of := t.column(m[2])
		if m[1] = strings.ToLower(m[1]); of == nil {
			continue
		}
		money := t.onlyMoney()
		codes := strings.FieldsFunc(strings.NewReplacer(" and ", ",", " or ", ",", "/", ",", " ", "").Replace(m[3]), func(r rune) bool { return r == ',' })
		if of.name == "" || money == nil || len(codes) == 0 || slices.ContainsFunc(codes, func(v string) bool { return !of.mayHold(v) }) {
			continue
		}
		x := metric{name: t.name + "_" + m[1], home: t, expr: "sum(" + t.spelt(money) + ")", where: t.spelt(of) + " in (" + of.literals(codes) + ")", label: semantic.Label{EN: m[1]}}
		if at := t.column(m[4]); at != nil && at.role == moment && at.name != "" {
			x.time = t.spelt(at)
		}
		x.synonyms = []string{t.label.EN + " " + x.label.EN, "total " + x.label.EN}
		if x.label.EN == "revenue" {
			x.synonyms = append(x.synonyms, "turnover", "income", "rev", "net revenue", "net "+t.label.EN+" revenue")
		}
		if t.label.ZH != "" {
			x.label.ZH = t.label.ZH + "收入"
			x.synonyms = append(x.synonyms, "收入", "营收", "营业额", "销售额")
		}
		all = append(all, x)
	}
	return all
}

// mayHold reports whether a column holds a value, as far as was seen or as its codes are
// known.
func (c *column) mayHold(v string) bool {
	return slices.Contains(c.values, v) || slices.ContainsFunc(c.note.members, func(m member) bool { return m.value == v })
}
