package semantic

import "strings"

// maxPeriods bounds the periods in which a cohort is looked at.
const maxPeriods = 3700

// retention binds who comes back in the periods after a first act. The query's
// period and filters, and those of the metric, speak of the first act; "since" is
// the number of periods after it. Where nothing says which of them are meant,
// coming back in any of them counts. Periods that are not over never count.
func (b *binder) retention(m *Metric, s scope) Expr {
	c := m.Convert
	first, acts, _, ok := b.oneAggregate(Name{Path: []string{c.Base.Name}}, scope{metric: m})
	again, returns, owner, both := b.oneAggregate(Name{Path: []string{c.To.Name}}, scope{metric: m})
	if !ok || !both {
		b.fail(Problem{Code: NotComputed, Name: m.Name, Detail: Retaining.String()})
		return nil
	}
	special := Retaining.String() + " " + c.Base.Name + " " + c.To.Name + " " + c.Every.String()
	for _, f := range s.filters {
		special += "|" + ExprString(f.cond)
	}
	step := b.firstStep(m)
	br := b.branchFor(step.home, b.axisOf(step), s.compare, s.coarse, special)
	if br.cohort == nil && !b.failed() {
		br.cohort = &Cohort{If: br.filtered(s.filters)}
		br.acts(first, acts, c)
		br.comeBack(again, returns, owner, c)
		br.periods(m)
	}
	if b.failed() {
		return nil
	}
	whole := ColumnType{Kind: Int}
	size := b.slot(FromBranch{Branch: b.branchIndex(br), Measure: 0, Type: whole})
	kept := b.slot(FromBranch{Branch: b.branchIndex(br), Measure: 1, Type: whole})
	if c.Rate {
		return Binary{Op: Div, L: Slot{kept}, R: Slot{size}}
	}
	known := Binary{Op: Gt, L: Slot{size}, R: Lit{IntValue(0)}}
	return Case{Whens: []When{{If: known, Then: Slot{kept}}}}
}

// acts binds which rows of the home are acts that may begin a cohort.
func (br *branch) acts(first Call, filters []filter, c *Conversion) {
	br.where = append(br.where, br.taking(first)...)
	br.where = append(br.where, br.filtered(filters)...)
	br.cohort.At = br.happens(c.Base)
	br.cohort.First = br.b.periodOf(br.cohort.At, c.Base, br.home, c.Every)
	for _, col := range firstKey(br.home) {
		br.cohort.Ties = append(br.cohort.Ties, br.column(0, col))
	}
	whole := ColumnType{Kind: Int}
	br.measures = []Measure{{Func: "sum", Type: whole}, {Func: "sum", Type: whole}}
}

// taking is the test for the rows of the home that an aggregate takes in, those with a
// value of what it is of; nil where it takes all.
func (br *branch) taking(c Call) []Expr {
	if len(c.Args) == 0 || br.b.counted(c) == br.home {
		return nil
	}
	br.defining = true
	return []Expr{IsNull{X: br.operand(c.Args[0]), Not: true}}
}

func (b *binder) periodOf(x Expr, m *Metric, home *Table, every Unit) Trunc {
	d := m.Time
	if d == nil {
		d = home.Time
	}
	if d == nil {
		return Trunc{}
	}
	b.checkGrain(d, Grain{Unit: every})
	return Trunc{X: x, Type: d.Type, Grain: Grain{Unit: every}, Calendar: b.clock.Calendar}
}

// comeBack binds the acts by which entities come back.
func (br *branch) comeBack(again Call, filters []filter, owner *Metric, c *Conversion) {
	to := newBranch(br.b, owner.Home)
	br.cohort.Where = append(to.taking(again), to.filtered(filters)...)
	br.cohort.Again = br.b.periodOf(to.happens(c.To), c.To, to.home, c.Every)
	br.cohort.Pairs = br.entityPairs(to, c.Entity)
	if to.fanned {
		br.b.fail(Problem{Code: ManyToMany, Name: c.To.Name, Detail: Retaining.String()})
	}
	for i := range to.scans {
		br.b.guard(&to.scans[i], i)
	}
	br.cohort.Scans = to.scans
}

// periods lists the periods from the first visible one to the one that the data
// has reached, which is not over.
func (br *branch) periods(m *Metric) {
	b, every := br.b, m.Convert.Every
	w := hull(b.times[br.compare].spans)
	_, until, err := b.clock.Wall()
	if err != nil {
		b.failError(err)
		return
	}
	if w.Start.IsZero() {
		b.fail(Problem{Code: BadPeriod, Name: m.Name, Detail: "all", Near: []string{"year(0)", "month(-12..-1)"}})
		return
	}
	cal := b.clock.Calendar
	end := AddUnits(StartOf(until, every, cal), every, 1, cal)
	list := Periods(Interval{Start: w.Start, End: end}, every, cal)
	if len(list) > maxPeriods {
		b.fail(Problem{Code: TooLong, Name: m.Name, Detail: every.String()})
		return
	}
	for _, t := range list {
		v := DateValue(t)
		if grainType(Grain{Unit: every}).Kind == Timestamp {
			v = TimestampValue(t)
		}
		br.cohort.Periods = append(br.cohort.Periods, v)
	}
	b.assume(Assumption{What: "unfinished", Value: every.String() + "(0)"})
}

// aboutFirst moves the conditions that are not on all acts, and those on the
// periods since the first one, to where they hold.
func (br *branch) aboutFirst(acts int) {
	c := br.cohort
	about := append(c.If, br.where[acts:]...)
	c.If = nil
	for _, x := range about {
		columns, since := false, false
		Walk(x, func(e Expr) {
			switch e.(type) {
			case SinceFirst:
				since = true
			case Column:
				columns = true
			}
		})
		switch {
		case since && columns:
			br.b.fail(Problem{Code: MixedShape, Name: "since"})
		case since:
			c.Having = append(c.Having, x)
		default:
			c.If = append(c.If, x)
		}
	}
	br.where = br.where[:acts:acts]
	keyed := false
	for _, k := range br.keys {
		_, is := k.(SinceFirst)
		keyed = keyed || is
	}
	if !keyed && len(c.Having) == 0 {
		c.Having = []Expr{Binary{Op: Ge, L: SinceFirst{}, R: Lit{IntValue(1)}}}
	}
}

// since is the number of periods after a first act; other metrics have none.
func (br *branch) since() Expr {
	if !strings.HasPrefix(br.special, Retaining.String()+" ") {
		code := UnknownDimension
		if br.b.homesCount() > 1 || len(br.b.branches) > 1 {
			code = NoStitching
		}
		br.b.fail(Problem{Code: code, Name: "since", Detail: br.home.Name})
		return nil
	}
	return SinceFirst{}
}
