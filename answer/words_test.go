package answer

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wenshu/semantic"
)

// wordings flattens everything a language says to path -> text.
func wordings(v reflect.Value, path string, to map[string]string) {
	switch v.Kind() {
	case reflect.String:
		to[path] = v.String()
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				wordings(v.Field(i), path+"."+f.Name, to)
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			wordings(v.Index(i), path+"."+strconv.Itoa(i), to)
		}
	case reflect.Map:
		for iter := v.MapRange(); iter.Next(); {
			wordings(iter.Value(), path+"."+fmt.Sprint(iter.Key().Interface()), to)
		}
	}
}

// allPlaces are the names of all places of a template, sorted.
func allPlaces(template string) []string {
	var names []string
	for rest := template; ; {
		_, after, ok := strings.Cut(rest, "{")
		if !ok {
			break
		}
		name, _, _ := strings.Cut(after, "}")
		name, _, _ = strings.Cut(name, "|")
		names = append(names, name)
		rest = after
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// yearOptional are the places that one language may leave to the other.
var yearOptional = []string{"y", "m", "mon", "n"}

func TestWordsSayTheSameInAllLanguages(t *testing.T) {
	base := map[string]string{}
	wordings(reflect.ValueOf(*chineseWords), "", base)
	for _, w := range languages() {
		got := map[string]string{}
		wordings(reflect.ValueOf(*w), "", got)
		for path, text := range base {
			if got[path] == "" {
				t.Errorf("%s: %s says nothing", w.lang, path)
			}
			want, have := allPlaces(text), allPlaces(got[path])
			drop := func(s string) bool { return slices.Contains(yearOptional, s) }
			if want, have = slices.DeleteFunc(want, drop), slices.DeleteFunc(have, drop); !slices.Equal(want, have) {
				t.Errorf("%s: %s has the places %v, Chinese has %v", w.lang, path, have, want)
			}
		}
		for path := range got {
			if _, ok := base[path]; !ok {
				t.Errorf("%s: %s is not in Chinese", w.lang, path)
			}
		}
	}
}

// codes reads the problem codes from their declaration.
func codes(t *testing.T) []semantic.Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../semantic/problem.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []semantic.Code
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.CONST {
			continue
		}
		for _, spec := range gen.Specs {
			value := spec.(*ast.ValueSpec)
			if id, ok := value.Type.(*ast.Ident); ok && id.Name == "Code" {
				s, _ := strconv.Unquote(value.Values[0].(*ast.BasicLit).Value)
				all = append(all, semantic.Code(s))
			}
		}
	}
	if len(all) < 30 {
		t.Fatalf("only %d codes found", len(all))
	}
	return all
}

func TestWordsCoverEveryCode(t *testing.T) {
	full := semantic.Problem{Name: "NAME", Near: []string{"NEAR"}, Detail: "DETAIL"}
	for _, w := range languages() {
		all := codes(t)
		for _, code := range all {
			for _, p := range []semantic.Problem{{Code: code}, {Code: code, Name: full.Name, Near: full.Near, Detail: full.Detail}} {
				text := w.problem(p).Text
				if text == "" || strings.ContainsAny(text, "{}[]|") {
					t.Errorf("%s %s: %q", w.lang, code, text)
				}
			}
		}
		if len(w.Problems) != len(all) {
			t.Errorf("%s: words for %d problems, there are %d", w.lang, len(w.Problems), len(all))
		}
		for _, code := range warningCodes {
			if w.Warnings[code] == "" {
				t.Errorf("%s: no words for warning %s", w.lang, code)
			}
		}
		for _, kind := range chartKinds {
			if w.Charts[kind] == "" {
				t.Errorf("%s: no name for chart %s", w.lang, kind)
			}
		}
	}
}

// TestWordsInTraditionalScript wants the wording in one script, and the words that
// Taiwan calls otherwise.
func TestWordsInTraditionalScript(t *testing.T) {
	all := map[string]string{}
	wordings(reflect.ValueOf(*traditionalWords()), "", all)
	for path, text := range all {
		if left := simplifiedIn(text); left != "" {
			t.Errorf("%s: %q is in traditional script, but for %s", path, text, left)
		}
	}
	for got, want := range map[string]string{
		traditionalWords().Warnings[Unread].string(word("word", "X")): "“X”沒有看懂，沒有用到。",
		traditionalWords().Column:                                     "欄位", traditionalWords().Filter: "篩選", string(traditionalWords().CutFirst): "顯示了 {of} 個中的前 {shown} 個。",
		traditionalWords().Units[semantic.Week].This: "本週",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestMessages(t *testing.T) {
	m := message("[{a}, ]{n} {n|row|rows}[ of {b}[ in {c}]]")
	cases := []struct {
		args []arg
		want string
	}{
		{[]arg{counted("n", 1)}, "1 row"},
		{[]arg{counted("n", 2), word("a", "x"), word("b", "y")}, "x, 2 rows of y"},
		{[]arg{counted("n", 2), word("b", "y"), word("c", "z")}, "2 rows of y in z"},
		{[]arg{counted("n", 2), word("c", "z")}, "2 rows"},
	}
	for _, c := range cases {
		if got := m.string(c.args...); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	got := message("{x}!").say(said("x", message("[{y} ]{n}").say(spanned("y", "é{", NameSpan), counted("n", 3))))
	want := text{"é{ 3!", []Span{{0, 3, NameSpan, 0, 0}, {4, 5, CountSpan, 0, 0}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}
