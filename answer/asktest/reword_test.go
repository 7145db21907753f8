package asktest

import (
	"context"
	"flag"
	"hash/fnv"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"wenshu/answer"
	"wenshu/semantic"
)

var reworded = flag.Int("reworded", 6, "every so-many-th question of the scripts is asked with its names and its clauses swapped, 1 for all")

// The floor: of a hundred questions with a name or a clause swapped, so many mean
// what they meant. It only ever rises.
const leastReworded = 95

// TestReworded swaps names for synonyms, and moves the period to the other end:
// what a question means must not change.
func TestReworded(t *testing.T) {
	set, err := openSet(t, "shop")
	if err != nil {
		t.Fatal(err)
	}
	names := newNamer(set.Service.Model())
	asked, kept, at := 0, 0, 0
	for _, step := range standalone(t) {
		if at++; at%*reworded != 0 {
			continue
		}
		was, words := meaning(t, set, step, step.Text)
		if was == "" {
			continue
		}
		for _, other := range append(names.swapped(step.Text, words), moved(step.Text, words)...) {
			asked++
			if now, _ := meaning(t, set, step, other); now == was {
				kept++
			} else {
				t.Logf("%s\n\tas %s\n\tis %s\n\tnot %s", step.Text, other, now, was)
			}
		}
	}
	t.Logf("%d of %d reworded questions mean what they meant", kept, asked)
	if asked == 0 || kept*100 < leastReworded*asked {
		t.Errorf("%d of %d reworded questions mean what they meant", kept, asked)
	}
}

// standalone are the questions of all scripts that follow nothing.
func standalone(t *testing.T) []Step {
	var steps []Step
	for _, script := range scripts(t, "shop") {
		for _, s := range script.Steps {
			if s.Command == "ask" {
				steps = append(steps, s)
			}
		}
	}
	return steps
}

// meaning is the query line of a question, "" where it has none, and what its
// words became. Nothing is run.
func meaning(t *testing.T, set *Set, step Step, text string) (string, []answer.WordMark) {
	t.Helper()
	step.Text = text
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	a, compiled, err := compile(ctx, set, step)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.More) > 0 || !compiled {
		return "", nil
	}
	return a.QueryLine, a.Words
}

// swapped writes a question with another name of the first metric, and of the
// first dimension, that it names in full.
func (n *namer) swapped(question string, words []answer.WordMark) []string {
	var all []string
	for _, named := range []func(meaning string) (semantic.Names, bool){n.metricNamed, n.dimensionNamed} {
		for _, w := range words {
			names, ok := named(w.Meaning)
			if !ok || w.State != "used" {
				continue
			}
			if other, ok := n.otherName(names, w.Text); ok {
				all = append(all, question[:w.Start]+other+question[w.End:])
			}
			break
		}
	}
	return all
}

func (n *namer) metricNamed(meaning string) (semantic.Names, bool) {
	for _, m := range n.model.Metrics {
		if m.Name == meaning {
			return m.Names, true
		}
	}
	return semantic.Names{}, false
}

func (n *namer) dimensionNamed(meaning string) (semantic.Names, bool) {
	d := n.model.Dimension(meaning)
	if d == nil {
		return semantic.Names{}, false
	}
	return d.Names, true
}

// otherName is another name of what a word names in full, in the same script.
func (n *namer) otherName(names semantic.Names, said string) (string, bool) {
	zh, en := n.names(names)
	list := en
	if isHan(said) {
		list = zh
	}
	list = slices.Compact(slices.Sorted(slices.Values(list)))
	at := slices.IndexFunc(list, func(s string) bool { return strings.EqualFold(s, said) })
	if at < 0 || len(list) < 2 {
		return "", false
	}
	h := fnv.New32a()
	h.Write([]byte(said))
	return list[(at+1+int(h.Sum32()%uint32(len(list)-1)))%len(list)], true
}

func isHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// moved writes a question that begins or ends with its only period with the
// period at the other end: last month, revenue by region.
func moved(question string, words []answer.WordMark) []string {
	var period *answer.WordMark
	for i, w := range words {
		if ps, err := semantic.ParseQuery("x during " + w.Meaning); err == nil && len(ps.During) > 0 {
			if period != nil {
				return nil
			}
			period = &words[i]
		}
	}
	if period == nil {
		return nil
	}
	before, behind := strings.TrimSpace(question[:period.Start]), strings.TrimSpace(question[period.End:])
	switch {
	case before == "" && isHan(question) && !strings.HasPrefix(behind, "的"):
		return []string{behind + "，" + period.Text}
	case behind == "" && !isHan(question) && !strings.HasSuffix(before, "in") && !strings.HasSuffix(before, "for") && !strings.HasSuffix(before, "of"):
		return []string{period.Text + ", " + before}
	}
	return nil
}
