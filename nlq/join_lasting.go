package nlq

import "wenshu/semantic"

// takeLasting reads 住院超过30天: acts at node k that are tested against a length of time
// are those that lasted so long, where their rows have one such number.
func (s *sentence) takeLasting(k, i, j int, op semantic.Op, args []Number) bool {
	t, ok := s.thingAt(k)
	if !ok || t.table == nil || t.marks&(markBy|markEach|markWhich) != 0 || len(args) == 0 || secondsIn[args[0].Unit] == 0 || s.text.At(s.nodes[k].from).Class != Han {
		return false
	}
	var lasts *semantic.Dimension
	for _, d := range t.table.Dimensions {
		if d.Of != nil || secondsIn[d.Unit] == 0 || !isMeasurable(d) {
			continue
		}
		if lasts != nil {
			return false
		}
		lasts = d
	}
	if lasts == nil {
		return false
	}
	s.takeTest(i, j, lasts, t.via, false, numberTest(op, lits(s.inUnit(args, lasts.Unit)...)))
	return true
}
