package en

import (
	"wenshu/nlq"
	"wenshu/semantic"
)

// Numbers returns every number that starts at token at.
func Numbers(t *nlq.Text, at int) []nlq.Number {
	var found []nlq.Number
	if n, end := ordinal(t, at); end > at {
		found = append(found, nlq.Number{End: end, Value: semantic.IntValue(int64(n)), Whole: true})
	}
	if sign := currencyOf[t.At(at).Norm]; sign {
		if v, end, ok := amount(t, at+1); ok {
			found = append(found, nlq.Number{End: end, Value: v, Unit: t.At(at).Norm})
		}
	}
	if n, ok := half(t, at); ok {
		found = append(found, n)
	}
	if n, ok := hours(t, at); ok {
		found = append(found, n)
	}
	v, end, ok := amount(t, at)
	if !ok {
		return found
	}
	n := nlq.Number{End: end, Value: v}
	if _, digits, _ := nlq.Digits(t, at); digits != end {
		found = append(found, n)
	}
	return append(found, withUnits(t, n)...)
}

var currencyOf = map[string]bool{"$": true, "¥": true, "€": true, "£": true, "usd": true, "cny": true, "rmb": true, "eur": true, "gbp": true}

// amount reads digits or words with a multiplier: 5k, 2.5m, 1.2 million, twenty
// thousand, half a million, one and a half million.
func amount(t *nlq.Text, at int) (v semantic.Value, end int, ok bool) {
	if v, end, ok := nlq.Digits(t, at); ok {
		v, end = multiplied(t, v, end)
		return v, end, true
	}
	if v, end, ok := halves(t, at); ok {
		return v, end, true
	}
	n, end := cardinal(t, at)
	if end == at {
		return v, at, false
	}
	if t.At(end).Norm == "point" {
		if v, after, ok := pointed(t, n, end+1); ok {
			v, after = multiplied(t, v, after)
			return v, after, true
		}
	}
	return semantic.IntValue(n), end, true
}

// multiplied reads the multipliers behind digits.
func multiplied(t *nlq.Text, v semantic.Value, at int) (semantic.Value, int) {
	for range 2 {
		norm := t.At(at).Norm
		by := scaleOf[norm]
		if letter := letterScale[norm]; letter > 0 && t.Glued(at) {
			by = letter
		}
		if by == 0 {
			return v, at
		}
		v, at = scaled(v, by), at+1
	}
	return v, at
}

// pointed reads twelve point five.
func pointed(t *nlq.Text, n int64, at int) (v semantic.Value, end int, ok bool) {
	scale := uint8(0)
	for end = at; end < at+6; end++ {
		d, isUnit := unitsOf[t.At(end).Norm]
		if !isUnit || d > 9 {
			break
		}
		n, scale = n*10+d, scale+1
	}
	return semantic.DecimalValue(n, scale), end, end > at
}

// halves reads half a million, half a dozen, one and a half million.
func halves(t *nlq.Text, at int) (v semantic.Value, end int, ok bool) {
	whole := int64(0)
	i := at
	if t.At(i+1).Norm == "and" && t.At(i+2).Norm == "a" && t.At(i+3).Norm == "half" {
		n, isUnit := unitsOf[t.At(i).Norm]
		if !isUnit {
			return v, at, false
		}
		whole, i = n, i+3
	}
	if t.At(i).Norm != "half" {
		return v, at, false
	}
	next := skip(t, i+1, "a")
	v = semantic.DecimalValue(whole*10+5, 1)
	if by := scaleOf[t.At(next).Norm]; by > 0 {
		return scaled(v, by), next + 1, true
	}
	return v, i + 1, whole > 0
}

// half reads half as fifty percent.
func half(t *nlq.Text, at int) (n nlq.Number, ok bool) {
	i := at
	switch {
	case t.At(at).Norm == "half":
		i = skip(t, at+1, "of")
	case (t.At(at).Norm == "a" || t.At(at).Norm == "one") && t.At(at+1).Norm == "half":
		i = skip(t, at+2, "of")
	default:
		return n, false
	}
	return nlq.Number{End: i, Value: semantic.IntValue(50), Percent: true}, true
}

// hours reads half an hour, an hour, an hour and a half, three quarters of an hour.
func hours(t *nlq.Text, at int) (n nlq.Number, ok bool) {
	says := func(from int, words ...string) bool {
		for i, w := range words {
			if t.At(from+i).Norm != w {
				return false
			}
		}
		return true
	}
	n.Unit = "hours"
	switch {
	case says(at, "half", "an", "hour"):
		n.Value, n.End = semantic.DecimalValue(5, 1), at+3
	case says(at, "an", "hour", "and", "a", "half"):
		n.Value, n.End = semantic.DecimalValue(15, 1), at+5
	case says(at, "three", "quarters", "of", "an", "hour"):
		n.Value, n.End = semantic.DecimalValue(75, 2), at+5
	case says(at, "an", "hour"):
		n.Value, n.End = semantic.IntValue(1), at+2
	default:
		return n, false
	}
	return n, true
}

// withUnits returns a number with the percent word, currency or unit behind it.
func withUnits(t *nlq.Text, n nlq.Number) []nlq.Number {
	var found []nlq.Number
	for _, hit := range percentWords.At(t, n.End) {
		found = append(found, nlq.Number{End: hit.End, Value: n.Value, Percent: true})
	}
	for _, hit := range unitWords.At(t, n.End) {
		found = append(found, nlq.Number{End: hit.End, Value: n.Value, Unit: t.Said(n.End, hit.End)})
	}
	return found
}

var percentWords = words("percent", "per cent", "pct", "percentage")

var unitWords = words(
	"dollars", "dollar", "usd", "bucks", "yuan", "rmb", "cny", "euros", "euro", "eur", "pounds", "gbp", "yen", "cents",
	"percentage points", "percentage point", "points", "pp", "ppt", "bps", "basis points",
	"years old", "year old", "yrs old", "years of age", "units", "unit", "pieces", "pcs", "items", "times", "people", "persons",
	"hours", "hour", "hrs", "hr", "h", "minutes", "minute", "mins", "min", "seconds", "secs", "sec", "days", "day", "weeks", "week", "months", "month", "years", "year", "yrs", "quarters",
	"kg", "kilograms", "g", "grams", "lb", "lbs", "tons", "tonnes", "km", "kilometers", "kilometres", "miles", "meters", "metres", "cm", "mm", "feet", "ft", "inches", "gb", "mb", "tb", "mah", "mp", "megapixel", "megapixels", "kw", "mw", "gw", "kwh", "mwh", "gwh", "hp", "kmh", "km / h", "kph", "mph", "stars", "star", "degrees",
)

// words makes a lexicon of phrases.
func words(phrases ...string) *nlq.Lexicon[bool] {
	l := nlq.NewLexicon[bool]()
	for _, p := range phrases {
		l.Add(p, true)
	}
	return l
}
