package warehouse

import "wenshu/semantic"

// Table is a result. Who receives one owns it; nothing in this package keeps
// or changes it afterwards.
type Table struct {
	Columns   []Column
	Rows      [][]semantic.Value // each as long as Columns
	Truncated bool               // there were more rows than allowed; these are the first
}

// Column is one column of a Table. Every value in it is null or of the kind of
// Type; a decimal has the scale of Type unless it was computed.
type Column struct {
	Name string
	Type semantic.ColumnType
}

// bytesOf estimates what a row holds in memory: the cells, and the text that
// they point to.
func bytesOf(row []semantic.Value) int64 {
	const cell = 40
	n := int64(len(row)) * cell
	for _, v := range row {
		if v.Kind() == semantic.Text {
			n += int64(len(v.Text()))
		}
	}
	return n
}
