package warehouse

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"wenshu/warehouse/load"
)

// unending is a statement of ClickHouse that ends with its time alone.
const unending = "SELECT count() AS n FROM system.numbers WHERE number % 7 = 8"

// clickhouseEngine is a server of release 18.16, the first of a cluster.
var clickhouseEngine = serverEngine{
	name: "clickhouse", driver: "clickhouse",
	url: func(t *testing.T) string {
		url, _, _ := strings.Cut(fromEnv("WENSHU_TEST_CLUSTER")(t), "?")
		return url
	},
	dsn:     func(url string) string { return url },
	load:    load.ClickHouse,
	sleep:   unending,
	running: "SELECT toInt64(count()) FROM system.processes WHERE query_id LIKE 'wenshu-TAG-%'",
	writes: []string{
		"CREATE TABLE wenshu_written (id Int64) ENGINE = Memory", "INSERT INTO system.one VALUES (1)", "DROP TABLE IF EXISTS wenshu_written",
		"ALTER TABLE system.one DROP COLUMN dummy",
	},
	code: ErrRefused,
	bad:  []string{"readonly=0", "skip_unavailable_shards=1", "compress=true", "database=system"},
	bare: true,
	long: "SELECT number AS n FROM system.numbers",
}

// TestClickHouseSession looks at what a statement runs under.
func TestClickHouseSession(t *testing.T) {
	s := clickhouseEngine.open(t, clickhouseEngine.url(t), Options{})
	want := map[string]string{
		"readonly": "2", "join_use_nulls": "1", "skip_unavailable_shards": "0",
		"distributed_product_mode": "global", "result_overflow_mode": "throw", "timeout_overflow_mode": "throw",
	}
	err := s.query(t.Context(), query{sql: "SELECT name, value FROM system.settings", columns: 2}, func(v []driver.Value) error {
		name := fmt.Sprint(v[0])
		if seconds, _ := strconv.Atoi(fmt.Sprint(v[1])); name == "max_execution_time" && (seconds < 30 || seconds > 36) {
			t.Errorf("the server ends a statement after %d s", seconds)
		}
		if w, ok := want[name]; ok && fmt.Sprint(v[1]) != w {
			t.Errorf("%s is %v, want %s", name, v[1], w)
		}
		delete(want, name)
		return nil
	})
	if err != nil || len(want) > 0 {
		t.Errorf("%v; not listed: %v", err, want)
	}
}

// TestClickHouseProfile reads as a user whose profile limits results: what is
// too long is refused and not cut.
func TestClickHouseProfile(t *testing.T) {
	url := strings.Replace(clickhouseEngine.url(t), "default@", "bi:bi@", 1)
	s := clickhouseEngine.open(t, url, Options{})
	n := 0
	err := s.query(t.Context(), query{sql: "SELECT number FROM system.numbers LIMIT 300000", columns: 1}, func([]driver.Value) error { n++; return nil })
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("%d rows: %v: %v", n, err, errors.Unwrap(err))
	}
	if err := s.query(t.Context(), query{sql: "SELECT count() AS n FROM numbers(1000)", columns: 1}, nothing); err != nil {
		t.Errorf("within the limits: %v: %v", err, errors.Unwrap(err))
	}
}

// TestClickHouseLimit is the server's own limit of time, for a caller that has
// been lost.
func TestClickHouseLimit(t *testing.T) {
	url := clickhouseEngine.url(t)
	s := clickhouseEngine.open(t, url, Options{Timeout: time.Second}).(*server) // two more for the server
	pool, err := s.current()
	if err != nil {
		t.Fatal(err)
	}
	var n uint64
	err = pool.QueryRowContext(context.WithoutCancel(t.Context()), unending).Scan(&n)
	if clickhouseCode(err) != ErrTimeout {
		t.Errorf("%d: %v", n, err)
	}
}

// TestClickHouseTableWithoutParts reads the catalogue beside a table whose parts
// are gone: the others are told of all the same.
func TestClickHouseTableWithoutParts(t *testing.T) {
	url := clickhouseEngine.url(t)
	db := clickhouseEngine.side(t, url)
	run := func(text string) {
		if _, err := db.ExecContext(context.WithoutCancel(t.Context()), text); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(func() { run("DROP TABLE IF EXISTS wenshu_parted"); run("DROP TABLE IF EXISTS wenshu_intact") })
	run("CREATE TABLE wenshu_intact (id Int64) ENGINE = Memory")
	run("INSERT INTO wenshu_intact SELECT toInt64(number) FROM system.numbers LIMIT 2")
	run("CREATE TABLE wenshu_parted (id Int64) ENGINE = Distributed(company, main, wenshu_gone)")

	schema, err := clickhouseEngine.open(t, url, Options{}).Schema(t.Context())
	if err != nil {
		t.Fatalf("%v: %v", err, errors.Unwrap(err))
	}
	rows := map[string]int64{}
	for _, s := range schema.Tables {
		rows[s.Name] = s.Rows
	}
	if n, ok := rows["wenshu_parted"]; !ok || n != -1 || rows["wenshu_intact"] != 2 {
		t.Errorf("rows of each table: %v", rows)
	}
}
