package warehouse

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"net/url"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"wenshu/semantic"
)

// clickhouseSettings make ClickHouse read only, think in nulls, and fail where
// it would answer from some shards alone.
var clickhouseSettings = clickhouse.Settings{
	"readonly":                           2, // settings may be given, data not changed
	"join_use_nulls":                     1,
	"aggregate_functions_null_for_empty": 1,
	"enable_extended_results_for_datetime_functions": 1,
	"session_timezone":            "UTC",
	"transform_null_in":           0,
	"skip_unavailable_shards":     0,
	"distributed_product_mode":    "global",
	"result_overflow_mode":        "throw",
	"timeout_overflow_mode":       "throw",
	"enable_positional_arguments": 1,
	"prefer_column_name_to_alias": 1,
	"max_query_size":              4 << 20, // a list of every day of forty years
	"max_ast_elements":            1 << 20,
	"max_expanded_ast_elements":   1 << 21,
}

// clickhouseSource is what runs the statements of one source.
type clickhouseSource struct{ side *sql.DB } // for KILL QUERY

// openClickHouse opens a ClickHouse server by its native protocol or, by the
// scheme clickhouse+http or clickhouse+https, by HTTP.
func openClickHouse(name, raw string, options Options) (Source, error) {
	u, err := serverURL(name, raw, "secure")
	if err != nil {
		return nil, err
	}
	config := clickhouseConfig(u)
	side := clickhouse.OpenDB(&config)
	side.SetMaxOpenConns(2)
	legacy, err := clickhouseLegacy(side)
	if err != nil {
		return nil, errors.Join(fail(ErrUnavailable, name, err), side.Close())
	}
	c := clickhouseSource{side}
	s := &server{name: name, dialect: "clickhouse", opts: options, run: c.run, code: clickhouseCode, schema: clickhouseSchema}
	config.Settings = maps.Clone(clickhouseSettings)
	if legacy {
		s.dialect, s.schema, config.Settings = "clickhouse-legacy", clickhouseLegacySchema, maps.Clone(clickhouseLegacySettings)
	}
	config.Settings["max_execution_time"] = int((options.Timeout + serverGrace + time.Second - 1) / time.Second)
	connector := clickhouse.Connector(&config)
	if legacy {
		connector = clickhouseLegacyConnector{connector}
	}
	source, err := s.start(connector)
	if err != nil {
		return nil, errors.Join(err, side.Close())
	}
	pool := s.closed
	s.closed = func() error { return errors.Join(pool(), side.Close()) }
	return source, nil
}

func clickhouseConfig(u *url.URL) clickhouse.Options {
	password, _ := u.User.Password()
	c := clickhouse.Options{
		Addr: []string{u.Host}, Protocol: clickhouse.Native, DialTimeout: 10 * time.Second, ReadTimeout: 10 * time.Minute,
		Auth:       clickhouse.Auth{Database: strings.TrimPrefix(u.Path, "/"), Username: u.User.Username(), Password: password},
		ClientInfo: clickhouse.ClientInfo{Products: []struct{ Name, Version string }{{"wenshu", "1"}}},
	}
	if strings.Contains(u.Scheme, "+http") {
		c.Protocol = clickhouse.HTTP
	}
	if strings.HasSuffix(u.Scheme, "https") || u.Query().Get("secure") == "true" {
		c.TLS = &tls.Config{ServerName: u.Hostname(), MinVersion: tls.VersionTLS12}
	}
	return c
}

// run runs a statement under an id that begins with the tag, and kills it in the
// server when the context ends. The driver gives up by a clock of its own, which
// may be a little ahead of the context: then it is killed as well.
func (c clickhouseSource) run(ctx context.Context, dc any, q query, row func([]driver.Value) error) (err error) {
	conn, ok := dc.(driver.QueryerContext)
	if !ok {
		return fmt.Errorf("connection is a %T", dc)
	}
	id := "wenshu-" + tagOf(ctx) + "-" + rand.Text()
	killed := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(killed)
		c.kill(id)
	})
	defer func() {
		var ended *clickhouse.Exception // by the server, which runs it no more
		switch {
		case !stop():
			<-killed
		case err != nil && !errors.As(err, &ended):
			c.kill(id)
		}
	}()
	rows, err := conn.QueryContext(clickhouse.Context(ctx, clickhouse.WithQueryID(id)), q.sql, named(q.args))
	if err != nil {
		return err
	}
	if len(rows.Columns()) == 0 {
		return rows.Close() // over HTTP, a result without rows has no columns either
	}
	err = driverRows(rows, q, clickhouseValue, row)
	return errors.Join(err, rows.Close())
}

// kill ends a statement over a connection of its own. A statement that is not
// there may be on its way, so it is looked for again. When all fails the server's
// own time limit ends it.
func (c clickhouseSource) kill(id string) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	for _, wait := range []time.Duration{0, 20 * time.Millisecond, 100 * time.Millisecond} {
		time.Sleep(wait)
		found, err := c.killed(ctx, id)
		if found || err != nil {
			return
		}
	}
}

// killed reports whether the statement was there to be ended.
func (c clickhouseSource) killed(ctx context.Context, id string) (found bool, err error) {
	rows, err := c.side.QueryContext(ctx, "KILL QUERY WHERE query_id = '"+id+"' ASYNC")
	if err != nil {
		return false, err
	}
	found = rows.Next()
	return found, rows.Close()
}

// clickhouseValue is a value of the driver as decode takes it.
func clickhouseValue(v driver.Value) driver.Value {
	switch v := v.(type) {
	case big.Int:
		return v.String()
	case *big.Int:
		return v.String()
	case fmt.Stringer:
		if _, moment := v.(time.Time); !moment {
			return v.String()
		}
	}
	return wideNumber(v)
}

// clickhouseCodes gives error codes of ClickHouse theirs.
var clickhouseCodes = map[int32]Code{
	164: ErrRefused, 497: ErrRefused, 291: ErrRefused, 482: ErrRefused,
	159: ErrTimeout, 160: ErrTimeout,
	394: ErrCancelled, 734: ErrCancelled,
	158: ErrTooLarge, 241: ErrTooLarge, 307: ErrTooLarge, 396: ErrTooLarge, 191: ErrTooLarge,
	202: ErrBusy,
	40:  ErrCorrupt, 246: ErrCorrupt, 271: ErrCorrupt,
	473: ErrLocked,
	// 32 says that a connection ended amid an answer: another replica may have it.
	279: ErrPart, 519: ErrPart, 32: ErrUnavailable, 516: ErrUnavailable, 81: ErrUnavailable, 192: ErrUnavailable, 193: ErrUnavailable,
	194: ErrUnavailable, 209: ErrUnavailable, 210: ErrUnavailable, 3: ErrUnavailable, 236: ErrUnavailable, 242: ErrUnavailable,
}

func clickhouseCode(err error) Code {
	var e *clickhouse.Exception
	if !errors.As(err, &e) {
		return ErrUnavailable
	}
	if code, ok := clickhouseCodes[e.Code]; ok {
		return code
	}
	return ErrStatement
}

// clickhouseSchema lists the tables and views of the URL's database. ClickHouse
// has keys that sort and none that are unique.
func clickhouseSchema(ctx context.Context, c serverCatalogue) (*Schema, error) {
	var found catalogueRows
	err := c.all(ctx, []question{
		{&found.tables, "SELECT name, if(engine LIKE '%View', 'view', 'table'), comment, '0', concat('`', replaceAll(name, '`', '\\\\`'), '`') " +
			"FROM system.tables WHERE database = currentDatabase() AND NOT startsWith(name, '.inner') ORDER BY name"},
		{&found.columns, "SELECT table, name, type, if(startsWith(type, 'Nullable') OR startsWith(type, 'LowCardinality(Nullable'), 'YES', 'NO'), comment " +
			"FROM system.columns WHERE database = currentDatabase() ORDER BY table, position"},
	})
	if err != nil {
		return nil, err
	}
	s := found.schema(clickhouseType)
	return s, c.countRows(ctx, s, found.tables)
}

// clickhouseType reads a type as ClickHouse writes it.
func clickhouseType(declared string) semantic.ColumnType {
	inner := declared
	for _, wrap := range []string{"LowCardinality(", "Nullable("} {
		if s, ok := strings.CutPrefix(inner, wrap); ok {
			inner = strings.TrimSuffix(s, ")")
		}
	}
	name, rest, _ := strings.Cut(inner, "(")
	switch name {
	case "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64":
		return semantic.ColumnType{Kind: semantic.Int}
	case "Float32", "Float64":
		return semantic.ColumnType{Kind: semantic.Float}
	case "String", "FixedString", "Enum8", "Enum16", "UUID":
		return semantic.ColumnType{Kind: semantic.Text}
	case "Bool":
		return semantic.ColumnType{Kind: semantic.Bool}
	case "Date", "Date32":
		return semantic.ColumnType{Kind: semantic.Date}
	case "DateTime":
		return semantic.ColumnType{Kind: semantic.Timestamp, Zone: "UTC"}
	case "DateTime64":
		return semantic.ColumnType{Kind: semantic.Timestamp, Zone: "UTC"}
	case "Decimal":
		return declaredType("DECIMAL(" + rest)
	}
	return semantic.ColumnType{}
}
