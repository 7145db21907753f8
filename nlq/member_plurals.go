package nlq

import "slices"

// pluralMembers adds the members that one word names in the plural: dogs are the
// rows whose species is dog. Exact names go before them.
func (r *Reader) pluralMembers(t *Text, at int, enter func(end int, o Object, cost int), see sight) {
	r.pluralPhrases(t, at, enter, see)
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

// pluralPhrases adds the members of two or three words that end in the plural:
// no-shows are the appointments that are a no-show.
func (r *Reader) pluralPhrases(t *Text, at int, enter func(end int, o Object, cost int), see sight) {
	for end := at + 2; end <= min(at+3, len(t.Tokens)); end++ {
		last := t.At(end - 1)
		if last.Class != Word || !isPlural(last.Norm) || t.At(at).Class != Word {
			continue
		}
		for _, base := range r.bases(last.Norm) {
			one := &Text{Typed: t.Typed, Tokens: append(slices.Clone(t.Tokens[at:end-1]), Token{Norm: base, Class: Word, Start: last.Start, End: last.End})}
			for _, hit := range r.index.at(one, 0) {
				if hit.end == len(one.Tokens) && see.tag(r.index.tag(hit.id)) {
					enter(end, r.index.object(hit.id), costMember+costInflected)
				}
			}
		}
	}
}
