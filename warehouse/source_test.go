package warehouse

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-sqlite3"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// shop is a database small enough to read.
const shop = `
CREATE TABLE orders ( -- 订单, one row each
  order_id INTEGER PRIMARY KEY, -- 订单号
  "customer id" INTEGER REFERENCES customers, -- 'whose'
  amount DECIMAL(12,2) NOT NULL, -- yuan
  paid_on DATE,
  note TEXT DEFAULT '--none',
  UNIQUE (order_id, paid_on)
);
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, region TEXT);
CREATE TABLE secrets (word TEXT);
CREATE VIEW east AS SELECT id, name FROM customers WHERE region = '华东';
INSERT INTO customers VALUES (1, 'Ann', '华东'), (2, 'Bob', '华东'), (3, 'Cai', NULL);
INSERT INTO orders VALUES (11, 1, 100.5, '2026-01-05', 'a'), (12, 2, 50, 'soon', NULL), (13, NULL, 7.25, NULL, 'c');
INSERT INTO secrets VALUES ('canary');
`

// makeDB writes a database and returns its path.
func makeDB(t testing.TB, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "样本 100%#?.sqlite")
	execDB(t, path, script)
	return path
}

func execDB(t testing.TB, path, script string) {
	t.Helper()
	c := rawDB(t, path)
	defer c.Close()
	if _, err := c.Exec(script, nil); err != nil {
		t.Fatal(err)
	}
}

func rawDB(t testing.TB, path string) *sqlite3.SQLiteConn {
	t.Helper()
	escaped := strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
	c, err := (&sqlite3.SQLiteDriver{}).Open("file:" + escaped)
	if err != nil {
		t.Fatal(err)
	}
	return c.(*sqlite3.SQLiteConn)
}

func open(t testing.TB, path string, options Options) *sqliteSource {
	t.Helper()
	s, err := Open("sales", path, options)
	if err != nil {
		t.Fatalf("open: %v (%v)", err, errors.Unwrap(err))
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.(*sqliteSource)
}

// ask runs a statement and returns its rows as text.
func ask(ctx context.Context, s Source, columns int, text string, args ...any) (string, error) {
	var b strings.Builder
	err := s.query(ctx, query{sql: text, args: args, columns: columns}, func(row []driver.Value) error {
		for i, v := range row {
			b.WriteString(strings.Repeat(" ", min(i, 1)) + fmt.Sprint(v))
		}
		b.WriteByte('\n')
		return nil
	})
	return strings.ReplaceAll(strings.TrimSpace(b.String()), "\n", "; "), err
}

// endless joins a table with itself until nobody has the time.
const endless = "SELECT count(*) FROM customers a, customers b, customers c, customers d, customers e, customers f, customers g, " +
	"customers h, customers i, customers j, customers k, customers l, customers m, customers n, customers o, customers p, customers q, " +
	"customers r, customers s, customers t, customers u, customers v, customers w WHERE a.id + b.id + w.id = -1"

func TestSQLiteAnswers(t *testing.T) {
	s := open(t, "sqlite:"+makeDB(t, shop), Options{})
	for _, c := range []struct {
		columns    int
		text, want string
		args       []any
	}{
		{1, "SELECT sum(cast(round(amount * 100) as integer)) FROM orders", "15775", nil},
		{2, "SELECT name, region FROM customers WHERE id > ? ORDER BY id", "Bob 华东; Cai <nil>", []any{int64(1)}},
		{1, "SELECT paid_on FROM orders ORDER BY order_id", "2026-01-05; soon; <nil>", nil},
		{1, "WITH c AS (SELECT id FROM customers) SELECT count(*) FROM c", "3", nil},
		{2, "SELECT median(id), rank() OVER (ORDER BY count(*)) FROM customers", "2 1", nil},
		{1, "SELECT 1 FROM east", "1; 1", nil},
		{1, "SELECT id FROM customers WHERE 0", "", nil},
	} {
		got, err := ask(t.Context(), s, c.columns, c.text, c.args...)
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v (%v); want %q", c.text, got, err, errors.Unwrap(err), c.want)
		}
	}
}

func TestMoments(t *testing.T) {
	s := open(t, makeDB(t, "CREATE TABLE x (v); INSERT INTO x VALUES (1000000002), (1000000004), (1000000004), (1000000004), (1000000005), (1000000005), (1000000007), (1000000009), (NULL)"), Options{})
	for text, want := range map[string]string{
		"SELECT round(stddev_samp(v), 9), round(var_samp(v), 9) FROM x":           "2.138089935 4.571428571",
		"SELECT stddev_samp(v), var_samp(v) FROM x WHERE v = 1000000002":          "<nil> <nil>",
		"SELECT stddev_samp(v), var_samp(v) FROM x WHERE v < 0":                   "<nil> <nil>",
		"SELECT v = 1000000004, round(stddev_samp(v + 0.5), 9) FROM x GROUP BY 1": "<nil> <nil>; 0 2.607680962; 1 0",
	} {
		if got, err := ask(t.Context(), s, 2, text); got != want || err != nil {
			t.Errorf("%s: %q, %v (%v); want %q", text, got, err, errors.Unwrap(err), want)
		}
	}
	if _, err := ask(t.Context(), s, 1, "SELECT stddev_samp('abc') FROM x"); !errors.Is(err, ErrStatement) {
		t.Errorf("deviation of text: %v", err)
	}
}

func TestSQLiteRefuses(t *testing.T) {
	s := open(t, makeDB(t, shop), Options{Tables: []string{"Orders", "east"}})
	refused := []string{
		"SELECT word FROM secrets",
		"SELECT count(*) FROM secrets",
		"SELECT 1 FROM orders WHERE EXISTS (SELECT 1 FROM secrets)",
		"SELECT sql FROM sqlite_schema",
		"SELECT count(*) FROM sqlite_master",
		"SELECT name FROM pragma_table_info('orders')",
		"PRAGMA table_info('orders')",
		"PRAGMA query_only = OFF",
		"ATTACH 'other.db' AS other",
		"SELECT hex(randomblob(9))",
		"SELECT load_extension('x')",
		"SELECT writefile('x', 'y')",
		"SELECT fts5(1)",
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
		"INSERT INTO orders (amount) VALUES (1)",
		"UPDATE orders SET amount = 0",
		"DELETE FROM orders",
		"DROP TABLE orders",
		"CREATE TABLE t (x)",
		"CREATE TEMP TABLE t (x)",
		"VACUUM",
		"BEGIN IMMEDIATE",
		"REINDEX",
		"ANALYZE",
		"SELECT 1; DELETE FROM orders",
	}
	for _, text := range refused {
		got, err := ask(t.Context(), s, 1, text)
		if got != "" || !errors.Is(err, ErrRefused) && !errors.Is(err, ErrStatement) {
			t.Errorf("%s: %q, %v", text, got, err)
		}
		if err != nil && err.Error() != string(err.(*Error).Code)+": sales" {
			t.Errorf("%s: the message says more than it may: %v", text, err)
		}
	}
	if got, err := ask(t.Context(), s, 1, "SELECT count(name) FROM east"); got != "2" || err != nil {
		t.Errorf("a listed view over a table that is not listed: %q, %v", got, err)
	}
}

// TestSQLiteFencesHoldAlone takes each fence away in turn: the authorizer on a
// file opened for writing, and the file mode without an authorizer.
func TestSQLiteFencesHoldAlone(t *testing.T) {
	path := makeDB(t, shop)
	writes := []string{"INSERT INTO secrets VALUES ('x')", "DELETE FROM orders", "CREATE TABLE t (x)", "DROP TABLE secrets", "PRAGMA user_version = 7"}

	t.Run("authorizer", func(t *testing.T) {
		c := rawDB(t, path)
		defer c.Close()
		fenced, err := fence{}.install(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range writes {
			if _, err := fenced.Exec(w, nil); err == nil || !strings.Contains(err.Error(), "not authorized") {
				t.Errorf("%s: %v", w, err)
			}
		}
	})
	t.Run("file mode", func(t *testing.T) {
		bare := func(c *sqlite3.SQLiteConn) (*sqliteConn, error) {
			_, err := c.Exec("PRAGMA query_only = OFF", nil)
			return &sqliteConn{c}, err
		}
		c, err := sqliteConnector{path, bare}.Connect(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		for _, w := range writes {
			if _, err := c.(*sqliteConn).Exec(w, nil); err == nil || !strings.Contains(err.Error(), "readonly") {
				t.Errorf("%s: %v", w, err)
			}
		}
	})
	t.Run("query only", func(t *testing.T) {
		c := rawDB(t, path)
		defer c.Close()
		if _, err := c.Exec("PRAGMA query_only = ON", nil); err != nil {
			t.Fatal(err)
		}
		for _, w := range writes[:4] {
			if _, err := c.Exec(w, nil); err == nil {
				t.Errorf("%s: went through", w)
			}
		}
	})
}

func TestSQLiteEndsWithItsCaller(t *testing.T) {
	s := open(t, makeDB(t, shop), Options{})
	var lateness []time.Duration
	for range 21 {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan time.Time, 1)
		go func() {
			time.Sleep(10 * time.Millisecond)
			ended <- time.Now()
			cancel()
		}()
		_, err := ask(ctx, s, 1, endless)
		lateness = append(lateness, time.Since(<-ended))
		if !errors.Is(err, ErrCancelled) {
			t.Fatalf("cancelled: %v (%v)", err, errors.Unwrap(err))
		}
	}
	slices.Sort(lateness)
	if usual, worst := lateness[10], lateness[20]; usual > 100*time.Millisecond || worst > time.Second {
		t.Errorf("ended %v after its caller, at worst %v", usual, worst)
	}
	if got, err := ask(t.Context(), s, 1, "SELECT count(*) FROM customers"); got != "3" || err != nil {
		t.Errorf("after the cancelled ones: %q, %v", got, err)
	}
}

// TestSQLiteEndsAtAnyMoment cancels close to every step that a statement goes
// through, where an interrupt is easily missed.
func TestSQLiteEndsAtAnyMoment(t *testing.T) {
	s := open(t, makeDB(t, shop), Options{Timeout: 10 * time.Second})
	for i := range 300 {
		ctx, cancel := context.WithCancel(t.Context())
		timer := time.AfterFunc(time.Duration(i)*2*time.Microsecond, cancel)
		start := time.Now()
		_, err := ask(ctx, s, 1, endless)
		timer.Stop()
		cancel()
		if !errors.Is(err, ErrCancelled) || time.Since(start) > time.Second {
			t.Fatalf("cancelled after %d µs: %v in %v", 2*i, err, time.Since(start))
		}
	}
}

func TestSQLiteTimesOut(t *testing.T) {
	s := open(t, makeDB(t, shop), Options{Timeout: 50 * time.Millisecond})
	start := time.Now()
	if _, err := ask(t.Context(), s, 1, endless); !errors.Is(err, ErrTimeout) {
		t.Errorf("own limit: %v", err)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("took %v", took)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := ask(ctx, s, 1, endless); !errors.Is(err, ErrTimeout) {
		t.Errorf("caller's deadline: %v", err)
	}
}

func TestSQLiteQueueIsBounded(t *testing.T) {
	s := open(t, makeDB(t, shop), Options{Concurrency: 2, Queue: 3})
	ctx, cancel := context.WithCancel(t.Context())
	errs := make(chan error, 12)
	for range 12 {
		go func() {
			_, err := ask(ctx, s, 1, endless)
			errs <- err
		}()
	}
	for range 7 {
		if err := <-errs; !errors.Is(err, ErrBusy) {
			t.Errorf("over the limit: %v", err)
		}
	}
	cancel()
	for range 5 {
		if err := <-errs; !errors.Is(err, ErrCancelled) {
			t.Errorf("within the limit: %v", err)
		}
	}
	if n := s.gate.waiting.Load(); n != 0 || len(s.gate.slots) != 0 {
		t.Errorf("%d still wait, %d still run", n, len(s.gate.slots))
	}
}

func TestSQLiteServesManyAtOnce(t *testing.T) {
	s := open(t, makeDB(t, shop), Options{Concurrency: 3, Queue: 100})
	var all sync.WaitGroup
	for i := range 60 {
		all.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if i%4 == 0 {
				time.AfterFunc(time.Duration(i)*100*time.Microsecond, cancel)
				if _, err := ask(ctx, s, 1, endless); !errors.Is(err, ErrCancelled) {
					t.Errorf("cancelled: %v", err)
				}
				return
			}
			id := int64(i%3 + 1)
			want := []string{"Ann", "Bob", "Cai"}[id-1]
			if got, err := ask(ctx, s, 1, "SELECT name FROM customers WHERE id = ?", id); got != want || err != nil {
				t.Errorf("customer %d: %q, %v", id, got, err)
			}
		})
	}
	all.Wait()
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	garbage := filepath.Join(t.TempDir(), "garbage.db")
	write(t, garbage, strings.Repeat("not a database ", 1000))
	empty := filepath.Join(t.TempDir(), "empty.db")
	write(t, empty, "")
	for url, want := range map[string]Code{
		"sqlite:/nowhere/at/all.sqlite": ErrUnavailable,
		t.TempDir():                     ErrUnavailable,
		"":                              ErrUnavailable,
		":memory:":                      ErrUnavailable,
		"oracle://host/db":              ErrUnavailable,
		"sqlite:" + garbage:             ErrCorrupt,
		empty:                           ErrCorrupt,
	} {
		_, err := Open("sales", url, Options{})
		if !errors.Is(err, want) {
			t.Errorf("%q: %v; want %v", url, err, want)
			continue
		}
		if err.Error() != string(want)+": sales" {
			t.Errorf("%q: the message says more than it may: %v", url, err)
		}
	}
	if _, err := Open("sales", garbage, Options{MaxRows: -1}); err == nil {
		t.Error("a negative limit was taken")
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestSQLiteFollowsItsFile(t *testing.T) {
	path := makeDB(t, shop)
	s := open(t, path, Options{})
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := ask(t.Context(), s, 1, "SELECT count(*) FROM customers"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("deleted: %v", err)
	}
	if err := s.Ping(t.Context()); !errors.Is(err, ErrUnavailable) {
		t.Errorf("ping of a deleted file: %v", err)
	}
	execDB(t, path, "CREATE TABLE customers (id INTEGER PRIMARY KEY); INSERT INTO customers VALUES (1), (2)")
	if got, err := ask(t.Context(), s, 1, "SELECT count(*) FROM customers"); got != "2" || err != nil {
		t.Errorf("put back with other rows: %q, %v", got, err)
	}
	write(t, path, strings.Repeat("rubbish ", 4096))
	if _, err := ask(t.Context(), s, 1, "SELECT count(*) FROM customers"); !errors.Is(err, ErrCorrupt) {
		t.Errorf("overwritten: %v", err)
	}
}

// TestSQLiteLosesItsFileMidway removes, and in a second round truncates, the
// file between two rows. What comes must be the whole answer or an error.
func TestSQLiteLosesItsFileMidway(t *testing.T) {
	script := "CREATE TABLE n (i INTEGER, pad TEXT); WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 20000) INSERT INTO n SELECT i, printf('%01000d', i) FROM c"
	for name, lose := range map[string]func(string) error{
		"removed":   os.Remove,
		"truncated": func(p string) error { return os.Truncate(p, 8192) },
	} {
		path := makeDB(t, script)
		s := open(t, path, Options{})
		rows := 0
		err := s.query(t.Context(), query{sql: "SELECT i FROM n", columns: 1}, func([]driver.Value) error {
			if rows++; rows == 10 {
				return lose(path)
			}
			return nil
		})
		if err == nil && rows != 20000 || err != nil && !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrUnavailable) {
			t.Errorf("%s: %d rows, %v (%v)", name, rows, err, errors.Unwrap(err))
		}
		if _, err := ask(t.Context(), s, 1, "SELECT count(*) FROM n"); !errors.Is(err, ErrUnavailable) && !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s, asked again: %v", name, err)
		}
	}
}

func TestSQLiteWaitsForAWriter(t *testing.T) {
	path := makeDB(t, shop)
	s := open(t, path, Options{LockWait: 2 * time.Second})
	writer := rawDB(t, path)
	defer writer.Close()
	hold := func() {
		if _, err := writer.Exec("BEGIN EXCLUSIVE; INSERT INTO secrets VALUES ('x')", nil); err != nil {
			t.Fatal(err)
		}
	}
	release := func() {
		if _, err := writer.Exec("COMMIT", nil); err != nil {
			t.Error(err)
		}
	}

	hold()
	done := make(chan struct{})
	time.AfterFunc(50*time.Millisecond, func() { release(); close(done) })
	if got, err := ask(t.Context(), s, 1, "SELECT count(*) FROM secrets"); got != "2" || err != nil {
		t.Errorf("a short lock: %q, %v (%v)", got, err, errors.Unwrap(err))
	}
	<-done

	hold()
	defer release()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, err := ask(ctx, s, 1, "SELECT count(*) FROM secrets"); !errors.Is(err, ErrTimeout) || time.Since(start) > time.Second {
		t.Errorf("the caller's end while it waits: %v after %v", err, time.Since(start))
	}
	s.opts.LockWait = 30 * time.Millisecond
	if _, err := ask(t.Context(), s, 1, "SELECT count(*) FROM secrets"); !errors.Is(err, ErrLocked) {
		t.Errorf("a long lock: %v", err)
	}
}

func TestClosedSourceSaysSo(t *testing.T) {
	s, err := Open("sales", makeDB(t, shop), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := ask(t.Context(), s, 1, "SELECT 1"); !errors.Is(err, ErrClosed) {
		t.Errorf("asked after Close: %v", err)
	}
}

func TestSQLiteSchema(t *testing.T) {
	s := open(t, makeDB(t, shop), Options{Tables: []string{"orders", "customers", "east"}})
	schema, err := s.Schema(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, table := range schema.Tables {
		got = append(got, fmt.Sprintf("%s view=%v rows=%d key=%v unique=%v foreign=%v %s", table.Name, table.View, table.Rows, table.PrimaryKey, table.Unique, table.ForeignKeys, table.Comment))
		for _, c := range table.Columns {
			got = append(got, fmt.Sprintf("  %s %q %v(%d) null=%v %s", c.Name, c.Declared, c.Type.Kind, c.Type.Scale, c.Nullable, c.Comment))
		}
	}
	want := []string{
		`customers view=false rows=3 key=[id] unique=[] foreign=[] `,
		`  id "INTEGER" int(0) null=false `,
		`  name "TEXT" text(0) null=true `,
		`  region "TEXT" text(0) null=true `,
		`east view=true rows=-1 key=[] unique=[] foreign=[] `,
		`  id "INTEGER" int(0) null=true `,
		`  name "TEXT" text(0) null=true `,
		`orders view=false rows=3 key=[order_id] unique=[[order_id paid_on]] foreign=[{[customer id] customers [id]}] 订单, one row each`,
		`  order_id "INTEGER" int(0) null=false 订单号`,
		`  customer id "INTEGER" int(0) null=true 'whose'`,
		`  amount "DECIMAL(12,2)" decimal(2) null=false yuan`,
		`  paid_on "DATE" date(0) null=true `,
		`  note "TEXT" text(0) null=true `,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestDeclaredTypeSaysNothingItDoesNotKnow(t *testing.T) {
	for declared, want := range map[string]string{
		"numeric(10, 4)": "decimal 4", "DECIMAL(8)": "decimal 0", "NUMERIC": "null 0", "varchar(20)": "text 0",
		"double precision": "float 0", "": "null 0", "GEOMETRY": "null 0", "DECIMAL(8,999)": "null 0",
	} {
		got := declaredType(declared)
		if s := fmt.Sprint(got.Kind, " ", got.Scale); s != want {
			t.Errorf("%q: %s; want %s", declared, s, want)
		}
	}
}

// TestSQLiteComments finds each comment at the column it is about, however many stand
// on its line.
func TestSQLiteComments(t *testing.T) {
	table, columns := sqliteComments("CREATE TABLE \"shift work\"( -- who works when\n" +
		"  id INTEGER PRIMARY KEY, staff_id INTEGER REFERENCES staff(id),\n" +
		"  -- of the shift\n" +
		"  day TEXT, kind TEXT, -- D = day, N = night\n" +
		"  planned_hrs REAL, act_hrs REAL, note TEXT, -- act_hrs null if not worked\n" +
		"  price DECIMAL(10, 2) DEFAULT '--, (', paid TEXT /* Y or N */, state TEXT -- W worked, S sick\n" +
		"  , UNIQUE (day, staff_id) -- one a day\n);")
	want := map[string]string{"kind": "D = day, N = night", "act_hrs": "act_hrs null if not worked", "paid": "Y or N", "state": "W worked, S sick"}
	if d := cmp.Diff(want, columns); d != "" || table != "who works when" {
		t.Error(table, d)
	}
}

// TestSQLiteFunctionsExist holds the list of functions against the library:
// a name that is misspelt, or left out by the build tags, is no function.
func TestSQLiteFunctionsExist(t *testing.T) {
	c := rawDB(t, makeDB(t, shop))
	defer c.Close()
	if err := registerMoments(c); err != nil {
		t.Fatal(err)
	}
	names, err := firstColumn(c, "SELECT name FROM pragma_function_list")
	if err != nil {
		t.Fatal(err)
	}
	have := setOf(names...)
	for name := range sqliteFunctions {
		if !have[name] {
			t.Errorf("SQLite has no function %s", name)
		}
	}
}
