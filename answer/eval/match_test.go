package eval

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"wenshu/semantic"
)

// table reads rows parted by semicolons and cells parted by commas; ~ is null.
func table(text string) [][]cell {
	var rows [][]cell
	if text == "" {
		return rows
	}
	for line := range strings.SplitSeq(text, ";") {
		var row []cell
		for s := range strings.SplitSeq(line, ",") {
			if s = strings.TrimSpace(s); s == "~" {
				row = append(row, cell{null: true})
			} else {
				row = append(row, textCell(s))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name, gold, answer string
		ordered            bool
		want               match
	}{
		{"same", "a,1; b,2", "a,1; b,2", false, agreesStrictly},
		{"rows in another order", "a,1; b,2", "b,2; a,1", false, agreesStrictly},
		{"order that counts", "a,1; b,2", "b,2; a,1", true, differs},
		{"ties may change places", "a,1; b,1; c,2", "b,1; a,1; c,2", true, agreesStrictly},
		{"columns in another order", "a,1; b,2", "1,a; 2,b", false, agreesStrictly},
		{"more columns", "a; b", "a,1; b,2", false, agrees},
		{"fewer columns", "a,1; b,2", "a; b", false, differs},
		{"more rows", "a", "a; a", false, differs},
		{"a multiset", "a; a; b", "a; b; b", false, differs},
		{"one to one", "1,1; 2,2", "1,5; 2,6", false, differs},
		{"columns that look alike", "1,2; 2,1", "2,1; 1,2", false, agreesStrictly},
		{"rows that do not belong", "a,1; b,2", "a,2; b,1", false, differs},
		{"within 1e-4", "100000.0", "100005.0", false, agreesStrictly},
		{"beyond 1e-4", "100000.0", "100020.0", false, differs},
		{"two decimals", "0.333333", "0.33", false, agreesStrictly},
		{"a percentage", "25.5; 74.5", "0.255; 0.745", false, agreesStrictly},
		{"a fraction", "0.255; 0.745", "25.5; 74.5", false, agreesStrictly},
		{"no ratio", "2500; 7500", "25; 75", false, differs},
		{"folded", "New York", " new york ", false, agreesStrictly},
		{"null is null", "~,1", "~,1", false, agreesStrictly},
		{"null is not zero", "~", "0", false, differs},
		{"truth values", "1; 0", "true; false", false, agreesStrictly},
		{"month and day", "2023-04", "2023-04-01", false, agreesStrictly},
		{"month by six digits", "202304,1", "2023-04-01,1", false, agreesStrictly},
		{"another month by six digits", "202305", "2023-04-01", false, differs},
		{"quarter by its number", "2023-Q2", "2023-04-01", false, agreesStrictly},
		{"another quarter", "2023Q2", "2023-07-01", false, differs},
		{"another month", "2023-04", "2023-05-01", false, differs},
		{"day and moment", "2023-04-01", "2023-04-01 10:00:00", false, agreesStrictly},
		{"nothing", "", "", false, agreesStrictly},
		{"nothing wanted", "", "a", false, differs},
	} {
		if got := compare(table(c.gold), table(c.answer), c.ordered); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}

func TestCompareKnowsGrains(t *testing.T) {
	value := "2023-01-01"
	for grain, want := range map[string]match{"year": agreesStrictly, "day": differs} {
		answer := [][]cell{{answerCell(&value, grain)}}
		if got := compare(table("2023-07-15"), answer, false); got != want {
			t.Errorf("%s: got %d, want %d", grain, got, want)
		}
	}
}

func TestCompareLargeResults(t *testing.T) {
	var gold, answer [][]cell
	for i := range 3000 {
		gold = append(gold, []cell{textCell(string(rune('a' + i%26))), {number: float64(i), isNum: true}})
	}
	for i := range gold {
		answer = append(answer, gold[len(gold)-1-i])
	}
	if got := compare(gold, answer, false); got != agreesStrictly {
		t.Errorf("got %d", got)
	}
	answer[7] = []cell{textCell("z"), {number: -1, isNum: true}}
	if got := compare(gold, answer, false); got != differs {
		t.Errorf("one row changed: got %d", got)
	}
}

func TestHolds(t *testing.T) {
	rows := table("marketing,12; sales,511")
	for words, want := range map[string][2]bool{
		"columns=2; rows=2":                     {true, true},
		"rows=3":                                {false, true},
		"rows>=1; contains sales":               {true, true},
		"columns=1; text contains 511":          {true, true},
		"contains HR":                           {false, true},
		"metric visits; filter user=x":          {false, false},
		"rows=2; contains sales (term: a or b)": {true, true},
	} {
		right, judged := holds(words, rows, 2, said{})
		if right != want[0] || judged != want[1] {
			t.Errorf("%s: %v %v", words, right, judged)
		}
	}
}

func TestWilson(t *testing.T) {
	low, high := wilson(8, 10)
	if low < 0.490 || low > 0.491 || high < 0.943 || high > 0.944 {
		t.Errorf("8 of 10: %f to %f", low, high)
	}
	if low, high := wilson(0, 0); low != 0 || high != 1 {
		t.Errorf("nothing: %f to %f", low, high)
	}
}

func TestReadRecords(t *testing.T) {
	good := `{"id": "a", "question": "how many?", "gold_sql": ["SELECT 1"]}

{"id": "b", "turns": ["how many?", "by city"], "rows": [["x", 1]], "expect": "answer"}`
	records, err := ReadRecords(strings.NewReader(good))
	if err != nil || len(records) != 2 || len(records[1].turns()) != 2 {
		t.Fatalf("%v, %v", records, err)
	}
	for text, want := range map[string]string{
		`{"id": "a"}`: "line 1: no question",
		`{`:           "line 1",
		`{"id": "a", "question": "x", "expect": "maybe"}`: "want answer or decline",
		good + "\n" + `{"id": "a", "question": "again"}`:  "line 4: the id a stands twice",
	} {
		if _, err := ReadRecords(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q in it", text, err, want)
		}
	}
}

func TestHoldsOfQuery(t *testing.T) {
	model, err := semantic.Load(fstest.MapFS{"shop.yaml": {Data: []byte(shopModel)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		line, words string
		right       bool
	}{
		{"revenue by city", "metric 销售额 by 城市", true},
		{"revenue by city", "metric revenue; by 城市", true},
		{"revenue by city", "metric 金额", false},
		{"sum(amount) by city", "metric sum 金额 by 城市", true},
		{"revenue", "metric 销售额 by 城市", false},
		{`revenue where city in ("上海", "北京")`, "filter 城市 in (北京, 上海)", true},
		{`revenue where city = "上海"`, "filter city=上海", true},
		{`revenue where city != "上海"`, "filter city=上海", false},
		{`revenue where city in ("上海", "北京")`, "filter city=上海", false},
		{"revenue by city sort -revenue", "order desc", true},
		{"revenue by city sort revenue", "order desc", false},
		{`list amount from orders where city = "上海"`, "detail; entity 上海; dimensions 金额", true},
		{"revenue", "detail", false},
		{"revenue during day(-7..-1)", "last 7 days", true},
		{"revenue during day(-8..-1)", "last 7 days", false},
		{"revenue during day(-1)", "one date (the day before)", true},
	} {
		q, err := semantic.ParseQuery(c.line)
		if err != nil {
			t.Fatal(err)
		}
		now := time.Date(2026, 6, 9, 12, 0, 0, 0, time.UTC)
		s := said{query: q, model: model, now: now}
		if len(q.During) > 0 {
			days := q.During[0].(semantic.Relative)
			s.from, s.to = now.Truncate(24*time.Hour).AddDate(0, 0, days.From), now.Truncate(24*time.Hour).AddDate(0, 0, days.To+1)
		}
		right, judged := holds(c.words, nil, 1, s)
		if right != c.right || !judged {
			t.Errorf("%s of %s: %v, judged %v", c.words, c.line, right, judged)
		}
	}
}
