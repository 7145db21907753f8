package nlq

import (
	"cmp"
	"math"
	"slices"

	"wenshu/semantic"
)

// objectKind orders the kinds of objects a name may stand for.
type objectKind uint8

const (
	kindMetric objectKind = iota
	kindNumber            // a dimension that can be aggregated
	kindDimension
	kindTable
	kindJoin
	kindMember
)

func kindOf(o Object) objectKind {
	switch {
	case o.Metric != nil:
		return kindMetric
	case o.Member != "":
		return kindMember
	case o.Dimension != nil && isMeasurable(o.Dimension):
		return kindNumber
	case o.Dimension != nil:
		return kindDimension
	case o.Table != nil:
		return kindTable
	}
	return kindJoin
}

// isMeasurable reports whether a dimension's numbers can be added or averaged.
func isMeasurable(d *semantic.Dimension) bool {
	switch d.Type.Kind {
	case semantic.Int, semantic.Decimal, semantic.Float:
		return !d.Key && d.Of == nil && (d.Same == nil || d.Sum != "") && d.Type.Coding == semantic.Native
	}
	return false
}

// isTime reports whether a dimension holds dates or instants.
func isTime(d *semantic.Dimension) bool {
	return d.Type.Kind == semantic.Date || d.Type.Kind == semantic.Timestamp
}

// objectHome returns the table an object lives in.
func objectHome(o Object) *semantic.Table {
	switch {
	case o.Metric != nil:
		return metricHome(o.Metric)
	case o.Dimension != nil:
		return o.Dimension.Table
	case o.Table != nil:
		return o.Table
	case o.Join != nil:
		return o.Join.To
	}
	return nil
}

// link settles what every name stands for.
func (s *sentence) link() {
	b := s.bearings()
	for i := range s.nodes {
		if n, ok := as[names](s.nodes[i]); ok {
			if s.settled == nil {
				s.settled, s.offered = make(map[int]Object, len(s.nodes)-i), make(map[int][]alt, len(s.nodes)-i)
			}
			s.settle(i, n.alts, b)
		}
	}
}

// ownName returns the name of the entity that the words give a plain "name" to,
// where another entity's name is called just that: name and theme of the concerts.
func (s *sentence) ownName(i int, o Object, anchors []anchor) (Object, bool) {
	d := o.Dimension
	said := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
	if d != nil && o.Member == "" && d.Key && (said == "id" || said == "ids") {
		if t := s.askedBefore(i); t != nil && !s.ownedBySome(i, anchors) {
			if key := onlyDimension(t, func(d *semantic.Dimension) bool { return d.Key }); key != nil {
				return Object{Dimension: key}, true
			}
		}
	}
	if d == nil || o.Member != "" || !isDisplay(d) || !saysName(said) {
		return o, false
	}
	if t := s.askedBefore(i); t != nil && !s.ownedBySome(i, anchors) {
		return Object{Dimension: t.Display[0]}, true
	}
	if from := s.nodes[i].from; from > 0 && pronouns[s.text.At(from-1).Norm] {
		for k := len(anchors) - 1; k >= 0; k-- {
			if a := anchors[k]; a.node < i && !a.measure && len(a.table.Display) > 0 && !a.table.Display[0].Key {
				return Object{Dimension: a.table.Display[0]}, true
			}
		}
	}
	for _, a := range anchors {
		if (s.owns(a.node, i) || s.ownsName(a.node, i)) && !a.measure && a.table != d.Table && len(a.table.Display) > 0 {
			return Object{Dimension: a.table.Display[0]}, true
		}
	}
	return o, false
}

// ownsName reports whether the name at node i is that of the entity at node j, which stands
// right before it or behind "of each": each gardener name, the name of each club.
func (s *sentence) ownsName(j, i int) bool {
	if j == i-1 {
		return s.touchesWord(j, i) && !isPlural(s.text.At(s.nodes[j].end-1).Norm)
	}
	return j == i+2 && is[GroupMark](s, i+1) && s.text.At(s.nodes[i+1].from).Norm == "of"
}

// pronouns say that what follows belongs to what was named before.
var pronouns = map[string]bool{"whose": true, "a": true, "its": true, "their": true, "his": true, "her": true, "其": true}

// anchor is a table that the sentence surely speaks of.
type anchor struct {
	table   *semantic.Table
	node    int
	measure bool
}

// anchors are the tables of the names whose likeliest objects live in one table.
func (s *sentence) anchors() []anchor {
	var found []anchor
	for i, n := range s.nodes {
		names, ok := as[names](n)
		if !ok || len(names.alts) == 0 {
			continue
		}
		home := objectHome(names.alts[0].object)
		for _, a := range names.alts[1:] {
			if a.cost <= names.alts[0].cost+costInflected && objectHome(a.object) != home {
				home = nil
			}
		}
		if home != nil {
			found = append(found, anchor{home, i, names.alts[0].object.Metric != nil})
		}
		if m := names.alts[0].object.Metric; m != nil && m.Home == nil && len(names.alts) == 1 {
			for _, home := range partHomes(s.r.model, m.Expr, nil) {
				found = append(found, anchor{home, i, true})
			}
		}
	}
	return s.linkAnchors(found)
}

// linkAnchors adds the tables that adjectives are declared for and that link two of those
// which are named: who controls what is said of the two, through what they hold.
func (s *sentence) linkAnchors(found []anchor) []anchor {
	for i, n := range s.nodes {
		p, ok := as[phrased](n)
		if !ok || p.phrase.On == nil || p.phrase.Through != nil {
			continue
		}
		var ends []*semantic.Table
		for _, a := range found {
			if s.r.graph.hops(p.phrase.On, a.table) == 1 && !slices.Contains(ends, a.table) {
				ends = append(ends, a.table)
			}
		}
		if len(ends) > 1 {
			found = append(found, anchor{p.phrase.On, i, false})
		}
	}
	return found
}

// partHomes are the homes of the metrics that an expression is made of, each
// once, in the order they are named.
func partHomes(model *semantic.Model, x semantic.Expr, homes []*semantic.Table) []*semantic.Table {
	semantic.Walk(x, func(x semantic.Expr) {
		name, ok := x.(semantic.Name)
		if !ok || len(name.Path) != 1 {
			return
		}
		m := model.Metric(name.Path[0])
		switch {
		case m == nil:
		case m.Home == nil:
			homes = partHomes(model, m.Expr, homes)
		case !slices.Contains(homes, m.Home):
			homes = append(homes, m.Home)
		}
	})
	return homes
}

// cheapestMetric is what the likeliest metric among some objects costs; more than any
// object where there is none.
func cheapestMetric(alts []alt) int {
	least := math.MaxInt
	for _, a := range alts {
		if a.object.Metric != nil {
			least = min(least, a.cost)
		}
	}
	return least
}

// settle picks the cheapest alternative of a name and remembers the ties.
func (s *sentence) settle(i int, alts []alt, b bearings) {
	n := s.nodes[i]
	ranked := append((*s.ranked)[:0], alts...)
	*s.ranked = ranked
	far, wanted := s.distances(i, alts, b), s.wanted(i)
	acts, doer := s.doneBehind(i)
	entities := slices.ContainsFunc(alts, func(a alt) bool { return a.object.Member != "" && s.r.namesEntity(a.object.Dimension) })
	metric := cheapestMetric(alts)
	for k := range ranked {
		o := ranked[k].object
		ranked[k].cost += unlikely(wanted, kindOf(o)) + far[k] - s.inRole(i, o)
		if home := objectHome(o); home != nil && home.Hidden && o.Dimension != nil && !isDisplay(o.Dimension) {
			ranked[k].cost += costHidden
		}
		if o.Member != "" && entities && !s.r.namesEntity(o.Dimension) {
			ranked[k].cost += costAttribute
		}
		ranked[k].cost += s.noMember(i, o, alts)
		if before := s.normAt(n.from - 1); o.Member != "" && (before == "a" || before == "an") && slices.ContainsFunc(alts, func(a alt) bool { return a.object.Table != nil }) {
			ranked[k].cost += costUnrelated // a vaccination is one of the vaccinations
		}
		if o.Member != "" && wasDone[s.normAt(n.from-1)] && s.datedToo(o, alts) {
			ranked[k].cost += costUnrelated // what has been issued may be closed by now
		}
		if s.countedBeside(o, alts) && !s.asksRows() {
			ranked[k].cost++
		}
		if metric < alts[k].cost && kindOf(o) == kindNumber && !s.speaksOf(i, o.Dimension.Table) {
			ranked[k].cost += costUnrelated // called so in part, where a metric is called just so
		}
		if o.Metric != nil && metric < alts[k].cost {
			ranked[k].cost += tieWithin - 1 // another metric is called just so
		}
		if acts != nil && !s.mayDo(acts, doer, o) {
			ranked[k].cost += costUnrelated
		}
		if o.Member == "" && o.Dimension != nil && slices.Contains(s.shown, o.Dimension) && !s.ownedBySome(i, b.anchors) {
			ranked[k].cost -= costUnrelated // by author's country; show the country
		}
		if want, forced := s.forced[n.from]; forced && want == o {
			ranked[k].cost = -100
		}
	}
	slices.SortStableFunc(ranked, func(a, b alt) int { return cmp.Compare(a.cost, b.cost) })
	if own, ok := s.ownName(i, ranked[0].object, b.anchors); ok {
		ranked = []alt{{object: own, cost: ranked[0].cost}}
	}
	best := ranked[0]
	if _, forced := s.forced[n.from]; !forced {
		if others := s.tiedWith(ranked); len(others) > 0 {
			s.ties = append(s.ties, tie{from: n.from, end: n.end, chosen: best.object, others: others})
		}
		if !s.listedWith(i, best.object) {
			s.charge("context", max(best.cost, 0), n)
		}
	}
	if s.strays(i, best.object, b.anchors) {
		s.charge("a word of time for a far column", costIdle, n)
		s.draft.idle = true
	}
	s.offered[n.from] = alts
	s.settled[n.from] = best.object
	s.nodes[i].means = s.meaningOf(best.object)
	if first := s.text.At(n.from).Norm; n.end > n.from+1 && (first == "各" || first == "每") {
		s.markAt(i, markEach) // 各省, where that is one name
	}
	if t, ok := s.thingAt(i); ok && t.dim != nil && (isDisplay(t.dim) || isTime(t.dim)) && s.r.saidAsNoun(t.dim, s.text.Norm(n.from, n.end)) {
		t.noun = true
		s.nodes[i].means = t
	}
}

// tiedWith are the objects, of some by their costs, that are as likely as the first.
func (s *sentence) tiedWith(ranked []alt) []Object {
	within := 1
	for within < len(ranked) && ranked[within].cost < ranked[0].cost+tieWithin {
		within++
	}
	if within == 1 {
		return nil
	}
	others := make([]Object, 0, within-1)
	for _, a := range ranked[1:within] {
		if !s.equivalent(a.object, ranked[0].object) {
			others = append(others, a.object)
		}
	}
	return others
}

// saidAsNoun reports whether a name of rows was said without its closing word.
func (r *Reader) saidAsNoun(d *semantic.Dimension, said string) bool {
	for _, label := range append([]string{d.Names.Label.ZH, d.Names.Label.EN}, d.Names.Synonyms...) {
		norms := r.vocabulary.tokens(label)
		if rest, ok := cutBack(norms, d.Type.Kind); ok && joinNorms(rest) == said {
			return true
		}
	}
	return false
}

// timeWords count time. By themselves they name a column only near what the
// question is about, and never behind a number.
var timeWords = map[string]bool{
	"year": true, "years": true, "month": true, "months": true, "week": true, "weeks": true, "day": true, "days": true,
	"quarter": true, "quarters": true, "hour": true, "hours": true, "minute": true, "minutes": true, "年": true, "月": true, "天": true, "日": true,
}

// thisOrLast make a period of the word of time behind them.
var thisOrLast = map[string]bool{"this": true, "last": true, "next": true, "current": true, "previous": true, "past": true, "本": true, "上": true, "今": true, "去": true}

// strays reports whether a lone word of time was taken for a column that is
// called by more: the birth year of "this year", the payment days of "5 days".
func (s *sentence) strays(i int, o Object, anchors []anchor) bool {
	said := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
	if o.Dimension == nil || o.Member != "" || !timeWords[said] {
		return false
	}
	if c, ok := s.compareAt(i - 1); ok && len(c.Args) > 0 || i > 0 && is[number](s, i-1) {
		return true
	}
	if is[Top](s, i-1) && joinNorms(normsOf(o.Dimension.Names.Label.EN)) != said && joinNorms(normsOf(o.Dimension.Names.Label.ZH)) != said {
		return true // the busiest day is none of payment
	}
	if from := s.nodes[i].from; from > 0 && thisOrLast[s.text.At(from-1).Norm] {
		return true
	}
	if t, ok := s.thingAt(i - 1); ok && t.dim != nil && isTime(t.dim) && t.dim != o.Dimension && s.touches(i-1, i) {
		return true // the launch year is no year of birth
	}
	return slices.ContainsFunc(anchors, func(a anchor) bool {
		return a.measure && a.node != i && s.r.graph.hops(a.table, o.Dimension.Table) != 0
	})
}

func (s *sentence) compareAt(i int) (Compare, bool) {
	if i < 0 || i >= len(s.nodes) {
		return Compare{}, false
	}
	return as[Compare](s.nodes[i])
}

// inRole is how much likelier a role is before a member of its entity, and such
// a member behind the role: 导购张三.
func (s *sentence) inRole(i int, o Object) int {
	if o.Member != "" && s.nounBehind(i) == o.Dimension.Table {
		return costRole // active merchants: their status, not that of their coupons
	}
	if m, ok := s.memberAt(i - 1); ok && o.Member == "" && o.Dimension != nil && o.Dimension.Table == m.dim.Table && isMeasurable(o.Dimension) && isDisplay(m.dim) && s.touchesWord(i-1, i) {
		return costRole // the rate of Tom Reed is his own
	}
	if m, ok := s.memberAt(i - 1); ok && o.Member == "" && o.Dimension == m.dim && s.nodes[i-1].end == s.nodes[i].from {
		return costRole // 维修中状态: of what is being repaired
	}
	switch {
	case o.Join != nil && i+1 < len(s.nodes):
		if n, ok := as[names](s.nodes[i+1]); ok && slices.ContainsFunc(n.alts, func(a alt) bool {
			return a.object.Member != "" && a.object.Dimension.Table == o.Join.To
		}) {
			return costRole
		}
	case o.Member != "" && i > 0:
		if t, ok := as[thing](s.nodes[i-1]); ok && t.table == o.Dimension.Table && t.via != "" {
			return costRole
		}
		j := i - 1
		for j > 0 && (is[Equals](s, j) || is[Glue](s, j)) {
			j--
		}
		if t, ok := as[thing](s.nodes[j]); ok && t.dim != nil && t.dim.Conforms(o.Dimension) {
			return costRole // 来源为天猫: the dimension that is named decides
		}
		if s.namedBefore(i, o) {
			return costRole
		}
	}
	return 0
}

// namedBefore reports whether an entity stands before one of its own names: the
// program mathematics, the city of New York.
func (s *sentence) namedBefore(i int, o Object) bool {
	j := i - 1
	if is[Glue](s, j) && s.text.Norm(s.nodes[j].from, s.nodes[j].end) == "of" {
		j--
	}
	t, ok := s.thingAt(j)
	return ok && t.table == o.Dimension.Table && isDisplay(o.Dimension) && s.text.At(s.nodes[j].from).Class == Word
}

// equivalent reports whether two objects of one name make no difference: a
// dimension that shows the entity itself, or conformed dimensions.
func (s *sentence) equivalent(a, b Object) bool {
	if a.Member != b.Member {
		return false
	}
	if a.Dimension != nil && b.Dimension != nil {
		return a.Dimension.Conforms(b.Dimension)
	}
	return showsEntity(a, b) || showsEntity(b, a)
}

// showsEntity reports whether a is a dimension that stands for the entity b.
func showsEntity(a, b Object) bool {
	d, t := a.Dimension, b.Table
	if d == nil || t == nil {
		return false
	}
	return d.Of != nil && d.Of.To == t || d.Table == t && len(t.Display) > 0 && t.Display[0] == d
}

func (s *sentence) meaningOf(o Object) meaning {
	switch {
	case o.Metric != nil:
		return measure{metric: o.Metric}
	case o.Member != "":
		return members{dim: o.Dimension, values: []string{o.Member}}
	case o.Dimension != nil:
		return thing{dim: o.Dimension}
	case o.Table != nil:
		return thing{table: o.Table}
	}
	return thing{table: o.Join.To, via: o.Join.From.Name + "." + o.Join.Name}
}

// unlikely is what it costs that a name is of this kind where its neighbours ask for
// some; nil for none.
func unlikely(wanted []objectKind, kind objectKind) int {
	named := kind == kindTable || kind == kindJoin
	switch {
	case len(wanted) == 0 && named:
		return 2
	case len(wanted) > 0 && !slices.Contains(wanted, kind):
		return costUnlikely
	case len(wanted) > 0 && kind == kindTable && wanted[0] != kindTable:
		return 2 // a column called like the entity is as good, and shorter
	}
	return 0
}

// asksRows reports whether a word of the sentence asks for rows, or says what
// they did: then a noun is likelier what is listed than how many there are.
func (s *sentence) asksRows() bool {
	return slices.ContainsFunc(s.nodes, func(n node) bool {
		switch m := n.means.(type) {
		case Listing:
			return !m.Weak
		case Negation:
			if !excluding[s.text.At(n.from).Norm] {
				return true
			}
		case Which, Verb, phrased, Top, Relative, Compare, TextTest, Empty:
			return true
		}
		return false
	})
}

// countedBeside reports whether a table shares its name with the metric that
// counts it.
func (s *sentence) countedBeside(o Object, alts []alt) bool {
	return o.Table != nil && o.Dimension == nil && slices.ContainsFunc(alts, func(a alt) bool {
		return a.object.Metric != nil && s.r.countedBy[a.object.Metric] == o.Table
	})
}

// wanted returns the kinds that the neighbours of node i ask for; nil when they ask
// for nothing.
func (s *sentence) wanted(i int) []objectKind {
	before, behind := s.skip(i-1, -1), s.skip(i+1, 1)
	if before >= 0 {
		if top, ok := as[Top](s.nodes[before]); ok && top.N > 0 && s.text.At(s.nodes[before].end-1).Norm == "by" {
			return wantNumber // top 3 by orders
		}
		if kinds := wantedBehind(s.nodes[before].means); kinds != nil {
			return kinds
		}
	}
	if behind < len(s.nodes) {
		return wantedBefore(s.nodes[behind].means)
	}
	return nil
}

var (
	wantThing   = []objectKind{kindDimension, kindTable, kindJoin}
	wantCounted = []objectKind{kindTable, kindMetric, kindDimension}
	wantNumber  = []objectKind{kindMetric, kindNumber}
	wantMember  = []objectKind{kindMember}
)

// wantedBehind is what a word asks of the name behind it.
func wantedBehind(m meaning) []objectKind {
	switch m := m.(type) {
	case GroupMark:
		if !m.Before && m.Each {
			return wantThing
		}
		if !m.Before {
			return []objectKind{kindDimension, kindTable, kindJoin, kindMetric, kindNumber}
		}
	case Which:
		if m.What == WhichOne || m.What == Who {
			return wantThing
		}
	case Count:
		if !m.Before {
			return wantCounted
		}
	case Agg:
		if !m.Before {
			return wantNumber
		}
	case Top:
		return wantedByTop(m)
	case Negation:
		if !m.Before {
			return wantMember
		}
	case Empty:
		if m.Behind {
			return []objectKind{kindTable, kindDimension, kindNumber, kindJoin, kindMetric}
		}
	case Listing:
		if !m.Weak {
			return []objectKind{kindTable, kindDimension, kindNumber}
		}
	case Distinct:
		return []objectKind{kindDimension, kindTable, kindJoin, kindMetric}
	case Compare:
		if len(m.Args) > 0 {
			return []objectKind{kindMetric, kindNumber, kindTable}
		}
	}
	return nil
}

func wantedByTop(m Top) []objectKind {
	switch {
	case m.N > 0:
		return wantThing
	case m.Count:
		return []objectKind{kindTable, kindMetric, kindNumber}
	}
	return []objectKind{kindMetric, kindNumber, kindDimension, kindTable, kindJoin}
}

// wantedBefore is what a word asks of the name before it.
func wantedBefore(m meaning) []objectKind {
	switch m := m.(type) {
	case GroupMark:
		if m.Before {
			return wantThing
		}
	case Count:
		if m.Before {
			return wantCounted
		}
	case Agg:
		if m.Before {
			return wantNumber
		}
	case Compare:
		return []objectKind{kindMetric, kindNumber, kindTable}
	case Which:
		switch m.What {
		case WhichOne:
			return wantThing
		case HowMuch:
			return []objectKind{kindTable, kindMetric, kindNumber, kindDimension}
		}
	}
	return nil
}
