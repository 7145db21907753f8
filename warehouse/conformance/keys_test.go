package conformance

import (
	"strings"
	"testing"

	"wenshu/semantic"
)

const keysModel = `
model: {name: keys, warehouse: w}
tables:
  lines: {source: lines, key: [sale_id, no], joins: {sale: {to: sales, on: {sale_id: id}}}, dimensions: {sale_id: {type: int}, no: {type: int}, n: {type: int, sum: sum}}}
  sales:
    source: sales
    key: id
    joins: {seller: {to: people, on: {seller_badge: badge}}, buyer: {to: people, on: {buyer_mail: mail, buyer_firm: firm}}}
    dimensions: {id: {type: int}, qty: {type: int, sum: sum}, seller: {of: seller}}
  visits: {source: visits, key: id, joins: {who: {to: people, on: {who: id}}}, dimensions: {id: {type: int}}}
  people:
    source: people
    keys: [[id], [badge], [mail, firm]]
    display: [name]
    joins: {team: {to: teams, on: {team: id}}}
    dimensions: {badge: , mail: , firm: , name: }
  teams: {source: teams, key: id, joins: {city: {to: cities, on: {city: id}}}, dimensions: {id: {type: int}}}
  cities: {source: cities, key: id, joins: {land: {to: lands, on: {land: id}}}, dimensions: {id: {type: int}}}
  lands: {source: lands, key: id, joins: {planet: {to: planets, on: {planet: id}}}, dimensions: {id: {type: int}}}
  planets: {source: planets, key: id, dimensions: {id: {type: int}, name: }}
metrics:
  total: {expr: sum(sales.qty)}
  pieces: {expr: sum(lines.n)}
  visits: {expr: count(visits)}
`

const keysScript = `
CREATE TABLE planets (id INTEGER PRIMARY KEY, name VARCHAR(10)); INSERT INTO planets VALUES (1, 'Earth'), (2, 'Mars');
CREATE TABLE lands (id INTEGER PRIMARY KEY, planet INTEGER); INSERT INTO lands VALUES (1, 1), (2, 2);
CREATE TABLE cities (id INTEGER PRIMARY KEY, land INTEGER); INSERT INTO cities VALUES (1, 1), (2, 2);
CREATE TABLE teams (id INTEGER PRIMARY KEY, city INTEGER); INSERT INTO teams VALUES (1, 1), (2, 2), (3, NULL);
CREATE TABLE people (id INTEGER PRIMARY KEY, badge VARCHAR(10), mail VARCHAR(10), firm VARCHAR(10), name VARCHAR(10), team INTEGER);
INSERT INTO people VALUES (1, 'b1', 'a@x', 'F', 'Ann', 1), (2, 'b2', 'a@x', 'G', 'Bob', 2), (3, 'b3', 'c@x', 'F', 'Cai', 3), (4, NULL, 'd@x', 'F', 'Dee', NULL);
CREATE TABLE sales (id INTEGER PRIMARY KEY, seller_badge VARCHAR(10), buyer_mail VARCHAR(10), buyer_firm VARCHAR(10), qty INTEGER);
INSERT INTO sales VALUES (1, 'b1', 'a@x', 'G', 1), (2, 'b2', 'a@x', 'F', 2), (3, 'b3', 'c@x', 'F', 4), (4, 'b9', 'a@x', NULL, 8), (5, NULL, 'd@x', 'F', 16);
CREATE TABLE lines (sale_id INTEGER, no INTEGER, n INTEGER, PRIMARY KEY (sale_id, no)); INSERT INTO lines VALUES (1, 1, 10), (1, 2, 20), (2, 1, 40), (5, 1, 80);
CREATE TABLE visits (id INTEGER PRIMARY KEY, who INTEGER); INSERT INTO visits VALUES (1, 1), (2, 1), (3, 2), (4, 4);
`

// TestKeys joins by each of several unique keys of a table, one of two columns, and
// goes on over six joins; whoever is not there is a group without a name.
func TestKeys(t *testing.T) { onEngines(t, byKeys) }

func byKeys(t *testing.T, e testEngine) {
	model := modelOf(t, keysModel)
	sources := e.sources(t, keysScript, "w", "v")
	const planet = "sales.seller.team.city.land.planet.name"
	for line, want := range map[string]string{
		"total by sales.seller.name sort sales.seller.name":                                   "Ann|1 Bob|2 Cai|4 -|24",
		"total by sales.buyer.name sort sales.buyer.name":                                     "Ann|2 Bob|1 Cai|4 Dee|16 -|8",
		"total by sales.seller.name, sales.buyer.name where sales.seller.name = \"Ann\"":      "Ann|Bob|1",
		"visits by people.name sort people.name":                                              "Ann|2 Bob|1 Dee|1",
		"visits by planets.name sort planets.name":                                            "Earth|2 Mars|1 -|1",
		"visits where planets.name != \"Mars\"":                                               "3",
		"total by " + planet + " sort " + planet:                                              "Earth|1 Mars|2 -|28",
		"pieces by " + planet + " sort " + planet:                                             "Earth|30 Mars|40 -|80",
		"total, pieces by " + planet + " sort " + planet:                                      "Earth|1|30 Mars|2|40 -|28|80",
		"total, pieces by sales.seller sort sales.seller":                                     "Ann|1|30 Bob|2|40 Cai|4|- -|24|80", // whose key the model gives no type
		"total where sales.buyer.team.city.land.planet.name = \"Earth\"":                      "2",
		"count(people) as n, visits by planets.name sort planets.name":                        "Earth|1|2 Mars|1|1 -|2|1",
		"pieces by sales.seller.name where sales.buyer.name is not null sort -pieces limit 1": "Bob|40",
	} {
		if got := strings.ReplaceAll(rowsOfLine(t, model, sources, line, semantic.Viewer{}), "\n", " "); got != want {
			t.Errorf("%s\n got %s\nwant %s", line, got, want)
		}
	}
	if got := rowsOfLine(t, model, sources, "total by planets.name", semantic.Viewer{}); !strings.HasPrefix(got, "! E_AMBIGUOUS_PATH") {
		t.Errorf("of sellers or buyers: %s", got)
	}
}
