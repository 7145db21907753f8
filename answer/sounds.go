package answer

import (
	"slices"
	"strings"

	"wenshu/nlq/zh"
)

// mostSounds is how many ways to sound a name has at most; names of many characters
// with several readings keep the first of them.
const mostSounds = 16

// sounds are a Chinese name as it is typed by sound: its pinyin without tones
// and the initials, in every reading, such as xiaoshoue and xse. A name without
// Chinese characters has none.
func sounds(name string) []string {
	full, initials, chinese := []string{""}, []string{""}, false
	for _, r := range strings.ToLower(name) {
		readings := zh.Sounds(r)
		if len(readings) == 0 {
			readings = []string{string(r)}
		} else {
			chinese = true
		}
		full = continued(full, readings, func(s string) string { return s })
		initials = continued(initials, readings, func(s string) string { return s[:1] })
	}
	if !chinese {
		return nil
	}
	return append(full, initials...)
}

// continued puts every next sound behind every beginning.
func continued(begun, readings []string, part func(string) string) []string {
	var all []string
	for _, b := range begun {
		for _, r := range readings {
			if s := b + part(r); len(all) < mostSounds && !has(all, s) {
				all = append(all, s)
			}
		}
	}
	return all
}

// spelt reports whether a text that was typed may be a sound: Latin letters
// alone, two at least.
func spelt(key string) bool {
	return len(key) >= 2 && !strings.ContainsFunc(key, func(r rune) bool { return r < 'a' || r > 'z' })
}

// begins reports whether a text that was typed begins one of the sounds.
func begins(key string, sounds []string) bool {
	return spelt(key) && slices.ContainsFunc(sounds, func(s string) bool { return strings.HasPrefix(s, key) })
}
