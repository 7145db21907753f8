package interop

import (
	"strings"

	"wenshu/semantic"
)

// condition prints a condition that SQL finds true for the rows for which x has
// the truth value. Both are conditions of two values: a test of a missing value
// is false, and its denial true.
func (s *ossieSQL) condition(x semantic.Expr, truth bool) (string, error) {
	switch x := x.(type) {
	case semantic.Lit:
		if x.Value.Kind() == semantic.Bool {
			return strings.ToUpper(semantic.BoolValue(x.Value.Bool() == truth).String()), nil
		}
	case semantic.Unary:
		if x.Op == semantic.Not {
			return s.condition(x.X, !truth)
		}
	case semantic.Binary:
		return s.binary(x, truth)
	case semantic.IsNull:
		v, err := s.value(x.X)
		if x.Not == truth {
			return v + " IS NOT NULL", err
		}
		return v + " IS NULL", err
	case semantic.Name:
		return s.condition(semantic.Binary{Op: semantic.Eq, L: x, R: semantic.Lit{Value: semantic.BoolValue(true)}}, truth)
	case semantic.In, semantic.Between, semantic.Match:
		return s.test(x, truth)
	}
	return "", faultAt(0, "the condition %s", clip(semantic.ExprString(x)))
}

func (s *ossieSQL) binary(x semantic.Binary, truth bool) (string, error) {
	if x.Op == semantic.And || x.Op == semantic.Or {
		l, err := s.condition(x.L, truth)
		if err != nil {
			return "", err
		}
		r, err := s.condition(x.R, truth)
		if err != nil {
			return "", err
		}
		word := " OR "
		if (x.Op == semantic.And) == truth {
			word = " AND "
		}
		return bracketed(x.L, l) + word + bracketed(x.R, r), nil
	}
	if opposite[x.Op] == 0 {
		return "", faultAt(0, "the condition %s", clip(semantic.ExprString(x)))
	}
	l, err := s.value(x.L)
	if err != nil {
		return "", err
	}
	r, err := s.value(x.R)
	if err != nil {
		return "", err
	}
	// A test is false where a side is missing; only its denial holds there.
	denial := (x.Op == semantic.Ne) == truth
	op := x.Op
	if !truth {
		op = opposite[op]
	}
	sql := l + " " + sqlOps[op] + " " + r
	if !denial {
		return sql, nil
	}
	for _, side := range []struct {
		x   semantic.Expr
		sql string
	}{{x.L, l}, {x.R, r}} {
		if _, constant := side.x.(semantic.Lit); !constant {
			sql += " OR " + side.sql + " IS NULL"
		}
	}
	return "(" + sql + ")", nil
}

// bracketed puts brackets round what is joined by a word that binds less.
func bracketed(x semantic.Expr, sql string) string {
	if b, ok := x.(semantic.Binary); ok && (b.Op == semantic.And || b.Op == semantic.Or) {
		return "(" + sql + ")"
	}
	if u, ok := x.(semantic.Unary); ok && u.Op == semantic.Not {
		return "(" + sql + ")"
	}
	return sql
}

// test prints a test of one value against constants.
func (s *ossieSQL) test(x semantic.Expr, truth bool) (string, error) {
	var subject semantic.Expr
	var not bool
	var rest string
	switch x := x.(type) {
	case semantic.In:
		list, err := all(x.List, s.value)
		if x.Sub != nil || err != nil || len(list) == 0 {
			return "", faultAt(0, "the set %s", clip(semantic.ExprString(x)))
		}
		subject, not, rest = x.X, x.Not, "IN ("+strings.Join(list, ", ")+")"
	case semantic.Between:
		bounds, err := all([]semantic.Expr{x.Lo, x.Hi}, s.value)
		if err != nil {
			return "", err
		}
		subject, not, rest = x.X, x.Not, "BETWEEN "+bounds[0]+" AND "+bounds[1]
	case semantic.Match:
		if strings.ToLower(x.Pattern) != strings.ToUpper(x.Pattern) || strings.ContainsAny(x.Pattern, `%_\`) {
			return "", faultAt(0, "a test of text that takes upper and lower case for one")
		}
		pattern := x.Pattern
		if x.How != semantic.Starts {
			pattern = "%" + pattern
		}
		if x.How != semantic.Ends {
			pattern += "%"
		}
		subject, not, rest = x.X, x.Not, "LIKE '"+strings.ReplaceAll(pattern, "'", "''")+"'"
	}
	v, err := s.value(subject)
	if err != nil {
		return "", err
	}
	if not == truth {
		return "(" + v + " NOT " + rest + " OR " + v + " IS NULL)", nil
	}
	return v + " " + rest, nil
}
