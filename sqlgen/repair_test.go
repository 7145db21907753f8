package sqlgen_test

import (
	"errors"
	"testing"

	"wenshu/semantic"
	"wenshu/sqlgen"
)

// engineModel has what engines refuse: versions that begin where a text that does not
// sort says, a retention where windows are missing.
const engineModel = `
tables:
  acts:
    warehouse: sales
    key: id
    time: happened
    joins: {who: {to: people, on: who_id}, grade_of: {to: grades, on: who_id, at: happened}}
    dimensions: {id: {type: int}, happened: {type: date, expr: day}, n: {type: int, sum: sum}}
  people: {warehouse: sales, key: who_id, dimensions: {who_id: {type: int}, called: }}
  grades: {warehouse: sales, key: [who_id, begun], validity: {from: begun}, dimensions: {grade: , begun: {type: {type: text, layout: 02/01/2006}}}}
metrics:
  acted: {expr: count(acts)}
  back: {retain: {from: acted, to: acted, by: people.who_id, every: month}}
`

// TestRefusalsOfEnginesHaveARepair wants of each refusal of an engine a code, a
// name and one line near it that the engine can do.
func TestRefusalsOfEnginesHaveARepair(t *testing.T) {
	m, err := semantic.LoadFiles(map[string][]byte{"m.yaml": []byte(engineModel)})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ dialect, line, refused, mended string }{
		{"sqlite", "acted by grade", "validity", "acted"},
		{"clickhouse-legacy", "acted, back by time:month during year(0)", "window", "acted by time:month during year(0)"},
	} {
		compile := func(q *semantic.Query) error {
			p, err := semantic.Bind(m, q, semantic.Viewer{}, clock)
			if err == nil {
				_, err = sqlgen.Compile(p, map[string]string{"sales": c.dialect})
			}
			return err
		}
		q, err := semantic.ParseQuery(c.line)
		if err != nil {
			t.Fatal(err)
		}
		var p semantic.Problem
		if err := compile(q); !errors.As(err, &p) || p.Code != semantic.UnsupportedBySource || p.Name != c.refused {
			t.Errorf("%s on %s: %v", c.line, c.dialect, err)
			continue
		}
		if mend := semantic.Repair(q, semantic.Problems{p}, compile); mend != c.mended {
			t.Errorf("%s on %s: repair %q, want %q", c.line, c.dialect, mend, c.mended)
		}
	}
}
