package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// levelsOfKinds is how many levels of kinds a test for one of them looks up.
const levelsOfKinds = 4

// kindTest is the test for a kind of kinds, 中成药 or electrical equipment: the rows of the
// kinds below it are of it too.
func (b *builder) kindTest(c condition) semantic.Expr {
	e := b.r.exprOfCondition(c)
	if c.dim == nil || c.via != "" || c.test != nil || len(c.any) > 0 || c.fixed != nil || len(c.values) == 0 || c.dim.Table == b.home || !isDisplay(c.dim) || b.hasDimension(c.dim) {
		return e
	}
	above := parentOfKinds(c.dim.Table)
	if above == nil {
		return e
	}
	via := c.dim.Table.Name
	for range levelsOfKinds {
		via += "." + above.Name
		up := memberTest(b.r.nameOf(c.dim, via), c.dim, c.values, c.not)
		op := semantic.Or
		if c.not {
			op = semantic.And
		}
		e = semantic.Binary{Op: op, L: e, R: up}
	}
	return e
}

// parentOfKinds is the join of a table of kinds to the kind above; nil for other tables.
func parentOfKinds(t *semantic.Table) *semantic.Join {
	kinds := slices.ContainsFunc(kindNouns, func(noun string) bool {
		return strings.Contains(t.Names.Label.ZH, noun) || slices.Contains(normsOf(t.Names.Label.EN), noun)
	})
	if !kinds {
		return nil
	}
	return parentOf(t)
}

// kindNouns are what tables of kinds, of places within places and of departments are
// called.
var kindNouns = []string{
	"类", "科目", "目录", "区域", "部门", "组织", "机构", "category", "type", "kind", "class", "genre", "subject", "region", "department", "division", "organization", "organisation",
}

// parentOf is the one join of a table to itself; nil when it has none or several.
func parentOf(t *semantic.Table) *semantic.Join {
	var found *semantic.Join
	for _, j := range t.Joins {
		if j.To != t || j.Many {
			continue
		}
		if found != nil {
			return nil
		}
		found = j
	}
	return found
}

// joinBelow reads 解放路中心店下面有哪几家店 as those whose parent is that one, where
// nothing but its own table is asked for.
func (s *sentence) joinBelow() {
	for i := range len(s.nodes) - 1 {
		m, ok := s.memberAt(i)
		if !ok || m.via != "" || m.not || !isDisplay(m.dim) || !s.touches(i, i+1) || !belowWords[s.text.Norm(s.nodes[i+1].from, s.nodes[i+1].end)] {
			continue
		}
		above := parentOf(m.dim.Table)
		if above == nil || slices.ContainsFunc(s.nodes, func(n node) bool { return ofOther(n, m.dim.Table) }) {
			continue
		}
		m.via = m.dim.Table.Name + "." + above.Name
		s.nodes[i].means = m
	}
}

// belowWords say that what follows hangs below what stands before.
var belowWords = map[string]bool{"下面": true, "下面的": true, "旗下": true, "旗下的": true, "名下": true, "名下的": true, "下属的": true, "下辖的": true}

// ofOther reports whether a node names something of another table.
func ofOther(n node, t *semantic.Table) bool {
	switch m := n.means.(type) {
	case thing:
		return m.home() != t
	case measure:
		return m.home() != t
	}
	return false
}
