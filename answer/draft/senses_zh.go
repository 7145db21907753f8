package draft

import (
	"slices"

	"wenshu/semantic"
)

// inSenses is the Chinese for English words of two senses that how a column holds its values
// tells apart: an area in numbers is how large something is, one in words is a place.
var inSenses = map[string]struct{ number, text string }{
	"area":   {"面积", "区域"},
	"length": {"长度", "时长"},
}

// labelBySense adds other names of a column and keeps of the Chinese for a word of two
// senses the one that it has.
func (c *column) labelBySense(others []string) {
	c.synonyms = append(c.synonyms, others...)
	if len(c.words) == 0 {
		return
	}
	sense, ok := inSenses[c.words[0]]
	if !ok || c.note.zh != "" {
		return
	}
	not, is := sense.text, sense.number
	switch c.kind.Kind {
	case semantic.Int, semantic.Float, semantic.Decimal:
		if c.words[0] == "length" && lengthUnits[c.closingUnit()] == "" {
			return // of time, for all that is known
		}
	case semantic.Text:
		not, is = is, not
		if c.label.ZH == not {
			c.label.ZH = is
		}
	}
	c.synonyms = slices.DeleteFunc(c.synonyms, func(s string) bool { return s == not || s == c.label.ZH })
}

// lengthUnits are the units of how long something is, and what it is in all.
var lengthUnits = map[string]string{"km": "总长", "m": "总长", "mi": "总长"}

// inAll is how long things are together, which Chinese has a short word for: 总长.
func (c *column) inAll() (metric, bool) {
	short := lengthUnits[c.closingUnit()]
	if c.sum() != "avg" || short == "" || c.label.ZH != "长度" {
		return metric{}, false
	}
	m := metric{home: c.table, name: "total_" + c.name, expr: "sum(" + spelled(c.table.name) + "." + spelled(c.name) + ")"}
	m.label.ZH = "总" + c.label.ZH
	if c.label.EN != "" {
		m.label.EN = "total " + c.label.EN
	}
	m.synonyms = []string{short}
	return m, true
}

// closingUnit is the unit that a measure's name closes with; "" for none.
func (c *column) closingUnit() string {
	unit, _ := c.unit()
	return unit
}
