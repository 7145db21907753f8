package load

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
)

// sqliteChunk is how many rows one INSERT carries. Ten rows save most of the
// cost of a statement; more than that was measured to save nothing.
const sqliteChunk = 10

// sqliteLoader fills one SQLite file. It writes beside the file and renames at
// the end, so that a reader finds the whole database or none.
type sqliteLoader struct {
	path    string
	part    string // the file that is being written
	conn    driver.Conn
	tables  map[string]*sqliteTable
	created []Table
}

// sqliteTable is a table being filled: statements for one row and for a chunk,
// and the arguments of a chunk, kept to be used again.
type sqliteTable struct {
	Table
	one, many driver.StmtExecContext
	args      []driver.NamedValue
	rows      int
}

// SQLite opens a Loader that writes the SQLite database at path, replacing a
// file that is there. The file is the same, byte for byte, for the same calls.
//
// SQLite has neither decimals nor dates. Decimals are declared DECIMAL(p,s)
// and stored as numbers with at most s decimals. Dates are TEXT 2006-01-02 and
// timestamps TEXT 2006-01-02 15:04:05: a column declared DATE would compare as
// a number with every text that looks like one, '2026' for example.
func SQLite(path string) (Loader, error) {
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part")
	if err != nil {
		return nil, fmt.Errorf("load: make room for %s: %w", path, err)
	}
	l := &sqliteLoader{path: path, part: part.Name(), tables: map[string]*sqliteTable{}}
	if err := errors.Join(part.Close(), os.Chmod(l.part, 0o644)); err != nil {
		return nil, fmt.Errorf("load: make room for %s: %w", path, err)
	}
	conn, err := (&sqlite3.SQLiteDriver{}).Open("file:" + (&url.URL{Path: l.part}).EscapedPath() + "?_journal_mode=OFF&_synchronous=OFF&_locking_mode=EXCLUSIVE&_cache_size=-65536")
	if err != nil {
		return nil, fmt.Errorf("load: open %s: %w", path, errors.Join(err, os.Remove(l.part)))
	}
	l.conn = conn
	return l, nil
}

// Create makes the tables and opens the one transaction of the whole load.
func (l *sqliteLoader) Create(ctx context.Context, tables []Table) error {
	for _, t := range tables {
		if err := t.Check(); err != nil {
			return err
		}
		if err := l.exec(sqliteCreate(t)); err != nil {
			return fmt.Errorf("load: create %s: %w", t.Name, err)
		}
		l.tables[t.Name] = &sqliteTable{Table: t}
	}
	l.created = append(l.created, tables...)
	if err := l.exec("BEGIN"); err != nil {
		return fmt.Errorf("load: begin: %w", err)
	}
	return ctx.Err()
}

// Append inserts rows, a chunk at a time.
func (l *sqliteLoader) Append(ctx context.Context, table string, rows [][]any) error {
	t := l.tables[table]
	if t == nil {
		return fmt.Errorf("load: append to %q: no such table was created", table)
	}
	if err := l.prepare(t); err != nil {
		return fmt.Errorf("load: append to %s: %w", table, err)
	}
	for len(rows) > 0 {
		stmt, n := t.many, sqliteChunk
		if len(rows) < n {
			stmt, n = t.one, 1
		}
		if err := t.insert(stmt, rows[:n]); err != nil {
			return fmt.Errorf("load: append to %s: %w", table, err)
		}
		rows = rows[n:]
	}
	return ctx.Err()
}

// insert binds and runs one statement. The driver starts a goroutine for every
// statement whose context can end, so it gets one that cannot; Append looks at
// the caller's between batches.
func (t *sqliteTable) insert(stmt driver.StmtExecContext, rows [][]any) error {
	width := len(t.Columns)
	for i, row := range rows {
		t.rows++
		if err := t.check(row); err != nil {
			return fmt.Errorf("row %d: %w", t.rows, err)
		}
		for j, v := range row {
			t.args[i*width+j].Value = sqliteValue(t.Columns[j].Type, v)
		}
	}
	if _, err := stmt.ExecContext(context.Background(), t.args[:len(rows)*width]); err != nil {
		return fmt.Errorf("row %d or up to %d before it: %w", t.rows, len(rows)-1, err)
	}
	return nil
}

func (l *sqliteLoader) prepare(t *sqliteTable) error {
	if t.one != nil {
		return nil
	}
	for _, p := range []struct {
		stmt *driver.StmtExecContext
		rows int
	}{{&t.one, 1}, {&t.many, sqliteChunk}} {
		prepared, err := l.conn.Prepare(sqliteInsert(t.Table, p.rows))
		if err != nil {
			return err
		}
		stmt, ok := prepared.(driver.StmtExecContext)
		if !ok {
			return errors.New("the driver cannot run a prepared statement")
		}
		*p.stmt = stmt
	}
	t.args = make([]driver.NamedValue, sqliteChunk*len(t.Columns))
	for i := range t.args {
		t.args[i].Ordinal = i + 1
	}
	return nil
}

// Finish commits, makes indexes and statistics, and puts the file in its place.
func (l *sqliteLoader) Finish(ctx context.Context) error {
	if err := l.closeStatements(); err != nil {
		return err
	}
	script := []string{"COMMIT"}
	for _, t := range l.created {
		for _, columns := range t.Indexes {
			name := t.Name + "_by_" + strings.Join(columns, "_")
			script = append(script, "CREATE INDEX "+quote(name)+" ON "+quote(t.Name)+" ("+quoteAll(columns)+")")
		}
	}
	for _, statement := range append(script, "ANALYZE") {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := l.exec(statement); err != nil {
			return fmt.Errorf("load: %s: %w", statement, err)
		}
	}
	conn := l.conn
	l.conn = nil
	if err := conn.Close(); err != nil {
		return fmt.Errorf("load: close %s: %w", l.path, err)
	}
	if err := os.Rename(l.part, l.path); err != nil {
		return fmt.Errorf("load: finish %s: %w", l.path, err)
	}
	return nil
}

// Close removes an unfinished file.
func (l *sqliteLoader) Close() error {
	if l.conn == nil {
		return nil
	}
	conn := l.conn
	l.conn = nil
	return errors.Join(l.closeStatements(), conn.Close(), os.Remove(l.part))
}

func (l *sqliteLoader) closeStatements() error {
	for _, t := range l.tables {
		for _, stmt := range []driver.StmtExecContext{t.one, t.many} {
			if s, ok := stmt.(driver.Stmt); ok {
				if err := s.Close(); err != nil {
					return fmt.Errorf("load: close %s: %w", t.Name, err)
				}
			}
		}
		t.one, t.many = nil, nil
	}
	return nil
}

func (l *sqliteLoader) exec(statement string) error {
	conn, ok := l.conn.(driver.ExecerContext)
	if !ok {
		return errors.New("the driver cannot run a statement")
	}
	_, err := conn.ExecContext(context.Background(), statement, nil)
	return err
}

// sqliteCreate writes the CREATE TABLE, with comments where SQLite keeps them:
// in the text of the statement.
func sqliteCreate(t Table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE %s ( -- %s", quote(t.Name), oneLine(t.Comment))
	var clauses, comments []string
	rowid := len(t.PrimaryKey) == 1 && t.column(t.PrimaryKey[0]).Type == Int
	for _, c := range t.Columns {
		clause := quote(c.Name) + " " + sqliteType(c.Type)
		if !c.Nullable {
			clause += " NOT NULL"
		}
		if rowid && c.Name == t.PrimaryKey[0] {
			clause += " PRIMARY KEY"
		}
		clauses, comments = append(clauses, clause), append(comments, c.Comment)
	}
	if len(t.PrimaryKey) > 0 && !rowid {
		clauses, comments = append(clauses, "PRIMARY KEY ("+quoteAll(t.PrimaryKey)+")"), append(comments, "")
	}
	for _, f := range t.Foreign {
		clause := "FOREIGN KEY (" + quote(f.Column) + ") REFERENCES " + quote(f.Table) + " (" + quote(f.ToColumn) + ")"
		clauses, comments = append(clauses, clause), append(comments, "")
	}
	for i, clause := range clauses {
		b.WriteString("\n  " + clause)
		if i < len(clauses)-1 {
			b.WriteByte(',')
		}
		if comments[i] != "" {
			b.WriteString(" -- " + oneLine(comments[i]))
		}
	}
	b.WriteString("\n)")
	if len(t.PrimaryKey) > 1 {
		b.WriteString(" WITHOUT ROWID") // one tree instead of two for wide keys
	}
	return b.String()
}

func (t Table) column(name string) Column {
	for _, c := range t.Columns {
		if c.Name == name {
			return c
		}
	}
	return Column{}
}

func sqliteInsert(t Table, rows int) string {
	one := "(?" + strings.Repeat(",?", len(t.Columns)-1) + ")"
	return "INSERT INTO " + quote(t.Name) + " VALUES " + one + strings.Repeat(","+one, rows-1)
}

func sqliteType(t Type) string {
	switch t.Kind {
	case KindInt:
		return "INTEGER"
	case KindDecimal:
		return "DECIMAL(" + strconv.Itoa(10+t.Scale) + "," + strconv.Itoa(t.Scale) + ")"
	case KindFloat:
		return "REAL"
	case KindBool:
		return "BOOLEAN"
	default:
		return "TEXT"
	}
}

// powers are the powers of ten a decimal may be scaled by.
var powers = [...]int64{1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000}

// sqliteValue turns a checked value into what the driver binds.
func sqliteValue(t Type, v any) any {
	switch v := v.(type) {
	case Decimal:
		if p := powers[t.Scale]; int64(v)%p == 0 {
			return int64(v) / p
		}
		return float64(v) / float64(powers[t.Scale]) // the nearest double, and the same one that parsing the text gives
	case time.Time:
		if t.Kind == KindDate {
			return string(v.AppendFormat(nil, "2006-01-02"))
		}
		return string(v.AppendFormat(nil, "2006-01-02 15:04:05.999999"))
	case bool:
		if v {
			return int64(1)
		}
		return int64(0)
	}
	return v
}

func quote(name string) string { return `"` + name + `"` }

func quoteAll(names []string) string { return `"` + strings.Join(names, `", "`) + `"` }

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }
