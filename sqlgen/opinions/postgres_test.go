//go:build opinions

package opinions

import (
	"encoding/json"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v6"
)

// postgres is what PostgreSQL's own grammar sees. It takes what stands before
// names are looked up: an unknown function is no error to it.
func postgres(text string) (*view, error) {
	tree, err := pg.ParseToJSON(text)
	if err != nil {
		return nil, err
	}
	var parsed struct {
		Stmts []struct{ Stmt map[string]any }
	}
	if err := json.Unmarshal([]byte(tree), &parsed); err != nil {
		return nil, err
	}
	v := &view{}
	if len(parsed.Stmts) != 1 {
		v.plain = "several statements"
	}
	for _, s := range parsed.Stmts {
		v.pgNode(s.Stmt)
	}
	v.sort()
	return v, nil
}

// pgNode visits a tree of PostgreSQL: each object names the kinds of nodes that it
// holds.
func (v *view) pgNode(x any) {
	switch x := x.(type) {
	case []any:
		for _, y := range x {
			v.pgNode(y)
		}
	case map[string]any:
		for kind, y := range x {
			if fields, ok := y.(map[string]any); ok {
				v.pgSee(kind, fields)
			}
			v.pgNode(y)
		}
	}
}

func (v *view) pgSee(kind string, n map[string]any) {
	text := func(key string) string { s, _ := n[key].(string); return s }
	switch kind {
	case "SelectStmt", "larg", "rarg":
		switch op := text("op"); { // a join has arms too, and no op
		case op == "SETOP_NONE":
			v.selects++
		case op != "" && (op != "SETOP_UNION" || n["all"] != true):
			v.plain = "a set operation"
		}
	case "RangeVar":
		v.tables = append(v.tables, dotted(text("catalogname"), text("schemaname"), text("relname")))
	case "CommonTableExpr":
		v.ctes = append(v.ctes, text("ctename"))
	case "alias":
		v.alias(text("aliasname"))
	case "ResTarget":
		v.alias(text("name"))
	case "JoinExpr":
		v.joins = append(v.joins, strings.ToLower(strings.TrimPrefix(text("jointype"), "JOIN_")))
	case "ColumnRef":
		v.columns = append(v.columns, pgNames(n["fields"]))
	case "ParamRef":
		v.slots++
	case "FuncCall":
		v.pgCall(pgNames(n["funcname"]))
	case "CoalesceExpr":
		v.calls = append(v.calls, "coalesce")
	case "TypeCast":
		v.calls = append(v.calls, "cast")
	case "A_Expr":
		if n["kind"] == "AEXPR_NULLIF" {
			v.calls = append(v.calls, "nullif")
		}
	case "intoClause", "SQLValueFunction", "MinMaxExpr", "XmlExpr", "RangeFunction", "RangeTableSample", "A_Indirection", "GroupingSet":
		v.plain = kind
	default:
		if strings.HasSuffix(kind, "Stmt") {
			v.plain = kind
		}
	}
	if n["lockingClause"] != nil || n["recursive"] == true {
		v.plain = "locks or recurs"
	}
}

// pgCall notes a function. LIKE with ESCAPE is two of them to PostgreSQL, of which
// one is the operator.
func (v *view) pgCall(name string) {
	if name != "pg_catalog.like_escape" {
		v.calls = append(v.calls, name)
	}
}

func pgNames(list any) string {
	var names []string
	parts, _ := list.([]any)
	for _, p := range parts {
		node, _ := p.(map[string]any)
		s, _ := node["String"].(map[string]any)
		name, ok := s["sval"].(string)
		if !ok {
			name = "*"
		}
		names = append(names, name)
	}
	return strings.Join(names, ".")
}
