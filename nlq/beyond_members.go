package nlq

// beyondMember refuses 本科以上: a member by itself is not it and all that is above it.
func (b *builder) beyondMember(n node) {
	at := n.end
	if b.s.text.At(at).Norm == "及" || b.s.text.At(at).Norm == "或" {
		at++
	}
	if b.s.text.At(at).Norm != "以" {
		return
	}
	switch b.s.text.At(at + 1).Norm {
	case "上", "下", "内":
		b.s.charge("more than a member", costIdle, n)
		b.d.idle = true
	}
}

// kindOfTime refuses to take a moment for a kind: 哪种报修 are not the times of reports.
func (b *builder) kindOfTime(n node, t thing) {
	if t.dim == nil || t.timed || !isTime(t.dim) || b.s.text.At(n.from-2).Norm != "哪" {
		return
	}
	switch b.s.text.At(n.from - 1).Norm {
	case "种", "类", "款":
		b.s.charge("a kind of moments", costIdle, n)
		b.d.idle = true
	}
}
