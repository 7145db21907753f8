package nlq

import "sync"

// Lexicon maps phrases to values and finds all that start at a token of a text,
// short and long, however it is spaced. It is built first and read afterwards;
// reading is safe for concurrent use.
type Lexicon[T any] struct {
	next   []map[string]int32
	values [][]T
}

// Hit is one phrase found in a text.
type Hit[T any] struct {
	End   int // the token behind it
	Value T
}

// NewLexicon returns an empty lexicon.
func NewLexicon[T any]() *Lexicon[T] {
	return &Lexicon[T]{next: make([]map[string]int32, 1), values: make([][]T, 1)}
}

// Add enters a phrase. The empty phrase is ignored.
func (l *Lexicon[T]) Add(phrase string, value T) {
	l.AddTokens(NewText(phrase).Norms(), value)
}

// AddTokens enters a phrase given by the norms of its tokens.
func (l *Lexicon[T]) AddTokens(norms []string, value T) {
	if len(norms) == 0 {
		return
	}
	node := int32(0)
	for _, norm := range norms {
		node = l.step(node, norm)
	}
	l.values[node] = append(l.values[node], value)
}

func (l *Lexicon[T]) step(node int32, norm string) int32 {
	if to, ok := l.next[node][norm]; ok {
		return to
	}
	if l.next[node] == nil {
		l.next[node] = map[string]int32{}
	}
	to := int32(len(l.next))
	l.next[node][norm] = to
	l.next = append(l.next, nil)
	l.values = append(l.values, nil)
	return to
}

// At returns every phrase that starts at token at, shorter ones first, equal
// ones in the order they were added.
func (l *Lexicon[T]) At(t *Text, at int) []Hit[T] {
	var hits []Hit[T]
	node := int32(0)
	for i := at; i < len(t.Tokens); i++ {
		to, ok := l.next[node][t.Tokens[i].Norm]
		if !ok {
			break
		}
		node = to
		for _, v := range l.values[node] {
			hits = append(hits, Hit[T]{i + 1, v})
		}
	}
	return hits
}

// Longest returns the longest phrase that starts at token at; ok is false when
// none does.
func (l *Lexicon[T]) Longest(t *Text, at int) (hit Hit[T], ok bool) {
	hits := l.At(t, at)
	if len(hits) == 0 {
		return hit, false
	}
	return hits[len(hits)-1], true
}

// exact returns the values of one phrase.
func (l *Lexicon[T]) exact(norms []string) []T {
	node := int32(0)
	for _, norm := range norms {
		to, ok := l.next[node][norm]
		if !ok {
			return nil
		}
		node = to
	}
	return l.values[node]
}

// normsOf are the norms of a phrase of a language or a model, which is cut once: never of
// a question, as what is kept is kept for good. Nobody changes them.
func normsOf(phrase string) []string {
	if norms, ok := cutPhrases.Load(phrase); ok {
		return norms.([]string)
	}
	norms := NewText(phrase).Norms()
	cutPhrases.Store(phrase, norms)
	return norms
}

var cutPhrases sync.Map // phrase to []string
