package semantic

import (
	"slices"
	"strings"
)

// The slots of a verified question besides {dimension name}.
const (
	PeriodSlot = "period" // takes the place of the query's period
	CountSlot  = "n"      // takes the place of its limit
)

// Slots are the names between braces in a verified question's text, in order.
// A text that is not closed has none behind that place.
func Slots(text string) []string {
	var slots []string
	for {
		_, rest, ok := strings.Cut(text, "{")
		if !ok {
			return slots
		}
		name, behind, ok := strings.Cut(rest, "}")
		if !ok {
			return slots
		}
		slots, text = append(slots, strings.TrimSpace(name)), behind
	}
}

// Filling is what a question says in the slots.
type Filling struct {
	Period  Period            // nil where no slot takes one
	Count   int               // 0 where no slot takes one
	Members map[string]string // by the slot's name
}

// Fill is the verified query with what the slots say in place of what it says
// itself.
func (v *Verified) Fill(f Filling) *Query {
	q := v.Query.Clone()
	if f.Period != nil {
		q.During = []Period{f.Period}
	}
	if f.Count > 0 {
		q.Limit = f.Count
	}
	q.Where = Rewrite(q.Where, func(x Expr) Expr {
		if slot, eq, ok := slotOf(x); ok {
			if member, said := f.Members[slot]; said {
				eq.R = Lit{Value: TextValue(member)}
				return eq
			}
		}
		return x
	})
	return q
}

// slotOf is the slot that an equality with a text gives its place to: the name
// of the dimension as the query spells it.
func slotOf(x Expr) (string, Binary, bool) {
	eq, ok := x.(Binary)
	if !ok || eq.Op != Eq {
		return "", eq, false
	}
	name, ok := eq.L.(Name)
	if !ok {
		return "", eq, false
	}
	lit, ok := eq.R.(Lit)
	return strings.Join(name.Path, "."), eq, ok && lit.Value.Kind() == Text
}

// MemberSlots are the slots for members that a query has places for.
func (q *Query) MemberSlots() []string {
	var slots []string
	walkExpr(q.Where, func(x Expr) bool {
		if slot, _, ok := slotOf(x); ok && !slices.Contains(slots, slot) {
			slots = append(slots, slot)
		}
		return true
	})
	return slots
}

// checkSlots reports slots that the query has no place for: a period is always
// one, a number needs a limit, a member an equality of its dimension.
func (l *loader) checkSlots(v *Verified, at Pos) {
	if v.Query == nil {
		return
	}
	legal := append(v.Query.MemberSlots(), PeriodSlot)
	if v.Query.Limit > 0 {
		legal = append(legal, CountSlot)
	}
	for _, text := range v.Questions {
		seen := map[string]bool{}
		for _, slot := range Slots(text) {
			switch {
			case !slices.Contains(legal, slot):
				l.report(Problem{Code: UnknownName, Pos: at, Name: "{" + slot + "}", Near: legal, Detail: "slot"})
			case seen[slot]:
				l.report(Problem{Code: Collision, Pos: at, Name: "{" + slot + "}", Detail: "slot"})
			}
			seen[slot] = true
		}
	}
}
