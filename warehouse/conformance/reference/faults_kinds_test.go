package reference

import "wenshu/semantic"

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
		inConversions("a row leads to itself", func(c *semantic.Convert) {
			c.Scans = append([]semantic.Scan{}, c.Scans...)
			copied := *c.Scans[0].Table
			c.Scans[0].Table = &copied
		}),
	}
}
