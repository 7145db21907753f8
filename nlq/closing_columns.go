package nlq

import (
	"slices"

	"wenshu/semantic"
)

// shownColumns is the answer to the sentence before, while a sentence that says which
// columns it shall have is held against it: Return the district and the total.
type shownColumns struct {
	r     *Reader
	q     Question
	query *semantic.Query
	words map[string]bool // base forms of what was said before
	taken map[string]bool // columns that a phrase of the list has named already
}

// closeWith holds a sentence that lists columns against the answer to the one before it:
// what that answer shows already asks for nothing, and of "Return the district, the number
// of permits and the site area" behind a count by district only the area is left to read.
// rest is nil where nothing is left, and the sentence itself where it lists no columns.
func (r *Reader) closeWith(before Message, earlier []*Text, part *Text, q Question) (closed Message, rest *Text, next Question) {
	closed, rest, ok := r.unshown(before, earlier, part, q)
	if !ok {
		return before, part, q
	}
	if rest == nil {
		return closed, nil, q
	}
	next = q
	next.Prior = slices.Clone(q.Prior)
	next.Prior[0].Query = closed.Candidates[0].Reading.(Ask).Query
	if m := r.readMessage(rest, next); !countsOfThese(rest, 0) && (m.Refused != nil || len(m.Candidates) != 1) {
		return before, part, q
	}
	return closed, rest, next
}

// unshown leaves out of a list of columns those that the answer before it has, or gets.
func (r *Reader) unshown(before Message, earlier []*Text, part *Text, q Question) (closed Message, rest *Text, ok bool) {
	from := listsColumns(part)
	if from == 0 || len(before.Candidates) != 1 || len(q.Prior) == 0 {
		return before, part, false
	}
	ask, isAsk := before.Candidates[0].Reading.(Ask)
	if !isAsk {
		return before, part, false
	}
	c := &shownColumns{r: r, q: q, query: ask.Query, words: r.wordsOf(earlier), taken: map[string]bool{}}
	rest = &Text{part.Typed, slices.Clone(part.Tokens[:from])}
	kept := 0
	var used []WordUse
	for _, p := range listed(part, from) {
		phrase := &Text{part.Typed, part.Tokens[p.from:p.end]}
		if column := c.answers(phrase); column != "" {
			used = append(used, WordUse{Span: part.Span(p.from, p.end), State: Used, As: column})
			continue
		}
		if kept++; kept > 1 {
			rest.Tokens = append(rest.Tokens, part.Tokens[p.mark:p.from]...)
		}
		rest.Tokens = append(rest.Tokens, part.Tokens[p.from:p.end]...)
	}
	if len(used) == 0 {
		return before, part, false
	}
	c.partPeriods()
	closed, ok = r.closed(before, c.query, q)
	if !ok {
		return before, part, false
	}
	closed.Candidates[0].Words = slices.Concat(closed.Candidates[0].Words, used)
	switch {
	case kept == 0:
		closed.Span.End = part.Span(0, len(part.Tokens)).End
		return closed, nil, true
	case kept == 1 && countsOfThese(&Text{part.Typed, rest.Tokens[from:]}, 0):
		rest.Tokens = rest.Tokens[from:]
	}
	return closed, rest, true
}

// closed is a message whose one reading asks another query; ok is false where the model
// cannot mean it.
func (r *Reader) closed(m Message, query *semantic.Query, q Question) (Message, bool) {
	m.Candidates = slices.Clone(m.Candidates)
	ask := m.Candidates[0].Reading.(Ask)
	if query == ask.Query || r.bind == nil {
		return m, true
	}
	plan, err := r.bind(r.model, query, q.Viewer, semantic.Clock{Now: q.Now, Calendar: r.model.Calendar})
	if err != nil {
		return m, false
	}
	ask.Query = query
	m.Candidates[0].Reading, m.Candidates[0].Plan = ask, plan
	return m, true
}

// wordsOf are the base forms of what some texts say.
func (r *Reader) wordsOf(texts []*Text) map[string]bool {
	words := map[string]bool{}
	for _, t := range texts {
		for _, token := range t.Tokens {
			words[token.Norm] = true
			for _, base := range r.vocabulary.bases(token.Norm) {
				words[base] = true
			}
		}
	}
	return words
}

// listsColumns returns where the list of a sentence begins that says what to show; 0 for
// any other sentence.
func listsColumns(part *Text) int {
	at := 0
	for part.At(at).Class == Mark && at < len(part.Tokens) || opensPolitely[part.At(at).Norm] {
		at++
	}
	if !givesColumns[part.At(at).Norm] {
		return 0
	}
	at++
	for part.At(at).Norm == "me" || part.At(at).Norm == "us" || part.At(at).Norm == "both" || part.At(at).Norm == "also" {
		at++
	}
	if at >= len(part.Tokens) {
		return 0
	}
	return at
}

var (
	opensPolitely = setOf("please also and then")
	// givesColumns are the verbs that ask for the columns of an answer.
	givesColumns = setOf("return returning give giving show showing include including list listing display report output provide present")
)

// closesBehind reports whether a comma parts a list of columns from the question before it:
// the top 5 accounts by revenue, include the account name and the city.
func closesBehind(t *Text, at int) bool {
	if t.At(at).Norm != "," {
		return false
	}
	at++
	if t.At(at).Norm == "and" {
		at++
	}
	switch t.At(at).Norm {
	case "include", "return", "returning", "give", "giving", "show", "showing":
		return determines[t.At(at+1).Norm]
	}
	return false
}

// columnPhrase is one entry of a list of columns: the tokens from from to end, and where
// the words begin that tie it to the one before.
type columnPhrase struct{ mark, from, end int }

// listed cuts a list of columns at commas and at words that join.
func listed(t *Text, from int) []columnPhrase {
	var found []columnPhrase
	mark := from
	for at := from; at <= len(t.Tokens); at++ {
		n := joinsColumns(t, at)
		if at < len(t.Tokens) && n == 0 {
			continue
		}
		if at > from {
			found = append(found, columnPhrase{mark, from, at})
		}
		mark, from = at, at+n
		at = max(at, from-1)
	}
	return found
}

// joinsColumns is how many tokens at a place tie an entry of a list to the one before; 0
// for none.
func joinsColumns(t *Text, at int) int {
	n := 0
	for {
		switch t.At(at + n).Norm {
		case ",", "&", "and", "with", "plus":
			if at+n >= len(t.Tokens) {
				return n
			}
			n++
			continue
		case "along", "together":
			if t.At(at+n+1).Norm == "with" {
				n += 2
				continue
			}
		case "as":
			if t.At(at+n+1).Norm == "well" && t.At(at+n+2).Norm == "as" {
				n += 3
				continue
			}
		}
		return n
	}
}

// answers names the column that a phrase of the list stands for, added to the answer where
// it was not there; "" where there is none, or another phrase has named it.
func (c *shownColumns) answers(phrase *Text) string {
	phrase = c.head(phrase)
	if len(phrase.Tokens) == 0 || saysSome(phrase) {
		return ""
	}
	column := c.column(phrase)
	if column == "" {
		column = c.added(phrase)
	}
	if column == "" || c.taken[column] {
		return ""
	}
	c.taken[column] = true
	return column
}

// saysSome reports whether a phrase speaks of some of what was found: how many of those
// passed, the number of vets among them.
func saysSome(phrase *Text) bool {
	for at := 1; at < len(phrase.Tokens); at++ {
		if before := phrase.At(at - 1).Norm; before != "of" && before != "among" {
			continue
		}
		switch phrase.At(at).Norm {
		case "those", "them", "these", "which", "whom":
			return true
		}
	}
	return false
}

// head leaves out of a phrase the words before its noun and what it says it is of or for
// where the answer is split by that.
func (c *shownColumns) head(phrase *Text) *Text {
	tokens := phrase.Tokens
	for len(tokens) > 0 && determines[tokens[0].Norm] {
		tokens = tokens[1:]
	}
	for at := 1; at+1 < len(tokens); at++ {
		if splitsColumns[tokens[at].Norm] && (tokens[at].Norm != "of" || determines[tokens[at+1].Norm]) {
			of := c.head(&Text{phrase.Typed, tokens[at+1:]})
			if c.group(of) != "" {
				tokens = tokens[:at]
				break
			}
		}
	}
	return &Text{phrase.Typed, tokens}
}

var (
	// determines are the words before a noun that point at what was said.
	determines    = setOf("the its their his her that this these those each every a an corresponding resulting respective overall")
	splitsColumns = setOf("of for in per by")
)

// column names the column of the answer that a phrase stands for; "" for none.
func (c *shownColumns) column(phrase *Text) string {
	if column := c.group(phrase); column != "" {
		return column
	}
	return c.figure(phrase)
}

// group is the column that results are split by, or that rows show, which a phrase names;
// "" for none.
func (c *shownColumns) group(phrase *Text) string {
	shown := make([]semantic.Expr, 0, len(c.query.By)+len(c.query.Items))
	for _, g := range c.query.By {
		shown = append(shown, g.Expr)
	}
	if c.query.List != nil {
		for _, item := range c.query.Items {
			shown = append(shown, item.Expr)
		}
	}
	objects := c.objects(phrase)
	for _, x := range shown {
		switch x := x.(type) {
		case semantic.Grained:
			if c.namesPeriod(phrase, x.Grain) {
				return semantic.ExprString(x) + " " + phrase.At(len(phrase.Tokens)-1).Norm
			}
		case semantic.Name:
			if slices.ContainsFunc(objects, func(o Object) bool { return c.stands(x, o) }) || c.namesEntity(phrase, x) {
				return semantic.ExprString(x)
			}
		}
	}
	return ""
}

// objects are what the whole of a phrase may name.
func (c *shownColumns) objects(phrase *Text) []Object {
	n := len(phrase.Tokens)
	if n == 0 {
		return nil
	}
	var found []Object
	l := c.r.newLattice(phrase, c.r.sightOf(c.q.Viewer), c.r.momentOf(c.q.Now), false)
	for _, m := range l.starts[0] {
		if named, ok := m.means.(names); ok && m.end == n && m.typo == "" {
			for _, a := range named.alts {
				found = append(found, a.object)
			}
		}
	}
	return found
}

// stands reports whether a column of the answer is an object of the model.
func (c *shownColumns) stands(x semantic.Name, o Object) bool {
	switch {
	case o.Member != "" || o.Metric != nil:
		return false
	case o.Dimension != nil:
		return c.r.refersTo(x, thing{dim: o.Dimension}) || isDisplay(o.Dimension) && c.entityOf(x) == o.Dimension.Table
	case o.Table != nil:
		return c.entityOf(x) == o.Table
	}
	return false
}

// entityOf is the entity that a column of the answer is, by itself, by its name or in a
// role; nil for a mere attribute.
func (c *shownColumns) entityOf(x semantic.Name) *semantic.Table {
	if len(x.Path) == 1 {
		if t := tableNamed(c.r.model, x.Path[0]); t != nil {
			return t
		}
	}
	d := c.r.dimensionOf(x)
	switch {
	case d == nil:
		return nil
	case d.Of != nil:
		return d.Of.To
	case isDisplay(d):
		return d.Table
	}
	return nil
}

// namesEntity reports whether a phrase is "name", or ends in it behind a noun, of the entity
// that a column of the answer is.
func (c *shownColumns) namesEntity(phrase *Text, x semantic.Name) bool {
	n := len(phrase.Tokens) - 1
	if last := phrase.At(n).Norm; last != "name" && last != "names" {
		return false
	}
	t := c.entityOf(x)
	if t == nil {
		return false
	}
	for n > 0 && (phrase.At(n-1).Norm == "'" || phrase.At(n-1).Norm == "s" && phrase.At(n-2).Norm == "'") {
		n--
	}
	return n == 0 || slices.ContainsFunc(c.objects(&Text{phrase.Typed, phrase.Tokens[:n]}), func(o Object) bool { return o.Table == t && o.Dimension == nil })
}

// namesPeriod reports whether a phrase names the periods of a grain: the month, the order
// month, and the year of quarters, which are written with it.
func (c *shownColumns) namesPeriod(phrase *Text, grain semantic.Grain) bool {
	n := len(phrase.Tokens) - 1
	named := periodNouns[phrase.At(n).Norm]
	return slices.Contains(named, grain) && c.said(phrase.Tokens[:n])
}

// said reports whether all of some tokens were said before.
func (c *shownColumns) said(tokens []Token) bool {
	return !slices.ContainsFunc(tokens, func(t Token) bool {
		return t.Class != Mark && !c.words[t.Norm] && !slices.ContainsFunc(c.r.vocabulary.bases(t.Norm), func(b string) bool { return c.words[b] })
	})
}

// periodNouns are the grains whose periods a noun is, or is a part of as they are written.
var periodNouns = map[string][]semantic.Grain{
	"year":    {{Unit: semantic.Year}, {Unit: semantic.Half}, {Unit: semantic.Quarter}, {Unit: semantic.Month}},
	"quarter": {{Unit: semantic.Quarter}, {Cyclic: semantic.QuarterOfYear}},
	"month":   {{Unit: semantic.Month}, {Cyclic: semantic.MonthOfYear}},
	"week":    {{Unit: semantic.Week}, {Cyclic: semantic.WeekOfYear}},
	"weekday": {{Cyclic: semantic.DayOfWeek}},
	"day":     {{Unit: semantic.Day}, {Cyclic: semantic.DayOfWeek}, {Cyclic: semantic.DayOfMonth}},
	"date":    {{Unit: semantic.Day}},
	"hour":    {{Unit: semantic.Hour}, {Cyclic: semantic.HourOfDay}},
}
