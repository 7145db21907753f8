package api

import (
	"bufio"
	"context"
	"database/sql"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"wenshu/answer"
	"wenshu/answer/state"
	"wenshu/semantic"
	"wenshu/warehouse"
)

// within bounds how long a statement may run on after its question was stopped;
// the product's bound is two seconds, which a machine busy with tests cannot hold.
var within = flag.Duration("within", 15*time.Second, "how long a stopped statement may run on")

// slowEngine is a warehouse with a view, wenshu_slow, that takes longer to read
// than any test.
type slowEngine struct {
	name, driver string
	url, dsn     func(*testing.T) string // nil for a file
	scheme       string                  // of a file; "" for SQLite
	view         string                  // what the view selects
	running      string                  // counts the statements that read it; "" where the engine lives in this process
}

func named(variable string) func(*testing.T) string {
	return func(t *testing.T) string {
		if os.Getenv(variable) == "" {
			t.Skipf("%s is not set", variable)
		}
		return os.Getenv(variable)
	}
}

var slowEngines = []slowEngine{
	{
		name: "sqlite", driver: "sqlite3",
		view: "SELECT d0.n FROM " + manyRows(),
	},
	{
		name: "postgres", driver: "pgx", url: named("WENSHU_TEST_POSTGRES"), dsn: named("WENSHU_TEST_POSTGRES"),
		view:    "SELECT (SELECT 1 FROM pg_sleep(60)) AS n",
		running: "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%FROM%wenshu_slow%' AND pid <> pg_backend_pid()",
	},
	{
		name: "mysql", driver: "mysql", url: named("WENSHU_TEST_MYSQL"), dsn: mysqlName,
		view:    "SELECT SLEEP(60) AS n",
		running: "SELECT count(*) FROM information_schema.processlist WHERE info LIKE '%FROM%wenshu_slow%' AND id <> connection_id()",
	},
	{
		name: "clickhouse", driver: "clickhouse", url: firstOfCluster, dsn: firstOfCluster,
		view:    "SELECT toInt64(number) AS n FROM system.numbers WHERE number % 7 <> 8",
		running: "SELECT toInt64(count()) FROM system.processes WHERE query LIKE '%FROM%wenshu_slow%' AND query NOT LIKE '%system.processes%'",
	},
}

// mysqlName is the data source name of go-sql-driver for the URL of the tests.
func mysqlName(t *testing.T) string {
	u, err := url.Parse(named("WENSHU_TEST_MYSQL")(t))
	if err != nil {
		t.Fatal(err)
	}
	return u.User.String() + "@tcp(" + u.Host + ")" + u.Path
}

func firstOfCluster(t *testing.T) string {
	first, _, _ := strings.Cut(named("WENSHU_TEST_CLUSTER")(t), "?")
	return first
}

// manyRows joins ten rows with themselves until nobody can read them all.
func manyRows() string {
	const ten = "(SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)"
	var joined []string
	for i := range 13 {
		joined = append(joined, fmt.Sprintf("%s AS d%d", ten, i))
	}
	return strings.Join(joined, ", ")
}

const slowModel = `
model: {name: slow, warehouse: w}
tables:
  wenshu_slow:
    label: {zh: 慢表, en: slow table}
metrics:
  total: {expr: "sum(wenshu_slow.n)", label: {zh: 合计, en: total}}
`

// slow opens the engine with its view, and returns a service over it and a
// connection past the warehouse.
func (e slowEngine) slow(t *testing.T, o warehouse.Options) (*answer.Service, *sql.DB) {
	file := filepath.Join(t.TempDir(), "slow.db")
	at, name := e.scheme+file, file
	if e.url != nil {
		at, name = e.url(t), e.dsn(t)
	}
	side, err := sql.Open(e.driver, name)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"DROP VIEW IF EXISTS wenshu_slow", "CREATE VIEW wenshu_slow AS " + e.view} {
		if e.driver == "clickhouse" {
			text = strings.Replace(text, "DROP VIEW", "DROP TABLE", 1)
		}
		if _, err := side.Exec(text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	if e.running == "" { // one at a time holds the file
		if err := side.Close(); err != nil {
			t.Fatal(err)
		}
	}
	source, err := warehouse.Open("w", at, o)
	if err != nil {
		t.Fatal(err)
	}
	store, err := state.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, c := range []interface{ Close() error }{store, source, side} {
			if err := c.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	model, err := semantic.Load(fstest.MapFS{"model.yaml": {Data: []byte(slowModel)}})
	if err != nil {
		t.Fatal(err)
	}
	service, err := answer.New(t.Context(), answer.Config{
		Load: func() (*semantic.Model, error) { return model, nil }, Sources: warehouse.Sources{"w": source}, State: store, Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	return service, side
}

// count is how many statements of ours the warehouse runs.
func (e slowEngine) count(t *testing.T, side *sql.DB) (n int) {
	t.Helper()
	if err := side.QueryRow(e.running).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// await waits until the warehouse runs n statements of ours, for at most d.
func (e slowEngine) await(t *testing.T, side *sql.DB, n int, d time.Duration) {
	t.Helper()
	if e.running == "" {
		return
	}
	for end := time.Now().Add(d); ; time.Sleep(20 * time.Millisecond) {
		if e.count(t, side) == n {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("after %v the warehouse runs %d statements of ours, want %d", d, e.count(t, side), n)
		}
	}
}

// TestStatementsEnd looks at the warehouse's own list of what it runs after a
// question was stopped in each of the ways that there are.
func TestStatementsEnd(t *testing.T) {
	t.Parallel()
	for _, e := range append(linked, slowEngines...) {
		for _, way := range []string{"stop", "closed tab", "timeout", "end of the server"} {
			t.Run(e.name+"/"+way, func(t *testing.T) { testStatementsEnd(t, e, way) })
		}
	}
}

func testStatementsEnd(t *testing.T, e slowEngine, way string) {
	options := warehouse.Options{}
	if way == "timeout" {
		options.Timeout = 500 * time.Millisecond
	}
	service, side := e.slow(t, options)
	s := demoServer(t, service, nil)
	address, quit, ended := listening(t, s)
	defer func() {
		quit()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	response := stream(ctx, t, address+"/api/v1/query", `{"query": "total"}`)
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() && lines.Text() != "event: "+string(answer.Running) {
		if strings.HasPrefix(lines.Text(), "event: problem") || lines.Text() == "event: "+string(answer.Done) {
			lines.Scan()
			t.Fatal(lines.Text())
		}
	}
	if way != "timeout" {
		e.await(t, side, 1, 15*time.Second)
	}
	stopped := time.Now()
	switch way {
	case "stop":
		if status, body := over(t, "DELETE", address+"/api/v1/runs/"+response.Header.Get(runHeader), "", "*/*"); status != http.StatusNoContent {
			t.Errorf("stop: %d %s", status, body)
		}
	case "closed tab":
		leave()
	case "timeout":
		stopped = stopped.Add(options.Timeout)
	case "end of the server":
		quit()
	}
	s.idle(t, stopped.Add(*within))
	e.await(t, side, 0, time.Until(stopped.Add(*within)))
	if way == "closed tab" && time.Since(stopped) < s.config.Limits.Resume/2 {
		t.Error("the question had ended by itself")
	}
	t.Logf("ended after %v", time.Since(stopped).Round(time.Millisecond))
}

// idle waits until no question is being answered any more, which in this
// process says that an embedded engine was interrupted.
func (s *Server) idle(t *testing.T, until time.Time) {
	t.Helper()
	for busy := true; busy; time.Sleep(10 * time.Millisecond) {
		busy = false
		s.runs.lock.Lock()
		for _, r := range s.runs.byID {
			select {
			case <-r.ended:
			default:
				busy = true
			}
		}
		s.runs.lock.Unlock()
		if busy && time.Now().After(until) {
			t.Fatal("the question is still being answered")
		}
	}
}
