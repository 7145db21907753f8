package draft

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// role is the part that a column plays.
type role uint8

const (
	attribute       role = iota // a text with few values
	nameRole                    // what people call a row
	identity                    // identifies a row, or points to one
	code                        // digits or letters that stand for something and are never added
	addable                     // a number that adds up
	level                       // a number whose average means something
	plainNumberRole             // a number that is neither: a latitude, a rank
	moment                      // a time
	yesNo                       // yes or no
	prose                       // long text
	link                        // an address on the web or of a file
	private                     // what nobody should be found by
)

// findRole tells what a column is for, from the words of its name, its type and
// its values.
func (c *column) findRole() {
	head := c.headRole()
	switch c.kind.Kind {
	case semantic.Date, semantic.Timestamp:
		c.role = moment
	case semantic.Bool:
		c.role = yesNo
	case semantic.Int, semantic.Float, semantic.Decimal:
		c.role = c.numberRole(head)
		if c.initialID() || c.isOwnID() {
			c.role = identity
		}
	default:
		c.role = c.textRole(head)
	}
}

// headRole is the role that the dictionary gives to the name: to all of it, or
// to the last word that has one.
func (c *column) headRole() string {
	words := c.nameWords()
	for start := range words {
		t, n := dictionary().phrase(words[start:])
		if t != nil && start+n == len(words) && t.role != "" {
			return t.role
		}
	}
	return ""
}

// nameWords are the words that say what the column is: those of its name, or
// of the English for a Chinese one.
func (c *column) nameWords() []string {
	words := c.words
	if n := len(words); closesWithUnit(words) && (n < 3 || words[n-2] != "per") {
		words = words[:n-1]
	}
	if slices.ContainsFunc(words, hasHan) || isPinyin(words) {
		if english, ok := englishOf(words); ok {
			return strings.Fields(english)
		}
		if front, back := closingTerm(words[len(words)-1]); back != "" {
			return append(append(slices.Clone(words[:len(words)-1]), front), strings.Fields(back)...)
		}
	}
	if english := fromChinese(c.note.zh); english != "" && !anyKnown(words) {
		return strings.Fields(english)
	}
	return dictionary().inFull(words)
}

// closingTerm parts a Chinese word that the dictionary does not know before the
// longest word that it does, which says what it is: 直属上级 and the id of
// 直属上级编号.
func closingTerm(w string) (front, back string) {
	runes := []rune(w)
	for i := 1; i < len(runes)-1 && isHan(runes[len(runes)-1]); i++ {
		if t := dictionary().chinese[string(runes[i:])]; t != nil {
			return string(runes[:i]), t.en
		}
	}
	return "", ""
}

func anyKnown(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return len(w) > 2 && dictionary().word(w) != nil })
}

// codeWords close a name whose numbers are never added.
var codeWords = wordSet("id ids uid uuid guid key code no num number nbr nr zip zipcode postcode postal phone telephone tel mobile fax ssn isbn issn ean upc sku account card license plate barcode hash token mcc version room seq sequence serial")

// countFronts and countBacks tell a counted number from a number that is a
// name: num_employees and employee_num against order_no.
var (
	countFronts = wordSet("num number no total count cnt n nb qty quantity")
	countBacks  = wordSet("count cnt total qty quantity amount sum times")
)

// placeWords are numbers that say where.
var placeWords = wordSet("latitude lat longitude lng lon long x y coordinate jingdu weidu")

// averageWords close a name whose numbers are averaged, whatever comes before.
var averageWords = wordSet("rate ratio percent percentage pct avg average mean score rating index per mpg gpa temperature high low highest lowest proportion share age price height weight speed area median humidity temp pressure width length depth duration distance runtime horsepower displacement efficiency mileage consumption velocity altitude elevation level rank ranking grade year_on_year growth degree")

// tellsOfLoads reports whether the rows of a table are loads on their way, whose weight
// adds up.
func (t *table) tellsOfLoads() bool {
	return slices.ContainsFunc(t.raw, func(w string) bool { return loads[singular(w)] })
}

var loads = wordSet("shipment consignment delivery parcel cargo freight load waybill harvest catch landing haul")

// extents are units of what is measured of one thing and never added.
var extents = wordSet("km km2 m2 cm2 m3s cm mm meters metres miles celsius kilometer kilometers")

// lands are units that name how much land there is, which adds up.
var lands = wordSet("hectares acres hectare acre")

func (c *column) numberRole(head string) role {
	words := c.nameWords()
	if len(words) == 0 {
		return addable
	}
	first, last := words[0], words[len(words)-1]
	if n := len(words) - 2; n >= 0 && (last == "net" || last == "gross") && paidWords[words[n]] && words[n] != "price" {
		return addable // the amount without tax, or with it
	}
	switch {
	case slices.ContainsFunc(words, func(w string) bool { return placeWords[w] }) && c.kind.Kind == semantic.Float:
		return plainNumberRole
	case c.said == "%" || c.lastWord() == "m3s":
		return level
	case strings.HasSuffix(c.lastWord(), "号"):
		return code
	case c.ofOne():
		return level
	case len(words) > 1 && countFronts[first] && !codeWords[last]:
		return addable
	case c.isCounted(words):
		return addable
	case len(words) > 1 && extents[last]:
		return level
	case codeWords[last] || last == "by" || head == "code" || head == "private":
		return code
	case c.kind.Kind == semantic.Int && countsZH(c.lastWord()):
		return addable
	case c.kind.Kind == semantic.Int && strings.HasSuffix(strings.Join(c.words, ""), "年级"):
		return plainNumberRole
	case last == "weight" && c.table.tellsOfLoads():
		return addable
	case averageWords[first] || averageWords[last]:
		return level
	case countBacks[last] || head == "sum":
		return addable
	case c.kind.Kind == semantic.Int && c.isClass() && singular(last) != last:
		return plainNumberRole // how many doors a car has sorts the cars
	case head == "avg":
		return level
	case c.cents:
		return addable
	case totalUnits[c.lastWord()] || totalUnits[strings.ToLower(c.said)]:
		return addable
	case len(words) == 1 && lands[last]:
		return addable
	case closesWithUnit(c.words):
		return level
	case head == "name" || head == "text":
		return code
	case c.kind.Kind == semantic.Int && (c.isOrdinal() || c.isClass()):
		return plainNumberRole
	case c.kind.Kind == semantic.Int && (len(c.note.members) > 0 || c.namesThing(words)):
		return code
	case c.kind.Kind == semantic.Float:
		return level
	}
	return addable
}

// countsZH reports whether a Chinese name says how many of something there are: 杯数.
func countsZH(name string) bool {
	n := utf8.RuneCountInString(name)
	return n > 1 && n < 5 && strings.HasSuffix(name, "数") && !slices.ContainsFunc(noCounts, func(end string) bool { return strings.HasSuffix(name, end) })
}

// noCounts close like counts and are none.
var noCounts = []string{"指数", "系数", "分数", "倍数", "度数", "参数", "岁数", "序数", "基数", "级数", "代数", "均数", "楼层数", "总层数", "层数", "龄数", "室数", "厅数"}

// ofOne reports whether a Chinese name says that a number is that of one thing, and
// is never added: 单件工时, 人均面积.
func (c *column) ofOne() bool {
	return len(c.words) > 0 && slices.ContainsFunc([]string{"单件", "单台", "单次", "单位", "每", "人均", "户均", "件均", "日均", "月均"}, func(front string) bool {
		rest, ok := strings.CutPrefix(c.words[0], front)
		return ok && utf8.RuneCountInString(rest) > 1
	})
}

// isCounted reports whether a closing "number" counts: employees_number names
// several, citation_num repeats, while an order number never does.
func (c *column) isCounted(words []string) bool {
	last := words[len(words)-1]
	if last != "num" && last != "number" && last != "nbr" || len(words) < 2 || c.kind.Kind != semantic.Int {
		return false
	}
	before := words[len(words)-2]
	if singular(before) != before && !unplural[before] {
		return true
	}
	if c.lastWord() == "num" && fittings[before] && c.table.isNamed() {
		return true
	}
	t := dictionary().word(before)
	if t == nil || c.table.calledBy(words[:len(words)-1]) {
		return false
	}
	return t.role == "sum" || (t.role == "person" || last == "num") && (!c.unique() || c.table.rows < 20)
}

// fittings are what a place has several of, and each of which has a number of its own.
var fittings = wordSet("seat exit bed room floor door gate elevator platform screen court track berth dock stall lane hall table")

// isNamed reports whether the rows of a table are things that have names: the seat_num of a
// theatre counts, that of a ticket is the number of one.
func (t *table) isNamed() bool {
	return slices.ContainsFunc(t.columns, func(c *column) bool {
		return c.role == nameRole || c.kind.Kind == semantic.Text && c.headRole() == "name"
	})
}

// counted returns the words for what a count counts, when the name says that it
// is one: num_employees, citation_num, number of pages.
func (c *column) counted() []string {
	words := c.nameWords()
	if c.kind.Kind != semantic.Int || c.role != addable || len(words) < 2 {
		return nil
	}
	if countFronts[words[0]] && words[0] != "total" {
		if words[1] == "of" {
			words = words[1:]
		}
		return words[1:]
	}
	switch words[len(words)-1] {
	case "num", "number", "nbr", "count", "cnt", "ct":
		return words[:len(words)-1]
	}
	return nil
}

// ordinalWords are whole numbers that order or classify.
var ordinalWords = wordSet("position rank order sort seq sequence type status level class grade state flag kind category priority stage floor round lap week month day hour gate terminal chapter page season quarter year semester team group bin version")

func (c *column) isOrdinal() bool {
	words := c.nameWords()
	return len(words) > 0 && ordinalWords[singular(words[len(words)-1])]
}

// namesThing reports whether a whole number is called like one thing, which it
// then points to: advisor, major, dno. Several things are counted.
func (c *column) namesThing(words []string) bool {
	last := words[len(words)-1]
	if slices.ContainsFunc(words, func(w string) bool { return singular(w) != w }) {
		return false
	}
	if t := dictionary().word(last); t != nil {
		return singular(last) == last && (t.role == "" || t.role == "person")
	}
	return len(last) <= 4 && (strings.HasSuffix(last, "no") || strings.HasSuffix(last, "id"))
}

// isClass reports whether a whole number has so few values in so many rows that
// it rather sorts them than measures them.
func (c *column) isClass() bool {
	return c.table.rows >= 50 && c.distinct > 1 && c.distinct <= 12 && c.distinct*20 <= c.table.rows
}

// The bounds that tell texts apart.
const (
	longText  = 60  // characters on average: nobody says it in a question
	shortText = 40  // characters of a name at most, on average
	fewValues = 200 // of an enumeration
)

func (c *column) textRole(head string) role {
	words := c.nameWords()
	last := ""
	if len(words) > 0 {
		last = words[len(words)-1]
	}
	average := c.averageLength()
	switch {
	case secret(words):
		return private
	case head == "private" && last != "code":
		return private
	case head == "url" || looksLikeLinks(c.values):
		return link
	case average > longText:
		return prose
	case head == "name" && average <= shortText:
		return nameRole
	case identityWords[last] || head == "code":
		if c.unique() {
			return identity
		}
		return code
	case head == "text" && average > longText/2:
		return prose
	}
	return attribute
}

var identityWords = wordSet("id ids uid uuid guid key code no nr number serial hash ref")

var secretWords = wordSet("password passwd pwd secret token ssn salt passport credential otp pin")

func secret(words []string) bool {
	joined := strings.Join(words, " ")
	return slices.ContainsFunc(words, func(w string) bool { return secretWords[w] }) || strings.Contains(joined, "api key") ||
		strings.Contains(joined, "id card") || strings.Contains(joined, "credit card") || strings.Contains(joined, "card number")
}

func (c *column) averageLength() int {
	if len(c.sample) == 0 {
		return 0
	}
	n := 0
	for _, v := range c.sample {
		n += utf8.RuneCountInString(v)
	}
	return n / len(c.sample)
}

func looksLikeLinks(values []string) bool {
	n := 0
	for _, v := range values {
		if strings.HasPrefix(v, "http://") || strings.HasPrefix(v, "https://") || strings.HasPrefix(v, "www.") {
			n++
		}
	}
	return n > 0 && n*10 >= len(values)*8
}
