package draft

import (
	"regexp"

	"wenshu/semantic"
)

// centsNote is a note that money is held in hundredths: amount in cents.
var centsNote = regexp.MustCompile(`(?i)\bin (?:euro ?)?cents\b|\(cents?\)|\bunits?: ?cents?\b`)

// inHundredths shows money in whole units that by its name or its note is held in
// hundredths: nobody asks how many cents were billed.
func (c *column) inHundredths() {
	if c.kind.Kind != semantic.Int || c.kind.Coding != semantic.Native || c.expr != "" || c.role != addable && c.role != level {
		return
	}
	n := len(c.words)
	closes := n > 1 && (c.words[n-1] == "cents" || c.words[n-1] == "fen")
	if !closes && !centsNote.MatchString(c.schema.Comment) {
		return
	}
	if closes {
		if c.words[n-1] == "fen" {
			c.said = "元"
		}
		c.words = c.words[:n-1]
	}
	c.expr = spelled(c.schema.Name) + " / 100.0"
	c.kind, c.cents = semantic.ColumnType{Kind: semantic.Float}, true
}
