package zh

import (
	"math/big"

	"wenshu/nlq"
	"wenshu/semantic"
)

// Numbers returns every number that starts at token at.
func Numbers(t *nlq.Text, at int) []nlq.Number {
	if t.At(at).Norm == "一" && t.At(at+1).Norm == "起" {
		return nil // together, and not from one on: 连同毛利一起
	}
	found := fixedNumbers(t, at)
	if v, end, ok := cardinal(t, at); ok {
		with := withUnit(t, nlq.Number{End: end, Value: v.value()})
		if _, digits, _ := nlq.Digits(t, at); digits == end {
			with = with[1:]
		}
		found = append(found, with...)
		found = append(found, tenths(t, at)...)
	}
	if t.At(at).Norm == "第" {
		if n, end := small(t, at+1); end > at+1 {
			found = append(found, nlq.Number{End: end, Value: semantic.IntValue(int64(n)), Whole: true})
		}
	}
	if sign := t.At(at).Norm; sign == "¥" || sign == "$" || sign == "€" || sign == "£" {
		if v, end, ok := cardinal(t, at+1); ok {
			found = append(found, nlq.Number{End: end, Value: v.value(), Unit: sign})
		}
	}
	return found
}

// amount is unscaled × 10^-scale, exactly.
type amount struct {
	n     *big.Int
	scale int
}

func whole(n int64) amount { return amount{n: big.NewInt(n)} }

// times multiplies by a power of ten.
func (a amount) times(n int64) amount {
	return amount{new(big.Int).Mul(a.n, big.NewInt(n)), a.scale}
}

func (a amount) plus(b amount) amount {
	for a.scale < b.scale {
		a = amount{new(big.Int).Mul(a.n, big.NewInt(10)), a.scale + 1}
	}
	for b.scale < a.scale {
		b = amount{new(big.Int).Mul(b.n, big.NewInt(10)), b.scale + 1}
	}
	return amount{new(big.Int).Add(a.n, b.n), a.scale}
}

// value drops zeros behind the point and makes an Int where it can.
func (a amount) value() semantic.Value {
	n, ten := new(big.Int).Set(a.n), big.NewInt(10)
	for a.scale > 0 {
		q, r := new(big.Int).QuoRem(n, ten, new(big.Int))
		if r.Sign() != 0 {
			break
		}
		n, a.scale = q, a.scale-1
	}
	if a.scale == 0 && n.IsInt64() {
		return semantic.IntValue(n.Int64())
	}
	return semantic.BigDecimal(n, uint8(a.scale))
}

// cardinal reads a number with its multipliers: 三百, 1.5万, 3千万, 1亿2000万,
// 两万五 (25000), 十二点五, 百万. Plain digits alone are not its business, but for
// a unit behind them; ok is true for them as well.
func cardinal(t *nlq.Text, at int) (sum amount, end int, ok bool) {
	sum, end = bareMultiplier(t, at)
	if end > at {
		return sum, end, true
	}
	for place := int64(1e16); place >= 1e4; {
		start := end
		if end > at && t.At(end).Norm == "零" {
			start++
		}
		a, next, ok := digitsOrNumerals(t, start)
		if !ok || end > at && parted(t, start, next) {
			break
		}
		if end > at && start == end && shorthand(t, end, next, place) {
			return sum.plus(a.times(place / 10)), next, true
		}
		group, next := multiplier(t, next)
		if group >= place {
			break
		}
		if end == at {
			sum = a.times(group)
		} else {
			sum = sum.plus(a.times(group))
		}
		end, place = next, group
	}
	return sum, end, end > at
}

// parted reports whether what stands from one token to another is a number of its
// own, and no lower places of the one before: no multiplier follows it and a space
// stands before it, or it is a year: 七万 2025, 500万2024年.
func parted(t *nlq.Text, at, next int) bool {
	if group, _ := multiplier(t, next); group > 1 {
		return false
	}
	return t.At(at).Spaced || t.At(at).Class == nlq.Digit && len(t.At(at).Norm) == 4 && t.At(next).Norm == "年"
}

// bareMultiplier reads 百万, 千万, 十万, 百亿: one of them, with nothing before it.
func bareMultiplier(t *nlq.Text, at int) (a amount, end int) {
	tens, group := tensOf[t.At(at).Norm], groupOf[t.At(at+1).Norm]
	if tens < 100 || group == 0 || t.At(at+1).Norm == "w" {
		return a, at
	}
	return whole(tens * group), at + 2
}

// shorthand reports whether a single numeral behind 万 or 亿 stands for the next
// lower place: 两万五. A unit behind it would make it a number of its own.
func shorthand(t *nlq.Text, at, next int, place int64) bool {
	_, single := digitOf[t.At(at).Norm]
	if d := t.At(at); d.Class == nlq.Digit {
		single = len(d.Norm) == 1
	}
	if next != at+1 || !single || place > 1e8 {
		return false
	}
	group, _ := multiplier(t, next)
	return group == 1 && t.At(next).Norm != "成"
}

// multiplier reads 万, 亿, 万亿, 千万, 个亿 and the like behind a number.
func multiplier(t *nlq.Text, at int) (n int64, end int) {
	if t.At(at).Norm == "个" && t.At(at+1).Norm == "亿" {
		at++
	}
	n, end = 1, at
	for end < at+3 {
		token := t.At(end)
		m := groupOf[token.Norm]
		if m == 0 && end == at {
			m = tensOf[token.Norm]
			if _, big := groupOf[t.At(end+1).Norm]; !big && m == 10 {
				m = 0
			}
		}
		if m == 0 || token.Norm == "w" && token.Spaced || n*m > 1e15 || token.Norm == "千" && thousands[t.At(end+1).Norm] {
			return n, end
		}
		n, end = n*m, end+1
	}
	return n, end
}

// thousands are units that a 千 before them is part of: 120千瓦.
var thousands = map[string]bool{"瓦": true, "伏": true, "卡": true, "帕": true, "焦": true, "赫": true}

// digitsOrNumerals reads the number in front of a multiplier.
func digitsOrNumerals(t *nlq.Text, at int) (a amount, end int, ok bool) {
	if v, end, ok := nlq.Digits(t, at); ok {
		n, scale, _ := v.Unscaled()
		return amount{n, int(scale)}, end, true
	}
	if t.At(at).Class != nlq.Han {
		return a, at, false
	}
	n, end := integer(t, at)
	if end == at {
		return a, at, false
	}
	return fraction(t, whole(n), end)
}

// fraction reads 点五 behind a number in numerals.
func fraction(t *nlq.Text, a amount, at int) (amount, int, bool) {
	if t.At(at).Norm != "点" {
		return a, at, true
	}
	end := at + 1
	for end < at+10 {
		d, ok := digitOf[t.At(end).Norm]
		if !ok || t.At(end).Norm == "两" {
			break
		}
		a = amount{new(big.Int).Add(new(big.Int).Mul(a.n, big.NewInt(10)), big.NewInt(d)), a.scale + 1}
		end++
	}
	if end == at+1 {
		return a, at, true
	}
	return a, end, true
}
