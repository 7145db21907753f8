package answer

import (
	"context"
	"errors"
	"slices"
	"sync"

	"wenshu/nlq"
	"wenshu/semantic"
)

// memberSet is the members of one dimension that a circle sees, declared ones
// first, then those found in the data in order of text.
type memberSet struct {
	dimension *semantic.Dimension
	entries   []nlq.Entry
	typed     *typedNames // the texts of each entry as they are compared while typing
	sounds    *typedNames // what the value of each entry sounds like; nil for large sets
}

// fold prepares a set for type-ahead.
func (m memberSet) fold() memberSet {
	m.typed = foldedNames(m.entries)
	if len(m.entries) <= soundedMembers {
		m.sounds = newTypedNames(len(m.entries), func(i int) []string { return sounds(m.entries[i].Value) })
	}
	return m
}

// readMembers reads the members of every dimension that may be read, as the
// circle. A dimension that no rule guards is read once for everybody.
func (s *snapshot) readMembers(ctx context.Context, c *circle) ([]memberSet, error) {
	var dims []*semantic.Dimension
	for _, t := range s.model.Tables {
		for _, d := range t.Dimensions {
			if indexed(d) {
				dims = append(dims, d)
			}
		}
	}
	sets := make([]memberSet, len(dims))
	errs := make([]error, len(dims))
	var wait sync.WaitGroup
	turns := make(chan struct{}, 4)
	for i, d := range dims {
		turns <- struct{}{}
		wait.Go(func() {
			defer func() { <-turns }()
			sets[i], errs[i] = s.membersOf(ctx, c, d)
		})
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(sets, func(m memberSet) bool { return len(m.entries) == 0 }), nil
}

// indexed reports whether the members of a dimension may be known by name: not
// those of entities, which their own dimensions show, and not sensitive ones.
func indexed(d *semantic.Dimension) bool {
	return d.Index == semantic.IndexAuto && d.Of == nil && (d.Type.Kind == semantic.Text || len(d.Values) > 0)
}

// membersOf are the members of one dimension for a circle: none when the
// dimension does not exist for it.
func (s *snapshot) membersOf(ctx context.Context, c *circle, d *semantic.Dimension) (memberSet, error) {
	none := memberSet{dimension: d}
	plan, err := semantic.Bind(s.model, memberQuery(d, s.config.Members+1), c.viewer, semantic.Clock{Now: s.config.Now()})
	if err != nil {
		return none, nil //nolint:nilerr // a hidden dimension does not bind: it has no members to know
	}
	key := d.Table.Name + "." + d.Name
	if len(plan.Guards) > 0 {
		key += "\x00" + c.signature
	}
	s.lock.Lock()
	set, ok := s.members[key]
	if !ok {
		set = &once[memberSet]{}
		s.members[key] = set
	}
	s.lock.Unlock()
	return set.get(func() (memberSet, error) {
		set, err := s.readMember(ctx, plan, d)
		return set.fold(), err
	})
}

func memberQuery(d *semantic.Dimension, limit int) *semantic.Query {
	name := semantic.Name{Path: []string{d.Table.Name, d.Name}}
	return &semantic.Query{
		Items: []semantic.Item{{Expr: name}}, List: &semantic.List{Distinct: true, From: d.Table.Name},
		During: []semantic.Period{semantic.AllTime{}}, Sort: []semantic.Sort{{Expr: name}}, Limit: limit,
	}
}

// readMember reads one dimension. More members than the limit are none: what
// is found of them would depend on their order.
func (s *snapshot) readMember(ctx context.Context, plan *semantic.Plan, d *semantic.Dimension) (memberSet, error) {
	set := memberSet{dimension: d}
	declared := map[string]bool{}
	for _, m := range d.Values {
		value := m.Value.String()
		declared[value] = true
		aliases := slices.Concat([]string{m.Names.Label.ZH, m.Names.Label.EN}, m.Names.Synonyms, m.Aliases)
		set.entries = append(set.entries, nlq.Entry{Dimension: d, Value: value, Aliases: notEmpty(aliases, value)})
	}
	if d.Closed || d.Type.Kind != semantic.Text {
		return set, nil
	}
	r, _, err := s.run(ctx, plan)
	if err != nil {
		return set, err
	}
	if len(r.rows) > s.config.Members {
		s.config.Log.Warn("too many members to index", "dimension", d.Table.Name+"."+d.Name, "limit", s.config.Members)
		return set, nil
	}
	for _, row := range r.rows {
		if value := row[0].Text(); value != "" && !declared[value] {
			set.entries = append(set.entries, nlq.Entry{Dimension: d, Value: value})
		}
	}
	return set, nil
}

// notEmpty drops empty texts and the value itself.
func notEmpty(list []string, value string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" || s == value })
}
