package zh

import (
	"slices"
	"strings"

	"wenshu/nlq"
)

// rules are the words and set phrases of Chinese, by idea.
func rules() []nlq.Rule {
	return slices.Concat(
		noiseRules, joinRules, groupRules, filterRules, compareRules, topRules, unitRules(), sortRules,
		askRules, countRules, aggregateRules, shareRules, changeRules, windowRules,
		grainRules, passingRules(), seasonRules, showRules, chartRules, styleRules, layerRules, relateRules, binRules, bandRules(), alsoOfTaiwan(intentRules), followRules, aboveRules, belowRules, ownRules, spentRules, verbRules, unsupportedRules,
	)
}

// sure is a rule whose forms mean the part wherever they stand.
func sure(part nlq.Part, forms ...string) nlq.Rule { return nlq.Rule{Part: part, Forms: forms} }

// alsoOfTaiwan adds the forms with what Taiwan calls 数据: 资料. Elsewhere a 资料 is a
// document, so that only forms that ask about data have it.
func alsoOfTaiwan(rules []nlq.Rule) []nlq.Rule {
	all := slices.Clone(rules)
	for i, r := range all {
		for _, form := range r.Forms {
			if other := strings.ReplaceAll(form, "数据", "资料"); other != form {
				all[i].Forms = append(slices.Clip(all[i].Forms), other)
			}
		}
	}
	return all
}

// weak is a rule whose forms often mean something else or nothing.
func weak(part nlq.Part, forms ...string) nlq.Rule {
	return nlq.Rule{Part: part, Forms: forms, Weak: true}
}
