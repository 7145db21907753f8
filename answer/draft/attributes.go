package draft

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// sum is the aggregate that suits a number, as the model files spell it; "" for
// what is never aggregated.
func (c *column) sum() string {
	switch {
	case c.join != nil:
		return ""
	case c.role == addable:
		return "sum"
	case c.role == level:
		return "avg"
	}
	return ""
}

// index says whether members may be looked up by name; "" is auto.
func (c *column) index() string {
	if c.kind.Kind != semantic.Text {
		return ""
	}
	switch {
	case c.role == private || c.role == link || c.table.ofCodes:
		return "never"
	case c.role == prose:
		return "on_demand"
	case c.distinct > mostIndexed || c.averageLength() > longText:
		return "on_demand"
	}
	return ""
}

// mostIndexed are the members of a dimension that are read at the start.
const mostIndexed = 20_000

// levels are words of names from fine to coarse, by the hierarchy they belong
// to. A word stands at one place.
var levels = [][][]string{
	{
		{"street", "neighbourhood", "village", "街道", "村"}, {"city", "town", "城市", "市"}, {"county", "district", "borough", "区县", "区", "县"},
		{"province", "state", "省份", "省", "州"}, {"region", "zone", "大区"}, {"country", "nation", "国家"}, {"continent", "大洲", "洲"},
	},
	{{"subcategory", "sub category", "sub type", "subtype", "sub class", "子类别", "小类", "子分类"}, {"category", "type", "class", "品类", "类别", "大类", "分类"}, {"department", "division", "sector", "部门"}},
	{{"model", "型号"}, {"series", "系列"}, {"brand", "make", "manufacturer", "品牌"}},
	{{"team", "group", "小组"}, {"department", "部门"}, {"division", "business unit", "事业部"}},
}

// findHierarchies links each level of a hierarchy in a table to the next
// coarser one that its rows determine.
func (t *table) findHierarchies() {
	for _, chain := range levels {
		var found []*column
		for _, words := range chain {
			if c := t.leveled(words, found); c != nil {
				found = append(found, c)
			}
		}
		for i := range found {
			if found[i].parent != nil {
				continue
			}
			for _, coarser := range found[i+1:] {
				if found[i].determines(coarser) && !coarser.under(found[i]) {
					found[i].parent = coarser
					break
				}
			}
		}
	}
}

// leveled is the one text column, besides those of finer levels, whose name
// closes with one of the words.
func (t *table) leveled(words []string, finer []*column) *column {
	var found *column
	for _, c := range t.columns {
		if c.kind.Kind != semantic.Text || c.role == private || c.role == prose || c.role == link || slices.Contains(finer, c) {
			continue
		}
		name := strings.TrimSuffix(strings.Join(c.nameWords(), " "), " name")
		if !slices.ContainsFunc(words, func(w string) bool {
			return name == w || strings.HasSuffix(name, " "+w) && !strings.Contains(w, " ") && w != "type" && w != "class"
		}) && !slices.Contains(words, c.label.ZH) {
			continue
		}
		if found != nil {
			return nil
		}
		found = c
	}
	return found
}

// determines reports whether each value goes with one value of the other
// column only, in enough rows to say so.
func (c *column) determines(coarser *column) bool {
	if c.nulls > 0 || coarser.nulls > 0 || len(c.sample) != len(coarser.sample) || c.distinct < coarser.distinct || len(c.sample) < 3 {
		return false
	}
	of := map[string]string{}
	for i, v := range c.sample {
		if was, ok := of[v]; ok && was != coarser.sample[i] {
			return false
		}
		of[v] = coarser.sample[i]
	}
	return len(of) < len(c.sample) || c.distinct > coarser.distinct
}

func (c *column) under(other *column) bool {
	for p := c.parent; p != nil; p = p.parent {
		if p == other {
			return true
		}
	}
	return false
}

// findDisplay finds what stands for a row in lists: its name, both parts of a
// person's name, a code that people know, or else its key.
func (t *table) findDisplay() {
	best, most := (*column)(nil), 0
	for _, c := range t.columns {
		if n := c.displayLikeness(); n > most {
			best, most = c, n
		}
	}
	if first, last := t.spoken("first name"), t.spoken("last name"); first != nil && last != nil && most < 9 {
		t.display = []*column{first, last}
		return
	}
	if best == nil {
		best = t.reference()
	}
	if best != nil {
		t.display = []*column{best}
		t.tellApart()
		return
	}
	if ends := t.endsOfWay(); ends != nil {
		t.display = ends
		return
	}
	if len(t.keys) > 0 && len(t.keys[0].columns) == 1 {
		t.display = []*column{t.keys[0].columns[0]}
		if door := t.onlyColumn(func(c *column) bool { return c.marksWithin() }); door != nil {
			t.display = []*column{door, t.display[0]}
		}
	}
}

// spoken is the text column that is called so.
func (t *table) spoken(label string) *column {
	for _, c := range t.columns {
		if english, _ := englishOf(c.words); c.kind.Kind == semantic.Text && c.name != "" && (english == label || canonical(english) == label) {
			return c
		}
	}
	return nil
}

// canonical is the term that an abbreviation of several words stands for.
func canonical(s string) string {
	if t := dictionary().word(strings.ReplaceAll(s, " ", "")); t != nil {
		return t.en
	}
	if t := dictionary().word(s); t != nil {
		return t.en
	}
	return s
}

func (c *column) displayLikeness() int {
	if c.kind.Kind != semantic.Text || c.role == private || c.role == link || c.role == prose || c.name == "" || c.join != nil && !c.table.hasKey([]*column{c}) {
		return 0
	}
	words := plainWords(c.nameWords())
	if len(words) == 0 {
		return 0
	}
	last := words[len(words)-1]
	front := words[:len(words)-1]
	named := last == "name" || last == "title"
	if hasHan(last) {
		rest := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(last, "名称"), "姓名"), "名")
		named = rest != last
		if named && rest != "" && !c.table.calledBy([]string{rest}) {
			front = []string{rest}
		}
	}
	switch {
	case last == "username" || strings.Join(words, " ") == "user name" && c.table.isPeople():
		return 8
	case named && (len(front) == 0 || c.table.calledBy(front)) && last != "title":
		return 10
	case strings.Join(words, " ") == "full name":
		return 9
	case last == "title" && (len(front) == 0 || c.table.calledBy(front)):
		return 8
	case c.table.calledBy(words) && !(last == "code" && c.table.isLookup()):
		return 7
	case named && c.unique() && (len(front) == 0 || !slices.Contains(partNames, front[0])):
		return 6
	case c.unique() && describesRows[last] && (len(front) == 0 || c.table.calledBy(front)) && c.averageLength() <= shortText:
		return 5
	case c.unique() && (last == "code" || last == "symbol" || last == "number" || last == "no"):
		return 3
	case c.unique() && c.kind.Kind == semantic.Text && (strings.HasPrefix(c.label.ZH, "车牌") || last == "plate"):
		return 3
	case named && len(front) > 0 && !slices.Contains(partNames, front[0]) && c.distinct*10 > c.table.rows*9 && !isPersonWord(front[len(front)-1]):
		return 2
	case named && len(front) == 1 && (front[0] == "nick" || front[0] == "nickname") || last == "昵称" || last == "nickname":
		return 1
	case c.unique() && c.role == attribute && c == c.table.columns[0] && c.averageLength() <= shortText:
		return 1
	case c.unique() && c.full() && c.role == attribute && c.table.rows > 1 && c.averageLength() <= shortText/2 && len(c.table.keys) > 0 && c.table.keys[0].columns[0].kind.Kind != semantic.Text && modelWords[last]:
		return 1
	}
	return 0
}

// describesRows close what the rows of a table of codes stand for.
var describesRows = wordSet("description label meaning")

// isLookup reports whether a table spells codes out: a few rows, told apart by a
// code that is a text.
func (t *table) isLookup() bool {
	if len(t.keys) == 0 || len(t.keys[0].columns) != 1 || t.rows > fewValues || len(t.columns) > 4 {
		return false
	}
	k := t.keys[0].columns[0]
	return k.kind.Kind == semantic.Text && k.role != nameRole && k.averageLength() <= 12
}

// names reports whether a column says what the codes of its table stand for.
func (c *column) names() bool {
	words := c.nameWords()
	return len(words) > 0 && describesRows[canonical(words[len(words)-1])] && c.kind.Kind == semantic.Text && c.unique() && c.averageLength() <= shortText && c.table.isLookup()
}

// modelWords close what rows are called where nothing is called a name.
var modelWords = wordSet("model theme topic subject label caption heading nickname alias brand destination question event city town location site")

// isPersonWord reports whether a word is for people.
func isPersonWord(w string) bool {
	t := dictionary().word(w)
	return t != nil && t.role == "person"
}

// partNames begin names that are not those of the row itself.
var partNames = []string{"first", "last", "middle", "nick", "contact", "gateway", "file", "host", "given", "family", "father", "mother", "legal"}

// findTime finds the time that counts when a question names none: the moment
// of what a row tells.
func (t *table) findTime() {
	best, most := (*column)(nil), 0
	for _, c := range t.columns {
		if n := c.timeLikeness(); n > most {
			best, most = c, n
		}
	}
	t.time = best
}

// findTimeOfWhole finds the time of the items of something: order lines happen when
// their order does.
func (t *table) findTimeOfWhole() {
	if t.time != nil {
		return
	}
	for _, j := range t.joins {
		part := slices.ContainsFunc(t.keys, func(k key) bool { return len(k.columns) > 1 && slices.Contains(k.columns, j.here[0]) })
		if j.to.time == nil || j.to == t || len(j.here) != 1 || !part && !t.itemsOf(j.to) || j.to.time.begins() {
			continue
		}
		if t.partOf != nil {
			t.partOf = nil // of two wholes, neither
			return
		}
		t.partOf = j
	}
}

// itemsOf reports whether the rows of a table are called the items of another's: order
// lines, whatever their key is.
func (t *table) itemsOf(whole *table) bool {
	words := strings.Fields(t.label.EN)
	n := len(words)
	return n > 1 && itemWords[words[n-1]] && strings.HasSuffix(whole.label.EN, strings.Join(words[:n-1], " "))
}

var itemWords = wordSet("item line detail")

// begins reports whether a moment is when a row came to be there, as a shop opens or a
// member signs up: what belongs to the row happens at other times.
func (c *column) begins() bool {
	h := c.saidHappening()
	return h != nil && h.past != "started" && (h.begins || h.past == "opened" && c.table.isAmong(premises))
}

// sideTimes are moments that say something about a row and not when it was.
var sideTimes = wordSet("birth birthday born dob update updated modify modified expire expires expiry expiration end ended close closed delete deleted due cancel cancelled canceled last verified read predicted estimated expected login until valid finish finished complete completed completion solved resolved return returned leave left death died died_on founded built established commissioned constructed graduation first response responded reply replied promised retire retired warranty 更新 修改 到期 结束 生日 出生 截止 成立")

// createTimes are moments when a row was written.
var createTimes = wordSet("create created creation insert inserted add added entry crt load loaded")

// ends reports whether the rows of a table are closed, solved or delivered in the
// end, each at a moment of its own.
func (t *table) ends() bool {
	return slices.ContainsFunc(t.columns, func(c *column) bool {
		return c.role == moment && slices.ContainsFunc(c.nameWords(), func(w string) bool { return endTimes[w] })
	})
}

var endTimes = wordSet("close closed resolve resolved solved finish finished complete completed settled end ended")

func (c *column) timeLikeness() int {
	if c.role != moment || c.name == "" {
		return 0
	}
	words := c.nameWords()
	if len(c.sample) > 0 && c.nulls*2 > c.table.rows {
		return 0
	}
	for _, w := range append(slices.Clone(words), c.raw...) {
		if sideTimes[w] {
			return 0
		}
	}
	for _, part := range []string{"更新", "修改", "到期", "结束", "生日", "出生", "截止", "成立"} {
		if strings.Contains(c.label.ZH, part) {
			return 0
		}
	}
	n := 4
	if slices.Contains(words, "opened") {
		if n = 0; c.table.ends() {
			n = 7 // a case is opened and closed; a shop was opened once
		}
	}
	switch {
	case n != 4:
	case len(words) > 1 && c.table.calledBy(words[:len(words)-1]):
		n = 9
	case len(words) == 1:
		n = 8
	case slices.ContainsFunc(words, func(w string) bool { return createTimes[w] }):
		n = 5
	case slices.ContainsFunc(words, func(w string) bool {
		return w == "start" || w == "begin" || w == "order" || w == "booked" || w == "booking" || w == "placed" || w == "ordered" || w == "sale" || w == "transaction" || w == "payment" || w == "statistics" || w == "import"
	}):
		n = 7
	}
	if c.kind.Coding == semantic.YYYY {
		n -= 3
	}
	switch {
	case n < 2:
	case saysAny(c, meant):
		n = max(n-4, 1) // it may never come
	case c.nulls > 0:
		n--
	}
	return n
}
