package bot

import (
	"strings"
	"testing"
	"time"
)

func stopped(t *testing.T, c *chat) {
	c.link("fay")
	wait := c.service.hold()
	defer c.service.letGo(wait)
	c.ask("singlefay", "fay", province, false)
	c.service.reached(t, 1)
	c.ask("singlefay", "fay", "停止", false)
	has(t, c.answered(1)[0], "已停止")
	c.service.mu.Lock()
	defer c.service.mu.Unlock()
	if n := c.service.cancelled; n != 1 {
		t.Errorf("%d questions were cancelled", n)
	}
}

// stoppedByButton: what shows that an answer is being computed has a button to stop
// it, for whoever asked, which goes with it.
func stoppedByButton(t *testing.T, c *chat) {
	c.again(func(l *Limits) { l.Lease, l.Patience = 5*time.Minute, time.Millisecond })
	c.link("fay", "bob")
	for i, chat := range []string{"group1", "singlefay"} {
		wait := c.service.hold()
		c.ask(chat, "fay", province, chat == "group1")
		c.service.reached(t, i+1)
		c.progressed(i + 1)
		until(t, "a button to stop", func() bool { return len(c.refs()) == 1 })
		refs := c.refs()
		before := len(c.server.shows(0))
		c.press(c, "bob", chat, refs[0], chat == "group1")
		until(t, "a word to bob", func() bool { return len(c.server.shows(0)) > before })
		if m := c.server.shows(0)[before]; !strings.Contains(m.Body, chineseWords.NotYours) && !strings.Contains(m.Body, englishWords.NotYours) {
			t.Errorf("bob is told %+v", m)
		}
		c.press(c, "fay", chat, refs[0], chat == "group1")
		c.press(c, "fay", chat, refs[0], chat == "group1") // in a hurry
		c.quiet()
		c.service.mu.Lock()
		cancelled := c.service.cancelled
		c.service.mu.Unlock()
		if cancelled != i+1 {
			t.Errorf("%d questions were cancelled", cancelled)
		}
		list := c.server.shows(0)
		has(t, list[before-1], "已停止")
		if len(list) != before+1 || len(c.refs()) != 0 {
			t.Errorf("after it was stopped: %+v", list)
		}
		c.service.letGo(wait)
	}
}
