package interop

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// ossieSQL prints expressions as ANSI SQL. The conditions of a model have two
// truth values; they are printed so that SQL's are true for the same rows.
type ossieSQL struct {
	e     *ossieExport
	home  *semantic.Table
	ofRow bool // names are columns of home
	needs map[*semantic.Table]map[string]bool

	spelled []*semantic.Metric // metrics whose definition stands in place of their name
}

// sqlWords are words that SQL reserves.
var sqlWords = setOf(`all and any array as asc between both by case cast check collate column constraint create cross current_date
	current_timestamp date default desc distinct else end except exists false fetch filter for foreign from full grant group having in inner
	intersect interval into is join leading left like limit natural not null offset on or order outer over primary references right rows select
	some table then time timestamp to trailing true union unique user using values when where window with within`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// sqlName is an identifier, in quotes where SQL would read it as something else.
func sqlName(name string) string {
	if plainWord(name) {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// metric prints an expression over metrics and aggregates, of the rows that a
// filter keeps; nil keeps all.
func (s *ossieSQL) metric(x semantic.Expr, filter semantic.Expr) (string, error) {
	switch x := x.(type) {
	case semantic.Lit:
		return sqlValue(x.Value)
	case semantic.Name:
		return s.ofMetric(x, filter)
	case semantic.Filtered:
		return s.metric(x.X, narrowed(filter, x.Where))
	case semantic.Unary:
		if x.Op == semantic.Negate {
			inner, err := s.metric(x.X, filter)
			return "-(" + inner + ")", err
		}
	case semantic.Binary:
		return s.arithmetic(x, func(x semantic.Expr) (string, error) { return s.metric(x, filter) })
	case semantic.Call:
		f, _ := semantic.FunctionNamed(x.Func)
		switch f.Kind {
		case semantic.AggregateFunc:
			return s.aggregate(x, filter)
		case semantic.ScalarFunc:
			return s.scalar(x, func(x semantic.Expr) (string, error) { return s.metric(x, filter) })
		}
		return "", faultAt(0, "%s()", x.Func)
	}
	return "", faultAt(0, "%s over metrics", clip(semantic.ExprString(x)))
}

func narrowed(a, b semantic.Expr) semantic.Expr {
	if a == nil {
		return b
	}
	return semantic.Binary{Op: semantic.And, L: a, R: b}
}

// ofMetric is another metric by its name, or where a filter touches it its
// definition with that filter.
func (s *ossieSQL) ofMetric(n semantic.Name, filter semantic.Expr) (string, error) {
	name := n.Path[0]
	i := slices.IndexFunc(s.e.model.Metrics, func(m *semantic.Metric) bool { return m.Name == name })
	if len(n.Path) > 1 || i < 0 {
		return "", faultAt(0, "%s, which is no metric", strings.Join(n.Path, "."))
	}
	if _, err := s.e.metricSQL(name); err != nil {
		return "", faultAt(0, "the metric %s", name)
	}
	if filter == nil {
		return sqlName(name), nil
	}
	m := s.e.model.Metrics[i]
	if m.Fill != nil || m.Kind != semantic.Simple {
		return "", faultAt(0, "%s with a filter", name)
	}
	s.spelled = append(s.spelled, m)
	home := s.home
	defer func() { s.home = home }()
	s.home = m.Home
	if m.Where != nil {
		filter = narrowed(m.Where, filter)
	}
	sql, err := s.metric(m.Expr, filter)
	if _, call := m.Expr.(semantic.Call); !call {
		sql = "(" + sql + ")"
	}
	return sql, err
}

// aggregates are SQL's names of aggregates of one value.
var aggregateNames = map[string]string{"sum": "SUM", "avg": "AVG", "min": "MIN", "max": "MAX", "stddev": "STDDEV_SAMP", "variance": "VAR_SAMP", "count_distinct": "COUNT"}

func (s *ossieSQL) aggregate(x semantic.Call, filter semantic.Expr) (string, error) {
	if len(x.Per) > 0 || len(x.Args) == 0 {
		return "", faultAt(0, "%s", clip(semantic.ExprString(x)))
	}
	arg, err := s.argument(x)
	if err != nil {
		return "", err
	}
	if filter != nil {
		cond, err := s.condition(filter, true)
		if err != nil {
			return "", err
		}
		arg = "CASE WHEN " + cond + " THEN " + arg + " END"
	}
	switch x.Func {
	case "count":
		return "COUNT(" + arg + ")", nil
	case "count_distinct":
		return "COUNT(DISTINCT " + arg + ")", nil
	case "median":
		return "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY " + arg + ")", nil
	case "percentile", "percentile_disc":
		share, err := s.value(x.Args[1])
		name := "PERCENTILE_CONT("
		if x.Func == "percentile_disc" {
			name = "PERCENTILE_DISC("
		}
		return name + share + ") WITHIN GROUP (ORDER BY " + arg + ")", err
	}
	name := aggregateNames[x.Func]
	if name == "" {
		return "", faultAt(0, "%s()", x.Func)
	}
	return name + "(" + arg + ")", nil
}

// argument is what is aggregated. Rows are counted by a column of the primary
// key, which every row has.
func (s *ossieSQL) argument(x semantic.Call) (string, error) {
	n, ok := x.Args[0].(semantic.Name)
	if x.Func != "count" || !ok {
		return s.value(x.Args[0])
	}
	t := s.e.table(n.Path[0])
	if len(n.Path) > 1 || t == nil {
		return "", faultAt(0, "a count of values")
	}
	if len(t.Keys) == 0 || t.Validity != nil {
		return "", faultAt(0, "a count of the rows of %s, which has no key", t.Name)
	}
	field := s.e.asFields(t, t.Keys[0][:1])[0]
	s.need(t, field)
	return sqlName(t.Name) + "." + sqlName(field), nil
}

func (s *ossieSQL) need(t *semantic.Table, column string) {
	if s.needs == nil || slices.ContainsFunc(t.Dimensions, func(d *semantic.Dimension) bool { return d.Name == column && d.Of == nil }) {
		return
	}
	if s.needs[t] == nil {
		s.needs[t] = map[string]bool{}
	}
	s.needs[t][column] = true
}

// value prints an expression over the values of a row.
func (s *ossieSQL) value(x semantic.Expr) (string, error) {
	switch x := x.(type) {
	case semantic.Lit:
		return sqlValue(x.Value)
	case semantic.Name:
		return s.name(x)
	case semantic.Unary:
		if x.Op == semantic.Negate {
			inner, err := s.value(x.X)
			return "-(" + inner + ")", err
		}
	case semantic.Binary:
		if x.Op >= semantic.Add {
			return s.arithmetic(x, s.value)
		}
	case semantic.Call:
		if f, _ := semantic.FunctionNamed(x.Func); f.Kind == semantic.ScalarFunc {
			return s.scalar(x, s.value)
		}
		return "", faultAt(0, "%s()", x.Func)
	case semantic.Case:
		return s.cases(x)
	}
	if tests(x) {
		cond, err := s.condition(x, true)
		return "CASE WHEN " + cond + " THEN TRUE ELSE FALSE END", err
	}
	return "", faultAt(0, "%s", clip(semantic.ExprString(x)))
}

// tests reports a condition.
func tests(x semantic.Expr) bool {
	switch x := x.(type) {
	case semantic.Unary:
		return x.Op == semantic.Not
	case semantic.Binary:
		return x.Op < semantic.Add
	case semantic.In, semantic.Between, semantic.IsNull, semantic.Match:
		return true
	}
	return false
}

func (s *ossieSQL) name(n semantic.Name) (string, error) {
	if s.ofRow {
		return sqlName(n.Path[len(n.Path)-1]), nil
	}
	t, column := s.home, n.Path[len(n.Path)-1]
	switch {
	case len(n.Path) == 2:
		if t = s.e.table(n.Path[0]); t == nil {
			return "", faultAt(0, "the way %s", strings.Join(n.Path, "."))
		}
	case len(n.Path) > 2:
		return "", faultAt(0, "the way %s", strings.Join(n.Path, "."))
	}
	if t == nil {
		return "", faultAt(0, "the short name %s", column)
	}
	i := slices.IndexFunc(t.Dimensions, func(d *semantic.Dimension) bool { return d.Name == column })
	switch {
	case i < 0 && len(n.Path) == 1:
		return "", faultAt(0, "the short name %s", column)
	case i < 0:
		s.need(t, column)
	case t.Dimensions[i].Of != nil:
		return "", faultAt(0, "the row that %s leads to", column)
	}
	return sqlName(t.Name) + "." + sqlName(column), nil
}

var sqlOps = map[semantic.Op]string{semantic.Add: "+", semantic.Sub: "-", semantic.Mul: "*", semantic.Eq: "=", semantic.Ne: "<>",
	semantic.Lt: "<", semantic.Le: "<=", semantic.Gt: ">", semantic.Ge: ">="}

func (s *ossieSQL) arithmetic(x semantic.Binary, part func(semantic.Expr) (string, error)) (string, error) {
	l, err := part(x.L)
	if err != nil {
		return "", err
	}
	r, err := part(x.R)
	if err != nil {
		return "", err
	}
	if nested, ok := x.L.(semantic.Binary); ok && nested.Op >= semantic.Add {
		l = "(" + l + ")"
	}
	if nested, ok := x.R.(semantic.Binary); ok && nested.Op >= semantic.Add {
		r = "(" + r + ")"
	}
	if x.Op == semantic.Div {
		return "CAST(" + l + " AS DOUBLE PRECISION) / NULLIF(" + r + ", 0)", nil
	}
	op := sqlOps[x.Op]
	if op == "" || x.Op < semantic.Add {
		return "", faultAt(0, "%s over metrics", clip(semantic.ExprString(x)))
	}
	return l + " " + op + " " + r, nil
}

// scalarNames are SQL's names of functions.
var scalarNames = map[string]string{"round": "ROUND", "floor": "FLOOR", "ceil": "CEIL", "abs": "ABS", "coalesce": "COALESCE", "nullif": "NULLIF",
	"least": "LEAST", "greatest": "GREATEST", "lower": "LOWER", "upper": "UPPER", "length": "CHAR_LENGTH"}

func (s *ossieSQL) scalar(x semantic.Call, part func(semantic.Expr) (string, error)) (string, error) {
	name := scalarNames[x.Func]
	if name == "" {
		return "", faultAt(0, "%s()", x.Func)
	}
	args, err := all(x.Args, part)
	return name + "(" + strings.Join(args, ", ") + ")", err
}

func all(list []semantic.Expr, part func(semantic.Expr) (string, error)) ([]string, error) {
	out := make([]string, len(list))
	for i, x := range list {
		var err error
		if out[i], err = part(x); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *ossieSQL) cases(x semantic.Case) (string, error) {
	sql := "CASE"
	for _, w := range x.Whens {
		cond, err := s.condition(w.If, true)
		if err != nil {
			return "", err
		}
		then, err := s.value(w.Then)
		if err != nil {
			return "", err
		}
		sql += " WHEN " + cond + " THEN " + then
	}
	if x.Else != nil {
		other, err := s.value(x.Else)
		if err != nil {
			return "", err
		}
		sql += " ELSE " + other
	}
	return sql + " END", nil
}

// sqlValue prints a constant.
func sqlValue(v semantic.Value) (string, error) {
	switch v.Kind() {
	case semantic.Null:
		return "NULL", nil
	case semantic.Bool:
		return strings.ToUpper(v.String()), nil
	case semantic.Text:
		return "'" + strings.ReplaceAll(v.Text(), "'", "''") + "'", nil
	case semantic.Date:
		return "DATE '" + v.Time().Format("2006-01-02") + "'", nil
	case semantic.Timestamp:
		return "TIMESTAMP '" + v.Time().Format("2006-01-02 15:04:05") + "'", nil
	case semantic.Float:
		return "", faultAt(0, "the number %s", v)
	}
	return v.String(), nil
}
