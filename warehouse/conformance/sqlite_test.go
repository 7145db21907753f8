package conformance

import (
	"database/sql"
	"testing"
)

// writeDatabase makes a SQLite file from a script.
func writeDatabase(t testing.TB, path, script string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(script); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
