package answer

import "wenshu/semantic"

// fewValues is how many values of a viewer's attribute a notice names.
const fewValues = 3

// guarded are the tables of which the viewer's rules leave out rows, in words: with
// the values that the viewer may see where these are few.
func (b *book) guarded(p *semantic.Plan, v semantic.Viewer) string {
	tables := map[string][]string{} // by what is seen of them
	var order []string
	for _, g := range p.Guards {
		t := b.tableNamed(g.Table)
		if t == nil || g.Denied || g.Rule.ForAll() {
			continue
		}
		seen := b.seen(g.Rule, v)
		if _, known := tables[seen]; !known {
			order = append(order, seen)
		}
		if label := b.tableLabel(t); !has(tables[seen], label) {
			tables[seen] = append(tables[seen], label)
		}
	}
	var phrases []string
	for _, seen := range order {
		phrases = append(phrases, b.permittedOf(b.w.joinStrings(tables[seen]), seen))
	}
	return b.w.joinStrings(phrases)
}

// leftOut are the conditions of the rules that leave rows out for everybody, each once.
func (b *book) leftOut(p *semantic.Plan) []string {
	var said []string
	for _, g := range p.Guards {
		if !g.Denied && g.Rule.ForAll() && !has(said, b.expr(g.Rule.Where)) {
			said = append(said, b.expr(g.Rule.Where))
		}
	}
	return said
}

// permittedOf are the rows of tables that a viewer may see: those of the values
// seen, or "" for whichever they are.
func (b *book) permittedOf(tables, seen string) string {
	if seen == "" {
		return b.w.Permitted.string(word("table", tables))
	}
	return b.w.PermittedOf.string(word("table", tables), word("values", seen))
}

// visible are the rows of a table, by its name, that the rules leave the viewer.
func (b *book) visible(table string, v semantic.Viewer) string {
	seen := ""
	for _, r := range b.model.Rules {
		if r.Table == nil || r.Table.Name != table || r.Where == nil || !r.Touches(v) {
			continue
		}
		if text := b.seen(r, v); text != "" {
			seen = text
		}
	}
	return b.permittedOf(b.objectLabel(table), seen)
}

// seen are the values that a rule leaves the viewer, "" where they are many or
// the rule is no plain list of them. They are the viewer's own: they tell nothing
// of what is hidden.
func (b *book) seen(r *semantic.Rule, v semantic.Viewer) string {
	in, ok := r.Where.(semantic.In)
	if !ok || in.Not || len(in.List) != 1 {
		return ""
	}
	attr, ok := in.List[0].(semantic.ViewerAttr)
	name, named := in.X.(semantic.Name)
	if !ok || !named || len(v.Attrs[attr.Attr]) > fewValues {
		return ""
	}
	d := b.dimension(name.Path)
	if d == nil {
		d = b.dimension(name.Path[len(name.Path)-1:])
	}
	var values []string
	for _, value := range v.Attrs[attr.Attr] {
		if d == nil {
			values = append(values, value)
			continue
		}
		values = append(values, b.member(d, semantic.TextValue(value)))
	}
	return b.w.joinStrings(values)
}
