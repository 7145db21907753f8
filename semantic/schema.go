package semantic

import (
	"bytes"
	"encoding/json"
)

// Schema returns the JSON Schema (draft 2020-12) of model files, for editors.
// It is written from the same tables as the loader's checks; model.schema.json
// holds the same bytes.
func Schema() []byte {
	defs := map[string]any{}
	for _, s := range allShapes() {
		defs[s.name] = shapeSchema(s)
	}
	root := map[string]any{
		"$schema":     "https://json-schema.org/draft/2020-12/schema",
		"$id":         "urn:wenshu:model",
		"title":       "wenshu semantic model",
		"description": fileShape.doc,
		"$ref":        "#/$defs/" + fileShape.name,
		"$defs":       defs,
		"examples":    schemaExamples,
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(root); err != nil {
		panic("semantic: the schema is made of plain values: " + err.Error())
	}
	return out.Bytes()
}

// allShapes lists every shape that a file can hold, the file first.
func allShapes() []*shape {
	shapes := []*shape{&fileShape}
	seen := map[*shape]bool{&fileShape: true}
	var visit func(form)
	visit = func(f form) {
		if f.of != nil {
			visit(*f.of)
		}
		for _, other := range f.any {
			visit(other)
		}
		if f.shape != nil && !seen[f.shape] {
			seen[f.shape] = true
			shapes = append(shapes, f.shape)
		}
	}
	for i := 0; i < len(shapes); i++ {
		for _, k := range shapes[i].keys {
			visit(k.form)
		}
	}
	return shapes
}

func shapeSchema(s *shape) map[string]any {
	properties := map[string]any{}
	required := []string{}
	for _, k := range s.keys {
		property := formSchema(k.form)
		property["description"] = k.doc
		properties[k.name] = property
		if k.required {
			required = append(required, k.name)
		}
	}
	schema := map[string]any{
		"type":                 "object",
		"description":          s.doc,
		"properties":           properties,
		"additionalProperties": false,
	}
	if len(required) > 0 {
		schema["required"] = required
	}
	return schema
}

// formSchema writes one form. A text may be a bare number or truth value, as it
// may be in YAML.
func formSchema(f form) map[string]any {
	switch f.kind {
	case wholeForm:
		return map[string]any{"type": "integer"}
	case flagForm:
		return map[string]any{"type": "boolean"}
	case wordForm:
		return map[string]any{"enum": f.words}
	case listForm:
		return map[string]any{"type": "array", "items": formSchema(*f.of)}
	case namedForm:
		return map[string]any{"type": "object", "additionalProperties": formSchema(*f.of)}
	case objectForm:
		return map[string]any{"$ref": "#/$defs/" + f.shape.name}
	case emptyForm:
		return map[string]any{"type": "null"}
	case eitherForm:
		var forms []map[string]any
		for _, other := range f.any {
			forms = append(forms, formSchema(other))
		}
		return map[string]any{"anyOf": forms}
	}
	return map[string]any{"type": []string{"string", "number", "boolean"}}
}

// schemaExamples are whole models that load.
var schemaExamples = []any{
	map[string]any{
		"tables": map[string]any{
			"orders": map[string]any{
				"key":        []any{"order_id"},
				"time":       "paid_at",
				"columns":    map[string]any{"amount": "decimal(2)"},
				"joins":      map[string]any{"customer": map[string]any{"to": "customers", "on": "customer_id"}},
				"dimensions": map[string]any{"paid_at": map[string]any{"type": "timestamp"}, "customer": map[string]any{"of": "customer"}},
			},
			"customers": map[string]any{
				"key":        "customer_id",
				"display":    "name",
				"dimensions": map[string]any{"name": nil, "level": map[string]any{"values": map[string]any{"gold": []any{"金卡", "金牌"}, "none": nil}}},
			},
		},
		"metrics": map[string]any{
			"revenue": map[string]any{"expr": "sum(orders.amount)", "label": map[string]any{"zh": "销售额", "en": "revenue"}, "format": "money"},
			"aov":     map[string]any{"expr": "revenue / count(orders)", "label": "客单价"},
		},
	},
	map[string]any{
		"calendar": map[string]any{"zone": "Asia/Shanghai", "festivals": map[string]any{"double11": map[string]any{"dates": map[string]any{"2026": "2026-11-11"}}}},
		"tables":   map[string]any{"visits": map[string]any{"dimensions": map[string]any{"device": nil}}},
		"rules":    []any{map[string]any{"table": "visits", "where": "visits.device in {viewer.device}", "unless": map[string]any{"role": "audit"}}},
	},
}
