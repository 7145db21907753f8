package draft

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"wenshu/semantic"
)

// nameAll gives tables, dimensions and joins the names that query lines use:
// those of the database where they are legal.
func (d *drafting) nameAll() {
	taken := map[string]bool{}
	for _, t := range d.tables {
		t.name = unused(legal(spokenName(t.at().Name, t.note.zh), "table"), taken)
	}
	for _, t := range d.tables {
		t.nameColumns()
	}
	times := map[string]int{}
	for _, t := range d.tables {
		for _, c := range t.columns {
			if c.sum() != "" {
				times[c.name]++
			}
		}
	}
	for _, t := range d.tables {
		t.repeated = map[string]bool{}
		for _, c := range t.columns {
			t.repeated[c.name] = times[c.name] > 1
		}
	}
}

// spokenName is the Chinese name in a note for a name that says nothing.
func spokenName(name, zh string) string {
	if isPlaceholder(name) && isIdentifier(zh) {
		return zh
	}
	return name
}

// nameColumns names the dimensions after their columns and the joins after
// their roles. A name of another column is never taken, for expressions read
// it as that column.
func (t *table) nameColumns() {
	taken := map[string]bool{}
	for _, c := range t.columns {
		if c.saysYes() != "" && !c.calledFlag() && len(c.raw) == 1 && !hasHan(c.raw[0]) && t.column("is_"+c.raw[0]) == nil {
			c.name = unused("is_"+c.raw[0], taken) // the word itself is an adjective
			continue
		}
		if name := c.schema.Name; isIdentifier(name) && !semantic.IsReserved(name) && !joining[strings.ToLower(name)] && spokenName(name, c.note.zh) == name {
			c.name = name
			taken[strings.ToLower(name)] = true
		}
	}
	for _, c := range t.columns {
		if c.name == "" {
			name := legal(spokenName(c.plain, c.note.zh), "column")
			if joining[strings.ToLower(name)] {
				name = legal(strings.Join(append(slices.Clone(t.words), name), "_"), "column") // PER is no word of a question
			}
			if semantic.IsReserved(strings.ToLower(c.schema.Name)) {
				name = legal(strings.Join(append(slices.Clone(t.words), c.schema.Name), "_"), "column")
			}
			c.name = unused(name, taken)
		}
	}
	for _, j := range t.joins {
		t.nameJoin(j, taken)
	}
}

// nameJoin names a join by the role of its column, or by where it leads. A
// column that is called like the table it leads to lends its name.
func (t *table) nameJoin(j *join, taken map[string]bool) {
	role := t.roleOf(j)
	name := legal(strings.Join(role, "_"), j.to.name)
	if len(j.here) == 1 && j.here[0].name != "" && j.to.calledBy(j.here[0].words) {
		name = j.here[0].name
	}
	if len(j.here) == 1 && strings.EqualFold(name, j.here[0].name) {
		j.name = j.here[0].name
		j.here[0].name = "" // the entity's dimension takes its place
	} else {
		if taken[strings.ToLower(name)] {
			name = legal(j.to.name, "join")
		}
		j.name = unused(name, taken)
	}
	if n := len(role) - 1; n > 0 && (j.to.isPeople() || n == 1 && j.to.organizes() && actsAs(role[0])) && j.to.calledBy(role[n:]) {
		front := inBoth(role[:n])
		j.synonyms = append(j.synonyms, front...) // the owner of owner_emp_id
		if len(front) > 0 && t.label.EN != "" && !hasHan(front[0]) {
			j.synonyms = append(j.synonyms, t.label.EN+" "+front[0])
		}
	}
	if front, ok := strings.CutSuffix(strings.Join(role, ""), j.to.label.ZH); ok && j.to.label.ZH != "" && utf8.RuneCountInString(front) > 1 && hasHan(front) && t.namesNoAct(front) {
		j.synonyms = append(j.synonyms, front) // the 总部 of 总部城市
	}
	if !j.to.calledBy(role) || len(role) > len(j.to.words) {
		english, ok := englishOf(role)
		if ok {
			j.label.EN = english
		}
		j.label.ZH = chineseOf(role)
		if said := withoutKey(j.here[0].note.zh); len(j.here) == 1 && said != "" {
			j.label.ZH = said
		}
	} else if said := withoutKey(j.here[0].note.zh); len(j.here) == 1 && said != "" && withoutBelonging(said) == said && !sharesHan([]string{said}, j.to.label.ZH) {
		j.label.ZH = said // 负责人 of a 负责人工号 that leads to employees
	}
	if part := j.here[0].partZH(); len(j.here) == 1 && part != "" && j.to.ofPeople() && part != j.to.label.ZH {
		j.label.ZH, j.label.EN = part, cmp.Or(j.label.EN, fromChinese(part))
	}
}

// organizes reports whether the rows of a table are bodies that act as people do.
func (t *table) organizes() bool {
	words := strings.Fields(t.label.EN)
	return t.holdsCompanies() || len(words) > 0 && bodies[words[len(words)-1]]
}

// bodies are words for those that act as people do.
var bodies = wordSet("institute institution organization organisation company museum hospital agency school university club firm bank library lab laboratory ministry authority party")

// actsAs reports whether a word is what somebody is who does something: donor, borrower.
func actsAs(word string) bool {
	t := dictionary().word(word)
	return t != nil && t.role == "person"
}

// withoutKey is a Chinese name of a reference without what says that it is one:
// 发货仓库 of 发货仓库ID.
func withoutKey(zh string) string {
	for _, end := range []string{"ID", "Id", "id", "工号", "编号", "编码", "代码", "主键", "外键"} {
		if rest, ok := strings.CutSuffix(zh, end); ok && hasHan(rest) {
			return rest
		}
	}
	return ""
}

// keepKeys gives back the dimension of a column that lent its name to a join,
// where the row it leads to is called by the very value.
func (d *drafting) keepKeys() {
	for _, t := range d.tables {
		for _, j := range t.joins {
			if len(j.here) == 1 && j.here[0].name == "" && !j.shown() {
				j.here[0].name = j.name
				j.name = legal(j.to.name, "join")
				for n := 2; t.named(j.name, j); n++ {
					j.name = legal(j.to.name, "join") + "_" + strconv.Itoa(n)
				}
			}
		}
	}
}

// named reports whether a dimension or another join has a name.
func (t *table) named(name string, but *join) bool {
	return slices.ContainsFunc(t.columns, func(c *column) bool { return strings.EqualFold(c.name, name) || strings.EqualFold(c.schema.Name, name) }) ||
		slices.ContainsFunc(t.joins, func(j *join) bool { return j != but && strings.EqualFold(j.name, name) })
}

// roleOf are the words of a join's column without what says that it is a key.
func (t *table) roleOf(j *join) []string {
	if len(j.here) > 1 {
		return j.to.words
	}
	if front := j.here[0].partBefore(j.there[0]); front != "" && withoutKey(j.here[0].schema.Name) == "" {
		return []string{front}
	}
	words := j.here[0].words
	for len(words) > 1 && (idWords[words[len(words)-1]] || canonical(words[len(words)-1]) == "code" || words[len(words)-1] == "no" || words[len(words)-1] == "number") {
		words = words[:len(words)-1]
	}
	if rest := withoutKey(words[len(words)-1]); rest != "" {
		words = append(slices.Clone(words[:len(words)-1]), rest)
	}
	if j.to.calledBy(words) || len(words) == 1 && (len(dictionary().inFull(words)[0]) < 4 || j.here[0].initialLike(j.to)) {
		return j.to.words
	}
	if last := words[len(words)-1]; len(words) > 1 && (last == "name" || last == "名称") {
		words = words[:len(words)-1]
	}
	return words
}

// initialLike reports whether a column is called like the key of the table it
// leads to, which says nothing of a role.
func (c *column) initialLike(to *table) bool {
	return slices.ContainsFunc(to.columns, func(k *column) bool { return k != c && strings.EqualFold(k.schema.Name, c.schema.Name) })
}

// isIdentifier reports whether query lines may spell a name without quotes.
func isIdentifier(s string) bool {
	for i, r := range s {
		if !(unicode.IsLetter(r) || r == '_' || i > 0 && unicode.IsDigit(r)) {
			return false
		}
	}
	return s != "" && len(s) <= 60
}

// legal makes a name legal: other characters become underscores, reserved words
// get one behind them.
func legal(name, fallback string) string {
	var b strings.Builder
	for _, r := range name {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	s := strings.TrimRight(b.String(), "_")
	if !isIdentifier(name) {
		s = strings.ToLower(s)
	}
	for len(s) > 56 {
		_, size := lastRune(s)
		s = s[:len(s)-size]
	}
	switch {
	case s == "":
		s = fallback
	case unicode.IsDigit(rune(s[0])):
		s = fallback[:1] + "_" + s
	}
	if semantic.IsReserved(s) {
		s += "_"
	}
	return s
}

func lastRune(s string) (rune, int) {
	runes := []rune(s)
	r := runes[len(runes)-1]
	return r, len(string(r))
}

// unused makes a name unlike those taken, without regard to case, and takes it.
func unused(name string, taken map[string]bool) string {
	base := name
	for n := 2; taken[strings.ToLower(name)]; n++ {
		name = base + "_" + string(rune('0'+n%10))
		if n > 9 {
			base += "_"
		}
	}
	taken[strings.ToLower(name)] = true
	return name
}

// spelled writes a name as expressions read it.
func spelled(name string) string { return semantic.ExprString(semantic.Name{Path: []string{name}}) }

// namesNoAct reports whether a Chinese word before the name of what a column points at is
// one for a thing, the 总部 of 总部城市, and not for what is done there: 上报 of 上报医院.
func (t *table) namesNoAct(front string) bool {
	english := fromChinese(front)
	if last := english[strings.LastIndexByte(english, ' ')+1:]; english == "" || strings.HasSuffix(last, "ed") || strings.HasSuffix(last, "ing") || strings.HasSuffix(last, "ion") {
		return false
	}
	return !slices.ContainsFunc(t.columns, func(c *column) bool {
		rest, ok := strings.CutPrefix(strings.Join(c.words, ""), front)
		return ok && c.role == moment && rest != ""
	})
}
