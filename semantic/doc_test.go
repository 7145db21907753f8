package semantic

import (
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// docLines are the lines of the package comment, without the comment marks.
func docLines(t testing.TB) []string {
	t.Helper()
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, line := range strings.Split(string(text), "\n") {
		if rest, ok := strings.CutPrefix(line, "//"); ok {
			lines = append(lines, rest)
		}
	}
	return lines
}

// docExamples are the query lines of the construct list, by number.
func docExamples(t testing.TB) map[int]string {
	t.Helper()
	example := regexp.MustCompile(`^\t(\d+) +(\S.*?)(?: {3,}.*)?$`)
	found := map[int]string{}
	for _, line := range docLines(t) {
		if m := example.FindStringSubmatch(line); m != nil {
			n, _ := strconv.Atoi(m[1])
			found[n] = m[2]
		}
	}
	return found
}

// docQuery is the query line that opens the package comment.
func docQuery(t testing.TB) string {
	t.Helper()
	lines := docLines(t)
	for i, line := range lines {
		if strings.HasPrefix(line, "\trevenue, revenue / orders as aov") {
			return strings.TrimSpace(line) + " " + strings.TrimSpace(lines[i+1])
		}
	}
	t.Fatal("doc.go opens with no query line")
	return ""
}

func TestDocExamplesParse(t *testing.T) {
	examples := docExamples(t)
	for n := 1; n <= max(50, len(examples)+14); n++ {
		if examples[n] == "" && n > 50 {
			continue // readings and presentations
		}
		if examples[n] == "" {
			t.Errorf("doc.go has no example %d", n)
			continue
		}
		sameLine(t, examples[n])
	}
	sameLine(t, docQuery(t))
}

// sameLine wants a canonical line: it prints as it was typed.
func sameLine(t *testing.T, line string) {
	t.Helper()
	q, err := ParseQuery(line)
	if err != nil {
		t.Errorf("%s: %v", line, err)
		return
	}
	if got := q.String(); got != line {
		t.Errorf("%s\nprints %s", line, got)
	}
}

func TestDocKeywordsAgree(t *testing.T) {
	text := strings.Join(docLines(t), "")
	_, rest, _ := strings.Cut(text, "behind a point:")
	list, _, _ := strings.Cut(rest, ".")
	if got := strings.Fields(list); !reflect.DeepEqual(got, keywords) {
		t.Errorf("doc.go reserves %v\nthe parser     %v", got, keywords)
	}
}
