package nlq

import (
	"fmt"
	"slices"
	"strings"

	"wenshu/semantic"
)

// StyleWish is what a WordUse became that wishes for a look and is not followed.
const StyleWish = "style"

// words says what became of every word of a covering.
func (a *attempt) words(c covering, s *sentence) []WordUse {
	uses := slices.Grow([]WordUse(nil), len(c.mentions))
	for _, m := range c.mentions {
		use := WordUse{Span: a.text.Span(m.from, m.end), State: Used}
		switch means := m.means.(type) {
		case Noise, Glue:
			use.State = IsNoise
		case Style:
			use.State, use.As = IsNoise, StyleWish
		case unread:
			use.State, use.As = Unread, ""
			if slices.Contains(s.texts, m.from) {
				use.State, use.As = Used, "text"
			}
		case names:
			use.Object = a.chosen(m, means, s)
			use.As = use.Object.String()
			if d := use.Object.Dimension; d != nil && d.Name == "" {
				use.Object = Object{} // made up by the question: nothing of the model
			}
		default:
			use.As = partName(means)
		}
		if m.typo != "" && use.State == Used {
			use.State, use.Typo = Corrected, m.typo
		}
		uses = append(uses, use)
	}
	return uses
}

// chosen is the object that a name was taken for.
func (a *attempt) chosen(m mention, n names, s *sentence) Object {
	if o, ok := s.settled[m.from]; ok {
		return o
	}
	return n.alts[0].object
}

// String names an object as a query line does.
func (o Object) String() string {
	switch {
	case o.Metric != nil:
		return o.Metric.Name
	case o.Member != "":
		return fmt.Sprintf("%s.%s = %q", o.Dimension.Table.Name, o.Dimension.Name, o.Member)
	case o.Dimension != nil && o.Dimension.Name == "":
		return semantic.ExprString(o.Dimension.Expr)
	case o.Dimension != nil:
		return o.Dimension.Table.Name + "." + o.Dimension.Name
	case o.Table != nil:
		return o.Table.Name
	case o.Join != nil:
		return o.Join.From.Name + "." + o.Join.Name
	}
	return ""
}

// partName names a part for explaining.
func partName(m meaning) string {
	switch m := m.(type) {
	case Timed:
		return semantic.PeriodString(m.Period)
	case Top:
		return topName(m)
	case number:
		return m.Value.String()
	case quoted:
		return fmt.Sprintf("%q", m.text)
	case Agg:
		return m.Func
	}
	name := fmt.Sprintf("%T", m)
	return strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])
}

func topName(m Top) string {
	name := "bottom"
	if m.Desc {
		name = "top"
	}
	if m.N > 0 {
		return fmt.Sprintf("%s %d", name, m.N)
	}
	return name
}
