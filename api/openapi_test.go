package api

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"wenshu/answer"
)

// TestRoutesAreDescribed holds the table of routes and the description to each
// other.
func TestRoutesAreDescribed(t *testing.T) {
	if _, err := described(); err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(openapiFile)
	if err != nil {
		t.Fatal(err)
	}
	var served, promised []string
	for _, r := range demoServer(t, stub{}, nil).echo.Routes() {
		served = append(served, r.Method+" "+strings.ReplaceAll(r.Path, ":id", "{id}"))
	}
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			promised = append(promised, method+" "+path)
		}
	}
	slices.Sort(served)
	slices.Sort(promised)
	if !slices.Equal(served, promised) {
		t.Errorf("served   %v\npromised %v", served, promised)
	}
	for _, r := range routes {
		op := doc.Paths.Find(strings.ReplaceAll(r.path, ":id", "{id}")).GetOperation(r.method)
		open := op.Security != nil && len(*op.Security) == 0
		if open != (r.access == anybody) {
			t.Errorf("%s %s: open in the description %v, in the table %v", r.method, r.path, open, r.access == anybody)
		}
	}
}

// schemas are the Go types of the schemas.
var schemas = map[string]any{
	"AskRequest": askBody{}, "QueryRequest": queryBody{}, "Suggestions": suggestions{}, "Suggestion": answer.Suggestion{},
	"Identity": identity{}, "Person": person{}, "Chat": Chat{}, "Health": health{}, "Problem": problem{}, "Step": step{}, "Catalog": answer.Catalog{},
	"CatalogItem": answer.CatalogItem{}, "Answer": answer.Answer{}, "Sentence": answer.Sentence{}, "Span": answer.Span{}, "Chip": answer.Chip{},
	"Choice": answer.Choice{}, "Assumed": answer.Assumed{}, "Period": answer.Period{}, "Filter": answer.Filter{}, "Definition": answer.Definition{}, "Origin": answer.Origin{},
	"Freshness": answer.Freshness{}, "Statement": answer.Statement{}, "Timing": answer.Timing{}, "Note": answer.Note{}, "Mistake": answer.Mistake{},
	"WordMark": answer.WordMark{}, "Table": answer.Table{}, "Column": answer.Column{}, "Cell": answer.Cell{}, "Chart": answer.Chart{},
	"Axis": answer.Axis{}, "ChartLabel": answer.Label{}, "Series": answer.Series{}, "Cut": answer.Cut{}, "RefusedChart": answer.Refused{}, "Feedback": opinionBody{}, "Summary": answer.Summary{},
	"Words": words{}, "PastTurns": pastTurns{}, "Inbox": inboxBody{}, "InboxItem": answer.InboxItem{}, "Proposal": answer.Proposal{}, "PastTurn": answer.Past{}, "Pinned": pinned{}, "Pin": answer.Pin{}, "PinRequest": pinBody{},
	"Offers": offersBody{}, "Bindable": bindable{}, "LinkRequest": joinBody{}, "Joined": Joined{}, "Bots": botsHealth{}, "BotHealth": BotHealth{},
}

// TestSchemasHaveTheFieldsOfTheirTypes compares names and which fields are
// always there: those without omitempty, for what the server sends.
func TestSchemasHaveTheFieldsOfTheirTypes(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openapiFile)
	if err != nil {
		t.Fatal(err)
	}
	for name, schema := range doc.Components.Schemas {
		value, ok := schemas[name]
		if !ok {
			if schema.Value.Type.Is("object") {
				t.Errorf("%s has no Go type", name)
			}
			continue
		}
		fields, always := fieldsOf(reflect.TypeOf(value))
		var described []string
		for property := range schema.Value.Properties {
			described = append(described, property)
		}
		slices.Sort(described)
		if !slices.Equal(fields, described) {
			t.Errorf("%s: Go has %v, the description %v", name, fields, described)
		}
		required := slices.Sorted(slices.Values(schema.Value.Required))
		if sent := !strings.HasSuffix(name, "Request") && name != "Feedback"; sent && !slices.Equal(always, required) {
			t.Errorf("%s: Go always sends %v, the description requires %v", name, always, required)
		}
	}
	for name := range schemas {
		if doc.Components.Schemas[name] == nil {
			t.Errorf("%s is not described", name)
		}
	}
}

func fieldsOf(typ reflect.Type) (fields, always []string) {
	for i := range typ.NumField() {
		f := typ.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || name == "-" {
			continue
		}
		fields = append(fields, name)
		if options != "omitempty" {
			always = append(always, name)
		}
	}
	slices.Sort(fields)
	slices.Sort(always)
	return fields, always
}

func TestDescriptionIsServed(t *testing.T) {
	s := demoServer(t, stub{}, nil)
	var doc struct{ OpenAPI string }
	get(t, s, "", "/api/v1/openapi.json").decode(t, &doc)
	if doc.OpenAPI != "3.1.0" {
		t.Errorf("version %q", doc.OpenAPI)
	}
	if got := get(t, s, "", "/api/v1/openapi.yaml"); string(got.body) != string(openapiFile) {
		t.Error("the YAML served is not the file")
	}
}

// checkStep holds the data of an event to its schema.
func checkStep(t *testing.T, data string) {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(openapiFile)
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal([]byte(data), &value); err != nil {
		t.Fatal(err)
	}
	if err := doc.Components.Schemas["Step"].Value.VisitJSON(value, openapi3.EnableJSONSchema2020()); err != nil {
		t.Errorf("%v in %s", err, data)
	}
}
