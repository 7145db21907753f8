package en

import (
	"strings"

	"wenshu/nlq"
)

// relatingVerbs are regular verbs that only say how one entity has to do with
// another. A verb that chooses some of them, such as pass, fail, win or cancel,
// is none of these: to pass it over would change the answer.
var relatingVerbs = strings.Fields(`
	accommodate adopt affiliate appear arrange assign associate attend belong burn carry cite collect compose connect
	consume contain contribute diagnose direct donate earn employ enroll examine illustrate include inhabit inspect insure install
	join locate maintain manage manufacture mention operate organize own participate perform prescribe provide publish
	receive reside serve situate submit supervise supply translate treat`)

// nounVerbs are spelt like nouns, so that only their past says what was done.
var nounVerbs = strings.Fields(`
	act advise author chair coach comment cook cover design develop edit feature finance fund handle head host house invest
	lease offer park pilot play post process produce raise record reference register repair review sail share sponsor
	star store study support tour train upload use visit volunteer work`)

// irregularVerbs are the others, in all their forms.
var irregularVerbs = strings.Fields(`
	borne drawn drew driven drives drove flew flown gave given gives held hold holds keep keeps kept living lives lived make makes met meet meets ran sang sing sings sung speak speaks spoke spoken
	swam taught took take takes taken write writes wrote written wore wears worn`)

// relatingRules are the verbs above with the words that go on to the object.
func relatingRules() []nlq.Rule {
	const on = "[ by| in| at| for| on| with| of]"
	var forms []string
	for _, v := range relatingVerbs {
		for _, form := range inflections(v) {
			forms = append(forms, "[been |being |was |were |is |are ]"+form+on)
		}
	}
	for _, v := range nounVerbs {
		forms = append(forms, "[been |being |was |were |is |are ]"+inflections(v)[2]+on)
	}
	for _, v := range irregularVerbs {
		forms = append(forms, "[been |being |was |were |is |are ]"+v+on)
	}
	return []nlq.Rule{weak(nlq.Verb{}, forms...)}
}

// inflections are the forms of a regular verb.
func inflections(v string) []string {
	stem, last := v, v[len(v)-1]
	switch {
	case last == 'e':
		stem = v[:len(v)-1]
		return []string{v, v + "s", v + "d", stem + "ing"}
	case last == 'y' && !strings.ContainsRune("aeiou", rune(v[len(v)-2])):
		return []string{v, v[:len(v)-1] + "ies", v[:len(v)-1] + "ied", v + "ing"}
	case strings.HasSuffix(v, "ch") || strings.HasSuffix(v, "sh") || last == 's':
		return []string{v, v + "es", v + "ed", v + "ing"}
	}
	forms := []string{v, v + "s", v + "ed", v + "ing"}
	if v == "star" {
		forms[2] = "starred"
	}
	return forms
}
