package conformance

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"wenshu/semantic"
	"wenshu/semantic/interop"
	"wenshu/warehouse"
	"wenshu/warehouse/load"
)

// flowKinds are the collection's types of columns.
var flowKinds = map[string]struct {
	load     load.Type
	semantic semantic.Kind
}{
	"TIME": {load.Timestamp, semantic.Timestamp}, "STRING": {load.Text, semantic.Text}, "INT": {load.Int, semantic.Int},
	"FLOAT": {load.Float, semantic.Float}, "BOOLEAN": {load.Bool, semantic.Bool},
}

// flowTypes are the types of the collection's columns, by table and column.
func flowTypes(t testing.TB, dir string) map[string]map[string]semantic.ColumnType {
	t.Helper()
	types := map[string]map[string]semantic.ColumnType{}
	for _, table := range flowTables(t, dir) {
		types[table.Table] = map[string]semantic.ColumnType{}
		for _, c := range table.Columns {
			types[table.Table][c.Name] = semantic.ColumnType{Kind: flowKinds[c.Type].semantic}
		}
	}
	return types
}

type flowTableFile struct {
	Table   string
	Columns []struct{ Name, Type string }
}

func flowTables(t testing.TB, dir string) []flowTableFile {
	t.Helper()
	file, err := os.ReadFile(filepath.Join(dir, "tables.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []flowTableFile
	if err := json.Unmarshal(file, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// flowSources loads the collection's tables into a database of the engine.
func (e testEngine) flowSources(t testing.TB, dir string) warehouse.Sources {
	t.Helper()
	made.Lock()
	defer made.Unlock()
	u := made.urls[e.name+" metricflow"]
	if u == "" {
		u = e.loadFlow(t, dir)
		made.urls[e.name+" metricflow"] = u
	}
	s, err := warehouse.Open("main", u, warehouse.Options{})
	if err != nil {
		t.Fatal(unwrapAll(err))
	}
	t.Cleanup(func() { s.Close() })
	return warehouse.Sources{"main": s}
}

func (e testEngine) loadFlow(t testing.TB, dir string) string {
	t.Helper()
	u, open := "", e.load
	if e.name == "sqlite" {
		folder, err := os.MkdirTemp("", "wenshu-metricflow")
		if err != nil {
			t.Fatal(err)
		}
		made.drop = append(made.drop, func() error { return os.RemoveAll(folder) })
		u, open = filepath.Join(folder, "main.db"), load.SQLite
	} else {
		server, name := os.Getenv(e.server), fmt.Sprintf("wenshu_test_%d_flow", os.Getpid())
		var err error
		if u, err = e.create(server, name); err != nil {
			t.Fatal(err)
		}
		made.drop = append(made.drop, func() error { return e.drop(server, name) })
	}
	loader, err := open(u)
	if err != nil {
		t.Fatal(err)
	}
	defer loader.Close()
	var tables []load.Table
	for _, f := range flowTables(t, dir) {
		table := load.Table{Name: f.Table}
		for _, c := range f.Columns {
			table.Columns = append(table.Columns, load.Column{Name: c.Name, Type: flowKinds[c.Type].load, Nullable: true})
		}
		tables = append(tables, table)
	}
	if err := loader.Create(t.Context(), tables); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if err := loader.Append(t.Context(), table.Name, flowRows(t, filepath.Join(dir, "tables", table.Name+".csv"), table)); err != nil {
			t.Fatalf("%s: %v", table.Name, err)
		}
	}
	if err := loader.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	return u
}

func flowRows(t testing.TB, path string, table load.Table) [][]any {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	var rows [][]any
	for _, record := range records[1:] {
		row := make([]any, len(record))
		for i, cell := range record {
			if row[i], err = flowCell(cell, table.Columns[i].Type); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func flowCell(cell string, typ load.Type) (any, error) {
	if cell == `\N` {
		return nil, nil
	}
	switch typ.Kind {
	case load.KindInt:
		return strconv.ParseInt(cell, 10, 64)
	case load.KindFloat:
		return strconv.ParseFloat(cell, 64)
	case load.KindBool:
		return strings.EqualFold(cell, "true"), nil
	case load.KindTimestamp:
		for _, layout := range []string{time.DateOnly, "2006-01-02 15:04:05.999999999"} {
			if t, err := time.Parse(layout, cell); err == nil {
				return t, nil
			}
		}
		return nil, fmt.Errorf("the moment %q", cell)
	}
	return cell, nil
}

// bigRows reads the rows that the collection keeps in a file of their own.
func bigRows(t testing.TB, path string) [][]any {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	zip, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(zip).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	var rows [][]any
	for _, record := range records[1:] {
		row := make([]any, len(record))
		for i, cell := range record {
			if row[i] = any(cell); cell == `\N` {
				row[i] = nil
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// differs compares a result with the rows of the case: columns by name, rows in
// any order unless the case checks it, numbers within a millionth. It says the
// first difference, "" for none.
func (c flowCase) differs(line interop.DBTLine, got *warehouse.Table) string {
	var at []int
	for _, want := range c.Columns {
		i := slices.IndexFunc(got.Columns, func(x warehouse.Column) bool { return x.Name == want.Name })
		if i < 0 {
			return fmt.Sprintf("no column %s among %v", want.Name, got.Columns)
		}
		at = append(at, i)
	}
	if len(got.Columns) != len(c.Columns) {
		return fmt.Sprintf("%d columns, not %d", len(got.Columns), len(c.Columns))
	}
	year := map[string]bool{}
	for _, col := range line.Columns {
		year[col.Name] = col.Year
	}
	var have, want [][]string
	for _, row := range got.Rows {
		cells := make([]string, len(at))
		for i, k := range at {
			cells[i] = gotCell(row[k], year[c.Columns[i].Name])
		}
		have = append(have, cells)
	}
	for _, row := range c.Rows {
		cells := make([]string, len(row))
		for i, v := range row {
			cells[i] = wantedCell(v, c.Columns[i].Type)
		}
		want = append(want, cells)
	}
	if !c.CheckOrder {
		sortRows(have)
		sortRows(want)
	}
	return firstDifference(have, want)
}

func firstDifference(have, want [][]string) string {
	show := func(rows [][]string, i int) string {
		if i < len(rows) {
			return strings.Join(rows[i], " | ")
		}
		return "no more rows"
	}
	for i := range max(len(have), len(want)) {
		if i >= len(have) || i >= len(want) || !slices.EqualFunc(have[i], want[i], near) {
			return fmt.Sprintf("%d rows, not %d; row %d is\n  %s\nnot\n  %s", len(have), len(want), i+1, show(have, i), show(want, i))
		}
	}
	return ""
}

// sortRows sorts by texts in which numbers are rounded, so that what is equal
// within a millionth meets.
func sortRows(rows [][]string) {
	key := func(row []string) string {
		var parts []string
		for _, cell := range row {
			if f, err := strconv.ParseFloat(cell, 64); err == nil {
				cell = fmt.Sprintf("%.5e", f)
			}
			parts = append(parts, cell)
		}
		return strings.Join(parts, "|")
	}
	slices.SortFunc(rows, func(a, b []string) int { return strings.Compare(key(a), key(b)) })
}

func near(a, b string) bool {
	if a == b {
		return true
	}
	x, err := strconv.ParseFloat(a, 64)
	y, bad := strconv.ParseFloat(b, 64)
	return err == nil && bad == nil && math.Abs(x-y) <= 1e-6*math.Max(math.Abs(x), math.Abs(y))
}

func gotCell(v semantic.Value, year bool) string {
	switch {
	case v.IsNull():
		return "-"
	case year:
		return strconv.Itoa(v.Time().Year())
	case v.Kind() == semantic.Date || v.Kind() == semantic.Timestamp:
		return v.Time().Format("2006-01-02T15:04:05.999999")
	case v.Kind() == semantic.Text:
		return "'" + v.Text()
	}
	return v.String()
}

func wantedCell(v any, kind string) string {
	text := fmt.Sprint(v)
	if f, ok := v.(float64); ok {
		text = strconv.FormatFloat(f, 'g', -1, 64)
	}
	switch {
	case v == nil:
		return "-"
	case kind == "string":
		return "'" + text
	case kind == "bool":
		return strings.ToLower(text)
	case kind == "timestamp":
		return strings.Replace(strings.TrimSuffix(text, ".000000"), " ", "T", 1)
	}
	return text
}
