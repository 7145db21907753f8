package warehouse

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strings"
	"time"

	"wenshu/sqlgen/sqltree"
)

// Options limit what a source does. The zero value means the defaults named at
// each field.
type Options struct {
	Timeout     time.Duration // of one statement, its wait in the queue included; 0 means 30 s
	LockWait    time.Duration // how long a writer's lock is waited for; 0 means 2 s
	Concurrency int           // statements running at a time; 0 means 4
	Queue       int           // statements waiting besides; 0 means 64, -1 means none
	MaxRows     int           // rows of one result; 0 means 100,000
	MaxBytes    int64         // bytes of one result as held in memory; 0 means 256 MiB
	Tables      []string      // tables and views that may be read; nil means all of the database
}

func (o Options) withDefaults() Options {
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	if o.LockWait == 0 {
		o.LockWait = 2 * time.Second
	}
	if o.Concurrency == 0 {
		o.Concurrency = 4
	}
	if o.Queue == 0 {
		o.Queue = 64
	}
	if o.MaxRows == 0 {
		o.MaxRows = 100_000
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 256 << 20
	}
	return o
}

func (o Options) check() error {
	if o.Timeout < 0 || o.LockWait < 0 || o.Concurrency < 0 || o.Queue < -1 || o.MaxRows < 0 || o.MaxBytes < 0 {
		return fmt.Errorf("warehouse options: a limit is negative")
	}
	return nil
}

// An engine is one kind of database that Open knows.
type engine struct {
	dialect string   // as sqlgen calls it
	schemes []string // of its URLs; "" claims a URL without a scheme: a plain path
	open    func(name, url string, options Options) (Source, error)
}

// engines are tried in this order.
var engines = []engine{
	{"sqlite", []string{"sqlite", "sqlite3", "file", ""}, openSQLite},
	{"postgres", []string{"postgres", "postgresql"}, openPostgres},
	{"duckdb", []string{"duckdb"}, openDuckDB},
	{"mysql", []string{"mysql", "mariadb"}, openMySQL},
	{"clickhouse", []string{"clickhouse", "clickhouse+http", "clickhouse+https"}, openClickHouse},
}

// A Source is one open database. It is safe for concurrent use.
type Source interface {
	// Name is the name it was opened under.
	Name() string
	// Dialect is the name of the SQL dialect it speaks, as sqlgen calls it.
	Dialect() string
	// Ping reports whether the database can be read at this moment.
	Ping(ctx context.Context) error
	// Schema lists what the database holds, in order of name.
	Schema(ctx context.Context) (*Schema, error)
	// Close waits for the running statements and releases everything.
	Close() error

	// query runs one statement and hands over each row. It stops with the
	// error that the callback returns.
	query(ctx context.Context, q query, row func([]driver.Value) error) error
	options() Options
}

// anyColumns is the width of a result that nobody declared.
const anyColumns = -1

// query is one statement as an engine takes it. Arguments are int64, float64,
// string, bool or nil.
type query struct {
	sql     string
	args    []any
	columns int                 // how many the result must have, or anyColumns
	tables  []sqltree.TableName // that it reads
	timing  *Timing             // filled in when it is not nil
}

// Open opens the database at url under a name of the caller's choice and reads
// from it once, so that a wrong path shows at the start. A URL is
// sqlite:PATH, a plain path duckdb:PATH,
// postgres://USER:PASSWORD@HOST/DATABASE mysql://USER:PASSWORD@HOST/DATABASE
// or clickhouse://USER:PASSWORD@HOST:9000/DATABASE.
func Open(name, url string, options Options) (Source, error) {
	if err := options.check(); err != nil {
		return nil, err
	}
	scheme := schemeOf(url)
	for _, e := range engines {
		for _, s := range e.schemes {
			if s == scheme {
				return e.open(name, url, options.withDefaults())
			}
		}
	}
	return nil, fail(ErrUnavailable, name, fmt.Errorf("no engine for a URL that starts with %q", scheme+":"))
}

// schemeOf returns what stands before the first colon if it can be a scheme,
// in lower case. One letter is a drive, not a scheme.
func schemeOf(url string) string {
	scheme, _, found := strings.Cut(url, ":")
	if !found || len(scheme) < 2 {
		return ""
	}
	for _, r := range scheme {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '+') {
			return ""
		}
	}
	return strings.ToLower(scheme)
}
