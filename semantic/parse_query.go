package semantic

import (
	"slices"
	"strconv"
	"strings"
)

// ParseQuery reads a query line. Clauses are read in any order, each at most
// once; String writes them in the order of the grammar. ParseQuery(q.String())
// equals q for every q it returns. The error is Problems of one: SyntaxError,
// TooLong, EmptyQuery or BadPeriod, its Span in bytes of the text.
func ParseQuery(text string) (*Query, error) {
	p := newParser(text)
	q := p.query()
	if err := p.finish(clauses...); err != nil {
		return nil, err
	}
	if p.nearLimits() && newParser(q.String()).whole(func(p *parser) { p.query() }) != nil {
		return nil, tooLong(text)
	}
	return q, nil
}

// clauses are the words that begin one, in the order of the grammar.
var clauses = []string{"by", "where", "having", "on", "during", "vs", "show", "fill", "sort", "limit", "totals"}

// beside reads a further table of a list, with "each" in front or not. A table may
// be called each itself.
func (p *parser) beside() Beside {
	if !p.takeWord("each") {
		return Beside{Table: p.ident()}
	}
	if p.tok.name() && (p.tok.kind == quotedWord || !slices.Contains(clauses, p.tok.text)) {
		return Beside{Table: p.ident(), Each: true}
	}
	return Beside{Table: "each"}
}

// query reads items and clauses up to something else. It never returns nil.
func (p *parser) query() *Query {
	q := &Query{}
	if p.takeWord("list") {
		q.List = &List{Distinct: p.takeWord("distinct")}
	}
	q.Items = p.items()
	if q.List != nil && p.takeWord("from") {
		q.List.From = p.ident()
		for p.take(",") {
			q.List.With = append(q.List.With, p.beside())
		}
	}
	var seen []string
	for p.tok.kind == bareWord && slices.Contains(clauses, p.tok.text) {
		word := p.tok.text
		if slices.Contains(seen, word) {
			p.expected("end")
			break
		}
		seen = append(seen, word)
		p.next()
		p.clause(q, word)
	}
	return q
}

func (p *parser) clause(q *Query, word string) {
	switch word {
	case "by":
		q.By = p.groups()
	case "where":
		q.Where = p.cond()
	case "having":
		q.Having = p.cond()
	case "on":
		name := p.dotted()
		q.On = &name
	case "during":
		q.During = p.periods()
	case "vs":
		q.Versus = p.versus()
	case "show":
		q.Show = p.shows()
	case "fill":
		q.Fill = p.fill()
	case "sort":
		q.Sort = p.sorts()
	case "limit":
		p.limit(q)
	case "totals":
		q.Totals = true
	}
}

func (p *parser) items() []Item {
	var items []Item
	for {
		items = append(items, Item{p.expr(), p.alias()})
		if !p.take(",") {
			return items
		}
	}
}

// alias reads an optional "as name".
func (p *parser) alias() string {
	if !p.takeWord("as") {
		return ""
	}
	return p.ident()
}

func (p *parser) groups() []Group {
	var groups []Group
	for {
		groups = append(groups, Group{p.group(), p.alias()})
		if !p.take(",") {
			return groups
		}
	}
}

// group reads a name, a name at a grain, or bucket(x [per name], number…).
func (p *parser) group() Expr {
	bucket := p.tok.word("bucket")
	x := p.nameOrGrained()
	if !bucket || !p.take("(") {
		return x
	}
	var c Call
	p.within(true, func() { c = Call{Func: "bucket", Args: []Expr{p.cond()}} })
	if p.takeWord("per") {
		c.Per = []Expr{p.nameOrGrained()}
	}
	for len(c.Args) == 1 || p.tok.is(",") {
		p.want(",")
		minus := p.take("-")
		if p.tok.kind != numberToken {
			p.expected("number")
			break
		}
		n := p.number()
		if minus {
			n = negative(n)
		}
		c.Args = append(c.Args, n)
	}
	p.want(")")
	return c
}

func (p *parser) versus() []Versus {
	var all []Versus
	for {
		v := p.against()
		if p.tok.word("align") {
			p.next()
			v.Align = p.align()
		}
		all = append(all, v)
		if !p.take(",") {
			return all
		}
	}
}

var alignNames = []string{Elapsed: "elapsed", Full: "full", SameWeekday: "weekday", SameFestival: "festival"}

func (p *parser) align() Align {
	i := slices.Index(alignNames, p.tok.text)
	if i < 0 || p.tok.kind != bareWord {
		p.expected("align", alignNames...)
		return Elapsed
	}
	p.next()
	return Align(i)
}

// agoUnits are the units that a comparison goes back by.
var agoUnits = []Unit{Year, Half, Quarter, Month, Week, Day}

// againstWords are the words a second period can begin with.
var againstWords = func() []string {
	words := []string{"prior"}
	for _, u := range agoUnits {
		words = append(words, u.String()+"_ago")
	}
	return slices.Concat(words, periodWords)
}()

func (p *parser) against() Versus {
	if p.takeWord("prior") {
		return Versus{How: Prior}
	}
	for _, u := range agoUnits {
		if !p.tok.word(u.String() + "_ago") {
			continue
		}
		p.next()
		v := Versus{How: Ago, Unit: u, N: 1}
		if p.take("(") {
			v.N = p.integer(1, maxOffset(u))
			p.want(")")
		}
		return v
	}
	if p.tok.kind == bareWord && !slices.Contains(periodWords, p.tok.text) {
		p.expected("period", againstWords...)
	}
	return Versus{How: Other, Period: p.period()}
}

// integer reads a whole number with an optional sign; what lies out of the
// bounds is BadPeriod.
func (p *parser) integer(lowest, highest int) int {
	span := Span{Start: p.tok.start}
	sign := ""
	if p.take("-") {
		sign = "-"
	}
	text := sign + p.tok.text
	span.End = p.tok.end
	if p.tok.kind != numberToken || strings.ContainsAny(text, ".eE") {
		p.expected("integer")
		return lowest
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < lowest || n > highest {
		p.fail(BadPeriod, span, strconv.Itoa(lowest)+".."+strconv.Itoa(highest))
		return lowest
	}
	p.next()
	return n
}

// showNames are the functions that a show clause knows.
var showNames = []string{"prior", "change", "growth", "share", "rank", "running", "moving"}

func (p *parser) shows() []Show {
	var shows []Show
	for {
		s := Show{Func: p.tok.text}
		if p.tok.kind != bareWord || !slices.Contains(showNames, s.Func) {
			p.expected("show", showNames...)
			return shows
		}
		p.next()
		if p.take("(") && !p.take(")") {
			s.Args = p.arguments()
			p.want(")")
		}
		shows = append(shows, s)
		if !p.take(",") {
			return shows
		}
	}
}

func (p *parser) fill() Fill {
	if p.takeWord("once") {
		return FillOnce
	}
	if p.tok.kind != numberToken {
		return FillNull
	}
	if p.tok.text != "0" {
		p.expected("0", "once")
	}
	p.next()
	return FillZero
}

func (p *parser) sorts() []Sort {
	var sorts []Sort
	for {
		desc := p.take("-")
		sorts = append(sorts, Sort{p.expr(), desc})
		if !p.take(",") {
			return sorts
		}
	}
}

const maxRows = 1_000_000_000

func (p *parser) limit(q *Query) {
	q.Limit = p.count(1)
	if p.tok.word("offset") {
		p.next()
		q.Offset = p.count(0)
	}
	if p.takeWord("per") {
		q.Per = p.groupNames()
	}
}

// count reads a whole number of rows.
func (p *parser) count(lowest int) int {
	n, err := strconv.Atoi(p.tok.text)
	if p.tok.kind != numberToken || err != nil || n < lowest || n > maxRows {
		p.expected("integer")
		return lowest
	}
	p.next()
	return n
}
