package nlq

// refersBack finds a word that refers to what was shown where nothing that it could
// stand for is named before it: 其中上海的有几家 asks nothing by itself.
func (s *sentence) refersBack() {
	for _, n := range s.nodes {
		switch m := n.means.(type) {
		case names, phrased:
			return
		case Follow:
			if m.How == ThatOne && s.text.At(n.from).Class == Han {
				s.draft.dangles = n
				return
			}
		}
	}
}
