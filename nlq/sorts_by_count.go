package nlq

// sortsByCount reports whether a sort at node i is by a bare number of rows that 按 says, which
// is counted later and is the measure at hand then: 停机原因按次数排序, 退款原因排个序，按笔数.
func (s *sentence) sortsByCount(i int) bool {
	for j := max(i-2, 0); j < min(i+4, len(s.nodes)); j++ {
		if c, ok := as[Count](s.nodes[j]); ok && c.Before && !c.Distinct && sortedBy[s.normAt(s.nodes[j].from-1)] {
			return true
		}
	}
	return false
}

// sortedBy are the words right before what something is sorted by.
var sortedBy = setOf("按 照 据")
