package reference

import (
	"fmt"
	"strings"
)

// term is a value over results: aggregates and arithmetic over them.
type term interface{ line() string }

type (
	// aggregate is sum(orders.amount); of is nil for count(table).
	aggregate struct {
		fn    string
		table string
		of    value
		share string // of a percentile
	}
	// nested is avg(m per orders.kind, orders.at:month): an aggregate of what a term
	// has in each of the finer groups. With op it is count(m > 10 per orders.kind):
	// how many of them pass.
	nested struct {
		fn    string
		of    term
		share string
		per   []group
		op    string
		bound cell
	}
	named    struct{ metric string }
	filtered struct {
		of    term
		where cond
	}
	compute struct {
		op   string
		l, r term
	}
	constant struct{ n cell }
	negative struct{ of term }
	// shown is share(m, parents), rank(m), prior(m), change(m), growth(m).
	shown struct {
		fn      string
		of      term
		parents []int // groups
		names   []string
	}
	// keyed is the value of a group.
	keyed struct {
		group int
		name  string
	}
)

func (t aggregate) line() string {
	if t.of == nil {
		return "count(" + t.table + ")"
	}
	return t.fn + "(" + t.of.line() + word(t.share != "", ", "+t.share) + ")"
}
func (t nested) line() string {
	test := ""
	if t.op != "" {
		test = " " + t.op + " " + literal(t.bound)
	}
	return t.fn + "(" + t.of.line() + test + word(t.share != "", ", "+t.share) + " per " + strings.Join(each(t.per, group.line), ", ") + ")"
}
func (t named) line() string    { return t.metric }
func (t filtered) line() string { return t.of.line() + "{" + t.where.line() + "}" }
func (t compute) line() string  { return "(" + t.l.line() + " " + t.op + " " + t.r.line() + ")" }
func (t constant) line() string { return literal(t.n) }
func (t negative) line() string { return "(-" + t.of.line() + ")" }
func (t keyed) line() string    { return t.name }
func (t shown) line() string {
	return t.fn + "(" + strings.Join(append([]string{t.of.line()}, t.names...), ", ") + ")"
}

// value is a value over rows.
type value interface{ line() string }

type (
	field  struct{ ref ref }
	fixed  struct{ c cell }
	reckon struct {
		op   string
		l, r value
	}
)

func (v field) line() string  { return v.ref.String() }
func (v fixed) line() string  { return literal(v.c) }
func (v reckon) line() string { return "(" + v.l.line() + " " + v.op + " " + v.r.line() + ")" }

// literal spells a cell in a query line.
func literal(c cell) string {
	switch c.kind {
	case 'n':
		if c.num.IsInt() {
			return c.num.Num().String()
		}
		return c.num.FloatString(2)
	case 's':
		return fmt.Sprintf("%q", c.text)
	case 't':
		return "@" + clockOf(c.at).Format("2006-01-02")
	case 'b':
		if c.at == 1 {
			return "true"
		}
		return "false"
	}
	return "null"
}

// cond is a condition on rows or on results.
type cond interface{ line() string }

type (
	and  struct{ l, r cond }
	or   struct{ l, r cond }
	not  struct{ of cond }
	test struct { // on a row
		l  value
		op string
		r  value
	}
	among struct {
		of   value
		list []cell
		not  bool
	}
	between struct {
		of     value
		lo, hi cell
		not    bool
	}
	missing struct {
		of  value
		not bool
	}
	matches struct {
		of      ref
		how     string
		pattern string
		not     bool
	}
	within struct { // time in a span
		of   ref
		span span
		not  bool
	}
	// member is membership of an entity or a dimension in a nested query.
	member struct {
		of  ref // name is "" for an entity
		in  *query
		not bool
	}
	result struct { // on a result
		l  term
		op string
		r  term
	}
	empty struct {
		of  term
		not bool
	}
)

func (c and) line() string  { return "(" + c.l.line() + " and " + c.r.line() + ")" }
func (c or) line() string   { return "(" + c.l.line() + " or " + c.r.line() + ")" }
func (c not) line() string  { return "not (" + c.of.line() + ")" }
func (c test) line() string { return c.l.line() + " " + c.op + " " + c.r.line() }
func (c among) line() string {
	var list []string
	for _, x := range c.list {
		list = append(list, literal(x))
	}
	return c.of.line() + word(c.not, " not") + " in (" + strings.Join(list, ", ") + ")"
}
func (c between) line() string {
	return c.of.line() + word(c.not, " not") + " between " + literal(c.lo) + " and " + literal(c.hi)
}
func (c missing) line() string { return c.of.line() + " is" + word(c.not, " not") + " null" }
func (c matches) line() string {
	return c.of.String() + word(c.not, " not") + " " + c.how + fmt.Sprintf(" %q", c.pattern)
}
func (c within) line() string {
	return c.of.String() + word(c.not, " not") + " during " + c.span.text
}
func (c member) line() string {
	return c.of.String() + word(c.not, " not") + " in (" + c.in.line() + ")"
}
func (c result) line() string { return c.l.line() + " " + c.op + " " + c.r.line() }
func (c empty) line() string  { return c.of.line() + " is" + word(c.not, " not") + " null" }

func word(yes bool, s string) string {
	if yes {
		return s
	}
	return ""
}

// negated reports a test that says what must not be, and gives the test that it
// denies.
func negated(c cond) (cond, bool) {
	switch c := c.(type) {
	case not:
		return c.of, true
	case test:
		if c.op == "!=" {
			c.op = "="
			return c, true
		}
	case among:
		if c.not {
			c.not = false
			return c, true
		}
	case between:
		if c.not {
			c.not = false
			return c, true
		}
	case matches:
		if c.not {
			c.not = false
			return c, true
		}
	case within:
		if c.not {
			c.not = false
			return c, true
		}
	case member:
		if c.not {
			c.not = false
			return c, true
		}
	}
	return c, false
}

// parts are the conditions that must all hold.
func parts(c cond) []cond {
	if c == nil {
		return nil
	}
	if a, ok := c.(and); ok {
		return append(parts(a.l), parts(a.r)...)
	}
	return []cond{c}
}
