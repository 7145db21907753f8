package nlq

import "slices"

// amongWords close what a share is a part of, where it is said first: 四川的水电站里.
var amongWords = map[string]bool{"里": true, "中": true, "内": true}

// among returns the token that closes the whole of a share in Chinese: tests before it are
// of the whole, and what stands between it and the share is the part, as in
// 四川的水电站里拱坝占多少. -1 where nothing is said so.
func (b *builder) among() int {
	word := b.d.shareAt
	if word == nil || b.s.text.At(word.from).Class != Han {
		return -1
	}
	for at := word.from - 1; at > 0; at-- {
		if !amongWords[b.s.text.At(at).Norm] || b.withinName(at) {
			continue
		}
		if slices.ContainsFunc(b.conds, func(c condition) bool { return c.from > at && c.from < word.from }) {
			return at
		}
		return -1
	}
	return -1
}

// withinName reports whether a token is part of a name, a member or a test, and not a word by
// itself or in one of place, as the 里 of 里面.
func (b *builder) withinName(at int) bool {
	return slices.ContainsFunc(b.s.nodes, func(n node) bool {
		if _, glue := n.means.(Glue); glue {
			return false
		}
		return n.from <= at && at < n.end
	})
}

// shareAmong divides what is named behind the whole by all of the whole: 公办高校里双一流占多少.
func (b *builder) shareAmong(at int) bool {
	in := b.among()
	if in < 0 || len(b.q.By) > 0 && !b.apartFromGroups() {
		return false
	}
	for _, c := range b.conds {
		if c.from < in {
			b.d.restated = append(b.d.restated, c.from)
		}
	}
	if !b.shareOfConditions(at) {
		return false
	}
	b.d.present.Unit = InUnit{Percent: true}
	return true
}
