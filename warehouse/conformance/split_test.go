package conformance

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wenshu/semantic"
)

// split moves every branch of a plan but the first to a source of its own, and
// gives a plan of one branch a second one that nobody looks at, so that all the
// later steps are left to the finish.
func split(p *semantic.Plan) *semantic.Plan {
	q := *p
	q.Branches = slices.Clone(p.Branches)
	if len(q.Branches) == 1 {
		first := q.Branches[0]
		q.Branches = append(q.Branches, semantic.Branch{
			Scans: first.Scans[:1], Keys: make([]semantic.Expr, len(p.Keys)), Measures: []semantic.Measure{{Func: "count", Type: intType}},
		})
		q.Slots = append(slices.Clone(p.Slots), semantic.FromBranch{Branch: 1, ZeroFill: true, Type: intType})
	}
	for i := range q.Branches[1:] {
		q.Branches[i+1].Source = fmt.Sprint("w", i+1)
	}
	return &q
}

// TestSplitTraps runs the traps once more with their branches in several
// sources. The rows must be those of one statement.
func TestSplitTraps(t *testing.T) {
	fixtures := trapFixtures(t)
	for _, c := range traps() {
		if len(c.plan.Branches) == 0 {
			continue
		}
		t.Run(c.id, func(t *testing.T) {
			sources := sqliteEngine.sources(t, fixtures[c.fixture], "w", "v")
			q := split(c.plan)
			for _, b := range q.Branches {
				sources[b.Source] = sources["w"]
			}
			if got := rowsOf(t, sources, q); !same(got, c.want, false) {
				t.Errorf("rows %q, want %s", got, c.want)
			}
		})
	}
}

// TestNaturalOrderDescends sorts members backwards: those that are not declared
// and the one without a value come last all the same, in one statement and
// behind a stitch.
func TestNaturalOrderDescends(t *testing.T) {
	onEngines(t, naturalOrderDescends)
}

func naturalOrderDescends(t *testing.T, e testEngine) {
	sources := e.sources(t, `CREATE TABLE boxes (size TEXT, n INTEGER);
		INSERT INTO boxes VALUES ('small', 1), ('large', 2), ('medium', 3), ('odd', 4), ('also odd', 5), (NULL, 6)`, "w", "v")
	sources["w1"] = sources["w"]
	size := column(0, "size", textType)
	p := simple(keyed(textType), semantic.Branch{Scans: []semantic.Scan{home("boxes", "size n")}, Keys: exprs(size),
		Measures: []semantic.Measure{measure("sum", column(0, "n", intType), intType)}})
	p.Keys[0].Dimension = &semantic.Dimension{Name: "size", Order: true, Values: []semantic.Member{
		{Value: semantic.TextValue("small")}, {Value: semantic.TextValue("medium")}, {Value: semantic.TextValue("large")}}}
	for desc, want := range map[bool]string{
		false: "small|1 medium|3 large|2 also odd|5 odd|4 -|6",
		true:  "large|2 medium|3 small|1 odd|4 also odd|5 -|6",
	} {
		p.Order[0].Desc = desc
		for name, plan := range map[string]*semantic.Plan{"one statement": p, "a finish": split(p)} {
			got := strings.Join(rowsOf(t, sources, plan), " ")
			if got != want {
				t.Errorf("descending %v, %s: %s; want %s", desc, name, got, want)
			}
		}
	}
}
