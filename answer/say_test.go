package answer

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"wenshu/semantic"
)

// told builds a result from a plan in words and rows of text. Columns are
// separated by spaces: T a month, C a channel, R a region, then metrics with
// their roles: v a value, e an earlier one, c a change, g a growth, s a share;
// % after one makes its metric a percentage.
func told(t *testing.T, columns, query string, rows ...string) *result {
	t.Helper()
	q, err := semantic.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	m := &semantic.Model{Currency: "CNY", Tables: []*semantic.Table{{Name: "orders", Names: semantic.Names{Label: semantic.Label{ZH: "订单", EN: "order"}}}}}
	revenue := &semantic.Metric{Name: "revenue", Names: semantic.Names{Label: semantic.Label{ZH: "销售额", EN: "revenue"}}, Unit: "CNY", Format: semantic.Format{Style: "money", Decimals: -1}}
	rate := &semantic.Metric{Name: "margin", Names: semantic.Names{Label: semantic.Label{ZH: "毛利率", EN: "margin"}}, Format: semantic.Format{Style: "percent", Decimals: 1}}
	m.Metrics = []*semantic.Metric{revenue, rate}
	p := &semantic.Plan{Query: q, Model: m, Window: semantic.Interval{Start: at(t, "2026-06-01"), End: at(t, "2026-07-01")}}
	for _, word := range strings.Fields(columns) {
		p.Columns = append(p.Columns, toldColumn(p, word, revenue, rate))
	}
	if strings.ContainsAny(columns, "ecg") {
		p.Comparisons = []semantic.Interval{{Start: at(t, "2025-06-01"), End: at(t, "2025-07-01")}}
	}
	if len(q.Sort) > 0 {
		p.Order = []semantic.Order{{Slot: 0, Key: -1, Desc: q.Sort[0].Desc}}
	}
	p.Limit = q.Limit
	if q.List != nil {
		p.Rows = &semantic.RowsPlan{}
	}
	r := &result{plan: p}
	for _, line := range rows {
		r.rows = append(r.rows, toldRow(t, p, strings.Fields(line)))
	}
	return r
}

func toldColumn(p *semantic.Plan, word string, revenue, rate *semantic.Metric) semantic.OutColumn {
	roles := map[byte]semantic.Role{'v': semantic.ValueColumn, 'e': semantic.EarlierColumn, 'c': semantic.ChangeColumn, 'g': semantic.GrowthColumn, 's': semantic.ShareColumn, 'd': semantic.DetailColumn}
	role, isValue := roles[word[0]]
	if !isValue {
		c := semantic.OutColumn{Name: word, Key: len(p.Keys), Slot: -1, Type: semantic.ColumnType{Kind: semantic.Text}, Dimension: &semantic.Dimension{Name: word}}
		if word == "T" {
			c.Grain, c.Type.Kind = semantic.Grain{Unit: semantic.Month}, semantic.Date
		}
		p.Keys = append(p.Keys, semantic.Key{Name: c.Name, Dimension: c.Dimension, Grain: c.Grain, Type: c.Type})
		return c
	}
	m := revenue
	if strings.HasSuffix(word, "%") {
		m = rate
	}
	c := semantic.OutColumn{Name: word, Key: -1, Slot: len(p.Columns) - len(p.Keys), Role: role, Metric: m, Unit: m.Unit, Format: m.Format, Type: semantic.ColumnType{Kind: semantic.Decimal, Scale: 2}, Base: -1}
	if role == semantic.EarlierColumn || role == semantic.ChangeColumn || role == semantic.GrowthColumn {
		c.Against = 1
	}
	return c
}

func toldRow(t *testing.T, p *semantic.Plan, cells []string) []semantic.Value {
	row := make([]semantic.Value, len(cells))
	for i, cell := range cells {
		_, err := strconv.ParseFloat(cell, 64)
		switch {
		case cell == "null":
		case p.Columns[i].Grain.Unit == semantic.Month:
			row[i] = semantic.DateValue(at(t, cell+"-01"))
		case err == nil:
			row[i] = number(t, cell)
		default:
			row[i] = semantic.TextValue(cell)
		}
	}
	return row
}

func TestSentences(t *testing.T) {
	cases := []struct {
		columns, query string
		rows           []string
		zh, en         string
	}{
		{"v", "revenue", []string{"12345678.9"}, "2026年6月1日–6月30日，销售额为 ¥1234.57万。", "Jun 1 – Jun 30, 2026: revenue came to CN¥12.35M."},
		{"v", "revenue", []string{"0"}, "2026年6月1日–6月30日，销售额为 ¥0.00。", "Jun 1 – Jun 30, 2026: revenue came to CN¥0.00."},
		{"v", "revenue", []string{"null"}, "2026年6月1日–6月30日，销售额没有数据。", "Jun 1 – Jun 30, 2026: there is no data for revenue."},
		{"v", `revenue where channel = "app"`, []string{"5"}, "2026年6月1日–6月30日，channel为app，销售额为 ¥5.00。", "Jun 1 – Jun 30, 2026, channel is app: revenue came to CN¥5.00."},
		{"v e g", "revenue", []string{"110 100 0.1"}, "2026年6月1日–6月30日，销售额为 ¥110.00，较2025年6月1日–6月30日的 ¥100.00 增长 10.0%。", "Jun 1 – Jun 30, 2026: revenue came to CN¥110.00, up 10.0% on CN¥100.00 for Jun 1 – Jun 30, 2025."},
		{"v e g", "revenue", []string{"90 100 -0.1"}, "2026年6月1日–6月30日，销售额为 ¥90.00，较2025年6月1日–6月30日的 ¥100.00 下降 10.0%。", "Jun 1 – Jun 30, 2026: revenue came to CN¥90.00, down 10.0% on CN¥100.00 for Jun 1 – Jun 30, 2025."},
		{"v e g", "revenue", []string{"100 100 0"}, "2026年6月1日–6月30日，销售额为 ¥100.00，与2025年6月1日–6月30日的 ¥100.00 持平。", "Jun 1 – Jun 30, 2026: revenue came to CN¥100.00, the same as CN¥100.00 for Jun 1 – Jun 30, 2025."},
		{"v e g", "revenue", []string{"100 0 null"}, "2026年6月1日–6月30日，销售额为 ¥100.00，2025年6月1日–6月30日为 ¥0.00。", "Jun 1 – Jun 30, 2026: revenue came to CN¥100.00, against CN¥0.00 for Jun 1 – Jun 30, 2025."},
		{"v e c", "revenue", []string{"90 100 -10"}, "2026年6月1日–6月30日，销售额为 ¥90.00，较2025年6月1日–6月30日的 ¥100.00 减少 ¥10.00。", "Jun 1 – Jun 30, 2026: revenue came to CN¥90.00, CN¥10.00 less than CN¥100.00 for Jun 1 – Jun 30, 2025."},
		{"v% e% c%", "margin", []string{"0.40 0.38 0.02"}, "2026年6月1日–6月30日，毛利率为 40.0%，较2025年6月1日–6月30日的 38.0% 增加 2.0个百分点。", "Jun 1 – Jun 30, 2026: margin came to 40.0%, 2.0 pp more than 38.0% for Jun 1 – Jun 30, 2025."},
		{"v v%", "revenue, margin", []string{"10 0.5"}, "2026年6月1日–6月30日，销售额为 ¥10.00，毛利率为 50.0%。", "Jun 1 – Jun 30, 2026: revenue came to CN¥10.00 and margin came to 50.0%."},
		{"C v", "revenue by channel", []string{"a 1", "b 3", "c 2", "d null"}, "2026年6月1日–6月30日，销售额最高的是b，为 ¥3.00；其次是c（¥2.00）和a（¥1.00）。", "Jun 1 – Jun 30, 2026: b had the highest revenue, CN¥3.00, followed by c (CN¥2.00) and a (CN¥1.00)."},
		{"C v", "revenue by channel sort revenue limit 1", []string{"a 1"}, "2026年6月1日–6月30日，销售额最低的是a，为 ¥1.00。", "Jun 1 – Jun 30, 2026: a had the lowest revenue, CN¥1.00."},
		{"C v", "revenue by channel limit 2", []string{"a 1", "b 3"}, "2026年6月1日–6月30日，共 2 组。", "Jun 1 – Jun 30, 2026: 2 groups."},
		{"C v s", "revenue by channel show share", []string{"a 1 0.25", "b 3 0.75"}, "2026年6月1日–6月30日，b的销售额占比最大，为 75.0%。", "Jun 1 – Jun 30, 2026: b had the largest share of revenue, 75.0%."},
		{"C R v", "revenue by channel, region", []string{"a x 1", "b y 3"}, "2026年6月1日–6月30日，共 2 组，销售额最高的是b · y，为 ¥3.00。", "Jun 1 – Jun 30, 2026: 2 groups; b · y had the highest revenue, CN¥3.00."},
		{"T v", "revenue by time:month", []string{"2026-05 3", "2026-04 1", "2026-06 2"}, "2026年6月1日–6月30日，销售额从2026年4月的 ¥1.00 升至2026年6月的 ¥2.00。最高是2026年5月的 ¥3.00，最低是2026年4月的 ¥1.00。", "Jun 1 – Jun 30, 2026: revenue rose from CN¥1.00 (Apr 2026) to CN¥2.00 (Jun 2026). The highest was CN¥3.00 (May 2026), the lowest CN¥1.00 (Apr 2026)."},
		{"T v", "revenue by time:month", []string{"2026-05 3", "2026-06 3", "2026-07 1"}, "2026年6月1日–6月30日，销售额在2026年5月和2026年6月都是 ¥3.00。", "Jun 1 – Jun 30, 2026: revenue was CN¥3.00 at both ends (May 2026, Jun 2026)."},
		{"C v", "revenue by channel", nil, "2026年6月1日–6月30日，没有符合条件的数据。", "Jun 1 – Jun 30, 2026: no data match."},
		{"d", "list order_no from orders", []string{"a", "b"}, "2026年6月1日–6月30日，共 2 条订单记录。", "Jun 1 – Jun 30, 2026: 2 order records."},
		{"d", "list order_no from orders limit 2", []string{"a", "b"}, "2026年6月1日–6月30日，以下是前 2 条订单记录。", "Jun 1 – Jun 30, 2026: the first 2 order records."},
	}
	now := time.Date(2026, 7, 15, 10, 0, 0, 0, time.UTC)
	for _, c := range cases {
		r := told(t, c.columns, c.query, c.rows...)
		for _, want := range []struct {
			w    *words
			text string
		}{{chineseWords, c.zh}, {englishWords, c.en}} {
			b := &book{w: want.w, model: r.plan.Model}
			got := sentence(b.say(r, now))
			if got.s != want.text {
				t.Errorf("%s:\n%s\n%s", c.query, got.s, want.text)
			}
			a := Answer{Lang: want.w.lang, Sentence: Sentence{got.s, got.spans}, Table: b.table(r)}
			if err := a.Verify(); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestVerifyFindsStrayNumbers tells a sentence that follows the table from one
// that does not.
func TestVerifyFindsStrayNumbers(t *testing.T) {
	r := told(t, "v", "revenue", "5")
	b := &book{w: englishWords, model: r.plan.Model}
	good := b.say(r, time.Time{})
	for name, spoil := range map[string]func(*Sentence){
		"number outside": func(s *Sentence) { s.Text += " That is 3 more." },
		"other number":   func(s *Sentence) { s.Text = strings.Replace(s.Text, "5.00", "6.00", 1) },
		"no such cell":   func(s *Sentence) { s.Spans[2].Row = 7 },
		"no order":       func(s *Sentence) { s.Spans[2].Start = 0 },
	} {
		s := Sentence{good.s, append([]Span{}, good.spans...)}
		spoil(&s)
		if a := (&Answer{Lang: "en", Sentence: s, Table: b.table(r)}); a.Verify() == nil {
			t.Errorf("%s: %q passes", name, s.Text)
		}
	}
}

func TestRowsAreNamedOnce(t *testing.T) {
	for _, c := range []struct {
		words       *words
		listed, now string
	}{
		{chineseWords, "订单", "订单明细"}, {chineseWords, "订单明细", "订单明细"}, {englishWords, "order", "order records"}, {englishWords, "sales records", "sales records"},
	} {
		if got := (&book{w: c.words}).rowsOf(c.listed); got != c.now {
			t.Errorf("%s is called %q", c.listed, got)
		}
	}
}
