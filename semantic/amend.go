package semantic

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// Amendment is one more word for an object of the model, or for a member of a
// dimension.
type Amendment struct {
	Object string // a metric, or a dimension by its short name
	Member string // of the dimension; "" for the object itself
	Word   string
}

// Change is a model file before and after; Old is nil for a file that is new.
type Change struct {
	File     string
	Old, New []byte
}

// Amend writes an amendment into the text of the model file that declares its
// object and leaves every other line as it stands. It fails where the object is
// unknown, or the file is written in a way that cannot be amended by line; the
// model that it makes loads.
func Amend(fsys fs.FS, m *Model, a Amendment) (Change, error) {
	pos, dim, ok := m.declared(a.Object)
	if !ok || a.Member != "" && dim == nil {
		return Change{}, fmt.Errorf("amend %s: no such object", a.Object)
	}
	old, err := fs.ReadFile(fsys, pos.File)
	if err != nil {
		return Change{}, fmt.Errorf("amend %s: %w", a.Object, err)
	}
	lines := strings.SplitAfter(string(old), "\n")
	block, ok := blockAt(lines, pos.Line-1)
	if !ok {
		return Change{}, fmt.Errorf("amend %s: %s is not the start of a declaration", a.Object, pos)
	}
	if a.Member == "" {
		ok = block.addTo("synonyms", a.Word, nil)
	} else {
		ok = block.addAlias(a.Member, a.Word)
	}
	if !ok {
		return Change{}, fmt.Errorf("amend %s: %s cannot be amended by line", a.Object, pos)
	}
	change := Change{pos.File, old, []byte(strings.Join(slices.Concat(lines[:block.from], block.lines, lines[block.end:]), ""))}
	if _, err := Load(changed{fsys, change}); err != nil {
		return Change{}, fmt.Errorf("amend %s: %w", a.Object, err)
	}
	return change, nil
}

// declared returns where an object is declared; dim is nil for a metric.
func (m *Model) declared(object string) (pos Pos, dim *Dimension, ok bool) {
	if metric := m.Metric(object); metric != nil {
		return metric.Pos, nil, true
	}
	for _, t := range m.Tables {
		for _, d := range t.Dimensions {
			if m.ShortName(d) == object {
				return d.Pos, d, true
			}
		}
	}
	return Pos{}, nil, false
}

// changed is a file system in which one file reads otherwise.
type changed struct {
	fs.FS
	change Change
}

// Open opens a file; the one that changes reads as it will.
func (c changed) Open(name string) (fs.File, error) {
	f, err := c.FS.Open(name)
	if err != nil || name != c.change.File {
		return f, err
	}
	return changedFile{f, bytes.NewReader(c.change.New)}, nil
}

type changedFile struct {
	fs.File
	text *bytes.Reader
}

// Read reads the new text.
func (f changedFile) Read(p []byte) (int, error) { return f.text.Read(p) }

// block is the declaration of one object: its first line and those indented
// below it.
type block struct {
	from, end int
	lines     []string
	indent    int
}

func blockAt(lines []string, at int) (*block, bool) {
	if at < 0 || at >= len(lines) || !strings.Contains(lines[at], ":") {
		return nil, false
	}
	b := &block{from: at, end: at + 1, indent: indentOf(lines[at])}
	for b.end < len(lines) && (strings.TrimSpace(lines[b.end]) != "" && indentOf(lines[b.end]) > b.indent) {
		b.end++
	}
	b.lines = slices.Clone(lines[b.from:b.end])
	return b, true
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// flat reports whether the declaration is one line in braces.
func (b *block) flat() bool {
	return len(b.lines) == 1 && strings.HasSuffix(strings.TrimSpace(b.lines[0]), "}")
}

// list is a list in brackets under a key.
func list(key string) *regexp.Regexp {
	return regexp.MustCompile(`\b` + key + `: *\[([^\[\]]*)\]`)
}

// addTo appends a word to the list under a key, which it begins where there is
// none. Among are the lines to look at; nil is those one level below.
func (b *block) addTo(key, word string, among []int) bool {
	if among == nil {
		for i := range b.lines {
			if b.flat() || i > 0 && indentOf(b.lines[i]) == b.below() {
				among = append(among, i)
			}
		}
	}
	for _, i := range among {
		if at := list(key).FindStringSubmatchIndex(b.lines[i]); at != nil && (b.flat() || strings.HasPrefix(strings.TrimSpace(b.lines[i]), key+":")) {
			b.lines[i] = listed(b.lines[i], at, word)
			return true
		}
	}
	entry := key + ": [" + quotedText(word) + "]"
	if b.flat() {
		at := strings.LastIndex(b.lines[0], "}")
		b.lines[0] = b.lines[0][:at] + ", " + entry + b.lines[0][at:]
		return true
	}
	return b.insert(1, b.below(), entry)
}

// below is how far what belongs to the declaration is indented.
func (b *block) below() int {
	if len(b.lines) > 1 {
		return indentOf(b.lines[1])
	}
	return b.indent + 2
}

func (b *block) insert(at, indent int, text string) bool {
	if !strings.HasSuffix(strings.TrimSpace(b.lines[0]), ":") {
		return false
	}
	b.lines = slices.Insert(b.lines, at, strings.Repeat(" ", indent)+text+"\n")
	return true
}

// listed is a line with one more word in the list that a match found.
func listed(line string, at []int, word string) string {
	words := strings.TrimSpace(line[at[2]:at[3]])
	if words != "" {
		words += ", "
	}
	return line[:at[2]] + words + quotedText(word) + line[at[3]:]
}

// addAlias appends an alias to a declared member, or declares the member.
func (b *block) addAlias(member, word string) bool {
	values := slices.IndexFunc(b.lines, func(l string) bool { return strings.TrimSpace(l) == "values:" })
	if values < 0 {
		if b.flat() || slices.ContainsFunc(b.lines, func(l string) bool { return strings.Contains(l, "values:") }) {
			return false
		}
		return b.insert(1, b.below(), "values: {"+quotedText(member)+": ["+quotedText(word)+"]}")
	}
	for i := values + 1; i < len(b.lines) && indentOf(b.lines[i]) > b.below(); i++ {
		name, rest, _ := strings.Cut(strings.TrimSpace(b.lines[i]), ":")
		if strings.Trim(name, `"'`) != member {
			continue
		}
		if at := list("aliases").FindStringSubmatchIndex(b.lines[i]); at != nil {
			b.lines[i] = listed(b.lines[i], at, word)
			return true
		}
		if end := strings.LastIndex(b.lines[i], "}"); end >= 0 {
			b.lines[i] = b.lines[i][:end] + ", aliases: [" + quotedText(word) + "]" + b.lines[i][end:]
			return true
		}
		if strings.HasPrefix(strings.TrimSpace(rest), "[") {
			at := strings.LastIndex(b.lines[i], "]")
			b.lines[i] = b.lines[i][:at] + ", " + quotedText(word) + b.lines[i][at:]
			return true
		}
		return false
	}
	b.lines = slices.Insert(b.lines, values+1, strings.Repeat(" ", b.below()+2)+quotedText(member)+": ["+quotedText(word)+"]\n")
	return true
}

// quotedText is a text as YAML, of which JSON is a part.
func quotedText(s string) string {
	raw, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(raw)
}

// contextLines are the lines that a patch shows around what changes.
const contextLines = 3

// Patch is the change as a unified diff that patch -p1 and git apply take.
func (c Change) Patch() string {
	from := "a/" + c.File
	if c.Old == nil {
		from = "/dev/null"
	}
	before, after := splitLines(c.Old), splitLines(c.New)
	head := 0
	for head < len(before) && head < len(after) && before[head] == after[head] {
		head++
	}
	tail := 0
	for tail < len(before)-head && tail < len(after)-head && before[len(before)-1-tail] == after[len(after)-1-tail] {
		tail++
	}
	start, left := max(head-contextLines, 0), max(tail-contextLines, 0)
	var b strings.Builder
	fmt.Fprintf(&b, "--- %s\n+++ b/%s\n@@ -%s +%s @@\n", from, c.File, hunk(start, len(before)-left), hunk(start, len(after)-left))
	write := func(mark string, lines []string) {
		for _, l := range lines {
			b.WriteString(mark + l)
			if !strings.HasSuffix(l, "\n") {
				b.WriteString("\n\\ No newline at end of file\n")
			}
		}
	}
	write(" ", before[start:head])
	write("-", before[head:len(before)-tail])
	write("+", after[head:len(after)-tail])
	write(" ", after[len(after)-tail:len(after)-left])
	return b.String()
}

// splitLines are lines with their ends.
func splitLines(text []byte) []string {
	lines := strings.SplitAfter(string(text), "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// hunk is a range of lines as a diff counts them.
func hunk(from, end int) string {
	if from == end {
		return fmt.Sprintf("%d,0", from)
	}
	return fmt.Sprintf("%d,%d", from+1, end-from)
}
