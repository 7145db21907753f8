package semantic

import "slices"

// View is a model as one viewer sees it: what column rules hide does not exist
// in it, in any lookup or suggestion, and neither does what is computed from
// it. A View is immutable and safe for concurrent use.
type View struct {
	model   *Model
	names   *names
	hidden  map[*Dimension]bool
	metrics map[*Metric]bool
	columns map[tableColumn]bool
	curt    bool // problems name no neighbours: they take longest to find
}

// tableColumn is a physical column of a table.
type tableColumn struct {
	table  *Table
	column string
}

// Candidate is one thing that a name can mean. Exactly one of Metric,
// Dimension and Table is set, besides Table with Column.
type Candidate struct {
	Metric    *Metric
	Dimension *Dimension
	Table     *Table  // the entity; or, with Column, the table of that column
	Column    string  // a physical column that no dimension is named after
	From      *Table  // where Path starts: the home table, or the table that the name begins with
	Path      []*Join // from there to the seat; empty at home
}

// seat returns the table that a dimension, entity or column lives in.
func (c Candidate) seat() *Table {
	if c.Dimension != nil {
		return c.Dimension.Table
	}
	return c.Table
}

// String spells the candidate in full.
func (c Candidate) String() string {
	if c.Metric != nil {
		return c.Metric.Name
	}
	var path []string
	if c.From != nil {
		path = pathNames(c.From, c.Path)
	} else if t := c.seat(); t != nil {
		path = []string{t.Name}
	}
	switch {
	case c.Dimension != nil:
		path = append(path, c.Dimension.Name)
	case c.Column != "":
		path = append(path, c.Column)
	}
	return spell(path...)
}

// everything is the view from which nothing is hidden.
func (m *Model) everything() *View { return &View{model: m, names: m.index()} }

// Model returns the model that is seen.
func (v *View) Model() *Model { return v.model }

// Hidden reports whether the dimension does not exist for the viewer.
func (v *View) Hidden(d *Dimension) bool { return v.hidden[d] }

// HiddenMetric reports whether the metric does not exist for the viewer.
func (v *View) HiddenMetric(m *Metric) bool { return v.metrics[m] }

// Table returns the table of a name, or nil.
func (v *View) Table(name string) *Table { return v.names.tables[name] }

// Metric returns the metric of a name, or nil when there is none for the
// viewer.
func (v *View) Metric(name string) *Metric {
	if m := v.names.metrics[name]; !v.metrics[m] {
		return m
	}
	return nil
}

// Metrics returns the metrics that exist for the viewer, in file order.
func (v *View) Metrics() []*Metric {
	return slices.DeleteFunc(slices.Clone(v.model.Metrics), v.HiddenMetric)
}

// Dimensions returns the dimensions of a table that exist for the viewer, in
// file order.
func (v *View) Dimensions(t *Table) []*Dimension {
	return slices.DeleteFunc(slices.Clone(t.Dimensions), v.Hidden)
}

// Lookup returns everything that a name can mean: dimensions in file order, the
// table, the metric.
func (v *View) Lookup(n Name) (dimensions []*Dimension, tables []*Table, metrics []*Metric) {
	for _, c := range v.Find(n) {
		switch {
		case c.Metric != nil:
			metrics = append(metrics, c.Metric)
		case c.Dimension != nil:
			dimensions = append(dimensions, c.Dimension)
		case !slices.Contains(tables, c.Table):
			tables = append(tables, c.Table)
		}
	}
	return dimensions, tables, metrics
}

// Find returns everything that a name can mean in the whole model: the metric,
// then dimensions, then the table, then the entities that joins of that name
// lead to.
func (v *View) Find(n Name) []Candidate {
	if len(n.Path) == 0 {
		return nil
	}
	if len(n.Path) > 1 {
		t := v.names.tables[n.Path[0]]
		if t == nil {
			return nil
		}
		c, problem := v.walk(Candidate{From: t, Table: t}, n.Path[1:], false)
		if problem != nil {
			return nil
		}
		return []Candidate{c}
	}
	name := n.Path[0]
	var found []Candidate
	if m := v.Metric(name); m != nil {
		found = append(found, Candidate{Metric: m})
	}
	shown := map[*Join]bool{}
	for _, d := range v.names.dimensions[name] {
		if !v.hidden[d] {
			found = append(found, Candidate{Dimension: d, From: d.Table})
		}
		shown[d.Of] = true
	}
	if t := v.names.tables[name]; t != nil {
		found = append(found, Candidate{Table: t, From: t})
	}
	for _, j := range v.names.joins[name] {
		if !shown[j] {
			found = append(found, Candidate{Table: j.To, From: j.From, Path: []*Join{j}})
		}
	}
	return found
}

// Nearest returns up to n names of metrics, dimensions and tables that exist
// for the viewer and that a person may have meant, best first.
func (v *View) Nearest(name string, n int) []string {
	near := newNearList(name, n)
	for _, m := range v.model.Metrics {
		if !v.metrics[m] {
			near.offerAll(m.Name, m.Name, m.Names)
		}
	}
	for _, t := range v.model.Tables {
		if !t.Hidden {
			near.offerAll(t.Name, t.Name, t.Names)
		}
		for _, d := range t.Dimensions {
			if !v.hidden[d] {
				near.offerAll(v.model.ShortName(d), d.Name, d.Names)
			}
		}
	}
	return near.names()
}
