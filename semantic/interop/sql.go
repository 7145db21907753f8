package interop

import (
	"strconv"
	"strings"

	"wenshu/semantic"
)

// sqlReader parses one SQL expression into semantic's tree. What names and
// templates mean is said by whoever asks.
type sqlReader struct {
	tokens []sqlToken
	at     int
	depth  int
	// name resolves a dotted name that begins at a byte.
	name func(path []string, at int) (semantic.Expr, error)
	// template resolves the inside of a template; nil refuses them. A path that
	// follows it behind a point belongs to it.
	template func(inside string, path []string, at int) (semantic.Expr, error)
	// rows is the table that count(*) counts; nil refuses it.
	rows func(at int) (semantic.Expr, error)
	// known recognises an aggregate that the query line has in a shorter form; nil
	// knows none.
	known func(semantic.Call) (semantic.Expr, bool)
	// isTime reports whether an expression is a moment; nil knows none.
	isTime func(semantic.Expr) bool
}

// parse reads the whole text.
func (r *sqlReader) parse(text string, single bool) (semantic.Expr, error) {
	tokens, err := lexSQL(text, single)
	if err != nil {
		return nil, err
	}
	r.tokens, r.at = tokens, 0
	e, err := r.or()
	if err != nil {
		return nil, err
	}
	if t := r.peek(); t.kind != sqlEnd {
		return nil, faultAt(t.at, "%q where the expression should end", t.text)
	}
	return shortened(e), nil
}

// shortened takes the guard off denominators: no quotient of the query line is
// over zero.
func shortened(e semantic.Expr) semantic.Expr {
	return semantic.Rewrite(e, func(x semantic.Expr) semantic.Expr {
		b, ok := x.(semantic.Binary)
		if !ok || b.Op != semantic.Div {
			return nil
		}
		if c, ok := b.R.(semantic.Call); ok && c.Func == "nullif" && len(c.Args) == 2 {
			if zero, ok := c.Args[1].(semantic.Lit); ok && zero.Value.IsNumber() && zero.Value.String() == "0" {
				return semantic.Binary{Op: semantic.Div, L: shortened(b.L), R: shortened(c.Args[0])}
			}
		}
		return nil
	})
}

func (r *sqlReader) peek() sqlToken { return r.tokens[min(r.at, len(r.tokens)-1)] }

func (r *sqlReader) next() sqlToken {
	t := r.peek()
	r.at++
	return t
}

func (r *sqlReader) word(words ...string) bool {
	for i, w := range words {
		if r.at+i >= len(r.tokens) || !r.tokens[r.at+i].word(w) {
			return false
		}
	}
	r.at += len(words)
	return true
}

func (r *sqlReader) symbol(s string) bool {
	if r.peek().is(s) {
		r.at++
		return true
	}
	return false
}

func (r *sqlReader) expect(s string) error {
	if !r.symbol(s) {
		return faultAt(r.peek().at, "%q where %q should stand", r.peek().text, s)
	}
	return nil
}

func (r *sqlReader) or() (semantic.Expr, error) {
	if r.depth++; r.depth > maxSQLDepth {
		return nil, faultAt(r.peek().at, "an expression deeper than %d levels", maxSQLDepth)
	}
	defer func() { r.depth-- }()
	return r.chain(r.and, map[string]semantic.Op{"or": semantic.Or}, true)
}

func (r *sqlReader) and() (semantic.Expr, error) {
	return r.chain(r.not, map[string]semantic.Op{"and": semantic.And}, true)
}

// chain reads operands between operators of one level, left to right.
func (r *sqlReader) chain(operand func() (semantic.Expr, error), ops map[string]semantic.Op, words bool) (semantic.Expr, error) {
	l, err := operand()
	for err == nil {
		t := r.peek()
		op, ok := ops[strings.ToLower(t.text)]
		if !ok || words != (t.kind == sqlWord) || !words && t.kind != sqlSymbol {
			break
		}
		r.at++
		var right semantic.Expr
		if right, err = operand(); err == nil {
			l = semantic.Binary{Op: op, L: l, R: right}
		}
	}
	return l, err
}

func (r *sqlReader) not() (semantic.Expr, error) {
	if !r.word("not") {
		return r.test()
	}
	if r.depth++; r.depth > maxSQLDepth {
		return nil, faultAt(r.peek().at, "an expression deeper than %d levels", maxSQLDepth)
	}
	defer func() { r.depth-- }()
	x, err := r.not()
	return semantic.Unary{Op: semantic.Not, X: x}, err
}

var comparisons = map[string]semantic.Op{"=": semantic.Eq, "<>": semantic.Ne, "!=": semantic.Ne,
	"<": semantic.Lt, "<=": semantic.Le, ">": semantic.Gt, ">=": semantic.Ge}

func (r *sqlReader) test() (semantic.Expr, error) {
	x, err := r.sum()
	if err != nil {
		return nil, err
	}
	t := r.peek()
	if op, ok := comparisons[t.text]; ok && t.kind == sqlSymbol {
		r.at++
		y, err := r.sum()
		return r.compared(semantic.Binary{Op: op, L: x, R: y}), err
	}
	if r.word("is") {
		return r.is(x)
	}
	not := r.word("not")
	switch {
	case r.word("in"):
		return r.in(x, not)
	case r.word("between"):
		lo, err := r.sum()
		if err != nil {
			return nil, err
		}
		if !r.word("and") {
			return nil, faultAt(r.peek().at, "between without and")
		}
		hi, err := r.sum()
		b := semantic.Between{X: x, Lo: lo, Hi: hi, Not: not}
		b.Lo, b.Hi = r.dated(x, b.Lo), r.dated(x, b.Hi)
		return b, err
	case r.word("like"):
		return r.like(x, not, true)
	case r.word("ilike"):
		return r.like(x, not, false)
	case not:
		return nil, faultAt(r.peek().at, "%q behind not", r.peek().text)
	}
	return x, nil
}

func (r *sqlReader) is(x semantic.Expr) (semantic.Expr, error) {
	not := r.word("not")
	switch {
	case r.word("null"):
		return semantic.IsNull{X: x, Not: not}, nil
	case r.word("true"), r.word("false"):
		want := r.tokens[r.at-1].word("true")
		e := semantic.Expr(semantic.Binary{Op: semantic.Eq, L: x, R: semantic.Lit{Value: semantic.BoolValue(want)}})
		if not {
			e = semantic.Binary{Op: semantic.Or, L: semantic.IsNull{X: x}, R: semantic.Binary{Op: semantic.Eq, L: x, R: semantic.Lit{Value: semantic.BoolValue(!want)}}}
		}
		return e, nil
	}
	return nil, faultAt(r.peek().at, "is %s", r.peek().text)
}

func (r *sqlReader) in(x semantic.Expr, not bool) (semantic.Expr, error) {
	if err := r.expect("("); err != nil {
		return nil, err
	}
	in := semantic.In{X: x, Not: not}
	for {
		t := r.peek()
		e, err := r.sum()
		if err != nil {
			return nil, err
		}
		lit, ok := r.dated(x, e).(semantic.Lit)
		if !ok || lit.Value.IsNull() {
			return nil, faultAt(t.at, "a list that holds more than constants")
		}
		in.List = append(in.List, lit)
		if r.symbol(")") {
			return in, nil
		}
		if err := r.expect(","); err != nil {
			return nil, err
		}
	}
}

// like carries the patterns that begin, end or contain; the query line's own
// test ignores the case of ASCII letters, so that only ilike is exact.
func (r *sqlReader) like(x semantic.Expr, not, cased bool) (semantic.Expr, error) {
	t := r.next()
	if t.kind != sqlString {
		return nil, faultAt(t.at, "like with something else than a constant")
	}
	pattern, starts, ends := t.text, false, false
	if strings.HasSuffix(pattern, "%") {
		pattern, starts = strings.TrimSuffix(pattern, "%"), true
	}
	if strings.HasPrefix(pattern, "%") {
		pattern, ends = strings.TrimPrefix(pattern, "%"), true
	}
	if strings.ContainsAny(pattern, "%_\\") || pattern == "" {
		return nil, faultAt(t.at, "the pattern %q", t.text)
	}
	if cased && strings.ToLower(pattern) != strings.ToUpper(pattern) {
		return nil, faultAt(t.at, "like tells upper from lower case, the tests of the query line do not")
	}
	m := semantic.Match{X: x, Pattern: pattern, Not: not}
	switch {
	case starts && ends:
		m.How = semantic.Contains
	case starts:
		m.How = semantic.Starts
	case ends:
		m.How = semantic.Ends
	default:
		return nil, faultAt(t.at, "like without a wildcard")
	}
	return m, nil
}

// compared turns a text beside a time into a moment.
func (r *sqlReader) compared(b semantic.Binary) semantic.Expr {
	b.R = r.dated(b.L, b.R)
	b.L = r.dated(b.R, b.L)
	return b
}

func (r *sqlReader) dated(beside, e semantic.Expr) semantic.Expr {
	lit, ok := e.(semantic.Lit)
	if !ok || lit.Value.Kind() != semantic.Text || r.isTime == nil || !r.isTime(beside) {
		return e
	}
	if v, ok := momentOf(lit.Value.Text()); ok {
		return semantic.Lit{Value: v}
	}
	return e
}

func (r *sqlReader) sum() (semantic.Expr, error) {
	return r.chain(r.product, map[string]semantic.Op{"+": semantic.Add, "-": semantic.Sub}, false)
}

func (r *sqlReader) product() (semantic.Expr, error) {
	return r.chain(r.unary, map[string]semantic.Op{"*": semantic.Mul, "/": semantic.Div}, false)
}

func (r *sqlReader) unary() (semantic.Expr, error) {
	if r.depth++; r.depth > maxSQLDepth {
		return nil, faultAt(r.peek().at, "an expression deeper than %d levels", maxSQLDepth)
	}
	defer func() { r.depth-- }()
	if r.symbol("+") {
		return r.unary()
	}
	if r.symbol("-") {
		x, err := r.unary()
		if lit, ok := x.(semantic.Lit); ok && lit.Value.IsNumber() {
			if v, bad := semantic.ParseDecimal("-" + lit.Value.String()); bad == nil {
				return semantic.Lit{Value: v}, err
			}
		}
		return semantic.Unary{Op: semantic.Negate, X: x}, err
	}
	x, err := r.primary()
	for err == nil && r.symbol("::") {
		x, err = r.castTo(x)
	}
	return x, err
}

func (r *sqlReader) primary() (semantic.Expr, error) {
	t := r.next()
	switch t.kind {
	case sqlNumber:
		return numberOf(t)
	case sqlString:
		return semantic.Lit{Value: semantic.TextValue(t.text)}, nil
	case sqlTemplate:
		if r.template == nil {
			return nil, faultAt(t.at, "a template")
		}
		path, err := r.path(nil)
		if err != nil {
			return nil, err
		}
		return r.template(t.text, path, t.at)
	case sqlSymbol:
		if t.text == "(" {
			x, err := r.or()
			if err != nil {
				return nil, err
			}
			return x, r.expect(")")
		}
	case sqlQuoted:
		return r.named(t)
	case sqlWord:
		return r.wordly(t)
	case sqlEnd:
		return nil, faultAt(t.at, "an expression that ends too early")
	}
	return nil, faultAt(t.at, "%q", t.text)
}

func numberOf(t sqlToken) (semantic.Expr, error) {
	if n, err := strconv.ParseInt(t.text, 10, 64); err == nil {
		return semantic.Lit{Value: semantic.IntValue(n)}, nil
	}
	v, err := semantic.ParseDecimal(strings.TrimSuffix(t.text, "."))
	if err != nil {
		return nil, faultAt(t.at, "the number %s", clip(t.text))
	}
	return semantic.Lit{Value: v}, nil
}

// wordly reads what begins with a word: a constant, a case, a cast, a function
// or a name.
func (r *sqlReader) wordly(t sqlToken) (semantic.Expr, error) {
	switch strings.ToLower(t.text) {
	case "true", "false":
		return semantic.Lit{Value: semantic.BoolValue(t.word("true"))}, nil
	case "null":
		return semantic.Lit{Value: semantic.NullValue}, nil
	case "case":
		return r.caseOf(t)
	case "date", "timestamp":
		if s := r.peek(); s.kind == sqlString {
			r.at++
			if v, ok := momentOf(s.text); ok {
				return semantic.Lit{Value: v}, nil
			}
			return nil, faultAt(s.at, "the moment %q", s.text)
		}
	case "interval", "exists", "select", "with", "array", "distinct":
		return nil, faultAt(t.at, "%s", strings.ToLower(t.text))
	}
	if r.peek().is("(") {
		return r.call(t)
	}
	return r.named(t)
}

func (r *sqlReader) named(t sqlToken) (semantic.Expr, error) {
	path, err := r.path([]string{t.text})
	if err != nil {
		return nil, err
	}
	if r.peek().is("(") {
		return nil, faultAt(t.at, "the function %s", strings.Join(path, "."))
	}
	return r.name(path, t.at)
}

// path reads on behind points.
func (r *sqlReader) path(path []string) ([]string, error) {
	for r.symbol(".") {
		t := r.next()
		if t.kind != sqlWord && t.kind != sqlQuoted {
			return nil, faultAt(t.at, "%q behind a point", t.text)
		}
		path = append(path, t.text)
	}
	return path, nil
}

func (r *sqlReader) caseOf(t sqlToken) (semantic.Expr, error) {
	var subject semantic.Expr
	var err error
	if !r.peek().word("when") {
		if subject, err = r.or(); err != nil {
			return nil, err
		}
	}
	c := semantic.Case{}
	for r.word("when") {
		w := semantic.When{}
		if w.If, err = r.or(); err != nil {
			return nil, err
		}
		if subject != nil {
			w.If = r.compared(semantic.Binary{Op: semantic.Eq, L: subject, R: w.If})
		}
		w.If = trueWhen(w.If)
		if !r.word("then") {
			return nil, faultAt(r.peek().at, "case without then")
		}
		if w.Then, err = r.or(); err != nil {
			return nil, err
		}
		c.Whens = append(c.Whens, w)
	}
	if r.word("else") {
		if c.Else, err = r.or(); err != nil {
			return nil, err
		}
		if lit, ok := c.Else.(semantic.Lit); ok && lit.Value.IsNull() {
			c.Else = nil
		}
	}
	if !r.word("end") || len(c.Whens) == 0 {
		return nil, faultAt(t.at, "case without an end")
	}
	return c, nil
}
