package api

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"wenshu/answer"
)

// listening starts a server on a free port and returns its address, how to
// stop it, and how it ended.
func listening(t *testing.T, s *Server) (address string, stop context.CancelFunc, ended chan error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended = make(chan error, 1)
	go func() { ended <- s.serve(ctx, listener) }()
	return "http://" + listener.Addr().String(), cancel, ended
}

// over makes a request over a socket and returns the status and the body.
func over(t *testing.T, method, url, body, accept string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", accept)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Error(err)
	}
	return response.StatusCode, string(text)
}

// stream asks for the events of an answer over a socket, until ctx ends or the
// test does.
func stream(ctx context.Context, t *testing.T, url, body string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", mimeStream)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	return response
}

// TestStopLetsRequestsEnd stops a server while a question is being answered:
// it is not ready any more, still serves while it lingers, and the question
// gets its answer.
func TestStopLetsRequestsEnd(t *testing.T) {
	begun, release := make(chan bool), make(chan bool)
	s := demoServer(t, stub{ask: func(ctx context.Context, r answer.Request, _ func(answer.Event)) (*answer.Answer, error) {
		close(begun)
		select {
		case <-release:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		return said(r), nil
	}}, func(c *Config) { c.Limits.Linger = 300 * time.Millisecond })
	address, stop, ended := listening(t, s)
	answered := make(chan bool)
	go func() {
		defer close(answered)
		if status, body := over(t, "POST", address+"/api/v1/ask", `{"question": "q"}`, "application/json"); status != 200 {
			t.Errorf("the question: %d %s", status, body)
		}
	}()
	<-begun
	stop()
	for !s.closing.Load() {
		time.Sleep(time.Millisecond)
	}
	if status, body := over(t, "GET", address+"/readyz", "", "*/*"); status != 503 || !strings.Contains(body, `"stopping"`) {
		t.Errorf("readiness: %d %s", status, body)
	}
	if status, _ := over(t, "GET", address+"/healthz", "", "*/*"); status != 200 {
		t.Errorf("alive: %d", status)
	}
	time.Sleep(400 * time.Millisecond)
	close(release)
	<-answered
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestStopCancelsWhatDoesNotEnd stops a server whose question would go on for
// ever.
func TestStopCancelsWhatDoesNotEnd(t *testing.T) {
	for _, accept := range []string{"application/json", "text/event-stream"} {
		begun := make(chan bool)
		s := demoServer(t, stub{ask: func(ctx context.Context, _ answer.Request, _ func(answer.Event)) (*answer.Answer, error) {
			close(begun)
			<-ctx.Done()
			return nil, ctx.Err()
		}}, func(c *Config) { c.Limits.Drain = 50 * time.Millisecond })
		address, stop, ended := listening(t, s)
		answered := make(chan bool)
		go func() {
			defer close(answered)
			if _, body := over(t, "POST", address+"/api/v1/ask", `{"question": "q"}`, accept); !strings.Contains(body, `"code":"stopping"`) {
				t.Errorf("%s: %s", accept, body)
			}
		}()
		<-begun
		stop()
		<-answered
		if err := <-ended; err != nil {
			t.Errorf("%s: %v", accept, err)
		}
	}
}

func TestDemoServesLoopbackOnly(t *testing.T) {
	listener, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Skip("no network to listen on:", err)
	}
	if err := demoServer(t, stub{}, nil).serve(t.Context(), listener); err == nil || !strings.Contains(err.Error(), "loopback") {
		t.Errorf("%v", err)
	}
	if _, err := listener.Accept(); err == nil {
		t.Error("the listener is still open")
	}
}

// TestSlowClientsAreCutOff opens a connection and sends half a request.
func TestSlowClientsAreCutOff(t *testing.T) {
	for name, half := range map[string]string{
		"headers": "POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\n",
		"body":    "POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"question\"",
	} {
		s := demoServer(t, stub{}, func(c *Config) { c.Limits.Read = 100 * time.Millisecond })
		address, stop, ended := listening(t, s)
		conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Write([]byte(half)); err != nil {
			t.Fatal(err)
		}
		if err := conn.SetReadDeadline(time.Now().Add(5 * time.Second)); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(conn); err != nil {
			t.Errorf("%s: the connection stays: %v", name, err)
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}
