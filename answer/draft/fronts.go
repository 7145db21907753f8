package draft

import (
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// sorting are words that close the names of texts and only say that these sort things.
var (
	sorting   = wordSet("type class category kind")
	sortingZH = []string{"类型", "类别", "种类"}
)

// frontSynonyms lets a column that sorts things be called without the word that says so,
// fuel for fuel type, and by that word alone where no other column closes with it. Where
// another name begins with that front, it is the name of something else.
func (d *drafting) frontSynonyms() {
	begun, closed := map[string]int{}, map[string]int{}
	count := func(l semantic.Label) {
		if words := strings.Fields(l.EN); len(words) > 0 {
			begun[singular(words[0])]++
			closed[words[len(words)-1]]++
		}
	}
	for _, t := range d.tables {
		count(t.label)
		for _, s := range t.synonyms {
			begun[singularPhrase(s)]++
		}
		for _, c := range t.columns {
			count(c.label)
		}
	}
	for _, t := range d.tables {
		for _, c := range t.columns {
			if len(d.tables) == 1 {
				c.namesOfThing()
			}
			c.namesOfOutput()
			if front := c.extentOf(); front != "" && begun[singular(front)] == 1 && dictionary().terms[front] != nil {
				c.synonyms = append(c.synonyms, front)
			}
			front, last := c.sortsBy()
			if front == "" {
				continue
			}
			if first, _, _ := strings.Cut(front, " "); begun[singular(first)] == 1 && dictionary().terms[front] != nil {
				c.synonyms = append(c.synonyms, front)
				for _, end := range sortingZH {
					if zh, ok := strings.CutSuffix(c.label.ZH, end); ok && len(zh) > 3 && !d.columnCalled(zh) {
						c.synonyms = append(c.synonyms, zh)
					}
				}
			}
			if closed[last] == 1 && len(d.tables) == 1 {
				c.synonyms = append(c.synonyms, last)
			}
		}
	}
}

// sortsBy returns the name of a text that sorts things without its last word, and that
// word; "" for any other column.
func (c *column) sortsBy() (front, last string) {
	at := strings.LastIndexByte(c.label.EN, ' ')
	if at < 0 || c.kind.Kind != semantic.Text || c.join != nil || c.unique() {
		return "", ""
	}
	if last = c.label.EN[at+1:]; !sorting[last] && !(last == "title" && c.table.isPeople()) {
		return "", ""
	}
	return c.label.EN[:at], last
}

// namesOfThing lets the name of what the rows are no names of be called as that is in Chinese,
// by each of its names: 站点 of station_name.
func (c *column) namesOfThing() {
	front, ok := strings.CutSuffix(c.label.EN, " name")
	if t := dictionary().terms[front]; ok && t != nil && c.join == nil && !c.unique() && !c.table.isPeople() && front != c.table.label.EN && t.role != "person" {
		for _, zh := range t.zh {
			if utf8.RuneCountInString(zh) > 1 && !strings.HasSuffix(zh, "号") {
				c.synonyms = append(c.synonyms, zh)
			}
		}
	}
}

// ofThings close the names of measures that people call by the thing alone.
var ofThings = wordSet("size capacity emission emissions")

// extentOf is the thing whose size, capacity or emissions a measure is: battery of battery
// capacity; "" for any other.
func (c *column) extentOf() string {
	words := strings.Fields(c.label.EN)
	if len(words) != 2 || !ofThings[words[1]] || c.role != level && c.role != addable {
		return ""
	}
	return words[0]
}

// namesOfOutput calls the output that is counted in units of energy what it is in Chinese.
func (c *column) namesOfOutput() {
	unit, _ := c.unit()
	if energy[unit] && strings.HasSuffix(c.label.EN, "output") {
		c.synonyms = append(c.synonyms, "发电量", "年发电量", "power generation")
	}
}

// energy are the units of energy, as model files spell them.
var energy = map[string]bool{"kWh": true, "MWh": true, "GWh": true, "TWh": true}
