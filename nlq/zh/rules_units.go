package zh

import "wenshu/nlq"

// unitRules are units of time behind a word of English that splits by them: by 天,
// for each 周.
func unitRules() []nlq.Rule {
	var rules []nlq.Rule
	for _, f := range unitForms {
		rules = append(rules, nlq.Rule{Part: nlq.Grained{Grain: unit(f.unit)}, Forms: f.words, Weak: true, After: []string{"by", "each", "per", "every"}})
	}
	return rules
}
