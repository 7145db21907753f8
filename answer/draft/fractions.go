package draft

import (
	"slices"
	"strconv"
	"strings"

	"wenshu/semantic"
)

// rateWords close the names of what is a part of a whole, and rateEnds Chinese ones.
var (
	rateWords = wordSet("rate ratio percent percentage pct share proportion margin")
	rateEnds  = []string{"率", "比例", "比重", "占比", "份额", "百分比"}
	noRates   = []string{"汇率", "倍率", "频率", "功率", "分辨率", "容积率", "周转率", "市盈率", "市净率", "心率", "速率"}
)

// holdsFractions reports whether a column holds parts of a whole as fractions of one,
// which people say in percent: 0.62 is a 负债率 of 62 %.
func (c *column) holdsFractions() bool {
	if c.sum() != "avg" || c.kind.Kind != semantic.Float && c.kind.Kind != semantic.Decimal || !c.saysRate() {
		return false
	}
	broken := false
	for _, said := range c.sample {
		v, err := strconv.ParseFloat(said, 64)
		if err != nil || v > 1 || v < -1 {
			return false
		}
		broken = broken || v != 0 && v != 1 && v != -1
	}
	return broken
}

func (c *column) saysRate() bool {
	if words := c.nameWords(); len(words) > 0 && rateWords[words[len(words)-1]] {
		return true
	}
	ends := func(end string) bool { return strings.HasSuffix(c.label.ZH, end) }
	return slices.ContainsFunc(rateEnds, ends) && !slices.ContainsFunc(noRates, ends)
}
