package api

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"wenshu/answer"
	"wenshu/api/web"
	"wenshu/semantic"
)

// tab is the page in a browser.
type tab struct {
	t   *testing.T
	ctx context.Context

	lock   sync.Mutex
	errors []string // what the browser complained about
}

// browse opens the page of a server in Chromium; without Chromium the test is
// skipped.
func browse(t *testing.T, s Service) *tab {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed")
	}
	server := httptest.NewServer(demoServer(t, s, func(c *Config) { c.Page = web.Files() }).Handler())
	t.Cleanup(server.Close)
	b := &tab{t: t}
	ctx, closeTab := chromedp.NewContext(t.Context(), chromedp.WithListener(b.listen), chromedp.WithAllocatorOptions(chromedp.ExecPath(path),
		chromedp.Flag("no-sandbox", true), chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-quic", true)))
	t.Cleanup(closeTab)
	b.ctx = ctx
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/?lang=zh-CN")); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *tab) listen(event any) {
	b.lock.Lock()
	defer b.lock.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.errors = append(b.errors, fmt.Sprint(e.ExceptionDetails.Text, e.ExceptionDetails.Exception))
	case *log.EventEntryAdded:
		b.errors = append(b.errors, e.Entry.Text)
	}
}

// calm fails when the browser complained: exceptions, failed loads, breaches of
// the policy.
func (b *tab) calm() {
	b.t.Helper()
	b.lock.Lock()
	defer b.lock.Unlock()
	for _, e := range b.errors {
		b.t.Errorf("the browser says: %s", e)
	}
}

// is waits until an expression is true.
func (b *tab) is(expression string) {
	b.t.Helper()
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`Boolean(`+expression+`)`))
		if err != nil {
			b.t.Fatal(err)
		}
		if ok {
			return
		}
	}
	text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.body.innerText`))
	b.t.Fatalf("it never became true that %s (%v); the page reads\n%s", expression, err, text)
}

func (b *tab) do(expression string) {
	b.t.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[chromedp.Void](expression)); err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
}

// insert puts text where the cursor is, as an input method does at its end.
func (b *tab) insert(text string) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		b.t.Fatal(err)
	}
}

// press presses keys as a keyboard does: a page that takes a key for itself
// keeps it from its default.
func (b *tab) press(keys string) {
	b.t.Helper()
	for _, r := range keys {
		events := kb.Encode(r)
		for i, e := range events {
			if e.Type == kb.KeyChar {
				continue // its text goes with the key
			}
			if i == 0 && events[1].Type == kb.KeyChar {
				e.Type, e.Text = kb.KeyDown, events[1].Text
			}
			if _, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, *e); err != nil {
				b.t.Fatal(err)
			}
		}
	}
}

// ask types a question, sends it and waits for its card.
func (b *tab) ask(question string) {
	b.t.Helper()
	b.do(`window.before = document.querySelectorAll(".turn").length; document.querySelector(".box").focus()`)
	b.insert(question)
	b.press(kb.Escape + kb.Enter)
	b.is(`document.querySelectorAll(".turn").length === before + 1 && document.querySelector(".turn:last-child .card")`)
}

func TestPageAnswersByKeyboard(t *testing.T) {
	b := browse(t, shop(t, nil))
	b.is(`document.querySelectorAll(".starters button").length >= 3`)
	b.is(`document.activeElement === document.querySelector(".box")`)
	b.insert("销")
	b.is(`document.querySelector(".box").getAttribute("aria-expanded") === "true"`)
	b.press(kb.ArrowDown)
	b.is(`document.getElementById(document.querySelector(".box").getAttribute("aria-activedescendant")).getAttribute("aria-selected") === "true"`)
	b.press(kb.Enter)
	b.is(`document.querySelector(".box").value.length > 1 && document.querySelector(".suggestions").hidden && !document.querySelector(".turn")`)
	b.do(`document.querySelector(".box").value = ""`)
	b.ask("上个月各省销售额")
	b.is(`document.querySelectorAll(".card .chip").length >= 3 && document.querySelector(".card strong")`)
	b.is(`document.querySelectorAll(".card svg .mark").length >= 4 && document.querySelector(".card svg[role=img]").getAttribute("aria-label")`)
	b.do(`document.querySelector(".card [role=tab]").focus()`)
	b.press(kb.ArrowRight)
	b.is(`document.activeElement.textContent === "表格" && document.querySelectorAll(".card tbody tr").length >= 4`)
	b.do(`document.querySelector(".box").focus()`)
	b.press(kb.ArrowUp)
	b.is(`document.querySelector(".box").value === "上个月各省销售额"`)
	b.do(`document.querySelector(".box").value = ""`)
	b.ask("上个月的qqqq")
	b.is(`document.querySelector(".turn:last-child .suggested button")`)
	b.do(`document.querySelector(".turn:last-child .suggested button").click()`)
	b.is(`document.querySelectorAll(".turn").length === 3 && document.querySelector(".turn:last-child .card.answer")`)
	b.calm()
}

// TestPageIsSafeForInputMethods composes a word and presses Enter, which ends
// the composition and must not ask.
func TestPageIsSafeForInputMethods(t *testing.T) {
	b := browse(t, shop(t, nil))
	b.is(`document.activeElement === document.querySelector(".box")`)
	compose := input.ImeSetCompositionParams{Text: "shang ge yue", SelectionStart: 12, SelectionEnd: 12}
	if _, err := chromedp.Call(b.ctx, input.ImeSetComposition, compose); err != nil {
		t.Fatal(err)
	}
	b.is(`document.querySelector(".box").value === "shang ge yue"`)
	b.press(kb.Enter)
	time.Sleep(400 * time.Millisecond)
	b.is(`!document.querySelector(".turn") && document.querySelector(".suggestions").hidden`)
	b.calm()
}

func TestPageSwitchesViewers(t *testing.T) {
	b := browse(t, shop(t, nil))
	b.is(`document.querySelectorAll(".who option").length >= 2 && document.querySelector(".starters")`)
	b.ask("上个月各大区销售额")
	b.is(`!document.querySelector(".turn:last-child").textContent.includes("华南")`)
	b.do(`{ const s = document.querySelector(".who select"); s.value = "bob"; s.dispatchEvent(new Event("change")) }`)
	b.is(`document.querySelector(".divider")?.textContent.includes("博文")`)
	b.ask("上个月各大区销售额")
	b.is(`document.querySelector(".turn:last-child").textContent.includes("华南") && !document.querySelector(".turn:last-child").textContent.includes("华东")`)
	b.do(`document.querySelector(".switch button[lang=en]").click()`)
	b.is(`document.documentElement.lang === "en" && document.querySelector(".box").placeholder.startsWith("Ask")`)
	b.calm()
}

// hostile answers with markup in every text.
type hostile struct{ stub }

const attack = `<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>"'{n}`

func (hostile) Catalog(context.Context, semantic.Viewer, string) *answer.Catalog {
	items := []answer.CatalogItem{{Name: attack, Label: attack, Description: attack, Group: attack}}
	return &answer.Catalog{Model: attack, Lang: simplified, Metrics: items, Dimensions: items, Entities: items, Starters: []answer.Choice{{Text: attack, Query: attack}}}
}

func (hostile) Suggest(context.Context, semantic.Viewer, string, string, int) ([]answer.Suggestion, error) {
	return []answer.Suggestion{{Kind: "member", Text: attack, Label: attack}}, nil
}

func hostileAnswer(r answer.Request) *answer.Answer {
	a, n := said(r), "1"
	choices := []answer.Choice{{Text: attack, Query: attack}}
	cells := []answer.Cell{{Value: &n, Text: attack}}
	a.Title, a.Sentence.Text, a.QueryLine = attack, attack, attack
	a.Chips = []answer.Chip{{Kind: answer.MetricChip, Label: attack, Text: attack, Remove: attack, Options: choices}}
	a.Warnings, a.FollowUps, a.Choices, a.Suggestions = []answer.Note{{Text: attack}}, choices, choices, choices
	a.Definitions = []answer.Definition{{Label: attack, Description: attack, Formula: attack, Owner: attack, Unit: attack, Synonyms: []string{attack}}}
	a.SQL = []answer.Statement{{Source: attack, SQL: attack, Args: []string{attack}}}
	a.Table = &answer.Table{Columns: []answer.Column{{Label: attack, Type: "decimal", Unit: attack, Role: "value"}}, Rows: [][]answer.Cell{cells}}
	a.Chart = &answer.Chart{
		Kind: answer.BarChart, Title: attack, Incomplete: -1, Labels: []answer.Label{{Value: &n, Text: attack}},
		Series: []answer.Series{{Name: attack, Cells: cells}, {Name: attack, Cells: cells}}, Refused: &answer.Refused{Text: attack},
	}
	return a
}

func TestPageRunsNothingThatItIsTold(t *testing.T) {
	b := browse(t, hostile{stub{ask: func(_ context.Context, r answer.Request, _ func(answer.Event)) (*answer.Answer, error) {
		return hostileAnswer(r), nil
	}}})
	b.is(`document.querySelector(".starters button")`)
	b.do(`document.querySelector(".catalog summary").click()`)
	b.insert("x")
	b.is(`!document.querySelector(".suggestions").hidden`)
	b.press(kb.Tab)
	b.ask(attack)
	b.is(`document.querySelector(".card svg .mark")`)
	for _, view := range []string{"2", "3", "4"} {
		b.do(`document.querySelector(".card [role=tab]:nth-child(` + view + `)").click()`)
		b.is(`document.querySelector(".card .panel").textContent.includes("<img")`)
	}
	b.is(`window.pwned === undefined && document.querySelectorAll("script").length === 1 && document.querySelectorAll("img").length === 1`)
	b.calm()
}
