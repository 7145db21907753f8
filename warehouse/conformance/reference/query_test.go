package reference

import (
	"strconv"
	"strings"
)

// query is a question in a form of its own.
type query struct {
	items  []item
	list   bool
	single bool // list distinct
	from   string
	by     []group
	where  cond
	having cond
	on     ref
	during []span
	versus []versus
	show   []shown // of is not set
	fill   string  // "", "fill", "fill 0", "fill once"
	sort   []sorting
	limit  int
	offset int
	per    []int
	totals bool
}

type item struct {
	term   term  // of an aggregating query
	listed value // of a list
	as     string
}

// group is a dimension, an entity (of has no name), a time at a grain or
// buckets.
type group struct {
	of    ref
	axis  bool // each metric's own time
	grain string
	edges []cell // one is a width
	since bool   // the periods since a first act
	ofDay string // what a calendar says of the day of each metric's own time
	term  term   // of what each of an entity has: by bands, of which edges are given
	each  ref
	as    string
}

// span is a half-open period with the text that means it.
type span struct {
	text     string
	from, to int64
	unit     string // month, quarter, half, year, day; "" for a free range
}

// versus is a second period: prior, a unit ago, or one of its own.
type versus struct {
	how  string // prior, ago, span
	unit string
	n    int
	span span
}

type sorting struct {
	of   term
	desc bool
}

func (g group) line() string {
	if g.since {
		return "since"
	}
	s := g.of.String()
	if g.axis {
		s = "time"
	}
	if g.ofDay != "" {
		s += "." + g.ofDay
	}
	if g.grain != "" {
		s += ":" + g.grain
	}
	if g.edges != nil {
		if g.term != nil {
			s = g.term.line() + " per " + g.each.String()
		}
		args := []string{s}
		for _, e := range g.edges {
			args = append(args, literal(e))
		}
		s = "bucket(" + strings.Join(args, ", ") + ")"
	}
	if g.as != "" {
		s += " as " + g.as
	}
	return s
}

func (v versus) line() string {
	switch v.how {
	case "prior":
		return "prior"
	case "ago":
		if v.n > 1 {
			return v.unit + "_ago(" + strconv.Itoa(v.n) + ")"
		}
		return v.unit + "_ago"
	}
	return v.span.text + " align full"
}

// line is the query line.
func (q *query) line() string {
	var b strings.Builder
	clause := func(word string, list []string) {
		if len(list) > 0 {
			b.WriteString(" " + word + " " + strings.Join(list, ", "))
		}
	}
	b.WriteString(strings.Join(q.itemLines(), ", "))
	if q.from != "" {
		clause("from", []string{q.from})
	}
	clause("by", each(q.by, group.line))
	if q.where != nil {
		clause("where", []string{q.where.line()})
	}
	if q.having != nil {
		clause("having", []string{q.having.line()})
	}
	if q.on.table != "" {
		clause("on", []string{q.on.String()})
	}
	clause("during", each(q.during, func(s span) string { return s.text }))
	clause("vs", each(q.versus, versus.line))
	clause("show", each(q.show, showLine))
	if q.fill != "" {
		b.WriteString(" " + q.fill)
	}
	clause("sort", each(q.sort, sorting.line))
	if q.limit > 0 {
		clause("limit", []string{strconv.Itoa(q.limit)})
		if q.offset > 0 {
			clause("offset", []string{strconv.Itoa(q.offset)})
		}
		clause("per", each(q.per, func(i int) string { return q.by[i].name() }))
	}
	return b.String() + word(q.totals, " totals")
}

func (q *query) itemLines() []string {
	head := word(q.list, "list ") + word(q.single, "distinct ")
	lines := each(q.items, func(it item) string {
		s := word(it.as != "", " as "+it.as)
		if q.list {
			return it.listed.line() + s
		}
		return it.term.line() + s
	})
	lines[0] = head + lines[0]
	return lines
}

// name is what stands for the group in other clauses.
func (g group) name() string {
	g.as = ""
	return g.line()
}

func showLine(s shown) string {
	if len(s.names) == 0 {
		return s.fn
	}
	return s.fn + "(" + strings.Join(s.names, ", ") + ")"
}

func (s sorting) line() string { return word(s.desc, "-") + s.of.line() }

func each[T any](list []T, f func(T) string) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = f(x)
	}
	return out
}
