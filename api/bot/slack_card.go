package bot

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"wenshu/answer"
)

// slackBody is the body of chat.postMessage, chat.postEphemeral and chat.update,
// and of a reply to a command.
type slackBody struct {
	Channel  string         `json:"channel,omitempty"`
	User     string         `json:"user,omitempty"`
	TS       string         `json:"ts,omitempty"`
	ThreadTS string         `json:"thread_ts,omitempty"`
	Type     string         `json:"response_type,omitempty"`
	Text     string         `json:"text"`
	Blocks   []slack.Block  `json:"blocks"`
	Parse    string         `json:"parse"`
	Links    bool           `json:"link_names"`
	Unfurl   bool           `json:"unfurl_links"`
	Media    bool           `json:"unfurl_media"`
	Metadata *slackMetadata `json:"metadata,omitempty"`
}

// slackStop is the body of chat.stopStream.
type slackStop struct {
	Channel  string              `json:"channel"`
	TS       string              `json:"ts"`
	Chunks   []slack.StreamChunk `json:"chunks"`
	Blocks   []slack.Block       `json:"blocks"`
	Metadata *slackMetadata      `json:"metadata,omitempty"`
}

// slackMetadata marks a message as ours, so that one that may have arrived can
// be found.
type slackMetadata struct {
	Type    string            `json:"event_type"`
	Payload map[string]string `json:"event_payload"`
}

const (
	slackMark     = "wenshu_message"
	slackFallback = 3900 // characters of the text that notifications show
	slackBytes    = 100_000
)

// Encode writes a card as blocks of which every text is plain or rich text: in
// neither is anything a mention or a link that we did not make one.
func (c *slackChannel) Encode(m Message) ([]Call, error) {
	if m.File != nil {
		return []Call{{Method: "files.upload", Body: m.File.Body}}, nil
	}
	if m.Card == nil {
		return nil, fmt.Errorf("slack: message %s holds nothing", m.Key)
	}
	if u := slackUnfurled(m.To); u.TS != "" {
		body := map[string]any{"channel": m.To.Chat, "ts": u.TS, "unfurls": map[string]any{u.URL: map[string]any{"blocks": slackBlocks(m)}}}
		return slackCall("chat.unfurl", body, slackBlocks(m))
	}
	if slackChanges(m) {
		m.Again = false // it is one message, however often it is changed
	}
	switch ts, streams := strings.CutPrefix(m.Replaces, slackStream); {
	case streams:
		return c.stopStream(m, ts)
	case m.Replaces == slackAtWork && m.Aside:
		return slackCall("assistant.threads.setStatus", map[string]any{"channel_id": m.To.Chat, "thread_ts": m.To.Thread, "status": ""}, nil)
	case m.Replaces == slackAtWork:
		m.Replaces = "" // it goes by itself
	}
	method := "chat.postMessage"
	body := slackBody{
		Channel: m.To.Chat, ThreadTS: m.To.Thread, Text: slackPlain(m), Blocks: slackBlocks(m), Parse: "none",
		Metadata: &slackMetadata{Type: slackMark, Payload: map[string]string{"key": m.Key}},
	}
	switch {
	case c.reply(m.To) != "":
		method = "response_url"
		body.Channel, body.ThreadTS, body.Metadata = "", "", nil
		body.Type = "in_channel"
		if m.To.Private {
			body.Type = "ephemeral"
		}
	case m.To.Private:
		method, body.User, body.Metadata = "chat.postEphemeral", m.To.User, nil
	case m.Replaces != "":
		method, body.TS = "chat.update", m.Replaces
	}
	return slackCall(method, body, body.Blocks)
}

// slackChanges reports whether a message is the change of one that is there.
func slackChanges(m Message) bool { return m.Replaces != "" && m.Replaces != slackAtWork }

// slackUnfurl is a link in a message, below which a card is shown.
type slackUnfurl struct {
	TS  string `json:"message_ts,omitempty"`
	URL string `json:"link,omitempty"`
}

func slackUnfurled(to Address) (u slackUnfurl) {
	if len(to.Vendor) > 0 && json.Unmarshal(to.Vendor, &u) != nil {
		return slackUnfurl{}
	}
	return u
}

// stopStream ends a streaming message by the blocks of a card, which then take
// the place of the button to stop as well.
func (c *slackChannel) stopStream(m Message, ts string) ([]Call, error) {
	task := slack.NewTaskUpdateChunk(slackTask, wordsFor(m.Card.Lang).Done)
	task.Status = slack.TaskCardStatusComplete
	if m.Card.Failed && !m.Aside {
		task.Status = slack.TaskCardStatusError
	}
	body := slackStop{
		Channel: m.To.Chat, TS: ts, Chunks: []slack.StreamChunk{task}, Blocks: slackBlocks(m),
		Metadata: &slackMetadata{Type: slackMark, Payload: map[string]string{"key": m.Key}},
	}
	calls, err := slackCall("chat.stopStream", body, body.Blocks)
	if err != nil {
		return nil, err
	}
	whole := slackBody{Channel: m.To.Chat, TS: ts, Text: slackPlain(m), Blocks: body.Blocks, Parse: "none", Metadata: body.Metadata}
	tidy, err := slackCall("chat.update", whole, body.Blocks)
	return append(calls, tidy...), err
}

func slackCall(method string, body any, blocks []slack.Block) ([]Call, error) {
	if len(blocks) > 50 {
		return nil, ErrTooLarge
	}
	text, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("slack: %w", err)
	}
	if len(text) > slackBytes {
		return nil, ErrTooLarge
	}
	return []Call{{Method: method, Body: text}}, nil
}

// slackEscape makes a text that Slack shows as it is (its three characters).
var slackEscape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// slackPlain is what notifications and screen readers say.
func slackPlain(m Message) string {
	card := *m.Card
	text := slackHeadline(m)
	for _, fact := range card.Facts {
		text += "\n" + fact
	}
	for n := slackFallback; ; n = n * 3 / 4 { // escaped, a character is up to five
		if said := slackEscape.Replace(clip(text, n)); units(said) <= slackFallback {
			return said
		}
	}
}

func slackHeadline(m Message) string {
	if m.Again {
		return wordsFor(m.Card.Lang).Again + m.Card.Headline
	}
	return m.Card.Headline
}

func slackBlocks(m Message) []slack.Block {
	c := *m.Card
	w := wordsFor(c.Lang)
	list := []slack.Block{slackRich(slack.NewRichTextSection(slack.NewRichTextSectionTextElement(nonEmpty(slackHeadline(m)), &slack.RichTextSectionTextStyle{Bold: true})))}
	if c.By != "" {
		before, after, _ := strings.Cut(w.SharedBy, "{name}")
		list = append(list, slackRich(slack.NewRichTextSection(slackTexts(before, slack.NewRichTextSectionUserElement(c.By, nil), after)...)))
	}
	said := c.Facts
	if c.Title != "" {
		said = append([]string{c.Title}, c.Facts...)
	}
	list = slackContext(list, said)
	if len(c.Lines) > 0 {
		var items []slack.RichTextElement
		for _, line := range c.Lines {
			items = append(items, slack.NewRichTextSection(slack.NewRichTextSectionTextElement(line, nil)))
		}
		list = append(list, slackRich(slack.NewRichTextList(slack.RTEListBullet, 0, items...)))
	}
	if b := slackChart(c.Chart); b != nil {
		list = append(list, b)
	}
	if c.Table != nil {
		list = append(list, slackTable(*c.Table, c.Title))
		list = slackContext(list, texts(c.Table.More))
	}
	list = slackContext(list, c.Notes)
	list = append(list, slackActions(c)...)
	if c.Link.URL != "" {
		list = append(list, slackRich(slack.NewRichTextSection(slack.NewRichTextSectionLinkElement(c.Link.URL, c.Link.Text, nil))))
	}
	if c.Feedback[0] != "" {
		list = append(list, slack.NewContextActionsBlock("", slack.NewFeedbackButtonsBlockElement("feedback",
			slack.NewFeedbackButton(slackLabel(w.Good), c.Feedback[0]), slack.NewFeedbackButton(slackLabel(w.Bad), c.Feedback[1]))))
	}
	return list
}

func texts(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// slackTexts leaves out what is empty: Slack refuses it.
func slackTexts(before string, middle slack.RichTextSectionElement, after string) []slack.RichTextSectionElement {
	var list []slack.RichTextSectionElement
	if before != "" {
		list = append(list, slack.NewRichTextSectionTextElement(before, nil))
	}
	list = append(list, middle)
	if after != "" {
		list = append(list, slack.NewRichTextSectionTextElement(after, nil))
	}
	return list
}

func slackRich(elements ...slack.RichTextElement) slack.Block {
	return slack.NewRichTextBlock("", elements...)
}

func slackLabel(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

// slackContext adds small print, ten texts a block.
func slackContext(list []slack.Block, said []string) []slack.Block {
	for len(said) > 0 {
		n := min(len(said), 10)
		var elements []slack.MixedElement
		for _, text := range said[:n] {
			elements = append(elements, slackLabel(text))
		}
		list, said = append(list, slack.NewContextBlock("", elements...)), said[n:]
	}
	return list
}

func nonEmpty(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// slackTable is a table whose columns of numbers sort as numbers: those without
// a gap.
func slackTable(t Table, title string) slack.Block {
	block := slack.NewDataTableBlock(clip(nonEmpty(title), 150)).WithPageSize(min(len(t.Rows), 10))
	var head []slack.DataTableCell
	numeric := make([]bool, len(t.Columns))
	for i, c := range t.Columns {
		head = append(head, slack.NewDataTableRawTextCell(nonEmpty(c.Label)))
		numeric[i] = c.Number
		for _, row := range t.Rows {
			numeric[i] = numeric[i] && row[i].Value != nil
		}
	}
	block.AddRow(head...)
	for _, row := range t.Rows {
		var cells []slack.DataTableCell
		for i, cell := range row {
			if numeric[i] {
				cells = append(cells, slack.NewDataTableRawNumberCell(*cell.Value).WithText(nonEmpty(cell.Text)))
			} else {
				cells = append(cells, slack.NewDataTableRawTextCell(nonEmpty(cell.Text)))
			}
		}
		block.AddRow(cells...)
	}
	return block
}

// slackChart is a chart that Slack draws; nil for one with gaps, which Slack
// refuses: its table says them.
func slackChart(c *Chart) slack.Block {
	if c == nil || !slackDraws(*c) {
		return nil
	}
	var chart slack.DataVisualizationChart
	if c.Kind == "pie" {
		var segments []slack.DataVisualizationSegment
		for i, label := range c.Labels {
			segments = append(segments, slack.NewDataVisualizationSegment(label, *c.Series[0].Values[i]))
		}
		chart = slack.NewDataVisualizationPieChart(segments...)
	} else {
		var series []slack.DataVisualizationDataSeries
		for _, s := range c.Series {
			var points []slack.DataVisualizationDataPoint
			for i, label := range c.Labels {
				points = append(points, slack.NewDataVisualizationDataPoint(label, *s.Values[i]))
			}
			series = append(series, slack.NewDataVisualizationDataSeries(s.Name, points...))
		}
		axis := slack.NewDataVisualizationAxisConfig(c.Labels...).WithYLabel(c.Values)
		switch c.Kind {
		case "line":
			chart = slack.NewDataVisualizationLineChart(axis, series...)
		case "area":
			chart = slack.NewDataVisualizationAreaChart(axis, series...)
		default:
			chart = slack.NewDataVisualizationBarChart(axis, series...)
		}
	}
	return slack.NewDataVisualizationBlock(nonEmpty(c.Title), chart)
}

func slackDraws(c Chart) bool {
	for _, s := range c.Series {
		for _, f := range s.Values {
			if f == nil {
				return false
			}
		}
	}
	return true
}

// slackActions are the buttons, and the list of members in a block of its own,
// which carries the reference of the list.
func slackActions(c Card) []slack.Block {
	var list []slack.Block
	var elements []slack.BlockElement
	for i, b := range c.Buttons {
		button := slack.NewButtonBlockElement("button-"+strconv.Itoa(i), b.Ref, slackLabel(b.Text))
		if b.URL != "" {
			button.URL = b.URL
		}
		if i == 0 && (b.Kind == SignInButton || b.Kind == ShareButton) {
			button.Style = slack.StylePrimary
		}
		elements = append(elements, button)
	}
	if len(elements) > 0 {
		list = append(list, slack.NewActionBlock("", elements...))
	}
	if c.Pick != nil {
		pick := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, slackLabel(c.Pick.Text), "pick")
		none := 0
		pick.MinQueryLength = &none
		list = append(list, slack.NewActionBlock(c.Pick.Ref, pick))
	}
	return list
}

// Complete lists members as options; those whose name is longer than Slack takes
// are left out, as a cut one would name another.
func (c *slackChannel) Complete(list []answer.Suggestion) Receipt {
	type option struct {
		Text  *slack.TextBlockObject `json:"text"`
		Value string                 `json:"value"`
	}
	reply := struct {
		Options []option `json:"options"`
	}{[]option{}}
	for _, s := range list {
		if s.Name == "" || units(s.Name) > 150 || len(reply.Options) == 100 {
			continue
		}
		reply.Options = append(reply.Options, option{slackLabel(clip(nonEmpty(plain(s.Text)), 75)), s.Name})
	}
	body, err := json.Marshal(reply)
	if err != nil {
		return Receipt{Status: http.StatusInternalServerError}
	}
	return Receipt{Status: http.StatusOK, Type: "application/json", Reply: body}
}
