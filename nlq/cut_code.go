package nlq

// cutCode refuses a number whose letters right before it were taken for a word that means
// nothing: the 20260101 of SO20260101 counts no customers.
func (s *sentence) cutCode(n node) {
	at := n.from - 1
	if at < 0 || s.text.At(n.from).Class != Digit || s.text.At(n.from).Spaced || s.text.At(at).Class != Word || len(s.nodes) > 0 && s.nodes[len(s.nodes)-1].end == n.from {
		return
	}
	switch n.means.(type) {
	case number, Compare, BetweenMark:
		s.charge("a code cut in two", costIdle, n)
		s.draft.idle = true
	}
}
