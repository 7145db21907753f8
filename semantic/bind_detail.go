package semantic

// listDetail adds the usual columns of whole rows where the rows of a table are all
// that is listed. What the viewer may not see is left out; so is everything where
// rows may repeat, since it would tell apart what is one.
func (b *binder) listDetail(br *branch, rows *RowsPlan) {
	if b.failed() || b.depth > 0 || rows.Distinct || br.fanned || len(b.query.Items) != 1 {
		return
	}
	n, ok := b.query.Items[0].Expr.(Name)
	if !ok || isTime(n) {
		return
	}
	if t, _ := b.listedEntity(n, br.home); t != br.home {
		return
	}
	for _, c := range br.home.Detail {
		if b.view.Hidden(c.Dimension) {
			continue
		}
		path := []string{br.home.Name, c.Dimension.Name}
		if c.Join != nil {
			path = []string{br.home.Name, c.Join.Name, c.Dimension.Name}
		}
		x, d := br.resolve(Name{Path: path})
		if x == nil || d == nil {
			return
		}
		name := b.model.ShortName(d)
		if c.Join != nil && b.hasColumn(name) {
			name = c.Join.Name
		}
		b.output(rows, x, OutColumn{Name: name, Dimension: d, Type: d.Type, Unit: d.Unit, Format: d.Format})
	}
}
