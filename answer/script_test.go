package answer

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"wenshu/nlq"
)

// simplifiedIn returns the characters of a text that traditional script does not
// have: the simplified sides of the table that are no traditional side of it.
func simplifiedIn(text string) string {
	var left []rune
	for _, r := range text {
		if onlySimplified()[r] && !slices.Contains(left, r) {
			left = append(left, r)
		}
	}
	return string(left)
}

// TestScriptTable holds the table to its order, and to what the reader takes for the
// same words.
func TestScriptTable(t *testing.T) {
	lines := scriptLines()
	if !slices.IsSorted(lines) || len(lines) < 40_000 {
		t.Fatalf("%d lines, sorted: %v", len(lines), slices.IsSorted(lines))
	}
	for i, line := range lines {
		if key, form, differs := strings.Cut(line, " "); key == "" || differs && (form == "" || form == key && len([]rune(key)) == 1) {
			t.Errorf("line %d: %q", i+1, line)
		} else if differs && !slices.Equal(nlq.NewText(key).Norms(), nlq.NewText(form).Norms()) {
			t.Errorf("line %d: %q would not be read back", i+1, line)
		}
	}
}

func TestInTaiwan(t *testing.T) {
	for _, c := range [][2]string{
		{"销售额", "銷售額"}, {"头发", "頭髮"}, {"发货", "發貨"}, {"皇后", "皇后"}, {"售后服务", "售後服務"}, {"后台", "後臺"}, {"里程", "里程"}, {"城里", "城裡"},
		{"面积", "面積"}, {"面条", "麵條"}, {"干部", "幹部"}, {"干货", "乾貨"}, {"本周销售额", "本週銷售額"}, {"周转天数", "週轉天數"}, {"周边", "周邊"}, {"台灯", "檯燈"},
		{"会计科目", "會計科目"}, {"余额", "餘額"}, {"准时率", "準時率"}, {"批准日期", "批准日期"}, {"系数", "係數"}, {"关系", "關係"}, {"复购率", "復購率"}, {"表面", "表面"},
		{"占比", "佔比"}, {"几只", "幾隻"}, {"只有", "只有"}, {"客厅家具", "客廳家具"}, {"回复率", "回覆率"}, {"了解", "瞭解"}, {"着装", "著裝"}, {"SKU数（含退货）", "SKU數（含退貨）"},
		// The script alone: the words stay.
		{"门店代码", "門店代碼"}, {"未通过", "未通過"}, {"设备类型", "設備類型"}, {"社区店", "社區店"}, {"用户数", "用戶數"},
		// What is in traditional script, and what is no Chinese.
		{"銷售額", "銷售額"}, {"營業收入", "營業收入"}, {"net revenue, Zürich 1.5", "net revenue, Zürich 1.5"}, {"", ""}, {"\xff销\xe9", "\xff銷\xe9"},
	} {
		if got := inTaiwan(c[0]); got != c[1] {
			t.Errorf("%q is %q, want %q", c[0], got, c[1])
		}
	}
}

var onlySimplified = sync.OnceValue(func() map[rune]bool {
	only, forms := map[rune]bool{}, map[rune]bool{}
	for _, line := range scriptLines() {
		key, form, differs := strings.Cut(line, " ")
		for _, r := range form {
			forms[r] = true
		}
		if runes := []rune(key); differs && len(runes) == 1 {
			only[runes[0]] = true
		}
	}
	for r := range forms {
		delete(only, r)
	}
	return only
})
