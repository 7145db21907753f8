package warehouse

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"wenshu/semantic"
	"wenshu/sqlgen"
	"wenshu/sqlgen/sqltree"
	"wenshu/warehouse/load"
)

// cluster is one that a test may break: two shards, servers 1 and 2 and servers
// 3 and 4.
type cluster struct {
	*testing.T
	env []string
}

func newCluster(t *testing.T) cluster {
	if _, err := exec.LookPath("clickhouse-server"); err != nil && os.Getenv("CI") == "" {
		t.Skip("clickhouse-server is not installed")
	}
	c := cluster{t, append(os.Environ(), "WENSHU_CLUSTER="+t.TempDir(), "WENSHU_CLUSTER_PORTS=191")}
	t.Cleanup(func() { c.do("stop") })
	c.do("start")
	return c
}

func (c cluster) do(args ...string) string {
	c.Helper()
	command := exec.Command("../.ci/cluster", args...)
	command.Env = c.env
	out, err := command.Output()
	if err != nil {
		said := ""
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
			said = string(exit.Stderr)
		}
		c.Fatalf("cluster %v: %v: %s", args, err, said)
	}
	return strings.TrimSpace(string(out))
}

// lose ends a server at once, as a power cut does.
func (c cluster) lose(server string) { c.kill(c.pid(server)) }

func (c cluster) pid(server string) int {
	c.Helper()
	pid, err := strconv.Atoi(c.do("pid", server))
	if err != nil {
		c.Fatal(err)
	}
	return pid
}

func (c cluster) kill(pid int) {
	c.Helper()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		c.Fatal(err)
	}
}

// loseReading ends a server while it reads for a query, and returns what the query
// says. A query that is over before it was seen there, which happens on a busy
// machine, is sent again.
func (c cluster) loseReading(s Source, server string) error {
	c.Helper()
	own, err := Open("w", "clickhouse://default@127.0.0.1:1910"+server+"/main", Options{})
	if err != nil {
		c.Fatal(err)
	}
	defer own.Close()
	pid := c.pid(server)
	for range 10 {
		done := make(chan error, 1)
		go func() { done <- slowly(c.T, s) }()
		for over := false; !over; {
			select {
			case err := <-done:
				if over = true; errors.Is(err, ErrPart) || errors.Is(err, ErrUnavailable) {
					c.Fatalf("before a server was lost: %v: %v", err, errors.Unwrap(err))
				}
			default:
				if c.reads(own) {
					c.kill(pid)
					return <-done
				}
			}
		}
	}
	c.Fatal("no query was seen while it ran")
	return nil
}

// reads reports whether a server is at a slow query.
func (c cluster) reads(s Source) bool {
	c.Helper()
	n := int64(0)
	q := query{sql: "SELECT count(*) AS c0 FROM system.processes AS t0 WHERE query LIKE '%sleepEachRow(%' AND query NOT LIKE '%system.processes%'", columns: 1}
	err := s.query(c.Context(), q, func(row []driver.Value) error {
		n, _ = strconv.ParseInt(fmt.Sprint(row[0]), 10, 64)
		return nil
	})
	if err != nil {
		c.Fatalf("processes: %v: %v", err, errors.Unwrap(err))
	}
	return n > 0
}

const clusterRows = 20_000

// fill spreads numbers over the shards.
func (c cluster) fill() {
	c.Helper()
	loader, err := load.ClickHouse("clickhouse://default@127.0.0.1:19101/main?cluster=company")
	if err != nil {
		c.Fatal(err)
	}
	defer loader.Close()
	table := load.Table{Name: "numbers", Columns: []load.Column{{Name: "n", Type: load.Int}}, PrimaryKey: []string{"n"}}
	if err := loader.Create(c.Context(), []load.Table{table}); err != nil {
		c.Fatal(err)
	}
	var rows [][]any
	for n := range int64(clusterRows) {
		rows = append(rows, []any{n})
	}
	if err := errors.Join(loader.Append(c.Context(), "numbers", rows), loader.Finish(c.Context())); err != nil {
		c.Fatal(err)
	}
}

// totals counts and adds up all numbers, as an answer does.
var totals = sqlgen.Statement{
	Source: "w", Dialect: "clickhouse-legacy", SQL: "SELECT count(*) AS c0, sum(t0.`n`) AS c1 FROM `numbers` AS t0",
	Columns: []sqlgen.Column{{Name: "c0", Type: semantic.ColumnType{Kind: semantic.Int}}, {Name: "c1", Type: semantic.ColumnType{Kind: semantic.Int}}},
	Allow:   sqltree.Allow{Tables: map[sqltree.TableName][]string{{Name: "numbers"}: {"n"}}},
}

// total is "" when there is no table: what a server sends before it says that it
// lost a shard is none.
func total(t *testing.T, s Source) (string, error) {
	table, _, err := Sources{"w": s}.Run(t.Context(), &sqlgen.Program{Statements: []sqlgen.Statement{totals}, Columns: totals.Columns})
	if table == nil {
		return "", err
	}
	return fmt.Sprint(table.Rows[0][0], " ", table.Rows[0][1]), err
}

// slowly reads the numbers so that there is time to lose a server.
func slowly(t *testing.T, s Source) error {
	q := query{sql: "SELECT count(*) AS c0 FROM numbers AS t0 WHERE sleepEachRow(0.0001) = 0", columns: 1}
	err := s.query(t.Context(), q, nothing)
	if err == nil {
		err = errors.New("an answer of a shard that was lost meanwhile")
	}
	return err
}

// TestClusterLosesServers kills replicas and a whole shard of a cluster whose
// users are answered from half of the shards unless they ask not to be.
func TestClusterLosesServers(t *testing.T) {
	c := newCluster(t)
	c.fill()
	s, err := Open("w", "clickhouse://default@127.0.0.1:19101/main", Options{})
	if err != nil {
		t.Fatalf("%v: %v", err, errors.Unwrap(err))
	}
	defer s.Close()
	want := fmt.Sprint(clusterRows, " ", clusterRows*(clusterRows-1)/2)
	whole := func(when string) {
		t.Helper()
		for range 6 {
			if got, err := total(t, s); err != nil || got != want {
				t.Errorf("%s: %s, want %s: %v: %v", when, got, want, err, errors.Unwrap(err))
			}
		}
	}
	whole("all servers run")
	c.lose("2")
	whole("a replica of the first shard is lost")
	c.lose("4")
	whole("a replica of each shard is lost")

	// The last replica of the second shard dies while it reads.
	if err := c.loseReading(s, "3"); !errors.Is(err, ErrPart) && !errors.Is(err, ErrUnavailable) {
		t.Errorf("a shard lost while it reads: %v: %v", err, errors.Unwrap(err))
	}
	for range 6 {
		if got, err := total(t, s); !errors.Is(err, ErrPart) || got != "" {
			t.Errorf("a shard is lost: %s, %v: %v", got, err, errors.Unwrap(err))
		}
	}
	c.do("revive", "4")
	whole("the shard is back")
}
