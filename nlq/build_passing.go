package nlq

import (
	"reflect"
	"slices"

	"wenshu/semantic"
)

// periodsPassing counts the periods that pass a test instead of showing them: how many
// months had revenue above two million, 6月有几天销售额超过20万. Where nothing tests them,
// a number of periods is not what the words mean.
func (b *builder) periodsPassing() {
	if b.d.passing == nil {
		return
	}
	at := slices.IndexFunc(b.q.By, func(g semantic.Group) bool {
		x, ok := g.Expr.(semantic.Grained)
		return ok && x.Grain == b.d.passing.Grain
	})
	tested, ok := testedOf(b.q.Having)
	if at < 0 || !ok || len(b.q.Items) != 1 || !reflect.DeepEqual(b.q.Items[0].Expr, tested) || len(b.q.Show)+len(b.q.Versus)+len(b.q.Per) > 0 || b.q.Limit > 0 {
		b.d.idle = true
		b.s.charge("periods that nothing tests", costIdle, node{})
		return
	}
	b.q.Items[0].Expr = semantic.Call{Func: "count", Args: []semantic.Expr{b.q.Having}, Per: []semantic.Expr{b.q.By[at].Expr}}
	b.q.By, b.q.Having, b.q.Sort = slices.Delete(b.q.By, at, at+1), nil, nil
}

// testedOf is what one test of a number is about.
func testedOf(test semantic.Expr) (tested semantic.Expr, ok bool) {
	switch x := test.(type) {
	case semantic.Binary:
		_, number := x.R.(semantic.Lit)
		return x.L, number && x.Op != semantic.And && x.Op != semantic.Or
	case semantic.Between:
		return x.X, true
	}
	return nil, false
}
