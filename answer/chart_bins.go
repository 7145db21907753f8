package answer

import (
	"math"
	"math/big"

	"wenshu/semantic"
)

// maxBins is how many bars of a histogram one can read.
const maxBins = 40

// histogram sums up the amounts along the values of a number in bins of equal
// width. The table keeps the values as they are.
func (b *book) histogram(c *Chart, r *result, t *Table, s *shape) {
	scale, col := s.scale(), s.plain[0]
	across := s.other(scale)
	values := scaleValues(r, scale)
	w := binWidth(values, r, scale, col, s.intent)
	first := floorDiv(values[0], w)
	n := int(floorDiv(values[len(values)-1], w)-first) + 1
	c.X, c.Y = &Axis{Column: scale, Label: t.Columns[scale].Label}, b.valueAxis(t, col, true)
	out := r.plan.Columns[scale]
	for i := range n {
		low, high := w.times(first+int64(i)), w.times(first+int64(i)+1)
		c.Labels = append(c.Labels, Label{Value: exactOf(low), Text: b.w.Dates.Between.string(word("a", b.valueText(out, low)), word("b", b.valueText(out, high)))})
	}
	members := []semantic.Value{{}}
	if across >= 0 {
		c.By = &Axis{Column: across, Label: t.Columns[across].Label}
		members = b.orderLabels(r, across, col, s)
	}
	for _, m := range members {
		name := b.columnLabel(r.plan.Columns[col])
		if across >= 0 {
			name = b.valueText(r.plan.Columns[across], m)
		}
		bins := make([][]semantic.Value, n)
		for _, row := range r.rows {
			if row[scale].IsNull() || across >= 0 && row[across] != m {
				continue
			}
			i := floorDiv(row[scale], w) - first
			bins[i] = append(bins[i], row[col])
		}
		one := Series{Name: name, Column: col}
		for _, bin := range bins {
			total, _ := sum(bin)
			if len(bin) == 0 {
				total = semantic.IntValue(0)
			}
			one.Cells = append(one.Cells, b.cell(r.plan.Columns[col], total))
		}
		c.Series = append(c.Series, one)
	}
}

// width is the width of bins: mantissa × 10^exponent.
type width struct {
	mantissa *big.Int
	exponent int // of ten
}

func widthOf(v semantic.Value) (width, bool) {
	d, ok := decimalOf(v)
	if !ok || d.sign() <= 0 {
		return width{}, false
	}
	return width{d.int(), -d.scale}, true
}

// times is the lower edge of the n-th bin.
func (w width) times(n int64) semantic.Value {
	d := decimal{new(big.Int).Mul(w.mantissa, big.NewInt(n)), -w.exponent}
	if d.scale <= 0 {
		return semantic.BigDecimal(d.shift(0).atScale(0), 0)
	}
	return semantic.BigDecimal(d.int(), uint8(d.scale))
}

// atScale is the unscaled number at a larger scale.
func (d decimal) atScale(scale int) *big.Int {
	return new(big.Int).Mul(d.int(), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale-d.scale)), nil))
}

// floorDiv is the number of the bin that holds a value, exactly.
func floorDiv(v semantic.Value, w width) int64 {
	d, _ := decimalOf(v)
	step := decimal{w.mantissa, -w.exponent}
	scale := max(d.scale, step.scale)
	q, m := new(big.Int).DivMod(d.atScale(scale), step.atScale(scale), new(big.Int))
	_ = m // DivMod is Euclidean: for a positive divisor the quotient is the floor
	return q.Int64()
}

// binWidth is the width that was asked for, or a round number near that of
// Freedman and Diaconis (1981): twice the distance of the quartiles over the
// cube root of how many there are.
func binWidth(values []semantic.Value, r *result, scale, col int, in intent) width {
	least, most := float(values[0]), float(values[len(values)-1])
	if w, ok := widthOf(in.bins.Width); ok && (most-least)/float(in.bins.Width) < maxPeriods {
		return w
	}
	want := freedmanDiaconis(values, r, scale, col)
	if in.bins.Count > 0 {
		want = (most - least) / float64(in.bins.Count)
	} else if want == 0 || (most-least)/want > maxBins {
		want = (most - least) / maxBins
	}
	if want <= 0 {
		want = 1
	}
	w := roundWidth(want)
	if r.plan.Columns[scale].Type.Kind == semantic.Int && w.exponent < 0 {
		return width{big.NewInt(1), 0}
	}
	return w
}

// roundWidth is the least of 1, 2 and 5 times a power of ten that is not below a
// number.
func roundWidth(want float64) width {
	exponent := int(math.Floor(math.Log10(want)))
	for _, m := range []int64{1, 2, 5} {
		if float64(m)*math.Pow10(exponent) >= want*(1-1e-9) {
			return width{big.NewInt(m), exponent}
		}
	}
	return width{big.NewInt(1), exponent + 1}
}

func float(v semantic.Value) float64 {
	f, _ := v.Float()
	return f
}

// freedmanDiaconis weighs every value by its amount; 0 where the quartiles meet.
func freedmanDiaconis(values []semantic.Value, r *result, scale, col int) float64 {
	weight := map[semantic.Value]float64{}
	total := 0.0
	for _, row := range r.rows {
		if !row[scale].IsNull() {
			weight[row[scale]] += float(row[col])
			total += float(row[col])
		}
	}
	quantile := func(share float64) float64 {
		seen := 0.0
		for _, v := range values {
			if seen += weight[v]; seen >= share*total {
				return float(v)
			}
		}
		return float(values[len(values)-1])
	}
	if total <= 0 {
		return 0
	}
	return 2 * (quantile(0.75) - quantile(0.25)) / math.Cbrt(total)
}
