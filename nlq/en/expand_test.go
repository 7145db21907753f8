package en

import (
	"strings"
	"testing"
)

// TestFormsAreWellFormed wants balanced groups in every form, no empty
// alternative outside square brackets, and no form that means very many.
func TestFormsAreWellFormed(t *testing.T) {
	total := 0
	for _, r := range rules() {
		for _, form := range r.Forms {
			if len([]rune(form)) == 1 {
				continue // stands for itself
			}
			n, rest := ways(form)
			if rest != "" {
				t.Errorf("%T %q: %q is left over", r.Part, form, rest)
			}
			if n > 4000 {
				t.Errorf("%T %q stands for %d phrases", r.Part, form, n)
			}
			total += n
		}
	}
	t.Log(total)
}

// ways counts the phrases that a form stands for, up to a closing bracket.
func ways(form string) (n int, rest string) {
	n = 1
	sum := 0
	for form != "" {
		switch {
		case form[0] == '(' || form[0] == '[':
			open := form[0]
			inner, after := ways(form[1:])
			if after == "" || after[0] != map[byte]byte{'(': ')', '[': ']'}[open] {
				return n, "unbalanced " + form
			}
			if open == '[' {
				inner++
			}
			n *= inner
			form = after[1:]
		case form[0] == ')' || form[0] == ']':
			return sum + n, form
		case form[0] == '|':
			sum, n, form = sum+n, 1, form[1:]
		default:
			form = form[strings.IndexAny(form+"(", "([|)]"):]
			if i := strings.IndexAny(form, "([|)]"); i != 0 {
				form = ""
			}
		}
	}
	return sum + n, ""
}
