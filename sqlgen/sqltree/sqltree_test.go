package sqltree_test

import (
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"wenshu/sqlgen/dialect"
	. "wenshu/sqlgen/sqltree"
)

var (
	syntax = dialect.SQLite().Syntax()
	allow  = Allow{Tables: map[TableName][]string{
		{Name: "orders"}:                 {"id", "customer_id", "amount", "status", "paid_at"},
		{Name: "customers"}:              {"id", "name", "region"},
		{Schema: "main", Name: "stores"}: {"id", "city"},
	}}
)

// statements reads a corpus; lines that are empty or begin with # say nothing.
func statements(t testing.TB, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, line := range strings.Split(string(text), "\n") {
		if line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

// refused cuts a line of the corpus into the code and the statement.
func refused(line string) (Code, string) {
	code, text, _ := strings.Cut(line, " ")
	return Code(code), strings.TrimLeft(text, " ")
}

func TestCheckRefuses(t *testing.T) {
	lines := statements(t, "testdata/refused.txt")
	if len(lines) < 120 {
		t.Fatalf("the corpus has shrunk to %d statements", len(lines))
	}
	for _, line := range lines {
		want, text := refused(line)
		got, err := Check(text, syntax, allow)
		var r *Refusal
		if !errors.As(err, &r) {
			t.Errorf("%s\n  accepted as %s", text, got)
		} else if r.Code != want {
			t.Errorf("%s\n  refused with %v, want %s", text, r, want)
		}
	}
}

func TestCheckAccepts(t *testing.T) {
	for _, text := range statements(t, "testdata/accepted.txt") {
		once, err := Check(text, syntax, allow)
		if err != nil {
			t.Errorf("%s\n  %v", text, err)
			continue
		}
		twice, err := Check(once, syntax, allow)
		if err != nil || twice != once {
			t.Errorf("%s\n  is printed as\n%s\n  and then as\n%s\n  %v", text, once, twice, err)
		}
		first, _ := Parse(once, syntax)
		second, _ := Parse(twice, syntax)
		if !reflect.DeepEqual(first, second) {
			t.Errorf("%s\n  gives another tree when its text is parsed again", text)
		}
	}
}

// TestCheckRefusesEachTruncation cuts accepted statements short: no prefix may
// panic, and none may be accepted that leaves a parenthesis or a quote open.
func TestCheckRefusesEachTruncation(t *testing.T) {
	for _, text := range statements(t, "testdata/accepted.txt") {
		for i := range text {
			cut := text[:i]
			_, err := Check(cut, syntax, allow)
			open := strings.Count(cut, "(") != strings.Count(cut, ")") || strings.Count(cut, "'")%2 == 1
			if err == nil && open {
				t.Errorf("accepted %q", cut)
			}
		}
	}
}

func TestCheckBounds(t *testing.T) {
	cases := map[string]string{
		"bytes":         "SELECT '" + strings.Repeat("x", MaxBytes) + "' AS a",
		"parentheses":   "SELECT " + strings.Repeat("(", 100_000) + "1" + strings.Repeat(")", 100_000) + " AS a",
		"negations":     "SELECT o.id AS a FROM orders AS o WHERE " + strings.Repeat("NOT ", 100_000) + "1 = 1",
		"sums":          "SELECT 1" + strings.Repeat(" + 1", 100_000) + " AS a",
		"arguments":     "SELECT o.id AS a FROM orders AS o WHERE o.id IN (?" + strings.Repeat(",?", MaxArgs) + ")",
		"list":          "SELECT o.id AS a FROM orders AS o WHERE o.id IN (1" + strings.Repeat(",1", 300_000) + ")",
		"subqueries":    strings.Repeat("SELECT (", 50_000) + "SELECT 1 AS a" + strings.Repeat(") AS a", 50_000),
		"derived":       strings.Repeat("SELECT d.a AS a FROM (", 20_000) + "SELECT 1 AS a" + strings.Repeat(") AS d", 20_000),
		"calls":         "SELECT " + strings.Repeat("ABS(", 50_000) + "1" + strings.Repeat(")", 50_000) + " AS a",
		"cases":         "SELECT " + strings.Repeat("CASE WHEN TRUE THEN ", 20_000) + "1" + strings.Repeat(" END", 20_000) + " AS a",
		"nested minus":  "SELECT " + strings.Repeat("-(", 50_000) + "1" + strings.Repeat(")", 50_000) + " AS a",
		"joined texts":  "SELECT 'a'" + strings.Repeat(" || 'a'", 50_000) + " AS a",
		"multiplied":    "SELECT 1" + strings.Repeat(" * 1", 50_000) + " AS a",
		"nested exists": strings.Repeat("SELECT 1 AS a FROM orders AS o WHERE EXISTS (", 10_000) + "SELECT 1 AS a" + strings.Repeat(")", 10_000),
	}
	for name, text := range cases {
		_, err := Check(text, syntax, allow)
		var r *Refusal
		if !errors.As(err, &r) || r.Code != TooLarge {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestCheckQualifies proves that a bare column leaves Check with its source:
// SQLite reads a quoted name that it does not know as a text.
func TestCheckQualifies(t *testing.T) {
	got, err := Check(`SELECT "amount" AS a FROM orders WHERE "status" = ?`, syntax, allow)
	want := "SELECT \"orders\".\"amount\" AS \"a\"\nFROM \"orders\"\nWHERE \"orders\".\"status\" = ?"
	if err != nil || got != want {
		t.Errorf("got\n%s\n%v", got, err)
	}
}

func TestCheckArgsCounts(t *testing.T) {
	const text = "SELECT o.id AS a FROM orders AS o WHERE o.id = ? AND o.amount = ?"
	for n := range 4 {
		_, err := CheckArgs(text, make([]any, n), syntax, allow)
		if (err == nil) != (n == 2) {
			t.Errorf("%d arguments: %v", n, err)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, text := range statements(f, "testdata/accepted.txt") {
		f.Add(text)
	}
	for _, line := range statements(f, "testdata/refused.txt") {
		_, text := refused(line)
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once, err := Check(text, syntax, allow)
		if err != nil {
			var r *Refusal
			if !errors.As(err, &r) || r.Code == "" {
				t.Fatalf("%q: not a refusal: %v", text, err)
			}
			return
		}
		twice, err := Check(once, syntax, allow)
		if err != nil || once != twice {
			t.Fatalf("%q\nprints\n%s\nthen\n%s\n%v", text, once, twice, err)
		}
	})
}
