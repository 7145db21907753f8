package nlq

import "wenshu/semantic"

// edges are where the bands begin, without the one below the first of Under; nil
// when they leave something out, overlap or are of no number.
func (b Bands) edges() []semantic.Expr {
	var lows, highs []Number
	for i, n := range b.Args {
		switch {
		case n.Whole || n.Percent:
			return nil
		case b.Each || i == len(b.Args)-1 || (i%2 == 0) != b.Under:
			lows = append(lows, n)
		default:
			highs = append(highs, n)
		}
	}
	if b.Under && len(highs) != len(lows) || !b.Under && !b.Each && len(highs) != len(lows)-1 || len(lows) < 2 {
		return nil
	}
	for i := range lows {
		switch {
		case b.Each && i > 0 && !follows(lows[i-1], lows[i]):
			return nil
		case b.Under && highs[i].Value != lows[i].Value && !follows(highs[i], lows[i]):
			return nil
		case !b.Each && !b.Under && i > 0 && highs[i-1].Value != lows[i].Value && !follows(highs[i-1], lows[i]):
			return nil
		case i > 0 && lessOrEqual(lows[i], lows[i-1]):
			return nil
		}
	}
	return lits(lows...)
}

// follows reports whether a whole number is the next after another.
func follows(x, y Number) bool {
	return x.Value.Kind() == semantic.Int && y.Value.Kind() == semantic.Int && y.Value.Int() == x.Value.Int()+1
}

func lessOrEqual(x, y Number) bool {
	order, err := x.Value.Compare(y.Value)
	return err != nil || order <= 0
}

// takeBands keeps the edges of bands that were said. What stands right before them
// or behind is what they are of: 下单1次、2次、3次以上.
func (s *sentence) takeBands() {
	for i := 0; i < len(s.nodes); i++ {
		m, ok := as[Bands](s.nodes[i])
		if !ok {
			continue
		}
		if s.draft.edges != nil {
			s.charge("bands twice", costIdle, s.nodes[i])
			s.draft.idle = true
		}
		s.draft.edges = m.edges()
		if t, ok := s.thingAt(i - 1); m.Acts && (is[Verb](s, i-1) || ok && t.dim != nil && isTime(t.dim)) {
			s.nodes[i].means = Count{Before: true, Acts: true}
			continue
		}
		s.drop(i)
		i--
	}
}
