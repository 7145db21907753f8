package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// takeText reads a test of a text with its operand.
func (s *sentence) takeText(i int, test TextTest) bool {
	if s.holdsThings(i, test) {
		s.nodes[i].means = Verb{Not: test.Not}
		return false
	}
	lo, hi, pattern := s.textOperand(i, test)
	t, at, ok := s.textSubject(lo, hi)
	if m, joined := s.namedQuote(s.skip(i-1, -1)); joined && test.After {
		t, at, ok = thing{dim: m.dim, via: m.via}, -1, true
	}
	if !ok || pattern == "" || asksInText(pattern) || strings.ContainsAny(pattern, "'\"") && !s.quotedWithin(lo, hi) {
		return false
	}
	if hi+1 < len(s.nodes) && is[unread](s, hi+1) && s.text.At(s.nodes[hi+1].from).Norm == "字" && is[quoted](s, hi) {
		hi++ // 含有“农”字
	}
	if at >= 0 && at < lo {
		lo = at // a column behind the test is shown as well: 姓张的医生的姓名
	}
	s.readAsText(lo, hi)
	s.take(lo, hi, condition{dim: t.dim, via: t.via, test: func(x semantic.Expr) semantic.Expr {
		return semantic.Match{X: x, How: test.How, Pattern: pattern, Not: test.Not}
	}})
	return true
}

// asksInText reports whether what a test would look for is a question word, or goes on
// with one: 里有多少 and 里有没有 look for nothing.
func asksInText(pattern string) bool {
	return slices.ContainsFunc([]string{"多少", "几", "什么", "哪", "谁", "啥", "没"}, func(word string) bool { return strings.HasPrefix(pattern, word) })
}

// holdsThings reports whether "contain" speaks of things and not of a text: orders
// that contain a chair, boxes containing more than two parts.
func (s *sentence) holdsThings(i int, test TextTest) bool {
	j := s.skip(i+1, 1)
	if test.How != semantic.Contains || test.After || j >= len(s.nodes) || s.normAt(s.nodes[i].from) == "名" || s.normAt(s.nodes[j].from-1) == "的" {
		return false
	}
	switch behind := s.nodes[j].means.(type) {
	case Compare:
		return true
	case thing:
		return behind.table != nil
	case members:
		t, _, ok := s.textSubject(i, j)
		return ok && t.dim.Table != behind.dim.Table && s.text.At(s.nodes[j].from).Class == Word
	}
	return false
}

// quotedWithin reports whether a quoted text is one of nodes lo to hi.
func (s *sentence) quotedWithin(lo, hi int) bool {
	return slices.ContainsFunc(s.nodes[lo:hi+1], func(n node) bool { _, ok := n.means.(quoted); return ok })
}

// readAsText remembers the tokens that a test takes as they are.
func (s *sentence) readAsText(lo, hi int) {
	for _, n := range s.nodes[lo : hi+1] {
		if _, ok := n.means.(unread); ok {
			s.texts = append(s.texts, n.from)
		}
	}
}

// textOperand returns the text that a test looks for and the nodes that the
// test and the text take; "" when there is none.
func (s *sentence) textOperand(i int, test TextTest) (lo, hi int, pattern string) {
	if askedDone[s.normAt(s.nodes[i].end)] {
		return i, i, "" // how many matches does each player play looks into no text
	}
	if !test.After && i+1 < len(s.nodes) && !is[quoted](s, i+1) {
		if from, end, last := s.operandTokens(i); from < end {
			return i, last, strings.Trim(s.text.Said(from, end), " \"'“”‘’")
		}
	}
	from, end := s.operand(i, test.After)
	if from == end {
		return i, i, ""
	}
	lo, hi = min(i, from), max(i, end-1)
	if test.After && is[GroupMark](s, lo-1) && s.normAt(s.nodes[lo-1].from) == "以" {
		lo-- // 以“青”开头的, which splits nothing
	}
	return lo, hi, s.operandText(from, end)
}

// operand returns the nodes that hold the text a test looks for.
func (s *sentence) operand(i int, before bool) (from, end int) {
	step := 1
	if before {
		step = -1
	}
	j := i + step
	for j >= 0 && j < len(s.nodes) && (is[Glue](s, j) || is[Equals](s, j)) {
		j += step
	}
	if j < 0 || j >= len(s.nodes) {
		return i, i
	}
	switch s.nodes[j].means.(type) {
	case quoted, members, number:
		return j, j + 1
	case unread:
		k := j
		for k+step >= 0 && k+step < len(s.nodes) && is[unread](s, k+step) && s.touches(k, k+step) {
			k += step
		}
		return min(j, k), max(j, k) + 1
	}
	return i, i
}

// operandTokens returns the tokens of a text that stands right behind a test:
// up to the 的 or the name that goes on.
func (s *sentence) operandTokens(i int) (from, end, last int) {
	from = s.nodes[i].end
	last = i
	for j := i + 1; j < len(s.nodes); j++ {
		switch m := s.nodes[j].means.(type) {
		case unread, number, members:
			last = j
			continue
		case Glue:
			if m.How != Has && j+1 < len(s.nodes) && is[unread](s, j+1) {
				continue
			}
		}
		break
	}
	if last == i {
		return from, from, i
	}
	return from, s.nodes[last].end, last
}

func (s *sentence) operandText(from, end int) string {
	if q, ok := as[quoted](s.nodes[from]); ok {
		return strings.TrimSpace(q.text)
	}
	said := s.text.Said(s.nodes[from].from, s.nodes[end-1].end)
	if m, ok := s.namedQuote(from); ok {
		return m.values[0]
	}
	return strings.TrimSpace(said)
}

// textSubject returns the text dimension that a test between nodes lo and hi is
// about, and its node; -1 when it is implied by an entity.
func (s *sentence) textSubject(lo, hi int) (thing, int, bool) {
	before := s.skip(lo-1, -1)
	for before >= 0 && (is[Relative](s, before) || is[Verb](s, before)) {
		before = s.skip(before-1, -1) // airports that have "Inter" in their name
	}
	for _, j := range []int{before, s.skip(hi+1, 1)} {
		if j < 0 || j >= len(s.nodes) {
			continue
		}
		t, ok := as[thing](s.nodes[j])
		switch {
		case ok && t.dim != nil && t.dim.Type.Kind == semantic.Text:
			return t, j, true
		case ok && t.table != nil && len(t.table.Display) > 0:
			return thing{dim: t.table.Display[0], via: t.via}, -1, true
		}
	}
	return thing{}, -1, false
}

// namedQuote returns the member that a column and a text in quotes behind it were joined
// to: 名称以“青”.
func (s *sentence) namedQuote(i int) (members, bool) {
	m, ok := s.memberAt(i)
	return m, ok && len(m.values) == 1 && s.normAt(s.nodes[i].from) != "\"" && s.normAt(s.nodes[i].end-1) == "\""
}
