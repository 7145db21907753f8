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
	rows := b.conds[i].dim.Table
	groups := b.groupsOf(rows)
	if len(groups) == 0 {
		return
	}
	above, all := b.s.countRows(node{}, rows), b.s.countRows(node{}, rows)
	above.where = []condition{b.conds[i]}
	b.things, b.measures = groups, nil
	b.conds = slices.Delete(slices.Clone(b.conds), i, i+1)
	b.d.shows = slices.Delete(slices.Clone(b.d.shows), at, at+1)
	b.d.present.Unit = InUnit{Percent: true}
	b.addMeasure(measure{over: []measure{above, all}, op: semantic.Div})
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
