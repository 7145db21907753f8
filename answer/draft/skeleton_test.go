package draft

import (
	"strings"
	"testing"
)

func TestInSkeleton(t *testing.T) {
	for _, c := range []struct{ word, beside, want string }{
		{"vsl", "voyage cargo berth", "vessel"},
		{"vsl", "report score", ""}, // or a visual
		{"prt", "vessel voyage", "port"},
		{"prt", "machine supplier assembly", "part"},
		{"prt", "", ""},
		{"shpr", "", "shipper"},
		{"cmdty", "", "commodity"},
		{"voy", "vessel port", "voyage"},
		{"voy", "book author", ""},
		{"brd", "nest habitat", "bird"},
		{"brd", "dog kennel", "breed"},
		{"brd", "", ""},
		{"usd", "fee gross", ""},
		{"tbl", "driver", ""},
		{"ming", "vessel port", ""},
		{"crop", "farm field", ""}, // a word
	} {
		beside := wordSet(c.beside)
		if got := inSkeleton(c.word, beside); got != c.want {
			t.Errorf("%s beside %q: got %q, want %q", c.word, c.beside, got, c.want)
		}
	}
}

func TestSpellSkeletons(t *testing.T) {
	files, _ := drafted(t, database(t, `
create table vsl(vsl_id integer primary key, vsl_nm text, bld_yr integer);
create table prt(prt_cd text primary key, prt_nm text, max_drft real);
create table voy(voy_id integer primary key, vsl_id integer references vsl(vsl_id), dep_prt text references prt(prt_cd), arr_prt text references prt(prt_cd), dep_dt text, wt_t real);
insert into vsl values(1, 'Ada', 1999), (2, 'Bea', 2004);
insert into prt values('RTM', 'Rotterdam', 22.5), ('HAM', 'Hamburg', 15.1);
insert into voy values(1, 1, 'RTM', 'HAM', '2024-05-01', 12.5), (2, 2, 'HAM', 'RTM', '2024-05-03', 14.5), (3, 2, 'HAM', 'RTM', '2024-05-04', 14.75);
`))
	var all strings.Builder
	for _, data := range files {
		all.Write(data)
	}
	for _, want := range []string{"en: vessel}", "en: port}", "en: voyage}", "en: departure port}", "en: arrival port}", "en: departure date}", "en: built year}", "en: max draft}", "en: weight}", "unit: t}"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("the draft does not say %q", want)
		}
	}
}

// What a database calls its own tables by is no word of another field: the dep of a
// table of depots, where there are trucks and destinations.
func TestOwnAbbreviationFirst(t *testing.T) {
	files, _ := drafted(t, database(t, `
create table depots(dep_id integer primary key, dep_nm text, dep_city text);
create table trucks(truck_id integer primary key, dep_id integer references depots(dep_id));
create table shipments(shipment_id integer primary key, truck_id integer references trucks(truck_id), dest_dep_id integer references depots(dep_id));
insert into depots values(1, 'North', 'Aa'), (2, 'South', 'Bb');
insert into trucks values(1, 1), (2, 2);
insert into shipments values(1, 1, 2), (2, 2, 1);
`))
	if text := string(files["table_shipments.yaml"]); !strings.Contains(text, "destination depot") || strings.Contains(text, "departure") {
		t.Errorf("dest_dep_id is no destination depot:\n%s", text)
	}
}
