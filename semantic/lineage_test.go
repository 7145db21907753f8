package semantic

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestLineage prints where the columns of a few query lines come from.
func TestLineage(t *testing.T) {
	m := shopModel(t)
	var out strings.Builder
	for _, block := range strings.Split(strings.TrimRight(readText(t, "testdata/lineage.txt"), "\n"), "\n\n") {
		head, _, _ := strings.Cut(block, "\n")
		who, line, _ := strings.Cut(head, " > ")
		plan := lineagePlan(t, m, line, shopViewers[who])
		out.WriteString(head + "\n" + LineageText(plan.Lineage()) + "\n")
	}
	if *update {
		if err := os.WriteFile("testdata/lineage.txt", []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want := readText(t, "testdata/lineage.txt"); strings.TrimSpace(out.String()) != strings.TrimSpace(want) {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

// numbered is the spelling of a bound column by the number of its scan, or of a
// node that has no text.
var numbered = regexp.MustCompile(`\bc\d+\.|semantic\.`)

// TestLineageOfEveryPlan wants every value of every plan that binds to come from
// somewhere, in words of the model.
func TestLineageOfEveryPlan(t *testing.T) {
	m := shopModel(t)
	n := 0
	for _, line := range strings.Split(readText(t, "testdata/bind.txt"), "\n") {
		line, ok := strings.CutPrefix(line, "> ")
		if !ok {
			continue
		}
		q, err := ParseQuery(line)
		if err != nil {
			continue
		}
		plan, err := Bind(m, q, shopViewers["ann"], shopClock)
		if err != nil {
			continue
		}
		list := plan.Lineage()
		if text := LineageText(list); numbered.MatchString(text) {
			t.Errorf("%s\n%s", line, text)
		}
		for _, o := range list {
			if len(o.From) == 0 && strings.ContainsAny(o.Definition, "(") {
				t.Errorf("%s: %s comes from nowhere", line, o.Column)
			}
			for _, part := range o.From {
				if part.Home == "" || len(part.Takes) == 0 || part.Warehouse == "" {
					t.Errorf("%s: %s comes from %+v", line, o.Column, part)
				}
			}
		}
		n++
	}
	if n < 50 {
		t.Errorf("%d plans", n)
	}
}

func readText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func lineagePlan(t *testing.T, m *Model, line string, v Viewer) *Plan {
	t.Helper()
	q, err := ParseQuery(line)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	plan, err := Bind(m, q, v, shopClock)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return plan
}
