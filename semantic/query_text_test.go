package semantic

import (
	"errors"
	"reflect"
	"testing"
)

func FuzzQueryText(f *testing.F) {
	for _, line := range docExamples(f) {
		f.Add(line)
	}
	f.Add(docQuery(f))
	for _, c := range forms {
		f.Add(c.text)
	}
	for _, c := range wrong {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if q, err := ParseQuery(text); err == nil {
			line := q.String()
			again, err := ParseQuery(line)
			if err != nil {
				t.Fatalf("%q prints %q: %v", text, line, err)
			}
			if !reflect.DeepEqual(q, again) || again.String() != line {
				t.Fatalf("%q prints %q, then %q", text, line, again.String())
			}
			if copied := q.Clone(); !reflect.DeepEqual(q, copied) {
				t.Fatalf("%q: the copy prints %q", text, copied.String())
			}
		} else {
			checkProblem(t, text, err)
		}
		if x, err := ParseExpr(text); err == nil {
			again, err := ParseExpr(ExprString(x))
			if err != nil || !reflect.DeepEqual(x, again) {
				t.Fatalf("%q prints %q: %v", text, ExprString(x), err)
			}
		}
		if p, err := ParsePeriod(text); err == nil {
			again, err := ParsePeriod(PeriodString(p))
			if err != nil || !reflect.DeepEqual(p, again) {
				t.Fatalf("%q prints %q: %v", text, PeriodString(p), err)
			}
		}
	})
}

// checkProblem wants one problem whose span lies in the text.
func checkProblem(t *testing.T, text string, err error) {
	t.Helper()
	var ps Problems
	if !errors.As(err, &ps) || len(ps) != 1 {
		t.Fatalf("%q: %v is not one problem", text, err)
	}
	if s := ps[0].Span; s.Start < 0 || s.Start > s.End || s.End > len(text) {
		t.Fatalf("%q: span %v lies outside", text, s)
	}
}
