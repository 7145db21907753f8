package warehouse

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"wenshu/semantic"
	"wenshu/warehouse/load"
)

var mysqlEngine = serverEngine{
	name: "mysql", url: mysqlDatabase, driver: "mysql", dsn: mysqlDSN,
	load:    load.MySQL,
	sleep:   "SELECT SLEEP(30)",
	running: "SELECT count(*) FROM information_schema.processlist WHERE info LIKE '/* wenshu TAG */ SELECT SLEEP%'",
	writes: []string{
		"CREATE TABLE wenshu_written (id INT)", "CREATE DATABASE wenshu_written", "TRUNCATE TABLE wenshu_written", "DROP TABLE IF EXISTS wenshu_written",
		"CREATE USER wenshu_written", "GRANT ALL ON *.* TO wenshu_written",
	},
	code: ErrRefused,
	bad:  []string{"allowAllFiles=true", "multiStatements=true", "interpolateParams=true", "sql_mode=''", "transaction_read_only=0", "charset=gbk"},
	kill: func(t *testing.T, db *sql.DB) {
		db.SetMaxOpenConns(1)
		var list sql.NullString
		err := db.QueryRow("SELECT GROUP_CONCAT(id) FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND db = DATABASE()").Scan(&list)
		if err != nil {
			t.Fatal(err)
		}
		for id := range strings.SplitSeq(list.String, ",") {
			if _, err := db.Exec("KILL " + id); id != "" && err != nil && !strings.Contains(err.Error(), "1094") {
				t.Fatal(err)
			}
		}
	},
}

// TestMySQLSession looks at what a session was set to.
func TestMySQLSession(t *testing.T) {
	s := mysqlEngine.open(t, mysqlEngine.url(t), Options{})
	q := query{sql: "SELECT @@tx_read_only, @@max_statement_time, @@lock_wait_timeout, @@time_zone, @@sql_mode LIKE '%NO_BACKSLASH_ESCAPES%'", columns: 5}
	err := s.query(t.Context(), q, func(v []driver.Value) error {
		if got := fmt.Sprintf("%v %v %v %s %v", v[0], v[1], v[2], v[3], v[4]); got != "1 32 2 +00:00 1" {
			t.Errorf("the session is %s", got)
		}
		return nil
	})
	if err != nil {
		t.Fatalf("%v: %v", err, errors.Unwrap(err))
	}
}

// TestMySQLKillIsRemembered ends a session that runs nothing yet, as a caller
// does who stops between preparing a statement and running it.
func TestMySQLKillIsRemembered(t *testing.T) {
	s := mysqlEngine.open(t, mysqlEngine.url(t), Options{}).(*server)
	pool, err := s.current()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	err = conn.Raw(func(dc any) error {
		c := dc.(*mysqlConn)
		c.kill()
		if c.IsValid() {
			t.Error("a killed session goes back to the pool")
		}
		return c.rows(t.Context(), query{sql: mysqlEngine.sleep, columns: 1}, nothing)
	})
	if err == nil {
		t.Error("a statement ran in a killed session")
	}
}

func TestMySQLCodes(t *testing.T) {
	for number, want := range map[uint16]Code{
		1045: ErrUnavailable, 1049: ErrUnavailable, 1142: ErrRefused, 1792: ErrRefused, 1205: ErrLocked, 1969: ErrTimeout, 3024: ErrTimeout,
		1317: ErrCancelled, 1054: ErrStatement, 1146: ErrStatement, 1690: ErrStatement, 1429: ErrUnavailable, 1034: ErrCorrupt,
	} {
		if got := mysqlCode(&mysql.MySQLError{Number: number}); got != want {
			t.Errorf("%d is %s, want %s", number, got, want)
		}
	}
	if got := mysqlCode(mysql.ErrInvalidConn); got != ErrUnavailable {
		t.Errorf("a lost connection is %s", got)
	}
}

func TestMySQLTypes(t *testing.T) {
	for declared, want := range map[string]semantic.ColumnType{
		"bigint(20)": {Kind: semantic.Int}, "int unsigned": {Kind: semantic.Int}, "int(10) unsigned zerofill": {Kind: semantic.Int},
		"mediumint(9)": {Kind: semantic.Int}, "tinyint(1)": {Kind: semantic.Bool}, "tinyint(4)": {Kind: semantic.Int},
		"decimal(19,2)": {Kind: semantic.Decimal, Scale: 2}, "decimal(10,0) unsigned": {Kind: semantic.Decimal}, "double": {Kind: semantic.Float},
		"float": {Kind: semantic.Float}, "varchar(255)": {Kind: semantic.Text}, "enum('a','b')": {Kind: semantic.Text}, "longtext": {Kind: semantic.Text},
		"date": {Kind: semantic.Date}, "datetime(6)": {Kind: semantic.Timestamp}, "timestamp": {Kind: semantic.Timestamp, Zone: "UTC"},
		"geometry": {}, "year(4)": {}, "longblob": {},
	} {
		if got := mysqlType(declared); got != want {
			t.Errorf("%s is %+v, want %+v", declared, got, want)
		}
	}
}

func mysqlDSN(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	password, _ := u.User.Password()
	return u.User.Username() + ":" + password + "@tcp(" + u.Host + ")" + u.Path
}

// mysqlDatabase is a database of this room's own, whose sessions it may end.
func mysqlDatabase(t *testing.T) string {
	t.Helper()
	server := fromEnv("WENSHU_TEST_MYSQL")(t)
	db, err := sql.Open("mysql", mysqlDSN(server))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("CREATE DATABASE IF NOT EXISTS wenshu_server"); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/wenshu_server"
	return u.String()
}
