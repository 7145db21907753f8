package nlq

// shareOfCountedKind divides a metric that counts some of an entity's rows by the count of all
// of them, where a share of those is asked for: what share of bookings were no-shows. It
// reports whether that is what is asked.
func (b *builder) shareOfCountedKind(at node) bool {
	if len(b.d.outcomes)+len(b.d.relations)+len(b.d.versus)+len(b.d.changes) > 0 {
		return false
	}
	part, named := measure{}, false
	for _, n := range b.s.nodes {
		m, ok := n.means.(measure)
		if !ok || n.from < at.end {
			continue
		}
		if part.metric != nil || m.metric == nil || m.metric.Where == nil || b.r.countedBy[m.metric] == nil || len(m.over)+len(m.where)+len(m.per) > 0 {
			return false
		}
		part, named = m, b.s.sayingBetween(n.from+1, n.end-1)
	}
	of := b.r.countedBy[part.metric]
	if of == nil {
		return false
	}
	for _, n := range b.nouns() {
		if n.table != of {
			return false
		}
		named = named || n.from < at.from && b.s.text.wholeSaidFirst(at.from)
	}
	if !named || len(b.measures) > 2 || b.loneAttribute() || !b.reachable(of, b.conds) {
		return false
	}
	b.divide(part, b.countWhere(of, nil), b.conds)
	return true
}
