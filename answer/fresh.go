package answer

import (
	"context"
	"sync"
	"time"

	"wenshu/semantic"
)

// ending is how far the data of one time dimension reach for one circle.
type ending struct {
	lock sync.Mutex
	at   semantic.Value // null when there are none
	err  error          // why it could not be looked up
	read time.Time      // when it was looked up; zero is never
}

// How long looking up the end of the data may take beside an answer and when it
// is the answer, and how long it is not tried again after it failed: answers do
// not wait for it again and again.
const (
	endPatience = 2 * time.Second
	endAsked    = 20 * time.Second
	endPause    = 30 * time.Second
)

// timesOf are the time dimensions that a plan's data lie on, each once.
func timesOf(p *semantic.Plan) []*semantic.Dimension {
	var list []*semantic.Dimension
	add := func(d *semantic.Dimension) {
		if d != nil && !has(list, d) {
			list = append(list, d)
		}
	}
	add(p.TimeOf)
	for _, b := range p.Branches {
		if len(list) == 0 || b.Scans[0].Table.Time != nil && !onTable(list, b.Scans[0].Table) {
			add(b.Scans[0].Table.Time)
		}
	}
	if p.Rows != nil && len(p.Rows.Scans) > 0 {
		add(p.Rows.Scans[0].Table.Time)
	}
	return list
}

// onTable reports whether one of the dimensions belongs to a table.
func onTable(list []*semantic.Dimension, t *semantic.Table) bool {
	for _, d := range list {
		if d.Table == t {
			return true
		}
	}
	return false
}

// endOf is the newest value of a time dimension that the viewer may see; null
// when there is none. It is believed for Config.Fresh.
func (s *snapshot) endOf(ctx context.Context, v semantic.Viewer, d *semantic.Dimension, patience time.Duration) (semantic.Value, error) {
	p, signature := s.viewpoint(v)
	key := d.Table.Name + "." + d.Name + "\x00" + signature
	s.lock.Lock()
	e, ok := s.ends[key]
	if !ok {
		e = &ending{}
		s.ends[key] = e
	}
	s.lock.Unlock()
	e.lock.Lock()
	defer e.lock.Unlock()
	if age := time.Since(e.read); !e.read.IsZero() && (e.err == nil && age < s.config.Fresh || e.err != nil && patience <= endPatience && age < endPause) {
		return e.at, e.err
	}
	brief, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	at, err := s.bound(brief, p, d, "max")
	if ctx.Err() != nil {
		return semantic.NullValue, ctx.Err() // the asker has gone: nothing was found out
	}
	e.at, e.err, e.read = at, err, time.Now()
	return at, err
}

// bound is the first or last value of a time dimension, by min or max.
func (s *snapshot) bound(ctx context.Context, v semantic.Viewer, d *semantic.Dimension, f string) (semantic.Value, error) {
	name := semantic.Name{Path: []string{d.Table.Name, d.Name}}
	q := &semantic.Query{
		Items:  []semantic.Item{{Expr: semantic.Call{Func: f, Args: []semantic.Expr{name}}, As: "bound"}},
		During: []semantic.Period{semantic.AllTime{}},
	}
	plan, err := semantic.Bind(s.model, q, v, semantic.Clock{Now: s.config.Now()})
	if err != nil {
		return semantic.NullValue, err
	}
	r, _, err := s.run(ctx, plan)
	if err != nil || len(r.rows) == 0 {
		return semantic.NullValue, err
	}
	return r.rows[0][0], nil
}

// endOfCover is the instant behind the newest value: data are complete up to
// there as far as the column can tell.
func endOfCover(v semantic.Value, d *semantic.Dimension) time.Time {
	t := v.Time()
	switch d.Type.Finest() {
	case semantic.Day:
		return t.AddDate(0, 0, 1)
	case semantic.Month:
		return t.AddDate(0, 1, 0)
	case semantic.Year:
		return t.AddDate(1, 0, 0)
	}
	return t
}

// freshness words how far the data reach.
func (b *book) freshness(d *semantic.Dimension, v semantic.Value) Freshness {
	f := Freshness{Table: d.Table.Name, Label: b.tableLabel(d.Table)}
	label := spanned("table", f.Label, NameSpan)
	if v.IsNull() {
		f.Text = b.w.NoData.string(label)
		return f
	}
	f.At = isoInstant(v.Time())
	f.Text = b.w.AsOf.string(label, spanned("at", b.endText(d, v), PeriodSpan))
	return f
}

// endText is the newest value in words.
func (b *book) endText(d *semantic.Dimension, v semantic.Value) string {
	switch d.Type.Finest() {
	case semantic.Month, semantic.Year:
		return b.w.Dates.bucket(v, semantic.Grain{Unit: d.Type.Finest()}, b.model.Calendar)
	}
	return b.w.Dates.instant(v.Time().Truncate(time.Minute))
}
