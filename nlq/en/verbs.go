package en

import (
	"strings"

	"wenshu/nlq"
)

// relatingVerbs are regular verbs that only say how one entity has to do with
// another. A verb that chooses some of them, such as pass, fail, win or cancel,
// is none of these: to pass it over would change the answer.
var relatingVerbs = strings.Fields(`
	accommodate administer adopt affiliate appear apply arrange assign associate attend belong broker burn carry cite coauthor collect compose
	connect consume contain contribute coordinate curate defend depict diagnose direct discover donate earn employ enroll
	examine export illustrate import include inhabit inspect instruct insure install introduce invent
	join license lodge locate maintain manage manufacture mediate mention moderate narrate operate organise organize own paint participate
	perform populate portray prescribe preside prosecute provide publish
	receive reside sculpt serve situate specialise specialize submit supervise supply tend translate treat tutor`)

// nounVerbs are spelt like nouns, so that only their past says what was done.
var nounVerbs = strings.Fields(`
	act advise anchor assist audit author bake brew breed broadcast captain chair coach command comment conduct cook cover crew dance design develop edit engineer
	exhibit farm feature film finance fish fund grow guard guide handle harvest head host house invest judge
	lead lease lecture manage mentor model nurse offer officiate oversee park photograph pilot plant play post present process produce program publish raise record
	referee reference register repair report represent research review run sail score serve service share show skipper sponsor staff
	star steer stock store study supply support teach tour train tune upload use visit volunteer work write`)

// irregularVerbs are the others, in all their forms.
var irregularVerbs = strings.Fields(`
	borne bred broadcast drawn drew driven drives drove flew flown gave given gives grew grown grows held hold holds keep keeps kept living lives lived make makes met meet meets oversaw overseen oversees overseeing ran sang sing sings sung speak speaks spoke spoken
	swam taught took take takes taken write writes wrote written wore wears worn`)

// irregularPasts are the verbs spelt like nouns whose past is irregular.
var irregularPasts = map[string]bool{"breed": true, "broadcast": true, "grow": true, "lead": true, "oversee": true, "run": true, "show": true, "teach": true, "write": true}

// relatingRules are the verbs above with the words that go on to the object.
func relatingRules() []nlq.Rule {
	const done = "[been |being |was |were |is |are |get |gets |got |getting ]"
	const on = "[ by| in| at| for| on| with| of]"
	var forms []string
	for _, v := range relatingVerbs {
		for _, form := range inflections(v) {
			forms = append(forms, done+form+on)
		}
	}
	for _, v := range nounVerbs {
		if !irregularPasts[v] {
			forms = append(forms, done+inflections(v)[2]+on)
		}
	}
	for _, v := range irregularVerbs {
		forms = append(forms, done+v+on)
	}
	return []nlq.Rule{weak(nlq.Verb{}, forms...)}
}

// standsAsVerb emits a word that is spelt like a noun for the verb it is by where it stands:
// who presents, which chef cooks the most dishes, how many shows does each host present.
func (r *reader) standsAsVerb(at int) {
	base, third := r.norm(at), false
	if !nounVerb[base] {
		for _, b := range Bases(base) {
			if nounVerb[b] && strings.HasSuffix(base, "s") {
				base, third = b, true
				break
			}
		}
		if !third {
			return
		}
	}
	before, behind := r.norm(at-1), r.norm(at+1)
	switch {
	case saysActs[base] || behind == "by" || behind == "of" || beforeNouns[before]:
		return
	case before == "who" || (before == "that" || before == "which") && r.t.At(at-2).Class == nlq.Word && r.norm(at-2) != "" && !beforeNouns[r.norm(at-2)]:
	case (third || strings.HasSuffix(before, "s") || before == "people") && (beforeObjects[behind] || r.t.At(at+1).Class == nlq.Digit) && r.t.At(at-1).Class == nlq.Word:
	case !third && r.asksDone(at) && (r.ends(at+1) || behind == "in" || behind == "at" || behind == "on" || behind == "for" || behind == "during" || behind == "since" || behind == "per"):
	default:
		return
	}
	r.emit(at+1, nlq.Verb{}, false)
}

// asksDone reports whether a word for doing stands a few words before a token, in its clause:
// how many shows does each host present.
func (r *reader) asksDone(at int) bool {
	for i := at - 1; i >= 0 && i > at-7 && !r.ends(i); i-- {
		switch r.norm(i) {
		case "do", "does", "did":
			return i < at-1
		}
	}
	return false
}

// saysActs are verbs of these that say which acts they are of, wherever they stand.
var saysActs = map[string]bool{"produce": true, "register": true, "supply": true, "visit": true}

// beforeNouns are words behind which a noun stands.
var beforeNouns = map[string]bool{
	"the": true, "a": true, "an": true, "of": true, "by": true, "per": true, "all": true, "each": true, "every": true, "with": true, "for": true, "in": true,
	"and": true, "or": true, "at": true, "on": true, "to": true, "from": true, "many": true, "show": true, "list": true, "without": true, "no": true, "any": true, "most": true, "how": true, "what": true,
}

// beforeObjects are words that begin what something is done to.
var beforeObjects = map[string]bool{
	"a": true, "an": true, "the": true, "at": true, "more": true, "over": true, "fewer": true, "less": true, "most": true, "any": true, "both": true,
	"several": true, "only": true, "exactly": true, "between": true, "multiple": true,
}

// nounVerb holds the verbs that are spelt like nouns.
var nounVerb = func() map[string]bool {
	set := make(map[string]bool, len(nounVerbs))
	for _, v := range nounVerbs {
		set[v] = true
	}
	return set
}()

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

// notOne passes over a word behind a denial that says no more than any: without a single rider,
// has not handled a single appointment.
func (r *reader) notOne(at int) {
	if r.norm(at) != "single" || r.norm(at-1) != "a" && r.norm(at-1) != "one" {
		return
	}
	const far = 6 // tokens between the denial and what is denied
	for i := at - 2; i >= max(0, at-far); i-- {
		if r.t.At(i).Class == nlq.Mark {
			return
		}
		if denials[r.norm(i)] {
			r.emit(at+1, nlq.Noise{}, false)
			return
		}
	}
}

// denials are the words that deny what follows them.
var denials = map[string]bool{"not": true, "never": true, "without": true, "no": true}
