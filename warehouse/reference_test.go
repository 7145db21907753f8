package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
)

// TestReference lets a reference statement call what programs may not, and
// nothing more.
func TestReference(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.sqlite")
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE t (a INTEGER, d DATE); INSERT INTO t VALUES (1, '2024-01-02'), (2, 'never')"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	source, err := Open("main", path, Options{MaxRows: 3})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	ctx := context.Background()
	for text, want := range map[string]string{
		"SELECT group_concat(d, '+'), printf('%03d', sum(a)) FROM t":                                       "2024-01-02+never 003",
		"SELECT d FROM t WHERE a = 2":                                                                      "never",
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT max(i) FROM n": "5",
		"SELECT a, lag(a) OVER (ORDER BY a) FROM t ORDER BY a LIMIT 1":                                     "1 ",
	} {
		rows, err := Reference(ctx, source, text)
		got := ""
		if err == nil {
			for i, v := range rows[0] {
				if i > 0 {
					got += " "
				}
				got += v.String()
			}
		}
		if got != want {
			t.Errorf("%s\n got %q, %v\nwant %q", text, got, err, want)
		}
	}
	for text, want := range map[string]Code{
		"DELETE FROM t":                 ErrRefused,
		"INSERT INTO t VALUES (3, '')":  ErrRefused,
		"ATTACH ':memory:' AS x":        ErrRefused,
		"PRAGMA query_only = OFF":       ErrRefused,
		"SELECT sql FROM sqlite_schema": ErrRefused,
		"SELECT load_extension('x')":    ErrStatement,
		"SELECT x.a FROM t x, t y, t z": ErrTooLarge,
		"SELECT nothing FROM t":         ErrStatement,
	} {
		if _, err := Reference(ctx, source, text); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	if rows, err := Reference(ctx, source, "SELECT count(*) FROM t"); err != nil || rows[0][0].Int() != 2 {
		t.Errorf("afterwards: %v, %v", rows, err)
	}
}
