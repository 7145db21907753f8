package nlq_test

import (
	"os"
	"runtime"
	"sort"
	"syscall"
	"testing"
	"time"

	"wenshu/nlq"
)

// BenchmarkLarge builds an index of a million members over a model of 1,000
// metrics and 5,000 dimensions, opens it from a file and reads over it. What it
// reports of the processor is what other work on the machine does not lengthen.
func BenchmarkLarge(b *testing.B) {
	config := largeConfig(b)
	entries := largeEntries(config.Model)
	before := heap()
	start := processTime(b)
	config.Index = nlq.NewIndex(entries)
	built := processTime(b) - start
	size := heap() - before
	runtime.KeepAlive(entries)
	written, err := config.Index.AppendBinary(nil)
	if err != nil {
		b.Fatal(err)
	}
	path := b.TempDir() + "/index"
	if err := os.WriteFile(path, written, 0o600); err != nil {
		b.Fatal(err)
	}
	start = processTime(b)
	reader := nlq.New(config)
	prepared := processTime(b) - start
	short, long := largeQuestions(entries)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			bytes, err := os.ReadFile(path)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := nlq.OpenIndex(bytes, config.Model); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(built.Seconds(), "built-s")
		b.ReportMetric(prepared.Seconds(), "reader-s")
		b.ReportMetric(size/1e6, "memory-MB")
		b.ReportMetric(float64(len(written))/1e6, "file-MB")
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
func threadTime(b *testing.B) time.Duration { return usage(b, syscall.RUSAGE_THREAD) }

// processTime is what the processors have spent on the process.
func processTime(b *testing.B) time.Duration { return usage(b, syscall.RUSAGE_SELF) }

func usage(b *testing.B, who int) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(who, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
