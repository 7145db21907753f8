package nlq

// takeRest takes what is left of the words of languages out of the sentence:
// shares, presentation, intents, follow-ups, verbs and clauses.
func (s *sentence) takeRest() {
	for i := 0; i < len(s.nodes); {
		if s.takeWord(i) {
			s.drop(i)
			continue
		}
		i++
	}
}

// takeWord reads one word; it reports whether it is used up.
func (s *sentence) takeWord(i int) bool {
	d := &s.draft
	switch m := s.nodes[i].means.(type) {
	case Linker:
		if m.How == OrLink {
			d.or, d.ors = true, append(d.ors, s.nodes[i].from)
		}
		d.linked = true
	case Noise, Equals:
		return true
	case Glue:
		d.with = d.with || m.How == With
	case Share:
		s.addShow("share")
		d.within = d.within || m.Within
	case Chart:
		d.draw(m.Kind)
	case Layered:
		d.layered = true
		d.present.Panels = d.present.Panels || m.Panels
	case Binned:
		d.bin(m)
	case InUnit:
		d.present.Unit = m
	case Export:
		d.present.Export = m.Kind
		if m.Kind == "" {
			d.present.Export = "any"
		}
	case Intent:
		d.intents = append(d.intents, m.What)
	case Follow:
		d.follows = append(d.follows, m.How)
	case Unsupported:
		d.unsupported = append(d.unsupported, m.Construct)
	case Verb:
		d.verbs = append(d.verbs, verbAt{s.nodes[i].from, m})
	case Relative:
		d.relatives = append(d.relatives, s.nodes[i].from)
	case Negation:
		if v, ok := s.verbAt(i + 1); ok && !v.Not && !m.Before {
			v.Not = true // have never been ordered
			s.nodes[i+1].means = v
			return true
		}
		if !is[thing](s, s.skip(i+1, 1)) {
			return false
		}
		d.without = true
	case Both:
		d.both = true
	case Count:
		d.counted = true
	case Distinct:
		d.distinct = true
	case Which:
		return m.What != WhichOne && m.What != Who
	case VersusMark:
		d.compared = true
	case Listing:
		d.weak = true
	default:
		return false
	}
	return true
}

// draw keeps the picture that is named; "plot" beside "bars" names none.
func (d *draft) draw(kind string) {
	switch {
	case kind == "relation":
		d.relates = true
	case kind != "" && !(kind == "scatter" && d.present.Chart == "bubble"):
		d.present.Chart = kind
	case d.present.Chart == "":
		d.present.Chart = "any"
	}
}

// bin keeps how the bars of a histogram are wanted.
func (d *draft) bin(m Binned) {
	if d.present.Chart == "" || d.present.Chart == "any" || d.present.Chart == "bar" || d.present.Chart == "column" {
		d.present.Chart = "histogram"
	}
	if len(m.Args) == 0 {
		return
	}
	if m.Count {
		d.present.Bins.Count, _ = wholeCount(m.Args[0])
		return
	}
	d.present.Bins.Width = m.Args[0].Value
}

func (s *sentence) verbAt(i int) (Verb, bool) {
	if i < 0 || i >= len(s.nodes) {
		return Verb{}, false
	}
	return as[Verb](s.nodes[i])
}
