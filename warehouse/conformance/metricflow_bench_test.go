package conformance

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen"
)

// compiled takes a query line through the parser, the binder and the compiler.
func compiled(b *testing.B, m *semantic.Model, line string) bool {
	q, err := semantic.ParseQuery(line)
	if err != nil {
		b.Fatalf("%s: %v", line, err)
	}
	plan, err := semantic.Bind(m, q, semantic.Viewer{}, flowClock)
	if err != nil {
		return false
	}
	_, err = sqlgen.Compile(plan, map[string]string{"main": "postgres"})
	return err == nil
}

// BenchmarkMetricFlowCompile compiles every case of the collection that has a
// query line, for PostgreSQL, and reports the spread of the queries: of each the
// median of its runs, and the least, which is what a busy machine leaves of it.
func BenchmarkMetricFlowCompile(b *testing.B) {
	dir := flowDir(b)
	*allFlow = true
	models := map[string]flowModel{}
	type job struct {
		m    *semantic.Model
		line string
	}
	var jobs []job
	for _, c := range flowCases(b, dir) {
		if models[c.Model].model == nil {
			models[c.Model] = loadFlowModel(b, dir, flowModels[c.Model])
		}
		m := models[c.Model]
		if line, err := m.dbt.Line(c.query(m)); err == nil && compiled(b, m.model, line.Text) {
			jobs = append(jobs, job{m.model, line.Text})
		}
	}
	runs := make([][]time.Duration, len(jobs))
	for b.Loop() {
		for i, j := range jobs {
			start := time.Now()
			compiled(b, j.m, j.line)
			runs[i] = append(runs[i], time.Since(start))
		}
	}
	median, least := make([]time.Duration, len(runs)), make([]time.Duration, len(runs))
	for i, list := range runs {
		slices.Sort(list)
		median[i], least[i] = list[len(list)/2], list[0]
	}
	b.ReportMetric(float64(len(jobs)), "queries")
	for name, spent := range map[string][]time.Duration{"": median, "-least": least} {
		slices.Sort(spent)
		for at, share := range map[string]float64{"p50": 0.5, "p90": 0.9, "p99": 0.99, "worst": 1} {
			b.ReportMetric(float64(spent[int(share*float64(len(spent)-1))].Microseconds())/1000, "ms-"+at+name)
		}
	}
}

// BenchmarkMixedMetrics compiles one query of 20, 40 and 80 metrics, each taken
// evenly from all kinds that the collection has, so that their times compare.
func BenchmarkMixedMetrics(b *testing.B) {
	dir := flowDir(b)
	m := loadFlowModel(b, dir, "simple_manifest").model
	const tail = " by time:month during 2020-01-01..2021-01-01"
	var names []string
	for _, x := range m.Metrics {
		if compiled(b, m, x.Name+tail) {
			names = append(names, x.Name)
		}
	}
	for _, n := range []int{20, 40, 80} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			if len(names) < n {
				b.Skipf("%d metrics", len(names))
			}
			line := strings.Join(spread(names, n), ", ") + tail
			least := time.Hour
			for b.Loop() {
				start := time.Now()
				if !compiled(b, m, line) {
					b.Fatal("does not compile")
				}
				least = min(least, time.Since(start))
			}
			b.ReportMetric(float64(least.Microseconds())/1000, "ms-least")
		})
	}
}

// spread is n of the names, evenly from first to last.
func spread(names []string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = names[i*len(names)/n]
	}
	return out
}
