package draft

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// term is one entry of the dictionary of business words.
type term struct {
	en       string   // one or more words in the singular, lower case
	zh       []string // best first
	synonyms []string // other English ways to say it
	role     string   // what a column called so tends to be; "" says nothing
	rare     bool     // of the vocabulary alone
}

//go:embed dictionary.txt
var dictionaryText string

// vocabularyText has further entries, and more words for entries of
// dictionary.txt, in the same form. They never take a Chinese word or an
// abbreviation from the entries before them.
//
//go:embed vocabulary.txt
var vocabularyText string

// fieldsText has more of both, in the same form, and stands behind them in the same
// way; nor does it take a Chinese compound whose parts they have.
//
//go:embed fields.txt
var fieldsText string

// pinyinText has a line for each Chinese word of two characters or more that
// schemas spell in Latin letters: the syllables run together, then the word.
//
//go:embed pinyin.txt
var pinyinText string

// lexicon is the dictionary, ready for look-ups. It is never changed.
type lexicon struct {
	terms   map[string]*term // by English words, joined by one space
	short   map[string]*term // by abbreviation
	chinese map[string]*term // by Chinese word; the first entry that lists it foremost wins
	pinyin  map[string]string
	members map[string]string // Chinese for values that mean another thing than the term
	longest int               // words in the longest English entry
	ordered []*term           // as the files list them
}

var dictionary = sync.OnceValue(readLexicon)

func readLexicon() *lexicon {
	lines := strings.Count(dictionaryText, "\n") + strings.Count(vocabularyText, "\n") + strings.Count(fieldsText, "\n")
	l := &lexicon{terms: make(map[string]*term, lines), short: map[string]*term{}, chinese: make(map[string]*term, 2*lines), pinyin: map[string]string{}, members: map[string]string{}}
	l.read(dictionaryText, false, false)
	l.read(vocabularyText, true, false)
	l.read(fieldsText, true, true)
	l.callOtherwise()
	for line := range strings.Lines(pinyinText) {
		if py, zh, ok := strings.Cut(strings.TrimSpace(line), " "); ok && l.pinyin[py] == "" {
			l.pinyin[py] = zh
		}
	}
	return l
}

// read takes in the lines of a dictionary, whose new entries may be rare words. The last
// one leaves compounds to their parts.
func (l *lexicon) read(text string, rare, last bool) {
	var all []*term
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		var f [5]string
		for i := range f {
			f[i], line, _ = strings.Cut(line, "|")
		}
		if f[4] == "member" {
			l.members[f[0]] = f[1]
			continue
		}
		t := &term{en: f[0], zh: listed(f[1]), synonyms: listed(f[2]), role: f[4], rare: rare}
		if was := l.terms[t.en]; was != nil {
			was.add(t)
			t = was
		} else {
			l.terms[t.en] = t
			all = append(all, t)
		}
		l.longest = max(l.longest, len(strings.Fields(t.en)))
		for _, s := range listed(f[3]) {
			if l.short[s] == nil {
				l.short[s] = t
			}
		}
	}
	l.ordered = append(l.ordered, all...)
	for _, t := range all {
		if one := singularPhrase(t.en); strings.Contains(one, " ") && l.terms[one] == nil {
			l.terms[one] = t
		}
	}
	for zh, en := range preferred {
		l.chinese[zh] = l.terms[en]
	}
	for rank := range 4 {
		for _, t := range all {
			if rank < len(t.zh) && l.chinese[t.zh[rank]] == nil && (!last || !l.composes(t.zh[rank])) {
				l.chinese[t.zh[rank]] = t
			}
		}
	}
}

// callOtherwise makes terms of the other English words for terms that are none
// themselves: an airplane is what an aircraft is. A word that several terms list is the
// first one's; the highest of something names nothing.
func (l *lexicon) callOtherwise() {
	for _, t := range l.ordered {
		for _, s := range t.synonyms {
			if len(s) < leastNoun || vagueSynonym[s] || strings.HasSuffix(s, "est") || l.terms[s] != nil || l.short[s] != nil || l.terms[singularPhrase(s)] != nil {
				continue
			}
			others := append([]string{t.en}, slices.DeleteFunc(slices.Clone(t.synonyms), func(o string) bool { return o == s })...)
			l.terms[s] = &term{en: s, zh: t.zh, synonyms: others, role: t.role, rare: true}
			l.longest = max(l.longest, 1+strings.Count(s, " "))
		}
	}
}

// composes reports whether a Chinese compound is translated part by part.
func (l *lexicon) composes(zh string) bool {
	return utf8.RuneCountInString(zh) > 3 && l.fromChinese(zh) != ""
}

// add takes over what a later line says of the same term.
func (t *term) add(more *term) {
	for _, zh := range more.zh {
		if !slices.Contains(t.zh, zh) {
			t.zh = append(t.zh, zh)
		}
	}
	for _, s := range more.synonyms {
		if !slices.Contains(t.synonyms, s) {
			t.synonyms = append(t.synonyms, s)
		}
	}
	t.role = cmp.Or(t.role, more.role)
}

func listed(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

// word finds an English word in any of the forms that schemas use: itself, its
// singular, an abbreviation.
func (l *lexicon) word(w string) *term {
	if t := l.terms[w]; t != nil {
		return t
	}
	if t := l.terms[singular(w)]; t != nil {
		return t
	}
	if t := l.short[w]; t != nil {
		return t
	}
	return l.short[singular(w)]
}

// phrase finds the longest entry that words begin with, and how many words it
// takes.
func (l *lexicon) phrase(words []string) (*term, int) {
	whole := l.inFull(words[:min(l.longest, len(words))])
	for n := len(whole); n > 1; n-- {
		if t := cmp.Or(l.terms[strings.Join(whole[:n], " ")], l.short[strings.Join(words[:n], "_")]); t != nil {
			return t, n
		}

		if t := l.terms[strings.Join(words[:n], " ")]; t != nil {
			return t, n
		}
		last := append(append([]string{}, words[:n-1]...), singular(words[n-1]))
		if t := l.terms[strings.Join(last, " ")]; t != nil {
			return t, n
		}
	}
	if len(words) == 0 {
		return nil, 0
	}
	return l.word(words[0]), 1
}

// inFull spells the abbreviations among words.
func (l *lexicon) inFull(words []string) []string {
	var out []string
	for _, w := range words {
		if t := l.short[w]; t != nil && l.terms[w] == nil && l.terms[singular(w)] == nil && !strings.Contains(t.en, " ") {
			w = t.en
		}
		out = append(out, w)
	}
	return out
}

// singular is the singular of an English noun, by its ending.
func singular(w string) string {
	switch {
	case irregular[w] != "":
		return irregular[w]
	case len(w) < 4 || strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "us") || strings.HasSuffix(w, "is"):
		return w
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "zzes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "ses") && !strings.HasSuffix(w, "ases") && !strings.HasSuffix(w, "nses") && !strings.HasSuffix(w, "rses") && !strings.HasSuffix(w, "uses"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s"):
		return w[:len(w)-1]
	}
	return w
}

// plural is the plural of an English noun, by its ending.
func plural(w string) string {
	for one, many := range regularExceptions {
		if strings.HasSuffix(w, one) {
			return strings.TrimSuffix(w, one) + many
		}
	}
	switch {
	case singular(w) != w || unplural[w]:
		return w
	case strings.HasSuffix(w, "y") && len(w) > 1 && !strings.ContainsRune("aeiou", rune(w[len(w)-2])):
		return w[:len(w)-1] + "ies"
	case strings.HasSuffix(w, "s"), strings.HasSuffix(w, "sh"), strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "x"), oes[w]:
		return w + "es"
	}
	return w + "s"
}

// oes are nouns on o that take es.
var oes = wordSet("hero potato tomato echo veto torpedo cargo volcano mosquito mango")

// preferred is the English for Chinese words that several entries translate to.
var preferred = map[string]string{
	"客户": "customer", "数量": "quantity", "注册": "registration", "门店": "store", "商品": "product", "姓名": "name", "金额": "amount", "订单": "order",
	"电影": "movie", "公司": "company", "员工": "employee", "老师": "teacher", "教师": "teacher", "地址": "address", "邮箱": "email", "收入": "revenue",
	"费用": "fee", "分数": "score", "成绩": "score", "类型": "type", "地区": "region", "成本": "cost", "支付": "payment", "描述": "description",
	"医生": "doctor", "供应商": "supplier", "价格": "price", "时间": "time", "日期": "date", "部门": "department", "比赛": "match", "男": "male", "女": "female",
	"工资": "salary", "年份": "year", "订购": "order", "采购": "purchase", "用户": "user", "编号": "id", "电话": "phone", "备注": "remark", "评分": "rating", "状态": "status", "回访": "follow up",
}

var irregular = map[string]string{
	"people": "person", "children": "child", "men": "man", "women": "woman", "mice": "mouse", "feet": "foot", "teeth": "tooth",
	"data": "data", "media": "media", "series": "series", "species": "species", "news": "news", "status": "status", "sales": "sales",
	"statuses": "status", "buses": "bus", "classes": "class", "courses": "course", "houses": "house", "cases": "case", "expenses": "expense",
	"movies": "movie", "cookies": "cookie", "bonuses": "bonus", "matrices": "matrix", "indices": "index", "analyses": "analysis", "prognoses": "prognosis", "theses": "thesis", "hypotheses": "hypothesis", "syntheses": "synthesis", "crises": "crisis", "synopses": "synopsis",
	"criteria": "criterion", "lives": "life", "shelves": "shelf", "knives": "knife", "wives": "wife", "staff": "staff", "gas": "gas", "shares": "shares",
	"earnings": "earnings", "savings": "savings", "goods": "goods", "mathematics": "mathematics", "marks": "marks", "statistics": "statistics",
	"diagnoses": "diagnosis", "campuses": "campus", "viruses": "virus", "bus": "bus", "bases": "base", "purchases": "purchase", "releases": "release",
	"licenses": "license", "purposes": "purpose", "diseases": "disease", "leases": "lease", "phases": "phase", "databases": "database", "heroes": "hero", "potatoes": "potato", "tomatoes": "tomato", "volcanoes": "volcano", "mosquitoes": "mosquito", "mangoes": "mango", "cargoes": "cargo", "vetoes": "veto", "echoes": "echo",
	"addresses": "address", "businesses": "business", "processes": "process", "lens": "lens", "boxes": "box", "taxes": "tax", "taxis": "taxi",
}

// regularExceptions are endings whose plural does not follow the letters. No
// two of them end alike.
var regularExceptions = map[string]string{"person": "people", "child": "children", "woman": "women", "foot": "feet", "salesman": "salesmen", "agnosis": "agnoses", "ognosis": "ognoses", "alysis": "alyses", "thesis": "theses", "crisis": "crises", "synopsis": "synopses"}

// unplural are nouns that do not change.
var unplural = map[string]bool{
	"staff": true, "species": true, "series": true, "data": true, "aircraft": true, "equipment": true, "information": true, "furniture": true,
	"inventory": true, "stock": true, "sales": true, "news": true, "media": true, "sheep": true, "fish": true, "people": true, "personnel": true,
}
