package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// joinNames joins names that qualify each other: "customer name", 客户的姓名,
// "name of the customers", "product Nimbus", 华东 大区.
func (s *sentence) joinNames() {
	s.ownKinds()
	s.whoIsTested()
	s.saidActs()
	s.withoutValues()
	s.saidByVerb()
	s.entitiesOfActs()
	for i := 0; i < len(s.nodes); i++ {
		for s.heldBy(i) {
			continue
		}
	}
	for i := 0; i < len(s.nodes); i++ {
		for s.joinOwner(i) || s.joinOwned(i) || s.joinMemberLabel(i) || s.joinPlainName(i) {
			continue
		}
	}
	s.saidWhose()
	s.closingPair()
	s.closingCounts()
	s.onAverage()
	s.countsThatHave()
	s.rowsOfExtremes()
}

// saidWhose settles an attribute of which other words of the question say whose it is, where
// it might be that of others too: the top countries, by the author's country.
func (s *sentence) saidWhose() {
	if len(s.draft.owners) == 0 {
		return
	}
	var owned []thing
	for j := range s.nodes {
		if own, ok := s.thingAt(j); ok && own.dim != nil && s.ownedAt(j, own) {
			owned = append(owned, own)
		}
	}
	for i := range s.nodes {
		bare, ok := s.thingAt(i)
		if len(owned) == 0 || !ok || bare.dim == nil || bare.via != "" || s.text.At(s.nodes[i].from).Class != Word || s.ownedAt(i, bare) {
			continue
		}
		for _, own := range owned {
			if own.dim != bare.dim && slices.ContainsFunc(s.offered[s.nodes[i].from], func(a alt) bool { return a.object.Member == "" && a.object.Dimension == own.dim }) {
				own.marks = bare.marks
				s.nodes[i].means = own
			}
		}
	}
}

// ownedAt reports whether an attribute at a node stands there joined with the entity that
// it is of.
func (s *sentence) ownedAt(i int, t thing) bool {
	n := s.nodes[i]
	return n.end > n.from+1 && slices.ContainsFunc(s.draft.owners, func(o thing) bool { return o.table == t.dim.Table })
}

// joinOwner joins an entity with the attribute behind it.
func (s *sentence) joinOwner(i int) bool {
	owner, ok := as[thing](s.nodes[i])
	if ok && s.joinNameOf(i, owner) {
		return true
	}
	if ok && owner.dim != nil && isDisplay(owner.dim) {
		if level, ok := s.thingAt(i + 1); ok && s.namesLevelOf(i, i+1, thing{table: owner.dim.Table}, level) {
			s.join(i, i+1, level)
			return true
		}
	}
	j, owned := s.owned(i)
	if owned && ok && owner.table == nil {
		owner, ok = s.settledOwner(i)
	}
	if !ok || owner.table == nil || j >= len(s.nodes) {
		return false
	}
	if !owned && s.claimed(i) {
		if name, ok := s.thingAt(j); ok && name.dim != nil && isDisplay(name.dim) && name.dim.Table == owner.table {
			s.join(i, j, owner) // each domain name: each domain
			return true
		}
		if name, ok := s.thingAt(j); !ok || j != i+1 || !s.namesLevelOf(i, j, owner, name) && !s.namesKindOf(i, j, owner, name) {
			return false
		}
	}
	switch behind := s.nodes[j].means.(type) {
	case thing:
		via, leads := s.r.via(owner, behind)
		if !leads || behind.dim == nil || !owned && (s.testsBehind(j, behind.dim) || s.saidDone(j, behind.dim)) {
			return false
		}
		if of := behind.dim.Of; of != nil && of.To != owner.table && owned && s.lacksBefore(i) {
			s.nodes[j].means = thing{table: of.To}
			return false // 没有商家的品类: kinds without shops
		}
		if owned && s.boundBefore(i) && !isMeasurable(behind.dim) {
			return false // 两家以上门店的城市: cities by how many shops
		}
		s.own(owner)
		behind.via = via
		s.join(i, j, behind)
		return true
	case measure:
		if behind.home() != owner.table || behind.metric == nil {
			return false
		}
		s.own(owner)
		s.join(i, j, behind)
		return true
	case members:
		if behind.dim.Table != owner.table || owned && j > i+1 {
			return false
		}
		if behind.via == "" {
			behind.via = owner.via
		}
		s.own(owner)
		s.join(i, j, behind)
		return true
	}
	return false
}

// lacksBefore reports whether a word for having none stands right before node i, with
// nothing before it that it could be said of.
func (s *sentence) lacksBefore(i int) bool {
	if e, ok := as[Empty](s.nodes[max(i-1, 0)]); i == 0 || !ok && !is[Negation](s, i-1) || e.Not {
		return false
	}
	before := s.skip(i-2, -1)
	return before < 0 || is[Which](s, before) || is[Listing](s, before)
}

// sayHowMany are counters of things that have names.
var sayHowMany = map[string]bool{"个": true, "家": true, "名": true, "位": true, "台": true, "款": true, "种": true, "类": true, "条": true, "间": true, "辆": true, "所": true, "座": true, "栋": true, "门": true, "支": true, "部": true, "本": true, "只": true}

// boundBefore reports whether how many there are of what node i names is bounded right
// before it, with a counter: 两家以上门店.
func (s *sentence) boundBefore(i int) bool {
	if i == 0 || !s.touches(i-1, i) {
		return false
	}
	c, ok := as[Compare](s.nodes[i-1])
	return ok && len(c.Args) == 1 && sayHowMany[unitNorm(c.Args[0].Unit)]
}

// namesLevelOf reports whether a name right behind an entity is a level that its rows
// belong to, and both are one noun: which product subcategories.
func (s *sentence) namesLevelOf(i, j int, owner, level thing) bool {
	return level.dim != nil && level.dim.Table != owner.table && isDisplay(level.dim) && s.touchesWord(i, j) && s.nodes[i].end == s.nodes[i].from+1 &&
		!isPlural(s.text.At(s.nodes[i].from).Norm) && s.r.graph.hops(owner.table, level.dim.Table) > 0
}

// namesKindOf reports whether a column of kinds right behind its entity makes one noun with
// it, which is asked for or told apart: which plot soil types, distinct host cities of one.
func (s *sentence) namesKindOf(i, j int, owner, kind thing) bool {
	return kind.dim != nil && kind.dim.Table == owner.table && isKind(kind.dim) && s.touchesWord(i, j) && !isPlural(s.text.At(s.nodes[i].end-1).Norm) && !is[Top](s, s.skip(i-1, -1))
}

// joinNameOf joins what an entity is spoken of by with a number right behind it:
// the model year is the year, the model weights are the weights.
func (s *sentence) joinNameOf(i int, name thing) bool {
	t, ok := s.thingAt(i + 1)
	if !ok || name.dim == nil || !s.r.standsFor(name.dim) || t.dim == nil || t.dim.Table != name.dim.Table || !isMeasurable(t.dim) || !s.touchesWord(i, i+1) {
		return false
	}
	s.own(thing{table: name.dim.Table})
	s.join(i, i+1, t)
	return true
}

// testsBehind reports whether a date or a number at node j is tested by what
// stands behind it: airlines founded before 1980.
func (s *sentence) testsBehind(j int, d *semantic.Dimension) bool {
	if !isTime(d) && !isYears(d) || s.text.At(s.nodes[j].from).Class != Word {
		return false
	}
	behind := s.skip(j+1, 1)
	return is[Timed](s, behind) || is[Compare](s, behind) || is[BetweenMark](s, behind)
}

// saidDone reports whether a participle that a date is called after says of the noun before
// it where or by whom it was done: batches brewed at each site.
func (s *sentence) saidDone(j int, d *semantic.Dimension) bool {
	if !isTime(d) || !s.participle(j) || s.nodes[j].end != s.nodes[j].from+1 || s.text.At(s.nodes[j].from).Class != Word || j+1 >= len(s.nodes) {
		return false
	}
	switch m := s.nodes[j+1].means.(type) {
	case GroupMark:
		return m.Each && !m.Before || s.normAt(s.nodes[j+1].from) == "by"
	case Glue:
		return m.How != OfIt && m.How != Has
	}
	return false
}

// owned returns the node behind i and whether a possessive stands between.
func (s *sentence) owned(i int) (int, bool) {
	j := i + 1
	if g, ok := s.glue(j); ok && g.How == Has {
		return j + 1, true
	}
	return j, false
}

func (s *sentence) glue(i int) (Glue, bool) {
	if i < 0 || i >= len(s.nodes) {
		return Glue{}, false
	}
	return as[Glue](s.nodes[i])
}

// claimed reports whether a word before node i claims it for itself.
func (s *sentence) claimed(i int) bool {
	if before := s.skip(i-1, -1); before >= 0 {
		switch m := s.nodes[before].means.(type) {
		case Which, Count, Top, Distinct:
			return true
		case GroupMark:
			return !m.Before
		}
	}
	return false
}

// joinOwned joins an attribute with the entity behind it: name of the customers.
func (s *sentence) joinOwned(i int) bool {
	attribute, ok := as[thing](s.nodes[i])
	if ok && s.joinHeld(i, attribute) {
		return true
	}
	if !ok || attribute.dim == nil {
		return false
	}
	if g, ok := s.glue(i + 1); !ok || g.How != OfIt && g.How != Loose || i+2 >= len(s.nodes) {
		return false
	}
	owner, ok := s.settledOwner(i + 2)
	if !ok {
		return false
	}
	if own := s.r.closesWith(owner.table, s.text.Norm(s.nodes[i].from, s.nodes[i].end)); own != nil && attribute.dim.Table != owner.table {
		attribute.dim = own // the type of maintenance is its own, not that of vehicles
	}
	via, leads := s.r.via(owner, attribute)
	if !leads {
		return false
	}
	s.own(owner)
	attribute.via = via
	s.join(i, i+2, attribute)
	return true
}

// joinHeld joins an entity that results are split by with the one behind it that has it:
// by branch of the copy is the branch that the copy is at, whatever else has one.
func (s *sentence) joinHeld(i int, held thing) bool {
	g, glued := s.glue(i + 1)
	owner, named := s.thingAt(i + 2)
	if held.table == nil || held.via != "" || !glued || g.How != OfIt || !named || owner.table == nil || !is[GroupMark](s, s.skip(i-1, -1)) {
		return false
	}
	d := referenceTo(owner.table, held.table)
	if d == nil {
		return false
	}
	s.own(owner)
	s.join(i, i+2, thing{dim: d, via: owner.via})
	return true
}

// closesWith returns the one column of a table whose name closes with a word; nil for
// none or several.
func (r *Reader) closesWith(t *semantic.Table, word string) *semantic.Dimension {
	var found *semantic.Dimension
	for _, d := range t.Dimensions {
		label := r.vocabulary.tokens(d.Names.Label.EN)
		if n := len(label); n < 2 || label[n-1] != word || d.Of != nil {
			continue
		}
		if found != nil {
			return nil
		}
		found = d
	}
	return found
}

// sortWords may close the name of any column that rows are split by.
var sortWords = map[string]bool{
	"type": true, "types": true, "kind": true, "kinds": true, "category": true, "categories": true, "class": true, "classes": true,
	"group": true, "groups": true, "status": true, "value": true, "values": true,
}

// joinPlainName drops "name" behind an attribute that is a name itself: the
// country name.
func (s *sentence) joinPlainName(i int) bool {
	t, ok := s.thingAt(i)
	if ok && t.dim != nil && is[unread](s, i+1) && s.touches(i, i+1) && isGraded(t.dim) && !isDisplay(t.dim) && sortWords[s.text.At(s.nodes[i+1].from).Norm] {
		s.texts = append(s.texts, s.nodes[i+1].from)
		s.join(i, i+1, t) // the weather type is the weather
		return true
	}
	name, named := s.thingAt(i + 1)
	if ok && s.joinNameOfValue(i, t) {
		return true
	}
	if !ok || !named || t.dim == nil || t.dim.Type.Kind != semantic.Text || name.dim == nil || !s.touches(i, i+1) {
		return false
	}
	said := s.text.Norm(s.nodes[i+1].from, s.nodes[i+1].end)
	if sortsColumn[said] && isGraded(t.dim) && !isDisplay(t.dim) && name.dim.Table != t.dim.Table && s.text.At(s.nodes[i].from).Class == Word {
		s.join(i, i+1, t) // the fuel type is the fuel, whatever else has a type
		return true
	}
	if !saysName(said) && !s.closesAddress(t, said) {
		return false
	}
	s.join(i, i+1, t)
	return true
}

// sortsColumn close the name of a column of kinds that is called by less.
var sortsColumn = map[string]bool{"type": true, "types": true, "kind": true, "kinds": true, "category": true, "categories": true}

// joinNameOfValue reads the name of what is no entity as what it is: the name of the
// fuel is the fuel, and no name of anything else.
func (s *sentence) joinNameOfValue(i int, name thing) bool {
	said := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
	g, glued := s.glue(i + 1)
	of, named := s.thingAt(i + 2)
	if !saysName(said) || name.dim == nil || !glued || g.How != OfIt || !named || of.dim == nil || of.dim.Type.Kind != semantic.Text || of.dim.Of != nil {
		return false
	}
	s.join(i, i+2, of)
	return true
}

// own remembers that the sentence speaks of an entity.
func (s *sentence) own(owner thing) {
	for _, o := range s.draft.owners {
		if o.same(owner) {
			return
		}
	}
	s.draft.owners = append(s.draft.owners, owner)
}

// joinMemberLabel joins a member with its dimension: 华东 大区, city Shanghai,
// "city is Shanghai".
func (s *sentence) joinMemberLabel(i int) bool {
	if m, ok := as[members](s.nodes[i]); ok && i+1 < len(s.nodes) && s.nodes[i+1].from == s.nodes[i].end {
		if d, ok := as[thing](s.nodes[i+1]); ok && labels(d, m) {
			s.join(i, i+1, m)
			return true
		}
	}
	if m, ok := as[members](s.nodes[i]); ok && s.closesMember(i, m) {
		s.join(i, i+1, m)
		return true
	}
	if m, ok := as[members](s.nodes[i]); ok && is[unread](s, i+1) && s.touchesWord(i, i+1) && s.r.sharesWord(m.dim, s.text.At(s.nodes[i+1].from).Norm) {
		s.texts = append(s.texts, s.nodes[i+1].from)
		s.join(i, i+1, m)
		return true
	}
	s.shortNoun(i)
	if m, ok := as[members](s.nodes[i]); ok && s.kindBehind(i+1) {
		s.texts = append(s.texts, s.nodes[i+1].from)
		s.join(i, i+1, m)
		return true
	}
	if column, ok := s.thingAt(i + 1); ok && is[Timed](s, i) && s.touches(i, i+1) && column.dim != nil && column.dim.Type.Kind == semantic.Text && column.marks == 0 {
		s.charge("a period before a column of texts", costUnlikely, s.nodes[i]) // 2025赛季 is likelier a season
	}
	d, ok := as[thing](s.nodes[i])
	if !ok || d.dim == nil || s.claimed(i) {
		return false
	}
	j := i + 1
	negated := false
	for j < len(s.nodes) {
		switch m := s.nodes[j].means.(type) {
		case Equals, Glue:
			j++
			continue
		case Negation:
			if m.Before {
				return false
			}
			negated = true
			j++
			continue
		case members:
			if !labels(d, m) {
				return false
			}
			m.not = negated != m.not
			m.via = d.via
			s.join(i, j, m)
			return true
		}
		return false
	}
	return false
}

// closesMember reports whether what stands right behind a member is the last word of what
// it is a member of, whatever else is called so: 维修中状态 is no state of a booking.
func (s *sentence) closesMember(i int, m members) bool {
	t, ok := s.thingAt(i + 1)
	if !ok || t.dim == nil || t.dim == m.dim || t.marks != 0 || s.nodes[i+1].from != s.nodes[i].end || s.text.At(s.nodes[i+1].from).Class != Han {
		return false
	}
	said := s.text.Norm(s.nodes[i+1].from, s.nodes[i+1].end)
	return slices.ContainsFunc(append([]string{m.dim.Names.Label.ZH}, m.dim.Names.Synonyms...), func(name string) bool {
		return name != said && strings.HasSuffix(name, said)
	})
}

// labels reports whether a thing is the dimension of the members, or the entity
// they name.
func labels(d thing, m members) bool {
	if d.dim != nil {
		return d.dim.Conforms(m.dim)
	}
	return d.table != nil && len(d.table.Display) > 0 && d.table.Display[0] == m.dim
}

// via returns the path from an entity to an attribute that belongs to it; ok is
// false when it does not. Attributes of the entity's own table need no path.
func (r *Reader) via(owner, attribute thing) (path string, ok bool) {
	if attribute.dim == nil || owner.table == nil {
		return "", false
	}
	if attribute.dim.Table == owner.table {
		return owner.via, true
	}
	joins := r.graph.path(owner.table, attribute.dim.Table)
	if joins == nil {
		return "", false
	}
	path = owner.table.Name
	if owner.via != "" {
		path = owner.via
	}
	for _, j := range joins {
		path += "." + j.Name
	}
	return path, true
}

// path returns the joins of the one shortest path between two tables; nil when
// there is none or more than one.
func (g *graph) path(from, to *semantic.Table) []*semantic.Join {
	left := g.hops(from, to)
	if left <= 0 {
		return nil
	}
	var joins []*semantic.Join
	for at := from; at != to; left-- {
		var step *semantic.Join
		for _, j := range at.Joins {
			if j.Many || g.hops(j.To, to) != left-1 {
				continue
			}
			if step != nil {
				return nil
			}
			step = j
		}
		joins = append(joins, step)
		at = step.To
	}
	return joins
}
