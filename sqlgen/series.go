package sqlgen

import (
	"math"
	"strconv"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// leastSeries is how many values a statement counts through instead of holding
// each of them.
const leastSeries = 50

// series is a list of dates or timestamps at equal distances.
type series struct {
	first semantic.Value
	unit  semantic.Unit // Second, Day or Month
	step  int
	n     int
}

// seriesOf finds the distance at which n values follow each other.
func seriesOf(n int, value func(i int) semantic.Value) (series, bool) {
	if n < leastSeries || value(0).IsNull() {
		return series{}, false
	}
	s := series{first: value(0), n: n}
	a, b := value(0).Time(), value(1).Time()
	s.unit, s.step = semantic.Second, int(b.Sub(a)/time.Second)
	switch {
	case a.Day() == 1 && b.Day() == 1 && a.Equal(a.Truncate(24*time.Hour)):
		s.unit, s.step = semantic.Month, 12*(b.Year()-a.Year())+int(b.Month()-a.Month())
	case s.step%86400 == 0:
		s.unit, s.step = semantic.Day, s.step/86400
	}
	return s, s.step > 0 && s.holds(a, value)
}

// holds reports values of one kind at equal distances from the first on.
func (s series) holds(first time.Time, value func(i int) semantic.Value) bool {
	if s.unit == semantic.Month {
		for i := range s.n {
			if v := value(i); v.Kind() != s.first.Kind() || !v.Time().Equal(s.at(first, i)) {
				return false
			}
		}
		return true
	}
	step := int64(s.step) // in seconds: there may be tens of thousands of days
	if s.unit == semantic.Day {
		step *= 86400
	}
	at, part := first.Unix(), first.Nanosecond()
	for i := range s.n {
		v := value(i)
		if t := v.Time(); v.Kind() != s.first.Kind() || t.Unix() != at || t.Nanosecond() != part {
			return false
		}
		at += step
	}
	return true
}

func (s series) at(first time.Time, i int) time.Time { return laterBy(first, s.unit, i*s.step) }

func laterBy(t time.Time, u semantic.Unit, n int) time.Time {
	switch u {
	case semantic.Second:
		return t.Add(time.Duration(n) * time.Second)
	case semantic.Day:
		return t.Add(time.Duration(n) * 24 * time.Hour)
	}
	return semantic.AddUnits(t, semantic.Month, n, nil)
}

// counted is a select of the values of a series in one column. It crosses a short
// list of numbers with itself, which every engine can do, and which reads nothing
// that Check would have to bound.
func (c *compiler) counted(s series, column string) *sqltree.Select {
	digits, base := 1, s.n
	for base > 32 {
		digits++
		base = int(math.Ceil(math.Pow(float64(s.n), 1/float64(digits)) - 1e-9))
	}
	var rows [][]sqltree.Expr
	for i := range base {
		rows = append(rows, []sqltree.Expr{sqltree.Int(int64(i))})
	}
	list := c.name('n')
	c.ctes = append(c.ctes, sqltree.CTE{Name: list, Columns: []string{"i"}, Query: &sqltree.Query{Body: c.d.Rows(rows, []string{"i"})}})
	out := &sqltree.Select{From: &sqltree.From{Source: &sqltree.Table{Name: list, Alias: "q0"}}}
	index, weight := sqltree.C("q0", "i"), 1
	for d := 1; d < digits; d++ {
		alias := "q" + strconv.Itoa(d)
		weight *= base
		out.From.Joins = append(out.From.Joins, sqltree.Join{Kind: sqltree.Cross, Source: &sqltree.Table{Name: list, Alias: alias}})
		index = sqltree.Op(sqltree.Add, index, sqltree.Op(sqltree.Mul, sqltree.Int(int64(weight)), sqltree.C(alias, "i")))
	}
	if weight*base > s.n {
		out.Where = sqltree.Op(sqltree.Lt, index, sqltree.Int(int64(s.n)))
	}
	if s.step != 1 {
		index = sqltree.Op(sqltree.Mul, index, sqltree.Int(int64(s.step)))
	}
	at := c.d.Step(c.d.Value(s.first), index, s.unit, s.first.Kind() == semantic.Timestamp)
	out.Items = []sqltree.Item{{Expr: at, Alias: column}}
	return out
}
