package draft

import (
	"slices"
	"strings"
)

// aboves are what the row above is called besides, by the words that names of references
// to it have.
var aboves = []struct {
	says   map[string]bool
	saysZH []string
	en, zh []string
	label  string // in Chinese, where the English one would name the row below
}{
	{
		says: wordSet("manager mgr supervisor superior boss leader lead reports reportsto head"), saysZH: []string{"上级", "主管", "经理", "领导", "班长", "组长", "队长"},
		en: []string{"boss", "supervisor", "line manager", "superior"}, zh: []string{"上级", "直属上级", "领导", "上司", "主管"},
	},
	{
		says: wordSet("parent holding hub upper"), saysZH: []string{"上级", "父", "母公司", "总公司"},
		en: []string{"parent", "parent company", "holding company"}, zh: []string{"上级", "母公司", "总公司", "上级公司", "上级单位"},
	},
	{
		says: wordSet("sequel prequel predecessor original"), saysZH: []string{"续集", "前作", "前传"},
		en: []string{"predecessor", "original", "prequel"}, zh: []string{"前作", "前一部", "上一部"}, label: "前作",
	},
	{
		says: wordSet("referred referrer referral introduced introducer invited inviter"), saysZH: []string{"推荐", "介绍", "邀请"},
		en: []string{"referrer", "referred by", "introduced by"}, zh: []string{"推荐人", "介绍人", "邀请人"},
	},
}

// sayAbove adds the ways to say the row of the same table that a row hangs by: the boss of
// a manager, 上级.
func (t *table) sayAbove() {
	for _, j := range t.joins {
		if j.to != t || len(j.here) != 1 {
			continue
		}
		c := j.here[0]
		for _, a := range aboves {
			if !saysAny(c, a.says) && !slices.ContainsFunc(a.saysZH, func(w string) bool {
				return strings.Contains(c.label.ZH, w) || strings.Contains(j.label.ZH, w) || strings.Contains(c.note.zh, w) || strings.Contains(c.schema.Name, w)
			}) {
				continue
			}
			if a.label != "" {
				j.label.ZH = a.label
			}
			j.synonyms = append(j.synonyms, a.en...)
			if hasHan(t.label.ZH) {
				j.synonyms = append(j.synonyms, a.zh...)
				if slices.Contains(a.zh, "上级") && !strings.HasPrefix(t.label.ZH, "上级") {
					j.synonyms = append(j.synonyms, "上级"+t.label.ZH)
				}
			}
			break
		}
	}
}
