package dialect

import (
	"errors"
	"os"
	"strings"
	"testing"

	"wenshu/sqlgen/sqltree"
)

var allow = sqltree.Allow{Tables: map[sqltree.TableName][]string{
	{Name: "orders"}:                 {"id", "amount", "status", "paid_at"},
	{Schema: "main", Name: "stores"}: {"id", "city"},
}}

// refused reads a corpus of codes and statements.
func refused(t *testing.T, file string) [][2]string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var out [][2]string
	for _, line := range strings.Split(string(text), "\n") {
		if code, statement, ok := strings.Cut(line, " "); ok && code != "#" {
			out = append(out, [2]string{code, strings.TrimLeft(statement, " ")})
		}
	}
	return out
}

// TestCheckRefuses holds every dialect to the statements that none may run and
// to those that are hostile to its own engine.
func TestCheckRefuses(t *testing.T) {
	common := refused(t, "refused.txt")
	for _, d := range All() {
		s := d.Syntax()
		t.Run(s.Name, func(t *testing.T) {
			var own [][2]string
			if s.Name != "sqlite" { // whose corpus is that of package sqltree
				own = refused(t, s.Name+"_refused.txt")
				if len(own) < 60 {
					t.Errorf("the corpus has shrunk to %d statements", len(own))
				}
			}
			for _, c := range append(own, common...) {
				text := c[1]
				if len(own) == 0 || !strings.Contains(text, "$") {
					text = strings.ReplaceAll(text, "~~~~", strings.Repeat(string(s.Quote), 4))
					text = strings.ReplaceAll(text, "~secret~", string(s.Quote)+"secret"+string(s.Quote))
				}
				got, err := sqltree.Check(text, s, allow)
				var r *sqltree.Refusal
				if !errors.As(err, &r) {
					t.Errorf("%s\n  accepted as %s", text, got)
				} else if string(r.Code) != c[0] {
					t.Errorf("%s\n  refused with %v, want %s", text, r, c[0])
				}
			}
		})
	}
}
