package en

import (
	"slices"

	"wenshu/nlq"
)

// rules are the words and set phrases of English, by idea.
func rules() []nlq.Rule {
	return slices.Concat(
		noiseRules, joinRules, groupRules, filterRules, compareRules, topRules, placeRules(), unitRules(), adjectiveRules(), sortRules,
		askRules, countRules, aggregateRules, shareRules, changeRules, windowRules,
		showRules, chartRules, styleRules, layerRules, binRules, relateRules, intentRules, followRules, verbRules, relatingRules(), unsupportedRules,
	)
}

// sure is a rule whose forms mean the part wherever they stand.
func sure(part nlq.Part, forms ...string) nlq.Rule { return nlq.Rule{Part: part, Forms: forms} }

// weak is a rule whose forms often mean something else or nothing.
func weak(part nlq.Part, forms ...string) nlq.Rule {
	return nlq.Rule{Part: part, Forms: forms, Weak: true}
}
