package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// rankKinds ranks the kinds that rows fall into by the number of all their rows, where
// it is a kind that is asked for and no row: 哪家开发商的已售套数最多 adds up what each
// developer sold, and 哪个城市的均价最高 is of the mean of each city.
func (b *builder) rankKinds() {
	if len(b.d.orderings) != 1 || b.d.listing && len(b.d.conditions) > 0 || b.d.summed {
		return
	}
	o := b.d.orderings[0]
	if o.attribute == nil || o.only || o.nth || o.attribute.via != "" || o.attribute.dim == nil || !isMeasurable(o.attribute.dim) || isYears(o.attribute.dim) || isPlace(o.attribute.dim) {
		return
	}
	d := o.attribute.dim
	if d.Sum != "sum" && (d.Sum != "avg" || len(d.Table.Display) == 0) || b.saysOne() {
		return
	}
	kinds := 0
	for _, t := range b.things {
		switch {
		case t.dim == d && t.marks == 0:
		case t.dim != nil && (t.has(markWhich|markTop|markAsked) || t.marks == 0 && b.s.standsBehind(o.end, t)) && (isKind(t.dim) && !b.r.standsFor(t.dim) || isPartOfKey(t.dim)) && t.dim.Table == d.Table && !b.asksOfOneRow(o, t):
			kinds++
		default:
			return
		}
	}
	if kinds != 1 {
		return
	}
	m := measure{dim: d, agg: d.Sum, bare: true}
	b.things = slices.DeleteFunc(b.things, func(t thing) bool { return t.dim == d })
	b.d.orderings[0].by, b.d.orderings[0].attribute = &m, nil
	b.addMeasure(m)
	b.s.assume("aggregate")
}

// standsBehind reports whether a thing is named behind a token.
func (s *sentence) standsBehind(token int, t thing) bool {
	return slices.ContainsFunc(s.nodes, func(n node) bool {
		o, ok := n.means.(thing)
		return ok && n.from >= token && o.same(t)
	})
}

// isKind reports whether a column says what kind its rows are of, and neither tells them
// apart nor is what they are called.
func isKind(d *semantic.Dimension) bool {
	return d.Type.Kind == semantic.Text && d.Of == nil && !d.Key && !isDisplay(d)
}

// isPartOfKey reports whether a date has several rows, told apart by something else: the
// days of a table with a row for each day and store.
func isPartOfKey(d *semantic.Dimension) bool {
	if !isTime(d) {
		return false
	}
	part := false
	for _, key := range d.Table.Keys {
		if slices.Contains(key, d.Name) {
			if len(key) == 1 {
				return false
			}
			part = true
		}
	}
	return part
}

// dayOfRanked asks for the day of the rows that have what is ranked: 西湖店销售额最高的是哪天
// is no date of the shop.
func (b *builder) dayOfRanked() bool {
	for _, o := range b.d.orderings {
		if o.only || o.attribute == nil || o.attribute.dim == nil || !isMeasurable(o.attribute.dim) {
			continue
		}
		if day := o.attribute.dim.Table.Time; day != nil && day.Table == o.attribute.dim.Table && isPartOfKey(day) {
			b.addThing(thing{dim: day, marks: markAsked})
			return true
		}
	}
	return false
}

// turnPlace puts the first place first: the top 5 of a ranking are those of the smallest
// numbers.
func (s *sentence) turnPlace(o *ordering) {
	if o.attribute == nil || o.attribute.dim == nil || !isPlace(o.attribute.dim) {
		return
	}
	if !o.super || s.text.At(o.from).Class != Word {
		o.desc = !o.desc
	}
}

// isPlace reports whether a number is a place in an order, which nothing adds up.
func isPlace(d *semantic.Dimension) bool {
	label := d.Names.Label.ZH
	return strings.HasSuffix(label, "排名") || strings.HasSuffix(label, "名次") || strings.HasSuffix(d.Names.Label.EN, "rank") || strings.HasSuffix(d.Names.Label.EN, "ranking")
}

// saysOne reports whether a single row is meant and not all of a kind.
func (b *builder) saysOne() bool {
	return slices.ContainsFunc(b.s.text.Tokens, func(t Token) bool { return singleActs[t.Norm] && t.Norm != "大" })
}

// rankedByOwn reports whether node i is a number of the rows that are asked for, which a
// superlative ranks: 哪家民宿的房数最多 asks for the homestay.
func (s *sentence) rankedByOwn(i int) bool {
	t, ok := s.thingAt(i)
	if !ok || t.dim == nil || !is[Top](s, i+1) || !isMeasurable(t.dim) && !isTime(t.dim) {
		return false
	}
	s.draft.whose = s.draft.whose || slices.ContainsFunc(s.draft.owners, func(o thing) bool { return o.table == t.dim.Table })
	return s.draft.whose
}

// rankKindsByHints reads "which genre sells the most" as the total of each kind, where what
// the verb hints at adds up: the kind of the one row that sold the most is another question.
func (b *builder) rankKindsByHints() {
	if len(b.things) != 1 || !b.things[0].has(markWhich|markTop) {
		return
	}
	d := b.things[0].dim
	if d == nil || d.Type.Kind != semantic.Text || d.Key || d.Of != nil || isDisplay(d) || b.r.standsFor(d) {
		return
	}
	for i, o := range b.d.orderings {
		if o.by != nil || o.attribute != nil || o.only || o.rows || len(o.hints) == 0 || b.r.metricHinted(o.hints) != nil {
			continue
		}
		number, ok := b.r.attributeByHints(d.Table, o.hints, func(d *semantic.Dimension) bool { return isMeasurable(d) && d.Sum == "sum" })
		if !ok {
			continue
		}
		m := measure{dim: number, agg: "sum"}
		b.d.orderings[i].by, b.d.orderings[i].hints = &m, nil
		b.s.assume("aggregate")
		b.addMeasure(m)
		return
	}
}

// rankByLength ranks an entity by how long its acts took together: 停机最久的机台 adds up how long
// each stood still, and the longest single stop is another question.
func (b *builder) rankByLength() {
	if len(b.d.orderings) != 1 || len(b.things) != 2 || b.saysOne() || b.d.summed {
		return
	}
	o := b.d.orderings[0]
	if !o.lasts || !o.keyless() || o.only || o.nth || b.s.text.At(o.from).Class != Han {
		return
	}
	acts, ranked := b.things[0], b.things[1]
	if acts.table == nil {
		acts, ranked = ranked, acts
	}
	own := ranked.table != nil || ranked.dim != nil && (isDisplay(ranked.dim) || ranked.dim.Of != nil)
	if acts.table == nil || acts.table.Time == nil || acts.marks&^markFilter != 0 || acts.via != "" || !own || ranked.timed || !ranked.has(markTop|markWhich) || b.r.graph.hops(acts.table, ranked.home()) < 0 || ranked.home() == acts.table && ranked.dim.Of == nil {
		return
	}
	took := onlyDimension(acts.table, func(d *semantic.Dimension) bool { return isMeasurable(d) && d.Sum == "sum" && secondsIn[d.Unit] > 0 })
	if took == nil {
		return
	}
	by := measure{dim: took, agg: "sum"}
	if m := b.r.addedUp(took); m != nil {
		by = measure{metric: m}
	}
	b.d.orderings[0].by = &by
	b.things = slices.DeleteFunc(b.things, func(t thing) bool { return t.table == acts.table && t.dim == nil })
	b.addMeasure(by)
	b.s.assume("aggregate")
}
