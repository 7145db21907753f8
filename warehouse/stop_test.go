package warehouse

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// slowEngine is a server with a view that takes longer than anybody waits.
type slowEngine struct {
	serverEngine
	view    string // its query
	running string // counts the statements that read it
	lost    bool   // notices by itself that a client was killed; others go on until their own limit of time
}

var slowEngines = []slowEngine{
	{postgresEngine, "SELECT CASE WHEN pg_sleep(60) IS NULL THEN 1 ELSE 2 END AS n",
		"SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%wenshu_slow%' AND pid <> pg_backend_pid()", true},
	{mysqlEngine, "SELECT SLEEP(60) AS n",
		"SELECT count(*) FROM information_schema.processlist WHERE info LIKE '%wenshu_slow%' AND id <> CONNECTION_ID()", false},
	{clickhouseEngine, "SELECT toInt64(count()) AS n FROM system.numbers WHERE number % 7 = 8",
		"SELECT toInt64(count()) FROM system.processes WHERE query LIKE '%wenshu_slow%' AND query_id LIKE 'wenshu-%'", false},
}

const slowModel = `
tables:
  slow:
    source: wenshu_slow
    key: [n]
    dimensions: {n: {type: int, index: never}}
metrics:
  total: {expr: sum(slow.n)}
`

// TestStopOfTheProgram runs the program itself against servers and ends it, or
// who asks it, while a statement runs: two seconds later the server runs none.
func TestStopOfTheProgram(t *testing.T) {
	dir := t.TempDir()
	program := filepath.Join(dir, "wenshu")
	if out, err := exec.Command("go", "build", "-o", program, "wenshu/cmd/wenshu").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	if err := os.Mkdir(filepath.Join(dir, "model"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "model", "slow.yaml"), []byte(slowModel), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, e := range slowEngines {
		t.Run(e.name, func(t *testing.T) {
			url := e.url(t)
			db := e.side(t, url)
			kind := "VIEW"
			if e.name == "clickhouse" {
				kind = "TABLE"
			}
			run := func(statement string) {
				if _, err := db.Exec(statement); err != nil {
					t.Fatal(err)
				}
			}
			run("DROP " + kind + " IF EXISTS wenshu_slow")
			run("CREATE VIEW wenshu_slow AS " + e.view)
			defer run("DROP " + kind + " wenshu_slow")
			from := []string{"--model", filepath.Join(dir, "model"), "--warehouse", "main=" + url}
			ask := append(append([]string{"query"}, from...), "total")
			t.Run("SIGTERM", func(t *testing.T) { e.ended(t, db, program, ask, syscall.SIGTERM) })
			t.Run("interrupt", func(t *testing.T) { e.ended(t, db, program, ask, syscall.SIGINT) })
			if e.lost {
				t.Run("SIGKILL", func(t *testing.T) { e.ended(t, db, program, ask, syscall.SIGKILL) })
			}
			t.Run("closed client", func(t *testing.T) { e.closed(t, db, program, from) })
		})
	}
}

// runs waits for a statement that reads the view to run, or to run no more.
func (e slowEngine) runs(t *testing.T, db *sql.DB, want bool, limit time.Duration) {
	t.Helper()
	started := time.Now()
	for {
		var n int
		if err := db.QueryRow(e.running).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n > 0 == want {
			t.Logf("running is %v after %v", want, time.Since(started))
			return
		}
		if time.Since(started) > limit {
			t.Fatalf("running is not %v after %v", want, limit)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// ended starts the program and ends it by a signal while its statement runs.
func (e slowEngine) ended(t *testing.T, db *sql.DB, program string, args []string, signal syscall.Signal) {
	command := exec.Command(program, args...)
	var said bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	e.runs(t, db, true, 20*time.Second)
	if err := command.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	e.runs(t, db, false, 2*time.Second)
	var code *exec.ExitError
	if err := command.Wait(); !errors.As(err, &code) {
		t.Errorf("%v: %s", err, said.String())
	}
}

// closed asks a service over a socket and hangs up while the statement runs.
func (e slowEngine) closed(t *testing.T, db *sql.DB, program string, from []string) {
	token := "a token of the tests that is long enough"
	config := filepath.Join(t.TempDir(), "config.json")
	accounts := fmt.Sprintf(`{"viewers": [{"id": "eve", "tokens": [{"sha256": "%x"}]}]}`, sha256.Sum256([]byte(token)))
	if err := os.WriteFile(config, []byte(accounts), 0o600); err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	command := exec.Command(program, append([]string{"serve", "--config", config, "--addr", address}, from...)...)
	command.Stdout, command.Stderr = &said, &said
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := errors.Join(command.Process.Signal(syscall.SIGTERM), command.Wait()); err != nil {
			t.Errorf("%v: %s", err, said.String())
		}
	}()
	conn := dial(t, address)
	body := `{"query": "total"}`
	_, err = fmt.Fprintf(conn, "POST /api/v1/query HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		address, token, len(body), body)
	if err != nil {
		t.Fatal(err)
	}
	e.runs(t, db, true, 20*time.Second)
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	e.runs(t, db, false, 2*time.Second)
}

// dial connects as soon as somebody listens.
func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	for range 400 {
		if conn, err := net.Dial("tcp", address); err == nil {
			return conn
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("nobody listens")
	return nil
}
