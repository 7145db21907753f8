package semantic

import (
	"fmt"
	"sort"
	"strconv"
)

// branch is a Branch under construction: the scans that its expressions need,
// joined once each.
type branch struct {
	b         *binder
	home      *Table
	axis      *Dimension // the time axis; nil for none
	compare   int
	coarse    string // which keys it leaves out, for branches at a coarser grain
	scans     []Scan
	index     map[string]int // path → scan
	keys      []Expr
	where     []Expr
	measures  []Measure
	known     map[string]int // measure text → index
	balance   *Metric        // set when rows are picked by time before they are aggregated
	inner     *Inner         // set for an aggregate of an aggregate
	cohort    *Cohort        // set where the home's rows are acts of entities
	special   string         // what sets it apart from other branches of its home
	convert   *Convert       // set where the home's rows are first steps
	fixed     int            // the scan index that columns of the home carry
	unguarded bool           // rules are not attached: this is a rule's own lookup
	defining  bool           // the expression at hand is the model's own, not the query's
	fanned    bool
	together  *together // set for the rows of several tables: names are those of its parts
}

func newBranch(b *binder, home *Table) *branch {
	br := &branch{b: b, home: home, index: map[string]int{}, known: map[string]int{}}
	br.scans = []Scan{{Table: home, Parent: -1}}
	br.index[""] = 0
	return br
}

// scan returns the index of the scan at the end of a path, adding the joins that
// are missing.
func (br *branch) scan(path []step) int {
	at := 0
	for i, s := range path {
		key := pathKey(path[:i+1])
		next, ok := br.index[key]
		if !ok {
			next = len(br.scans)
			pairs := s.pairs()
			sc := Scan{Table: s.to(), Parent: at, On: pairs, Many: s.many()}
			for _, p := range pairs {
				br.use(at, p.From)
			}
			br.scans = append(br.scans, sc)
			for _, p := range pairs {
				br.use(next, p.To)
			}
			br.index[key] = next
			br.withCounted(s, next)
			br.pickVersion(s, at, next)
		}
		if s.many() {
			br.fanned = true
		}
		at = next
	}
	return at
}

// withCounted lets a join hold for the rows alone that agree with those counted.
func (br *branch) withCounted(s step, next int) {
	for _, p := range s.join.With {
		if s.back || !br.home.knows(p.From) {
			br.b.fail(Problem{Code: NoPath, Name: s.to().Name, Detail: br.home.Name})
			return
		}
		br.use(0, p.From)
		br.use(next, p.To)
	}
	br.scans[next].With = s.join.With
}

func (br *branch) use(scan int, column string) {
	if scan < len(br.scans) {
		br.scans[scan].use(column)
	}
}

// use notes that a column of the scan is read.
func (s *Scan) use(column string) {
	i := sort.SearchStrings(s.Columns, column)
	if i < len(s.Columns) && s.Columns[i] == column {
		return
	}
	s.Columns = append(s.Columns, "")
	copy(s.Columns[i+1:], s.Columns[i:])
	s.Columns[i] = column
}

// column is a physical column of a scan.
func (br *branch) column(scan int, name string) Expr {
	br.use(scan, name)
	return Column{Scan: scan + br.fixed, Name: name, Type: columnType(br.scans[scan].Table, name)}
}

// value is a dimension's expression over the columns of a scan.
func (br *branch) value(scan int, d *Dimension) Expr {
	if n, ok := d.Expr.(Name); ok && len(n.Path) == 1 {
		br.use(scan, n.Path[0])
		return Column{Scan: scan + br.fixed, Name: n.Path[0], Type: d.Type}
	}
	bound := Rewrite(d.Expr, func(x Expr) Expr {
		n, ok := x.(Name)
		if !ok {
			return nil
		}
		col := n.Path[len(n.Path)-1]
		return br.column(scan, col)
	})
	return br.b.datedIn(bound)
}

// resolve finds what a name means from this branch's home and returns its
// expression and type.
func (br *branch) resolve(n Name) (Expr, *Dimension) {
	b := br.b
	if br.together != nil && !isTime(n) && !isSince(n) {
		return br.together.resolve(n)
	}
	if isTime(n) {
		return br.axisExpr()
	}
	if isSince(n) {
		return br.since(), nil
	}
	if raw, ok := br.bare(n); ok {
		return raw, nil
	}
	d := b.dimension(n, []*Table{br.home})
	if d == nil {
		return nil, nil
	}
	return br.reach(n, d)
}

// bare reads table.column where no dimension declares the column; only
// definitions and rules in the model may say so, never a query.
func (br *branch) bare(n Name) (Expr, bool) {
	if len(n.Path) != 2 || !br.defining && !br.unguarded {
		return nil, false
	}
	t := br.b.model.Table(n.Path[0])
	if t == nil || dimensionOf(t, n.Path[1]) != nil {
		return nil, false
	}
	path, ok := br.b.pathTo(br.home, t)
	if !ok {
		br.b.fail(Problem{Code: NoPath, Name: dotted(n), Detail: br.home.Name})
		return nil, true
	}
	return br.column(br.scan(path), n.Path[1]), true
}

func (br *branch) reach(n Name, d *Dimension) (Expr, *Dimension) {
	t, ok := br.b.from(br.home, n, d)
	if !ok {
		br.failReach(d)
		return nil, d
	}
	return br.value(br.scan(t.path), t.dim), t.dim
}

func (br *branch) failReach(d *Dimension) {
	if br.b.failed() {
		return
	}
	code := NoPath
	if br.b.homesCount() > 1 {
		code = NoStitching
	}
	br.b.fail(Problem{Code: code, Name: br.b.model.ShortName(d), Detail: br.home.Name, Near: br.b.reachableNames(br.home)})
}

func (br *branch) axisExpr() (Expr, *Dimension) {
	if br.axis == nil {
		br.b.fail(Problem{Code: NoTime, Name: br.home.Name})
		return nil, nil
	}
	if m := br.b.times[br.compare].moved; m != nil {
		return br.movedDay(m)
	}
	return br.reach(Name{Path: []string{br.axis.Table.Name, br.axis.Name}}, br.axis)
}

// measure adds an aggregate and returns its index; equal aggregates are computed
// once.
func (br *branch) measure(m Measure) int {
	key := fmt.Sprintf("%s|%s|%s|%v", m.Func, boundKey(m.Arg), boundKey(m.Where), m.Fraction)
	if i, ok := br.known[key]; ok {
		return i
	}
	br.known[key] = len(br.measures)
	br.measures = append(br.measures, m)
	return len(br.measures) - 1
}

// branchFor returns the branch of a home, axis and window, creating it.
func (b *binder) branchFor(home *Table, axis *Dimension, compare int, coarse []int, special string) *branch {
	mask := ""
	for _, k := range coarse {
		mask += strconv.Itoa(k) + ","
	}
	mask += special
	for _, br := range b.branches {
		if br.home == home && br.axis == axis && br.compare == compare && br.coarse == mask {
			return br
		}
	}
	br := newBranch(b, home)
	br.axis, br.compare, br.coarse, br.special = axis, compare, mask, special
	b.branches = append(b.branches, br)
	left := map[int]bool{}
	for _, k := range coarse {
		left[k] = true
	}
	for i := range b.groups {
		if left[i] {
			br.keys = append(br.keys, nil)
			continue
		}
		br.keys = append(br.keys, br.key(i))
	}
	return br
}

func (b *binder) branchIndex(br *branch) int {
	for i, other := range b.branches {
		if other == br {
			return i
		}
	}
	return -1
}

// finishBranches closes all branches: filters, windows and rules go in, and the
// plan takes them over.
func (b *binder) finishBranches() {
	for _, br := range b.branches {
		acts := len(br.where)
		b.inWholeUnits(br.compare > 0)
		br.applyWhere()
		br.applyWindow()
		br.liftWhere()
		if br.cohort != nil {
			br.aboutFirst(acts)
		}
		var last *LastBy
		if br.balance != nil {
			last = br.lastBy(br.balance) // which may need a join, and with it rules
		}
		if !br.unguarded {
			for i := range br.scans {
				b.guard(&br.scans[i], i)
			}
		}
		out := Branch{Source: br.home.Warehouse, Scans: br.scans, Keys: br.keys, Where: br.where,
			Measures: br.measures, Inner: br.inner, Convert: br.convert, Cohort: br.cohort, Compare: b.times[br.compare].base,
			Follows: b.times[br.compare].base > 0 || b.times[br.compare].follows, Over: br.overOf(), LastBy: last}
		if out.Over != nil && (br.balance != nil || out.Convert != nil || out.Cohort != nil) {
			b.fail(Problem{Code: NotComputed, Name: br.home.Name, Detail: Cumulative.String() + " of what is no plain aggregate"})
			return
		}
		if br.fanned && (br.convert != nil || br.cohort != nil) {
			b.fail(Problem{Code: ManyToMany, Name: br.home.Name, Detail: Converting.String()})
		} else if br.fanned {
			out.Distinct = br.distinct()
		}
		b.plan.Branches = append(b.plan.Branches, out)
	}
	for _, w := range b.times[1:] {
		b.plan.Clip = b.plan.Clip || w.base > 0 || w.follows
	}
}

// inWholeUnits refuses milliseconds where periods are counted through, moved or held
// against others: they only tell moments apart.
func (b *binder) inWholeUnits(counted bool) {
	for _, g := range b.groups {
		if counted && g.grain.Unit == Millisecond && g.cuts != cutsNone {
			b.fail(Problem{Code: NotComputed, Name: g.name, Detail: "comparison"})
		}
	}
}

// distinct is the identity of a home row, for branches whose joins multiply.
func (br *branch) distinct() []Expr {
	key := firstKey(br.home)
	if key == nil {
		br.b.fail(Problem{Code: KeyRequired, Name: br.home.Name, Pos: br.home.Pos})
		return nil
	}
	ids := make([]Expr, len(key))
	for i, col := range key {
		ids[i] = br.column(0, col)
	}
	return ids
}

// liftWhere moves the filters that all measures share into the branch, so that
// groups without any row that counts do not appear and the engine reads less.
func (br *branch) liftWhere() {
	if len(br.measures) == 0 {
		return
	}
	var all Expr
	same := true
	for i, m := range br.measures {
		if m.Where == nil {
			return
		}
		if i == 0 {
			all = m.Where
			continue
		}
		if boundKey(m.Where) != boundKey(br.measures[0].Where) {
			same = false
			all = Binary{Op: Or, L: all, R: m.Where}
		}
	}
	br.where = append(br.where, all)
	if same {
		for i := range br.measures {
			br.measures[i].Where = nil
		}
	}
}

func (b *binder) homesCount() int {
	seen := map[*Table]bool{}
	for _, br := range b.branches {
		seen[br.home] = true
	}
	return len(seen)
}

// reachableNames offers up to five dimensions that a home reaches.
func (b *binder) reachableNames(home *Table) []string {
	var names []string
	for _, t := range b.model.Tables {
		if t.Warehouse != home.Warehouse || t.Hidden || !b.reaches(home, t) {
			continue
		}
		for _, d := range t.Dimensions {
			if len(names) < 5 && !b.view.Hidden(d) && d.Type.Kind == Text {
				names = append(names, b.model.ShortName(d))
			}
		}
	}
	return names
}
