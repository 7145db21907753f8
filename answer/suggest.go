package answer

import (
	"context"
	"sort"
	"strings"

	"wenshu/nlq"
	"wenshu/semantic"
)

// Suggestion is one way to go on typing.
type Suggestion struct {
	Kind  string `json:"kind"` // metric, dimension, member, period, verified, past
	Text  string `json:"text"` // what to put in
	Label string `json:"label,omitempty"`
	Name  string `json:"name,omitempty"` // as the query line spells it
}

// maxSuggestions is how many suggestions there are at most.
const maxSuggestions = 20

// Suggest completes what a viewer is typing: metrics, dimensions, members,
// periods, confirmed questions and their own past ones, those that begin with
// the text before those that hold it. Members that the viewer may not see, and
// dimensions that are sensitive or hidden, are not in it.
func (s *Service) Suggest(ctx context.Context, v semantic.Viewer, lang, typed string, limit int) ([]Suggestion, error) {
	a := s.asking(Request{Viewer: v, Lang: lang, Question: typed}, nil)
	know, err := a.snap.know(ctx, v)
	if err != nil {
		return nil, err
	}
	past, err := s.config.State.Questions(ctx, v.ID, 50)
	if err != nil {
		return nil, err
	}
	if limit <= 0 || limit > maxSuggestions {
		limit = maxSuggestions
	}
	f := finder{key: folded(lastWords(typed)), whole: folded(typed)}
	a.suggestNames(&f)
	a.suggestMembers(&f, know)
	a.suggestPeriods(&f)
	a.suggestQuestions(&f, past)
	return f.best(limit), nil
}

// finder collects what matches, with how well.
type finder struct {
	key   string // what is being typed now
	whole string // the whole text
	found []ranked
}

type ranked struct {
	Suggestion
	rank int
}

// folded is a text as it is compared: width, script and case do not matter.
func folded(s string) string { return strings.Join(nlq.NewText(s).Norms(), "") }

// lastWords is what stands behind the last white space: what is being typed.
func lastWords(s string) string {
	if i := strings.LastIndexAny(s, " \t　,，、"); i >= 0 {
		_, rest, _ := strings.Cut(s[i:], string([]rune(s[i:])[0]))
		return rest
	}
	return s
}

// add offers a suggestion under its names: 0 for a beginning, 1 for a part.
func (f *finder) add(base int, s Suggestion, names ...string) {
	f.addTo(f.key, base, s, names...)
}

func (f *finder) addTo(key string, base int, s Suggestion, names ...string) {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = folded(name)
	}
	if rank := f.rank(key, base, texts); rank >= 0 {
		f.put(rank, s)
	}
}

func (f *finder) put(rank int, s Suggestion) { f.found = append(f.found, ranked{s, rank}) }

// soundRank is how much worse a match by sound is than one by sight, and
// soundedMembers is of how many members of a dimension the sounds are compared.
const (
	soundRank      = 5
	soundedMembers = 2000

	memberRank = 2  // of a member that begins with what is typed
	partRank   = 10 // more for a name that only holds it
)

// rank is how well folded texts match what is typed: base for a beginning, ten
// more for a part; -1 when none does.
func (f *finder) rank(key string, base int, texts []string) int {
	best := -1
	for _, text := range texts {
		switch {
		case text == "" || key == "" && base > 1:
		case strings.HasPrefix(text, key):
			return base
		case best < 0 && len(key) > len("好") && strings.Contains(text, key):
			best = base + partRank
		}
	}
	return best
}

// best are the suggestions that match best, in the order of their kinds.
func (f *finder) best(limit int) []Suggestion {
	sort.SliceStable(f.found, func(i, j int) bool { return f.found[i].rank < f.found[j].rank })
	list := []Suggestion{}
	for _, r := range f.found {
		if len(list) == limit {
			break
		}
		if !has(list, r.Suggestion) {
			list = append(list, r.Suggestion)
		}
	}
	return list
}

// typedName is a metric or a dimension as it is compared while typing.
type typedName struct {
	Suggestion
	rank           int
	folded, sounds []string
}

// suggestNames offers metrics and dimensions.
func (a *asking) suggestNames(f *finder) {
	for _, n := range a.snap.circleOf(a.req.Viewer).typedNames(a) {
		if begins(f.key, n.sounds) {
			f.put(n.rank+soundRank, n.Suggestion)
		}
		if rank := f.rank(f.key, n.rank, n.folded); rank >= 0 {
			f.put(rank, n.Suggestion)
		}
	}
}

// typedNames are the metrics and dimensions that the circle sees, in the language
// of the asker; worked out once.
func (c *circle) typedNames(a *asking) []typedName {
	if kept, ok := c.names.Load(a.words.lang); ok {
		return kept.([]typedName)
	}
	var names []typedName
	add := func(rank int, kind, note string, item CatalogItem) {
		n := typedName{Suggestion: Suggestion{Kind: kind, Text: item.Label, Label: note, Name: item.Name}, rank: rank}
		for _, name := range append([]string{item.Label, item.Name}, item.Synonyms...) {
			n.folded = append(n.folded, folded(name))
		}
		for _, name := range append([]string{item.Label}, item.Synonyms...) {
			n.sounds = append(n.sounds, sounds(folded(name))...)
		}
		names = append(names, n)
	}
	catalog := a.catalog()
	for _, m := range catalog.Metrics {
		add(0, "metric", m.Description, m)
	}
	for _, d := range catalog.Dimensions {
		add(1, "dimension", d.Group, d)
	}
	c.names.Store(a.words.lang, names)
	return names
}

// suggestMembers offers members under their values and aliases: those that begin
// so and those that sound so, and where they are few those that hold the text.
func (a *asking) suggestMembers(f *finder, know knowledge) {
	if f.key == "" {
		return
	}
	b, view := a.book(), a.snap.model.View(a.req.Viewer)
	seen := map[Suggestion]bool{}
	offer := func(set *memberSet, i, rank int) {
		e := set.entries[i]
		s := Suggestion{Kind: "member", Text: b.member(set.dimension, semantic.TextValue(e.Value)), Label: b.dimensionLabel(set.dimension), Name: e.Value}
		if rank == memberRank || !seen[s] {
			f.put(rank, s)
		}
		seen[s] = true
	}
	key := newTypedKey(f.key)
	shown := make([]*memberSet, 0, len(know.members))
	for i := range know.members {
		if set := &know.members[i]; !view.Hidden(set.dimension) {
			shown = append(shown, set)
		}
	}
	full := func() bool { return len(seen) >= maxSuggestions } // what is found later stands behind these
	for _, set := range shown {
		if full() {
			return
		}
		for _, i := range set.typed.begin(key, maxSuggestions) {
			offer(set, i, memberRank)
		}
	}
	suggestSounds(key, shown, offer, full)
	for _, set := range shown {
		if full() || len(f.key) <= len("好") {
			return
		}
		for _, i := range set.typed.hold(key, maxSuggestions) {
			offer(set, i, memberRank+partRank)
		}
	}
}

// suggestSounds offers members that sound as what is typed and do not hold it.
func suggestSounds(key typedKey, sets []*memberSet, offer func(set *memberSet, i, rank int), full func() bool) {
	if !spelt(key.text) {
		return
	}
	for _, set := range sets {
		if full() {
			return
		}
		if set.sounds == nil {
			continue
		}
		for _, i := range set.sounds.begin(key, maxSuggestions) {
			if !set.typed.entryHolds(i, key.text) {
				offer(set, i, memberRank+soundRank)
			}
		}
	}
}

// suggestPeriods offers the usual periods.
func (a *asking) suggestPeriods(f *finder) {
	b := a.book()
	for _, p := range presets {
		f.add(3, Suggestion{Kind: "period", Text: b.period(p), Name: semantic.PeriodString(p)}, b.period(p))
	}
}

// suggestQuestions offers whole questions for the whole text.
func (a *asking) suggestQuestions(f *finder, past []string) {
	for _, v := range a.snap.model.Questions {
		if v.Query == nil || !a.binds(v.Query) {
			continue
		}
		for _, q := range plainTextsOf(v) {
			f.addTo(f.whole, 4, Suggestion{Kind: "verified", Text: a.words.ours(q), Name: v.Line}, q)
		}
	}
	for _, q := range past {
		f.addTo(f.whole, 5, Suggestion{Kind: "past", Text: q}, q)
	}
}
