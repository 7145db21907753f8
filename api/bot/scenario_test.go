package bot

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	province = "上个月各省销售额前3名"
	revenue  = "上个月销售额"
)

// has wants every part in a message.
func has(t *testing.T, m shown, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(m.Body, part) {
			t.Errorf("%q is not in %s", part, m.Body)
		}
	}
}

func TestChatFirstMessage(t *testing.T) {
	everyWay(t, func(t *testing.T, c *chat) {
		c.link("fay")
		c.ask("singlefay", "fay", province, false)
		has(t, c.answered(1)[0], "北京", "2026年6月1日–6月30日", "https://wenshu.example/")
		c.listens()
	})
}

func TestChatMentionWithSpaces(t *testing.T) {
	everyWay(t, func(t *testing.T, c *chat) {
		c.link("fay")
		c.ask("group1", "fay", "\u3000 "+province+"\u00a0 ？", true)
		has(t, c.answered(1)[0], "北京")
	})
}

func TestChatFollowUpAndEdit(t *testing.T) {
	everyChat(t, func(t *testing.T, c *chat) {
		c.link("fay")
		id := c.ask("singlefay", "fay", province, false)
		c.answered(1)
		c.ask("singlefay", "fay", "那去年同期呢", false)
		has(t, c.answered(2)[1], "2025年6月1日–6月30日")
		c.say(c, id, "edited", "singlefay", "fay", "上个月各渠道销售额", false) // the same message under another event
		c.answered(2)
	})
}

func TestChatClarificationByButton(t *testing.T) {
	everyChat(t, func(t *testing.T, c *chat) {
		c.link("fay")
		c.ask("singlefay", "fay", "上个月的销售", false)
		c.quiet()
		list := c.server.shows(1)
		var refs []string
		for _, m := range list {
			refs = append(refs, c.buttons(m)...)
		}
		if len(refs) < 2 {
			t.Fatalf("no choices: %+v", list)
		}
		c.press(c, "fay", "singlefay", refs[0], false)
		has(t, c.answered(2)[1], "2026年6月1日–6月30日")
		c.press(c, "fay", "singlefay", refs[0][:len(refs[0])-1]+"_", false) // a forged reference
		has(t, c.answered(3)[2], "这个按钮已经失效")
	})
}

func TestChatStop(t *testing.T) {
	everyChat(t, func(t *testing.T, c *chat) {
		c.link("fay")
		wait := c.service.hold()
		c.ask("singlefay", "fay", province, false)
		for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
			c.service.mu.Lock()
			n := c.service.asked
			c.service.mu.Unlock()
			if n > 0 {
				break
			}
		}
		c.ask("singlefay", "fay", "停止", false)
		c.quiet()
		c.service.mu.Lock()
		n := c.service.cancelled
		c.service.mu.Unlock()
		if n != 1 {
			t.Errorf("%d questions were cancelled", n)
		}
		c.service.letGo(wait)
		has(t, c.answered(1)[0], "已停止")
	})
}

func TestChatDuplicatesOutOfOrder(t *testing.T) {
	everyWay(t, func(t *testing.T, c *chat) {
		c.link("fay", "hugo")
		for i := range 11 {
			c.say(c, "m1", "e1", "singlefay", "fay", province, false)
			if i < 4 {
				c.say(c, "m0", "e0", "singlehugo", "hugo", revenue, false)
			}
		}
		c.say(c, "m1", "another event", "singlefay", "fay", province, false)
		c.answered(2)
	})
}

func TestChatTwoAskAtOnce(t *testing.T) {
	everyChat(t, func(t *testing.T, c *chat) {
		c.link("ann", "bob")
		c.ask("singleann", "ann", revenue, false)
		c.ask("singlebob", "bob", revenue, false)
		list := c.answered(2)
		if list[0].Body == list[1].Body {
			t.Errorf("people of two regions are told the same: %+v", list)
		}
	})
}

// TestChatRestrictedInGroup has two people with different regions ask in one
// group: each alone gets the answer, in words and in pictures.
func TestChatRestrictedInGroup(t *testing.T) {
	everyChat(t, func(t *testing.T, c *chat) {
		c.link("ann", "bob")
		c.ask("group1", "ann", province, true)
		c.ask("group1", "bob", province, true)
		c.quiet()
		for _, m := range c.server.shows(2) {
			switch {
			case c.private(m, "ann"):
				if strings.Contains(m.Body, "北京") {
					t.Errorf("ann of 华东 sees %s", m.Body)
				}
			case c.private(m, "bob"):
				if strings.Contains(m.Body, "江苏") {
					t.Errorf("bob of 华南 sees %s", m.Body)
				}
			default:
				t.Errorf("everybody sees %+v", m)
			}
		}
	})
}

// TestChatShare publishes an answer where the policy of the group allows it.
func TestChatShare(t *testing.T) {
	everyChat(t, func(t *testing.T, c *chat) {
		c.hub.bots[c.bot].Groups = map[string]Group{"group1": {Share: []string{"*"}}}
		c.link("ann", "bob")
		c.ask("group1", "ann", province, true)
		m := c.answered(1)[0]
		if !c.private(m, "ann") {
			t.Fatalf("everybody sees %+v", m)
		}
		var refs []string
		for _, m := range c.server.shows(1) {
			refs = append(refs, c.buttons(m)...)
		}
		if len(refs) == 0 {
			t.Fatalf("nothing to press in %+v", m)
		}
		c.press(c, "bob", "group1", refs[0], true) // somebody else's
		has(t, c.answered(2)[1], "不允许分享")
		c.press(c, "ann", "group1", refs[0], true)
		if m := c.answered(3)[2]; c.private(m, "ann") || !strings.Contains(m.Body, "分享，按其权限计算") {
			t.Errorf("shared: %+v", m)
		}
	})
}

func TestChatStrangers(t *testing.T) {
	everyWay(t, func(t *testing.T, c *chat) {
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
		if _, err := c.hub.Join(t.Context(), v, token, true); err != nil {
			t.Fatal(err)
		}
		c.ask("singlenobody", "nobody", province, false)
		has(t, c.answered(2)[1], "北京")
		c.foreign(c, "somebody", province)
		has(t, c.answered(3)[2], "访客和外部组织的成员不能在这里提问")
	})
}

func TestChatLargeResult(t *testing.T) {
	everyChat(t, func(t *testing.T, c *chat) {
		c.link("fay")
		c.ask("singlefay", "fay", "今年每天的销售额", false)
		c.quiet()
		list := c.server.shows(2)
		if len(wordsShown(list)) != 1 || !slices.ContainsFunc(list, func(m shown) bool { return strings.Contains(m.Kind, "file") }) {
			t.Errorf("no file of the whole table: %+v", list)
		}
	})
}

func TestChatVendorFails(t *testing.T) {
	everyChat(t, func(t *testing.T, c *chat) {
		if c.name == "wecom" {
			t.Skip("TestWecomFailures has the failures of a connection")
		}
		c.link("fay")
		c.server.fail(
			status(http.StatusTooManyRequests, ""), status(http.StatusInternalServerError, "oops"),
			func(w http.ResponseWriter) {
				conn, _, err := w.(http.Hijacker).Hijack() // the reply gets lost
				if err == nil {
					conn.Close()
				}
			})
		c.ask("singlefay", "fay", revenue, false)
		c.answered(1)
	})
}

func TestChatTokenRevoked(t *testing.T) {
	everyChat(t, func(t *testing.T, c *chat) {
		c.link("fay")
		c.ask("group1", "fay", revenue, true)
		c.answered(1)
		if c.revoke != nil {
			c.revoke()
		}
		c.ask("group1", "fay", province, true)
		c.answered(2)
		c.gone()
		c.ask("group1", "fay", "上个月订单数", true)
		for deadline := time.Now().Add(10 * time.Second); c.health().Dead == 0; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("nobody is told: %+v", c.health())
			}
		}
		if n := len(wordsShown(c.server.shows(2))); n != 2 {
			t.Errorf("a bot that was taken away says something: %d messages", n)
		}
	})
}

// TestChatProcessEndsBeforeSending takes the vendor away, ends the process, and
// has another one send what it left.
func TestChatProcessEndsBeforeSending(t *testing.T) {
	everyChat(t, func(t *testing.T, c *chat) {
		if c.name == "wecom" {
			t.Skip("a connection that ends is TestWecomLongConnection's")
		}
		c.link("fay")
		c.hub.config.Limits.Sends = 1000
		for range 200 {
			c.server.fail(status(http.StatusServiceUnavailable, ""))
		}
		c.ask("singlefay", "fay", revenue, false)
		for deadline := time.Now().Add(10 * time.Second); c.health().Unsent == 0; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal("it is not answered")
			}
		}
		other := c.hub
		c.open() // both run on the same state
		if other == c.hub {
			t.Fatal("no second hub")
		}
		c.server.mu.Lock()
		c.server.failures = nil
		c.server.mu.Unlock()
		c.answered(1)
	})
}

func TestChatDeletedBeforeTheAnswer(t *testing.T) {
	everyChat(t, func(t *testing.T, c *chat) {
		if c.recall == nil {
			t.Skip("this vendor does not say so")
		}
		c.link("fay")
		wait := c.service.hold()
		c.ask("singlefay", "fay", revenue, false)
		second := c.ask("singlefay", "fay", province, false)
		c.recall(c, second)
		c.service.letGo(wait)
		if m := c.answered(1)[0]; strings.Contains(m.Body, "北京") {
			t.Errorf("a question that was taken back is answered: %s", m.Body)
		}
	})
}
