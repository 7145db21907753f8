package warehouse

import (
	"unsafe"

	"wenshu/semantic"
)

// Table is a result. Who receives one owns it; nothing in this package keeps
// or changes it afterwards.
type Table struct {
	Columns   []Column
	Rows      [][]semantic.Value // each as long as Columns
	Truncated bool               // there were more rows than allowed; these are the first
	Totals    *Table             // the one row of the grand totals, at its own grain; nil when the program asks for none
}

// Column is one column of a Table. Every value in it is null or of the kind of
// Type; a decimal has the scale of Type unless it was computed.
type Column struct {
	Name string
	Type semantic.ColumnType
}

// cellBytes is the size of a semantic.Value in memory.
const cellBytes = int64(unsafe.Sizeof(semantic.Value{}))

// bytesOf estimates what a row holds in memory: the cells, and the text that
// they point to.
func bytesOf(row []semantic.Value) int64 {
	n := int64(len(row)) * cellBytes
	for _, v := range row {
		if v.Kind() == semantic.Text {
			n += int64(len(v.Text()))
		}
	}
	return n
}
