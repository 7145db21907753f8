package semantic

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	yamlast "github.com/goccy/go-yaml/ast"
	yamllexer "github.com/goccy/go-yaml/lexer"
	yamlparser "github.com/goccy/go-yaml/parser"
	yamltoken "github.com/goccy/go-yaml/token"
)

// The limits of one model file. They are far above what a person writes and
// keep hostile files cheap: the YAML parser needs time that grows with the
// square of the entries of one mapping, and stack that grows with the depth.
const (
	maxFileBytes  = 1 << 20
	maxFileTokens = 100_000
	maxSiblings   = 10_000 // lines at one indent below one key
	maxYAMLDepth  = 16
	maxIndent     = 256
)

// nodeKind is the shape of a node.
type nodeKind uint8

const (
	scalarNode nodeKind = iota
	mappingNode
	listNode
)

// node is one value of a model file with its place: a scalar, a mapping in
// file order, or a list.
type node struct {
	kind   nodeKind
	text   string // of a scalar
	quoted bool   // a scalar that cannot be a number, a boolean or null
	fields []entry
	items  []*node
	pos    Pos
	file   *modelFile
}

// entry is one key of a mapping with its value.
type entry struct {
	key   string
	pos   Pos
	value *node
}

// isNull reports whether n is absent or written as null, ~ or nothing.
func (n *node) isNull() bool {
	return n == nil || n.kind == scalarNode && !n.quoted && (n.text == "" || n.text == "null" || n.text == "~")
}

// modelFile is the text of one file.
type modelFile struct {
	name  string
	lines []string
}

// parseYAML reads one file into a node; nil with no problem is an empty file.
// It returns what parseDocuments does, and Collision for a second document.
func parseYAML(name string, data []byte) (*node, *Problem) {
	nodes, problem := parseDocuments(name, data)
	switch {
	case problem != nil || len(nodes) == 0:
		return nil, problem
	case len(nodes) > 1:
		return nil, &Problem{Code: Collision, Pos: nodes[1].pos, Name: name, Detail: "document"}
	}
	return nodes[0], nil
}

// parseDocuments reads the documents of one file that hold something. It
// returns SyntaxError for text that is not plain YAML (anchors, aliases, merge
// keys, tags and directives are refused) and TooLong for files beyond the
// limits.
func parseDocuments(name string, data []byte) (nodes []*node, problem *Problem) {
	if len(data) > maxFileBytes {
		return nil, &Problem{Code: TooLong, Pos: Pos{File: name}, Name: name, Detail: "bytes"}
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if at := badByte(text); at >= 0 {
		return nil, &Problem{Code: SyntaxError, Pos: posOf(name, text, at), Detail: "character"}
	}
	file := &modelFile{name: name, lines: strings.Split(text, "\n")}
	// The parser is not ours: whatever input makes it stumble is bad syntax.
	defer func() {
		if recover() != nil {
			nodes, problem = nil, &Problem{Code: SyntaxError, Pos: Pos{File: name}, Detail: "yaml"}
		}
	}()
	tokens := yamllexer.Tokenize(text)
	if problem := checkTokens(name, tokens); problem != nil {
		return nil, problem
	}
	parsed, err := yamlparser.Parse(tokens, 0, yamlparser.AllowDuplicateMapKey())
	if err != nil {
		return nil, yamlProblem(name, err)
	}
	return documentNodes(file, parsed)
}

// badByte returns the offset of the first byte that a model file may not hold,
// or -1: invalid UTF-8, control characters, a lone carriage return.
func badByte(text string) int {
	for i, r := range text {
		if r == utf8.RuneError && !strings.HasPrefix(text[i:], "\ufffd") {
			return i
		}
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 || r == 0xfeff {
			return i
		}
	}
	return -1
}

// posOf returns the place of a byte offset.
func posOf(name, text string, offset int) Pos {
	before := text[:offset]
	line := strings.Count(before, "\n")
	start := strings.LastIndexByte(before, '\n') + 1
	return Pos{File: name, Line: line + 1, Column: utf8.RuneCountInString(before[start:]) + 1}
}

// checkTokens refuses what would cost too much to parse and the YAML features
// that let a file mean more than it shows.
func checkTokens(name string, tokens yamltoken.Tokens) *Problem {
	var layout layout
	for i, t := range tokens {
		pos := Pos{File: name, Line: t.Position.Line, Column: t.Position.Column}
		if feature := refusedFeature[t.Type]; feature != "" {
			return &Problem{Code: SyntaxError, Pos: pos, Name: strings.TrimSpace(t.Origin), Detail: feature}
		}
		limit := layout.add(t)
		if i >= maxFileTokens {
			limit = "tokens"
		}
		if limit != "" {
			return &Problem{Code: TooLong, Pos: pos, Name: name, Detail: limit}
		}
	}
	return nil
}

// layout follows how tokens nest, from their places alone.
type layout struct {
	line     int
	flow     int // open brackets and braces
	row      int // list and key marks in this line
	siblings [maxIndent + 1]int
}

// add looks at one more token and returns the limit that it breaks, or "".
func (l *layout) add(t *yamltoken.Token) string {
	if t.Position.Line != l.line {
		l.row, l.line = 0, t.Position.Line
		if l.flow == 0 && t.Type != yamltoken.CommentType {
			if limit := l.startLine(t.Position.Column); limit != "" {
				return limit
			}
		}
	}
	switch t.Type {
	case yamltoken.MappingStartType, yamltoken.SequenceStartType:
		l.flow++
	case yamltoken.MappingEndType, yamltoken.SequenceEndType:
		l.flow--
	case yamltoken.SequenceEntryType, yamltoken.MappingKeyType:
		l.row++
	}
	if l.flow > maxYAMLDepth || l.row > maxYAMLDepth {
		return "depth"
	}
	return ""
}

// startLine counts a line among those of its column.
func (l *layout) startLine(column int) string {
	if column > maxIndent {
		return "depth"
	}
	clear(l.siblings[column+1:])
	if l.siblings[column]++; l.siblings[column] > maxSiblings {
		return "entries"
	}
	return ""
}

// refusedFeature names the YAML features that model files do without.
var refusedFeature = map[yamltoken.Type]string{
	yamltoken.AnchorType: "anchor", yamltoken.AliasType: "alias", yamltoken.MergeKeyType: "merge key",
	yamltoken.TagType: "tag", yamltoken.DirectiveType: "directive",
}

// yamlProblem turns an error of the parser into a problem at its place.
func yamlProblem(name string, err error) *Problem {
	problem := &Problem{Code: SyntaxError, Pos: Pos{File: name}, Detail: "yaml"}
	var placed yaml.Error
	if errors.As(err, &placed) {
		if t := placed.GetToken(); t != nil && t.Position != nil {
			problem.Pos.Line, problem.Pos.Column = t.Position.Line, t.Position.Column
		}
		problem.Detail = yamlMistake(placed.GetMessage())
	}
	return problem
}

// yamlMistake names what the parser says in a sentence.
func yamlMistake(message string) string {
	for _, m := range [][2]string{
		{"tab character", "tab"}, {"'\t'", "tab"},
		{"could not find end", "unclosed"}, {"must be specified", "unclosed"},
		{"not allowed in this context", "indent"}, {"key name", "key"}, {"map key", "key"},
	} {
		if strings.Contains(message, m[0]) {
			return m[1]
		}
	}
	return "yaml"
}

// documentNodes converts the documents of a file.
func documentNodes(file *modelFile, parsed *yamlast.File) ([]*node, *Problem) {
	var nodes []*node
	for _, doc := range parsed.Docs {
		if doc.Body == nil || doc.Body.Type() == yamlast.CommentType || doc.Body.Type() == yamlast.CommentGroupType {
			continue
		}
		n, problem := convert(file, doc.Body, 0)
		if problem != nil {
			return nil, problem
		}
		nodes = append(nodes, n)
	}
	return nodes, nil
}

// convert turns a parsed value into a node.
func convert(file *modelFile, value yamlast.Node, depth int) (*node, *Problem) {
	pos := file.pos(value.GetToken())
	if depth > maxYAMLDepth {
		return nil, &Problem{Code: TooLong, Pos: pos, Name: file.name, Detail: "depth"}
	}
	switch value := value.(type) {
	case *yamlast.MappingNode:
		n := &node{kind: mappingNode, pos: pos, file: file}
		return n, n.addFields(value.Values, depth)
	case *yamlast.MappingValueNode:
		n := &node{kind: mappingNode, pos: pos, file: file}
		return n, n.addFields([]*yamlast.MappingValueNode{value}, depth)
	case *yamlast.SequenceNode:
		n := &node{kind: listNode, pos: pos, file: file}
		for _, item := range value.Values {
			child, problem := convert(file, item, depth+1)
			if problem != nil {
				return nil, problem
			}
			n.items = append(n.items, child)
		}
		return n, nil
	case *yamlast.LiteralNode:
		return &node{text: strings.TrimRight(value.Value.Value, "\n"), quoted: true, pos: pos, file: file}, nil
	case *yamlast.StringNode:
		quoted := value.Token.Type == yamltoken.SingleQuoteType || value.Token.Type == yamltoken.DoubleQuoteType
		return &node{text: value.Value, quoted: quoted, pos: pos, file: file}, nil
	case yamlast.ScalarNode:
		return &node{text: value.GetToken().Value, pos: pos, file: file}, nil
	}
	return nil, &Problem{Code: SyntaxError, Pos: pos, Detail: "yaml"}
}

// addFields adds the keys of a mapping; a mapping starts where its first key
// does, unless a brace opens it.
func (n *node) addFields(values []*yamlast.MappingValueNode, depth int) *Problem {
	for _, v := range values {
		child, problem := convert(n.file, v.Value, depth+1)
		if problem != nil {
			return problem
		}
		key := v.Key.GetToken()
		if _, ok := v.Key.(yamlast.ScalarNode); !ok {
			return &Problem{Code: SyntaxError, Pos: n.file.pos(key), Detail: "key"}
		}
		n.fields = append(n.fields, entry{key: key.Value, pos: n.file.pos(key), value: child})
	}
	if len(values) > 0 && !values[0].IsFlowStyle && n.pos.Line >= n.fields[0].pos.Line {
		n.pos = n.fields[0].pos
	}
	return nil
}

func (f *modelFile) pos(t *yamltoken.Token) Pos {
	if t == nil || t.Position == nil {
		return Pos{File: f.name}
	}
	return Pos{File: f.name, Line: t.Position.Line, Column: t.Position.Column}
}
