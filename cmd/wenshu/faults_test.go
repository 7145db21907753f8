package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFaultsOfFilesAreLines wants every command that reads somebody's files to
// tell their mistakes the same way: a line each, with its place and its code.
func TestFaultsOfFilesAreLines(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name, name+".yaml")
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return filepath.Dir(path)
	}
	model := write("model", "tables:\n  orders: {key: id, dimensions: {id: }}\nmetrics:\n  a: {expr: sum(ordres.x)}\n  b: {exprs: count(orders)}\n")
	broken := write("broken", "semantic_models:\n  - name: [\n")
	for _, c := range []struct {
		args []string
		want []string // how each line begins
	}{
		{[]string{"check", "--model", model}, []string{"model.yaml:4:17: unknown_name", "model.yaml:5:3: missing", "model.yaml:5:7: unknown_name"}},
		{[]string{"export", "--to", "ossie", "--model", model, "--out", filepath.Join(dir, "out")}, []string{"model.yaml:4:17: unknown_name", "model.yaml:5:3: missing", "model.yaml:5:7: unknown_name"}},
		{[]string{"import", "--from", "dbt", "--out", filepath.Join(dir, "out"), broken}, []string{"broken.yaml:2:11: syntax"}},
	} {
		var out, told bytes.Buffer
		if code := run(c.args, streams{out: &out, err: &told}); code != 1 {
			t.Errorf("%v: exit code %d", c.args, code)
		}
		lines := strings.Split(strings.TrimSpace(told.String()), "\n")
		if len(lines) != len(c.want) {
			t.Errorf("%v: %d lines, want %d:\n%s", c.args, len(lines), len(c.want), told.String())
			continue
		}
		for i, want := range c.want {
			if !strings.HasPrefix(lines[i], want) {
				t.Errorf("%v: line %d is %q, want %q", c.args, i+1, lines[i], want)
			}
		}
	}
}
