package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"wenshu/sqlgen/sqltree"
)

// serverGrace is how much longer than the caller the server is told to go on:
// it is to stop a statement whose caller can no longer ask for that, and never
// before the caller does.
const serverGrace = 2 * time.Second

// server is a Source that is reached by a driver of database/sql, over a network
// or linked in. What differs
// from engine to engine are its functions.
type server struct {
	name    string
	dialect string
	opts    Options
	gate    *gate
	done    atomic.Bool

	// current gives the pool to take a connection from; closed gives up all.
	current func() (*sql.DB, error)
	closed  func() error

	// run sends one statement over a connection of the driver and hands over its
	// rows. When it fails, the connection is thrown away.
	run func(ctx context.Context, conn any, q query, row func([]driver.Value) error) error
	// code is the code of an error of the driver that is not the context's.
	code func(error) Code
	// schema reads the catalogue.
	schema func(ctx context.Context, c serverCatalogue) (*Schema, error)
}

// start makes the pool and reads from the database once.
func (s *server) start(connector driver.Connector) (Source, error) {
	s.gate = newGate(s.name, s.opts.Concurrency, max(s.opts.Queue, 0))
	pool := sql.OpenDB(connector)
	pool.SetMaxOpenConns(s.opts.Concurrency)
	pool.SetMaxIdleConns(s.opts.Concurrency)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	pool.SetConnMaxLifetime(time.Hour)
	s.current = func() (*sql.DB, error) { return pool, nil }
	s.closed = pool.Close
	if err := s.Ping(context.Background()); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *server) Name() string     { return s.name }
func (s *server) Dialect() string  { return s.dialect }
func (s *server) options() Options { return s.opts }

// Ping runs the least statement there is.
func (s *server) Ping(ctx context.Context) error {
	return s.query(ctx, query{sql: "SELECT 1", columns: 1}, func([]driver.Value) error { return nil })
}

func (s *server) Close() error {
	s.done.Store(true)
	return s.closed()
}

func (s *server) Schema(ctx context.Context) (*Schema, error) {
	var schema *Schema
	err := s.admit(ctx, &Timing{}, func(ctx context.Context) error {
		pool, err := s.current()
		if err == nil {
			schema, err = s.schema(ctx, serverCatalogue{pool: pool, tables: s.opts.Tables, unread: s.unread})
		}
		return err
	})
	if err != nil || s.opts.Tables == nil {
		return schema, err
	}
	schema.Tables = slices.DeleteFunc(schema.Tables, func(t SchemaTable) bool { return !slices.Contains(s.opts.Tables, t.Name) })
	return schema, nil
}

// unread reports an error that the other tables do not share.
func (s *server) unread(err error) bool {
	code := s.code(err)
	return code == ErrStatement || code == ErrRefused || code == ErrPart || code == ErrCorrupt
}

func (s *server) query(ctx context.Context, q query, row func([]driver.Value) error) error {
	if q.timing == nil {
		q.timing = &Timing{}
	}
	for _, t := range q.tables {
		if !s.readable(t) {
			return fail(ErrRefused, s.name, fmt.Errorf("table %s is not listed", t.Name))
		}
	}
	return s.admit(ctx, q.timing, func(ctx context.Context) error { return s.try(ctx, q, row) })
}

// readable reports a table that the options list.
func (s *server) readable(t sqltree.TableName) bool {
	if s.opts.Tables == nil || slices.Contains(s.opts.Tables, t.Schema+"."+t.Name) {
		return true
	}
	return t.Schema == "" && slices.Contains(s.opts.Tables, t.Name)
}

// admit waits for the turn and does something within the time of a statement.
func (s *server) admit(ctx context.Context, timing *Timing, do func(context.Context) error) error {
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
	if s.done.Load() {
		return fail(ErrClosed, s.name, nil)
	}
	return s.fault(ctx, do(ctx))
}

// try runs the statement on one connection. Those that stood idle may have been
// lost since: as long as no row was handed over, the statement, which only
// reads, is sent again over the next one.
func (s *server) try(ctx context.Context, q query, row func([]driver.Value) error) error {
	var connected, seen bool
	for left := s.opts.Concurrency; ; left-- {
		err := s.tryOnce(ctx, q, &connected, func(values []driver.Value) error {
			seen = true
			return row(values)
		})
		again := err != nil && connected && !seen && left > 0 && ctx.Err() == nil && !outOfTime(ctx) && !errors.Is(err, errColumns)
		if !again || s.code(err) != ErrUnavailable {
			return err
		}
	}
}

func (s *server) tryOnce(ctx context.Context, q query, connected *bool, row func([]driver.Value) error) error {
	pool, err := s.current()
	if err != nil {
		return err
	}
	conn, err := pool.Conn(ctx)
	if *connected = err == nil; err != nil {
		return err
	}
	defer conn.Close()
	var failed error
	err = conn.Raw(func(dc any) error {
		// The statement has a context of its own, so that a reader that has
		// enough stops it in the server as well.
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		failed = s.run(ctx, dc, q, func(values []driver.Value) error {
			err := row(values)
			if err != nil {
				stop()
			}
			return err
		})
		if failed != nil {
			return driver.ErrBadConn
		}
		return nil
	})
	switch {
	case errors.Is(failed, errEnough):
		return nil
	case failed != nil:
		return failed
	}
	return err
}

// fault gives an error its code.
func (s *server) fault(ctx context.Context, err error) error {
	var own *Error
	switch {
	case err == nil || errors.As(err, &own):
		return err
	case ctx.Err() != nil:
		return ended(ctx, s.name)
	case errors.Is(err, errColumns):
		return fail(ErrStatement, s.name, err)
	}
	code := s.code(err)
	if code == ErrUnavailable && outOfTime(ctx) {
		code = ErrTimeout
	}
	return fail(code, s.name, err)
}

// outOfTime reports a context whose time is up, or is so within a moment: a
// driver that hands the deadline on to its connection may see it pass first.
func outOfTime(ctx context.Context) bool {
	deadline, ok := ctx.Deadline()
	return ok && time.Until(deadline) < 50*time.Millisecond
}

// named numbers the arguments as a driver takes them.
func named(args []any) []driver.NamedValue {
	out := make([]driver.NamedValue, len(args))
	for i, a := range args {
		out[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	return out
}

// driverRows hands over the rows of a driver, each value as decode takes it.
func driverRows(rows driver.Rows, q query, plain func(driver.Value) driver.Value, row func([]driver.Value) error) error {
	if got := len(rows.Columns()); got != q.columns {
		return fmt.Errorf("%w: %d instead of %d", errColumns, got, q.columns)
	}
	values := make([]driver.Value, q.columns)
	for {
		if err := rows.Next(values); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		for i, v := range values {
			values[i] = plain(v)
		}
		if err := row(values); err != nil {
			return err
		}
	}
}

// wideNumber widens a number of any size to those that decode takes.
func wideNumber(v driver.Value) driver.Value {
	switch v := v.(type) {
	case int8:
		return int64(v)
	case int16:
		return int64(v)
	case int32:
		return int64(v)
	case uint8:
		return int64(v)
	case uint16:
		return int64(v)
	case uint32:
		return int64(v)
	case uint64:
		return strconv.FormatUint(v, 10)
	case float32:
		return float64(v)
	}
	return v
}

// serverURL parses a URL of a server and refuses every parameter but those
// listed: a driver has some that read files or run statements.
func serverURL(name, raw string, parameters ...string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return nil, fail(ErrUnavailable, name, errors.New("the URL is none of a server"))
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, fail(ErrUnavailable, name, errors.New("the parameters of the URL cannot be read"))
	}
	for key := range query {
		if !slices.Contains(parameters, key) {
			return nil, fail(ErrUnavailable, name, fmt.Errorf("the URL has the parameter %q; legal are %s", key, strings.Join(parameters, ", ")))
		}
	}
	return u, nil
}

// tagKey is the key of a context's tag.
type tagKey struct{}

// Tagged gives the statements that run in the context a tag, the id of an answer
// say, under which a server lists them while they run. Letters, digits, - and _
// are kept of it, 48 at most.
func Tagged(ctx context.Context, id string) context.Context {
	tag := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, id)
	return context.WithValue(ctx, tagKey{}, tag[:min(len(tag), 48)])
}

// tagOf is the tag of a context, "" for none.
func tagOf(ctx context.Context) string {
	tag, _ := ctx.Value(tagKey{}).(string)
	return tag
}
