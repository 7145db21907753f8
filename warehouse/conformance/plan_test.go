package conformance

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen"
	"wenshu/warehouse"
)

// The plans below are written by hand: they hold the compiler to what a plan
// says, whatever the binder makes of a question.

var (
	textType  = semantic.ColumnType{Kind: semantic.Text}
	intType   = semantic.ColumnType{Kind: semantic.Int}
	floatType = semantic.ColumnType{Kind: semantic.Float}
	dateType  = semantic.ColumnType{Kind: semantic.Date}
)

func table(name string) *semantic.Table {
	return &semantic.Table{Name: name, Warehouse: "w", Source: name}
}

func column(scan int, name string, t semantic.ColumnType) semantic.Column {
	return semantic.Column{Scan: scan, Name: name, Type: t}
}

// scan joins a table on pairs of "column" or "from=to"; columns are those that
// the plan reads.
func scan(name string, parent int, on, columns string) semantic.Scan {
	s := semantic.Scan{Table: table(name), Parent: parent, Columns: strings.Fields(columns)}
	for _, pair := range strings.Fields(on) {
		from, to, ok := strings.Cut(pair, "=")
		if !ok {
			to = from
		}
		s.On = append(s.On, semantic.ColumnPair{From: from, To: to})
	}
	return s
}

func home(name, columns string) semantic.Scan { return scan(name, -1, "", columns) }

func measure(f string, arg semantic.Expr, t semantic.ColumnType) semantic.Measure {
	return semantic.Measure{Func: f, Arg: arg, Type: t}
}

func lit(v any) semantic.Lit {
	switch v := v.(type) {
	case int:
		return semantic.Lit{Value: semantic.IntValue(int64(v))}
	case float64:
		return semantic.Lit{Value: semantic.FloatValue(v)}
	case string:
		return semantic.Lit{Value: semantic.TextValue(v)}
	case bool:
		return semantic.Lit{Value: semantic.BoolValue(v)}
	}
	return semantic.Lit{}
}

func op(l semantic.Expr, o semantic.Op, r semantic.Expr) semantic.Expr {
	return semantic.Binary{Op: o, L: l, R: r}
}

func between(x semantic.Expr, from, to string) semantic.Expr {
	r := semantic.TimeRange{X: x, Type: dateType}
	for _, end := range []struct {
		day string
		to  *semantic.Value
	}{{from, &r.Start}, {to, &r.End}} {
		if end.day != "" {
			*end.to = semantic.TimestampValue(date(end.day).Time())
		}
	}
	return r
}

func date(s string) semantic.Value {
	var y, m, d int
	fmt.Sscanf(s, "%d-%d-%d", &y, &m, &d)
	return semantic.DateValue(day(y, time.Month(m), d))
}

func month(x semantic.Expr) semantic.Expr {
	return semantic.Trunc{X: x, Type: dateType, Grain: semantic.Grain{Unit: semantic.Month}}
}

// simple completes a plan: keys of a type each, one slot per measure of each
// branch, a column for each key and slot, sorted by all keys.
func simple(keys []semantic.Key, branches ...semantic.Branch) *semantic.Plan {
	p := &semantic.Plan{Model: &semantic.Model{}, Keys: keys, Branches: branches}
	for i := range p.Branches {
		b := &p.Branches[i]
		if b.Source == "" {
			b.Source = "w"
		}
		ms := b.Measures
		if b.Inner != nil {
			ms = b.Inner.Outer
		}
		for j, m := range ms {
			p.Slots = append(p.Slots, semantic.FromBranch{Branch: i, Measure: j, ZeroFill: strings.HasPrefix(m.Func, "count"), Type: m.Type})
		}
	}
	for i, k := range keys {
		p.Columns = append(p.Columns, semantic.OutColumn{Name: fmt.Sprint("k", i), Key: i, Slot: -1, Type: k.Type})
		p.Order = append(p.Order, semantic.Order{Slot: -1, Key: i})
	}
	for i := range p.Slots {
		show(p, i, semantic.ColumnType{})
	}
	return p
}

func show(p *semantic.Plan, slot int, t semantic.ColumnType) {
	if f, ok := p.Slots[slot].(semantic.FromBranch); ok {
		t = f.Type
	}
	p.Columns = append(p.Columns, semantic.OutColumn{Name: fmt.Sprint("v", slot), Key: -1, Slot: slot, Type: t})
}

// computed appends a slot and shows it.
func computed(p *semantic.Plan, d semantic.SlotDef, t semantic.ColumnType) {
	p.Slots = append(p.Slots, d)
	show(p, len(p.Slots)-1, t)
}

func keyed(types ...semantic.ColumnType) []semantic.Key {
	keys := make([]semantic.Key, len(types))
	for i, t := range types {
		keys[i].Type = t
	}
	return keys
}

func months() []semantic.Key {
	return []semantic.Key{{Type: dateType, Grain: semantic.Grain{Unit: semantic.Month}, Axis: true}}
}

func dialectsOf(sources warehouse.Sources) map[string]string {
	dialects := map[string]string{}
	for name, s := range sources {
		dialects[name] = s.Dialect()
	}
	return dialects
}

// rowsOf compiles and runs a plan; cells are joined by a bar, null is a dash.
func rowsOf(t *testing.T, sources warehouse.Sources, p *semantic.Plan) []string {
	t.Helper()
	program, err := sqlgen.Compile(p, dialectsOf(sources))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range program.Statements {
		text, err := s.Check()
		if err != nil {
			t.Fatalf("%v in\n%s", err, s.SQL)
		}
		if text != s.SQL {
			t.Errorf("Check changes\n%s\ninto\n%s", s.SQL, text)
		}
		if os.Getenv("SHOW_SQL") != "" {
			t.Logf("%s\n%v", s.SQL, s.Args)
		}
	}
	result, _, err := sources.Run(t.Context(), program)
	if err != nil {
		t.Fatalf("%v\n%v\n%s", err, unwrapAll(err), program.Statements[0].SQL)
	}
	var rows []string
	for _, row := range result.Rows {
		rows = append(rows, rowText(row))
	}
	return rows
}

func rowText(row []semantic.Value) string {
	var cells []string
	for _, v := range row {
		text := v.String()
		if v.IsNull() {
			text = "-"
		}
		if f, ok := v.Float(); ok && v.Kind() == semantic.Float {
			text = fmt.Sprintf("%.4g", f)
		}
		cells = append(cells, text)
	}
	return strings.Join(cells, "|")
}

func unwrapAll(err error) string {
	var all []string
	for err != nil {
		all = append(all, err.Error())
		u, ok := err.(interface{ Unwrap() error })
		if !ok {
			break
		}
		err = u.Unwrap()
	}
	return strings.Join(all, ": ")
}

// trapFixtures are the scripts of the trap collection by name; the test is
// skipped where the collection is not at hand.
func trapFixtures(t *testing.T) map[string]string {
	t.Helper()
	dir := os.Getenv("WENSHU_EVAL")
	if dir == "" {
		dir = "../../../shared/eval"
	}
	text, err := os.ReadFile(filepath.Join(dir, "traps", "traps.json"))
	if err != nil {
		t.Skipf("no trap collection: %v", err)
	}
	var collection struct{ Fixtures map[string]string }
	if err := json.Unmarshal(text, &collection); err != nil {
		t.Fatal(err)
	}
	return collection.Fixtures
}

// same compares rows in order, or as a set when unordered.
func same(got []string, want string, unordered bool) bool {
	list := strings.Fields(want)
	if unordered {
		got = append([]string{}, got...)
		sort.Strings(got)
		sort.Strings(list)
	}
	return strings.Join(got, "\n") == strings.Join(list, "\n")
}
