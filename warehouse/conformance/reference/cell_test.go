package reference

import (
	"math"
	"math/big"
	"strings"
	"time"
)

// cell is one value. Numbers are exact; soft marks one that an engine holds as
// a double, so that its last digits may be off.
type cell struct {
	kind  byte // 0 null, 'n' number, 's' text, 't' time, 'b' truth
	num   *big.Rat
	text  string
	at    int64 // seconds since 1970 for 't', 0 or 1 for 'b'
	soft  bool
	scale int // digits after the point that an exact number is declared with
}

var null = cell{}

func (c cell) isNull() bool { return c.kind == 0 }

func number(n int64) cell { return cell{kind: 'n', num: big.NewRat(n, 1)} }

// cents is n hundredths.
func cents(n int64) cell { return cell{kind: 'n', num: big.NewRat(n, 100), scale: 2} }

func text(s string) cell { return cell{kind: 's', text: s} }

func moment(seconds int64) cell { return cell{kind: 't', at: seconds} }

func truth(b bool) cell {
	if b {
		return cell{kind: 'b', at: 1}
	}
	return cell{kind: 'b'}
}

func day(y, m, d int) int64 { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix() }

func clockOf(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }

// String is the cell as a person reads it; equal cells have equal strings.
func (c cell) String() string {
	switch c.kind {
	case 'n':
		if c.num.IsInt() {
			return c.num.Num().String()
		}
		return c.num.RatString()
	case 's':
		return c.text
	case 't':
		return clockOf(c.at).Format("2006-01-02T15:04:05")
	case 'b':
		return string("ft"[c.at])
	}
	return "-"
}

func (c cell) key() string { return string(rune('0'+c.kind)) + c.String() }

func keyOf(cells []cell) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(c.key())
		b.WriteByte(0)
	}
	return b.String()
}

// order compares two cells of one kind that are not null: -1, 0, 1.
func order(a, b cell) int {
	switch a.kind {
	case 'n':
		return a.num.Cmp(b.num)
	case 's':
		return strings.Compare(a.text, b.text)
	}
	switch {
	case a.at < b.at:
		return -1
	case a.at > b.at:
		return 1
	}
	return 0
}

// close reports numbers that a double may not tell apart.
func near(a, b cell) bool {
	if a.kind != 'n' || b.kind != 'n' {
		return false
	}
	x, _ := a.num.Float64()
	y, _ := b.num.Float64()
	return math.Abs(x-y) <= 1e-9*max(1, math.Abs(x), math.Abs(y))
}

// arithmetic is a op b; nothing comes of nothing, and of a division by zero.
func arithmetic(op string, a, b cell) cell {
	if a.isNull() || b.isNull() {
		return null
	}
	out := cell{kind: 'n', num: new(big.Rat), soft: a.soft || b.soft, scale: max(a.scale, b.scale)}
	switch op {
	case "+":
		out.num.Add(a.num, b.num)
	case "-":
		out.num.Sub(a.num, b.num)
	case "*":
		out.num.Mul(a.num, b.num)
		out.scale = a.scale + b.scale
		out.soft = out.soft || out.scale > 8
	case "/":
		if b.num.Sign() == 0 {
			return null
		}
		out.num.Quo(a.num, b.num)
		out.soft = true
	}
	return out
}
