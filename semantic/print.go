package semantic

import (
	"fmt"
	"strconv"
	"time"
	"unicode"
)

// String returns the query line in its one canonical form: clauses in the
// order of the grammar, the fewest parentheses, double quotes. A query that
// the grammar cannot say (a limit below 1, an empty list) gives a line that
// ParseQuery refuses.
func (q *Query) String() string {
	p := printer{b: make([]byte, 0, 256)}
	p.query(q)
	return string(p.b)
}

// ExprString returns an expression as query lines and model files spell it.
// The nodes of bound trees, which have no spelling, are shown as #kind(…).
func ExprString(x Expr) string {
	var p printer
	p.expr(x, levelOr)
	return string(p.b)
}

// PeriodString returns a period as query lines spell it.
func PeriodString(period Period) string {
	var p printer
	p.period(period)
	return string(p.b)
}

// printer appends text to b.
type printer struct {
	b         []byte
	onePeriod bool // among arguments, where a comma would end the periods of a test
	clause    bool // what is printed now meets the clause "during", which a bare name would take for its test
}

func (p *printer) text(s string) { p.b = append(p.b, s...) }
func (p *printer) int(n int)     { p.b = strconv.AppendInt(p.b, int64(n), 10) }

// comma separates the elements of a list.
func (p *printer) comma(i int) {
	if i > 0 {
		p.text(", ")
	}
}

func (p *printer) query(q *Query) {
	if q.List != nil {
		p.text("list ")
		if q.List.Distinct {
			p.text("distinct ")
		}
	}
	for i, item := range q.Items {
		p.comma(i)
		p.expr(item.Expr, levelSum)
		p.alias(item.As)
	}
	if q.List != nil && q.List.From != "" {
		p.text(" from ")
		p.word(q.List.From)
		for _, t := range q.List.With {
			p.text(", ")
			if t.Each {
				p.text("each ")
			}
			p.word(t.Table)
		}
	}
	for i, g := range q.By {
		p.first(i, " by ")
		p.expr(g.Expr, levelFactor)
		p.alias(g.As)
	}
	p.conditions(q)
	p.times(q)
	p.presentation(q)
}

// first begins a clause with its word and goes on with commas.
func (p *printer) first(i int, clause string) {
	if i == 0 {
		p.text(clause)
		return
	}
	p.text(", ")
}

func (p *printer) alias(as string) {
	if as != "" {
		p.text(" as ")
		p.word(as)
	}
}

func (p *printer) conditions(q *Query) {
	during := q.On == nil && len(q.During) > 0
	if q.Where != nil {
		p.text(" where ")
		p.clause = during && q.Having == nil
		p.expr(q.Where, levelOr)
	}
	if q.Having != nil {
		p.text(" having ")
		p.clause = during
		p.expr(q.Having, levelOr)
	}
	p.clause = false
}

func (p *printer) times(q *Query) {
	if q.On != nil {
		p.text(" on ")
		p.name(*q.On)
	}
	if len(q.During) > 0 {
		p.text(" during ")
		p.periods(q.During)
	}
	for i, v := range q.Versus {
		p.first(i, " vs ")
		p.versus(v)
	}
}

func (p *printer) versus(v Versus) {
	switch v.How {
	case Prior:
		p.text("prior")
	case Ago:
		p.text(v.Unit.String())
		p.text("_ago")
		if v.N != 1 {
			p.text("(")
			p.int(v.N)
			p.text(")")
		}
	case Other:
		p.period(v.Period)
	}
	if v.Align != Elapsed {
		p.text(" align ")
		p.text(alignNames[v.Align])
	}
}

func (p *printer) presentation(q *Query) {
	for i, s := range q.Show {
		p.first(i, " show ")
		p.text(s.Func)
		if len(s.Args) > 0 {
			p.arguments(s.Args, false, nil)
		}
	}
	if q.Fill != NoFill {
		p.text(" fill")
	}
	switch q.Fill {
	case FillZero:
		p.text(" 0")
	case FillOnce:
		p.text(" once")
	}
	for i, s := range q.Sort {
		p.first(i, " sort ")
		p.sort(s)
	}
	if q.Limit != 0 || q.Offset != 0 || len(q.Per) > 0 {
		p.text(" limit ")
		p.int(q.Limit)
	}
	if q.Offset != 0 {
		p.text(" offset ")
		p.int(q.Offset)
	}
	for i, x := range q.Per {
		p.first(i, " per ")
		p.expr(x, levelFactor)
	}
	if q.Totals {
		p.text(" totals")
	}
}

// sort prints a sort key. A minus in front means descending, so an expression
// that begins with one of its own stands in parentheses.
func (p *printer) sort(s Sort) {
	if s.Desc {
		p.text("-")
	}
	at := len(p.b)
	p.expr(s.Expr, levelSum)
	if !s.Desc && p.b[at] == '-' {
		p.b = append(p.b, ")"...)
		p.b = append(p.b, 0)
		copy(p.b[at+1:], p.b[at:])
		p.b[at] = '('
	}
}

// word prints a name that must not be taken for a keyword.
func (p *printer) word(s string) {
	if isBareWord(s) && !isKeyword[s] {
		p.text(s)
		return
	}
	p.backQuoted(s)
}

func (p *printer) backQuoted(s string) {
	p.text("`")
	for i := range len(s) {
		if s[i] == '`' {
			p.text("`")
		}
		p.b = append(p.b, s[i])
	}
	p.text("`")
}

func (p *printer) name(n Name) {
	for i, part := range n.Path {
		switch {
		case i == 0 && len(n.Path) == 2 && part == "viewer":
			p.backQuoted(part)
		case i == 0:
			p.word(part)
		default:
			p.part(part)
		}
	}
}

// part prints a name behind a point, where keywords are names.
func (p *printer) part(s string) {
	p.text(".")
	if isBareWord(s) {
		p.text(s)
		return
	}
	p.backQuoted(s)
}

// quoted prints a string literal.
func (p *printer) quoted(s string) {
	p.text(`"`)
	for _, r := range s {
		switch r {
		case '"':
			p.text(`\"`)
		case '\\':
			p.text(`\\`)
		case '\n':
			p.text(`\n`)
		case '\t':
			p.text(`\t`)
		case '\r':
			p.text(`\r`)
		default:
			p.rune(r)
		}
	}
	p.text(`"`)
}

// rune prints control characters and line separators by number, so that the
// line stays one.
func (p *printer) rune(r rune) {
	if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
		p.b = fmt.Appendf(p.b, `\u%04x`, r)
		return
	}
	p.b = append(p.b, string(r)...)
}

func (p *printer) literal(v Value) {
	switch v.Kind() {
	case Null:
		p.text("null")
	case Text:
		p.quoted(v.Text())
	case Float:
		f, _ := v.Float()
		p.b = strconv.AppendFloat(p.b, f, 'e', -1, 64)
	case Date:
		p.text("@")
		p.b = v.Time().AppendFormat(p.b, time.DateOnly)
	case Timestamp:
		p.text("@")
		p.b = appendInstant(p.b, v.Time())
	default:
		p.text(v.String())
	}
}

// appendInstant writes the shortest form that keeps every digit.
func appendInstant(b []byte, t time.Time) []byte {
	switch {
	case t.Nanosecond() != 0:
		return t.AppendFormat(b, "2006-01-02T15:04:05.000000")
	case t.Second() != 0:
		return t.AppendFormat(b, "2006-01-02T15:04:05")
	}
	return t.AppendFormat(b, "2006-01-02T15:04")
}
