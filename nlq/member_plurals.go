package nlq

// pluralMembers adds the members that one word names in the plural: dogs are the
// rows whose species is dog. Exact names go before them.
func (r *Reader) pluralMembers(t *Text, at int, enter func(end int, o Object, cost int), see sight) {
	token := t.At(at)
	if token.Class != Word || !isPlural(token.Norm) {
		return
	}
	for _, base := range r.bases(token.Norm) {
		if len(base) < 3 {
			continue
		}
		for _, hit := range r.index.called(base) {
			if see.tag(r.index.tag(hit.id)) {
				cost := costMember + costInflected
				if hit.alias {
					cost += costAlias
				}
				enter(at+1, r.index.object(hit.id), cost)
			}
		}
	}
}
