package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"wenshu/answer"
	"wenshu/fixtures"
	"wenshu/semantic"
)

type demoCommand struct {
	Data  string  `help:"Folder of the demo company's databases." placeholder:"DIR" env:"WENSHU_DATA"`
	Scale float64 `help:"Size of the demo company: its customers and orders are multiplied." default:"1"`
	Lang  string  `help:"Language of the answers; without it, that of each question."`
}

// showcase is what the demo asks: both languages, both databases, a follow-up
// and a refusal.
var showcase = []string{
	"上个月各大区销售额和同比",
	"top 5 products by revenue this year",
	"那华东呢",
	"上季度每个月的良品率和销售额",
	"how many customers do we have in 杭州",
	"利润为什么下降",
}

// Run makes the databases if need be and answers the showcase.
func (c *demoCommand) Run(ctx context.Context, s streams) error {
	from := company{Data: c.Data, Scale: c.Scale}
	dir, err := from.demoDir()
	if err != nil {
		return err
	}
	began := time.Now()
	result, made, err := fixtures.Ensure(ctx, dir, fixtures.Options{Scale: c.Scale})
	if err != nil {
		return err
	}
	if made {
		fmt.Fprintf(s.out, "made the demo company in %s: %d order lines, %.1f s\n\n", dir, result.Rows["sales.order_lines"], time.Since(began).Seconds())
	}
	o, err := from.open(ctx, "", nil, secondReader{}, nil)
	if err != nil {
		return err
	}
	defer o.close()
	for _, question := range showcase {
		a, err := o.service.Ask(ctx, answer.Request{Question: question, Conversation: "demo", Lang: c.Lang, Viewer: owner()}, nil)
		if err != nil {
			return err
		}
		printAnswer(s, a, false)
	}
	fmt.Fprintln(s.out, `Ask your own:  wenshu ask "上个月各省销售额前3名"
Open the page: wenshu serve`)
	return nil
}

// owner is the demo's viewer who sees everything.
func owner() semantic.Viewer { return fixtures.DemoViewers()[0] }

// sampleViewer finds a viewer of the demo; without a name, its owner.
func sampleViewer(name string) (semantic.Viewer, bool) {
	for _, v := range fixtures.DemoViewers() {
		if name == "" || v.ID == name {
			return v, true
		}
	}
	return semantic.Viewer{}, false
}

func sampleNames() string {
	var names []string
	for _, v := range fixtures.DemoViewers() {
		names = append(names, v.ID)
	}
	return strings.Join(names, ", ")
}
