package answer

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"wenshu/semantic"
)

var noon = time.Date(2026, 7, 15, 12, 0, 0, 0, time.UTC)

// drawn builds a result from words: T12 is a month axis of 12 months, C5 a
// category of five members, O5 one with a natural order, Y7 weekdays, N30 the
// values of a number, B8 buckets of one, A12 a column of years; M+ is an
// additive amount, M- one with negatives, M/ a percentage, M~ an average, Mu
// an additive amount of another unit. The rows are all combinations of groups.
// With list50 they are 50 rows of a table: its columns are Rx and Ry, amounts,
// R-, one with negatives, Rn, a number that is no amount, R3, a category of
// three, and what the rows are called.
func drawn(t testing.TB, spec []string) (*result, intent) {
	t.Helper()
	p := &semantic.Plan{Query: &semantic.Query{}, Model: &semantic.Model{}}
	r, in := &result{plan: p}, intent{}
	var sizes []int
	for _, word := range spec {
		n, _ := strconv.Atoi(word[1:])
		switch {
		case word == "share":
			in.share = true
		case word == "compare":
			in.compare = true
		case word == "spread":
			in.spread = true
		case word == "driver":
			in.driver = true
		case word == "steps":
			in.steps = true
		case word == "target":
			in.target = true
		case word == "exact":
			in.exact = true
		case word == "panels":
			in.panels = true
		case word == "empty":
		case word == "list":
			p.Rows = &semantic.RowsPlan{}
			p.Columns = append(p.Columns, detailColumn("Rname"))
			sizes = append(sizes, 5)
		case strings.HasPrefix(word, "list"):
			p.Rows = &semantic.RowsPlan{}
			p.Columns = append(p.Columns, detailColumn("Rname"))
			n, _ = strconv.Atoi(word[4:])
			sizes = append(sizes, n)
		case strings.HasPrefix(word, "R"):
			p.Columns = append(p.Columns, detailColumn(word))
		case strings.HasPrefix(word, "wish="):
			in.wish = ChartKind(word[5:])
			in.relation = in.wish == ScatterChart || in.wish == BubbleChart
			in.spread = in.spread || in.wish == Histogram
		case strings.HasPrefix(word, "M"):
			p.Columns = append(p.Columns, metricColumn(word, len(p.Columns)-len(p.Keys)))
		default:
			c := groupColumn(t, word, len(p.Keys))
			p.Columns = append(p.Columns, c)
			p.Keys = append(p.Keys, semantic.Key{Name: c.Name, Dimension: c.Dimension, Grain: c.Grain, Type: c.Type})
			sizes = append(sizes, n)
		}
	}
	combine(r, sizes, nil)
	return r, in
}

// detailColumn is a column of rows: a name, a category or a number.
func detailColumn(word string) semantic.OutColumn {
	d := &semantic.Dimension{Name: word, Type: semantic.ColumnType{Kind: semantic.Int}, Sum: "avg"}
	switch word {
	case "Rname":
		d.Type.Kind, d.Key, d.Sum = semantic.Text, true, ""
	case "Rn":
		d.Sum = ""
	case "Rx", "Ry", "R-":
	default:
		d.Type.Kind, d.Sum = semantic.Text, ""
	}
	return semantic.OutColumn{Name: word, Key: -1, Slot: -1, Role: semantic.DetailColumn, Dimension: d, Type: d.Type}
}

func groupColumn(t testing.TB, word string, key int) semantic.OutColumn {
	c := semantic.OutColumn{Name: word, Key: key, Slot: -1, Type: semantic.ColumnType{Kind: semantic.Text}, Dimension: &semantic.Dimension{Name: "d" + strconv.Itoa(key)}}
	switch word[0] {
	case 'T':
		c.Grain, c.Type.Kind = semantic.Grain{Unit: semantic.Month}, semantic.Date
	case 'Y':
		c.Grain, c.Type.Kind = semantic.Grain{Cyclic: semantic.DayOfWeek}, semantic.Int
	case 'O':
		c.Dimension.Order = true
	case 'N':
		c.Type.Kind = semantic.Int
	case 'B':
		c.Type.Kind, c.Dimension = semantic.Float, nil
	case 'A':
		c.Type.Kind = semantic.Int
		c.Dimension.Type.Kind, c.Dimension.Names.Label.EN = semantic.Int, "model year"
	case 'C':
	default:
		t.Fatalf("no such column: %s", word)
	}
	return c
}

func metricColumn(word string, slot int) semantic.OutColumn {
	c := semantic.OutColumn{Name: word, Key: -1, Slot: slot, Role: semantic.ValueColumn, Type: semantic.ColumnType{Kind: semantic.Decimal, Scale: 2}, Unit: "CNY", Additive: true, Base: -1}
	switch word {
	case "M/":
		c.Unit, c.Format.Style, c.Additive, c.Type.Kind = "", "percent", false, semantic.Float
	case "M~":
		c.Additive, c.Type.Kind = false, semantic.Float
	case "Mu":
		c.Unit = "kg"
	case "Me":
		c.Role, c.Against = semantic.EarlierColumn, 1
	case "Mg":
		c.Role, c.Against, c.Additive, c.Type.Kind = semantic.GrowthColumn, 1, false, semantic.Float
	case "M%":
		c.Role, c.Additive, c.Type.Kind = semantic.ShareColumn, false, semantic.Float
	}
	return c
}

// combine makes a row of every combination of groups.
func combine(r *result, sizes []int, picked []int) {
	if len(picked) < len(sizes) {
		for i := range sizes[len(picked)] {
			combine(r, sizes, append(picked[:len(picked):len(picked)], i))
		}
		return
	}
	row := make([]semantic.Value, len(r.plan.Columns))
	for i, c := range r.plan.Columns {
		at := (len(r.rows)*7+i)%11 + 1
		switch {
		case c.Key >= 0 && c.Grain.Unit != semantic.NoUnit:
			row[i] = semantic.DateValue(time.Date(2025, time.Month(1+picked[c.Key]), 1, 0, 0, 0, 0, time.UTC))
		case c.Key >= 0 && c.Grain.Cyclic != semantic.NoCycle:
			row[i] = semantic.IntValue(int64(picked[c.Key] + 1))
		case c.Key >= 0 && (c.Type.Kind == semantic.Int || c.Type.Kind == semantic.Float):
			row[i] = semantic.IntValue(int64(100 + 7*picked[c.Key]))
		case c.Role == semantic.DetailColumn:
			row[i] = detailCell(c.Name, len(r.rows))
		case c.Key >= 0:
			row[i] = semantic.TextValue(fmt.Sprintf("m%02d", picked[c.Key]))
		case c.Name == "M-" && len(r.rows) == 0:
			row[i] = semantic.DecimalValue(-500, 2)
		case c.Type.Kind == semantic.Float:
			row[i] = semantic.FloatValue(float64(at) / 8)
		default:
			row[i] = semantic.DecimalValue(int64(at*100), 2)
		}
	}
	r.rows = append(r.rows, row)
}

func detailCell(column string, row int) semantic.Value {
	switch column {
	case "Rname":
		return semantic.TextValue(fmt.Sprintf("n%03d", row))
	case "Rx":
		return semantic.IntValue(int64(row * 13 % 47))
	case "Ry", "Rn":
		return semantic.IntValue(int64(row % 9))
	case "R-":
		return semantic.IntValue(int64(row%9 - 4))
	}
	n, _ := strconv.Atoi(column[1:])
	return semantic.TextValue(fmt.Sprintf("c%02d", row%max(n, 1)))
}

// TestChartRules draws the golden table: what is there -> the kind, its reason
// and, for a wish, why it was refused.
func TestChartRules(t *testing.T) {
	f, err := os.Open("testdata/charts.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for scan, line := bufio.NewScanner(f), 1; scan.Scan(); line++ {
		spec, want, ok := strings.Cut(scan.Text(), "->")
		if !ok {
			continue
		}
		r, in := drawn(t, strings.Fields(spec))
		if strings.Contains(spec, "empty") {
			r.rows = nil
		}
		c := draw(r, in)
		got := string(c.Kind) + " " + c.Reason
		if c.Refused != nil {
			got += " " + c.Refused.Reason
		}
		if got != strings.Join(strings.Fields(want), " ") {
			t.Errorf("charts.txt:%d: %s is drawn as %s, want %s", line, strings.TrimSpace(spec), got, strings.TrimSpace(want))
		}
		n++
	}
	if n < 150 {
		t.Errorf("only %d cases", n)
	}
}

func draw(r *result, in intent) *Chart {
	b := &book{w: englishWords, model: r.plan.Model}
	return b.chart(r, b.table(r), in, noon)
}

// TestChartsHoldTheirPromises draws random results: the kind is legal, the
// drawing does not depend on the order of rows, and shapes hold together.
func TestChartsHoldTheirPromises(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	groups := []string{"T1", "T2", "T6", "T12", "T30", "C1", "C3", "C6", "C7", "C8", "C20", "C35", "C60", "O5", "Y7", "N4", "N30", "N70", "B8", "A5", "A20"}
	columns := []string{"Rx", "Ry", "R-", "Rn", "R3", "R12"}
	metrics := []string{"M+", "M+", "M-", "M/", "M~", "Mu", "Me", "Mg", "M%"}
	intents := []string{"share", "compare", "spread", "exact", "driver", "target", "steps", "panels"}
	for range 2000 {
		var spec []string
		if rnd.IntN(4) == 0 {
			spec = append(spec, []string{"list5", "list50"}[rnd.IntN(2)])
			for range 1 + rnd.IntN(4) {
				spec = append(spec, columns[rnd.IntN(len(columns))])
			}
			if rnd.IntN(3) > 0 {
				spec = append(spec, "wish="+string(chartKinds[rnd.IntN(len(chartKinds))]))
			}
			holdsPromises(t, rnd, spec)
			continue
		}
		for range rnd.IntN(3) {
			spec = append(spec, groups[rnd.IntN(len(groups))])
		}
		for range rnd.IntN(4) {
			spec = append(spec, metrics[rnd.IntN(len(metrics))])
		}
		if len(spec) == 0 {
			continue
		}
		if rnd.IntN(2) == 0 {
			spec = append(spec, intents[rnd.IntN(len(intents))])
		}
		if rnd.IntN(2) == 0 {
			spec = append(spec, "wish="+string(chartKinds[rnd.IntN(len(chartKinds))]))
		}
		holdsPromises(t, rnd, spec)
	}
}

func holdsPromises(t *testing.T, rnd *rand.Rand, spec []string) {
	r, in := drawn(t, spec)
	c := draw(r, in)
	s := shapeOf(r, in)
	if why := s.illegal(c.Kind); why != "" {
		t.Fatalf("%v: %s is drawn, which is illegal: %s", spec, c.Kind, why)
	}
	for _, k := range c.Offered {
		if why := s.illegal(k); why != "" || k == c.Kind {
			t.Fatalf("%v: %s is offered beside %s: %s", spec, k, c.Kind, why)
		}
	}
	if in.wish != "" && s.illegal(in.wish) == "" && c.Kind != in.wish {
		t.Fatalf("%v: the wish is legal, %s was drawn", spec, c.Kind)
	}
	if c.Score <= 0 || c.Score > 1 || c.Reason == "" {
		t.Fatalf("%v: score %v, reason %q", spec, c.Score, c.Reason)
	}
	for _, series := range c.Series {
		if len(c.Labels) > 0 && len(series.Cells) != len(c.Labels) {
			t.Fatalf("%v: %d cells for %d labels", spec, len(series.Cells), len(c.Labels))
		}
	}
	rnd.Shuffle(len(r.rows), func(i, j int) { r.rows[i], r.rows[j] = r.rows[j], r.rows[i] })
	a, _ := json.Marshal(c)
	b, _ := json.Marshal(draw(r, in))
	if string(a) != string(b) {
		t.Fatalf("%v: the order of rows changes the chart:\n%s\n%s", spec, a, b)
	}
}

func TestChartOthersAddUp(t *testing.T) {
	r, in := drawn(t, []string{"C35", "M+"})
	c := draw(r, in)
	if c.Cut == nil || !c.Cut.Others || c.Cut.Of != 35 || len(c.Labels) != 21 {
		t.Fatalf("cut %+v, %d labels", c.Cut, len(c.Labels))
	}
	var all, shown []semantic.Value
	for _, row := range r.rows {
		all = append(all, row[1])
	}
	for _, cell := range c.Series[0].Cells {
		shown = append(shown, cell.v)
	}
	a, _ := sum(all)
	b, _ := sum(shown)
	if a.String() != b.String() {
		t.Errorf("the bars add up to %s, the rows to %s", b, a)
	}
}

// TestOthersNeedEveryPart: where a value is made of rows of several tables and a
// group lacks some, the rest is no whole.
func TestOthersNeedEveryPart(t *testing.T) {
	for _, missing := range []bool{false, true} {
		r, in := drawn(t, []string{"C35", "M+"})
		if r.plan.Columns[1].NullsHide = true; missing {
			r.rows[30][1] = semantic.Value{}
		}
		if c := draw(r, in); c.Cut == nil || c.Cut.Others == missing {
			t.Errorf("missing %v: cut %+v", missing, c.Cut)
		}
	}
}

// TestBoxesAreValuesOfTheirGroup: the five numbers of a box are values of its
// rows, in order; of the first rows of many no box is drawn.
func TestBoxesAreValuesOfTheirGroup(t *testing.T) {
	r, in := drawn(t, strings.Fields("list50 R3 Rx wish=box"))
	c := draw(r, in)
	if len(c.Series) != 5 || len(c.Labels) != 3 {
		t.Fatalf("%d series for %d labels", len(c.Series), len(c.Labels))
	}
	groups := map[string][]float64{}
	b := &book{w: englishWords, model: r.plan.Model}
	for _, row := range r.rows {
		member := b.valueText(r.plan.Columns[1], row[1])
		groups[member] = append(groups[member], float(row[2]))
	}
	for i, l := range c.Labels {
		values := groups[l.Text]
		slices.Sort(values)
		n := len(values)
		want := []float64{values[0], values[(n+3)/4-1], values[(n+1)/2-1], values[(3*n+3)/4-1], values[n-1]}
		for j := range c.Series {
			if got := float(c.Series[j].Cells[i].v); got != want[j] {
				t.Errorf("%s of %s is %v, want %v of %v", c.Series[j].Name, l.Text, got, want[j], values)
			}
		}
	}
	r.truncated = true
	if c := draw(r, in); c.Kind != TableChart || c.Refused == nil || c.Refused.Reason != "some_rows" {
		t.Errorf("of some rows: %+v", c)
	}
}

// TestRowsOfNoGroupAreNamed: rows without a member are a group beside the others
// and have its name.
func TestRowsOfNoGroupAreNamed(t *testing.T) {
	for _, wish := range []string{"box", "strip"} {
		r, in := drawn(t, []string{"list50", "R3", "Rx", "wish=" + wish})
		for i := range 10 {
			r.rows[i][1] = semantic.Value{}
		}
		named := map[string]bool{}
		for _, l := range draw(r, in).Labels {
			named[cmp.Or(l.Group, l.Text)] = true
		}
		if !named[englishWords.NullName] || named[NullText] {
			t.Errorf("%s: %v", wish, named)
		}
	}
}

func TestChartGapsAndRunningPeriod(t *testing.T) {
	r, in := drawn(t, []string{"T30", "M+"})
	r.rows = append(r.rows[:5:5], r.rows[10:19]...) // to July 2026, without June to October 2025
	c := draw(r, in)
	if len(c.Labels) != 19 || c.Series[0].Cells[5].Value != nil || c.Series[0].Cells[5].Text != NullText {
		t.Errorf("%d labels, cell 5 is %+v", len(c.Labels), c.Series[0].Cells[5])
	}
	if c.Incomplete != 18 {
		t.Errorf("the running period is %d", c.Incomplete)
	}
}
