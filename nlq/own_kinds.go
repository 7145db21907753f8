package nlq

import (
	"reflect"
	"slices"

	"wenshu/semantic"
)

// ownKinds reads an average that is one of those that have the same as each row: the
// average price of their category, 本部门平均工资. What they have in common is taken out
// of the sentence; the average stays.
func (s *sentence) ownKinds() {
	for i := 0; i < len(s.nodes); i++ {
		if !is[OwnKind](s, i) {
			continue
		}
		kind, ok := s.thingAt(i + 1)
		if !ok || kind.timed || kind.dim != nil && (isMeasurable(kind.dim) || isTime(kind.dim)) || s.draft.own != nil || !s.averagesAround(i, i+1) {
			continue
		}
		s.draft.own = &kind
		s.nodes = slices.Delete(s.nodes, i, i+2)
		if g, glued := s.glue(i); glued && g.How == Has {
			s.drop(i) // 同品类的平均价格, its brand's average
		}
		i--
	}
}

// averagesAround reports whether nodes i to j say of an average what it is one of: right
// behind them, or in the words before them, behind the test.
func (s *sentence) averagesAround(i, j int) bool {
	behind := j + 1
	if g, ok := s.glue(behind); ok && g.How == Has {
		behind++
	}
	if s.averageAt(behind) {
		return true
	}
	for k := i - 1; k >= max(0, i-4); k-- {
		if s.averageAt(k) {
			return true
		}
		if is[Compare](s, k) {
			return false
		}
	}
	return false
}

// averageAt reports whether node i is a word for an average or another value of many.
func (s *sentence) averageAt(i int) bool {
	if i < 0 || i >= len(s.nodes) {
		return false
	}
	if m, ok := s.measureAt(i); ok {
		fn, _ := totalOf(s.r, m)
		return fn == "avg" || fn == "median"
	}
	a, ok := as[Agg](s.nodes[i])
	return ok && a.Func != "sum"
}

// ofTheSame makes the tests of rows against an aggregate those against that of the rows
// that have the same of what was said. Where nothing is tested so, the words say what is
// not computed.
func (b *builder) ofTheSame() {
	tested := againstOwn(b.q.Having)
	kind, ok := b.kindOfOwn(b.home)
	if ok && !tested && b.q.Where != nil {
		b.q.Where = semantic.Rewrite(b.q.Where, func(e semantic.Expr) semantic.Expr {
			over, binary := e.(semantic.Binary)
			call, called := over.R.(semantic.Call)
			if !binary || !called || !slices.Contains(ofMany, call.Func) {
				return nil
			}
			tested = true
			over.R = semantic.Call{Func: "overall", Args: []semantic.Expr{call, kind}}
			return over
		})
	}
	if !tested || b.ownAndNumber() {
		b.d.idle = true
		b.s.charge("an average of each one's own kind", costIdle, node{})
	}
}

// ownAndNumber reports whether what is tested against its own kind is tested against a number
// too, which is by how much it differs: more than 300 m above the average of their country.
func (b *builder) ownAndNumber() bool {
	tests := slices.Concat(semantic.Conjuncts(b.q.Where), semantic.Conjuncts(b.q.Having))
	return slices.ContainsFunc(tests, func(test semantic.Expr) bool {
		own, ok := test.(semantic.Binary)
		return ok && againstOwn(own) && slices.ContainsFunc(tests, func(other semantic.Expr) bool {
			o, ok := other.(semantic.Binary)
			_, number := o.R.(semantic.Lit)
			return ok && number && reflect.DeepEqual(o.L, own.L)
		})
	})
}

// ofMany are what rows are tested against.
var ofMany = []string{"avg", "median", "max", "min", "sum", "count"}

// againstOwn reports whether groups are tested against those that have the same.
func againstOwn(test semantic.Expr) bool {
	found := false
	if test == nil {
		return false
	}
	semantic.Walk(test, func(e semantic.Expr) {
		call, ok := e.(semantic.Call)
		found = found || ok && call.Func == "overall" && len(call.Args) > 1
	})
	return found
}

// kindOfOwn names what rows of a table have in common.
func (b *builder) kindOfOwn(home *semantic.Table) (semantic.Expr, bool) {
	own := *b.d.own
	if home == nil {
		return nil, false
	}
	if own.table != nil {
		if len(own.table.Display) == 0 {
			return nil, false
		}
		own = thing{dim: own.table.Display[0]}
	}
	via, ok := b.r.via(thing{table: home}, own)
	if !ok {
		return nil, false
	}
	own.via, own.marks = via, 0
	return b.r.nameOf(own.dim, own.via), true
}

// entityNamed is the entity whose rows an expression tells apart by its name; nil for
// none.
func (r *Reader) entityNamed(e semantic.Expr) *semantic.Table {
	n, ok := e.(semantic.Name)
	if !ok {
		return nil
	}
	for _, t := range r.model.Tables {
		if len(n.Path) == 1 && n.Path[0] == t.Name || len(t.Display) > 0 && slices.Equal(n.Path, r.nameOf(t.Display[0], "").Path) {
			return t
		}
	}
	return nil
}
