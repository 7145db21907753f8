package interop

import (
	"fmt"
	"strings"

	"wenshu/semantic"
)

// ExportFormats are the formats that Export writes, in order.
var ExportFormats = []string{"ossie"}

// Exported is the result of an export.
type Exported struct {
	Files map[string][]byte // by name
	Notes []Note            // what the format has no words for, in order of place
}

// Export writes model files, by name, in another format. Files that are no model
// are semantic.Problems; what the format has no words for is a Note each.
func Export(format string, files map[string][]byte) (*Exported, error) {
	model, err := semantic.LoadFiles(files)
	if err != nil {
		return nil, err
	}
	trees, err := parseAll(files)
	if err != nil {
		return nil, err
	}
	if format == "ossie" {
		return exportOssie(model, trees), nil
	}
	return nil, fmt.Errorf("no format %q: %s", format, strings.Join(ExportFormats, ", "))
}

// said, listed and mapped make trees.
func saidText(text string) *semantic.Tree {
	return &semantic.Tree{Kind: semantic.ScalarTree, Text: text, Quoted: true}
}

func bareText(text string) *semantic.Tree {
	return &semantic.Tree{Kind: semantic.ScalarTree, Text: text}
}

func listOf(texts []string) *semantic.Tree {
	t := &semantic.Tree{Kind: semantic.ListTree}
	for _, text := range texts {
		t.Items = append(t.Items, saidText(text))
	}
	return t
}

func mapped(fields ...semantic.TreeField) *semantic.Tree {
	t := &semantic.Tree{Kind: semantic.MappingTree}
	for _, f := range fields {
		if f.Value != nil {
			t.Fields = append(t.Fields, f)
		}
	}
	return t
}

func keyed(key string, value *semantic.Tree) semantic.TreeField {
	return semantic.TreeField{Key: key, Value: value}
}

// list is a list of mappings; nil for none.
func list(items []*semantic.Tree) *semantic.Tree {
	if len(items) == 0 {
		return nil
	}
	return &semantic.Tree{Kind: semantic.ListTree, Items: items}
}
