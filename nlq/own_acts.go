package nlq

import (
	"slices"
	"strings"
)

// ownActs lets a Chinese verb name first of all the one table that is called by its own
// word: what was 报修 has a 报修单, whatever else such acts are called.
func (s *sentence) ownActs() {
	for i := range s.nodes {
		v, ok := s.verbAt(i)
		if !ok || len(v.Hints) == 0 || v.through != nil || s.text.At(s.nodes[i].from).Class != Han {
			continue
		}
		if own := s.r.ownActs(s.verbStem(i)); own != "" && v.Hints[0] != own {
			v.Hints = append([]string{own}, v.Hints...)
			s.nodes[i].means = v
		}
	}
}

// verbStem is the Chinese verb at node i without what says that it was done: 报修 of 报过修.
func (s *sentence) verbStem(i int) string {
	var stem strings.Builder
	for at := s.nodes[i].from; at < s.nodes[i].end; at++ {
		if norm := s.text.At(at).Norm; !aspects[norm] {
			stem.WriteString(norm)
		}
	}
	return stem.String()
}

// ownActs is the name of the one table that is called by a verb of two characters or more;
// "" for none or several.
func (r *Reader) ownActs(stem string) string {
	if len([]rune(stem)) < 2 {
		return ""
	}
	own := ""
	for _, t := range r.model.Tables {
		if t.Hidden || !slices.ContainsFunc(append([]string{t.Names.Label.ZH}, t.Names.Synonyms...), func(name string) bool { return strings.HasPrefix(name, stem) }) {
			continue
		}
		if own != "" {
			return ""
		}
		own = t.Names.Label.ZH
	}
	return own
}

// membersDone names the entity of a member that a verb describes, where nothing else does:
// 没报过修的住宅 are houses.
func (s *sentence) membersDone() {
	for i := 2; i < len(s.nodes); i++ {
		m, ok := s.memberAt(i)
		g, glued := s.glue(i - 1)
		v, verb := s.verbAt(i - 2)
		if !ok || m.not || !glued || g.How != Has || !verb || s.text.At(s.nodes[i].from).Class != Han {
			continue
		}
		if i+1 < len(s.nodes) && (is[thing](s, i+1) || is[members](s, i+1) || is[measure](s, i+1) || is[Glue](s, i+1)) {
			continue
		}
		acts, told := s.r.toldActs(v)
		if !told || acts == nil || s.r.graph.hops(acts, m.dim.Table) < 1 {
			continue
		}
		entity := node{s.nodes[i].end, s.nodes[i].end, thing{table: m.dim.Table}}
		s.nodes = slices.Insert(s.nodes, i+1, entity)
	}
}
