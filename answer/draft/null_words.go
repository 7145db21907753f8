package draft

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// saidOfNull are the ways in which a note says what it means that nothing is there:
// 空=在职, 空为散客, and 未派单为空.
var saidOfNull = []*regexp.Regexp{
	regexp.MustCompile(`(?:空|null|NULL)\s*(?:=|＝|:|：|为|是|表示|则|即|-)\s*(?:表示|为|是)?(\p{Han}{2,6})`),
	regexp.MustCompile(`(\p{Han}{2,6}?)(?:则|时|者)?(?:为|是)(?:空|null|NULL)`),
}

// nullFronts are what says in front of a verb that it was not done.
var nullFronts = []string{"未", "尚未", "还未", "没", "没有", "还没", "还没有"}

// nullWords are the adjectives of rows in which a column is missing, by what its note
// says of them. None where no row lacks it.
func (c *column) nullWords() []string {
	if c.role != moment && c.join == nil || c.nulls == 0 || c.nulls >= c.table.rows || c.table.rows == 0 {
		return nil
	}
	var all []string
	for _, form := range saidOfNull {
		for _, m := range form.FindAllStringSubmatch(c.note.description, -1) {
			all = append(all, spellings(m[1])...)
		}
	}
	return slices.DeleteFunc(all, func(w string) bool {
		return c.table.holdsValue(w) || vagueNull[w] || strings.HasSuffix(w, "本人") || strings.HasSuffix(w, "自己")
	})
}

// spellings are a word, and where it says that something was not done the other ways
// to say so.
func spellings(w string) []string {
	act := w
	for _, front := range nullFronts {
		if rest, ok := strings.CutPrefix(w, front); ok && len(rest) < len(act) {
			act = rest // behind the longest front
		}
	}
	if act == w || utf8.RuneCountInString(act) < 2 {
		if act != w {
			return nil // 未缴 is done to what is paid; 缴 alone names nothing
		}
		if doing, ok := strings.CutSuffix(w, "中"); ok && utf8.RuneCountInString(doing) == 2 {
			first, _ := utf8.DecodeRuneInString(doing)
			return []string{w, "正在" + doing, "正在" + string(first)} // 充电中, 正在充电, 正在充
		}
		return []string{w}
	}
	var all []string
	for _, front := range nullFronts {
		all = append(all, front+act)
	}
	return all
}

// vagueNull are words behind which nothing is known of the row.
var vagueNull = wordSet("顶层 根 大类 无 没有 未知 本人 自己 空值 默认 表示 可以 允许 不能 不可 不得 可能 不应")
