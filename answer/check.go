package answer

import (
	"context"
	"fmt"
	"strings"
	"time"

	"wenshu/semantic"
	"wenshu/warehouse"
)

// CheckQuestions binds every verified question of a model as somebody from whom
// nothing is hidden, and returns the problems with the places of the questions.
func CheckQuestions(m *semantic.Model, now time.Time) semantic.Problems {
	all := semantic.Viewer{ID: "check", Roles: exemptRoles(m), Attrs: map[string][]string{}}
	var found semantic.Problems
	for _, q := range m.Questions {
		if q.Query == nil {
			continue
		}
		if _, err := semantic.Bind(m, q.Query, all, semantic.Clock{Now: now}); err != nil {
			for _, p := range problemsOf(err) {
				p.Pos = q.Pos
				found = append(found, p)
			}
		}
	}
	return found
}

func exemptRoles(m *semantic.Model) []string {
	var roles []string
	for _, r := range m.Rules {
		roles = append(roles, r.Roles...)
	}
	return roles
}

// CheckWarehouses compares a model with the databases it names: every table and
// every column that its keys, joins and dimensions read must be there. Problems
// carry the place in the model and the nearest names of the database.
func CheckWarehouses(ctx context.Context, m *semantic.Model, sources warehouse.Sources) (semantic.Problems, error) {
	var found semantic.Problems
	held := map[string]map[string][]string{}
	for _, name := range m.Warehouses {
		source, ok := sources[name]
		if !ok {
			return nil, fmt.Errorf("check: no warehouse called %q is connected", name)
		}
		schema, err := source.Schema(ctx)
		if err != nil {
			return nil, fmt.Errorf("check %s: %w", name, err)
		}
		tables := map[string][]string{}
		for _, t := range schema.Tables {
			for _, c := range t.Columns {
				tables[strings.ToLower(t.Name)] = append(tables[strings.ToLower(t.Name)], strings.ToLower(c.Name))
			}
		}
		held[name] = tables
	}
	for _, t := range m.Tables {
		found = append(found, checkTable(t, held[t.Warehouse])...)
	}
	return found, nil
}

func checkTable(t *semantic.Table, tables map[string][]string) semantic.Problems {
	columns, ok := tables[strings.ToLower(t.Source)]
	if !ok {
		return semantic.Problems{{Code: semantic.UnknownName, Pos: t.Pos, Name: t.Source, Detail: "table in " + t.Warehouse}}
	}
	has := map[string]bool{}
	for _, c := range columns {
		has[c] = true
	}
	var found semantic.Problems
	need := func(column string, pos semantic.Pos) {
		if !has[strings.ToLower(column)] {
			found = append(found, semantic.Problem{Code: semantic.UnknownName, Pos: pos, Name: column, Detail: "column of " + t.Source})
		}
	}
	for _, key := range t.Keys {
		for _, column := range key {
			need(column, t.Pos)
		}
	}
	for _, j := range t.Joins {
		for _, pair := range j.On {
			need(pair.From, j.Pos)
		}
	}
	for _, d := range t.Dimensions {
		if d.Of != nil {
			continue
		}
		semantic.Walk(d.Expr, func(e semantic.Expr) {
			if n, ok := e.(semantic.Name); ok {
				need(n.Path[len(n.Path)-1], d.Pos)
			}
		})
	}
	return found
}
