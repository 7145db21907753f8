package eval

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"wenshu/answer"
	"wenshu/semantic"
)

// said is what an answer computes, as far as expectations in words speak of it.
type said struct {
	query *semantic.Query // nil when there is none
	model *semantic.Model
	from  time.Time // of the period; zero where it is open
	to    time.Time // behind its last day
	now   time.Time
}

func saidOf(got *answer.Answer, m *semantic.Model, now time.Time) said {
	s := said{model: m, now: now}
	if q, err := semantic.ParseQuery(got.QueryLine); err == nil && got.QueryLine != "" {
		s.query = q
	}
	if p := got.Period; p != nil {
		s.from, s.to = moment(p.Start), moment(p.End)
	}
	return s
}

func moment(text string) time.Time {
	at, err := Moment(text, time.UTC)
	if err != nil {
		return time.Time{}
	}
	return at.Truncate(24 * time.Hour)
}

var (
	lastDays = regexp.MustCompile(`^last (\d+) days$`)
	tested   = regexp.MustCompile(`^(\S+?)(?:\s*=\s*|\s+in\s+)\(?([^()]+)\)?$`)
)

// holds checks what one part of an expectation says of a query: metric A, B by C;
// by C; filter name=member; last 7 days; one date; order desc; detail; entity
// member; dimensions A, B. judged is false where the part says none of it.
func (s said) holds(part string) (right, judged bool) {
	if s.query == nil {
		return false, false
	}
	word, rest, _ := strings.Cut(part, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "metric", "metrics":
		names, groups, split := strings.Cut(rest, " by ")
		return s.measures(names) && (!split || s.groups(groups)), true
	case "by":
		return s.groups(rest), true
	case "filter":
		m := tested.FindStringSubmatch(rest)
		return m != nil && s.tests(m[1], list(m[2])), true
	case "order":
		return len(s.query.Sort) > 0 && s.query.Sort[0].Desc == (rest == "desc"), true
	case "entity":
		return s.tests("", list(rest)), true
	case "dimension", "dimensions":
		return s.query.List != nil && s.shows(list(rest)), true
	}
	switch {
	case part == "detail":
		return s.query.List != nil, true
	case part == "one date":
		return s.days() == 1, true
	case lastDays.MatchString(part):
		n, err := strconv.Atoi(lastDays.FindStringSubmatch(part)[1])
		ends := s.now.Sub(s.to)
		return err == nil && s.days() == n && ends < 24*time.Hour && ends > -48*time.Hour, true
	}
	return false, false
}

func list(text string) []string {
	var all []string
	for _, one := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '，' }) {
		all = append(all, strings.TrimSpace(one))
	}
	return all
}

// days is how many days the period has; 0 where it is open.
func (s said) days() int {
	if s.from.IsZero() || s.to.IsZero() {
		return 0
	}
	return int(s.to.Sub(s.from) / (24 * time.Hour))
}

// measures reports whether each name is one that a column computes; sum in front
// says only that it is added up.
func (s said) measures(names string) bool {
	for _, name := range list(names) {
		name = strings.TrimSpace(strings.TrimPrefix(name, "sum "))
		if !slices.ContainsFunc(s.query.Items, func(i semantic.Item) bool { return s.called(i.Expr, name) }) {
			return false
		}
	}
	return s.query.List == nil
}

func (s said) groups(names string) bool {
	for _, name := range list(names) {
		if !slices.ContainsFunc(s.query.By, func(g semantic.Group) bool { return s.called(g.Expr, name) }) {
			return false
		}
	}
	return true
}

func (s said) shows(names []string) bool {
	for _, name := range names {
		if !slices.ContainsFunc(s.query.Items, func(i semantic.Item) bool { return s.called(i.Expr, name) }) {
			return false
		}
	}
	return true
}

// tests reports whether the rows are restricted to just these members, of a
// column that is called so where a name is given.
func (s said) tests(name string, members []string) bool {
	if s.query.Where == nil {
		return false
	}
	found := false
	semantic.Walk(s.query.Where, func(e semantic.Expr) {
		switch v := e.(type) {
		case semantic.Binary:
			lit, ok := v.R.(semantic.Lit)
			found = found || ok && v.Op == semantic.Eq && len(members) == 1 && lit.Value.String() == members[0] && (name == "" || s.called(v.L, name))
		case semantic.In:
			same := !v.Not && len(v.List) == len(members) && (name == "" || s.called(v.X, name))
			for _, x := range v.List {
				lit, ok := x.(semantic.Lit)
				same = same && ok && slices.Contains(members, lit.Value.String())
			}
			found = found || same
		}
	})
	return found
}

// called reports whether a name is one of those that the model has for what an
// expression names, aggregated or not.
func (s said) called(e semantic.Expr, name string) bool {
	if call, ok := e.(semantic.Call); ok && len(call.Args) == 1 {
		e = call.Args[0]
	}
	n, ok := e.(semantic.Name)
	if !ok {
		return false
	}
	if n.Path[len(n.Path)-1] == name {
		return true
	}
	dims, tables, metrics := s.model.Lookup(n)
	for _, m := range metrics {
		if answersTo(m.Names, name) {
			return true
		}
	}
	for _, d := range dims {
		if answersTo(d.Names, name) || d.Of != nil && entityAnswersTo(d.Of.To, name) {
			return true
		}
	}
	return slices.ContainsFunc(tables, func(t *semantic.Table) bool { return entityAnswersTo(t, name) })
}

func answersTo(names semantic.Names, name string) bool {
	return names.Label.ZH == name || strings.EqualFold(names.Label.EN, name) || slices.Contains(names.Synonyms, name)
}

// entityAnswersTo reports whether an entity, or what it is shown by, is called so.
func entityAnswersTo(t *semantic.Table, name string) bool {
	return answersTo(t.Names, name) || slices.ContainsFunc(t.Display, func(d *semantic.Dimension) bool { return d.Name == name || answersTo(d.Names, name) })
}
