package semantic

import "slices"

func (l *loader) readRules() {
	for _, n := range l.sections.rules {
		if o, ok := l.object(n, &ruleShape); ok && !l.full() {
			l.readRule(n, o)
		}
	}
}

// readRule reads one rule. It reports Missing for a rule that restricts
// nothing, UnknownName, UnknownMetric and what checkFilter does.
func (l *loader) readRule(n *node, o object) {
	r := &Rule{Pos: n.pos}
	l.model.Rules = append(l.model.Rules, r)
	if unless := o.get("unless"); unless != nil {
		if viewers, ok := l.object(unless, &unlessShape); ok {
			r.Roles = viewers.texts("role")
		}
	}
	r.Table = l.tableNamed(o.get("table"), "table")
	r.Where = o.expr("where")
	if r.Table != nil && r.Where != nil {
		f := &filterCheck{l: l, at: o.get("where"), homes: []*Table{r.Table}, owner: r.Table.Name, rule: true}
		walkExpr(r.Where, f.check)
	}
	for _, h := range o.list("hide") {
		if r.Table != nil && !l.full() {
			l.hide(r, h)
		}
	}
	for _, h := range o.list("hide_metrics") {
		if m := l.drafts[h.text]; m != nil {
			r.HideMetrics = append(r.HideMetrics, m.metric)
		} else if !l.full() {
			l.report(Problem{Code: UnknownMetric, Pos: h.pos, Name: h.text, Near: nearest(h.text, l.metricNames())})
		}
	}
	guards := o.field("where") != nil || o.field("hide") != nil
	switch {
	case !guards && o.field("hide_metrics") == nil:
		l.report(Problem{Code: Missing, Pos: n.pos, Name: "where", Detail: "rule"})
	case guards && o.field("table") == nil:
		l.report(Problem{Code: Missing, Pos: n.pos, Name: "table", Detail: "rule"})
	}
}

// hide adds a dimension or a physical column that the model mentions: in
// columns, in the expression of a dimension, or in a metric.
func (l *loader) hide(r *Rule, n *node) {
	if d := l.names.seats[r.Table].dimension(n.text); d != nil {
		r.Hide = append(r.Hide, d)
		return
	}
	mentioned := l.mentionedColumns(r.Table)
	if slices.Contains(mentioned, n.text) {
		r.HideColumns = append(r.HideColumns, n.text)
		return
	}
	near := nearest(n.text, slices.Concat(dimensionNames(r.Table), mentioned))
	l.report(Problem{Code: UnknownName, Pos: n.pos, Name: n.text, Near: near, Detail: r.Table.Name})
}

// mentionedColumns lists the physical columns of a table that the model knows.
func (l *loader) mentionedColumns(t *Table) []string {
	columns, known := l.mentioned[t]
	if known {
		return columns
	}
	for _, c := range t.Columns {
		columns = append(columns, c.Name)
	}
	for _, d := range t.Dimensions {
		namesIn(d.Expr, func(n Name) { columns = append(columns, n.Path[0]) })
	}
	for _, d := range l.metrics {
		for _, u := range l.names.usesOf(l.model, d.metric).columns {
			if u.table == t {
				columns = append(columns, u.column)
			}
		}
	}
	slices.Sort(columns)
	columns = slices.Compact(columns)
	l.mentioned[t] = columns
	return columns
}

// tableNamed returns the table that a value names. It reports UnknownName.
func (l *loader) tableNamed(n *node, key string) *Table {
	name, ok := l.scalar(n, key)
	if !ok {
		return nil
	}
	t := l.names.tables[name]
	if t == nil {
		l.report(Problem{Code: UnknownName, Pos: n.pos, Name: name, Near: l.model.everything().nearTables(Name{[]string{name}}), Detail: "table"})
	}
	return t
}

func (l *loader) readPhrases() {
	for _, n := range l.sections.phrases {
		o, ok := l.object(n, &phraseShape)
		if !ok || l.full() {
			continue
		}
		p := &Phrase{Words: o.texts("words"), Pos: n.pos}
		l.model.Phrases = append(l.model.Phrases, p)
		p.On = l.tableNamed(o.get("on"), "on")
		p.Through = l.tableNamed(o.get("through"), "through")
		p.Where = o.expr("where")
		of := p.On
		if p.Through != nil {
			of = p.Through
		}
		if of != nil {
			l.checkFilter(p.Where, o.get("where"), []*Table{of}, of.Name)
		}
		if o.field("where") == nil && o.field("through") == nil {
			l.report(Problem{Code: Missing, Pos: n.pos, Name: "where", Detail: "phrase"})
		}
		if len(p.Words) == 0 {
			l.report(Problem{Code: Missing, Pos: n.pos, Name: "words", Detail: "phrase"})
		}
	}
}

func (l *loader) readQuestions() {
	for _, n := range l.sections.questions {
		o, ok := l.object(n, &questionShape)
		if !ok {
			continue
		}
		q := &Verified{Questions: o.texts("ask"), Line: o.text("query"), By: o.text("by"), Pos: n.pos}
		l.model.Questions = append(l.model.Questions, q)
		if len(q.Questions) == 0 {
			l.report(Problem{Code: Missing, Pos: n.pos, Name: "ask", Detail: "question"})
		}
		line := o.get("query")
		if line == nil || q.Line == "" {
			continue
		}
		query, err := ParseQuery(q.Line)
		if err != nil {
			l.reportText(line, err)
			continue
		}
		q.Query = query
		l.checkSlots(q, n.pos)
	}
}
