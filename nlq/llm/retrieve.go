package llm

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"wenshu/nlq"
	"wenshu/semantic"
)

// Scope is what a viewer may ask about: everything that is not hidden in View.
type Scope struct {
	View    *semantic.View
	Catalog *Catalog // of the view's model
}

// Catalog is a model's objects as retrieval compares them with questions, cut
// into words once. It is immutable.
type Catalog struct {
	cards map[any]card // by *semantic.Metric, *semantic.Table, *semantic.Dimension
}

// card is what an object is called and what it is about.
type card struct {
	names   [][]string // norms of each name
	phrases []string   // the same, spelt as one
	about   []string   // norms of the description
	line    string     // as prompts say it, without the description
	told    string     // the description, as prompts say it
}

// NewCatalog prepares a model.
func NewCatalog(m *semantic.Model) *Catalog {
	c := &Catalog{cards: map[any]card{}}
	for _, metric := range m.Metrics {
		c.cards[metric] = newCard(metric.Names, metric.Name, metricLine(metric))
	}
	for _, t := range m.Tables {
		c.cards[t] = newCard(t.Names, t.Name, tableLine(t))
		for _, d := range t.Dimensions {
			c.cards[d] = newCard(d.Names, d.Name, dimensionLine(m, d))
		}
	}
	return c
}

func newCard(n semantic.Names, name, line string) card {
	c := card{line: line, told: aboutOf(n), about: nlq.NewText(n.Description.ZH + " " + n.Description.EN).Norms()}
	for _, text := range append(n.Texts(), strings.ReplaceAll(name, "_", " ")) {
		if norms := nlq.NewText(text).Norms(); len(norms) > 0 {
			c.names = append(c.names, norms)
			c.phrases = append(c.phrases, " "+strings.Join(norms, " ")+" ")
		}
	}
	return c
}

// say is the line of a prompt about an object.
func (c card) say(about bool) string {
	if about {
		return c.line + c.told
	}
	return c.line
}

// Member is a member that a question names.
type Member struct {
	Dimension *semantic.Dimension
	Value     string // as stored
}

// ranked is an object of the model with how well it fits a question.
type ranked struct {
	metric    *semantic.Metric
	dimension *semantic.Dimension
	table     *semantic.Table
	score     int
	line      string
}

// The scores of the ways in which an object fits a question. A name that stands
// in the question outweighs any number of shared words.
const (
	scoreNamed   = 1000 // what the embedded reader took a word for
	scorePhrase  = 100  // a whole name stands in the question; more for a longer one
	scoreWord    = 8    // a word of a name
	scorePair    = 5    // two characters in a row of a Chinese name
	scoreAbout   = 1    // a word of the description
	scoreSameHub = 2    // a dimension of a table whose metrics fit
)

// asked is a question as retrieval looks at it.
type asked struct {
	joined string // without spaces, as plain spells it
	words  map[string]bool
	pairs  map[string]bool
}

func newAsked(question string) asked {
	a := asked{words: map[string]bool{}, pairs: map[string]bool{}}
	norms := nlq.NewText(question).Norms()
	a.joined = " " + strings.Join(norms, " ") + " "
	for i, n := range norms {
		a.words[stem(n)] = true
		if i > 0 && isHan(n) && isHan(norms[i-1]) {
			a.pairs[norms[i-1]+n] = true
		}
	}
	return a
}

func isHan(s string) bool {
	for _, r := range s {
		return unicode.Is(unicode.Han, r)
	}
	return false
}

// stem cuts the commonest endings of English words, for comparing only.
func stem(w string) string {
	for _, end := range []string{"ies", "es", "s", "ed", "ing"} {
		if rest, ok := strings.CutSuffix(w, end); ok && len(rest) > 2 {
			return rest
		}
	}
	return w
}

// fits scores an object against a question.
func (a asked) fits(c card) int {
	best, words := 0, 0
	seen := map[string]bool{}
	for i, norms := range c.names {
		if strings.Contains(a.joined, c.phrases[i]) {
			best = max(best, scorePhrase+len(c.phrases[i])-2)
		}
		words += a.shared(norms, seen, scoreWord, scorePair)
	}
	return best + words + a.shared(c.about, seen, scoreAbout, scoreAbout)
}

// shared counts the words and pairs that norms share with the question, each
// once.
func (a asked) shared(norms []string, seen map[string]bool, word, pair int) int {
	sum := 0
	for i, n := range norms {
		switch {
		case !isHan(n) && len(n) > 1 && a.words[stem(n)] && !seen[stem(n)]:
			seen[stem(n)] = true
			sum += word
		case i > 0 && isHan(n) && isHan(norms[i-1]) && a.pairs[norms[i-1]+n] && !seen[norms[i-1]+n]:
			seen[norms[i-1]+n] = true
			sum += pair
		}
	}
	return sum
}

// retrieve ranks what a viewer may see by how well it fits a question, the best
// first and otherwise in the model's order: metrics, dimensions, entities.
func retrieve(q Question) (metrics, dimensions, tables []ranked) {
	a := newAsked(q.Text)
	model := q.Scope.View.Model()
	homes := map[*semantic.Table]int{}
	for _, m := range q.Scope.View.Metrics() {
		card := q.Scope.Catalog.cards[m]
		score := a.fits(card)
		if slices.ContainsFunc(q.Named, func(o nlq.Object) bool { return o.Metric == m }) {
			score += scoreNamed
		}
		metrics = append(metrics, ranked{metric: m, score: score, line: card.say(q.Descriptions)})
		for _, t := range model.Homes(m) {
			homes[t] = max(homes[t], score)
		}
	}
	for _, t := range model.Tables {
		visible := q.Scope.View.Dimensions(t)
		if len(visible) == 0 {
			continue
		}
		if !t.Hidden {
			card := q.Scope.Catalog.cards[t]
			score := a.fits(card)
			if slices.ContainsFunc(q.Named, func(o nlq.Object) bool { return o.Table == t }) {
				score += scoreNamed
			}
			tables = append(tables, ranked{table: t, score: score, line: card.say(q.Descriptions)})
		}
		for _, d := range visible {
			card := q.Scope.Catalog.cards[d]
			score := a.fits(card)
			if slices.ContainsFunc(q.Named, func(o nlq.Object) bool { return o.Dimension == d }) {
				score += scoreNamed
			}
			if homes[t] >= scorePhrase {
				score += scoreSameHub
			}
			dimensions = append(dimensions, ranked{dimension: d, score: score, line: card.say(q.Descriptions)})
		}
	}
	for _, list := range [][]ranked{metrics, dimensions, tables} {
		slices.SortStableFunc(list, func(x, y ranked) int { return cmp.Compare(y.score, x.score) })
	}
	return metrics, dimensions, tables
}

// within keeps the first of a list that fit into so many tokens.
func within(list []ranked, tokens int) []ranked {
	for i, r := range list {
		if tokens -= Tokens(r.line) + 1; tokens < 0 {
			return list[:i]
		}
	}
	return list
}

func metricLine(m *semantic.Metric) string {
	line := spell(m.Name) + ": " + namesOf(m.Names)
	if m.Unit != "" {
		line += " [" + clean(m.Unit, 12) + "]"
	}
	return line
}

func tableLine(t *semantic.Table) string {
	return spell(t.Name) + ": " + namesOf(t.Names)
}

// maxDeclared is how many declared members of a dimension are listed.
const maxDeclared = 8

func dimensionLine(m *semantic.Model, d *semantic.Dimension) string {
	line := m.ShortName(d) + ": " + namesOf(d.Names) + " (" + d.Type.Kind.String() + ", of " + spell(d.Table.Name) + ")"
	if n := len(d.Values); n > 0 && d.Index != semantic.IndexNever {
		var values []string
		for _, v := range d.Values[:min(n, maxDeclared)] {
			values = append(values, quote(v.Value.String()))
		}
		line += " one of " + strings.Join(values, ", ")
		if n > maxDeclared {
			line += ", …"
		}
	}
	return line
}

// namesOf are the labels and a few synonyms of an object.
func namesOf(n semantic.Names) string {
	var all []string
	for _, name := range append([]string{n.Label.ZH, n.Label.EN}, n.Synonyms...) {
		if name = clean(name, 40); name != "" && !slices.Contains(all, name) && len(all) < 6 {
			all = append(all, name)
		}
	}
	return strings.Join(all, " / ")
}

// maxAbout bounds the characters of a description.
const maxAbout = 120

func aboutOf(n semantic.Names) string {
	text := cmp.Or(n.Description.ZH, n.Description.EN)
	if text == "" {
		return ""
	}
	return " - " + quote(clean(text, maxAbout))
}
