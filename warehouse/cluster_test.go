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
	"time"

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
	c := cluster{t, append(os.Environ(), "WENSHU_CLUSTER="+t.TempDir(), "WENSHU_CLUSTER_PORTS=591")}
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
		c.Fatalf("cluster %v: %v", args, err)
	}
	return strings.TrimSpace(string(out))
}

// lose ends a server at once, as a power cut does.
func (c cluster) lose(server string) {
	c.Helper()
	pid, err := strconv.Atoi(c.do("pid", server))
	if err != nil {
		c.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		c.Fatal(err)
	}
}

const clusterRows = 20_000

// fill spreads numbers over the shards.
func (c cluster) fill() {
	c.Helper()
	loader, err := load.ClickHouse("clickhouse://default@127.0.0.1:59101/main?cluster=company")
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

// total adds up all numbers, and says where they are when it cannot.
func total(t *testing.T, s Source, slow string) (string, error) {
	got := ""
	q := query{sql: "SELECT toInt64(count(*)), toInt64(sum(t0.n)) FROM numbers AS t0" + slow, columns: 2}
	err := s.query(t.Context(), q, func(v []driver.Value) error {
		got += fmt.Sprint(v[0], v[1])
		return nil
	})
	return got, err
}

// TestClusterLosesServers kills replicas and a whole shard of a cluster whose
// users are answered from half of the shards unless they ask not to be.
func TestClusterLosesServers(t *testing.T) {
	c := newCluster(t)
	c.fill()
	s, err := Open("w", "clickhouse://default@127.0.0.1:59101/main", Options{})
	if err != nil {
		t.Fatalf("%v: %v", err, errors.Unwrap(err))
	}
	defer s.Close()
	want := fmt.Sprint(clusterRows, " ", clusterRows*(clusterRows-1)/2)
	whole := func(when string) {
		t.Helper()
		for range 6 {
			if got, err := total(t, s, ""); err != nil || got != want {
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
	done := make(chan error)
	go func() {
		got, err := total(t, s, " WHERE sleepEachRow(0.0001) = 0")
		if err == nil {
			err = fmt.Errorf("the answer %s of a shard that was lost meanwhile", got)
		}
		done <- err
	}()
	time.Sleep(300 * time.Millisecond)
	c.lose("3")
	if err := <-done; !errors.Is(err, ErrPart) && !errors.Is(err, ErrUnavailable) {
		t.Errorf("a shard lost while it reads: %v: %v", err, errors.Unwrap(err))
	}
	for range 6 {
		if got, err := total(t, s, ""); !errors.Is(err, ErrPart) || got != "" {
			t.Errorf("a shard is lost: %s, %v: %v", got, err, errors.Unwrap(err))
		}
	}
	c.do("revive", "4")
	whole("the shard is back")
}
