package nlq

// overNothing refuses what shows a bound that nothing was held against:
// customers over their credit limit.
func (b *builder) overNothing() {
	for _, n := range b.s.nodes {
		t, ok := n.means.(thing)
		if !ok || t.dim == nil || !isMeasurable(t.dim) || isYears(t.dim) {
			continue
		}
		at, owned := n.from-1, false
		for at > 0 && (pronouns[b.s.text.At(at).Norm] || b.s.text.At(at).Norm == "the") {
			owned = owned || b.s.text.At(at).Norm != "the"
			at--
		}
		if at > 0 && heldAgainst[b.s.text.At(at).Norm] && (b.q.List != nil || owned) {
			b.d.idle = true
			b.s.charge("a bound of nothing", costIdle, n)
		}
	}
}

// heldAgainst say that something is held against what follows.
var heldAgainst = map[string]bool{"over": true, "above": true, "exceeding": true, "beyond": true, "below": true, "under": true}
