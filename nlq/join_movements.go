package nlq

import "wenshu/semantic"

// joinMovements reads 华南发往华东 as where something starts and where it ends: two members
// of one kind around a word for a target are the two roles of what moves, never two groups
// of places. Where nothing has both roles and a word for sending is said, it is declined.
func (s *sentence) joinMovements() {
	for i := 0; i+2 < len(s.nodes); i++ {
		from, ok := s.memberAt(i)
		to, also := s.memberAt(i + 2)
		g, glued := s.glue(i + 1)
		if !ok || !also || !glued || g.How != To || from.dim != to.dim || from.via != "" || to.via != "" || from.not || to.not || s.text.At(s.nodes[i+1].from).Class != Han {
			continue
		}
		moves := s.movesBetween(from.dim.Table)
		if word := s.text.Norm(s.nodes[i+1].from, s.nodes[i+1].end); moves == nil && (word == "到" || word == "至") {
			continue // a range of places
		}
		if moves == nil {
			s.charge("from and to of nothing", costIdle, s.nodes[i+1])
			s.draft.idle = true
			continue
		}
		for k, roles := range map[int][]string{i: sourceRoles, i + 2: targetRoles} {
			j, _ := s.r.roleOf(moves, from.dim.Table, roles)
			m, _ := s.memberAt(k)
			m.via, _ = s.r.via(thing{table: j.To, via: moves.Name + "." + j.Name}, thing{dim: m.dim})
			s.nodes[k].means = m
		}
		s.countsMoves(moves)
	}
}

// movesBetween is the one table that leads to another as a start and as an end; nil when
// none or several do.
func (s *sentence) movesBetween(places *semantic.Table) *semantic.Table {
	var found *semantic.Table
	for _, t := range s.r.model.Tables {
		source, several := s.r.roleOf(t, places, sourceRoles)
		target, many := s.r.roleOf(t, places, targetRoles)
		if t.Hidden || source == nil || target == nil || several || many || source == target {
			continue
		}
		if found != nil {
			return nil
		}
		found = t
	}
	return found
}

// countsMoves lets a count without a noun be that of what moves.
func (s *sentence) countsMoves(moves *semantic.Table) {
	for k, n := range s.nodes {
		c, ok := n.means.(Count)
		if !ok || is[thing](s, k+1) || is[measure](s, k+1) || k > 0 && is[thing](s, k-1) {
			continue
		}
		if last := s.text.At(n.end - 1).Norm; c.Hints == nil && (last == "单" || last == "笔" || last == "票" || last == "趟" || last == "次") {
			s.nodes[k].means = s.countRows(n, moves)
		}
	}
}
