package asktest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"wenshu/answer"
	"wenshu/answer/state"
	"wenshu/fixtures"
	"wenshu/semantic"
	"wenshu/warehouse"
	"wenshu/warehouse/load"
)

// The defaults are for every day; make engines asks all of it of the whole company.
var (
	engines = flag.Bool("engines", false, "ask every engine at hand, and compare with SQLite")
	scale   = flag.Float64("scale", 0.005, "size of the demo company on every engine, 1 for the whole")
	part    = flag.Int("part", 8, "every engine is asked every so-many-th conversation, 1 for all")
	only    = flag.String("only", "", "what the names of the scripts hold that engines are asked")
)

// otherEngines are those that must answer every script as SQLite does, with the
// variable that holds the URL of a server; "" is linked in.
var otherEngines = []struct{ name, server string }{
	{"postgres", "WENSHU_TEST_POSTGRES"},
	{"mysql", "WENSHU_TEST_MYSQL"},
	{"clickhouse", "WENSHU_TEST_CLICKHOUSE"},
	{"clickhouse-legacy", "WENSHU_TEST_CLUSTER"},
	{"duckdb", ""},
}

// TestEngines asks the questions of the scripts of SQLite and of another engine
// that holds the same company: the two must give the same answer.
func TestEngines(t *testing.T) {
	if !*engines {
		t.Skip("the flag -engines is not set")
	}
	talks := conversations(t)
	same := sync.OnceValue(func() map[string]string { return filled(t, "sqlite", "sqlite:"+t.TempDir()) })
	for _, e := range otherEngines {
		t.Run(e.name, func(t *testing.T) {
			server := "duckdb:" + t.TempDir()
			if e.server != "" {
				if server = os.Getenv(e.server); server == "" {
					t.Skipf("%s is not set", e.server)
				}
			}
			other := filled(t, e.name, server)
			n := compare(t, talks, opened(t, same()), opened(t, other))
			fmt.Printf("%-18s asked %4d  right %4d  unsupported %d  different %d\n", e.name, n.asked, n.asked-n.unsupported-n.different, n.unsupported, n.different)
			if n.withRows < n.asked/2 {
				t.Errorf("of %d answers only %d have rows", n.asked, n.withRows)
			}
		})
	}
}

// conversation is a question of a script with what follows it.
type conversation struct {
	file  string
	steps []Step
}

func conversations(t *testing.T) []conversation {
	var all []conversation
	for _, s := range scripts(t, "shop") {
		if !strings.Contains(s.File, *only) {
			continue
		}
		for _, step := range s.Steps {
			if step.Command == "ask" || step.Command == "line" || len(all) == 0 {
				all = append(all, conversation{file: s.File})
			}
			last := &all[len(all)-1]
			last.steps = append(last.steps, step)
		}
	}
	var picked []conversation
	for i := 0; i < len(all); i += *part {
		picked = append(picked, all[i])
	}
	return picked
}

// filled fills databases of an engine and gives their URLs by warehouse.
func filled(t *testing.T, name, server string) map[string]string {
	loaders, urls := map[string]load.Loader{}, map[string]string{}
	for _, w := range []string{fixtures.SalesWarehouse, fixtures.FactoryWarehouse} {
		u, err := load.CreateDatabase(t.Context(), server, fmt.Sprintf("wenshu_ask_%d_%s", os.Getpid(), w))
		if err != nil {
			t.Fatal(err)
		}
		urls[w] = u
		if loaders[w], err = load.Open(u); err != nil && name == "duckdb" {
			t.Skip(err)
		} else if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := load.DropDatabase(context.WithoutCancel(t.Context()), server, u); err != nil {
				t.Error(err)
			}
		})
		defer loaders[w].Close()
	}
	if _, err := fixtures.Fill(t.Context(), loaders, fixtures.Options{Scale: *scale}); err != nil {
		t.Fatal(err)
	}
	return urls
}

// opened opens the demo over filled databases, with nothing remembered.
func opened(t *testing.T, urls map[string]string) *Set {
	sources := warehouse.Sources{}
	for w, u := range urls {
		u, _, _ = strings.Cut(u, "?cluster=")
		source, err := warehouse.Open(w, u, warehouse.Options{})
		if err != nil {
			t.Fatalf("%v: %+v", err, errors.Unwrap(err))
		}
		sources[w] = source
	}
	t.Cleanup(func() { sources.Close() })
	store, err := state.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	service, err := answer.New(t.Context(), answer.Config{
		Load:    func() (*semantic.Model, error) { return semantic.Load(fixtures.ShopModel()) },
		Sources: sources, State: store, Now: fixtures.DemoNow,
	})
	if err != nil {
		t.Fatal(err)
	}
	return &Set{Service: service, Zone: fixtures.Shanghai}
}

// tally counts what became of the questions.
type tally struct{ asked, withRows, unsupported, different int }

func compare(t *testing.T, talks []conversation, sqlite, other *Set) (n tally) {
	for i, talk := range talks {
		for _, step := range talk.steps {
			want, err := sqlite.Service.Ask(t.Context(), request(sqlite, step, fmt.Sprint("t", i)), nil)
			got, err2 := other.Service.Ask(t.Context(), request(other, step, fmt.Sprint("t", i)), nil)
			if err != nil || err2 != nil {
				t.Fatalf("%s:%d: %v, %v", talk.file, step.Line, err, err2)
			}
			n.asked++
			if len(tableRows(got.Table)) > 0 {
				n.withRows++
			}
			switch what := unlike(want, got); {
			case what == "":
			case unsupportedAnswer(got):
				n.unsupported++
				t.Logf("%s:%d: %s: %s", talk.file, step.Line, step.Text, outcome(got))
			default:
				n.different++
				t.Errorf("%s:%d: %s: %s\n%s", talk.file, step.Line, step.Text, got.QueryLine, what)
			}
		}
	}
	return n
}

func unsupportedAnswer(a *answer.Answer) bool {
	return slices.ContainsFunc(a.Problems, func(p answer.Mistake) bool { return p.Code == semantic.UnsupportedBySource })
}

// unlike says in what two answers differ, "" for nothing.
func unlike(want, got *answer.Answer) string {
	if a, b := outcome(want), outcome(got); want.Kind != got.Kind || a != b {
		return fmt.Sprintf("\twant %s %s\n\tgot  %s %s", want.Kind, a, got.Kind, b)
	}
	w, g := tableRows(want.Table), tableRows(got.Table)
	if !slices.EqualFunc(w, g, sameRow) {
		return "\t" + strings.Join(difference(w, g), "\n\t")
	}
	// Without rows the sentence may hold a hint, which is looked for as long as time allows.
	if a, b := want.Sentence.Text, got.Sentence.Text; a != b && len(w) > 0 {
		return fmt.Sprintf("\twant %s\n\tgot  %s", a, b)
	}
	return ""
}
