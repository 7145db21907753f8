package draft

import (
	"strings"
	"testing"
)

func TestStateOf(t *testing.T) {
	for code, want := range map[string]string{
		"rcvd": "received", "canc": "cancelled", "can": "cancelled", "dlv": "delivered", "rtn": "returned", "lst": "lost", "deny": "denied",
		"appr": "approved", "clo": "closed", "iss": "issued", "rej": "rejected", "wdn": "withdrawn", "part": "partial", "open": "open", "pass": "passed",
		"trn":  "", // in transit, or transferred
		"dis":  "", // dispatched, disputed, discharged
		"re":   "", // too short
		"xyz":  "", //
		"web":  "", //
		"gold": "", // a word that is no state
	} {
		got := ""
		if forms := stateOf(code); forms != nil {
			got = forms[0]
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", code, got, want)
		}
	}
}

func TestCompoundCode(t *testing.T) {
	for code, want := range map[string]string{"nohome": "no home", "badadr": "bad address", "notice": "", "normal": "", "online": "", "nozzle": "", "badge": ""} {
		got := ""
		if said := compoundCode(code); len(said) > 0 {
			got = said[0]
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", code, got, want)
		}
	}
}

// Codes are short for states in columns of states alone, and not where two are short for one.
func TestCodedStates(t *testing.T) {
	files, _ := drafted(t, database(t, `
create table parcels(parcel_id integer primary key, status_cd text, outcome_cd text, carrier_cd text, step_status text);
insert into parcels values
(1, 'RCVD', 'NOHOME', 'DLV', 'REJ'), (2, 'CANC', 'OK', 'LST', 'RJCT'), (3, 'RTN', 'OK', 'LST', 'CLO'), (4, 'RCVD', 'NOHOME', 'DLV', 'REJ'), (5, 'RTN', 'OK', 'DLV', 'CLO'), (6, 'CANC', 'OK', 'LST', 'RJCT');
`))
	text := string(files["table_parcels.yaml"])
	for _, want := range []string{"en: received}", "en: cancelled}", "aliases: [canceled,", "en: returned}", "nobody home", "en: closed}"} {
		if !strings.Contains(text, want) {
			t.Errorf("the draft does not say %q", want)
		}
	}
	for _, never := range []string{"en: delivered}", "en: lost}", "en: rejected}", "[return,", "[receive,"} {
		if strings.Contains(text, never) {
			t.Errorf("the draft says %q", never)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}
