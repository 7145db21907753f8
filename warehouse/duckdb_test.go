//go:build duckdb

package warehouse

import (
	"database/sql/driver"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wenshu/warehouse/load"
)

func loadDuckDB(url string) (load.Loader, error) {
	return load.DuckDB(strings.TrimPrefix(url, "duckdb:"))
}

var duckdbEngine = serverEngine{
	name: "duckdb", load: loadDuckDB,
	url: func(t *testing.T) string {
		url := "duckdb:" + filepath.Join(t.TempDir(), "w.duckdb")
		fill(t, serverEngine{load: loadDuckDB}, url, nil, nil)
		return url
	},
	sleep: "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = 7",
	writes: []string{
		"CREATE TABLE wenshu_written (id INT)", "SELECT content FROM read_text('/etc/hostname')", "COPY (SELECT 1) TO '/tmp/wenshu_x.csv'",
		"ATTACH ':memory:' AS m", "SET memory_limit = '1GB'", "INSTALL httpfs", "LOAD httpfs", "SET lock_configuration = false",
		"PRAGMA database_list; CREATE TABLE x (id INT)",
	},
	code: ErrRefused,
}

// TestDuckDBReplaced answers from the file that is at the path, not from the
// one that was.
func TestDuckDBReplaced(t *testing.T) {
	e := duckdbEngine
	url := e.url(t)
	s := e.open(t, url, Options{})
	table := []load.Table{{Name: "numbers", Columns: []load.Column{{Name: "n", Type: load.Int}}}}
	for i := range int64(3) {
		fill(t, e, url, table, map[string][][]any{"numbers": {{i}}})
		err := s.query(t.Context(), query{sql: "SELECT n FROM numbers", columns: 1}, func(v []driver.Value) error {
			if v[0] != i {
				t.Errorf("got %v, want %d", v[0], i)
			}
			return nil
		})
		if err != nil {
			t.Fatalf("%v: %v", err, errors.Unwrap(err))
		}
	}
	left, err := os.ReadDir(filepath.Dir(strings.TrimPrefix(url, "duckdb:")))
	if err != nil || len(left) != 1 {
		t.Errorf("files left behind: %v, %v", left, err)
	}
	if err := os.Remove(strings.TrimPrefix(url, "duckdb:")); err != nil {
		t.Fatal(err)
	}
	if err := s.Ping(t.Context()); !errors.Is(err, ErrUnavailable) {
		t.Errorf("a file that is gone: %v", err)
	}
}

// TestDuckDBClock reads a timestamp with a zone on the clock of UTC, on every
// connection.
func TestDuckDBClock(t *testing.T) {
	t.Setenv("TZ", "Asia/Shanghai")
	e := duckdbEngine
	s := e.open(t, e.url(t), Options{Concurrency: 3})
	for range 3 {
		q := query{sql: "SELECT CAST(TIMESTAMPTZ '2026-01-01 00:00:00+08' AS TIMESTAMP)::VARCHAR, current_setting('TimeZone')", columns: 2}
		err := s.query(t.Context(), q, func(v []driver.Value) error {
			if v[0] != "2025-12-31 16:00:00" || v[1] != "UTC" {
				t.Errorf("got %v", v)
			}
			return nil
		})
		if err != nil {
			t.Fatalf("%v: %v", err, errors.Unwrap(err))
		}
	}
}
