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

// What a state is one of, who works there, what is estimated and until when something holds
// go by the words that people say.
func TestWordsForColumns(t *testing.T) {
	files, _ := drafted(t, database(t, `
create table personnel(person_id integer primary key, full_name text, rank_title text, is_paramedic integer not null);
create table jobs(job_id integer primary key, person_id integer references personnel(person_id), job_type text, est_damage_usd real, est_dt text, expires_on text, auto_renew integer);
insert into personnel values(1, 'Ada Lee', 'Chief', 1), (2, 'Bo Ray', 'Engineer', 0), (3, 'Cy Fox', 'Engineer', 0);
insert into jobs values(1, 1, 'Addition or alteration', 10.5, '2024-01-02', '2026-01-02', 1), (2, 2, 'Repair or renewal of roof', 12.5, '2024-02-02', '2026-02-02', 0),
(3, 2, 'Addition or alteration', 11.5, '2024-01-05', '2026-01-06', 1), (4, 3, 'Addition and repair', 11.25, '2024-01-06', '2026-01-08', 1);
`))
	people, jobs := string(files["table_personnel.yaml"]), string(files["table_jobs.yaml"])
	for _, want := range []string{"synonyms: [人事, person]", "synonyms: [rank]", "words: [paramedic, paramedics"} {
		if !strings.Contains(people, want) {
			t.Errorf("the draft does not say %q:\n%s", want, people)
		}
	}
	for _, want := range []string{"[alteration or addition, addition and alteration, alteration and addition, alteration]", "en: estimated damage}", "expiry date", "auto_renew: {label: {zh: 是否自动续订, en: whether auto renew}, type: bool}"} {
		if !strings.Contains(jobs, want) {
			t.Errorf("the draft does not say %q:\n%s", want, jobs)
		}
	}
	if strings.Contains(jobs, "en: estimated date") {
		t.Errorf("est_dt is when something was established:\n%s", jobs)
	}
}

// Codes that are told by number, bodies that act as people do, threats to species, and what
// was counted as done.
func TestWordsForCodes(t *testing.T) {
	files, _ := drafted(t, database(t, `
create table inst(inst_id integer primary key, inst_nm text, inst_type text);
create table samples(sample_id integer primary key, donor_inst_id integer references inst(inst_id), prio text, model text, iucn_cat text, n_sown integer, elev_m integer, coll_dt text);
insert into inst values(1, 'Alpha', 'NGO'), (2, 'Beta', 'park');
insert into samples values(1, 1, 'P1', 'V1', 'CR', 10, 120, '2024-01-02'), (2, 2, 'P2', 'V2', 'LC', 20, 340, '2024-02-03'), (3, 2, 'P1', 'V1', 'CR', 20, 341, '2024-02-05'), (4, 1, 'P2', 'V2', 'LC', 25, 240, '2024-02-07');
`))
	text := string(files["table_samples.yaml"])
	for _, want := range []string{"aliases: [priority 1]", "en: critically endangered", "en: number of sown}", "en: elevation}", "unit: m", "en: collection date}", "synonyms: [donor,"} {
		if !strings.Contains(text, want) {
			t.Errorf("the draft does not say %q", want)
		}
	}
	if strings.Contains(text, "[model 1]") {
		t.Error("V1 is no model 1")
	}
	if t.Failed() {
		t.Log(text)
	}
}

// People are those whom others work for, where a database has both.
func TestCallPeople(t *testing.T) {
	files, _ := drafted(t, database(t, `
create table trainers(trainer_id integer primary key, full_name text);
create table members(member_id integer primary key, full_name text, trainer_id integer references trainers(trainer_id));
insert into trainers values(1, 'Ada Lee'), (2, 'Bo Ray');
insert into members values(1, 'Cy Fox', 1), (2, 'Di Orr', 2), (3, 'Ed Poe', 2);
`))
	if text := string(files["table_members.yaml"]); !strings.Contains(text, "person]") {
		t.Errorf("members are no people:\n%s", text)
	}
	if text := string(files["table_trainers.yaml"]); strings.Contains(text, "person]") || strings.Contains(text, "person,") {
		t.Errorf("trainers are people:\n%s", text)
	}
}
