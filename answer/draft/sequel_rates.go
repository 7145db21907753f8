package draft

import (
	"strings"

	"wenshu/semantic"
)

// sequel is something that may follow to the rows of another table, and what the share of
// those is called to which it did.
type sequel struct {
	done string // of what it happened to: refunded
	rate semantic.Label
	also []string
}

// sequels are told by the last word of what a table is called.
var sequels = map[string]sequel{
	"refund":    {"refunded", semantic.Label{EN: "refund rate", ZH: "退款率"}, []string{"退费率", "退货率"}},
	"return":    {"returned", semantic.Label{EN: "return rate", ZH: "退货率"}, []string{"退回率", "退款率"}},
	"exchange":  {"exchanged", semantic.Label{EN: "exchange rate of orders", ZH: "换货率"}, nil},
	"complaint": {"complained about", semantic.Label{EN: "complaint rate", ZH: "投诉率"}, []string{"客诉率"}},
	"dispute":   {"disputed", semantic.Label{EN: "dispute rate", ZH: "争议率"}, nil},
	"claim":     {"claimed on", semantic.Label{EN: "claim rate", ZH: "理赔率"}, []string{"出险率", "索赔率"}},
	"review":    {"reviewed", semantic.Label{EN: "review rate", ZH: "评价率"}, []string{"点评率", "评论率"}},
	"defect":    {"defective", semantic.Label{EN: "defect rate", ZH: "缺陷率"}, nil},
	"rework":    {"reworked", semantic.Label{EN: "rework rate", ZH: "返工率"}, nil},
}

// isSequel reports whether the rows of a table are what followed to those of another.
func (t *table) isSequel() bool {
	words := strings.Fields(t.label.EN)
	return len(words) > 0 && sequels[words[len(words)-1]].done != ""
}

// sequelRates are the shares of rows to which something followed that a table of its own
// tells of, and how many these are: the refund rate of orders. A row to which it followed
// twice counts once, and at its own time.
func (t *table) sequelRates() []metric {
	words := strings.Fields(t.label.EN)
	if len(words) == 0 || t.bridge {
		return nil
	}
	s, ok := sequels[words[len(words)-1]]
	j := t.onlyHappening()
	if !ok || j == nil {
		return nil
	}
	of := j.to
	some := metric{name: of.name + "_" + legal(s.done, "followed"), home: t, expr: "count_distinct(" + t.spelt(j.here[0]) + ")", time: spelled(t.name) + "." + spelled(j.name) + "." + spelled(of.time.name)}
	some.label = semantic.Label{EN: s.done + " " + pluralPhrase(of.label.EN)}
	if act := strings.TrimSuffix(s.rate.ZH, "率"); of.label.ZH != "" {
		some.label.ZH = act + of.label.ZH + "数"
		some.synonyms = []string{"有" + act + "的" + of.label.ZH + "数"}
	}
	rate := metric{name: of.name + "_" + legal(s.rate.EN, "rate"), home: of, expr: spelled(some.name) + " / " + spelled(of.name+"_count"), label: s.rate, synonyms: s.also}
	if of.label.EN != "" {
		rate.synonyms = append(rate.synonyms, of.label.EN+" "+s.rate.EN)
	}
	if of.label.ZH != "" {
		rate.synonyms = append(rate.synonyms, of.label.ZH+s.rate.ZH)
	}
	return []metric{some, rate}
}

// onlyHappening is the one join of a table to something that happened at a moment of its
// own: the order of a refund, and not its customer. It is nil for none or several.
func (t *table) onlyHappening() *join {
	var found *join
	for _, j := range t.joins {
		if j.to == t || len(j.here) != 1 || j.here[0].name == "" || j.to.time == nil || j.to.time.begins() || j.to.isPeople() || j.to.bridge {
			continue
		}
		if found != nil {
			return nil
		}
		found = j
	}
	return found
}
