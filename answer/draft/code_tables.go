package draft

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wenshu/semantic"
)

// listedIn is a note that leads to the rows of a table of codes: 见 zd 表 lx='GW'.
var listedIn = regexp.MustCompile(`(?:见|参见|参照|对应|取自|来自|关联|查)\s*([A-Za-z_]\w*)\s*(?:字典|代码)?表?\s*(?:中|的|里)?\s*[,，:：(（.]?\s*([A-Za-z_]\w*)\s*[=＝]\s*['"‘’“”]?([\p{Han}\w]+)`)

// readCodeTables gives the columns whose notes lead to rows of a table of codes the
// meanings that stand there, and puts such a table out of sight.
func (d *drafting) readCodeTables() {
	for _, t := range d.tables {
		for _, c := range t.columns {
			if len(c.note.members) > 0 {
				continue
			}
			kind, value := d.codesOf(c)
			if kind == nil {
				continue
			}
			if found := kind.table.meanings(kind, value, c); len(found) > 0 {
				if slices.ContainsFunc(found, func(m member) bool { return !hasHan(m.zh) }) {
					c.note.members, c.coded = found, true
				} else {
					c.spellCodes(found)
				}
				c.note.members = c.unlikeMoments(c.note.members)
				sayMembers(c.note.members)
				kind.table.ofCodes = true
			}
		}
	}
}

// codesOf are the column of a table of codes that says what a code is of, and its value
// there for the codes of c; nil where the note of c leads to none.
func (d *drafting) codesOf(c *column) (kind *column, value string) {
	m := listedIn.FindStringSubmatch(c.schema.Comment)
	if m == nil {
		if kind, value = d.codesNamed(c); kind == nil {
			return d.codesOfKind(c)
		}
		return kind, value
	}
	codes := d.byName[strings.ToLower(m[1])]
	if codes == nil || codes == c.table {
		return nil, ""
	}
	return codes.column(m[2]), m[3]
}

// kindOfCodes is a note that only says which codes a column holds: 字典 sale_channel.
var kindOfCodes = regexp.MustCompile(`(?:数据)?字典(?:类型|编码|项|值)?\s*[:：=]?\s*['"‘“]?([A-Za-z]\w+)`)

// codesOfKind are the column of the one table of codes that knows the kind of codes which
// the note of c names, and the name of the kind.
func (d *drafting) codesOfKind(c *column) (kind *column, value string) {
	m := kindOfCodes.FindStringSubmatch(c.schema.Comment)
	if m == nil {
		return nil, ""
	}
	for _, t := range d.tables {
		for _, k := range t.columns {
			if t == c.table || k.unique() || !slices.Contains(k.values, m[1]) {
				continue
			}
			if kind != nil {
				return nil, ""
			}
			kind = k
		}
	}
	return kind, m[1]
}

// meanings are the names that a table of codes gives for the values of c in the rows of
// one kind: its codes are the column that holds those values, its names the one beside
// it that no two rows share and that is no code.
func (t *table) meanings(kind *column, value string, c *column) []member {
	var rows []int
	for i, v := range kind.inRows {
		if v == value {
			rows = append(rows, i)
		}
	}
	var code, name *column
	for _, o := range t.columns {
		said := map[string]bool{}
		han := false
		for _, i := range rows {
			said[o.inRows[i]] = true
			han = han || hasHan(o.inRows[i])
		}
		switch {
		case o == kind || len(said) < len(rows) || o.isOrdinal():
		case code == nil && !slices.ContainsFunc(c.values, func(v string) bool { return v != "" && !said[v] }):
			code = o
		case name == nil && (han || !hasHan(c.schema.Comment)):
			name = o
		}
	}
	if code == nil || name == nil {
		return nil
	}
	var all []member
	for _, i := range rows {
		one := member{value: code.inRows[i]}
		if said := name.inRows[i]; hasHan(said) {
			one.zh, one.en = said, fromChinese(said)
		} else {
			one.en = said
		}
		all = append(all, one)
	}
	return all
}

// spellCodes puts what codes mean for them: people ask for what a table of codes says and
// not for the codes.
func (c *column) spellCodes(members []member) {
	var b strings.Builder
	b.WriteString("case")
	name := map[string]string{}
	for i, m := range members {
		said := cmp.Or(m.zh, m.en)
		name[m.value] = said
		code := semantic.TextValue(m.value)
		if n, err := strconv.ParseInt(m.value, 10, 64); err == nil && c.schema.Type.Kind == semantic.Int {
			code = semantic.IntValue(n)
		}
		fmt.Fprintf(&b, " when %s = %s then %s", spelled(c.schema.Name), semantic.ExprString(semantic.Lit{Value: code}), semantic.ExprString(semantic.Lit{Value: semantic.TextValue(said)}))
		members[i].value = said
	}
	c.note.members, c.coded, c.expr = members, true, b.String()+" end"
	for _, list := range [][]string{c.values, c.sample, c.inRows} {
		for i, v := range list {
			if said := name[v]; said != "" {
				list[i] = said
			}
		}
	}
}

// sayCoded adds what a column is called without saying that it holds codes, where it
// shows their meanings: 岗位 and 岗位名称 of 岗位代码.
func (c *column) sayCoded() {
	front := withoutKey(c.note.zh)
	if !c.coded || front == "" {
		return
	}
	c.synonyms = append([]string{c.label.ZH, front + "名称"}, c.synonyms...)
	if c.label.ZH = front; strings.HasPrefix(c.table.label.ZH, front) {
		c.label.ZH = front + "类型" // the 故障 of a 故障工单 are its rows
	}
	if _, head := closingTerm(front); head != "" {
		runes := []rune(front)
		short := string(runes[len(runes)-2:])
		if short != front {
			c.synonyms = append(c.synonyms, short, short+"名称")
		}
	}
}

// leadsTo is a note that names the column whose values it holds: 对应 yg.gh.
var leadsTo = regexp.MustCompile(`(?i)(?:对应|关联|指向|引用|参照|参考|外键|见|refers to|references|->|→)\s*:?：?\s*(?:\w+\.)?([A-Za-z_]\w*)\s*(?:表)?\s*[.的(（]\s*([A-Za-z_]\w*)`)

// toldTarget is the key that the note of a column says it points to; nil for none.
func (d *drafting) toldTarget(c *column) *column {
	m := leadsTo.FindStringSubmatch(c.schema.Comment)
	if m == nil {
		return nil
	}
	to := d.byName[strings.ToLower(m[1])]
	if to == nil {
		return nil
	}
	at := slices.IndexFunc(to.columns, func(k *column) bool { return strings.EqualFold(k.schema.Name, m[2]) })
	if at < 0 || to.columns[at] == c || !d.comparable(c, to.columns[at]) {
		return nil
	}
	return to.columns[at]
}

// told is how much a note that names the key counts.
const told = 7

func toldEvidence(found, all int64) string {
	return fmt.Sprintf("said in the note, %d of %d values are found there", found, all)
}

// trustNotes puts the words of a Chinese note for those of a short Latin name that the
// dictionary reads otherwise: cs beside 供应厂商 is no city.
func (d *drafting) trustNotes() {
	for _, t := range d.tables {
		if misread(t.raw, t.note.zh) {
			t.raw = wordsOf(chineseTable(t.note.zh))
		}
		for _, c := range t.columns {
			if misread(c.raw, c.note.zh) && !hasHan(c.schema.Name) {
				c.raw = wordsOf(c.note.zh)
			}
		}
	}
}

// misread reports whether words, as the dictionary has them, have nothing in common
// with the Chinese name beside them. Words for a kind of column alone say nothing.
func misread(words []string, zh string) bool {
	if !isIdentifier(zh) || !hasHan(zh) {
		return false
	}
	known := false
	for rest := words; len(rest) > 0; {
		term, n := dictionary().phrase(rest)
		w := rest[0]
		rest = rest[max(n, 1):]
		var said []string
		switch {
		case hasHan(w):
			said = []string{w}
		case len(w) > 3 && (dictionary().terms[w] != nil || dictionary().terms[singular(w)] != nil):
			return false // a whole word
		case term != nil && !bareWords[term.en] && term.role != "date":
			said = term.zh
		default:
			continue
		}
		if sharesHan(said, zh) {
			return false
		}
		known = known || !bareWords[w]
	}
	return known
}

// sharesHan reports whether one of some words has a character in common with a name,
// other than those that close the names of columns.
func sharesHan(words []string, name string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		return strings.ContainsFunc(w, func(r rune) bool {
			return !strings.ContainsRune("的数量号名码日期时间人品单员者率额", r) && strings.ContainsRune(name, r)
		})
	})
}
