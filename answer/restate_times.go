package answer

import "wenshu/semantic"

// span says the seconds between two moments, divided into a unit, as the time between them
// in that unit; ok is false where an expression is none.
func (b *book) span(x semantic.Binary) (said string, ok bool) {
	call, isCall := x.L.(semantic.Call)
	by, isLit := x.R.(semantic.Lit)
	if !isCall || !isLit || x.Op != semantic.Div || call.Func != "seconds_between" || len(call.Args) != 2 {
		return "", false
	}
	for seconds, m := range b.w.Spans {
		if semantic.ExprString(by) == semantic.ExprString(semantic.Lit{Value: semantic.IntValue(seconds)}) {
			ends := []string{b.expr(call.Args[0]), b.expr(call.Args[1])}
			return m.string(word("a", b.w.joinStrings(ends))), true
		}
	}
	return "", false
}

// endOf is which end of moments or of lengths of time a least or greatest is: earliest,
// latest, shortest or longest; "" of other numbers.
func (b *book) endOf(x semantic.Call) string {
	if x.Func != "min" && x.Func != "max" || len(x.Args) != 1 {
		return ""
	}
	ends := [2]string{"shortest", "longest"}
	switch arg := x.Args[0].(type) {
	case semantic.Name:
		d := b.dimension(arg.Path)
		if d == nil || d.Type.Kind != semantic.Date && d.Type.Kind != semantic.Timestamp {
			return ""
		}
		ends = [2]string{"earliest", "latest"}
	case semantic.Binary:
		if _, ok := b.span(arg); !ok {
			return ""
		}
	case semantic.Call:
		if arg.Func != "days_between" && arg.Func != "seconds_between" {
			return ""
		}
	default:
		return ""
	}
	if x.Func == "max" {
		return ends[1]
	}
	return ends[0]
}
