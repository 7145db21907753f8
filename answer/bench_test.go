package answer_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"wenshu/answer"
	"wenshu/fixtures"
	"wenshu/nlq/llm"
	"wenshu/nlq/llm/llmtest"
)

// asked are the questions that the benchmarks ask of the demo company: short and
// long, both languages, one and several facts, comparisons, rankings, lists.
var asked = []string{
	"上个月销售额", "今年各大区销售额", "上个月各省销售额前3名", "去年每个月的销售额趋势", "本月销售额环比", "上个月各大区销售额和同比",
	"最近30天每天的订单数", "各渠道订单数占比", "华东区上个月客单价", "沙发上个季度卖了多少件", "库存最多的5个产品", "上季度每个月的良品率和销售额",
	"上周每天的订单数", "毛利率最低的3个大类", "2025年双十一销售额", "上个月新增客户数", "今年退款金额最高的10个商品", "列出昨天的订单",
	"不含线上的销售额", "上海和杭州上个月的销售额", "客户满意度最低的5家门店", "今年各月销售目标完成率", "各工厂上月报废率", "去年上半年毛利",
	"revenue last month", "revenue by region this year", "top 5 products by revenue last quarter", "monthly revenue trend in 2025", "orders per day in the last 30 days",
	"share of orders by channel", "average order value in 华东 last month", "revenue and orders by province last month", "gross margin by category this year",
	"revenue last month versus last year", "how many customers", "which store had the highest revenue last month", "refund amount by month in 2025",
	"scrap rate by plant last month", "revenue excluding 门店 last month", "list orders of yesterday",
}

// BenchmarkAsk asks the questions in turn over the demo company at full size and
// reports percentiles, in microseconds: "think" is reading, binding and
// compiling, "overhead" is the whole answer, state written, less its SQL.
//
// With a second reader that is asked when needed, the same questions make no
// call and take no longer: "with" runs them so.
func BenchmarkAsk(b *testing.B) {
	alone := open(b, nil)
	b.Run("alone", func(b *testing.B) { benchmarkAsk(b, alone, asked) })
	b.Run("with", func(b *testing.B) {
		server := llmtest.New(b, func(llmtest.Request) llmtest.Response { return llmtest.Response{Status: 500} })
		var whole []string
		for _, q := range asked {
			if ask(b, alone, answer.Request{Question: q, Viewer: fixtures.DemoViewers()[0]}).Kind == answer.Result {
				whole = append(whole, q) // the others are asked back about
			}
		}
		benchmarkAsk(b, openWith(b, nil, second(b, server, llm.WhenNeeded)), whole)
		if n := len(server.Calls()); n != 0 {
			b.Errorf("%d calls", n)
		}
	})
}

func benchmarkAsk(b *testing.B, s *answer.Service, asked []string) {
	viewer := fixtures.DemoViewers()[0]
	ctx := context.Background()
	ask := func(question string) (think, overhead float64) {
		start := time.Now()
		a, err := s.Ask(ctx, answer.Request{Question: question, Viewer: viewer}, nil)
		if err != nil {
			b.Fatal(err)
		}
		total := float64(time.Since(start).Microseconds())
		for _, t := range a.Timings {
			switch t.Room {
			case "read", "bind", "compile":
				think += float64(t.Micros)
			case "run":
				total -= float64(t.Micros)
			}
		}
		return think, total
	}
	for _, q := range asked { // the members are indexed and the pages of the files are warm
		ask(q)
	}
	var think, overhead []float64
	for i := 0; b.Loop(); i++ {
		t, o := ask(asked[i%len(asked)])
		think, overhead = append(think, t), append(overhead, o)
	}
	for name, list := range map[string][]float64{"think": think, "overhead": overhead} {
		slices.Sort(list)
		for _, p := range []int{50, 95, 99} {
			b.ReportMetric(list[min(len(list)-1, len(list)*p/100)], name+"-p"+string(rune('0'+p/10))+string(rune('0'+p%10))+"-µs")
		}
	}
}

// BenchmarkIndex starts the service over the demo company and asks one question,
// which indexes every member that the viewer may see.
func BenchmarkIndex(b *testing.B) {
	for b.Loop() {
		s := open(b, nil)
		if _, err := s.Ask(context.Background(), answer.Request{Question: "上个月销售额", Viewer: fixtures.DemoViewers()[0]}, nil); err != nil {
			b.Fatal(err)
		}
	}
}
