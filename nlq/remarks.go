package nlq

import (
	"slices"
	"strings"
)

// joinRemarks takes the mark before a sentence that only says what does not count, or does,
// for a comma: 还有多少单没付钱？取消的不算 is one question.
func joinRemarks(t *Text) *Text {
	joined := t
	for at := 1; at+1 < len(t.Tokens); at++ {
		if t.At(at+1).Class != Han || !endsSentence(t, at) || !isRemark(t, at+1) {
			continue
		}
		if joined == t {
			joined = &Text{t.Typed, slices.Clone(t.Tokens)}
		}
		joined.Tokens[at].Norm = ","
	}
	return joined
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
