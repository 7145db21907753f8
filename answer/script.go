package answer

import (
	_ "embed"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"wenshu/semantic"
)

// Words of the model that are given in simplified Chinese are shown to askers in
// Taiwan in their script. Only the script changes: the model's words stay the
// model's, so that they read back as the same words. Terms are not exchanged,
// since the usual tables of them make 门店代码 program code of a store and 未通过
// something that was not done by means of. Members are data and keep the script
// they are stored in, and so do identifiers, query lines and SQL.

// scriptTable is what differs between the scripts, a line each, sorted by its
// simplified side: a character or phrase and, behind a space, its form in Taiwan.
// A phrase alone on its line is as its characters are one by one, and is there
// because part of it would be taken for another phrase. It is made of the tables
// STCharacters, STPhrases and TWVariants of OpenCC 1.4.2 (Apache-2.0), without
// what is outside of the basic plane and what a question would not be read back
// from: 家具 stays 家具, and is not 傢俱.
//
//go:embed script_tw.txt
var scriptTable string

var scriptLines = sync.OnceValue(func() []string { return strings.Split(strings.TrimSuffix(scriptTable, "\n"), "\n") })

// inTaiwan writes simplified Chinese in the script of Taiwan, the longest known
// phrase at a time. What it does not know stays.
func inTaiwan(text string) string {
	if !strings.ContainsFunc(text, isHan) {
		return text
	}
	var b strings.Builder
	for text != "" {
		from, to := phraseAt(text)
		b.WriteString(to)
		text = text[len(from):]
	}
	return b.String()
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// phraseAt is the longest known phrase that a text begins with, and its form in
// Taiwan; of what is not known the first character.
func phraseAt(text string) (from, to string) {
	_, n := utf8.DecodeRuneInString(text)
	first := text[:n]
	from, to = first, first
	if n < 3 { // no Chinese
		return from, to
	}
	lines := scriptLines()
	for _, line := range lines[sort.SearchStrings(lines, first):] {
		if !strings.HasPrefix(line, first) {
			break
		}
		if key, form, differs := strings.Cut(line, " "); strings.HasPrefix(text, key) && len(key) >= len(from) {
			from, to = key, form
			if !differs {
				to = charactersInTaiwan(key)
			}
		}
	}
	return from, to
}

// charactersInTaiwan writes a phrase in the script of Taiwan, a character at a
// time.
func charactersInTaiwan(phrase string) string {
	lines := scriptLines()
	var b strings.Builder
	for _, r := range phrase {
		c := string(r)
		if i := sort.SearchStrings(lines, c+" "); i < len(lines) && strings.HasPrefix(lines[i], c+" ") {
			c = lines[i][len(c)+1:]
		}
		b.WriteString(c)
	}
	return b.String()
}

// scripts keeps the texts of models in the script of Taiwan, so that each is
// converted once.
type scripts struct {
	lock  sync.RWMutex
	texts map[string]string
}

// maxScripts bounds the texts that are kept: the words of some large models.
const maxScripts = 1 << 16

var modelScripts scripts

// inTaiwan writes a text of a model in the script of Taiwan.
func (s *scripts) inTaiwan(text string) string {
	s.lock.RLock()
	kept, ok := s.texts[text]
	s.lock.RUnlock()
	if ok {
		return kept
	}
	kept = inTaiwan(text)
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.texts == nil || len(s.texts) >= maxScripts {
		s.texts = map[string]string{}
	}
	s.texts[text] = kept
	return kept
}

// label is a text of the model in the language; "" for none.
func (w *words) label(l semantic.Label) string {
	text := l.In(w.lang)
	if l.TW != "" && text == l.TW {
		return text
	}
	return w.ours(text)
}

// ours is a text of the model, which is no member, in the script of the language.
func (w *words) ours(text string) string {
	if w.Numbers.locale != zhTW {
		return text
	}
	return modelScripts.inTaiwan(text)
}

// synonyms are the other names of an object in the script of the language.
func (w *words) synonyms(n semantic.Names) []string {
	if w.Numbers.locale != zhTW {
		return n.Synonyms
	}
	list := make([]string, len(n.Synonyms))
	for i, s := range n.Synonyms {
		list[i] = w.ours(s)
	}
	return list
}
