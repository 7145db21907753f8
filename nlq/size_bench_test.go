package nlq_test

import (
	"runtime"
	"sort"
	"testing"
	"time"

	"wenshu/nlq"
)

// BenchmarkLarge builds an index of a million members over a model of 1,000
// metrics and 5,000 dimensions, and reads over it.
func BenchmarkLarge(b *testing.B) {
	config := largeConfig(b)
	entries := largeEntries(config.Model)
	before := heap()
	start := time.Now()
	config.Index = nlq.NewIndex(entries)
	built := time.Since(start)
	entries = nil
	size := heap() - before
	start = time.Now()
	reader, err := nlq.New(config)
	if err != nil {
		b.Fatal(err)
	}
	prepared := time.Since(start)
	short, long := largeQuestions()
	b.Run("build", func(b *testing.B) {
		for b.Loop() {
		}
		b.ReportMetric(built.Seconds(), "index-s")
		b.ReportMetric(prepared.Seconds(), "reader-s")
		b.ReportMetric(size/1e6, "index-MB")
	})
	b.Run("read60", func(b *testing.B) { benchmarkQuestions(b, reader, short) })
	b.Run("read1000", func(b *testing.B) { benchmarkQuestions(b, reader, long) })
}

func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

func benchmarkQuestions(b *testing.B, reader *nlq.Reader, questions []string) {
	var took []float64
	for i := 0; b.Loop(); i++ {
		q := questions[i%len(questions)]
		start := time.Now()
		reader.Read(nlq.Question{Text: q, Now: now, Viewer: viewer})
		took = append(took, float64(time.Since(start).Microseconds()))
	}
	sort.Float64s(took)
	b.ReportMetric(took[len(took)/2], "p50-us")
	b.ReportMetric(took[len(took)*99/100], "p99-us")
	b.ReportMetric(took[len(took)-1], "max-us")
}
