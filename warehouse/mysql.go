package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"

	"wenshu/semantic"
)

// mysqlConnector opens sessions that read only, on the clock of UTC and with a
// time limit of the server's own.
type mysqlConnector struct {
	driver.Connector
	opts Options
	side *sql.DB // for KILL
}

// openMySQL opens a server that speaks the protocol of MySQL.
func openMySQL(name, raw string, options Options) (Source, error) {
	u, err := serverURL(name, raw, "tls")
	if err != nil {
		return nil, err
	}
	config, err := mysqlConfig(u)
	if err != nil {
		return nil, fail(ErrUnavailable, name, err)
	}
	plain, err := mysql.NewConnector(config)
	if err != nil {
		return nil, fail(ErrUnavailable, name, err)
	}
	side := sql.OpenDB(plain)
	side.SetMaxOpenConns(2)
	side.SetConnMaxIdleTime(time.Minute)
	s := &server{name: name, dialect: "mysql", opts: options, run: runMySQL, code: mysqlCode, schema: mysqlSchema}
	source, err := s.start(mysqlConnector{plain, options, side})
	if err != nil {
		return nil, errors.Join(err, side.Close())
	}
	pool := s.closed
	s.closed = func() error { return errors.Join(pool(), side.Close()) }
	return source, nil
}

// mysqlConfig is the driver's configuration for a URL. Values are bound by the
// server and never written into a statement.
func mysqlConfig(u *url.URL) (*mysql.Config, error) {
	c := mysql.NewConfig()
	c.Net, c.Addr = "tcp", u.Host
	if u.Port() == "" {
		c.Addr = net.JoinHostPort(u.Hostname(), "3306")
	}
	c.User = u.User.Username()
	c.Passwd, _ = u.User.Password()
	c.DBName = strings.TrimPrefix(u.Path, "/")
	c.Collation = "utf8mb4_bin"
	c.Timeout = 10 * time.Second
	c.Logger = &mysql.NopLogger{}
	switch mode := u.Query().Get("tls"); mode {
	case "", "false", "true", "preferred", "skip-verify":
		c.TLSConfig = mode
	default:
		return nil, fmt.Errorf("tls is true, false, preferred or skip-verify, not %q", mode)
	}
	return c, nil
}

// mysqlModes are those of a session: a statement that MySQL would run with a
// guess fails, and a backslash stands for itself.
const mysqlModes = "STRICT_ALL_TABLES,NO_ZERO_DATE,NO_BACKSLASH_ESCAPES,NO_ENGINE_SUBSTITUTION,NO_UNSIGNED_SUBTRACTION"

// Connect opens a session and sets it up.
func (c mysqlConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	m := &mysqlConn{Conn: conn, side: c.side}
	if err := m.setUp(ctx, c.opts); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return m, nil
}

// mysqlConn is a session with the number under which the server knows it.
type mysqlConn struct {
	driver.Conn
	id   int64
	side *sql.DB
	dead bool // was killed: no statement may be sent over it again
}

func (c *mysqlConn) setUp(ctx context.Context, o Options) error {
	var version string
	about := query{sql: "SELECT CONNECTION_ID(), VERSION()", columns: 2}
	err := c.rows(ctx, about, func(v []driver.Value) error {
		id, err := decode(semantic.ColumnType{Kind: semantic.Int}, v[0])
		c.id, version = id.Int(), fmt.Sprintf("%s", v[1])
		return err
	})
	if err != nil {
		return err
	}
	longest := o.Timeout + serverGrace
	limit := "SET max_execution_time = " + strconv.FormatInt(longest.Milliseconds(), 10)
	if strings.Contains(version, "MariaDB") {
		limit = fmt.Sprintf("SET max_statement_time = %.3f", longest.Seconds())
	}
	wait := max(1, int(o.LockWait.Seconds()))
	exec, ok := c.Conn.(driver.ExecerContext)
	if !ok {
		return errors.New("the driver cannot run a statement")
	}
	for _, s := range []string{
		"SET SESSION TRANSACTION READ ONLY",
		"SET time_zone = '+00:00'",
		"SET sql_mode = '" + mysqlModes + "'",
		fmt.Sprintf("SET lock_wait_timeout = %d, innodb_lock_wait_timeout = %d", wait, wait),
		limit,
	} {
		if _, err := exec.ExecContext(ctx, s, nil); err != nil {
			return err
		}
	}
	return nil
}

// ResetSession and IsValid let the pool look at the connection below.
func (c *mysqlConn) ResetSession(ctx context.Context) error {
	if r, ok := c.Conn.(driver.SessionResetter); ok {
		return r.ResetSession(ctx)
	}
	return nil
}

// IsValid reports a connection that can be used again.
func (c *mysqlConn) IsValid() bool {
	v, ok := c.Conn.(driver.Validator)
	return !c.dead && (!ok || v.IsValid())
}

// kill ends the session and what it runs, over a connection of its own: the
// driver only hangs up, and the server would go on until it writes. It is the
// session that is ended and not its query, since the server forgets the wish to
// end a query when it comes between preparing the statement and running it.
func (c *mysqlConn) kill() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c.dead = true
	// When this fails the server's own time limit ends the statement.
	_, _ = c.side.ExecContext(ctx, "KILL "+strconv.FormatInt(c.id, 10))
}

// rows prepares and runs a statement.
func (c *mysqlConn) rows(ctx context.Context, q query, row func([]driver.Value) error) error {
	prepare, ok := c.Conn.(driver.ConnPrepareContext)
	if !ok {
		return errors.New("the driver cannot prepare a statement")
	}
	stmt, err := prepare.PrepareContext(ctx, q.sql)
	if err != nil {
		return err
	}
	defer stmt.Close()
	rows, err := stmt.(driver.StmtQueryContext).QueryContext(ctx, named(q.args))
	if err != nil {
		return err
	}
	err = driverRows(rows, q, wideNumber, row)
	if err == nil {
		return rows.Close()
	}
	return err // closing would read what is left
}

// runMySQL runs a statement and kills it in the server when the context ends.
// The tag stands before it in a comment, where the list of processes shows it.
// The driver may give up a moment before the context has ended: whatever fails
// and is no word of the server is killed as well.
func runMySQL(ctx context.Context, dc any, q query, row func([]driver.Value) error) (err error) {
	c, ok := dc.(*mysqlConn)
	if !ok {
		return fmt.Errorf("connection is a %T", dc)
	}
	killed := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(killed)
		c.kill()
	})
	defer func() {
		var ended *mysql.MySQLError
		switch {
		case !stop():
			<-killed
		case err != nil && !errors.As(err, &ended):
			c.kill()
		}
	}()
	if tag := tagOf(ctx); tag != "" {
		q.sql = "/* wenshu " + tag + " */ " + q.sql
	}
	return c.rows(ctx, q, row)
}

// mysqlCodes gives error numbers of MySQL and MariaDB their codes.
var mysqlCodes = map[uint16]Code{
	1040: ErrUnavailable, 1042: ErrUnavailable, 1044: ErrUnavailable, 1045: ErrUnavailable, 1046: ErrUnavailable, 1049: ErrUnavailable,
	1053: ErrUnavailable, 1129: ErrUnavailable, 1130: ErrUnavailable, 1158: ErrUnavailable, 1159: ErrUnavailable, 1160: ErrUnavailable,
	1161: ErrUnavailable, 1203: ErrUnavailable, 1226: ErrUnavailable, 1429: ErrUnavailable, 1927: ErrUnavailable, 12701: ErrUnavailable,
	1034: ErrCorrupt, 1194: ErrCorrupt, 1712: ErrCorrupt,
	1205: ErrLocked, 1213: ErrLocked, 1614: ErrLocked,
	1142: ErrRefused, 1143: ErrRefused, 1227: ErrRefused, 1290: ErrRefused, 1370: ErrRefused, 1792: ErrRefused,
	1317: ErrCancelled, 1969: ErrTimeout, 3024: ErrTimeout,
	1104: ErrTooLarge, 1114: ErrTooLarge, 1153: ErrTooLarge,
}

func mysqlCode(err error) Code {
	var e *mysql.MySQLError
	if !errors.As(err, &e) {
		return ErrUnavailable
	}
	if code, ok := mysqlCodes[e.Number]; ok {
		return code
	}
	return ErrStatement
}

// mysqlSchema lists the tables and views of the URL's database.
func mysqlSchema(ctx context.Context, c serverCatalogue) (*Schema, error) {
	var found catalogueRows
	err := c.all(ctx, []question{
		{&found.tables, "SELECT table_name, IF(table_type LIKE '%VIEW', 'view', 'table'), IF(table_type LIKE '%VIEW', '', table_comment), " +
			"COALESCE(table_rows, 0), CONCAT('`', REPLACE(table_name, '`', '``'), '`') FROM information_schema.tables WHERE table_schema = DATABASE()"},
		{&found.columns, "SELECT table_name, column_name, column_type, is_nullable, column_comment " +
			"FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position"},
		{&found.keys, "SELECT s.table_name, s.index_name, IF(s.index_name = 'PRIMARY', 'PRIMARY KEY', 'UNIQUE'), s.column_name " +
			"FROM information_schema.statistics AS s WHERE s.table_schema = DATABASE() AND s.non_unique = 0 AND NOT EXISTS (" +
			"SELECT 1 FROM information_schema.statistics AS p WHERE p.table_schema = s.table_schema AND p.table_name = s.table_name AND " +
			"p.index_name = s.index_name AND (p.sub_part IS NOT NULL OR p.column_name IS NULL)) ORDER BY s.table_name, s.index_name, s.seq_in_index"},
		{&found.foreign, "SELECT table_name, constraint_name, column_name, referenced_table_name, referenced_column_name " +
			"FROM information_schema.key_column_usage WHERE table_schema = DATABASE() AND referenced_table_schema = DATABASE() " +
			"ORDER BY table_name, constraint_name, ordinal_position"},
	})
	if err != nil {
		return nil, err
	}
	s := found.schema(mysqlType)
	return s, c.countRows(ctx, s, found.tables)
}

// mysqlType reads a type as the catalogue writes it: decimal(19,2), int(11)
// unsigned, enum('a','b').
func mysqlType(declared string) semantic.ColumnType {
	lower := strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(declared), " zerofill"), " unsigned")
	name, _, _ := strings.Cut(lower, "(")
	switch name {
	case "tinyint":
		if lower == "tinyint(1)" {
			return semantic.ColumnType{Kind: semantic.Bool}
		}
	case "mediumint":
		return semantic.ColumnType{Kind: semantic.Int}
	case "tinytext", "mediumtext", "longtext", "enum", "set", "uuid":
		return semantic.ColumnType{Kind: semantic.Text}
	case "timestamp":
		return semantic.ColumnType{Kind: semantic.Timestamp, Zone: "UTC"}
	}
	return declaredType(lower)
}
