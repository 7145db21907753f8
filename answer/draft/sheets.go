package draft

import (
	"slices"
	"strings"
)

// The bounds of a table that describes the columns of the others.
const (
	leastDescribed = 3  // rows
	describedShare = 90 // percent of the rows that must name a column of the database
)

// readSheets takes the notes of a table that describes the columns of the others,
// cust | dob | YYYYMMDD, for those of the catalogue, where it has none, and leaves the
// table out: it holds nothing that anybody would count.
func (d *drafting) readSheets() {
	d.tables = slices.DeleteFunc(d.tables, func(t *table) bool {
		at, in, note := d.describing(t)
		if note == nil {
			return false
		}
		for i := range in.inRows {
			d.noteOf(at.inRows[i], in.inRows[i], strings.TrimSpace(note.inRows[i]))
		}
		delete(d.byName, strings.ToLower(t.schema.Name))
		d.notes = append(d.notes, t.schema.Name+": describes the columns of other tables: read as their notes")
		return true
	})
}

// describing are the columns of a table that name a table, a column of it and what that
// holds; note is nil where the table describes nothing.
func (d *drafting) describing(t *table) (at, in, note *column) {
	if !t.whole || t.rows < leastDescribed || len(t.columns) < 3 {
		return nil, nil, nil
	}
	for _, a := range t.columns {
		for _, b := range t.columns {
			if a != b && d.names(a, b) {
				at, in = a, b
			}
		}
	}
	if in == nil {
		return nil, nil, nil
	}
	for _, c := range t.columns {
		if c != at && c != in && c.wordy() && (note == nil || c.averageLength() > note.averageLength()) {
			note = c
		}
	}
	return at, in, note
}

// names reports whether the rows of one column name tables of the database and those of
// another the columns of these.
func (d *drafting) names(a, b *column) bool {
	found := int64(0)
	for i, name := range a.inRows {
		t := d.byName[strings.ToLower(strings.TrimSpace(name))]
		if t != nil && t != a.table && (b.inRows[i] == "" || t.called(b.inRows[i]) != nil) {
			found++
		}
	}
	return found*100 >= a.table.rows*describedShare && len(b.values) > 1
}

// wordy reports whether some texts of a column hold letters and spaces, or Chinese.
func (c *column) wordy() bool {
	return slices.ContainsFunc(c.values, func(v string) bool { return strings.Contains(strings.TrimSpace(v), " ") || hasHan(v) })
}

// called is the column of a table by its name in any case.
func (t *table) called(name string) *column {
	at := slices.IndexFunc(t.columns, func(c *column) bool { return strings.EqualFold(c.schema.Name, strings.TrimSpace(name)) })
	if at < 0 {
		return nil
	}
	return t.columns[at]
}

// noteOf puts a note beside a column, or a table where no column is named, that has none.
func (d *drafting) noteOf(tableName, columnName, note string) {
	t := d.byName[strings.ToLower(strings.TrimSpace(tableName))]
	if t == nil || note == "" {
		return
	}
	if strings.TrimSpace(columnName) == "" {
		if t.schema.Comment == "" {
			t.schema.Comment = note
		}
		return
	}
	if c := t.called(columnName); c != nil && c.schema.Comment == "" {
		c.schema.Comment = note
	}
}
