package zh

import (
	"strconv"

	"wenshu/nlq"
)

// digitOf are the numerals that stand for one digit, ordinary and financial.
var digitOf = map[string]int64{
	"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
	"壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}

// tensOf are the numerals that multiply what stands before them.
var tensOf = map[string]int64{"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}

// oldTens are numerals for whole tens.
var oldTens = map[string]int64{"廿": 20, "卅": 30}

// numeral holds all that a number may begin with.
var numeral = func() map[string]bool {
	all := map[string]bool{}
	for _, m := range []map[string]int64{digitOf, tensOf, oldTens} {
		for norm := range m {
			all[norm] = true
		}
	}
	return all
}()

// groupOf are the numerals that multiply a group of four digits.
var groupOf = map[string]int64{"万": 1e4, "w": 1e4, "亿": 1e8}

// integer reads a whole number below ten thousand in numerals at token at: 三,
// 十二, 二十一, 三百零五, 一千二 (1200), 廿三, 二〇二五. It takes all the numerals it
// can; end is at where none stands.
func integer(t *nlq.Text, at int) (n int64, end int) {
	if n, end, ok := digitByDigit(t, at); ok {
		return n, end
	}
	return section(t, at)
}

// digitByDigit reads numerals that are spelled like digits: 二〇二五, 二五.
func digitByDigit(t *nlq.Text, at int) (n int64, end int, ok bool) {
	if t.At(at).Class != nlq.Han {
		return 0, at, false
	}
	end = at
	for end-at < 9 {
		d, isDigit := digitOf[t.At(end).Norm]
		if !isDigit || t.At(end).Norm == "两" || end > at && t.At(end).Spaced {
			break
		}
		n, end = n*10+d, end+1
	}
	if _, more := tensOf[t.At(end).Norm]; more || end-at < 2 {
		return 0, at, false
	}
	return n, end, true
}

// section reads a group of up to four places: 三百二十一.
func section(t *nlq.Text, at int) (n int64, end int) {
	if t.At(at).Class != nlq.Han || !numeral[t.At(at).Norm] {
		return 0, at
	}
	if tens := oldTens[t.At(at).Norm]; tens > 0 {
		if d, ok := digitOf[t.At(at+1).Norm]; ok && d > 0 {
			return tens + d, at + 2
		}
		return tens, at + 1
	}
	place, last := int64(10000), int64(0)
	end = at
	for {
		if end > at && t.At(end).Spaced {
			return n, end // 四百 一月
		}
		d, isDigit := digitOf[t.At(end).Norm]
		if isDigit && d == 0 && end > at {
			d, isDigit = digitOf[t.At(end+1).Norm]
			if !isDigit || d == 0 {
				return n, end
			}
			if _, ok := tensOf[t.At(end+2).Norm]; !ok {
				return n + d, end + 2
			}
			end++
		}
		if tens, ok := tensOf[t.At(end).Norm]; ok && tens == 10 && !isDigit && (end == at || last > 10) {
			d, isDigit, end = 1, true, end-1
		}
		if !isDigit {
			return n, end
		}
		tens, ok := tensOf[t.At(end+1).Norm]
		if !ok || tens >= place {
			return n + d*tail(n, last), end + 1
		}
		n, place, last, end = n+d*tens, tens, tens, end+2
	}
}

// tail is what a last digit without a place counts: 一千二 is 1200, 三十二 is 32.
func tail(n, last int64) int64 {
	if n > 0 && last >= 100 {
		return last / 10
	}
	return 1
}

// small reads a small whole number in numerals or digits at token at, as dates
// and counts of units take it; end is at where none stands.
func small(t *nlq.Text, at int) (n, end int) {
	token := t.At(at)
	if token.Class == nlq.Digit {
		if len(token.Norm) > 4 {
			return 0, at
		}
		n, _ = strconv.Atoi(token.Norm)
		return n, at + 1
	}
	if token.Class != nlq.Han {
		return 0, at
	}
	m, end := section(t, at)
	if m > 9999 {
		return 0, at
	}
	return int(m), end
}
