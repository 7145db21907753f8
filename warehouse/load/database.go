package load

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5"
)

// Open opens the Loader of the engine that a URL names: postgres, mysql,
// clickhouse (also +http), duckdb or sqlite.
func Open(raw string) (Loader, error) {
	scheme, rest, _ := strings.Cut(raw, ":")
	switch scheme {
	case "postgres":
		return Postgres(raw)
	case "mysql":
		return MySQL(raw)
	case "clickhouse", "clickhouse+http":
		return ClickHouse(raw)
	case "duckdb":
		return DuckDB(rest)
	case "sqlite":
		return SQLite(rest)
	}
	return nil, fmt.Errorf("load: no engine is called %q", scheme)
}

// CreateDatabase makes an empty database of the name beside the one at the URL
// of a server, or in the folder at the URL of an embedded engine, and returns
// its URL.
func CreateDatabase(ctx context.Context, server, name string) (string, error) {
	if !identifier(name) {
		return "", fmt.Errorf("load: %q is no name of a database", name)
	}
	scheme, rest, _ := strings.Cut(server, ":")
	if scheme == "duckdb" || scheme == "sqlite" {
		return scheme + ":" + filepath.Join(rest, name+".db"), nil
	}
	u, err := url.Parse(server)
	if err != nil || u.Host == "" {
		return "", errors.New("load: the URL is none of a server")
	}
	if err := manage(ctx, u, "CREATE DATABASE "+name); err != nil {
		return "", fmt.Errorf("load: create database %s: %w", name, err)
	}
	u.Path = "/" + name
	return u.String(), nil
}

// DropDatabase takes away a database that CreateDatabase made on the server.
func DropDatabase(ctx context.Context, server, made string) error {
	scheme, rest, _ := strings.Cut(made, ":")
	if scheme == "duckdb" || scheme == "sqlite" {
		return os.Remove(rest)
	}
	u, err := url.Parse(server)
	if err != nil {
		return errors.New("load: the URL is none of a server")
	}
	v, err := url.Parse(made)
	name := strings.TrimPrefix(v.Path, "/")
	if err != nil || !identifier(name) {
		return errors.New("load: the URL is none of a database")
	}
	statement := "DROP DATABASE " + name
	if scheme == "postgres" {
		statement += " WITH (FORCE)"
	}
	if err := manage(ctx, u, statement); err != nil {
		return fmt.Errorf("load: drop database %s: %w", name, err)
	}
	return nil
}

// manage runs a statement that makes or takes away a database.
func manage(ctx context.Context, u *url.URL, statement string) error {
	password, _ := u.User.Password()
	switch {
	case u.Scheme == "postgres":
		conn, err := pgx.Connect(ctx, u.String())
		if err != nil {
			return errors.New("the PostgreSQL server cannot be reached") // the cause may hold a password
		}
		_, err = conn.Exec(ctx, statement)
		return errors.Join(err, conn.Close(ctx))
	case u.Scheme == "mysql":
		c := mysql.NewConfig()
		c.Net, c.Addr, c.User, c.Passwd = "tcp", u.Host, u.User.Username(), password
		connector, err := mysql.NewConnector(c)
		if err != nil {
			return err
		}
		db := sql.OpenDB(connector)
		_, err = db.ExecContext(ctx, statement)
		return errors.Join(err, db.Close())
	case strings.HasPrefix(u.Scheme, "clickhouse"):
		conn, err := clickhouse.Open(clickhouseOptions(u))
		if err != nil {
			return err
		}
		defer conn.Close()
		nodes, err := clickhouseNodes(ctx, u, conn)
		for _, node := range nodes {
			err = errors.Join(err, emptied(ctx, node, statement), node.Exec(ctx, statement))
		}
		return err
	}
	return fmt.Errorf("no engine is called %q", u.Scheme)
}

// emptied drops the tables of a database that a statement is about to drop:
// releases before 20 fail over folders of Distributed tables otherwise.
func emptied(ctx context.Context, node clickhouse.Conn, statement string) error {
	name, drops := strings.CutPrefix(statement, "DROP DATABASE ")
	if !drops {
		return nil
	}
	rows, err := node.Query(ctx, "SELECT name FROM system.tables WHERE database = ?", name)
	if err != nil {
		return err
	}
	var tables []string
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			return errors.Join(err, rows.Close())
		}
		tables = append(tables, table)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for _, table := range tables {
		if err := node.Exec(ctx, "DROP TABLE "+backquote(name)+"."+backquote(table)); err != nil {
			return err
		}
	}
	return nil
}
