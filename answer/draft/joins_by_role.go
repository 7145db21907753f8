package draft

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// personWords are parts that people play towards a row.
var personWords = wordSet("sender receiver recipient owner creator author manager buyer seller assignee reporter payer payee requester approver reviewer operator handler follower followee friend user member host guest leader supervisor boss head mentor referrer inviter invitee applicant patient cashier")

// namesPerson reports whether a name is that of a part that people play: with
// id behind it, or alone over whole numbers.
func (c *column) namesPerson() bool {
	n := len(c.words)
	switch {
	case c.partZH() != "":
		return true
	case n > 1 && idWords[c.words[n-1]]:
		return personWords[c.words[n-2]] || isPersonWord(c.words[n-2])
	case n > 1 && c.words[n-1] == "by":
		return c.kind.Kind == semantic.Int && describing(c.words[n-2])
	case n == 1 && c.kind.Kind == semantic.Int:
		return (personWords[c.words[0]] || isPersonWord(c.words[0])) && singular(c.words[0]) == c.words[0]
	}
	return false
}

// partZH is the part that people play towards a row, as the Chinese name of a reference
// says it: 收款员, 项目经理 of "项目经理(员工id)"; "" for other columns.
func (c *column) partZH() string {
	said := c.note.zh
	if said == "" && len(c.words) > 0 && hasHan(c.words[0]) {
		said = strings.Join(c.words, "")
	}
	if rest := withoutKey(said); rest != "" {
		said = rest
	}
	if c.kind.Kind != semantic.Int || utf8.RuneCountInString(said) < 2 {
		return ""
	}
	if t := dictionary().chinese[said]; t != nil && t.role == "person" {
		return said
	}
	if slices.ContainsFunc(partsZH, func(end string) bool { return strings.HasSuffix(said, end) }) {
		return said
	}
	return ""
}

// partsZH close the Chinese names of parts that people play.
var partsZH = []string{"员", "人", "师", "经理", "主管", "店长", "站长", "组长", "班长", "队长", "督导", "管家", "医生", "护士", "教练", "老师", "司机", "律师", "顾问", "客服", "保洁", "主任"}

// customerParts are parts that those play whom others work for.
var customerParts = wordSet("customer client buyer purchaser patient guest tenant passenger subscriber student applicant payer payee recipient receiver follower followee friend borrower insured policyholder donor 客户 顾客 客人 患者 病人 乘客 学员 学生 会员 业主 租客 买家 收货人 联系人 被保险人 投保人 借款人")

// ofPeople reports whether the rows of a table are people, by its name.
func (t *table) ofPeople() bool {
	words := t.inEnglish()
	if len(words) == 0 {
		words = plainName(t.words)
	}
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1]
	return isPersonWord(last) || employees[last]
}

// employs reports whether the rows of a table are people who work, by when they began to
// or by what they are called.
func (t *table) employs() bool {
	return t.hires() || employees[t.noun()]
}

// ofUsers reports whether the rows of a table are the people who work with the system.
func (t *table) ofUsers() bool {
	return t.noun() == "user"
}

// noun is what one of the rows of a table is, by the last word of its name in English; ""
// for none.
func (t *table) noun() string {
	words := t.inEnglish()
	if len(words) == 0 {
		words = plainWords(plainName(t.words))
	}
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

var employees = wordSet("employee staff worker personnel colleague clerk")

// personTargets are the keys of people that a column like sender_id may point
// to. Only one table of people may hold all its values.
func (d *drafting) personTargets(c *column) []target {
	if !c.namesPerson() || c.table.hasKey([]*column{c}) {
		return nil
	}
	var targets []target
	for _, t := range d.tables {
		if t == c.table || len(t.words) == 0 || len(t.keys) == 0 || len(t.keys[0].columns) != 1 {
			continue
		}
		if t.ofPeople() && d.comparable(c, t.keys[0].columns[0]) {
			targets = append(targets, target{t.keys[0].columns[0], 2})
		}
	}
	if len(targets) > 1 {
		serves := len(c.words) > 0 && (customerParts[c.words[0]] || customerParts[c.partZH()])
		if !serves && !slices.ContainsFunc(targets, func(t target) bool { return t.column.table.employs() }) {
			targets = slices.DeleteFunc(targets, func(t target) bool { return !t.column.table.ofUsers() })
		} else {
			targets = slices.DeleteFunc(targets, func(t target) bool { return t.column.table.employs() == serves })
		}
	}
	if len(targets) > 1 {
		return nil
	}
	return targets
}

// isEmployee reports whether a column of what is no table of people leads to those who
// work there: the manager of a shop is no shop.
func (d *drafting) isEmployee(c *column) bool {
	if c.table.ofPeople() {
		return false
	}
	targets := d.personTargets(c)
	return len(targets) == 1 && (targets[0].column.table.employs() || targets[0].column.table.ofUsers())
}

// comparable reports whether every engine of the source compares two columns:
// they hold the same kind, or one holds numbers as text and the engine reads
// them as such.
func (d *drafting) comparable(a, b *column) bool {
	if a.kind.Kind == b.kind.Kind || a.table.rows == 0 || b.table.rows == 0 {
		return true
	}
	if !d.look.readsNumbers() {
		return false
	}
	return a.kind.Kind == semantic.Text && b.kind.Kind == semantic.Int && len(a.values) > 1 && !slices.ContainsFunc(a.values, func(v string) bool { return !isDigits(v) })
}

// superiorWords name the row of the same table that a row is below or after.
var superiorWords = wordSet("parent manager mgr supervisor superior boss mentor leader lead reportsto head predecessor previous prev spouse referrer referred inviter invited introducer introduced coach upper sequel prequel original replaces replaced supersedes 上级 父级 父 上级领导 导师 推荐人 邀请人 师傅 配偶 shangji fuji")

// superior is the key of the column's own table when its name says that it
// points to another row of it: manager_id, parent_id, reports_to.
func (c *column) superior() *column {
	t := c.table
	if len(t.keys) == 0 || len(t.keys[0].columns) != 1 || t.keys[0].columns[0] == c || c.role == nameRole {
		return nil
	}
	k := t.keys[0].columns[0]
	if c.kind.Kind != k.kind.Kind || c.unique() && t.rows > 20 {
		return nil
	}
	if c.qualifies(k) {
		return k
	}
	words := c.words
	if len(words) > 1 && (idWords[words[len(words)-1]] || words[len(words)-1] == "no" || words[len(words)-1] == "number" || words[len(words)-1] == "to" || words[len(words)-1] == "of" || words[len(words)-1] == "by" || words[len(words)-1] == "code") {
		words = words[:len(words)-1]
	}
	last := words[len(words)-1]
	said := superiorWords[words[0]] || superiorWords[last] || words[0] == "reports" || len(words) > 1 && t.calledBy(words[1:]) && superiorWords[words[0]]
	if !said && !saysAboveZH(c.note.zh) {
		return nil
	}
	return k
}

// saysAboveZH reports whether a note calls a reference by the row above.
func saysAboveZH(note string) bool {
	return slices.ContainsFunc([]string{"上级", "直属上级", "直接上级", "主管", "班长", "组长", "父级", "推荐人", "介绍人", "前作", "续集"}, func(w string) bool {
		return strings.HasPrefix(note, w) || strings.HasSuffix(note, w)
	})
}

// qualifies reports whether a column is called like the key of its table with a
// word before it: parent_region_id beside region_id, 先修课程编号 beside 课程编号,
// 直属上级编号 beside 员工编号.
func (c *column) qualifies(k *column) bool {
	own, key := strings.ToLower(c.schema.Name), strings.ToLower(k.schema.Name)
	if len(k.words) > 1 || hasHan(key) && utf8.RuneCountInString(key) > 2 {
		if rest, ok := strings.CutSuffix(own, key); ok && rest != "" {
			return true
		}
	}
	front := withoutKey(c.schema.Name)
	return front != "" && slices.ContainsFunc([]string{"上级", "主管", "经理", "领导", "师傅", "导师", "推荐人", "介绍人", "邀请人", "班长", "组长", "队长", "领班", "前作"}, func(end string) bool { return strings.HasSuffix(front, end) })
}

// partBefore is the part that a Chinese name says before the name of a key: 检验员 of
// 检验员工号 and 工号. It is "" where the name does not close with that of the key, and
// where keys of any table are called so.
func (c *column) partBefore(k *column) string {
	own, key := c.schema.Name, k.schema.Name
	if !hasHan(key) || utf8.RuneCountInString(key) < 2 || commonWords[key] {
		return ""
	}
	front, ok := strings.CutSuffix(own, key)
	if !ok || utf8.RuneCountInString(front) < 2 || !hasHan(front) {
		return ""
	}
	return front
}

// byValues is the strength of a join that the values alone speak for.
const byValues = 1

// fewestHeld are the different values that must be found before values alone
// are believed.
const fewestHeld = 3

// holdingTargets are keys that hold every value of a column whose name does not
// say where it leads: codes that no other table knows, or long numbers. Two
// tables that hold them all say nothing.
func (d *drafting) holdingTargets(c *column) []target {
	if len(c.values) < fewestHeld || c.table.hasKey([]*column{c}) || !c.mayHoldKeys() {
		return nil
	}
	var targets []target
	for _, to := range d.tables {
		if to == c.table || to.schema.View {
			continue
		}
		for _, k := range to.columns {
			if k.kind.Kind == c.kind.Kind && k.join == nil && k.mayBeKey() && (k.tellsRows() && c.believed(k) || c.endsLike(to)) && c.heldBy(k) {
				targets = append(targets, target{k, byValues})
				break
			}
		}
	}
	if named := slices.DeleteFunc(slices.Clone(targets), func(t target) bool { return !c.endsLike(t.column.table) }); len(named) == 1 {
		return named
	}
	if len(targets) != 1 {
		return nil
	}
	return targets
}

// heldBy reports whether every value seen of a column is one seen of another.
func (c *column) heldBy(k *column) bool {
	held := map[string]bool{}
	for _, v := range k.values {
		held[v] = true
	}
	return !slices.ContainsFunc(c.values, func(v string) bool { return v != "" && !held[v] })
}

// believed reports whether values that are found in a key say enough: codes do,
// names only where they are the key itself and several are seen.
func (c *column) believed(k *column) bool {
	if k.kind.Kind != semantic.Text || k.shortCodes() {
		return c.table.rows >= 5
	}
	return len(k.table.keys) > 0 && k.table.keys[0].is([]*column{k}) && len(c.values) >= 5
}

// mayHoldKeys reports whether a column may point somewhere although its name
// names no table.
func (c *column) mayHoldKeys() bool {
	if c.kind.Kind == semantic.Text {
		return c.averageLength() <= shortText
	}
	return c.role == identity || c.role == code && !c.isOrdinal()
}

// tellsRows reports whether the values of a key are its table's own: texts, or
// numbers that are no plain count from one on.
func (k *column) tellsRows() bool {
	if k.kind.Kind == semantic.Text {
		return true
	}
	least := int64(1) << 62
	for _, v := range k.values {
		least = min(least, number(cell{v, true}))
	}
	return len(k.values) > 2 && least > 2*k.table.rows
}

// endsLike reports whether a name closes like the table is called, in Chinese:
// 始发站id and 火车站.
func (c *column) endsLike(to *table) bool {
	name := strings.TrimSuffix(strings.TrimSuffix(strings.Join(c.words, ""), "id"), "编号")
	table := strings.Join(to.words, "")
	if !hasHan(name) || !hasHan(table) || c.lastWord() != "id" && c.lastWord() != "编号" && c.kind.Kind != semantic.Text {
		return false
	}
	a, _ := utf8.DecodeLastRuneInString(name)
	b, _ := utf8.DecodeLastRuneInString(table)
	return a == b
}
