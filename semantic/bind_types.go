package semantic

// String names the kind as refusals carry it.
func (k MetricKind) String() string {
	return [...]string{"simple", "derived", "balance", "cumulative", "offset", "conversion", "retention", "nested"}[k]
}

// measureType is the type of an aggregate's result: sums, smallest and largest
// keep the argument's exactness, means are floats.
func measureType(m Measure) ColumnType {
	switch m.Func {
	case "count", "count_distinct":
		return ColumnType{Kind: Int}
	case "sum", "min", "max":
		t := typeOf(m.Arg, nil, nil)
		if m.Func == "sum" && t.Kind == Bool {
			return ColumnType{Kind: Int}
		}
		return t
	}
	return ColumnType{Kind: Float}
}

func typeOfSlot(d SlotDef) ColumnType {
	switch x := d.(type) {
	case FromBranch:
		return x.Type
	case Computed:
		return x.Type
	case OverRows:
		return x.Type
	}
	return ColumnType{}
}

// typeOf is the type of a bound expression. Decimals stay exact through +, - and
// ×; everything divided is a float. The zero type is unknown.
func typeOf(e Expr, slots []SlotDef, keys []Key) ColumnType {
	switch x := e.(type) {
	case Lit:
		return ColumnType{Kind: x.Value.Kind(), Scale: uint8(x.Value.Scale())}
	case Column:
		return x.Type
	case Slot:
		if x.Index < len(slots) {
			return typeOfSlot(slots[x.Index])
		}
	case SpanKey:
		return x.Type
	case KeyRef:
		if x.Index < len(keys) {
			return keys[x.Index].Type
		}
	case Trunc:
		return grainType(x.Grain)
	case Part, SinceFirst:
		return ColumnType{Kind: Int}
	case Unary:
		if x.Op == Not {
			return ColumnType{Kind: Bool}
		}
		return typeOf(x.X, slots, keys)
	case Binary:
		return typeOfBinary(x, slots, keys)
	case In, Between, IsNull, Match, TimeRange, InPlan, PlanTest:
		return ColumnType{Kind: Bool}
	case Case:
		arms := []Expr{x.Else}
		for _, w := range x.Whens {
			arms = append(arms, w.Then)
		}
		return widest(arms, slots, keys)
	case Call:
		return typeOfCall(x, slots, keys)
	}
	return ColumnType{}
}

// maxExactScale is the most digits after the point of a product that stays
// exact: with more of them ordinary sums would leave 64 bits.
const maxExactScale = 8

func typeOfBinary(x Binary, slots []SlotDef, keys []Key) ColumnType {
	if x.Op < Add {
		return ColumnType{Kind: Bool}
	}
	if x.Op == Div {
		return ColumnType{Kind: Float}
	}
	l, r := typeOf(x.L, slots, keys), typeOf(x.R, slots, keys)
	if unknown(x.L, l) || unknown(x.R, r) {
		return ColumnType{}
	}
	if x.Op == Mul && l.Kind != Float && r.Kind != Float && (l.Kind == Decimal || r.Kind == Decimal) && l.Kind != Null && r.Kind != Null {
		if l.Scale+r.Scale > maxExactScale {
			return ColumnType{Kind: Float}
		}
		return ColumnType{Kind: Decimal, Scale: l.Scale + r.Scale}
	}
	return wider(l, r)
}

// unknown reports a value whose type nobody has declared; null itself fits all.
func unknown(e Expr, t ColumnType) bool {
	_, lit := e.(Lit)
	return e != nil && !lit && t.Kind == Null
}

// widest is the type that holds all values, unknown where one of theirs is: a
// narrower guess would round it.
func widest(list []Expr, slots []SlotDef, keys []Key) ColumnType {
	var t ColumnType
	for _, e := range list {
		one := typeOf(e, slots, keys)
		if unknown(e, one) {
			return ColumnType{}
		}
		t = wider(t, one)
	}
	return t
}

// wider is the type that holds both.
func wider(l, r ColumnType) ColumnType {
	switch {
	case l.Kind == Null:
		return r
	case r.Kind == Null:
		return l
	case l.Kind == Float || r.Kind == Float:
		return ColumnType{Kind: Float}
	case l.Kind == Decimal || r.Kind == Decimal:
		return ColumnType{Kind: Decimal, Scale: max(l.Scale, r.Scale)}
	}
	return l
}

func typeOfCall(x Call, slots []SlotDef, keys []Key) ColumnType {
	arg := func(i int) ColumnType {
		if i < len(x.Args) {
			return typeOf(x.Args[i], slots, keys)
		}
		return ColumnType{}
	}
	switch x.Func {
	case "lower", "upper":
		return ColumnType{Kind: Text}
	case "length", "days_between", "seconds_between":
		return ColumnType{Kind: Int}
	case "floor", "ceil":
		if arg(0).Kind == Int {
			return arg(0)
		}
		return ColumnType{Kind: Float}
	case "round":
		if arg(0).Kind == Int {
			return arg(0)
		}
		return ColumnType{Kind: Float}
	case "coalesce", "least", "greatest":
		return widest(x.Args, slots, keys)
	}
	return arg(0)
}
