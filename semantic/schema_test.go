package semantic

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func TestSchemaFileIsCurrent(t *testing.T) {
	if *update {
		if err := os.WriteFile("model.schema.json", Schema(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.ReadFile("model.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(file, Schema()) {
		t.Error("model.schema.json is not what Schema returns; run the test with -update")
	}
}

// schemaKeys lists the keys of every object of the published file.
func schemaKeys(t *testing.T) map[string][]string {
	t.Helper()
	var schema struct {
		Defs map[string]struct {
			Properties map[string]any `json:"properties"`
		} `json:"$defs"`
	}
	file, err := os.ReadFile("model.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(file, &schema); err != nil {
		t.Fatal(err)
	}
	keys := map[string][]string{}
	for name, def := range schema.Defs {
		keys[name] = slices.Sorted(maps.Keys(def.Properties))
	}
	return keys
}

// TestSchemaHasTheKeysThatLoadReads listens to the loader while it reads the
// model of the package comment, which shows every object.
func TestSchemaHasTheKeysThatLoadReads(t *testing.T) {
	read := map[string]map[string]bool{}
	l := newLoader()
	l.asked = func(s *shape, key string) {
		if read[s.name] == nil {
			read[s.name] = map[string]bool{}
		}
		read[s.name][key] = true
	}
	root, problem := parseYAML("model.yaml", []byte(docModel(t)))
	if problem != nil {
		t.Fatal(problem)
	}
	l.addFile(root)
	l.build()
	if len(l.problems) > 0 {
		t.Fatal(l.sorted())
	}
	got := map[string][]string{}
	for name, keys := range read {
		got[name] = slices.Sorted(maps.Keys(keys))
	}
	want := schemaKeys(t)
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if !slices.Equal(got[name], want[name]) {
			t.Errorf("%s: the loader reads %v, the schema has %v", name, got[name], want[name])
		}
	}
	if len(got) != len(want) {
		t.Errorf("the loader reads %d objects, the schema has %d", len(got), len(want))
	}
}

// TestDocModelShowsEveryKey wants the package comment to use every key, or to
// name it in a comment beside another way to say the same.
func TestDocModelShowsEveryKey(t *testing.T) {
	text := docModel(t)
	for name, keys := range schemaKeys(t) {
		for _, key := range keys {
			if !strings.Contains(text, key+":") {
				t.Errorf("doc.go does not show %s.%s", name, key)
			}
		}
	}
}

func compiledSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("urn:wenshu:model", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("urn:wenshu:model")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// fits validates a YAML text against the schema.
func fitsSchema(t *testing.T, schema *jsonschema.Schema, text []byte) error {
	t.Helper()
	asJSON, err := yaml.YAMLToJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(doc)
}

func TestSchemaFitsModels(t *testing.T) {
	schema := compiledSchema(t)
	if err := fitsSchema(t, schema, []byte(docModel(t))); err != nil {
		t.Errorf("doc.go: %v", err)
	}
	for _, broken := range []string{"unknown_key", "unknown_section", "missing_keys", "wrong_types", "not_a_mapping"} {
		text, err := os.ReadFile("testdata/broken/" + broken + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		if fitsSchema(t, schema, text) == nil {
			t.Errorf("%s fits the schema", broken)
		}
	}
}

func TestSchemaExamplesLoad(t *testing.T) {
	schema := compiledSchema(t)
	for i, example := range schemaExamples {
		text, err := json.Marshal(example)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Load(fstest.MapFS{fmt.Sprintf("%d.yaml", i): {Data: text}}); err != nil {
			t.Errorf("example %d: %v", i, err)
		}
		if err := fitsSchema(t, schema, text); err != nil {
			t.Errorf("example %d: %v", i, err)
		}
	}
}
