package finish

import (
	"slices"

	"wenshu/semantic"
	"wenshu/sqlgen"
)

// keyOrder is the ascending order of all keys.
func keyOrder(keys int) []sqlgen.SortKey {
	by := make([]sqlgen.SortKey, keys)
	for i := range by {
		by[i].Cell = i
	}
	return by
}

func (f *frame) sort(step sqlgen.Sort) error { return sortRows(f.rows, step.By) }

// sortRows sorts in place and keeps the order of equal rows. Nulls come last
// in either direction.
func sortRows(rows Rows, by []sqlgen.SortKey) error {
	places := make([]map[string]int, len(by))
	for i, key := range by {
		if key.Members == nil {
			continue
		}
		places[i] = make(map[string]int, len(key.Members))
		for at, member := range key.Members {
			places[i][string(appendIdentity(nil, member))] = at
		}
	}
	type placed struct {
		row []semantic.Value
		at  int
	}
	order := make([]placed, len(rows))
	for i, row := range rows {
		order[i] = placed{row, i}
	}
	var failed error
	slices.SortFunc(order, func(a, b placed) int {
		for i, key := range by {
			order, err := compareCells(a.row[key.Cell], b.row[key.Cell], key.Desc, places[i])
			if err != nil {
				failed = err
			}
			if order != 0 {
				return order
			}
		}
		return a.at - b.at
	})
	for i, p := range order {
		rows[i] = p.row
	}
	return failed
}

func compareCells(a, b semantic.Value, desc bool, places map[string]int) (int, error) {
	switch {
	case a.IsNull() && b.IsNull():
		return 0, nil
	case a.IsNull():
		return 1, nil
	case b.IsNull():
		return -1, nil
	}
	var err error
	order := comparePlaces(a, b, desc, places)
	if order == 0 {
		order, err = a.Compare(b)
	}
	if desc {
		order = -order
	}
	return order, err
}

// comparePlaces orders by place; what has none comes behind in either
// direction.
func comparePlaces(a, b semantic.Value, desc bool, places map[string]int) int {
	if places == nil {
		return 0
	}
	place := func(v semantic.Value) int {
		at, ok := places[string(appendIdentity(nil, v))]
		switch {
		case ok:
			return at
		case desc:
			return -1
		}
		return len(places)
	}
	return place(a) - place(b)
}

// limit keeps the rows from step.Offset on, step.Rows of them, of each
// partition.
func (f *frame) limit(step sqlgen.Limit) {
	seen := map[string]int{}
	first := map[string]string{}
	kept := f.rows[:0]
	for _, row := range f.rows {
		id := identity(row, step.Per)
		if len(step.First) > 0 {
			own := identity(row, step.First)
			if _, ok := first[id]; !ok {
				first[id] = own
			}
			if first[id] == own && !row[step.First[0]].IsNull() {
				kept = append(kept, row)
			}
			continue
		}
		at := seen[id]
		seen[id] = at + 1
		if at >= step.Offset && (step.Rows == 0 || at-step.Offset < step.Rows) {
			kept = append(kept, row)
		}
	}
	f.rows = kept
}
