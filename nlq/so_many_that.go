package nlq

import "wenshu/semantic"

// soManyThat reads a number before rows that a clause behind ranks by how long as how many are
// wanted: the five incidents that took longest to close.
func (s *sentence) soManyThat() {
	for i := 0; i+3 < len(s.nodes); i++ {
		n, ok := as[number](s.nodes[i])
		rows, named := s.thingAt(i + 1)
		if !ok || n.Percent || n.Scaled || n.Whole || n.Value.Kind() != semantic.Int || !named || rows.table == nil || !is[Relative](s, i+2) || s.text.At(s.nodes[i+1].from).Class != Word {
			continue
		}
		many := n.Value.Int()
		for j := i + 3; j < min(i+6, len(s.nodes)); j++ {
			if top, ranks := as[Top](s.nodes[j]); ranks && top.N == 0 && howLong[s.text.At(s.nodes[j].from).Norm] && many >= 1 {
				top.N = int(many)
				s.nodes[j].means = top
				s.drop(i)
				return
			}
		}
	}
}

// howLong are superlatives of how long something took.
var howLong = setOf("longest shortest")
