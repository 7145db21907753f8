package load

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var probe = Table{
	Name: "probe", Comment: "a table of every kind",
	Columns: []Column{
		{Name: "id", Type: Int, Comment: "the key"},
		{Name: "amount", Type: DecimalOf(2), Nullable: true},
		{Name: "rate", Type: Float, Nullable: true},
		{Name: "name", Type: Text, Comment: "中文, with\na line end", Nullable: true},
		{Name: "yes", Type: Bool, Nullable: true},
		{Name: "day", Type: Date, Nullable: true},
		{Name: "moment", Type: Timestamp, Nullable: true},
	},
	PrimaryKey: []string{"id"},
	Indexes:    [][]string{{"name"}},
}

func TestSQLiteStoresEveryKind(t *testing.T) {
	path := filepath.Join(t.TempDir(), "100% of #1.db")
	moment := time.Date(2026, 2, 17, 8, 9, 10, 999, time.UTC)
	rows := [][]any{{int64(-1), nil, nil, nil, nil, nil, nil}}
	for i := range int64(2 * sqliteChunk) {
		rows = append(rows, []any{i, Decimal(1999), 0.25, "沙发", true, moment, moment})
	}
	write(t, path, probe, rows)

	db := open(t, path)
	for query, want := range map[string]string{
		"SELECT COUNT(*) FROM probe": "21",
		"SELECT group_concat(typeof(amount) || typeof(rate) || typeof(name) || typeof(yes) || typeof(day)) FROM probe WHERE id = -1": "nullnullnullnullnull",
		"SELECT amount || '|' || rate || '|' || name || '|' || yes || '|' || day || '|' || moment FROM probe WHERE id = 7":           "19.99|0.25|沙发|1|2026-02-17|2026-02-17 08:09:10",
		"SELECT SUM(CAST(ROUND(amount * 100) AS INTEGER)) FROM probe":                                                                "39980",
		"SELECT name FROM sqlite_master WHERE type = 'index'":                                                                        "probe_by_name",
	} {
		var got string
		if err := db.QueryRow(query).Scan(&got); err != nil || got != want {
			t.Errorf("%s\n got %q, %v\nwant %q", query, got, err, want)
		}
	}
}

func TestSQLiteRefusesRowsThatDoNotFit(t *testing.T) {
	for name, c := range map[string]struct {
		row  []any
		want string
	}{
		"short":      {[]any{int64(1)}, "row 1: 1 values for 7 columns"},
		"null key":   {[]any{nil, nil, nil, nil, nil, nil, nil}, "column id: null"},
		"wrong kind": {[]any{int64(1), 19.99, nil, nil, nil, nil, nil}, "column amount: float64 in a column of kind decimal"},
	} {
		path := filepath.Join(t.TempDir(), "probe.db")
		loader, err := SQLite(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := loader.Create(context.Background(), []Table{probe}); err != nil {
			t.Fatal(err)
		}
		err = loader.Append(context.Background(), "probe", [][]any{c.row})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q in it", name, err, c.want)
		}
		if err := loader.Close(); err != nil {
			t.Errorf("%s: close: %v", name, err)
		}
		if left, _ := filepath.Glob(path + "*"); len(left) > 0 {
			t.Errorf("%s: files left behind: %v", name, left)
		}
	}
}

func TestSQLiteSameCallsSameBytes(t *testing.T) {
	rows := [][]any{}
	for i := range int64(1000) {
		rows = append(rows, []any{i, Decimal(i * 7), float64(i) / 3, "x", i%2 == 0, nil, nil})
	}
	a, b := filepath.Join(t.TempDir(), "a.db"), filepath.Join(t.TempDir(), "b.db")
	write(t, a, probe, rows)
	write(t, b, probe, rows)
	one, err := os.ReadFile(a)
	if err != nil {
		t.Fatal(err)
	}
	two, err := os.ReadFile(b)
	if err != nil {
		t.Fatal(err)
	}
	if string(one) != string(two) {
		t.Error("the same rows gave two different files")
	}
}

func TestCheckFindsFaults(t *testing.T) {
	for want, broken := range map[string]Table{
		"bad name or no columns":      {Name: "t"},
		"bad or repeated name":        {Name: "t", Columns: []Column{{Name: "Select", Type: Int}}},
		"no such type":                {Name: "t", Columns: []Column{{Name: "a"}}},
		"which is not there":          {Name: "t", Columns: []Column{{Name: "a", Type: Int}}, PrimaryKey: []string{"b"}},
		`column "a": bad or repeated`: {Name: "t", Columns: []Column{{Name: "a", Type: Int}, {Name: "a", Type: Int}}},
	} {
		if err := broken.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q in it", err, want)
		}
	}
}

func write(t *testing.T, path string, table Table, rows [][]any) {
	t.Helper()
	loader, err := SQLite(path)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if err := loader.Create(ctx, []Table{table}); err != nil {
		t.Fatal(err)
	}
	if err := loader.Append(ctx, table.Name, rows); err != nil {
		t.Fatal(err)
	}
	if err := loader.Finish(ctx); err != nil {
		t.Fatal(err)
	}
	if err := loader.Close(); err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: path}).EscapedPath()+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
