package nlq

// dropNotOnce passes over the 一次 of 一次投诉都没有, which says no more than the 没有 does.
func (l *lattice) dropNotOnce() {
	l.addLeftOut()
	for at := range l.starts {
		if l.text.At(at).Norm != "一" || !onceUnits[l.text.At(at+1).Norm] {
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

// notOnceWithin bounds how far behind 一次 the words that deny it stand.
const notOnceWithin = 8

// onceUnits are the units of what was not done even once.
var onceUnits = map[string]bool{"次": true, "回": true, "单": true, "个": true, "笔": true, "张": true, "份": true, "台": true, "件": true, "套": true, "间": true, "场": true, "节": true, "条": true, "点": true}

// saysNever reports whether the negation at node i denies every single time: 从来没, 一次都没.
func (s *sentence) saysNever(i int) bool {
	switch s.normAt(s.nodes[i].from) {
	case "从", "一", "始", "向", "never":
		return true
	}
	return false
}
