package nlq_test

import (
	"fmt"
	"runtime"
	"sort"
	"strings"
	"testing"
	"time"

	"wenshu/nlq"
	"wenshu/semantic"
)

// benchQuestions are what people ask all day, in both languages.
var benchQuestions = []string{
	"上个月各省销售额前3名",
	"各渠道今年每月销售额同比",
	"华东上个月的订单数和客单价",
	"上海徐汇店上周每天的销售额",
	"买过沙发的客户数",
	"top 5 products by revenue last month",
	"revenue by channel for the last 12 months as a line chart",
	"which store had the highest refund rate last month",
	"how many customers placed more than 3 orders this year",
	"list products with list price between 1000 and 2000",
}

// BenchmarkRead reads the questions over the demo model; it reports the median
// and the 99th percentile besides.
func BenchmarkRead(b *testing.B) {
	reader := nlq.New(fixture(b, "demo"))
	benchmarkReader(b, reader)
}

func benchmarkReader(b *testing.B, reader *nlq.Reader) {
	took := make([]float64, 0, b.N)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		reader.Read(nlq.Question{Text: benchQuestions[i%len(benchQuestions)], Now: now, Viewer: viewer})
		took = append(took, float64(time.Since(start).Microseconds()))
	}
	sort.Float64s(took)
	b.ReportMetric(took[len(took)/2], "p50-us")
	b.ReportMetric(took[len(took)*99/100], "p99-us")
}

// BenchmarkReadLong reads 1,000 characters.
func BenchmarkReadLong(b *testing.B) {
	reader := nlq.New(fixture(b, "demo"))
	long := string([]rune(strings.Repeat("上个月各省销售额前3名和订单数, revenue by channel ", 40))[:nlq.MaxRunes])
	for b.Loop() {
		reader.Read(nlq.Question{Text: long, Now: now, Viewer: viewer})
	}
}

// BenchmarkIndexMillion builds an index of a million members and reads over it.
func BenchmarkIndexMillion(b *testing.B) {
	config := fixture(b, "demo")
	entries := millionMembers(config.Model)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	config.Index = nlq.NewIndex(entries)
	built := time.Since(start)
	runtime.GC()
	runtime.ReadMemStats(&after)
	reader := nlq.New(config)
	benchmarkReader(b, reader)
	b.ReportMetric(built.Seconds(), "build-s")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "index-MB")
}

func millionMembers(model *semantic.Model) []nlq.Entry {
	d := dimensionNamed(model, "customers.customer_name")
	entries := make([]nlq.Entry, 1000000)
	surnames, given := []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"), []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平")
	for i := range entries {
		s, a, c := surnames[i%len(surnames)], given[i/16%len(given)], given[i/320%len(given)]
		entries[i] = nlq.Entry{Dimension: d, Value: fmt.Sprintf("%c%c%c%d", s, a, c, i)}
	}
	return entries
}
