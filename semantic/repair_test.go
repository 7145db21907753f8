package semantic

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// mended are the codes for which no query line is a repair, and why.
var mended = map[Code]string{
	NotUnderstood:     "words of a question, not a query line: the reader suggests questions",
	Forbidden:         "the viewer lacks an attribute: no line of theirs reads a row",
	Reserved:          "a mistake in model files, told at file:line:col",
	EmptyQuery:        "nothing is asked: there is no line to mend",
	UnsafeReaggregate: "a mistake in model files, told at file:line:col",
	Missing:           "a mistake in model files, told at file:line:col",
	Cycle:             "a mistake in model files, told at file:line:col",
	TooLong:           "longer than a person writes: nothing short is near",
	NotUnique:         "data: a declared key repeats",
	Orphans:           "data: references lead nowhere",
	Unavailable:       "the database is away; the same line will do",
	Incomplete:        "the database is away in part; the same line will do",
	Timeout:           "the database is slow; the same line may do",
	Cancelled:         "by the asker",
	Busy:              "too many at once; the same line will do",
	TooLarge:          "by the data's size; nothing about the line says how much less would do",
	Internal:          "a fault of the program",
}

// trips has what the shop has not: two ways to one table, a bridge, a table
// without a key.
const trips = `
tables:
  flights:
    key: id
    time: flown_on
    joins: {origin: {to: airports, on: {from_code: code}}, dest: {to: airports, on: {to_code: code}}, tags: {to: tags, on: id, many: true}}
    dimensions: {id: {type: int}, flown_on: {type: date}, seats: {type: int, sum: sum}, code: , kind: }
  airports: {key: code, dimensions: {city: , code: , runways: {type: int}}}
  tags: {key: [id, tag], dimensions: {tag: , weight: {type: int}}}
  bags: {joins: {marks: {to: marks, on: kind, many: true}}, dimensions: {kind: , kilos: {type: int}}}
  marks: {dimensions: {kind: , mark: }}
metrics:
  flown: {expr: count(flights)}
  seats: {expr: sum(flights.seats)}
  kilos: {expr: sum(bags.kilos)}
  back: {retain: {from: flown, to: flown, by: flights.code, every: month}}
`

// repair is what answers do: bind, and mend what does not bind.
func repair(m *Model, line string, v Viewer) (Problems, string) {
	works := func(q *Query) error {
		_, err := Bind(m, q, v, shopClock)
		return err
	}
	q, err := ParseQuery(line)
	if ps, ok := err.(Problems); ok {
		return ps, RepairText(line, ps, works)
	}
	if err == nil {
		_, err = Bind(m, q, v, shopClock)
	}
	if ps, ok := err.(Problems); ok {
		return ps, Repair(q, ps, works)
	}
	return nil, ""
}

// TestEveryCodeHasARepair walks the codes of problem.go. Each has cases in
// testdata/repairs.txt that are refused with it and mended by one line that
// binds, or a reason in mended why no line does it.
func TestEveryCodeHasARepair(t *testing.T) {
	shop := shopModel(t)
	trips, err := LoadFiles(map[string][]byte{"trips.yaml": []byte(trips)})
	if err != nil {
		t.Fatal(err)
	}
	cases := map[Code]int{}
	var out strings.Builder
	for _, line := range strings.Split(strings.TrimRight(readText(t, "testdata/repairs.txt"), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			out.WriteString(line + "\n")
			continue
		}
		parts := strings.Split(line, " | ")
		who, asked := parts[0], parts[1]
		m := shop
		if who == "pilot" {
			m = trips
		}
		problems, mend := repair(m, asked, shopViewers[who])
		if len(problems) == 0 {
			t.Errorf("%s binds", asked)
			continue
		}
		got := who + " | " + asked + " | " + string(problems[0].Code) + " | " + mend
		out.WriteString(got + "\n")
		if got != line && !*update {
			t.Errorf("got  %s\nwant %s", got, line)
		}
		if mend == "" || problems[0].Name == "" && problems[0].Detail == "" {
			t.Errorf("%s: %v, no repair, or nothing blamed", asked, problems)
		}
		if again, _ := repair(m, mend, shopViewers[who]); len(again) > 0 {
			t.Errorf("%s is mended by %s, which does not bind: %v", asked, mend, again)
		}
		cases[problems[0].Code]++
	}
	long, mend := repair(shop, "revenue by channel, "+strings.Repeat("status, ", 3000), shopViewers["boss"])
	if len(long) == 0 || long[0].Code != TooLong || mend != "" {
		t.Errorf("a long line: %d problems, %d bytes of repair", len(long), len(mend))
	}
	if *update {
		if err := os.WriteFile("testdata/repairs.txt", []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, found := range regexp.MustCompile(`Code\s+= "(\w+)"`).FindAllStringSubmatch(readText(t, "problem.go"), -1) {
		code := Code(found[1])
		switch why, exempt := mended[code]; {
		case exempt && cases[code] > 0:
			t.Errorf("%s has a repair, and a reason for none: %s", code, why)
		case !exempt && cases[code] == 0:
			t.Errorf("%s has neither a repair nor a reason for none", code)
		}
	}
}

// TestRepairsBind mends every query line of the corpus that does not bind.
func TestRepairsBind(t *testing.T) {
	m := shopModel(t)
	for _, line := range strings.Split(readText(t, "testdata/bind.txt"), "\n") {
		line, ok := strings.CutPrefix(line, "> ")
		if !ok {
			continue
		}
		for _, v := range []string{"boss", "ann"} {
			problems, mend := repair(m, line, shopViewers[v])
			if len(problems) > 0 && mended[problems[0].Code] != "" {
				t.Errorf("%s: %v, which no query line has", line, problems)
			}
			if len(problems) > 0 && mend == "" && len(problems[0].Near) > 0 {
				t.Errorf("%s: %v has no repair", line, problems)
			}
		}
	}
}

// TestRepairTellsNothingHidden mends a hidden name as one that there is not.
func TestRepairTellsNothingHidden(t *testing.T) {
	m := shopModel(t)
	for _, line := range []string{"%s by channel", "revenue by %s", "sum(products.%s)", "revenue where %s = 3"} {
		_, a := repair(m, strings.ReplaceAll(line, "%s", "cost"), shopViewers["ann"])
		_, b := repair(m, strings.ReplaceAll(line, "%s", "xost"), shopViewers["ann"])
		if a != b {
			t.Errorf("%s: hidden %q, unknown %q", line, a, b)
		}
	}
}
