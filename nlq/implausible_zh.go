package nlq

import (
	"slices"

	"wenshu/semantic"
)

// listsAnother reports whether an answer shows nothing of the entity that stands right before
// the words that ask for a list, whatever else is said of it: 没有开设医学学科的高校有哪些
// lists no subjects.
func (b *builder) listsAnother() bool {
	for at := 1; at+2 < len(b.s.text.Tokens); at++ {
		if said := b.s.text.At(at).Norm; said != "有" && said != "是" || b.s.text.At(at+1).Norm != "哪" || b.s.text.At(at+2).Norm != "些" {
			continue
		}
		if o, ok := b.s.lastSettled(at); ok && o.Table != nil && !b.shows(o.Table) {
			return true
		}
	}
	return false
}

// lastSettled is the last name before a token, where no sentence part stands between.
func (s *sentence) lastSettled(before int) (Object, bool) {
	const far = 5 // tokens that a name has
	for at := before - 1; at >= max(before-far, 0); at-- {
		if s.text.At(at).Class == Mark {
			break
		}
		if o, ok := s.settled[at]; ok {
			return o, true
		}
	}
	return Object{}, false
}

// shows reports whether a query tells rows of a table, or their names.
func (b *builder) shows(t *semantic.Table) bool {
	if b.q.List != nil && b.q.List.From == t.Name {
		return true
	}
	found := false
	look := func(e semantic.Expr) {
		if name, ok := e.(semantic.Name); ok {
			d := b.r.dimensionOf(name)
			found = found || name.Path[len(name.Path)-1] == t.Name || d != nil && (d.Table == t || d.Of != nil && d.Of.To == t)
		}
	}
	for _, g := range b.q.By {
		semantic.Walk(g.Expr, look)
	}
	for _, x := range b.q.Items {
		semantic.Walk(x.Expr, look)
	}
	return found
}

// everyPeriod reports whether something is to hold in each of the periods, which is no split
// by them: 每年都买过药的医院.
func (b *builder) everyPeriod() bool {
	for at := 1; at+1 < len(b.s.text.Tokens); at++ {
		if b.s.text.At(at).Norm != "都" || b.s.text.At(at+1).Norm == "有" {
			continue
		}
		if first := b.s.text.At(at - 1).Norm; first != "年" && first != "月" && first != "周" && first != "天" && first != "度" {
			continue
		}
		if !b.s.text.holds("每", max(at-4, 0), at) {
			continue
		}
		if b.s.text.holds("的", at, len(b.s.text.Tokens)) {
			return true
		}
	}
	return false
}

// splitsByBasis reports whether results are split by a number that they are to be computed
// from: 按标价算毛利率.
func (b *builder) splitsByBasis() bool {
	const far = 6 // tokens that a name has
	for from, o := range b.s.settled {
		if o.Dimension == nil || !isMeasurable(o.Dimension) || b.s.text.At(from-1).Norm != "按" && b.s.text.At(from-1).Norm != "照" {
			continue
		}
		if !b.s.text.holds("算", from, min(from+far, len(b.s.text.Tokens))) {
			continue
		}
		if b.splitBy(o.Dimension) {
			return true
		}
	}
	return false
}

// lacksAndHas reports whether rows are to have some acts and none of the same: who was
// nominated and never won has entries of awards, of another result than those of a winner.
func (b *builder) lacksAndHas() bool {
	parts := semantic.Conjuncts(b.q.Where)
	for _, e := range parts {
		none, ok := e.(semantic.In)
		if !ok || !none.Not || none.Sub == nil || none.Sub.Where != nil || none.Sub.Having != nil || len(none.Sub.During) > 0 {
			continue
		}
		if slices.ContainsFunc(parts, func(e semantic.Expr) bool {
			some, ok := e.(semantic.In)
			return ok && !some.Not && some.Sub != nil && semantic.ExprString(some.X) == semantic.ExprString(none.X) && semantic.ExprString(some.Sub.Items[0].Expr) == semantic.ExprString(none.Sub.Items[0].Expr)
		}) {
			return true
		}
	}
	return false
}
