package nlq

import (
	"slices"

	"wenshu/semantic"
)

// node is one piece of a sentence while it is put together: a mention, or
// several that were joined.
type node struct {
	from, end int // tokens
	means     meaning
}

// thing is a dimension, an entity or a grain of time that results are split by
// or rows show. Exactly one of dim, table and timed is set.
type thing struct {
	dim       *semantic.Dimension
	table     *semantic.Table
	via       string // table and joins that lead to it, when the words name them: orders.ship_to; "" for the nearest way
	timed     bool
	grain     semantic.Grain  // with timed: at this grain; zero lets the reader choose
	trend     bool            // with timed: periods without data are shown
	qualifies *semantic.Table // with dim: the entity whose noun stands right behind it, 各学院学生
	noun      bool            // with dim: said without its closing word, as the entity is called: 影片 of 影片名称
	marks     marks
}

// marks are what neighbouring words say about a thing.
type marks uint16

const (
	markBy       marks = 1 << iota // by, 按: results are split by it
	markEach                       // each, 各: results are split by it, or a limit holds within it
	markWhich                      // which, 哪个: it is asked for
	markCounted                    // how many, 数量
	markListed                     // list, 列出
	markAsked                      // what is: its value is asked for
	markTop                        // stands behind top N: it is ranked
	markOwner                      // another thing belongs to it: customers' names
	markDistinct                   // distinct, 不同的
	markSpread                     // 分布, 分组: results are split by it, and what is counted may be left unsaid
	markFilter                     // stands behind a member that restricts it: female customers
	markLink                       // stands behind a preposition or a verb: gigs at venues in Leeds
	markOf                         // stands behind the 的 of a condition: …的门店
	markObject                     // stands right behind a verb: what was acted on, which splits nothing
)

func (t thing) has(m marks) bool { return t.marks&m != 0 }

// home returns the table the thing lives in; nil for time.
func (t thing) home() *semantic.Table {
	switch {
	case t.dim != nil:
		return t.dim.Table
	case t.table != nil:
		return t.table
	}
	return nil
}

// same reports whether two things are the same but for their marks.
func (t thing) same(o thing) bool {
	t.marks, o.marks, t.trend, o.trend, t.noun, o.noun = 0, 0, false, false, false, false
	t.qualifies, o.qualifies = nil, nil
	return t == o
}

// measure is a number that is computed: a metric, or an aggregate of a column
// or of the rows of a table.
type measure struct {
	metric *semantic.Metric
	agg    string              // the aggregate over dim, or over metric per something; "" for a metric as it is and for a bare column
	dim    *semantic.Dimension // what is aggregated; nil for metrics and counts
	via    string              // table and joins that lead to dim; "" for the nearest way
	table  *semantic.Table     // whose rows are counted; nil otherwise
	per    []thing             // an average of the metric per these
	over   []measure           // numerator and denominator, or minuend and subtrahend
	op     semantic.Op         // of over: Div or Sub
	times  int                 // with Div: for every so many of the denominator; 0 for each
	scaled [2]int64            // multiplied by the first, divided by the second, for another unit; zero for neither
	where  []condition         // touches this measure alone
	bare   bool                // a column named without an aggregate
	since  bool                // of a date: how many days ago that was
	within string              // with per, of a column: the aggregate of it within each of these, of which agg is taken; "" for none
}

// home returns the table whose rows the measure aggregates; nil when it spans
// several.
func (m measure) home() *semantic.Table {
	switch {
	case len(m.over) > 0:
		return m.over[0].home()
	case m.metric != nil:
		return metricHome(m.metric)
	case m.dim != nil:
		return m.dim.Table
	}
	return m.table
}

func metricHome(m *semantic.Metric) *semantic.Table { return m.Home }

// members is one or more members of the same dimension.
type members struct {
	dim    *semantic.Dimension
	via    string
	values []string
	not    bool
	and    bool // joined by "and" or "both"
}

// condition is a test on rows.
type condition struct {
	dim    *semantic.Dimension // what is tested; nil for the measures' own time
	via    string
	on     *semantic.Table                     // of a declared phrase: what it speaks of
	fixed  semantic.Expr                       // of a declared phrase: its test
	test   func(x semantic.Expr) semantic.Expr // the test of the dimension; nil for members
	grain  semantic.Grain                      // the test is of this part of a time
	values []string                            // of a test for members
	and    bool                                // each member must hold, on a row of its own
	not    bool
	never  bool        // with not, of a phrase: none of what it speaks of is so
	denied *condition  // of a length of time that is denied: the test without its denial
	empty  bool        // a test for a missing value
	from   int         // its first token
	any    []condition // either of these instead
}

// isThere tests that there is a value.
func isThere(x semantic.Expr) semantic.Expr { return semantic.IsNull{X: x, Not: true} }

// home returns the table that a condition tests; nil for time.
func (c condition) home() *semantic.Table {
	if c.dim != nil {
		return c.dim.Table
	}
	return c.on
}

// outcome is a test on results.
type outcome struct {
	measure measure
	op      semantic.Op
	args    []semantic.Expr
	change  string // growth or change of the measure rather than itself; "" for the measure
	from    int    // its first token
	acts    bool   // how often something was done, without a name for the number
	overall bool   // against that of all groups; no args then
}

// sentence is a covering on its way to a query.
type sentence struct {
	r       *Reader
	text    *Text
	moment  *Moment
	see     sight
	judged  bool // the text wants something judged
	nodes   []node
	forced  map[int]Object // by first token: what an ambiguous name must stand for
	ties    []tie
	settled map[int]Object        // by first token: what a name was taken for
	eaches  []int                 // first tokens of what stands right behind each, for each, 各
	offered map[int][]alt         // by first token: all that a name may stand for
	ranked  *[]alt                // of the name that is settled last; its memory is used again
	within  bool                  // the turn before is the sentence before in the same message
	subject *semantic.Table       // what the sentence before in the same message is about, where that is an entity with a name
	shown   []*semantic.Dimension // the columns that the sentence before in the same message is split by
	dropped []int                 // first tokens of nodes that another part has made needless
	texts   []int                 // first tokens of words that are the operand of a test
	costs   []Cost
	assumed []string
	draft   draft
}

// tie is a name with several objects of equal standing.
type tie struct {
	from, end int
	chosen    Object
	others    []Object
}

// oneOf takes the first of several things that a node may stand for, and remembers
// the others; the person's choice among them comes before. field is where an object
// has such a thing.
func oneOf[T comparable](s *sentence, n node, found []T, field func(*Object) *T) T {
	if forced, ok := s.forced[n.from]; ok && slices.Contains(found, *field(&forced)) {
		return *field(&forced)
	}
	if len(found) > 1 {
		objects := make([]Object, len(found))
		for i, x := range found {
			*field(&objects[i]) = x
		}
		s.ties = append(s.ties, tie{from: n.from, end: n.end, chosen: objects[0], others: objects[1:]})
	}
	return found[0]
}

func tableOf(o *Object) **semantic.Table { return &o.Table }

func dimensionOf(o *Object) **semantic.Dimension { return &o.Dimension }

func (s *sentence) charge(why string, points int, n node) {
	if points != 0 {
		s.costs = append(s.costs, Cost{why, points, s.text.Span(n.from, n.end)})
	}
}

// as returns what a node means when it is a T.
func as[T any](n node) (T, bool) {
	v, ok := n.means.(T)
	return v, ok
}

// is reports whether node i means a T.
func is[T any](s *sentence, i int) bool {
	if i < 0 || i >= len(s.nodes) {
		return false
	}
	_, ok := s.nodes[i].means.(T)
	return ok
}

// join replaces nodes i to j (included) by one.
func (s *sentence) join(i, j int, means meaning) {
	s.nodes[i] = node{s.nodes[i].from, s.nodes[j].end, means}
	s.nodes = append(s.nodes[:i+1], s.nodes[j+1:]...)
}

// drop removes node i.
func (s *sentence) drop(i int) { s.nodes = append(s.nodes[:i], s.nodes[i+1:]...) }

// skip returns the next node from i on in direction dir that is not a glue or a
// comma; len(nodes) or -1 when there is none.
func (s *sentence) skip(i, dir int) int {
	for i >= 0 && i < len(s.nodes) {
		switch n := s.nodes[i].means.(type) {
		case Glue:
		case Equals:
		case Linker:
			if n.How != CommaLink {
				return i
			}
		default:
			return i
		}
		i += dir
	}
	return i
}
