package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
	"wenshu/warehouse/load"
)

// serverEngine is a server that the tests of this room run on.
type serverEngine struct {
	name string
	// url gives the URL of a database that may be written, or skips the test.
	url    func(t *testing.T) string
	driver string // of database/sql, and what it takes for the URL; "" where there is no side connection
	dsn    func(url string) string
	load   func(url string) (load.Loader, error)
	sleep  string // a statement that takes longer than any test
	// running counts the statements of the tag that run in the server.
	running string
	// writes are statements that must be refused by the session alone.
	writes []string
	code   Code     // with which they are refused
	bad    []string // URLs' parameters that are not allowed
	long   string   // a statement with more rows than anybody takes; "" for ten times ten and so on
	bare   bool     // keeps neither comments nor keys, and a truth as a number
	// kill ends the connections of everybody else.
	kill func(t *testing.T, db *sql.DB)
}

var serverEngines = []serverEngine{postgresEngine, mysqlEngine, clickhouseEngine, duckdbEngine}

func onServers(t *testing.T, test func(t *testing.T, e serverEngine, url string)) {
	for _, e := range serverEngines {
		t.Run(e.name, func(t *testing.T) {
			test(t, e, e.url(t))
		})
	}
}

// fromEnv is the URL that a variable holds.
func fromEnv(name string) func(*testing.T) string {
	return func(t *testing.T) string {
		url := os.Getenv(name)
		if url == "" {
			t.Skipf("%s is not set", name)
		}
		return url
	}
}

func (e serverEngine) open(t *testing.T, url string, o Options) Source {
	t.Helper()
	s, err := Open("w", url, o)
	if err != nil {
		t.Fatalf("%v: %v", err, errors.Unwrap(err))
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// side is a connection past the warehouse.
func (e serverEngine) side(t *testing.T, url string) *sql.DB {
	t.Helper()
	if e.driver == "" {
		return nil
	}
	db, err := sql.Open(e.driver, e.dsn(url))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// gone waits until the server runs no statement of the tag.
func (e serverEngine) gone(t *testing.T, db *sql.DB, tag string) {
	t.Helper()
	if db == nil {
		return
	}
	n := e.count(t, db, tag)
	for range 40 { // two seconds
		if n == 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
		n = e.count(t, db, tag)
	}
	t.Errorf("the server still runs %d statements of %s", n, tag)
}

func (e serverEngine) count(t *testing.T, db *sql.DB, tag string) int {
	t.Helper()
	var n int
	if err := db.QueryRow(strings.ReplaceAll(e.running, "TAG", tag)).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func nothing([]driver.Value) error { return nil }

func TestServerStopsWithTheCaller(t *testing.T) { onServers(t, testServerStops) }

func testServerStops(t *testing.T, e serverEngine, url string) {
	s, db := e.open(t, url, Options{Timeout: 20 * time.Second}), e.side(t, url)
	ctx, cancel := context.WithCancel(Tagged(t.Context(), "answer-'7"))
	go func() {
		time.Sleep(100 * time.Millisecond)
		for range 200 {
			if db == nil || e.count(t, db, "answer-7") > 0 {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		cancel()
	}()
	started := time.Now()
	err := s.query(ctx, query{sql: e.sleep, columns: 1}, nothing)
	if !errors.Is(err, ErrCancelled) {
		t.Errorf("a cancelled statement: %v: %v", err, errors.Unwrap(err))
	}
	if d := time.Since(started); d > 4*time.Second {
		t.Errorf("cancelling took %v", d)
	}
	ended := time.Now()
	e.gone(t, db, "answer-7")
	t.Logf("the caller was told after %v, the server had ended %v later", ended.Sub(started), time.Since(ended))

	short := e.open(t, url, Options{Timeout: 2 * time.Second}) // a busy server must still answer the ping below
	err = short.query(Tagged(t.Context(), "late"), query{sql: e.sleep, columns: 1}, nothing)
	if !errors.Is(err, ErrTimeout) {
		t.Errorf("a statement out of time: %v: %v", err, errors.Unwrap(err))
	}
	e.gone(t, db, "late")
	if err := short.Ping(t.Context()); err != nil {
		t.Errorf("after a timeout: %v", err)
	}
}

// TestServerStopsAtAnyMoment leaves statements while they are being sent,
// prepared or begun.
func TestServerStopsAtAnyMoment(t *testing.T) { onServers(t, testServerStopsAnyMoment) }

func testServerStopsAnyMoment(t *testing.T, e serverEngine, url string) {
	s, db := e.open(t, url, Options{Timeout: 20 * time.Second}), e.side(t, url)
	for i := range 40 {
		ctx, cancel := context.WithTimeout(Tagged(t.Context(), "moment"), time.Duration(i*i)*10*time.Microsecond)
		if i%2 == 0 {
			after := time.Duration(i*i) * 10 * time.Microsecond
			ctx, cancel = context.WithCancel(Tagged(t.Context(), "moment"))
			time.AfterFunc(after, cancel)
		}
		err := s.query(ctx, query{sql: e.sleep, columns: 1}, nothing)
		if !errors.Is(err, ErrCancelled) && !errors.Is(err, ErrTimeout) {
			t.Errorf("%d: %v: %v", i, err, errors.Unwrap(err))
		}
		cancel()
	}
	e.gone(t, db, "moment")
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("afterwards: %v: %v", err, errors.Unwrap(err))
	}
}

// TestServerFences runs what Check would never let through.
func TestServerFences(t *testing.T) { onServers(t, testServerFences) }

func testServerFences(t *testing.T, e serverEngine, url string) {
	s := e.open(t, url, Options{})
	for _, text := range e.writes {
		if err := s.query(t.Context(), query{sql: text, columns: 1}, nothing); !errors.Is(err, e.code) {
			t.Errorf("%s: %v: %v", text, err, errors.Unwrap(err))
		}
	}
	for _, p := range e.bad {
		glue := "?"
		if strings.Contains(url, "?") {
			glue = "&"
		}
		_, err := Open("w", url+glue+p, Options{})
		if !errors.Is(err, ErrUnavailable) || errors.Unwrap(err) == nil || !strings.Contains(errors.Unwrap(err).Error(), "legal are") {
			t.Errorf("a URL with %s: %v", p, err)
		}
	}
	listed := e.open(t, url, Options{Tables: []string{"main.a"}})
	for name, code := range map[sqltree.TableName]error{{Name: "b"}: ErrRefused, {Schema: "main", Name: "a"}: nil} {
		err := listed.query(t.Context(), query{sql: "SELECT 1", columns: 1, tables: []sqltree.TableName{name}}, nothing)
		if code == nil && err != nil || code != nil && !errors.Is(err, code) {
			t.Errorf("the table %v: %v", name, err)
		}
	}
}

// TestServerErrors holds the codes of what goes wrong, and that none is shown
// with its statement.
func TestServerErrors(t *testing.T) { onServers(t, testServerErrors) }

func testServerErrors(t *testing.T, e serverEngine, url string) {
	s := e.open(t, url, Options{})
	for _, c := range []struct {
		q    query
		code Code
	}{
		{query{sql: "SELECT missing FROM nowhere", columns: 1}, ErrStatement},
		{query{sql: "SELECT 1 +", columns: 1}, ErrStatement},
		{query{sql: "SELECT 1", columns: 2}, ErrStatement},
	} {
		err := s.query(t.Context(), c.q, nothing)
		if !errors.Is(err, c.code) || strings.Contains(err.Error(), "SELECT") {
			t.Errorf("%s: %v: %v", c.q.sql, err, errors.Unwrap(err))
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Ping(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("a closed source: %v", err)
	}
	at := strings.LastIndex(url, ":")
	_, err := Open("w", url[:at+1]+"1/nowhere", Options{})
	if !errors.Is(err, ErrUnavailable) || strings.Contains(err.Error(), "nowhere") {
		t.Errorf("a server that is not there: %v", err)
	}
}

// TestServerSurvivesLostConnections ends the sessions of a pool between two
// statements.
func TestServerSurvivesLostConnections(t *testing.T) { onServers(t, testServerSurvives) }

func testServerSurvives(t *testing.T, e serverEngine, url string) {
	if e.kill == nil {
		t.Skip("has no sessions")
	}
	s, db := e.open(t, url, Options{Concurrency: 2}), e.side(t, url)
	for range 3 {
		if err := s.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
		e.kill(t, db)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("after the sessions were ended: %v: %v", err, errors.Unwrap(err))
	}
}

// TestServerSchema loads a table of every kind and reads it back, rows, types
// and keys.
func TestServerSchema(t *testing.T) { onServers(t, testServerSchema) }

func testServerSchema(t *testing.T, e serverEngine, url string) {
	moment := time.Date(2026, 2, 17, 8, 9, 10, 0, time.UTC)
	tables := []load.Table{
		{Name: "wenshu_probe", Comment: "every kind; it's a 'test'", Columns: []load.Column{
			{Name: "id", Type: load.Int, Comment: "the key"},
			{Name: "amount", Type: load.DecimalOf(2), Nullable: true},
			{Name: "rate", Type: load.Float, Nullable: true},
			{Name: "name", Type: load.Text, Comment: "中文", Nullable: true},
			{Name: "yes", Type: load.Bool, Nullable: true},
			{Name: "day", Type: load.Date, Nullable: true},
			{Name: "moment", Type: load.Timestamp, Nullable: true},
		}, PrimaryKey: []string{"id"}, Indexes: [][]string{{"day"}}},
		{Name: "wenshu_pair", Columns: []load.Column{{Name: "b", Type: load.Int}, {Name: "a", Type: load.Int}}, PrimaryKey: []string{"a", "b"}},
	}
	rows := [][]any{
		{int64(1), load.Decimal(-1999), 0.25, "沙发 \\ '%_ \x01", true, moment, moment},
		{int64(2), nil, nil, nil, nil, nil, nil},
		{int64(3), load.Decimal(922337203685477580), 1e-300, "", false, time.Date(1970, 1, 1, 5, 0, 0, 0, time.UTC), time.Date(2105, 12, 31, 23, 59, 59, 0, time.UTC)},
	}
	fill(t, e, url, tables, map[string][][]any{"wenshu_probe": rows})
	t.Cleanup(func() { dropTables(t, e, url, "wenshu_probe", "wenshu_pair") })
	s := e.open(t, url, Options{Tables: []string{"wenshu_probe", "wenshu_pair"}})
	schema, err := s.Schema(t.Context())
	if err != nil {
		t.Fatalf("%v: %v", err, errors.Unwrap(err))
	}
	if len(schema.Tables) != 2 {
		t.Fatalf("tables: %+v", schema.Tables)
	}
	want := []semantic.ColumnType{{Kind: semantic.Int}, {Kind: semantic.Decimal, Scale: 2}, {Kind: semantic.Float}, {Kind: semantic.Text},
		{Kind: semantic.Bool}, {Kind: semantic.Date}, {Kind: semantic.Timestamp}}
	testStored(t, s, want)
	if e.bare {
		tables = withoutComments(tables)
		want[4], want[6] = semantic.ColumnType{Kind: semantic.Int}, semantic.ColumnType{Kind: semantic.Timestamp, Zone: "UTC"}
	}
	pair, probe := schema.Tables[0], schema.Tables[1]
	if probe.Rows != 3 || probe.View || probe.Comment != tables[0].Comment || !slices.Equal(probe.PrimaryKey, tables[0].PrimaryKey) {
		t.Errorf("the table is %+v", probe)
	}
	if !slices.Equal(pair.PrimaryKey, tables[1].PrimaryKey) {
		t.Errorf("the key of two columns is %v", pair.PrimaryKey)
	}
	for i, c := range probe.Columns {
		if c.Type != want[i] || c.Nullable != (i > 0) || c.Comment != tables[0].Columns[i].Comment {
			t.Errorf("column %s is %+v, want %v", c.Name, c, want[i])
		}
	}
}

// withoutComments is what a bare engine keeps of tables.
func withoutComments(tables []load.Table) []load.Table {
	for i := range tables {
		tables[i].Comment, tables[i].PrimaryKey = "", nil
		for j := range tables[i].Columns {
			tables[i].Columns[j].Comment = ""
		}
	}
	return tables
}

// testStored reads the rows of the probe as they were written.
func testStored(t *testing.T, s Source, types []semantic.ColumnType) {
	var got []string
	q := query{sql: "SELECT id, amount, rate, name, yes, day, moment FROM wenshu_probe ORDER BY id", columns: 7}
	err := s.query(t.Context(), q, func(raw []driver.Value) error {
		var cells []string
		for i, v := range raw {
			cell, err := decode(types[i], v)
			if err != nil {
				return err
			}
			cells = append(cells, cell.String())
		}
		got = append(got, strings.Join(cells, "|"))
		return nil
	})
	if err != nil {
		t.Fatalf("%v: %v", err, errors.Unwrap(err))
	}
	want := []string{
		"1|-19.99|0.25|沙发 \\ '%_ \x01|true|2026-02-17|2026-02-17 08:09:10",
		"2|" + strings.Repeat("|", 5),
		"3|9223372036854775.80|1e-300||false|1970-01-01|2105-12-31 23:59:59",
	}
	if !slices.Equal(got, want) {
		t.Errorf("stored rows\n%q\nwant\n%q", got, want)
	}
}

func fill(t *testing.T, e serverEngine, url string, tables []load.Table, rows map[string][][]any) {
	t.Helper()
	loader, err := e.load(url)
	if err != nil {
		t.Fatal(err)
	}
	defer loader.Close()
	if err := loader.Create(t.Context(), tables); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if err := loader.Append(t.Context(), table.Name, rows[table.Name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := loader.Append(t.Context(), "wenshu_nowhere", nil); err == nil {
		t.Error("rows for a table that was not created were taken")
	}
	if err := loader.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func dropTables(t *testing.T, e serverEngine, url string, names ...string) {
	t.Helper()
	if e.driver == "" {
		return
	}
	db, err := sql.Open(e.driver, e.dsn(url))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, n := range names {
		if _, err := db.Exec("DROP TABLE " + n); err != nil {
			t.Error(err)
		}
	}
}

// TestServerLoaderRefuses holds that a loader that was not finished leaves
// nothing behind, and names the row that does not fit.
func TestServerLoaderRefuses(t *testing.T) { onServers(t, testServerLoaderRefuses) }

func testServerLoaderRefuses(t *testing.T, e serverEngine, url string) {
	loader, err := e.load(url)
	if err != nil {
		t.Fatal(err)
	}
	table := load.Table{Name: "wenshu_left", Columns: []load.Column{{Name: "id", Type: load.Int}}}
	if err := loader.Create(t.Context(), []load.Table{table}); err != nil {
		t.Fatal(err)
	}
	err = loader.Append(t.Context(), "wenshu_left", [][]any{{int64(1)}, {"two"}})
	if err == nil || !strings.Contains(err.Error(), "row 2") {
		t.Errorf("a row that does not fit: %v", err)
	}
	if err := loader.Close(); err != nil {
		t.Error(err)
	}
	if err := e.open(t, url, Options{}).query(t.Context(), query{sql: "SELECT id FROM wenshu_left", columns: 1}, nothing); !errors.Is(err, ErrStatement) {
		t.Errorf("a table of a loader that was given up: %v", err)
	}
}

// TestServerCutsLongResults reads a result that is longer than allowed: the
// server is stopped with it.
func TestServerCutsLongResults(t *testing.T) { onServers(t, testServerCuts) }

func testServerCuts(t *testing.T, e serverEngine, url string) {
	s := e.open(t, url, Options{MaxRows: 10})
	var digits []string
	for range 7 {
		digits = append(digits, "(SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)")
	}
	text := "SELECT d0.n FROM " + digits[0] + " AS d0"
	for i, d := range digits[1:] {
		text += " CROSS JOIN " + d + " AS d" + string(rune('1'+i))
	}
	if e.long != "" {
		text = e.long
	}
	n := 0
	started := time.Now()
	err := s.query(Tagged(t.Context(), "long"), query{sql: text, columns: 1}, func([]driver.Value) error {
		if n++; n == 10 {
			return errEnough
		}
		return nil
	})
	if err != nil || n != 10 {
		t.Errorf("%d rows: %v", n, err)
	}
	if d := time.Since(started); d > 5*time.Second {
		t.Errorf("cutting took %v", d)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("after a cut: %v", err)
	}
}
