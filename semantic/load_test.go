package semantic

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// docModel is the model that the package comment shows.
func docModel(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	inside := false
	for _, line := range docLines(t) {
		inside = inside || strings.HasPrefix(line, "\tmodel: {")
		if inside && !strings.HasPrefix(line, "\t") {
			break
		}
		if inside {
			b.WriteString(line[1:] + "\n")
		}
	}
	return b.String()
}

// loadText loads a model of one file.
func loadText(text string) (*Model, error) {
	return Load(fstest.MapFS{"model.yaml": {Data: []byte(text)}})
}

// TestLoadDocModel holds what Load makes of the package comment's model against
// testdata/doc_model.txt.
func TestLoadDocModel(t *testing.T) {
	m, err := loadText(docModel(t))
	if err != nil {
		t.Fatal(err)
	}
	got := modelText(m)
	if *update {
		if err := os.WriteFile("testdata/doc_model.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/doc_model.txt")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(got, "\n") {
		if wanted := strings.Split(string(want), "\n"); i >= len(wanted) || line != wanted[i] {
			t.Fatalf("line %d of testdata/doc_model.txt\ngot  %s\nwant %s", i+1, line, wanted[min(i, len(wanted)-1)])
		}
	}
	if len(got) != len(want) {
		t.Error("testdata/doc_model.txt has more lines")
	}
}

// modelText prints a model, one object a line. Positions and versions are left
// out.
func modelText(m *Model) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("model %s %v %s %v", m.Name, m.Names, m.Currency, m.Warehouses)
	c := m.Calendar
	line("calendar %s %v %d %v", c.Zone, c.WeekStart, c.FiscalStart, c.FiscalByEnd)
	for _, f := range c.Festivals {
		line("  festival %s %v", f.Name, f.Names)
		for _, d := range f.Dates {
			line("    %d %s %s", d.Year, d.Start.Format("2006-01-02"), d.End.Format("2006-01-02"))
		}
	}
	line("  days off %d from %s, make up %d", len(c.DaysOff), c.DaysOff[0].Format("2006-01-02"), len(c.MakeUpDays))
	for _, table := range m.Tables {
		line("table %s %v in %s as %s keys %v time %s display %v hidden %v", table.Name, table.Names, table.Warehouse, table.Source,
			table.Keys, dimensionText(table.Time), dimensionTexts(table.Display), table.Hidden)
		if table.Validity != nil {
			line("  valid from %s to %s", dimensionText(table.Validity.From), dimensionText(table.Validity.To))
		}
		for _, c := range table.Columns {
			line("  column %s %+v", c.Name, c.Type)
		}
		for _, j := range table.Joins {
			line("  join %s %v to %s on %v at %s many %v", j.Name, j.Names, j.To.Name, j.On, dimensionText(j.At), j.Many)
		}
		for _, d := range table.Dimensions {
			line("  %s %v = %s %+v sum %q unit %q format %+v closed %v ordered %v key %v index %d", d.Name, d.Names, ExprString(d.Expr), d.Type,
				d.Sum, d.Unit, d.Format, d.Closed, d.Order, d.Key, d.Index)
			if d.Of != nil {
				line("    of %s", d.Of.Name)
			}
			if d.Parent != nil || d.Same != nil {
				line("    parent %s same %s", dimensionText(d.Parent), dimensionText(d.Same))
			}
			for _, v := range d.Values {
				line("    %s %v %v", v.Value, v.Names, v.Aliases)
			}
		}
	}
	for _, metric := range m.Metrics {
		writeMetricText(line, m, metric)
	}
	for _, r := range m.Rules {
		name := ""
		if r.Table != nil {
			name = r.Table.Name
		}
		line("rule %s where %s hide %v %v", name, ExprString(r.Where), dimensionTexts(r.Hide), r.HideColumns)
		for _, metric := range r.HideMetrics {
			line("  hides %s", metric.Name)
		}
		line("  unless %v", r.Roles)
	}
	for _, p := range m.Phrases {
		through := ""
		if p.Through != nil {
			through = p.Through.Name
		}
		line("phrase %v on %s where %s through %s", p.Words, p.On.Name, ExprString(p.Where), through)
	}
	for _, q := range m.Questions {
		line("question %v = %s by %s", q.Questions, q.Query, q.By)
	}
	return b.String()
}

func writeMetricText(line func(string, ...any), m *Model, metric *Metric) {
	var homes []string
	for _, home := range m.Homes(metric) {
		homes = append(homes, home.Name)
	}
	line("metric %s %v %s = %s where %s homes %v", metric.Name, metric.Names, metric.Kind, ExprString(metric.Expr), ExprString(metric.Where), homes)
	fill := "null"
	if metric.Fill != nil {
		fill = metric.Fill.String()
	}
	line("  unit %q format %+v owner %q time %s default %v fill %s good %d", metric.Unit, metric.Format, metric.Owner, dimensionText(metric.Time), metric.Default, fill, metric.Good)
	if metric.Kind == Balance {
		line("  over time %s per %v", metric.OverTime, dimensionTexts(metric.PerEntity))
	}
	if metric.Kind == Cumulative || metric.Kind == Offsetting {
		line("  to date %s window %v running %v offset %v", metric.ToDate, metric.Window, metric.Running, metric.Offset)
	}
	if c := metric.Convert; c != nil {
		line("  from %s to %s by %s within %v rate %v constant %v", c.Base.Name, c.To.Name, dimensionText(c.Entity), c.Within, c.Rate, c.Constant)
	}
}

func dimensionText(d *Dimension) string {
	if d == nil {
		return "none"
	}
	return d.Table.Name + "." + d.Name
}

func dimensionTexts(ds []*Dimension) []string {
	var texts []string
	for _, d := range ds {
		texts = append(texts, dimensionText(d))
	}
	return texts
}

func TestLoadMergesFiles(t *testing.T) {
	fsys := fstest.MapFS{
		"b.yml":         {Data: []byte("tables: {lines: {joins: {order: {to: orders, on: order_id}}, dimensions: {qty: {type: int}}}}\n")},
		"a.yaml":        {Data: []byte("tables: {orders: {key: order_id}}\nmetrics: {orders: {expr: count(orders)}}\n")},
		"c.yaml":        {Data: []byte("model: {name: two}\nmetrics: {qty_per_order: {expr: sum(lines.qty) / orders}}\n")},
		"notes.md":      {Data: []byte("not: [a model")},
		"deeper/d.yaml": {Data: []byte("not: a model")},
	}
	m, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if m.Name != "two" || len(m.Tables) != 2 || m.Tables[0].Name != "orders" || len(m.Metrics) != 2 {
		t.Errorf("got %s, %d tables, %d metrics", m.Name, len(m.Tables), len(m.Metrics))
	}
	if metric := m.Metric("qty_per_order"); metric.Home != nil || metric.Kind != Derived || len(m.Homes(metric)) != 2 {
		t.Errorf("a metric over two tables has home %v and kind %s", metric.Home, metric.Kind)
	}
	again, err := Load(fsys)
	if err != nil || again.Version != m.Version || len(m.Version) != 64 {
		t.Errorf("versions %s and %s, %v", m.Version, again.Version, err)
	}
	fsys["notes.md"] = &fstest.MapFile{Data: []byte("changed")}
	if same, err := Load(fsys); err != nil || same.Version != m.Version {
		t.Error("a file that is no model file changes the version")
	}
	fsys["z.yaml"], fsys["c.yaml"] = fsys["c.yaml"], nil
	delete(fsys, "c.yaml")
	if renamed, err := Load(fsys); err != nil || renamed.Version == m.Version {
		t.Error("a renamed file keeps the version")
	}
}

func TestLoadCollisionsBetweenFiles(t *testing.T) {
	_, err := Load(fstest.MapFS{
		"a.yaml": {Data: []byte("model: {name: a}\ntables: {orders: {key: order_id}}\nmetrics: {n: {expr: count(orders)}}\n")},
		"b.yaml": {Data: []byte("model: {name: b}\ntables: {orders: {key: order_no}}\nmetrics: {n: {expr: count(orders)}}\n")},
	})
	const want = "b.yaml:1:1: E_NAME_COLLISION model (section)\n" +
		"b.yaml:2:10: E_NAME_COLLISION orders (table)\n" +
		"b.yaml:3:11: E_NAME_COLLISION n (metric)"
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestLoadNothing(t *testing.T) {
	_, err := Load(fstest.MapFS{"readme.md": {}})
	var problems Problems
	if !errors.As(err, &problems) || problems[0].Code != Missing {
		t.Errorf("an empty folder gives %v", err)
	}
	if _, err := Load(os.DirFS("testdata/none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there gives %v", err)
	}
	if _, err := Load(fstest.MapFS{"a.yaml": {Mode: fs.ModeDir}, "b.yaml": {Data: []byte("model: {name: b}")}}); err != nil {
		t.Errorf("a folder called a.yaml gives %v", err)
	}
}
