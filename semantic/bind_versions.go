package semantic

import (
	"slices"
	"time"
)

// versioned reports a join that holds at a moment alone.
func (s step) versioned() bool {
	return s.join.To.Validity != nil && (s.join.At != nil || s.join.Now || s.join.Axis)
}

// pickVersion lets a join lead to the version that holds at the moment of the
// many side alone, whichever way it is taken.
func (br *branch) pickVersion(s step, at, next int) {
	if !s.versioned() {
		return
	}
	moments, versions := at, next
	if s.back {
		moments, versions = next, at
	}
	var moment Expr
	switch {
	case s.join.Now:
		moment = br.b.endOfToday()
	case s.join.Axis:
		moment = br.counted(next)
	default:
		moment = br.value(moments, s.join.At)
	}
	sc := &br.scans[next]
	sc.At = moment
	v := br.scans[versions].Table.Validity
	sc.From = br.value(versions, v.From)
	if v.To != nil {
		sc.To = br.value(versions, v.To)
		return
	}
	br.ends(versions)
	sc.To = Column{Scan: versions + br.fixed, Name: VersionEnd, Type: v.From.Type}
}

// counted is the time by which the rows of the home count, which a version is
// picked at that joins know no other time of. It must be known before the version.
func (br *branch) counted(version int) Expr {
	x, d := br.axisExpr()
	late := false
	Walk(x, func(e Expr) {
		c, is := e.(Column)
		late = late || is && c.Scan-br.fixed >= version
	})
	if late {
		br.b.fail(Problem{Code: NoTime, Name: br.b.model.ShortName(d), Detail: br.scans[version].Table.Name})
	}
	return x
}

// ends makes a scan of versions tell where each of them ends: the columns of the
// key besides the beginning name the thing.
func (br *branch) ends(scan int) {
	t := br.scans[scan].Table
	from, ok := bareColumn(t.Validity.From)
	for _, key := range t.Keys {
		if !ok || !slices.Contains(key, from) {
			continue
		}
		thing := slices.DeleteFunc(slices.Clone(key), func(c string) bool { return c == from })
		for _, col := range thing {
			br.use(scan, col)
		}
		br.scans[scan].Ends = thing
		return
	}
	br.b.fail(Problem{Code: KeyRequired, Name: t.Name, Detail: "validity", Pos: t.Pos})
}

// endOfToday is the last second of the day on which the question is asked.
func (b *binder) endOfToday() Expr {
	now, _, err := b.clock.Wall()
	if err != nil {
		b.failError(err)
		return nil
	}
	return Lit{TimestampValue(dayAfter(now).Add(-time.Second))}
}

// existsVersion is exists for a join that holds at a moment: the rows on this
// side of it that such a row belongs to are the set.
func (br *branch) existsVersion(way []step, conds []Expr) Expr {
	last := way[len(way)-1]
	scan := br.scan(way[:len(way)-1])
	inner := newBranch(br.b, br.scans[scan].Table)
	inner.axis = br.axis
	far := inner.scan([]step{last})
	rows := &RowsPlan{Source: br.home.Warehouse, Distinct: true}
	key := firstKey(inner.home)
	if key == nil {
		br.b.fail(Problem{Code: KeyRequired, Name: inner.home.Name, Pos: inner.home.Pos})
		return nil
	}
	var xs []Expr
	for _, col := range key {
		xs = append(xs, br.column(scan, col))
		rows.Outputs = append(rows.Outputs, inner.column(0, col))
	}
	there := inner.column(far, last.pairs()[0].To)
	rows.Where = append(inner.conditions(conds), IsNull{X: there, Not: true})
	for i := range inner.scans {
		br.b.guard(&inner.scans[i], i)
	}
	rows.Scans = inner.scans
	return InPlan{X: xs, Plan: &Plan{Model: br.b.model, Rows: rows}}
}
