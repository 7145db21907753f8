package nlq

import (
	"slices"

	"wenshu/semantic"
)

// streak is the construct that asks for periods in a row.
const streak = "streak"

// inARow writes "fell three months running": the last of those periods in which
// a measure has fallen, or risen, in each up to it. Without a period the ones
// that are just over are meant. What does not say what holds stays declined.
func (b *builder) inARow() {
	run := b.d.inARow
	at := slices.IndexFunc(b.d.changes, func(c Change) bool { return c.Down != c.Up })
	if run == nil || at < 0 || len(b.d.changes) > 1 || run.N < 2 || len(b.measures) != 1 || b.entity != nil || len(b.d.versus) > 0 || b.q.On != nil || !b.splitsBy(run.Unit) {
		return
	}
	op := semantic.Gt
	if b.d.changes[at].Down {
		op = semantic.Lt
	}
	change := semantic.Call{Func: "change", Args: []semantic.Expr{b.r.exprOf(b.measures[0])}}
	holds := semantic.Binary{Op: op, L: change, R: intLit(0)}
	long := semantic.Binary{Op: semantic.Ge, L: semantic.Call{Func: streak, Args: []semantic.Expr{holds}}, R: intLit(run.N)}
	b.q.Having = both(b.q.Having, long)
	b.d.outcomes = slices.DeleteFunc(b.d.outcomes, func(o outcome) bool { return o.change != "" })
	if len(b.q.During) == 0 {
		b.q.During = []semantic.Period{semantic.Relative{Unit: run.Unit, From: -run.N, To: -1}}
	}
	b.d.unsupported = slices.DeleteFunc(b.d.unsupported, func(c string) bool { return c == streak })
}

// splitsBy makes the query split by a unit of time, unless it is split by
// another one.
func (b *builder) splitsBy(u semantic.Unit) bool {
	for _, g := range b.q.By {
		if x, ok := g.Expr.(semantic.Grained); ok {
			return x.Grain == semantic.Grain{Unit: u}
		}
	}
	b.q.By = append(b.q.By, semantic.Group{Expr: semantic.Grained{Of: semantic.Name{Path: []string{"time"}}, Grain: semantic.Grain{Unit: u}}})
	return true
}
