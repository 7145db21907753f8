package nlq

import (
	"slices"

	"wenshu/semantic"
)

// kindListed reports whether a list is of those of a kind, and what it is to show of them
// only comes with them: store managers with their hire dates.
func (b *builder) kindListed() bool {
	if !b.d.listing {
		return false
	}
	kind := node{from: -1}
	for _, n := range b.s.nodes {
		switch m := n.means.(type) {
		case members:
			if kind.from >= 0 {
				continue
			}
			if m.dim.Table != b.home || m.dim.Key || isDisplay(m.dim) || m.not {
				return false
			}
			kind = n
		case thing:
			return kind.from >= 0 && b.s.comesWith(kind.end, n.from)
		case measure:
			return false
		}
	}
	return false
}

// comesWith reports whether a word between two tokens adds what stands behind it.
func (s *sentence) comesWith(from, end int) bool {
	for at := max(from, 0); at < end; at++ {
		switch s.text.At(at).Norm {
		case "with", "plus", "showing", "including":
			return true
		}
	}
	return false
}

// namedFirst reports whether the entity that is listed opens the sentence, whoever owns
// what else is said: hires with a distance above the average of all hires.
func (b *builder) namedFirst() bool {
	for _, n := range b.s.nodes {
		if t, ok := n.means.(thing); ok && t.home() != nil {
			return t.table == b.home
		}
	}
	return false
}

// sidesOfOne reports whether two values of one column are set against each other, which no
// row has both of: payments through Alipay vs WeChat Pay.
func (b *builder) sidesOfOne() bool {
	versus := slices.ContainsFunc(b.s.text.Tokens, func(t Token) bool { return t.Norm == "vs" || t.Norm == "versus" })
	return versus && slices.ContainsFunc(b.conds, func(c condition) bool {
		return c.dim != nil && len(c.values) > 0 && slices.ContainsFunc(b.conds, func(o condition) bool {
			return o.dim == c.dim && len(o.values) > 0 && o.from != c.from
		})
	})
}

// unlikeSides reports whether two values of different columns are set against each other: no
// row that has both says anything of stores vs online.
func (b *builder) unlikeSides() bool {
	for at := 1; at < len(b.s.text.Tokens); at++ {
		behind := at + 1
		switch said, next := b.s.normAt(at), b.s.normAt(at+1); {
		case said == "vs" || said == "versus":
		case said == "compared" && (next == "to" || next == "with"):
			behind++
		default:
			continue
		}
		beside := func(from int) *semantic.Dimension {
			for _, c := range b.conds {
				if c.dim != nil && len(c.values) > 0 && !c.not && c.from == from {
					return c.dim
				}
			}
			return nil
		}
		left, right := beside(at-1), beside(behind)
		kind := slices.ContainsFunc(b.s.nodes, func(n node) bool { t, ok := n.means.(thing); return ok && !t.timed && n.end == at })
		if right != nil && left != right && (left != nil || kind) {
			return true
		}
	}
	return false
}
