package reference

// reachable lists the columns that a home can be filtered or grouped by: its
// own, those that joins lead to, and those that lead to it.
func (w *world) reachable(home string, back bool) []ref {
	var refs []ref
	for _, t := range w.tables {
		way, ok := w.way(home, t.name)
		multiplies := false
		for _, s := range way {
			multiplies = multiplies || s.many
		}
		if !ok || multiplies && !back {
			continue
		}
		for _, c := range t.columns {
			if !c.foreign {
				refs = append(refs, ref{table: t.name, name: c.name})
			}
		}
	}
	for _, j := range w.table(home).joins {
		for _, c := range w.table(j.to).columns {
			if !c.foreign && c.name != "id" {
				refs = append(refs, ref{home, []string{j.name}, c.name})
			}
		}
		for _, k := range w.table(j.to).joins {
			if j.to != home {
				refs = append(refs, ref{home, []string{j.name, k.name}, "kind"})
			}
		}
	}
	return refs
}

func (w *world) columnOf(r ref) *column { return w.endOf(r).column(r.name) }

// randomCond is a condition on the rows of a home.
func (w *world) randomCond(d dice, home string, depth int, back bool) cond {
	if depth > 0 && d.chance(40) {
		l, r := w.randomCond(d, home, depth-1, back), w.randomCond(d, home, depth-1, back)
		switch d.IntN(3) {
		case 0:
			return and{l, r}
		case 1:
			return or{l, r}
		}
		return not{l}
	}
	return w.randomTest(d, home, pick(d, w.reachable(home, back)))
}

func (w *world) randomTest(d dice, home string, r ref) cond {
	c := w.columnOf(r)
	if d.chance(12) {
		return missing{field{r}, d.chance(50)}
	}
	switch c.kind {
	case 'b':
		return test{field{r}, pick(d, []string{"=", "!="}), fixed{truth(d.chance(50))}}
	case 's':
		return w.randomTextTest(d, r, c)
	case 't':
		return w.randomTimeTest(d, r, c)
	}
	switch {
	case d.chance(15):
		lo, hi := c.some(d), c.some(d)
		if order(lo, hi) > 0 {
			lo, hi = hi, lo
		}
		return between{field{r}, lo, hi, d.chance(40)}
	case d.chance(15):
		return among{field{r}, []cell{c.some(d), c.some(d), c.some(d)}, d.chance(40)}
	case d.chance(10):
		return test{reckon{pick(d, []string{"+", "-", "*"}), field{r}, fixed{number(int64(1 + d.IntN(3)))}}, pick(d, comparisons), fixed{c.some(d)}}
	}
	return test{field{r}, pick(d, comparisons), fixed{c.some(d)}}
}

var comparisons = []string{"=", "!=", "<", "<=", ">", ">="}

func (w *world) randomTextTest(d dice, r ref, c *column) cond {
	switch {
	case d.chance(25):
		return among{field{r}, []cell{c.some(d), c.some(d)}, d.chance(50)}
	case d.chance(20):
		return matches{r, pick(d, []string{"contains", "starts", "ends"}), pick(d, []string{"a", "B", "海", "上"}), d.chance(40)}
	}
	return test{field{r}, pick(d, []string{"=", "=", "!=", "<"}), fixed{c.some(d)}}
}

func (w *world) randomTimeTest(d dice, r ref, c *column) cond {
	if d.chance(50) {
		return within{r, randomSpan(d), d.chance(40)}
	}
	x := c.some(d)
	x.at = x.at / 86400 * 86400
	return test{field{r}, pick(d, comparisons), fixed{x}}
}
