package semantic

import "slices"

// Resolve finds the dimension or entity that a name means for rows of the home
// table, with the path there. A short name is the nearest of that name that
// many-to-one joins lead to; a longer one begins with a table, or with a join
// of the home table, and goes on over joins. It returns UnknownName with the
// nearest names, NoPath when no join leads there, AmbiguousName when two are
// equally near and AmbiguousPath when two paths are equally short; the last
// two list the full names in Near.
func (v *View) Resolve(home *Table, n Name) (Candidate, *Problem) {
	return v.resolve(home, n, false)
}

func (v *View) resolve(home *Table, n Name, columns bool) (Candidate, *Problem) {
	switch {
	case home == nil || len(n.Path) == 0:
		return Candidate{}, &Problem{Code: UnknownName, Name: spell(n.Path...)}
	case len(n.Path) == 1:
		return v.resolveShort(home, n.Path[0])
	}
	start, problem := v.enter(home, n)
	if problem != nil {
		return Candidate{}, problem
	}
	return v.walk(start, n.Path[1:], columns)
}

// enter goes from the home table to where the first part of a name leads.
func (v *View) enter(home *Table, n Name) (Candidate, *Problem) {
	first := n.Path[0]
	own := v.names.seats[home].join(first)
	t := v.names.tables[first]
	if t == nil && own == nil {
		if v.names.seats[home].brokenJoin(first) {
			return Candidate{}, &Problem{}
		}
		return Candidate{}, &Problem{Code: UnknownName, Name: spell(n.Path...), Near: v.nearTables(n), Detail: "table"}
	}
	path, ambiguous, ok := v.model.Path(home, t)
	switch {
	case ok:
		return Candidate{From: home, Table: t, Path: path}, nil
	case own != nil:
		return Candidate{From: home, Table: own.To, Path: []*Join{own}}, nil
	case ambiguous == nil:
		return Candidate{}, &Problem{Code: NoPath, Name: spell(n.Path...), Detail: home.Name}
	}
	return Candidate{}, v.ambiguousPath(home, ambiguous, n.Path[1:], spell(n.Path...))
}

func (v *View) ambiguousPath(home *Table, paths [][]*Join, rest []string, name string) *Problem {
	p := &Problem{Code: AmbiguousPath, Name: name, Detail: home.Name}
	for _, path := range paths {
		p.Near = append(p.Near, spell(append(pathNames(home, path), rest...)...))
	}
	return p
}

// nearTables corrects the first part of a name.
func (v *View) nearTables(n Name) []string {
	var all []string
	for _, t := range v.model.Tables {
		all = append(all, t.Name)
	}
	near := nearest(n.Path[0], all)
	for i := range near {
		near[i] = spell(append([]string{near[i]}, n.Path[1:]...)...)
	}
	return near
}

// walk goes on from an entity over joins to a dimension, another entity or,
// for model files, a physical column.
func (v *View) walk(c Candidate, rest []string, columns bool) (Candidate, *Problem) {
	for i, part := range rest {
		t, last := c.Table, i == len(rest)-1
		s := v.names.seats[t]
		if d := s.dimension(part); last && d != nil && !v.hidden[d] {
			c.Dimension, c.Table = d, nil
			return c, nil
		}
		if j := s.join(part); j != nil {
			c.Path, c.Table = append(slices.Clip(c.Path), j), j.To
			continue
		}
		if s.brokenJoin(part) {
			return Candidate{}, &Problem{}
		}
		if last && columns && !v.columns[tableColumn{t, part}] && s.column(part) {
			c.Column = part
			return c, nil
		}
		return Candidate{}, v.unknownPart(c, rest[:i+1], last, columns)
	}
	return c, nil
}

// unknownPart is the problem of a part that a table does not have.
func (v *View) unknownPart(c Candidate, rest []string, last, columns bool) *Problem {
	bad := rest[len(rest)-1]
	var legal []string
	for _, j := range c.Table.Joins {
		legal = append(legal, j.Name)
	}
	for _, d := range c.Table.Dimensions {
		if last && !v.hidden[d] && !slices.Contains(legal, d.Name) {
			legal = append(legal, d.Name)
		}
	}
	for _, column := range c.Table.Columns {
		if last && columns && !v.columns[tableColumn{c.Table, column.Name}] && !slices.Contains(legal, column.Name) {
			legal = append(legal, column.Name)
		}
	}
	here := []string{c.Table.Name}
	if c.From != nil {
		here = pathNames(c.From, c.Path)
	}
	near := nearest(bad, legal)
	for i := range near {
		near[i] = spell(append(slices.Clip(here), near[i])...)
	}
	return &Problem{Code: UnknownName, Name: spell(append(slices.Clip(here), bad)...), Near: near}
}

// resolveShort finds the nearest thing of a name.
func (v *View) resolveShort(home *Table, name string) (Candidate, *Problem) {
	found := v.reachable(home, name)
	if len(found) == 0 {
		return Candidate{}, v.notReachable(home, name)
	}
	best := slices.MinFunc(found, func(a, b distant) int { return a.rank() - b.rank() })
	found = slices.DeleteFunc(found, func(d distant) bool { return d.rank() != best.rank() })
	if len(found) > 1 {
		p := &Problem{Code: AmbiguousName, Name: name, Detail: home.Name}
		for _, d := range found {
			p.Near = append(p.Near, d.full())
		}
		return Candidate{}, p
	}
	if best.ambiguous != nil {
		rest := []string{best.name}
		if best.Dimension == nil && best.join == nil {
			rest = nil
		}
		return Candidate{}, v.ambiguousPath(home, best.ambiguous, rest, name)
	}
	return best.Candidate, nil
}

// distant is a candidate at a distance in joins from the home table.
type distant struct {
	Candidate
	name      string
	steps     int
	ambiguous [][]*Join
	join      *Join // the last step of an entity found by the name of its join
}

// rank orders by distance; at the same distance a dimension is meant before an
// entity.
func (d distant) rank() int {
	if d.Dimension != nil {
		return 2 * d.steps
	}
	return 2*d.steps + 1
}

// full spells the candidate by its table where its path is ambiguous, else by
// its path.
func (d distant) full() string {
	if d.ambiguous == nil {
		return d.String()
	}
	switch {
	case d.Dimension != nil:
		return spell(d.Dimension.Table.Name, d.name)
	case d.join != nil:
		return spell(d.join.From.Name, d.name)
	}
	return d.name
}

// reachable lists what a short name can mean for rows of the home table.
func (v *View) reachable(home *Table, name string) []distant {
	var found []distant
	shown := map[*Join]bool{}
	for _, d := range v.names.dimensions[name] {
		if d.Of != nil {
			shown[d.Of] = true
		}
		if at, ok := v.reach(home, d.Table); ok && !v.hidden[d] {
			at.Dimension, at.name = d, name
			found = append(found, at)
		}
	}
	for _, j := range v.names.joins[name] {
		if at, ok := v.reach(home, j.From); ok && !shown[j] {
			at.Path = append(slices.Clip(at.Path), j)
			at.Table, at.name, at.join = j.To, name, j
			at.steps++
			found = append(found, at)
		}
	}
	if t := v.names.tables[name]; t != nil {
		if at, ok := v.reach(home, t); ok && !slices.ContainsFunc(found, func(d distant) bool { return d.Table == t && slices.Equal(d.Path, at.Path) }) {
			at.Table, at.name = t, name
			found = append(found, at)
		}
	}
	return found
}

// reach returns how far a table is from home.
func (v *View) reach(home, t *Table) (distant, bool) {
	path, ambiguous, ok := v.model.Path(home, t)
	at := distant{Candidate: Candidate{From: home, Path: path}, steps: len(path), ambiguous: ambiguous}
	if ambiguous != nil {
		at.steps = len(ambiguous[0])
	}
	return at, ok || ambiguous != nil
}

// notReachable is the problem of a short name that means nothing for rows of
// the home table.
func (v *View) notReachable(home *Table, name string) *Problem {
	var elsewhere []string
	for _, c := range v.Find(Name{[]string{name}}) {
		if c.Metric == nil {
			elsewhere = append(elsewhere, c.String())
		}
	}
	if len(elsewhere) > 0 {
		return &Problem{Code: NoPath, Name: name, Near: elsewhere, Detail: home.Name}
	}
	if v.names.seats[home].brokenJoin(name) {
		return &Problem{}
	}
	p := &Problem{Code: UnknownName, Name: name}
	if !v.curt {
		p.Near = v.Nearest(name, 3)
	}
	return p
}

func (s *seat) dimension(name string) *Dimension {
	if s == nil {
		return nil
	}
	return s.dimensions[name]
}

func (s *seat) join(name string) *Join {
	if s == nil {
		return nil
	}
	return s.joins[name]
}

// column reports whether a physical column of the name may be there.
func (s *seat) column(name string) bool { return s == nil || s.columns == nil || s.columns[name] }

// brokenJoin reports whether a join of the name leads nowhere, which is a
// problem of the join and not of those who use it.
func (s *seat) brokenJoin(name string) bool { return s != nil && s.broken[name] }
