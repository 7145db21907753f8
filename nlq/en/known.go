package en

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed words.txt
var wordList string

// commonWords are the common words of English, sorted.
var commonWords = sync.OnceValue(func() []string {
	var words []string
	for line := range strings.Lines(wordList) {
		if !strings.HasPrefix(line, "#") {
			words = append(words, strings.TrimSpace(line))
		}
	}
	return words
})

// Known reports whether a word is a common one, or a regular inflection of it: a
// planet is no misspelt plant.
func Known(word string) bool {
	return shortened[word] || common(word) || slices.ContainsFunc(Bases(word), common)
}

func common(word string) bool {
	_, found := slices.BinarySearch(commonWords(), word)
	return found
}

// shortened are words that are often typed without the apostrophe.
var shortened = map[string]bool{
	"dont": true, "doesnt": true, "didnt": true, "isnt": true, "wasnt": true, "arent": true, "werent": true, "hasnt": true, "havent": true, "hadnt": true, "cant": true, "couldnt": true, "wont": true, "wouldnt": true, "shouldnt": true,
}
