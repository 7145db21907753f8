package asktest

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wenshu/answer"
	"wenshu/answer/state"
	"wenshu/fixtures"
	"wenshu/semantic"
	"wenshu/warehouse"
)

var update = flag.Bool("update", false, "rewrite the expectations of scripts that do not hold")

// TestScripts runs every script of every set, in other wordings too.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("../../fixtures/*/ask/*.ask")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("no scripts found")
	}
	runner := &Runner{Open: func(use string) (*Set, error) { return openSet(t, use) }, Again: !*update, Update: *update}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".ask"), func(t *testing.T) { runFile(t, runner, file) })
	}
}

// parseFile parses one script and returns its text too.
func parseFile(t *testing.T, file string) (*Script, string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	script, err := Parse(file, string(text))
	if err != nil {
		t.Fatal(err)
	}
	return script, string(text)
}

// scripts are the scripts of a set, * for all sets.
func scripts(t *testing.T, set string) []*Script {
	t.Helper()
	files, err := filepath.Glob("../../fixtures/" + set + "/ask/*.ask")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts found", err)
	}
	var all []*Script
	for _, file := range files {
		script, _ := parseFile(t, file)
		all = append(all, script)
	}
	return all
}

func runFile(t *testing.T, runner *Runner, file string) {
	script, text := parseFile(t, file)
	report, err := runner.Run(t.Context(), script)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Failures {
		t.Error(f)
	}
	if *update && report.Text != text {
		if err := os.WriteFile(file, []byte(report.Text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// openSet opens a set: its model, and the databases of the demo company, which
// every set is about.
func openSet(t *testing.T, use string) (*Set, error) {
	demo, _, err := fixtures.Ensure(t.Context(), filepath.Join(os.TempDir(), "wenshu-demo"), fixtures.Options{})
	if err != nil {
		return nil, err
	}
	sources, hands := warehouse.Sources{}, map[string]*sql.DB{}
	for name, path := range demo.Files {
		if sources[name], err = warehouse.Open(name, path, warehouse.Options{}); err != nil {
			return nil, err
		}
		if hands[name], err = sql.Open("sqlite3", "file:"+path+"?mode=ro"); err != nil {
			return nil, err
		}
	}
	store, err := state.Open(t.Context(), "")
	if err != nil {
		return nil, err
	}
	service, err := answer.New(t.Context(), answer.Config{
		Load:    func() (*semantic.Model, error) { return semantic.Load(os.DirFS("../../fixtures/" + use + "/model")) },
		Sources: sources, State: store, Now: fixtures.DemoNow,
	})
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() {
		err := errors.Join(sources.Close(), store.Close())
		for _, db := range hands {
			err = errors.Join(err, db.Close())
		}
		if err != nil {
			t.Error(err)
		}
	})
	return &Set{Service: service, Zone: fixtures.Shanghai, Query: func(ctx context.Context, name, text string) ([]string, [][]*string, error) {
		db, ok := hands[name]
		if !ok {
			return nil, nil, fmt.Errorf("no warehouse is called %q", name)
		}
		return byHand(ctx, db, text)
	}}, nil
}

// byHand runs SQL and returns its cells as text.
func byHand(ctx context.Context, db *sql.DB, text string) (columns []string, all [][]*string, err error) {
	rows, err := db.QueryContext(ctx, text)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if columns, err = rows.Columns(); err != nil {
		return nil, nil, err
	}
	for rows.Next() {
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new(any)
		}
		if err := rows.Scan(cells...); err != nil {
			return nil, nil, err
		}
		row := make([]*string, len(columns))
		for i, cell := range cells {
			if v := *cell.(*any); v != nil {
				s := cellText(v)
				row[i] = &s
			}
		}
		all = append(all, row)
	}
	return columns, all, rows.Err()
}

func cellText(v any) string {
	switch v := v.(type) {
	case []byte:
		return string(v)
	case time.Time:
		return strings.TrimSuffix(v.Format("2006-01-02 15:04:05"), " 00:00:00")
	}
	return fmt.Sprint(v)
}
