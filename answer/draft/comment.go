package draft

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// comment is what an author's note beside a table or column says.
type comment struct {
	zh, en      string   // a name in it, when it begins with one
	description string   // the whole note, when it says more than the name
	members     []member // codes with their meanings: 0-disabled 1-enabled
	missing     []string // what rows without a value are called: the still out of "empty = still out"
	unit        string   // of the numbers: 分 of 电费 分
	yes         []string // what rows are called of which a flag holds: 已注销 of 1=已注销
	leftOut     bool     // rows of which a flag holds count nowhere: 1=已作废，统计须剔除
}

// member is one value of a column and what people call it.
type member struct {
	value   string
	zh, en  string
	aliases []string
}

const (
	longestName = 24 // characters of a name in a note
	mostWords   = 4  // words of an English name in a note
)

// readComment finds the name, the meaning and the coded values in a note.
func readComment(note string) comment {
	note = strings.TrimSpace(strings.Trim(strings.TrimSpace(note), `'"`))
	if note == "" {
		return comment{}
	}
	c := comment{members: codedValues(note), missing: whenMissing(note), unit: saidUnit(note)}
	if c.yes, c.leftOut = saidOfOne(note); c.yes == nil {
		c.yes, c.leftOut = saidOfOneEN(note)
	}
	name := strings.TrimSpace(firstPart(note))
	if hasHan(name) {
		name = strings.TrimSpace(boundsBehind.ReplaceAllString(name, ""))
	}
	switch n := utf8.RuneCountInString(name); {
	case n == 0 || n > longestName && hasHan(name):
	case hasHan(name):
		c.zh = strings.Join(strings.Fields(name), "")
	case len(c.members) == 0 && !listsValues(note):
		c.en = englishName(note)
	}
	if note != name || c.zh == "" && c.en == "" {
		c.description = note
	}
	return c
}

// boundsBehind are the bounds of the values behind the name of a column: 满意度评分1-5.
var boundsBehind = regexp.MustCompile(`\s*\d{1,3}\s*[-~～到至]\s*\d{1,3}\s*[分星级]?$`)

// saysMissing finds what a note says about rows without a value: ret_dt empty =
// still out, null while running.
var saysMissing = regexp.MustCompile(`(?i)\b(?:null|empty|blank|missing)\b\s*(?:=+|:|-|means|while|when|if|until|unless|for)?\s*([a-z][a-z -]*[a-z])?`)

// whenMissing are the words of a note for rows without a value.
func whenMissing(note string) []string {
	m := saysMissing.FindStringSubmatch(note)
	if m == nil || len(strings.Fields(m[1])) == 0 || len(strings.Fields(m[1])) > mostWords {
		return nil
	}
	said := strings.ToLower(m[1])
	if _, state, ok := cutVerb(said); ok {
		said = state // the open of "branch is open"
	}
	if strings.Contains(strings.ToLower(m[0]), "until") || strings.Contains(strings.ToLower(m[0]), "unless") {
		return []string{"not " + said, "not yet " + said}
	}
	words := []string{said}
	switch front, rest, _ := strings.Cut(said, " "); {
	case rest == "":
	case front == "still", front == "currently":
		words = append(words, rest)
	case front == "not" && strings.HasSuffix(rest, " yet"):
		act := strings.TrimSuffix(rest, " yet")
		words = append(words, "not "+act, "not yet "+act, "un"+act)
	case front == "not" && rest != "yet":
		words = append(words, "not yet "+strings.TrimPrefix(rest, "yet "))
		if !strings.Contains(rest, " ") {
			words = append(words, "un"+rest)
		}
	}
	for _, w := range words {
		if front, place, ok := strings.Cut(w, "in "); ok && (front == "" || strings.HasSuffix(front, " ")) && !strings.Contains(place, " ") {
			words = append(words, front+"in the "+place, front+"in our "+place)
		}
	}
	if front, _, _ := strings.Cut(said, " "); front != "still" && front != "not" && front != "no" {
		words = append(words, "still "+said, "currently "+said)
	}
	return words
}

// cutVerb parts what is said of a thing from the thing: branch is open.
func cutVerb(said string) (thing, state string, ok bool) {
	for _, verb := range []string{" is ", " are ", " was ", " has been "} {
		if thing, state, ok = strings.Cut(said, verb); ok {
			return thing, state, true
		}
	}
	return said, "", false
}

// listsValues reports whether a note is a list of values: SEA, AIR, RAIL and Y or N.
func listsValues(note string) bool {
	return valueList.MatchString(note)
}

var valueList = regexp.MustCompile(`^(?:[A-Z][A-Z0-9]{0,7}|[YNTF])(?:\s*(?:,|/|;|\||\bor\b|\band\b)\s*(?:[A-Z][A-Z0-9_]{0,11}))+`)

// notNames are what notes begin with that say no name but what the column holds.
var notNames = wordSet("空 是 否 是/否 有/无 null 单位 格式 yyyy-mm yyyy-mm-dd yyyymm yyyymmdd")

// codeFirst is a note that begins with a code and its meaning: 1-柜台 2-小程序.
var codeFirst = regexp.MustCompile(`^([A-Za-z]{1,3}|-?\d{1,4})\s*[-=:：－—–、]|^\d{1,4}\p{Han}`)

// beside is a note next to the name of its column, and the unit of its numbers: where
// the name is Chinese it is the column's name, and a note that only lists values, or
// says the unit or what is missing, names nothing.
func (c comment) beside(name, unit string) (comment, string) {
	if c.zh == "" {
		return c, unit
	}
	_, isUnit := units[c.zh]
	if !isUnit && !hasHan(name) && !notNames[strings.ToLower(c.zh)] && !codeFirst.MatchString(c.zh) {
		return c, unit
	}
	if isUnit && unit == "" {
		unit = c.zh
	}
	if c.description == "" {
		c.description = c.zh
	}
	c.zh, c.en = "", ""
	return c, unit
}

// firstPart is what stands before the first mark of a note.
func firstPart(note string) string {
	for i, r := range note {
		if strings.ContainsRune("(（,，;；:：。|=\n[【{", r) || r == '.' && i+1 < len(note) && note[i+1] == ' ' || unicode.IsSpace(r) && hasHan(note[:i]) && isValues(note[i:]) {
			return note[:i]
		}
		if i > 0 && hasHan(note[:i]) && layoutFirst.MatchString(note[i:]) {
			return note[:i]
		}
	}
	return strings.TrimSuffix(note, ".")
}

// isValues reports whether what stands behind a name and a space lists values or
// their bounds: 1男 2女, 普通/银卡/金卡, 1到5.
func isValues(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" {
		return false
	}
	return unicode.IsDigit(rune(s[0])) || strings.HasPrefix(s, "空") || strings.HasPrefix(s, "单位") || strings.ContainsAny(s, "/、|") || codeOfHan.MatchString(s) || noteUnit(s) != ""
}

// layoutFirst is how times are written, which is no part of a name: 入职日期 YYYYMMDD.
var layoutFirst = regexp.MustCompile(`(?i)^(?:yyyy|hh:mm|unix|timestamp|utc)`)

// codeOfHan is a code in capitals with the Chinese for it behind it: OK合格.
var codeOfHan = regexp.MustCompile(`^[A-Z][A-Z0-9]{0,7}\p{Han}`)

func isPlainEnglish(s string) bool {
	return strings.ContainsFunc(s, unicode.IsLetter) &&
		!strings.ContainsFunc(s, func(r rune) bool {
			return r > unicode.MaxASCII || unicode.IsDigit(r) || strings.ContainsRune("=<>{}#$%", r)
		})
}

var codedPair = regexp.MustCompile(`([A-Za-z]{1,3}|-?\d{1,4})\s*[-=:：－—–\.、→]\s*([^\s,，;；、/|:：=()（）\d][^,，;；、/|:：=()（）]{0,23})`)

// nextPair is where a pair begins behind nothing but a space.
var nextPair = regexp.MustCompile(`[\s]+([A-Za-z]{1,3}|-?\d{1,4})(\s*[-=:：－—–→])`)

// plainList is a note that closes with nothing but pairs of digits and Chinese
// words: 性别 1男2女, 状态 1已完成 2已取消; plainPair is one of them.
var (
	plainList = regexp.MustCompile(`(?:\d{1,4}\p{Han}{1,12}[\s,，、;；/]*){2,}[)）\]】]?$`)
	plainPair = regexp.MustCompile(`(\d{1,4})(\p{Han}{1,12})`)
)

// closeCode is a code and its meaning that nothing parts: OK合格, 2已完工.
var closeCode = regexp.MustCompile(`^([A-Z][A-Z0-9]{0,7}|\d{1,4})(\p{Han}[\p{Han}A-Za-z]{0,11})(?:[(（]([^()（）]*)[)）])?$`)

// closePairs are the pairs of the one list in a note in which each code stands right
// before its meaning, with what stands in brackets behind one: 判定 OK合格 TC特采(让步接收).
func closePairs(note string) [][]string {
	var found [][]string
	said := map[string]bool{}
	for _, item := range strings.FieldsFunc(note, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",，、;；/", r) }) {
		m := closeCode.FindStringSubmatch(item)
		if m == nil {
			continue
		}
		if said[m[1]] || said[m[2]] || units[m[2]] != "" {
			return nil
		}
		said[m[1]], said[m[2]] = true, true
		found = append(found, m)
	}
	return found
}

// pairsOf are the pairs of a value and its meaning in a note.
func pairsOf(note string) [][]string {
	if found := equalPair.FindAllStringSubmatch(note, -1); len(found) > 1 {
		return found // X = no-show
	}
	if found := spelledCodes(note); len(found) > 1 {
		return found
	}
	if found := codedPair.FindAllStringSubmatch(nextPair.ReplaceAllString(note, ", $1$2"), -1); len(found) > 1 {
		return found
	}
	found := plainPair.FindAllStringSubmatch(plainList.FindString(note), -1)
	said := map[string]bool{}
	for _, m := range found {
		if said[m[2]] || units[m[2]] != "" {
			return nil // 7天 30天
		}
		said[m[2]] = true
	}
	if len(found) < 2 {
		return closePairs(note)
	}
	return found
}

// equalPair is a code and its meaning parted by a mark that no word holds.
var equalPair = regexp.MustCompile(`(?:^|[\s,;；，、/|(（])([A-Za-z]{1,4}|-?\d{1,4})\s*=\s*([^\s,，;；、/|=()（）\d][^,，;；、/|=()（）]{0,23})(?:$|[,，;；、/|)）])`)

// spelledCodes are the pairs of a list in which each code in capitals stands before
// its meaning: A adult, C child, S senior.
func spelledCodes(note string) [][]string {
	var found [][]string
	for _, item := range strings.FieldsFunc(note, func(r rune) bool { return r == ',' || r == ';' || r == '/' }) {
		m := spelledCode.FindStringSubmatch(strings.TrimSpace(item))
		if m == nil {
			return nil
		}
		found = append(found, m)
	}
	return found
}

var spelledCode = regexp.MustCompile(`^([A-Z][A-Z0-9]{0,3})\s+([a-z][a-z -]{1,23})$`)

// codedValues finds lists such as 0-disabled, 1-enabled; one pair alone is no
// list.
func codedValues(note string) []member {
	var found []member
	seen := map[string]bool{}
	for _, m := range pairsOf(note) {
		value, text := m[1], strings.TrimSpace(m[2])
		if at := strings.IndexFunc(text, unicode.IsSpace); at > 0 && hasHan(text) {
			text = text[:at]
		}
		text = strings.TrimRight(text, " .。")
		text = cutStandsFor(text)
		if cut := trailingCode.FindStringIndex(text); cut != nil {
			text = strings.TrimSpace(text[:cut[0]])
		}
		if text == "" || seen[value] {
			continue
		}
		seen[value] = true
		one := member{value: value}
		if hasHan(text) {
			one.zh, one.en = text, fromChinese(text)
			if len(m) > 3 && isIdentifier(m[3]) && utf8.RuneCountInString(m[3]) < 7 {
				one.aliases = []string{m[3]}
			}
		} else {
			one.en = strings.ToLower(text)
			one.zh = chineseOf(wordsOf(text))
		}
		found = append(found, one)
	}
	if len(found) < 2 {
		return nil
	}
	return found
}

// cutStandsFor takes the verb from what a code stands for: 2代表删除.
func cutStandsFor(text string) string {
	for _, verb := range []string{"代表", "表示"} {
		if rest, ok := strings.CutPrefix(text, verb); ok && rest != "" {
			return rest
		}
	}
	return text
}

// trailingCode is the code of the next pair that no mark parts from this one.
var trailingCode = regexp.MustCompile(`\s+-?\d{1,4}$`)
