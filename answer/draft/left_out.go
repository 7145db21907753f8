package draft

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wenshu/semantic"
)

// goneName is a name of a column that marks rows which are no longer there, or were
// made void, and stay in the table all the same.
var goneName = regexp.MustCompile(`(?i)^(is_?)?(del|deleted|delete|void|voided)(_?(flg|flag|fl|bz|mark|ind|yn))?$|^(是否)?已?(删除|作废)(标志|标记|标识)?$`)

// goneAtName is a name of a column that says when a row ceased to be there, and stayed in
// the table all the same.
var goneAtName = regexp.MustCompile(`(?i)^(soft_?)?(deleted|delete|deletion|voided)_?(at|on|date|dt|time|ts|datetime|timestamp)$|^(删除|作废)(时间|日期)$`)

// goneValues are pairs of values of such columns: of a row that is there, and of one
// that is not.
var goneValues = [][2]string{{"0", "1"}, {"N", "Y"}, {"n", "y"}, {"F", "T"}, {"false", "true"}, {"否", "是"}, {"", "X"}, {"", "x"}}

// marksGone is the test of a column for rows that are not among those it marks as
// counting nowhere, as the note says or, where it says nothing else of them, the name; ok
// is false for a column that marks none.
func (c *column) marksGone() (kept string, ok bool) {
	switch {
	case c.name == "" || c.join != nil:
		return "", false
	case c.note.leftOut:
		return "!= " + c.saysYes(), c.saysYes() != ""
	case c.role == moment:
		return "is null", c.nulls > 0 && goneAtName.MatchString(c.schema.Name)
	case c.goneCode() != "":
		return "!= " + c.literals([]string{c.goneCode()}), true
	case len(c.note.yes) > 0 || len(c.values) == 0 || !goneName.MatchString(c.schema.Name):
		return "", false
	}
	for _, pair := range goneValues {
		if pair[0] == "" && (c.nulls == 0 && len(c.values) < 2 || c.kind.Kind == semantic.Bool) {
			continue
		}
		if slices.ContainsFunc(c.values, func(v string) bool { return v != pair[0] && v != pair[1] }) {
			continue
		}
		switch c.kind.Kind {
		case semantic.Bool:
			return "!= true", true
		case semantic.Int:
			return "!= " + pair[1], true
		}
		return "!= " + strconv.Quote(pair[1]), true
	}
	return "", false
}

// goneCode is the one code of a column that marks rows which are no longer there, as the
// note says: 2代表删除; "" where it says none.
func (c *column) goneCode() string {
	if !goneName.MatchString(c.schema.Name) || len(c.note.members) != 2 || c.kind.Kind != semantic.Int && c.kind.Kind != semantic.Text {
		return ""
	}
	code := ""
	for _, m := range c.note.members {
		switch strings.TrimPrefix(m.zh, "已") {
		case "删除", "作废":
			if code != "" {
				return ""
			}
			code = m.value
		}
	}
	return code
}

// gone is the column that marks the rows of a table which count nowhere, and its test for
// the others; nil for none.
func (t *table) gone() (c *column, kept string) {
	for _, c := range t.columns {
		if kept, ok := c.marksGone(); ok {
			return c, kept
		}
	}
	return nil, ""
}

// leavesOut reports whether some rows of a table count nowhere.
func (t *table) leavesOut() bool { c, _ := t.gone(); return c != nil }

// writeRules leaves out the rows that count nowhere, and what is part of them: the
// payments of a deleted claim.
func (d *drafting) writeRules(w *writer, t *table) {
	var rules []string
	if c, kept := t.gone(); c != nil {
		evidence := "probable: by the name of " + c.schema.Name
		if c.note.leftOut || c.goneCode() != "" {
			evidence = "said in the note of " + semantic.YAMLWord(c.schema.Name)
		}
		rules = append(rules, semantic.YAMLWord(t.spelt(c)+" "+kept)+"} # "+evidence)
	}
	for _, j := range t.joins {
		switch path, c, kept := t.voidPaper(j, 3); {
		case c != nil:
			rules = append(rules, semantic.YAMLWord(path+" "+kept)+"} # probable: made out for "+j.to.schema.Name)
		case len(j.there) == 1 && j.to != t && t.isPartOf(j.to) && j.to.leavesOut():
			gone, kept := j.to.gone()
			test := spelled(t.name) + "." + spelled(j.name) + "." + spelled(gone.name) + " " + kept
			rules = append(rules, semantic.YAMLWord(test)+"} # probable: by its name a part of "+j.to.schema.Name)
		}
	}
	if len(rules) == 0 {
		return
	}
	w.line(0, "rules:")
	for _, r := range rules {
		w.line(1, "- {table: %s, where: %s", semantic.YAMLWord(t.name), r)
	}
}

// voidPaper is the way over a join to the column that marks the papers which count
// nowhere, as its note says, for which the rows of the table are made out, and its test for
// the others: 检验单 of a 工单. It has no column where there are none such.
func (t *table) voidPaper(j *join, steps int) (path string, c *column, kept string) {
	if steps == 0 || j.to == t || len(j.here) != 1 || !strings.HasSuffix(j.to.label.ZH, "单") {
		return "", nil, ""
	}
	front := spelled(j.from.name) + "." + spelled(j.name)
	if c, kept := j.to.gone(); c != nil && c.note.leftOut {
		return front + "." + spelled(c.name), c, kept
	}
	for _, next := range j.to.joins {
		if rest, c, kept := j.to.voidPaper(next, steps-1); c != nil {
			return front + strings.TrimPrefix(rest, spelled(j.to.name)), c, kept
		}
	}
	return "", nil, ""
}

// isPartOf reports whether a table is called after another, whose parts its rows are:
// claim_notes of claims.
func (t *table) isPartOf(whole *table) bool {
	name := strings.ToLower(whole.schema.Name)
	own := strings.ToLower(t.schema.Name)
	return strings.HasPrefix(own, name+"_") || strings.HasPrefix(own, strings.TrimSuffix(name, "s")+"_")
}

// ofGone reports whether a phrase speaks of the rows that count nowhere, of which there
// is nothing to say.
func (p phrase) ofGone() bool {
	_, ok := p.on.marksGone()
	test := p.where + p.test
	return ok && (strings.Contains(test, "is not null") || strings.Contains(test, "= ") && !strings.Contains(test, "!= "))
}
