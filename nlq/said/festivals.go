package said

import (
	"wenshu/nlq"
	"wenshu/semantic"
)

// Festivals knows the names of festivals and campaigns, in groups of names for
// the same one. It is immutable and safe for concurrent use.
type Festivals struct {
	names  *nlq.Lexicon[int]
	groups []map[string]bool // normalised names
}

// NewFestivals prepares groups of names.
func NewFestivals(groups [][]string) *Festivals {
	f := &Festivals{names: nlq.NewLexicon[int]()}
	for i, names := range groups {
		group := map[string]bool{}
		for _, name := range names {
			f.names.Add(name, i)
			group[folded(name)] = true
		}
		f.groups = append(f.groups, group)
	}
	return f
}

func folded(name string) string {
	t := nlq.NewText(name)
	key := ""
	for _, norm := range t.Norms() {
		key += norm + " "
	}
	return key
}

// FestivalHit is a festival found in a text.
type FestivalHit struct {
	End  int
	Part nlq.Timed
}

// At returns the festivals whose names start at token at, in the year of a date
// (the zero Date for none: the latest one that has begun, guessed). Names that
// the calendar does not hold are found as well, so that they can be refused by
// name.
func (f *Festivals) At(t *nlq.Text, at int, year Date, m *nlq.Moment) []FestivalHit {
	var found []FestivalHit
	add := func(end int, name string) {
		if p, guessed, ok := festivalIn(name, year, m); ok {
			found = append(found, FestivalHit{end, nlq.Timed{Period: p, Guessed: guessed}})
		}
	}
	for _, hit := range m.FestivalAt(t, at) {
		add(hit.End, hit.Value)
	}
	for _, hit := range f.names.At(t, at) {
		add(hit.End, f.named(hit.Value, t.Norm(at, hit.End), m))
	}
	return found
}

// named returns the calendar's name for a group, or the name as it was said.
func (f *Festivals) named(group int, asSaid string, m *nlq.Moment) string {
	if m.Calendar == nil {
		return asSaid
	}
	for _, festival := range m.Calendar.Festivals {
		for _, name := range append([]string{festival.Name, festival.Names.Label.ZH, festival.Names.Label.EN}, festival.Names.Synonyms...) {
			if f.groups[group][folded(name)] {
				return festival.Name
			}
		}
	}
	return asSaid
}

// festivalIn places a festival in a year.
func festivalIn(name string, year Date, m *nlq.Moment) (p semantic.Period, guessed, ok bool) {
	switch base := year.Base.(type) {
	case nil:
		return semantic.Festival{Name: name, Year: latestYear(name, m)}, true, true
	case semantic.Relative:
		return semantic.Festival{Name: name, Year: base.From}, false, base.Unit == semantic.Year && base.From == base.To
	case semantic.Absolute:
		return semantic.Festival{Name: name, Year: base.Year}, false, base.Unit == semantic.Year
	}
	return nil, false, false
}

// latestYear is the year of the latest festival that has begun, as an offset 0
// where the calendar does not know it.
func latestYear(name string, m *nlq.Moment) int {
	latest := 0
	if m.Calendar == nil {
		return latest
	}
	for _, festival := range m.Calendar.Festivals {
		if festival.Name != name {
			continue
		}
		for _, d := range festival.Dates {
			if !d.Start.After(today(m)) {
				latest = d.Year
			}
		}
	}
	return latest
}
