package nlq

import "slices"

// dropNotOnce passes over the 一次 of 一次投诉都没有, which says no more than the 没有 does.
func (l *lattice) dropNotOnce() {
	l.addLeftOut()
	for at := range l.starts {
		if l.text.At(at).Norm != "一" || !onceUnits[l.text.At(at+1).Norm] {
			continue
		}
		if l.deniesOne(at) {
			continue
		}
		for i := at + 3; i < at+notOnceWithin; i++ {
			if norm := l.text.At(i).Norm; (norm == "都" || norm == "也") && (l.text.At(i+1).Norm == "没" || l.text.At(i+1).Norm == "未") {
				l.starts[at] = []mention{{from: at, end: at + 2, means: Noise{}, cost: costNoise}}
				break
			}
		}
	}
}

// deniesOne passes over the 一所 of 没有一所高校的城市, which are those that have none, and
// not those that have another number than one.
func (l *lattice) deniesOne(at int) bool {
	if at < 2 || l.text.At(at-1).Norm != "有" || l.text.At(at-2).Norm != "没" {
		return false
	}
	l.starts[at] = []mention{{from: at, end: at + 2, means: Noise{}, cost: costNoise}}
	l.starts[at-1] = slices.DeleteFunc(l.starts[at-1], func(m mention) bool { return m.end > at })
	return true
}

// notOnceWithin bounds how far behind 一次 the words that deny it stand.
const notOnceWithin = 8

// onceUnits are the units of what was not done even once.
var onceUnits = map[string]bool{"次": true, "回": true, "单": true, "个": true, "笔": true, "张": true, "份": true, "台": true, "件": true, "套": true, "间": true, "场": true, "节": true, "条": true, "点": true, "所": true, "家": true, "名": true, "位": true, "门": true, "部": true, "款": true, "本": true, "辆": true, "只": true, "项": true, "篇": true, "首": true, "支": true, "座": true, "例": true, "起": true, "票": true, "块": true, "枚": true, "趟": true, "班": true, "堂": true, "栋": true, "种": true}

// saysNever reports whether the negation at node i denies every single time: 从来没, 一次都没.
func (s *sentence) saysNever(i int) bool {
	switch s.normAt(s.nodes[i].from) {
	case "从", "一", "始", "向", "never":
		return true
	}
	return false
}
