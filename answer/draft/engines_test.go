package draft

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"wenshu/semantic"
	"wenshu/warehouse"
	"wenshu/warehouse/load"
)

// freight is a small company with notes in Chinese on its columns.
var freight = []load.Table{
	{Name: "wl_depots", Comment: "仓库信息表", PrimaryKey: []string{"depot_id"}, Columns: []load.Column{
		{Name: "depot_id", Type: load.Int, Comment: "仓库ID"}, {Name: "depot_nm", Type: load.Text, Comment: "仓库名称"}, {Name: "built_on", Type: load.Date, Comment: "建成日期", Nullable: true},
	}},
	{Name: "wl_loads", Comment: "货运单", PrimaryKey: []string{"load_id"}, Columns: []load.Column{
		{Name: "load_id", Type: load.Int, Comment: "货运单号"}, {Name: "src_depot_id", Type: load.Int, Comment: "发货仓库ID"}, {Name: "dst_depot_id", Type: load.Int, Comment: "收货仓库ID"},
		{Name: "fee", Type: load.DecimalOf(2), Comment: "运费（元）", Nullable: true}, {Name: "sts", Type: load.Int, Comment: "状态：0-待发货 1-运输中 2-已签收"},
		{Name: "crt_tm", Type: load.Timestamp, Comment: "创建时间"}, {Name: "is_ins", Type: load.Bool, Comment: "是否投保"},
	}},
}

func freightRows() (depots, loads [][]any) {
	day := time.Date(2024, 3, 1, 9, 30, 0, 0, time.UTC)
	for i, name := range []string{"杭州仓", "苏州仓", "成都仓", "武汉仓"} {
		depots = append(depots, []any{int64(i + 1), name, day.AddDate(-i, 0, 0)})
	}
	for i := range 40 {
		loads = append(loads, []any{int64(1000 + i), int64(i%4 + 1), int64((i+1)%4 + 1), load.Decimal(12_50 + i), int64(i % 3), day.AddDate(0, 0, i), i%5 == 0})
	}
	return depots, loads
}

// TestEngines drafts one company from every engine at hand: types, notes and
// joins must come out alike, and everything drafted must run.
func TestEngines(t *testing.T) {
	for _, e := range []struct{ name, server, moment string }{
		{"sqlite", "", "timestamp"}, {"duckdb", "", "timestamp"}, {"postgres", "WENSHU_TEST_POSTGRES", "timestamp"}, {"mysql", "WENSHU_TEST_MYSQL", "timestamp"},
		{"clickhouse", "WENSHU_TEST_CLICKHOUSE", `{type: timestamp, zone: "UTC"}`}, // its times are moments
	} {
		t.Run(e.name, func(t *testing.T) {
			source := freightSource(t, e.name, e.server)
			files, m := drafted(t, source)
			text := string(files["table_wl_loads.yaml"])
			for _, want := range []string{
				"src_depot: {to: wl_depots, on: {src_depot_id: depot_id}}", "dst_depot: {label: {zh: 收货仓库,", "sts: {label: {zh: 状态,", "label: {zh: 已签收",
				"crt_tm: {label: {zh: 创建时间, en: create time}, synonyms: [creation time, created time,", "建立时间, 创建日期], type: " + e.moment + "}", "type: decimal(2), sum: sum, unit: CNY",
				"is_ins: {label: {zh: 是否投保, en: is ins}, type: bool}", "where: \"wl_loads.is_ins = true\"",
			} {
				if !strings.Contains(text, want) {
					t.Errorf("%s is not in\n%s", want, text)
				}
			}
			runEverything(t, source, m)
			problems, err := Probe(t.Context(), m, warehouse.Sources{source.Name(): source})
			if err != nil || len(problems) > 0 {
				t.Error(problems, err)
			}
			if len(m.Tables) != 2 || m.Tables[1].Time == nil || m.Tables[1].Time.Type.Kind != semantic.Timestamp {
				t.Errorf("tables %d, time %v", len(m.Tables), m.Tables[1].Time)
			}
		})
	}
}

func freightSource(t *testing.T, name, server string) warehouse.Source {
	t.Helper()
	at := name + ":" + t.TempDir()
	if server != "" {
		if at = os.Getenv(server); at == "" {
			t.Skipf("%s is not set", server)
		}
	}
	url, err := load.CreateDatabase(t.Context(), at, fmt.Sprintf("wenshu_draft_%d", os.Getpid()))
	if err != nil {
		t.Fatal(err)
	}
	l, err := load.Open(url)
	if err != nil && name == "duckdb" {
		t.Skip(err)
	} else if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := load.DropDatabase(context.WithoutCancel(t.Context()), at, url); err != nil {
			t.Error(err)
		}
	})
	defer l.Close()
	depots, loads := freightRows()
	if err := l.Create(t.Context(), freight); err != nil {
		t.Fatal(err)
	}
	if err := l.Append(t.Context(), "wl_depots", depots); err != nil {
		t.Fatal(err)
	}
	if err := l.Append(t.Context(), "wl_loads", loads); err != nil {
		t.Fatal(err)
	}
	if err := l.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	source, err := warehouse.Open("main", url, warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { source.Close() })
	return source
}
