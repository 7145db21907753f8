package draft

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// splitName cuts a name into words: at marks, at changes of case, between
// letters and digits, around Chinese characters. Latin words come in lower case.
func splitName(name string) []string {
	var words []string
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			words = append(words, strings.ToLower(b.String()))
			b.Reset()
		}
	}
	runes := []rune(name)
	for i, r := range runes {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			flush()
			continue
		}
		if i > 0 && changes(runes, i) {
			flush()
		}
		b.WriteRune(r)
	}
	flush()
	return poweredUnit(formulas(words))
}

// formulas keeps what is written with digits of its own in one word: CO2.
func formulas(words []string) []string {
	for i := 0; i+1 < len(words); i++ {
		if words[i] == "co" && words[i+1] == "2" {
			words = slices.Replace(words, i, i+2, "co2")
		}
	}
	return words
}

// poweredUnit keeps a unit that closes a name with its power: area_km2, flow_m3s.
func poweredUnit(words []string) []string {
	for _, unit := range [][]string{{"m", "3", "s"}, {"km", "2"}, {"m", "2"}, {"cm", "2"}, {"m", "3"}} {
		if at := len(words) - len(unit); at > 0 && slices.Equal(words[at:], unit) {
			return append(words[:at], strings.Join(unit, ""))
		}
	}
	return words
}

// changes reports whether a word begins at rune i because of what stands
// before it.
func changes(runes []rune, i int) bool {
	before, r := runes[i-1], runes[i]
	switch {
	case isHan(before) != isHan(r):
		return true
	case unicode.IsLower(before) && unicode.IsUpper(r):
		return true
	case unicode.IsUpper(before) && unicode.IsUpper(r) && i+1 < len(runes) && unicode.IsLower(runes[i+1]):
		return i+2 >= len(runes) || runes[i+1] != 's' || unicode.IsLower(runes[i+2]) // IDs is one word
	}
	if unicode.IsLetter(before) && unicode.IsDigit(r) {
		return i > 1 // a letter with digits at the front is a mark of its own: s2, v3
	}
	return unicode.IsDigit(before) && unicode.IsLetter(r)
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func hasHan(s string) bool { return strings.ContainsFunc(s, isHan) }

// wordsOf cuts a name into words that the dictionary knows as far as it can:
// words that are run together are taken apart, abbreviations stay.
func wordsOf(name string) []string {
	var words []string
	parts := splitName(name)
	for i, w := range parts {
		if i == 0 && len(parts) > 1 && hasHan(w) {
			w = withoutBelonging(w)
		}
		words = append(words, takeApart(w)...)
	}
	return words
}

// withoutBelonging takes off what only says that a column points elsewhere:
// 城市 of 所属城市id.
func withoutBelonging(w string) string {
	for _, front := range []string{"所属", "所在", "对应", "关联", "相关", "隶属", "归属"} {
		if rest, ok := strings.CutPrefix(w, front); ok && utf8.RuneCountInString(rest) > 1 {
			return rest
		}
	}
	return w
}

// takeApart splits a word that is several dictionary words run together. A word
// that is known, or has an unknown part, stays whole.
func takeApart(w string) []string {
	if front, unit := gluedUnit(w); unit != "" {
		return []string{front, unit}
	}
	if len(w) < 5 || hasHan(w) || dictionary().word(w) != nil {
		return []string{w}
	}
	if parts := spelt(w, pinyinPart); parts != nil {
		return parts
	}
	if parts := spelt(w, englishPart); parts != nil {
		return parts
	}
	return []string{w}
}

// gluedUnit parts a Chinese name from a unit that is no word of it: 常住人口万人.
func gluedUnit(w string) (front, unit string) {
	for _, unit := range []string{"平方公里", "平方千米", "万平方米", "平方米", "万人次", "万美元", "亿美元", "万人", "万元", "亿元", "千元", "万吨", "厘米", "公斤", "千克"} {
		if front, ok := strings.CutSuffix(w, unit); ok && utf8.RuneCountInString(front) > 1 {
			return front, unit
		}
	}
	return "", ""
}

// spelt covers a word with the fewest parts; nil when it cannot be covered.
func spelt(w string, part func(w string, from, to int) bool) []string {
	best := make([][]string, len(w)+1)
	best[0] = []string{}
	for end := 1; end <= len(w); end++ {
		for start := 0; start < end; start++ {
			if best[start] == nil || !part(w, start, end) {
				continue
			}
			if best[end] == nil || len(best[start])+1 < len(best[end]) {
				best[end] = append(slices.Clone(best[start]), w[start:end])
			}
		}
	}
	return best[len(w)]
}

// englishPart reports whether w[from:to] may be a word of a compound. Short
// words are trusted at the ends where schemas put them.
func englishPart(w string, from, to int) bool {
	s := w[from:to]
	switch {
	case s == "id" || s == "no":
		return to == len(w) && from > 0
	case s == "is":
		return from == 0
	case len(s) < 3:
		return false
	case len(s) == 3:
		return compoundable[s]
	}
	d := dictionary()
	known := func(s string) bool { t := d.terms[s]; return t != nil && !t.rare }
	return known(s) || known(singular(s)) || particle[s]
}

// compoundable are words of three letters that compounds are made of.
var compoundable = map[string]bool{
	"day": true, "sub": true, "max": true, "min": true, "avg": true, "num": true, "tax": true, "zip": true, "sex": true, "age": true, "net": true,
	"car": true, "job": true, "fee": true, "fax": true, "pay": true, "url": true, "qty": true, "has": true, "end": true, "emp": true, "cust": true,
}

// particle are words that mean nothing alone and join others.
var particle = map[string]bool{"from": true, "with": true, "over": true, "head": true, "back": true, "side": true}

func pinyinPart(w string, from, to int) bool { return dictionary().pinyin[w[from:to]] != "" }

// sharedPrefix returns how many leading words all names, or all but a few of
// many, have in common without using up a name.
func sharedPrefix(names [][]string) []string {
	if len(names) < 2 {
		return nil
	}
	counts := map[string]int{}
	for _, words := range names {
		if len(words) > 1 {
			counts[words[0]]++
		}
	}
	for _, words := range names {
		if len(words) > 1 && counts[words[0]]*10 >= len(names)*8 {
			return words[:1]
		}
	}
	return nil
}

// withoutPrefix takes words off the front when they are there and something is
// left behind them.
func withoutPrefix(words, prefix []string) []string {
	if len(prefix) > 0 && len(words) > len(prefix) && slices.Equal(words[:len(prefix)], prefix) {
		return words[len(prefix):]
	}
	return words
}

var placeholderName = regexp.MustCompile(`(?i)^(column|col|c|field|f|table|tab|t|sheet)_?\d+$`)

// isPlaceholder reports whether a name only says which column or table it is,
// and leaves the meaning to the note beside it.
func isPlaceholder(name string) bool { return placeholderName.MatchString(name) }

// technical are words in front of or behind a table's name that say how it is
// kept and not what it holds.
var (
	technicalFronts = wordSet("t tb tbl tab dim fact fct f d ods dwd dws ads dwm app stg v vw view src raw sys biz base ref lkp lookup")
	technicalBacks  = wordSet("lkp lkup lookup tbl table tab dim fact view t di df full inc info master mst hdr header statis stats statistics statistic")
)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// plainName takes technical words off a table's name.
func plainName(words []string) []string {
	for len(words) > 1 && (technicalFronts[words[0]] || len(words[0]) < 4 && isDigits(words[0][1:])) {
		words = words[1:]
	}
	for len(words) > 1 && technicalBacks[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return words
}

// englishOf spells words in English: abbreviations in full, pinyin and Chinese
// translated. ok is false when a part stays that is not English.
func englishOf(words []string) (text string, ok bool) {
	var out []string
	ok = true
	for rest := words; len(rest) > 0; {
		w := rest[0]
		t, n := dictionary().phrase(rest)
		switch {
		case hasHan(w):
			english := fromChinese(w)
			if english == "" {
				return "", false
			}
			out, n = append(out, english), 1
		case t != nil && n > 1:
			out = append(out, saidAs(t, rest[:n]))
		case t != nil && dictionary().terms[w] == nil && dictionary().terms[singular(w)] == nil:
			out, n = append(out, t.en), 1
		case dictionary().pinyin[w] != "" && t == nil:
			english := fromChinese(dictionary().pinyin[w])
			ok = ok && english != ""
			out, n = append(out, english), 1
		default:
			out, n = append(out, w), 1
		}
		rest = rest[n:]
	}
	return strings.Join(out, " "), ok
}

// saidAs are the words of a term, in the plural where they are.
func saidAs(t *term, words []string) string {
	said := strings.Join(dictionary().inFull(words), " ")
	if said == t.en || singularPhrase(said) == t.en {
		return said
	}
	return t.en
}

// fromChinese translates a Chinese compound word by word, the longest first; ""
// when a part is unknown.
func fromChinese(s string) string { return dictionary().fromChinese(s) }

func (l *lexicon) fromChinese(s string) string {
	if t := l.chinese[s]; t != nil {
		return t.en
	}
	var out []string
	for runes := []rune(s); len(runes) > 0; {
		n := min(6, len(runes))
		for ; n > 1; n-- {
			if t := l.chinese[string(runes[:n])]; t != nil {
				out = append(out, t.en)
				break
			}
		}
		if n <= 1 {
			n = 1
			end := closingChars[string(runes)]
			if end == "" || len(out) == 0 {
				return ""
			}
			out = append(out, end)
		}
		runes = runes[n:]
	}
	return strings.Join(out, " ")
}

// closingChars are single characters that close a compound.
var closingChars = map[string]string{
	"率": "rate", "额": "amount", "数": "count", "号": "number", "日": "date", "费": "fee", "价": "price", "量": "quantity", "名": "name", "人": "person", "地": "place", "品": "product", "单": "order",
}

// chineseOf translates words into Chinese; "" when a word is unknown.
func chineseOf(words []string) string {
	var b strings.Builder
	for rest := words; len(rest) > 0; {
		w := rest[0]
		t, n := dictionary().phrase(rest)
		switch {
		case hasHan(w):
			b.WriteString(w)
			n = 1
		case t != nil:
			if len(t.zh) == 0 {
				return ""
			}
			b.WriteString(t.zh[0])
		case dictionary().pinyin[w] != "":
			b.WriteString(dictionary().pinyin[w])
			n = 1
		case joining[w]:
			n = 1
		case isDigits(w):
			b.WriteString(w)
			n = 1
		default:
			return ""
		}
		rest = rest[n:]
	}
	return b.String()
}

// joining are English words that Chinese does without.
var joining = wordSet("of the a an in on at for and by to per")

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// isPinyin reports whether words are a Chinese name in Latin letters.
func isPinyin(words []string) bool {
	found := false
	for _, w := range words {
		switch {
		case dictionary().pinyin[w] != "" && dictionary().word(w) == nil:
			found = true
		case w == "id" || isDigits(w):
		default:
			return false
		}
	}
	return found
}
