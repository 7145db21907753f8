package nlq

import "wenshu/semantic"

// amountEdges are the bands of an amount that a person may choose from: how large
// it is, nothing says.
var amountEdges = [][]int{{100, 500, 1000}, {1000, 5000, 10000}, {10000, 50000, 100000}}

// edged are the readings of a query by bands of an amount, of which nobody said
// where they begin: one for each size of them.
func (a *attempt) edged(c Candidate, most int) []Candidate {
	ask, ok := c.Reading.(Ask)
	if !ok || most < len(amountEdges) {
		return nil
	}
	at, bucket := bareBands(ask.Query)
	if at < 0 {
		return nil
	}
	var found []Candidate
	for _, edges := range amountEdges {
		banded := ask
		banded.Query = ask.Query.Clone()
		call := bucket
		call.Args = append([]semantic.Expr{}, bucket.Args...)
		for _, edge := range edges {
			call.Args = append(call.Args, intLit(edge))
		}
		banded.Query.By[at].Expr = call
		plan, err := a.bound(banded)
		if err != nil {
			return nil
		}
		choice := c
		choice.Reading, choice.Plan = banded, plan
		found = append(found, choice)
	}
	return found
}

// bareBands finds the bands of a query that have no edges.
func bareBands(q *semantic.Query) (int, semantic.Call) {
	for i, g := range q.By {
		if call, ok := g.Expr.(semantic.Call); ok && call.Func == "bucket" && len(call.Per) > 0 && len(call.Args) == 1 {
			return i, call
		}
	}
	return -1, semantic.Call{}
}
