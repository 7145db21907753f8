package api

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"wenshu/answer"
)

// waiting is a service that understands at once and answers when it is let go.
type waiting struct {
	stub
	release, cancelled chan bool
}

func newWaiting() *waiting {
	w := &waiting{release: make(chan bool), cancelled: make(chan bool, 1)}
	w.ask = func(ctx context.Context, r answer.Request, events func(answer.Event)) (*answer.Answer, error) {
		events(answer.Event{Kind: answer.Understood, Answer: said(r)})
		select {
		case <-w.release:
			return said(r), nil
		case <-ctx.Done():
			w.cancelled <- true
			return nil, ctx.Err()
		}
	}
	return w
}

// broken asks, reads the first event and breaks the connection; it returns the
// id of the run.
func broken(t *testing.T, url string) string {
	t.Helper()
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	response := stream(ctx, t, url+"/api/v1/ask", `{"question": "q"}`)
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "data: ") {
			return response.Header.Get(runHeader)
		}
	}
	t.Fatal("no event came")
	return ""
}

// visit makes a request about a run as a sample viewer.
func visit(t *testing.T, method, url, viewer, seen string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set(sampleHeader, viewer)
	r.Header.Set("Last-Event-ID", seen)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Error(err)
	}
	return response.StatusCode, string(body)
}

// TestBrokenStreamsAreTakenUpAgain breaks a stream and reads on behind the event
// that was seen, twice; nobody else can.
func TestBrokenStreamsAreTakenUpAgain(t *testing.T) {
	w := newWaiting()
	server := httptest.NewServer(demoServer(t, w, func(c *Config) { c.Limits.Resume = 30 * time.Second }).Handler())
	defer server.Close()
	run := server.URL + "/api/v1/runs/" + broken(t, server.URL)
	if status, _ := visit(t, http.MethodGet, run, "bob", "1"); status != http.StatusNotFound {
		t.Errorf("somebody else: %d", status)
	}
	if status, _ := visit(t, http.MethodGet, run, "fay", "x"); status != http.StatusBadRequest {
		t.Errorf("no number: %d", status)
	}
	close(w.release)
	status, body := visit(t, http.MethodGet, run, "fay", "1")
	if status != http.StatusOK || strings.Contains(body, "understood") || !strings.Contains(body, "id: 2\nevent: done\n") {
		t.Errorf("%d %s", status, body)
	}
	if _, body := visit(t, http.MethodGet, run, "fay", ""); !strings.Contains(body, "id: 1\nevent: understood\n") || !strings.Contains(body, "event: done\n") {
		t.Errorf("from the beginning: %s", body)
	}
	if len(w.cancelled) > 0 {
		t.Error("the question was cancelled")
	}
}

// TestRunsThatNobodyWatchesAreCancelled does not come back in time, and stops a
// run by name.
func TestRunsThatNobodyWatchesAreCancelled(t *testing.T) {
	for name, c := range map[string]struct {
		patience time.Duration
		stop     bool
	}{"left": {20 * time.Millisecond, false}, "stopped": {time.Minute, true}} {
		w := newWaiting()
		server := httptest.NewServer(demoServer(t, w, func(cfg *Config) { cfg.Limits.Resume = c.patience }).Handler())
		run := server.URL + "/api/v1/runs/" + broken(t, server.URL)
		if c.stop {
			if status, _ := visit(t, http.MethodDelete, run, "bob", ""); status != http.StatusNotFound {
				t.Errorf("somebody else stops it: %d", status)
			}
			if status, _ := visit(t, http.MethodDelete, run, "fay", ""); status != http.StatusNoContent {
				t.Errorf("%s: %d", name, status)
			}
		}
		select {
		case <-w.cancelled:
		case <-time.After(2 * time.Second):
			t.Errorf("%s: the question runs on", name)
		}
		server.Close()
	}
}
