package draft

import (
	"slices"
	"strings"
)

// sense is what an abbreviation or a word of several meanings stands for where
// the names around it are of one field.
type sense struct {
	word, means string
	among       map[string]bool // words of the field; two of them must be there
}

// alone marks what a word means where it is the whole of a name.
const alone = "="

// senses are told apart by the company they keep. The first that fits counts.
var senses = []sense{
	{"doc", "doctor", healthWords}, {"docs", "doctor", healthWords}, {"pt", "patient", healthWords}, {"pts", "patient", healthWords},
	{"hp", "health points", gameWords}, {"exp", "experience points", gameWords}, {"atk", "attack", gameWords}, {"def", "defense", gameWords},
	{"pts", "points", sportWords}, {"gp", "games played", sportWords}, {"reb", "rebound", sportWords}, {"ast", "assist", sportWords}, {"pos", "position", sportWords},
	{"st", "station", trainWords}, {"dep", "departure", travelWords}, {"origin", alone + "origin place", travelWords}, {"src", alone + "origin place", travelWords}, {"carrier", "airline", flightWords}, {"carriers", "airlines", flightWords},
	{"play", "stage play", stageWords}, {"plays", "stage plays", stageWords}, {"performance", "stage performance", stageWords}, {"performances", "stage performances", stageWords},
	{"operator", "transport operator", trainWords}, {"cod", "commercial operation date", powerWords},
	{"inv", "invoice", billingWords}, {"invs", "invoices", billingWords},
	{"prov", "care provider", healthWords}, {"prvdr", "care provider", healthWords}, {"prv", "care provider", healthWords}, {"provider", "care provider", healthWords}, {"providers", "care providers", healthWords}, {"spec", "specialty", healthWords}, {"spclty", "specialty", healthWords},
	{"ins", "insurance", healthWords}, {"ins", "insurance", policyWords}, {"dis", "discharge", healthWords}, {"adm", "admission", healthWords},
	{"sup", "supervisor", staffWords}, {"supv", "supervisor", staffWords}, {"sup", "supplier", goodsWords}, {"prof", "professor", schoolWords}, {"sem", "semester", schoolWords}, {"inst", "instructor", schoolWords},
}

var (
	healthWords  = wordSet("patient pt doctor doc physician diagnosis diag nurse ward hospital clinic medication prescription disease symptom treatment visit appointment appt rx dx clinic clinics patients doctors dept department surgery emerg emergency")
	gameWords    = wordSet("player players hero heroes guild monster quest dungeon weapon attack lvl level skill boss match kills kill server armor")
	sportWords   = wordSet("player players team teams season league coach game games match goals assists rebound")
	travelWords  = wordSet("driver drivers truck trucks cargo shipment shipments haul hauls depot depots vehicle load arr arrival flight flights train trains dest destination dst airport airports route routes passenger passengers trip trips")
	flightWords  = wordSet("flight flights airport airports aircraft iata icao airline airlines")
	billingWords = wordSet("due paid amt amount bill billing billed tax vat subtotal discount payment payments pmt pymt invoice overdue terms")
	policyWords  = wordSet("policy policies plcy claim claims clm premium prem deductible coverage insured insurer")
	staffWords   = wordSet("salary sal wage hire hired emp employee employees staff mgr manager dept department payroll")
	goodsWords   = wordSet("product products prod sku qty quantity item items stock warehouse wh purchase po price prc")
	schoolWords  = wordSet("student students stu std course courses crs class classes grade grades enrollment enrollments enroll semester department dept faculty gpa credits")
	stageWords   = wordSet("troupe theatre theater playwright premiere casting stage drama opera actor actors actress performer performers box")
	powerWords   = wordSet("turbine turbines wind solar grid mwh kwh gwh mw kw offshore plant plants generation curtailed substation")
	trainWords   = wordSet("train trains railway line platform metro subway passengers")
)

// tellSenses puts the meaning for words of several meanings, where two other
// names are of the field.
func (d *drafting) tellSenses() {
	count := map[string]bool{}
	for _, t := range d.tables {
		for _, w := range t.raw {
			count[w] = true
		}
		for _, c := range t.columns {
			for _, w := range c.raw {
				count[w] = true
			}
		}
	}
	for _, s := range senses {
		n := 0
		for w := range s.among {
			if count[w] && w != s.word {
				n++
			}
		}
		if n < 2 || !count[s.word] {
			continue
		}
		for _, t := range d.tables {
			t.raw = replaced(t.raw, s.word, s.means)
			for _, c := range t.columns {
				c.raw = replaced(c.raw, s.word, s.means)
			}
		}
	}
}

// pairedShorts are abbreviations of several meanings that tell each other: what departs
// arrives.
var pairedShorts = []struct{ word, opposite, means, other string }{
	{"dep", "arr", "departure", "arrival"}, {"dpt", "arr", "departure", "arrival"},
	{"org", "dst", "origin", "destination"}, {"org", "dest", "origin", "destination"}, {"orig", "dest", "origin", "destination"}, {"orig", "dst", "origin", "destination"},
}

// tellPairs puts the meaning for abbreviations that are all in which two names of a
// table differ, dep_prt and arr_prt, wherever the table has them.
func (d *drafting) tellPairs() {
	for _, t := range d.tables {
		for _, p := range pairedShorts {
			if !t.differsIn(p.word, p.opposite) {
				continue
			}
			for _, c := range t.columns {
				c.raw = replaced(replaced(c.raw, p.word, p.means), p.opposite, p.other)
			}
		}
	}
}

// differsIn reports whether two words are all in which two columns differ.
func (t *table) differsIn(word, other string) bool {
	return slices.ContainsFunc(t.columns, func(c *column) bool {
		return slices.Contains(c.raw, word) && slices.ContainsFunc(t.columns, func(k *column) bool { return slices.Equal(k.raw, replaced(c.raw, word, other)) })
	})
}

// neighbour is what an abbreviation stands for right before or behind one of some
// words.
type neighbour struct {
	word, means   string
	before, after map[string]bool // words right behind it, and right before it; nil for any
}

// neighbours are told apart by the word next to them.
var neighbours = []neighbour{
	{"hr", "hire", dateWords, nil}, {"act", "active", flagWords, nil}, {"reg", "registration", dateWords, nil}, {"exp", "expiry", dateWords, nil},
	{"ret", "return", dateWords, nil}, {"pub", "publication", dateWords, nil}, {"rel", "release", dateWords, nil}, {"adm", "admission", dateWords, nil},
	{"term", "termination", dateWords, nil}, {"ins", "insertion", dateWords, nil}, {"pd", "paid", moneyWords, nil}, {"pd", "paid", dateWords, nil}, {"inc", "income", moneyWords, nil},
	{"int", "interest", moneyWords, nil}, {"min", "minutes", nil, lengthWords}, {"mins", "minutes", nil, lengthWords}, {"sec", "seconds", nil, lengthWords},
	{"bld", "built", dateWords, nil}, {"blt", "built", dateWords, nil}, {"cls", "closed", dateWords, nil}, {"opn", "opened", dateWords, nil}, {"lv", "leaving", dateWords, nil}, {"acq", "acquisition", dateWords, nil}, {"disp", "disposal", dateWords, nil}, {"st", "start", dateWords, nil}, {"inc", "inception", dateWords, nil}, {"bl", "blacklisted", flagWords, nil},
	{"act", "actual", amountOf, nil}, {"sched", "scheduled", amountOf, nil}, {"plan", "planned", amountOf, nil}, {"est", "estimated", amountOf, nil}, {"hr", "hours", nil, lengthWords}, {"hrs", "hours", nil, lengthWords}, {"cmp", "completed", dateWords, nil}, {"sch", "scheduled", dateWords, nil}, {"rpt", "reported", dateWords, nil}, {"ntf", "notified", dateWords, nil}, {"sgn", "signed", dateWords, nil}, {"crt", "created", wordSet("dt date ts by"), nil}, {"upd", "updated", wordSet("dt date ts by"), nil}, {"ent", "entry", dateWords, nil}, {"ext", "exit", dateWords, nil},
	{"own", "owner", wordSet("cd nm id no code name"), nil}, {"cat", "category", wordSet("cd nm id no code name"), nil}, {"prv", "previous", wordSet("lse lease contract ctr bal balance reading yr ver version order policy"), nil}, {"mth", "method", nil, wordSet("pay pmt payment ship shipping delivery dlv")}, {"grs", "gross", moneyWords, nil}, {"mkt", "market", wordSet("rnt rent val value price prc"), nil}, {"tech", "technician", wordSet("id no nm name"), nil},
	{"stat", "statistics", wordSet("month date day dt week quarter year"), nil}, {"stat", "statistics", nil, wordSet("month monthly day daily week weekly quarter quarterly year yearly")},
	{"coll", "collection", wordSet("dt date site no id point"), nil}, {"op", "operator", nil, wordSet("grid network tour bus machine")}, {"germ", "germination", wordSet("test tests rate pct percent"), nil}, {"germ", "germinated", nil, wordSet("n num seeds")},
	{"st", "street", wordSet("nm name addr address no"), nil},
}

var (
	dateWords   = wordSet("dt date day ts time tm yr year")
	amountOf    = wordSet("hr hrs hours qty quantity amt amount cost costs units days minutes mins start end dep departure arr arrival")
	flagWords   = wordSet("flg flag fl ind yn sw")
	moneyWords  = wordSet("amt amount rt rate")
	lengthWords = wordSet("dur duration len length wait run runtime elapsed delay stay time response talk handle")
)

// tellNeighbours puts the meaning for abbreviations that the word next to them
// tells: hr_dt is a hire date, dur_min a duration in minutes.
func (d *drafting) tellNeighbours() {
	for _, t := range d.tables {
		t.raw = tellBesides(t.raw)
		for _, c := range t.columns {
			if len(c.raw) == 1 && c.raw[0] == "cat" && !slices.ContainsFunc(t.raw, func(w string) bool { return animals[singular(w)] }) {
				c.raw = []string{"category"}
			}
			if len(c.raw) > 1 && c.raw[0] == "est" && !dateWords[c.raw[1]] {
				c.raw = append([]string{"estimated"}, c.raw[1:]...) // established where a date stands behind it
			}
			c.raw = tellBesides(c.raw)
		}
	}
}

func tellBesides(words []string) []string {
	for i, w := range words {
		if means := besides(words, i, w); means != "" {
			words = slices.Clone(words)
			words[i] = means
		}
	}
	return words
}

// animals are tables in which a cat is one.
var animals = wordSet("cat pet animal vet dog breed")

// besides is what a word means by those next to it; "" for nothing of its own.
func besides(words []string, i int, w string) string {
	for _, n := range neighbours {
		behind := n.before == nil || i+1 < len(words) && n.before[words[i+1]]
		front := n.after == nil || i > 0 && n.after[words[i-1]]
		if n.word == w && behind && front {
			return n.means
		}
	}
	return ""
}

func replaced(words []string, word, means string) []string {
	whole, isWhole := strings.CutPrefix(means, alone)
	if !slices.Contains(words, word) || isWhole && len(words) > 1 {
		return words
	}
	var out []string
	for _, w := range words {
		if w == word {
			out = append(out, splitName(whole)...)
			continue
		}
		out = append(out, w)
	}
	return out
}
