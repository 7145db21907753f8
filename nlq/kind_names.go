package nlq

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// ofKinds stand before what is told apart by its kind; those of 种 may as well stand before
// the things themselves.
var ofKinds = map[string]bool{"各类": true, "每类": true, "哪类": true, "各种": false, "每种": false, "哪种": false, "何种": false}

// kindEnds close the names of columns that say what kind of a thing a row is.
var kindEnds = []string{"类型", "类别", "种类", "分类", "品类"}

// longestKind is how many characters what has kinds is called by.
const longestKind = 4

// addKindNames finds the kinds of a thing that stands behind a word for them: the 投诉类型 of
// 各类投诉, the 产品类型 of 哪种产品, where no product is called so.
func (r *Reader) addKindNames(l *lattice, at int, see sight) {
	if at < 2 || l.text.At(at).Class != Han {
		return
	}
	if _, marked := ofKinds[l.text.Norm(at-2, at)]; !marked {
		return
	}
	for end := at + 2; end <= at+longestKind && end <= len(l.text.Tokens); end++ {
		named := slices.ContainsFunc(l.starts[at], func(m mention) bool {
			n, ok := m.means.(names)
			return ok && m.end == end && n.alts[0].object.Member == ""
		})
		if d := r.kindOf(l.text.Norm(at, end), see.object); d != nil && !named {
			l.addAlts(at, end, []alt{{object: Object{Dimension: d}}})
		}
	}
}

// rowsAndKinds puts rows behind their kinds and kinds before their rows, where one is said
// and the other meant.
func (s *sentence) rowsAndKinds() {
	s.kindsWithRows()
	s.rowsOfKind()
	s.kindsOfRows()
}

// kindsOfRows puts the kind before the rows that are told apart by it: 各类投诉.
func (s *sentence) kindsOfRows() {
	for i := 1; i < len(s.nodes); i++ {
		t, ok := s.thingAt(i)
		if !ok || t.home() == nil || t.timed || t.via != "" || t.dim != nil && !isDisplay(t.dim) || !s.touches(i-1, i) || !ofKinds[s.text.Norm(s.nodes[i-1].from, s.nodes[i-1].end)] {
			continue
		}
		d := s.kindOfRows(i, t.home())
		if d == nil {
			continue
		}
		at := s.nodes[i].from
		s.nodes = slices.Insert(s.nodes, i, node{at, at, thing{dim: d}})
		i++
	}
}

// kindOfRows is the column that says what kind of rows of a table those at node i are, by
// what they are called here or by the name of the table.
func (s *sentence) kindOfRows(i int, rows *semantic.Table) *semantic.Dimension {
	for _, called := range []string{s.text.Norm(s.nodes[i].from, s.nodes[i].end), rows.Names.Label.ZH} {
		if d := s.r.kindOf(called, func(Object) bool { return true }); d != nil && d.Table == rows { // Bind sees to what may be seen
			return d
		}
	}
	return nil
}

// kindOf is the one column that says what kind of a thing rows are, by what the thing is
// called; nil for none or several.
func (r *Reader) kindOf(said string, see func(Object) bool) *semantic.Dimension {
	var found *semantic.Dimension
	for _, end := range kindEnds {
		for _, c := range r.vocabulary.names.exact(NewText(said + end).Norms()) {
			d := c.object.Dimension
			if d == nil || c.object.Member != "" || !see(c.object) || d.Of != nil || d == found {
				continue
			}
			if found != nil {
				return nil
			}
			found = d
		}
	}
	return found
}

// rowsOfKind puts the rows behind the one kind of them that stands where a noun is asked
// for: 人数最多的网点是哪个 asks for branches of that type, 各网点 tells them apart.
func (s *sentence) rowsOfKind() {
	for i := 0; i < len(s.nodes); i++ {
		m, ok := s.memberAt(i)
		if !ok || m.via != "" || m.not || len(m.values) != 1 || len(m.dim.Table.Display) == 0 || m.dim.Table.Display[0] == m.dim {
			continue
		}
		closed := isKind(m.dim) && s.closesWith(i, m.dim.Table)
		if t, noun := s.thingAt(i + 1); noun && (!closed || t.table != nil || isDisplay(t.dim)) || is[names](s, i+1) || !closed && (!saysKind(m.dim) || s.saysRows(i) || !s.nounAskedAt(i)) || closed && !s.nounAskedAt(i) && !s.nounDescribed(i) {
			continue
		}
		at := s.nodes[i].end
		s.draft.kind = m.dim
		s.nodes = slices.Insert(s.nodes, i+1, node{at, at, thing{table: m.dim.Table}})
		if mark := s.nodes[max(i-1, 0)]; i > 0 && !is[Top](s, i-1) {
			s.nodes[i-1], s.nodes[i] = s.nodes[i], mark // the word for each right before the rows
		}
	}
}

// kindElsewhere reports whether the kind of the rows that are asked for tests none of these:
// which hop goes into the most batches is no ingredient of batches that hold some hop.
func (b *builder) kindElsewhere(q *semantic.Query) bool {
	if b.d.kind == nil {
		return false
	}
	return !slices.ContainsFunc(semantic.Conjuncts(q.Where), func(test semantic.Expr) bool {
		equal, ok := test.(semantic.Binary)
		if !ok || equal.Op != semantic.Eq {
			return false
		}
		name, ok := equal.L.(semantic.Name)
		return ok && name.Path[len(name.Path)-1] == b.d.kind.Name
	})
}

// nounAskedAt reports whether what stands at node i is what is asked for or told apart.
func (s *sentence) nounAskedAt(i int) bool {
	if g, ok := s.groupMark(i - 1); ok && g.Each && s.touches(i-1, i) {
		return true
	}
	which, asked := s.whichAt(i - 1)
	return i > 0 && s.touches(i-1, i) && (asked && which.What == WhichOne || is[Top](s, i-1) && is[Which](s, i+1))
}

// nounDescribed reports whether what stands at node i is the noun that a clause before 的
// describes: 评分高于9分的话剧有哪些.
func (s *sentence) nounDescribed(i int) bool {
	g, ok := s.glue(i - 1)
	if !ok || g.How != Has || !s.touches(i-1, i) || i < 2 || is[members](s, i-2) || is[thing](s, i-2) {
		return false
	}
	return i+1 >= len(s.nodes) || is[Linker](s, i+1) || is[Listing](s, i+1) || is[Which](s, i+1)
}

// closesWith reports whether the kind at node i closes with what the rows of a table are
// called: 昆剧 are 剧.
func (s *sentence) closesWith(i int, t *semantic.Table) bool {
	said := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
	return slices.ContainsFunc(append([]string{t.Names.Label.ZH}, t.Names.Synonyms...), func(name string) bool {
		return name != "" && name[0] >= utf8.RuneSelf && said != name && strings.HasSuffix(said, name)
	})
}

// saysRows reports whether the kind at node i closes with what rows are called already:
// 企业客户.
func (s *sentence) saysRows(i int) bool {
	said := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
	return slices.ContainsFunc(s.r.model.Tables, func(t *semantic.Table) bool {
		return slices.ContainsFunc(append([]string{t.Names.Label.ZH}, t.Names.Synonyms...), func(name string) bool { return name != "" && strings.HasSuffix(said, name) })
	})
}

// saysKind reports whether a column is called the kind of its rows.
func saysKind(d *semantic.Dimension) bool {
	if !isKind(d) {
		return false
	}
	words := normsOf(d.Names.Label.EN)
	return slices.ContainsFunc(kindEnds, func(end string) bool { return strings.HasSuffix(d.Names.Label.ZH, end) }) || len(words) > 0 && (words[len(words)-1] == "type" || words[len(words)-1] == "kind")
}
