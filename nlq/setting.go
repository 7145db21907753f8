package nlq

// dropSetting drops a clause that only says where to look, 在各公司每个品牌的收入
// 排名中，: it names entities and columns and tests nothing. What is asked for
// stands behind it.
func (s *sentence) dropSetting() {
	end := s.settingEnd()
	if end < 0 {
		return
	}
	asks := false
	for _, n := range s.nodes[:end] {
		switch n.means.(type) {
		case thing, measure:
			asks = true
		case GroupMark, Rank, Glue, Linker, Grained, Equals, Verb:
		default:
			return
		}
	}
	if !asks {
		return
	}
	for _, n := range s.nodes[end:] {
		switch n.means.(type) {
		case thing, measure:
			s.nodes = s.nodes[end:]
			s.sharedAggregates()
			return
		}
	}
}

// settingEnd returns the first node behind an opening 在…中，; -1 where the
// question does not open so.
func (s *sentence) settingEnd() int {
	if s.text.At(0).Norm != "在" {
		return -1
	}
	for i := range s.nodes {
		link, ok := as[Linker](s.nodes[i])
		if !ok || link.How != CommaLink {
			continue
		}
		if last := s.text.At(s.nodes[i].from - 1).Norm; last == "中" || last == "里" {
			return i + 1
		}
		return -1
	}
	return -1
}

// sharedAggregates reads 给出每个公司，以及各品牌的最大占比 behind such a clause: the
// second entity only says what is aggregated, for each of the first.
func (s *sentence) sharedAggregates() {
	for i := 1; i+3 < len(s.nodes); i++ {
		each, ok := as[GroupMark](s.nodes[i])
		if !ok || !each.Each || !is[Linker](s, i-1) || !s.eachBefore(i) {
			continue
		}
		_, named := s.thingAt(i + 1)
		g, glued := s.glue(i + 2)
		if !named || !glued || g.How != Has {
			continue
		}
		switch s.nodes[i+3].means.(type) {
		case Agg, Top:
			s.nodes = append(s.nodes[:i], s.nodes[i+3:]...)
		}
	}
}

func (s *sentence) eachBefore(i int) bool {
	for _, n := range s.nodes[:i] {
		if g, ok := as[GroupMark](n); ok && g.Each {
			return true
		}
	}
	return false
}
