package semantic

import (
	"fmt"
	"time"
)

func (p *printer) periods(all []Period) {
	for i, period := range all {
		p.comma(i)
		p.period(period)
	}
}

func (p *printer) period(period Period) {
	switch x := period.(type) {
	case AllTime:
		p.text("all")
	case Relative:
		p.text(x.Unit.String())
		p.bounds(x.From, x.To)
	case Absolute:
		p.absolute(x)
	case Range:
		p.dates(x)
	case FromTo:
		p.of(x.From)
		p.text(" to ")
		p.period(x.To)
	case Open:
		p.text(openNames[x.How])
		p.text("(")
		p.period(x.Of)
		p.text(")")
	case Within:
		p.of(x.Of)
		p.text(".")
		p.text(x.Unit.String())
		p.bounds(x.From, x.To)
	case ToDate:
		p.of(x.Of)
		p.text(".to_date")
	case Shifted:
		p.of(x.Of)
		p.text(".shift(")
		p.text(x.Unit.String())
		p.text(", ")
		p.int(x.N)
		p.text(")")
	case Festival:
		p.text("festival(")
		p.word(x.Name)
		p.text(", ")
		p.int(x.Year)
		p.text(")")
	}
}

// of prints the period that a part is taken of.
func (p *printer) of(period Period) {
	if _, span := period.(FromTo); !span {
		p.period(period)
		return
	}
	p.text("(")
	p.period(period)
	p.text(")")
}

func (p *printer) bounds(from, to int) {
	p.text("(")
	p.int(from)
	if to != from {
		p.text("..")
		p.int(to)
	}
	p.text(")")
}

func (p *printer) absolute(a Absolute) {
	named := calendarUnit(a.Unit)
	if named != a.Unit {
		p.text(a.Unit.String())
		p.text("(")
	}
	p.b = fmt.Appendf(p.b, "%04d", a.Year)
	switch named {
	case Half:
		p.b = fmt.Appendf(p.b, "-H%d", a.N)
	case Quarter:
		p.b = fmt.Appendf(p.b, "-Q%d", a.N)
	case Month:
		p.b = fmt.Appendf(p.b, "-%02d", a.N)
	case Week:
		p.b = fmt.Appendf(p.b, "-W%02d", a.N)
	case Day:
		p.b = fmt.Appendf(p.b, "-%02d-%02d", a.N/100, a.N%100)
	}
	if named != a.Unit {
		p.text(")")
	}
}

func (p *printer) dates(r Range) {
	if r.Start.IsZero() && r.End.IsZero() {
		p.text("all")
		return
	}
	p.instant(r.Start)
	p.text("..")
	p.instant(r.End)
}

func (p *printer) instant(t time.Time) {
	switch {
	case t.IsZero():
	case t.Equal(t.Truncate(24 * time.Hour)):
		p.b = t.AppendFormat(p.b, time.DateOnly)
	default:
		p.b = appendInstant(p.b, t)
	}
}
