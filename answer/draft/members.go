package draft

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// members are the values whose meaning is known: from the note, or because
// everybody codes them so.
func (c *column) members() []member {
	if len(c.note.members) > 0 && c.kind.Kind != semantic.Float {
		return c.fitting(c.note.members)
	}
	if c.kind.Kind != semantic.Text || c.distinct == 0 || c.distinct > fewValues {
		return nil
	}
	if c.join == nil && c.holdsCountries() && !c.spelledOut() {
		return c.countries()
	}
	if found := c.states(); found != nil {
		return found
	}
	if found := c.cities(); found != nil {
		return found
	}
	for _, code := range usualCodes {
		if code.called(c.nameWords()) && c.allIn(code.members) {
			return c.spelledAs(code.members)
		}
	}
	coded := append(c.codedStates(), c.oneOrOther()...)
	said := slices.DeleteFunc(c.translated(), func(m member) bool {
		return slices.ContainsFunc(coded, func(k member) bool { return k.value == m.value })
	})
	return append(append(coded, said...), c.numbered()...)
}

// numbered are members that Chinese shortens: the 科二 of 科目二, where the data tell
// them by a number behind the same two characters.
func (c *column) numbered() []member {
	alike := map[string]int{}
	for _, v := range c.values {
		if r := []rune(v); len(r) == 3 && hasHan(string(r[:2])) && strings.ContainsRune(ordinals, r[2]) {
			alike[string(r[:2])]++
		}
	}
	all := c.numberedCodes()
	for _, v := range c.values {
		if r := []rune(v); len(r) == 3 && alike[string(r[:2])] > 1 && strings.ContainsRune(ordinals, r[2]) {
			all = append(all, member{value: v, zh: v, aliases: []string{string(r[0]) + string(r[2])}})
		}
	}
	return all
}

// numberedCodes are members that are told by number behind the beginning of what the column
// is called: the level 3 of L3, the priority 1 of P1.
func (c *column) numberedCodes() []member {
	words := c.nameWords()
	if len(words) == 0 || c.distinct > mostCodes {
		return nil
	}
	last := canonical(words[len(words)-1])
	var all []member
	for _, v := range c.values {
		m := codedNumber.FindStringSubmatch(v)
		if v == "" {
			continue
		}
		if m == nil || !strings.HasPrefix(last, strings.ToLower(m[1])) {
			return nil
		}
		all = append(all, member{value: v, en: v, aliases: []string{last + " " + m[2]}})
	}
	return all
}

// codedNumber is a code of a letter or a few and a number.
var codedNumber = regexp.MustCompile(`^([A-Za-z]{1,4})-?(\d{1,2})$`)

// ordinals close the names of things that are told by number.
const ordinals = "一二三四五六七八九"

// spelledOut reports whether another column of the table holds the names of the countries
// that a column has the codes of, one for each: what a country is called is its name then.
func (c *column) spelledOut() bool {
	return c.averageLength() <= 3 && slices.ContainsFunc(c.table.columns, func(o *column) bool {
		return o != c && o.join == nil && o.holdsCountries() && o.averageLength() > 3 && o.distinct == c.distinct
	})
}

// fitting are the members whose values the type of the column can hold.
func (c *column) fitting(list []member) []member {
	for i, m := range list {
		list[i].aliases = append(slices.Clone(m.aliases), m.sayings()...)
	}
	if c.kind.Kind == semantic.Text {
		return list
	}
	if c.kind.Kind != semantic.Int || slices.ContainsFunc(list, func(m member) bool { return !isDigits(strings.TrimPrefix(m.value, "-")) }) {
		return nil
	}
	return list
}

// sayings are the other words for what a note calls a member: the men of 男, the
// cancelled of 已取消.
func (m member) sayings() []string {
	switch rest, done := strings.CutPrefix(m.zh, "已"); {
	case m.zh == "男" || m.zh == "男性":
		return maleWords
	case m.zh == "女" || m.zh == "女性":
		return femaleWords
	case done && utf8.RuneCountInString(rest) > 1:
		return []string{rest}
	}
	return nil
}

func (c *column) allIn(members []member) bool {
	if !slices.ContainsFunc(c.values, func(v string) bool { return v != "" }) {
		return false
	}
	for _, v := range c.values {
		if v != "" && !slices.ContainsFunc(members, func(m member) bool { return strings.EqualFold(m.value, v) }) {
			return false
		}
	}
	return true
}

// spelledAs are the members that the column holds, in its own spelling.
func (c *column) spelledAs(members []member) []member {
	var all []member
	for _, v := range c.values {
		for _, m := range members {
			if strings.EqualFold(m.value, v) {
				m.value = v
				all = append(all, m)
				break
			}
		}
	}
	return all
}

// usualCode is a code that means the same everywhere.
type usualCode struct {
	words   []string // one of them in the name; none for any name
	members []member
}

func (u usualCode) called(words []string) bool {
	return len(u.words) == 0 || slices.ContainsFunc(words, func(w string) bool { return slices.Contains(u.words, w) })
}

// What people call men and women beside the label.
var (
	maleWords   = []string{"males", "man", "men", "boy", "boys", "男性", "男士", "男生", "男的"}
	femaleWords = []string{"females", "woman", "women", "girl", "girls", "女性", "女士", "女生", "女的"}
)

var usualCodes = []usualCode{
	{[]string{"gender", "sex"}, []member{
		{value: "M", en: "male", zh: "男", aliases: maleWords}, {value: "F", en: "female", zh: "女", aliases: femaleWords},
		{value: "O", en: "other", zh: "其他"}, {value: "U", en: "unknown", zh: "未知"}, {value: "X", en: "other", zh: "其他"},
	}},
	{nil, []member{
		{value: "Male", en: "male", zh: "男", aliases: maleWords}, {value: "Female", en: "female", zh: "女", aliases: femaleWords},
		{value: "Other", en: "other", zh: "其他"}, {value: "Unknown", en: "unknown", zh: "未知"}, {value: "Non-binary", en: "non-binary", zh: "非二元"},
	}},
	{nil, []member{
		{value: "男", en: "male", zh: "男", aliases: maleWords}, {value: "女", en: "female", zh: "女", aliases: femaleWords},
		{value: "男性", en: "male", zh: "男", aliases: maleWords}, {value: "女性", en: "female", zh: "女", aliases: femaleWords}, {value: "未知", en: "unknown", zh: "未知"},
	}},
	{[]string{"gender", "sex"}, []member{{value: "1", en: "male", zh: "男", aliases: maleWords}, {value: "2", en: "female", zh: "女", aliases: femaleWords}, {value: "0", en: "unknown", zh: "未知"}}},
	{nil, []member{{value: "Y", en: "yes", zh: "是"}, {value: "N", en: "no", zh: "否"}}},
	{nil, []member{{value: "T", en: "true", zh: "是"}, {value: "F", en: "false", zh: "否"}}},
	{nil, []member{{value: "Yes", en: "yes", zh: "是"}, {value: "No", en: "no", zh: "否"}}},
	{nil, []member{{value: "True", en: "true", zh: "是"}, {value: "False", en: "false", zh: "否"}}},
	{[]string{"iucn", "redlist", "conservation", "threat"}, threatMembers},
	{[]string{"day", "weekday"}, weekdayMembers},
	{[]string{"month"}, monthMembers},
}

// threatMembers are the categories of the IUCN Red List.
var threatMembers = []member{
	{value: "CR", en: "critically endangered", zh: "极危"}, {value: "EN", en: "endangered", zh: "濒危"}, {value: "VU", en: "vulnerable", zh: "易危"},
	{value: "NT", en: "near threatened", zh: "近危"}, {value: "LC", en: "least concern", zh: "无危"}, {value: "DD", en: "data deficient", zh: "数据缺乏"},
	{value: "EX", en: "extinct", zh: "灭绝"}, {value: "EW", en: "extinct in the wild", zh: "野外灭绝"}, {value: "NE", en: "not evaluated", zh: "未评估"},
}

var weekdayMembers = []member{
	{value: "Monday", en: "Monday", zh: "星期一", aliases: []string{"周一"}}, {value: "Tuesday", en: "Tuesday", zh: "星期二", aliases: []string{"周二"}},
	{value: "Wednesday", en: "Wednesday", zh: "星期三", aliases: []string{"周三"}}, {value: "Thursday", en: "Thursday", zh: "星期四", aliases: []string{"周四"}},
	{value: "Friday", en: "Friday", zh: "星期五", aliases: []string{"周五"}}, {value: "Saturday", en: "Saturday", zh: "星期六", aliases: []string{"周六"}},
	{value: "Sunday", en: "Sunday", zh: "星期日", aliases: []string{"周日", "星期天"}},
}

var monthMembers = func() []member {
	var all []member
	for i, en := range strings.Fields("January February March April May June July August September October November December") {
		zh := []string{"一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"}[i]
		all = append(all, member{value: en, en: en, zh: zh})
		if short := en[:3]; short != en {
			all = append(all, member{value: short, en: en, zh: zh})
		}
	}
	return all
}()

// mostTranslated members of a column are called in the other language too.
const mostTranslated = 60

// translated are the members that the dictionary knows in the other language: a
// status, a kind, a colour. What is also the name of a thing is taken
// back by settleMembers.
func (c *column) translated() []member {
	if c.role == identity || c.role == private || c.role == prose || c.role == link || c.join != nil || c.distinct > mostTranslated || c.table.hasKey([]*column{c}) {
		return nil
	}
	var all []member
	said := map[string]bool{}
	for _, v := range c.values {
		m := member{value: v}
		low := strings.ToLower(strings.TrimSpace(v))
		switch {
		case len(low) > 2 && !hasHan(low) && (c.distinct*2 <= c.table.rows+2 || c.plainlySaid()):
			m.en, m.zh = v, c.memberInChinese(low)
			if said[m.zh] {
				m.zh = ""
			}
			said[m.zh] = true
		case hasHan(v) && dictionary().chinese[v] != nil:
			m.zh, m.en = v, dictionary().chinese[v].en
			if said[m.en] {
				m.en = ""
			}
			said[m.en] = true
			if len([]rune(v)) == 1 && slices.Contains(c.nameWords(), "weather") {
				m.aliases = append(m.aliases, v+"天")
			}
		}
		if m.zh != "" && m.en != "" {
			if rest, ok := strings.CutPrefix(m.zh, "已"); ok && len([]rune(rest)) > 1 && !hasHan(v) {
				m.aliases = append(m.aliases, rest)
			}
			all = append(all, m)
		}
	}
	return all
}

// plainlySaid are words of columns whose values mean what the dictionary says.
// Elsewhere a word may be another thing: a chair in a list of furniture.
var plainlySaid = wordSet("status state stage phase result outcome color colour genre weather condition continent priority severity department dept specialty subject season language religion marital ward direction mode frequency size difficulty")

func (c *column) plainlySaid() bool {
	return c.names() || slices.ContainsFunc(c.nameWords(), func(w string) bool { return plainlySaid[w] })
}

// memberInChinese is the Chinese for a value, when the dictionary knows all of
// its words and the column is of a kind that leaves no doubt.
func (c *column) memberInChinese(low string) string {
	if zh := cmp.Or(c.memberInField(low), dictionary().members[low]); zh != "" {
		return zh
	}
	if !c.plainlySaid() {
		return ""
	}
	words := strings.FieldsFunc(low, func(r rune) bool { return r == ' ' || r == '_' || r == '-' })
	if len(words) == 0 || len(words) > 3 {
		return ""
	}
	for _, w := range words {
		if t := dictionary().terms[w]; t == nil && dictionary().terms[singular(w)] == nil {
			return ""
		}
	}
	return chineseOf(words)
}

// settleMembers takes back the names of members that are those of tables,
// columns or metrics: a question that says them means the thing.
func (d *drafting) settleMembers(taken map[string]bool) {
	outOfStock := map[string]bool{}
	for _, t := range d.tables {
		for _, p := range t.stockPhrases() {
			for _, w := range p.words {
				outOfStock[w] = true
			}
		}
	}
	for _, t := range d.tables {
		for _, c := range t.columns {
			c.held = c.sayMembers(c.members())
			if len(c.note.members) > 0 {
				for i, m := range c.held {
					c.held[i].aliases = slices.DeleteFunc(slices.Clone(m.aliases), func(s string) bool { return taken[strings.ToLower(s)] })
				}
				continue
			}
			for i, m := range c.held {
				own := func(s string) bool { return strings.EqualFold(s, m.value) }
				if taken[strings.ToLower(m.zh)] && !own(m.zh) {
					c.held[i].zh = ""
				}
				if taken[strings.ToLower(m.en)] && !own(m.en) {
					c.held[i].en = ""
				}
				c.held[i].aliases = slices.DeleteFunc(slices.Clone(m.aliases), func(s string) bool { return taken[strings.ToLower(s)] || outOfStock[s] })
			}
			c.held = slices.DeleteFunc(c.held, func(m member) bool { return m.zh == "" && m.en == "" })
		}
	}
}

// ownedByMembers are the words that the data hold themselves, in columns of few values:
// no other thing is called so. A 住宅 is a house of one type, not any.
func (d *drafting) ownedByMembers() map[string]bool {
	owned := map[string]bool{}
	for _, t := range d.tables {
		for _, c := range t.columns {
			if c.name == "" || c.join != nil || c.distinct < 2 || c.distinct > mostSaid || c.unique() || c.role == identity || c.role == private {
				continue
			}
			if c.kind.Kind == semantic.Text {
				for _, v := range c.values {
					owned[strings.ToLower(v)] = true
				}
			}
			for _, m := range c.note.members {
				owned[strings.ToLower(m.en)], owned[m.zh] = true, true
			}
		}
	}
	return owned
}
