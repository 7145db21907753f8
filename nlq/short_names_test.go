package nlq_test

import (
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

// A word that is not understood is read as the abbreviation that is short for it, if one
// is, and the reading says so.
func TestShortNames(t *testing.T) {
	model, err := semantic.Load(fstest.MapFS{"model.yaml": {Data: []byte(shortNames)}})
	if err != nil {
		t.Fatal(err)
	}
	grammar, err := nlq.NewGrammar(en.Language())
	if err != nil {
		t.Fatal(err)
	}
	r := nlq.New(nlq.Config{Model: model, Grammar: grammar, Bind: semantic.Bind})
	for question, want := range map[string]string{
		"how many vessels are there":           "vsl_count",
		"number of vessels by vessel type":     "vsl_count by vsl_typ",
		"how many vessels of each vessel type": "vsl_count by vsl_typ",
		"how many berths are there":            "brth_count",
		"how many captains are there":          "",
		"how many visitors are there":          "",
		"how many vowels are there":            "",
	} {
		result := r.Read(nlq.Question{Text: question, Now: time.Date(2026, 7, 15, 10, 0, 0, 0, time.UTC)})
		got, said := "", false
		if m := result.Messages[0]; m.Refused == nil && len(m.Candidates) > 0 {
			got = nlq.Describe(m.Candidates[0].Reading)
			for _, w := range m.Candidates[0].Words {
				said = said || w.State == nlq.Corrected
			}
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", question, got, want)
		}
		if want != "" && !said {
			t.Errorf("%s: the reading does not say what was taken for what", question)
		}
	}
}
