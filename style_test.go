package wenshu

import (
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"testing"
)

const (
	maxFunctionLines = 80
	maxFileLines     = 600
)

// TestStyleFunctionsAreShort fails on a function of more than 80 lines, not
// counting tables (composite literals) and the cases of one flat switch.
func TestStyleFunctionsAreShort(t *testing.T) {
	for _, src := range sources(t) {
		if ast.IsGenerated(src.ast) {
			continue
		}
		for _, decl := range src.ast.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			if n := lines(src.fset, fn) - tableLines(src.fset, fn.Body); n > maxFunctionLines {
				t.Errorf("%s: %s has %d lines besides its tables; the limit is %d", src.at(fn.Pos()), fn.Name.Name, n, maxFunctionLines)
			}
		}
	}
}

// TestStyleFilesAreShort fails on a file of more than 600 lines, not counting
// tables at the top level.
func TestStyleFilesAreShort(t *testing.T) {
	for _, src := range sources(t) {
		if ast.IsGenerated(src.ast) {
			continue
		}
		n := src.fset.File(src.ast.Pos()).LineCount()
		for _, decl := range src.ast.Decls {
			if gen, ok := decl.(*ast.GenDecl); ok {
				n -= tableLines(src.fset, gen)
			}
		}
		if n > maxFileLines {
			t.Errorf("%s: %d lines besides its tables; the limit is %d", src.path, n, maxFileLines)
		}
	}
}

// tableLines counts the lines of the composite literals below a node that hold
// no function, and of the switch statements that have no other switch and no
// loop inside.
func tableLines(fset *token.FileSet, root ast.Node) int {
	n := 0
	ast.Inspect(root, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.CompositeLit:
			if !holds(node, isFunction) {
				n += lines(fset, node) - 1
				return false
			}
		case *ast.SwitchStmt:
			if !holds(node.Body, isBranching) {
				n += lines(fset, node) - 1
				return false
			}
		case *ast.TypeSwitchStmt:
			if !holds(node.Body, isBranching) {
				n += lines(fset, node) - 1
				return false
			}
		}
		return true
	})
	return n
}

func lines(fset *token.FileSet, n ast.Node) int {
	return fset.Position(n.End()).Line - fset.Position(n.Pos()).Line + 1
}

func holds(root ast.Node, kind func(ast.Node) bool) bool {
	found := false
	ast.Inspect(root, func(n ast.Node) bool {
		found = found || n != nil && kind(n)
		return !found
	})
	return found
}

func isFunction(n ast.Node) bool {
	_, ok := n.(*ast.FuncLit)
	return ok
}

func isBranching(n ast.Node) bool {
	switch n.(type) {
	case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
		return true
	}
	return false
}

// TestStylePackagesAreDocumented wants the package comment of every package in
// its doc.go and nowhere else.
func TestStylePackagesAreDocumented(t *testing.T) {
	documented := map[string]bool{}
	for _, src := range sources(t) {
		folder := path.Dir(src.path)
		if path.Base(src.path) == "doc.go" && src.ast.Doc != nil {
			documented[folder] = true
		} else if !src.test() && src.ast.Doc != nil {
			t.Errorf("%s: the package comment belongs into doc.go", src.path)
		}
	}
	for _, src := range sources(t) {
		if folder := path.Dir(src.path); !src.test() && !documented[folder] {
			t.Errorf("%s: the package has no doc.go with a package comment", folder)
			documented[folder] = true
		}
	}
}

// TestStyleNothingIsLeftOpen refuses notes of unfinished work.
func TestStyleNothingIsLeftOpen(t *testing.T) {
	open := regexp.MustCompile(`\b(TODO|FIXME|XXX|HACK)\b`)
	for _, src := range sources(t) {
		for _, group := range src.ast.Comments {
			for _, c := range group.List {
				if word := open.FindString(c.Text); word != "" {
					t.Errorf("%s: %s in a comment", src.at(c.Pos()), word)
				}
			}
		}
	}
}

// TestStyleFileNames refuses the names that say nothing.
func TestStyleFileNames(t *testing.T) {
	vague := regexp.MustCompile(`^(utils?|common|helpers?|types|misc)(_test)?\.go$`)
	for _, src := range sources(t) {
		if vague.MatchString(path.Base(src.path)) {
			t.Errorf("%s: name the file after its idea", src.path)
		}
	}
}
