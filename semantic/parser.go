package semantic

import "unicode/utf8"

const (
	maxQueryBytes = 16 << 10
	maxDepth      = 64
)

// parser reads a text token by token. The first problem is kept and ends the
// text for the rest of the parser, so that no step needs to look for it.
type parser struct {
	text      string
	tok       token
	depth     int
	deepest   int
	onePeriod bool // among arguments, where a comma ends the periods of a test
	problem   *Problem
}

func newParser(text string) *parser {
	p := &parser{text: text}
	switch {
	case len(text) > maxQueryBytes:
		p.fail(TooLong, Span{maxQueryBytes, len(text)}, "")
	case !utf8.ValidString(text):
		p.fail(SyntaxError, invalidSpan(text), "character")
	default:
		p.next()
		if p.tok.kind == atEnd {
			p.fail(EmptyQuery, Span{}, "")
		}
	}
	return p
}

// invalidSpan is the first byte that is not UTF-8.
func invalidSpan(text string) Span {
	at := 0
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return Span{at, at + 1}
}

func tooLong(text string) error {
	return Problems{{Code: TooLong, Span: Span{0, len(text)}}}
}

func (p *parser) next() {
	if p.problem != nil {
		return
	}
	p.tok = scan(p.text, p.tok.end)
	if p.tok.kind == badToken {
		p.fail(SyntaxError, Span{p.tok.start, p.tok.end}, p.tok.text)
	}
}

// fail keeps the first problem and ends the text.
func (p *parser) fail(code Code, span Span, detail string, near ...string) {
	if p.problem == nil {
		p.problem = &Problem{Code: code, Span: span, Detail: detail, Near: near}
		if span.End <= len(p.text) {
			p.problem.Name = p.text[span.Start:span.End]
		}
		if len(p.problem.Name) > 64 {
			p.problem.Name = ""
		}
	}
	p.tok = token{kind: atEnd, start: len(p.text), end: len(p.text)}
}

// expected fails at the current token: what should stand there, and the legal
// words, of which the nearest are suggested.
func (p *parser) expected(what string, legal ...string) {
	var near []string
	if p.tok.kind == bareWord {
		near = nearest(p.tok.text, legal)
	}
	p.fail(SyntaxError, Span{p.tok.start, p.tok.end}, what, near...)
}

// finish wants the end of the text and returns the problem, if any.
func (p *parser) finish(legal ...string) error {
	if p.problem == nil && p.tok.kind != atEnd {
		p.expected("end", legal...)
	}
	if p.problem != nil {
		return Problems{*p.problem}
	}
	return nil
}

// whole reads the whole text with a step and returns the problem, if any.
func (p *parser) whole(step func(*parser)) error {
	step(p)
	return p.finish()
}

// nearLimits reports whether the printed form, which may be a little longer or
// deeper than what was read, could break a limit.
func (p *parser) nearLimits() bool {
	return len(p.text) > maxQueryBytes/8 || p.deepest > maxDepth-4
}

// enter goes one level deeper and reports whether that is allowed; leave comes
// back.
func (p *parser) enter() bool {
	p.depth++
	p.deepest = max(p.deepest, p.depth)
	if p.depth > maxDepth {
		p.fail(TooLong, Span{p.tok.start, p.tok.end}, "depth")
	}
	return p.depth <= maxDepth
}

func (p *parser) leave() { p.depth-- }

// takeWord goes on when the keyword stands here.
func (p *parser) takeWord(w string) bool {
	if !p.tok.word(w) {
		return false
	}
	p.next()
	return true
}

// take goes on when the symbol stands here.
func (p *parser) take(s string) bool {
	if !p.tok.is(s) {
		return false
	}
	p.next()
	return true
}

func (p *parser) want(s string) {
	if !p.take(s) {
		p.expected(s)
	}
}

func (p *parser) wantWord(w string) {
	if !p.takeWord(w) {
		p.expected(w, w)
	}
}

// ident reads one name that is no keyword.
func (p *parser) ident() string {
	if !p.tok.name() || p.tok.kind == bareWord && isKeyword[p.tok.text] {
		p.expected("name")
		return ""
	}
	s := p.tok.text
	p.next()
	return s
}

// dotted reads a name of one or more parts. Behind a point keywords are names.
func (p *parser) dotted() Name {
	path := []string{p.ident()}
	for p.take(".") {
		if !p.tok.name() {
			p.expected("name")
			break
		}
		path = append(path, p.tok.text)
		p.next()
	}
	return Name{path}
}

// within reads with periods in a list again, as inside parentheses, or one at
// a time, as among arguments.
func (p *parser) within(onePeriod bool, step func()) {
	outer := p.onePeriod
	p.onePeriod = onePeriod
	step()
	p.onePeriod = outer
}
