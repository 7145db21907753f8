package nlq

// latestOne reads 最近接管的是哪个项目 as the one that came last: one is asked for, and
// not those of some recent days.
func (s *sentence) latestOne() {
	for i, n := range s.nodes {
		if !is[Timed](s, i) || s.text.Norm(n.from, n.end) != "最近" {
			continue
		}
		for j := i + 1; j < len(s.nodes); j++ {
			which, ok := as[Which](s.nodes[j])
			before := s.text.At(s.nodes[j].from - 1).Norm
			if !ok || which.N > 0 || which.What != Who && (which.What != WhichOne || severalWhich[s.text.At(s.nodes[j].end-1).Norm]) || before != "是" && s.text.At(s.nodes[j].from).Norm != "是" {
				continue
			}
			s.nodes[i].means = Top{Desc: true, Hints: []string{"date", "time", "日期", "时间"}, Rows: true}
			return
		}
	}
}

// severalWhich close question words that ask for any number of rows.
var severalWhich = map[string]bool{"些": true, "几": true}
