package dialect

import (
	"strconv"
	"strings"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// join concatenates with ||.
func join(parts ...sqltree.Expr) sqltree.Expr {
	x := parts[0]
	for _, p := range parts[1:] {
		x = sqltree.Op(sqltree.Concat, x, p)
	}
	return x
}

func cast(x sqltree.Expr, typ string) sqltree.Expr {
	return &sqltree.Cast{X: x, Type: sqltree.Type{Name: typ}}
}

func number(text string) sqltree.Expr { return &sqltree.Lit{Kind: sqltree.Number, Text: text} }

// Power is 10^n in digits.
func Power(n int) string { return "1" + strings.Repeat("0", n) }

func signed(n int) string {
	if n < 0 {
		return strconv.Itoa(n)
	}
	return "+" + strconv.Itoa(n)
}

// escape stands before a wildcard that means itself. It is not a backslash,
// which dialects read differently inside literals.
const escape = '!'

var likeEscapes = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

// likePattern is the LIKE pattern of a needle.
func likePattern(m semantic.MatchKind, needle string) string {
	s := likeEscapes.Replace(needle)
	if m != semantic.Starts {
		s = "%" + s
	}
	if m != semantic.Ends {
		s += "%"
	}
	return s
}

// asciiLower turns ASCII letters and no others.
func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// fraction is a number between 0 and 1 as a literal.
func fraction(p float64) sqltree.Expr { return number(strconv.FormatFloat(p, 'f', -1, 64)) }

// months gives the first month of the calendar's year and the number of months
// in a unit that is counted in months; n is 0 for shorter units.
func months(u semantic.Unit, c *semantic.Calendar) (first, n int) {
	first = 1
	if u >= semantic.FiscalMonth && c != nil && c.FiscalStart > 0 {
		first = c.FiscalStart
	}
	switch u {
	case semantic.Month, semantic.FiscalMonth:
		n = 1
	case semantic.Quarter, semantic.FiscalQuarter:
		n = 3
	case semantic.Half, semantic.FiscalHalf:
		n = 6
	case semantic.Year, semantic.FiscalYear:
		n = 12
	}
	return first, n
}

// Basic gives a unit as so many seconds, days or months.
func Basic(u semantic.Unit) (semantic.Unit, int) {
	switch u {
	case semantic.Second, semantic.NoUnit:
		return semantic.Second, 1
	case semantic.Minute:
		return semantic.Second, 60
	case semantic.Hour:
		return semantic.Second, 3600
	case semantic.Day:
		return semantic.Day, 1
	case semantic.Week:
		return semantic.Day, 7
	}
	_, n := months(u, nil)
	return semantic.Month, n
}

// shifted is Shift by way of a dialect's Step.
func shifted(d Dialect, x sqltree.Expr, n int, u semantic.Unit, clock bool) sqltree.Expr {
	basic, each := Basic(u)
	return d.Step(x, sqltree.Int(int64(n*each)), basic, clock)
}

// weekStart is the first day of the calendar's weeks.
func weekStart(c *semantic.Calendar) time.Weekday {
	if c == nil {
		return time.Monday
	}
	return c.WeekStart
}
