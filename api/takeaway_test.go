package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"wenshu/answer"
	"wenshu/semantic"
)

// asked is an answer of the demo company.
func asked(t *testing.T, s *Server, viewer, question string) answer.Answer {
	t.Helper()
	var a answer.Answer
	post(t, s, viewer, "/api/v1/ask", `{"question": "`+question+`"}`).decode(t, &a)
	if a.Table == nil {
		t.Fatalf("%s: %+v", question, a.Problems)
	}
	return a
}

// TestTablesAreTakenAwayExactly compares both files with the answer, cell by
// cell, and keeps them from everybody else.
func TestTablesAreTakenAwayExactly(t *testing.T) {
	s := demoServer(t, shop(t, nil), nil)
	a := asked(t, s, "fay", "今年每个月各大区销售额和订单数")
	path := "/api/v1/answers/" + a.ID + "/table"
	got := get(t, s, "fay", path+".csv")
	text, marked := strings.CutPrefix(string(got.body), "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !marked || len(rows) != len(a.Table.Rows)+1 || !strings.Contains(got.header.Get("Content-Disposition"), ".csv") {
		t.Fatalf("%v: %d rows, %v", err, len(rows), got.header)
	}
	book, err := excelize.OpenReader(bytes.NewReader(get(t, s, "fay", path+".xlsx").body))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for i, cells := range a.Table.Rows {
		for j, cell := range cells {
			want := ""
			if cell.Value != nil {
				want = *cell.Value
			}
			if rows[i+1][j] != want {
				t.Errorf("row %d, column %d: %q, want %q", i, j, rows[i+1][j], want)
			}
		}
	}
	where, err := excelize.CoordinatesToCellName(len(a.Table.Columns)-1, 2)
	if err != nil {
		t.Fatal(err)
	}
	kind, err := book.GetCellType(tableSheet, where)
	if text, e := book.GetCellValue(tableSheet, where, excelize.Options{RawCellValue: true}); err != nil || e != nil || kind == excelize.CellTypeSharedString || !strings.HasPrefix(*a.Table.Rows[0][len(a.Table.Columns)-2].Value, text) {
		t.Errorf("%s is %v %q: %v %v", where, kind, text, err, e)
	}
	for _, file := range []string{path + ".csv", path + ".xlsx"} {
		if got := get(t, s, "ann", file); got.status != http.StatusNotFound {
			t.Errorf("%s for somebody else: %d", file, got.status)
		}
	}
	if got := get(t, s, "fay", "/api/v1/answers/none/table.csv"); got.status != http.StatusNotFound {
		t.Errorf("status %d", got.status)
	}
}

// formulas are texts that a spreadsheet would run.
var formulas = []string{`=1+1`, `+1`, `-1`, `@SUM(A1)`, "\t=1", "\r=1", `=HYPERLINK("http://x")`}

func TestFilesHoldNoFormulas(t *testing.T) {
	for _, text := range formulas {
		number := "-1.50"
		a := &answer.Answer{Table: &answer.Table{
			Columns: []answer.Column{{Label: text, Type: "text"}, {Label: "n", Type: "decimal", Decimals: 2}},
			Rows:    [][]answer.Cell{{{Value: &text, Text: text}, {Value: &number}}, {{}, {}}},
		}}
		body, err := writeCSV(a)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(body[3:])).ReadAll()
		if err != nil || !strings.HasPrefix(rows[0][0], "'") || !strings.HasPrefix(rows[1][0], "'") || rows[1][1] != number || rows[2][1] != "" {
			t.Errorf("%q: %q %v", text, rows, err)
		}
		if body, err = writeXLSX(a); err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenReader(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range []string{"A1", "A2"} {
			if f, err := book.GetCellFormula(tableSheet, cell); err != nil || f != "" {
				t.Errorf("%s of %q is the formula %q, %v", cell, text, f, err)
			}
		}
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestNumbersThatSpreadsheetsRoundStayTexts(t *testing.T) {
	long, short := "12345678901234567.89", "-1234.50"
	if got := typed(answer.Column{Type: "decimal"}, answer.Cell{Value: &long}); got != long {
		t.Errorf("%v", got)
	}
	if got := typed(answer.Column{Type: "decimal"}, answer.Cell{Value: &short}); got != -1234.5 {
		t.Errorf("%v", got)
	}
}

func TestBoardsBelongToTheirViewer(t *testing.T) {
	s := demoServer(t, shop(t, nil), nil)
	a := asked(t, s, "fay", "上个月各大区销售额")
	pin := `{"answer": "` + a.ID + `"}`
	for range 2 { // pinned once, however often
		if got := post(t, s, "fay", "/api/v1/pins", pin); got.status != http.StatusNoContent {
			t.Fatalf("%d %s", got.status, got.body)
		}
	}
	if got := post(t, s, "ann", "/api/v1/pins", pin); got.status != http.StatusNotFound {
		t.Errorf("somebody else's answer: %d", got.status)
	}
	var mine, others pinned
	get(t, s, "fay", "/api/v1/pins?lang=zh-CN").decode(t, &mine)
	get(t, s, "ann", "/api/v1/pins").decode(t, &others)
	if len(mine.Pins) != 1 || mine.Pins[0].Query != a.QueryLine || mine.Pins[0].Title == "" || len(others.Pins) != 0 {
		t.Fatalf("%+v %+v", mine, others)
	}
	remove := func(viewer string) int {
		return call(t, s, request(http.MethodDelete, "/api/v1/pins/"+mine.Pins[0].ID, "", sampleHeader+": "+viewer)).status
	}
	if got := []int{remove("ann"), remove("fay"), remove("fay")}; !slices.Equal(got, []int{404, 204, 404}) {
		t.Errorf("%v", got)
	}
	var past pastTurns
	get(t, s, "fay", "/api/v1/history").decode(t, &past)
	if len(past.Turns) != 1 || past.Turns[0].ID != a.ID || past.Turns[0].Text != "上个月各大区销售额" {
		t.Errorf("%+v", past)
	}
	get(t, s, "ann", "/api/v1/history").decode(t, &past)
	if len(past.Turns) != 0 {
		t.Errorf("ann sees %+v", past)
	}
}

func TestWordsAreMarkedWhileTyping(t *testing.T) {
	s := demoServer(t, shop(t, nil), nil)
	for _, c := range []struct{ typed, word, state, label string }{
		{"上个月各大区销售额", "销售额", "used", "销售额"}, {"上个月各大区销售额 qqqq", "qqqq", "unread", ""}, {"上个月的利润", "利润", "ambiguous", "营业利润"},
		{"今年各大区目标完成率", "今年各大区目标完成率", "used", ""}, {"上个月各大区销售饿", "销售饿", "corrected", "销售额"}, {"上个月各大区销售额", "大区", "used", "大区"},
		{"上个月华东的销售额", "华东", "used", "华东"}, {"上个月华东的销售额", "上个月", "used", ""},
	} {
		var got words
		get(t, s, "fay", "/api/v1/marks?q="+url.QueryEscape(c.typed)).decode(t, &got)
		if !slices.ContainsFunc(got.Words, func(m answer.WordMark) bool {
			return m.State == c.state && strings.Contains(m.Text, c.word) && m.Label == c.label
		}) {
			t.Errorf("%s: want %s %s %s, got %+v", c.typed, c.word, c.state, c.label, got.Words)
		}
	}
}

// TestMembersKeepSecrets lists the members of a dimension as those who may see
// them all, some, and none.
func TestMembersKeepSecrets(t *testing.T) {
	service := shop(t, nil)
	list := func(v semantic.Viewer, dimension, typed string) string {
		found, err := service.Members(context.Background(), v, "zh-CN", dimension, typed, 100)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, m := range found {
			names = append(names, m.Text)
		}
		return strings.Join(names, " ")
	}
	all := semantic.Viewer{ID: "fay", Roles: []string{"finance"}}
	east := semantic.Viewer{ID: "ann", Attrs: map[string][]string{"region": {"华东"}}}
	if got := list(all, "province", ""); !strings.Contains(got, "广东") || !strings.Contains(got, "江苏") {
		t.Errorf("all: %s", got)
	}
	if got := list(all, "province", "广"); !strings.HasPrefix(got, "广") || strings.Contains(got, "江苏") {
		t.Errorf("typed: %s", got)
	}
	if got := list(east, "product", "户外藤编"); strings.Contains(got, "户外藤编躺椅") {
		t.Errorf("east: %s", got)
	}
	if got := list(all, "nothing", ""); got != "" {
		t.Errorf("unknown: %s", got)
	}
}
