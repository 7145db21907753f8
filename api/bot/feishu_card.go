package bot

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// feishuLimit is the longest message with a card, in bytes.
const feishuLimit = 30 << 10

// Budget keeps a card within 30 KB in most cases; Encode looks.
func (f *feishu) Budget() Budget {
	return Budget{
		Headline: 600, Line: 200, Facts: 6, Notes: 6, Rows: 100, Columns: 20, Cell: 120, TableText: 5000,
		ChartKinds: []string{"line", "area", "bar", "pie"}, Series: 8, Points: 40, Slices: 12, Label: 40, ChartTitle: 60,
		Buttons: 8, ButtonText: 60, Feedback: true, Pictures: true, Files: true, Private: true,
	}
}

// piece is a part of a card: JSON with its keys in order of the alphabet.
type piece = map[string]any

// Encode writes a message as a card of JSON 2.0, or a file to upload.
func (f *feishu) Encode(m Message) ([]Call, error) {
	if m.File != nil {
		return feishuFile(m)
	}
	card, err := compactJSON(feishuCardOf(m))
	if err != nil {
		return nil, err
	}
	if _, id, found := strings.Cut(m.Replaces, feishuOr); found {
		change := piece{"card": piece{"type": "card_json", "data": string(card)}, "sequence": 1, "uuid": shortKey("answer " + id)}
		return oneCall("cardkit.card.update", change, feishuLimit)
	}
	if m.Replaces != "" {
		return oneCall("im.message.patch", piece{"content": string(card)}, feishuLimit)
	}
	return oneCall(feishuMethod(m.To), feishuEnvelope(m, "interactive", string(card)), feishuLimit)
}

// oneCall writes a body, which must not be longer than limit.
func oneCall(method string, body any, limit int) ([]Call, error) {
	b, err := compactJSON(body)
	if err != nil {
		return nil, err
	}
	if len(b) > limit {
		return nil, ErrTooLarge
	}
	return []Call{{method, b}}, nil
}

// compactJSON writes JSON without the escapes that a page of HTML would need:
// they count.
func compactJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// feishuMethod is how a message gets there: as a reply where there is something
// to reply to, unless nobody else may read it.
func feishuMethod(to Address) string {
	if feishuReplyTo(to) != "" && !to.Private {
		return "im.message.reply"
	}
	return "im.message.create"
}

func feishuReplyTo(to Address) string {
	var v feishuReply
	if len(to.Vendor) == 0 || json.Unmarshal(to.Vendor, &v) != nil {
		return ""
	}
	return v.Message
}

// feishuEnvelope is the body that carries content. Feishu sends a uuid once an
// hour, however often it is asked to.
func feishuEnvelope(m Message, kind, content string) piece {
	p := piece{"msg_type": kind, "content": content, "uuid": shortKey(m.Key)}
	if feishuMethod(m.To) == "im.message.reply" {
		p["reply_in_thread"] = m.To.Thread != ""
		return p
	}
	p["receive_id"] = m.To.Chat
	if m.To.Private {
		p["receive_id"] = m.To.User
	}
	return p
}

// shortKey makes an idempotency key of 32 letters and digits.
func shortKey(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:16])
}

// feishuFile uploads a file and sends a message with the key it gets.
func feishuFile(m Message) ([]Call, error) {
	upload, kind, key := "im.file.create", "file", "file_key"
	if m.File.Form == "png" {
		upload, kind, key = "im.image.create", "image", "image_key"
	}
	content, err := json.Marshal(map[string]string{key: uploaded})
	if err != nil {
		return nil, err
	}
	calls, err := oneCall(feishuMethod(m.To), feishuEnvelope(m, kind, string(content)), feishuLimit)
	return append([]Call{{upload, m.File.Body}}, calls...), err
}

// uploaded stands for the key of the file that was uploaded before.
const uploaded = "{{uploaded}}"

// feishuCardOf lays a card out. Every text is plain_text, in which nothing is
// markup.
func feishuCardOf(m Message) piece {
	c := m.Card
	body := []any{feishuText(againMark(m)+c.Headline, "heading", "default")}
	for _, line := range c.Lines {
		body = append(body, feishuText(line, "normal", "default"))
	}
	if c.Chart != nil {
		body = append(body, piece{"tag": "chart", "aspect_ratio": "16:9", "color_theme": "brand", "chart_spec": feishuChart(c.Chart)})
	}
	if c.Table != nil {
		body = append(body, feishuTable(c.Table))
		if c.Table.More != "" {
			body = append(body, feishuText(c.Table.More, "notation", "grey"))
		}
	}
	if len(c.Facts) > 0 {
		body = append(body, feishuText(strings.Join(c.Facts, "\n"), "notation", "default"))
	}
	if len(c.Notes) > 0 {
		body = append(body, feishuText(strings.Join(c.Notes, "\n"), "notation", "grey"))
	}
	body = append(body, feishuButtons(c, m.To)...)
	if c.By != "" {
		body = append(body, feishuBy(c))
	}
	card := piece{
		"schema": "2.0",
		"config": piece{"update_multi": true, "streaming_mode": false, "summary": piece{"content": clip(c.Headline, 100)}},
		"body":   piece{"elements": body},
	}
	if c.Title != "" {
		color := "blue"
		if c.Failed {
			color = "orange"
		}
		card["header"] = piece{"template": color, "title": plainText(c.Title)}
	}
	return card
}

// userID is what an id of a user may be made of.
var userID = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// feishuBy names who shared an answer, without calling them. It is the one text
// of a card that is markup.
func feishuBy(c *Card) piece {
	name := ""
	if userID.MatchString(c.By) {
		name = "<person id='" + c.By + "' show_name=true show_avatar=false style='normal'></person>"
	}
	return piece{"tag": "markdown", "text_size": "notation", "content": fill(wordsFor(c.Lang).SharedBy, "name", name)}
}

func plainText(s string) piece { return piece{"tag": "plain_text", "content": s} }

func feishuText(s, size, color string) piece {
	return piece{"tag": "div", "text": piece{"tag": "plain_text", "content": s, "text_size": size, "text_color": color}}
}

func feishuTable(t *Table) piece {
	var columns, rows []any
	for i, c := range t.Columns {
		align := "left"
		if c.Number {
			align = "right"
		}
		columns = append(columns, piece{"name": column(i), "display_name": c.Label, "data_type": "text", "horizontal_align": align, "width": "auto"})
	}
	for _, row := range t.Rows {
		r := piece{}
		for i, cell := range row {
			r[column(i)] = cell.Text
		}
		rows = append(rows, r)
	}
	return piece{"tag": "table", "page_size": min(10, max(1, len(rows))), "row_height": "low", "freeze_first_column": len(columns) > 4,
		"header_style": piece{"bold": true, "background_style": "grey", "lines": 1}, "columns": columns, "rows": rows}
}

func column(i int) string { return fmt.Sprintf("c%d", i) }

// feishuChart is a specification of VChart: data and names of fields, no code.
func feishuChart(c *Chart) piece {
	var values []any
	for i, label := range c.Labels {
		for _, s := range c.Series {
			if i < len(s.Values) && s.Values[i] != nil {
				values = append(values, piece{"x": label, "y": *s.Values[i], "s": s.Name})
			}
		}
	}
	spec := piece{"type": c.Kind, "title": piece{"text": c.Title}, "data": piece{"values": values}}
	if c.Kind == "pie" {
		spec["categoryField"], spec["valueField"] = "x", "y"
		spec["outerRadius"], spec["innerRadius"] = 0.9, 0.5
		spec["legends"] = piece{"visible": true, "orient": "right"}
		return spec
	}
	spec["xField"], spec["yField"] = "x", "y"
	if c.Values != "" {
		spec["axes"] = []any{piece{"orient": "left", "title": piece{"visible": true, "text": c.Values}}, piece{"orient": "bottom"}}
	}
	if len(c.Series) > 1 {
		spec["seriesField"] = "s"
		spec["legends"] = piece{"visible": true, "orient": "bottom"}
		if c.Kind == "bar" {
			spec["xField"] = []string{"x", "s"}
		}
	}
	return spec
}

// feishuButtons stand side by side as far as there is room.
func feishuButtons(c *Card, to Address) []any {
	var out []any
	for _, b := range c.Buttons {
		out = append(out, feishuButton(b.Text, b.Ref, b.URL, b.Kind == ChoiceButton || b.Kind == SignInButton, to))
	}
	for i, face := range faces(c.Lang) {
		if ref := c.Feedback[i]; ref != "" {
			out = append(out, feishuButton(face, ref, "", false, to))
		}
	}
	if c.Link.URL != "" {
		out = append(out, feishuButton(c.Link.Text, "", c.Link.URL, false, to))
	}
	if len(out) == 0 {
		return nil
	}
	var columns []any
	for _, button := range out {
		columns = append(columns, piece{"tag": "column", "width": "auto", "elements": []any{button}})
	}
	return []any{piece{"tag": "column_set", "flex_mode": "flow", "horizontal_spacing": "8px", "columns": columns}}
}

// faces are the buttons of good and bad.
func faces(lang string) [2]string {
	w := wordsFor(lang)
	return [2]string{"👍 " + w.Good, "👎 " + w.Bad}
}

// feishuValue is what a button carries. Whether a group reads along, and in which
// thread, goes with it, because the event of a button does not say.
type feishuValue struct {
	Ref    string `json:"ref"`
	Group  bool   `json:"group,omitempty"`
	Thread string `json:"thread,omitempty"`
}

// feishuButton opens an address or calls back.
func feishuButton(text, ref, address string, primary bool, to Address) piece {
	kind, act := "default", piece{"type": "callback", "value": feishuValue{ref, to.Group && !to.Private, to.Thread}}
	if primary {
		kind = "primary"
	}
	if address != "" {
		act = piece{"type": "open_url", "default_url": address}
	}
	return piece{"tag": "button", "text": plainText(text), "type": kind, "size": "small", "behaviors": []any{act}}
}

// againMark says that a message may have come before.
func againMark(m Message) string {
	if !m.Again {
		return ""
	}
	return wordsFor(m.Card.Lang).Again + " "
}
