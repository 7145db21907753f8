package warehouse

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-sqlite3"

	"wenshu/sqlgen/dialect"
)

// A fence is what a statement may touch in a SQLite file.
type fence struct {
	tables        []string // nil means every table and view that is not SQLite's own
	everyFunction bool     // not only those of the dialect
}

// sqliteFunctions are the SQL functions that a statement may call: those of the
// dialect, and like, which is how SQLite runs the operator.
var sqliteFunctions = func() map[string]bool {
	set := map[string]bool{"like": true}
	for name := range dialect.SQLite().Syntax().Functions {
		set[name] = true
	}
	return set
}()

// sqliteLimits bound what one statement may make SQLite hold.
var sqliteLimits = []struct{ id, value int }{
	{sqlite3.SQLITE_LIMIT_LENGTH, 16 << 20},
	{sqlite3.SQLITE_LIMIT_SQL_LENGTH, 1 << 20},
	{sqlite3.SQLITE_LIMIT_ATTACHED, 0},
}

// sqlitePragmas run once on each new connection, before the authorizer.
var sqlitePragmas = []string{
	"PRAGMA trusted_schema = OFF", // views of the file cannot call what they should not
	"PRAGMA cell_size_check = ON", // damage shows as an error
	"PRAGMA cache_size = -16384",  // 16 MiB a connection
	"PRAGMA mmap_size = 0",        // a file cut short is an error and not a signal
	"PRAGMA temp_store = DEFAULT", // big sorts go to a file
	"PRAGMA automatic_index = ON", // joins without an index stay linear
	"PRAGMA query_only = ON",      // the second fence of the file mode
	"SELECT 1 FROM sqlite_schema", // reads the header: not a database shows here
}

// install makes a connection ready: limits, functions and the authorizer.
func (f fence) install(lite *sqlite3.SQLiteConn) (*sqliteConn, error) {
	for _, l := range sqliteLimits {
		lite.SetLimit(l.id, l.value)
	}
	for _, p := range sqlitePragmas {
		if _, err := firstColumn(lite, p); err != nil {
			return nil, err
		}
	}
	if err := registerMoments(lite); err != nil {
		return nil, err
	}
	if err := registerPercentile(lite); err != nil {
		return nil, err
	}
	known, err := firstColumn(lite, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
	if err != nil {
		return nil, err
	}
	readable, err := f.readable(lite, known)
	if err != nil {
		return nil, err
	}
	lite.RegisterAuthorizer(authorizer{readable: readable, known: foldedSet(known), everyFunction: f.everyFunction}.allows)
	return &sqliteConn{lite}, nil
}

// readable is the set of tables that the authorizer lets a statement read: the
// listed ones, and the tables that a listed view reads.
func (f fence) readable(lite *sqlite3.SQLiteConn, known []string) (map[string]bool, error) {
	if f.tables == nil {
		return foldedSet(known), nil
	}
	set := foldedSet(f.tables)
	views, err := firstColumn(lite, "SELECT name FROM sqlite_schema WHERE type = 'view'")
	if err != nil {
		return nil, err
	}
	for _, view := range views {
		if !set[strings.ToLower(view)] {
			continue
		}
		lite.RegisterAuthorizer(func(op int, table, _, _ string) int {
			if op == sqlite3.SQLITE_READ {
				set[strings.ToLower(table)] = true
			}
			return sqlite3.SQLITE_OK
		})
		stmt, err := lite.Prepare(`SELECT * FROM "` + strings.ReplaceAll(view, `"`, `""`) + `"`)
		if err != nil {
			continue // a broken view fails when it is asked
		}
		if err := stmt.Close(); err != nil {
			return nil, err
		}
	}
	lite.RegisterAuthorizer(nil)
	return set, nil
}

// An authorizer answers SQLite's question, while it compiles a statement,
// whether a step of it is allowed. Names are compared as SQLite does, without
// regard to the case of ASCII letters.
type authorizer struct {
	readable map[string]bool
	known    map[string]bool // tables and views of the file

	everyFunction bool
}

// sqliteRecursive is SQLite's SQLITE_RECURSIVE, which the driver does not name.
const sqliteRecursive = 33

func (a authorizer) allows(op int, arg1, arg2, _ string) int {
	switch op {
	case sqlite3.SQLITE_SELECT:
		return sqlite3.SQLITE_OK
	case sqlite3.SQLITE_READ:
		return verdict(a.mayRead(strings.ToLower(arg1), arg2))
	case sqlite3.SQLITE_FUNCTION:
		name := strings.ToLower(arg2)
		return verdict(sqliteFunctions[name] || a.everyFunction && !outsideFunctions[name])
	case sqliteRecursive:
		return verdict(a.everyFunction)
	}
	return sqlite3.SQLITE_DENY
}

// mayRead allows the readable tables, and names that are no table at all when
// no column is read: so SQLite reports a common table expression of which only
// the rows are counted.
func (a authorizer) mayRead(table, column string) bool {
	if strings.HasPrefix(table, "sqlite_") {
		return false
	}
	return a.readable[table] || column == "" && !a.known[table]
}

func verdict(ok bool) int {
	if ok {
		return sqlite3.SQLITE_OK
	}
	return sqlite3.SQLITE_DENY
}

func setOf(names ...string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, n := range names {
		set[n] = true
	}
	return set
}

func foldedSet(names []string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, n := range names {
		set[strings.ToLower(n)] = true
	}
	return set
}

// firstColumn runs SQL of this package and returns its first column as text.
func firstColumn(lite *sqlite3.SQLiteConn, text string) ([]string, error) {
	rows, err := lite.Query(text, nil)
	if err != nil {
		return nil, err
	}
	var all []string
	values := make([]driver.Value, len(rows.Columns()))
	for {
		err := rows.Next(values)
		if err == io.EOF {
			return all, rows.Close()
		}
		if err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		if len(values) > 0 {
			all = append(all, fmt.Sprint(values[0]))
		}
	}
}
