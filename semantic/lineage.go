package semantic

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Origin is where one column of an answer comes from: from its metric's
// definition down to the columns of the warehouse. Everything is spelled as the
// model spells it, columns as table.column.
type Origin struct {
	Column     string       // as the query line spells it
	Definition string       // of its metric, or what it is computed from; "" for a group
	Means      []string     // the definitions of the metrics that it names, each with its name
	From       []OriginPart // one per table that is aggregated, window and filter; none for what no table gives
}

// OriginPart is what one branch of a plan gives to a column.
type OriginPart struct {
	Warehouse string
	Home      string   // the table whose rows are aggregated
	Path      []string // the tables that are joined to it, each with the join that leads there
	Takes     []string // the aggregates, over columns; for a group the value
	Columns   []string // every column that is read, of whatever table
	Where     []string // what rows must meet, the period first
	Rules     []string // the rules of the model that hold for the viewer, each with its table and place
	Against   int      // 0 for the visible period, else 1 + index into Plan.Comparisons
}

// Lineage is the origin of every column of the answer, in order.
func (p *Plan) Lineage() []Origin {
	var list []Origin
	for _, c := range p.Columns {
		o := Origin{Column: c.Name}
		switch {
		case p.Rows != nil:
			o.From = p.rowOrigin(c)
		case c.Key >= 0:
			o.From = p.keyOrigin(c.Key)
		case c.Slot >= 0:
			o.Definition = p.definitionOf(c)
			if c.Metric != nil {
				o.Means = p.meanings(c.Metric, nil)
			}
			o.From = p.slotOrigin(c.Slot)
		}
		list = append(list, o)
	}
	return list
}

// definitionOf is what the model says a metric is, or the item as it was asked.
func (p *Plan) definitionOf(c OutColumn) string {
	m := c.Metric
	if m == nil || c.Role != ValueColumn && c.Role != EarlierColumn {
		return c.Name
	}
	return m.Definition()
}

// meanings are the definitions of the metrics that one is made of, those named
// first before those that they are made of.
func (p *Plan) meanings(m *Metric, seen []string) []string {
	var list []string
	add := func(of *Metric) {
		text := of.Name + " = " + of.Definition()
		if of == m || slices.Contains(seen, text) || slices.Contains(list, text) {
			return
		}
		list = append(list, text)
		list = append(list, p.meanings(of, append(slices.Clone(seen), list...))...)
	}
	if c := m.Convert; c != nil {
		add(c.Base)
		add(c.To)
	}
	Walk(m.Expr, func(x Expr) {
		if n, ok := x.(Name); ok && len(n.Path) == 1 {
			if of := p.Model.Metric(n.Path[0]); of != nil && !(m.Home != nil && m.Home.Name == of.Name && m.Kind == Simple) {
				add(of)
			}
		}
	})
	return list
}

// Definition is what a metric is, as the model spells it.
func (m *Metric) Definition() string {
	text := ""
	switch c := m.Convert; {
	case c != nil && c.Every != NoUnit:
		text = fmt.Sprintf("retain from %s to %s by %s every %s", c.Base.Name, c.To.Name, spell(c.Entity.Table.Name, c.Entity.Name), c.Every)
	case c != nil:
		text = fmt.Sprintf("convert from %s to %s by %s", c.Base.Name, c.To.Name, spell(c.Entity.Table.Name, c.Entity.Name))
		if c.Within != (Window{}) {
			text += " within " + lengthText(c.Within)
		}
	default:
		text = ExprString(m.Expr)
	}
	if m.Where != nil {
		text += " where " + ExprString(m.Where)
	}
	for _, part := range []struct {
		on   bool
		text string
	}{
		{m.Prorate && !m.ByWork, "prorate"}, {m.ByWork, "prorate working_days"}, {m.OverTime != "", "over_time " + m.OverTime}, {m.ToDate != NoUnit, "to_date " + m.ToDate.String()},
		{m.Window != Window{}, "window " + lengthText(m.Window)}, {m.Running, "running"},
		{m.Offset != Window{}, "offset " + m.distance()}, {m.AtStart != NoUnit, "at_start " + m.AtStart.String()},
	} {
		if part.on {
			text += ", " + part.text
		}
	}
	return text
}

// distance spells how far earlier an offset looks.
func (m *Metric) distance() string {
	switch {
	case m.OffsetBy != "":
		return fmt.Sprintf("%d time.%s", m.Offset.N, m.OffsetBy)
	case m.Clamp:
		return lengthText(m.Offset) + ", clamp"
	}
	return lengthText(m.Offset)
}

// lengthText spells a length of time as model files do.
func lengthText(w Window) string {
	if w.N == 1 {
		return "1 " + w.Unit.String()
	}
	return fmt.Sprintf("%d %ss", w.N, w.Unit)
}

// slotOrigin collects the branches behind a slot, each once, with the measures
// that it takes of them.
func (p *Plan) slotOrigin(slot int) []OriginPart {
	takes := map[int][]int{}
	seen := map[int]bool{}
	var visit func(int)
	visit = func(i int) {
		if i < 0 || i >= len(p.Slots) || seen[i] {
			return
		}
		seen[i] = true
		switch s := p.Slots[i].(type) {
		case FromBranch:
			if !slices.Contains(takes[s.Branch], s.Measure) {
				takes[s.Branch] = append(takes[s.Branch], s.Measure)
			}
		case Computed:
			Walk(s.Expr, func(x Expr) {
				if ref, ok := x.(Slot); ok {
					visit(ref.Index)
				}
			})
		case OverRows:
			visit(s.Of)
		}
	}
	visit(slot)
	var parts []OriginPart
	for i := range p.Branches {
		if len(takes[i]) > 0 {
			parts = append(parts, p.Branches[i].origin(takes[i], p.asked()))
		}
	}
	return parts
}

func (br *Branch) origin(measures []int, asked string) OriginPart {
	part := scansOrigin(br.Source, br.Scans, br.Where, asked)
	part.Against = br.Compare
	slices.Sort(measures)
	for _, i := range measures {
		if c := br.Cohort; c != nil {
			part.Takes = append(part.Takes, [...]string{"entities of a cohort", "those that come back"}[min(i, 1)])
			continue
		}
		scans := br.Scans
		if br.Convert != nil {
			scans = br.Convert.Scans
		}
		part.Takes = append(part.Takes, br.takes(i, scans))
	}
	if l := br.LastBy; l != nil {
		text := planExpr(nameColumns(l.Time, br.Scans)) + " is the " + l.Pick + " with data"
		if l.Pick != "first" && l.Pick != "last" {
			text = "of the sums at each " + planExpr(nameColumns(l.Time, br.Scans)) + " the " + l.Pick
		}
		if len(l.Per) > 0 {
			text += ", each " + namedTexts(l.Per, br.Scans) + " for itself"
		}
		part.Where = append(part.Where, text)
	}
	if o := br.Over; o != nil {
		part.Where = append(part.Where, fmt.Sprintf("%s lies in one of %d spans, and counts in each", planExpr(nameColumns(o.Time, br.Scans)), len(o.Spans)))
	}
	var further []Scan
	if br.Convert != nil {
		further = br.Convert.Scans
	}
	if br.Cohort != nil {
		further = br.Cohort.Scans
	}
	if len(further) > 0 {
		then := scansOrigin(br.Source, further, nil, "")
		part.Path = append(append(part.Path, then.Home+" afterwards"), then.Path...)
		part.Columns = merge(part.Columns, then.Columns)
		part.Rules = merge(part.Rules, then.Rules)
	}
	return part
}

// takes is one measure of a branch, or of one that aggregates twice the outer one
// with the grain of the inner one.
func (br *Branch) takes(i int, scans []Scan) string {
	if br.Inner == nil {
		return countText(measureText(named(br.Measures[i], scans)))
	}
	outer := br.Inner.Outer[i]
	of := i
	if s, ok := outer.Arg.(Slot); ok {
		of = s.Index
	}
	return fmt.Sprintf("%s of %s per %s", outer.Func, countText(measureText(named(br.Measures[of], scans))), namedTexts(br.Inner.By, br.Scans))
}

func countText(text string) string {
	if rest, ok := strings.CutPrefix(text, "count where"); ok {
		return "count of rows where" + rest
	}
	if text == "count" {
		return "count of rows"
	}
	return text
}

func namedTexts(xs []Expr, scans []Scan) string {
	parts := make([]string, len(xs))
	for i, x := range xs {
		parts[i] = planExpr(nameColumns(x, scans))
	}
	return strings.Join(parts, ", ")
}

func merge(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}

// named spells the columns of a measure with their tables.
func named(m Measure, scans []Scan) Measure {
	m.Arg, m.Where = nameColumns(m.Arg, scans), nameColumns(m.Where, scans)
	return m
}

func nameColumns(e Expr, scans []Scan) Expr {
	return Rewrite(e, func(x Expr) Expr {
		if c, ok := x.(Column); ok && c.Scan < len(scans) {
			return Name{Path: []string{scans[c.Scan].Table.Name, c.Name}}
		}
		return nil
	})
}

// scansOrigin is what the scans of a branch say. A nested query is told as it was
// asked, where there is one alone.
func scansOrigin(source string, scans []Scan, where []Expr, asked string) OriginPart {
	part := OriginPart{Warehouse: source}
	for i, s := range scans {
		if i == 0 {
			part.Home = s.Table.Name
		} else {
			part.Path = append(part.Path, s.Table.Name+" "+s.way(scans[s.Parent].Table))
		}
		for _, c := range s.Columns {
			part.Columns = append(part.Columns, s.Table.Name+"."+c)
		}
		if s.Never {
			part.Rules = append(part.Rules, s.Table.Name+": no rows, the viewer lacks what a rule needs")
		}
		for _, r := range s.Guards {
			part.Rules = merge(part.Rules, []string{fmt.Sprintf("%s: %s (%s)", s.Table.Name, ExprString(r.Where), r.Pos)})
		}
	}
	for _, w := range where {
		text := planExpr(nameColumns(w, scans))
		if test, nested := w.(PlanTest); nested {
			text = planExpr(nameColumns(test.X, scans)) + " " + test.Op.String() + " a value of its own"
			if asked != "" {
				text = asked
			}
		}
		if in, nested := w.(InPlan); nested {
			text = asked
			if asked == "" {
				text = namedTexts(in.X, scans) + notText(in.Not) + " in a nested query"
			}
		}
		if _, period := w.(TimeRange); period {
			part.Where = append([]string{text}, part.Where...)
			continue
		}
		part.Where = append(part.Where, text)
	}
	return part
}

// asked is the one condition of the query that holds a nested query; "" for none
// or several.
func (p *Plan) asked() string {
	if p.Query == nil {
		return ""
	}
	var found []string
	for _, x := range Conjuncts(p.Query.Where) {
		in, set := x.(In)
		cmp, test := x.(Binary)
		if set && in.Sub != nil || test && (holdsAggregate(cmp.L) || holdsAggregate(cmp.R)) {
			found = append(found, ExprString(x))
		}
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

func holdsAggregate(e Expr) bool {
	found := false
	Walk(e, func(x Expr) {
		c, ok := x.(Call)
		found = found || ok && IsAggregate(c.Func)
	})
	return found
}

// way is the name of the join that leads to a scan, or its columns where several
// or none are named.
func (s Scan) way(from *Table) string {
	many := ""
	if s.Many {
		many = ", of which there may be many"
	}
	for _, j := range from.Joins {
		if j.To == s.Table && slices.Equal(j.On, s.On) && slices.Equal(j.With, s.With) {
			return "by " + j.Name + many
		}
	}
	var on []string
	for _, p := range s.On {
		on = append(on, p.From+" = "+p.To)
	}
	for _, p := range s.Meets {
		on = append(on, planExpr(p.From)+" = "+planExpr(p.To))
	}
	for _, p := range s.With {
		on = append(on, "counted "+p.From+" = "+p.To)
	}
	return "on " + strings.Join(on, ", ") + many
}

// keyOrigin is where the values of a group come from, in each branch that knows
// it.
func (p *Plan) keyOrigin(key int) []OriginPart {
	var parts []OriginPart
	for _, br := range p.Branches {
		if br.Compare > 0 || key >= len(br.Keys) || br.Keys[key] == nil {
			continue
		}
		part := OriginPart{Warehouse: br.Source, Home: br.Scans[0].Table.Name, Takes: []string{planExpr(nameColumns(br.Keys[key], br.Scans))}}
		Walk(br.Keys[key], func(x Expr) {
			if c, ok := x.(Column); ok && c.Scan < len(br.Scans) {
				part.Columns = merge(part.Columns, []string{br.Scans[c.Scan].Table.Name + "." + c.Name})
			}
		})
		same := func(o OriginPart) bool { return o.Home == part.Home && slices.Equal(o.Takes, part.Takes) }
		if !slices.ContainsFunc(parts, same) {
			parts = append(parts, part)
		}
	}
	return parts
}

// rowOrigin is where a column of a list comes from.
func (p *Plan) rowOrigin(c OutColumn) []OriginPart {
	i := slices.IndexFunc(p.Columns, func(o OutColumn) bool { return o.Name == c.Name })
	if i < 0 || i >= len(p.Rows.Outputs) {
		return nil
	}
	if len(p.Rows.Parts) > 0 {
		return p.partOrigin(p.Rows.Outputs[i])
	}
	part := scansOrigin(p.Rows.Source, p.Rows.Scans, p.Rows.Where, p.asked())
	part.Takes = []string{planExpr(nameColumns(p.Rows.Outputs[i], p.Rows.Scans))}
	return []OriginPart{part}
}

// partOrigin is where a value of a list of several tables comes from: each part that
// it reads.
func (p *Plan) partOrigin(e Expr) []OriginPart {
	takes := map[int][]string{}
	Walk(e, func(x Expr) {
		c, ok := x.(Column)
		if !ok {
			return
		}
		rows := p.Rows.Parts[c.Scan].Rows
		if i, err := strconv.Atoi(c.Name[1:]); err == nil {
			takes[c.Scan] = merge(takes[c.Scan], []string{planExpr(nameColumns(rows.Outputs[i], rows.Scans))})
		}
	})
	var list []OriginPart
	for i, part := range p.Rows.Parts {
		if takes[i] == nil {
			continue
		}
		o := scansOrigin(part.Rows.Source, part.Rows.Scans, nil, p.asked())
		o.Takes = takes[i]
		list = append(list, o)
	}
	return list
}

// LineageText prints the lineage for people. What several columns have in common
// is told once.
func LineageText(list []Origin) string {
	var b strings.Builder
	told := map[string]string{}
	for _, o := range list {
		b.WriteString(o.Column)
		if o.Definition != "" && o.Definition != o.Column {
			b.WriteString(" = " + o.Definition)
		}
		b.WriteByte('\n')
		for _, m := range o.Means {
			b.WriteString("  with " + m + "\n")
		}
		for _, part := range o.From {
			part.print(&b, o.Column, told)
		}
	}
	return b.String()
}

func (o OriginPart) print(b *strings.Builder, column string, told map[string]string) {
	when := ""
	if o.Against > 0 {
		when = fmt.Sprintf(", in comparison %d", o.Against)
	}
	fmt.Fprintf(b, "  %s  from %s in %s%s\n", strings.Join(o.Takes, ", "), o.Home, o.Warehouse, when)
	rest := ""
	for _, line := range []struct {
		word  string
		texts []string
	}{{"joined", o.Path}, {"where", o.Where}, {"rule", o.Rules}, {"reads", o.Columns}} {
		if len(line.texts) > 0 {
			rest += fmt.Sprintf("    %-7s%s\n", line.word, strings.Join(line.texts, map[string]string{"where": " and ", "rule": "\n           "}[line.word]+map[bool]string{true: ", "}[line.word != "where" && line.word != "rule"]))
		}
	}
	if of, ok := told[rest]; ok && rest != "" && strings.Count(rest, "\n") > 1 {
		fmt.Fprintf(b, "    the rest as for %s\n", of)
		return
	}
	told[rest] = column
	b.WriteString(rest)
}
