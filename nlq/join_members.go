package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// joinMembers joins lists of members and settles what is excluded: A, B and C;
// 除了A和B以外; not in A.
func (s *sentence) joinMembers() {
	for i := 0; i < len(s.nodes); i++ {
		for s.joinList(i) {
			continue
		}
	}
	for i := 0; i < len(s.nodes); i++ {
		s.exclude(i)
	}
}

func (s *sentence) joinList(i int) bool {
	left, ok := as[members](s.nodes[i])
	if !ok {
		return false
	}
	j, and := i+1, false
	for j < len(s.nodes) {
		link, ok := as[Linker](s.nodes[j])
		if !ok || link.How == ClauseLink {
			break
		}
		and = and || link.How == AndLink
		j++
	}
	if j == i+1 && j < len(s.nodes) && s.spacedFrom(j) {
		and = true // 华东 华南 华北
	}
	if j >= len(s.nodes) {
		return false
	}
	right, ok := as[members](s.nodes[j])
	if !ok || left.not != right.not && right.not || !left.dim.Conforms(right.dim) || left.via != right.via && right.via != "" {
		return false
	}
	for _, v := range right.values {
		if !slices.Contains(left.values, v) {
			left.values = append(slices.Clone(left.values), v)
		}
	}
	left.and = left.and || right.and || and
	s.join(i, j, left)
	return true
}

// spacedFrom reports whether only a space parts a node of Han characters from the one
// before it, as in a list.
func (s *sentence) spacedFrom(i int) bool {
	token := s.text.At(s.nodes[i].from)
	return s.touches(i-1, i) && token.Spaced && token.Class == Han && s.text.At(s.nodes[i-1].end-1).Class == Han
}

// exclude applies a negation to the members next to it.
func (s *sentence) exclude(i int) {
	if i >= len(s.nodes) {
		return
	}
	n, ok := as[Negation](s.nodes[i])
	if !ok {
		return
	}
	at := i + 1
	n.Before = n.Before || s.closesExclusion(i)
	if n.Before {
		at = i - 1
		if g, ok := s.glue(at); ok && g.How == Has && is[members](s, at-1) {
			s.drop(at) // 取消的不算
			i, at = i-1, at-1
		}
	} else {
		for at < len(s.nodes) && (is[Glue](s, at) || is[Equals](s, at)) {
			at++
		}
		at = s.pastParent(at)
	}
	if at < 0 || at >= len(s.nodes) {
		return
	}
	if t, noun := s.thingAt(at); noun && n.Before && t.table != nil && t.marks == 0 && at > 0 {
		if m, ok := s.memberAt(at - 1); ok && s.r.graph.hops(t.table, m.dim.Table) >= 0 {
			s.drop(at) // cancelled shipments excluded
			i, at = i-1, at-1
		}
	}
	m, ok := as[members](s.nodes[at])
	if !ok {
		if n.Before && s.normAt(s.nodes[i].from) == "不" && (is[Glue](s, i-1) || is[Verb](s, i-1)) {
			s.charge("what is left out is not told", costIdle, s.nodes[i])
			s.draft.idle = true // 正在充的不算
		}
		return
	}
	if !n.Before && s.neverDone(i, m) {
		return
	}
	if n.Kept {
		s.nodes = slices.Delete(s.nodes, min(at, i), max(at, i)+1)
		return
	}
	m.not = true
	if !n.Before {
		s.neverThere(at)
	}
	from, to := min(i, at), max(i, at)
	// 除了 … 以外 is one exclusion in two words.
	if closing, ok := s.negation(to + 1); ok && closing.Before && !n.Before {
		to++
	}
	s.join(from, to, m)
}

// closesExclusion reports whether a word that leaves out stands at the end of a clause,
// behind what it leaves out, as 作废的剔除 and 把取消的去掉 do.
func (s *sentence) closesExclusion(i int) bool {
	if !leavesOut[s.text.Norm(s.nodes[i].from, s.nodes[i].end)] || i == 0 {
		return false
	}
	next := s.text.At(s.nodes[i].end)
	return next.Norm == "" || next.Class == Mark
}

// leavesOut are words that stand before or behind what they leave out.
var leavesOut = map[string]bool{"not counting": true, "剔除": true, "剔除掉": true, "排除": true, "排除掉": true, "去掉": true, "去除": true, "除掉": true, "扣除": true, "刨除": true, "过滤掉": true, "不要": true, "不看": true, "不考虑": true, "忽略": true}

// neverDone reads a "never" before a member of acts that lead to what is asked about as
// the lack of such acts: who never worked a night shift has none, whatever the others are.
func (s *sentence) neverDone(i int, m members) bool {
	if word := s.text.Norm(s.nodes[i].from, s.nodes[i].end); !strings.Contains(word, "never") && !strings.Contains(word, "nobody") && !strings.Contains(word, "no one") {
		return false
	}
	acts := m.dim.Table
	asked := slices.ContainsFunc(s.nodes[:i], func(n node) bool {
		t, ok := n.means.(thing)
		entity := s.r.entityOf(t)
		return ok && entity != nil && entity != acts && s.r.graph.hops(acts, entity) >= 1
	})
	if !asked {
		return false
	}
	s.nodes[i].means = Verb{Not: true, through: acts}
	return true
}

// pastParent returns the node of the members behind a denied verb and the entity
// that they describe: not supplied by suppliers from China.
func (s *sentence) pastParent(at int) int {
	j := at
	if !is[Verb](s, j) {
		return at
	}
	if g, ok := s.glue(j + 1); ok && g.How == Has && s.text.At(s.nodes[j].from).Class == Han {
		return at // 没报过修的住宅 are those without a request
	}
	for j++; is[Glue](s, j) || is[GroupMark](s, j); j++ {
		continue
	}
	if t, ok := s.thingAt(j); ok && t.table != nil {
		for j++; is[Glue](s, j); j++ {
			continue
		}
		if m, ok := s.memberAt(j); !ok || s.r.graph.hops(t.table, m.dim.Table) < 0 {
			return at
		}
	}
	if is[members](s, j) {
		return j
	}
	return at
}

func (s *sentence) negation(i int) (Negation, bool) {
	if i < 0 || i >= len(s.nodes) {
		return Negation{}, false
	}
	return as[Negation](s.nodes[i])
}

// unlikeLinks charges for "and" between a measure and a member or an entity,
// which are not listed together, and for a measure that has something.
func (s *sentence) unlikeLinks() {
	for i := 1; i < len(s.nodes); i++ {
		if is[measure](s, i-1) && is[measure](s, i) && s.touches(i-1, i) && !s.text.At(s.nodes[i].from).Spaced {
			s.charge("two measures in one", costUnrelated, s.nodes[i]) // 店均毛利 is one
		}
	}
	for i := 2; i < len(s.nodes); i++ {
		if g, ok := s.glue(i - 1); ok && g.How == Has && is[members](s, i) && (is[Change](s, i-2) || is[Compare](s, i-2)) {
			s.charge("a member behind a clause", costUnlikely, s.nodes[i]) // 下降的门店: the stores, not the channel
		}
	}
	for i := 1; i < len(s.nodes); i++ {
		if s.tornName(i) {
			s.charge("a name in two", costUnlike, s.nodes[i])
		}
	}
	for i := 1; i+1 < len(s.nodes); i++ {
		if s.listedApartFrom(i) {
			s.charge("a list of unlike things", costUnlike, s.nodes[i])
		}
		link, listed := as[Linker](s.nodes[i])
		with, glued := s.glue(i)
		if !(listed && link.How != ClauseLink) && !(glued && with.How == With) {
			continue
		}
		if glued && is[measure](s, i-1) && !is[Compare](s, i+1) || listed && (unlike(s.nodes[i-1], s.nodes[i+1]) || unlike(s.nodes[i+1], s.nodes[i-1])) {
			s.charge("a list of unlike things", costUnlike, s.nodes[i])
		}
	}
}

// tornName reports whether two nodes that touch are called together as a metric is:
// 采购数量 is no quantity of a job called 采购.
func (s *sentence) tornName(i int) bool {
	if !s.touches(i-1, i) || s.text.At(s.nodes[i].from).Class != Han || is[Share](s, i) || is[members](s, i-1) && is[Linker](s, i-2) {
		return false // 线上和线下销售额: the member is one of a list
	}
	norms := make([]string, 0, 8)
	for at := s.nodes[i-1].from; at < s.nodes[i].end; at++ {
		norms = append(norms, s.text.At(at).Norm)
	}
	return slices.ContainsFunc(s.r.vocabulary.names.exact(norms), func(c called) bool { return c.object.Metric != nil && c.cost <= costSynonym })
}

// listedApartFrom reports whether a list joins members of two dimensions of which
// one has both: 京东和微信小程序 are two channels, not a channel and a source.
func (s *sentence) listedApartFrom(i int) bool {
	if link, ok := s.linkAt(i); !ok || link.How == ClauseLink {
		return false
	}
	left, isLeft := s.memberAt(i - 1)
	right, isRight := s.memberAt(i + 1)
	if !isLeft || !isRight || left.dim.Conforms(right.dim) {
		return false
	}
	holds := func(from int, d *semantic.Dimension) bool {
		return slices.ContainsFunc(s.offered[from], func(a alt) bool { return a.object.Member != "" && a.object.Dimension.Conforms(d) })
	}
	return holds(s.nodes[i-1].from, right.dim) || holds(s.nodes[i+1].from, left.dim)
}

// unlike reports whether a measure is listed with something else.
func unlike(a, b node) bool {
	if _, ok := as[measure](a); !ok {
		return false
	}
	switch b := b.means.(type) {
	case members:
		return true
	case thing:
		return b.table != nil
	}
	return false
}
