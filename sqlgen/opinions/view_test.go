//go:build opinions

package opinions

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"wenshu/sqlgen/sqltree"
)

// view is what a parser sees in a text. The lists are sorted and hold a name as
// often as it stands in the text.
type view struct {
	plain   string   // "" for one SELECT that writes and locks nothing, else what else it is
	tables  []string // schema.name; a CTE is a name too
	ctes    []string
	aliases []string // of tables, derived tables and columns
	columns []string // table.name
	calls   []string // names in lower case; a cast is "cast"
	selects int      // SELECT and VALUES
	joins   []string // left, inner
	slots   int      // arguments
}

// folded is the view with all names in lower case, for a text that people wrote:
// PostgreSQL reads a bare name so. What this program prints is quoted where that
// would change it.
func (v *view) folded() *view {
	for _, list := range v.lists() {
		for i := range *list {
			(*list)[i] = strings.ToLower((*list)[i])
		}
	}
	v.sort()
	return v
}

func (v *view) lists() []*[]string {
	return []*[]string{&v.tables, &v.ctes, &v.aliases, &v.columns, &v.calls, &v.joins}
}

func (v *view) sort() {
	for _, list := range v.lists() {
		slices.Sort(*list)
	}
}

// differ names what two parsers do not see alike; "" for nothing.
func (v *view) differ(w *view) string {
	var parts []string
	a, b := reflect.ValueOf(*v), reflect.ValueOf(*w)
	for i := range a.NumField() {
		x, y := fmt.Sprintf("%q", a.Field(i)), fmt.Sprintf("%q", b.Field(i))
		if x != y {
			parts = append(parts, fmt.Sprintf("%s: %s and %s", a.Type().Field(i).Name, x, y))
		}
	}
	return strings.Join(parts, "\n")
}

func dotted(parts ...string) string {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return strings.Join(parts, ".")
}

// ours is what this program's own parser sees.
func ours(text string, s *sqltree.Syntax) (*view, error) {
	q, err := sqltree.Parse(text, s)
	if err != nil {
		return nil, err
	}
	v := &view{}
	v.walk(reflect.ValueOf(q))
	v.sort()
	return v, nil
}

// walk visits every node of a tree, whatever fields it has.
func (v *view) walk(x reflect.Value) {
	switch x.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !x.IsNil() {
			v.walk(x.Elem())
		}
	case reflect.Slice:
		for i := range x.Len() {
			v.walk(x.Index(i))
		}
	case reflect.Struct:
		v.see(x.Interface())
		for i := range x.NumField() {
			v.walk(x.Field(i))
		}
	}
}

func (v *view) see(node any) {
	switch n := node.(type) {
	case sqltree.Select:
		v.selects++
	case sqltree.Values:
		v.selects++
	case sqltree.CTE:
		v.ctes = append(v.ctes, n.Name)
	case sqltree.Item:
		v.alias(n.Alias)
	case sqltree.Table:
		v.tables = append(v.tables, dotted(n.Schema, n.Name))
		v.alias(n.Alias)
	case sqltree.Derived:
		v.alias(n.Alias)
	case sqltree.Join:
		v.joins = append(v.joins, map[sqltree.JoinKind]string{sqltree.Left: "left", sqltree.Inner: "inner", sqltree.Cross: "inner"}[n.Kind])
	case sqltree.Col:
		v.columns = append(v.columns, dotted(n.Table, n.Name))
	case sqltree.Call:
		v.calls = append(v.calls, strings.ToLower(n.Name))
	case sqltree.Cast:
		v.calls = append(v.calls, "cast")
	case sqltree.Arg:
		v.slots++
	}
}

func (v *view) alias(name string) {
	if name != "" {
		v.aliases = append(v.aliases, name)
	}
}
