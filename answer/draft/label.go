package draft

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// labelTable finds what people call a row of the table.
func (t *table) labelTable() {
	words := plainName(t.words)
	english, ok := englishOf(words)
	if ok && !isPinyin(words) || english != "" && !strings.ContainsFunc(english, isHan) {
		t.label.EN = singularPhrase(english)
	}
	t.label.ZH = chineseOf(oneOf(words))
	if t.note.en != "" {
		t.synonyms = append(t.synonyms, singularPhrase(t.note.en))
	}
	if said := singularPhrase(t.note.en); said != "" && slices.ContainsFunc(words, func(w string) bool { return dictionary().word(w) == nil && !hasHan(w) && dictionary().pinyin[w] == "" }) {
		t.label.EN = said // leases beside LSE_HDR
	}
	if zh := chineseTable(t.note.zh); zh != "" {
		t.label.ZH = zh
		if onlyShort(words) && fromChinese(zh) != "" {
			t.label.EN = fromChinese(zh)
		}
	}
	if hasHan(t.label.ZH) {
		t.label.ZH = chineseTable(t.label.ZH)
	}
	if (t.label.EN == "" || slices.ContainsFunc(words, hasHan)) && t.label.ZH != "" {
		t.label.EN = fromChinese(t.label.ZH)
	}
	if t.label == (semantic.Label{}) {
		t.label.EN = strings.Join(t.words, " ")
	}
	if many := pluralPhrase(t.label.EN); many != t.label.EN+"s" {
		t.plural = many
	}
	if t.schema.View && t.label.EN != "" {
		t.label.EN += " view"
		t.label.ZH = ""
	}
	t.synonyms = append(t.synonyms, slices.DeleteFunc(termSynonyms(t.label), isAmountZH)...)
	t.synonyms = append(t.synonyms, t.keyNames()...)
	if t.label.EN == "sku" {
		t.synonyms = append(t.synonyms, "product", "商品", "产品")
	}
	if t.label.EN == "account" && t.holdsCompanies() {
		t.synonyms = append(t.synonyms, "customer", "client", "客户")
	}
	for _, suffix := range [][]string{{"daily"}, {"monthly"}, {"record"}, {"history"}, {"log"}, {"detail"}, {"list"}, {"snapshot"}, {"assignment"}, {"entry"}} {
		if rest, ok := strings.CutSuffix(t.label.EN, " "+suffix[0]); ok {
			t.synonyms = append(t.synonyms, singularPhrase(rest))
		}
	}
}

// oneOf is the name of one row of a table: in the plural a term may be a measure,
// as employees are of a company.
func oneOf(words []string) []string {
	if len(words) == 0 {
		return words
	}
	one := slices.Clone(words)
	one[len(one)-1] = singular(one[len(one)-1])
	if !isTerm(words) || !isTerm(one) {
		return words
	}
	return one
}

// keyNames are what the key of a table with a Chinese name calls its rows
// otherwise: the shops of shangjia(shop_id).
func (t *table) keyNames() []string {
	if len(t.keys) == 0 || len(t.keys[0].columns) != 1 || !isPinyin(plainName(t.words)) {
		return nil
	}
	words := t.keys[0].columns[0].words
	n := len(words) - 1
	if n < 1 || !idWords[words[n]] || t.calledBy(words[:n]) || isPinyin(words[:n]) || !isTerm(words[:n]) {
		return nil
	}
	term, _ := dictionary().phrase(words[:n])
	return append([]string{term.en}, term.zh...)
}

// holdsCompanies reports whether the rows of a table are companies, by what is known
// of each: the accounts of those who sell to companies are their customers.
func (t *table) holdsCompanies() bool {
	return slices.ContainsFunc(t.columns, func(c *column) bool {
		return slices.ContainsFunc(c.nameWords(), func(w string) bool { return w == "industry" || w == "website" || w == "segment" || w == "employees" })
	})
}

// tellTables gives the details and the records of what another table holds the
// whole of their full names: 订单明细 beside 订单.
func (d *drafting) tellTables() {
	called := map[string]int{}
	for _, t := range d.tables {
		called[t.label.ZH]++
	}
	for _, t := range d.tables {
		if called[t.label.ZH] < 2 {
			continue
		}
		for _, said := range append([]string{t.note.zh}, t.words...) {
			if front := strings.TrimSuffix(said, "表"); front != said && hasHan(front) && strings.HasPrefix(front, t.label.ZH) {
				t.label.ZH = front
			}
		}
	}
}

// callPeople lets the rows of the one table of people be called so, or of the one whose
// people others work for.
func (d *drafting) callPeople() {
	var all, served []*table
	for _, t := range d.tables {
		if !t.isPeople() || t.bridge || t.holdsCompanies() {
			continue
		}
		all = append(all, t)
		if words := strings.Fields(t.label.EN); !serving[words[len(words)-1]] {
			served = append(served, t)
		}
	}
	if len(all) > 1 {
		all = served // people are not those who work for them
		if len(all) == 1 && trading[all[0].label.EN] {
			return
		}
	}
	if len(all) != 1 {
		return
	}
	if found := all[0]; found.label.EN != "" && found.label.EN != "person" && !hasHan(found.schema.Name) {
		found.synonyms = append(found.synonyms, "person")
	}
}

// serving are words for people who work for others.
var serving = wordSet("trainer instructor teacher lecturer coach guide host staff employee technician driver courier agent inspector nurse doctor physician vet officer pilot captain librarian waiter chef dispatcher manager supervisor representative rep broker editor referee arbiter operator engineer clerk cashier tutor counselor therapist")

// trading are words for those one does business with, who may be companies.
var trading = wordSet("client customer account buyer supplier vendor contractor")

// callCustomers lets the rows of the accounts that order be called customers, where no
// table is.
func (d *drafting) callCustomers() {
	if slices.ContainsFunc(d.tables, func(t *table) bool { return t.label.EN == "customer" || t.label.EN == "client" }) {
		return
	}
	for _, t := range d.tables {
		for _, j := range t.joins {
			if j.to.label.EN == "account" && t.isSold() && !slices.Contains(j.to.synonyms, "customer") {
				j.to.synonyms = append(j.to.synonyms, "customer", "client", "客户")
			}
		}
	}
}

// unknown reports whether the dictionary knows none of the words.
func unknown(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return dictionary().word(w) != nil || dictionary().pinyin[w] != "" || hasHan(w) })
}

// onlyShort reports whether none of the words stands in the dictionary in full: ts beside
// 投诉 is no time.
func onlyShort(words []string) bool {
	d := dictionary()
	return !slices.ContainsFunc(words, func(w string) bool {
		return d.terms[w] != nil || d.terms[singular(w)] != nil || d.pinyin[w] != "" || hasHan(w)
	})
}

func singularPhrase(s string) string {
	words := strings.Fields(s)
	if len(words) == 0 {
		return s
	}
	words[len(words)-1] = singular(words[len(words)-1])
	return strings.Join(words, " ")
}

func pluralPhrase(s string) string {
	words := strings.Fields(s)
	if len(words) == 0 {
		return s
	}
	words[len(words)-1] = plural(words[len(words)-1])
	return strings.Join(words, " ")
}

// bareWords say nothing without the name of the table before them.
var bareWords = wordSet("id name code no number title key label description desc type status 编号 名称 姓名 代码 编码 类型 状态 mingcheng bianhao xingming")

// labelColumn finds what people call a column.
func (c *column) labelColumn() {
	words := c.words
	if len(words) == 1 && idWords[words[0]] && c.isOwnID() && !hasHan(words[0]) {
		words = []string{"id"}
	}
	if len(words) == 1 && words[0] == "st" && c.states() != nil {
		words = []string{"state"}
	}
	words = frontAdjective(c.withoutUnit(words))
	if shorter := c.withoutCode(); shorter != nil && !c.table.describedBy(shorter, c) && !c.shortCodes() {
		c.synonyms = append(c.synonyms, inBoth(words)...)
		words = shorter
	}
	english, ok := englishOf(words)
	if ok {
		c.label.EN = english
	}
	c.labelPrice()
	c.label.ZH = c.chineseName(words)
	if said := levelledNames(words); said != nil {
		c.label.ZH = said[0]
		c.synonyms = append(c.synonyms, said[1:]...)
	}
	if c.note.zh != "" {
		c.label.ZH = c.note.zh
		if e := fromChinese(c.note.zh); e != "" && unknown(words) {
			c.label.EN = e
		}
	}
	if counted := c.counted(); counted != nil && ok && c.note.zh == "" {
		c.labelCount(counted)
	}
	if c.saysYes() != "" {
		c.labelFlag()
	}
	c.sayNote()
	if c.table.isPeople() && c.kind.Kind == semantic.Text && saysAny(c, wordSet("role")) {
		c.synonyms = append(c.synonyms, "job", "岗位", "职位", "职务")
	}
	if c.holdsCountries() {
		c.synonyms = append(c.synonyms, "country", "国家")
	}
	for _, shorter := range [][]string{c.withoutAmount(), c.withoutCode(), c.withoutScore(), c.withoutPercent()} {
		if shorter != nil {
			c.synonyms = append(c.synonyms, inBoth(shorter)...)
		}
	}
	bare := len(words) == 1 && bareWords[words[0]]
	if !bare {
		c.synonyms = append(c.synonyms, termSynonyms(c.label)...)
	}
	c.labelBySense(append(c.otherNames(words), c.otherMoments()...))
	for _, end := range []string{"地点", "地址", "所在地"} {
		if front, ok := strings.CutSuffix(c.label.ZH, end); ok && utf8.RuneCountInString(front) > 1 {
			c.synonyms = append(c.synonyms, front)
		}
	}
	if len(words) == 1 && hasHan(words[0]) && withoutBelonging(words[0]) != words[0] {
		short := withoutBelonging(words[0])
		c.synonyms = append(c.synonyms, short)
		if t := dictionary().chinese[short]; t != nil {
			c.synonyms = append(append(append(c.synonyms, t.zh...), t.en), t.synonyms...)
		}
	}
	if rest, ok := strings.CutPrefix(c.label.ZH, "实际"); ok && c.role == moment {
		c.synonyms = append(c.synonyms, rest) // 完工日期 of 实际完工日期
	}
	if c.note.en != "" {
		c.synonyms = append(c.synonyms, c.note.en)
	}
	if c.label == (semantic.Label{}) {
		c.label.EN = strings.Join(splitName(c.schema.Name), " ")
	}
	if len(words) == 1 {
		c.prefixLabel(bare)
	}
	if c.chargesBuyers() {
		c.synonyms = append(c.synonyms, strings.TrimSuffix(c.label.ZH, "金额")+"收入")
	}
}

// labelFlag labels a column of yes and no: the adjective itself is a phrase, as
// in returned books, 品牌商家.
func (c *column) labelFlag() {
	if rest, ok := strings.CutSuffix(c.label.ZH, c.table.label.ZH); ok && c.table.label.ZH != "" && utf8.RuneCountInString(rest) > 2 {
		c.label.ZH = rest // 是否品牌 of a shop, not 是否品牌商家
	}
	if c.calledFlag() {
		return
	}
	if c.label.EN != "" && !strings.HasPrefix(c.label.EN, "is ") && !strings.HasPrefix(c.label.EN, "has ") {
		c.label.EN = "whether " + c.label.EN
	}
	if zh := chineseOf(c.words); zh != "" && !strings.HasPrefix(c.note.zh, "是否") {
		c.label.ZH = "是否" + zh
	}
}

// isAttribute reports whether words are the name of the table and that of one of its
// columns, which they then mean: the 学科门类 of 学科.
func (t *table) isAttribute(words string) bool {
	rest, ok := strings.CutPrefix(words, t.label.ZH)
	return ok && hasHan(rest) && slices.ContainsFunc(t.columns, func(c *column) bool { return c.label.ZH == rest })
}

// describedBy reports whether another column of the table begins with words.
func (t *table) describedBy(words []string, but *column) bool {
	return slices.ContainsFunc(t.columns, func(c *column) bool {
		return c != but && len(c.words) >= len(words) && slices.Equal(c.words[:len(words)], words)
	})
}

// isTerm reports whether the dictionary has all of the words as one term.
func isTerm(words []string) bool {
	t, n := dictionary().phrase(words)
	return t != nil && n == len(words)
}

// inBoth says words in English and in Chinese, as far as they are known.
func inBoth(words []string) []string {
	var all []string
	if english, ok := englishOf(words); ok {
		all = append(all, english)
	}
	if zh := chineseOf(words); utf8.RuneCountInString(zh) > 1 {
		all = append(all, zh)
	}
	return all
}

// labelKeys lets keys whose names are initials, and what points to them, be
// called after the table: author id for aid.
func (d *drafting) labelKeys() {
	for _, t := range d.tables {
		for _, c := range t.columns {
			if c.initialID() && c.note.zh == "" {
				c.label = keyLabel(t)
			}
		}
	}
	for _, t := range d.tables {
		for _, c := range t.columns {
			if c.join != nil && len(c.join.here) == 1 && c.join.there[0].initialID() && strings.EqualFold(c.schema.Name, c.join.there[0].schema.Name) {
				c.label = keyLabel(c.join.to)
			}
			c.tellFromEntity()
		}
	}
}

// tellFromEntity lets a column that holds the key of another row be called
// otherwise than that row.
func (c *column) tellFromEntity() {
	if c.join == nil || len(c.join.here) != 1 || c.join.natural() {
		return
	}
	shown := c.join.label
	if shown == (semantic.Label{}) {
		shown = c.join.to.label
	}
	end := semantic.Label{EN: "id", ZH: "编号"}
	if c.join.there[0].lastWord() == "code" {
		end = semantic.Label{EN: "code", ZH: "代码"}
	}
	was := c.label
	if c.saysRole(shown.ZH) {
		c.join.synonyms = append(c.join.synonyms, c.label.ZH)
		c.label.ZH += end.ZH
		return
	}
	if c.label.EN != "" && c.label.EN == shown.EN {
		c.label.EN += " " + end.EN
	}
	if c.label.ZH != "" && c.label.ZH == shown.ZH {
		c.label.ZH += end.ZH
	}
	if c.label != was && c.name != "" && c.kind.Kind != semantic.Text && strings.EqualFold(strings.Join(splitName(c.name), " "), shown.EN) {
		if longer := c.name + "_id"; !c.table.named(longer, nil) {
			c.name = longer // ReportsTo holds the key of whom somebody reports to
		}
	}
	if c.label != was {
		if c.join.label != (semantic.Label{}) {
			c.join.synonyms = c.synonyms
		}
		c.synonyms = nil
	}
}

// saysRole reports whether the note beside a reference calls it by the row it leads to
// and not by its key: 主管医生 of doctor_id.
func (c *column) saysRole(shown string) bool {
	said := c.label.ZH
	if said == "" || said != c.note.zh || said == shown || withoutKey(said) != "" {
		return false
	}
	return !strings.HasSuffix(said, "号") && !strings.HasSuffix(said, "码")
}

func keyLabel(t *table) semantic.Label {
	return semantic.Label{EN: joined(t.label.EN, "id", " "), ZH: joined(t.label.ZH, "编号", "")}
}

// labelCount says what a counting column counts.
func (c *column) labelCount(counted []string) {
	english, ok := englishOf(counted)
	if !ok {
		return
	}
	one, many := singularPhrase(english), pluralPhrase(english)
	if last := counted[len(counted)-1]; strings.HasSuffix(english, "ed") && describing(last) && dictionary().terms[last] == nil || slices.ContainsFunc(happenings, func(h happening) bool { return h.past == last }) {
		many = english
	}
	c.label.EN = "number of " + many
	c.synonyms = append(c.synonyms, many, one+" count", one+" number")
	if zh := chineseOf(counted); zh != "" && !hasHan(c.schema.Name) {
		c.label.ZH = strings.TrimSuffix(zh, "人数") + "数"
		if strings.HasSuffix(zh, "人数") || strings.HasSuffix(zh, "数") {
			c.label.ZH = zh
		}
		c.synonyms = append(c.synonyms, zh+"数量")
	}
}

func (c *column) chineseName(words []string) string {
	words = c.inField(words)
	if n := len(words); n > 1 && c.role == moment && momentEnds[words[n-1]] {
		if front := chineseOf(words[:n-1]); front != "" {
			return unfinished(front) + "时间"
		}
	}
	if len(words) > 1 && flagFronts[words[0]] && c.saysYes() != "" {
		if what := chineseOf(words[1:]); what != "" {
			return "是否" + strings.TrimPrefix(what, "是否")
		}
	}
	if n := len(words); n > 1 && words[n-1] == "key" && (c.role == identity || c.join != nil || c.kind.Kind == semantic.Int) {
		words = append(slices.Clone(words[:n-1]), "id") // no key of a door
	}
	zh := chineseOf(words)
	switch {
	case zh == "名称" && c.table.isPeople():
		return "姓名"
	case zh == "标题" && c.table.isPeople():
		return "职称"
	case c.role == moment:
		return unfinished(zh)
	}
	return zh
}

// momentEnds close the name of a moment and are no word of it.
var momentEnds = wordSet("at on ts")

// isPeople reports whether the rows of a table are people.
func (t *table) isPeople() bool {
	words := strings.Fields(t.label.EN)
	if len(words) == 0 {
		return false
	}
	term := dictionary().word(words[len(words)-1])
	return term != nil && term.role == "person"
}

// prefixLabel puts the table's name before that of a column: into the label of
// one that says nothing by itself, beside it for others.
func (c *column) prefixLabel(bare bool) {
	long := semantic.Label{EN: joined(c.table.label.EN, c.label.EN, " "), ZH: joined(c.table.label.ZH, c.label.ZH, "")}
	if bare {
		if zh := c.label.ZH; zh == c.note.zh && !bareWords[zh] {
			c.synonyms = append(c.synonyms, zh) // 订单状态 of a 销售订单
		}
		c.label = long
		c.everydayName()
		return
	}
	if strings.HasSuffix(c.label.EN, "ed") {
		long.EN = "" // airlines founded before 1980 are airlines
	}
	for _, s := range []string{long.EN, long.ZH} {
		if s != "" && s != c.label.EN && s != c.label.ZH {
			c.synonyms = append(c.synonyms, s)
		}
	}
	if term := dictionary().terms[long.EN]; term != nil && term.en == long.EN {
		c.synonyms = append(c.synonyms, term.zh...) // 产品线 of the line of a product
	}
}

// everydayName adds what a name or a title of such things is called by itself: 片名 of a
// film, 歌名 of a song.
func (c *column) everydayName() {
	if c.table.isPeople() || c.table.label.ZH == "" {
		return
	}
	for _, what := range append([]string{c.table.label.EN}, c.table.synonyms...) {
		for _, name := range []string{" title", " name"} {
			t := dictionary().terms[what+name]
			if t == nil || !strings.HasSuffix(c.label.EN, name) {
				continue
			}
			for _, zh := range t.zh {
				if front := c.table.label.ZH; !strings.HasPrefix(zh, front) || utf8.RuneCountInString(front) == 1 {
					c.synonyms = append(c.synonyms, zh)
				}
			}
		}
	}
}

// joined puts one text before another unless it is there already; "" when
// either is missing.
func joined(front, text, space string) string {
	switch {
	case front == "" || text == "":
		return ""
	case strings.HasPrefix(text, front):
		return text
	}
	if hasHan(front) {
		for end := front; end != ""; {
			_, size := utf8.DecodeRuneInString(end)
			if end = end[size:]; utf8.RuneCountInString(end) > 1 && strings.HasPrefix(text, end) {
				return strings.TrimSuffix(front, end) + text // 销售订单 and 订单状态
			}
		}
	}
	return front + space + text
}

// settleNames takes back what would make two things one: synonyms that are
// another thing's label, or another's synonym in the same table.
func (d *drafting) settleNames() {
	d.headSynonyms()
	d.callNicknames()
	d.nounsOfNames()
	d.frontSynonyms()
	labels := map[string]int{}
	count := func(l semantic.Label) {
		for _, s := range []string{l.EN, pluralPhrase(l.EN), l.ZH} {
			if s != "" {
				labels[strings.ToLower(s)]++
			}
		}
	}
	for _, t := range d.tables {
		count(t.label)
		for _, c := range t.columns {
			count(c.label)
		}
	}
	owned := d.ownedByMembers()
	for _, t := range d.tables {
		t.synonyms = slices.DeleteFunc(t.synonyms, func(s string) bool { return owned[strings.ToLower(s)] || t.isAttribute(s) })
		t.synonyms = settled(t.synonyms, t.label, t.plural, labels, map[string]bool{})
		seen := map[string]bool{}
		for _, c := range t.columns {
			if c.role != moment {
				c.synonyms = slices.DeleteFunc(c.synonyms, func(s string) bool { return owned[strings.ToLower(s)] })
			}
			c.synonyms = settled(c.synonyms, c.label, "", labels, seen)
			if c.join != nil {
				c.join.synonyms = settled(c.join.synonyms, c.join.label, "", labels, seen)
			}
		}
	}
}
