package semantic

import (
	"fmt"
	"strconv"
	"strings"
)

// boundKey is a text that two bound expressions share only when they compute the
// same: it tells measures and slots apart. It is never shown.
func boundKey(e Expr) string {
	var b strings.Builder
	writeKey(&b, e)
	return b.String()
}

func writeKey(b *strings.Builder, e Expr) {
	switch x := e.(type) {
	case nil:
		b.WriteByte('~')
		return
	case Lit:
		b.WriteString(x.Value.Kind().String() + ":" + strconv.Quote(x.Value.String()))
		return
	case Column:
		b.WriteString("c" + strconv.Itoa(x.Scan) + "." + x.Name)
		return
	case Slot:
		b.WriteString("s" + strconv.Itoa(x.Index))
		return
	case SpanKey:
		fmt.Fprintf(b, "p%d%v", x.Index, x.Moment)
		return
	case KeyRef:
		b.WriteString("k" + strconv.Itoa(x.Index))
		return
	case Unary:
		b.WriteString(x.Op.String())
	case Binary:
		b.WriteString(x.Op.String())
	case In:
		fmt.Fprintf(b, "in%v", x.Not)
	case IsNull:
		fmt.Fprintf(b, "null%v", x.Not)
	case Between:
		fmt.Fprintf(b, "between%v", x.Not)
	case Match:
		fmt.Fprintf(b, "match%d%v%q", x.How, x.Not, x.Pattern)
	case TimeRange:
		fmt.Fprintf(b, "range%s..%s", x.Start, x.End)
	case Trunc:
		fmt.Fprintf(b, "trunc%d+%d*%d", x.Grain.Unit, x.Shift, x.ShiftUnit)
	case Part:
		fmt.Fprintf(b, "part%d", x.Grain.Cyclic)
	case Call:
		fmt.Fprintf(b, "%s%v", x.Func, x.Distinct)
	case Case:
		fmt.Fprintf(b, "case%d", len(x.Whens))
	case PlanTest:
		fmt.Fprintf(b, "test%d%p", x.Op, x.Plan)
	case InPlan:
		fmt.Fprintf(b, "set%v%p", x.Not, x.Plan)
	default:
		fmt.Fprintf(b, "%T", e)
	}
	b.WriteByte('(')
	for _, c := range children(e) {
		writeKey(b, c)
		b.WriteByte(',')
	}
	b.WriteByte(')')
}
