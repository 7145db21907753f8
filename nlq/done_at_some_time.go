package nlq

// doneAtSomeTime reads 签收的运单有多少: what is done to rows at a date of theirs that not all
// have, said before them and of no period, is said of those that have it.
func (s *sentence) doneAtSomeTime(i int, t thing) bool {
	if t.dim == nil || !isTime(t.dim) || t.via != "" || t.marks != 0 || t.dim == t.dim.Table.Time || !s.actOfDate(i, t.dim) || s.saysPeriod() {
		return false
	}
	if is[Negation](s, i-1) || s.deniesHaving(i-1) {
		return false // 没有归还的借阅
	}
	noun := i + 1
	if g, ok := s.glue(noun); ok && g.How == Has {
		noun++
	}
	rows, ok := s.thingAt(noun)
	if !ok || rows.table != t.dim.Table || rows.via != "" || s.nodes[noun].from > s.nodes[i].end+1 {
		return false
	}
	s.draft.conditions = append(s.draft.conditions, condition{dim: t.dim, from: s.nodes[i].from, test: isThere})
	s.nodes = append(s.nodes[:i], s.nodes[noun:]...)
	return true
}
