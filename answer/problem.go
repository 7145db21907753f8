package answer

import "wenshu/semantic"

// problem words one problem. A code without words reads as Internal.
func (w *words) problem(p semantic.Problem) Mistake {
	m, ok := w.Problems[p.Code]
	if !ok {
		m = w.Problems[semantic.Internal]
	}
	if p.Code == semantic.NotUnderstood && p.Detail == semantic.Idle {
		m = w.Unused
	}
	if p.Code == semantic.GrainTooFine {
		p.Detail, p.Near = w.grainNamed(p.Detail), eachOf(p.Near, w.grainNamed)
	}
	if own, ok := w.Constructs[p.Detail]; ok && (p.Code == semantic.NotComputed || unknown[p.Code]) {
		m = own
	}
	if p.Detail == unheld && unknown[p.Code] {
		return Mistake{Code: p.Code, Text: w.unheld([]string{p.Name}, p.Near), Name: p.Name, Near: p.Near, Start: p.Span.Start, End: p.Span.End, Repair: p.Repair}
	}
	near := w.either(p.Near)
	text := sentence(m.say(word("name", p.Name), word("near", near), word("detail", p.Detail))).s
	if near != "" && !m.mentions("near") {
		text = w.Advice.string(word("text", text), word("advice", w.Nearest.string(word("near", near))))
	}
	return Mistake{Code: p.Code, Text: text, Name: p.Name, Near: p.Near, Start: p.Span.Start, End: p.Span.End, Repair: p.Repair}
}

// grainNamed is what a unit of time is called; anything else stays.
func (w *words) grainNamed(unit string) string {
	for u, name := range w.Grains {
		if u.String() == unit {
			return name
		}
	}
	return unit
}

func eachOf(all []string, f func(string) string) []string {
	named := make([]string, len(all))
	for i, one := range all {
		named[i] = f(one)
	}
	return named
}

// unheld says in one sentence what nothing was found about, and what may be meant instead.
func (w *words) unheld(names, near []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = w.Quoted.string(word("name", name))
	}
	text := sentence(w.Unheld.say(word("names", w.either(quoted)))).s
	if len(near) == 0 {
		return text
	}
	return w.Advice.string(word("text", text), word("advice", w.Nearest.string(word("near", w.either(near)))))
}
