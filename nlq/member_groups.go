package nlq

import (
	"slices"

	"wenshu/semantic"
)

// groupsOf collects the groups of all languages.
func groupsOf(languages []Language) *Lexicon[[]string] {
	all := NewLexicon[[]string]()
	for _, language := range languages {
		for name, members := range language.Groups {
			all.Add(name, members)
		}
	}
	return all
}

// addGroups finds names of several members at once, 江浙沪, for every dimension
// that has all of them.
func (r *Reader) addGroups(l *lattice, at int, see sight) {
	for _, hit := range r.grammar.groups.At(l.text, at) {
		var dims []*semantic.Dimension
		values := map[*semantic.Dimension][]string{}
		for i, name := range hit.Value {
			for _, o := range r.membersCalled(name, see) {
				if len(values[o.Dimension]) != i {
					continue
				}
				if i == 0 {
					dims = append(dims, o.Dimension)
				}
				values[o.Dimension] = append(values[o.Dimension], o.Member)
			}
		}
		for _, d := range dims {
			if len(values[d]) == len(hit.Value) {
				l.add(mention{from: at, end: hit.End, means: members{dim: d, values: values[d]}, cost: costMention + costMember + costAlias, why: "alias"})
			}
		}
	}
}

// membersCalled returns the members that the viewer may see of a name, or of a
// name with the word for its kind behind it.
func (r *Reader) membersCalled(name string, see sight) []Object {
	var found []Object
	for _, kind := range []string{"", "省", "市", "自治区", "壮族自治区", "回族自治区"} {
		t := NewText(name + kind)
		for _, c := range r.vocabulary.names.exact(t.Norms()) {
			if c.object.Member != "" && see.object(c.object) && !slices.Contains(found, c.object) {
				found = append(found, c.object)
			}
		}
		for _, hit := range r.index.at(t, 0) {
			if o := r.index.object(hit.id); hit.end == len(t.Tokens) && see.tag(r.index.tag(hit.id)) && see.object(o) && !slices.Contains(found, o) {
				found = append(found, o)
			}
		}
	}
	return found
}
