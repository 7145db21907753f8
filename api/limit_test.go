package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"wenshu/answer"
)

func TestLimitsOfOneViewer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(Limits{AskRate: 1, AskBurst: 2, ReadRate: 10, ReadBurst: 3, AskViewer: 5, AskTotal: 9}.withDefaults(), time.Now)
		take := func(viewer string, what cost) time.Duration {
			release, err := l.take(viewer, what)
			if err != nil {
				return faultOf(err).retry
			}
			release()
			return 0
		}
		for i, want := range []time.Duration{0, 0, time.Second} {
			if got := take("ann", asking); got != want {
				t.Errorf("question %d has to wait %s, want %s", i, got, want)
			}
		}
		if got := take("bob", asking); got != 0 {
			t.Errorf("bob has to wait %s for ann", got)
		}
		if got := take("ann", reading); got != 0 {
			t.Errorf("reading has to wait %s for asking", got)
		}
		time.Sleep(time.Second)
		if got := take("ann", asking); got != 0 {
			t.Errorf("after a second one has to wait %s", got)
		}
		time.Sleep(2 * forgetAfter)
		take("bob", asking)
		if len(l.quota) != 1 {
			t.Errorf("%d viewers are remembered", len(l.quota))
		}
	})
}

func TestTooManyAtOnce(t *testing.T) {
	release, begun := make(chan bool), make(chan bool, 10)
	s := demoServer(t, stub{ask: func(_ context.Context, r answer.Request, _ func(answer.Event)) (*answer.Answer, error) {
		begun <- true
		<-release
		return said(r), nil
	}}, func(c *Config) { c.Limits.AskViewer, c.Limits.AskTotal = 2, 3 })
	var wait sync.WaitGroup
	for _, viewer := range []string{"ann", "ann", "bob"} {
		wait.Go(func() {
			if got := post(t, s, viewer, "/api/v1/ask", `{"question": "q"}`); got.status != 200 {
				t.Errorf("%s: %d %s", viewer, got.status, got.body)
			}
		})
		<-begun
	}
	for _, viewer := range []string{"ann", "bob", "fay"} {
		got := post(t, s, viewer, "/api/v1/ask", `{"question": "q"}`)
		seconds, err := strconv.Atoi(got.header.Get("Retry-After"))
		if got.status != http.StatusTooManyRequests || got.problem(t).Code != "too_many_questions" || err != nil || seconds < 1 {
			t.Errorf("%s: %d %v %s", viewer, got.status, got.header, got.body)
		}
	}
	close(release)
	wait.Wait()
	if got := post(t, s, "ann", "/api/v1/ask", `{"question": "q"}`); got.status != 200 {
		t.Errorf("afterwards: %d", got.status)
	}
}

func TestTooFast(t *testing.T) {
	s := demoServer(t, stub{}, func(c *Config) { c.Limits.ReadRate, c.Limits.ReadBurst = 0.001, 5 })
	statuses := map[int]int{}
	for range 8 {
		statuses[get(t, s, "ann", "/api/v1/me").status]++
	}
	if fmt.Sprint(statuses) != "map[200:5 429:3]" {
		t.Errorf("%v", statuses)
	}
	if got := get(t, s, "ann", "/api/v1/me", "Accept-Language: zh-CN"); got.problem(t).Code != "rate_limited" || got.problem(t).Title != faultWords[simplified][tooFast] {
		t.Errorf("%s", got.body)
	}
}
