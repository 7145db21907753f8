package answer

import (
	"fmt"
	"strings"
	"unicode"
)

// Verify reports whether every number of the sentence stands in a span, and
// every cell span shows a cell of the table: its text, its compact form, or its
// size. An answer that fails has a fault of ours in it.
func (a *Answer) Verify() error {
	last := 0
	for _, span := range a.Sentence.Spans {
		if span.Start < last || span.End < span.Start || span.End > len(a.Sentence.Text) {
			return fmt.Errorf("sentence %q: span %d..%d is out of order", a.Sentence.Text, span.Start, span.End)
		}
		if err := wordless(a.Sentence.Text[last:span.Start]); err != nil {
			return fmt.Errorf("sentence %q: %w", a.Sentence.Text, err)
		}
		if err := a.verifySpan(span); err != nil {
			return fmt.Errorf("sentence %q: %w", a.Sentence.Text, err)
		}
		last = span.End
	}
	return wordless(a.Sentence.Text[last:])
}

func wordless(s string) error {
	if i := strings.IndexFunc(s, unicode.IsDigit); i >= 0 {
		return fmt.Errorf("a number outside of every span in %q", s)
	}
	return nil
}

func (a *Answer) verifySpan(span Span) error {
	if span.Kind != CellSpan && span.Kind != SizeSpan {
		return nil
	}
	if a.Table == nil || span.Row >= len(a.Table.Rows) || span.Col >= len(a.Table.Columns) {
		return fmt.Errorf("span %d..%d points at no cell", span.Start, span.End)
	}
	cell, shown := a.Table.Rows[span.Row][span.Col], a.Sentence.Text[span.Start:span.End]
	v := cell.v
	if span.Kind == SizeSpan {
		v = absolute(v)
	}
	f := formatOf(a.Table.Columns[span.Col].out, a.Table.look)
	if shown != cell.Text && shown != f.shortText(wordsFor(a.Lang), v) {
		return fmt.Errorf("%q is not what the cell %q reads", shown, cell.Text)
	}
	return nil
}
