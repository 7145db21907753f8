package bot

import "strings"

// wide are the characters that mean something in the markdown of DingTalk or
// WeCom, and their wide twins, which mean nothing. Neither has a dependable way
// to escape them.
var wide = strings.NewReplacer(
	"[", "［", "]", "］", "<", "＜", ">", "＞", "*", "＊", "`", "｀", "~", "～", "|", "｜", "\\", "＼", "@", "＠", "_", "＿", "#", "＃",
	"://", "：//", "\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n",
)

// plainMarkdown makes a text that is no markup in markdown: nobody is called
// and nothing becomes a link, a heading or a list.
func plainMarkdown(s string) string {
	lines := strings.Split(wide.Replace(s), "\n")
	for i, line := range lines {
		trimmed := strings.TrimLeft(line, " \t")
		if opensBlock(trimmed) {
			trimmed = "\u200b" + trimmed
		}
		lines[i] = trimmed
	}
	return strings.Join(lines, "\n")
}

// markdownParts are the paragraphs of a card in markdown, without its buttons and
// links: a vendor has its own way to end a line and to write a table.
func markdownParts(m Message, end string, table func(*Table) string) []string {
	c := m.Card
	parts := []string{"**" + strings.ReplaceAll(plainMarkdown(againMark(m)+c.Headline), "\n", "**"+end+"**") + "**"}
	for _, line := range c.Lines {
		parts = append(parts, strings.ReplaceAll(plainMarkdown(line), "\n", end))
	}
	if c.Table != nil {
		parts = append(parts, table(c.Table))
		if c.Table.More != "" {
			parts = append(parts, plainMarkdown(c.Table.More))
		}
	}
	for _, facts := range [][]string{c.Facts, c.Notes} {
		var quoted []string
		for _, fact := range facts {
			quoted = append(quoted, "> "+plainMarkdown(fact))
		}
		if len(quoted) > 0 {
			parts = append(parts, strings.Join(quoted, end))
		}
	}
	if c.By != "" {
		parts = append(parts, plainMarkdown(fill(wordsFor(c.Lang).SharedBy, "name", c.By)))
	}
	return parts
}

// opensBlock says whether a line would begin a list, a rule or a heading.
func opensBlock(line string) bool {
	if line == "" {
		return false
	}
	if strings.ContainsRune("-+=", rune(line[0])) {
		return true
	}
	digits := strings.TrimLeft(line, "0123456789")
	return digits != line && (strings.HasPrefix(digits, ". ") || strings.HasPrefix(digits, ") "))
}

// plainCell is a text that is no markup where something stands before it on its
// line: a cell, a label, the text of a link.
func plainCell(s string) string {
	return strings.ReplaceAll(wide.Replace(s), "\n", " ")
}
