package warehouse

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"wenshu/warehouse/load"
)

var postgresEngine = serverEngine{
	name: "postgres", url: fromEnv("WENSHU_TEST_POSTGRES"), driver: "pgx",
	dsn:   func(url string) string { return url },
	load:  load.Postgres,
	sleep: "SELECT pg_sleep(30)",
	running: "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'wenshu TAG' AND state = 'active' AND " +
		"query LIKE '%pg_sleep%'",
	writes: []string{
		"CREATE TABLE wenshu_written (id INT)", "DELETE FROM pg_class", "DROP TABLE IF EXISTS wenshu_written",
		"WITH d AS (DELETE FROM pg_class RETURNING oid) SELECT oid FROM d",
	},
	code: ErrRefused,
	bad:  []string{"options=-c%20default_transaction_read_only=off", "service=x", "passfile=/x", "default_transaction_read_only=off", "default_query_exec_mode=simple_protocol"},
	kill: func(t *testing.T, db *sql.DB) {
		_, err := db.Exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'wenshu%' AND datname = current_database() AND pid <> pg_backend_pid()")
		if err != nil {
			t.Fatal(err)
		}
	},
}

func TestPostgresSession(t *testing.T) {
	onServers(t, func(t *testing.T, e serverEngine, url string) {
		if e.name != "postgres" {
			t.Skip("another engine")
		}
		s := e.open(t, url, Options{})
		for setting, want := range map[string]string{
			"default_transaction_read_only": "on", "statement_timeout": "32s", "lock_timeout": "2s", "TimeZone": "UTC", "standard_conforming_strings": "on",
		} {
			err := s.query(t.Context(), query{sql: "SHOW " + setting, columns: 1}, func(v []driver.Value) error {
				if v[0] != want {
					t.Errorf("%s is %v, want %s", setting, v[0], want)
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		}
	})
}

func TestPostgresCodes(t *testing.T) {
	for state, want := range map[string]Code{
		"42501": ErrRefused, "25006": ErrRefused, "55P03": ErrLocked, "XX001": ErrCorrupt, "08006": ErrUnavailable, "28P01": ErrUnavailable,
		"3D000": ErrUnavailable, "53300": ErrUnavailable, "57P01": ErrUnavailable, "57014": ErrCancelled, "42703": ErrStatement, "22003": ErrStatement, "": ErrStatement,
	} {
		if got := postgresCode(&pgconn.PgError{Code: state}); got != want {
			t.Errorf("%s is %s, want %s", state, got, want)
		}
	}
	if got := postgresCode(&pgconn.PgError{Code: "57014", Message: "canceling statement due to statement timeout"}); got != ErrTimeout {
		t.Errorf("a timeout of the server is %s", got)
	}
	if got := postgresCode(errors.New("x")); got != ErrUnavailable {
		t.Errorf("an error of the network is %s", got)
	}
}
