package en

import (
	"slices"
	"strings"

	"wenshu/nlq"
)

// rules are the words and set phrases of English, by idea.
func rules() []nlq.Rule {
	return abbreviated(slices.Concat(
		noiseRules, joinRules, groupRules, filterRules, compareRules, topRules, placeRules(), unitRules(), adjectiveRules(), measuredRules(), sortRules,
		askRules, countRules, aggregateRules, shareRules, changeRules, windowRules,
		showRules, chartRules, styleRules, layerRules, binRules, bandRules(), relateRules, intentRules, followRules, verbRules, relatingRules(), anybodyRules, belowRules, ownRules, unsupportedRules,
	))
}

// abbreviated adds the forms with "without" written w/o and "with" written w/, and
// those with "n't" written without its apostrophe.
func abbreviated(rules []nlq.Rule) []nlq.Rule {
	for i, rule := range rules {
		var short []string
		for _, form := range rule.Forms {
			if s := strings.ReplaceAll(form, "n ' t", "nt"); s != form {
				short = append(short, s)
			}
			fields := strings.Split(form, " ")
			for j, field := range fields {
				switch field {
				case "without":
					fields[j] = "w / o"
				case "with":
					fields[j] = "w /"
				}
			}
			if s := strings.Join(fields, " "); s != form {
				short = append(short, s)
			}
		}
		if short != nil {
			rules[i].Forms = slices.Concat(rule.Forms, short)
		}
	}
	return rules
}

// sure is a rule whose forms mean the part wherever they stand.
func sure(part nlq.Part, forms ...string) nlq.Rule { return nlq.Rule{Part: part, Forms: forms} }

// weak is a rule whose forms often mean something else or nothing.
func weak(part nlq.Part, forms ...string) nlq.Rule {
	return nlq.Rule{Part: part, Forms: forms, Weak: true}
}
