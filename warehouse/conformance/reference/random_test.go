package reference

import (
	"flag"
	"fmt"
	"runtime/debug"
	"strings"
	"testing"
)

var (
	cases = flag.Int("cases", 2000, "random cases to compute both ways")
	most  = flag.Int("failures", 5, "differences to print")
	seed  = flag.Uint64("seed", 1, "where random cases start")
)

// queriesPerWorld is how many questions one random world is asked.
const queriesPerWorld = 20

// TestRandom computes random questions to random worlds with the product and
// with the evaluator. A case in which they differ is made small and printed.
func TestRandom(t *testing.T) {
	dir := t.TempDir()
	counts := map[verdict]int{}
	codes := map[string]int{}
	failures := 0
	for n := 0; n < *cases; n += queriesPerWorld {
		d := newDice(*seed + uint64(n/queriesPerWorld))
		w := randomWorld(d)
		e, err := openEngine(dir, w)
		if err != nil {
			t.Fatal(err)
		}
		for range queriesPerWorld {
			q := randomQuery(d, w)
			v, text := e.judged(w, q, seam{})
			counts[v]++
			if v == declined || v == refusedBy {
				codes[fmt.Sprint(v == declined, " ", firstWord(text))]++
			}
			if v == declined && testing.Verbose() {
				t.Logf("declined: %s: %s", q.line(), text)
			}
			if v != differs {
				continue
			}
			failures++
			sw, sq, why := shrink(dir, w, q)
			t.Errorf("seed %d\n%s\n%s\n%s%s", *seed+uint64(n/queriesPerWorld), sw.yaml(), sq.line(), sw.data(), why)
			if failures >= *most {
				t.FailNow()
			}
			break
		}
		e.close()
	}
	t.Logf("%d agree, %d refused by both, %d declined, %d hang on doubles; refusals %v",
		counts[agreed], counts[refusedBy], counts[declined], counts[skipped], codes)
}

func firstWord(s string) string {
	if f := strings.FieldsFunc(s, func(r rune) bool { return r == ':' || r == ' ' || r == '[' }); len(f) > 0 {
		return f[0]
	}
	return s
}

// judged is judge with a panic told as a difference.
func (e *engine) judged(w *world, q *query, s seam) (v verdict, text string) {
	defer func() {
		if r := recover(); r != nil {
			v, text = differs, fmt.Sprint("panics: ", r, "\n", string(debug.Stack()))
		}
	}()
	return e.judge(w, q, s)
}

// data shows the rows of a world.
func (w *world) data() string {
	var b strings.Builder
	for _, t := range w.tables {
		b.WriteString(t.name + "(" + strings.Join(each(t.columns, func(c column) string { return c.name }), ", ") + ")")
		for _, r := range t.rows {
			b.WriteString(" (" + strings.Join(each(t.columns, func(c column) string { return r[c.name].String() }), ", ") + ")")
		}
		b.WriteString("\n")
	}
	return b.String()
}
