package nlq

import (
	"slices"
	"strings"
)

// allWords say that what stands behind them is meant as one whole.
var allWords = []string{"所有", "所有的", "全部", "全部的", "全体"}

// meansAll reports whether a thing is the rows that are asked about, all of them taken
// together: 所有楼盘 of 所有楼盘的总户数加起来是多少.
func (b *builder) meansAll(t thing) bool {
	own := t.table != nil && t.via == "" || t.dim != nil && isDisplay(t.dim) && t.noun
	if !own || t.marks&^(markFilter|markOwner|markOf|markLink) != 0 {
		return false
	}
	return slices.ContainsFunc(b.s.nodes, func(n node) bool {
		o, ok := n.means.(thing)
		return ok && o.same(t) && slices.ContainsFunc(allWords, func(w string) bool { return b.s.text.Norm(max(n.from-len([]rune(w)), 0), n.from) == w })
	})
}

// allTogether adds up a column that is called a total where all rows are named: 杭州所有楼盘
// 的总户数 is one number and no list of totals.
func (b *builder) allTogether() {
	if b.d.listing || len(b.d.orderings) > 0 {
		return
	}
	rest := slices.DeleteFunc(slices.Clone(b.things), b.meansAll)
	if len(rest) != 1 || rest[0].dim == nil || rest[0].dim.Sum != "sum" || rest[0].marks&(markBy|markEach|markWhich) != 0 || !strings.HasPrefix(rest[0].dim.Names.Label.ZH, "总") {
		return
	}
	t := rest[0]
	if len(rest) == len(b.things) && !b.s.ownedByAll(t) {
		return
	}
	b.things = nil
	b.addMeasure(measure{dim: t.dim, via: t.via, agg: "sum", bare: true})
	b.s.assume("aggregate")
}

// ownedByAll reports whether a column stands right behind all of the rows that have it:
// 全部楼盘的总户数.
func (s *sentence) ownedByAll(t thing) bool {
	at := slices.IndexFunc(s.nodes, func(n node) bool {
		o, ok := n.means.(thing)
		return ok && o.same(t)
	})
	if at < 0 {
		return false
	}
	before := strings.TrimSuffix(strings.TrimSuffix(s.text.Norm(0, s.nodes[at].end), t.dim.Names.Label.ZH), "的")
	called := append([]string{t.dim.Table.Names.Label.ZH}, t.dim.Table.Names.Synonyms...)
	return slices.ContainsFunc(called, func(name string) bool {
		all, ok := strings.CutSuffix(before, name)
		return ok && name != "" && slices.ContainsFunc(allWords, func(w string) bool { return strings.HasSuffix(all, w) })
	})
}
