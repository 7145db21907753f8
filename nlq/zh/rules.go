package zh

import (
	"slices"

	"wenshu/nlq"
)

// rules are the words and set phrases of Chinese, by idea.
func rules() []nlq.Rule {
	return slices.Concat(
		noiseRules, joinRules, groupRules, filterRules, compareRules, topRules, unitRules(), sortRules,
		askRules, countRules, aggregateRules, shareRules, changeRules, windowRules,
		grainRules, showRules, chartRules, styleRules, layerRules, relateRules, binRules, bandRules(), intentRules, followRules, aboveRules, verbRules, unsupportedRules,
	)
}

// sure is a rule whose forms mean the part wherever they stand.
func sure(part nlq.Part, forms ...string) nlq.Rule { return nlq.Rule{Part: part, Forms: forms} }

// weak is a rule whose forms often mean something else or nothing.
func weak(part nlq.Part, forms ...string) nlq.Rule {
	return nlq.Rule{Part: part, Forms: forms, Weak: true}
}
