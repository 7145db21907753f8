package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// clickhouseLegacySettings are those of clickhouseSettings that ClickHouse 18.16
// knows and its protocol carries with a statement; it refuses every other.
var clickhouseLegacySettings = clickhouse.Settings{"readonly": 2, "join_use_nulls": 1, "skip_unavailable_shards": 0}

// clickhouseLegacySession are settings with words for values, which the protocol
// of 18.16 does not carry. A set is read on all shards by the server that is
// asked; what grows too large or takes too long fails and is not cut.
const clickhouseLegacySession = "SET distributed_product_mode = 'global', result_overflow_mode = 'throw', timeout_overflow_mode = 'throw', " +
	"read_overflow_mode = 'throw', group_by_overflow_mode = 'throw', sort_overflow_mode = 'throw', distinct_overflow_mode = 'throw', " +
	"set_overflow_mode = 'throw', join_overflow_mode = 'throw', transfer_overflow_mode = 'throw'"

// clickhouseLegacyConnector opens sessions with these settings.
type clickhouseLegacyConnector struct{ driver.Connector }

func (c clickhouseLegacyConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	exec, ok := conn.(driver.ExecerContext)
	if !ok {
		return nil, errors.Join(fmt.Errorf("connection is a %T", conn), conn.Close())
	}
	if _, err := exec.ExecContext(ctx, clickhouseLegacySession, nil); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// clickhouseLegacy reports a server before release 20, which speaks the older
// dialect.
func clickhouseLegacy(db *sql.DB) (bool, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	var version string
	if err := db.QueryRowContext(ctx, "SELECT version()").Scan(&version); err != nil {
		return false, err
	}
	year, _, _ := strings.Cut(version, ".")
	n, err := strconv.Atoi(year)
	if err != nil {
		return false, fmt.Errorf("the server is of version %q", version)
	}
	return n < 20, nil
}

// clickhouseLegacySchema lists the tables and views of the URL's database, which
// have no comments yet.
func clickhouseLegacySchema(ctx context.Context, c serverCatalogue) (*Schema, error) {
	var found catalogueRows
	err := c.all(ctx, []question{
		{&found.tables, "SELECT name, if(engine LIKE '%View', 'view', 'table'), '', '0', concat('`', replaceAll(name, '`', '\\\\`'), '`') " +
			"FROM system.tables WHERE database = currentDatabase() AND NOT startsWith(name, '.inner') ORDER BY name"},
		{&found.columns, "SELECT table, name, type, if(startsWith(type, 'Nullable'), 'YES', 'NO'), '' " +
			"FROM system.columns WHERE database = currentDatabase()"},
	})
	if err != nil {
		return nil, err
	}
	s := found.schema(clickhouseType)
	return s, c.countRows(ctx, s, found.tables)
}
