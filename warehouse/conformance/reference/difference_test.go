package reference

import (
	"fmt"
	"math"
	"math/big"
	"strings"

	"wenshu/semantic"
	"wenshu/warehouse"
)

// difference compares an answer with the product's rows; "" is none. Columns of
// values are met by their names, those of groups in order.
func difference(want *answer, p *semantic.Plan, got *warehouse.Table) string {
	text := rowsDiffer(want.rows, p, got)
	if text == "" && want.totals != nil {
		if got.Totals == nil {
			return "no totals"
		}
		text = rowsDiffer([]answerRow{*want.totals}, p.Totals, got.Totals)
	}
	if text == "" {
		return ""
	}
	return text + "\n--- got\n" + shownRows(got) + "--- want\n" + wantedRows(want, p)
}

func rowsDiffer(want []answerRow, p *semantic.Plan, got *warehouse.Table) string {
	if len(want) != len(got.Rows) {
		return fmt.Sprintf("%d rows, want %d", len(got.Rows), len(want))
	}
	shown := shownKeys(p)
	for i, r := range want {
		for j, col := range p.Columns {
			x, ok := wanted(r, j, col, shown)
			if !ok {
				return fmt.Sprintf("column %s is not known", col.Name)
			}
			if !equal(x, got.Rows[i][j], col.Type) {
				return fmt.Sprintf("row %d: %s is %s, want %s", i+1, col.Name, got.Rows[i][j], x)
			}
		}
	}
	return ""
}

// shownKeys are the places of the plan's keys; the evaluator's groups have the
// same cells in the same order.
func shownKeys(p *semantic.Plan) int { return len(p.Keys) }

func wanted(r answerRow, j int, col semantic.OutColumn, keys int) (cell, bool) {
	if r.cells != nil {
		if j >= len(r.cells) {
			return null, false
		}
		return r.cells[j], true
	}
	if col.Key >= 0 {
		if len(r.key) != keys {
			return null, false
		}
		return r.key[col.Key], true
	}
	x, ok := r.named[col.Name]
	return x, ok
}

// equal compares exactly, and doubles within 1e-9.
func equal(want cell, got semantic.Value, t semantic.ColumnType) bool {
	switch {
	case want.isNull() || got.IsNull():
		return want.isNull() && got.IsNull()
	case want.kind == 'n':
		return equalNumbers(want, got)
	case want.kind == 't':
		return (got.Kind() == semantic.Date || got.Kind() == semantic.Timestamp) && got.Time().Unix() == want.at
	case want.kind == 'b':
		return got.Kind() == semantic.Bool && got.Bool() == (want.at == 1)
	}
	return got.Kind() == semantic.Text && got.Text() == want.text
}

func equalNumbers(want cell, got semantic.Value) bool {
	if n, scale, ok := got.Unscaled(); ok {
		den := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
		return new(big.Rat).SetFrac(n, den).Cmp(want.num) == 0
	}
	f, ok := got.Float()
	x, _ := want.num.Float64()
	return ok && (want.soft || f == 0) && math.Abs(f-x) <= 1e-9*max(1, math.Abs(f), math.Abs(x))
}

func shownRows(t *warehouse.Table) string {
	var b strings.Builder
	for _, r := range t.Rows {
		for i, v := range r {
			b.WriteString(word(i > 0, " | "))
			if v.IsNull() {
				b.WriteString("-")
			} else {
				b.WriteString(v.String())
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func wantedRows(want *answer, p *semantic.Plan) string {
	var b strings.Builder
	for _, r := range want.rows {
		for j, col := range p.Columns {
			x, _ := wanted(r, j, col, shownKeys(p))
			b.WriteString(word(j > 0, " | ") + x.String())
		}
		b.WriteString("\n")
	}
	return b.String()
}
