package reference

import (
	"flag"
	"slices"
	"strings"
	"testing"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen"
)

var (
	seeded = flag.Bool("faults", false, "seed every fault and see that random cases notice it")
	alone  = flag.String("fault", "", "seed the faults whose names hold this text alone")
)

// fault is one mistake that a binder or a compiler could make. It is put between
// them, or behind the compiler, through the seam; a change that does not apply
// to a plan leaves it alone.
type fault struct {
	name string
	seam seam
}

// inPlan makes a fault of a change to a copy of the plan.
func inPlan(name string, change func(p *semantic.Plan)) fault {
	return fault{name, seam{plan: func(p *semantic.Plan) *semantic.Plan {
		c := copied(p)
		change(c)
		return c
	}}}
}

// inBranches makes a fault of a change to every branch.
func inBranches(name string, change func(b *semantic.Branch)) fault {
	return inPlan(name, func(p *semantic.Plan) {
		for i := range p.Branches {
			change(&p.Branches[i])
		}
	})
}

// inExprs makes a fault of a rewriting of every expression of the branches.
func inExprs(name string, change func(e semantic.Expr) semantic.Expr) fault {
	rewrite := func(list []semantic.Expr) {
		for i, e := range list {
			if e != nil {
				list[i] = semantic.Rewrite(e, change)
			}
		}
	}
	return inPlan(name, func(p *semantic.Plan) {
		for i := range p.Branches {
			rewrite(p.Branches[i].Keys)
			rewrite(p.Branches[i].Where)
		}
		if p.Rows != nil {
			rewrite(p.Rows.Where)
		}
	})
}

// inSQL makes a fault of a replacement in the text of every statement.
func inSQL(name, old, new string) fault {
	return fault{name, seam{program: func(p *sqlgen.Program) *sqlgen.Program {
		c := *p
		c.Statements = slices.Clone(p.Statements)
		for i := range c.Statements {
			c.Statements[i].SQL = strings.ReplaceAll(c.Statements[i].SQL, old, new)
		}
		return &c
	}}}
}

func copied(p *semantic.Plan) *semantic.Plan {
	c := *p
	c.Keys, c.Slots, c.Order = slices.Clone(p.Keys), slices.Clone(p.Slots), slices.Clone(p.Order)
	c.Branches = slices.Clone(p.Branches)
	for i := range c.Branches {
		b := &c.Branches[i]
		b.Scans, b.Keys = slices.Clone(b.Scans), slices.Clone(b.Keys)
		b.Where, b.Measures = slices.Clone(b.Where), slices.Clone(b.Measures)
	}
	if p.Rows != nil {
		rows := *p.Rows
		rows.Where, rows.Scans = slices.Clone(rows.Where), slices.Clone(rows.Scans)
		c.Rows = &rows
	}
	if p.Spine != nil {
		spine := *p.Spine
		c.Spine = &spine
	}
	return &c
}

// eachSlot changes the slots of one kind.
func eachSlot[T semantic.SlotDef](p *semantic.Plan, change func(T) semantic.SlotDef) {
	for i, s := range p.Slots {
		if x, ok := s.(T); ok {
			p.Slots[i] = change(x)
		}
	}
}

func ends(e semantic.Expr, move func(r *semantic.TimeRange)) semantic.Expr {
	r, ok := e.(semantic.TimeRange)
	if !ok {
		return nil
	}
	move(&r)
	return r
}

func later(v semantic.Value, d time.Duration) semantic.Value {
	if v.IsNull() {
		return v
	}
	return semantic.TimestampValue(v.Time().Add(d))
}

// faults lists the mistakes.
func faults() []fault {
	return slices.Concat(filterFaults(), joinFaults(), timeFaults(), calendarFaults(), measureFaults(), resultFaults(), kindFaults(), spanFaults(), cohortFaults())
}

func filterFaults() []fault {
	return []fault{
		inBranches("the last filter lost", func(b *semantic.Branch) {
			b.Where = b.Where[:max(0, len(b.Where)-1)]
		}),
		inBranches("the first filter lost", func(b *semantic.Branch) {
			b.Where = b.Where[min(1, len(b.Where)):]
		}),
		inBranches("a measure's filter lost", func(b *semantic.Branch) {
			for i := range b.Measures {
				b.Measures[i].Where = nil
			}
		}),
		inBranches("a measure's filter moved to its branch", func(b *semantic.Branch) {
			for i := range b.Measures {
				if w := b.Measures[i].Where; w != nil {
					b.Where, b.Measures[i].Where = append(b.Where, w), nil
				}
			}
		}),
		inExprs("a denial loses rows without a value", func(e semantic.Expr) semantic.Expr {
			if x, ok := e.(semantic.Binary); ok && x.Op == semantic.Or {
				if n, null := x.R.(semantic.IsNull); null && !n.Not {
					return semantic.Binary{Op: semantic.And, L: x.L, R: semantic.IsNull{X: n.X, Not: true}}
				}
			}
			return nil
		}),
		inExprs("or read as and", func(e semantic.Expr) semantic.Expr {
			if x, ok := e.(semantic.Binary); ok && x.Op == semantic.Or {
				return semantic.Binary{Op: semantic.And, L: x.L, R: x.R}
			}
			return nil
		}),
		inExprs("at most read as less than", func(e semantic.Expr) semantic.Expr {
			if x, ok := e.(semantic.Binary); ok && x.Op == semantic.Le {
				return semantic.Binary{Op: semantic.Lt, L: x.L, R: x.R}
			}
			return nil
		}),
		inExprs("a set turned into its complement", func(e semantic.Expr) semantic.Expr {
			if x, ok := e.(semantic.InPlan); ok {
				x.Not = !x.Not
				return x
			}
			return nil
		}),
		inExprs("a set's own conditions lost", func(e semantic.Expr) semantic.Expr {
			x, ok := e.(semantic.InPlan)
			if !ok {
				return nil
			}
			x.Plan = copied(x.Plan)
			x.Plan.Having, x.Plan.Limit = nil, 0
			if x.Plan.Rows != nil {
				x.Plan.Rows.Where = nil
			}
			return x
		}),
	}
}

func joinFaults() []fault {
	return []fault{
		inSQL("INNER for LEFT", "LEFT JOIN", "JOIN"),
		inBranches("a composite key joined on one part", func(b *semantic.Branch) {
			for i := range b.Scans {
				b.Scans[i].On = b.Scans[i].On[:min(1, len(b.Scans[i].On))]
			}
		}),
		inBranches("a join turned round", func(b *semantic.Branch) {
			for i := range b.Scans {
				s := &b.Scans[i]
				if s.Parent < 0 || s.Table != b.Scans[s.Parent].Table || len(s.On) == 0 {
					continue
				}
				s.On = slices.Clone(s.On)
				for j, on := range s.On {
					s.On[j] = semantic.ColumnPair{From: on.To, To: on.From}
				}
			}
		}),
		inBranches("home rows not counted once", func(b *semantic.Branch) { b.Distinct = nil }),
		inBranches("home rows told apart by part of their key", func(b *semantic.Branch) {
			b.Distinct = b.Distinct[:min(1, len(b.Distinct))]
		}),
		inPlan("the key without a value dropped in the stitch", func(p *semantic.Plan) {
			if len(p.Branches) < 2 || len(p.Keys) == 0 || p.Branches[1].Keys[0] == nil {
				return
			}
			b := &p.Branches[1]
			b.Where = append(b.Where, semantic.IsNull{X: b.Keys[0], Not: true})
		}),
		inBranches("rules lost", func(b *semantic.Branch) {
			for i := range b.Scans {
				b.Scans[i].Rules, b.Scans[i].Never = nil, false
			}
		}),
		inBranches("rules lost on joined tables", func(b *semantic.Branch) {
			for i := range b.Scans[1:] {
				b.Scans[i+1].Rules, b.Scans[i+1].Never = nil, false
			}
		}),
		inBranches("a missing attribute shows everything", func(b *semantic.Branch) {
			for i := range b.Scans {
				b.Scans[i].Never = false
			}
		}),
	}
}

// inTruncs makes a fault of a change to every cut of a time.
func inTruncs(name string, change func(t *semantic.Trunc)) fault {
	return inExprs(name, func(e semantic.Expr) semantic.Expr {
		t, ok := e.(semantic.Trunc)
		if !ok {
			return nil
		}
		change(&t)
		return t
	})
}

func timeFaults() []fault {
	return []fault{
		inExprs("a period ends a day late", func(e semantic.Expr) semantic.Expr {
			return ends(e, func(r *semantic.TimeRange) { r.End = later(r.End, 24*time.Hour) })
		}),
		inExprs("a period's end is included", func(e semantic.Expr) semantic.Expr {
			return ends(e, func(r *semantic.TimeRange) { r.End = later(r.End, time.Second) })
		}),
		inExprs("a period starts a day late", func(e semantic.Expr) semantic.Expr {
			return ends(e, func(r *semantic.TimeRange) { r.Start = later(r.Start, 24*time.Hour) })
		}),
		inTruncs("a comparison moved one unit too far", func(t *semantic.Trunc) {
			if t.Shift != 0 {
				t.Shift++
			}
		}),
		inTruncs("a comparison not moved", func(t *semantic.Trunc) { t.Shift = 0 }),
		inPlan("a second period adds periods", func(p *semantic.Plan) { p.Clip = false }),
		inPlan("a second period reads the first", func(p *semantic.Plan) {
			for i := range p.Branches {
				if p.Branches[i].Compare > 0 {
					p.Branches[i].Where = p.Branches[0].Where
				}
			}
		}),
		inPlan("gaps not filled", func(p *semantic.Plan) { p.Spine = nil }),
		inPlan("the last period not filled", func(p *semantic.Plan) {
			if p.Spine != nil {
				p.Spine.Values = p.Spine.Values[:max(0, len(p.Spine.Values)-1)]
			}
		}),
		inPlan("gaps filled once for all groups", func(p *semantic.Plan) {
			if p.Spine != nil {
				p.Spine.Cross = nil
			}
		}),
		inPlan("every period filled in once more", func(p *semantic.Plan) {
			if p.Spine != nil {
				p.Spine.Once = false
			}
		}),
		inExprs("a part of the earlier time", func(e semantic.Expr) semantic.Expr {
			part, ok := e.(semantic.Part)
			t, moved := part.X.(semantic.Trunc)
			if !ok || !moved || t.Shift == 0 {
				return nil
			}
			t.Shift = 0
			part.X = t
			return part
		}),
	}
}

// inInner makes a fault of a change to every finer grain.
func inInner(name string, change func(in *semantic.Inner)) fault {
	return inBranches(name, func(b *semantic.Branch) {
		if b.Inner != nil {
			in := *b.Inner
			in.Outer = slices.Clone(in.Outer)
			change(&in)
			b.Inner = &in
		}
	})
}

func measureFaults() []fault {
	function := func(name, from, to string) fault {
		return inBranches(name, func(b *semantic.Branch) {
			for i := range b.Measures {
				if b.Measures[i].Func == from {
					b.Measures[i].Func = to
				}
			}
		})
	}
	return []fault{
		function("distinct lost", "count_distinct", "count"),
		function("the middle taken for the mean", "median", "avg"),
		function("the least taken for the largest", "max", "min"),
		function("the spread taken for its square", "stddev", "variance"),
		function("a value between two taken for one that there is", "percentile_disc", "percentile"),
		function("a value that there is taken for one between two", "percentile", "percentile_disc"),
		inBranches("a percentile from above", func(b *semantic.Branch) {
			for i, m := range b.Measures {
				b.Measures[i].Fraction = 1 - m.Fraction
			}
		}),
		inInner("the finer grain lost", func(in *semantic.Inner) { in.By = nil }),
		inInner("the finer grain one part too coarse", func(in *semantic.Inner) { in.By = in.By[:len(in.By)-1] }),
		inInner("a mean over finer groups taken for their sum", func(in *semantic.Inner) {
			for i, m := range in.Outer {
				if m.Func == "avg" {
					in.Outer[i].Func = "sum"
				}
			}
		}),
		inBranches("rows without a value counted", func(b *semantic.Branch) {
			for i := range b.Measures {
				if b.Measures[i].Func == "count" {
					b.Measures[i].Arg = nil
				}
			}
		}),
		inBranches("a balance of all entities at once", func(b *semantic.Branch) {
			if b.LastBy != nil {
				last := *b.LastBy
				last.Per = nil
				b.LastBy = &last
			}
		}),
		inBranches("a part of a month counted whole", func(b *semantic.Branch) {
			for i, m := range b.Measures {
				if part, ok := m.Arg.(semantic.Binary); ok && part.Op == semantic.Div {
					if whole, ok := part.L.(semantic.Binary); ok {
						b.Measures[i].Arg = whole.L
					}
				}
			}
		}),
		inPlan("counts of nothing missing", func(p *semantic.Plan) {
			eachSlot(p, func(s semantic.FromBranch) semantic.SlotDef { s.ZeroFill = false; return s })
		}),
		inPlan("sums of nothing 0", func(p *semantic.Plan) {
			eachSlot(p, func(s semantic.FromBranch) semantic.SlotDef { s.ZeroFill = true; return s })
		}),
		inPlan("a ratio turned over", func(p *semantic.Plan) {
			eachSlot(p, func(s semantic.Computed) semantic.SlotDef {
				if x, ok := s.Expr.(semantic.Binary); ok && x.Op == semantic.Div {
					s.Expr = semantic.Binary{Op: semantic.Div, L: x.R, R: x.L}
				}
				return s
			})
		}),
		inPlan("growth over a negative base", func(p *semantic.Plan) {
			eachSlot(p, func(s semantic.Computed) semantic.SlotDef {
				if x, ok := s.Expr.(semantic.Case); ok {
					s.Expr = x.Whens[0].Then
				}
				return s
			})
		}),
	}
}

func resultFaults() []fault {
	return []fault{
		inPlan("the condition on results lost", func(p *semantic.Plan) { p.Having = nil }),
		inPlan("the order's ties not broken", func(p *semantic.Plan) { p.Order = p.Order[:min(1, len(p.Order))] }),
		inPlan("the order turned round", func(p *semantic.Plan) {
			if len(p.Order) > 0 {
				p.Order[0].Desc = !p.Order[0].Desc
			}
		}),
		inPlan("one row too many", func(p *semantic.Plan) {
			if p.Limit > 0 {
				p.Limit++
			}
		}),
		inPlan("the offset lost", func(p *semantic.Plan) { p.Offset = 0 }),
		inPlan("the limit over all groups", func(p *semantic.Plan) { p.Per = nil }),
		inPlan("the rank from below", func(p *semantic.Plan) {
			eachSlot(p, func(s semantic.OverRows) semantic.SlotDef { s.Desc = !s.Desc; return s })
		}),
		inPlan("shares and ranks over everything", func(p *semantic.Plan) {
			eachSlot(p, func(s semantic.OverRows) semantic.SlotDef {
				if s.Func != "running" {
					s.Partition = nil
				}
				return s
			})
		}),
		inPlan("a running sum over all groups", func(p *semantic.Plan) {
			eachSlot(p, func(s semantic.OverRows) semantic.SlotDef {
				if s.Func == "running" {
					s.Partition = nil
				}
				return s
			})
		}),
		inPlan("a whole at the grain of its parts", func(p *semantic.Plan) {
			for i := range p.Branches {
				for j, k := range p.Branches[i].Keys {
					if k == nil {
						p.Branches[i].Keys[j] = p.Branches[0].Keys[j]
					}
				}
			}
		}),
		inPlan("totals without filters", func(p *semantic.Plan) {
			if p.Totals != nil {
				p.Totals = copied(p.Totals)
				p.Totals.Branches[0].Where = nil
			}
		}),
		inPlan("repeated rows listed", func(p *semantic.Plan) {
			if p.Rows != nil {
				p.Rows.Distinct = false
			}
		}),
	}
}

// casesPerFault bounds how long a fault may hide.
const casesPerFault = 20000

// TestFaults puts each fault into its place and wants a random case to notice.
func TestFaults(t *testing.T) {
	if !*seeded {
		t.Skip("asked for with -faults")
	}
	dir := t.TempDir()
	for _, f := range faults() {
		if !strings.Contains(f.name, *alone) {
			continue
		}
		line, n := caught(t, dir, f)
		if line == "" {
			t.Errorf("%q is not noticed in %d cases", f.name, n)
			continue
		}
		t.Logf("%-55s noticed by case %4d: %s", f.name, n, line)
	}
}

// caught is the first case that a fault spoils, and its number.
func caught(t *testing.T, dir string, f fault) (string, int) {
	for n := 0; n < casesPerFault; n += queriesPerWorld {
		d := newDice(*seed + uint64(n/queriesPerWorld))
		w := randomWorld(d)
		e, err := openEngine(dir, w)
		if err != nil {
			t.Fatal(err)
		}
		for i := range queriesPerWorld {
			q := randomQuery(d, w)
			if v, _ := e.judged(w, q, f.seam); v != differs {
				continue
			}
			if v, _ := e.judged(w, q, seam{}); v == agreed {
				e.close()
				return q.line(), n + i + 1
			}
		}
		e.close()
	}
	return "", casesPerFault
}
