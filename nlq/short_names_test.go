package nlq_test

import (
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"wenshu/nlq"
	"wenshu/nlq/en"
	"wenshu/semantic"
)

func TestShortFor(t *testing.T) {
	for _, c := range []struct {
		name, word string
		want       int
	}{
		{"vsl", "vessel", 3}, {"voy", "voyage", 2}, {"dlv", "delivered", 2}, {"rtn", "return", 1}, {"open", "open", 4}, {"rcvd", "received", 3},
		{"crg", "captain", 0}, {"vsl", "sail", 0}, {"rt", "rate", 0}, {"vessels", "vsl", 0}, {"dlv", "deal", 0}, {"prt", "report", 0},
	} {
		if got := nlq.ShortFor(c.name, c.word); got != c.want {
			t.Errorf("%s for %s: got %d, want %d", c.name, c.word, got, c.want)
		}
	}
}

const shortNames = `
model: {name: sea, warehouse: main}
tables:
  vsl:
    label: {en: vsl}
    key: [vsl_id]
    display: [vsl_nm]
    dimensions:
      vsl_id: {label: {en: vsl id}, type: int}
      vsl_nm: {label: {en: vsl name}}
      vsl_typ: {label: {en: vsl type}}
      crdt: {label: {en: crdt class}}
      cncl: {label: {en: cncl class}}
  brth:
    label: {en: brth}
    key: [brth_id]
    dimensions:
      brth_id: {label: {en: brth id}, type: int}
metrics:
  vsl_count: {expr: "count(vsl)", label: {en: number of vsls}}
  brth_count: {expr: "count(brth)", label: {en: number of brths}}
`

// reads asks questions of a model and compares what they are read as; "" is a refusal.
func reads(t *testing.T, model string, wants map[string]string) map[string]nlq.Candidate {
	t.Helper()
	m, err := semantic.Load(fstest.MapFS{"model.yaml": {Data: []byte(model)}})
	if err != nil {
		t.Fatal(err)
	}
	grammar, err := nlq.NewGrammar(en.Language())
	if err != nil {
		t.Fatal(err)
	}
	r := nlq.New(nlq.Config{Model: m, Grammar: grammar, Bind: semantic.Bind})
	found := map[string]nlq.Candidate{}
	for question, want := range wants {
		result := r.Read(nlq.Question{Text: question, Now: time.Date(2026, 7, 15, 10, 0, 0, 0, time.UTC)})
		got := ""
		if m := result.Messages[0]; m.Refused == nil && len(m.Candidates) > 0 {
			found[question] = m.Candidates[0]
			got = nlq.Describe(m.Candidates[0].Reading)
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", question, got, want)
		}
	}
	return found
}

// A word that is not understood is read as the abbreviation that is short for it, if one
// is, and the reading says so.
func TestShortNames(t *testing.T) {
	for question, c := range reads(t, shortNames, map[string]string{
		"how many vessels are there":           "vsl_count",
		"number of vessels by vessel type":     "vsl_count by vsl_typ",
		"how many vessels of each vessel type": "vsl_count by vsl_typ",
		"how many berths are there":            "brth_count",
		"how many captains are there":          "",
		"how many visitors are there":          "",
		"how many vowels are there":            "",
	}) {
		if !slices.ContainsFunc(c.Words, func(w nlq.WordUse) bool { return w.State == nlq.Corrected }) {
			t.Errorf("%s: the reading does not say what was taken for what", question)
		}
	}
}

const kinds = `
model: {name: station, warehouse: main}
tables:
  crew:
    label: {en: worker}
    key: [crew_id]
    display: [full_name]
    dimensions:
      crew_id: {label: {en: worker id}, type: int}
      full_name: {label: {en: full name}}
      grade: {label: {en: rank}}
      is_medic: {label: {en: is medic}, type: bool}
metrics:
  crew_count: {expr: "count(crew)", label: {en: number of workers}}
phrases:
  - {words: [medic, medics], on: crew, where: "crew.is_medic = true"}
`

// An adjective that is said as a noun counts its own rows beside those of all.
func TestKindsCounted(t *testing.T) {
	reads(t, kinds, map[string]string{
		"how many workers and how many medics are there":                "crew_count, crew_count{crew.is_medic = true}",
		"for each rank, the number of workers and the number of medics": "crew_count, crew_count{crew.is_medic = true} by grade",
		"how many medics are there":                                     "crew_count where crew.is_medic = true",
		"how many medic workers are there by rank":                      "crew_count by grade where crew.is_medic = true",
		"which medics have rank captain":                                "",
		"which medics are there":                                        "list full_name from crew where crew.is_medic = true",
	})
}
