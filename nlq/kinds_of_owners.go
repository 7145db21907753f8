package nlq

// kindsOfOwners drops an entity that only says whose kind is asked for, before a number of
// the whole kind: 哪些行业的客户平均订单金额超过500 asks for 行业 and for no 客户.
func (s *sentence) kindsOfOwners() {
	for i := 0; i+3 < len(s.nodes); i++ {
		kind, ok := s.thingAt(i)
		owner, owned := s.thingAt(i + 2)
		if !ok || !owned || kind.dim == nil || kind.timed || kind.dim.Of != nil || isDisplay(kind.dim) || !kind.has(markWhich) {
			continue
		}
		if g, ok := s.glue(i + 1); !ok || g.How != Has || owner.table != kind.dim.Table || owner.marks != 0 || !s.ofWhole(i+3) {
			continue
		}
		s.drop(i + 2)
		s.drop(i + 1)
	}
}

// ofWhole reports whether node i is, or opens, a number of many rows that counts none.
func (s *sentence) ofWhole(i int) bool {
	switch m := s.nodes[i].means.(type) {
	case Agg, AvgPer:
		return true
	case measure:
		return !s.r.isCount(m)
	}
	return false
}
