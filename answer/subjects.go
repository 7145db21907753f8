package answer

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"sync"

	"wenshu/nlq"
	"wenshu/semantic"
)

//go:embed subjects.txt
var subjectLines string

// lexicon is what is known of the things that people at work ask about and that a model
// may not hold: what they are near to, and what no data hold.
type lexicon struct {
	subjects                           []*subject
	beside, acts, opinion, why, future []phrase
	told, bid, personal, number        []phrase        // acts anywhere, and right behind a request; about who asks or answers; of questions about numbers
	thanks, agreed                     []phrase        // that nothing is to be answered to
	spent, lasting, shared             []phrase        // of questions about money, time and shares
	patterns                           []*pattern      // of what is asked for besides numbers
	compounds                          []string        // words of two Han characters and more, the longest first
	nouns                              []string        // compounds of Latin words, as wordings hold them
	words                              map[string]bool // Latin words that say a subject
	loose                              map[string]bool // words that name nothing by themselves, in their plain form
	looseSize                          int             // of the longest of them, in characters
}

// subject is something that companies deal with: pay, delivery, the web.
type subject struct {
	name string
	wide bool // all of a company has it, so that the other words of a message say where
	says []phrase
	has  [][]phrase // the nearest first; what is in one list means the same
	by   []phrase   // by what its numbers are split where a message says nothing
}

// phrase is a word or several as wording holds it.
type phrase string

// wording is a text as phrases are looked for in it: its words in their plain form with a
// space around each, and its characters without spaces.
type wording struct {
	words, chars string
	plain        string // its words as they are, with a space around each
}

func wordingOf(text string) wording {
	tokens := nlq.NewText(text).Tokens
	var words, chars, plain strings.Builder
	words.WriteByte(' ')
	plain.WriteByte(' ')
	for _, t := range tokens {
		chars.WriteString(t.Norm)
		words.WriteString(singular(t.Norm))
		words.WriteByte(' ')
		plain.WriteString(t.Norm + " ")
	}
	return wording{words.String(), chars.String(), plain.String()}
}

// singular is a word without the s of a plural, and as it was for what only looks so.
func singular(word string) string {
	if len(word) < 4 || !strings.HasSuffix(word, "s") || strings.HasSuffix(word, "ss") || strings.HasSuffix(word, "us") || strings.HasSuffix(word, "is") {
		return word
	}
	if stem, ok := strings.CutSuffix(word, "ies"); ok && len(stem) > 2 {
		return stem + "y"
	}
	return word[:len(word)-1]
}

// phraseOf is a word of the lexicon as wordings hold it.
func phraseOf(text string) phrase {
	w := wordingOf(text)
	if strings.ContainsFunc(text, isHan) {
		return phrase(w.chars)
	}
	return phrase(w.words)
}

// holds reports whether a phrase stands in a wording.
func (w wording) holds(p phrase) bool {
	if p[0] == ' ' {
		return strings.Contains(w.words, string(p))
	}
	return strings.Contains(w.chars, string(p))
}

func (w wording) holdsAny(list []phrase) bool { return slices.ContainsFunc(list, w.holds) }

// known is the lexicon, read once.
var known = sync.OnceValue(func() *lexicon {
	x := &lexicon{words: map[string]bool{}, loose: map[string]bool{}}
	var s *subject
	for line := range strings.Lines(subjectLines) {
		line = strings.TrimSpace(line)
		key, rest, _ := strings.Cut(line, ":")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "subject "):
			s = &subject{name: strings.TrimPrefix(line, "subject ")}
			x.subjects = append(x.subjects, s)
		case key == "says":
			s.says = x.phrases(rest)
		case key == "has":
			for group := range strings.SplitSeq(rest, "|") {
				s.has = append(s.has, x.phrases(group))
			}
		case key == "wide":
			s.wide = true
		case key == "by":
			s.by = x.phrases(rest)
		case key == "loose":
			for word := range strings.FieldsSeq(rest) {
				x.loose[singular(word)] = true
				x.looseSize = max(x.looseSize, len([]rune(word)))
			}
		case key == "patterns":
			kind, list, _ := strings.Cut(strings.TrimSpace(rest), ":")
			x.patterns = append(x.patterns, patternsOf(kind, list)...)
		default:
			*map[string]*[]phrase{"beside": &x.beside, "acts": &x.acts, "opinion": &x.opinion, "why": &x.why, "future": &x.future,
				"told": &x.told, "bid": &x.bid, "personal": &x.personal, "number": &x.number, "thanks": &x.thanks, "agreed": &x.agreed,
				"spent": &x.spent, "lasting": &x.lasting, "shared": &x.shared}[key] = x.phrases(rest)
		}
	}
	x.compounds, x.nouns = compoundsOf(x.subjects)
	for _, s := range x.subjects {
		for _, p := range s.says {
			if p[0] == ' ' && strings.Count(string(p), " ") == 2 {
				x.words[strings.TrimSpace(string(p))] = true
			}
		}
	}
	return x
})

func (x *lexicon) phrases(list string) []phrase {
	var all []phrase
	for word := range strings.SplitSeq(list, ",") {
		all = append(all, phraseOf(strings.TrimSpace(word)))
	}
	return all
}

// compoundsOf are the words of two Han characters and more, the longest first, and the
// phrases of two Latin words and more.
func compoundsOf(subjects []*subject) (han, latin []string) {
	for _, s := range subjects {
		for _, p := range s.says {
			switch {
			case p[0] != ' ' && len([]rune(string(p))) > 1:
				han = append(han, string(p))
			case strings.Count(string(p), " ") > 2:
				latin = append(latin, string(p))
			}
		}
	}
	longest := func(a, b string) int { return len(b) - len(a) }
	slices.SortStableFunc(han, longest)
	slices.SortStableFunc(latin, longest)
	return slices.Compact(han), latin
}

// subjectsOf are the subjects of things that nothing was found about, the surest first: the
// longer the words that say so, the surer, and of those alike what the whole message says
// most of. Without such things they are those of the message.
func (x *lexicon) subjectsOf(things []string, said string) []*subject {
	type found struct {
		subject     *subject
		sure, about int
	}
	var list []found
	whole := wordingOf(said)
	texts := make([]wording, len(things))
	for i, thing := range things {
		texts[i] = wordingOf(thing)
	}
	if len(things) == 0 {
		texts = []wording{whole}
	}
	for _, s := range x.subjects {
		f := found{subject: s}
		for _, p := range s.says {
			if slices.ContainsFunc(texts, func(w wording) bool { return w.holds(p) }) {
				f.sure = max(f.sure, p.weight())
			}
			if whole.holds(p) {
				f.about += p.weight()
			}
		}
		if f.sure > 0 {
			list = append(list, f)
		}
	}
	slices.SortStableFunc(list, func(a, b found) int { return cmp.Or(b.sure-a.sure, b.about-a.about) })
	subjects := make([]*subject, len(list))
	for i, f := range list {
		subjects[i] = f.subject
	}
	return subjects
}

// weight is how much a phrase says: a Han character as much as a few letters.
func (p phrase) weight() int {
	if p[0] == ' ' {
		return len(p) - 2
	}
	return 4 * len([]rune(string(p)))
}

// isLoose reports whether each word of a text names nothing by itself.
func (x *lexicon) isLoose(text string) bool {
	if strings.ContainsFunc(text, isHan) {
		return x.isLooseHan([]rune(wordingOf(text).chars))
	}
	words := strings.Fields(wordingOf(text).words)
	return len(words) > 0 && !slices.ContainsFunc(words, func(word string) bool {
		return !x.loose[word] && !verbs[word] && !edges[word] && !grammarWords[word]
	})
}

// isLooseHan reports whether a text is of nothing but words that name nothing by themselves.
func (x *lexicon) isLooseHan(text []rune) bool {
	for len(text) > 0 {
		size := min(len(text), x.looseSize)
		for size > 0 && !x.loose[string(text[:size])] {
			size--
		}
		if size == 0 && (grammarHan[string(text[:1])] || edges[string(text[:1])]) {
			size = 1
		}
		if size == 0 {
			return false
		}
		text = text[size:]
	}
	return true
}

// metricText is what a metric is called and what is said of it.
type metricText struct {
	metric *semantic.Metric
	called map[phrase]bool // each of its names as a whole
	names  wording
	about  wording
}

// metricTexts are those of all metrics of the model.
func (s *snapshot) metricTexts() []metricText {
	s.described.Do(func() {
		for _, m := range s.model.Metrics {
			about := []string{m.Names.Description.ZH, m.Names.Description.EN}
			for _, t := range s.model.Homes(m) {
				about = append(about, t.Names.Texts()...)
			}
			names := append(m.Names.Texts(), m.Name)
			t := metricText{m, map[phrase]bool{}, wordingOf(strings.Join(names, "\n")), wordingOf(strings.Join(about, "\n"))}
			for _, name := range names {
				t.called[phraseOf(name)] = true
			}
			s.texts = append(s.texts, t)
		}
	})
	return s.texts
}

// objectText is what an entity or a column by which numbers are split is called.
type objectText struct {
	object nlq.Object
	called []phrase // of two characters and more
}

// objectTexts are those of all entities that are offered by name and of their columns.
func (s *snapshot) objectTexts() []objectText {
	s.spelt.Do(func() {
		add := func(o nlq.Object, names []string) {
			t := objectText{object: o}
			for _, name := range names {
				if len([]rune(name)) > 1 {
					t.called = append(t.called, phraseOf(name))
				}
			}
			s.objects = append(s.objects, t)
		}
		for _, t := range s.model.Tables {
			if t.Hidden {
				continue
			}
			add(nlq.Object{Table: t}, t.Names.Texts())
			for _, d := range t.Dimensions {
				if groupOf(nlq.Object{Dimension: d}) != nil {
					add(nlq.Object{Dimension: d}, d.Names.Texts())
				}
			}
		}
	})
	return s.objects
}

// place is how near a metric is to a subject: called so, called so in part, or described
// so; -1 for not at all.
func (t metricText) place(x *subject) int {
	for kind, says := range []func(phrase) bool{func(p phrase) bool { return t.called[p] }, t.names.holds, t.about.holds} {
		if at := slices.IndexFunc(x.has, func(same []phrase) bool { return slices.ContainsFunc(same, says) }); at >= 0 {
			return kind*len(x.has) + at
		}
	}
	return -1
}

// metricsOf are the metrics that the model holds of a subject, the nearest first.
func (s *snapshot) metricsOf(x *subject) []*semantic.Metric {
	type placed struct {
		metric *semantic.Metric
		place  int
	}
	var found []placed
	for _, t := range s.metricTexts() {
		if at := t.place(x); at >= 0 {
			found = append(found, placed{t.metric, at})
		}
	}
	slices.SortStableFunc(found, func(a, b placed) int { return a.place - b.place })
	if described := slices.IndexFunc(found, func(p placed) bool { return p.place >= 2*len(x.has) }); described > 0 {
		found = found[:described] // some are called so
	}
	list := make([]*semantic.Metric, len(found))
	for i, f := range found {
		list[i] = f.metric
	}
	return list
}
