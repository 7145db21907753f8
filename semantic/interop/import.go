package interop

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"wenshu/semantic"
)

// Formats are the formats that Import reads, in order.
var Formats = []string{"dbt", "dbt-new", "ossie", "cube", "snowflake"}

// Options say what a format leaves open.
type Options struct {
	// Name is what the model is called where the format has no name for it; ""
	// takes the format's.
	Name string
	// Column tells how a column of a source holds its values; nil, or false, when
	// nobody knows. Formats without types need it: without it times are dates,
	// attributes are texts, and a Note says so.
	Column func(source, column string) (semantic.ColumnType, bool)
}

func (o Options) column(source, name string) (semantic.ColumnType, bool) {
	if o.Column == nil {
		return semantic.ColumnType{}, false
	}
	return o.Column(source, name)
}

// Imported is the result of an import.
type Imported struct {
	Files map[string][]byte // model files by name
	Notes []Note            // what was not carried as it was, in order of place
	DBT   *DBT              // how dbt's names read here; nil for other formats
}

// Import reads the files of a format, by name, and returns model files. Files
// that are no YAML are semantic.Problems; everything else that cannot be carried
// is a Note.
func Import(format string, files map[string][]byte, o Options) (*Imported, error) {
	var scripts []string
	if format == "cube" {
		files, scripts = withoutScripts(files)
	}
	trees, err := parseAll(files)
	if err != nil {
		return nil, err
	}
	switch format {
	case "dbt":
		return importDBT(trees, o, false)
	case "dbt-new":
		return importDBT(trees, o, true)
	case "cube":
		return importCube(trees, scripts, o), nil
	case "ossie":
		return importOssie(trees, o)
	case "snowflake":
		return importSnowflake(trees, o)
	}
	return nil, fmt.Errorf("no format %q: %s", format, strings.Join(Formats, ", "))
}

// withoutScripts parts the programs among the files of a format, by their names,
// from those that are read.
func withoutScripts(files map[string][]byte) (read map[string][]byte, scripts []string) {
	read = map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if slices.Contains([]string{".js", ".ts", ".py"}, path.Ext(name)) {
			scripts = append(scripts, name)
		} else {
			read[name] = files[name]
		}
	}
	return read, scripts
}

// parseAll reads every document of every file, in order of file name.
func parseAll(files map[string][]byte) ([]*semantic.Tree, error) {
	var trees []*semantic.Tree
	var problems semantic.Problems
	for _, name := range slices.Sorted(maps.Keys(files)) {
		list, err := semantic.ParseTrees(name, files[name])
		if ps, ok := err.(semantic.Problems); ok {
			problems = append(problems, ps...)
			continue
		}
		if err != nil {
			return nil, err
		}
		trees = append(trees, list...)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return trees, nil
}

// text is a scalar's text, or "".
func text(t *semantic.Tree) string {
	if t.Null() || t.Kind != semantic.ScalarTree {
		return ""
	}
	return t.Text
}

// truth is a boolean's value, in any of the cases that the formats write.
func truth(t *semantic.Tree) bool { return strings.EqualFold(text(t), "true") }

// texts are the scalars of a list, or the one scalar.
func texts(t *semantic.Tree) []string {
	var out []string
	for _, item := range itemsOf(t) {
		if s := text(item); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// itemsOf are the values of a list, or the one value.
func itemsOf(t *semantic.Tree) []*semantic.Tree {
	switch {
	case t.Null():
		return nil
	case t.Kind == semantic.ListTree:
		return t.Items
	}
	return []*semantic.Tree{t}
}

// mappings are the values of a list that are mappings; others are noted.
func mappings(n *notes, t *semantic.Tree, what string) []*semantic.Tree {
	var out []*semantic.Tree
	for _, item := range itemsOf(t) {
		if item.Kind != semantic.MappingTree {
			n.lost(item.Pos, what, "no mapping")
			continue
		}
		out = append(out, item)
	}
	return out
}

// place is where a fault of a scalar's text stands.
func place(t *semantic.Tree, err error) (semantic.Pos, string) {
	if f, ok := err.(fault); ok {
		return t.At(f.at), f.why
	}
	return t.Pos, err.Error()
}
