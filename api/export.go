package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/xuri/excelize/v2"

	"wenshu/answer"
)

// form is one form in which an answer is taken away.
type form struct {
	name  string // behind the point
	mime  string
	write func(*answer.Answer) ([]byte, error)
}

var (
	csvForm  = form{"csv", "text/csv; charset=utf-8", writeCSV}
	xlsxForm = form{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", writeXLSX}
)

func (s *Server) tableCSV(c echo.Context) error  { return s.export(c, csvForm) }
func (s *Server) tableXLSX(c echo.Context) error { return s.export(c, xlsxForm) }

// export sends an answer of the viewer as a file. It holds what the screen
// holds, and the service notes who took it.
func (s *Server) export(c echo.Context, f form) error {
	a, err := s.exported(c.Request().Context(), c, f)
	if err != nil {
		return err
	}
	body, err := f.write(a)
	if err != nil {
		return err
	}
	if err := s.writeWithin(c); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="wenshu-`+a.AskedAt.Format("20060102-150405")+"."+f.name+`"`)
	return c.Blob(http.StatusOK, f.mime, body)
}

func (s *Server) exported(ctx context.Context, c echo.Context, f form) (*answer.Answer, error) {
	a, err := s.config.Service.Exported(ctx, viewerOf(c), c.Param("id"), f.name)
	if err != nil {
		return nil, err
	}
	if a.Table == nil {
		return nil, fault{code: notFound}
	}
	return a, nil
}

// CSV is the table of an answer as the route of that name sends it; nil when it
// has none.
func CSV(a *answer.Answer) ([]byte, error) {
	if a.Table == nil {
		return nil, nil
	}
	return writeCSV(a)
}

// writeCSV writes the exact values. The mark in front lets spreadsheets see that
// it is UTF-8.
func writeCSV(a *answer.Answer) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	row := make([]string, len(a.Table.Columns))
	for i, col := range a.Table.Columns {
		row[i] = harmless(heading(col))
	}
	if err := w.Write(row); err != nil {
		return nil, fmt.Errorf("write csv: %w", err)
	}
	for _, cells := range a.Table.Rows {
		for i, cell := range cells {
			row[i] = csvCell(a.Table.Columns[i], cell)
		}
		if err := w.Write(row); err != nil {
			return nil, fmt.Errorf("write csv: %w", err)
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func heading(c answer.Column) string {
	if c.Unit == "" || c.Unit == "%" {
		return c.Label
	}
	return c.Label + " (" + c.Unit + ")"
}

func csvCell(c answer.Column, cell answer.Cell) string {
	switch {
	case cell.Value == nil:
		return ""
	case isNumber(c):
		return *cell.Value
	}
	return harmless(*cell.Value)
}

func isNumber(c answer.Column) bool {
	return c.Type == "int" || c.Type == "decimal" || c.Type == "float"
}

// harmless is a text that no spreadsheet takes for a formula (OWASP, CSV
// injection): an apostrophe in front makes it a text.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n|%", rune(s[0])) {
		return "'" + s
	}
	return s
}

// The sheets of a workbook: the table, and what it is.
const (
	tableSheet = "Sheet1"
	aboutSheet = "About"
)

// writeXLSX writes a workbook of typed cells: numbers are numbers, dates are
// dates, and a text stays a text whatever it begins with.
func writeXLSX(a *answer.Answer) (_ []byte, err error) {
	f := excelize.NewFile()
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	if err := writeTable(f, a); err != nil {
		return nil, fmt.Errorf("write xlsx: %w", err)
	}
	if err := writeAbout(f, a); err != nil {
		return nil, fmt.Errorf("write xlsx: %w", err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return nil, fmt.Errorf("write xlsx: %w", err)
	}
	return b.Bytes(), nil
}

func writeTable(f *excelize.File, a *answer.Answer) error {
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	styles := make([]int, len(a.Table.Columns))
	head := make([]any, len(a.Table.Columns))
	for i, c := range a.Table.Columns {
		format := numberFormat(c)
		if styles[i], err = f.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
			return err
		}
		head[i] = excelize.Cell{StyleID: bold, Value: heading(c)}
	}
	w, err := f.NewStreamWriter(tableSheet)
	if err != nil {
		return err
	}
	if err := w.SetColWidth(1, max(1, len(head)), 18); err != nil {
		return err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := w.SetRow("A1", head); err != nil {
		return err
	}
	for i, cells := range a.Table.Rows {
		row := make([]any, len(cells))
		for j, cell := range cells {
			row[j] = excelize.Cell{StyleID: styles[j], Value: typed(a.Table.Columns[j], cell)}
		}
		if err := w.SetRow("A"+strconv.Itoa(i+2), row); err != nil {
			return err
		}
	}
	return w.Flush()
}

// numberFormat is how a spreadsheet shows the cells of a column.
func numberFormat(c answer.Column) string {
	decimals := max(0, c.Decimals)
	switch {
	case c.Type == "date":
		return "yyyy-mm-dd"
	case c.Type == "timestamp":
		return "yyyy-mm-dd hh:mm:ss"
	case !isNumber(c):
		return "@"
	case c.Format == "percent" || c.Role == "share" || c.Role == "growth":
		return "0.0%"
	case c.Format == "money":
		return "#,##0.00"
	case c.Type == "int" || c.Decimals == 0:
		return "#,##0"
	}
	return "#,##0." + strings.Repeat("0", max(2, decimals))
}

// digits is how many of them a spreadsheet's number keeps (IEEE 754 binary64).
const digits = 15

// typed is a cell as a value of its type; what a spreadsheet would round stays a
// text.
func typed(c answer.Column, cell answer.Cell) any {
	if cell.Value == nil {
		return nil
	}
	value := *cell.Value
	switch {
	case isNumber(c):
		n, err := strconv.ParseFloat(value, 64)
		significant := strings.TrimLeft(strings.NewReplacer("-", "", ".", "").Replace(value), "0")
		if err == nil && (len(significant) <= digits || c.Type == "float") {
			return n
		}
	case c.Type == "bool":
		return value == "true"
	case c.Type == "date" || c.Type == "timestamp":
		for _, layout := range []string{time.DateOnly, "2006-01-02T15:04:05", time.RFC3339} {
			if t, err := time.Parse(layout, value); err == nil {
				return t
			}
		}
	}
	return value
}

// writeAbout says what the table is: as it was asked and understood.
func writeAbout(f *excelize.File, a *answer.Answer) error {
	if _, err := f.NewSheet(aboutSheet); err != nil {
		return err
	}
	lines := []string{a.Question, a.Title, a.Sentence.Text}
	if a.Period != nil {
		lines = append(lines, a.Period.Text)
	}
	for _, fresh := range a.AsOf {
		lines = append(lines, fresh.Text)
	}
	for _, w := range a.Warnings {
		lines = append(lines, w.Text)
	}
	lines = append(lines, a.QueryLine, a.AskedAt.Format(time.RFC3339))
	for i, line := range lines {
		if err := f.SetCellStr(aboutSheet, "A"+strconv.Itoa(i+1), line); err != nil {
			return err
		}
	}
	return f.SetColWidth(aboutSheet, "A", "A", 100)
}
