package interop

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"wenshu/semantic"
)

// survives imports a text in every format. Nothing may panic, every refusal has
// a place, and what is written is a model or says at which place it is none.
func survives(t testing.TB, format string, data []byte) {
	t.Helper()
	in, err := Import(format, map[string][]byte{"in.yml": data}, Options{})
	var problems semantic.Problems
	if err != nil {
		if !errors.As(err, &problems) || len(problems) == 0 || problems[0].Pos.File != "in.yml" {
			t.Fatalf("%s: %v", format, err)
		}
		return
	}
	fsys := fstest.MapFS{}
	for name, text := range in.Files {
		if !utf8.Valid(text) {
			t.Fatalf("%s: %s is no UTF-8", format, name)
		}
		fsys[name] = &fstest.MapFile{Data: text}
	}
	switch _, err := semantic.Load(fsys); {
	case err == nil:
		returns(t, in.Files)
	case !errors.As(err, &problems) || problems[0].Code == semantic.Internal:
		t.Fatalf("%s: %v", format, err)
	}
	for _, n := range in.Notes {
		if n.What == "" || n.Why == "" {
			t.Fatalf("%s: a note without words: %v", format, n)
		}
	}
}

// returns takes a model to Ossie and back: it stays a model.
func returns(t testing.TB, files map[string][]byte) {
	t.Helper()
	out, err := Export("ossie", files)
	if err != nil {
		t.Fatalf("export: %v\n%s", err, shown(files))
	}
	back, err := Import("ossie", out.Files, Options{})
	var problems semantic.Problems
	if errors.As(err, &problems) && problems[0].Code == semantic.TooLong {
		return // a model of many files may be more than one file holds
	}
	if err != nil {
		t.Fatalf("import of the export: %v\n%s", err, shown(out.Files))
	}
	if _, err := semantic.LoadFiles(back.Files); err != nil {
		t.Fatalf("%v\nwas\n%s\nexported\n%s\nimported\n%s", err, shown(files), shown(out.Files), shown(back.Files))
	}
}

// doubling are members each of which is twice the next.
func doubling(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "{name: d%d, sql: '{d%d} + {d%d}', type: number}, ", i, i+1, i+1)
	}
	return b.String()
}

// TestHostileTexts imports what nobody writes in earnest.
func TestHostileTexts(t *testing.T) {
	deep := strings.Repeat("[", 5000) + strings.Repeat("]", 5000)
	cases := map[string]string{
		"empty": "", "null": "null", "list": "- 1\n- 2\n", "scalar": "42", "tab": "a:\n\tb: 1\n", "utf8": "a: \xff\xfe\n", "control": "a: \x00\n",
		"anchors": "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "merge": "a: {<<: *b}\n", "tag": "a: !!python/object x\n", "deep": "a: " + deep,
		"many": "metrics:\n" + strings.Repeat("  - {name: m, type: simple}\n", 20_000), "huge": "a: " + strings.Repeat("x", 2<<20),
		"twice": "semantic_models: []\nsemantic_models: 3\nname: a\nname: b\n", "on": "on: 1\n\"yes\": no\n",
		"types":    "semantic_models: {name: [1], entities: 3, measures: {a: b}}\nmetrics: 7\ncubes: x\ntables: [1, [2], {name: {a: b}}]\nsemantic_model: [x]\nmodels: [[]]\n",
		"jinja":    "semantic_models: [{name: a, model: t, entities: [{name: e, type: primary, expr: id}], measures: [{name: n, agg: sum, expr: \"{{ env('HOME') }}\"}]}]\nmetrics: [{name: m, type: simple, type_params: {measure: n}, filter: \"{{ Dimension('e__id').__class__ }} = 1; drop table t --\"}]\n",
		"brackets": "semantic_models: [{name: a, model: t, dimensions: [{name: d, type: categorical, expr: \"" + strings.Repeat("(", 3000) + "1" + strings.Repeat(")", 3000) + "\"}]}]\n",
		"self":     "metrics: [{name: a, type: derived, type_params: {expr: b, metrics: [{name: b}]}}, {name: b, type: derived, type_params: {expr: a, metrics: [{name: a}]}}]\n",
		"names":    "semantic_models: [{name: \"select\", model: t, entities: [{name: by, type: primary, expr: by}], dimensions: [{name: time, type: time, type_params: {time_granularity: eon}}, {name: \"\", type: categorical}, {name: 数量, type: categorical}]}]\n",
		"bomb":     "a: &a [x, x]\n" + "b: &b [*a, *a]\n",
		"ten_megs": "semantic_model:\n" + strings.Repeat("  - {name: m, datasets: []}\n", 10<<20/27),
		"doubling": "cubes: [{name: a, sql_table: t, dimensions: [" + doubling(40) + "{name: d40, sql: x, type: number}]}]\n",
		"stretch":  "semantic_model: [{name: s, custom_extensions: [{vendor_name: X, data: '{\"wenshu\": {\"metrics\": [1], \"tables\": 7, \"model\": \"x\"}}'}, {data: '{{'}, {data: [1]}, 3]}]\n",
		"newlines": "semantic_models: [{name: \"a\\nb: c\", model: \"t\\\"; x\", description: \"l1\\nl2 \\u2028 #\"}]\n",
	}
	for name, text := range cases {
		t.Run(name, func(t *testing.T) {
			for _, format := range Formats {
				survives(t, format, []byte(text))
			}
		})
	}
}

// TestBrokenModels breaks a sample of each format in many ways; each is told at
// its line and column.
func TestBrokenModels(t *testing.T) {
	for format, least := range map[string]int{"dbt": 20, "dbt-new": 20, "ossie": 20, "cube": 20, "snowflake": 20} {
		t.Run(format, func(t *testing.T) { brokenModels(t, format, least) })
	}
}

func brokenModels(t *testing.T, format string, least int) {
	data, err := os.ReadFile("testdata/" + format + "/shop.yml")
	if err != nil {
		t.Fatal(err)
	}
	list := "testdata/broken-" + format + ".txt"
	broken, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, line := range strings.Split(strings.TrimSpace(string(broken)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(strings.ReplaceAll(line, `\n`, "\n"), " => ")
		if len(parts) != 3 || !strings.Contains(string(data), parts[0]) {
			t.Fatalf("%s: %q", list, line)
		}
		in, err := Import(format, map[string][]byte{"shop.yml": []byte(strings.Replace(string(data), parts[0], parts[1], 1))}, Options{})
		said := ""
		if err != nil {
			said = err.Error()
		} else {
			for _, note := range in.Notes {
				said += note.String() + "\n"
			}
			loads(t, in.Files)
		}
		if n++; !told(said, parts[2]) {
			t.Errorf("%s\nsays\n%s\nand not %s", line, said, parts[2])
		}
	}
	if n < least {
		t.Errorf("%d broken models", n)
	}
}

// told reports that something is said at a line and a column.
func told(said, what string) bool {
	for _, line := range strings.Split(said, "\n") {
		if strings.Contains(line, what) && placed.MatchString(line) {
			return true
		}
	}
	return false
}

var placed = regexp.MustCompile(`^shop\.yml:\d+:\d+: `)

// TestForeignManifests imports every manifest of the MetricFlow collection, and
// takes it to Ossie and back.
func TestForeignManifests(t *testing.T) {
	dir := os.Getenv("WENSHU_EVAL")
	if dir == "" {
		dir = "../../../shared/eval"
	}
	folders, _ := filepath.Glob(filepath.Join(dir, "metricflow", "semantic_manifests", "*"))
	if len(folders) == 0 {
		t.Skip("no MetricFlow collection")
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			files := map[string][]byte{}
			err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
				if err != nil || d.IsDir() || !strings.HasPrefix(filepath.Ext(path), ".y") {
					return err
				}
				data, err := os.ReadFile(path)
				files[filepath.Base(filepath.Dir(path))+"/"+filepath.Base(path)] = data
				return err
			})
			if err != nil || len(files) == 0 {
				t.Skipf("no files: %v", err)
			}
			in, err := Import("dbt", files, Options{})
			if err != nil {
				var problems semantic.Problems
				if !errors.As(err, &problems) {
					t.Fatal(err)
				}
				t.Logf("is no YAML that models take: %v", err)
				return
			}
			loads(t, in.Files)
			returns(t, in.Files)
			t.Logf("%d notes", len(in.Notes))
		})
	}
}

// seeds are short texts of each format: long ones keep a fuzzer busy with making
// them short.
var seeds = map[string][]string{
	"dbt": {
		"semantic_models: [{name: a, model: ref('t'), defaults: {agg_time_dimension: d}, entities: [{name: e, type: primary, expr: id}], dimensions: [{name: d, type: time, type_params: {time_granularity: day}}], measures: [{name: n, agg: sum, expr: 'x * 2', create_metric: true}]}]",
		"semantic_models: [{name: a, model: t, measures: [{name: n, agg: count, expr: 1}], dimensions: [{name: d, type: categorical}], primary_entity: e}]\nmetrics: [{name: m, type: simple, type_params: {measure: n}, filter: \"{{ Dimension('e__d') }} in ('x', 'y') and not x is null\"}]",
		"metrics: [{name: r, type: ratio, type_params: {numerator: a, denominator: {name: b, filter: \"{{ Metric('a', group_by=['e']) }} > 2\"}}}]",
	},
	"dbt-new": {
		"models: [{name: t, semantic_model: true, agg_time_dimension: d, columns: [{name: d, granularity: day, dimension: time}], metrics: [{name: m, agg: percentile, percentile: 90, expr: x}, {name: c, type: cumulative, input_metric: m, window: 7 days}]}]",
	},
	"cube": {
		"cubes: [{name: a, sql_table: x.t, joins: [{name: b, relationship: many_to_one, sql: '{CUBE}.b_id = {b.id}'}], dimensions: [{name: id, sql: id, type: number, primary_key: true}, {name: d, sql: '{id} * 2', type: number}], measures: [{name: count, type: count, filters: [{sql: '{CUBE}.x > 1'}]}, {name: r, sql: '1.0 * {count} / NULLIF({m}, 0)', type: number}, {name: m, sql: y, type: sum, rolling_window: {trailing: 7 day}}]}, {name: b, sql: 'SELECT * FROM b', dimensions: [{name: id, sql: id, type: number, primary_key: true}]}]",
		"cubes: [{name: a, sql_table: t, measures: [{name: x, sql: '{y}', type: number, multi_stage: true, time_shift: [{interval: 1 month, type: prior}]}, {name: y, sql: '{x}', type: number}], segments: [{name: s, sql: '{CUBE}.z IS NOT NULL'}]}]\nviews: [{name: v}]",
	},
	"ossie": {
		"version: 0.2.0.dev0\nsemantic_model: [{name: s, datasets: [{name: a, source: x.t, primary_key: [id], fields: [{name: id, expression: {dialects: [{dialect: ANSI_SQL, expression: id}]}, datatype: Integer}]}], metrics: [{name: m, expression: {dialects: [{dialect: ANSI_SQL, expression: COUNT(CASE WHEN a.id <> 1 THEN 1 END)}]}}]}]",
		"semantic_model: [{name: s, custom_extensions: [{vendor_name: COMMON, data: '{\"wenshu\": {\"metrics\": {\"m\": {\"expr\": \"count(a)\"}}, \"model\": {\"currency\": \"CNY\"}}}'}], datasets: [{name: a, source: t, fields: [{name: d, expression: {dialects: [{dialect: ANSI_SQL, expression: d}]}, dimension: {is_time: true}, custom_extensions: [{vendor_name: COMMON, data: '{\"wenshu\": {\"type\": \"yyyymm\"}}'}]}]}]}]",
	},
	"snowflake": {
		"name: s\ntables: [{name: a, base_table: {schema: x, table: t}, primary_key: {columns: [ID]}, dimensions: [{name: id, expr: ID, data_type: 'NUMBER(9,2)'}], metrics: [{name: m, expr: SUM(CASE WHEN id > 1 THEN 2 END)}], filters: [{name: f, expr: id = 1}]}]",
	},
}

func fuzz(f *testing.F, format string) {
	for _, text := range seeds[format] {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { survives(t, format, data) })
}

func FuzzDBT(f *testing.F)       { fuzz(f, "dbt") }
func FuzzDBTNew(f *testing.F)    { fuzz(f, "dbt-new") }
func FuzzCube(f *testing.F)      { fuzz(f, "cube") }
func FuzzOssie(f *testing.F)     { fuzz(f, "ossie") }
func FuzzSnowflake(f *testing.F) { fuzz(f, "snowflake") }
