package bot

import (
	"strings"

	"wenshu/answer"
)

// buttons adds what can be pressed, the most needed first.
func (v view) buttons(c *Card, s step) {
	a := v.answer
	var list []Button
	add := func(kind ButtonKind, choices []answer.Choice) {
		for _, one := range choices {
			k := kind
			if one.Kind == "drill" && kind == FollowButton {
				k = DrillButton
			}
			list = append(list, Button{Kind: k, Text: brief(one.Text, v.budget.ButtonText), Query: one.Query})
		}
	}
	add(ChoiceButton, a.Choices)
	if v.share && v.alone {
		list = append(list, Button{Kind: ShareButton, Text: clip(v.words.Share, v.budget.ButtonText), Query: a.QueryLine})
	}
	add(ChoiceButton, a.Suggestions)
	if s < noFollowUp {
		add(FollowButton, a.FollowUps)
	}
	if len(list) > v.budget.Buttons {
		list = list[:v.budget.Buttons]
	}
	for i := range list {
		list[i].Ref = v.ref(i)
		if list[i].Text == "" {
			list[i].Text = "…"
		}
	}
	c.Buttons = list
	if s < noFollowUp && v.budget.Pick {
		c.Pick = v.pick()
	}
	if a.Kind == answer.Result && v.budget.Feedback && v.by == "" {
		c.Feedback = [2]string{v.ref(refGood), v.ref(refBad)}
	}
}

// The numbers of references that are no buttons of the list.
const (
	refPick = 100 + iota
	refGood
	refBad
)

// pick is a list of the members of the first group of a result, to keep to one.
func (v view) pick() *Button {
	t := v.answer.Table
	if v.answer.Kind != answer.Result || t == nil || len(t.Rows) < 2 {
		return nil
	}
	for _, c := range t.Columns {
		if c.Role == "group" && c.Type == "text" && c.Grain == "" && c.Name != "" && !strings.ContainsAny(c.Name, " :()") {
			return &Button{Kind: PickButton, Text: clip(fill(v.words.Filter, "name", plain(c.Label)), v.budget.ButtonText), Ref: v.ref(refPick), Query: v.answer.QueryLine, Field: c.Name}
		}
	}
	return nil
}
