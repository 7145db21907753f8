package bot

import (
	"strings"
)

// wecomLimit is the longest content of a stream or of markdown, in bytes of
// UTF-8.
const wecomLimit = 20480

// wecomButtons is how many buttons a template card takes.
const wecomButtons = 6

// wecomTitle is the longest title of a template card, in characters.
const wecomTitle = 26

// Budget has no charts: they go as pictures, behind the message where there is a
// connection to send them by, and in it where it is the reply to a callback.
func (w *wecom) Budget() Budget {
	return Budget{
		Headline: 600, Line: 200, Facts: 6, Notes: 6, Rows: 50, Columns: 8, Cell: 60, TableText: 4500,
		Buttons: wecomButtons, ButtonText: 30, Feedback: true, Pictures: true, Inline: !w.listens, Files: w.listens, Private: w.listens,
	}
}

// wecomBody is a message before it is known which way it goes: Send writes it
// as the end of a stream or as a message of its own.
type wecomBody struct {
	Content  string `json:"content"`
	Feedback string `json:"feedback,omitempty"`
	Card     piece  `json:"card,omitempty"` // of buttons
	picture  []byte // a PNG in the end of a stream; nil for none
}

// Encode writes a message as markdown with a template card for its buttons, or
// a file to upload.
func (w *wecom) Encode(m Message) ([]Call, error) {
	if m.File != nil {
		kind := "file"
		if m.File.Form == "png" {
			kind = "image"
		}
		return []Call{{"upload." + kind, m.File.Body}}, nil
	}
	if m.To.Private && !w.listens { // a callback is answered where everybody reads
		return oneCall("message", wecomBody{Content: wordsFor(m.Card.Lang).AskAlone}, wecomLimit)
	}
	body := wecomBody{Content: wecomText(m), Card: wecomCard(m)}
	if len(body.Content) > wecomLimit {
		return nil, ErrTooLarge
	}
	good, bad := m.Card.Feedback[0], m.Card.Feedback[1]
	if id := good + wecomOr + bad; good != "" && bad != "" && len(id) <= 256 {
		body.Feedback = id
	}
	calls, err := oneCall("message", body, 2*wecomLimit)
	if m.Picture != nil && err == nil {
		calls = append(calls, Call{"picture", m.Picture.Body})
	}
	return calls, err
}

// wecomText is the whole answer as markdown, with a table.
func wecomText(m Message) string {
	c := m.Card
	parts := markdownParts(m, "\n", wecomTable)
	var links []string
	for _, b := range c.Buttons {
		if b.URL != "" {
			links = append(links, "- ["+plainCell(b.Text)+"]("+safeURL(b.URL)+")")
		}
	}
	if l := c.Link; l.URL != "" && len(links) > 0 {
		links = append(links, "- ["+plainCell(l.Text)+"]("+safeURL(l.URL)+")")
	} else if l.URL != "" {
		links = append(links, "["+plainCell(l.Text)+"]("+safeURL(l.URL)+")")
	}
	if len(links) > 0 {
		parts = append(parts, strings.Join(links, "\n"))
	}
	return strings.Join(parts, "\n\n")
}

// wecomTable is a table of markdown. A cell without text would end the row for
// some clients.
func wecomTable(t *Table) string {
	var b strings.Builder
	row := func(cells []string) {
		b.WriteString("|")
		for _, cell := range cells {
			if cell == "" {
				cell = " "
			}
			b.WriteString(" " + cell + " |")
		}
		b.WriteString("\n")
	}
	var names, rules []string
	for _, c := range t.Columns {
		names = append(names, plainCell(c.Label))
		if c.Number {
			rules = append(rules, "---:")
		} else {
			rules = append(rules, ":---")
		}
	}
	row(names)
	row(rules)
	for _, r := range t.Rows {
		var cells []string
		for _, cell := range r {
			cells = append(cells, plainCell(cell.Text))
		}
		row(cells)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// wecomCard is a card with the buttons that call back; nil when there are none.
// In it nothing is markup.
func wecomCard(m Message) piece {
	var buttons []piece
	for _, b := range m.Card.Buttons {
		if b.URL != "" || b.Ref == "" || len(buttons) == wecomButtons {
			continue
		}
		style := 2
		if b.Kind == ChoiceButton {
			style = 1
		}
		buttons = append(buttons, piece{"text": b.Text, "style": style, "key": b.Ref})
	}
	if len(buttons) == 0 {
		return nil
	}
	title := wordsFor(m.Card.Lang).Try
	for _, one := range []string{m.Card.Headline, m.Card.Title} {
		if one != "" && units(one) <= wecomTitle {
			title = one
		}
	}
	return piece{
		"card_type": "button_interaction", "main_title": piece{"title": title}, "button_list": buttons, "task_id": shortKey(m.Key),
	}
}
