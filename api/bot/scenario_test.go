package bot

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wenshu/answer"
)

// scenario is something that happens to the bot of every vendor.
type scenario struct {
	name string
	run  func(t *testing.T, c *chat)
	all  bool              // in each way that a vendor is spoken to, not only in the first
	not  map[string]string // why it does not happen, by vendor or way
}

const (
	province = "上个月各省销售额前3名"
	revenue  = "上个月销售额"
	orders   = "上个月订单数"
	visits   = "上个月访问量" // which everybody may see
)

// once are reasons why what is answered by WeCom's callback cannot be private: a
// callback is answered where it was asked.
var publicOnly = map[string]string{"wecom by callback": "the reply to a callback is where everybody reads: the bot asks to be asked in a single chat (TestWecomCallback)"}

// scenarios are what happens to bots, in the order of the manual.
var scenarios = []scenario{
	{name: "first message", run: firstMessage, all: true},
	{name: "mention with spaces and of full width", run: mentions, all: true},
	{name: "mention without a question", run: bareMention, all: true},
	{name: "edit of a question", run: edited},
	{name: "follow-up in a thread", run: threads, not: map[string]string{"dingtalk": "there are no threads: a follow-up follows the chat", "dingtalk with cards": "there are no threads: a follow-up follows the chat", "wecom": "there are no threads: a follow-up follows the chat"}},
	{name: "clarification by button", run: clarified},
	{name: "stop", run: stopped},
	{name: "stop by button", run: stoppedByButton, not: map[string]string{"dingtalk": "what was sent cannot be changed: “stop” is a message", "wecom": "a button would stay for good: “stop” is a message, as is said there"}},
	{name: "answer after 30 seconds", run: late},
	{name: "deliveries 4 and 11 times", run: duplicates, all: true},
	{name: "deliveries out of order", run: outOfOrder},
	{name: "the same question by two people", run: twoAtOnce},
	{name: "two regions in one group", run: restricted},
	{name: "sharing by button", run: shared},
	{name: "somebody unlinked", run: strangers, all: true, not: publicOnly},
	{name: "somebody foreign", run: foreigners, all: true, not: publicOnly},
	{name: "more than 100 rows", run: manyRows},
	{name: "more than 20 columns", run: manyColumns},
	{name: "values that want to be more", run: unruly},
	{name: "5 MB", run: large},
	{name: "the vendor fails", run: vendorFails},
	{name: "token revoked", run: tokenRevoked},
	{name: "app taken away", run: takenAway},
	{name: "killed between question and message", run: killed},
	{name: "deleted before the answer", run: deleted, not: map[string]string{"dingtalk": "the vendor does not say so", "dingtalk with cards": "the vendor does not say so", "wecom": "the vendor does not say so"}},
	{name: "clocks apart", run: clocks, all: true, not: map[string]string{
		"slack by socket": "a connection signs nothing", "dingtalk": "a connection signs nothing", "dingtalk with cards": "a connection signs nothing", "feishu": "a connection signs nothing", "wecom": "a connection signs nothing",
	}},
}

// ways are those in which a vendor is spoken to besides the first.
func besides(way string) bool {
	return strings.HasSuffix(way, "by callback") || strings.HasSuffix(way, "by socket")
}

// TestScenarios runs everything with every vendor.
func TestScenarios(t *testing.T) {
	t.Parallel()
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			for _, way := range slices.Sorted(maps.Keys(chats)) {
				if besides(way) && !s.all {
					continue
				}
				t.Run(way, func(t *testing.T) {
					t.Parallel()
					if why := s.not[way]; why != "" {
						t.Skip(why)
					}
					s.run(t, chats[way](t))
				})
			}
		})
	}
}

// TestScenarioTable holds the page about scenarios to what is run.
func TestScenarioTable(t *testing.T) {
	var b strings.Builder
	b.WriteString("# What every bot is tried with\n\n`go test ./api/bot -run TestScenarios -v` runs each with a server that speaks the vendor's protocol. ✓ is run; a dash is run in the vendor's first way alone, as nothing of it depends on the way.\n\n|")
	ways := slices.Sorted(maps.Keys(chats))
	for _, way := range ways {
		b.WriteString(" | " + way)
	}
	b.WriteString(" |\n|---" + strings.Repeat("|---", len(ways)) + "|\n")
	var notes []string
	for _, s := range scenarios {
		b.WriteString("| " + s.name)
		for _, way := range ways {
			switch why := s.not[way]; {
			case besides(way) && !s.all:
				b.WriteString(" | –")
			case why != "":
				i := slices.Index(notes, why)
				if i < 0 {
					i, notes = len(notes), append(notes, why)
				}
				fmt.Fprintf(&b, " | %d", i+1)
			default:
				b.WriteString(" | ✓")
			}
		}
		b.WriteString(" |\n")
	}
	b.WriteString("\n")
	for i, why := range notes {
		fmt.Fprintf(&b, "%d. %s\n", i+1, why)
	}
	golden(t, filepath.Join("scenarios.md"), []byte(b.String()))
}

// has wants every part in a message.
func has(t *testing.T, m shown, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(m.Body, part) {
			t.Errorf("%q is not in %s", part, m.Body)
		}
	}
}

func firstMessage(t *testing.T, c *chat) {
	c.link("fay")
	c.ask("singlefay", "fay", province, false)
	has(t, c.answered(1)[0], "北京", "2026年6月1日–6月30日", "https://wenshu.example/")
	c.listens()
}

func mentions(t *testing.T, c *chat) {
	c.link("hugo")
	for i, typed := range []string{"\u3000 " + visits + "\u00a0 ？", "＠问数　" + visits, "@问数 " + visits} {
		c.ask("group1", "hugo", typed, true)
		m := c.answered(i + 1)[i]
		has(t, m, "2026年6月1日–6月30日", "访问量")
		if c.private(m, "hugo") {
			t.Errorf("what everybody may see is shown to one: %+v", m)
		}
	}
}

// bareMention: who only calls the bot is told what to write, in a group and alone.
func bareMention(t *testing.T, c *chat) {
	c.link("hugo")
	for i, typed := range []string{"", " \u3000", "@问数"} {
		c.ask("group1", "hugo", typed, true)
		m := c.answered(i + 1)[i]
		if !strings.Contains(m.Body, chineseWords.Empty) && !strings.Contains(m.Body, englishWords.Empty) {
			t.Errorf("%q: %+v", typed, m)
		}
	}
}

// edited: a question that is changed afterwards is not answered again, and the
// next one follows what was asked first.
func edited(t *testing.T, c *chat) {
	c.link("fay")
	id := c.ask("singlefay", "fay", province, false)
	c.answered(1)
	c.edit(c, id, "singlefay", "fay", "上个月各渠道销售额")
	c.answered(1)
	c.ask("singlefay", "fay", "那去年同期呢", false)
	has(t, c.answered(2)[1], "2025年6月1日–6月30日")
}

// threads: what is asked in a thread follows that thread, and not what was asked
// beside it.
func threads(t *testing.T, c *chat) {
	c.link("fay")
	c.threaded = "t1"
	root := c.ask("group1", "fay", visits, true)
	c.answered(1)
	c.threaded = "t2"
	c.ask("group1", "fay", "2025年3月的销售额", true)
	c.answered(2)
	c.threaded = "t1"
	c.follow(c, root, "group1", "fay", "那上上个月呢")
	has(t, c.answered(3)[2], "2026年5月1日–5月31日", "访问量")
}

func clarified(t *testing.T, c *chat) {
	c.link("fay")
	c.ask("singlefay", "fay", "上个月的销售", false)
	c.quiet()
	refs := c.refs()
	if len(refs) < 2 {
		t.Fatalf("no choices: %+v", c.server.shows(1))
	}
	c.press(c, "fay", "singlefay", refs[0], false)
	has(t, c.answered(2)[1], "2026年6月1日–6月30日")
	c.press(c, "fay", "singlefay", refs[0][:len(refs[0])-1]+"_", false) // a forged reference
	if m := c.answered(3)[2]; !strings.Contains(m.Body, chineseWords.Stale) && !strings.Contains(m.Body, englishWords.Stale) {
		t.Errorf("a forged reference: %+v", m)
	}
}

// late: an answer that took longer than vendors wait comes all the same, once,
// where it was asked, and in place of what showed that it was being computed.
func late(t *testing.T, c *chat) {
	c.again(func(l *Limits) { l.Lease, l.Patience, l.Answer = 5*time.Minute, time.Millisecond, 10*time.Minute })
	c.link("fay")
	for i, question := range []string{visits, province} { // the second is for fay alone
		wait := c.service.hold()
		c.ask("group1", "fay", question, true)
		c.service.reached(t, i+1)
		c.progressed(i + 1)
		c.offset.Add(int64(35 * time.Second))
		c.service.letGo(wait)
		c.quiet()
		list := wordsShown(c.server.shows(0))
		has(t, list[len(list)-1], "2026年6月1日–6月30日")
		for _, m := range list {
			if strings.Contains(m.Body, chineseWords.Working) {
				t.Errorf("it goes on computing: %+v", m)
			}
			if i == 1 && strings.Contains(m.Body, "北京") && !c.private(m, "fay") {
				t.Errorf("others see %+v", m)
			}
		}
	}
}

func duplicates(t *testing.T, c *chat) {
	c.link("fay", "hugo")
	for i := range 11 {
		c.say(c, "m1", "e1", "singlefay", "fay", province, false)
		if i < 4 {
			c.say(c, "m0", "e0", "singlehugo", "hugo", revenue, false)
		}
	}
	c.say(c, "m1", "another event", "singlefay", "fay", province, false)
	c.answered(2)
}

// outOfOrder: what one person asks is answered in the order in which they asked,
// whatever came first.
func outOfOrder(t *testing.T, c *chat) {
	c.link("fay", "hugo")
	wait := c.service.hold()
	start := time.Now()
	ask := func(after time.Duration, text string) {
		c.at = start.Add(after)
		c.ask("singlefay", "fay", text, false)
	}
	ask(0, revenue)
	c.service.reached(t, 1)
	ask(40*time.Second, province)
	ask(20*time.Second, orders)
	c.service.letGo(wait)
	list := c.answered(3)
	has(t, list[0], "销售额")
	has(t, list[1], "订单数")
	has(t, list[2], "北京")
}

func twoAtOnce(t *testing.T, c *chat) {
	c.link("ann", "bob")
	c.ask("singleann", "ann", revenue, false)
	c.ask("singlebob", "bob", revenue, false)
	list := c.answered(2)
	if list[0].Body == list[1].Body {
		t.Errorf("people of two regions are told the same: %+v", list)
	}
}

// regions are the sample viewers' own cities and those that they may not see.
var regions = map[string]struct{ own, foreign []string }{
	"ann": {[]string{"上海", "南京", "苏州", "杭州"}, []string{"广州", "深圳", "佛山"}},
	"bob": {[]string{"广州", "深圳", "佛山"}, []string{"上海", "南京", "苏州", "杭州"}},
}

// restricted has two people with different regions ask in one group: each alone
// gets the answer, in words, in pictures, in files and in links.
func restricted(t *testing.T, c *chat) {
	c.link("ann", "bob")
	messages, files, tables := 0, 0, 0
	for _, who := range []string{"ann", "bob"} {
		for _, question := range []string{"上个月各城市销售额", "去年每天各城市的销售额"} {
			c.ask("group1", who, question, true)
			c.quiet()
			for _, m := range c.server.shows(0)[messages:] {
				messages++
				if !c.private(m, who) {
					t.Errorf("%s asked, and others see %+v", who, m)
				}
				wantOnly(t, who, m.Body)
			}
			for _, file := range c.server.kept()[files:] {
				files++
				if !bytes.HasPrefix(file, []byte("\x89PNG")) {
					wantOnly(t, who, string(file))
					tables++
				}
			}
		}
	}
	if tables < 2 {
		t.Errorf("%d files with tables", tables)
	}
}

// wantOnly wants the cities of somebody's own region, and no other ones.
func wantOnly(t *testing.T, who, text string) {
	t.Helper()
	for _, city := range regions[who].foreign {
		if strings.Contains(text, city) {
			t.Errorf("%s sees %s in %.2000s", who, city, text)
		}
	}
}

// shared publishes an answer where the policy of the group allows it.
func shared(t *testing.T, c *chat) {
	c.hub.bots[c.bot].Groups = map[string]Group{"group1": {Share: []string{"*"}}}
	c.link("ann", "bob")
	c.ask("group1", "ann", province, true)
	m := c.answered(1)[0]
	if !c.private(m, "ann") {
		t.Fatalf("everybody sees %+v", m)
	}
	refs := c.refs()
	if len(refs) == 0 {
		t.Fatalf("nothing to press in %+v", m)
	}
	c.press(c, "bob", "group1", refs[0], true) // somebody else's
	has(t, c.answered(2)[1], "不允许分享")
	c.press(c, "ann", "group1", refs[0], true)
	if m := c.answered(3)[2]; c.private(m, "ann") || !strings.Contains(m.Body, "分享，按其权限计算") && !strings.Contains(m.Body, "，按其权限计算") {
		t.Errorf("shared: %+v", m)
	}
}

func strangers(t *testing.T, c *chat) {
	c.ask("group1", "nobody", province, true)
	m := c.answered(1)[0]
	has(t, m, "请先登录关联账号", "https://wenshu.example/link#")
	if !c.private(m, "nobody") {
		t.Errorf("everybody may sign in as somebody: %+v", m)
	}
	token := strings.SplitN(m.Body, "https://wenshu.example/link#", 2)[1]
	token = token[:strings.IndexFunc(token, func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.", r)
	})]
	v, _ := demoAccount("fay")
	if _, err := c.hub.Join(t.Context(), v, token+"x", true); err == nil {
		t.Error("a forged link joins")
	}
	if _, err := c.hub.Join(t.Context(), v, token, true); err != nil {
		t.Fatal(err)
	}
	c.ask("singlenobody", "nobody", province, false)
	has(t, c.answered(2)[1], "北京")
}

func foreigners(t *testing.T, c *chat) {
	c.foreign(c, "somebody", province)
	m := c.answered(1)[0]
	has(t, m, "访客和外部组织的成员不能在这里提问")
	if !m.Private && !c.private(m, "somebody") {
		t.Errorf("everybody reads the refusal: %+v", m)
	}
}

// manyRows: the first rows, and a file of all of them.
func manyRows(t *testing.T, c *chat) {
	c.link("fay")
	c.ask("singlefay", "fay", "今年每天的销售额", false)
	c.answered(1)
	if n := len(c.table(t)); n <= 101 {
		t.Errorf("a file of %d lines", n)
	}
}

// manyColumns: the first columns, and a file of all of them.
func manyColumns(t *testing.T, c *chat) {
	c.link("fay")
	a, number := canned(3, 25, "名称")
	c.service.answer("宽表", a)
	c.ask("singlefay", "fay", "宽表", false)
	m := c.answered(1)[0]
	has(t, m, strings.TrimPrefix(number, "¥"))
	for _, row := range c.table(t) {
		if len(row) != 25 {
			t.Errorf("a file of %d columns", len(row))
		}
	}
}

// canned is an answer of a size, with the number of its sentence.
func canned(rows, columns int, text string) (a *answer.Answer, number string) {
	number = "¥12,345.67"
	a = &answer.Answer{Kind: answer.Result, Lang: "zh-CN", Title: "表格", QueryLine: "revenue", Table: &answer.Table{}, AskedAt: time.Unix(0, 0), Period: &answer.Period{Text: "2026年6月1日–6月30日"}}
	a.Sentence = answer.Sentence{Text: "共 " + number, Spans: []answer.Span{{Start: len("共 "), End: len("共 ") + len(number), Kind: answer.CellSpan}}}
	for i := range columns {
		a.Table.Columns = append(a.Table.Columns, answer.Column{Name: fmt.Sprint("c", i), Label: fmt.Sprint("列", i+1), Type: "text", Role: "group"})
	}
	for i := range rows {
		var row []answer.Cell
		for range columns {
			value := fmt.Sprint(text, i)
			row = append(row, answer.Cell{Value: &value, Text: value})
		}
		a.Table.Rows = append(a.Table.Rows, row)
	}
	return a, number
}

// unruly: values of the data call nobody, make no link and break no table.
func unruly(t *testing.T, c *chat) {
	c.link("fay")
	a, number := canned(len(hostile), 3, "")
	for i, row := range a.Table.Rows {
		for j := range row {
			text := clip(hostile[(i+j)%len(hostile)], 40)
			row[j] = answer.Cell{Value: &text, Text: text}
		}
	}
	a.Title, a.Warnings = hostile[0]+hostile[4], []answer.Note{{Text: hostile[1]}, {Text: hostile[2]}, {Text: hostile[5]}, {Text: hostile[6]}}
	a.FollowUps = []answer.Choice{{Text: "@all " + hostile[4], Query: "revenue"}}
	c.service.answer("危险", a)
	c.ask("group1", "fay", "危险", true)
	if err := c.lint(c.answered(1)[0], number); err != nil {
		t.Error(err)
	}
}

// large: 5 MB go as a file, and the message says the number.
func large(t *testing.T, c *chat) {
	c.link("fay")
	a, number := canned(50, 5, strings.Repeat("long 长", 2700))
	c.service.answer("大表", a)
	c.ask("singlefay", "fay", "大表", false)
	has(t, c.answered(1)[0], strings.TrimPrefix(number, "¥"))
	files := c.server.kept()
	if len(files) != 1 || len(files[0]) < 5<<20 {
		t.Fatalf("%d files", len(files))
	}
	if n := len(c.table(t)); n != 51 {
		t.Errorf("a file of %d lines", n)
	}
}

// vendorFails: too often, a failure, and a reply that gets lost.
func vendorFails(t *testing.T, c *chat) {
	c.again(func(l *Limits) { l.Lease, l.Sends = 10_000*time.Hour, 20 }) // no claim runs out while the clock jumps
	c.link("fay")
	c.fail(
		status(http.StatusTooManyRequests, ""), status(http.StatusInternalServerError, "oops"),
		func(w http.ResponseWriter) {
			conn, _, err := w.(http.Hijacker).Hijack() // the reply gets lost
			if err == nil {
				_ = conn.Close() // it is as lost either way
			}
		})
	c.ask("singlefay", "fay", revenue, false)
	until(t, "that it is sent", func() bool {
		h := c.health()
		if h.Waiting == 0 {
			c.offset.Add(int64(10 * time.Second)) // vendors want to be left alone for a while
		}
		return h.Waiting == 0 && h.Unsent == 0
	})
	has(t, c.answered(1)[0], "2026年6月1日–6月30日")
}

// tokenRevoked: a token that is no good is fetched anew, where there is one to
// fetch.
func tokenRevoked(t *testing.T, c *chat) {
	c.link("hugo")
	c.ask("group1", "hugo", visits, true)
	c.answered(1)
	if c.revoke != nil {
		c.revoke()
	}
	c.ask("group1", "hugo", "上上个月访问量", true)
	c.answered(2)
}

// takenAway: a bot that may not speak any more says nothing, tells its operator,
// and forgets who was who where the vendor says that it left.
func takenAway(t *testing.T, c *chat) {
	c.link("hugo")
	c.gone()
	c.ask("group1", "hugo", visits, true)
	until(t, "that the operator is told", func() bool { return c.health().Dead > 0 })
	if c.health().LastFailure == "" {
		t.Error("the operator is not told why")
	}
	if n := len(wordsShown(c.server.shows(0))); n != 0 {
		t.Errorf("a bot that was taken away says something: %d messages", n)
	}
	if c.leave == nil {
		return
	}
	c.leave(c)
	c.quiet()
	if _, err := c.store.Linked(t.Context(), c.bot, c.tenant, "hugo", time.Now()); err == nil {
		t.Error("it still knows who was who")
	}
}

// killed: a process that dies while it sends is followed by another one, which
// sends what the vendor does not have.
func killed(t *testing.T, c *chat) {
	stop := c.again(func(l *Limits) { l.Send = 3 * time.Second })
	c.link("fay")
	reached := c.hang()
	c.ask("singlefay", "fay", revenue, false)
	select {
	case <-reached:
	case <-time.After(longest):
		t.Fatal("nothing is sent")
	}
	go stop() // it cannot note any more what became of the message
	c.offset.Add(int64(time.Hour))
	c.limits.Send = longest
	c.open()
	has(t, c.answered(1)[0], "2026年6月1日–6月30日")
}

func deleted(t *testing.T, c *chat) {
	c.link("fay")
	wait := c.service.hold()
	c.ask("singlefay", "fay", revenue, false)
	second := c.ask("singlefay", "fay", province, false)
	c.recall(c, second)
	c.service.letGo(wait)
	if m := c.answered(1)[0]; strings.Contains(m.Body, "北京") {
		t.Errorf("a question that was taken back is answered: %s", m.Body)
	}
}

// clocks: a vendor's clock may be four minutes from ours, and not six.
func clocks(t *testing.T, c *chat) {
	c.link("fay")
	for off, want := range map[time.Duration]int{4 * time.Minute: http.StatusOK, -4 * time.Minute: http.StatusOK, 6 * time.Minute: http.StatusUnauthorized, -6 * time.Minute: http.StatusUnauthorized} {
		code, _, reply := c.hub.Deliver(t.Context(), c.bot, c.signed(c, time.Now().Add(off)))
		if code != want {
			t.Errorf("a clock %v off: %d, want %d", off, code, want)
		}
		if code == http.StatusOK && c.fetch != nil {
			c.fetch(c, reply)
		}
	}
	c.quiet()
}

// table is the last file of a table.
func (c *chat) table(t *testing.T) [][]string {
	t.Helper()
	for _, file := range slices.Backward(c.server.kept()) {
		if bytes.HasPrefix(file, []byte("\x89PNG")) {
			continue
		}
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\ufeff")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	t.Fatal("no file of a table")
	return nil
}
