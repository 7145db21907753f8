//go:build opinions

package opinions

import (
	"fmt"
	"strings"

	"github.com/pingcap/tidb/pkg/parser"
	"github.com/pingcap/tidb/pkg/parser/ast"
	_ "github.com/pingcap/tidb/pkg/parser/test_driver" // makes literals
)

// mysql is what TiDB's grammar sees, which is MySQL's but for one thing: it takes
// INTERVAL before a parenthesis for the function of that name even where a unit
// follows, so it is given a sum there, which begins with no parenthesis.
func mysql(text string) (*view, error) {
	statements, _, err := parser.New().Parse(strings.ReplaceAll(text, "INTERVAL (", "INTERVAL 0 + ("), "", "")
	if err != nil {
		return nil, err
	}
	v := &view{}
	if len(statements) != 1 {
		v.plain = "several statements"
	}
	for _, s := range statements {
		switch s.(type) {
		case *ast.SelectStmt, *ast.SetOprStmt:
		default:
			v.plain = fmt.Sprintf("%T", s)
		}
		s.Accept(visitor{v})
	}
	v.sort()
	return v, nil
}

type visitor struct{ *view }

func (v visitor) Leave(n ast.Node) (ast.Node, bool) { return n, true }

func (v visitor) Enter(node ast.Node) (ast.Node, bool) {
	switch n := node.(type) {
	case *ast.SelectStmt:
		v.selected(n)
	case *ast.CommonTableExpression:
		v.ctes = append(v.ctes, n.Name.O)
	case *ast.WithClause:
		if n.IsRecursive {
			v.plain = "recurs"
		}
	case *ast.TableSource:
		v.alias(n.AsName.O)
	case *ast.SelectField:
		v.alias(n.AsName.O)
		if n.WildCard != nil {
			v.columns = append(v.columns, dotted(n.WildCard.Table.O, "*"))
		}
	case *ast.TableName:
		v.tables = append(v.tables, dotted(n.Schema.O, n.Name.O))
		if len(n.IndexHints)+len(n.PartitionNames) > 0 || n.TableSample != nil || n.AsOf != nil {
			v.plain = "a table with more than a name"
		}
	case *ast.Join:
		v.joined(n)
	case *ast.ColumnName:
		v.columns = append(v.columns, dotted(n.Schema.O, n.Table.O, n.Name.O))
	case *ast.FuncCallExpr:
		v.called(n)
	case *ast.AggregateFuncExpr:
		v.calls = append(v.calls, aggregateName(n.F))
	case *ast.WindowFuncExpr:
		v.calls = append(v.calls, aggregateName(n.Name))
	case *ast.FuncCastExpr:
		v.calls = append(v.calls, "cast")
	case ast.ParamMarkerExpr:
		v.slots++
	case *ast.VariableExpr, *ast.SelectIntoOption, *ast.MatchAgainst, *ast.DefaultExpr:
		v.plain = fmt.Sprintf("%T", n)
	}
	return node, false
}

func (v visitor) selected(n *ast.SelectStmt) {
	v.selects++
	opts := n.SelectStmtOpts
	if n.LockInfo != nil || n.SelectIntoOpt != nil || len(n.TableHints) > 0 || opts != nil && (opts.CalcFoundRows || opts.StraightJoin || opts.Priority != 0) {
		v.plain = "locks, writes or hints"
	}
	if set := n.AfterSetOperator; set != nil && *set != ast.UnionAll {
		v.plain = "a set operation"
	}
}

func (v visitor) joined(n *ast.Join) {
	switch {
	case n.Right == nil:
	case n.NaturalJoin || n.StraightJoin || len(n.Using) > 0 || n.Tp == ast.RightJoin:
		v.plain = "another join"
	case n.Tp == ast.LeftJoin:
		v.joins = append(v.joins, "left")
	default:
		v.joins = append(v.joins, "inner")
	}
}

// called notes a function. A date plus an interval is one to TiDB.
func (v visitor) called(n *ast.FuncCallExpr) {
	if name := n.FnName.L; name != "date_add" && name != "date_sub" {
		v.calls = append(v.calls, dotted(n.Schema.L, name))
	}
}

// aggregateName is the name as it was written: TiDB knows a synonym by another.
func aggregateName(name string) string { return strings.ToLower(name) }
