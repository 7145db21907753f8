package answer

import (
	"math/big"
	"slices"
	"strings"
	"unicode"

	"wenshu/semantic"
)

// result is what a plan gave: the columns of the plan and rows of their values.
type result struct {
	plan      *semantic.Plan
	rows      [][]semantic.Value
	totals    []semantic.Value // nil for none
	truncated bool
	tied      bool // a row beyond the limit is level with the last one
}

// roleNames are the roles of columns as answers spell them.
var roleNames = [...]string{
	semantic.GroupColumn: "group", semantic.ValueColumn: "value", semantic.EarlierColumn: "earlier", semantic.ChangeColumn: "change",
	semantic.GrowthColumn: "growth", semantic.ShareColumn: "share", semantic.RankColumn: "rank", semantic.RunningColumn: "running",
	semantic.MovingColumn: "moving", semantic.DetailColumn: "detail",
}

// unitFormat is how a column's numbers are written.
type unitFormat struct {
	style    string // percent, points, money, duration, int, ""
	currency string
	unit     string // a counted noun, minutes, …; "" for none
	decimals int    // -1 lets the value decide
	scale    int64  // numbers are written in so many: 10,000 for 万; 1 is in full, 0 lets the value decide
}

// formatOf says how the values of a column are written.
func formatOf(c semantic.OutColumn, l look) unitFormat {
	switch c.Role {
	case semantic.ShareColumn, semantic.GrowthColumn:
		return unitFormat{style: "percent", decimals: 1}
	case semantic.RankColumn:
		return unitFormat{style: "int"}
	}
	f := unitFormat{style: c.Format.Style, unit: c.Unit, decimals: decimalsOf(c)}
	switch {
	case f.style == "percent" && (c.Role == semantic.ChangeColumn || c.Unit == "pp"):
		f.style, f.unit, f.decimals = "points", "", max(f.decimals, 1)
	case f.style == "percent":
		f.unit, f.decimals = "", max(f.decimals, 1)
	case isCurrency(f.unit) || f.style == "money":
		f.style, f.currency, f.unit = "money", f.unit, ""
		if !isCurrency(f.currency) {
			f.currency = l.currency
		}
	case l.wish.Percent && c.Metric == nil && f.style == "" && f.unit == "" && c.Type.Kind == semantic.Float:
		f.style, f.decimals = "percent", 1
	}
	if (f.style == "" || f.style == "number" || f.style == "money") && c.Role != semantic.GroupColumn && (f.style == "money" || !l.amounts) {
		f.scale = l.wish.Scale
	}
	return f
}

// decimalsOf is the digits behind the point that a column asks for: those of
// its format, none for whole numbers, as many as an exact decimal has, two for
// what was computed in floating point; -1 lets the style decide.
func decimalsOf(c semantic.OutColumn) int {
	switch {
	case c.Format.Decimals >= 0 && (c.Metric != nil || c.Format.Style != ""):
		return c.Format.Decimals
	case c.Format.Style != "" && c.Format.Style != "duration":
		return -1
	case c.Type.Kind == semantic.Int:
		return 0
	case c.Type.Kind == semantic.Decimal:
		return int(c.Type.Scale)
	case c.Type.Kind == semantic.Float:
		return 2
	}
	return -1
}

// exactText writes a number with the digits that its column shows.
func (f unitFormat) exactText(n Numbers, v semantic.Value) string {
	if f.scale > 1 {
		return n.In(v, f.scale, f.currency)
	}
	switch f.style {
	case "percent":
		return n.Percent(v, f.decimals)
	case "points":
		return n.Points(v, f.decimals)
	case "money":
		return n.Money(v, f.currency, f.decimals)
	case "int":
		return n.Full(v, 0)
	}
	if f.decimals < 0 {
		return n.AtMost(v, 4)
	}
	return n.Full(v, f.decimals)
}

// shortText writes a number for a sentence: compact from 10,000 in Chinese and
// 100,000 in English on, with its unit.
func (f unitFormat) shortText(w *words, v semantic.Value) string {
	d, ok := decimalOf(v)
	if !ok || f.style == "percent" || f.style == "points" || f.style == "int" {
		return f.exactText(w.Numbers, v)
	}
	least := 5
	if w.chinese() {
		least = 4
	}
	text := f.exactText(w.Numbers, v)
	if f.scale == 0 && d.magnitude() >= least {
		text = w.Numbers.Compact(v, 2)
		if f.style == "money" {
			text = w.Numbers.CompactMoney(v, f.currency, 2)
		}
	}
	return w.withUnit(text, f.unit)
}

func (w *words) chinese() bool { return w.Numbers.locale != enUS }

// withUnit puts a counted noun behind a number: 12件, 12 pieces.
func (w *words) withUnit(text, unit string) string {
	if unit == "%" && text != NullText {
		return text + unit
	}
	unit = w.unitName(unit)
	if unit == "" || text == NullText {
		return text
	}
	return w.Counted.string(word("n", text), word("unit", unit))
}

// unitName is a unit of the model in words. What has no word in English is left
// out there when it is Chinese: 62 stores are 62, not 62 家.
func (w *words) unitName(unit string) string {
	if isCurrency(unit) {
		return unit
	}
	if name, ok := w.UnitNames[strings.ToLower(unit)]; ok {
		return name
	}
	if !w.chinese() && strings.ContainsFunc(unit, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return ""
	}
	return w.ours(unit)
}

// axisUnit is a unit as the title of an axis says it: a currency by its name.
func (w *words) axisUnit(unit string) string {
	if name, ok := w.Currencies[unit]; ok {
		return name
	}
	return w.unitName(unit)
}

// table builds the typed table of a result.
func (b *book) table(r *result) *Table {
	t := &Table{Truncated: r.truncated, look: b.look(), Rows: make([][]Cell, len(r.rows))}
	for _, c := range r.plan.Columns {
		t.Columns = append(t.Columns, b.column(c))
	}
	for i, row := range r.rows {
		t.Rows[i] = b.cells(r.plan, row)
	}
	totals, sums := r.totals, []bool(nil)
	if totals == nil {
		totals, sums = addedUp(r)
	}
	if totals != nil {
		t.Totals = b.cells(r.plan, totals)
		for i, c := range r.plan.Columns {
			if c.Key >= 0 || sums != nil && !sums[i] {
				t.Totals[i] = Cell{}
			}
		}
	}
	return t
}

// addedUp are the sums of the columns that may be added, when the rows are all
// there are and each part of the whole is in one of them; nil when no column is.
func addedUp(r *result) (totals []semantic.Value, sums []bool) {
	if r.truncated || len(r.rows) < 2 || !parted(r.plan) {
		return nil, nil
	}
	totals, sums = make([]semantic.Value, len(r.plan.Columns)), make([]bool, len(r.plan.Columns))
	values := make([]semantic.Value, len(r.rows))
	for i, c := range r.plan.Columns {
		if c.Key >= 0 || !c.Additive {
			continue
		}
		hidden := false
		for j, row := range r.rows {
			values[j] = row[i]
			hidden = hidden || c.NullsHide && row[i].IsNull()
		}
		if !hidden {
			totals[i], sums[i] = sum(values)
		}
	}
	if !slices.Contains(sums, true) {
		return nil, nil
	}
	return totals, sums
}

// parted reports whether the rows of a plan are the whole cut into parts: none
// are left out.
func parted(p *semantic.Plan) bool {
	return p.Rows == nil && len(p.Keys) > 0 && p.Limit == 0 && p.Offset == 0 && p.Having == nil && len(p.Windows) == 0
}

func (b *book) cells(p *semantic.Plan, row []semantic.Value) []Cell {
	cells := make([]Cell, len(row))
	for i, v := range row {
		cells[i] = b.cell(p.Columns[i], v)
	}
	return cells
}

// cell is one value with its words.
func (b *book) cell(c semantic.OutColumn, v semantic.Value) Cell {
	return Cell{Value: exactOf(v), Text: b.valueText(c, v), v: v}
}

// exactOf is the data of a value; nil for null.
func exactOf(v semantic.Value) *string {
	if v.IsNull() {
		return nil
	}
	s := v.String()
	if v.Kind() == semantic.Float {
		if d, ok := decimalOf(v); ok {
			s = d.String()
		}
	}
	return &s
}

// valueText writes a value of a column with full precision.
func (b *book) valueText(c semantic.OutColumn, v semantic.Value) string {
	switch {
	case v.IsNull() && c.Key >= 0 && c.Type.Kind == semantic.Text:
		return b.w.NullName
	case v.IsNull():
		return NullText
	case len(c.Edges) > 0:
		return b.bucketText(&c, v)
	case c.Grain != (semantic.Grain{}):
		return b.w.Dates.bucket(v, c.Grain, b.model.Calendar)
	case v.Kind() == semantic.Bool && v.Bool():
		return b.w.True
	case v.Kind() == semantic.Bool:
		return b.w.False
	case v.Kind() == semantic.Date, v.Kind() == semantic.Timestamp:
		return b.w.Dates.instant(v.Time())
	case c.Dimension != nil && v.Kind() == semantic.Text:
		return b.member(c.Dimension, v)
	case v.IsNumber() && !isCode(c):
		return formatOf(c, b.look()).exactText(b.w.Numbers, v)
	}
	return v.String()
}

// bucketText is the band of values that a bucket key stands for. With one edge,
// the width, the key is the lower end; with several it counts the edges below.
func (b *book) bucketText(c *semantic.OutColumn, v semantic.Value) string {
	edges := c.Edges
	if len(edges) == 1 {
		lower, ok := decimalOf(v)
		width, ok2 := decimalOf(edges[0])
		if !ok || !ok2 {
			return v.String()
		}
		return b.band(c, lower.value(), lower.plus(width).value())
	}
	switch i := int(v.Int()); {
	case i <= 0:
		return b.w.BandBelow.string(word("hi", b.w.Numbers.Exact(edges[0])))
	case i >= len(edges):
		return b.w.BandFrom.string(word("lo", b.w.Numbers.Exact(edges[len(edges)-1])))
	default:
		return b.band(c, edges[i-1], edges[i])
	}
}

// band is a half-open band; of whole numbers it ends with the last of them.
func (b *book) band(c *semantic.OutColumn, lo, hi semantic.Value) string {
	if n, scale, ok := hi.Unscaled(); c.Whole && ok && scale == 0 {
		hi = semantic.BigDecimal(new(big.Int).Sub(n, big.NewInt(1)), 0)
	}
	from, to := b.w.Numbers.Exact(lo), b.w.Numbers.Exact(hi)
	if from == to {
		return from
	}
	return b.w.Band.string(word("lo", from), word("hi", to))
}

// value is d as a value without zeros at the end.
func (d decimal) value() semantic.Value {
	d = d.trim()
	if d.scale < 0 {
		d = decimal{new(big.Int).Mul(d.int(), pow10(-d.scale)), 0}
	}
	return semantic.BigDecimal(d.int(), uint8(d.scale))
}

// isCode reports whether a column's numbers name things instead of counting
// them: they are written without grouping.
func isCode(c semantic.OutColumn) bool {
	return c.Dimension != nil && (c.Dimension.Key || c.Key >= 0 && c.Unit == "" && c.Dimension.Sum == "")
}

// column describes a column.
func (b *book) column(c semantic.OutColumn) Column {
	f := formatOf(c, b.look())
	unit := f.unit
	if f.style == "money" {
		unit = f.currency
	}
	unit = b.w.unitName(unit)
	col := Column{
		Name: c.Name, Label: b.columnLabel(c), Type: c.Type.Kind.String(), Role: roleNames[c.Role], Unit: unit, Format: f.style,
		Decimals: f.decimals, Additive: c.Additive && !c.NullsHide, Inexact: c.Type.Kind == semantic.Float && c.Role != semantic.GroupColumn, out: c,
	}
	if c.Grain != (semantic.Grain{}) {
		col.Grain = grainName(c.Grain)
	}
	if c.Metric != nil {
		col.Metric = c.Metric.Name
	}
	if c.Dimension != nil {
		col.Dimension = c.Dimension.Name
	}
	return col
}

// sum adds numbers exactly; ok is false when one is a float. Nulls count as
// nothing; a sum of nulls alone is null.
func sum(values []semantic.Value) (semantic.Value, bool) {
	total, seen := decimal{}, false
	for _, v := range values {
		if v.IsNull() {
			continue
		}
		n, scale, ok := v.Unscaled()
		if !ok {
			return semantic.NullValue, false
		}
		total, seen = total.plus(decimal{n, int(scale)}), true
	}
	if !seen {
		return semantic.NullValue, true
	}
	return semantic.BigDecimal(total.int(), uint8(total.scale)), true
}

// plus adds exactly.
func (d decimal) plus(e decimal) decimal {
	scale := max(d.scale, e.scale, 0)
	x := new(big.Int).Mul(d.int(), pow10(scale-d.scale))
	return decimal{x.Add(x, new(big.Int).Mul(e.int(), pow10(scale-e.scale))), scale}
}

// grainName is a grain as the query line spells it.
func grainName(g semantic.Grain) string { return g.String() }
