package draft

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed initials.txt
var initialsText string

// spelling of a Chinese name by its initials: what it stands for where the
// values are texts, numbers and times.
type initialName struct{ text, number, time string }

// initialNames are Chinese names by the initials of their pinyin.
var initialNames = sync.OnceValue(func() map[string]initialName {
	found := map[string]initialName{}
	for line := range strings.Lines(initialsText) {
		f := strings.Split(strings.TrimSpace(line), "|")
		if len(f) < 2 || f[0][0] == '#' {
			continue
		}
		n := initialName{f[1], f[1], f[1]}
		if len(f) > 2 {
			n.number = f[2]
		}
		if len(f) > 3 {
			n.time = f[3]
		}
		found[f[0]] = n
	}
	return found
})

// spellInitials puts Chinese names for those that are spelt by their initials,
// where most names of the database are. One such name among English ones could
// be anything.
func (d *drafting) spellInitials() {
	spelt, other := 0, 0
	for _, t := range d.tables {
		for _, c := range t.columns {
			for _, w := range c.raw {
				switch {
				case hasInitials(w):
					spelt++
				case w != "id" && len(w) > 1:
					other++
				}
			}
		}
	}
	if spelt < 4 || spelt < other {
		return
	}
	for _, t := range d.tables {
		t.raw = inChinese(t.raw, func(n initialName) string { return n.text })
		for _, c := range t.columns {
			c.raw = inChinese(c.raw, c.ofKind)
		}
	}
}

func hasInitials(w string) bool {
	_, ok := initialNames()[w]
	return ok && dictionary().terms[w] == nil
}

func inChinese(words []string, pick func(initialName) string) []string {
	var out []string
	for _, w := range words {
		if n, ok := initialNames()[w]; ok {
			w = pick(n)
		}
		out = append(out, w)
	}
	return out
}

// ofKind is the name that goes with the values of the column.
func (c *column) ofKind(n initialName) string {
	numbers, times := len(c.values) > 0, len(c.values) > 0
	for _, v := range c.values {
		if _, err := strconv.ParseFloat(v, 64); err != nil || len(v) > 1 && v[0] == '0' && v[1] != '.' || len(v) > 8 && !strings.Contains(v, ".") {
			numbers = false
		}
		if _, ok := isoKind(v); !ok {
			if _, err := time.Parse("20060102", v); err != nil {
				times = false
			}
		}
	}
	switch {
	case times:
		return n.time
	case numbers:
		return n.number
	}
	return n.text
}
