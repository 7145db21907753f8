//go:build duckdb

package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/duckdb/duckdb-go/v2"

	"wenshu/semantic"
)

// duckdbFile is one DuckDB file, opened anew when it is replaced under its path.
type duckdbFile struct {
	name, path string // path is absolute
	slots      int
	mu         sync.Mutex
	pool       *sql.DB
	stamp      os.FileInfo // of the file that pool reads
}

// openDuckDB opens a file for reading. Access to other files, extensions and
// settings is shut off before the first statement and cannot be opened again.
func openDuckDB(name, raw string, options Options) (Source, error) {
	path := strings.TrimPrefix(raw[len(schemeOf(raw))+1:], "//")
	if path == "" || strings.ContainsAny(path, "?:") {
		return nil, fail(ErrUnavailable, name, errors.New("a DuckDB source needs the path of a file"))
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fail(ErrUnavailable, name, err)
	}
	f := &duckdbFile{name: name, path: path, slots: options.Concurrency}
	s := &server{name: name, dialect: "duckdb", opts: options, run: runDuckDB, code: duckdbCode, schema: duckdbSchema}
	s.gate = newGate(name, options.Concurrency, max(options.Queue, 0))
	s.current, s.closed = f.current, f.close
	if err := s.Ping(context.Background()); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// duckdbSettings are the DSN's. The memory is DuckDB's for all statements of the
// file together; beyond it a statement fails.
var duckdbSettings = url.Values{
	"access_mode": {"READ_ONLY"}, "enable_external_access": {"false"}, "autoinstall_known_extensions": {"false"},
	"autoload_known_extensions": {"false"}, "memory_limit": {"2GB"},
}

// current gives the pool for the file that is at the path now.
func (f *duckdbFile) current() (*sql.DB, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	stamp, err := os.Stat(f.path)
	switch {
	case err != nil:
		return nil, fail(ErrUnavailable, f.name, err)
	case !stamp.Mode().IsRegular():
		return nil, fail(ErrUnavailable, f.name, fmt.Errorf("%s is not a file", f.path))
	case f.pool != nil && os.SameFile(stamp, f.stamp):
		return f.pool, nil
	}
	// A file that was replaced is let go before its successor is opened: DuckDB
	// keeps one instance for a path.
	if f.pool != nil {
		old := f.pool
		f.pool = nil
		if err := old.Close(); err != nil {
			return nil, fail(ErrUnavailable, f.name, err)
		}
	}
	connector, err := duckdb.NewConnector(f.path+"?"+duckdbSettings.Encode(), lockDuckDB)
	if err != nil {
		return nil, err
	}
	f.pool, f.stamp = sql.OpenDB(connector), stamp
	f.pool.SetMaxOpenConns(f.slots)
	f.pool.SetMaxIdleConns(f.slots)
	return f.pool, nil
}

// duckdbLock guards the settings of instances: sources of one path share one.
var duckdbLock sync.Mutex

// lockDuckDB sets the clock of an instance and locks its settings, unless that
// was done for an earlier connection.
func lockDuckDB(c driver.ExecerContext) error {
	duckdbLock.Lock()
	defer duckdbLock.Unlock()
	conn, ok := c.(*duckdb.Conn)
	if !ok {
		return fmt.Errorf("connection is a %T", c)
	}
	ctx := context.Background()
	rows, err := conn.QueryContext(ctx, "SELECT CAST(current_setting('lock_configuration') AS BOOLEAN)", nil)
	if err != nil {
		return err
	}
	locked := make([]driver.Value, 1)
	if err := errors.Join(rows.Next(locked), rows.Close()); err != nil || locked[0] == true {
		return err
	}
	_, err = conn.ExecContext(ctx, "SET GLOBAL TimeZone = 'UTC'; SET lock_configuration = true", nil)
	return err
}

func (f *duckdbFile) close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.pool == nil {
		return nil
	}
	pool := f.pool
	f.pool = nil
	return pool.Close()
}

// runDuckDB runs a statement; the driver interrupts it when the context ends.
func runDuckDB(ctx context.Context, dc any, q query, row func([]driver.Value) error) error {
	conn, ok := dc.(*duckdb.Conn)
	if !ok {
		return fmt.Errorf("connection is a %T", dc)
	}
	rows, err := conn.QueryContext(ctx, q.sql, named(q.args))
	if err != nil {
		return err
	}
	defer rows.Close()
	return driverRows(rows, q, duckdbValue, row)
}

// duckdbValue is a value of the driver as decode takes it.
func duckdbValue(v driver.Value) driver.Value {
	switch v := v.(type) {
	case *big.Int:
		return v.String()
	case duckdb.Decimal:
		return semantic.BigDecimal(v.Value, v.Scale).String()
	}
	return wideNumber(v)
}

// duckdbCode goes by the kind that the driver reads from the message.
func duckdbCode(err error) Code {
	var e *duckdb.Error
	if !errors.As(err, &e) {
		return ErrUnavailable
	}
	if strings.Contains(e.Msg, "read-only mode") || strings.Contains(e.Msg, "has been locked") {
		return ErrRefused
	}
	switch e.Type {
	case duckdb.ErrorTypePermission:
		return ErrRefused
	case duckdb.ErrorTypeInterrupt:
		return ErrCancelled
	case duckdb.ErrorTypeSerialization, duckdb.ErrorTypeFatal:
		return ErrCorrupt
	case duckdb.ErrorTypeIO, duckdb.ErrorTypeConnection:
		return ErrUnavailable
	case duckdb.ErrorTypeOutOfMemory:
		return ErrTooLarge
	}
	return ErrStatement
}

// duckdbSchema lists the tables and views of the default schema bare, others
// with theirs.
func duckdbSchema(ctx context.Context, c serverCatalogue) (*Schema, error) {
	const name = "CASE WHEN schema_name = 'main' THEN %s ELSE schema_name || '.' || %s END"
	table, view := fmt.Sprintf(name, "table_name", "table_name"), fmt.Sprintf(name, "view_name", "view_name")
	var found catalogueRows
	err := c.all(ctx, []question{
		{&found.tables, `SELECT ` + table + ` AS n, 'table', comment, CAST(estimated_size AS VARCHAR),
			'"' || replace(schema_name, '"', '""') || '"."' || replace(table_name, '"', '""') || '"'
			FROM duckdb_tables() WHERE NOT internal AND database_name = current_database()
			UNION ALL SELECT ` + view + `, 'view', comment, '-1', '' FROM duckdb_views() WHERE NOT internal AND database_name = current_database() ORDER BY 1`},
		{&found.columns, `SELECT ` + table + `, column_name, data_type, CASE WHEN is_nullable THEN 'YES' ELSE 'NO' END, comment
			FROM duckdb_columns() WHERE NOT internal AND database_name = current_database() ORDER BY 1, column_index`},
		{&found.keys, `SELECT ` + table + `, CAST(constraint_index AS VARCHAR), constraint_type, unnest(constraint_column_names)
			FROM duckdb_constraints() WHERE constraint_type IN ('PRIMARY KEY', 'UNIQUE') AND database_name = current_database() ORDER BY 1, constraint_index`},
		{&found.foreign, `SELECT ` + table + `, CAST(constraint_index AS VARCHAR), unnest(constraint_column_names), referenced_table, unnest(referenced_column_names)
			FROM duckdb_constraints() WHERE constraint_type = 'FOREIGN KEY' AND database_name = current_database() ORDER BY 1, constraint_index`},
	})
	if err != nil {
		return nil, err
	}
	s := found.schema(declaredType)
	return s, c.countRows(ctx, s, found.tables)
}
