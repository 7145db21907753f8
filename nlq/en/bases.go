package en

import "strings"

// irregular are inflected forms that no rule makes.
var irregular = map[string][]string{
	"bought": {"buy"}, "sold": {"sell"}, "paid": {"pay"}, "spent": {"spend"}, "made": {"make"}, "gave": {"give"}, "given": {"give"}, "went": {"go"}, "gone": {"go"},
	"sent": {"send"}, "left": {"leave"}, "lost": {"lose"}, "won": {"win"}, "kept": {"keep"}, "held": {"hold"}, "ran": {"run"}, "got": {"get"}, "gotten": {"get"}, "had": {"have"}, "has": {"have"},
	"did": {"do"}, "done": {"do"}, "does": {"do"}, "was": {"be"}, "were": {"be"}, "been": {"be"}, "is": {"be"}, "are": {"be"}, "took": {"take"}, "taken": {"take"}, "came": {"come"}, "grew": {"grow"}, "grown": {"grow"},
	"fell": {"fall"}, "fallen": {"fall"}, "rose": {"rise"}, "risen": {"rise"}, "began": {"begin"}, "begun": {"begin"}, "wrote": {"write"}, "written": {"write"}, "drove": {"drive"}, "driven": {"drive"},
	"taught": {"teach"}, "brought": {"bring"}, "caught": {"catch"}, "met": {"meet"}, "led": {"lead"}, "built": {"build"}, "lent": {"lend"}, "bore": {"bear"}, "born": {"bear"}, "flew": {"fly"}, "flown": {"fly"},
	"chose": {"choose"}, "chosen": {"choose"}, "broke": {"break"}, "broken": {"break"}, "spoke": {"speak"}, "spoken": {"speak"}, "knew": {"know"}, "known": {"know"}, "found": {"find"}, "thought": {"think"}, "said": {"say"},
	"temp": {"temperature"}, "temps": {"temperature"}, "mkt": {"market"}, "precip": {"precipitation"},
	"rev": {"revenue"}, "cust": {"customer"}, "custs": {"customer"}, "qty": {"quantity"}, "tkt": {"ticket"}, "tkts": {"ticket"}, "amt": {"amount"}, "dept": {"department"}, "depts": {"department"},
	"emp": {"employee"}, "emps": {"employee"}, "mgr": {"manager"}, "mgrs": {"manager"}, "acct": {"account"}, "accts": {"account"}, "txn": {"transaction"}, "txns": {"transaction"}, "salesppl": {"salesperson", "salespeople"},
	"people": {"person"}, "ppl": {"person", "people"}, "persons": {"person"}, "men": {"man"}, "women": {"woman"}, "children": {"child"}, "feet": {"foot"}, "mice": {"mouse"}, "teeth": {"tooth"}, "geese": {"goose"},
	"indices": {"index"}, "indexes": {"index"}, "matrices": {"matrix"}, "vertices": {"vertex"}, "analyses": {"analysis"}, "bases": {"basis", "base"}, "crises": {"crisis"}, "criteria": {"criterion"}, "phenomena": {"phenomenon"}, "data": {"datum"}, "media": {"medium"}, "genera": {"genus"}, "taxa": {"taxon"}, "strata": {"stratum"}, "bacteria": {"bacterium"}, "curricula": {"curriculum"}, "alumni": {"alumnus"}, "fungi": {"fungus"}, "larvae": {"larva"}, "appendices": {"appendix"}, "diagnoses": {"diagnosis"}, "theses": {"thesis"}, "oxen": {"ox"}, "addenda": {"addendum"},
	"leaves": {"leaf", "leave"}, "lives": {"life", "live"}, "wives": {"wife"}, "knives": {"knife"}, "shelves": {"shelf"}, "halves": {"half"}, "staves": {"staff"},
	"better": {"good"}, "best": {"good"}, "worse": {"bad"}, "worst": {"bad"}, "further": {"far"}, "furthest": {"far"}, "farthest": {"far"}, "most": {"many"}, "least": {"little"},
}

// invariable are words that end like inflected ones but are not.
var invariable = map[string]bool{
	"series": true, "species": true, "news": true, "status": true, "business": true, "address": true, "process": true, "access": true, "gas": true, "bus": true, "plus": true, "this": true, "its": true,
	"as": true, "us": true, "various": true, "previous": true, "basis": true, "analysis": true, "crisis": true, "always": true, "perhaps": true, "yes": true, "his": true, "thus": true, "does": true, "axis": true, "less": true, "across": true, "gross": true, "pass": true, "class": true, "boss": true, "loss": true,
	"bring": true, "king": true, "thing": true, "string": true, "spring": true, "during": true, "morning": true, "evening": true, "need": true, "feed": true, "speed": true, "seed": true, "red": true, "bed": true, "hundred": true,
	"number": true, "order": true, "customer": true, "user": true, "member": true, "over": true, "per": true, "her": true, "after": true, "under": true, "quarter": true, "december": true, "september": true, "october": true, "november": true, "other": true, "ever": true, "never": true,
}

// Bases returns the base forms that a word may be an inflection of, the
// likeliest first: customers, categories, ordered, shipping, cheaper, largest.
func Bases(word string) []string {
	if forms, ok := irregular[word]; ok {
		return forms
	}
	if len(word) < 3 || invariable[word] || !latin(word) {
		return nil
	}
	if len(word) < 5 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") {
		return []string{word[:len(word)-1]} // POs and SKUs too
	}
	switch {
	case len(word) < 4:
		return nil
	case strings.HasSuffix(word, "s"):
		return plural(word)
	case strings.HasSuffix(word, "ied"):
		return []string{word[:len(word)-3] + "y", word[:len(word)-1]}
	case strings.HasSuffix(word, "ed"):
		return undone(word, "ed")
	case strings.HasSuffix(word, "ing") && len(word) > 5:
		return undone(word, "ing")
	case strings.HasSuffix(word, "iest"):
		return []string{word[:len(word)-4] + "y"}
	case strings.HasSuffix(word, "est") && len(word) > 5:
		return undone(word, "est")
	case strings.HasSuffix(word, "ier"):
		return []string{word[:len(word)-3] + "y"}
	case strings.HasSuffix(word, "er") && len(word) > 4:
		return undone(word, "er")
	}
	return nil
}

func latin(word string) bool {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return true
}

// plural takes a plural or a third person apart.
func plural(word string) []string {
	stem := word[:len(word)-1]
	switch {
	case strings.HasSuffix(word, "ss"), strings.HasSuffix(word, "us"), strings.HasSuffix(word, "is"):
		return nil
	case strings.HasSuffix(word, "ies") && len(word) > 4:
		return []string{word[:len(word)-3] + "y", stem}
	case strings.HasSuffix(word, "sses"), strings.HasSuffix(word, "ches"), strings.HasSuffix(word, "shes"), strings.HasSuffix(word, "xes"), strings.HasSuffix(word, "zes"):
		return []string{word[:len(word)-2], stem}
	case strings.HasSuffix(word, "oses"), strings.HasSuffix(word, "yses"), strings.HasSuffix(word, "heses"):
		return []string{stem[:len(stem)-1] + "is", stem, word[:len(word)-2]} // diagnoses, analyses, hypotheses
	case strings.HasSuffix(word, "ses"), strings.HasSuffix(word, "oes"):
		return []string{stem, word[:len(word)-2]}
	}
	return []string{stem}
}

// undone takes -ed, -ing, -er or -est off: shipped is ship, stored store, ordered
// order.
func undone(word, ending string) []string {
	stem := word[:len(word)-len(ending)]
	n := len(stem)
	if n < 2 {
		return nil
	}
	last := stem[n-1]
	if n > 2 && last == stem[n-2] && !strings.ContainsRune("aeiouls", rune(last)) {
		return []string{stem[:n-1], stem}
	}
	if strings.ContainsRune("vcszu", rune(last)) || n == 2 {
		return []string{stem + "e", stem}
	}
	forms := []string{stem, stem + "e"}
	if n > 2 && last == stem[n-2] {
		forms = append(forms, stem[:n-1])
	}
	return forms
}
