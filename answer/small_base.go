package answer

import (
	"context"

	"wenshu/semantic"
)

// smallShare is how small a base of growth is beside the largest one, at most, to be
// pointed out: a rate over next to nothing is large by itself.
const smallShare = 0.02

// smallBases names the rows of a ranking by growth that grew, or shrank, from next to
// nothing beside the largest base of all groups, those that the limit left out included.
// It is empty where there are none.
func (a *asking) smallBases(ctx context.Context, b *book, r *result) text {
	q := r.plan.Query
	if len(q.By) == 0 || len(q.Sort) == 0 || !isGrowth(q.Sort[0].Expr) {
		return text{}
	}
	bases := columnsOf(r.plan, semantic.EarlierColumn)
	if len(bases) == 0 {
		return text{}
	}
	base := bases[0]
	largest := largestOf(r, base)
	if q.Limit > 0 && len(r.rows) == q.Limit {
		largest = max(largest, a.largestBase(ctx, q))
	}
	var names []text
	for i, row := range r.rows {
		if f, ok := row[base].Float(); ok && f > 0 && f < largest*smallShare {
			names = append(names, sayer{b: b, r: r}.groupName(i))
		}
	}
	return b.w.join(names)
}

// isGrowth reports whether a result is sorted by a rate of growth.
func isGrowth(x semantic.Expr) bool {
	call, ok := x.(semantic.Call)
	return ok && call.Func == "growth"
}

// largestBase is the largest base of all groups of a ranking by growth; zero where it
// cannot be told in time.
func (a *asking) largestBase(ctx context.Context, q *semantic.Query) float64 {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	growth, _ := q.Sort[0].Expr.(semantic.Call)
	r := a.probe(ctx, q, func(c *semantic.Query) {
		c.Sort, c.Limit, c.Offset, c.Per = []semantic.Sort{{Expr: semantic.Call{Func: "prior", Args: growth.Args}, Desc: true}}, 1, 0, nil
	})
	if r == nil {
		return 0
	}
	bases := columnsOf(r.plan, semantic.EarlierColumn)
	if len(bases) == 0 {
		return 0
	}
	return largestOf(r, bases[0])
}

// largestOf is the largest number of a column; zero for none above zero.
func largestOf(r *result, col int) float64 {
	largest := 0.0
	for _, row := range r.rows {
		if f, ok := row[col].Float(); ok {
			largest = max(largest, f)
		}
	}
	return largest
}
