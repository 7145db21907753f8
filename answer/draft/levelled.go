package draft

import (
	"slices"
	"unicode/utf8"
)

// levelled are names of columns that hold the levels of one order of kinds, by the word
// before the level: category_l1.
var levelled = map[string][]string{
	"category":   {"分类", "类目", "品类", "类别"},
	"class":      {"分类", "类别"},
	"type":       {"分类", "类型"},
	"department": {"部门"},
	"dept":       {"部门"},
	"org":        {"机构", "组织"},
	"channel":    {"渠道"},
	"region":     {"区域", "地区"},
}

// levelDigits are the levels as Chinese says them, and levelSizes what the kinds of them
// are called by their size.
var (
	levelDigits = map[string]string{"1": "一级", "2": "二级", "3": "三级"}
	levelSizes  = map[string][]string{"1": {"大类", "商品大类"}, "2": {"小类", "子类", "商品小类"}}
)

// levelledNames are what Chinese calls a column of one level of kinds, the label first:
// 一级分类 and 大类 of category_l1; nil for other columns.
func levelledNames(words []string) []string {
	n := len(words)
	if n < 2 {
		return nil
	}
	level, front := words[n-1], words[:n-1]
	if r := []rune(level); len(r) == 2 && r[0] == 'l' {
		level = string(r[1])
	}
	if k := len(front) - 1; k > 0 && slices.Contains([]string{"l", "lv", "lvl", "level"}, front[k]) {
		front = front[:k]
	} else if level == words[n-1] {
		return nil
	}
	said := levelled[front[len(front)-1]]
	if levelDigits[level] == "" || len(said) == 0 {
		return nil
	}
	var all []string
	for _, s := range said {
		all = append(all, levelDigits[level]+s)
	}
	if said[0] == "分类" {
		all = append(all, levelSizes[level]...)
	}
	return all
}

// nounsOfNames lets things be called by the noun that closes most of their names: the
// 车间 of 冲压车间 and 总装车间, where one column alone holds such names, and the 销售组 of
// 华东组 among salespeople.
func (d *drafting) nounsOfNames() {
	closed := map[string][]*column{}
	for _, t := range d.tables {
		for _, c := range t.columns {
			if noun := c.nounOfNames(); noun != "" {
				closed[noun] = append(closed[noun], c)
			}
		}
	}
	for noun, columns := range closed {
		if len(columns) != 1 || d.columnCalled(noun) || d.tableCalled(noun) {
			continue
		}
		c := columns[0]
		switch {
		case utf8.RuneCountInString(noun) == 1:
			for _, front := range append([]string{c.table.label.ZH}, c.table.synonyms...) {
				if utf8.RuneCountInString(front) == 2 && hasHan(front) {
					c.synonyms = append(c.synonyms, front+noun)
				}
			}
		case slices.Contains(c.table.display, c):
			c.table.synonyms = append(c.table.synonyms, noun)
		default:
			c.synonyms = append(c.synonyms, noun)
		}
	}
}

// tableCalled reports whether the rows of a table are called by a word.
func (d *drafting) tableCalled(word string) bool {
	return slices.ContainsFunc(d.tables, func(t *table) bool { return t.label.ZH == word || slices.Contains(t.synonyms, word) })
}

// teams close the names of groups of people.
var teams = map[string]bool{"组": true, "队": true, "部": true, "班": true}

// nounOfNames is the noun of two characters that closes most of the names a column holds,
// or the word for a team of people in one; "" for none.
func (c *column) nounOfNames() string {
	if c.name == "" || c.join != nil || c.role == private || c.role == prose || len(c.values) < 3 {
		return ""
	}
	counts := map[string]int{}
	longer := 0
	for _, v := range c.values {
		r := []rune(v)
		if len(r) > 2 && hasHan(string(r[len(r)-2:])) {
			longer++
			counts[string(r[len(r)-2:])]++
			if teams[string(r[len(r)-1])] && c.table.isPeople() {
				counts[string(r[len(r)-1])]++
			}
		}
	}
	best := ""
	for noun, n := range counts {
		known := teams[noun] || dictionary().chinese[noun] != nil
		if known && n >= 3 && n*5 >= len(c.values)*3 && (best == "" || n > counts[best] || n == counts[best] && noun > best) {
			best = noun
		}
	}
	return best
}
