package en

import (
	"strings"

	"wenshu/nlq"
)

// relatingVerbs are regular verbs that only say how one entity has to do with
// another. A verb that chooses some of them, such as pass, fail, win or cancel,
// is none of these: to pass it over would change the answer.
var relatingVerbs = strings.Fields(`
	accommodate act adopt advise affiliate appear arrange assign associate attend author belong borrow carry chair cite
	coach collect comment compete compose conduct connect contain contribute cook cover design develop diagnose direct
	donate earn edit employ enroll examine feature finance follow fund handle head host house illustrate include inhabit
	inspect insure invest install join lead lease locate maintain major manage manufacture mention mentor
	offer operate organize own park participate perform pilot play post prescribe process produce provide publish raise
	rate read receive record reference register release rent repair represent reside review sail serve share situate
	sponsor star stay stock store study submit supervise supply support tour trade train translate treat upload use visit
	volunteer watch work`)

// irregularVerbs are the others, in all their forms.
var irregularVerbs = strings.Fields(`
	borne drawn drew driven drives drove fly flies flew flown gave given gives held hold holds keep keeps kept lend
	lends lent living lives lived make makes met meet meets ran run runs sang sing sings sung speak speaks spoke spoken
	swim swims swam taught teach teaches took take takes taken write writes wrote written wore wears worn`)

// relatingRules are the verbs above with the words that go on to the object.
func relatingRules() []nlq.Rule {
	const on = "[ by| in| at| for| on| with| of]"
	var forms []string
	for _, v := range relatingVerbs {
		for _, form := range inflections(v) {
			forms = append(forms, "[been |being |was |were |is |are ]"+form+on)
		}
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
	if v == "star" || v == "refer" {
		forms = append(forms, v+string(last)+"ed", v+string(last)+"ing")
	}
	return forms
}
