package semantic

// longestStreak bounds the periods that a streak looks back over.
const longestStreak = 10_000

// streak counts the visible periods in a row, up to that of the row, for which a
// condition on results holds: the periods up to here for which it does, less
// those up to the last one for which it does not. A period without a row breaks
// it, so that every period must be there.
func (b *binder) streak(c Call, s scope) Expr {
	key := b.timeKey(c)
	if key < 0 {
		return nil
	}
	spans := b.times[s.compare].spans
	if len(spans) != 1 || spans[0].Start.IsZero() || spans[0].End.IsZero() {
		b.fail(Problem{Code: BadPeriod, Name: ExprString(c), Detail: "period", Near: []string{"month(-6..-1)"}})
		return nil
	}
	cond := b.post(c.Args[0], s)
	if b.failed() {
		return nil
	}
	if t := typeOf(cond, b.plan.Slots, b.plan.Keys); t.Kind != Bool {
		b.fail(Problem{Code: WrongType, Name: ExprString(c.Args[0]), Detail: "condition"})
		return nil
	}
	b.dense = true
	whole := ColumnType{Kind: Int}
	one, zero := Lit{IntValue(1)}, Lit{IntValue(0)}
	first := b.periodValue(key, StartOf(spans[0].Start, b.groups[key].grain.Unit, b.clock.Calendar))
	cond = Binary{Op: And, L: Binary{Op: Ge, L: KeyRef{key}, R: Lit{first}}, R: cond}
	holds := b.slot(Computed{Expr: Case{Whens: []When{{If: cond, Then: one}}, Else: zero}, Type: whole})
	upTo := b.slot(OverRows{Func: "running", Of: holds, OrderKey: key, Partition: b.otherKeys(key), Type: whole})
	broken := b.slot(Computed{Expr: Case{Whens: []When{{If: Binary{Op: Eq, L: Slot{holds}, R: zero}, Then: Slot{upTo}}}}, Type: whole})
	last := b.slot(OverRows{Func: "moving", Agg: "max", Rows: longestStreak, Of: broken, OrderKey: key, Partition: b.otherKeys(key), Type: whole})
	dated := IsNull{X: KeyRef{key}, Not: true}
	return Case{Whens: []When{{If: dated, Then: Binary{Op: Sub, L: Slot{upTo}, R: Call{Func: "coalesce", Args: []Expr{Slot{last}, zero}}}}}}
}

// streaks reports an expression that counts periods in a row. It looks at the
// visible periods and has no value of its own in a comparison.
func streaks(e Expr) bool {
	found := false
	Walk(e, func(x Expr) {
		c, ok := x.(Call)
		found = found || ok && c.Func == "streak"
	})
	return found
}
