package nlq

import (
	"slices"

	"wenshu/semantic"
)

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
	v.enterEnglishGoals(m)
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

// enterEnglishGoals adds "hit the target" and "missed its target" of target
// achievement.
func (v *vocabulary) enterEnglishGoals(m *semantic.Metric) {
	for _, text := range append([]string{m.Names.Label.EN}, m.Names.Synonyms...) {
		norms := v.enterText(text)
		n := len(norms)
		if n > 1 && norms[n-1] == "rate" {
			n--
		}
		if n != 2 || !achievements[norms[1]] {
			continue
		}
		for _, of := range []string{norms[0], norms[0] + "s"} {
			for _, whose := range []string{"", "the ", "its ", "their ", "our ", "his ", "her ", "my ", "your "} {
				for _, verb := range reaching {
					v.goals.Add(verb+" "+whose+of, goal{m, true})
				}
				for _, verb := range missing {
					v.goals.Add(verb+" "+whose+of, goal{m, false})
				}
			}
		}
	}
}

// achievements close the names of rates of completion: target achievement, plan
// fulfilment.
var achievements = map[string]bool{"achievement": true, "attainment": true, "fulfilment": true, "fulfillment": true, "completion": true}

// reaching and missing are what one does with a goal.
var (
	reaching = []string{
		"hit", "hits", "hitting", "met", "meet", "meets", "meeting", "reached", "reach", "reaches", "reaching", "made", "make", "makes", "achieved", "achieve", "achieves",
		"beat", "beats", "exceeded", "exceed", "exceeds", "surpassed", "attained", "above", "ahead of", "over",
	}
	missing = []string{
		"missed", "miss", "misses", "missing", "did not hit", "didn ' t hit", "did not meet", "didn ' t meet", "did not reach", "didn ' t reach", "did not make", "didn ' t make",
		"failed to hit", "failed to meet", "failed to reach", "fail to meet", "fell short of", "fall short of", "falls short of", "short of", "behind", "below", "under", "not hitting", "not meeting", "never hit", "never met",
	}
)

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
			if g, ok := s.groupMark(i - 1); ok && g.Each {
				s.drop(i - 1)
				i--
			}
		}
	}
}

// askGoal reads whether a goal was met where it is asked of all that is named: did
// the east hit its target. The rate is the answer, and says yes or no.
func (s *sentence) askGoal(i int, g goal) bool {
	if !s.draft.exists || s.draft.valued || slices.ContainsFunc(s.nodes, func(n node) bool {
		t, ok := n.means.(thing)
		return ok && !t.timed || is[measure](s, s.nodeAt(n.from))
	}) {
		return false
	}
	s.draft.goal = MissedGoal
	if g.met {
		s.draft.goal = MetGoal
	}
	s.nodes[i].means = measure{metric: g.metric}
	return true
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
