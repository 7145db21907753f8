package reference

import (
	"slices"
	"time"

	"wenshu/semantic"
)

// inConversions makes a fault of a change to every conversion.
func inConversions(name string, change func(c *semantic.Convert)) fault {
	return inBranches(name, func(b *semantic.Branch) {
		if b.Convert != nil {
			c := *b.Convert
			change(&c)
			b.Convert = &c
		}
	})
}

func kindFaults() []fault {
	return []fault{
		inConversions("a conversion at any time", func(c *semantic.Convert) { c.Within = semantic.Window{} }),
		inConversions("a conversion one unit too late", func(c *semantic.Convert) {
			if c.Within.N > 0 {
				c.Within.N++
			}
		}),
		inConversions("the conversions' own filter lost", func(c *semantic.Convert) { c.Where = nil }),
		inConversions("rules lost on conversions", func(c *semantic.Convert) {
			scans := append([]semantic.Scan{}, c.Scans...)
			for i := range scans {
				scans[i].Rules, scans[i].Never = nil, false
			}
			c.Scans = scans
		}),
		inSQL("of first steps at one moment the last key", ".x0 NULLS LAST", ".x0 DESC NULLS LAST"),
		inSQL("a conversion of the earliest step", ".z0 DESC NULLS", ".z0 NULLS"),
		inSQL("a conversion for each step", ".n0 = 1", ".n0 >= 1"),
		inSQL("a step at the same moment does not count", ".z0 <= r", ".z0 < r"),
		inPlan("what runs in a comparison begins with the visible periods", func(p *semantic.Plan) { p.Open = false }),
		inBranches("bands in the wrong order", func(b *semantic.Branch) {
			for i, k := range b.Keys {
				if bands, ok := k.(semantic.Case); ok && len(bands.Whens) > 1 {
					bands.Whens = slices.Clone(bands.Whens)
					bands.Whens[0].If, bands.Whens[1].If = bands.Whens[1].If, bands.Whens[0].If
					b.Keys[i] = bands
				}
			}
		}),
		inConversions("a constant forgotten", func(c *semantic.Convert) { c.Pairs = c.Pairs[:1] }),
		inConversions("a row leads to itself", func(c *semantic.Convert) {
			c.Scans = append([]semantic.Scan{}, c.Scans...)
			copied := *c.Scans[0].Table
			c.Scans[0].Table = &copied
		}),
	}
}

// inSpans makes a fault of a change to every span that rows count for.
func inSpans(name string, change func(s *semantic.Stretch)) fault {
	return inBranches(name, func(b *semantic.Branch) {
		if b.Over == nil {
			return
		}
		o := *b.Over
		o.Spans = slices.Clone(o.Spans)
		for i := range o.Spans {
			change(&o.Spans[i])
		}
		b.Over = &o
	})
}

func spanFaults() []fault {
	return []fault{
		inSpans("a span ends a day early", func(s *semantic.Stretch) { s.End = later(s.End, -24*time.Hour) }),
		inSpans("a span starts a day late", func(s *semantic.Stretch) { s.Start = later(s.Start, 24*time.Hour) }),
		inSpans("a span starts where rows do", func(s *semantic.Stretch) { s.Start = semantic.NullValue }),
		inBranches("a row counts for every span", func(b *semantic.Branch) {
			if b.Over != nil {
				o := *b.Over
				o.Spans = slices.Clone(o.Spans)
				first, last := o.Spans[0], o.Spans[len(o.Spans)-1]
				for i := range o.Spans {
					o.Spans[i].Start, o.Spans[i].End = first.Start, last.End
				}
				b.Over = &o
			}
		}),
	}
}

// inCohorts makes a fault of a change to every cohort.
func inCohorts(name string, change func(c *semantic.Cohort)) fault {
	return inBranches(name, func(b *semantic.Branch) {
		if b.Cohort != nil {
			c := *b.Cohort
			change(&c)
			b.Cohort = &c
		}
	})
}

func cohortFaults() []fault {
	return []fault{
		inCohorts("an unfinished period counts", func(c *semantic.Cohort) {
			c.Periods = append(append([]semantic.Value{}, c.Periods...), later(c.Periods[len(c.Periods)-1], 0))
		}),
		inCohorts("the period counted, not those after it", func(c *semantic.Cohort) { c.Having = nil }),
		inCohorts("filters choose the first act", func(c *semantic.Cohort) { c.If = nil }),
		inCohorts("every act brings an entity back", func(c *semantic.Cohort) { c.Where = nil }),
		inCohorts("coming back in another unit", func(c *semantic.Cohort) { c.Again.Grain.Unit = semantic.Day }),
		inSQL("the last act begins a cohort", `ORDER BY t0."at" NULLS`, `ORDER BY t0."at" DESC NULLS`),
		inBranches("filters of the metric on the first act alone", func(b *semantic.Branch) {
			if b.Cohort != nil {
				c := *b.Cohort
				c.If, b.Where = append(append([]semantic.Expr{}, c.If...), b.Where...), nil
				b.Cohort = &c
			}
		}),
		inBranches("the version of today at another time", func(b *semantic.Branch) {
			for i := range b.Scans {
				if s := &b.Scans[i]; s.At != nil {
					s.At = semantic.Lit{Value: semantic.TimestampValue(time.Date(2026, 7, 15, 23, 59, 59, 0, time.UTC))}
				}
			}
		}),
		inBranches("every version", func(b *semantic.Branch) {
			for i := range b.Scans {
				b.Scans[i].At = nil
			}
		}),
		inBranches("versions that begin where they end", func(b *semantic.Branch) {
			for i := range b.Scans {
				if s := &b.Scans[i]; s.At != nil {
					s.From, s.To = s.To, s.From
				}
			}
		}),
		inPlan("a streak over the broken periods", func(p *semantic.Plan) {
			eachSlot(p, func(s semantic.OverRows) semantic.SlotDef {
				if s.Func == "moving" && s.Agg == "max" {
					s.Agg = "min"
				}
				return s
			})
		}),
		inPlan("a streak across groups", func(p *semantic.Plan) {
			eachSlot(p, func(s semantic.OverRows) semantic.SlotDef {
				if s.Func == "moving" && s.Agg == "max" {
					s.Partition = nil
				}
				return s
			})
		}),
	}
}

func calendarFaults() []fault {
	return []fault{
		inBranches("what the calendar says of a day lost", func(b *semantic.Branch) {
			for i, k := range b.Keys {
				if c, ok := k.(semantic.Column); ok && c.Name == "season" && c.Scan < len(b.Scans) && b.Scans[c.Scan].Table.Name == "c0" {
					b.Keys[i] = semantic.Lit{Value: semantic.NullValue}
				}
			}
		}),
		inBranches("a season of the calendar too far", func(b *semantic.Branch) {
			b.Scans = slices.Clone(b.Scans)
			for i := range b.Scans {
				if b.Scans[i].Moves != nil {
					m := *b.Scans[i].Moves
					m.By++
					b.Scans[i].Moves = &m
				}
			}
		}),
		inTruncs("weeks that start on Sunday", func(t *semantic.Trunc) {
			if t.Calendar != nil {
				c := *t.Calendar
				c.WeekStart = time.Sunday
				t.Calendar = &c
			}
		}),
		inTruncs("fiscal years that start in January", func(t *semantic.Trunc) {
			if t.Calendar != nil {
				c := *t.Calendar
				c.FiscalStart = 1
				t.Calendar = &c
			}
		}),
		inTruncs("fiscal months of the calendar", func(t *semantic.Trunc) {
			if t.Calendar != nil {
				c := *t.Calendar
				c.FiscalWeeks = [3]int{}
				t.Calendar = &c
			}
		}),
		inTruncs("the week too many in another month", func(t *semantic.Trunc) {
			if t.Calendar != nil {
				c := *t.Calendar
				c.FiscalWeeks[0], c.FiscalWeeks[2] = c.FiscalWeeks[2], c.FiscalWeeks[0]
				t.Calendar = &c
			}
		}),
		inTruncs("a fiscal year a week off", func(t *semantic.Trunc) {
			if t.Calendar != nil {
				c := *t.Calendar
				c.FiscalLead = (c.FiscalLead + 3) % 7
				t.Calendar = &c
			}
		}),
	}
}
