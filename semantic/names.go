package semantic

import (
	"slices"
	"strings"
	"sync"
)

// names is the index of a model's names. Load builds it once; routes are
// worked out on first use and kept.
type names struct {
	tables     map[string]*Table
	metrics    map[string]*Metric
	dimensions map[string][]*Dimension // of all tables, in file order
	joins      map[string][]*Join
	seats      map[*Table]*seat
	homes      map[*Metric][]*Table
	same       map[*Dimension][]*Dimension // set by sameOnce
	sameOnce   sync.Once
	views      sync.Map // by active rules: *View
	viewCount  int
	viewLock   sync.Mutex
}

// seat is what one table holds and what it reaches.
type seat struct {
	dimensions map[string]*Dimension
	joins      map[string]*Join
	broken     map[string]bool // joins that lead nowhere, while loading
	columns    map[string]bool // the physical columns that model files may name; nil for any
	once       sync.Once
	routes     map[*Table]*route
}

func newNames(m *Model) *names {
	n := &names{
		tables:     make(map[string]*Table, len(m.Tables)),
		metrics:    make(map[string]*Metric, len(m.Metrics)),
		dimensions: map[string][]*Dimension{},
		joins:      map[string][]*Join{},
		seats:      make(map[*Table]*seat, len(m.Tables)),
		homes:      make(map[*Metric][]*Table, len(m.Metrics)),
	}
	for _, t := range m.Tables {
		n.addTable(t)
	}
	for _, metric := range m.Metrics {
		if n.metrics[metric.Name] == nil {
			n.metrics[metric.Name] = metric
		}
	}
	return n
}

func (n *names) addTable(t *Table) {
	if n.tables[t.Name] == nil {
		n.tables[t.Name] = t
	}
	s := &seat{dimensions: make(map[string]*Dimension, len(t.Dimensions)), joins: make(map[string]*Join, len(t.Joins))}
	s.columns = knownColumns(t)
	n.seats[t] = s
	for _, d := range t.Dimensions {
		if s.dimensions[d.Name] == nil {
			s.dimensions[d.Name] = d
			n.dimensions[d.Name] = append(n.dimensions[d.Name], d)
		}
	}
	for _, j := range t.Joins {
		if j.To == nil {
			s.breakJoin(j.Name)
		} else if s.joins[j.Name] == nil {
			s.joins[j.Name] = j
			n.joins[j.Name] = append(n.joins[j.Name], j)
		}
	}
}

// knownColumns are the physical columns that a table which declares columns
// mentions anywhere; nil for a table that declares none.
func knownColumns(t *Table) map[string]bool {
	if len(t.Columns) == 0 {
		return nil
	}
	known := map[string]bool{}
	for _, c := range t.Columns {
		known[c.Name] = true
	}
	for _, key := range t.Keys {
		for _, c := range key {
			known[c] = true
		}
	}
	for _, j := range t.Joins {
		for _, pair := range j.On {
			known[pair.From] = true
		}
	}
	for _, d := range t.Dimensions {
		namesIn(d.Expr, func(n Name) { known[n.Path[0]] = true })
	}
	return known
}

func (s *seat) breakJoin(name string) {
	if s.broken == nil {
		s.broken = map[string]bool{}
	}
	s.broken[name] = true
}

// index returns the model's names. A model that was put together by hand has
// none and pays for them at every call.
func (m *Model) index() *names {
	if m.names != nil {
		return m.names
	}
	return newNames(m)
}

// Table returns the table of a name, or nil.
func (m *Model) Table(name string) *Table { return m.index().tables[name] }

// Metric returns the metric of a name, or nil.
func (m *Model) Metric(name string) *Metric { return m.index().metrics[name] }

// Homes returns the tables whose rows a metric's aggregates are over, in order
// of the expression, through all metrics it is made of. The caller must not
// change the slice.
func (m *Model) Homes(metric *Metric) []*Table { return m.index().homes[metric] }

// Dimension returns the dimension of a path (a table, joins from it, the
// dimension) or of a short name that one table alone has; nil when there is
// none or more than one.
func (m *Model) Dimension(path ...string) *Dimension {
	if found, _, _ := m.Lookup(Name{path}); len(found) == 1 {
		return found[0]
	}
	return nil
}

// Lookup returns everything that a name can mean in the whole model: dimensions
// in file order, the table, the metric.
func (m *Model) Lookup(n Name) ([]*Dimension, []*Table, []*Metric) {
	return m.everything().Lookup(n)
}

// Find returns everything that a name can mean in the whole model, as
// candidates: the metric, then dimensions, then the table, then joins.
func (m *Model) Find(n Name) []Candidate { return m.everything().Find(n) }

// Resolve finds the dimension or entity that a name means for rows of the home
// table; see View.Resolve.
func (m *Model) Resolve(home *Table, n Name) (Candidate, *Problem) {
	return m.everything().Resolve(home, n)
}

// ResolveColumn is Resolve for names in model files, which may also be physical
// columns.
func (m *Model) ResolveColumn(home *Table, n Name) (Candidate, *Problem) {
	return m.everything().resolve(home, n, true)
}

// ShortName returns how a query line spells the dimension: its name alone when
// no other dimension, table or metric has it, else table.name.
func (m *Model) ShortName(d *Dimension) string {
	n := m.index()
	if IsReserved(d.Name) || len(n.dimensions[d.Name]) > 1 || n.metrics[d.Name] != nil || n.tables[d.Name] != nil {
		return spell(d.Table.Name, d.Name)
	}
	for _, j := range n.joins[d.Name] {
		if d.Of != j {
			return spell(d.Table.Name, d.Name)
		}
	}
	return spell(d.Name)
}

// spell joins the parts of a name.
func spell(path ...string) string { return strings.Join(path, ".") }

// Nearest returns up to n names of metrics, dimensions and tables that a
// person may have meant, best first: by edits against names, labels and
// synonyms. The result does not depend on anything but the model.
func (m *Model) Nearest(name string, n int) []string { return m.everything().Nearest(name, n) }

// Column returns the type of a physical column as the model declares it, in
// columns or by a dimension that is nothing but the column; ok is false when it
// says nothing.
func (t *Table) Column(name string) (typ ColumnType, ok bool) {
	for _, c := range t.Columns {
		if c.Name == name {
			return c.Type, true
		}
	}
	for _, d := range t.Dimensions {
		if column, bare := bareColumn(d); bare && column == name && d.Of == nil {
			return d.Type, true
		}
	}
	return ColumnType{}, false
}

// bareColumn returns the column of a dimension that is nothing but a column.
func bareColumn(d *Dimension) (column string, ok bool) {
	if n, isName := d.Expr.(Name); isName && len(n.Path) == 1 {
		return n.Path[0], true
	}
	return "", false
}

// hasKey reports whether the columns hold a unique key of the table, apart from
// the columns of its validity when a moment picks the version.
func (t *Table) hasKey(columns []string, atMoment bool) bool {
	var version []string
	if t.Validity != nil && atMoment {
		for _, d := range []*Dimension{t.Validity.From, t.Validity.To} {
			if d == nil {
				continue
			}
			if column, ok := bareColumn(d); ok {
				version = append(version, column)
			}
		}
	}
	return slices.ContainsFunc(t.Keys, func(key []string) bool {
		free := 0
		for _, c := range key {
			if slices.Contains(version, c) {
				free++
			} else if !slices.Contains(columns, c) {
				return false
			}
		}
		return free < len(key)
	})
}
