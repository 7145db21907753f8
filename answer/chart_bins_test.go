package answer

import (
	"testing"

	"wenshu/nlq"
	"wenshu/semantic"
)

// TestHistogramsHoldAllRows wants bins of one round width, few enough to read,
// whose amounts add up to those of the rows, under every wish for bins.
func TestHistogramsHoldAllRows(t *testing.T) {
	for _, test := range []struct {
		spec   []string
		bins   nlq.Bins
		labels int // 0 for any number that can be read
		first  string
	}{
		{[]string{"N70", "M+", "spread"}, nlq.Bins{}, 0, "100"},
		{[]string{"N70", "M+", "spread"}, nlq.Bins{Width: semantic.IntValue(50)}, 10, "100"},
		{[]string{"N70", "M+", "spread"}, nlq.Bins{Width: semantic.DecimalValue(75, 1)}, 65, "97.5"},
		{[]string{"N70", "M+", "spread"}, nlq.Bins{Count: 5}, 5, "100"},
		{[]string{"N4", "M+", "spread"}, nlq.Bins{}, 0, "100"},
		{[]string{"N30", "C3", "M+", "spread"}, nlq.Bins{}, 0, "100"},
	} {
		r, in := drawn(t, test.spec)
		in.bins = test.bins
		c := draw(r, in)
		if c.Kind != Histogram || c.Labels[0].Value == nil || *c.Labels[0].Value != test.first {
			t.Fatalf("%v: %s from %+v", test.spec, c.Kind, c.Labels[0])
		}
		if n := len(c.Labels); test.labels > 0 && n != test.labels || test.labels == 0 && n > maxBins+1 {
			t.Errorf("%v, bins %+v: %d bars", test.spec, test.bins, n)
		}
		var shown, all []semantic.Value
		for _, one := range c.Series {
			for _, cell := range one.Cells {
				shown = append(shown, cell.v)
			}
		}
		for _, row := range r.rows {
			all = append(all, row[len(row)-1])
		}
		a, _ := sum(all)
		b, _ := sum(shown)
		if n, err := a.Compare(b); err != nil || n != 0 {
			t.Errorf("%v: the bars add up to %s, the rows to %s", test.spec, b, a)
		}
	}
}

// TestPointsBelongToGroups wants a point for every row, coloured by its category,
// and a sample that says so where there are too many.
func TestPointsBelongToGroups(t *testing.T) {
	r, in := drawn(t, []string{"list50", "Rx", "Ry", "R3", "panels", "wish=scatter"})
	c := draw(r, in)
	groups := map[string]int{}
	for _, l := range c.Labels {
		groups[l.Group]++
	}
	if len(c.Labels) != 50 || len(c.Series) != 2 || c.By == nil || len(groups) != 3 || groups[""] > 0 || !c.Panels {
		t.Errorf("%d points in %v, %d series, by %+v, panels %t", len(c.Labels), groups, len(c.Series), c.By, c.Panels)
	}
	r, in = drawn(t, []string{"list3000", "Rx", "Ry", "wish=scatter"})
	if c = draw(r, in); c.Cut == nil || c.Cut.Shown != maxScatter || c.Cut.Of != 3000 || len(c.Labels) != maxScatter {
		t.Errorf("%d points of 3000, cut %+v", len(c.Labels), c.Cut)
	}
}
