package eval

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"wenshu/semantic"
)

// cell is one value as the rule compares it.
type cell struct {
	null   bool
	number float64
	isNum  bool
	text   string // trimmed and folded
	start  time.Time
	grain  grain // of start; noGrain for what is no time
}

// grain is how exact a time is, the coarsest first.
type grain uint8

const (
	noGrain grain = iota
	byYear
	byQuarter
	byMonth
	byWeek
	byDay
	byMoment
)

// goldCell reads a value of an accepted result.
func goldCell(v semantic.Value) cell {
	if v.IsNull() {
		return cell{null: true}
	}
	if v.Kind() == semantic.Bool {
		return cell{number: float64(v.Int()), isNum: true, text: v.String()}
	}
	return textCell(v.String())
}

// textCell reads a value by its text: as a number, a time and a text at once.
func textCell(s string) cell {
	c := cell{text: strings.ToLower(strings.TrimSpace(s))}
	switch c.text {
	case "true", "t":
		c.number, c.isNum = 1, true
		return c
	case "false", "f":
		c.number, c.isNum = 0, true
		return c
	}
	if f, err := strconv.ParseFloat(c.text, 64); err == nil && !math.IsInf(f, 0) && !math.IsNaN(f) {
		c.number, c.isNum = f, true
	}
	c.start, c.grain = timeOf(c.text)
	return c
}

var timeForms = []struct {
	layout string
	grain  grain
}{
	{"2006-01-02", byDay}, {"2006-01-02 15:04:05", byMoment}, {"2006-01-02t15:04:05", byMoment}, {"2006-01-02 15:04", byMoment},
	{"2006-01-02t15:04", byMoment}, {"2006-01-02t15:04:05z", byMoment}, {"2006-01-02 15:04:05.999999", byMoment}, {"2006-01", byMonth}, {"200601", byMonth}, {"2006/01/02", byDay}, {"2006", byYear},
}

// quarterForm is a quarter by its number: 2026-Q1.
var quarterForm = regexp.MustCompile(`^(\d{4})[- ]?q([1-4])$`)

func timeOf(s string) (time.Time, grain) {
	if len(s) < 4 || len(s) > 26 || s[0] < '0' || s[0] > '9' {
		return time.Time{}, noGrain
	}
	if m := quarterForm.FindStringSubmatch(s); m != nil {
		year, _ := strconv.Atoi(m[1])
		quarter, _ := strconv.Atoi(m[2])
		return time.Date(year, time.Month(quarter*3-2), 1, 0, 0, 0, 0, time.UTC), byQuarter
	}
	for _, f := range timeForms {
		if t, err := time.Parse(f.layout, s); err == nil {
			return t, f.grain
		}
	}
	return time.Time{}, noGrain
}

// grains are those of answer columns by name.
var grains = map[string]grain{
	"year": byYear, "fiscal_year": byYear, "half": byMonth, "quarter": byQuarter, "fiscal_quarter": byMonth, "month": byMonth, "fiscal_month": byMonth, "week": byWeek, "day": byDay,
}

// answerCell reads a value of an answer, whose column knows its grain.
func answerCell(value *string, grainName string) cell {
	if value == nil {
		return cell{null: true}
	}
	c := textCell(*value)
	if g, ok := grains[grainName]; ok && c.grain > g {
		c.grain = g
	}
	return c
}

// equal compares an accepted value with one of an answer; scale is what a
// number of the answer is multiplied by.
func (c cell) equal(a cell, scale float64) bool {
	switch {
	case c.null || a.null:
		return c.null == a.null
	case c.isNum && a.isNum && near(c.number, a.number*scale):
		return true
	case c.grain != noGrain && a.grain != noGrain && !(c.isNum && a.isNum):
		return sameTime(c, a)
	}
	return c.text == a.text
}

// near is the rule for numbers.
func near(a, b float64) bool {
	if a == b || math.Abs(a-b) <= 1e-4*math.Max(math.Abs(a), math.Abs(b)) {
		return true
	}
	return math.Round(a*100) == math.Round(b*100)
}

// sameTime compares two times at the coarser of their grains.
func sameTime(c, a cell) bool {
	g := min(c.grain, a.grain)
	return floor(c.start, g).Equal(floor(a.start, g))
}

func floor(t time.Time, g grain) time.Time {
	switch g {
	case byYear:
		return time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	case byQuarter:
		return time.Date(t.Year(), (t.Month()-1)/3*3+1, 1, 0, 0, 0, 0, time.UTC)
	case byMonth:
		return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
	case byWeek:
		back := (int(t.Weekday()) + 6) % 7
		return time.Date(t.Year(), t.Month(), t.Day()-back, 0, 0, 0, 0, time.UTC)
	case byDay:
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	}
	return t.Truncate(time.Second)
}
