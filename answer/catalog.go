package answer

import (
	"context"

	"wenshu/nlq/llm"
	"wenshu/semantic"
)

// Catalog is what a viewer may ask about. What rules hide from the viewer is
// not in it.
type Catalog struct {
	Model      string        `json:"model"`
	Version    string        `json:"version"`
	Lang       string        `json:"lang"`
	Metrics    []CatalogItem `json:"metrics"`
	Dimensions []CatalogItem `json:"dimensions"`
	Entities   []CatalogItem `json:"entities"` // what can be counted and listed
	Starters   []Choice      `json:"starters"` // questions to begin with

	Summaries bool `json:"summaries,omitempty"` // a language model may sum results up; see Summarize

	metrics []*semantic.Metric
}

// CatalogItem is one thing that may be asked about.
type CatalogItem struct {
	Name        string   `json:"name"` // as the query line spells it
	Label       string   `json:"label"`
	Synonyms    []string `json:"synonyms,omitempty"`
	Description string   `json:"description,omitempty"`
	Owner       string   `json:"owner,omitempty"`
	Unit        string   `json:"unit,omitempty"`
	Group       string   `json:"group,omitempty"`   // the table it lives on, in words
	Members     []string `json:"members,omitempty"` // a few, of dimensions with declared members
	Time        bool     `json:"time,omitempty"`    // a time that can be cut to grains
}

// shownMembers is how many members a catalogue shows.
const shownMembers = 12

// Catalog returns what the viewer may ask about, in a language.
func (s *Service) Catalog(_ context.Context, v semantic.Viewer, lang string) *Catalog {
	return s.asking(Request{Viewer: v, Lang: orEnglish(lang)}, nil).catalog()
}

func orEnglish(lang string) string {
	if lang == "" {
		return englishWords.lang
	}
	return lang
}

func (a *asking) catalog() *Catalog {
	b, model := a.book(), a.snap.model
	c := &Catalog{Model: b.label(model.Names, model.Name), Version: model.Version, Lang: a.words.lang}
	view := model.View(a.req.Viewer)
	for _, m := range model.Metrics {
		if view.HiddenMetric(m) {
			continue
		}
		c.metrics = append(c.metrics, m)
		item := CatalogItem{
			Name: m.Name, Label: upper(b.metricLabel(m)), Synonyms: b.w.synonyms(m.Names), Description: b.w.label(m.Names.Description),
			Owner: b.w.ours(m.Owner), Unit: b.w.unitName(m.Unit),
		}
		if m.Home != nil {
			item.Group = b.tableLabel(m.Home)
		}
		c.Metrics = append(c.Metrics, item)
	}
	for _, t := range model.Tables {
		visible := 0
		for _, d := range t.Dimensions {
			if view.Hidden(d) {
				continue
			}
			visible++
			c.Dimensions = append(c.Dimensions, a.dimensionItem(b, d))
		}
		if visible > 0 && !t.Hidden {
			c.Entities = append(c.Entities, CatalogItem{
				Name: t.Name, Label: upper(b.tableLabel(t)), Synonyms: b.w.synonyms(t.Names), Description: b.w.label(t.Names.Description),
			})
		}
	}
	c.Starters = a.starters(b)
	second := a.s.config.Second
	c.Summaries = second != nil && second.Mode() != llm.Never && second.Config().Rows
	return c
}

func (a *asking) dimensionItem(b *book, d *semantic.Dimension) CatalogItem {
	item := CatalogItem{
		Name: a.snap.model.ShortName(d), Label: upper(b.dimensionLabel(d)), Synonyms: b.w.synonyms(d.Names), Description: b.w.label(d.Names.Description),
		Unit: b.w.unitName(d.Unit), Group: b.tableLabel(d.Table), Time: d.Type.Finest() != semantic.NoUnit,
	}
	if d.Index == semantic.IndexNever {
		return item
	}
	for _, m := range d.Values[:min(len(d.Values), shownMembers)] {
		item.Members = append(item.Members, b.member(d, m.Value))
	}
	return item
}

// starters are questions that analysts confirmed and that bind for the viewer,
// in the words of the asker's language where there are some.
func (a *asking) starters(b *book) []Choice {
	var list []Choice
	for _, v := range a.snap.model.Questions {
		if len(list) == 6 {
			break
		}
		if v.Query == nil || !a.binds(v.Query) {
			continue
		}
		text := b.title(v.Query)
		for _, q := range plainTextsOf(v) {
			if wordsFor(Request{Question: q}.langOf()).chinese() == b.w.chinese() {
				text = b.w.ours(q)
				break
			}
		}
		list = append(list, Choice{Kind: "verified", Text: text, Query: v.Line})
	}
	return list
}
