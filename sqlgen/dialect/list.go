package dialect

import (
	"strings"

	"wenshu/sqlgen/sqltree"
)

// functions makes a list of callable functions from groups.
func functions(groups ...[]sqltree.Function) map[string]sqltree.Function {
	m := map[string]sqltree.Function{}
	for _, g := range groups {
		for _, f := range g {
			m[strings.ToLower(f.Name)] = f
		}
	}
	return m
}

// scalars reads pairs of a name and its number of arguments; aggregates too.
func scalars(pairs ...any) []sqltree.Function { return fixed(sqltree.ScalarFunction, pairs) }

func aggregates(pairs ...any) []sqltree.Function { return fixed(sqltree.Aggregate, pairs) }

func fixed(kind sqltree.FunctionKind, pairs []any) []sqltree.Function {
	var fs []sqltree.Function
	for i := 0; i+1 < len(pairs); i += 2 {
		n := pairs[i+1].(int)
		fs = append(fs, sqltree.Function{Name: pairs[i].(string), Kind: kind, Min: n, Max: n})
	}
	return fs
}

// count is the aggregate that also takes a star.
func count(name string, max int) []sqltree.Function {
	return []sqltree.Function{{Name: name, Kind: sqltree.Aggregate, Min: 1, Max: max, Star: true}}
}

// rankings are the window functions that engines agree on.
func rankings() []sqltree.Function {
	list := func(name string, min, max int) sqltree.Function {
		return sqltree.Function{Name: name, Kind: sqltree.Ranking, Min: min, Max: max}
	}
	return []sqltree.Function{
		list("ROW_NUMBER", 0, 0), list("RANK", 0, 0), list("DENSE_RANK", 0, 0), list("NTILE", 1, 1),
		list("LAG", 1, 3), list("LEAD", 1, 3), list("FIRST_VALUE", 1, 1), list("LAST_VALUE", 1, 1),
	}
}
