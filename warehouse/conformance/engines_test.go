package conformance

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	_ "github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5"
	_ "github.com/mattn/go-sqlite3"

	"wenshu/semantic"
	"wenshu/warehouse"
	"wenshu/warehouse/load"
)

// testEngine is an engine that the tests run on. Every one must give the rows
// that SQLite gives.
type testEngine struct {
	name string
	// server is the variable that holds the URL of a server on which databases
	// may be made; "" for an engine that is linked in.
	server string
	tag    bool // the build tag of its name is missing
	// flat says that a schema is a database, so that a script for a model that
	// names the schema main is loaded into the server's database main.
	flat bool
	// create makes an empty database, where that is possible with a default
	// schema main, and gives its URL; drop takes it away.
	create func(server, name string) (string, error)
	drop   func(server, name string) error
	load   func(url string) (load.Loader, error)
	// lacks are the traps, by name, that the engine refuses with
	// unsupported_by_source, for the reason that its dialect's file argues.
	lacks map[string]string
}

// unsupported is how the refusal of a trap reads; "" for a trap that is answered.
func (e testEngine) unsupported(trap string) string {
	if e.lacks[trap] == "" {
		return ""
	}
	return "unsupported_by_source " + e.lacks[trap] + " (w)"
}

var sqliteEngine = testEngine{name: "sqlite"}

// testEngines are tried in this order; SQLite comes first.
var testEngines = []testEngine{
	sqliteEngine,
	{name: "postgres", server: "WENSHU_TEST_POSTGRES",
		create: createPostgres, drop: dropPostgres, load: load.Postgres},
	{name: "mysql", server: "WENSHU_TEST_MYSQL", flat: true, create: createDatabase, drop: dropDatabase, load: loadMySQL},
	{name: "clickhouse", server: "WENSHU_TEST_CLICKHOUSE", flat: true, create: createDatabase, drop: dropDatabase, load: load.ClickHouse},
	{name: "clickhouse-legacy", server: "WENSHU_TEST_CLUSTER", flat: true, create: createDatabase, drop: dropDatabase, load: load.ClickHouse,
		lacks: map[string]string{"S01": "JOIN", "S02": "JOIN", "J14": "window", "C01": "window"}},
	{name: "duckdb", tag: !duckdbLinked, create: createDuckDB, drop: dropDuckDB, load: loadDuckDB},
}

// onEngines runs a test on every engine, skipped by name where there is none.
func onEngines(t *testing.T, test func(t *testing.T, e testEngine)) {
	for _, e := range testEngines {
		t.Run(e.name, func(t *testing.T) {
			if e.server != "" && os.Getenv(e.server) == "" {
				t.Skipf("%s is not set", e.server)
			}
			if e.tag {
				t.Skipf("built without the tag %s", e.name)
			}
			test(t, e)
		})
	}
}

// made are the databases made so far, by engine and script.
var made = struct {
	sync.Mutex
	urls map[string]string
	drop []func() error
}{urls: map[string]string{}}

// TestMain takes away what was made, also what runs that were killed more than a
// day ago have left.
func TestMain(m *testing.M) {
	for _, pattern := range []string{"wenshu-conformance*", "wenshu-metricflow*", "wenshu_test_*.duckdb*"} {
		old, err := filepath.Glob(filepath.Join(os.TempDir(), pattern))
		if err != nil {
			panic(err) // the pattern is ours
		}
		for _, path := range old {
			if f, err := os.Stat(path); err == nil && time.Since(f.ModTime()) > 24*time.Hour {
				made.drop = append(made.drop, func() error { return os.RemoveAll(path) })
			}
		}
	}
	code := m.Run()
	for _, drop := range made.drop {
		if err := drop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// database gives the URL of a database that holds what the script, in SQLite's
// words, makes. Tests only read it, so each script is loaded once.
func (e testEngine) database(t testing.TB, script string) string {
	t.Helper()
	made.Lock()
	defer made.Unlock()
	key := e.name + fmt.Sprintf("%x", sha256.Sum256([]byte(script)))
	if u := made.urls[key]; u != "" {
		return u
	}
	dir, err := os.MkdirTemp("", "wenshu-conformance")
	if err != nil {
		t.Fatal(err)
	}
	made.drop = append(made.drop, func() error { return os.RemoveAll(dir) })
	path := filepath.Join(dir, "main.db")
	writeDatabase(t, path, script)
	if e.name != "sqlite" {
		path = e.copyOf(t, path, strings.Contains(script, "dim_store"))
	}
	made.urls[key] = path
	return path
}

// copyOf loads all tables of a SQLite file into a new database of the engine.
func (e testEngine) copyOf(t testing.TB, path string, main bool) string {
	t.Helper()
	server, name := os.Getenv(e.server), fmt.Sprintf("wenshu_test_%d_%d", os.Getpid(), len(made.drop))
	u := server
	if !main || !e.flat {
		var err error
		if u, err = e.create(server, name); err != nil {
			t.Fatal(err)
		}
		made.drop = append(made.drop, func() error { return e.drop(server, name) })
	}
	source, err := warehouse.Open("copy", path, warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	schema, err := source.Schema(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	loader, err := e.load(u)
	if err != nil {
		t.Fatal(err)
	}
	defer loader.Close()
	var tables []load.Table
	for _, s := range schema.Tables {
		tables = append(tables, tableOf(s))
	}
	if err := loader.Create(t.Context(), tables); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if err := loader.Append(t.Context(), table.Name, storedRows(t, path, table)); err != nil {
			t.Fatal(err)
		}
	}
	if err := loader.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	return u
}

var loadKinds = map[semantic.Kind]load.Kind{
	semantic.Int: load.KindInt, semantic.Decimal: load.KindDecimal, semantic.Float: load.KindFloat, semantic.Text: load.KindText,
	semantic.Bool: load.KindBool, semantic.Date: load.KindDate, semantic.Timestamp: load.KindTimestamp,
}

func tableOf(s warehouse.SchemaTable) load.Table {
	t := load.Table{Name: s.Name, PrimaryKey: s.PrimaryKey}
	for _, c := range s.Columns {
		t.Columns = append(t.Columns, load.Column{Name: c.Name, Nullable: c.Nullable,
			Type: load.Type{Kind: loadKinds[c.Type.Kind], Scale: int(c.Type.Scale)}})
	}
	return t
}

// storedRows reads a table in the types that a loader takes.
func storedRows(t testing.TB, path string, table load.Table) [][]any {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var columns []string
	for _, c := range table.Columns {
		columns = append(columns, fmt.Sprintf(`CAST("%s" AS TEXT)`, c.Name))
	}
	result, err := db.Query("SELECT " + strings.Join(columns, ", ") + ` FROM "` + table.Name + `"`)
	if err != nil {
		t.Fatal(err)
	}
	defer result.Close()
	var rows [][]any
	for result.Next() {
		cells, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := result.Scan(into...); err != nil {
			t.Fatal(err)
		}
		row := make([]any, len(columns))
		for i, c := range cells {
			if c.Valid {
				row[i] = loaded(t, table.Columns[i].Type, c.String)
			}
		}
		rows = append(rows, row)
	}
	if err := result.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

func loaded(t testing.TB, typ load.Type, s string) any {
	t.Helper()
	var v any
	var err error
	switch typ.Kind {
	case load.KindInt:
		v, err = strconv.ParseInt(s, 10, 64)
	case load.KindDecimal:
		whole, part, _ := strings.Cut(s, ".")
		var n int64
		n, err = strconv.ParseInt(whole+part[:min(len(part), typ.Scale)]+strings.Repeat("0", max(0, typ.Scale-len(part))), 10, 64)
		v = load.Decimal(n)
	case load.KindFloat:
		v, err = strconv.ParseFloat(s, 64)
	case load.KindDate:
		v, err = time.Parse(time.DateOnly, s)
	case load.KindTimestamp:
		v, err = time.Parse(time.DateTime, s)
	default:
		v = s
	}
	if err != nil {
		t.Fatalf("%q is no %s: %v", s, typ.Kind, err)
	}
	return v
}

// sources opens a database under names.
func (e testEngine) sources(t testing.TB, script string, names ...string) warehouse.Sources {
	t.Helper()
	sources := warehouse.Sources{}
	u, _, _ := strings.Cut(e.database(t, script), "?cluster=") // which is for the loader
	for _, name := range names {
		s, err := warehouse.Open(name, u, warehouse.Options{})
		if err != nil {
			t.Fatalf("%v: %s", err, unwrapAll(err))
		}
		t.Cleanup(func() { s.Close() })
		sources[name] = s
	}
	return sources
}

func createPostgres(server, name string) (string, error) {
	if err := postgresExec(server, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	u, err := url.Parse(server)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	values := u.Query()
	values.Set("search_path", "main")
	if err := postgresExec(u.String(), "CREATE SCHEMA main"); err != nil {
		return "", err
	}
	u.RawQuery = values.Encode()
	return u.String(), nil
}

func dropPostgres(server, name string) error {
	return postgresExec(server, "DROP DATABASE "+name+" WITH (FORCE)")
}

// createDatabase makes a database that is its own schema.
func createDatabase(server, name string) (string, error) {
	return load.CreateDatabase(context.Background(), server, name)
}

// dropDatabase takes it away.
func dropDatabase(server, name string) error {
	u, err := url.Parse(server)
	if err != nil {
		return err
	}
	u.Path = "/" + name
	return load.DropDatabase(context.Background(), server, u.String())
}

// foldingLoader leaves tables whose collation takes 'a' for 'A' and 'a ', as most
// tables of MySQL are: the statements must tell them apart all the same.
type foldingLoader struct {
	load.Loader
	url    string
	tables []load.Table
}

func loadMySQL(url string) (load.Loader, error) {
	l, err := load.MySQL(url)
	return &foldingLoader{Loader: l, url: url}, err
}

func (l *foldingLoader) Create(ctx context.Context, tables []load.Table) error {
	l.tables = append(l.tables, tables...)
	return l.Loader.Create(ctx, tables)
}

func (l *foldingLoader) Finish(ctx context.Context) error {
	if err := l.Loader.Finish(ctx); err != nil {
		return err
	}
	u, err := url.Parse(l.url)
	if err != nil {
		return err
	}
	for _, t := range l.tables {
		table := "`" + strings.TrimPrefix(u.Path, "/") + "`.`" + t.Name + "`"
		if err := mysqlExec(l.url, "ALTER TABLE "+table+" CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"); err != nil {
			return err
		}
	}
	return nil
}

func mysqlExec(server, statement string) error {
	u, err := url.Parse(server)
	if err != nil {
		return err
	}
	password, _ := u.User.Password()
	db, err := sql.Open("mysql", u.User.Username()+":"+password+"@tcp("+u.Host+")/")
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}

func createDuckDB(_, name string) (string, error) {
	return "duckdb:" + filepath.Join(os.TempDir(), name+".duckdb"), nil
}

func dropDuckDB(_, name string) error { return os.Remove(filepath.Join(os.TempDir(), name+".duckdb")) }

func loadDuckDB(url string) (load.Loader, error) {
	return load.DuckDB(strings.TrimPrefix(url, "duckdb:"))
}

func postgresExec(server, statement string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

// modelOf loads a model of one file.
func modelOf(t *testing.T, text string) *semantic.Model {
	t.Helper()
	model, err := semantic.Load(fstest.MapFS{"model.yaml": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	return model
}
