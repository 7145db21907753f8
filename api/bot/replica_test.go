package bot

import (
	"strings"
	"testing"
	"time"
)

// TestReplicasShareTheWork has two live processes on one state: every question is
// answered once, by whichever of them, also when one ends in between.
func TestReplicasShareTheWork(t *testing.T) {
	everyWay(t, func(t *testing.T, c *chat) {
		if c.way == "wecom by callback" {
			t.Skip("a callback is answered by the process that WeCom asks, and it asks all of them")
		}
		users := []string{"ann", "bob", "fay", "hugo"}
		c.link(users...)
		first := c.hub
		stop := c.open()
		hubs := []*Hub{first, c.hub}
		for i := range 12 {
			c.hub = hubs[i%2]
			c.ask("single"+users[i%4], users[i%4], revenue, false)
			if i == 8 {
				c.quiet()
				c.hub, hubs[1] = first, first
				stop()
				c.listens()
			}
		}
		c.answered(12)
	})
}

// TestReplicasHoldOneConnection has two processes of a bot of which the vendor
// wants one connection: one holds it, and the other goes on when that ends.
func TestReplicasHoldOneConnection(t *testing.T) {
	t.Parallel()
	c := wecomChat(t, false)
	release := c.again(func(l *Limits) { l.Lease = 15 * time.Second }) // a third of it passes until another process goes on
	c.link("fay")
	c.listens()
	first := c.hub
	stop := c.open()
	second := c.hub
	for range 20 {
		time.Sleep(5 * time.Millisecond)
		if n := len(first.answers()) + len(second.answers()); n != 1 {
			t.Fatalf("%d processes answer", n)
		}
	}
	if h := c.health(); h.Connection != standby {
		t.Errorf("the second process is %q", h.Connection)
	}
	c.ask("singlefay", "fay", revenue, false)
	c.answered(1)
	stop()
	c.hub = first
	c.open() // behind the first
	release()
	c.listens()
	c.ask("singlefay", "fay", province, false)
	has(t, c.answered(2)[1], "北京")
}

// TestReplicasStop stops a question in another process than the one that answers
// it.
func TestReplicasStop(t *testing.T) {
	t.Parallel()
	c := dingtalkChat(t, "connection")
	c.link("fay")
	first := c.hub
	c.open()
	wait := c.service.hold()
	defer c.service.letGo(wait)
	c.ask("singlefay", "fay", province, false)
	until(t, "who answers", func() bool { return runs(first) || runs(c.hub) })
	if !runs(first) {
		c.hub = first
	}
	c.ask("singlefay", "fay", "停止", false)
	if m := c.answered(1)[0]; !strings.Contains(m.Body, "已停止") {
		t.Errorf("it goes on: %s", m.Body)
	}
}

// runs reports whether a process is answering something.
func runs(h *Hub) bool {
	h.lock.Lock()
	defer h.lock.Unlock()
	return len(h.running) > 0
}
