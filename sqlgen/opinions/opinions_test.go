//go:build opinions

package opinions

import (
	"testing"

	"wenshu/sqlgen/dialect"
	"wenshu/sqlgen/sqltree"
)

// opinion is another parser of a dialect.
type opinion struct {
	dialect string
	see     func(text string) (*view, error)
	least   int // statements that the corpus has at least
}

var opinions = []opinion{
	{"postgres", postgres, 1000},
	{"mysql", mysql, 1000},
}

func (o opinion) syntax(t *testing.T) *sqltree.Syntax {
	t.Helper()
	d, err := dialect.Named(o.dialect)
	if err != nil {
		t.Fatal(err)
	}
	return d.Syntax()
}

// disagree says how the other parser takes a text otherwise than ours; "" for not
// at all. Our parser must take it.
func (o opinion) disagree(t *testing.T, text string, s *sqltree.Syntax) string {
	t.Helper()
	mine, err := ours(text, s)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	theirs, err := o.see(text)
	if err != nil {
		return err.Error()
	}
	if how := mine.differ(theirs); how == "" || again(text, s) == text {
		return how
	}
	return mine.folded().differ(theirs.folded())
}

// again is a text as this program prints it.
func again(text string, s *sqltree.Syntax) string {
	q, err := sqltree.Parse(text, s)
	if err != nil {
		return ""
	}
	printed, _, _ := sqltree.Print(q, s)
	return printed
}

// TestCompiledStatements holds every statement that the compiler makes to what the
// other parser sees in it.
func TestCompiledStatements(t *testing.T) {
	for _, o := range opinions {
		t.Run(o.dialect, func(t *testing.T) {
			s, all := o.syntax(t), statements(t, o.dialect)
			for _, st := range all {
				if how := o.disagree(t, st.SQL, s); how != "" {
					t.Errorf("%s\n%s\n%s", st.line, how, st.SQL)
				}
				if mine, err := ours(st.SQL, s); err != nil || mine.slots != len(st.Args) {
					t.Errorf("%s: %d arguments, %d in the text, %v", st.line, len(st.Args), mine.slots, err)
				}
			}
			if t.Logf("%d statements", len(all)); len(all) < o.least {
				t.Errorf("the corpus has shrunk to %d statements", len(all))
			}
		})
	}
}
