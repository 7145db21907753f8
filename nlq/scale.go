package nlq

import (
	"math/big"
	"slices"
	"strings"

	"wenshu/semantic"
)

// scaleWords are the words for the size of a number, in both languages.
var scaleWords = map[string]bool{
	"万": true, "亿": true, "千": true, "百": true, "兆": true, "萬": true, "億": true, "w": true, "k": true, "m": true, "bn": true,
	"thousand": true, "million": true, "millions": true, "billion": true, "billions": true,
}

// saysScale reports whether a word for the size of a number stands in tokens
// from to end.
func saysScale(t *Text, from, end int) bool {
	return slices.ContainsFunc(t.Tokens[from:min(end, len(t.Tokens))], func(token Token) bool { return scaleWords[token.Norm] })
}

// unitScales are the sizes that units of columns begin with: 万元, 亿股.
var unitScales = []struct {
	front string
	size  int64
}{{"百万", 1e6}, {"千万", 1e7}, {"万", 1e4}, {"亿", 1e8}, {"million", 1e6}, {"thousand", 1e3}}

// inUnit writes numbers as a column counts that holds 万元: 5000万 and 5000万元
// are 5000 of it, a bare 5000 is meant so already. Of one that holds minutes, 2 hours
// are 120.
func (s *sentence) inUnit(args []Number, unit string) []Number {
	if to := secondsIn[unit]; to > 0 {
		return inTime(args, to)
	}
	for _, u := range unitScales {
		if !strings.HasPrefix(unit, u.front) {
			continue
		}
		scaled := slices.Clone(args)
		for i, n := range scaled {
			if n.Scaled || s.unitOfMoney(scaled[i:i+1]) {
				scaled[i].Value = dividedBy(n.Value, u.size)
			}
		}
		return scaled
	}
	return args
}

// inTime writes lengths of time in units of so many seconds; what is said without a unit
// is meant so already.
func inTime(args []Number, to int64) []Number {
	counted := slices.Clone(args)
	for i, n := range counted {
		unit := unitNorm(n.Unit)
		from := secondsIn[unit]
		if from == 0 {
			from = secondsIn[lengthUnits[unit]]
		}
		unscaled, scale, ok := n.Value.Unscaled()
		if from == 0 || from == to || !ok {
			continue
		}
		whole, by, rest := new(big.Int).Mul(unscaled, big.NewInt(from)), big.NewInt(to), new(big.Int)
		for range 6 { // 90 minutes are 1.5 hours
			if rest.Rem(whole, by).Sign() == 0 {
				break
			}
			whole, scale = whole.Mul(whole, big.NewInt(10)), scale+1
		}
		counted[i].Value = integral(semantic.BigDecimal(whole.Quo(whole, by), scale))
	}
	return counted
}

// dividedBy divides a number by a power of ten, exactly.
func dividedBy(v semantic.Value, size int64) semantic.Value {
	for ; size >= 100; size /= 100 {
		v = hundredth(v)
	}
	if size == 10 {
		unscaled, scale, ok := v.Unscaled()
		if !ok {
			return v
		}
		return integral(semantic.BigDecimal(unscaled, scale+1))
	}
	return v
}

// unitOf returns the unit that a measure's numbers are in.
func (s *sentence) unitOf(m measure) string {
	switch {
	case m.metric != nil && m.metric.Unit != "":
		return m.metric.Unit
	case m.dim != nil:
		return m.dim.Unit
	case m.metric == nil || m.metric.Home == nil:
		return ""
	}
	for _, d := range m.metric.Home.Dimensions {
		if d.Unit != "" && aggregates(m.metric, d) {
			return d.Unit
		}
	}
	return ""
}
