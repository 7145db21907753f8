package nlq

import (
	"slices"

	"wenshu/semantic"
)

// rooted writes an entity by the joins from what is measured where its table's
// name would be taken for a role of another: the merchants of payments, and not
// those of the coupons they were made with.
func (b *builder) rooted(t thing) thing {
	if t.table == nil || t.via != "" || b.home == nil || b.d.zeros || !b.r.shadowed[t.table.Name] {
		return t
	}
	joins := b.r.graph.path(b.home, t.table)
	if len(joins) == 0 {
		return t
	}
	last, taken := joins[len(joins)-1], false
	for _, other := range b.r.model.Tables {
		if b.r.graph.hops(b.home, other) < 0 && len(b.r.graph.links(b.home, other)) == 0 {
			continue // drivers by depot are not those of the vehicles they drove
		}
		for _, d := range other.Dimensions {
			if d.Name == t.table.Name && other == b.home {
				return t
			}
			taken = taken || d.Name == t.table.Name && d.Of != last
		}
	}
	if !taken {
		return t
	}
	t.via = b.home.Name
	for _, j := range joins {
		t.via += "." + j.Name
	}
	return t
}

// whenActed refuses a count of who acted by the time of the acts: the months are
// those of the acts, and who acts is counted in each.
func (b *builder) whenActed() {
	timed := slices.ContainsFunc(b.things, func(t thing) bool { return t.timed && t.dim == nil })
	apart := func(t *semantic.Table) bool { return t != b.home && t.Time != nil && t.Time != b.entity.Time }
	if timed && b.entity != nil && len(b.d.verbs) > 0 && slices.ContainsFunc(b.links, apart) {
		b.s.charge("the time of acts or of who acts", costIdle, node{})
		b.d.idle = true
	}
}
