package answer

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"wenshu/nlq"
	"wenshu/semantic"
)

// memberSet is the members of one dimension that a circle sees, declared ones
// first, then those found in the data in order of text.
type memberSet struct {
	dimension *semantic.Dimension
	entries   []nlq.Entry
	read      time.Time   // when they were read, never later
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
// circle, or takes those that were kept. A dimension that no rule guards is read
// once for everybody.
func (s *snapshot) readMembers(ctx context.Context, c *circle, kept *keptMembers) ([]memberSet, error) {
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
			sets[i], errs[i] = s.membersOf(ctx, c, d, kept)
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
func (s *snapshot) membersOf(ctx context.Context, c *circle, d *semantic.Dimension, kept *keptMembers) (memberSet, error) {
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
	if !ok || s.agedSet(set.done.Load()) {
		set = &once[memberSet]{}
		s.members[key] = set
	}
	s.lock.Unlock()
	return set.get(func() (memberSet, error) {
		if kept != nil {
			return memberSet{dimension: d, entries: kept.entries[d], read: kept.read}.fold(), nil
		}
		set, err := s.readMember(ctx, plan, d)
		return set.fold(), err
	})
}

// agedSet reports whether a set is to be read again; nil is still being read.
func (s *snapshot) agedSet(set *memberSet) bool { return set != nil && s.aged(set.read) }

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
	set := memberSet{dimension: d, entries: declaredMembers(d), read: time.Now()}
	declared := map[string]bool{}
	for _, e := range set.entries {
		declared[e.Value] = true
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

// declaredMembers are the members that the model declares of a dimension.
func declaredMembers(d *semantic.Dimension) []nlq.Entry {
	var entries []nlq.Entry
	for _, m := range d.Values {
		value := m.Value.String()
		aliases := append(m.Names.Texts(), m.Aliases...)
		entries = append(entries, nlq.Entry{Dimension: d, Value: value, Aliases: notEmpty(aliases, value)})
	}
	return entries
}

// notEmpty drops empty texts and the value itself.
func notEmpty(list []string, value string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" || s == value })
}
