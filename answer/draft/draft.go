package draft

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"wenshu/warehouse"
)

// Options say how the draft is called. The zero value takes the name of the
// source for both.
type Options struct {
	Name      string // of the model
	Warehouse string // as the model's tables name their source
}

// Report says what a draft found.
type Report struct {
	Tables   int
	Joins    int // declared and probable ones
	Metrics  int
	Probable []string // joins and keys that nobody declared, each with its evidence
	Notes    []string // what was left out, and why
}

// drafting is one draft on its way.
type drafting struct {
	options Options
	look    *looker
	tables  []*table
	byName  map[string]*table // by name in lower case
	metrics []metric
	phrases []phrase
	notes   []string
}

// Draft reads a database and returns the files of a model of it, by name, and
// what was found. It fails only when the source does; what is unclear in the
// data is left out, with a note.
func Draft(ctx context.Context, source warehouse.Source, o Options) (map[string][]byte, *Report, error) {
	o.Warehouse = cmp.Or(o.Warehouse, source.Name())
	o.Name = cmp.Or(o.Name, o.Warehouse)
	look, err := newLooker(source)
	if err != nil {
		return nil, nil, err
	}
	schema, err := source.Schema(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("draft: read the catalogue: %w", err)
	}
	d := &drafting{options: o, look: look, byName: map[string]*table{}}
	if err := d.lookAt(ctx, schema); err != nil {
		return nil, nil, err
	}
	if err := d.connect(ctx); err != nil {
		return nil, nil, err
	}
	d.describe()
	return d.files(), d.report(), nil
}

// lookAt reads the rows of every table and finds words, types and roles.
func (d *drafting) lookAt(ctx context.Context, schema *warehouse.Schema) error {
	for _, s := range schema.Tables {
		t := &table{schema: s, readsNumbers: d.look.readsNumbers(), native: d.look.native(), strict: d.look.strict()}
		for _, sc := range s.Columns {
			t.columns = append(t.columns, &column{schema: sc, table: t})
		}
		if len(t.columns) == 0 {
			continue
		}
		err := d.look.sample(ctx, t)
		if err == nil {
			err = d.look.count(ctx, t)
		}
		if unreadable(err) {
			d.notes = append(d.notes, s.Name+": cannot be read: left out")
			continue
		}
		if err != nil {
			return err
		}
		d.tables = append(d.tables, t)
		d.byName[strings.ToLower(s.Name)] = t
	}
	d.readSheets()
	for _, t := range d.tables {
		t.readNotes()
	}
	d.spellByNotes()
	d.tellShortTables()
	d.spellInitials()
	d.spellOwn()
	d.tellPairs()
	d.tellNeighbours()
	d.tellSenses()
	d.spellSkeletons()
	d.trustNotes()
	d.readCodeTables()
	d.findWords()
	for _, t := range d.tables {
		for _, c := range t.columns {
			c.findKind()
			c.tellCents()
			c.findRole()
			c.inHundredths()
		}
	}
	return nil
}

// readNotes takes what the names of a table and its columns say, and the notes beside them.
func (t *table) readNotes() {
	t.note = readComment(t.schema.Comment)
	t.raw = wordsOf(spokenName(t.at().Name, t.note.zh))
	var names []string
	for _, c := range t.columns {
		names = append(names, c.schema.Name)
	}
	for _, c := range t.columns {
		sc := c.schema
		c.note = readComment(sc.Comment)
		c.plain, c.said = plainColumn(sc.Name, names)
		c.note, c.said = c.note.beside(c.plain, c.said)
		if c.said == "" {
			c.said = cmp.Or(c.note.unit, unitInNote(sc.Comment))
		}
		if front, size := c.sized(); size != "" {
			c.plain, c.said = front, size
		}
		if ends := strings.TrimSpace(cmp.Or(sc.Comment, sc.Name)); c.said == "" && (strings.HasSuffix(ends, "%") || strings.HasSuffix(ends, "％")) {
			c.said = "%"
		}
		c.raw = wordsOf(spokenName(c.plain, c.note.zh))
		c.trustEnglish()
	}
}

// unreadable reports whether an error is about one table alone: a view that
// fails, a table that may not be read or that takes too long.
func unreadable(err error) bool {
	return slices.ContainsFunc([]warehouse.Code{warehouse.ErrStatement, warehouse.ErrTimeout, warehouse.ErrRefused, warehouse.ErrValue, warehouse.ErrTooLarge},
		func(c warehouse.Code) bool { return errors.Is(err, c) })
}

// findWords puts aside what all tables, and all columns of a table, begin with.
func (d *drafting) findWords() {
	var all [][]string
	for _, t := range d.tables {
		all = append(all, t.raw)
	}
	front := sharedPrefix(all)
	for _, t := range d.tables {
		t.words = plainName(withoutPrefix(t.raw, front))
		for _, c := range t.columns {
			c.words = c.raw
		}
		for len(t.columns) > 2 {
			shared := t.columnsBegin()
			if shared == nil {
				break
			}
			for _, c := range t.columns {
				c.words = withoutPrefix(c.words, shared)
			}
		}
		for _, c := range t.columns {
			c.spellInitial()
		}
	}
}

// columnsBegin is what the names of all columns of a table begin with, of which those that
// point elsewhere may begin with what they point to.
func (t *table) columnsBegin() []string {
	var names [][]string
	for _, c := range t.columns {
		points := slices.ContainsFunc(t.schema.ForeignKeys, func(f warehouse.ForeignKey) bool { return slices.Contains(f.Columns, c.schema.Name) })
		if !points {
			names = append(names, c.words)
		}
	}
	if len(names) < 3 {
		return nil
	}
	return sharedPrefix(names)
}

// connect finds keys and joins.
func (d *drafting) connect(ctx context.Context) error {
	for _, t := range d.tables {
		t.declaredKeys()
	}
	d.findElsewhere()
	for _, t := range d.tables {
		t.probableKey()
	}
	for _, t := range d.tables {
		d.declaredJoins(t)
	}
	if err := d.probableJoins(ctx); err != nil {
		return err
	}
	for _, t := range d.tables {
		t.extensionKey()
		if err := d.look.compositeKeys(ctx, t); err != nil {
			return err
		}
		t.bridge = t.isBridge()
	}
	for _, t := range d.tables {
		t.settleRoles()
	}
	return nil
}

// settleRoles takes back what a number seemed to be before it was known to
// identify rows.
func (t *table) settleRoles() {
	for _, c := range t.columns {
		if (c.join != nil || t.hasKey([]*column{c})) && (c.role == addable || c.role == level || c.role == plainNumberRole) {
			c.role = identity
		}
	}
}

// describe finds names, labels, displays, times, hierarchies and metrics.
func (d *drafting) describe() {
	for _, t := range d.tables {
		t.labelTable()
	}
	d.tellTables()
	d.callPeople()
	d.callCustomers()
	d.callMembers()
	for _, t := range d.tables {
		for _, c := range t.columns {
			c.labelColumn()
		}
	}
	d.nameAll()
	d.labelKeys()
	for _, t := range d.tables {
		t.findDisplay()
		t.findTime()
		t.findHierarchies()
	}
	for _, t := range d.tables {
		t.findTimeOfWhole()
		t.findDurations()
		t.findAges()
		t.findGross()
	}
	for _, t := range d.tables {
		t.sayHappenings()
	}
	for _, t := range d.tables {
		t.sayAbove()
	}
	d.tellDelays()
	d.keepKeys()
	d.settleNames()
	d.proposeMetrics()
}

func (d *drafting) note(t *table, c *column, format string, args ...any) {
	d.notes = append(d.notes, t.schema.Name+"."+c.schema.Name+": "+fmt.Sprintf(format, args...))
}

func (d *drafting) report() *Report {
	r := &Report{Tables: len(d.tables), Metrics: len(d.metrics), Notes: d.notes}
	for _, t := range d.tables {
		r.Joins += len(t.joins)
		for _, k := range t.keys {
			if !k.declared {
				r.Probable = append(r.Probable, fmt.Sprintf("%s: key (%s): %s", t.name, strings.Join(namesOf(k.columns), ", "), k.evidence))
			}
		}
		for _, j := range t.joins {
			if j.probable {
				r.Probable = append(r.Probable, fmt.Sprintf("%s(%s) -> %s(%s): %s", t.name, strings.Join(namesOf(j.here), ", "), j.to.name, strings.Join(namesOf(j.there), ", "), j.evidence))
			}
		}
	}
	return r
}

func sortByCount(values []string, counts map[string]int) {
	slices.SortStableFunc(values, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b)) })
}
