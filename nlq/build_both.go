package nlq

import "slices"

// dropOfBoth leaves out what the two clauses of 既在甲区的站充过电又在乙区的站充过电的用户 speak
// of: it says which acts of the entity that is counted are meant, and splits nothing.
func (b *builder) dropOfBoth() {
	if !b.d.both || b.entity == nil || !b.d.counted && len(b.measures) != 1 {
		return
	}
	apart := func(c condition) bool { return c.home() != nil && b.r.graph.hops(b.entity, c.home()) < 0 }
	clauses := 0
	for _, c := range b.conds {
		if apart(c) {
			clauses += max(1, len(c.values))
		}
	}
	if clauses < 2 {
		return
	}
	b.things = slices.DeleteFunc(b.things, func(t thing) bool {
		home := t.home()
		return !t.timed && home != nil && t.marks&^(markFilter|markObject|markLink) == 0 && home != b.entity && b.r.graph.hops(b.entity, home) < 0
	})
}
