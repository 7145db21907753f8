package bot

import (
	"net/url"
	"path"
	"strings"
)

// dingtalkLimit is the longest message, in bytes.
const dingtalkLimit = 20_000

// Budget has no charts: they go as pictures. Buttons are those of a card where
// there is a template, else links.
func (d *dingtalk) Budget() Budget {
	return Budget{
		Headline: 600, Line: 200, Facts: 6, Notes: 6, Rows: 20, Columns: 6, Cell: 60, TableText: 3000,
		Buttons: 6, ButtonText: 60, Feedback: d.template != "", Pictures: true, Files: true, Private: true,
	}
}

// Encode writes a message as markdown, as an interactive card where there is a
// template, or a file to upload. The body of markdown is that of a session
// webhook; Send turns it into that of a robot's message when there is none.
func (d *dingtalk) Encode(m Message) ([]Call, error) {
	if m.File != nil {
		return dingtalkFile(m)
	}
	if d.template != "" {
		return d.cardCalls(m)
	}
	text := dingtalkText(m)
	if links := dingtalkLinks(m); links != "" {
		text += "\n\n" + links
	}
	return oneCall("markdown", dingtalkMarkdown{Type: "markdown", Markdown: dingtalkWords{dingtalkTitle(m.Card), text}}, dingtalkLimit)
}

type dingtalkMarkdown struct {
	Type     string        `json:"msgtype"`
	Markdown dingtalkWords `json:"markdown"`
}

type dingtalkWords struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// dingtalkTitle is what a notification shows.
func dingtalkTitle(c *Card) string {
	title := c.Title
	if title == "" {
		title = c.Headline
	}
	return clip(plainCell(title), 60)
}

// dingtalkText is the whole answer as markdown. Tables are lists: not every
// client draws one.
func dingtalkText(m Message) string {
	return strings.Join(markdownParts(m, dingtalkBreak, dingtalkTable), "\n\n")
}

// dingtalkBreak ends lines as DingTalk wants them to end: by two spaces.
const dingtalkBreak = "  \n"

// dingtalkTable is one line a row: the first column, then each value under its
// name, or the one value alone.
func dingtalkTable(t *Table) string {
	var lines []string
	for _, row := range t.Rows {
		var b strings.Builder
		for i, cell := range row {
			text := plainCell(cell.Text)
			switch {
			case i == 0 && t.Columns[0].Number: // nothing names the row
				b.WriteString("- " + plainCell(t.Columns[0].Label) + " **" + text + "**")
			case i == 0:
				b.WriteString("- **" + text + "**")
			case len(row) == 2 && !t.Columns[0].Number:
				b.WriteString("　" + text)
			default:
				b.WriteString("　" + plainCell(t.Columns[i].Label) + " " + text)
			}
		}
		lines = append(lines, b.String())
	}
	return strings.Join(lines, "\n")
}

// dingtalkLinks are the buttons as links: to an address, or to a message that
// the client sends as if the person had typed it. In a group the robot would not
// hear that, so what can be asked there is only shown.
func dingtalkLinks(m Message) string {
	var lines, words []string
	for _, b := range m.Card.Buttons {
		text := plainCell(b.Text)
		switch {
		case b.URL != "":
			lines = append(lines, "- ["+text+"]("+safeURL(b.URL)+")")
		case !m.To.Group || m.To.Private:
			say := url.Values{"content": {b.Text + " " + pressMark + b.Ref}}
			lines = append(lines, "- ["+text+"](dtmd://dingtalkclient/sendMessage?"+strings.ReplaceAll(say.Encode(), "+", "%20")+")")
		case b.Kind == ChoiceButton || b.Kind == DrillButton || b.Kind == FollowButton:
			words = append(words, "- "+text)
		}
	}
	var parts []string
	if len(words) > 0 {
		parts = append(parts, wordsFor(m.Card.Lang).SayOne+"\n\n"+strings.Join(words, "\n"))
	}
	if l := m.Card.Link; l.URL != "" && len(lines) > 0 {
		lines = append(lines, "- ["+plainCell(l.Text)+"]("+safeURL(l.URL)+")")
	} else if l.URL != "" {
		lines = append(lines, "["+plainCell(l.Text)+"]("+safeURL(l.URL)+")")
	}
	if len(lines) > 0 {
		parts = append(parts, strings.Join(lines, "\n"))
	}
	return strings.Join(parts, "\n\n")
}

// safeURL leaves nothing in an address that ends a link of markdown.
func safeURL(s string) string {
	return strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E", "[", "%5B", "]", "%5D").Replace(s)
}

// cardCalls deliver a card. A message that takes the place of another writes its
// text into the card of that, and then changes the rest of it.
func (d *dingtalk) cardCalls(m Message) ([]Call, error) {
	if m.Replaces == "" {
		return oneCall("card.createAndDeliver", d.instance(m), dingtalkLimit)
	}
	written := piece{
		"outTrackId": m.Replaces, "guid": shortKey("text " + m.Key), "key": "content", "content": dingtalkText(m),
		"isFull": true, "isFinalize": true, "isError": m.Card.Failed && !m.Aside,
	}
	calls, err := oneCall("card.streaming", written, dingtalkLimit)
	if err != nil {
		return nil, err
	}
	rest, err := oneCall("card.update", d.instance(m), dingtalkLimit)
	return append(calls, rest...), err
}

// dingtalkCardData are the variables of the template, all of them texts.
type dingtalkCardData struct {
	Params map[string]string `json:"cardParamMap"`
}

// instance is a card of the template: title, content in markdown, and buttons
// as JSON. Its track id is the message's key, under which it is delivered once.
func (d *dingtalk) instance(m Message) piece {
	status := "3" // finished
	if m.Card.Failed && !m.Aside {
		status = "5"
	}
	title := wordsFor(m.Card.Lang).Name
	if m.Card.Title != "" {
		title = dingtalkTitle(m.Card)
	}
	data := dingtalkCardData{map[string]string{
		"title": title, "content": dingtalkText(m), "buttons": dingtalkButtons(m), "flowStatus": status,
	}}
	if m.Replaces != "" {
		return piece{"outTrackId": m.Replaces, "cardData": data, "cardUpdateOptions": piece{"updateCardDataByKey": true}}
	}
	p := piece{"cardTemplateId": d.template, "outTrackId": shortKey(m.Key), "cardData": data, "userIdType": 1, "callbackType": "STREAM"}
	if !d.listens {
		p["callbackType"] = "HTTP"
	}
	if m.To.Group && !m.To.Private {
		p["openSpaceId"] = "dtv1.card//IM_GROUP." + m.To.Chat
		p["imGroupOpenDeliverModel"] = piece{"robotCode": d.robot}
		p["imGroupOpenSpaceModel"] = piece{"supportForward": false}
		return p
	}
	p["openSpaceId"] = "dtv1.card//IM_ROBOT." + m.To.User
	p["imRobotOpenDeliverModel"] = piece{"spaceType": "IM_ROBOT", "robotCode": d.robot}
	p["imRobotOpenSpaceModel"] = piece{"supportForward": false}
	return p
}

// dingtalkButton is one of a group of buttons: it opens an address or calls
// back.
type dingtalkButton struct {
	Text  string      `json:"text"`
	Color string      `json:"color"`
	Event dingtalkAct `json:"event"`
}

type dingtalkAct struct {
	Type   string         `json:"type"` // openLink, sendCardRequest
	Params map[string]any `json:"params"`
}

func dingtalkButtons(m Message) string {
	buttons := []dingtalkButton{}
	add := func(text, ref, address, color string) {
		act := dingtalkAct{"sendCardRequest", map[string]any{"actionId": "press", "params": map[string]string{"ref": ref, "chat": m.To.Chat, "group": flag(m.To.Group && !m.To.Private)}}}
		if address != "" {
			act = dingtalkAct{"openLink", map[string]any{"url": address}}
		}
		buttons = append(buttons, dingtalkButton{text, color, act})
	}
	for _, b := range m.Card.Buttons {
		color := "gray"
		if b.Kind == ChoiceButton || b.Kind == SignInButton {
			color = "blue"
		}
		add(b.Text, b.Ref, b.URL, color)
	}
	for i, face := range faces(m.Card.Lang) {
		if ref := m.Card.Feedback[i]; ref != "" {
			add(face, ref, "", "gray")
		}
	}
	if l := m.Card.Link; l.URL != "" {
		add(l.Text, "", l.URL, "gray")
	}
	b, err := compactJSON(buttons)
	if err != nil {
		return "[]"
	}
	return string(b)
}

func flag(b bool) string {
	if b {
		return "1"
	}
	return ""
}

// dingtalkFile uploads a file and sends a message with the id it gets.
func dingtalkFile(m Message) ([]Call, error) {
	key, param := "sampleFile", map[string]string{"mediaId": uploaded, "fileName": m.File.Name, "fileType": strings.TrimPrefix(path.Ext(m.File.Name), ".")}
	if m.File.Form == "png" {
		key, param = "sampleImageMsg", map[string]string{"photoURL": uploaded}
	}
	call, err := dingtalkRobotCall(key, param)
	return append([]Call{{"media.upload", m.File.Body}}, call...), err
}

// dingtalkRobotCall is a message of a robot. Its parameters are JSON in a text.
func dingtalkRobotCall(key string, param any) ([]Call, error) {
	b, err := compactJSON(param)
	if err != nil {
		return nil, err
	}
	return oneCall("robot.send", dingtalkRobotMessage{Key: key, Param: string(b)}, dingtalkLimit)
}

type dingtalkRobotMessage struct {
	Robot string   `json:"robotCode"`
	Users []string `json:"userIds,omitempty"`
	Chat  string   `json:"openConversationId,omitempty"`
	Key   string   `json:"msgKey"`
	Param string   `json:"msgParam"`
}
