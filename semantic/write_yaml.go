package semantic

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// What writes model files spells texts and types with these, so that Load reads
// them as they were meant.

// YAMLText is a text in double quotes, whatever it holds; JSON's escapes are
// YAML's. Characters that model files refuse are replaced.
func YAMLText(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(strings.Map(readable, strings.ToValidUTF8(text, "\ufffd"))); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// readable replaces the characters that model files refuse.
func readable(r rune) rune {
	if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 || r == 0xfeff {
		return '\ufffd'
	}
	return r
}

var plainYAML = regexp.MustCompile(`^[A-Za-z_\p{Han}][A-Za-z0-9_\p{Han}]*( [A-Za-z0-9_\p{Han}]+)*$`)

// yamlWords are words that some reader of YAML takes for something else than a
// text.
var yamlWords = []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"}

// YAMLWord is a text without quotes where every reader of YAML takes it for that
// text, else in quotes.
func YAMLWord(text string) string {
	if plainYAML.MatchString(text) && !slices.Contains(yamlWords, strings.ToLower(text)) {
		return text
	}
	return YAMLText(text)
}

// YAMLType is a type as model files spell it; "" for one that is not known.
func YAMLType(t ColumnType) string {
	word, zone, layout := t.Kind.String(), "", ""
	switch {
	case t.Coding == CodedText:
		layout = ", layout: " + YAMLText(t.Layout)
	case t.Kind == Null:
		return ""
	case t.Kind == Decimal:
		word = fmt.Sprintf("decimal(%d)", t.Scale)
	}
	for _, w := range typeWords {
		if w.is.Coding == t.Coding && t.Coding != Native {
			word = w.word
			if t.Zone == w.is.Zone {
				return word
			}
		}
	}
	if t.Zone != "" {
		zone = ", zone: " + YAMLText(t.Zone)
	}
	if zone+layout == "" {
		return word
	}
	return "{type: " + word + layout + zone + "}"
}
