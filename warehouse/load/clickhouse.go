package load

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/shopspring/decimal"
)

// clickhousePart stands before the name of a table that is being filled.
const clickhousePart = "wenshu_part_"

// clickhouseBlock is how many rows of a table are sent at a time, about: a block
// becomes a part on disk.
const clickhouseBlock = 20_000

// clickhouseLoader fills tables of one ClickHouse database beside those that are
// there, and exchanges them at the end.
type clickhouseLoader struct {
	conn    clickhouse.Conn
	nodes   []clickhouse.Conn // of the cluster; conn alone without one
	cluster string
	legacy  bool // a release before 20
	tables  map[string]Table
	order   []Table
	rows    map[string]int
	pending map[string][][]any
}

// ClickHouse opens a Loader that makes its tables in the database at the URL.
// Tables of the same name are replaced by Finish. With the parameter cluster,
// the name of one that the server knows, every server of it gets a part of the
// rows and a Distributed table over all.
func ClickHouse(raw string) (Loader, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return nil, errors.New("load: the URL is none of a ClickHouse server")
	}
	l := &clickhouseLoader{cluster: u.Query().Get("cluster"), tables: map[string]Table{}, rows: map[string]int{}, pending: map[string][][]any{}}
	if l.conn, err = clickhouse.Open(clickhouseOptions(u)); err != nil {
		return nil, fmt.Errorf("load: open the ClickHouse server: %w", err)
	}
	version, err := l.conn.ServerVersion()
	if err != nil {
		return nil, errors.Join(errors.New("load: the ClickHouse server cannot be reached"), l.conn.Close())
	}
	l.legacy = version.Version.Major < 20
	if l.nodes, err = clickhouseNodes(context.Background(), u, l.conn); err != nil {
		return nil, errors.Join(fmt.Errorf("load: cluster %s: %w", l.cluster, err), l.conn.Close())
	}
	return l, nil
}

// clickhouseOptions is the driver's configuration for a URL.
func clickhouseOptions(u *url.URL) *clickhouse.Options {
	password, _ := u.User.Password()
	o := &clickhouse.Options{Addr: []string{u.Host}, Protocol: clickhouse.Native,
		Auth: clickhouse.Auth{Database: strings.TrimPrefix(u.Path, "/"), Username: u.User.Username(), Password: password}}
	if strings.Contains(u.Scheme, "+http") {
		o.Protocol = clickhouse.HTTP
	}
	return o
}

// clickhouseNodes connects to every server of the URL's cluster.
func clickhouseNodes(ctx context.Context, u *url.URL, conn clickhouse.Conn) ([]clickhouse.Conn, error) {
	name := u.Query().Get("cluster")
	if name == "" {
		return []clickhouse.Conn{conn}, nil
	}
	rows, err := conn.Query(ctx, "SELECT host_address, port FROM system.clusters WHERE cluster = ?", name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var nodes []clickhouse.Conn
	for rows.Next() {
		var host string
		var port uint16
		if err := rows.Scan(&host, &port); err != nil {
			return nil, err
		}
		o := clickhouseOptions(u)
		o.Addr = []string{net.JoinHostPort(host, strconv.Itoa(int(port)))}
		node, err := clickhouse.Open(o)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, node)
	}
	if len(nodes) == 0 {
		return nil, errors.New("the server knows of no such cluster")
	}
	return nodes, rows.Err()
}

// everywhere runs a statement on each server.
func (l *clickhouseLoader) everywhere(ctx context.Context, statement string) error {
	for _, node := range l.nodes {
		if err := node.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

func (l *clickhouseLoader) Create(ctx context.Context, tables []Table) error {
	for _, t := range tables {
		if err := t.Check(); err != nil {
			return err
		}
		for _, statement := range l.makes(t) {
			if err := l.everywhere(ctx, statement); err != nil {
				return fmt.Errorf("load: create %s: %w", t.Name, err)
			}
		}
		l.tables[t.Name] = t
		l.order = append(l.order, t)
	}
	return nil
}

// localTable is the name of the table that holds a server's own rows.
func (l *clickhouseLoader) localTable(name string) string {
	if l.cluster == "" {
		return clickhousePart + name
	}
	return name + "_local"
}

func (l *clickhouseLoader) makes(t Table) []string {
	local := backquote(l.localTable(t.Name))
	script := []string{"DROP TABLE IF EXISTS " + local, l.create(local, t)}
	if l.cluster == "" {
		return script
	}
	part := backquote(clickhousePart + t.Name)
	return append(script, "DROP TABLE IF EXISTS "+part, l.distributed(part, t))
}

// distributed makes a table over the local ones of all servers, which spreads
// rows by the key.
func (l *clickhouseLoader) distributed(name string, t Table) string {
	local, shard := backquote(l.localTable(t.Name)), "rand()"
	if len(t.PrimaryKey) > 0 {
		shard = "cityHash64(" + backquoteAll(t.PrimaryKey) + ")"
	}
	return "CREATE TABLE " + name + " AS " + local + " ENGINE = Distributed(" + backquote(l.cluster) + ", currentDatabase(), " + local + ", " + shard + ")"
}

// Append keeps the rows until they make a block.
func (l *clickhouseLoader) Append(ctx context.Context, table string, rows [][]any) error {
	t, ok := l.tables[table]
	if !ok {
		return fmt.Errorf("load: append to %q: no such table was created", table)
	}
	for _, row := range rows {
		l.rows[table]++
		if err := t.check(row); err != nil {
			return fmt.Errorf("load: append to %s: row %d: %w", table, l.rows[table], err)
		}
		values := make([]any, len(row))
		for i, v := range row {
			values[i] = l.value(t.Columns[i].Type, v)
		}
		l.pending[table] = append(l.pending[table], values)
	}
	if len(l.pending[table]) < clickhouseBlock {
		return nil
	}
	return l.send(ctx, table)
}

// send sends the rows of a table that were kept, as one block.
func (l *clickhouseLoader) send(ctx context.Context, table string) error {
	rows := l.pending[table]
	delete(l.pending, table)
	if len(rows) == 0 {
		return nil
	}
	var names []string // a release before 20 does not tell the driver of the columns
	for _, c := range l.tables[table].Columns {
		names = append(names, c.Name)
	}
	batch, err := l.conn.PrepareBatch(ctx, "INSERT INTO "+backquote(clickhousePart+table)+" ("+backquoteAll(names)+")")
	if err != nil {
		return fmt.Errorf("load: append to %s: %w", table, err)
	}
	for _, row := range rows {
		if err := batch.Append(row...); err != nil {
			return errors.Join(fmt.Errorf("load: append to %s: %w", table, err), batch.Abort())
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
		if err := l.send(ctx, t.Name); err != nil {
			return err
		}
		part, name := backquote(clickhousePart+t.Name), backquote(t.Name)
		script := []string{"DROP TABLE IF EXISTS " + name, "RENAME TABLE " + part + " TO " + name}
		if l.cluster != "" { // a Distributed table has a folder by its first name
			script = []string{"DROP TABLE IF EXISTS " + name, l.distributed(name, t), "DROP TABLE " + part}
		}
		for _, statement := range script {
			if err := l.everywhere(ctx, statement); err != nil {
				return fmt.Errorf("load: finish %s: %w", t.Name, err)
			}
		}
	}
	return l.hangUp()
}

// hangUp closes all connections, once.
func (l *clickhouseLoader) hangUp() error {
	err := l.conn.Close()
	if l.cluster != "" {
		for _, node := range l.nodes {
			err = errors.Join(err, node.Close())
		}
	}
	l.conn = nil
	return err
}

// Close drops what was not finished.
func (l *clickhouseLoader) Close() error {
	if l.conn == nil {
		return nil
	}
	var all error
	for _, t := range l.order {
		all = errors.Join(all, l.everywhere(context.Background(), "DROP TABLE IF EXISTS "+backquote(clickhousePart+t.Name)))
	}
	return errors.Join(all, l.hangUp())
}

// create makes a table that is sorted by its key. ClickHouse knows neither unique
// nor foreign keys, and no comments before release 20.
func (l *clickhouseLoader) create(name string, t Table) string {
	var clauses []string
	comment := func(text string) string {
		if l.legacy {
			return ""
		}
		return " COMMENT " + literal(text)
	}
	for _, c := range t.Columns {
		typ := l.typeOf(c.Type)
		if c.Nullable {
			typ = "Nullable(" + typ + ")"
		}
		clauses = append(clauses, backquote(c.Name)+" "+typ+comment(c.Comment))
	}
	order := "tuple()"
	if len(t.PrimaryKey) > 0 {
		order = "(" + backquoteAll(t.PrimaryKey) + ")"
	}
	return "CREATE TABLE " + name + " (" + strings.Join(clauses, ", ") + ") ENGINE = MergeTree ORDER BY " + order + comment(t.Comment)
}

func (l *clickhouseLoader) typeOf(t Type) string {
	switch {
	case t.Kind == KindInt:
		return "Int64"
	case t.Kind == KindDecimal:
		return "Decimal(18, " + strconv.Itoa(t.Scale) + ")"
	case t.Kind == KindFloat:
		return "Float64"
	case t.Kind == KindBool && l.legacy:
		return "UInt8"
	case t.Kind == KindBool:
		return "Bool"
	case t.Kind == KindDate && l.legacy:
		return "Date"
	case t.Kind == KindDate:
		return "Date32"
	case t.Kind == KindTimestamp && l.legacy:
		return "DateTime('UTC')"
	case t.Kind == KindTimestamp:
		return "DateTime64(6, 'UTC')"
	}
	return "String"
}

// value turns a checked value into what the driver takes.
func (l *clickhouseLoader) value(t Type, v any) any {
	switch v := v.(type) {
	case Decimal:
		return decimal.New(int64(v), int32(-t.Scale))
	case time.Time:
		return wall(t, v)
	case bool:
		if l.legacy && v {
			return uint8(1)
		}
		if l.legacy {
			return uint8(0)
		}
	}
	return v
}
