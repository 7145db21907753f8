package draft

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// key is a set of columns that identifies a row.
type key struct {
	columns  []*column
	evidence string
	declared bool
}

func (k key) is(columns []*column) bool {
	if len(k.columns) != len(columns) {
		return false
	}
	for _, c := range columns {
		if !slices.Contains(k.columns, c) {
			return false
		}
	}
	return true
}

func (t *table) hasKey(columns []*column) bool {
	return slices.ContainsFunc(t.keys, func(k key) bool { return k.is(columns) })
}

// declaredKeys takes over the keys that the catalogue knows.
func (t *table) declaredKeys() {
	for i, names := range append([][]string{t.schema.PrimaryKey}, t.schema.Unique...) {
		columns := t.columnsOf(names)
		if len(columns) == 0 || t.hasKey(columns) {
			continue
		}
		evidence := "declared unique"
		if i == 0 {
			evidence = "declared primary key"
		}
		t.keys = append(t.keys, key{columns, evidence, true})
	}
}

func (t *table) columnsOf(names []string) []*column {
	var columns []*column
	for _, n := range names {
		c := t.column(n)
		if c == nil {
			return nil
		}
		columns = append(columns, c)
	}
	return columns
}

// probableKey finds the column that identifies rows where nothing is declared:
// full, without a repetition, and called like a key.
func (t *table) probableKey() {
	if len(t.keys) > 0 {
		return
	}
	var best *column
	most := 0
	for _, c := range t.columns {
		if n := c.keyLikeness(); n > most {
			best, most = c, n
		}
	}
	if best == nil {
		return
	}
	evidence := "probable: every row has another value"
	if t.rows == 0 {
		evidence = "probable: by its name, the table is empty"
	}
	t.keys = append(t.keys, key{columns: []*column{best}, evidence: evidence})
}

// keyLikeness is how much a column looks like the key of its table; 0 is not at
// all. A name alone is enough in an empty table when it is the table's own.
func (c *column) keyLikeness() int {
	own := c.isOwnID()
	if c.table.rows == 0 {
		if own {
			return 10
		}
		return 0
	}
	if !c.unique() || !c.full() || c.kind.Kind == semantic.Float || c.kind.Kind == semantic.Bool || c.kind.Kind == semantic.Timestamp {
		return 0
	}
	last := c.words[len(c.words)-1]
	n := 0
	switch {
	case own:
		n = 10
	case c.initialID():
		n = 9
	case c.elsewhere:
		n = 0
	case idWords[last] && c == c.table.columns[0]:
		n = 8
	case strings.Join(c.words, " ") == strings.Join(c.table.words, " ") || singular(strings.Join(c.words, " ")) == singular(strings.Join(c.table.words, " ")):
		n = 6
	case idWords[last]:
		n = 5
	case c.kind.Kind == semantic.Date && c.kind.Coding != semantic.YYYY:
		return 0
	case last == "code" || last == "number" || last == "no" || last == "symbol" || numbered(c.label.ZH, c.note.zh, last):
		n = 4
	case c.kind.Kind == semantic.Text && c == c.table.columns[0] && c.table.rows >= 3 && c.shortCodes():
		n = 4
	case c.kind.Kind == semantic.Text && (last == "name" || last == "title" || strings.HasSuffix(last, "名称") || strings.HasSuffix(last, "名")) && c.table.rows > 1:
		n = 3
	case c.kind.Kind == semantic.Text && c == c.table.columns[0] && c.table.rows >= 5 && c.averageLength() <= shortText:
		n = 2
	}
	return n
}

// shortCodes reports whether all values are one short run of letters and digits,
// none longer than the others by much, as codes are.
func (c *column) shortCodes() bool {
	for _, v := range c.values {
		if len(v) > 10 || v == "" || strings.ContainsFunc(v, func(r rune) bool { return !(r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-') }) {
			return false
		}
	}
	return len(c.values) > 0
}

// numbered reports whether a Chinese name says that it numbers things.
func numbered(names ...string) bool {
	return slices.ContainsFunc(names, func(s string) bool {
		return hasHan(s) && slices.ContainsFunc([]string{"号", "编码", "代码", "ID", "id", "学号", "工号"}, func(end string) bool { return strings.HasSuffix(s, end) })
	})
}

var idWords = wordSet("id uid uuid guid key pk 编号 id号 bianhao")

// rowWords before id mean the row itself, whatever it holds.
var rowWords = wordSet("row record rec auto pk surrogate entry 词条 记录 主键 数据")

// isOwnID reports whether a name is id, or the table's name and id.
func (c *column) isOwnID() bool {
	words := c.words
	if len(words) == 0 || !idWords[words[len(words)-1]] {
		return false
	}
	front := words[:len(words)-1]
	return len(front) == 0 || len(front) == 1 && rowWords[front[0]] || c.table.calledFully(front) || c.table.calledBy(front) && !c.elsewhere
}

// initialID reports whether a name is the initial of the table and id run
// together: uid of users, aid of authors.
func (c *column) initialID() bool {
	if len(c.raw) != 1 || len(c.table.words) == 0 {
		return false
	}
	name, ok := strings.CutSuffix(c.raw[0], "id")
	if !ok || name == "" || len(name) > 4 {
		return false
	}
	if len(c.table.words) > 1 && name == initials(c.table.words) {
		return true
	}
	return len(c.table.words) == 1 && strings.HasPrefix(c.table.words[0], name)
}

// initialEnds close names that begin with the initial of the table.
var initialEnds = []string{"name", "code", "no", "title", "desc", "type", "date"}

// spellInitial spells a name like cname in full: course name.
func (c *column) spellInitial() {
	if len(c.raw) != 1 || len(c.table.words) == 0 || dictionary().word(c.raw[0]) != nil {
		return
	}
	last := c.table.words[len(c.table.words)-1]
	for _, end := range initialEnds {
		front, ok := strings.CutSuffix(c.raw[0], end)
		if ok && front != "" && len(front) <= 4 && (strings.HasPrefix(last, front) || front == initials(c.table.words)) {
			c.words = append(slices.Clone(c.table.words), end)
			return
		}
	}
}

func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	return b.String()
}

// findElsewhere notes the columns whose names are those of other tables' keys:
// customer_id outside of customers, aid outside of authors.
func (d *drafting) findElsewhere() {
	for _, t := range d.tables {
		for _, c := range t.columns {
			if n := len(c.words); n == 1 && idWords[c.words[0]] || n > 1 && t.calledFully(c.words[:n-1]) || c.initialID() {
				continue
			}
			c.elsewhere = slices.ContainsFunc(d.tables, func(o *table) bool { return o != t && c.keyOf(o) })
		}
	}
}

// keyOf reports whether a column is called like the key of a table.
func (c *column) keyOf(o *table) bool {
	if n := len(c.words); n > 1 && idWords[c.words[n-1]] && (o.calledFully(c.words[:n-1]) || o.calledFully(c.words[n-2:n-1])) {
		return true
	}
	return slices.ContainsFunc(o.columns, func(k *column) bool {
		return strings.EqualFold(k.schema.Name, c.schema.Name) && (k.isOwnID() && len(k.words) > 1 || k.initialID())
	})
}

// calledBy reports whether words name the table, in its own language or in
// English: its name, the end of it, or the initials, in singular and in full.
func (t *table) calledBy(words []string) bool {
	if len(words) == 0 || len(t.words) == 0 {
		return false
	}
	if !slices.ContainsFunc(words, hasHan) && isCalled(words, t.inEnglish()) {
		return true
	}
	return isCalled(words, t.words)
}

// inEnglish is what a table is called in English, where its name is Chinese,
// pinyin or an empty word and its note is not; nil for others.
func (t *table) inEnglish() []string {
	english := ""
	switch {
	case slices.ContainsFunc(t.words, hasHan) || isPinyin(t.words):
		var plain []string
		for _, w := range t.words {
			plain = append(plain, chineseTable(w))
		}
		english, _ = englishOf(plain)
	case unknown(plainName(t.words)) && t.note.zh != "":
		english = fromChinese(chineseTable(t.note.zh))
	}
	return strings.Fields(english)
}

// isCalled reports whether words name what is called so: all of its name, the end
// of it, or the initials.
func isCalled(words, name []string) bool {
	if len(name) == 0 {
		return false
	}
	a, b := plainWords(words), plainWords(name)
	switch {
	case slices.Equal(a, b):
		return true
	case len(a) < len(b) && slices.Equal(a, b[len(b)-len(a):]):
		return true
	case len(a) == 1 && len(b) > 1 && len(a[0]) == len(b) && a[0] == initials(b):
		return true
	}
	return len(a) == 1 && len(b) == 1 && len(a[0]) >= 3 && strings.HasPrefix(b[0], a[0])
}

// plainWords are words in the singular with abbreviations in full.
func plainWords(words []string) []string {
	var out []string
	for _, w := range words {
		if t := dictionary().word(w); t != nil && !hasHan(w) {
			out = append(out, strings.Fields(singularPhrase(t.en))...)
			continue
		}
		out = append(out, singular(w))
	}
	return out
}

// compositeKeys finds keys of several columns in tables that have none: all
// columns that lead elsewhere, and a time or a small number besides.
func (l *looker) compositeKeys(ctx context.Context, t *table) error {
	if len(t.keys) > 0 || t.rows == 0 || !t.whole {
		return nil
	}
	var parts, besides []*column
	for _, c := range t.columns {
		switch {
		case !c.full():
		case c.unique():
		case c.join != nil || c.role == identity:
			parts = append(parts, c)
		case c.role == moment || c.role == plainNumberRole || c.role == code:
			besides = append(besides, c)
		}
	}
	if len(parts) == 0 || len(parts) > 4 {
		return nil
	}
	tries := [][]*column{parts}
	for _, c := range besides[:min(3, len(besides))] {
		tries = append(tries, append(slices.Clone(parts), c))
	}
	for _, try := range tries {
		if len(try) < 2 {
			continue
		}
		n, err := l.distinctRows(ctx, t, try)
		if err != nil {
			return err
		}
		if n == t.rows {
			t.keys = append(t.keys, key{columns: try, evidence: "probable: no two rows share these values"})
			return nil
		}
	}
	return nil
}

// extensionKey makes the reference of a table that says more about single rows
// of another its key.
func (t *table) extensionKey() {
	if len(t.keys) > 0 {
		return
	}
	for _, j := range t.joins {
		if len(j.here) != 1 || !j.here[0].unique() || !j.here[0].full() {
			continue
		}
		extends := len(t.words) > len(j.to.words) && slices.Equal(plainWords(t.words[:len(j.to.words)]), plainWords(j.to.words))
		if extends || t.rows >= 10 {
			t.keys = append(t.keys, key{columns: j.here, evidence: "probable: one row at most for each " + j.to.schema.Name})
			return
		}
	}
}
