package sqltree

import (
	"strconv"
	"strings"
)

// call prints a function after holding its form against the dialect's list, so
// that a tree cannot name what the list does not have.
func (p *printer) call(e *Call) {
	f, ok := p.syn.Functions[strings.ToLower(e.Name)]
	if !ok {
		p.fail(UnknownFunction, e.Name)
		return
	}
	if code := f.check(e); code != "" {
		p.fail(code, e.Name)
		return
	}
	p.text(f.Name)
	if len(e.Params) > 0 {
		p.list("(", e.Params)
	}
	switch {
	case e.Star:
		p.text("(*)")
	case e.Distinct:
		p.list("(DISTINCT ", e.Args)
	default:
		p.list("(", e.Args)
	}
	if len(e.Within) > 0 {
		p.text(" WITHIN GROUP (ORDER BY ")
		p.orders(e.Within)
		p.text(")")
	}
	if e.Over != nil {
		p.over(e.Over)
	}
}

// check reports what is wrong with the form of a call of f, or "".
func (f Function) check(e *Call) Code {
	switch {
	case e.Star && (!f.Star || e.Distinct || len(e.Args) > 0):
		return BadArguments
	case !e.Star && (len(e.Args) < f.Min || f.Max >= 0 && len(e.Args) > f.Max):
		return BadArguments
	case f.Of != "" && !calls(e.Args[0], f.Of):
		return BadArguments
	case len(e.Params) != f.Params, len(e.Within) > 0 != f.Within:
		return BadArguments
	case e.Distinct && (f.Kind != Aggregate || len(e.Args) == 0):
		return BadArguments
	case e.Over == nil && f.Kind == Ranking, e.Over != nil && f.Kind == ScalarFunction:
		return MisplacedCall
	case e.Over != nil && (e.Distinct || f.Within):
		return BadArguments
	}
	return ""
}

// calls reports a call of the function.
func calls(x Expr, name string) bool {
	c, ok := x.(*Call)
	return ok && strings.EqualFold(c.Name, name)
}

func (p *printer) over(w *Window) {
	p.text(" OVER (")
	space := ""
	if len(w.Partition) > 0 {
		p.text("PARTITION BY ")
		for i, x := range w.Partition {
			p.comma(i)
			p.expr(x, levelOr)
		}
		space = " "
	}
	if len(w.Order) > 0 {
		p.text(space + "ORDER BY ")
		p.orders(w.Order)
		space = " "
	}
	if w.Frame != nil {
		p.text(space)
		p.frame(w.Frame)
	}
	p.text(")")
}

func (p *printer) frame(f *Frame) {
	if !f.legal() {
		p.fail(BadShape, "frame")
	}
	if f.Range {
		p.text("RANGE BETWEEN ")
	} else {
		p.text("ROWS BETWEEN ")
	}
	p.bound(f.Start)
	p.text(" AND ")
	p.bound(f.End)
}

// legal reports a frame whose start does not follow its end.
func (f *Frame) legal() bool {
	s, e := f.Start, f.End
	return s.Kind <= e.Kind && s.Kind != UnboundedFollowing && e.Kind != UnboundedPreceding &&
		s.N >= 0 && e.N >= 0 &&
		!(s.Kind == e.Kind && s.Kind == Preceding && s.N < e.N) &&
		!(s.Kind == e.Kind && s.Kind == Following && s.N > e.N)
}

func (p *printer) bound(b Bound) {
	switch b.Kind {
	case UnboundedPreceding:
		p.text("UNBOUNDED PRECEDING")
	case Preceding:
		p.text(strconv.Itoa(b.N))
		p.text(" PRECEDING")
	case CurrentRow:
		p.text("CURRENT ROW")
	case Following:
		p.text(strconv.Itoa(b.N))
		p.text(" FOLLOWING")
	case UnboundedFollowing:
		p.text("UNBOUNDED FOLLOWING")
	}
}
