package bot

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// mostBytes are the longest messages.
var mostBytes = map[string]int{"slack": slackBytes, "dingtalk": 20_000, "dingtalk_card": 20_000, "feishu": 30 << 10, "wecom": 2 * 20480}

// lint holds one message to what every message of a channel must be.
func lint(name string, body []byte, number string) error {
	if len(body) > mostBytes[name] || !utf8.Valid(body) {
		return fmt.Errorf("%d bytes", len(body))
	}
	var v map[string]any
	if err := json.Unmarshal(body, &v); err != nil {
		return err
	}
	switch name {
	case "slack":
		if err := lintSlack(body); err != nil {
			return err
		}
		return lintBlocks(v, number)
	case "feishu":
		return lintFeishu(v, number)
	}
	var text, all strings.Builder
	walk(v, func(p map[string]any) {
		for k, inner := range p {
			s, ok := inner.(string)
			if ok && (k == "content" || k == "text" && name != "wecom") { // buttons are no markdown
				text.WriteString(s)
			}
			all.WriteString(s)
		}
	})
	return lintMarkdown(text.String(), all.String(), number)
}

// lintBlocks looks at what the blocks of Slack are made of.
func lintBlocks(m map[string]any, number string) (err error) {
	if text, _ := m["text"].(string); strings.ContainsAny(text, "<>") {
		return fmt.Errorf("markup in %q", text)
	}
	var said []string
	links := 0
	walk(m["blocks"], func(p map[string]any) {
		switch p["type"] {
		case "broadcast", "usergroup", "channel", "emoji", "mrkdwn", "markdown":
			err = fmt.Errorf("an element of type %v", p["type"])
		case "link":
			links++
			if link, _ := p["url"].(string); !strings.HasPrefix(link, "https://wenshu.example/") {
				err = fmt.Errorf("a link to %s", link)
			}
		}
		if text, ok := p["text"].(string); ok {
			said = append(said, text)
		}
	})
	all := strings.Join(said, "\n")
	if err == nil && (!strings.Contains(all, number) || !strings.Contains(all, "2026年6月1日–6月30日") || links != 1) {
		err = fmt.Errorf("the number %s, the dates and one link of %d in %q", number, links, all)
	}
	return err
}

// linked finds links of markdown, pictures among them.
var linked = regexp.MustCompile(`!?\[[^\]]*\]\(([^)]*)\)`)

func lintMarkdown(text, all, number string) error {
	if !strings.Contains(text, wide.Replace(number)) || !strings.Contains(text, "2026年6月1日–6月30日") {
		return fmt.Errorf("the number %s or the dates are missing", number)
	}
	for _, found := range linked.FindAllStringSubmatch(text, -1) {
		if !strings.HasPrefix(found[1], "https://wenshu.example/") && !strings.HasPrefix(found[1], "dtmd://dingtalkclient/sendMessage?") || strings.HasPrefix(found[0], "!") {
			return fmt.Errorf("a link: %s", found[0])
		}
	}
	if !strings.Contains(all, "https://wenshu.example/") {
		return fmt.Errorf("the link is missing")
	}
	bare := linked.ReplaceAllString(text, "")
	for _, bad := range []string{"@", "://", "<", "`", "~~"} {
		if strings.Contains(bare, bad) {
			return fmt.Errorf("%q is in the text", bad)
		}
	}
	return nil
}

func lintFeishu(v map[string]any, number string) error {
	content, _ := v["content"].(string)
	var card any
	if err := json.Unmarshal([]byte(content), &card); err != nil {
		return err
	}
	var err error
	said, links, elements := "", 0, 0
	walk(card, func(p map[string]any) {
		switch p["tag"] {
		case "plain_text":
			said += fmt.Sprint(p["content"], "\n")
		case "markdown", "lark_md", "at", "img":
			err = fmt.Errorf("an element of %v: %v", p["tag"], p["content"])
		case "table":
			columns, _ := p["columns"].([]any)
			if len(columns) > 50 || len(columns) == 0 {
				err = fmt.Errorf("a table of %d columns", len(columns))
			}
		}
		if p["tag"] != nil {
			elements++
		}
		if url, ok := p["default_url"].(string); ok {
			links++
			if !strings.HasPrefix(url, "https://wenshu.example/") {
				err = fmt.Errorf("a link to %s", url)
			}
		}
	})
	switch {
	case err != nil:
		return err
	case !strings.Contains(said, number) || !strings.Contains(said, "2026年6月1日–6月30日") || links != 1 || elements > 200:
		return fmt.Errorf("the number %s, the dates, one link and at most 200 elements: %d links, %d elements", number, links, elements)
	}
	return nil
}
