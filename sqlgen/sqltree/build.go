package sqltree

import "strconv"

// And joins the terms that are not nil; no term gives nil, one gives itself, and
// terms that are themselves AND are flattened.
func And(terms ...Expr) Expr { return logic(false, terms) }

// Or is And with OR.
func Or(terms ...Expr) Expr { return logic(true, terms) }

func logic(or bool, terms []Expr) Expr {
	var flat []Expr
	for _, t := range terms {
		if t == nil {
			continue
		}
		if l, ok := t.(*Logic); ok && l.Or == or {
			flat = append(flat, l.Terms...)
			continue
		}
		flat = append(flat, t)
	}
	switch len(flat) {
	case 0:
		return nil
	case 1:
		return flat[0]
	}
	return &Logic{Or: or, Terms: flat}
}

// Op is the Binary of two operands.
func Op(op BinaryOp, l, r Expr) Expr { return &Binary{Op: op, L: l, R: r} }

// C is the column name of the source alias.
func C(alias, name string) Expr { return &Col{Table: alias, Name: name} }

// Bind is a bound argument.
func Bind(v any) Expr { return &Arg{Value: v} }

// Int is a number literal.
func Int(n int64) Expr { return &Lit{Kind: Number, Text: strconv.FormatInt(n, 10)} }

// Text is a string literal. Use it for what the compiler itself spells, moments
// included, never for another value of a question or a model.
func Text(s string) Expr { return &Lit{Kind: String, Text: s} }

// NullLit is the literal NULL.
func NullLit() Expr { return &Lit{Kind: Null} }

// Fn calls a function of the dialect's list.
func Fn(name string, args ...Expr) *Call { return &Call{Name: name, Args: args} }

// Negate is NOT x.
func Negate(x Expr) Expr { return &Unary{Op: Not, X: x} }
