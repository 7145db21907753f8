package draft

import (
	"slices"
	"strconv"
	"strings"

	"wenshu/semantic"
)

// units are the words that close a name with what its numbers count, as the
// model files spell it.
var units = map[string]string{
	"kg": "kg", "g": "g", "kgs": "kg", "kilograms": "kg", "lb": "lb", "lbs": "lb", "pounds": "lb", "tons": "t", "tonnes": "t",
	"km": "km", "kilometers": "km", "kilometres": "km", "cm": "cm", "mm": "mm", "meters": "m", "metres": "m", "meter": "m", "mi": "miles", "miles": "miles", "ft": "ft", "feet": "ft", "inches": "in",
	"kmh": "km/h", "kph": "km/h", "mph": "mph", "knots": "kn",
	"sqft": "sq ft", "sqm": "m²", "m2": "m²", "km2": "km²", "cm2": "cm²", "m3": "m³", "m3s": "m³/s", "hectares": "ha", "acres": "acres",
	"usd": "USD", "dollar": "USD", "dollars": "USD", "cny": "CNY", "rmb": "CNY", "yuan": "CNY", "eur": "EUR", "euro": "EUR", "euros": "EUR", "gbp": "GBP", "jpy": "JPY", "hkd": "HKD",
	"hours": "hours", "hrs": "hours", "hour": "hours", "hr": "hours", "minutes": "minutes", "mins": "minutes", "seconds": "seconds", "secs": "seconds", "sec": "seconds", "ms": "ms", "millis": "ms", "milliseconds": "ms",
	"kwh": "kWh", "mwh": "MWh", "gwh": "GWh", "mw": "MW", "kw": "kW", "gw": "GW", "celsius": "°C", "fahrenheit": "°F",
	"gb": "GB", "mb": "MB", "kb": "KB", "tb": "TB", "bytes": "bytes", "liters": "l", "litres": "l", "ml": "ml", "mg": "mg", "kcal": "kcal", "mah": "mAh", "mp": "MP", "megapixel": "MP", "megapixels": "MP", "kt": "kt", "twh": "TWh",
	"元": "元", "万元": "万元", "亿元": "亿元", "千元": "千元", "美元": "USD", "人民币": "CNY", "人": "人", "万人": "万人", "人次": "人次", "万人次": "万人次", "次": "次", "吨": "吨", "万吨": "万吨", "公斤": "kg", "千克": "kg", "克": "g",
	"公里": "km", "千米": "km", "米": "m", "厘米": "cm", "毫米": "mm", "平方米": "m²", "平米": "m²", "平方公里": "km²", "平方千米": "km²", "公顷": "ha", "亩": "亩",
	"小时": "小时", "分钟": "分钟", "秒": "秒", "天": "天", "岁": "岁", "件": "件", "个": "个", "台": "台", "辆": "辆", "套": "套", "家": "家", "户": "户", "名": "名", "册": "册", "张": "张", "千瓦时": "kWh", "千瓦": "kW", "万千瓦": "万千瓦", "万千瓦时": "万千瓦时", "万平方米": "万m²", "万美元": "万美元", "亿美元": "亿美元", "兆瓦": "MW", "升": "l", "度": "度", "摄氏度": "°C", "亿": "亿", "万": "万", "年": "年",
}

// bareUnits are units only in brackets: elsewhere they close a name as words of
// it, as in 负责人 or 温度.
var bareUnits = wordSet("人 次 天 岁 件 个 台 辆 套 家 户 名 册 张 升 度 亿 万 年 米 秒 克 元 hour meter")

// lasting are words before a closing min that make it minutes.
var lasting = wordSet("duration time length runtime voice call delay wait waiting run running trip travel stay talk playing watch")

// measured are words that an amount of several things is in: price in dollars.
var measured = wordSet("in per")

// timeUnits are the words for what columns of time are counted in.
var timeUnits = map[string]string{"hours": "hours", "hrs": "hours", "hour": "hours", "hr": "hours", "minutes": "minutes", "mins": "minutes", "min": "minutes", "days": "days", "seconds": "seconds", "secs": "seconds", "sec": "seconds"}

// unit is the unit that a measure's name closes with, and the words before it.
func (c *column) unit() (unit string, front []string) {
	n := len(c.words)
	if c.role != addable && c.role != level || perUnit(c.words) != "" {
		return "", nil
	}
	if isUnit(c.said) {
		if closesWithUnit(c.words) && !c.table.tellsApart(c, c.words[:n-1]) {
			return spokenUnit(c.said), c.words[:n-1]
		}
		return spokenUnit(c.said), c.words
	}
	if c.runsMinutes() {
		return "minutes", c.words
	}
	if !closesWithUnit(c.words) {
		return "", nil
	}
	unit, front = units[c.words[n-1]], c.words[:n-1]
	switch c.words[n-1] {
	case "min":
		unit = "minutes"
	case "m":
		unit = "m"
	case "t":
		unit = "t"
	case "c":
		unit = "°C"
	case "f":
		unit = "°F"
	}
	if len(front) > 1 && measured[front[n-2]] {
		if front[n-2] == "per" {
			return "", nil // a rate, which is no number of that
		}
		front = front[:n-2]
	}
	if c.table.tellsApart(c, front) {
		return unit, c.words
	}
	return unit, front
}

// runsMinutes reports whether a running time without a unit is one in minutes, as those of
// films and plays are: most are of half an hour or more, and none of more than ten hours.
func (c *column) runsMinutes() bool {
	n := len(c.words)
	if n == 0 || c.words[n-1] != "runtime" && (n < 2 || c.words[n-2] != "running" || c.words[n-1] != "time") || len(c.sample) == 0 {
		return false
	}
	long := 0
	for _, v := range c.sample {
		x, err := strconv.ParseFloat(v, 64)
		if err != nil || x < 0 || x > 600 {
			return false
		}
		if x >= 30 {
			long++
		}
	}
	return 2*long > len(c.sample)
}

// closesWithUnit reports whether words close with one that is never but a unit: a
// Chinese one that a mark parts from the rest, 人口_万, is no word of the name.
func closesWithUnit(words []string) bool {
	n := len(words)
	if n < 2 {
		return false
	}
	last, before := words[n-1], canonical(words[n-2])
	return units[last] != "" && (!bareUnits[last] || hasHan(last)) || last == "min" && lasting[before] || last == "m" && reaching[before] || last == "t" && heavy[before] || (last == "c" || last == "f") && warm[before]
}

// heavy are words before a closing t that make it tonnes.
var heavy = wordSet("weight wt load tonnage cargo payload freight catch harvest")

// warm are words before a closing c or f that make it degrees.
var warm = wordSet("temp temperature dewpoint")

// reaching are words before a closing m that make it metres.
var reaching = wordSet("height depth elevation altitude length width distance radius diameter thickness range draught visibility")

// totalUnits are units of what adds up over time and place.
var totalUnits = wordSet("kwh mwh gwh 千瓦时 万千瓦时 万元 亿元 千元 人次 万人次 万吨 usd eur gbp cny rmb hours hrs hr minutes mins seconds secs sec 小时 分钟")

// tellsApart reports whether a unit is all that tells a column from another.
func (t *table) tellsApart(c *column, front []string) bool {
	return slices.ContainsFunc(t.columns, func(o *column) bool {
		if o == c || len(o.words) < len(front) || !slices.Equal(o.words[:len(front)], front) {
			return false
		}
		return len(o.words) == len(front) || len(o.words) == len(front)+1 && units[o.words[len(front)]] != ""
	})
}

// amountWords close the name of a measure and may be left out: fee of fee amount.
var amountWords = wordSet("amount amt value val qty quantity number num")

// plainFronts are words that say nothing alone about a measure.
var plainFronts = wordSet("net total gross min max avg average other order item unit sum")

// withoutCode is what remains of the name of a text that closes with a word for
// a code or a kind of name: province of prov_cd.
func (c *column) withoutCode() []string {
	n := len(c.words)
	if n < 2 || c.kind.Kind != semantic.Text || c.join != nil || c.role == private {
		return nil
	}
	last := canonical(c.words[n-1])
	if last != "code" && last != "description" || last == "code" && c.unique() {
		return nil
	}
	return c.words[:n-1]
}

// withoutPercent is what remains of the name of a level that is said in percent: humidity of
// humidity_pct. Where another column begins so, the percent tells it apart.
func (c *column) withoutPercent() []string {
	n := len(c.words)
	if n < 2 || c.role != level || c.words[n-1] != "percent" && c.words[n-1] != "pct" {
		return nil
	}
	if t, used := dictionary().phrase(c.words[:n-1]); t == nil || used < n-1 || t.role != "avg" || sharesOut[c.words[n-2]] || c.table.describedBy(c.words[:n-1], c) {
		return nil
	}
	return c.words[:n-1]
}

// sharesOut are words for what takes a percent off an amount, and is an amount itself.
var sharesOut = wordSet("discount tax commission")

// withoutScore is what remains of the name of a score, where that is one by itself: csat of
// csat score.
func (c *column) withoutScore() []string {
	n := len(c.words)
	if n < 2 || c.role != level || c.words[n-1] != "score" && c.words[n-1] != "rating" {
		return nil
	}
	if t, used := dictionary().phrase(c.words[:n-1]); t == nil || used < n-1 || t.role != "avg" {
		return nil
	}
	return c.words[:n-1]
}

// withoutAmount is what remains of a measure's name when it closes with a word
// for how much.
func (c *column) withoutAmount() []string {
	words := c.words
	if _, front := c.unit(); front != nil {
		words = front
	}
	n := len(words)
	if n < 2 || c.kind.Kind == semantic.Text || c.role != addable && c.role != level {
		return nil
	}
	if !amountWords[words[n-1]] || n == 2 && plainFronts[words[0]] {
		return nil
	}
	return words[:n-1]
}

// frontAdjective puts the net of cost_net where people say it: net cost.
func frontAdjective(words []string) []string {
	n := len(words) - 1
	if n < 1 || words[n] != "net" && words[n] != "gross" || isTerm(words) {
		return words
	}
	return append([]string{words[n]}, words[:n]...)
}

// withoutUnit takes the unit off the end of a measure's name, and lets it be called with
// it too. What was done is not said without: worked hours.
func (c *column) withoutUnit(words []string) []string {
	if unit, front := c.unit(); unit != "" && len(front) < len(words) && !isTerm(words) {
		if whole, ok := englishOf(words); ok && !slices.ContainsFunc(words, hasHan) {
			if dictionary().terms[words[len(words)-1]] != nil || dictionary().terms[singular(words[len(words)-1])] != nil || len(words[len(words)-1]) > 4 {
				whole = pluralPhrase(whole)
			}
			c.synonyms = append(c.synonyms, whole)
		}
		if last := front[len(front)-1]; !strings.HasSuffix(last, "ed") || dictionary().terms[last] != nil && dictionary().terms[last].role != "" {
			if timeUnits[words[len(words)-1]] != "" && len(front) == 1 && c.role == addable && !hasHan(last) {
				c.synonyms = append(c.synonyms, last+" time", last+"ing time") // talk of talk_sec
			}
			words = front
		} else if spent := timeUnits[words[len(words)-1]]; spent != "" {
			c.synonyms = append(c.synonyms, spent+" "+last) // hours worked
		}
	}
	return words
}
