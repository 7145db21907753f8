package semantic

// firstStep is the aggregate that a conversion's rows live with: groups, filters
// and periods speak of the first step.
func (b *binder) firstStep(m *Metric) atom {
	owner := m.Convert.Base
	if m.Time != nil {
		owner = m
	}
	return atom{home: m.Convert.Base.Home, metric: owner}
}

// conversion binds the conversions that the visible first steps led to, or their
// share of those steps. Filters on the metric touch the first step, as does the
// query's own: a step that they leave out takes no credit.
func (b *binder) conversion(m *Metric, s scope) Expr {
	c := m.Convert
	first, filters, _, ok := b.oneAggregate(Name{Path: []string{c.Base.Name}}, s)
	then, wanted, owner, both := b.oneAggregate(Name{Path: []string{c.To.Name}}, scope{metric: m})
	if !ok || !both || b.times[s.compare].over != nil {
		b.fail(Problem{Code: NotComputed, Name: m.Name, Detail: Converting.String()})
		return nil
	}
	special := Converting.String() + " " + m.Name
	for _, f := range s.filters {
		special += "|" + ExprString(f.cond)
	}
	step := b.firstStep(m)
	br := b.branchFor(step.home, b.axisOf(step), s.compare, s.coarse, special)
	if br.convert == nil {
		br.convert = &Convert{Within: c.Within}
		br.steps(first, filters, c.Base)
	}
	measure := br.conversions(m, then, wanted, owner)
	if b.failed() {
		return nil
	}
	zero := b.zeroFor(measure, c.To)
	i := br.measure(measure)
	converted := Slot{b.slot(FromBranch{Branch: b.branchIndex(br), Measure: i, ZeroFill: zero, Type: measure.Type})}
	if !c.Rate {
		return converted
	}
	s.metric = m
	return Binary{Op: Div, L: converted, R: b.post(Name{Path: []string{c.Base.Name}}, s)}
}

// steps binds which rows of the home are first steps, when they happen and what
// tells them apart.
func (br *branch) steps(first Call, filters []filter, m *Metric) {
	br.where = append(br.where, br.taking(first)...)
	br.where = append(br.where, br.filtered(filters)...)
	br.convert.From = br.happens(m)
	for _, col := range firstKey(br.home) {
		br.convert.Ties = append(br.convert.Ties, br.column(0, col))
	}
}

// filtered binds filters of a metric as conditions on the branch's rows.
func (br *branch) filtered(filters []filter) []Expr {
	var out []Expr
	for _, f := range filters {
		br.defining = f.written
		out = append(out, br.conditions(Conjuncts(f.cond))...)
	}
	br.defining = false
	return out
}

// happens is when a row of the home takes place by the metric's own axis.
func (br *branch) happens(m *Metric) Expr {
	d := m.Time
	if d == nil {
		d = br.home.Time
	}
	if d == nil {
		br.b.fail(Problem{Code: NoTime, Name: m.Name})
		return nil
	}
	x, _ := br.reach(Name{Path: []string{d.Table.Name, d.Name}}, d)
	return x
}

// conversions binds the rows that steps may lead to and what is aggregated of
// them. They are the same for every measure of one metric.
func (br *branch) conversions(m *Metric, then Call, filters []filter, owner *Metric) Measure {
	c := m.Convert
	to := newBranch(br.b, owner.Home)
	measure := Measure{Func: then.Func}
	if then.Distinct && then.Func == "count" {
		measure.Func = "count_distinct"
	}
	to.defining = true
	to.argument(&measure, then)
	out := *br.convert
	out.Where = to.filtered(filters)
	out.To = to.happens(c.To)
	out.Pairs, out.Key = br.entityPairs(to, c.Entity), nil
	for _, p := range c.Constant {
		out.Pairs = append(out.Pairs, Pair{br.own(p.From), to.own(p.To)})
	}
	for _, col := range firstKey(to.home) {
		out.Key = append(out.Key, to.column(0, col))
	}
	if to.home == br.home && out.Key == nil {
		br.b.fail(Problem{Code: KeyRequired, Name: br.home.Name, Pos: br.home.Pos})
	}
	if to.fanned {
		br.b.fail(Problem{Code: ManyToMany, Name: c.To.Name, Detail: Converting.String()})
	}
	for i := range to.scans {
		br.b.guard(&to.scans[i], i)
	}
	out.Scans = to.scans
	*br.convert = out
	if !br.b.failed() {
		measure.Type = measureType(measure)
	}
	return measure
}

// own is a dimension of the home, or a column of it.
func (br *branch) own(name string) Expr {
	if d := dimensionOf(br.home, name); d != nil {
		return br.value(0, d)
	}
	return br.column(0, name)
}

// entityPairs are the equalities by which a step and a conversion have the same
// entity: the columns by which their rows know it, or a value that both reach.
func (br *branch) entityPairs(to *branch, d *Dimension) []Pair {
	if d.Of == nil {
		n := Name{Path: []string{d.Table.Name, d.Name}}
		from, _ := br.reach(n, d)
		then, _ := to.reach(n, d)
		return []Pair{{from, then}}
	}
	var pairs []Pair
	from, then := br.knows(d.Of.To), to.knows(d.Of.To)
	for i := range min(len(from), len(then)) {
		pairs = append(pairs, Pair{from[i], then[i]})
	}
	return pairs
}

// knows are the columns by which rows of the home know an entity: those of the
// join that leads to it, or its own key.
func (br *branch) knows(entity *Table) []Expr {
	path, ok := br.b.pathTo(br.home, entity)
	if !ok || multiplies(path) {
		br.b.fail(Problem{Code: NoPath, Name: entity.Name, Detail: br.home.Name})
		return nil
	}
	var out []Expr
	for _, col := range firstKey(entity) {
		if len(path) == 0 {
			out = append(out, br.column(0, col))
			continue
		}
		for _, p := range path[len(path)-1].pairs() {
			if p.To == col {
				out = append(out, br.column(br.scan(path[:len(path)-1]), p.From))
			}
		}
	}
	return out
}
