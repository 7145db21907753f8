package reference

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"testing"

	"wenshu/semantic"
	"wenshu/warehouse"
)

// The laws below hold whatever the evaluator thinks: they compare the product
// with itself. Each is tried on random cases and counts those it applied to.

// law compares what a query gives with what it must give after a change. It
// says what is wrong, and whether it applied.
type law func(t *testing.T, dir string, d dice, w *world, q *query) (wrong string, applied bool)

func TestLaws(t *testing.T) {
	laws := []struct {
		name string
		law  law
	}{
		{"groups add up to the whole", groupsAddUp},
		{"what may be added is the whole", additiveAddsUp},
		{"a join that nothing uses changes nothing", unusedJoin},
		{"rules are as if their rows were not there", rulesAreAbsence},
		{"a rule adds no rows to a list", rulesAddNothing},
		{"the order of items changes that of columns alone", itemsPermute},
		{"several sources give what one gives", sourcesSplit},
	}
	for _, l := range laws {
		t.Run(l.name, func(t *testing.T) {
			dir, applied, worlds := t.TempDir(), 0, *cases/400
			// Laws that seldom apply are tried in more worlds.
			for n := 0; n < worlds || applied < worlds && n < 10*worlds; n++ {
				d := newDice(*seed + uint64(500000+n))
				w := randomWorld(d)
				for range 10 {
					q := randomQuery(d, w)
					wrong, ok := l.law(t, dir, d, w, q)
					if wrong != "" {
						t.Fatalf("%s\n%s\n%s%s", w.yaml(), q.line(), w.data(), wrong)
					}
					if ok {
						applied++
					}
				}
			}
			if applied < worlds {
				t.Errorf("applied to %d cases alone", applied)
			}
		})
	}
}

// ask gives the rows as texts, nil where the query is refused.
func ask(t *testing.T, dir string, w *world, line string, s seam) (*semantic.Plan, *warehouse.Table) {
	t.Helper()
	e, err := openEngine(dir, w)
	if err != nil {
		t.Fatal(err)
	}
	defer e.close()
	e.sources["split"] = e.sources["w"]
	p, table, err := e.run(line, w.viewer(), s)
	if _, ok := refused(err); ok {
		return nil, nil
	}
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return p, table
}

func rowTexts(t *warehouse.Table, columns []int) []string {
	var rows []string
	for _, r := range t.Rows {
		var cells []string
		for _, c := range columns {
			text := r[c].String()
			if f, ok := r[c].Float(); ok && r[c].Kind() == semantic.Float {
				text = fmt.Sprintf("%.7g", f+0)
			}
			cells = append(cells, text)
		}
		rows = append(rows, strings.Join(cells, "|"))
	}
	return rows
}

func allColumns(p *semantic.Plan) []int {
	var all []int
	for i := range p.Columns {
		all = append(all, i)
	}
	return all
}

func differ(a, b []string) string {
	if slices.Equal(a, b) {
		return ""
	}
	return fmt.Sprintf("%s\nis not\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
}

func groupsAddUp(t *testing.T, dir string, _ dice, w *world, q *query) (string, bool) {
	if q.list || len(q.by) == 0 || w.retention(q) != nil {
		return "", false // the periods since a first act are no group of a sum
	}
	home := homeNames(newEvaluator(w, q))[0]
	a := aggregate{fn: "sum", table: home, of: field{ref{home, nil, "price"}}}
	if multiplied(w, q, home) {
		return "", false
	}
	apart := &query{items: []item{{term: a, as: "i0"}}, by: q.by, where: q.where, during: q.during, on: q.on}
	whole := *apart
	whole.by = nil
	_, parts := ask(t, dir, w, apart.line(), seam{})
	_, sum := ask(t, dir, w, whole.line(), seam{})
	if parts == nil || sum == nil {
		return "", false
	}
	total, last := 0.0, len(parts.Columns)-1
	for _, r := range parts.Rows {
		f, _ := r[last].Float()
		total += f
	}
	want, _ := sum.Rows[0][0].Float()
	if math.Abs(total-want) > 1e-6*max(1, math.Abs(want)) {
		return fmt.Sprintf("groups add up to %v, the whole is %v", total, want), true
	}
	return "", true
}

// additiveAddsUp adds up every column that says it may be.
func additiveAddsUp(t *testing.T, dir string, _ dice, w *world, q *query) (string, bool) {
	if q.list || len(q.by) == 0 || len(q.during) > 1 {
		return "", false
	}
	apart, whole := *q, *q
	apart.having, apart.limit, apart.offset, apart.per, apart.sort, apart.show = nil, 0, 0, nil, nil, nil
	whole = apart
	whole.by, whole.fill = nil, ""
	p, parts := ask(t, dir, w, apart.line(), seam{})
	all, sum := ask(t, dir, w, whole.line(), seam{})
	if parts == nil || sum == nil {
		return "", false
	}
	applied := false
	for i, c := range p.Columns {
		j := slices.IndexFunc(all.Columns, func(o semantic.OutColumn) bool { return o.Name == c.Name })
		if !c.Additive || j < 0 || c.NullsHide && slices.ContainsFunc(parts.Rows, func(r []semantic.Value) bool { return r[i].IsNull() }) {
			continue
		}
		total := 0.0
		for _, r := range parts.Rows {
			f, _ := r[i].Float()
			total += f
		}
		applied = true
		if want, _ := sum.Rows[0][j].Float(); math.Abs(total-want) > 1e-6*max(1, math.Abs(want)) {
			return fmt.Sprintf("%s\n%s adds up to %v, the whole is %v", apart.line(), c.Name, total, want), true
		}
	}
	return "", applied
}

// multiplied reports a group or filter that lies beyond a multiplying join.
func multiplied(w *world, q *query, home string) bool {
	for _, g := range q.by {
		if g.axis || g.of.table == "" {
			continue
		}
		way, _, _ := w.wayTo(home, g.of)
		if slices.ContainsFunc(way, func(s step) bool { return s.many }) {
			return true
		}
	}
	return false
}

func unusedJoin(t *testing.T, dir string, _ dice, w *world, q *query) (string, bool) {
	p, before := ask(t, dir, w, q.line(), seam{})
	if before == nil {
		return "", false
	}
	wider := *w
	wider.tables = slices.Clone(w.tables)
	first := *w.tables[0]
	first.columns = append(slices.Clone(first.columns), column{name: "extra", kind: 'i'})
	first.joins = append(slices.Clone(first.joins), join{name: "unused", to: "spare", on: [][2]string{{"extra", "id"}}})
	wider.tables[0] = &first
	spare := &table{name: "spare", source: "w", key: []string{"id"}, display: "label",
		columns: []column{{name: "id", kind: 'i'}, {name: "label", kind: 's'}}}
	spare.rows = []row{{"id": number(1), "label": text("one")}}
	wider.tables = append(wider.tables, spare)
	_, after := ask(t, dir, &wider, q.line(), seam{})
	if after == nil {
		return "is refused with a table that nothing uses", true
	}
	return differ(rowTexts(after, allColumns(p)), rowTexts(before, allColumns(p))), true
}

func rulesAreAbsence(t *testing.T, dir string, d dice, w *world, q *query) (string, bool) {
	if len(w.rules) == 0 {
		w.addRules(d)
	}
	p, ruled := ask(t, dir, w, q.line(), seam{})
	_, absent := ask(t, dir, w.seen(), q.line(), seam{})
	if ruled == nil || absent == nil {
		return "", false
	}
	return differ(rowTexts(ruled, allColumns(p)), rowTexts(absent, allColumns(p))), true
}

func rulesAddNothing(t *testing.T, dir string, d dice, w *world, _ *query) (string, bool) {
	home := pick(d, w.tables)
	ruled := *w
	ruled.rules = []rule{{table: home.name, area: ref{table: home.name, name: "kind"}}}
	ruled.areas = []cell{text("a")}
	free := *w
	free.rules = nil
	line := "list " + home.name + ".id as i, " + home.name + ".kind as k from " + home.name
	p, few := ask(t, dir, &ruled, line, seam{})
	_, many := ask(t, dir, &free, line, seam{})
	all := rowTexts(many, allColumns(p))
	for _, r := range rowTexts(few, allColumns(p)) {
		if !slices.Contains(all, r) {
			return "with the rule there is " + r, true
		}
	}
	return "", true
}

func itemsPermute(t *testing.T, dir string, _ dice, w *world, q *query) (string, bool) {
	if len(q.items) < 2 || q.list {
		return "", false
	}
	turned := *q
	turned.items = slices.Clone(q.items)
	slices.Reverse(turned.items)
	if len(q.sort) == 0 {
		c := *q
		q = &c
		q.limit, turned.limit = 0, 0 // the first item decides the order
	}
	p, one := ask(t, dir, w, q.line(), seam{})
	o, other := ask(t, dir, w, turned.line(), seam{})
	if one == nil || other == nil {
		return "", false
	}
	a, b := rowTexts(one, byName(p)), rowTexts(other, byName(o))
	if len(q.sort) == 0 {
		sort.Strings(a)
		sort.Strings(b)
	}
	return differ(b, a), true
}

// byName lists the columns in order of their names.
func byName(p *semantic.Plan) []int {
	all := allColumns(p)
	slices.SortStableFunc(all, func(i, j int) int { return strings.Compare(p.Columns[i].Name, p.Columns[j].Name) })
	return all
}

func sourcesSplit(t *testing.T, dir string, _ dice, w *world, q *query) (string, bool) {
	p, one := ask(t, dir, w, q.line(), seam{})
	if one == nil || len(p.Branches) < 2 || holdsSet(p) {
		return "", false
	}
	_, several := ask(t, dir, w, q.line(), seam{plan: func(p *semantic.Plan) *semantic.Plan {
		c := copied(p)
		for i := range c.Branches {
			if i%2 == 1 && c.Branches[i].Source == "w" {
				c.Branches[i].Source = "split"
			}
		}
		return c
	}})
	if several == nil {
		return "", false
	}
	return differ(rowTexts(several, allColumns(p)), rowTexts(one, allColumns(p))), true
}

// holdsSet reports a plan with a set, which must be where it is used.
func holdsSet(p *semantic.Plan) bool {
	found := false
	look := func(e semantic.Expr) {
		semantic.Walk(e, func(e semantic.Expr) {
			_, is := e.(semantic.InPlan)
			found = found || is
		})
	}
	for _, b := range p.Branches {
		for _, e := range b.Where {
			look(e)
		}
		for _, m := range b.Measures {
			look(m.Where)
		}
		for _, s := range b.Scans {
			for _, r := range s.Rules {
				look(r)
			}
		}
	}
	return found
}
