package nlq

import (
	"slices"

	"wenshu/semantic"
)

// unsaidSplits settles the entities and columns that stand among what results are
// split by without a word that splits by them. Those that lie on the way to what is
// asked for only say that way; a count is never split by the others in silence.
func (b *builder) unsaidSplits() {
	if b.d.present.Chart != "" {
		return
	}
	kept := b.things[:0:0]
	for _, t := range b.things {
		if t.marks&^markFilter != 0 || t.table == nil || !(t.marks == 0 && b.onTheWay(t.table) || b.isWhole(t)) || b.s.inList(t) {
			kept = append(kept, t)
		}
	}
	b.things = slices.DeleteFunc(kept, b.ofBothSides)
	b.things = slices.DeleteFunc(slices.Clone(b.things), b.onlyTested)
	if b.entity != nil && slices.ContainsFunc(b.things, b.unsaid) {
		b.d.idle = true
		b.s.charge("a count split by what nothing splits by", costIdle, node{})
	}
}

// unsaid reports whether a thing would split a count that no word splits: the
// warehouse of "in the East China warehouse", and the exam of "a project or exam".
func (b *builder) unsaid(t thing) bool {
	if t.marks&^markFilter != 0 || t.timed {
		return false
	}
	if t.dim != nil && t.dim.Type.Kind == semantic.Bool {
		return b.d.or
	}
	return (t.table != nil || b.r.standsFor(t.dim)) && t.home() != b.entity && b.s.behindPlace(t) && !b.s.inList(t)
}

// inList reports whether a thing stands beside a word that joins it to others.
func (s *sentence) inList(t thing) bool {
	return slices.ContainsFunc(s.nodes, func(n node) bool {
		o, ok := n.means.(thing)
		return ok && o.same(t) && (joining[s.text.At(n.from-1).Norm] || joining[s.text.At(n.end).Norm])
	})
}

// behindPlace reports whether a thing stands behind the name of a place.
func (s *sentence) behindPlace(t thing) bool {
	return slices.ContainsFunc(s.nodes, func(n node) bool {
		o, ok := n.means.(thing)
		return ok && o.same(t) && slices.ContainsFunc(s.nodes, func(m node) bool { return m.end == n.from && is[members](s, s.nodeAt(m.from)) })
	})
}

// joining words and marks make lists.
var joining = map[string]bool{"and": true, "or": true, ",": true, "&": true, "/": true, "、": true, "和": true, "与": true, "及": true, "跟": true}

// onTheWay reports whether a table lies between what is computed and what is asked
// for or split by: festivals held at venues in each continent.
func (b *builder) onTheWay(t *semantic.Table) bool {
	if b.home == nil || t == b.home || b.r.graph.hops(b.home, t) < 1 {
		return false
	}
	return slices.ContainsFunc(b.things, func(o thing) bool {
		return !o.timed && o.marks&(markBy|markEach|markWhich) != 0 && o.home() != t && b.r.graph.hops(t, o.home()) >= 1
	})
}

// ofBothSides reports whether a thing is the noun of what two amounts are of, whose one
// difference is asked for: how many more kegs of beers of this kind than of that.
func (b *builder) ofBothSides(t thing) bool {
	if t.table == nil || len(b.measures) != 1 || !b.s.behindBetween(t) && (!b.d.gap || t.marks&^(markFilter|markOf) != 0 || b.s.inList(t)) {
		return false
	}
	m := b.measures[0]
	return len(m.over) == 2 && m.op == semantic.Sub && (m.home() == t.table || b.r.graph.hops(m.home(), t.table) >= 1)
}

// behindBetween reports whether a thing stands behind "between", which parts two sides of it
// and no groups.
func (s *sentence) behindBetween(t thing) bool {
	return slices.ContainsFunc(s.nodes, func(n node) bool {
		o, ok := n.means.(thing)
		return ok && o.table == t.table && s.normAt(n.from-1) == "between"
	})
}

// isWhole reports whether a thing is what the rows that are computed are parts of, whose
// time is theirs: the parts used on work orders opened in May are not split by each order.
func (b *builder) isWhole(t thing) bool {
	if b.home == nil || t.table == nil || t.via != "" || b.home.Time == nil || b.home.Time.Table != t.table || t.table == b.home {
		return false
	}
	told := len(b.d.periods) > 0 && (b.d.on == nil || b.d.on.Table == t.table) || slices.ContainsFunc(b.conds, func(c condition) bool { return c.home() == t.table })
	return told && slices.ContainsFunc(b.s.nodes, func(n node) bool {
		o, ok := n.means.(thing)
		return ok && o.table == t.table && b.s.text.At(n.from).Class == Word
	})
}

// onePerRow reports whether an entity is counted for each of its own rows, of which
// there is one each: the number asked for is that of something else.
func (b *builder) onePerRow() bool {
	if b.entity == nil || len(b.measures) != 1 || len(b.measures[0].over) > 0 || len(b.measures[0].per) > 0 {
		return false
	}
	return slices.ContainsFunc(b.things, func(t thing) bool {
		switch {
		case t.timed || t.via != "":
			return false
		case t.table != nil:
			return t.table == b.entity
		}
		return t.dim.Table == b.entity && t.dim.Of == nil && (t.dim.Key || t.marks&(markBy|markEach) == 0 && (b.r.standsFor(t.dim) || t.has(markListed) && isDisplay(t.dim)))
	})
}

// extremeAsked reads the highest single fee, where it is asked who received it, as
// the row that has it: an extreme of each would be the fees of all.
func (b *builder) extremeAsked() {
	if len(b.measures) != 1 || len(b.d.orderings) > 0 || b.d.present.Chart != "" {
		return
	}
	m := b.measures[0]
	if m.dim == nil || m.agg != "max" && m.agg != "min" || len(b.things) == 0 {
		return
	}
	asked := false
	for _, t := range b.things {
		if t.timed || t.marks&(markBy|markEach) != 0 {
			return
		}
		asked = asked || t.has(markWhich)
	}
	if asked {
		b.d.orderings = append(b.d.orderings, ordering{by: &m, desc: m.agg == "max", super: true})
	}
}

// askedFor refuses a superlative whose rows do not show what it is that is asked for:
// which exam site is the easiest is no number of sites.
func (b *builder) askedFor() {
	if !slices.ContainsFunc(b.d.orderings, func(o ordering) bool { return o.super && !o.only }) {
		return
	}
	for _, n := range b.s.nodes {
		t, ok := n.means.(thing)
		if !ok || t.timed || !t.has(markWhich) || slices.ContainsFunc(b.things, func(o thing) bool { return o.home() == t.home() }) {
			continue
		}
		b.d.idle = true
		b.s.charge("what is asked for is not shown", costIdle, n)
		return
	}
}

// whichCounted refuses a superlative that asks which of what is counted: which of them
// is best is no number of them.
func (b *builder) whichCounted() {
	asked := slices.ContainsFunc(b.things, func(t thing) bool { return t.table != nil && t.has(markWhich) && t.table == b.entity && t.via == "" })
	if asked && slices.ContainsFunc(b.d.orderings, func(o ordering) bool { return o.super && !o.only }) {
		b.d.idle = true
		b.s.charge("which of what is counted", costIdle, node{})
	}
}

// extremeRow reports whether an extreme was taken for a number by itself where
// the row that has it is asked for: the teacher with the highest salary in each
// department.
func (b *builder) extremeRow() bool {
	m := b.measures[0]
	if m.dim == nil || m.agg != "max" && m.agg != "min" {
		return false
	}
	return slices.ContainsFunc(b.things, func(t thing) bool {
		return t.table != nil && t.table == m.dim.Table && t.marks&(markBy|markEach|markLink|markFilter|markTop) == 0 && !b.s.ownsBefore(t, m)
	}) && slices.ContainsFunc(b.things, func(t thing) bool { return t.marks&(markBy|markEach) != 0 })
}

// ownsBefore reports whether Chinese names the rows before an extreme of them, 各类高校的最大面积,
// which is then what is asked for: the row that has it would stand behind.
func (s *sentence) ownsBefore(t thing, m measure) bool {
	owner := slices.IndexFunc(s.nodes, func(n node) bool { o, ok := n.means.(thing); return ok && o.table == t.table })
	number := slices.IndexFunc(s.nodes, func(n node) bool { o, ok := n.means.(measure); return ok && o.dim == m.dim })
	return owner >= 0 && number > owner && s.text.At(s.nodes[owner].from).Class == Han && !t.has(markWhich)
}

// rowsOfOwner reports whether an entity stands in Chinese right behind what results are
// split by, and before an extreme of its own: it says of which rows the extreme is.
func (b *builder) rowsOfOwner(t thing) bool {
	if t.table == nil || t.marks&^markEach != 0 || len(b.measures) != 1 || b.measures[0].agg != "max" && b.measures[0].agg != "min" || b.measures[0].home() != t.table || !b.s.ownsBefore(t, b.measures[0]) {
		return false
	}
	at := slices.IndexFunc(b.s.nodes, func(n node) bool { o, ok := n.means.(thing); return ok && o.table == t.table })
	owner, ok := b.s.thingAt(at - 1)
	return ok && b.s.touches(at-1, at) && owner.has(markEach) && owner.home() != t.table && b.r.graph.hops(t.table, owner.home()) >= 1
}

// onlyTested reports whether an entity is named in Chinese only to say what is tested, 类型为
// 理工的高校有多少个学科, or whose kind results are split by, 不同类型的高校各有多少个学科: nothing
// says that it splits what is counted.
func (b *builder) onlyTested(t thing) bool {
	if t.table == nil || t.via != "" || b.home == nil || t.table == b.home || t.marks&^(markFilter|markOf|markEach) != 0 || len(b.d.orderings)+len(b.d.outcomes)+len(b.d.shows) > 0 || len(b.measures) != 1 || b.s.inList(t) {
		return false
	}
	if m := b.measures[0]; len(m.per)+len(m.over) > 0 || m.bare || !b.r.isCount(m) && (m.dim == nil || m.agg == "") || b.r.graph.hops(b.home, t.table) < 1 {
		return false
	}
	at := slices.IndexFunc(b.s.nodes, func(n node) bool { o, ok := n.means.(thing); return ok && o.table == t.table })
	if at < 0 || b.s.normAt(b.s.nodes[at].from-1) != "的" {
		return false
	}
	from := b.s.nodes[at].from - 1
	before := slices.IndexFunc(b.s.nodes, func(n node) bool { return n.end == from })
	if k, ok := b.s.thingAt(before); ok && k.dim != nil && k.dim.Table == t.table {
		return slices.ContainsFunc(b.things, func(o thing) bool { return o.dim == k.dim && o.marks&(markBy|markEach) != 0 })
	}
	return !t.has(markEach) && slices.ContainsFunc(b.conds, func(c condition) bool { return c.dim != nil && c.dim.Table == t.table && c.from < from }) &&
		!slices.ContainsFunc(b.s.text.Tokens, func(t Token) bool { return apartWords[t.Norm] })
}

// apartWords are the characters of words that take things one by one.
var apartWords = setOf("各 每 分 按 哪")
