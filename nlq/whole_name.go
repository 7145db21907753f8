package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// wholeNames takes a plain "name" of an entity that several columns call for all of them:
// the names of people are their first and last names, and who has the most of something is
// told apart as the entity is.
func (b *builder) wholeNames() {
	rows := len(b.measures) == 0 && len(b.d.outcomes) == 0
	for i := 0; i < len(b.things); i++ {
		t := b.things[i]
		if t.dim == nil || t.timed || !isDisplay(t.dim) || !inParts(t.dim.Table.Display) || !b.saysWholeName(t) {
			continue
		}
		if !rows {
			b.things[i] = thing{table: t.dim.Table, via: t.via, marks: t.marks}
			continue
		}
		for k, part := range t.dim.Table.Display[1:] {
			if !slices.ContainsFunc(b.things, func(o thing) bool { return o.dim == part }) {
				other := t
				other.dim = part
				b.things = slices.Insert(b.things, i+1+k, other)
			}
		}
	}
}

// inParts reports whether columns that call an entity are the parts of one name, and none
// of them is a code beside it.
func inParts(display []*semantic.Dimension) bool {
	return len(display) > 1 && !slices.ContainsFunc(display, func(d *semantic.Dimension) bool {
		words := strings.Fields(strings.ToLower(d.Names.Label.EN))
		return len(words) == 0 || !nameEnds[words[len(words)-1]]
	})
}

// nameEnds close what the parts of a name are called.
var nameEnds = setOf("name surname forename lastname firstname initial initials")

// saysWholeName reports whether the words that name a thing are no more than "name",
// whether or not they say what it is of.
func (b *builder) saysWholeName(t thing) bool {
	return slices.ContainsFunc(b.s.nodes, func(n node) bool {
		o, ok := n.means.(thing)
		return ok && o.dim == t.dim && o.via == t.via && b.s.closesWithName(n)
	})
}

// namesOfOthers refuses rows of another entity than the one whose members' names are asked
// for: the names of the dogs treated by a vet are none of vets.
func (b *builder) namesOfOthers() {
	for _, c := range b.conds {
		at := c.from - 1
		if articles[b.s.normAt(at)] || b.s.normAt(at) == "the" {
			at--
		}
		if c.dim != nil && b.s.normAt(at) == "of" && saysName(b.s.normAt(at-1)) && c.home() != b.home && b.r.graph.hops(b.home, c.home()) < 0 {
			b.d.idle = true
			b.s.charge("the names of others", costIdle, node{})
			return
		}
	}
}

// closesWithName reports whether "name" stands in a node as all that is said of a name.
func (s *sentence) closesWithName(n node) bool {
	for at := n.from; at < n.end; at++ {
		for end := min(n.end, at+2); end > at; end-- {
			if saysName(s.text.Norm(at, end)) {
				return at == n.from || !partOfName[s.normAt(at-1)]
			}
		}
	}
	return false
}

// partOfName are the words before "name" that tell the parts of a name apart.
var partOfName = setOf("first last given family middle sur fore nick user short")

// fullNames call all of a name that a first and a last one make up.
var fullNames = []string{"full name", "全名"}

// saysName reports whether words are no more than "name".
func saysName(said string) bool {
	return said == "names" || said == "full names" || slices.Contains(plainNames, said) || slices.Contains(fullNames, said)
}
