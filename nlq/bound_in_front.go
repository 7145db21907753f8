package nlq

// boundInFront reads 至少买过3次的会员 and 至少开设了5个学科的高校 as 买过至少3次 and 开设了至少
// 5个: a bound that stands before a verb is that of the number behind it.
func (s *sentence) boundInFront() {
	for i := 0; i+2 < len(s.nodes); i++ {
		bound, ok := as[Compare](s.nodes[i])
		if !ok || len(bound.Args)+len(bound.Hints) > 0 || bound.After || bound.Apart || s.text.At(s.nodes[i].from).Class != Han || !s.touches(i, i+1) || !s.touches(i+1, i+2) {
			continue
		}
		if v, ok := as[Verb](s.nodes[i+1]); !ok || v.Not {
			continue
		}
		if n, ok := as[number](s.nodes[i+2]); ok && n.Unit != "" {
			bound.Args = []Number{n.Number}
		} else if done, ok := as[Compare](s.nodes[i+2]); ok && len(done.Args) == 1 && len(done.Hints) == 0 && s.normAt(s.nodes[i+2].from) == "过" {
			bound.Args = done.Args // 至少演过4部: done, and no further bound
		} else {
			continue
		}
		s.nodes[i+2].means = bound
		s.drop(i)
	}
}
