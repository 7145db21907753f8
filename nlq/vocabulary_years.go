package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// enterDoneYear adds the year to a column of years that is called by what was done then:
// commissioned, 投运.
func (v *vocabulary) enterDoneYear(d *semantic.Dimension) {
	c := called{Object{Dimension: d}, costDerived, "the year of what was done"}
	if norms := v.enterText(d.Names.Label.EN); len(norms) == 1 && strings.HasSuffix(norms[0], "ed") {
		for _, done := range []string{norms[0], strings.TrimSuffix(norms[0], "ed")} {
			v.addTokens([]string{done, "year"}, c)
			v.addTokens([]string{"year", done}, c)
		}
	}
	if norms := v.enterText(d.Names.Label.ZH); len(norms) > 1 && isHanNorm(norms[0]) && norms[len(norms)-1] != "年" && norms[len(norms)-1] != "份" {
		v.addTokens(append(slices.Clone(norms), "年"), c)
		v.addTokens(append(slices.Clone(norms), "年", "份"), c)
	}
}

// withoutYear are the shorter names of a column of years: founded and opened year
// for year opened.
func withoutYear(norms []string, d *semantic.Dimension) [][]string {
	if !isYears(d) && d.Type.Coding != semantic.YYYY || len(norms) < 2 || isHanNorm(norms[0]) {
		return nil
	}
	n := len(norms)
	switch {
	case norms[n-1] == "year":
		return [][]string{norms[:n-1]}
	case norms[0] == "year":
		short := [][]string{norms[1:], append(append([]string{}, norms[1:]...), "year")}
		if n == 2 && strings.HasSuffix(norms[1], "ed") {
			short = append(short, []string{strings.TrimSuffix(norms[1], "ed"), "year"}) // opening year
		}
		return short
	}
	return nil
}
