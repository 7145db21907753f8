package sqltree

import (
	"slices"
	"strings"
)

// place is where an expression stands: what it can name and which calls are
// legal there.
type place struct {
	scope     *scope
	ctes      []named
	aggregate bool // an aggregate may stand here
	window    bool // a window call may stand here
	names     outputNames
}

// outputNames says whether a bare name may be a result column.
type outputNames uint8

const (
	inputOnly   outputNames = iota
	outputToo               // GROUP BY: engines disagree on a name that is both
	outputFirst             // ORDER BY: the result column wins everywhere
)

// inside is the place of the arguments of an aggregate or window call.
func (at *place) inside(aggregate bool) *place {
	return &place{scope: at.scope, ctes: at.ctes, aggregate: aggregate}
}

// expr resolves e, which may be nil.
func (r *resolver) expr(e Expr, at *place) {
	if e == nil || r.err != nil {
		return
	}
	switch e := e.(type) {
	case *Lit, *Arg:
	case *Col:
		r.column(e, at)
	case *Unary:
		r.expr(e.X, at)
	case *Binary:
		r.exprs(at, e.L, e.R)
	case *Logic:
		r.exprs(at, e.Terms...)
	case *IsNull:
		r.expr(e.X, at)
	case *InList:
		r.expr(e.X, at)
		r.exprs(at, e.List...)
	case *InQuery:
		r.expr(e.X, at)
		r.width(e.Query, at, tupleWidth(e.X))
	case *Exists:
		r.query(e.Query, at.scope, at.ctes)
	case *Between:
		r.exprs(at, e.X, e.Lo, e.Hi)
	case *Like:
		r.exprs(at, e.X, e.Pattern)
	case *Case:
		for _, w := range e.Whens {
			r.exprs(at, w.If, w.Then)
		}
		r.expr(e.Else, at)
	case *Cast:
		r.expr(e.X, at)
	case *Collate:
		r.expr(e.X, at)
	case *Call:
		r.call(e, at)
	case *Scalar:
		r.width(e.Query, at, 1)
	case *Interval:
		r.expr(e.N, at)
	default:
		r.fail(BadShape, "")
	}
}

func (r *resolver) exprs(at *place, xs ...Expr) {
	for _, x := range xs {
		r.expr(x, at)
	}
}

// width resolves a subquery that must have so many columns.
func (r *resolver) width(q *Query, at *place, columns int) {
	if cols := r.query(q, at.scope, at.ctes); len(cols) != columns {
		r.fail(BadShape, "subquery")
	}
}

// tupleWidth is how many values x is: those of a call of tuple, else one.
func tupleWidth(x Expr) int {
	if c, ok := x.(*Call); ok && strings.EqualFold(c.Name, "tuple") {
		return len(c.Args)
	}
	return 1
}

// call checks the place of a call. Its form was checked when it was parsed, and
// is checked again when it is printed.
func (r *resolver) call(c *Call, at *place) {
	f, ok := r.syn.Functions[strings.ToLower(c.Name)]
	if !ok {
		r.fail(UnknownFunction, c.Name)
	}
	inner := at
	switch {
	case c.Over != nil:
		if !at.window {
			r.fail(MisplacedCall, c.Name)
		}
		inner = at.inside(at.aggregate)
	case f.Kind == Aggregate:
		if !at.aggregate {
			r.fail(MisplacedCall, c.Name)
		}
		inner = at.inside(false)
	}
	r.exprs(inner, c.Params...)
	r.exprs(inner, c.Args...)
	for _, o := range c.Within {
		r.expr(o.Expr, inner)
	}
	if c.Over == nil {
		return
	}
	r.exprs(inner, c.Over.Partition...)
	for _, o := range c.Over.Order {
		r.expr(o.Expr, inner)
	}
}

// column resolves a column and qualifies it when it was bare. A bare name is
// looked for in the innermost scope alone: reaching outside needs a qualifier.
func (r *resolver) column(c *Col, at *place) {
	if c.Table == "" {
		r.bareColumn(c, at)
		return
	}
	for sc := at.scope; sc != nil; sc = sc.outer {
		for _, s := range sc.sources {
			if s.name != c.Table {
				continue
			}
			if !slices.Contains(s.columns, c.Name) {
				r.fail(UnknownColumn, c.Name)
			}
			return
		}
	}
	r.fail(UnknownTable, c.Table)
}

func (r *resolver) bareColumn(c *Col, at *place) {
	output := at.names != inputOnly && slices.Contains(at.scope.output, c.Name)
	if output && at.names == outputFirst {
		return
	}
	found := ""
	for _, s := range at.scope.sources {
		if !slices.Contains(s.columns, c.Name) {
			continue
		}
		if found != "" {
			r.fail(NameCollision, c.Name)
		}
		found = s.name
	}
	switch {
	case found == "" && !output:
		r.fail(UnknownColumn, c.Name)
	case found != "" && output && !at.scope.bare[c.Name]:
		r.fail(NameCollision, c.Name)
	}
	c.Table = found
}
