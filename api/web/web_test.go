package web

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestPageNeedsNoLeave holds the files to what the policy of the page allows:
// no code from strings, nothing inline, nothing from elsewhere, and no markup
// from strings but the constant templates of the library, in one place.
func TestPageNeedsNoLeave(t *testing.T) {
	forbidden := map[string]*regexp.Regexp{
		".js":   regexp.MustCompile(`outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc|\beval\(|new Function|setTimeout\("|javascript:`),
		".html": regexp.MustCompile(`(?i)<script(>| [^>]*>[^<])|<style|\sstyle=|\son[a-z]+=|javascript:`),
		".css":  regexp.MustCompile(`@import|expression\(|url\(`),
		".svg":  regexp.MustCompile(`(?i)<script|\son[a-z]+=|style=|href`),
	}
	elsewhere := regexp.MustCompile(`(https?:)?//[a-z0-9.-]+\.[a-z]{2,}`)
	namespaces := regexp.MustCompile(`http://www\.w3\.org/`)
	templates, seen := 0, 0
	err := fs.WalkDir(Files(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(Files(), name)
		if err != nil {
			return err
		}
		seen++
		rule, ok := forbidden[path.Ext(name)]
		if !ok {
			t.Errorf("%s: no rule for such files", name)
			return nil
		}
		templates += bytes.Count(body, []byte("innerHTML"))
		text := namespaces.ReplaceAllString(string(body), "")
		if found := rule.FindString(text); found != "" {
			t.Errorf("%s: %q", name, found)
		}
		if found := elsewhere.FindString(text); found != "" {
			t.Errorf("%s: %q is elsewhere", name, found)
		}
		return nil
	})
	if err != nil || seen < 6 {
		t.Errorf("%d files, %v", seen, err)
	}
	if templates != 1 {
		t.Errorf("markup is made from strings in %d places; the library has one, for its constant templates", templates)
	}
}

// TestSourcesMakeNoMarkup looks at what we write ourselves.
func TestSourcesMakeNoMarkup(t *testing.T) {
	rule := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|unsafeSVG|document\.write|DOMParser|\beval\(|new Function|style="|style=\$`)
	files, err := filepath.Glob("src/*.ts")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(body), "\n") {
			if found := rule.FindString(line); found != "" {
				t.Errorf("%s:%d: %q", name, i+1, found)
			}
		}
	}
}

// TestWordsAreUsed holds the books to what is said: no word is kept that nothing
// says. The views of a card are named by their own names.
func TestWordsAreUsed(t *testing.T) {
	views := []string{"chart", "table", "sql", "how"}
	book, err := os.ReadFile("src/words_en.ts")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("src/*.ts")
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		said.Write(body)
	}
	// The words of groups stand behind a second brace.
	groups := regexp.MustCompile(`(?s): \{.*?\}|: "(\\.|[^"\\])*"`)
	names := regexp.MustCompile(`\w+`).FindAllString(groups.ReplaceAllString(string(book), ""), -1)
	count := 0
	for _, name := range names[3:] { // export const en
		if name == "as" || name == "Record" || name == "string" || slices.Contains(views, name) {
			continue
		}
		count++
		if !regexp.MustCompile(`book\.` + name + `\b`).MatchString(said.String()) {
			t.Errorf("nothing says %q", name)
		}
	}
	if count < 100 {
		t.Errorf("%d words", count)
	}
}

// firstLoad is how many bytes a browser fetches before the first chart.
const firstLoad = 60_000

func TestFirstLoadIsSmall(t *testing.T) {
	total := 0
	for _, name := range []string{"index.html", "page.css", "icon.svg", "widget.js"} {
		body, err := fs.ReadFile(Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		total += b.Len()
	}
	if total > firstLoad {
		t.Errorf("%d bytes before the first chart; the limit is %d", total, firstLoad)
	}
	t.Logf("%d bytes before the first chart", total)
}
