package answer

import (
	"slices"
	"strings"
)

// pattern is how a message is built that asks for something besides numbers: words in
// their order, with anything between them.
type pattern struct {
	kind          string // a construct: see wanted
	parts         []phrase
	opens, closes bool // the first words open the message; the last ones close it
}

// patternsOf reads patterns of one kind: ^is ~ worth, 太~了吧$. A ^ opens the message, a $
// closes it, and a ~ stands for anything.
func patternsOf(kind, list string) []*pattern {
	var all []*pattern
	for text := range strings.SplitSeq(list, ",") {
		text = strings.TrimSpace(text)
		p := &pattern{kind: kind}
		text, p.opens = strings.CutPrefix(text, "^")
		text, p.closes = strings.CutSuffix(text, "$")
		for part := range strings.SplitSeq(text, "~") {
			p.parts = append(p.parts, phraseOf(strings.TrimSpace(part)))
		}
		all = append(all, p)
	}
	return all
}

// matches reports whether a message is built so. The words of its parts do not overlap,
// but for the space between two.
func (p *pattern) matches(w wording) bool {
	text, space := w.chars, 0
	if p.parts[0][0] == ' ' {
		text, space = w.words, 1
	}
	for i, part := range p.parts {
		last := i == len(p.parts)-1
		switch at := strings.Index(text, string(part)); {
		case at < 0 || i == 0 && p.opens && at > 0:
			return false
		case last && p.closes:
			return strings.HasSuffix(text, string(part))
		default:
			text = text[at+len(part)-space:]
		}
	}
	return true
}

// isBuilt reports whether a message is built as one of a kind is.
func (x *lexicon) isBuilt(kind string, w wording) bool {
	w = w.within()
	bare, _ := unrequested(w)
	return slices.ContainsFunc(x.patterns, func(p *pattern) bool {
		return p.kind == kind && (p.matches(w) || p.opens && p.matches(bare))
	})
}

// within is a wording without the marks at its ends.
func (w wording) within() wording {
	for _, mark := range marksAround {
		w.words, w.chars = strings.TrimSuffix(w.words, mark+" "), strings.TrimSuffix(w.chars, mark)
	}
	if w.words == "" {
		w.words = " "
	}
	return w
}

// marksAround end a message and say nothing of what it asks for.
var marksAround = strings.Fields("~ … 。 . ! ? ！ ？ . ! ?")

// unrequested is a wording without the words of a request that it opens with, and whether
// there were some.
func unrequested(w wording) (wording, bool) {
	asks := false
	for cut := true; cut; {
		cut = false
		for _, front := range requests {
			p := phraseOf(front)
			if rest, ok := strings.CutPrefix(w.words, string(p)); ok && p[0] == ' ' {
				w.words, cut, asks = " "+rest, true, true
			}
			if rest, ok := strings.CutPrefix(w.chars, string(p)); ok && p[0] != ' ' {
				w.chars, cut, asks = rest, true, true
			}
		}
	}
	return w, asks
}
