package semantic

import "slices"

// reservedWords are the names that no object of a model may have, since a query
// line could not say them by themselves: keywords, units, cyclic parts,
// functions and the two words that stand for themselves.
var reservedWords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range slices.Concat(keywords, grainNames, functionNames(), []string{"time", "since", "viewer"}) {
		set[w] = true
	}
	return set
}()

// IsReserved reports whether no object of a model may be called so.
func IsReserved(name string) bool { return reservedWords[name] }
