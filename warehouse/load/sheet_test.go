package load

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestCSVFolderBecomesTables(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "Order Items.csv", "\uFEFFItem No,Qty,Price,Sold On,Note\n001,2,3.50,2024-01-02,\"a, b\"\n002,,4,2024-01-03,\n")
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("姓名;年龄\n张三;30\n李四;28\n")
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, "员工.csv", gbk)
	sheets, err := CSVFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	db := loadSheets(t, sheets)
	for query, want := range map[string]string{
		"SELECT group_concat(name, '|') FROM (SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name)": "order_items|table_2",
		"SELECT item_no || '|' || qty || '|' || price || '|' || sold_on || '|' || note FROM order_items WHERE item_no = '001'":                "001|2|3.5|2024-01-02|a, b",
		"SELECT count(*) FROM order_items WHERE qty IS NULL AND note IS NULL":                                                                 "1",
		"SELECT group_concat(type, '|') FROM pragma_table_info('order_items')":                                                                "TEXT|INTEGER|DECIMAL(12,2)|TEXT|TEXT",
		"SELECT column_1 || column_2 FROM table_2 WHERE column_2 < 30":                                                                        "李四28",
		"SELECT instr(sql, '-- 员工') > 0 AND instr(sql, '-- 姓名') > 0 FROM sqlite_schema WHERE name = 'table_2'":                                "1",
	} {
		var got string
		if err := db.QueryRow(query).Scan(&got); err != nil || got != want {
			t.Errorf("%s\n got %q, %v\nwant %q", query, got, err, want)
		}
	}
}

func TestMessySheets(t *testing.T) {
	dir := t.TempDir()
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("2024年销售明细表\n单位：元,,,\n编号,销售额,折扣率,数量\nA01,\"1,200.50\",5%,\"1,000\"\nA02,￥980.00,12.5%,20\nA03,-,0%,3\n合计,\"2,180.50\",,\n")
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, "a_detail.csv", gbk)
	put(t, dir, "b_prices.csv", "\uFEFFItem,Price (USD),Margin,Mixed,Code,Tags\nLamp,\"$1,299.00\",7%,5%,1,\"1,2\"\nRug,(45.00),N/A,0.5,002,\"12,5\"\nBed,n/a,10%,3,3,7\n")
	sheets, err := CSVFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	db := loadSheets(t, sheets)
	for query, want := range map[string]string{
		"SELECT group_concat(type, '|') FROM pragma_table_info('a_detail')":                                      "TEXT|DECIMAL(12,2)|DECIMAL(12,2)|INTEGER",
		"SELECT group_concat(column_1 || ':' || coalesce(column_2, 'none'), '|') FROM a_detail":                  "A01:1200.5|A02:980|A03:none",
		"SELECT sum(column_3) || '|' || sum(column_4) FROM a_detail":                                             "17.5|1023",
		"SELECT instr(sql, '折扣率 (%)') > 0 FROM sqlite_schema WHERE name = 'a_detail'":                            "1",
		"SELECT group_concat(type, '|') FROM pragma_table_info('b_prices')":                                      "TEXT|DECIMAL(12,2)|INTEGER|TEXT|TEXT|TEXT",
		"SELECT group_concat(coalesce(price_usd, 'none') || ':' || coalesce(margin, 'none'), '|') FROM b_prices": "1299:7|-45:none|none:10",
		"SELECT group_concat(mixed || ':' || code || ':' || tags, '|') FROM b_prices":                            "5%:1:1,2|0.5:002:12,5|3:3:7",
	} {
		var got string
		if err := db.QueryRow(query).Scan(&got); err != nil || got != want {
			t.Errorf("%s\n got %q, %v\nwant %q", query, got, err, want)
		}
	}
}

func TestWorkbookRepeatsMergedCells(t *testing.T) {
	file := filepath.Join(t.TempDir(), "book.xlsx")
	book := excelize.NewFile()
	defer book.Close()
	for cell, v := range map[string]any{"A1": "Sales of the year", "A2": "region", "B2": "store", "C2": "amount", "A3": "North", "B3": "One", "C3": 5, "B4": "Two", "C4": 7, "A5": "South", "B5": "Three", "C5": 9} {
		if err := book.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range [][2]string{{"A1", "C1"}, {"A3", "A4"}} {
		if err := book.MergeCell("Sheet1", m[0], m[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(file); err != nil {
		t.Fatal(err)
	}
	sheets, err := Workbook(file)
	if err != nil {
		t.Fatal(err)
	}
	var got string
	if err := loadSheets(t, sheets).QueryRow("SELECT group_concat(region || store || amount, '|') FROM sheet1").Scan(&got); err != nil || got != "NorthOne5|NorthTwo7|SouthThree9" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestWorkbookKeepsDates(t *testing.T) {
	file := filepath.Join(t.TempDir(), "book.xlsx")
	book := excelize.NewFile()
	defer book.Close()
	style, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for cell, v := range map[string]any{"A1": "city", "B1": "day", "C1": "amount", "A2": "Paris", "B2": time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC), "C2": 12.5} {
		if err := book.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetCellStyle("Sheet1", "B2", "B2", style); err != nil {
		t.Fatal(err)
	}
	if err := book.SaveAs(file); err != nil {
		t.Fatal(err)
	}
	sheets, err := Workbook(file)
	if err != nil {
		t.Fatal(err)
	}
	db := loadSheets(t, sheets)
	var got string
	if err := db.QueryRow("SELECT city || '|' || day || '|' || amount FROM sheet1").Scan(&got); err != nil || got != "Paris|2024-03-05|12.5" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestSheetsThatAreNone(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "empty.csv", "\n\n")
	if _, err := CSVFolder(dir); err == nil || !strings.Contains(err.Error(), "no CSV file") {
		t.Errorf("got %v", err)
	}
	put(t, dir, "no.xlsx", "not a workbook")
	if _, err := Workbook(filepath.Join(dir, "no.xlsx")); err == nil {
		t.Error("a text passed for a workbook")
	}
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func loadSheets(t *testing.T, sheets []Sheet) *sql.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sheets.db")
	l, err := SQLite(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := Sheets(context.Background(), l, sheets); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}
