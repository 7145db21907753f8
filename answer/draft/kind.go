package draft

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"wenshu/semantic"
)

// findKind finds how a column holds its values: what the declaration says as
// far as the sample bears it out, and what the sample shows where the
// declaration says nothing.
func (c *column) findKind() {
	filled := slices.DeleteFunc(slices.Clone(c.values), func(v string) bool { return v == "" })
	declared := c.schema.Type
	if k := declared.Kind; c.table.native && (k == semantic.Date || k == semantic.Timestamp) || c.table.strict && k == semantic.Bool {
		c.kind, c.typed = declared, len(filled) > 0
		return
	}
	switch declared.Kind {
	case semantic.Date, semantic.Timestamp:
		c.timeKind(filled, declared.Kind)
	case semantic.Int, semantic.Float, semantic.Decimal, semantic.Bool:
		c.numberKind(filled, declared)
	default:
		c.textKind(filled, declared.Kind == semantic.Text)
	}
	if c.blank && c.kind.Kind != semantic.Text && c.expr != "" {
		c.expr = "nullif(" + spelled(c.schema.Name) + ", '') + 0"
	} else if c.blank && c.kind.Kind != semantic.Text {
		c.expr = "nullif(" + spelled(c.schema.Name) + ", '')"
	}
}

// timeKind types a column that is declared as a time.
func (c *column) timeKind(filled []string, declared semantic.Kind) {
	if len(filled) == 0 {
		c.kind = semantic.ColumnType{Kind: declared}
		return
	}
	if t, ok := timeText(filled); ok {
		if t.Layout == "" && declared == semantic.Timestamp {
			t.Kind = semantic.Timestamp // days alone are midnights
		}
		c.kind, c.typed = t, true
		return
	}
	if t, ok := timeNumber(filled, c.lowerWords()); ok {
		c.kind, c.typed = t, true
		return
	}
	c.kind = semantic.ColumnType{Kind: semantic.Text}
}

// numberKind types a column that is declared as a number or a truth value.
func (c *column) numberKind(filled []string, declared semantic.ColumnType) {
	c.kind, c.typed = declared, len(filled) > 0
	if len(filled) == 0 {
		return
	}
	if t, ok := timeNumber(filled, c.lowerWords()); ok {
		c.kind = t
		return
	}
	shown, scale := numberKindOf(filled)
	switch {
	case shown == semantic.Text:
		c.kind = semantic.ColumnType{Kind: semantic.Text}
	case declared.Kind == semantic.Bool:
		if !slices.ContainsFunc(filled, func(v string) bool { return v != "0" && v != "1" }) {
			return
		}
		c.kind = semantic.ColumnType{Kind: shown}
	case declared.Kind == semantic.Int && shown == semantic.Float:
		c.kind = semantic.ColumnType{Kind: semantic.Float}
	case declared.Kind == semantic.Decimal && scale > int(declared.Scale):
		c.kind = semantic.ColumnType{Kind: semantic.Float}
	}
	if c.kind.Kind == semantic.Int && c.isFlag(filled) {
		c.kind = semantic.ColumnType{Kind: semantic.Bool}
	}
}

// textKind types a column that is declared as text, or not at all.
func (c *column) textKind(filled []string, declared bool) {
	c.kind, c.typed = semantic.ColumnType{Kind: semantic.Text}, true
	if len(filled) == 0 {
		return
	}
	if t, ok := timeText(filled); ok {
		c.kind = t
		return
	}
	if t, ok := timeNumber(filled, c.lowerWords()); ok && t.Coding != semantic.EpochSeconds && t.Coding != semantic.EpochMillis {
		c.kind = t
		return
	}
	kind, _ := numberKindOf(filled)
	if kind == semantic.Text {
		return
	}
	if !declared {
		c.kind = semantic.ColumnType{Kind: kind}
		return
	}
	if c.table.readsNumbers && c.saysMeasure() && !slices.ContainsFunc(filled, padded) {
		c.kind = semantic.ColumnType{Kind: kind}
		c.expr = spelled(c.schema.Name) + " + 0"
	}
}

// saysMeasure reports whether a name is that of something measured, whatever
// holds it.
func (c *column) saysMeasure() bool {
	words := c.nameWords()
	if len(words) == 0 || codeWords[words[len(words)-1]] {
		return false
	}
	head := c.headRole()
	return head == "sum" || head == "avg" || amountWords[words[len(words)-1]]
}

// padded reports whether digits begin with a zero, as those of codes do.
func padded(v string) bool { return len(v) > 1 && v[0] == '0' && v[1] != '.' }

var plainNumber = regexp.MustCompile(`^[+-]?(\d+)?(?:\.(\d*))?(?:[eE][+-]?\d+)?$`)

// numberKindOf is the kind that holds all values, and the digits after their
// points.
func numberKindOf(filled []string) (kind semantic.Kind, scale int) {
	kind = semantic.Int
	for _, v := range filled {
		m := plainNumber.FindStringSubmatch(v)
		if m == nil || m[1] == "" && m[2] == "" {
			return semantic.Text, 0
		}
		if _, err := strconv.ParseInt(v, 10, 64); err != nil {
			kind = semantic.Float
		}
		scale = max(scale, len(strings.TrimRight(m[2], "0")))
	}
	return kind, scale
}

// isFlag reports whether a whole number only says yes or no.
func (c *column) isFlag(filled []string) bool {
	if slices.ContainsFunc(filled, func(v string) bool { return v != "0" && v != "1" }) {
		return false
	}
	words := c.lowerWords()
	if len(words) == 0 {
		return false
	}
	if both := slices.Contains(filled, "0") && slices.Contains(filled, "1"); both && len(words) < 3 && describes(words[len(words)-1]) && (len(words) == 1 || c.table.calledBy(words[:1])) {
		return true
	}
	if len(c.note.yes) > 0 && len(c.note.members) == 0 || len(words) > 1 && placing[words[0]] && !amountWords[words[len(words)-1]] {
		return true
	}
	return flagFronts[words[0]] || words[0] == "auto" && len(words) > 1 || flagBacks[canonical(words[len(words)-1])] || strings.HasPrefix(c.note.zh, "是否") || strings.HasPrefix(c.schema.Name, "是否") || words[0] == "shifou"
}

// describes reports whether a word is an adjective or a participle by its ending:
// reopened, hazardous, taxable, driverless.
func describes(word string) bool {
	return len(word) > 4 && slices.ContainsFunc([]string{"ed", "able", "ible", "ous", "ive", "less"}, func(end string) bool { return strings.HasSuffix(word, end) }) ||
		describing01[word]
}

var describing01 = wordSet("urgent vip premium fragile frozen fresh remote discontinued taxed overdue late paid shipped returned prepaid organic vegan smoker married retired foreign domestic internal external otc hidden visible public private")

// placing are words that open the name of a state in which rows are or are not: in service,
// on hold, out of print.
var placing = wordSet("in on out off under at")

var (
	flagFronts = wordSet("is has have can allow allows allowed should was were enable enabled uses use")
	flagBacks  = wordSet("flag yn enabled active deleted available allowed required verified")
)

// textLayouts are the ways in which texts show a time, those of ISO 8601
// without a layout first.
var textLayouts = []struct {
	layout string
	iso    bool
	kind   semantic.Kind
}{
	{time.DateOnly, true, semantic.Date},
	{time.DateTime, true, semantic.Timestamp},
	{"2006-01-02T15:04:05", true, semantic.Timestamp},
	{"2006-01-02T15:04:05Z", true, semantic.Timestamp},
	{"2006-01-02 15:04", true, semantic.Timestamp},
	{"2006-01-02T15:04", true, semantic.Timestamp},
	{"2006-01-02 15:04:05.000", false, semantic.Timestamp},
	{"2006-01", false, semantic.Date},
	{"2006/01/02", false, semantic.Date},
	{"2006.01.02", false, semantic.Date},
	{"2006/01/02 15:04:05", false, semantic.Timestamp},
	{"2006/01/02 15:04", false, semantic.Timestamp},
	{"01/02/2006", false, semantic.Date},
	{"02/01/2006", false, semantic.Date},
	{"02.01.2006", false, semantic.Date},
	{"02-01-2006", false, semantic.Date},
	{"01/02/2006 15:04:05", false, semantic.Timestamp},
	{"02/01/2006 15:04:05", false, semantic.Timestamp},
	{"01/02/2006 15:04", false, semantic.Timestamp},
	{"2006年01月02日", false, semantic.Date},
}

// timeText is the one layout in which every value is a time. Several ISO forms
// may mix, for all engines compare them alike.
func timeText(filled []string) (semantic.ColumnType, bool) {
	kind, all := semantic.Date, true
	for _, v := range filled {
		k, ok := isoKind(v)
		if !ok {
			all = false
			break
		}
		if k == semantic.Timestamp {
			kind = k
		}
	}
	if all {
		return semantic.ColumnType{Kind: kind}, true
	}
	for _, l := range textLayouts {
		if !l.iso && everyTime(filled, l.layout) {
			return semantic.ColumnType{Kind: l.kind, Coding: semantic.CodedText, Layout: l.layout}, true
		}
	}
	return semantic.ColumnType{}, false
}

func isoKind(v string) (semantic.Kind, bool) {
	for _, l := range textLayouts {
		if l.iso {
			if _, err := time.Parse(l.layout, v); err == nil {
				return l.kind, true
			}
		}
	}
	return 0, false
}

// everyTime reports whether every value is a time in the layout, in exactly
// its width.
func everyTime(filled []string, layout string) bool {
	for _, v := range filled {
		if t, err := time.Parse(layout, v); err != nil || t.Format(layout) != v {
			return false
		}
	}
	return true
}

// timeNumber finds times that are held as numbers. Years and seconds are told
// from other numbers by the words of the name.
func timeNumber(filled, words []string) (semantic.ColumnType, bool) {
	least, most := int64(1<<62), int64(-1<<62)
	for _, v := range filled {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return semantic.ColumnType{}, false
		}
		least, most = min(least, n), max(most, n)
	}
	says := func(list map[string]bool) bool {
		return slices.ContainsFunc(words, func(w string) bool { return list[w] })
	}
	switch {
	case least >= 1000 && most <= 2200 && isYear(words):
		return semantic.ColumnType{Kind: semantic.Date, Coding: semantic.YYYY}, true
	case least >= 190001 && most <= 220012 && says(monthWords) && everyTime(filled, "200601"):
		return semantic.ColumnType{Kind: semantic.Date, Coding: semantic.YYYYMM}, true
	case least >= 19000101 && most <= 22001231 && everyTime(filled, "20060102"):
		return semantic.ColumnType{Kind: semantic.Date, Coding: semantic.YYYYMMDD}, true
	case least >= 1e8 && most < 1e10 && says(secondWords), least >= -3e9 && most >= 1e8 && most < 1e10 && says(birthWords):
		return semantic.ColumnType{Kind: semantic.Timestamp, Coding: semantic.EpochSeconds, Zone: "UTC"}, true
	case least >= 1e11 && most < 1e13 && says(secondWords):
		return semantic.ColumnType{Kind: semantic.Timestamp, Coding: semantic.EpochMillis, Zone: "UTC"}, true
	}
	return semantic.ColumnType{}, false
}

var (
	monthWords  = wordSet("month months ym yyyymm yearmonth period mon mth yue yuefen nianyue 月份 年月 月 期间 账期")
	birthWords  = wordSet("dob birth birthday birthdate born")
	secondWords = wordSet("dt tm datetime time timestamp ts ms epoch at date unix created updated createtime utc shijian 时间 时间戳 日期")
	yearWords   = wordSet("year years yr yyyy founded built opened established commissioned constructed launched introduced born since season nian nianfen 年 年份 年度 届")
)

// isYear reports whether a name says that its numbers are years, and not how
// many.
func isYear(words []string) bool {
	for i, w := range words {
		if !yearWords[w] && !strings.HasSuffix(w, "年份") && !strings.HasSuffix(w, "年度") {
			continue
		}
		return w != "years" || i == 0 && len(words) == 1
	}
	return false
}

// lowerWords are the words of the name and of the Chinese part of the note, and what
// that says of times.
func (c *column) lowerWords() []string {
	words := append(slices.Clone(c.words), splitName(c.note.zh)...)
	for _, end := range []string{"时间", "日期"} {
		if c.note.zh != end && strings.HasSuffix(c.note.zh, end) {
			words = append(words, end)
		}
	}
	if saysSeconds.MatchString(c.schema.Comment) {
		words = append(words, "unix")
	}
	return words
}

// saysSeconds is what notes say of times that are counted in seconds.
var saysSeconds = regexp.MustCompile(`(?i)\b(?:unix|epoch)|时间戳|unix`)
