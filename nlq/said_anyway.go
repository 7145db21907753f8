package nlq

// sumsAnyway reports whether the word for a sum at node i says what is done anyway: of the
// first ten taken together before a share, 前10的客户加起来占总运费的比例, and behind what
// results are split by, 按门店汇总.
func (s *sentence) sumsAnyway(i int) bool {
	if is[Share](s, i+1) && i > 0 {
		return true
	}
	t, ok := s.thingAt(i - 1)
	return ok && t.has(markBy) && s.touches(i-1, i)
}

// ofAllCompared reports whether the entity at node j only says that what its rows are
// compared with is of them all: 人均GDP高于所有城市的平均水平.
func (s *sentence) ofAllCompared(j int) bool {
	all, ok := s.thingAt(j)
	if !ok || all.table == nil && (all.dim == nil || !isDisplay(all.dim)) || all.marks != 0 || !is[Compare](s, j-1) {
		return false
	}
	tested, ok := s.thingAt(s.skip(j-2, -1))
	return ok && tested.dim != nil && isMeasurable(tested.dim) && tested.dim.Table == all.home()
}
