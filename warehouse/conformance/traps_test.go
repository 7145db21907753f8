package conformance

import (
	"testing"

	"wenshu/semantic"
	"wenshu/sqlgen"
)

// trap is a plan with the rows that are right for it.
type trap struct {
	id, fixture string
	plan        *semantic.Plan
	want        string // rows separated by space
}

var (
	id         = func(scan int) semantic.Expr { return column(scan, "id", intType) }
	amount     = func(scan int) semantic.Expr { return column(scan, "amount", intType) }
	region     = func(scan int) semantic.Expr { return column(scan, "region", textType) }
	name       = func(scan int) semantic.Expr { return column(scan, "name", textType) }
	status     = func(scan int) semantic.Expr { return column(scan, "status", textType) }
	orderedOn  = column(0, "ordered_on", dateType)
	isDone     = op(status(0), semantic.Eq, lit("done"))
	sumAmount  = measure("sum", amount(0), intType)
	doneAmount = semantic.Measure{Func: "sum", Arg: amount(0), Where: isDone, Type: intType}
)

func orders() semantic.Scan {
	return home("orders", "id customer_id amount status ordered_on paid_on")
}

func customerOf(parent int) semantic.Scan {
	return scan("customers", parent, "customer_id=id", "id name region credit")
}

func ordersWithCustomer(keys []semantic.Expr, ms ...semantic.Measure) semantic.Branch {
	return semantic.Branch{Scans: []semantic.Scan{orders(), customerOf(0)}, Keys: keys, Measures: ms}
}

func returnsWithCustomer(keys []semantic.Expr) semantic.Branch {
	return semantic.Branch{Scans: []semantic.Scan{home("returns", "id customer_id amount returned_on"), customerOf(0)},
		Keys: keys, Measures: []semantic.Measure{sumAmount}}
}

func exprs(list ...semantic.Expr) []semantic.Expr { return list }

// where adds conditions to the first branch.
func where(p *semantic.Plan, conds ...semantic.Expr) *semantic.Plan {
	p.Branches[0].Where = append(p.Branches[0].Where, conds...)
	return p
}

func many(s semantic.Scan) semantic.Scan {
	s.Many = true
	return s
}

func traps() []trap {
	return []trap{
		{"J01", "SHOP", simple(keyed(textType), creditByStatus("sum", intType)), "done|400 open|200 -|400"},
		{"J04", "SHOP", where(simple(keyed(textType), ordersWithCustomer(exprs(name(1)), sumAmount),
			where(simple(nil, returnsWithCustomer(exprs(name(1)))), op(name(1), semantic.Eq, lit("Ann"))).Branches[0]), op(name(1), semantic.Eq, lit("Ann"))), "Ann|150|15"},
		{"A01", "SHOP", simple(keyed(textType), creditByStatus("avg", floatType)), "done|200 open|200 -|400"},
		{"A03", "SHOP", unitPrice(), "43.18"},
		{"F02", "SHOP", where(simple(keyed(textType), ordersWithCustomer(exprs(name(1)), doneAmount, sumAmount)), op(id(1), semantic.Eq, lit(2))), "Bob|-|200"},
		{"F09", "TS", simple(nil, events("ev", "", "2024-01-01", "2024-02-01")), "2"},
		{"T16", "TS", zoned(simple(nil, events("evz", "UTC", "2024-01-02", "2024-01-03"))), "2"},
		{"T16 by day", "TS", zoned(simple([]semantic.Key{{Type: dateType, Grain: semantic.Grain{Unit: semantic.Day}}}, eventsByDay())),
			"2024-01-01|1 2024-01-02|2 2024-01-03|1"},
		{"J02", "SHOP", simple(keyed(textType), semantic.Branch{
			Scans: []semantic.Scan{orders(), many(scan("lines", 0, "id=order_id", "order_id sku"))},
			Keys:  exprs(column(1, "sku", textType)), Measures: []semantic.Measure{sumAmount}, Distinct: exprs(id(0)),
		}), "A|255 B|320"},
		{"J03", "SHOP", simple(nil, semantic.Branch{
			Scans:    []semantic.Scan{orders(), many(scan("lines", 0, "id=order_id", "order_id sku"))},
			Measures: []semantic.Measure{sumAmount}, Distinct: exprs(id(0)),
		}), "475"},
		{"J05", "SHOP", simple(keyed(textType), ordersWithCustomer(exprs(name(1)), sumAmount), returnsWithCustomer(exprs(name(1)))),
			"Ann|150|15 Bob|200|- Cai|75|- Dee|-|15 -|50|-"},
		{"J06", "SHOP", simple(keyed(textType), ordersWithCustomer(exprs(region(1)), sumAmount), returnsWithCustomer(exprs(region(1)))),
			"EAST|350|15 WEST|75|- -|50|15"},
		{"J07", "SHOP", simple(keyed(textType), ordersWithCustomer(exprs(region(1)), sumAmount)), "EAST|350 WEST|75 -|50"},
		{"J10", "BRIDGE", simple(keyed(intType), bridge(measure("sum", column(0, "gross", intType), intType))), "170|300 180|50 -|70"},
		{"J11", "BRIDGE", simple(keyed(intType), bridge(measure("avg", column(0, "gross", intType), floatType))), "170|150 180|50 -|70"},
		{"J12", "SHOP2", simple(keyed(textType, textType), semantic.Branch{
			Scans: []semantic.Scan{home("flights", "id origin dest"), scan("airports", 0, "origin=code", "code city"), scan("airports", 0, "dest=code", "code city")},
			Keys:  exprs(column(1, "city", textType), column(2, "city", textType)), Measures: []semantic.Measure{{Func: "count", Type: intType}},
		}), "Beijing|Shanghai|2 Shanghai|Beijing|1"},
		{"J13", "SHOP2", simple(keyed(textType), semantic.Branch{
			Scans: []semantic.Scan{home("emp", "id boss region"), scan("emp", 0, "boss=id", "id region")},
			Keys:  exprs(region(1)), Measures: []semantic.Measure{{Func: "count", Type: intType}},
		}), "EAST|1 HQ|2 -|1"},
		{"J15", "DUP", simple(keyed(intType), semantic.Branch{
			Scans: []semantic.Scan{home("x", "id store sku qty"), scan("inv", 0, "store sku", "store sku rp")},
			Keys:  exprs(column(1, "rp", intType)), Measures: []semantic.Measure{measure("sum", column(0, "qty", intType), intType)},
		}), "5|3 9|4"},
		{"A02", "SHOP", simple(nil, ordersWithCustomer(nil, measure("avg", amount(0), floatType))), "79.17"},
		{"A04", "SHOP", doneShare(), "6|5|0.8333"},
		{"A05", "SHOP", where(zeroDenominator(), op(column(0, "customer_id", intType), semantic.Eq, lit(2))), "0|-"},
		{"A06", "SHOP", where(simple(nil, ordersWithCustomer(nil, measure("count_distinct", column(0, "customer_id", intType), intType))),
			between(orderedOn, "", "2024-02-01")), "1"},
		{"A07", "SHOP", simple(nil, ordersWithCustomer(nil, measure("median", amount(0), floatType))), "62.5"},
		{"A08", "SHOP", simple(nil, ordersWithCustomer(nil,
			semantic.Measure{Func: "percentile", Arg: amount(0), Fraction: 0.9, Type: floatType},
			semantic.Measure{Func: "percentile_disc", Arg: amount(0), Fraction: 0.9, Type: floatType})), "150|200"},
		{"A09", "SHOP", netRevenue(), "EAST|335 WEST|75 -|35"},
		{"A10", "SHOP", averageOfSums(), "EAST|175 WEST|75 -|25"},
		{"F01", "SHOP", simple(keyed(textType), ordersWithCustomer(exprs(region(1)), doneAmount, sumAmount)), "EAST|150|350 WEST|75|75 -|50|50"},
		{"F03", "SHOP", having(simple(keyed(textType), ordersWithCustomer(exprs(region(1)), sumAmount)), op(semantic.Slot{}, semantic.Gt, lit(100))), "EAST|350"},
		{"F04", "SHOP", customersWithOrders(2), "EAST|1"},
		{"F05", "SHOP", customersWithout(), "Dee"},
		{"F06", "SHOP", where(simple(nil, ordersWithCustomer(nil, sumAmount)), op(region(1), semantic.Ne, lit("EAST"))), "125"},
		{"F07", "SHOP", where(simple(nil, ordersWithCustomer(nil, sumAmount)),
			op(op(op(status(0), semantic.Eq, lit("open")), semantic.Or, op(amount(0), semantic.Gt, lit(60))), semantic.And, op(region(1), semantic.Eq, lit("WEST")))), "75"},
		{"F10", "SHOP", shareOf(semantic.Expr(op(region(1), semantic.Eq, lit("EAST"))), 0), "Ann|150|0.4286 Bob|200|0.5714"},
		{"T01", "SHOP", simple(months(), ordersWithCustomer(exprs(month(orderedOn)), sumAmount),
			where(simple(nil, ordersWithCustomer(exprs(month(column(0, "paid_on", dateType))), sumAmount)), semantic.IsNull{X: column(0, "paid_on", dateType), Not: true}).Branches[0]),
			"2024-01-01|150|100 2024-02-01|275|50 2024-03-01|50|105 2024-04-01|-|20"},
		{"T05", "GAP", shifted("2024-03-01", "2024-04-01", "2024-01-01", "2024-02-01", 2), "2024-03-01|45|30"},
		{"T07", "GAP", runningByRegion(), "2024-01-01|E|30|30 2024-02-01|E|-|30 2024-03-01|E|40|70 2024-01-01|W|-|- 2024-02-01|W|-|- 2024-03-01|W|5|5"},
		{"T08", "GAP", movingOverGaps(), "2024-01-01|30|30 2024-02-01|-|30 2024-03-01|45|45"},
		{"T12", "BAL", balance("last", column(0, "acct", textType)), "210"},
		{"T13", "BAL", balance("last"), "150"},
		{"T13 average", "BAL", balance("avg"), "116.7"},
		{"T18", "BAL", where(balance("last", column(0, "acct", textType)), between(column(0, "d", dateType), "", "2024-01-30")), "140"},
		{"T17", "GAP", gapFilled(), "2024-01-01|0 2024-02-01|0 2024-03-01|5"},
		{"T19", "GAP", shifted("", "", "", "", 1), "2024-01-01|30|- 2024-02-01|-|30 2024-03-01|45|-"},
		{"S01", "SCD", simple(keyed(textType), validAt()), "gold|20 silver|10 -|5"},
		{"S02", "SCD", where(simple(keyed(textType), validAt()), between(column(0, "d", dateType), "2024-02-01", "2024-02-02")), "gold|20"},
		{"P01", "SHOP", limited(shareOf(nil, 0), 1), "Bob|200|0.4211"},
		{"P02", "SHOP", bestPerRegion(), "EAST|Bob|200 WEST|Cai|75 -|-|50"},
		{"P03", "SHOP", descending(simple(keyed(textType), semantic.Branch{Scans: []semantic.Scan{home("customers", "id region")},
			Keys: exprs(region(0)), Measures: []semantic.Measure{{Func: "count", Type: intType}}})), "WEST|1 EAST|2 -|1"},
		{"target", "SHOP", coarseTotal(), "Ann|EAST|150|350 Bob|EAST|200|350 Cai|WEST|75|75 -|-|50|50"},
		{"rank", "SHOP", ranked(), "Ann|150|2 Bob|200|1 Cai|75|3 -|50|4"},
	}
}

// creditByStatus is a fact of customers by an attribute of their orders; a
// customer without orders stays, in a group of its own.
func creditByStatus(f string, t semantic.ColumnType) semantic.Branch {
	return semantic.Branch{
		Scans: []semantic.Scan{home("customers", "id credit"), many(scan("orders", 0, "id=customer_id", "customer_id status"))},
		Keys:  exprs(status(1)), Measures: []semantic.Measure{measure(f, column(0, "credit", intType), t)}, Distinct: exprs(id(0)),
	}
}

func unitPrice() *semantic.Plan {
	qty, price := column(0, "qty", intType), column(0, "price", intType)
	p := simple(nil, semantic.Branch{Scans: []semantic.Scan{home("lines", "qty price")}, Measures: []semantic.Measure{
		measure("sum", op(qty, semantic.Mul, price), intType), measure("sum", qty, intType)}})
	p.Columns = nil
	computed(p, semantic.Computed{Expr: op(semantic.Slot{}, semantic.Div, semantic.Slot{Index: 1}), Type: floatType}, floatType)
	return p
}

// events counts rows whose time, stored in a zone, lies between two days of the
// model's clock.
func events(name, zone, from, to string) semantic.Branch {
	ts := semantic.ColumnType{Kind: semantic.Timestamp, Zone: zone}
	in := between(column(0, "ts", ts), from, to).(semantic.TimeRange)
	in.Type = ts
	return semantic.Branch{Scans: []semantic.Scan{home(name, "ts")}, Where: exprs(in), Measures: []semantic.Measure{{Func: "count", Type: intType}}}
}

func eventsByDay() semantic.Branch {
	b := events("evz", "UTC", "", "")
	ts := semantic.ColumnType{Kind: semantic.Timestamp, Zone: "UTC"}
	b.Keys = exprs(semantic.Trunc{X: column(0, "ts", ts), Type: ts, Grain: semantic.Grain{Unit: semantic.Day}})
	return b
}

func zoned(p *semantic.Plan) *semantic.Plan {
	p.Model = &semantic.Model{Calendar: &semantic.Calendar{Zone: "Asia/Shanghai"}}
	return p
}

func bridge(m semantic.Measure) semantic.Branch {
	return semantic.Branch{
		Scans: []semantic.Scan{home("movies", "id gross"), many(scan("appear", 0, "id=movie_id", "actor_id movie_id")), scan("actors", 1, "actor_id=id", "id height")},
		Keys:  exprs(column(2, "height", intType)), Measures: []semantic.Measure{m}, Distinct: exprs(id(0)),
	}
}

func doneShare() *semantic.Plan {
	p := simple(nil, ordersWithCustomer(nil, semantic.Measure{Func: "count", Type: intType}, semantic.Measure{Func: "count", Where: isDone, Type: intType}))
	computed(p, semantic.Computed{Expr: op(semantic.Slot{Index: 1}, semantic.Div, semantic.Slot{}), Type: floatType}, floatType)
	return p
}

func zeroDenominator() *semantic.Plan {
	p := simple(nil, ordersWithCustomer(nil, semantic.Measure{Func: "count", Where: isDone, Type: intType}))
	computed(p, semantic.Computed{Expr: op(lit(1), semantic.Div, semantic.Slot{}), Type: floatType}, floatType)
	return p
}

func netRevenue() *semantic.Plan {
	p := simple(keyed(textType), ordersWithCustomer(exprs(region(1)), sumAmount), returnsWithCustomer(exprs(region(1))))
	for i, d := range p.Slots {
		f := d.(semantic.FromBranch)
		f.ZeroFill = true
		p.Slots[i] = f
	}
	p.Columns = p.Columns[:1]
	computed(p, semantic.Computed{Expr: op(semantic.Slot{}, semantic.Sub, semantic.Slot{Index: 1}), Type: intType}, intType)
	return p
}

func averageOfSums() *semantic.Plan {
	b := ordersWithCustomer(exprs(region(1)), sumAmount)
	b.Inner = &semantic.Inner{By: exprs(column(0, "customer_id", intType)), Outer: []semantic.Measure{measure("avg", semantic.Slot{}, floatType)}}
	return simple(keyed(textType), b)
}

func having(p *semantic.Plan, e semantic.Expr) *semantic.Plan {
	p.Having = e
	return p
}

func customersByOrders() semantic.Branch {
	return semantic.Branch{Source: "w", Scans: []semantic.Scan{orders()}, Keys: exprs(column(0, "customer_id", intType)),
		Measures: []semantic.Measure{{Func: "count", Type: intType}}}
}

func customersWithOrders(least int) *semantic.Plan {
	set := having(simple(keyed(intType), customersByOrders()), op(semantic.Slot{}, semantic.Ge, lit(least)))
	return simple(keyed(textType), semantic.Branch{Scans: []semantic.Scan{home("customers", "id region")}, Keys: exprs(region(0)),
		Measures: []semantic.Measure{{Func: "count", Type: intType}}, Where: exprs(semantic.InPlan{X: exprs(id(0)), Plan: set})})
}

func customersWithout() *semantic.Plan {
	set := &semantic.Plan{Rows: &semantic.RowsPlan{Source: "w", Distinct: true, Scans: []semantic.Scan{orders()}, Outputs: exprs(column(0, "customer_id", intType))}}
	return &semantic.Plan{
		Rows: &semantic.RowsPlan{Source: "w", Scans: []semantic.Scan{home("customers", "id name")}, Outputs: exprs(name(0), id(0)),
			Where: exprs(semantic.InPlan{X: exprs(id(0)), Plan: set, Not: true})},
		Columns: []semantic.OutColumn{{Name: "name", Key: -1, Type: textType}},
		Order:   []semantic.Order{{Slot: 0}, {Slot: 1}}, Limit: 10,
	}
}

func shareOf(rule semantic.Expr, key int) *semantic.Plan {
	b := ordersWithCustomer(exprs(name(1)), sumAmount)
	if rule != nil {
		b.Where = append(b.Where, rule)
	}
	p := simple(keyed(textType), b)
	computed(p, semantic.OverRows{Func: "share", OrderKey: -1, Type: floatType}, floatType)
	return p
}

func limited(p *semantic.Plan, n int) *semantic.Plan {
	p.Order = append([]semantic.Order{{Slot: 0, Desc: true}}, p.Order...)
	p.Limit = n
	return p
}

// shifted compares months with those n months earlier.
func shifted(from, to, earlierFrom, earlierTo string, n int) *semantic.Plan {
	d := column(0, "d", dateType)
	branch := func(start, end string, shift int) semantic.Branch {
		t := semantic.Trunc{X: d, Type: dateType, Grain: semantic.Grain{Unit: semantic.Month}, Shift: shift, ShiftUnit: semantic.Month}
		b := semantic.Branch{Scans: []semantic.Scan{home("sales", "d amt region")}, Keys: exprs(t),
			Measures: []semantic.Measure{measure("sum", column(0, "amt", intType), intType)}, Follows: shift > 0}
		if start != "" {
			b.Where = exprs(between(d, start, end))
		}
		return b
	}
	p := simple(months(), branch(from, to, 0), branch(earlierFrom, earlierTo, n))
	p.Clip = true
	if from != "" {
		p.Window = semantic.Interval{Start: date(from).Time(), End: date(to).Time()}
	}
	return p
}

func sales(keys []semantic.Expr) semantic.Branch {
	return semantic.Branch{Scans: []semantic.Scan{home("sales", "d amt region")}, Keys: keys,
		Measures: []semantic.Measure{measure("sum", column(0, "amt", intType), intType)}}
}

func firstQuarter(cross ...int) *semantic.Spine {
	return &semantic.Spine{Values: []semantic.Value{date("2024-01-01"), date("2024-02-01"), date("2024-03-01")}, Cross: cross}
}

func runningByRegion() *semantic.Plan {
	p := simple(append(months(), keyed(textType)...), sales(exprs(month(column(0, "d", dateType)), region(0))))
	p.Spine = firstQuarter(1)
	computed(p, semantic.OverRows{Func: "running", Partition: []int{1}, Type: intType}, intType)
	p.Order = []semantic.Order{{Slot: -1, Key: 1}, {Slot: -1, Key: 0}}
	return p
}

func movingOverGaps() *semantic.Plan {
	p := simple(months(), sales(exprs(month(column(0, "d", dateType)))))
	p.Spine = firstQuarter()
	computed(p, semantic.OverRows{Func: "moving", Rows: 2, Agg: "sum", Type: intType}, intType)
	return p
}

func gapFilled() *semantic.Plan {
	p := where(simple(months(), sales(exprs(month(column(0, "d", dateType))))), op(region(0), semantic.Eq, lit("W")))
	p.Spine = firstQuarter()
	f := p.Slots[0].(semantic.FromBranch)
	f.ZeroFill = true
	p.Slots[0] = f
	return p
}

func balance(pick string, per ...semantic.Expr) *semantic.Plan {
	t := intType
	if pick == "avg" {
		t = floatType
	}
	return simple(nil, semantic.Branch{Scans: []semantic.Scan{home("bal", "acct d amt")},
		Measures: []semantic.Measure{measure("sum", column(0, "amt", intType), t)},
		LastBy:   &semantic.LastBy{Time: column(0, "d", dateType), Type: dateType, Pick: pick, Per: per}})
}

func validAt() semantic.Branch {
	s := scan("dim_seller", 0, "seller", "seller tier valid_from valid_to")
	s.At, s.From, s.To = column(0, "d", dateType), column(1, "valid_from", dateType), column(1, "valid_to", dateType)
	return semantic.Branch{Scans: []semantic.Scan{home("deals", "id seller d amt"), s}, Keys: exprs(column(1, "tier", textType)),
		Measures: []semantic.Measure{measure("sum", column(0, "amt", intType), intType)}}
}

func bestPerRegion() *semantic.Plan {
	p := limited(simple(keyed(textType, textType), ordersWithCustomer(exprs(region(1), name(1)), sumAmount)), 1)
	p.Per = []int{0}
	p.Order = []semantic.Order{{Slot: -1, Key: 0}, {Slot: 0, Desc: true}, {Slot: -1, Key: 1}}
	return p
}

func descending(p *semantic.Plan) *semantic.Plan {
	p.Order[0].Desc = true
	return p
}

// coarseTotal shows the region's amount beside that of each of its customers.
func coarseTotal() *semantic.Plan {
	return simple(keyed(textType, textType), ordersWithCustomer(exprs(name(1), region(1)), sumAmount),
		ordersWithCustomer([]semantic.Expr{nil, region(1)}, sumAmount))
}

func ranked() *semantic.Plan {
	p := simple(keyed(textType), ordersWithCustomer(exprs(name(1)), sumAmount))
	computed(p, semantic.OverRows{Func: "rank", OrderKey: -1, Desc: true, Type: intType}, intType)
	return p
}

func TestTraps(t *testing.T) {
	onEngines(t, runTraps)
}

func runTraps(t *testing.T, e testEngine) {
	fixtures := trapFixtures(t)
	for _, c := range traps() {
		t.Run(c.id, func(t *testing.T) {
			sources := e.sources(t, fixtures[c.fixture], "w", "v")
			if lacks := e.unsupported(c.id); lacks != "" {
				if _, err := sqlgen.Compile(c.plan, dialectsOf(sources)); err == nil || err.Error() != lacks {
					t.Errorf("compiles with %v, want %s", err, lacks)
				}
				return
			}
			if got := rowsOf(t, sources, c.plan); !same(got, c.want, false) {
				t.Errorf("rows %q, want %s", got, c.want)
			}
			if !finishable(c.plan) {
				return
			}
			if got := rowsOf(t, sources, inTwoSources(c.plan)); !same(got, c.want, false) {
				t.Errorf("finished in memory: rows %q, want %s", got, c.want)
			}
		})
	}
}

// finishable reports a plan that may be spread over two sources: one that lives
// in one, and without sets, which must be where they are used.
func finishable(p *semantic.Plan) bool {
	set := false
	look := func(e semantic.Expr) {
		semantic.Walk(e, func(e semantic.Expr) {
			_, is := e.(semantic.InPlan)
			set = set || is
		})
	}
	for _, b := range p.Branches {
		set = set || b.Source != p.Branches[0].Source
		for _, w := range b.Where {
			look(w)
		}
		for _, m := range b.Measures {
			look(m.Where)
		}
		for _, s := range b.Scans {
			for _, r := range s.Rules {
				look(r)
			}
		}
	}
	return !set && len(p.Branches) > 0
}

// inTwoSources moves every second branch into another source, which is the same
// database, and adds one without measures where there is but one: everything
// that depends on all groups is then left to the finish.
func inTwoSources(p *semantic.Plan) *semantic.Plan {
	q := *p
	q.Branches = append([]semantic.Branch{}, p.Branches...)
	if len(q.Branches) == 1 {
		b := q.Branches[0]
		b.Measures, b.Inner, b.LastBy = nil, nil, nil
		q.Branches = append(q.Branches, b)
	}
	for i := range q.Branches {
		if i%2 == 1 {
			q.Branches[i].Source = "v"
		}
	}
	return &q
}
