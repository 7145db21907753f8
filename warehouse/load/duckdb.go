//go:build duckdb

package load

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2"
)

// duckdbLoader fills one DuckDB file. It writes beside the file and renames at
// the end, so that a reader finds the whole database or none.
type duckdbLoader struct {
	path, part string
	connector  *duckdb.Connector
	conn       driver.Conn
	tables     map[string]Table
	order      []Table
	rows       map[string]int
}

// DuckDB opens a Loader that writes the DuckDB database at path, replacing a
// file that is there.
func DuckDB(path string) (Loader, error) {
	dir, err := os.MkdirTemp(filepath.Dir(path), filepath.Base(path)+".*.part")
	if err != nil {
		return nil, fmt.Errorf("load: make room for %s: %w", path, err)
	}
	l := &duckdbLoader{path: path, part: filepath.Join(dir, "part.duckdb"), tables: map[string]Table{}, rows: map[string]int{}}
	if l.connector, err = duckdb.NewConnector(l.part, nil); err == nil {
		l.conn, err = l.connector.Connect(context.Background())
	}
	if err != nil {
		return nil, fmt.Errorf("load: open %s: %w", path, errors.Join(err, os.RemoveAll(dir)))
	}
	return l, nil
}

func (l *duckdbLoader) Create(ctx context.Context, tables []Table) error {
	for _, t := range tables {
		if err := t.Check(); err != nil {
			return err
		}
		for _, statement := range duckdbCreate(t) {
			if err := l.exec(ctx, statement); err != nil {
				return fmt.Errorf("load: create %s: %w", t.Name, err)
			}
		}
		l.tables[t.Name] = t
	}
	l.order = append(l.order, tables...)
	return nil
}

// Append hands the rows to DuckDB's appender.
func (l *duckdbLoader) Append(ctx context.Context, table string, rows [][]any) error {
	t, ok := l.tables[table]
	if !ok {
		return fmt.Errorf("load: append to %q: no such table was created", table)
	}
	a, err := duckdb.NewAppenderFromConn(l.conn, "", table)
	if err != nil {
		return fmt.Errorf("load: append to %s: %w", table, err)
	}
	values := make([]driver.Value, len(t.Columns))
	for _, row := range rows {
		l.rows[table]++
		if err := t.check(row); err != nil {
			return errors.Join(fmt.Errorf("load: append to %s: row %d: %w", table, l.rows[table], err), a.Close())
		}
		for i, v := range row {
			values[i] = duckdbValue(t.Columns[i].Type, v)
		}
		if err := a.AppendRow(values...); err != nil {
			return errors.Join(fmt.Errorf("load: append to %s: row %d: %w", table, l.rows[table], err), a.Close())
		}
	}
	if err := a.Close(); err != nil {
		return fmt.Errorf("load: append to %s: %w", table, err)
	}
	return ctx.Err()
}

// Finish writes everything to the file and puts it in its place.
func (l *duckdbLoader) Finish(ctx context.Context) error {
	script := []string{}
	for _, t := range l.order {
		for _, columns := range t.Indexes {
			script = append(script, "CREATE INDEX "+quote(t.Name+"_by_"+strings.Join(columns, "_"))+" ON "+quote(t.Name)+" ("+quoteAll(columns)+")")
		}
	}
	for _, statement := range append(script, "ANALYZE", "CHECKPOINT") {
		if err := l.exec(ctx, statement); err != nil {
			return fmt.Errorf("load: %s: %w", statement, err)
		}
	}
	if err := l.release(); err != nil {
		return fmt.Errorf("load: close %s: %w", l.path, err)
	}
	if err := os.Rename(l.part, l.path); err != nil {
		return fmt.Errorf("load: finish %s: %w", l.path, err)
	}
	return os.RemoveAll(filepath.Dir(l.part))
}

// Close removes an unfinished file.
func (l *duckdbLoader) Close() error {
	if l.conn == nil {
		return nil
	}
	return errors.Join(l.release(), os.RemoveAll(filepath.Dir(l.part)))
}

func (l *duckdbLoader) release() error {
	conn := l.conn
	l.conn = nil
	return errors.Join(conn.Close(), l.connector.Close())
}

func (l *duckdbLoader) exec(ctx context.Context, statement string) error {
	conn, ok := l.conn.(driver.ExecerContext)
	if !ok {
		return errors.New("the driver cannot run a statement")
	}
	_, err := conn.ExecContext(ctx, statement, nil)
	return err
}

// duckdbCreate makes a table with its key and comments. Foreign keys are left
// out: rows may break them, and DuckDB has none that only document.
func duckdbCreate(t Table) []string {
	var clauses []string
	script := []string{"", "COMMENT ON TABLE " + quote(t.Name) + " IS " + literal(t.Comment)}
	for _, c := range t.Columns {
		clause := quote(c.Name) + " " + duckdbType(c.Type)
		if !c.Nullable {
			clause += " NOT NULL"
		}
		clauses = append(clauses, clause)
		if c.Comment != "" {
			script = append(script, "COMMENT ON COLUMN "+quote(t.Name)+"."+quote(c.Name)+" IS "+literal(c.Comment))
		}
	}
	if len(t.PrimaryKey) > 0 {
		clauses = append(clauses, "PRIMARY KEY ("+quoteAll(t.PrimaryKey)+")")
	}
	script[0] = "CREATE TABLE " + quote(t.Name) + " (" + strings.Join(clauses, ", ") + ")"
	return script
}

func duckdbType(t Type) string {
	switch t.Kind {
	case KindInt:
		return "BIGINT"
	case KindDecimal:
		return "DECIMAL(18," + strconv.Itoa(t.Scale) + ")"
	case KindFloat:
		return "DOUBLE"
	case KindBool:
		return "BOOLEAN"
	case KindDate:
		return "DATE"
	case KindTimestamp:
		return "TIMESTAMP"
	}
	return "VARCHAR"
}

// duckdbValue turns a checked value into what the appender takes.
func duckdbValue(t Type, v any) driver.Value {
	switch v := v.(type) {
	case Decimal:
		return duckdb.Decimal{Width: 18, Scale: uint8(t.Scale), Value: big.NewInt(int64(v))}
	case time.Time:
		return wall(t, v)
	}
	return v
}
