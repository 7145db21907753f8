package semantic

import (
	"slices"
	"strings"
)

// Columns of a list of whole rows where the model names none.
const (
	mostDetail  = 7 // in all
	mostNames   = 3 // of what the rows belong to
	mostAmounts = 3
)

// linkDetail finds what a list of whole rows of a table shows. It reports
// UnknownName, and WrongType for what is sensitive.
func (l *loader) linkDetail(draft *tableDraft) {
	t, o := draft.table, draft.o
	if o.field("detail") == nil {
		t.Detail = usualDetail(t)
		return
	}
	for _, n := range o.list("detail") {
		d, ok := detailNamed(t, n.text)
		switch {
		case !ok:
			l.report(Problem{Code: UnknownName, Pos: n.pos, Name: n.text, Near: nearest(n.text, dimensionNames(t)), Detail: t.Name})
		case d.Dimension.Index == IndexNever:
			l.report(Problem{Code: WrongType, Pos: n.pos, Name: n.text, Detail: "detail"})
		default:
			t.Detail = append(t.Detail, d)
		}
	}
}

// detailNamed resolves a dimension of a table, or join.dimension.
func detailNamed(t *Table, name string) (Detail, bool) {
	join, dimension, joined := strings.Cut(name, ".")
	if !joined {
		i := slices.IndexFunc(t.Dimensions, func(d *Dimension) bool { return d.Name == name })
		if i < 0 {
			return Detail{}, false
		}
		return Detail{Dimension: t.Dimensions[i]}, true
	}
	for _, j := range t.Joins {
		if j.Name != join || j.To == nil || j.Many {
			continue
		}
		if d, ok := detailNamed(j.To, dimension); ok && d.Join == nil {
			return Detail{j, d.Dimension}, true
		}
	}
	return Detail{}, false
}

// usualDetail is what people expect of a row that happened: when, its status, the
// names of what it belongs to instead of their keys, its amounts. Rows that have a
// name, or no time, are things, whose display says which they are.
func usualDetail(t *Table) []Detail {
	if t.Time == nil || len(t.Display) == 0 || !isNumbered(t.Display[0]) {
		return nil
	}
	var list []Detail
	if t.Time.Table == t {
		list = append(list, Detail{Dimension: t.Time})
	}
	add := func(d Detail) {
		shown := func(x Detail) bool { return x.Dimension == d.Dimension && x.Join == d.Join }
		if d.Dimension.Index != IndexNever && !slices.ContainsFunc(list, shown) && !(d.Join == nil && slices.Contains(t.Display, d.Dimension)) {
			list = append(list, d)
		}
	}
	for _, j := range t.Joins {
		if named := namedBy(j); named != nil && len(list) <= mostNames {
			add(Detail{j, named})
		}
	}
	for _, d := range t.Dimensions {
		if len(d.Values) > 1 && d.Of == nil && saysStatus(d) {
			add(Detail{Dimension: d})
			break
		}
	}
	for _, d := range usualAmounts(t) {
		if len(list) < mostDetail {
			add(Detail{Dimension: d})
		}
	}
	return list
}

// usualAmounts are the amounts of a row: the one that is called its table's amount,
// or the first ones, money before other numbers.
func usualAmounts(t *Table) []*Dimension {
	var money, others []*Dimension
	for _, d := range t.Dimensions {
		switch {
		case d.Sum != "sum" || d.Index == IndexNever:
		case isAmountOf(t, d):
			return []*Dimension{d}
		case d.Format.Style == "money" || d.Unit == "money":
			money = append(money, d)
		default:
			others = append(others, d)
		}
	}
	all := append(money, others...)
	return all[:min(len(all), mostAmounts)]
}

// namedBy is the name of what a join leads to; nil for what has no name, such as a
// day, a version or a bridge.
func namedBy(j *Join) *Dimension {
	if j.To == nil || j.Many || j.To.Hidden || j.To.Validity != nil || len(j.To.Display) == 0 {
		return nil
	}
	if d := j.To.Display[0]; d.Type.Kind == Text && d.Of == nil {
		return d
	}
	return nil
}

// isNumbered reports whether a row is told by a number rather than by a name.
func isNumbered(d *Dimension) bool {
	zh, en := d.Names.Label.ZH, strings.ToLower(d.Names.Label.EN)
	return d.Key || d.Of != nil || d.Type.Kind != Text || strings.HasSuffix(zh, "号") || strings.HasSuffix(zh, "编码") ||
		strings.HasSuffix(en, "number") || strings.HasSuffix(en, " no") || strings.HasSuffix(en, " code") || strings.HasSuffix(en, " id")
}

// isAmountOf reports whether a number is called the amount of its table's rows.
func isAmountOf(t *Table, d *Dimension) bool {
	return d.Names.Label.ZH == t.Names.Label.ZH+"金额" || d.Names.Label.EN == t.Names.Label.EN+" amount"
}

// saysStatus reports whether a dimension is how far its rows have come.
func saysStatus(d *Dimension) bool {
	return strings.HasSuffix(d.Names.Label.ZH, "状态") || strings.HasSuffix(strings.ToLower(d.Names.Label.EN), "status") || strings.HasSuffix(d.Name, "status")
}
