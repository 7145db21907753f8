package answer

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"wenshu/nlq"
	"wenshu/semantic"
)

// BenchmarkTyping completes what is typed over a million members, of a thousand
// dimensions and of one; it reports percentiles in microseconds: of the clock, and of the
// processor, which other work does not lengthen.
func BenchmarkTyping(b *testing.B) {
	b.Run("thousand", func(b *testing.B) { benchmarkTyping(b, 1000, 1000) })
	b.Run("one", func(b *testing.B) { benchmarkTyping(b, 1, 1_000_000) })
}

func benchmarkTyping(b *testing.B, dimensions, each int) {
	know := knowledge{}
	var typed []string
	for i := range dimensions {
		d := &semantic.Dimension{Name: fmt.Sprintf("d%d", i), Table: &semantic.Table{Name: "t"}}
		set := memberSet{dimension: d}
		for k := range each {
			set.entries = append(set.entries, nlq.Entry{Dimension: d, Value: typedMember(i*each + k)})
		}
		know.members = append(know.members, set.fold())
		for k := 0; k < each; k += max(1, each*dimensions/1000) {
			typed = append(typed, typedOf([]rune(set.entries[k].Value), i+k)...)
		}
	}
	a := &asking{s: &Service{}, snap: &snapshot{model: &semantic.Model{}, circles: map[string]*circle{}}, words: wordsFor("en")}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var clock, processor []float64
	for i := 0; b.Loop(); i++ {
		start, used := time.Now(), threadTime(b)
		f := finder{key: folded(typed[i%len(typed)])}
		a.suggestMembers(&f, know)
		f.best(maxSuggestions)
		clock = append(clock, float64(time.Since(start).Microseconds()))
		processor = append(processor, float64((threadTime(b) - used).Microseconds()))
	}
	for name, took := range map[string][]float64{"clock": clock, "cpu": processor} {
		slices.Sort(took)
		b.ReportMetric(took[len(took)/2], name+"-p50-us")
		b.ReportMetric(took[len(took)*99/100], name+"-p99-us")
	}
}

// typedOf is what may be typed for a member: how it begins, what it holds, how it ends,
// and what no member holds.
func typedOf(value []rune, n int) []string {
	at := n % 3
	return []string{string(value[:1]), string(value[:2]), string(value[at : at+3]), string(value[len(value)-5:]), strings.ToLower(string(value[:1])) + "zq", "wangx"}
}

// threadTime is what the processor has spent on this thread.
func threadTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_THREAD, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
