package en

import "slices"

// Words of a question that is answered by yes or no.
var (
	opensWhether = []string{"is", "are", "was", "were", "do", "does", "did", "have", "has"}

	// asksFor are words that ask for something else than yes or no.
	asksFor = []string{"what", "how", "when", "why", "whether", "by"}

	// spokenOf is what such a question may be about as a whole.
	spokenOf = []string{"we", "our", "us", "it", "they"}

	// picksRows are words by which rows are picked, so that what is compared is a test of
	// each of them: are there stores with revenue lower than last year.
	picksRows = []string{"there", "any", "some", "anybody", "anyone", "which", "who", "whose", "whom", "that", "with", "where", "each", "every"}

	// risen are the comparatives that say which of two numbers is larger.
	risen = []string{"higher", "lower", "larger", "smaller", "greater", "bigger", "stronger", "weaker", "worse", "more", "less", "fewer"}
)

// whether reports whether the question asks if something is so of us as a whole: are we
// discounting more than a year ago.
func (r *reader) whether() bool {
	verb := r.opensWhether()
	return verb >= 0 && slices.Contains(spokenOf, r.norm(verb+1)) && !r.picks()
}

// comparedThan emits higher than last year in a question that asks whether it is so: is
// revenue higher than last year.
func (r *reader) comparedThan(at int) {
	if r.norm(at+1) != "than" || !slices.Contains(risen, r.norm(at)) || r.opensWhether() < 0 || r.picks() {
		return
	}
	start := skip(r.t, at+2, "in", "for", "during")
	r.against(skip(r.t, start, "the"), false)
}

// opensWhether is the verb that the question opens with, behind words of politeness; -1
// for a question that asks for something else.
func (r *reader) opensWhether() int {
	for at := range min(len(r.t.Tokens), longestOpening) {
		if slices.Contains(opensWhether, r.norm(at)) {
			return at
		}
		if slices.Contains(asksFor, r.norm(at)) {
			return -1
		}
	}
	return -1
}

// longestOpening is how many tokens may stand before what is asked, its verb included.
const longestOpening = 4

// picks reports whether some word of the question picks rows.
func (r *reader) picks() bool {
	for at := range r.t.Tokens {
		if slices.Contains(picksRows, r.norm(at)) {
			return true
		}
	}
	return false
}
