package semantic

import (
	"fmt"
	"strings"
)

// String prints a plan as text for people and golden tests: its branches with
// scans, rules, filters, keys and measures, and what is done with the results.
// Columns print as c<scan>.<column>, slots as s<index>, keys as k<index>.
func (p *Plan) String() string {
	var b strings.Builder
	if p.Rows != nil {
		printRows(&b, p.Rows, "")
	}
	for i := range p.Branches {
		printBranch(&b, i, &p.Branches[i])
	}
	for i, s := range p.Slots {
		fmt.Fprintf(&b, "s%d = %s\n", i, slotText(s))
	}
	if p.Having != nil {
		fmt.Fprintf(&b, "having %s\n", planExpr(p.Having))
	}
	if p.Clip {
		open := ""
		if p.Open {
			open = " open"
		}
		b.WriteString("clip" + open + "\n")
	}
	if p.Spine != nil {
		once := ""
		if p.Spine.Once {
			once = " once"
		}
		fmt.Fprintf(&b, "spine k%d: %d periods%s\n", p.Spine.Key, len(p.Spine.Values), once)
	}
	if len(p.Order) > 0 {
		fmt.Fprintf(&b, "order %s\n", orderText(p.Order))
	}
	if p.Limit > 0 || p.Offset > 0 {
		per := p.Per
		if p.Rows != nil {
			per = p.Rows.Per
		}
		fmt.Fprintf(&b, "limit %d offset %d per %v%s\n", p.Limit, p.Offset, per, tied(p))
	}
	printTimes(&b, p)
	for _, a := range p.Assumed {
		fmt.Fprintf(&b, "assumed %s %s\n", a.What, a.Value)
	}
	return b.String()
}

func tied(p *Plan) string {
	if p.SharesFirst() {
		return " and equals"
	}
	return ""
}

func printTimes(b *strings.Builder, p *Plan) {
	if p.Window != (Interval{}) {
		fmt.Fprintf(b, "period %s\n", p.Window)
	}
	for _, c := range p.Comparisons {
		fmt.Fprintf(b, "versus %s\n", c)
	}
}

func printBranch(b *strings.Builder, i int, br *Branch) {
	fmt.Fprintf(b, "branch %d", i)
	if br.Source != "" {
		fmt.Fprintf(b, " in %s", br.Source)
	}
	if br.Compare > 0 {
		fmt.Fprintf(b, " versus %d", br.Compare)
	}
	b.WriteByte('\n')
	printScans(b, br.Scans, "  ")
	for _, w := range br.Where {
		fmt.Fprintf(b, "  where %s\n", planExpr(w))
	}
	for k, x := range br.Keys {
		fmt.Fprintf(b, "  k%d %s\n", k, planExpr(x))
	}
	if len(br.Distinct) > 0 {
		fmt.Fprintf(b, "  distinct %s\n", planExprs(br.Distinct))
	}
	for j, m := range br.Measures {
		fmt.Fprintf(b, "  m%d %s\n", j, measureText(m))
	}
	if l := br.LastBy; l != nil {
		fmt.Fprintf(b, "  %s by %s within %s per %s\n", l.Pick, planExpr(l.Time), planExpr(l.Each), planExprs(l.Per))
	}
	if c := br.Convert; c != nil {
		printConvert(b, c)
	}
	if c := br.Cohort; c != nil {
		printCohort(b, c)
	}
	if o := br.Over; o != nil {
		fmt.Fprintf(b, "  over %d spans of %s, the last before %s\n", len(o.Spans), planExpr(o.Time), o.Spans[len(o.Spans)-1].End)
	}
	if in := br.Inner; in != nil {
		fmt.Fprintf(b, "  first by %s\n", planExprs(in.By))
		if in.First {
			b.WriteString("  the first of them\n")
		}
		if in.Last {
			b.WriteString("  the last of them\n")
		}
		for j, m := range in.Outer {
			fmt.Fprintf(b, "  m%d %s\n", j, measureText(m))
		}
	}
}

func printConvert(b *strings.Builder, c *Convert) {
	fmt.Fprintf(b, "  converts from %s to %s", planExpr(c.From), planExpr(c.To))
	if c.Within != (Window{}) {
		fmt.Fprintf(b, " within %d %s", c.Within.N, c.Within.Unit)
	}
	for i, p := range c.Pairs {
		fmt.Fprintf(b, "%s %s = %s", []string{" by", ","}[min(i, 1)], planExpr(p.From), planExpr(p.To))
	}
	b.WriteByte('\n')
	printScans(b, c.Scans, "    ")
	for _, w := range c.Where {
		fmt.Fprintf(b, "    where %s\n", planExpr(w))
	}
}

func printCohort(b *strings.Builder, c *Cohort) {
	fmt.Fprintf(b, "  first %s per", planExpr(c.First))
	for _, p := range c.Pairs {
		fmt.Fprintf(b, " %s = %s", planExpr(p.From), planExpr(p.To))
	}
	fmt.Fprintf(b, " in %d periods\n", len(c.Periods))
	for _, x := range c.If {
		fmt.Fprintf(b, "    if %s\n", planExpr(x))
	}
	for _, x := range c.Having {
		fmt.Fprintf(b, "    periods %s\n", planExpr(x))
	}
	fmt.Fprintf(b, "  again %s\n", planExpr(c.Again))
	printScans(b, c.Scans, "    ")
	for _, w := range c.Where {
		fmt.Fprintf(b, "    where %s\n", planExpr(w))
	}
}

func printScans(b *strings.Builder, scans []Scan, indent string) {
	for i, s := range scans {
		fmt.Fprintf(b, "%sscan %d %s", indent, i, s.Table.Name)
		if s.Parent >= 0 {
			fmt.Fprintf(b, " of %d", s.Parent)
		}
		for _, p := range s.On {
			fmt.Fprintf(b, " on %s=%s", p.From, p.To)
		}
		for _, p := range s.Meets {
			fmt.Fprintf(b, " where %s = %s", planExpr(p.From), planExpr(p.To))
		}
		for _, p := range s.With {
			fmt.Fprintf(b, " with c0.%s=%s", p.From, p.To)
		}
		if s.Many {
			b.WriteString(" many")
		}
		if s.At != nil {
			fmt.Fprintf(b, " at %s", planExpr(s.At))
		}
		if s.Never {
			b.WriteString(" never")
		}
		b.WriteByte('\n')
		for _, r := range s.Rules {
			fmt.Fprintf(b, "%s  rule %s\n", indent, planExpr(r))
		}
	}
}

func printRows(b *strings.Builder, r *RowsPlan, indent string) {
	b.WriteString(indent + "rows")
	if r.Distinct {
		b.WriteString(" distinct")
	}
	if r.Source != "" {
		b.WriteString(" in " + r.Source)
	}
	b.WriteByte('\n')
	printScans(b, r.Scans, indent+"  ")
	for i, part := range r.Parts {
		fmt.Fprintf(b, "%s  part %d", indent, i)
		for _, p := range part.On {
			fmt.Fprintf(b, " c%d.%s=%s", part.Of, p.From, p.To)
		}
		b.WriteByte('\n')
		printRows(b, part.Rows, indent+"    ")
	}
	for _, w := range r.Where {
		fmt.Fprintf(b, "%s  where %s\n", indent, planExpr(w))
	}
	for i, o := range r.Outputs {
		fmt.Fprintf(b, "%s  o%d %s\n", indent, i, planExpr(o))
	}
}

func measureText(m Measure) string {
	text := m.Func
	if m.Arg != nil {
		text += "(" + planExpr(m.Arg) + ")"
	}
	if m.Fraction != 0 {
		text += fmt.Sprintf(" at %g", m.Fraction)
	}
	if m.Where != nil {
		text += " where " + planExpr(m.Where)
	}
	return text
}

func slotText(d SlotDef) string {
	switch x := d.(type) {
	case FromBranch:
		text := fmt.Sprintf("b%d.m%d", x.Branch, x.Measure)
		if x.ZeroFill {
			text += " or 0"
		}
		return text
	case Computed:
		return planExpr(x.Expr)
	case OverRows:
		text := fmt.Sprintf("%s of s%d", x.Func, x.Of)
		if len(x.Partition) > 0 {
			text += fmt.Sprintf(" within k%v", x.Partition)
		}
		return text
	}
	return ""
}

func orderText(order []Order) string {
	parts := make([]string, len(order))
	for i, o := range order {
		text := fmt.Sprintf("k%d", o.Key)
		if o.Slot >= 0 {
			text = fmt.Sprintf("s%d", o.Slot)
		}
		if o.Desc {
			text = "-" + text
		}
		parts[i] = text
	}
	return strings.Join(parts, ", ")
}

func planExprs(list []Expr) string {
	parts := make([]string, len(list))
	for i, x := range list {
		parts[i] = planExpr(x)
	}
	return strings.Join(parts, ", ")
}

// planExpr prints a bound expression; a nested plan is printed in braces.
func planExpr(e Expr) string {
	switch x := e.(type) {
	case nil:
		return "-"
	case Lit:
		return ExprString(x)
	case Column:
		return fmt.Sprintf("c%d.%s", x.Scan, x.Name)
	case Name: // of a column, where one is shown with its table
		return spell(x.Path...)
	case SinceFirst:
		return "since"
	case Slot:
		return fmt.Sprintf("s%d", x.Index)
	case SpanKey:
		if x.Moment {
			return "span.moment"
		}
		return fmt.Sprintf("span.k%d", x.Index)
	case KeyRef:
		return fmt.Sprintf("k%d", x.Index)
	case Unary:
		return x.Op.String() + " " + planExpr(x.X)
	case Binary:
		return "(" + planExpr(x.L) + " " + x.Op.String() + " " + planExpr(x.R) + ")"
	case In:
		return planExpr(x.X) + notText(x.Not) + " in (" + planExprs(x.List) + ")"
	case IsNull:
		return planExpr(x.X) + " is" + notText(x.Not) + " null"
	case Match:
		return planExpr(x.X) + notText(x.Not) + [...]string{" contains ", " starts ", " ends "}[x.How] + fmt.Sprintf("%q", x.Pattern)
	case TimeRange:
		return planExpr(x.X) + " in " + Interval{Start: x.Start.Time(), End: x.End.Time()}.String()
	case Trunc:
		return planExpr(x.X) + ":" + x.Grain.String() + shiftText(x)
	case Part:
		return planExpr(x.X) + ":" + x.Grain.String()
	case Call:
		return x.Func + "(" + planExprs(x.Args) + ")"
	case Case:
		return caseText(x)
	case PlanTest:
		own := ""
		if len(x.Own) > 0 {
			own = "of (" + planExprs(x.Own) + ") "
		}
		return planExpr(x.X) + " " + x.Op.String() + " " + own + "{\n" + indented(x.Plan.String()) + "  }"
	case InPlan:
		return "(" + planExprs(x.X) + ")" + notText(x.Not) + " in {\n" + indented(x.Plan.String()) + "  }"
	}
	return fmt.Sprintf("%T", e)
}

func caseText(x Case) string {
	text := "case"
	for _, w := range x.Whens {
		text += " when " + planExpr(w.If) + " then " + planExpr(w.Then)
	}
	return text + " else " + planExpr(x.Else) + " end"
}

func shiftText(x Trunc) string {
	if x.Shift == 0 {
		return ""
	}
	return fmt.Sprintf("%+d%s", x.Shift, x.ShiftUnit)
}

func notText(not bool) string {
	if not {
		return " not"
	}
	return ""
}

func indented(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n    ") + "\n"
}
