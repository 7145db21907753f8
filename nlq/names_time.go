package nlq

import "strings"

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
