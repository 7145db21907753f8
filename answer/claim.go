package answer

import (
	"math/big"

	"wenshu/nlq"
	"wenshu/semantic"
)

// yesOrNo puts yes or no before the sentence of a question that wants it: whether
// what it claims of a number holds, or whether there is anything at all.
func (a *asking) yesOrNo(answer *Answer, r nlq.Ask) *Answer {
	if !r.Exists && r.Claim == nil || answer.Kind != Result || answer.Table == nil {
		return answer
	}
	m, so := a.words.No, false
	switch {
	case r.Claim != nil:
		holds, known := claimed(answer.Table, r.Claim)
		if !known {
			return answer
		}
		m, so = a.words.NotSo, holds
		if holds {
			m = a.words.IsSo
		}
	case len(r.Query.Versus) > 0:
		return answer
	default:
		yes, known := anything(answer.Table, r.Goal)
		if !known {
			return answer
		}
		so = yes
		if yes {
			m = a.words.Yes
		}
	}
	answer.Yes = &so
	t := m.say(said("sentence", text{answer.Sentence.Text, answer.Sentence.Spans}))
	answer.Sentence = Sentence{t.s, t.spans}
	return answer
}

// anything reports whether a table has a value that says yes; known is false where a
// rate of nothing is neither.
func anything(t *Table, goal nlq.GoalKind) (yes, known bool) {
	for _, row := range t.Rows {
		for i, cell := range row {
			if t.Columns[i].Role == "group" {
				continue
			}
			if goal != nlq.NoGoal && cell.v.IsNull() {
				return false, false
			}
			yes = yes || isYes(cell.v, goal)
		}
	}
	return yes, true
}

// isYes reports whether a value says yes.
func isYes(v semantic.Value, goal nlq.GoalKind) bool {
	d, ok := decimalOf(v)
	if goal == nlq.NoGoal {
		return ok && d.sign() != 0 || !ok && !v.IsNull()
	}
	short := d.plus(decimal{big.NewInt(-1), 0}).sign() < 0
	return ok && short == (goal == nlq.MissedGoal)
}

// claimed reports whether a claim holds of the one row of a table; known is false
// where it has no number to tell by.
func claimed(t *Table, c *nlq.Claim) (holds, known bool) {
	if len(t.Rows) != 1 {
		return false, false
	}
	bound := c.Value
	v, ok := inRole(t, "value")
	if c.Gap {
		last := len(t.Columns) - 1
		v = t.Rows[0][last].v
		ok = v.IsNumber()
	}
	if c.Change {
		if v, ok = inRole(t, "change"); !ok {
			v, ok = inRole(t, "growth")
		}
		if !ok {
			v, ok = inRole(t, "value")
			bound, _ = inRole(t, "earlier")
		}
	}
	if bound.IsNull() {
		bound = semantic.IntValue(0)
	}
	sign, err := v.Compare(bound)
	if !ok || err != nil {
		return false, false
	}
	switch c.Op {
	case semantic.Lt:
		return sign < 0, true
	case semantic.Le:
		return sign <= 0, true
	case semantic.Gt:
		return sign > 0, true
	case semantic.Ge:
		return sign >= 0, true
	case semantic.Eq:
		return sign == 0, true
	}
	return sign != 0, true
}

// inRole is the number of the first column of a role in the one row of a table.
func inRole(t *Table, role string) (semantic.Value, bool) {
	for i, c := range t.Columns {
		if c.Role == role && t.Rows[0][i].v.IsNumber() {
			return t.Rows[0][i].v, true
		}
	}
	return semantic.NullValue, false
}
