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
		if t == nil || g.Denied {
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
		names := word("table", b.w.joinStrings(tables[seen]))
		if seen == "" {
			phrases = append(phrases, b.w.Permitted.string(names))
			continue
		}
		phrases = append(phrases, b.w.PermittedOf.string(names, word("values", seen)))
	}
	return b.w.joinStrings(phrases)
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
