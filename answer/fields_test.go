package answer

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// fields lists the JSON paths of a type with the kinds of their values.
func fields(t reflect.Type, path string, seen map[reflect.Type]bool, to *[]string) {
	switch t.Kind() {
	case reflect.Pointer:
		fields(t.Elem(), path, seen, to)
	case reflect.Slice:
		fields(t.Elem(), path+"[]", seen, to)
	case reflect.Struct:
		if t.PkgPath() == "time" || seen[t] {
			*to = append(*to, path+" "+t.Name())
			return
		}
		seen[t] = true
		for i := range t.NumField() {
			f := t.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if f.IsExported() && name != "-" {
				fields(f.Type, path+"."+name, seen, to)
			}
		}
		delete(seen, t)
	default:
		*to = append(*to, path+" "+t.Kind().String())
	}
}

// TestAnswerFieldsAreStable holds the JSON form of answers, events, catalogues
// and suggestions to testdata/fields.txt: a field may be added there, never taken away.
func TestAnswerFieldsAreStable(t *testing.T) {
	var got []string
	for _, v := range []any{Answer{}, Event{}, Catalog{}, Suggestion{}, Explanation{}} {
		typ := reflect.TypeOf(v)
		fields(typ, strings.ToLower(typ.Name()), map[reflect.Type]bool{}, &got)
	}
	for _, line := range got {
		if path, _, _ := strings.Cut(line, " "); strings.HasSuffix(path, ".") || strings.ContainsAny(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
			t.Errorf("%s has no name of its own in JSON", line)
		}
	}
	text, err := os.ReadFile("testdata/fields.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSpace(string(text)), "\n")
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("gone: %s", line)
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("new, add it to fields.txt: %s", line)
		}
	}
}
