package nlq

// takePhrases reads the words that the model declares: an adjective is a filter
// on its table, a verb leads to the acts of its table.
func (s *sentence) takePhrases() {
	for i := 0; i < len(s.nodes); {
		p, ok := as[phrased](s.nodes[i])
		if !ok {
			i++
			continue
		}
		if p.phrase.Through != nil {
			s.nodes[i].means = Verb{through: p.phrase.Through}
			i++
			continue
		}
		s.take(i, i, condition{on: p.phrase.On, fixed: p.phrase.Where})
	}
}
