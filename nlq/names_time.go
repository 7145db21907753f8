package nlq

import (
	"strings"

	"wenshu/semantic"
)

// namesTime reports whether the words of a node speak of days or other times.
func (b *builder) namesTime(n node) bool {
	for at := n.from; at < n.end; at++ {
		norm := b.s.text.At(at).Norm
		if timeNouns[strings.TrimSuffix(norm, "s")] || b.s.text.At(at).Class == Han && timeNouns[norm] {
			return true
		}
	}
	return false
}

var timeNouns = map[string]bool{"date": true, "day": true, "week": true, "month": true, "quarter": true, "year": true, "time": true, "moment": true, "日": true, "天": true, "周": true, "月": true, "季": true, "年": true, "期": true, "时": true}

// periodOf joins a date that results are split by and a period that they are split by as
// well: 按发布日期统计每月的数量, each month of that date.
func periodOf(o, t thing) (thing, bool) {
	if o.timed {
		o, t = t, o
	}
	if !t.timed || t.dim != nil || t.grain == (semantic.Grain{}) || o.timed || o.dim == nil || !isTime(o.dim) || !o.has(markBy|markEach) {
		return thing{}, false
	}
	t.dim, t.via, t.marks = o.dim, o.via, t.marks|o.marks
	return t, true
}
