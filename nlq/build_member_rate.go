package nlq

import (
	"slices"

	"wenshu/semantic"
)

// rateOfMember reads 空置率各项目多少: where a member is one of what belongs to the groups,
// its rate is of these, the vacant flats by all flats of a project, and not of projects.
func (b *builder) rateOfMember() {
	at := slices.IndexFunc(b.d.shows, func(s semantic.Show) bool { return s.Func == "share" })
	word := b.d.shareAt
	if at < 0 || word == nil || b.d.within || b.s.text.At(word.end-1).Norm != "率" {
		return
	}
	i := slices.IndexFunc(b.conds, func(c condition) bool {
		return c.dim != nil && c.test == nil && !c.not && c.via == "" && len(c.values) == 1 && c.from < word.from && b.s.text.At(word.from-1).Class == Han
	})
	if i < 0 {
		return
	}
	groups := b.groupsOf(b.conds[i].dim.Table)
	if len(groups) == 0 {
		return
	}
	b.divideKind(i, at, groups)
}

// divideKind divides the rows of the kind that condition i says by all of them, within each
// of the groups, in the place of the share that show at asks for.
func (b *builder) divideKind(i, at int, groups []thing) {
	rows := b.conds[i].home()
	some, all := b.s.countRows(node{}, rows), b.s.countRows(node{}, rows)
	some.where = []condition{b.conds[i]}
	b.things, b.measures = groups, nil
	b.conds = slices.Delete(slices.Clone(b.conds), i, i+1)
	b.d.shows = slices.Delete(slices.Clone(b.d.shows), at, at+1)
	b.d.present.Unit = InUnit{Percent: true}
	b.addMeasure(measure{over: []measure{some, all}, op: semantic.Div})
}

// groupsOf are the entities that rows are said to be split by, where all that is asked for
// besides is one of each, as 各项目多少 reads; nil for anything else.
func (b *builder) groupsOf(rows *semantic.Table) []thing {
	groups := slices.Clone(b.things)
	if len(b.measures) == 1 && len(groups) == 0 && b.r.isCount(b.measures[0]) && (b.s.text.holds("各", 0, len(b.s.text.Tokens)) || b.s.text.holds("每", 0, len(b.s.text.Tokens))) {
		groups = []thing{{table: b.measures[0].home()}}
	} else if len(b.measures) > 0 {
		return nil
	}
	for k, t := range groups {
		if t.table == nil || t.table == rows || b.r.graph.hops(rows, t.table) < 1 {
			return nil
		}
		groups[k].marks = markBy
	}
	return groups
}

// shareOfKind reads 各工厂女员工占比: where the things of each group are said to be of one kind
// right before the share, it is that of this kind among those of the group, and not of the
// group among all.
func (b *builder) shareOfKind() {
	at := slices.IndexFunc(b.d.shows, func(s semantic.Show) bool { return s.Func == "share" && len(s.Args) == 0 })
	word := b.d.shareAt
	if at < 0 || word == nil || b.d.within || b.d.ofAll || b.d.whole != nil || b.s.text.At(word.from).Class != Han || b.s.text.Norm(word.from, min(word.from+2, len(b.s.text.Tokens))) == "占总" {
		return
	}
	i := b.kindBefore(word.from)
	if i < 0 {
		return
	}
	rows := b.conds[i].home()
	var groups []thing
	for _, t := range b.things {
		switch {
		case t.table == rows && t.marks&^markFilter == 0:
		case t.has(markEach) && !t.timed && t.home() != nil && t.dim != b.conds[i].dim && b.r.graph.hops(rows, t.home()) >= 0:
			groups = append(groups, t)
		default:
			return
		}
	}
	if len(groups) != 1 || slices.ContainsFunc(b.measures, func(m measure) bool { return !b.r.isCount(m) || m.home() != rows }) {
		return
	}
	b.divideKind(i, at, groups)
}

// kindBefore is the condition that says of which kind rows are, by one member of a column of
// theirs, an adjective or a bound, with no more than their name between it and a token; -1
// for none.
func (b *builder) kindBefore(at int) int {
	return slices.IndexFunc(b.conds, func(c condition) bool {
		adjective, longest := c.on != nil && c.fixed != nil, 8
		if c.dim != nil && c.test != nil {
			longest = 14
		}
		member := c.dim != nil && (c.test != nil || len(c.values) == 1 && !b.r.namesEntity(c.dim))
		if !adjective && !member || c.not || c.via != "" || len(c.any) > 0 || c.from >= at {
			return false
		}
		for _, o := range b.conds {
			if o.from > c.from && o.from < at {
				return false
			}
		}
		return at-c.from <= longest
	})
}
