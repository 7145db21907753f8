package conformance

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"wenshu/semantic"
	"wenshu/semantic/interop"
	"wenshu/sqlgen"
	"wenshu/warehouse"
)

var onlyCase = flag.String("case", "", "run the MetricFlow cases whose id holds this, and show what became of them")

var allFlow = flag.Bool("full", false, "run the MetricFlow cases of more than 1,200 rows too")

// flowCase is one query of MetricFlow's own tests with the rows it must give.
type flowCase struct {
	ID, Model, File string
	Metrics         []string
	GroupBys        []string `json:"group_bys"`
	GroupByObjs     []struct {
		Name, Grain string
		DatePart    string `json:"date_part"`
	} `json:"group_by_objs"`
	Where            string   `json:"where_filter"`
	Between          []string `json:"time_constraint"`
	OrderBys         []string `json:"order_bys"`
	Limit            int
	CheckOrder       bool   `json:"check_order"`
	Edges            bool   `json:"min_max_only"`
	GroupRows        *bool  `json:"apply_group_by"`
	Saved            string `json:"saved_query_name"`
	Nondeterministic string
	Columns          []struct{ Name, Type string }
	Rows             [][]any
	RowsFile         string `json:"rows_file"`
}

// flowModels are the manifests that the cases name.
var flowModels = map[string]string{
	"SIMPLE_MODEL": "simple_manifest", "EXTENDED_DATE_MODEL": "extended_date_manifest", "SCD_MODEL": "scd_manifest",
	"UNPARTITIONED_MULTI_HOP_JOIN_MODEL": "multi_hop_join_manifest", "PARTITIONED_MULTI_HOP_JOIN_MODEL": "partitioned_multi_hop_join_manifest",
	"SIMPLE_MODEL_NON_DS": "non_sm_manifest",
}

// flowClock is after every day of the collection's data.
var flowClock = semantic.Clock{Now: time.Date(2050, 1, 1, 12, 0, 0, 0, time.UTC)}

// flowDir is where the collection lies; the test is skipped where it does not.
func flowDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("WENSHU_EVAL")
	if dir == "" {
		dir = "../../../shared/eval"
	}
	dir = filepath.Join(dir, "metricflow")
	if _, err := os.Stat(filepath.Join(dir, "cases.jsonl")); err != nil {
		t.Skipf("no MetricFlow collection: %v", err)
	}
	return dir
}

func flowCases(t testing.TB, dir string) []flowCase {
	t.Helper()
	file, err := os.ReadFile(filepath.Join(dir, "cases.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var list []flowCase
	for _, line := range strings.Split(strings.TrimSpace(string(file)), "\n") {
		var c flowCase
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		if c.RowsFile != "" && !*allFlow {
			continue
		}
		if c.RowsFile != "" {
			c.Rows = bigRows(t, filepath.Join(dir, c.RowsFile))
		}
		list = append(list, c)
	}
	return list
}

// flowModel is an imported manifest.
type flowModel struct {
	model *semantic.Model
	dbt   *interop.DBT
	saved map[string]interop.DBTQuery
}

func loadFlowModel(t testing.TB, dir, manifest string) flowModel {
	t.Helper()
	types := flowTypes(t, dir)
	in, err := interop.Import("dbt", manifestFiles(t, filepath.Join(dir, "semantic_manifests", manifest)), interop.Options{
		Name: manifest, Column: func(source, column string) (semantic.ColumnType, bool) {
			typ, ok := types[source][column]
			return typ, ok
		}})
	if err != nil {
		t.Fatalf("%s: %v", manifest, err)
	}
	model, err := semantic.Load(memory(in.Files))
	if err != nil {
		t.Fatalf("%s: %v\n%s\n%s", manifest, err, in.Files["tables.yaml"], in.Files["metrics.yaml"])
	}
	if *onlyCase != "" {
		for _, n := range in.Notes {
			t.Log(n)
		}
	}
	return flowModel{model: model, dbt: in.DBT, saved: in.DBT.Saved()}
}

func memory(files map[string][]byte) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	return fsys
}

// manifestFiles reads every YAML file below a folder.
func manifestFiles(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".yaml" && filepath.Ext(path) != ".yml" {
			return err
		}
		data, err := os.ReadFile(path)
		files[strings.TrimPrefix(path, dir+"/")] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// query says a case in dbt's names.
func (c flowCase) query(m flowModel) interop.DBTQuery {
	q := interop.DBTQuery{Metrics: c.Metrics, GroupBy: slices.Clone(c.GroupBys), OrderBy: c.OrderBys, Edges: c.Edges, Rows: c.GroupRows != nil && !*c.GroupRows}
	if c.Saved != "" {
		saved := m.saved[c.Saved]
		q.Metrics, q.GroupBy, q.Where = saved.Metrics, saved.GroupBy, saved.Where
	}
	for _, g := range c.GroupByObjs {
		q.GroupBy = append(q.GroupBy, fmt.Sprintf("TimeDimension('%s', %s).date_part(%s)", g.Name, quotedOr(g.Grain), quotedOr(g.DatePart)))
	}
	if c.Where != "" {
		q.Where = append(q.Where, c.Where)
	}
	if c.Limit > 0 {
		q.Limit = fmt.Sprint(c.Limit)
	}
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	q.Spine = semantic.Range{Start: day(2000, 1, 1), End: day(2041, 1, 1)}
	q.Data = semantic.Range{Start: day(2019, 1, 1), End: day(2022, 1, 1)}
	if strings.Contains(strings.Join(c.GroupBys, " "), "__hour") {
		q.Spine = semantic.Range{Start: day(2019, 12, 28), End: day(2020, 1, 4)}
		q.Data = q.Spine
	}
	if len(c.Between) == 2 {
		q.From, q.To = instant(c.Between[0]), instant(c.Between[1])
	}
	return q
}

func quotedOr(text string) string {
	if text == "" {
		return "None"
	}
	return "'" + text + "'"
}

func instant(text string) time.Time {
	for _, layout := range []string{time.DateOnly, time.DateTime, "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t
		}
	}
	return time.Time{}
}

// outcome is what became of a case on an engine.
type outcome struct {
	verdict string // right, wrong, declined
	why     string // a code, or how it differs
	line    string
}

// flowAnswer runs a case through the query line, the binder, the compiler and an
// engine.
func flowAnswer(t testing.TB, c flowCase, m flowModel, sources warehouse.Sources) outcome {
	line, err := m.dbt.Line(c.query(m))
	if err != nil {
		return outcome{"declined", "no_words: " + err.Error(), ""}
	}
	o := outcome{line: line.Text}
	q, err := semantic.ParseQuery(line.Text)
	if err != nil {
		return outcome{"wrong", "the line does not parse: " + err.Error(), line.Text}
	}
	plan, err := semantic.Bind(m.model, q, semantic.Viewer{}, flowClock)
	if err != nil {
		return declined(o, err)
	}
	dialects := map[string]string{}
	for name, s := range sources {
		dialects[name] = s.Dialect()
	}
	program, err := sqlgen.Compile(plan, dialects)
	if err != nil {
		return declined(o, err)
	}
	if *onlyCase != "" {
		t.Logf("%s\n%s\n%s", plan, program.Statements[0].SQL, line.Text)
	}
	result, _, err := sources.Run(t.Context(), program)
	if err != nil {
		o.verdict, o.why = "wrong", unwrapAll(err)
		return o
	}
	o.verdict = "right"
	if o.why = c.differs(line, result); o.why != "" {
		o.verdict = "wrong"
	}
	return o
}

func declined(o outcome, err error) outcome {
	o.verdict, o.why = "declined", err.Error()
	var one semantic.Problem
	var many semantic.Problems
	switch {
	case errors.As(err, &one):
		o.why = one.Error()
	case errors.As(err, &many):
		o.why = strings.ReplaceAll(many.Error(), "\n", "; ")
	default:
		o.verdict = "wrong"
	}
	return o
}

// TestMetricFlow runs MetricFlow's own cases through the dbt importer on every
// engine. A wrong answer fails, and so does a refusal that testdata/declines.txt
// does not argue, or one argued there that is answered.
func TestMetricFlow(t *testing.T) { onEngines(t, metricFlow) }

func metricFlow(t *testing.T, e testEngine) {
	if e.name == "clickhouse-legacy" {
		t.Skip("the tables are loaded by statements that this engine does not have")
	}
	dir := flowDir(t)
	cases, models := flowCases(t, dir), map[string]flowModel{}
	sources := e.flowSources(t, dir)
	argued := arguedDeclines(t)
	table := map[string]map[string]int{}
	for _, c := range cases {
		if *onlyCase != "" && !strings.Contains(c.ID, *onlyCase) {
			continue
		}
		if models[c.Model].model == nil {
			models[c.Model] = loadFlowModel(t, dir, flowModels[c.Model])
		}
		o := flowAnswer(t, c, models[c.Model], sources)
		if c.Nondeterministic != "" && o.verdict == "wrong" {
			o.verdict = "undecided"
		}
		if o.verdict == "wrong" && argued["* "+c.ID] == "differs" {
			o.verdict, o.why = "declined", "differs"
		}
		kind := strings.TrimSuffix(strings.TrimPrefix(c.File, "itest_"), ".yaml")
		if table[kind] == nil {
			table[kind] = map[string]int{}
		}
		table[kind][o.verdict]++
		judge(t, e, c, o, argued)
	}
	t.Log("\n" + flowTable(e.name, table))
}

// judge fails a case that is wrong, or declined without an argument.
func judge(t *testing.T, e testEngine, c flowCase, o outcome, argued map[string]string) {
	code, known := argued[e.name+" "+c.ID]
	if !known {
		code, known = argued["* "+c.ID]
	}
	switch {
	case o.verdict == "wrong":
		t.Errorf("%s  WRONG  %s\n%s", c.ID, o.line, o.why)
	case o.verdict == "declined" && (!known || !strings.HasPrefix(o.why, code)):
		t.Errorf("%s  DECLINED  %s\n%s", c.ID, o.line, o.why)
	case o.verdict == "right" && known:
		t.Errorf("%s  is answered, and argued to be declined", c.ID)
	case *onlyCase != "":
		t.Logf("%s  %s  %s", c.ID, o.verdict, o.line)
	}
}

func flowTable(engine string, table map[string]map[string]int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-28s %6s %9s %6s\n", engine, "right", "declined", "wrong")
	sum := map[string]int{}
	for _, kind := range slices.Sorted(maps.Keys(table)) {
		row := table[kind]
		fmt.Fprintf(&b, "%-28s %6d %9d %6d\n", kind, row["right"], row["declined"], row["wrong"])
		for v, n := range row {
			sum[v] += n
		}
	}
	fmt.Fprintf(&b, "%-28s %6d %9d %6d, %d undecided by the collection itself\n", "all", sum["right"], sum["declined"], sum["wrong"], sum["undecided"])
	return b.String()
}

// arguedDeclines reads testdata/declines.txt: per line an engine or *, a case
// and the code it is declined with; arguments stand above as comments.
func arguedDeclines(t *testing.T) map[string]string {
	t.Helper()
	file, err := os.ReadFile("testdata/declines.txt")
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for _, line := range strings.Split(string(file), "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		if len(fields) != 3 {
			t.Fatalf("testdata/declines.txt: %q", line)
		}
		list[fields[0]+" "+fields[1]] = fields[2]
	}
	return list
}
