package interop

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// metricTime is dbt's name of each metric's own time.
const metricTime = "metric_time"

// spot is what a dbt name means, seen from a model.
type spot struct {
	path  []string // the joins on the way, then the dimension
	model *dbtModel
	dim   *dimension
	grain string // the granularity of a time; "" for other attributes
	left  string // the first link, where the name leaves it out
}

// maxHops bounds the joins that a name leads through.
const maxHops = 3

// find returns what links and an element mean, seen from a model: in the model
// itself where the first link is its primary entity, else through joins. Names
// that leave out the first links are tried last.
func (p *dbtProject) find(m *dbtModel, links []string, element string) (spot, bool) {
	if s, ok := p.exactly(m, links, element, maxHops); ok {
		return s, true
	}
	if len(links) == 0 {
		return spot{}, false
	}
	var all []spot
	for i := range m.entities {
		for _, to := range p.targets(m, m.entities[i].name) {
			j := m.joinTo(m.entities[i].name, to)
			if j == nil {
				continue
			}
			if s, ok := p.exactly(to, links, element, maxHops-1); ok {
				s.path = append([]string{j.name}, s.path...)
				s.left = m.entities[i].name
				all = append(all, s)
			}
		}
	}
	if len(all) == 1 {
		return all[0], true
	}
	return spot{}, false
}

func (p *dbtProject) exactly(m *dbtModel, links []string, element string, hops int) (spot, bool) {
	if len(links) == 0 || links[0] == m.primary && len(links) == 1 {
		if s, ok := m.own(element); ok {
			return s, true
		}
	}
	if len(links) == 0 || hops == 0 || m.entity(links[0]) == nil {
		return spot{}, false
	}
	var all []spot
	for _, to := range p.targets(m, links[0]) {
		j := m.joinTo(links[0], to)
		if j == nil {
			continue
		}
		if s, ok := p.exactly(to, links[1:], element, hops-1); ok {
			s.path = append([]string{j.name}, s.path...)
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		return spot{}, false
	}
	return slices.MinFunc(all, func(a, b spot) int { return len(a.path) - len(b.path) }), true
}

// own finds a dimension or entity of the model itself.
func (m *dbtModel) own(element string) (spot, bool) {
	for i := range m.dimensions {
		if src := &m.dimensions[i]; src.name == element {
			if dim := m.table.dimension(src.out()); dim != nil {
				return spot{path: []string{dim.name}, model: m, dim: dim, grain: src.grain}, true
			}
		}
	}
	if dim := m.entityDimension(element); dim != nil {
		return spot{path: []string{dim.name}, model: m, dim: dim}, true
	}
	return spot{}, false
}

// parts cuts a dbt name into links and element, and a grain behind it.
func (p *dbtProject) parts(name string) (links []string, element, grain string) {
	parts := strings.Split(name, "__")
	if n := len(parts); n > 1 && (finest(parts[n-1]) != semantic.NoUnit || p.isCustom(parts[n-1]) || fineGrains[parts[n-1]]) {
		grain, parts = parts[n-1], parts[:n-1]
	}
	return parts[:len(parts)-1], parts[len(parts)-1], grain
}

// seen is where a name is looked at from: the models whose rows are counted, and
// the time that metric_time stands for.
type seen struct {
	p     *dbtProject
	d     *draft
	homes []*dbtModel
	time  string // of the one home; "" for the table's own
	own   bool   // a definition, which names its own table's time
	days  bool   // a granularity of its own is one of the days that values are shown for
	spine string // the column that metric_time is without metrics, as table.dimension
}

// dimensionOf is the expression of a reference to a dimension or entity.
func (s seen) dimensionOf(ref reference) (semantic.Expr, spot, error) {
	links, element, grain := s.p.parts(ref.name)
	links = append(slices.Clone(ref.path), links...)
	grain = or(ref.grain, grain)
	if element == metricTime && len(links) == 0 {
		return s.axis(grain, ref)
	}
	at, name, err := s.spot(links, element, ref)
	if err != nil {
		return nil, at, err
	}
	if s.p.isCustom(grain) && s.days && s.isOwnTime(at) {
		e, err := s.customOfAll(grain, ref)
		return e, at, err
	}
	if s.p.isCustom(grain) {
		e, err := s.custom(at, name, grain, ref)
		return e, at, err
	}
	e, err := grained(name, at, grain, ref)
	return e, at, err
}

// isOwnTime reports the time that the rows of the one home count by.
func (s seen) isOwnTime(at spot) bool {
	return len(s.homes) == 1 && s.homes[0] == at.model && at.dim != nil && at.dim.name == at.model.dimensionName(or(s.time, at.model.time))
}

// spot finds a name from each home and says it so that all of them understand.
func (s seen) spot(links []string, element string, ref reference) (spot, semantic.Name, error) {
	if len(s.homes) == 0 {
		return spot{}, semantic.Name{}, faultAt(ref.at, "%s: there is no table to look from", ref.name)
	}
	var first spot
	for i, h := range s.homes {
		found, ok := s.p.find(h, links, element)
		if !ok {
			return spot{}, semantic.Name{}, faultAt(ref.at, "%s, which %s does not lead to", ref.name, h.name)
		}
		if i == 0 {
			first = found
		} else if found.model != first.model {
			return first, semantic.Name{Path: first.path[len(first.path)-1:]}, nil
		}
	}
	if len(s.homes) == 1 {
		return first, semantic.Name{Path: append([]string{s.homes[0].table.name}, first.path...)}, nil
	}
	return first, semantic.Name{Path: []string{first.model.table.name, first.dim.name}}, nil
}

func (s seen) axis(grain string, ref reference) (semantic.Expr, spot, error) {
	time := semantic.Name{Path: []string{"time"}}
	at := spot{grain: "day"}
	if s.own {
		if len(s.homes) != 1 || s.homes[0].table.time == "" && s.time == "" {
			return nil, at, faultAt(ref.at, "metric_time, of which there is not one time")
		}
		time.Path = []string{s.homes[0].table.name, or(s.time, s.homes[0].table.time)}
	}
	if s.spine != "" {
		time.Path = strings.Split(s.spine, ".")
	}
	if s.p.isCustom(grain) && (len(s.homes) > 1 || s.days) {
		e, err := s.customOfAll(grain, ref)
		return e, at, err
	}
	if s.p.isCustom(grain) && len(s.homes) == 1 {
		h := s.homes[0]
		if own, ok := h.own(or(s.time, h.time)); ok {
			at = own
			e, err := s.custom(own, semantic.Name{Path: append([]string{h.table.name}, own.path...)}, grain, ref)
			return e, at, err
		}
	}
	e, err := grained(time, at, grain, ref)
	return e, at, err
}

// customOfAll is a granularity of their own that the times of all homes lead to.
func (s seen) customOfAll(grain string, ref reference) (semantic.Expr, error) {
	attribute := ""
	for _, h := range s.homes {
		time := h.time
		if len(s.homes) == 1 {
			time = or(s.time, time)
		}
		own, ok := h.own(time)
		if !ok {
			return nil, faultAt(ref.at, "the granularity %s of %s, which has no time", grain, h.name)
		}
		way := s.p.calendarOf(h, own.dim, grain, s.d)
		if way == nil || attribute != "" && attribute != way[1] {
			return nil, faultAt(ref.at, "the granularity %s of %s", grain, ref.name)
		}
		attribute = way[1]
	}
	return semantic.Name{Path: []string{"time", attribute}}, nil
}

// custom leads from a day to a granularity of its own.
func (s seen) custom(at spot, name semantic.Name, grain string, ref reference) (semantic.Expr, error) {
	way := s.p.calendarOf(at.model, at.dim, grain, s.d)
	if way == nil {
		return nil, faultAt(ref.at, "the granularity %s of %s", grain, ref.name)
	}
	path := append(slices.Clone(name.Path[:len(name.Path)-1]), way...)
	return semantic.Name{Path: path}, nil
}

// dateParts are dbt's parts of a date as the query line calls them.
var dateParts = map[string]semantic.Cyclic{"dow": semantic.DayOfWeek, "doy": semantic.DayOfYear, "day": semantic.DayOfMonth,
	"month": semantic.MonthOfYear, "quarter": semantic.QuarterOfYear}

func grained(name semantic.Name, at spot, grain string, ref reference) (semantic.Expr, error) {
	if ref.part != "" {
		if ref.part == "year" {
			return semantic.Grained{Of: name, Grain: semantic.Grain{Unit: semantic.Year}}, nil
		}
		part, ok := dateParts[ref.part]
		if !ok {
			return nil, faultAt(ref.at, "the date part %s", ref.part)
		}
		return semantic.Grained{Of: name, Grain: semantic.Grain{Cyclic: part}}, nil
	}
	if grain == "" {
		return name, nil
	}
	unit := finest(grain)
	if unit == semantic.NoUnit {
		return nil, faultAt(ref.at, "the granularity %s", grain)
	}
	if at.grain == grain && unit == semantic.Day && at.dim != nil && at.dim.typ.Kind == semantic.Date {
		return name, nil
	}
	return semantic.Grained{Of: name, Grain: semantic.Grain{Unit: unit}}, nil
}

// condition reads a filter, whose templates are references and whose names are
// columns of the result as dbt calls them.
func (s seen) condition(text string) (semantic.Expr, error) {
	r := &sqlReader{isTime: s.isTime}
	r.template = func(inside string, path []string, at int) (semantic.Expr, error) {
		ref, err := readReference(inside, at)
		switch {
		case err != nil:
			return nil, err
		case len(path) > 0:
			return nil, faultAt(at, "a point behind a template")
		case ref.kind == "Metric":
			return metricMark(ref), nil
		}
		e, _, err := s.dimensionOf(ref)
		return e, err
	}
	r.name = func(path []string, at int) (semantic.Expr, error) {
		if len(path) != 1 {
			return nil, faultAt(at, "the name %s", strings.Join(path, "."))
		}
		e, _, err := s.dimensionOf(reference{name: path[0], at: at})
		return e, err
	}
	e, err := r.parse(text, false)
	if err != nil {
		return nil, err
	}
	s.teach(e)
	e, err = s.sets(trueWhen(e))
	return e, err
}

func (s seen) isTime(e semantic.Expr) bool {
	switch x := e.(type) {
	case semantic.Grained:
		return x.Grain.Cyclic == semantic.NoCycle
	case semantic.Name:
		if len(x.Path) == 1 {
			return x.Path[0] == "time"
		}
		dim := s.dimensionAt(x)
		return dim != nil && (dim.typ.Kind == semantic.Date || dim.typ.Kind == semantic.Timestamp)
	}
	return false
}

// dimensionAt is the dimension at the end of a path.
func (s seen) dimensionAt(n semantic.Name) *dimension {
	t := s.d.table(n.Path[0])
	for _, part := range n.Path[1:max(1, len(n.Path)-1)] {
		if t == nil {
			return nil
		}
		j := t.join(part)
		if j == nil {
			return nil
		}
		t = s.d.table(j.to)
	}
	if t == nil {
		return nil
	}
	return t.dimension(n.Path[len(n.Path)-1])
}

// seatOf is the table that a path of joins leads to; "" for none.
func (s seen) seatOf(n semantic.Name) string {
	t := s.d.table(n.Path[0])
	for _, part := range n.Path[1 : len(n.Path)-1] {
		if t == nil {
			return ""
		}
		j := t.join(part)
		if j == nil {
			return ""
		}
		t = s.d.table(j.to)
	}
	if t == nil {
		return ""
	}
	return t.name
}

// teach learns from a condition what dbt does not say: an attribute that is a
// condition is a truth value, one that is compared with a number is a number.
func (s seen) teach(e semantic.Expr) {
	set := func(x semantic.Expr, kind semantic.Kind) {
		if n, ok := x.(semantic.Name); ok && len(n.Path) > 1 {
			if dim := s.dimensionAt(n); dim != nil && !dim.typed && dim.typ.Kind == semantic.Null {
				dim.typ = semantic.ColumnType{Kind: kind}
			}
		}
	}
	switch x := e.(type) {
	case semantic.Name:
		set(x, semantic.Bool)
	case semantic.Unary:
		if x.Op == semantic.Not {
			s.teach(x.X)
		}
	case semantic.Binary:
		if x.Op == semantic.And || x.Op == semantic.Or {
			s.teach(x.L)
			s.teach(x.R)
			return
		}
		if lit, ok := x.R.(semantic.Lit); ok && x.Op < semantic.Add {
			switch {
			case lit.Value.IsNumber():
				set(x.L, semantic.Float)
			case lit.Value.Kind() == semantic.Bool:
				set(x.L, semantic.Bool)
			}
		}
	}
}
