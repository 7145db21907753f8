package web

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestPageNeedsNoLeave holds the files to what the policy of the page allows:
// no markup from strings, no code from strings, nothing inline, nothing from
// elsewhere.
func TestPageNeedsNoLeave(t *testing.T) {
	forbidden := map[string]*regexp.Regexp{
		".js":   regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc|\beval\b|new Function|setTimeout\("|\.cssText|"style"|javascript:`),
		".html": regexp.MustCompile(`(?i)<script(>| [^>]*>[^<])|<style|\sstyle=|\son[a-z]+=|javascript:`),
		".css":  regexp.MustCompile(`@import|expression\(|url\(`),
		".svg":  regexp.MustCompile(`(?i)<script|\son[a-z]+=|style=|href`),
	}
	elsewhere := regexp.MustCompile(`(https?:)?//[a-z0-9.-]+\.[a-z]{2,}`)
	seen := 0
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
		for i, line := range strings.Split(string(body), "\n") {
			if found := rule.FindString(line); found != "" {
				t.Errorf("%s:%d: %q", name, i+1, found)
			}
			if found := elsewhere.FindString(strings.ReplaceAll(line, "http://www.w3.org/2000/svg", "")); found != "" {
				t.Errorf("%s:%d: %q is elsewhere", name, i+1, found)
			}
		}
		return nil
	})
	if err != nil || seen < 10 {
		t.Errorf("%d files, %v", seen, err)
	}
}

// TestWordsInBothLanguages compares the keys of the two books, and the places
// in their texts.
func TestWordsInBothLanguages(t *testing.T) {
	body, err := fs.ReadFile(Files(), "words.js")
	if err != nil {
		t.Fatal(err)
	}
	text := string(body)
	zh, en, ok := strings.Cut(text[strings.Index(text, "const zh"):], "const en")
	if !ok {
		t.Fatal("words.js has no two books")
	}
	en, _, _ = strings.Cut(en, "const books")
	entry := regexp.MustCompile(`([a-zA-Z_]+): ("[^"]*"|\{)`)
	place := regexp.MustCompile(`\{[a-z]+\}`)
	read := func(book string) []string {
		var list []string
		for _, m := range entry.FindAllStringSubmatch(book, -1) {
			places := place.FindAllString(m[2], -1)
			slices.Sort(places)
			list = append(list, m[1]+strings.Join(places, ""))
		}
		return list
	}
	a, b := read(zh), read(en)
	if len(a) < 60 || !slices.Equal(a, b) {
		t.Errorf("Chinese %v\nEnglish %v", a, b)
	}
	used := regexp.MustCompile(`\bw\("([a-zA-Z]+)"`)
	for _, name := range []string{"main.js", "card.js", "chart.js", "table.js", "compose.js"} {
		source, err := fs.ReadFile(Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range used.FindAllStringSubmatch(string(source), -1) {
			if !slices.ContainsFunc(a, func(key string) bool { return key == m[1] || strings.HasPrefix(key, m[1]+"{") }) {
				t.Errorf("%s: no word for %q", name, m[1])
			}
		}
	}
}
