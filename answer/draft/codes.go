package draft

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"wenshu/nlq"
	"wenshu/nlq/en"
	"wenshu/semantic"
)

// outcomesText has a line for each state that rows come to: what it is called first, then
// its other forms.
//
//go:embed outcomes.txt
var outcomesText string

var outcomes = sync.OnceValue(func() [][]string {
	var all [][]string
	for line := range strings.Lines(outcomesText) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			all = append(all, strings.Split(line, ","))
		}
	}
	return all
})

// mostCodes is how many values a column of codes has at most.
const mostCodes = 15

// codedWords are words of columns whose codes say what became of a row, or why.
var codedWords = wordSet("status state stage phase result outcome decision disposition resolution verdict reason")

// codedStates are the members of a column of short codes that are plainly short for a
// state: RCVD for received, CANC for cancelled. A code that two states fit is left to who
// asks, as are two codes for one state.
func (c *column) codedStates() []member {
	if c.kind.Kind != semantic.Text || c.join != nil || c.distinct < 2 || c.distinct > mostCodes || c.role == identity || c.role == private {
		return nil
	}
	if !slices.ContainsFunc(c.nameWords(), func(w string) bool { return codedWords[canonical(w)] }) || !slices.ContainsFunc(c.values, bareCode) && !c.saysCode() {
		return nil
	}
	state, times := map[string][]string{}, map[string]int{}
	for _, v := range c.values {
		if !isCode(v) {
			continue
		}
		if forms := stateOf(strings.ToLower(v)); forms != nil {
			state[v] = forms
			times[forms[0]]++
		}
	}
	var all []member
	for _, v := range c.values {
		switch forms := state[v]; {
		case forms != nil && slices.Contains(forms, strings.ToLower(v)) && c.memberInChinese(strings.ToLower(v)) != "":
			// a word that is known by itself
		case forms != nil && times[forms[0]] == 1:
			m := member{value: v, en: forms[0], zh: c.memberInChinese(forms[0])}
			for _, w := range forms[1:] {
				if strings.HasSuffix(w, "ed") { // "return the names" asks for no returned ones
					m.aliases = append(m.aliases, w)
				}
			}
			all = append(all, m)
		case forms == nil && isCode(v):
			if said := compoundCode(strings.ToLower(v)); len(said) > 0 {
				all = append(all, member{value: v, en: said[0], aliases: said[1:]})
			}
		}
	}
	return all
}

// saysCode reports whether the name of a column says that it holds codes.
func (c *column) saysCode() bool {
	return slices.ContainsFunc(c.raw, func(w string) bool { return canonical(w) == "code" })
}

// isCode reports whether a value is a short word all in capitals.
func isCode(v string) bool {
	return len(v) > 1 && len(v) <= 10 && strings.Trim(v, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// bareCode is a code that is no word by itself.
func bareCode(v string) bool { return isCode(v) && !en.Known(strings.ToLower(v)) }

// stateOf is the one state that a code is short for, in all its forms; nil for none or
// several that are as near.
func stateOf(code string) []string {
	var found []string
	best, tied := 0, false
	for _, forms := range outcomes() {
		near := 0
		for _, form := range forms {
			near = max(near, nlq.ShortFor(code, form))
		}
		switch {
		case near > best:
			found, best, tied = forms, near, false
		case near == best:
			tied = true
		}
	}
	if best == 0 || tied {
		return nil
	}
	return found
}

// codeFronts are the words that codes of two words begin with, and what people say for them.
var codeFronts = map[string][]string{"no": {"no", "not", "nobody", "no one"}, "not": {"not"}, "bad": {"bad", "wrong"}, "wrong": {"wrong"}, "in": {"in"}, "on": {"on"}}

// compoundCode is what people say for a code of two words run together, the first of which
// is a small one: no home of NOHOME, bad address of BADADR.
func compoundCode(code string) []string {
	if en.Known(code) || dictionary().terms[code] != nil {
		return nil
	}
	for _, front := range []string{"wrong", "not", "bad", "no", "in", "on"} {
		rest, ok := strings.CutPrefix(code, front)
		if !ok || len(rest) < leastSkeleton {
			continue
		}
		word := ""
		if t := dictionary().short[rest]; t != nil {
			word = t.en
		}
		if t := dictionary().terms[rest]; t != nil {
			word = t.en
		}
		if word == "" {
			continue
		}
		var all []string
		for _, f := range codeFronts[front] {
			all = append(all, f+" "+word)
			if f == "nobody" || f == "no one" {
				all = append(all, f+" was "+word, f+" at "+word)
			}
		}
		return all
	}
	return nil
}

// oneOrOther are the members that are one of two things, by each of them and the other way
// round: addition, and alteration or addition, of "Addition or alteration".
func (c *column) oneOrOther() []member {
	if c.kind.Kind != semantic.Text || c.distinct > mostTranslated {
		return nil
	}
	var all []member
	for _, v := range c.values {
		one, other, ok := strings.Cut(strings.ToLower(v), " or ")
		if !ok || one == "" || strings.Contains(other, " or ") || strings.Count(v, " ") > 4 || strings.ContainsAny(v, ",.;:") {
			continue
		}
		m := member{value: v, en: v, aliases: []string{other + " or " + one, one + " and " + other, other + " and " + one}}
		for _, part := range []string{one, other} {
			if c.saidOnceIn(part) {
				m.aliases = append(m.aliases, part)
			}
		}
		all = append(all, m)
	}
	return all
}

// saidOnceIn reports whether one value alone of the column has some words.
func (c *column) saidOnceIn(words string) bool {
	n := 0
	for _, v := range c.values {
		if strings.Contains(strings.ToLower(v), words) {
			n++
		}
	}
	return n == 1
}
