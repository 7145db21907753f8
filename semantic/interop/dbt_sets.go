package interop

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// markFunc is the name under which a metric inside a filter waits for the test
// it is part of.
const markFunc = "metric inside a filter"

func metricMark(ref reference) semantic.Expr {
	c := semantic.Call{Func: markFunc, Args: []semantic.Expr{semantic.Lit{Value: semantic.TextValue(ref.name)}, semantic.Lit{Value: semantic.IntValue(int64(ref.at))}}}
	for _, g := range ref.groups {
		c.Args = append(c.Args, semantic.Lit{Value: semantic.TextValue(g)})
	}
	return c
}

func markOf(e semantic.Expr) (reference, bool) {
	c, ok := e.(semantic.Call)
	if !ok || c.Func != markFunc {
		return reference{}, false
	}
	word := func(i int) semantic.Value { return c.Args[i].(semantic.Lit).Value }
	ref := reference{kind: "Metric", name: word(0).Text(), at: int(word(1).Int())}
	for i := 2; i < len(c.Args); i++ {
		ref.groups = append(ref.groups, word(i).Text())
	}
	return ref, true
}

// sets turns tests of metrics into sets: metric > 2 becomes entity in (metric by
// entity having metric > 2).
func (s seen) sets(e semantic.Expr) (semantic.Expr, error) {
	switch x := e.(type) {
	case semantic.Binary:
		if x.Op == semantic.And || x.Op == semantic.Or {
			l, err := s.sets(x.L)
			if err != nil {
				return nil, err
			}
			r, err := s.sets(x.R)
			return semantic.Binary{Op: x.Op, L: l, R: r}, err
		}
		if ref, ok := markOf(x.L); ok {
			return s.set(ref, func(m semantic.Expr) semantic.Expr { return semantic.Binary{Op: x.Op, L: m, R: x.R} })
		}
	case semantic.IsNull:
		if ref, ok := markOf(x.X); ok && x.Not {
			return s.set(ref, func(m semantic.Expr) semantic.Expr { return semantic.IsNull{X: m, Not: true} })
		}
	case semantic.Between:
		if ref, ok := markOf(x.X); ok && !x.Not {
			return s.set(ref, func(m semantic.Expr) semantic.Expr { x.X = m; return x })
		}
	}
	return e, s.noMark(e)
}

// noMark refuses a metric anywhere but in a test of its own.
func (s seen) noMark(e semantic.Expr) error {
	var err error
	semantic.Walk(e, func(x semantic.Expr) {
		if ref, ok := markOf(x); ok {
			err = faultAt(ref.at, "the metric %s inside a calculation", ref.name)
		}
	})
	return err
}

func (s seen) set(ref reference, having func(semantic.Expr) semantic.Expr) (semantic.Expr, error) {
	m := s.p.metric(ref.name)
	if m == nil || s.d.metric(m.out()) == nil {
		return nil, faultAt(ref.at, "the metric %s, which is not carried", ref.name)
	}
	if len(ref.groups) != 1 {
		return nil, faultAt(ref.at, "%s by %d attributes", ref.name, len(ref.groups))
	}
	_, element, _ := s.p.parts(ref.groups[0])
	outer, x, err := s.spot(nil, element, reference{name: ref.groups[0], at: ref.at})
	if err != nil {
		return nil, err
	}
	homes := s.p.homes(m)
	inner := seen{p: s.p, d: s.d, homes: homes}
	by := semantic.Name{Path: []string{outer.model.table.name, outer.dim.name}}
	if len(homes) == 1 {
		links, element, _ := s.p.parts(ref.groups[0])
		if _, by, err = inner.spot(links, element, reference{name: ref.groups[0], at: ref.at}); err != nil {
			return nil, err
		}
	}
	name := semantic.Name{Path: []string{m.out()}}
	q := &semantic.Query{Items: []semantic.Item{{Expr: name}}, By: []semantic.Group{{Expr: by}}, Having: having(name)}
	return semantic.In{X: x, Sub: q}, nil
}

// homes are the models whose rows a metric counts, each once.
func (p *dbtProject) homes(m *dbtMetric) []*dbtModel {
	var list []*dbtModel
	p.eachMeasure(m, 0, func(x *dbtMeasure) {
		if !slices.Contains(list, x.model) {
			list = append(list, x.model)
		}
	})
	return list
}

// maxMetricDepth bounds metrics that are made of metrics.
const maxMetricDepth = 16

// eachMeasure visits the measures that a metric is made of.
func (p *dbtProject) eachMeasure(m *dbtMetric, depth int, visit func(*dbtMeasure)) {
	if m == nil || depth > maxMetricDepth {
		return
	}
	if m.own != nil {
		visit(m.own)
	}
	if m.measure != nil {
		if x := p.measure(m.measure.name); x != nil {
			visit(x)
		}
	}
	if c := m.convert; c != nil {
		p.eachInput(c.base, depth, visit)
	}
	for _, in := range append([]*dbtInput{m.top, m.under}, m.inputs...) {
		if in != nil {
			p.eachMeasure(p.metric(in.name), depth+1, visit)
		}
	}
}

// eachInput visits what a conversion counts: a measure, or a metric.
func (p *dbtProject) eachInput(in *dbtInput, depth int, visit func(*dbtMeasure)) {
	if in == nil {
		return
	}
	if x := p.measure(in.name); x != nil {
		visit(x)
		return
	}
	p.eachMeasure(p.metric(in.name), depth+1, visit)
}

// out is the name that the metric takes.
func (m *dbtMetric) out() string {
	return freeName(strings.TrimSpace(m.name), func(string) bool { return false })
}
