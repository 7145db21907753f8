package main

import (
	"fmt"
	"strings"

	"golang.org/x/text/width"

	"wenshu/answer"
)

// maxPrinted is how many rows of a table a terminal shows.
const maxPrinted = 30

// printAnswer lays an answer out for a terminal.
func printAnswer(s streams, a *answer.Answer, sql bool) {
	p := printer{s}
	if a.Question != "" {
		p.line(p.bold("? " + a.Question))
	}
	p.paragraph(a.Sentence.Text)
	p.problems(a)
	if len(a.Chips) > 0 {
		parts := make([]string, len(a.Chips))
		for i, c := range a.Chips {
			parts[i] = c.Text
		}
		p.line(p.dim("= " + strings.Join(parts, " · ")))
	}
	if a.Table != nil && len(a.Table.Rows) > 0 && !said(a) {
		p.table(a.Table)
	}
	p.notes(a)
	p.choices(append(append([]answer.Choice{}, a.Choices...), a.Suggestions...))
	if a.QueryLine != "" {
		p.line(p.dim("> " + a.QueryLine))
	}
	if sql {
		for _, st := range a.SQL {
			p.line(p.dim("-- " + st.Source + " " + strings.Join(st.Args, ", ")))
			p.line(st.SQL)
		}
	}
	p.line("")
	for _, more := range a.More {
		printAnswer(s, more, sql)
	}
}

type printer struct{ streams }

func (p printer) line(text string) { fmt.Fprintln(p.out, text) }

func (p printer) paragraph(text string) {
	if text != "" {
		p.line(text)
	}
}

func (p printer) bold(text string) string { return p.styled("1", text) }
func (p printer) dim(text string) string  { return p.styled("2", text) }

func (p printer) styled(code, text string) string {
	if !p.color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (p printer) problems(a *answer.Answer) {
	for _, m := range a.Problems {
		if !strings.Contains(a.Sentence.Text, m.Text) {
			p.line(m.Text)
		}
	}
	for _, d := range a.Definitions {
		if a.Kind == answer.Defined && d.Description != "" && !strings.Contains(a.Sentence.Text, d.Description) {
			p.line(d.Label + ": " + d.Description)
		}
	}
}

func (p printer) notes(a *answer.Answer) {
	for _, w := range a.Warnings {
		p.line("! " + w.Text)
	}
	for _, as := range a.Assumptions {
		if as.What == "unnamed" || as.What == "nulls" {
			continue // stated with the answer elsewhere, or noise on a terminal
		}
		p.line(p.dim("* " + as.Text))
	}
}

func (p printer) choices(list []answer.Choice) {
	for i, c := range list {
		p.line(fmt.Sprintf("  %d. %s", i+1, c.Text))
		if c.Query != c.Text {
			p.line(p.dim("     > " + c.Query))
		}
	}
}

// said reports whether the table is one value that the sentence says in full.
func said(a *answer.Answer) bool {
	t := a.Table
	return len(t.Rows) == 1 && len(t.Columns) == 1 && strings.Contains(a.Sentence.Text, t.Rows[0][0].Text)
}

// table prints columns aligned by the width that characters take on a terminal.
func (p printer) table(t *answer.Table) {
	rows := [][]string{labels(t)}
	for i, r := range t.Rows {
		if i == maxPrinted {
			break
		}
		rows = append(rows, texts(r))
	}
	if t.Totals != nil {
		rows = append(rows, texts(t.Totals))
	}
	widths := make([]int, len(t.Columns))
	for _, r := range rows {
		for i, cell := range r {
			widths[i] = max(widths[i], cells(cell))
		}
	}
	for n, r := range rows {
		var b strings.Builder
		b.WriteString("  ")
		for i, cell := range r {
			gap := strings.Repeat(" ", widths[i]-cells(cell))
			if numeric(t.Columns[i]) {
				b.WriteString(gap + cell + "  ")
			} else {
				b.WriteString(cell + gap + "  ")
			}
		}
		text := strings.TrimRight(b.String(), " ")
		if n == 0 {
			text = p.dim(text)
		}
		p.line(text)
	}
	if left := len(t.Rows) - maxPrinted; left > 0 {
		p.line(p.dim(fmt.Sprintf("  … %d more rows", left)))
	}
}

func labels(t *answer.Table) []string {
	row := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		row[i] = c.Label
	}
	return row
}

func texts(r []answer.Cell) []string {
	row := make([]string, len(r))
	for i, c := range r {
		row[i] = oneLine(c.Text)
	}
	return row
}

// oneLine keeps control characters of data away from the terminal.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, text)
}

func numeric(c answer.Column) bool {
	return c.Type == "int" || c.Type == "decimal" || c.Type == "float"
}

// cells is the width of a text in terminal cells (Unicode Standard Annex #11).
func cells(text string) int {
	n := 0
	for _, r := range text {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
