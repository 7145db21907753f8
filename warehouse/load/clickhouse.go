package load

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/shopspring/decimal"
)

// clickhousePart stands before the name of a table that is being filled.
const clickhousePart = "wenshu_part_"

// clickhouseLoader fills tables of one ClickHouse database beside those that are
// there, and exchanges them at the end.
type clickhouseLoader struct {
	conn   clickhouse.Conn
	tables map[string]Table
	order  []Table
	rows   map[string]int
}

// ClickHouse opens a Loader that makes its tables in the database at the URL.
// Tables of the same name are replaced by Finish.
func ClickHouse(raw string) (Loader, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return nil, errors.New("load: the URL is none of a ClickHouse server")
	}
	password, _ := u.User.Password()
	o := &clickhouse.Options{Addr: []string{u.Host}, Protocol: clickhouse.Native,
		Auth: clickhouse.Auth{Database: strings.TrimPrefix(u.Path, "/"), Username: u.User.Username(), Password: password}}
	if strings.Contains(u.Scheme, "+http") {
		o.Protocol = clickhouse.HTTP
	}
	conn, err := clickhouse.Open(o)
	if err != nil {
		return nil, fmt.Errorf("load: open the ClickHouse server: %w", err)
	}
	return &clickhouseLoader{conn: conn, tables: map[string]Table{}, rows: map[string]int{}}, nil
}

func (l *clickhouseLoader) Create(ctx context.Context, tables []Table) error {
	for _, t := range tables {
		if err := t.Check(); err != nil {
			return err
		}
		for _, statement := range []string{"DROP TABLE IF EXISTS " + backquote(clickhousePart+t.Name), clickhouseCreate(t)} {
			if err := l.conn.Exec(ctx, statement); err != nil {
				return fmt.Errorf("load: create %s: %w", t.Name, err)
			}
		}
		l.tables[t.Name] = t
		l.order = append(l.order, t)
	}
	return nil
}

// Append sends the rows as one block.
func (l *clickhouseLoader) Append(ctx context.Context, table string, rows [][]any) error {
	t, ok := l.tables[table]
	if !ok {
		return fmt.Errorf("load: append to %q: no such table was created", table)
	}
	if len(rows) == 0 {
		return nil
	}
	batch, err := l.conn.PrepareBatch(ctx, "INSERT INTO "+backquote(clickhousePart+table))
	if err != nil {
		return fmt.Errorf("load: append to %s: %w", table, err)
	}
	values := make([]any, len(t.Columns))
	for _, row := range rows {
		l.rows[table]++
		if err := t.check(row); err != nil {
			return errors.Join(fmt.Errorf("load: append to %s: row %d: %w", table, l.rows[table], err), batch.Abort())
		}
		for i, v := range row {
			values[i] = clickhouseValue(t.Columns[i].Type, v)
		}
		if err := batch.Append(values...); err != nil {
			return fmt.Errorf("load: append to %s: row %d: %w", table, l.rows[table], err)
		}
	}
	if err := batch.Send(); err != nil {
		return fmt.Errorf("load: append to %s: %w", table, err)
	}
	return nil
}

// Finish puts the tables in their places, one after the other.
func (l *clickhouseLoader) Finish(ctx context.Context) error {
	for _, t := range l.order {
		for _, statement := range []string{
			"DROP TABLE IF EXISTS " + backquote(t.Name),
			"RENAME TABLE " + backquote(clickhousePart+t.Name) + " TO " + backquote(t.Name),
		} {
			if err := l.conn.Exec(ctx, statement); err != nil {
				return fmt.Errorf("load: finish %s: %w", t.Name, err)
			}
		}
	}
	conn := l.conn
	l.conn = nil
	return conn.Close()
}

// Close drops what was not finished.
func (l *clickhouseLoader) Close() error {
	if l.conn == nil {
		return nil
	}
	var all error
	for _, t := range l.order {
		all = errors.Join(all, l.conn.Exec(context.Background(), "DROP TABLE IF EXISTS "+backquote(clickhousePart+t.Name)))
	}
	conn := l.conn
	l.conn = nil
	return errors.Join(all, conn.Close())
}

// clickhouseCreate makes a table that is sorted by its key. ClickHouse knows
// neither unique nor foreign keys.
func clickhouseCreate(t Table) string {
	var clauses []string
	for _, c := range t.Columns {
		typ := clickhouseType(c.Type)
		if c.Nullable {
			typ = "Nullable(" + typ + ")"
		}
		clauses = append(clauses, backquote(c.Name)+" "+typ+" COMMENT "+literal(c.Comment))
	}
	order := "tuple()"
	if len(t.PrimaryKey) > 0 {
		order = "(" + backquoteAll(t.PrimaryKey) + ")"
	}
	return "CREATE TABLE " + backquote(clickhousePart+t.Name) + " (" + strings.Join(clauses, ", ") +
		") ENGINE = MergeTree ORDER BY " + order + " COMMENT " + literal(t.Comment)
}

func clickhouseType(t Type) string {
	switch t.Kind {
	case KindInt:
		return "Int64"
	case KindDecimal:
		return "Decimal(18, " + strconv.Itoa(t.Scale) + ")"
	case KindFloat:
		return "Float64"
	case KindBool:
		return "Bool"
	case KindDate:
		return "Date32"
	case KindTimestamp:
		return "DateTime64(0, 'UTC')"
	}
	return "String"
}

// clickhouseValue turns a checked value into what the driver takes.
func clickhouseValue(t Type, v any) any {
	switch v := v.(type) {
	case Decimal:
		return decimal.New(int64(v), int32(-t.Scale))
	case time.Time:
		return wall(t, v)
	}
	return v
}
