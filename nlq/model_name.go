package nlq

import "wenshu/semantic"

// modelNames are what the whole model is called where that was said: a question
// may name what all its tables are about, which changes nothing.
func modelNames(m *semantic.Model) *Lexicon[bool] {
	names := NewLexicon[bool]()
	for _, text := range m.Names.Texts() {
		if text != "" && text != m.Name && text != spaced(m.Name) {
			names.Add(text, true)
		}
	}
	return names
}

// addModelName adds the names of the model that start at a token; any other
// meaning of the words is likelier.
func (r *Reader) addModelName(l *lattice, at int) {
	for _, hit := range r.modelNames.At(l.text, at) {
		l.add(mention{from: at, end: hit.End, means: Noise{}, cost: costMention + costWeak})
	}
}
