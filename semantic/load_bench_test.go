package semantic

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// generated is a model of facts that share hubs, in files of 100 tables and 500
// metrics.
func generated(tables, dimensions, metrics int) fstest.MapFS {
	fsys := fstest.MapFS{"a_model.yaml": {Data: []byte("model: {name: big, currency: CNY}\ncalendar: {zone: Asia/Shanghai}\n")}}
	for from := 0; from < tables; from += 100 {
		var b strings.Builder
		b.WriteString("tables:\n")
		for i := from; i < min(from+100, tables); i++ {
			writeTable(&b, i, tables, dimensions/tables)
		}
		fsys[fmt.Sprintf("tables_%03d.yaml", from)] = &fstest.MapFile{Data: []byte(b.String())}
	}
	for from := 0; from < metrics; from += 500 {
		var b strings.Builder
		b.WriteString("metrics:\n")
		for i := from; i < min(from+500, metrics); i++ {
			writeMetric(&b, i, tables)
		}
		fsys[fmt.Sprintf("metrics_%03d.yaml", from)] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return fsys
}

// writeTable writes a table that joins the one of half its number, so that the
// first ones are the hubs.
func writeTable(b *strings.Builder, i, tables, dimensions int) {
	fmt.Fprintf(b, "  t%d:\n    label: {zh: 表%d, en: table %d}\n    key: [id%d]\n    time: at%d\n    columns: {amount: decimal(2), qty: int}\n", i, i, i, i, i)
	if i > 0 {
		fmt.Fprintf(b, "    joins: {up: {to: t%d, on: id%d}}\n", i/2, i/2)
	}
	fmt.Fprintf(b, "    dimensions:\n      at%d: {type: timestamp}\n", i)
	for d := range dimensions - 1 {
		fmt.Fprintf(b, "      d%d_%d: {label: {zh: 维度%d之%d, en: dimension %d of %d}, synonyms: [别名%d乘%d], values: {a: [甲], b: [乙]}}\n", i, d, i, d, d, i, i, d)
	}
}

func writeMetric(b *strings.Builder, i, tables int) {
	t := i % tables
	fmt.Fprintf(b, "  m%d:\n    label: {zh: 指标%d, en: metric %d}\n    synonyms: [度量%d]\n    owner: finance\n    format: money\n", i, i, i, i)
	switch i % 4 {
	case 0:
		fmt.Fprintf(b, "    expr: sum(t%d.amount)\n    where: t%d.d%d_1 = \"a\"\n", t, t, t)
	case 1:
		fmt.Fprintf(b, "    expr: sum(t%d.amount) / count(t%d)\n", t, t)
	case 2:
		fmt.Fprintf(b, "    expr: m%d / m%d\n", i-1, i-2)
	case 3:
		fmt.Fprintf(b, "    expr: m%d\n    to_date: year\n", i-3)
	}
}

func benchmarkLoad(b *testing.B, tables, dimensions, metrics int) {
	fsys := generated(tables, dimensions, metrics)
	size := 0
	for _, f := range fsys {
		size += len(f.Data)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(fsys); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad400(b *testing.B)  { benchmarkLoad(b, 60, 600, 400) }
func BenchmarkLoad1000(b *testing.B) { benchmarkLoad(b, 250, 5000, 1000) }

func BenchmarkPath(b *testing.B) {
	m, err := Load(generated(250, 5000, 1000))
	if err != nil {
		b.Fatal(err)
	}
	from, to := m.Table("t249"), m.Table("t0")
	for b.Loop() {
		if path, _, ok := m.Path(from, to); !ok || len(path) != 8 {
			b.Fatal(len(path), ok)
		}
	}
}

func BenchmarkResolve(b *testing.B) {
	m, err := Load(generated(250, 5000, 1000))
	if err != nil {
		b.Fatal(err)
	}
	from := m.Table("t249")
	for b.Loop() {
		if c, problem := m.Resolve(from, Name{[]string{"d1_3"}}); problem != nil || len(c.Path) != 7 {
			b.Fatal(c, problem)
		}
	}
}

func BenchmarkNearest(b *testing.B) {
	m, err := Load(generated(250, 5000, 1000))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if near := m.Nearest("metrik 77", 3); len(near) != 3 {
			b.Fatal(near)
		}
	}
}
