package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf16"

	"github.com/slack-go/slack"
)

// lintSlack holds a message to the limits of Block Kit, counting characters the
// way that finds more of them.
func lintSlack(body []byte) error {
	var m struct {
		Text   string           `json:"text"`
		Blocks []map[string]any `json:"blocks"`
	}
	if err := json.Unmarshal(body, &m); err != nil {
		return err
	}
	if n := size(m.Text); n > 4000 {
		return fmt.Errorf("text of %d characters", n)
	}
	if len(m.Blocks) > 50 {
		return fmt.Errorf("%d blocks", len(m.Blocks))
	}
	tables, ids := 0, map[string]bool{}
	for _, b := range m.Blocks {
		id, _ := b["block_id"].(string)
		if len(id) > 255 || id != "" && ids[id] {
			return fmt.Errorf("block id %q", id)
		}
		ids[id] = true
		if b["type"] == "data_table" || b["type"] == "table" {
			tables++
		}
		if err := lintBlock(b); err != nil {
			return fmt.Errorf("%v: %w", b["type"], err)
		}
	}
	if tables > 1 {
		return errors.New("two tables")
	}
	return nil
}

func size(v any) int {
	s, _ := v.(string)
	return len(utf16.Encode([]rune(s)))
}

func list(v any) []any { l, _ := v.([]any); return l }

func object(v any) map[string]any { m, _ := v.(map[string]any); return m }

func lintBlock(b map[string]any) error {
	switch b["type"] {
	case "rich_text":
		return lintRich(b, 0)
	case "context":
		if n := len(list(b["elements"])); n == 0 || n > 10 {
			return fmt.Errorf("%d elements", n)
		}
		for _, e := range list(b["elements"]) {
			if err := lintText(object(e), 2000); err != nil {
				return err
			}
		}
		return nil
	case "actions":
		return lintActions(b)
	case "context_actions":
		for _, e := range list(b["elements"]) {
			for _, name := range []string{"positive_button", "negative_button"} {
				button := object(object(e)[name])
				if err := lintText(object(button["text"]), 75); err != nil || size(button["value"]) > 2000 || size(button["value"]) == 0 {
					return fmt.Errorf("%s: %v", name, err)
				}
			}
		}
		return nil
	case "data_table":
		return lintTable(b)
	case "data_visualization":
		text, err := json.Marshal(b)
		if err != nil {
			return err
		}
		var block slack.DataVisualizationBlock
		if err := json.Unmarshal(text, &block); err != nil {
			return err
		}
		return block.Validate()
	}
	return errors.New("a block that is not expected")
}

func lintText(t map[string]any, most int) error {
	if t["type"] != "plain_text" {
		return fmt.Errorf("text of type %v: only plain text shows values as they are", t["type"])
	}
	if n := size(t["text"]); n == 0 || n > most {
		return fmt.Errorf("text of %d characters", n)
	}
	return nil
}

func lintRich(b map[string]any, sum int) error {
	for _, e := range list(b["elements"]) {
		inner := object(e)
		switch inner["type"] {
		case "rich_text_section", "rich_text_list":
			if err := lintRich(inner, sum); err != nil {
				return err
			}
		case "text":
			if n := size(inner["text"]); n == 0 || n > 3000 {
				return fmt.Errorf("rich text of %d characters", n)
			}
		case "link":
			if n := size(inner["url"]); n == 0 || n > 3000 {
				return fmt.Errorf("link of %d characters", n)
			}
		case "user":
		default:
			return fmt.Errorf("rich text element %v", inner["type"])
		}
	}
	return nil
}

func lintActions(b map[string]any) error {
	elements, ids := list(b["elements"]), map[any]bool{}
	if len(elements) == 0 || len(elements) > 25 {
		return fmt.Errorf("%d elements", len(elements))
	}
	for _, e := range elements {
		one := object(e)
		if ids[one["action_id"]] || size(one["action_id"]) > 255 {
			return fmt.Errorf("action id %v", one["action_id"])
		}
		ids[one["action_id"]] = true
		label, most := object(one["text"]), 75
		if one["type"] == "external_select" {
			label, most = object(one["placeholder"]), 150
		}
		if err := lintText(label, most); err != nil {
			return err
		}
		if size(one["value"]) > 2000 || size(one["url"]) > 3000 {
			return errors.New("value or address too long")
		}
	}
	return nil
}

func lintTable(b map[string]any) error {
	rows, chars := list(b["rows"]), size(b["caption"])
	if size(b["caption"]) == 0 || len(rows) < 2 || len(rows) > 101 {
		return fmt.Errorf("caption %v, %d rows", b["caption"], len(rows))
	}
	if n, _ := b["page_size"].(float64); n < 1 || n > 100 {
		return fmt.Errorf("pages of %v", b["page_size"])
	}
	width := len(list(rows[0]))
	for i, r := range rows {
		cells := list(r)
		if len(cells) != width || width == 0 || width > 20 {
			return fmt.Errorf("row %d has %d cells", i, len(cells))
		}
		for _, c := range cells {
			cell := object(c)
			if i == 0 && cell["type"] != "raw_text" || cell["type"] != "raw_text" && cell["type"] != "raw_number" || size(cell["text"]) == 0 {
				return fmt.Errorf("cell %v", cell)
			}
			chars += size(cell["text"])
		}
	}
	if chars > 10_000 {
		return fmt.Errorf("a table of %d characters", chars)
	}
	return nil
}
