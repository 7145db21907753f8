package nlq

// countDropped refuses a number beside how many there are where no count came of it: how
// many fires there were, and what the total damage was, are two numbers.
func (b *builder) countDropped() {
	t := b.s.text
	if len(b.measures) == 0 || t.At(0).Norm != "how" || t.At(1).Norm != "many" {
		return
	}
	for _, m := range b.measures {
		if b.r.isCount(m) || len(m.over) > 0 || len(m.per) > 0 {
			return
		}
	}
	for at := 3; at+3 < len(t.Tokens); at++ {
		if t.At(at).Norm == "and" && t.At(at+1).Norm == "what" && toBe[t.At(at+2).Norm] {
			b.d.idle = true
			b.s.charge("how many there are is lost", costIdle, node{})
			return
		}
	}
}

// toBe begin what is asked behind "what".
var toBe = setOf("is are was were")
