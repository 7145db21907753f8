package wenshu

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A room is a folder of the module with all the folders below it that are not
// rooms themselves.
type room struct {
	imports []string // rooms it may import; "*" means all
	inTests []string // rooms that only its tests may import besides
	never   []string // packages of the standard library it must do without
}

// impure is what a room does without whose result follows from its arguments
// alone.
var impure = []string{"database/sql", "net", "net/http", "os", "os/exec", "math/rand", "math/rand/v2"}

// rooms is the import policy. It changes only on purpose.
var rooms = map[string]room{
	"semantic":         {never: impure},
	"semantic/interop": {imports: []string{"semantic"}, never: impure},
	"nlq":              {imports: []string{"semantic"}, inTests: []string{"nlq/zh", "nlq/en"}, never: impure},
	"nlq/zh":           {imports: []string{"nlq", "semantic"}, never: impure},
	"nlq/en":           {imports: []string{"nlq", "semantic"}, never: impure},
	"nlq/llm":          {imports: []string{"nlq", "semantic"}, never: []string{"database/sql"}},
	"sqlgen":           {imports: []string{"semantic"}, never: impure},
	"warehouse":        {imports: []string{"semantic", "sqlgen"}, inTests: []string{"warehouse/load", "semantic/interop"}, never: []string{"net/http"}},
	"warehouse/load":   {imports: []string{"semantic", "warehouse"}, never: []string{"net/http"}},
	"answer": {
		imports: []string{"semantic", "nlq", "nlq/zh", "nlq/en", "nlq/llm", "sqlgen", "warehouse", "answer/state"},
		inTests: []string{"fixtures"},
		never:   []string{"net/http", "database/sql"},
	},
	"answer/state":   {imports: []string{"semantic"}, never: []string{"net/http"}},
	"answer/draft":   {imports: innerRooms, inTests: []string{"fixtures"}, never: []string{"net/http"}},
	"answer/eval":    {imports: innerRooms, inTests: []string{"fixtures"}, never: []string{"net/http"}},
	"answer/asktest": {imports: innerRooms, inTests: []string{"fixtures"}, never: []string{"net/http"}},
	"api":            {imports: []string{"semantic", "answer", "answer/state"}, inTests: []string{"*"}, never: []string{"database/sql"}},
	"api/bot":        {imports: []string{"semantic", "answer", "answer/state", "api"}, inTests: []string{"*"}, never: []string{"database/sql"}},
	"api/web":        {imports: []string{"semantic", "answer"}, never: []string{"database/sql"}},
	"cmd":            {imports: []string{"*"}, never: []string{"database/sql"}},
	"fixtures":       {imports: []string{"semantic", "warehouse/load"}, inTests: []string{"*"}, never: []string{"net/http"}},
}

// innerRooms are all rooms from the model to the answer.
var innerRooms = []string{
	"semantic", "semantic/interop", "nlq", "nlq/zh", "nlq/en", "nlq/llm", "sqlgen",
	"warehouse", "warehouse/load", "answer", "answer/state",
}

// confined names the rooms that may import a third-party module, tests
// included. A module that is not listed may be imported anywhere.
var confined = map[string][]string{
	"github.com/labstack/echo":              {"api", "api/bot", "api/web"},
	"github.com/getkin/kin-openapi":         {"api", "api/bot", "api/web"},
	"github.com/oapi-codegen":               {"api", "api/bot", "api/web"},
	"github.com/prometheus":                 {"api"},
	"github.com/mattn/go-sqlite3":           {"warehouse", "warehouse/load", "answer/state"},
	"github.com/jackc/pgx":                  {"warehouse", "warehouse/load"},
	"github.com/go-sql-driver/mysql":        {"warehouse", "warehouse/load"},
	"github.com/ClickHouse/clickhouse-go":   {"warehouse", "warehouse/load"},
	"github.com/duckdb/duckdb-go":           {"warehouse", "warehouse/load"},
	"github.com/trinodb/trino-go-client":    {"warehouse", "warehouse/load"},
	"github.com/jmoiron/sqlx":               {"warehouse", "warehouse/load", "answer/state"},
	"github.com/pressly/goose":              {"answer/state"},
	"github.com/goccy/go-yaml":              {"semantic", "semantic/interop"},
	"github.com/sashabaranov/go-openai":     {"nlq/llm"},
	"github.com/alecthomas/kong":            {"cmd"},
	"github.com/modelcontextprotocol":       {"api"},
	"github.com/golang-jwt":                 {"api", "api/web"},
	"github.com/go-analyze/charts":          {"api"},
	"github.com/golang/freetype":            {"api"},
	"github.com/slack-go/slack":             {"api/bot"},
	"github.com/coder/websocket":            {"api/bot"},
	"google.golang.org/protobuf":            {"api/bot"},
	"github.com/xuri/excelize":              {"api", "warehouse/load"},
	"github.com/pganalyze/pg_query_go":      {"sqlgen"},
	"github.com/pingcap/tidb/pkg/parser":    {"sqlgen"},
	"github.com/santhosh-tekuri/jsonschema": {"semantic", "semantic/interop", "nlq/llm"},
}

// source is one Go file of the module.
type source struct {
	path string // slash-separated, from the root
	fset *token.FileSet
	ast  *ast.File
}

func (s source) test() bool { return strings.HasSuffix(s.path, "_test.go") }

func (s source) at(p token.Pos) string {
	return fmt.Sprintf("%s:%d", s.path, s.fset.Position(p).Line)
}

// sources parses every Go file below the root, whatever its build tags.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := fs.WalkDir(os.DirFS("."), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() && p != "." && (strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules") {
			return fs.SkipDir
		}
		if d.IsDir() || path.Ext(p) != ".go" {
			return nil
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, filepath.FromSlash(p), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		all = append(all, source{p, fset, file})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// roomOf is the longest room that holds the folder, or "" if there is none.
func roomOf(folder string) string {
	for ; folder != "." && folder != "/"; folder = path.Dir(folder) {
		if _, ok := rooms[folder]; ok {
			return folder
		}
	}
	return ""
}

func TestPolicyHoldsInEveryFile(t *testing.T) {
	for _, src := range sources(t) {
		folder := path.Dir(src.path)
		if folder == "." {
			continue
		}
		from := roomOf(folder)
		if from == "" {
			t.Errorf("%s: the folder %s belongs to no room of the table in deps_test.go", src.path, folder)
			continue
		}
		for _, imp := range src.ast.Imports {
			target, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if broken := policy(from, src.test(), target); broken != "" {
				t.Errorf("%s: imports %s: %s", src.at(imp.Pos()), target, broken)
			}
		}
	}
}

// policy returns the rule that an import breaks, or "".
func policy(from string, test bool, target string) string {
	rule := rooms[from]
	if own, ok := strings.CutPrefix(target, "wenshu/"); ok {
		to := roomOf(own)
		may := rule.imports
		if test {
			may = slices.Concat(rule.imports, rule.inTests)
		}
		if to == from || slices.Contains(may, to) || slices.Contains(may, "*") {
			return ""
		}
		return fmt.Sprintf("%s may import of our rooms only %v", from, may)
	}
	if !test && slices.Contains(rule.never, target) {
		return fmt.Sprintf("%s must do without %v", from, rule.never)
	}
	for module, where := range confined {
		if target != module && !strings.HasPrefix(target, module+"/") {
			continue
		}
		if !slices.Contains(where, from) {
			return fmt.Sprintf("%s stays in %v", module, where)
		}
	}
	return ""
}

func TestPolicyTellsRightFromWrong(t *testing.T) {
	cases := []struct {
		from, target string
		test, ok     bool
	}{
		{"nlq/zh", "wenshu/nlq", false, true},
		{"nlq/zh", "wenshu/nlq/en", false, false},
		{"nlq", "wenshu/nlq/zh", false, false},
		{"nlq", "wenshu/nlq/zh", true, true},
		{"nlq", "wenshu/sqlgen", true, false},
		{"semantic", "wenshu/semantic/expr", false, true},
		{"semantic", "wenshu/semantic/interop", false, false},
		{"api", "wenshu/warehouse", false, false},
		{"cmd", "wenshu/warehouse", false, true},
		{"fixtures", "wenshu/warehouse/load", false, true},
		{"fixtures", "wenshu/warehouse", false, false},
		{"answer", "github.com/mattn/go-sqlite3", true, false},
		{"warehouse", "github.com/mattn/go-sqlite3", false, true},
		{"answer", "github.com/labstack/echo/v4", false, false},
		{"sqlgen", "net/http", false, false},
		{"nlq", "unicode/utf8", false, true},
	}
	for _, c := range cases {
		if got := policy(c.from, c.test, c.target); (got == "") != c.ok {
			t.Errorf("policy(%s, test %v, %s) = %q", c.from, c.test, c.target, got)
		}
	}
}

// TestPolicyKeepsTheClockOut holds the pure rooms to getting the time as an
// argument.
func TestPolicyKeepsTheClockOut(t *testing.T) {
	for _, src := range sources(t) {
		from := roomOf(path.Dir(src.path))
		if src.test() || !slices.Contains([]string{"semantic", "nlq", "nlq/zh", "nlq/en", "sqlgen"}, from) {
			continue
		}
		ast.Inspect(src.ast, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) {
				t.Errorf("%s: %s gets the time as an argument, never from time.%s", src.at(sel.Pos()), from, sel.Sel.Name)
			}
			return true
		})
	}
}

// TestPolicyOnTopLevelFolders keeps the list of folders closed.
func TestPolicyOnTopLevelFolders(t *testing.T) {
	legal := []string{"cmd", "nlq", "semantic", "sqlgen", "warehouse", "answer", "api", "fixtures", "bin"}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !slices.Contains(legal, e.Name()) {
			t.Errorf("the folder %s is not one of %v", e.Name(), legal)
		}
	}
}
