package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"
)

// sqliteSource reads one SQLite file.
//
// A connection that was interrupted is thrown away, and a file that was
// replaced under its path is opened anew: readers of an unlinked file would go
// on answering from the old one.
type sqliteSource struct {
	name  string
	path  string // absolute
	opts  Options
	gate  *gate
	mu    sync.Mutex
	pool  *sql.DB
	stamp os.FileInfo // of the file that pool reads
	done  bool
}

func openSQLite(name, rawURL string, options Options) (Source, error) {
	path := rawURL
	if scheme := schemeOf(rawURL); scheme != "" {
		path = strings.TrimPrefix(rawURL[len(scheme)+1:], "//")
	}
	if path == "" || strings.Contains(path, ":memory:") {
		return nil, fail(ErrUnavailable, name, errors.New("a SQLite source needs the path of a file"))
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fail(ErrUnavailable, name, err)
	}
	s := &sqliteSource{
		name: name, path: path, opts: options,
		gate: newGate(name, options.Concurrency, max(options.Queue, 0)),
	}
	if err := s.Ping(context.Background()); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *sqliteSource) Name() string     { return s.name }
func (s *sqliteSource) Dialect() string  { return "sqlite" }
func (s *sqliteSource) options() Options { return s.opts }

// Ping opens a fresh connection, which reads the schema.
func (s *sqliteSource) Ping(ctx context.Context) error {
	return s.admit(ctx, &Timing{}, func(ctx context.Context, _ *sql.DB) error {
		conn, err := sqliteConnector{s.path, fence{tables: s.opts.Tables}.install}.Connect(ctx)
		if err != nil {
			return err
		}
		return conn.Close()
	})
}

func (s *sqliteSource) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done = true
	if s.pool == nil {
		return nil
	}
	pool := s.pool
	s.pool = nil
	return pool.Close()
}

// current returns the pool for the file that is at the path now.
func (s *sqliteSource) current() (*sql.DB, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.done {
		return nil, fail(ErrClosed, s.name, nil)
	}
	stamp, err := os.Stat(s.path)
	if err != nil {
		return nil, fail(ErrUnavailable, s.name, err)
	}
	if !stamp.Mode().IsRegular() {
		return nil, fail(ErrUnavailable, s.name, fmt.Errorf("%s is not a file", s.path))
	}
	if stamp.Size() == 0 {
		return nil, fail(ErrCorrupt, s.name, fmt.Errorf("%s is empty", s.path))
	}
	if s.pool != nil && os.SameFile(stamp, s.stamp) {
		return s.pool, nil
	}
	if s.pool != nil {
		if err := s.pool.Close(); err != nil {
			return nil, fail(ErrUnavailable, s.name, err)
		}
	}
	s.pool, s.stamp = sql.OpenDB(sqliteConnector{s.path, fence{tables: s.opts.Tables}.install}), stamp
	s.pool.SetMaxOpenConns(s.opts.Concurrency)
	s.pool.SetMaxIdleConns(s.opts.Concurrency)
	return s.pool, nil
}

// query runs a statement within the limits of the source.
func (s *sqliteSource) query(ctx context.Context, q query, row func([]driver.Value) error) error {
	if q.timing == nil {
		q.timing = &Timing{}
	}
	return s.admit(ctx, q.timing, func(ctx context.Context, pool *sql.DB) error {
		return s.try(ctx, pool, q, row)
	})
}

// admit calls do when it is its turn, again and again while the file is locked,
// and gives its error a code. The time in the queue counts.
func (s *sqliteSource) admit(ctx context.Context, timing *Timing, do func(context.Context, *sql.DB) error) error {
	ctx, cancel := context.WithTimeout(ctx, s.opts.Timeout)
	defer cancel()
	asked := time.Now()
	err := s.gate.enter(ctx)
	timing.Wait = time.Since(asked)
	if err != nil {
		return err
	}
	defer s.gate.leave()
	started := time.Now()
	defer func() { timing.Query = time.Since(started) }()
	patience := time.Now().Add(s.opts.LockWait)
	for pause := time.Millisecond; ; pause = min(2*pause, 50*time.Millisecond) {
		pool, err := s.current()
		if err != nil {
			return err
		}
		err = s.fault(ctx, do(ctx, pool))
		if !errors.Is(err, ErrLocked) || time.Now().After(patience) {
			return err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return ended(ctx, s.name)
		}
	}
}

// errEnough is returned by a row callback that wants no more rows.
var errEnough = errors.New("enough rows")

// errColumns says that a statement has not the columns that were declared.
var errColumns = errors.New("number of columns")

// lateLock is a lock that appeared after the first row: the statement cannot be
// run again, for rows have been handed over.
type lateLock struct{ error }

// try runs the statement on one connection.
func (s *sqliteSource) try(ctx context.Context, pool *sql.DB, q query, row func([]driver.Value) error) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var failed error
	err = conn.Raw(func(dc any) error {
		c, ok := dc.(*sqliteConn)
		if !ok {
			return fmt.Errorf("connection is a %T", dc)
		}
		failed = c.run(ctx, q, row)
		if failed != nil && failed != errEnough || ctx.Err() != nil {
			return driver.ErrBadConn // it is not worth finding out what state it is in
		}
		return nil
	})
	if failed == errEnough || failed == nil && errors.Is(err, driver.ErrBadConn) {
		return nil // all rows that were wanted came before the end
	}
	return errors.Join(failed, err)
}

// fault gives an error of the driver its code.
func (s *sqliteSource) fault(ctx context.Context, err error) error {
	var own *Error
	var lite sqlite3.Error
	switch {
	case err == nil || errors.As(err, &own):
		return err
	case ctx.Err() != nil:
		return ended(ctx, s.name)
	case errors.Is(err, errColumns):
		return fail(ErrStatement, s.name, err)
	case errors.As(err, new(lateLock)):
		return fail(ErrUnavailable, s.name, err)
	case errors.As(err, &lite):
		return fail(sqliteCode(lite), s.name, err)
	default:
		return fail(ErrUnavailable, s.name, err)
	}
}

func sqliteCode(err sqlite3.Error) Code {
	switch err.Code {
	case sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrProtocol:
		return ErrLocked
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB, sqlite3.ErrFormat:
		return ErrCorrupt
	case sqlite3.ErrCantOpen, sqlite3.ErrIoErr, sqlite3.ErrPerm, sqlite3.ErrFull, sqlite3.ErrNomem:
		return ErrUnavailable
	case sqlite3.ErrAuth, sqlite3.ErrReadonly:
		return ErrRefused
	case sqlite3.ErrInterrupt:
		return ErrCancelled
	case sqlite3.ErrTooBig:
		return ErrTooLarge
	}
	return ErrStatement
}

// sqliteConnector opens read-only connections to one file.
type sqliteConnector struct {
	path    string
	prepare func(*sqlite3.SQLiteConn) (*sqliteConn, error)
}

// Connect opens the file with mode=ro and query_only, without the driver's
// busy wait, which a context cannot end.
func (c sqliteConnector) Connect(context.Context) (driver.Conn, error) {
	dsn := "file:" + (&url.URL{Path: c.path}).EscapedPath() + "?mode=ro&_query_only=1&_busy_timeout=0&_mutex=no&cache=private&_stmt_cache_size=16"
	conn, err := c.Driver().Open(dsn)
	if err != nil {
		return nil, err
	}
	lite := conn.(*sqlite3.SQLiteConn)
	ready, err := c.prepare(lite)
	if err != nil {
		return nil, errors.Join(err, lite.Close())
	}
	return ready, nil
}

func (c sqliteConnector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

// sqliteConn is one connection.
type sqliteConn struct{ *sqlite3.SQLiteConn }

// run sends one statement and hands its rows over. The slice given to row is
// reused.
func (c *sqliteConn) run(ctx context.Context, q query, row func([]driver.Value) error) error {
	args := make([]driver.NamedValue, len(q.args))
	for i, a := range q.args {
		args[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	rows, err := c.QueryContext(patient{ctx}, q.sql, args)
	if err != nil {
		return err
	}
	defer rows.Close()
	if lite, ok := rows.(*sqlite3.SQLiteRows); ok {
		plain(lite.DeclTypes())
	}
	width := len(rows.Columns())
	if q.columns != anyColumns && width != q.columns {
		return fmt.Errorf("%w: %d instead of %d", errColumns, width, q.columns)
	}
	values := make([]driver.Value, width)
	for n := 0; ; n++ {
		if err := rows.Next(values); err == io.EOF {
			return nil
		} else if err != nil && n > 0 && isLock(err) {
			return lateLock{err}
		} else if err != nil {
			return err
		}
		if err := row(values); err != nil {
			return err
		}
	}
}

func isLock(err error) bool {
	var lite sqlite3.Error
	return errors.As(err, &lite) && sqliteCode(lite) == ErrLocked
}

// plain clears the declared types that the driver holds for a result. With
// them it would turn the text and the numbers of date columns into a time, and
// into the zero time when they do not parse; without them a value arrives as it
// is stored. The slice is the driver's own.
func plain(declared []string) {
	for i := range declared {
		declared[i] = ""
	}
}

// patient is a context that tells those who asked by context.AfterFunc a
// moment after it has ended. The driver interrupts only a statement that is
// stepping, checks the context just before it steps, and would miss an end that
// falls between the two.
type patient struct{ context.Context }

// Value hides the identity of the context below, so that context.AfterFunc
// uses the method of this type.
func (patient) Value(any) any { return nil }

// AfterFunc arranges for f to be called two milliseconds after the end.
func (p patient) AfterFunc(f func()) func() bool {
	return context.AfterFunc(p.Context, func() {
		time.Sleep(2 * time.Millisecond)
		f()
	})
}
