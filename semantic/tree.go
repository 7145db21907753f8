package semantic

import "strings"

// Tree is one value of a YAML file with its place: a scalar, a mapping in file
// order or a list. Rooms that read other formats get it from ParseTrees. A nil
// Tree is an absent value; every method takes it.
type Tree struct {
	Kind   TreeKind
	Text   string // of a scalar
	Quoted bool   // a scalar that cannot be a number, a boolean or null
	Fields []TreeField
	Items  []*Tree
	Pos    Pos
	node   *node
}

// TreeField is one key of a mapping with its value.
type TreeField struct {
	Key   string
	Pos   Pos
	Value *Tree
}

// TreeKind is the shape of a Tree.
type TreeKind uint8

// The shapes.
const (
	ScalarTree TreeKind = iota
	MappingTree
	ListTree
)

// ParseTrees reads a YAML file that may hold several documents, within the
// limits of model files and without the YAML features that those refuse. On
// failure the error is Problems with the codes SyntaxError or TooLong.
func ParseTrees(name string, data []byte) ([]*Tree, error) {
	nodes, problem := parseDocuments(name, data)
	if problem != nil {
		return nil, Problems{*problem}
	}
	trees := make([]*Tree, len(nodes))
	for i, n := range nodes {
		trees[i] = treeOf(n)
	}
	return trees, nil
}

func treeOf(n *node) *Tree {
	t := &Tree{Kind: TreeKind(n.kind), Text: n.text, Quoted: n.quoted, Pos: n.pos, node: n}
	for _, f := range n.fields {
		t.Fields = append(t.Fields, TreeField{f.key, f.pos, treeOf(f.value)})
	}
	for _, item := range n.items {
		t.Items = append(t.Items, treeOf(item))
	}
	return t
}

// Null reports whether the value is absent or written as null, ~ or nothing.
func (t *Tree) Null() bool {
	return t == nil || t.Kind == ScalarTree && !t.Quoted && (t.Text == "" || t.Text == "null" || t.Text == "~")
}

// Get returns the value of a key, nil where it is absent or null.
func (t *Tree) Get(key string) *Tree {
	if t == nil {
		return nil
	}
	for _, f := range t.Fields {
		if f.Key == key && !f.Value.Null() {
			return f.Value
		}
	}
	return nil
}

// At is the place in the file of the word that begins at a byte of a scalar's
// text.
func (t *Tree) At(offset int) Pos {
	if t == nil || t.node == nil {
		return Pos{}
	}
	offset = max(0, min(offset, len(t.Text)))
	end := offset
	for end < len(t.Text) && !strings.ContainsRune(" \n\t,()", rune(t.Text[end])) {
		end++
	}
	return t.node.offset(Span{Start: offset, End: max(end, min(offset+1, len(t.Text)))})
}
