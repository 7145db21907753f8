package draft

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// ownMarks close the names of what a row is told by where its name does not.
var ownMarks = wordSet("number no code reference ref tag symbol docket")

// reference is what tells the rows of a table apart in words that people use: the matter
// number, the claim reference, the asset tag. It is nil where none or several do.
func (t *table) reference() *column {
	return t.onlyColumn(func(c *column) bool {
		words := plainWords(c.nameWords())
		if len(words) == 0 || c.name == "" || c.kind.Kind != semantic.Text || c.join != nil || c.role == private || c.role == link || !c.unique() || !c.full() || c.averageLength() > shortText/2 {
			return false
		}
		front := words[:len(words)-1]
		return ownMarks[words[len(words)-1]] && (len(front) == 0 || t.calledBy(front))
	})
}

// marksWithin reports whether a text tells the rows of a table apart within something
// else: the unit on its door in a building, the flight number on its day.
func (c *column) marksWithin() bool {
	words := plainWords(c.nameWords())
	if len(words) < 2 || c.name == "" || c.kind.Kind != semantic.Text || c.join != nil || c.role == private || !c.full() || c.unique() || c.averageLength() > 12 || c.distinct < mostRated {
		return false
	}
	n := len(words) - 1
	return (words[n] == "code" || words[n] == "number" || words[n] == "label") && c.table.calledBy(words[:n])
}

// repeats reports whether several rows of a table are called alike, by a column that says
// what one is called.
func (c *column) repeats() bool { return c.table.rows >= fewestRated && c.distinct*10 < c.table.rows*9 }

// tellApart adds to what stands for a row what tells it from others of the same name, and
// to what only marks a thing what it is: the number of a matter behind its title, make and
// model behind a plate.
func (t *table) tellApart() {
	if len(t.display) != 1 {
		return
	}
	shown := t.display[0]
	words := shown.nameWords()
	switch ref := t.reference(); {
	case ref != nil && ref != shown && shown.repeats() && slices.Contains(words, "title"):
		t.display = append(t.display, ref)
	case saysAny(shown, marking) || strings.HasPrefix(shown.label.ZH, "车牌"):
		made, model := t.onlyColumn(func(c *column) bool { return c.isPlainly(makes) }), t.onlyColumn(func(c *column) bool { return c.isPlainly(models) })
		if made != nil && model != nil {
			t.display = append(t.display, made, model)
		}
	}
}

var (
	marking = wordSet("plate registration tail vin serial 车牌")
	makes   = wordSet("make brand manufacturer")
	models  = wordSet("model")
)

// isPlainly reports whether a text is called by one word, with that of its table or
// without.
func (c *column) isPlainly(called map[string]bool) bool {
	words := plainWords(c.nameWords())
	if len(words) == 0 || c.name == "" || c.kind.Kind != semantic.Text || c.join != nil || c.role == private {
		return false
	}
	n := len(words) - 1
	return called[words[n]] && (n == 0 || c.table.calledBy(words[:n]))
}

// ways are what the two ends of a way are called by.
var ways = [2]map[string]bool{
	wordSet("origin departure from start src source orig 始发 出发 起点 起运"),
	wordSet("destination arrival to end dst dest 终点 到达 目的 抵达"),
}

// endsOfWay are the two places that a row leads from and to, by the codes that people say
// for them, where it is called by nothing else: the airports of a route.
func (t *table) endsOfWay() []*column {
	if slices.ContainsFunc(t.columns, func(c *column) bool { return c.role == moment }) {
		return nil // what goes that way at a time
	}
	var ends []*column
	for _, words := range ways {
		end := t.onlyColumn(func(c *column) bool {
			return c.name != "" && c.join != nil && len(c.join.here) == 1 && c.kind.Kind == semantic.Text && (saysAny(c, words) || startsWithAny(c.label.ZH, words))
		})
		if end == nil {
			return nil
		}
		ends = append(ends, end)
	}
	if ends[0] == ends[1] || ends[0].join.to != ends[1].join.to {
		return nil
	}
	return ends
}

// startsWithAny reports whether a text begins with one of some words.
func startsWithAny(s string, words map[string]bool) bool {
	for w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}
