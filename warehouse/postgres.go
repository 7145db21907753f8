package warehouse

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"

	"wenshu/semantic"
)

// openPostgres opens a PostgreSQL server. Each session is set to read-only
// transactions, the UTC clock and limits of time; a context that ends sends a
// cancel request over a connection of its own.
func openPostgres(name, raw string, options Options) (Source, error) {
	u, err := serverURL(name, raw, "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "search_path", "target_session_attrs")
	if err != nil {
		return nil, err
	}
	u.Scheme = "postgres"
	config, err := pgx.ParseConfig(u.String())
	if err != nil {
		return nil, fail(ErrUnavailable, name, err)
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 10 * time.Second
	}
	config.BuildContextWatcherHandler = func(c *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: c, DeadlineDelay: serverGrace}
	}
	path := config.RuntimeParams["search_path"]
	delete(config.RuntimeParams, "search_path")
	session := postgresSession(options, path)
	s := &server{name: name, dialect: "postgres", opts: options, run: runPostgres, code: postgresCode, schema: postgresSchema}
	return s.start(stdlib.GetConnector(*config, stdlib.OptionAfterConnect(func(ctx context.Context, c *pgx.Conn) error {
		return c.PgConn().Exec(ctx, session).Close()
	})))
}

// postgresSession is what each new session is set to. It is sent as statements
// and not as start-up parameters, which poolers refuse.
func postgresSession(o Options, path string) string {
	ms := func(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }
	settings := []string{
		"SET default_transaction_read_only = on",
		"SET statement_timeout = " + ms(o.Timeout+serverGrace),
		"SET lock_timeout = " + ms(o.LockWait),
		"SET idle_in_transaction_session_timeout = " + ms(o.Timeout+serverGrace),
		"SET TimeZone = 'UTC'",
		"SET DateStyle = 'ISO'",
		"SET standard_conforming_strings = on",
		"SET application_name = 'wenshu'",
		// A cancel request that reaches the server just before its statement is
		// forgotten there; the closed connection is noticed all the same, from
		// release 14 on.
		"SELECT set_config(name, '500', false) FROM pg_settings WHERE name = 'client_connection_check_interval'",
	}
	if path != "" {
		var names []string
		for _, n := range strings.Split(path, ",") {
			names = append(names, pgx.Identifier{strings.TrimSpace(n)}.Sanitize())
		}
		settings = append(settings, "SET search_path = "+strings.Join(names, ", "))
	}
	return strings.Join(settings, "; ")
}

// runPostgres runs a statement in an implicit transaction. The tag of the
// context becomes the session's application name.
func runPostgres(ctx context.Context, dc any, q query, row func([]driver.Value) error) error {
	std, ok := dc.(*stdlib.Conn)
	if !ok {
		return fmt.Errorf("connection is a %T", dc)
	}
	conn := std.Conn()
	if tag := tagOf(ctx); tag != "" {
		if err := conn.PgConn().Exec(ctx, "SET application_name = 'wenshu "+tag+"'").Close(); err != nil {
			return err
		}
	}
	rows, err := conn.Query(ctx, q.sql, append([]any{pgx.QueryExecModeDescribeExec}, q.args...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if got := len(rows.FieldDescriptions()); got != q.columns {
		rows.Close()
		if rows.Err() != nil {
			return rows.Err()
		}
		return fmt.Errorf("%w: %d instead of %d", errColumns, got, q.columns)
	}
	values := make([]driver.Value, q.columns)
	for rows.Next() {
		raw, err := rows.Values()
		if err != nil {
			return err
		}
		for i, v := range raw {
			if values[i], err = postgresValue(v); err != nil {
				return err
			}
		}
		if err := row(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// postgresValue is a value of the driver as decode takes it. Values of types
// that are not known here stay as they are and fit no column.
func postgresValue(v any) (driver.Value, error) {
	switch v := v.(type) {
	case int16:
		return int64(v), nil
	case int32:
		return int64(v), nil
	case float32:
		return float64(v), nil
	case pgtype.Numeric:
		return v.Value()
	case [16]byte:
		return pgtype.UUID{Bytes: v, Valid: true}.Value()
	}
	return v, nil
}

// postgresCodes gives states of SQL (PostgreSQL, Appendix A) their codes, by
// state or by the two letters of its class.
var postgresCodes = map[string]Code{
	"42501": ErrRefused, "25006": ErrRefused, "55P03": ErrLocked, "40P01": ErrLocked, "XX001": ErrCorrupt, "XX002": ErrCorrupt,
	"08": ErrUnavailable, "28": ErrUnavailable, "3D": ErrUnavailable, "53": ErrUnavailable, "57": ErrUnavailable, "58": ErrUnavailable,
}

func postgresCode(err error) Code {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return ErrUnavailable
	}
	if pg.Code == "57014" {
		if strings.Contains(pg.Message, "timeout") {
			return ErrTimeout
		}
		return ErrCancelled
	}
	for _, state := range []string{pg.Code, pg.Code[:min(2, len(pg.Code))]} {
		if code, ok := postgresCodes[state]; ok {
			return code
		}
	}
	return ErrStatement
}

// postgresName names a relation c of a namespace n as a model writes it: bare
// when the search path finds it.
const postgresName = `CASE WHEN pg_table_is_visible(c.oid) THEN c.relname ELSE n.nspname || '.' || c.relname END`

// postgresUser keeps what is not the system's and may be read.
const postgresUser = ` n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' AND has_table_privilege(c.oid, 'SELECT') `

// postgresSchema lists tables, partitioned ones as a whole, foreign tables and
// views. Rows are counted, in tables of a million and more estimated.
func postgresSchema(ctx context.Context, c serverCatalogue) (*Schema, error) {
	var found catalogueRows
	err := c.all(ctx, []question{
		{&found.tables, `SELECT ` + postgresName + `, CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END,
			obj_description(c.oid, 'pg_class'), c.reltuples::bigint::text, quote_ident(n.nspname) || '.' || quote_ident(c.relname)
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND NOT c.relispartition AND` + postgresUser + `ORDER BY 1`},
		{&found.columns, `SELECT ` + postgresName + `, a.attname, format_type(a.atttypid, a.atttypmod),
			CASE WHEN a.attnotnull THEN 'NO' ELSE 'YES' END, col_description(c.oid, a.attnum)
			FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE a.attnum > 0 AND NOT a.attisdropped AND` + postgresUser + `ORDER BY 1, a.attnum`},
		{&found.keys, `SELECT ` + postgresName + `, i.indexrelid::text, CASE WHEN i.indisprimary THEN 'PRIMARY KEY' ELSE 'UNIQUE' END, a.attname
			FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k(attnum, place)
			JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
			WHERE i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL AND k.place <= i.indnkeyatts AND` + postgresUser + `ORDER BY 1, i.indexrelid, k.place`},
		{&found.foreign, `SELECT ` + postgresName + `, f.conname, a.attname,
			(SELECT CASE WHEN pg_table_is_visible(o.oid) THEN o.relname ELSE m.nspname || '.' || o.relname END
			 FROM pg_class o JOIN pg_namespace m ON m.oid = o.relnamespace WHERE o.oid = f.confrelid), b.attname
			FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			CROSS JOIN LATERAL unnest(f.conkey, f.confkey) WITH ORDINALITY k(mine, other, place)
			JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.mine
			JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = k.other
			WHERE f.contype = 'f' AND` + postgresUser + `ORDER BY 1, f.conname, k.place`},
	})
	if err != nil {
		return nil, err
	}
	s := found.schema(postgresType)
	return s, c.countRows(ctx, s, found.tables)
}

// postgresType reads a type as PostgreSQL writes it.
func postgresType(declared string) semantic.ColumnType {
	switch {
	case declared == "timestamp with time zone":
		return semantic.ColumnType{Kind: semantic.Timestamp, Zone: "UTC"}
	case strings.HasPrefix(declared, "timestamp"):
		return semantic.ColumnType{Kind: semantic.Timestamp}
	case strings.HasPrefix(declared, "character"), declared == "uuid", declared == "citext":
		return semantic.ColumnType{Kind: semantic.Text}
	}
	return declaredType(declared)
}
