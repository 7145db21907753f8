package load

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
)

// mysqlChunk is how many rows one INSERT carries.
const mysqlChunk = 500

// mysqlPart stands before the name of a table that is being filled.
const mysqlPart = "wenshu_part_"

// mysqlLoader fills tables of one MySQL or MariaDB database beside those that
// are there, and exchanges them at the end in one step.
type mysqlLoader struct {
	pool      *sql.DB
	tx        *sql.Tx
	collation string
	tables    map[string]Table
	order     []Table
	rows      map[string]int
}

// MySQL opens a Loader that makes its tables in the database at the URL. Tables
// of the same name are replaced by Finish. Texts get a binary collation: two are
// equal when their bytes are.
func MySQL(raw string) (Loader, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return nil, errors.New("load: the URL is none of a MySQL server")
	}
	c := mysql.NewConfig()
	c.Net, c.Addr, c.User, c.DBName = "tcp", u.Host, u.User.Username(), strings.TrimPrefix(u.Path, "/")
	c.Passwd, _ = u.User.Password()
	c.Collation, c.InterpolateParams = "utf8mb4_bin", true
	connector, err := mysql.NewConnector(c)
	if err != nil {
		return nil, fmt.Errorf("load: %w", err)
	}
	l := &mysqlLoader{pool: sql.OpenDB(connector), collation: "utf8mb4_0900_bin", tables: map[string]Table{}, rows: map[string]int{}}
	var version string
	if err := l.pool.QueryRow("SELECT VERSION()").Scan(&version); err != nil {
		return nil, fmt.Errorf("load: open the MySQL server: %w", errors.Join(err, l.pool.Close()))
	}
	if strings.Contains(version, "MariaDB") {
		l.collation = "utf8mb4_nopad_bin"
	}
	return l, nil
}

func (l *mysqlLoader) Create(ctx context.Context, tables []Table) error {
	for _, t := range tables {
		if err := t.Check(); err != nil {
			return err
		}
		for _, statement := range []string{"DROP TABLE IF EXISTS " + backquote(mysqlPart+t.Name), l.create(t)} {
			if _, err := l.pool.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("load: create %s: %w", t.Name, err)
			}
		}
		l.tables[t.Name] = t
		l.order = append(l.order, t)
	}
	var err error
	l.tx, err = l.pool.BeginTx(ctx, nil)
	return err
}

// Append inserts rows, a chunk at a time, in the one transaction of the load.
func (l *mysqlLoader) Append(ctx context.Context, table string, rows [][]any) error {
	t, ok := l.tables[table]
	if !ok {
		return fmt.Errorf("load: append to %q: no such table was created", table)
	}
	one := "(?" + strings.Repeat(",?", len(t.Columns)-1) + ")"
	for chunk := range slices.Chunk(rows, mysqlChunk) {
		var args []any
		for _, row := range chunk {
			l.rows[table]++
			if err := t.check(row); err != nil {
				return fmt.Errorf("load: append to %s: row %d: %w", table, l.rows[table], err)
			}
			for i, v := range row {
				args = append(args, mysqlValue(t.Columns[i].Type, v))
			}
		}
		statement := "INSERT INTO " + backquote(mysqlPart+table) + " VALUES " + one + strings.Repeat(","+one, len(chunk)-1)
		if _, err := l.tx.ExecContext(ctx, statement, args...); err != nil {
			return fmt.Errorf("load: append to %s: rows up to %d: %w", table, l.rows[table], err)
		}
	}
	return nil
}

// Finish commits, makes the indexes and puts the tables in their places.
func (l *mysqlLoader) Finish(ctx context.Context) error {
	if err := l.tx.Commit(); err != nil {
		return fmt.Errorf("load: commit: %w", err)
	}
	var script []string
	for _, t := range l.order {
		part := backquote(mysqlPart + t.Name)
		for _, columns := range t.Indexes {
			script = append(script, "CREATE INDEX "+backquote("by_"+strings.Join(columns, "_"))+" ON "+part+" ("+backquoteAll(columns)+")")
		}
		old := backquote(mysqlPart + "old_" + t.Name)
		script = append(script, "ANALYZE TABLE "+part, "DROP TABLE IF EXISTS "+old,
			"CREATE TABLE IF NOT EXISTS "+backquote(t.Name)+" (x INT)", // so that one rename can exchange the two
			"RENAME TABLE "+backquote(t.Name)+" TO "+old+", "+part+" TO "+backquote(t.Name),
			"DROP TABLE "+old)
	}
	for _, statement := range script {
		if _, err := l.pool.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("load: %s: %w", statement, err)
		}
	}
	pool := l.pool
	l.pool = nil
	return pool.Close()
}

// Close drops what was not finished.
func (l *mysqlLoader) Close() error {
	if l.pool == nil {
		return nil
	}
	var all error
	if l.tx != nil {
		if err := l.tx.Rollback(); !errors.Is(err, sql.ErrTxDone) {
			all = err
		}
	}
	for _, t := range l.order {
		_, err := l.pool.Exec("DROP TABLE IF EXISTS " + backquote(mysqlPart+t.Name))
		all = errors.Join(all, err)
	}
	pool := l.pool
	l.pool = nil
	return errors.Join(all, pool.Close())
}

// create makes a table with its key and comments. Foreign keys are left out:
// rows may break them, and InnoDB has none that only document. A text that is
// part of a key or an index holds 255 characters, others any number.
func (l *mysqlLoader) create(t Table) string {
	var clauses []string
	for _, c := range t.Columns {
		clause := backquote(c.Name) + " " + mysqlType(c.Type)
		if c.Type.Kind == KindText {
			if t.indexed(c.Name) {
				clause = backquote(c.Name) + " VARCHAR(255)"
			}
			clause += " COLLATE " + l.collation
		}
		if !c.Nullable {
			clause += " NOT NULL"
		}
		clauses = append(clauses, clause+" COMMENT "+literal(c.Comment))
	}
	if len(t.PrimaryKey) > 0 {
		clauses = append(clauses, "PRIMARY KEY ("+backquoteAll(t.PrimaryKey)+")")
	}
	return "CREATE TABLE " + backquote(mysqlPart+t.Name) + " (" + strings.Join(clauses, ", ") +
		") ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE " + l.collation + " COMMENT " + literal(t.Comment)
}

// indexed reports a column of a key or an index.
func (t Table) indexed(column string) bool {
	return slices.Contains(t.PrimaryKey, column) ||
		slices.ContainsFunc(t.Indexes, func(columns []string) bool { return slices.Contains(columns, column) })
}

func mysqlType(t Type) string {
	switch t.Kind {
	case KindInt:
		return "BIGINT"
	case KindDecimal:
		return "DECIMAL(19," + strconv.Itoa(t.Scale) + ")"
	case KindFloat:
		return "DOUBLE"
	case KindBool:
		return "TINYINT(1)"
	case KindDate:
		return "DATE"
	case KindTimestamp:
		return "DATETIME(6)"
	}
	return "LONGTEXT"
}

// mysqlValue turns a checked value into what the driver writes.
func mysqlValue(t Type, v any) any {
	switch v := v.(type) {
	case Decimal:
		return decimalText(int64(v), t.Scale)
	case time.Time:
		if t.Kind == KindDate {
			return v.Format(time.DateOnly)
		}
		return v.Format(time.DateTime + ".999999")
	}
	return v
}

// decimalText is a number of units of 10^-scale in digits.
func decimalText(n int64, scale int) string {
	digits, sign := strconv.FormatInt(n, 10), ""
	if n < 0 {
		digits, sign = digits[1:], "-"
	}
	if scale == 0 {
		return sign + digits
	}
	digits = strings.Repeat("0", max(0, scale+1-len(digits))) + digits
	return sign + digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
}

func backquote(name string) string { return "`" + name + "`" }

func backquoteAll(names []string) string { return "`" + strings.Join(names, "`, `") + "`" }
