package nlq

import "slices"

// countsNoBins reports whether a number of bars would end in the noun of an entity: the 5
// classes of a gym are no bins.
func (r *Reader) countsNoBins(t *Text, part Part, end int) bool {
	bins, ok := part.(Binned)
	return ok && bins.Count && slices.ContainsFunc(r.vocabulary.at(t, end-1), func(hit nameHit) bool {
		return hit.end == end && hit.called.object.Table != nil
	})
}
