package draft

import (
	"strings"

	"wenshu/semantic"
)

// beijing are the ways in which notes speak of the time in China.
var beijing = []string{"北京时间", "东八区", "Asia/Shanghai", "UTC+8", "GMT+8", "UTC+08"}

// zone is the time zone by whose days a company counts, with the evidence: the one that a
// note names, or that of China where seconds since 1970 are noted in Chinese; "" for UTC.
func (d *drafting) zone() (zone, evidence string) {
	for _, t := range d.tables {
		for _, c := range t.columns {
			for _, name := range beijing {
				if strings.Contains(c.schema.Comment, name) {
					return "Asia/Shanghai", "said in the note of " + t.name + "." + c.name
				}
			}
			counted := c.kind.Coding == semantic.EpochSeconds || c.kind.Coding == semantic.EpochMillis
			if counted && zone == "" && hasHan(c.schema.Comment) {
				zone, evidence = "Asia/Shanghai", "probable: the note of "+t.name+"."+c.name+" is Chinese"
			}
		}
	}
	return zone, evidence
}
