package nlq

import (
	"slices"
	"strings"
)

// joinRemarks takes the mark before a sentence that only says what does not count, or does,
// for a comma, and so that before a remark in brackets: 还有多少单没付钱？取消的不算 is one
// question.
func joinRemarks(t *Text) *Text {
	joined := t
	for at := 1; at+1 < len(t.Tokens); at++ {
		bracketed := t.At(at+1).Norm == "(" && t.At(at+2).Class == Han
		if !endsSentence(t, at) || !bracketed && !keepsThose(t, at+1) && (t.At(at+1).Class != Han || !isRemark(t, at+1)) {
			continue
		}
		if joined == t {
			joined = &Text{t.Typed, slices.Clone(t.Tokens)}
		}
		joined.Tokens[at].Norm = ","
	}
	return joined
}

// keepsThose reports whether the sentence that starts at a token says in English that those
// who have nothing are to be there as well: Include stores without orders.
func keepsThose(t *Text, at int) bool {
	if t.At(at).Norm == "also" {
		at++
	}
	if first := t.At(at).Norm; first != "include" && first != "keep" {
		return false
	}
	for ; at < len(t.Tokens) && !endsSentence(t, at); at++ {
		switch t.At(at).Norm {
		case "no", "not", "never", "without", "none", "nothing", "zero":
			return true
		}
	}
	return false
}

// isRemark reports whether the clause that starts at a token asks nothing and says what
// to leave out or to keep.
func isRemark(t *Text, at int) bool {
	end := at
	for end < len(t.Tokens) && t.At(end).Norm != "," && !endsSentence(t, end) {
		end++
	}
	said := t.Norm(at, end)
	for _, word := range askingHan {
		if strings.Contains(said, word) {
			return false
		}
	}
	return slices.ContainsFunc(remarkEnds, func(word string) bool { return strings.HasSuffix(said, word) && said != word }) ||
		slices.ContainsFunc(remarkFronts, func(word string) bool { return strings.HasPrefix(said, word) && said != word })
}

var (
	askingHan    = []string{"多少", "几", "哪", "谁", "什么", "吗", "呢", "为何", "怎么", "是否"}
	remarkEnds   = []string{"不算", "别算", "不计", "别计", "不算在内", "不计在内", "不计入", "除外", "不要算", "不统计", "剔除", "剔掉", "排除", "也算", "也算上", "都算", "也算在内", "也计入"}
	remarkFronts = []string{"不含", "不包括", "不包含", "剔除", "排除", "不算", "不计", "除去", "扣除"}
)

// keptInBrackets drops the kinds that a remark in brackets says to be there as well: of
// 房子（含商铺车位） nothing is left out, and no others are.
func (s *sentence) keptInBrackets() {
	s.onlyTheseRows()
	s.leaveOut()
	for i := 0; i < len(s.nodes); i++ {
		from := s.nodes[i].from
		if s.normAt(from-1) != "(" || !includes[s.text.Norm(from, s.nodes[i].end)] {
			continue
		}
		last := i
		for last+1 < len(s.nodes) && (is[members](s, last+1) || is[Linker](s, last+1) || is[phrased](s, last+1)) {
			last++
		}
		if last == i || s.normAt(s.nodes[last].end) != ")" {
			continue
		}
		s.nodes = slices.Delete(s.nodes, i, last+1)
		i--
	}
}

// includes are words that say what is there as well.
var includes = map[string]bool{"含": true, "包含": true, "包括": true, "含有": true, "算上": true}

// onlyTheseRows drops the noun of a remark that only some of what is asked for counts, with
// the comma before it: number of submissions per journal, counting only submissions that have
// a decision. What is said of them holds for all.
func (s *sentence) onlyTheseRows() {
	for i := 1; i+1 < len(s.nodes); i++ {
		t, ok := s.thingAt(i)
		from := s.nodes[i].from
		if !ok || t.table == nil || t.via != "" || s.normAt(from-1) != "only" && s.normAt(from-2) != "only" || !remarking[s.normAt(from-1)] && !remarking[s.normAt(from-2)] {
			continue
		}
		if counted := slices.ContainsFunc(s.nodes[:i], func(n node) bool {
			m, ok := n.means.(measure)
			return ok && (m.home() == t.table || m.home() == nil)
		}); counted && is[Linker](s, i-1) {
			s.markAt(i, markLink)
			s.drop(i - 1)
			i--
		}
	}
}

// remarking are verbs that say beside "only" what counts.
var remarking = setOf("counting considering taking including using keeping count consider take include use keep")
