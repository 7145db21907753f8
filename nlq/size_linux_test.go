package nlq_test

import (
	"runtime"
	"sort"
	"syscall"
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
	size := heap() - before
	runtime.KeepAlive(entries)
	start = time.Now()
	reader := nlq.New(config)
	prepared := time.Since(start)
	short, long := largeQuestions(entries)
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

// benchmarkQuestions reads questions in turn and reports percentiles in
// microseconds: of the clock, and of the processor, which other work does not
// lengthen.
func benchmarkQuestions(b *testing.B, reader *nlq.Reader, questions []string) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var clock, processor []float64
	for i := 0; b.Loop(); i++ {
		q := nlq.Question{Text: questions[i%len(questions)], Now: now, Viewer: viewer}
		start, used := time.Now(), threadTime(b)
		reader.Read(q)
		clock = append(clock, float64(time.Since(start).Microseconds()))
		processor = append(processor, float64((threadTime(b) - used).Microseconds()))
	}
	for name, took := range map[string][]float64{"clock": clock, "cpu": processor} {
		sort.Float64s(took)
		b.ReportMetric(took[len(took)/2], name+"-p50-us")
		b.ReportMetric(took[len(took)*99/100], name+"-p99-us")
	}
}

// threadTime is what the processor has spent on this thread.
func threadTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_THREAD, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
