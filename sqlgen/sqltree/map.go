package sqltree

// mapping rebuilds expressions: each column, call and subquery is what its
// function makes of it, called for the innermost first. What it is given is not
// changed.
type mapping struct {
	column func(*Col) Expr
	call   func(*Call) Expr
	query  func(*Query) *Query
	exists func(*Exists) Expr
}

func (m mapping) exprs(xs []Expr) []Expr {
	if xs == nil {
		return nil
	}
	out := make([]Expr, len(xs))
	for i, x := range xs {
		out[i] = m.expr(x)
	}
	return out
}

// expr rebuilds e, which may be nil.
func (m mapping) expr(e Expr) Expr {
	switch e := e.(type) {
	case *Col:
		return m.column(e)
	case *Unary:
		return &Unary{Op: e.Op, X: m.expr(e.X)}
	case *Binary:
		return &Binary{Op: e.Op, L: m.expr(e.L), R: m.expr(e.R)}
	case *Logic:
		return &Logic{Or: e.Or, Terms: m.exprs(e.Terms)}
	case *IsNull:
		return &IsNull{X: m.expr(e.X), Not: e.Not}
	case *InList:
		return &InList{X: m.expr(e.X), List: m.exprs(e.List), Not: e.Not}
	case *InQuery:
		return &InQuery{X: m.expr(e.X), Query: m.query(e.Query), Not: e.Not}
	case *Exists:
		return m.exists(e)
	case *Between:
		return &Between{X: m.expr(e.X), Lo: m.expr(e.Lo), Hi: m.expr(e.Hi), Not: e.Not}
	case *Like:
		return &Like{X: m.expr(e.X), Pattern: m.expr(e.Pattern), Escape: e.Escape, Not: e.Not}
	case *Case:
		c := &Case{Whens: make([]When, len(e.Whens)), Else: m.expr(e.Else)}
		for i, w := range e.Whens {
			c.Whens[i] = When{If: m.expr(w.If), Then: m.expr(w.Then)}
		}
		return c
	case *Cast:
		return &Cast{X: m.expr(e.X), Type: e.Type}
	case *Collate:
		return &Collate{X: m.expr(e.X), Name: e.Name}
	case *Call:
		c := *e
		c.Params, c.Args, c.Within = m.exprs(e.Params), m.exprs(e.Args), m.orders(e.Within)
		if e.Over != nil {
			c.Over = &Window{Partition: m.exprs(e.Over.Partition), Order: m.orders(e.Over.Order), Frame: e.Over.Frame}
		}
		return m.call(&c)
	case *Scalar:
		return &Scalar{Query: m.query(e.Query)}
	case *Interval:
		return &Interval{N: m.expr(e.N), Unit: e.Unit}
	}
	return e
}

func (m mapping) orders(keys []Order) []Order {
	var out []Order
	for _, k := range keys {
		k.Expr = m.expr(k.Expr)
		out = append(out, k)
	}
	return out
}
