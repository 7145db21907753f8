package asktest

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wenshu/answer"
)

// null is how scripts write a value that is not there.
const null = "—"

// gap parts cells.
var gap = regexp.MustCompile(`\s{2,}|\t`)

// rows compares the table with the rows of the script.
func (c *check) rows(e Expect) []string {
	got := tableRows(c.answer.Table)
	want, open := e.Block, false
	if n := len(want); n > 0 && want[n-1] == "…" {
		want, open = want[:n-1], true
	}
	holds := len(got) == len(want) || open && len(got) >= len(want)
	for i, line := range want {
		holds = holds && i < len(got) && sameRow(gap.Split(line, -1), got[i])
	}
	if holds {
		return nil
	}
	lines := []string{"rows"}
	for i, row := range got {
		if open && i >= len(want) {
			break
		}
		lines = append(lines, strings.Join(row, "  "))
	}
	if open {
		lines = append(lines, "…")
	}
	return lines
}

// tableRows are the values of a table as text.
func tableRows(t *answer.Table) [][]string {
	if t == nil {
		return nil
	}
	rows := make([][]string, len(t.Rows))
	for i, row := range t.Rows {
		for _, cell := range row {
			text := null
			if cell.Value != nil {
				text = *cell.Value
			}
			rows[i] = append(rows[i], text)
		}
	}
	return rows
}

func sameRow(want, got []string) bool { return slices.EqualFunc(want, got, sameCell) }

// sameCell compares numbers by value: equal to nine digits, since ratios are
// floats and hand-written SQL may add up in another order.
func sameCell(want, got string) bool {
	if want == got {
		return true
	}
	a, err := strconv.ParseFloat(want, 64)
	if err != nil {
		return false
	}
	b, err := strconv.ParseFloat(got, 64)
	return err == nil && math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b))
}

// sqlIs compares the table with what SQL written by hand returns. Columns meet
// by name when every column of the SQL is named as one of the answer, else by
// place. Rows meet in order when the SQL orders them.
func (c *check) sqlIs(e Expect) []string {
	sql := strings.Join(e.Block, "\n")
	columns, raw, err := c.set.Query(c.ctx, e.Arg, sql)
	if err != nil {
		return []string{"sql-is " + e.Arg + ": " + err.Error()}
	}
	got := tableRows(c.answer.Table)
	if picks := byName(c.answer.Table, columns); picks != nil {
		for i, row := range got {
			var picked []string
			for _, p := range picks {
				picked = append(picked, row[p])
			}
			got[i] = picked
		}
	}
	want := make([][]string, len(raw))
	for i, row := range raw {
		for _, v := range row {
			text := null
			if v != nil {
				text = *v
			}
			want[i] = append(want[i], text)
		}
	}
	if !ordered.MatchString(sql) {
		slices.SortFunc(got, slices.Compare)
		slices.SortFunc(want, slices.Compare)
	}
	if slices.EqualFunc(want, got, sameRow) {
		return nil
	}
	return difference(want, got)
}

var ordered = regexp.MustCompile(`(?i)order\s+by[^()]*$`)

// byName are the answer's columns that the SQL names; nil unless it names one
// for each of its own.
func byName(t *answer.Table, columns []string) []int {
	var picks []int
	if t == nil {
		return nil
	}
	for _, name := range columns {
		i := slices.IndexFunc(t.Columns, func(col answer.Column) bool { return col.Name == name })
		if i < 0 {
			return nil
		}
		picks = append(picks, i)
	}
	return picks
}

// difference shows the first rows that differ.
func difference(want, got [][]string) []string {
	lines := []string{"sql-is: " + strconv.Itoa(len(want)) + " rows by hand, " + strconv.Itoa(len(got)) + " in the answer"}
	shown := 0
	for i := 0; i < max(len(want), len(got)) && shown < 5; i++ {
		var a, b []string
		if i < len(want) {
			a = want[i]
		}
		if i < len(got) {
			b = got[i]
		}
		if !sameRow(a, b) {
			lines = append(lines, "by hand: "+strings.Join(a, "  "), "answer:  "+strings.Join(b, "  "))
			shown++
		}
	}
	return lines
}
