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
	{"inv", "invoice", billingWords}, {"invs", "invoices", billingWords},
}

var (
	healthWords  = wordSet("patient pt doctor doc physician diagnosis diag nurse ward hospital clinic medication prescription disease symptom treatment visit appointment dept department surgery emerg emergency")
	gameWords    = wordSet("player players hero heroes guild monster quest dungeon weapon attack lvl level skill boss match kills kill server armor")
	sportWords   = wordSet("player players team teams season league coach game games match goals assists rebound")
	travelWords  = wordSet("driver drivers truck trucks cargo shipment shipments haul hauls depot depots vehicle load arr arrival flight flights train trains dest destination dst airport airports route routes passenger passengers trip trips")
	flightWords  = wordSet("flight flights airport airports aircraft iata icao airline airlines")
	billingWords = wordSet("due paid amt amount bill billing billed tax vat subtotal discount payment payments pmt pymt invoice overdue terms")
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
