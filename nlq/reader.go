package nlq

import (
	"slices"
	"time"

	"wenshu/semantic"
)

// Binder checks what a model can mean; semantic.Bind is one.
type Binder func(m *semantic.Model, q *semantic.Query, v semantic.Viewer, clock semantic.Clock) (*semantic.Plan, error)

// Config is what a reader is made of.
type Config struct {
	Model   *semantic.Model
	Index   *Index // nil for none
	Grammar *Grammar
	Bind    Binder // nil takes every query as meant

	// Sees reports whether a viewer may see the members that carry a tag of the
	// index. Nil hides all tagged members.
	Sees func(v semantic.Viewer, tag string) bool
}

// Reader reads questions about one snapshot of a model and its members. It is
// immutable and safe for concurrent use.
type Reader struct {
	model      *semantic.Model
	index      *Index
	bind       Binder
	sees       func(semantic.Viewer, string) bool
	grammar    *Grammar
	vocabulary *vocabulary
	modelNames *Lexicon[bool]
	festivals  *Lexicon[string]
	units      *Lexicon[bool] // what numbers are counted in
	graph      *graph
	unique     map[string]int                         // how many objects bear a name
	columns    map[string][]*semantic.Dimension       // by name
	counts     map[*semantic.Table][]*semantic.Metric // the metrics that count an entity and are called so
	countedBy  map[*semantic.Metric]*semantic.Table
	shadowed   map[string]bool // names that a dimension bears
	worded     map[*semantic.Table]map[string][]*semantic.Dimension
	conformed  map[*semantic.Dimension][]*semantic.Dimension // by what they are declared by, which is none of them
	latinNames map[*semantic.Dimension][][]string            // the tokens of its English label and of its own name
	hanNames   map[*semantic.Dimension][][]string            // the tokens of its names that are all Chinese
	moments    map[string][]momentName
	lives      map[*semantic.Table]life
	words      []string // what a misspelt Latin word may have been meant to be; ascending
	shorts     []string // words of names that are no words: abbreviations; ascending
}

// New prepares a reader.
func New(c Config) *Reader {
	r := &Reader{
		model: c.Model, index: c.Index, grammar: c.Grammar, bind: c.Bind, sees: c.Sees,
		graph: newGraph(c.Model), unique: map[string]int{}, columns: map[string][]*semantic.Dimension{}, shadowed: map[string]bool{}, conformed: map[*semantic.Dimension][]*semantic.Dimension{},
		counts: map[*semantic.Table][]*semantic.Metric{}, countedBy: map[*semantic.Metric]*semantic.Table{},
	}
	r.vocabulary = newVocabulary(c.Model, r.bases)
	r.modelNames = modelNames(c.Model)
	r.festivals = festivalNames(c.Model.Calendar)
	r.units = unitLexicon(c.Model, c.Grammar)
	r.wordDimensions()
	r.nameMoments()
	r.nameLives()
	r.nameObjects()
	r.findCounts()
	r.collectWords()
	r.collectShorts()
	return r
}

// With returns a reader that knows further members and shares all else with r.
func (r *Reader) With(members []Entry) *Reader {
	more := *r
	more.index = r.index.And(NewIndex(members))
	more.collectWords()
	return &more
}

// momentOf is when a question is asked.
func (r *Reader) momentOf(now time.Time) *Moment {
	return &Moment{Now: now, Calendar: r.model.Calendar, festival: r.festivals}
}

// bases returns the base forms of a word in all languages.
func (r *Reader) bases(word string) []string {
	if classOfNorm(word) != Word {
		return nil
	}
	var all []string
	for _, l := range r.grammar.languages {
		if l.Bases == nil {
			continue
		}
		for _, base := range l.Bases(word) {
			if !slices.Contains(all, base) && base != word {
				all = append(all, base)
			}
		}
	}
	return all
}

// nameObjects counts the objects that bear each name, so that a query may use
// the short form of those that stand alone.
func (r *Reader) nameObjects() {
	for _, m := range r.model.Metrics {
		r.unique[m.Name]++
	}
	for _, t := range r.model.Tables {
		r.unique[t.Name]++
		for _, d := range t.Dimensions {
			r.unique[d.Name]++
			r.columns[d.Name] = append(r.columns[d.Name], d)
			r.shadowed[d.Name] = true
			if d.Same != nil {
				r.conformed[d.Canonical()] = append(r.conformed[d.Canonical()], d)
			}
		}
	}
}

// findCounts finds the metrics that count an entity and are called like it:
// orders, number of customers, 订单数.
func (r *Reader) findCounts() {
	for _, m := range r.model.Metrics {
		t := countedTable(r.model, m)
		if t == nil {
			continue
		}
		r.countedBy[m] = t
		if r.calledAfter(m, t) {
			r.counts[t] = append(r.counts[t], m)
		}
	}
}

// countedTable returns the entity a metric counts: count(orders), or
// count_distinct of its key.
func countedTable(model *semantic.Model, m *semantic.Metric) *semantic.Table {
	call, ok := m.Expr.(semantic.Call)
	if !ok || len(call.Args) == 0 || call.Func != "count" && call.Func != "count_distinct" {
		return nil
	}
	name, ok := call.Args[0].(semantic.Name)
	if !ok {
		return nil
	}
	last := name.Path[len(name.Path)-1]
	if call.Func == "count" && len(name.Path) == 1 {
		return tableNamed(model, last)
	}
	if m.Home == nil {
		return nil
	}
	return keyedBy(m.Home, last)
}

func tableNamed(model *semantic.Model, name string) *semantic.Table {
	for _, t := range model.Tables {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// keyedBy returns the entity that a column of a table identifies: the table
// itself by its key, or the one that a join on that column leads to.
func keyedBy(t *semantic.Table, column string) *semantic.Table {
	for _, key := range t.Keys {
		if len(key) == 1 && key[0] == column {
			return t
		}
	}
	for _, d := range t.Dimensions {
		if d.Name == column && d.Of != nil {
			return d.Of.To
		}
	}
	for _, j := range t.Joins {
		if !j.Many && (j.Name == column || len(j.On) == 1 && j.On[0].From == column) {
			return j.To
		}
	}
	return nil
}

// calledAfter reports whether a metric bears an entity's name, with or without
// a word for number: orders, 订单数, number of orders.
func (r *Reader) calledAfter(m *semantic.Metric, t *semantic.Table) bool {
	entity := map[string]bool{}
	for _, text := range []string{t.Names.Label.ZH, t.Names.Label.EN, t.Names.Plural, spaced(t.Name)} {
		norms := NewText(text).Norms()
		entity[joinNorms(norms)] = len(norms) > 0
		if base := r.vocabulary.baseForms(norms); base != nil {
			entity[joinNorms(base)] = true
		}
	}
	for _, text := range append([]string{m.Names.Label.ZH, m.Names.Label.EN, spaced(m.Name)}, m.Names.Synonyms...) {
		norms := NewText(text).Norms()
		for _, rest := range withoutCount(norms) {
			if entity[joinNorms(rest)] {
				return true
			}
			if base := r.vocabulary.baseForms(rest); base != nil && entity[joinNorms(base)] {
				return true
			}
		}
	}
	return false
}

// withoutCount strips the words for number from a name.
func withoutCount(norms []string) [][]string {
	all := [][]string{norms}
	for _, back := range [][]string{{"数"}, {"数", "量"}, {"量"}, {"总", "数"}, {"个", "数"}, {"count"}, {"笔", "数"}} {
		if n := len(norms) - len(back); n > 0 && equalNorms(norms[n:], back) {
			all = append(all, norms[:n])
		}
	}
	for _, front := range [][]string{{"number", "of"}, {"count", "of"}, {"total"}} {
		if rest, ok := cutFront(norms, front); ok {
			all = append(all, rest)
		}
	}
	return all
}

// calledLike reports whether a dimension is called like its entity.
func (r *Reader) calledLike(d *semantic.Dimension) bool {
	t := d.Table
	return d.Names.Label.ZH != "" && d.Names.Label.ZH == t.Names.Label.ZH || d.Names.Label.EN != "" && d.Names.Label.EN == t.Names.Label.EN
}

// standsFor reports whether a column is what an entity is spoken of by: it is
// called like it, or is both its name and its key.
func (r *Reader) standsFor(d *semantic.Dimension) bool {
	return isDisplay(d) && (r.calledLike(d) || d.Key && d.Type.Kind == semantic.Text)
}

// namesEntity reports whether the members of a dimension are what the entities
// of its table are called.
func (r *Reader) namesEntity(d *semantic.Dimension) bool {
	return len(d.Table.Display) > 0 && d.Table.Display[0] == d && r.calledLike(d)
}

// hinted returns the table that the earliest hint names, wholly or else as a
// part of its name; nil when none does.
func (r *Reader) hinted(tables []*semantic.Table, hints []string) *semantic.Table {
	for _, hint := range hints {
		norms := normsOf(hint)
		if names := r.vocabulary.names.exact(norms); len(names) > 0 {
			for _, t := range tables {
				if slices.ContainsFunc(names, func(c called) bool { return c.object.Table == t && c.why != lastWords }) {
					return t
				}
			}
		}
		for _, t := range tables {
			if r.mentionsNames(t.Name, t.Names, norms) != notAtAll {
				return t
			}
		}
	}
	return nil
}

// keyVia returns how to name an entity's key from a table that leads to it: the
// column of the last join.
func (r *Reader) keyVia(from, to *semantic.Table) (thing, bool) {
	joins := r.graph.path(from, to)
	if joins == nil {
		return thing{}, false
	}
	path := from.Name
	for _, j := range joins[:len(joins)-1] {
		path += "." + j.Name
	}
	last := joins[len(joins)-1]
	if len(last.On) != 1 {
		return thing{}, false
	}
	return thing{dim: &semantic.Dimension{Name: last.On[0].From, Table: last.From}, via: path}, true
}

// linkOf returns the one nearest table that leads to all columns.
func (r *Reader) linkOf(columns []thing) *semantic.Table {
	var best *semantic.Table
	least, several := -1, false
	for _, t := range r.model.Tables {
		sum := 0
		for _, c := range columns {
			d := r.graph.hops(t, c.home())
			if d < 0 {
				sum = -1
				break
			}
			sum += d
		}
		switch {
		case sum < 0:
		case least < 0 || sum < least:
			best, least, several = t, sum, false
		case sum == least:
			several = true
		}
	}
	if several {
		return nil
	}
	return best
}
