package sqlgen_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"wenshu/semantic"
	"wenshu/sqlgen"
)

// FuzzCompile holds every query line that binds to a program whose statements
// pass their own Check unchanged, or to a problem.
func FuzzCompile(f *testing.F) {
	m := shop(f)
	text, err := os.ReadFile("testdata/compile.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, line := range strings.Split(string(text), "\n") {
		if line, ok := strings.CutPrefix(line, "> "); ok {
			f.Add(line)
		}
	}
	f.Fuzz(func(t *testing.T, line string) {
		q, err := semantic.ParseQuery(line)
		if err != nil {
			return
		}
		for _, viewer := range []string{"boss", "ann", "nobody"} {
			p, err := semantic.Bind(m, q, viewers[viewer], clock)
			if err != nil {
				continue
			}
			program, err := sqlgen.Compile(p, dialects)
			if errors.As(err, new(semantic.Problem)) {
				continue
			}
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			for _, s := range program.Statements {
				if checked, err := s.Check(); err != nil || checked != s.SQL {
					t.Fatalf("%s: %v\n%s\n%s", line, err, s.SQL, checked)
				}
			}
		}
	})
}
