package nlq

import "slices"

// orderedFirst reads a superlative, what it is of and "first", where that closes a clause,
// as an order of all rows: biggest total first, most passengers first.
func (s *sentence) orderedFirst() {
	for i := 0; i < len(s.nodes); i++ {
		top, ok := as[Top](s.nodes[i])
		if !ok || top.N != 0 || top.Nth || top.Rows {
			continue
		}
		last := i + 1
		for last < len(s.nodes) && last < i+4 && !is[Top](s, last) && !is[Linker](s, last) {
			last++
		}
		first, ok := s.topAt(last)
		if !ok || last == i+1 || !first.Rows || first.N != 0 || s.text.Norm(s.nodes[last].from, s.nodes[last].end) != "first" || last+1 < len(s.nodes) && !is[Linker](s, last+1) {
			continue
		}
		s.nodes[i].means = Order{Mark: true, Given: true, Desc: top.Desc}
		s.nodes = slices.Delete(s.nodes, last, last+1)
	}
}

// includedToo drops what is said to be there as well, behind a comma: it leaves nothing
// out. The sailings of each month, including the cancelled ones.
func (s *sentence) includedToo() {
	for i := 0; i+1 < len(s.nodes); i++ {
		if !is[members](s, i+1) && !is[phrased](s, i+1) || !s.saysIncluding(i) {
			continue
		}
		end := s.nodes[i+1].end
		ones := s.text.At(end).Norm == "ones" || s.text.At(s.nodes[i].from-1).Norm == ","
		if ones && (i+2 == len(s.nodes) || is[Linker](s, i+2) || is[Chart](s, i+2) || is[GroupMark](s, i+2)) {
			s.nodes = slices.Delete(s.nodes, i, i+2)
			return
		}
	}
}

// saysIncluding reports whether node i ends with "including".
func (s *sentence) saysIncluding(i int) bool {
	return is[Linker](s, i) && s.text.At(s.nodes[i].end-1).Norm == "including"
}
