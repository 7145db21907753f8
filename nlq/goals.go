package nlq

import "wenshu/semantic"

// goal says of a rate of completion whether all was done: 没完成目标, 达标.
type goal struct {
	metric *semantic.Metric
	met    bool
}

// enterGoals adds the words for having reached, or not, what a rate is about:
// 没完成目标 and 未达标 of 目标完成率.
func (v *vocabulary) enterGoals(m *semantic.Metric) {
	if m.Format.Style != "percent" {
		return
	}
	for _, text := range append([]string{m.Names.Label.ZH}, m.Names.Synonyms...) {
		norms := v.enterText(text)
		n := len(norms) - 3
		if n < 2 || norms[n+2] != "率" || !doneActs[norms[n]+norms[n+1]] {
			continue
		}
		of, done := joinNorms(norms[:n]), norms[n]+norms[n+1]
		if done == "执行" {
			continue
		}
		for _, no := range []string{"没", "没有", "未", "未能", "没能"} {
			v.goals.Add(no+done+of, goal{m, false})
			v.goals.Add(of+no+done, goal{m, false})
		}
		v.goals.Add(done+"了"+of, goal{m, true})
		if of != "目标" {
			continue
		}
		for _, no := range []string{"没", "没有", "未", "不", "未能", "没能"} {
			v.goals.Add(no+"达标", goal{m, false})
		}
		for _, met := range []string{"达标的", "达标了", "已达标", "都达标"} {
			v.goals.Add(met, goal{m, true})
		}
	}
}

// gapsOfGoals reads 没完成目标的大区各差多少: what is asked is how much is missing to
// the goal.
func (s *sentence) gapsOfGoals() {
	var of *goal
	for i := 0; i < len(s.nodes); i++ {
		switch m := s.nodes[i].means.(type) {
		case goal:
			of = &m
		case Difference:
			if of == nil || of.met || m.Between {
				continue
			}
			s.nodes[i].means = s.r.gapTo(of.metric)
			if g, ok := s.groupMarkAt(i - 1); ok && g.Each {
				s.drop(i - 1)
				i--
			}
		}
	}
}

func (s *sentence) groupMarkAt(i int) (GroupMark, bool) {
	if i < 0 {
		return GroupMark{}, false
	}
	return as[GroupMark](s.nodes[i])
}

// gapTo is what a rate's numerator misses to its denominator: by the metric that is
// declared so.
func (r *Reader) gapTo(rate *semantic.Metric) measure {
	parts, ok := rate.Expr.(semantic.Binary)
	if !ok || parts.Op != semantic.Div {
		return measure{metric: rate}
	}
	for _, m := range r.model.Metrics {
		if gap, ok := m.Expr.(semantic.Binary); ok && gap.Op == semantic.Sub &&
			semantic.ExprString(gap.L) == semantic.ExprString(parts.R) && semantic.ExprString(gap.R) == semantic.ExprString(parts.L) {
			return measure{metric: m}
		}
	}
	return measure{metric: rate}
}
