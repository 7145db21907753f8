package load

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// postgresLoader fills tables of one PostgreSQL database in one transaction.
type postgresLoader struct {
	conn   *pgx.Conn
	tx     pgx.Tx
	tables map[string]Table
	order  []Table
	rows   map[string]int
}

// Postgres opens a Loader that makes its tables in the database at the URL, in
// the first schema of its search path. Tables of the same name are replaced when
// Finish commits; until then readers see the old ones.
func Postgres(url string) (Loader, error) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, errors.New("load: the PostgreSQL server cannot be reached") // the cause may hold a password
	}
	tx, err := conn.Begin(ctx)
	if err != nil {
		return nil, fmt.Errorf("load: begin: %w", errors.Join(err, conn.Close(ctx)))
	}
	return &postgresLoader{conn: conn, tx: tx, tables: map[string]Table{}, rows: map[string]int{}}, nil
}

func (l *postgresLoader) Create(ctx context.Context, tables []Table) error {
	for _, t := range tables {
		if err := t.Check(); err != nil {
			return err
		}
		script := append([]string{"DROP TABLE IF EXISTS " + quote(t.Name)}, postgresCreate(t)...)
		for _, statement := range script {
			if _, err := l.tx.Exec(ctx, statement); err != nil {
				return fmt.Errorf("load: create %s: %w", t.Name, err)
			}
		}
		l.tables[t.Name] = t
	}
	l.order = append(l.order, tables...)
	return nil
}

// Append sends the rows by COPY.
func (l *postgresLoader) Append(ctx context.Context, table string, rows [][]any) error {
	t, ok := l.tables[table]
	if !ok {
		return fmt.Errorf("load: append to %q: no such table was created", table)
	}
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	at := -1
	source := pgx.CopyFromFunc(func() ([]any, error) {
		if at++; at >= len(rows) {
			return nil, nil
		}
		l.rows[table]++
		if err := t.check(rows[at]); err != nil {
			return nil, fmt.Errorf("row %d: %w", l.rows[table], err)
		}
		out := make([]any, len(rows[at]))
		for i, v := range rows[at] {
			out[i] = postgresValue(t.Columns[i].Type, v)
		}
		return out, nil
	})
	if _, err := l.tx.CopyFrom(ctx, pgx.Identifier{table}, names, source); err != nil {
		return fmt.Errorf("load: append to %s: %w", table, err)
	}
	return nil
}

// Finish makes keys, indexes, comments and statistics, and commits.
func (l *postgresLoader) Finish(ctx context.Context) error {
	for _, t := range l.order {
		for _, statement := range postgresFinish(t) {
			if _, err := l.tx.Exec(ctx, statement); err != nil {
				return fmt.Errorf("load: finish %s: %w", t.Name, err)
			}
		}
	}
	if err := l.tx.Commit(ctx); err != nil {
		return fmt.Errorf("load: commit: %w", err)
	}
	conn := l.conn
	l.conn = nil
	return conn.Close(ctx)
}

// Close rolls back what was not finished.
func (l *postgresLoader) Close() error {
	if l.conn == nil {
		return nil
	}
	ctx := context.Background()
	conn := l.conn
	l.conn = nil
	return errors.Join(l.tx.Rollback(ctx), conn.Close(ctx))
}

// postgresCreate makes a table and its comments.
func postgresCreate(t Table) []string {
	var clauses []string
	script := []string{"", "COMMENT ON TABLE " + quote(t.Name) + " IS " + literal(t.Comment)}
	for _, c := range t.Columns {
		clause := quote(c.Name) + " " + postgresType(c.Type)
		if !c.Nullable {
			clause += " NOT NULL"
		}
		clauses = append(clauses, clause)
		if c.Comment != "" {
			script = append(script, "COMMENT ON COLUMN "+quote(t.Name)+"."+quote(c.Name)+" IS "+literal(c.Comment))
		}
	}
	script[0] = "CREATE TABLE " + quote(t.Name) + " (" + strings.Join(clauses, ", ") + ")"
	return script
}

// postgresFinish makes what is cheaper behind the rows. A foreign key is left
// out: rows may break it, and PostgreSQL has none that only document.
func postgresFinish(t Table) []string {
	var script []string
	if len(t.PrimaryKey) > 0 {
		script = append(script, "ALTER TABLE "+quote(t.Name)+" ADD PRIMARY KEY ("+quoteAll(t.PrimaryKey)+")")
	}
	for _, columns := range t.Indexes {
		script = append(script, "CREATE INDEX ON "+quote(t.Name)+" ("+quoteAll(columns)+")")
	}
	return append(script, "ANALYZE "+quote(t.Name))
}

func postgresType(t Type) string {
	switch t.Kind {
	case KindInt:
		return "BIGINT"
	case KindDecimal:
		return "NUMERIC(19," + strconv.Itoa(t.Scale) + ")"
	case KindFloat:
		return "DOUBLE PRECISION"
	case KindBool:
		return "BOOLEAN"
	case KindDate:
		return "DATE"
	case KindTimestamp:
		return "TIMESTAMP"
	}
	return "TEXT"
}

// postgresValue turns a checked value into what the driver sends.
func postgresValue(t Type, v any) any {
	switch v := v.(type) {
	case Decimal:
		return pgtype.Numeric{Int: big.NewInt(int64(v)), Exp: int32(-t.Scale), Valid: true}
	case time.Time:
		return wall(t, v)
	}
	return v
}

// wall is the clock face of a time as UTC, without the clock for a date.
func wall(t Type, v time.Time) time.Time {
	if t.Kind == KindDate {
		return time.Date(v.Year(), v.Month(), v.Day(), 0, 0, 0, 0, time.UTC)
	}
	return time.Date(v.Year(), v.Month(), v.Day(), v.Hour(), v.Minute(), v.Second(), v.Nanosecond(), time.UTC)
}

// literal is a comment as a literal of SQL that every engine reads alike:
// without backslashes and line ends.
func literal(s string) string {
	return "'" + strings.NewReplacer("'", "''", `\`, "/", "\n", " ", "\r", " ").Replace(s) + "'"
}
