package answer

import (
	"bytes"
	"database/sql"
	"encoding/binary"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"wenshu/answer/state"
	"wenshu/semantic"
	"wenshu/warehouse"
)

const teaModel = `model: {name: tea, label: {zh: 茶店, en: tea shop}, warehouse: main}
tables:
  sales:
    label: {zh: 销售, en: sale}
    keys: [[id]]
    time: sold_on
    dimensions:
      id: {label: {zh: 编号, en: id}, type: int}
      sold_on: {label: {zh: 日期, en: date}, type: date}
      region: {label: {zh: 大区, en: region}}
      product: {label: {zh: 商品, en: product}, values: {大红袍: [big red robe]}}
      amount: {label: {zh: 金额, en: amount}, type: int, sum: sum}
metrics:
  revenue: {expr: sum(sales.amount), label: {zh: 销售额, en: revenue}}
rules:
  - {table: sales, where: 'sales.region in {viewer.region}', unless: {role: finance}}
`

// teaShop is a database that changes between starts of the service over it.
type teaShop struct {
	t    *testing.T
	file string
	log  bytes.Buffer
	c    Config // of the next start
}

func newTeaShop(t *testing.T) *teaShop {
	shop := &teaShop{t: t, file: filepath.Join(t.TempDir(), "tea.db")}
	shop.exec("CREATE TABLE sales (id INTEGER PRIMARY KEY, sold_on TEXT, region TEXT, product TEXT, amount INTEGER)")
	shop.exec("INSERT INTO sales VALUES (1, '2026-01-01', '东区', '铁观音', 10), (2, '2026-01-01', '南区', '普洱茶', 20)")
	shop.c = Config{Kept: filepath.Join(t.TempDir(), "kept"), KeptOf: "tea", Renew: time.Hour}
	return shop
}

func (shop *teaShop) exec(statement string) {
	shop.t.Helper()
	db, err := sql.Open("sqlite3", shop.file)
	if err != nil {
		shop.t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		shop.t.Fatal(err)
	}
}

// start opens the service anew, with the model as it is then.
func (shop *teaShop) start(model string) *snapshot {
	t := shop.t
	t.Helper()
	store, err := state.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	source, err := warehouse.Open("main", shop.file, warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	shop.log.Reset()
	c := shop.c
	c.Load = func() (*semantic.Model, error) {
		return semantic.Load(fstest.MapFS{"model.yaml": {Data: []byte(model)}})
	}
	c.Sources, c.State, c.Log = warehouse.Sources{"main": source}, store, slog.New(slog.NewTextHandler(&shop.log, nil))
	s, err := New(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = source.Close() // nothing was written
		_ = store.Close()
	})
	return s.current.Load()
}

var (
	teaEast    = semantic.Viewer{ID: "e", Attrs: map[string][]string{"region": {"东区"}}}
	teaFinance = semantic.Viewer{ID: "f", Roles: []string{"finance"}}
)

// products are those that a viewer may name, with their aliases.
func (shop *teaShop) products(s *snapshot, v semantic.Viewer) string {
	shop.t.Helper()
	know, err := s.know(shop.t.Context(), v)
	if err != nil {
		shop.t.Fatal(err)
	}
	var names []string
	for _, set := range know.members {
		for _, e := range set.entries {
			if set.dimension.Name == "product" {
				names = append(names, strings.Join(append([]string{e.Value}, e.Aliases...), "="))
			}
		}
	}
	return strings.Join(names, " ")
}

func (shop *teaShop) want(s *snapshot, v semantic.Viewer, products, logged string) {
	shop.t.Helper()
	if got := shop.products(s, v); got != products {
		shop.t.Errorf("%s may name %q, want %q", v.ID, got, products)
	}
	if !strings.Contains(shop.log.String(), logged) {
		shop.t.Errorf("logged %q, want %q", shop.log.String(), logged)
	}
	if logged == "" && shop.log.Len() > 0 {
		shop.t.Errorf("logged %q", shop.log.String())
	}
}

// TestMembersAreKept starts a service again and again: what was kept is opened by
// the circle it was kept for, and what may not be is read anew, with a word in the log.
func TestMembersAreKept(t *testing.T) {
	shop := newTeaShop(t)
	const before, after = "大红袍=big red robe 普洱茶 铁观音", "大红袍=big red robe 普洱茶 铁观音 龙井"
	s := shop.start(teaModel)
	shop.want(s, teaFinance, before, "")
	shop.want(s, teaEast, "大红袍=big red robe 铁观音", "")
	shop.exec("INSERT INTO sales VALUES (3, '2026-01-01', '东区', '龙井', 30)")

	s = shop.start(teaModel)
	shop.want(s, teaFinance, before, "are opened")
	shop.want(s, teaEast, "大红袍=big red robe 铁观音", "are opened")

	files, err := filepath.Glob(filepath.Join(shop.c.Kept, "*"))
	if err != nil || len(files) != 2 {
		t.Fatalf("files %v, %v", files, err)
	}
	if strings.Contains(strings.Join(files, " "), "东区") {
		t.Errorf("a file is called %v", files)
	}
	first, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	second, err := os.ReadFile(files[1])
	if err != nil {
		t.Fatal(err)
	}
	write := func(a, b []byte) {
		for i, text := range [][]byte{a, b} {
			if err := os.WriteFile(files[i], text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	torn := func(b []byte) []byte { b = slices.Clone(b); b[len(b)-20] ^= 1; return b }
	older := func(b []byte) []byte { b = slices.Clone(b); b[keptHead-6]--; return b } // by 65,536 seconds, unsigned
	for name, c := range map[string]struct {
		first, second []byte
		model         string
		c             func(c *Config)
		logged        string
	}{
		"old":       {shop.aged(s, files[0]), shop.aged(s, files[1]), teaModel, func(*Config) {}, "too old"},
		"swapped":   {second, first, teaModel, func(*Config) {}, "of another model"},
		"torn":      {torn(first), torn(second), teaModel, func(*Config) {}, "is torn"},
		"cut":       {first[:10], second[:0], teaModel, func(*Config) {}, "of another model"},
		"forged":    {older(first), older(second), teaModel, func(*Config) {}, "of another model"},
		"model":     {first, second, teaModel + "# later\n", func(*Config) {}, "of another model"},
		"databases": {first, second, teaModel, func(c *Config) { c.KeptOf = "coffee" }, "of another model"},
		"limit":     {first, second, teaModel, func(c *Config) { c.Members = 7 }, "of another model"},
		"unlogged":  {first, second, teaModel, func(c *Config) { c.Kept = "" }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			write(c.first, c.second)
			was := shop.c
			c.c(&shop.c)
			defer func() { shop.c = was }()
			s := shop.start(c.model)
			shop.want(s, teaFinance, after, c.logged)
			shop.want(s, teaEast, "大红袍=big red robe 铁观音 龙井", c.logged)
		})
	}
}

// aged is a file as it was two hours ago.
func (shop *teaShop) aged(s *snapshot, file string) []byte {
	shop.t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		shop.t.Fatal(err)
	}
	for _, c := range s.circles {
		if s.keptFile(c) != file {
			continue
		}
		read := time.Now().Add(-2 * time.Hour)
		owner := s.keptOwner(c, read)
		return append(binary.LittleEndian.AppendUint64(owner[:], uint64(read.Unix())), b[keptHead:]...)
	}
	shop.t.Fatalf("%s is nobody's", file)
	return nil
}

// TestMembersAreRenewed reads members again while the service answers: until they are
// there the old ones hold, and where they cannot be read as well.
func TestMembersAreRenewed(t *testing.T) {
	shop := newTeaShop(t)
	s := shop.start(teaModel)
	shop.want(s, teaEast, "大红袍=big red robe 铁观音", "")
	shop.exec("INSERT INTO sales VALUES (3, '2026-01-01', '东区', '龙井', 30)")
	c := s.circleOf(teaEast)
	shop.want(s, teaEast, "大红袍=big red robe 铁观音", "")

	s.config.Renew = 1 // a nanosecond: all that was read is old
	s.renew(t.Context(), c)
	s.config.Renew = time.Hour
	shop.want(s, teaEast, "大红袍=big red robe 铁观音 龙井", "")
	shop.want(shop.start(teaModel), teaEast, "大红袍=big red robe 铁观音 龙井", "are opened")

	shop.exec("ALTER TABLE sales RENAME TO sold")
	s.config.Renew = 1
	s.renew(t.Context(), c)
	s.config.Renew = time.Hour
	shop.want(s, teaEast, "大红袍=big red robe 铁观音 龙井", "cannot be read again")
}

// TestKeptMembersAreBounded keeps no more files than circles.
func TestKeptMembersAreBounded(t *testing.T) {
	shop := newTeaShop(t)
	s := shop.start(teaModel)
	for i := range maxCircles + 3 {
		v := semantic.Viewer{Attrs: map[string][]string{"region": {strings.Repeat("x", i+1)}}}
		shop.want(s, v, "大红袍=big red robe", "")
	}
	files, err := filepath.Glob(filepath.Join(shop.c.Kept, "*"))
	if err != nil || len(files) != maxCircles {
		t.Errorf("%d files, %v", len(files), err)
	}
}
