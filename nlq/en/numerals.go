package en

import (
	"math/big"
	"strconv"

	"wenshu/nlq"
	"wenshu/semantic"
)

// unitsOf are the number words below twenty.
var unitsOf = map[string]int64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}

var tensOf = map[string]int64{"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

// ordinalOf are the ordinals in words.
var ordinalOf = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
	"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}

// scaleOf are words and letters that multiply the number before them; letters
// must touch it.
var scaleOf = map[string]int64{"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "hundred": 100, "dozen": 12, "mln": 1e6, "grand": 1e3, "mil": 1e6, "mio": 1e6}

var letterScale = map[string]int64{"k": 1e3, "m": 1e6, "mm": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "tn": 1e12}

// cardinal reads a whole number in words at token at: twenty-five, one hundred
// and five, three million two hundred thousand, a dozen. end is at where none
// stands.
func cardinal(t *nlq.Text, at int) (n int64, end int) {
	i, group, said := at, int64(0), false
	if a := t.At(at).Norm; a == "a" || a == "an" {
		if scaleOf[t.At(at+1).Norm] == 0 {
			return 0, at
		}
		i, group, said = at+1, 1, true
	}
	end = at
	for ; i < at+16; i++ {
		norm := t.At(i).Norm
		scale := scaleOf[norm]
		switch {
		case norm == "and" && said && (unitOrTens(t, i+1)):
			continue
		case norm == "-" && said && unitOrTens(t, i+1):
			continue
		case scale == 100 && said && group > 0 && group < 100:
			group *= 100
		case scale > 0 && said && group > 0:
			n, group = n+group*scale, 0
		case tensOf[norm] > 0 && group%100 == 0:
			group, said = group+tensOf[norm], true
		case isUnit(norm) && said && countsAgo(t, i+1):
			return n + group, end // above nine thousand two months ago
		case isUnit(norm) && (group%100 == 0 || group%10 == 0 && group%100 >= 20 && unitsOf[norm] < 10):
			group, said = group+unitsOf[norm], true
		default:
			return n + group, end
		}
		end = i + 1
	}
	return n + group, end
}

// countsAgo reports whether a unit of time and how long ago stand at a token: what
// is before it counts them.
func countsAgo(t *nlq.Text, at int) bool {
	switch t.At(at).Norm {
	case "days", "weeks", "months", "quarters", "years":
		return t.At(at+1).Norm == "ago"
	}
	return false
}

func isUnit(norm string) bool {
	_, ok := unitsOf[norm]
	return ok
}

func unitOrTens(t *nlq.Text, at int) bool {
	norm := t.At(at).Norm
	return isUnit(norm) || tensOf[norm] > 0
}

// small reads a small whole number in digits or words, as dates and counts of
// units take it; end is at where none stands.
func small(t *nlq.Text, at int) (n, end int) {
	token := t.At(at)
	switch {
	case token.Class == nlq.Digit && len(token.Norm) <= 4:
		n, _ = strconv.Atoi(token.Norm)
		return n, at + 1
	case token.Norm == "a" && t.At(at+1).Norm == "couple":
		return 2, skip(t, at+2, "of")
	case token.Norm == "couple":
		return 2, skip(t, at+1, "of")
	}
	m, end := cardinal(t, at)
	if m > 9999 {
		return 0, at
	}
	return int(m), end
}

// ordinal reads first, 3rd, twenty-first at token at.
func ordinal(t *nlq.Text, at int) (n, end int) {
	token := t.At(at)
	if n := ordinalOf[token.Norm]; n > 0 {
		return n, at + 1
	}
	if tens := tensOf[token.Norm]; tens > 0 {
		i := skip(t, at+1, "-")
		if n := ordinalOf[t.At(i).Norm]; n > 0 && n < 10 {
			return int(tens) + n, i + 1
		}
	}
	if token.Class != nlq.Digit || len(token.Norm) > 3 || !t.Glued(at+1) {
		return 0, at
	}
	switch t.At(at + 1).Norm {
	case "st", "nd", "rd", "th":
		n, _ = strconv.Atoi(token.Norm)
		return n, at + 2
	}
	return 0, at
}

// skip returns the token behind a word when it stands at at.
func skip(t *nlq.Text, at int, words ...string) int {
	for _, w := range words {
		if t.At(at).Norm == w {
			return at + 1
		}
	}
	return at
}

// scaled multiplies digits by a power of ten or a dozen, exactly.
func scaled(v semantic.Value, by int64) semantic.Value {
	n, scale, ok := v.Unscaled()
	if !ok {
		return v
	}
	n = new(big.Int).Mul(n, big.NewInt(by))
	ten := big.NewInt(10)
	for scale > 0 {
		q, r := new(big.Int).QuoRem(n, ten, new(big.Int))
		if r.Sign() != 0 {
			break
		}
		n, scale = q, scale-1
	}
	if scale == 0 && n.IsInt64() {
		return semantic.IntValue(n.Int64())
	}
	return semantic.BigDecimal(n, scale)
}
