package load

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// mostSheetBytes of one file are read.
const mostSheetBytes = 512 << 20

// CSVFolder reads every CSV file of a folder, in order of name: UTF-8, or
// GB18030 where it is not. The first line holds the headings.
func CSVFolder(dir string) ([]Sheet, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.[cC][sS][vV]"))
	if err != nil {
		return nil, fmt.Errorf("load: %w", err)
	}
	slices.Sort(files)
	var sheets []Sheet
	for _, f := range files {
		s, err := csvSheet(f)
		if err != nil {
			return nil, fmt.Errorf("load: %s: %w", f, err)
		}
		if s != nil {
			sheets = append(sheets, *s)
		}
	}
	if len(sheets) == 0 {
		return nil, fmt.Errorf("load: %s holds no CSV file with headings", dir)
	}
	return sheets, nil
}

func csvSheet(file string) (*Sheet, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if info.Size() > mostSheetBytes {
		return nil, fmt.Errorf("larger than %d bytes", mostSheetBytes)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		if data, err = simplifiedchinese.GB18030.NewDecoder().Bytes(data); err != nil {
			return nil, err
		}
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	r.Comma = separator(data)
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	name := filepath.Base(file)
	return sheetOf(strings.TrimSuffix(name, filepath.Ext(name)), rows), nil
}

// separator is the mark that the first lines hold most often: a title alone has
// none.
func separator(data []byte) rune {
	lines := bytes.SplitAfterN(data, []byte("\n"), headRows)
	front := bytes.Join(lines[:max(1, len(lines)-1)], nil)
	best, most := ',', 0
	for _, mark := range ",;\t|" {
		if n := bytes.Count(front, []byte(string(mark))); n > most {
			best, most = mark, n
		}
	}
	return best
}

// sheetOf makes a sheet of rows with headings; nil when there are none.
func sheetOf(name string, rows [][]string) *Sheet {
	at := headAt(rows)
	if at < 0 {
		return nil
	}
	head := slices.Clone(rows[at])
	for len(head) > 0 && strings.TrimSpace(head[len(head)-1]) == "" {
		head = head[:len(head)-1]
	}
	s := &Sheet{Name: name, Head: head}
	for _, r := range rows[at+1:] {
		if !empty(r) {
			s.Rows = append(s.Rows, r)
		}
	}
	s.Rows = withoutSums(s.Rows)
	return s
}

func empty(row []string) bool {
	return !slices.ContainsFunc(row, func(s string) bool { return strings.TrimSpace(s) != "" })
}

// Workbook reads every sheet of an XLSX file that holds headings, in order.
func Workbook(file string) (sheets []Sheet, err error) {
	book, err := excelize.OpenFile(file, excelize.Options{UnzipSizeLimit: mostSheetBytes, UnzipXMLSizeLimit: mostSheetBytes})
	if err != nil {
		return nil, fmt.Errorf("load: %s: %w", file, err)
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, fmt.Errorf("load: %s: sheet %s: %w", file, name, err)
		}
		if err := dateCells(book, name, rows); err != nil {
			return nil, fmt.Errorf("load: %s: sheet %s: %w", file, name, err)
		}
		if err := mergedCells(book, name, rows); err != nil {
			return nil, fmt.Errorf("load: %s: sheet %s: %w", file, name, err)
		}
		if s := sheetOf(name, rows); s != nil {
			sheets = append(sheets, *s)
		}
	}
	if len(sheets) == 0 {
		return nil, fmt.Errorf("load: %s holds no sheet with headings", file)
	}
	return sheets, nil
}

// dateCells turns the serial numbers of columns that are shown as dates into
// dates. The first number of a column tells how it is shown.
func dateCells(book *excelize.File, sheet string, rows [][]string) error {
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	for column := range width {
		first := slices.IndexFunc(rows, func(row []string) bool {
			return column < len(row) && row[column] != "" && dateText(row[column]) != row[column]
		})
		if first < 0 {
			continue
		}
		cell, err := excelize.CoordinatesToCellName(column+1, first+1)
		if err != nil {
			return err
		}
		shown, err := shownAsDate(book, sheet, cell)
		if err != nil {
			return err
		}
		if !shown {
			continue
		}
		for _, row := range rows {
			if column < len(row) {
				row[column] = dateText(row[column])
			}
		}
	}
	return nil
}

// mergedCells repeats what stands in cells that are merged downwards on each of
// their rows.
func mergedCells(book *excelize.File, sheet string, rows [][]string) error {
	merged, err := book.GetMergeCells(sheet)
	if err != nil {
		return err
	}
	for _, m := range merged {
		left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			return err
		}
		right, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return err
		}
		if left != right || top > len(rows) || left > len(rows[top-1]) {
			continue // a title across columns
		}
		for at := top; at < min(bottom, len(rows)); at++ {
			for len(rows[at]) < left {
				rows[at] = append(rows[at], "")
			}
			rows[at][left-1] = rows[top-1][left-1]
		}
	}
	return nil
}

func shownAsDate(book *excelize.File, sheet, cell string) (bool, error) {
	id, err := book.GetCellStyle(sheet, cell)
	if err != nil {
		return false, err
	}
	style, err := book.GetStyle(id)
	if err != nil {
		return false, err
	}
	if n := style.NumFmt; n >= 14 && n <= 22 && n != 18 && n != 19 && n != 20 && n != 21 || n >= 27 && n <= 36 || n >= 50 && n <= 58 {
		return true, nil
	}
	return style.CustomNumFmt != nil && strings.Contains(strings.ToLower(*style.CustomNumFmt), "yy"), nil
}

// dateText writes a serial number of a day as one; anything else stays.
func dateText(s string) string {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	t, err := excelize.ExcelDateToTime(n, false)
	if err != nil {
		return s
	}
	if n == float64(int64(n)) {
		return t.Format("2006-01-02")
	}
	return t.Format("2006-01-02 15:04:05")
}
