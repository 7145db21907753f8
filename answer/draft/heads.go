package draft

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// headSynonyms lets tables be called by the last words of their names where no
// other table or column is: session for user_session.
func (d *drafting) headSynonyms() {
	heads := map[string]int{}
	for _, t := range d.tables {
		for _, h := range t.heads() {
			heads[h]++
		}
		if h := chineseHead(t.label.ZH); h != "" {
			heads[h]++
		}
		heads[t.label.ZH]++
	}
	for _, t := range d.tables {
		if t.bridge {
			t.offered = len(t.words) == 1 && heads[t.label.EN] == 1 && !d.columnCalled(t.label.EN)
			continue
		}
		if h := chineseHead(t.label.ZH); h != "" && heads[h] == 1 && !d.columnCalled(h) {
			t.synonyms = append(t.synonyms, h)
		}
		if short := shortNames[t.label.ZH]; short != "" {
			t.synonyms = append(t.synonyms, short)
		}
		t.synonyms = append(t.synonyms, d.closingNames(t)...)
		t.synonyms = append(t.synonyms, d.keyThings(t)...)
		for _, h := range t.heads() {
			if last := h[strings.LastIndexByte(h, ' ')+1:]; heads[h] == 1 && !d.columnCalled(h) && !vagueHead[h] && !spans[h] && !joining[last] && len(h) > 1 {
				t.synonyms = append(t.synonyms, h)
			}
		}
	}
}

// calledByVerb reports whether a table that joins others is called by a verb or a
// preposition: works_on, belongs_to.
func (t *table) calledByVerb() bool {
	words := strings.Fields(t.label.EN)
	return len(words) > 1 && joining[words[len(words)-1]] && len(t.joins) > 1
}

// vagueHead are last words that name no thing.
var vagueHead = wordSet("daily monthly yearly count detail history record list info data log tag type statistics statis snapshot setting code status")

// spans are ends of names that only say of what time a row is.
var spans = wordSet("day week month quarter year season date")

// heads are the label and its ends, and the label with its last word away when
// that is vague.
func (t *table) heads() []string {
	words := strings.Fields(t.label.EN)
	var all []string
	if n := len(words); n > 1 && (words[n-1] == "listing" || words[n-1] == "model") {
		all = append(all, singularPhrase(strings.Join(words[:n-1], " "))) // what is listed
	}
	for len(words) > 1 && vagueHead[words[len(words)-1]] {
		words = words[:len(words)-1]
		all = append(all, singularPhrase(strings.Join(words, " ")))
	}
	for i := 1; i < len(words); i++ {
		all = append(all, singularPhrase(strings.Join(words[i:], " ")))
	}
	return append(all, t.label.EN)
}

// chineseHead is the word that a Chinese compound ends with, where it says what a row
// is: 订单 of 销售订单; "" for none.
func chineseHead(label string) string {
	runes := []rune(label)
	n := len(runes) - 2
	if n < 2 || !hasHan(label) {
		return ""
	}
	front, back := string(runes[:n]), string(runes[n:])
	if dictionary().chinese[back] == nil || vagueChinese[back] || fromChinese(front) == "" {
		return ""
	}
	return back
}

// vagueChinese close the names of tables and say nothing of what is in them.
var vagueChinese = wordSet("明细 记录 信息 数据 类型 分类 关系 情况 统计 详情 日志 历史 配置 公司 中心 状态 列表 流水 结果 月份 年度 季度 日期")

// shortNames are Chinese words of one character for what longer ones name.
var shortNames = map[string]string{"门店": "店", "店铺": "店", "商店": "店", "药品": "药", "书籍": "书", "图书": "书", "车辆": "车"}

// closingNames are what people call the rows of a table by the one character that its
// Chinese name closes with: the 站 of 充电站. Several tables of papers are all 单: which
// one is meant, the question tells or is asked back.
func (d *drafting) closingNames(t *table) []string {
	papers := strings.HasSuffix(t.label.ZH, "单") || bookings[t.label.ZH]
	_, size := utf8.DecodeLastRuneInString(t.label.ZH)
	last := t.label.ZH[len(t.label.ZH)-size:]
	switch {
	case papers && d.columnCalled("单"):
		return nil
	case papers:
		return []string{"单子", "单"}
	case len(t.label.ZH) == size || !closingThings[last] || d.columnCalled(last):
		return nil
	}
	for _, o := range d.tables {
		if last == "票" && o.isAmong(parcelWords) {
			return nil // so many 票 are shipments
		}
		if o != t && (strings.HasSuffix(o.label.ZH, last) || slices.Contains(o.synonyms, last)) {
			return nil
		}
	}
	return []string{last}
}

var (
	// bookings are names of what is ordered for a time.
	bookings = wordSet("预订 预定 预约 订房 订座")
	// closingThings are characters that are said alone for what they close the name of.
	closingThings = wordSet("站 桩 店 车 船 仓 票 箱 棚 线")
)

// keyThings are what a Chinese key calls the rows that it numbers, where no other table or
// column is called so: the 报告 of 报告编号 in 不良反应, which are 不良反应报告.
func (d *drafting) keyThings(t *table) []string {
	if len(t.keys) == 0 || len(t.keys[0].columns) != 1 || !hasHan(t.schema.Name) {
		return nil
	}
	thing := withoutKey(t.keys[0].columns[0].plain)
	if utf8.RuneCountInString(thing) < 2 || vagueChinese[thing] || fromChinese(thing) == "" || strings.Contains(t.label.ZH, thing) || d.columnCalled(thing) {
		return nil
	}
	for _, o := range d.tables {
		if o != t && (strings.Contains(o.label.ZH, thing) || slices.Contains(o.synonyms, thing)) {
			return nil
		}
	}
	return []string{t.label.ZH + thing, thing}
}

func (d *drafting) columnCalled(name string) bool {
	for _, t := range d.tables {
		for _, c := range t.columns {
			if c.label.EN == name || c.label.ZH == name {
				return true
			}
		}
	}
	return false
}
