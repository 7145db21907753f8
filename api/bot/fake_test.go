package bot

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"
)

// shown is one message that a fake vendor shows somebody.
type shown struct {
	ID      string
	Chat    string // of a group or of a person
	Private bool   // to one person
	To      string // the person a stream answers, where the vendor does not say
	Kind    string // markdown, card, image, file
	Body    string // as it was sent
}

// vendorServer is what the fakes of the three vendors share: what they show,
// and the next calls that they fail.
type vendorServer struct {
	t    *testing.T
	http *httptest.Server

	mu       sync.Mutex
	messages []shown
	files    [][]byte                      // that were uploaded
	failures []func(w http.ResponseWriter) // of the next calls that send
	calls    map[string]int                // by path
	conns    map[*websocket.Conn]bool      // that are open
}

// start serves until the test ends.
func (f *vendorServer) start(t *testing.T, mux *http.ServeMux) {
	f.t, f.calls, f.conns = t, map[string]int{}, map[*websocket.Conn]bool{}
	f.http = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		f.calls[r.Method+" "+r.URL.Path]++
		f.mu.Unlock()
		mux.ServeHTTP(w, r)
	}))
	f.http.Start() // handlers read f.http
	t.Cleanup(f.http.Close)
}

// socket is the address of a path for a websocket.
func (f *vendorServer) socket(path string) string {
	return "ws" + strings.TrimPrefix(f.http.URL, "http") + path
}

// listen accepts a connection and calls read for every frame until it ends.
func (f *vendorServer) listen(w http.ResponseWriter, r *http.Request, read func(*websocket.Conn, websocket.MessageType, []byte)) {
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	defer conn.CloseNow()
	f.mu.Lock()
	f.conns[conn] = true
	f.mu.Unlock()
	for {
		kind, frame, err := conn.Read(r.Context())
		if err != nil {
			break
		}
		read(conn, kind, frame)
	}
	f.mu.Lock()
	delete(f.conns, conn)
	f.mu.Unlock()
}

// connection waits for one.
func (f *vendorServer) connection() (conn *websocket.Conn) {
	f.t.Helper()
	until(f.t, "a connection", func() bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		for conn = range f.conns {
			return true
		}
		return false
	})
	return conn
}

func (f *vendorServer) show(m shown) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.messages = append(f.messages, m)
}

// change gives a message another body; false when there is none of the id.
func (f *vendorServer) change(id, body string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.messages {
		if f.messages[i].ID == id {
			f.messages[i].Body = body
			return true
		}
	}
	return false
}

// keep keeps an uploaded file.
func (f *vendorServer) keep(file []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.files = append(f.files, file)
}

// kept are the files that were uploaded, in order.
func (f *vendorServer) kept() [][]byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([][]byte{}, f.files...)
}

// progress notes that a sign of progress was shown.
func (f *vendorServer) progress() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls["progress"]++
}

// hang lets the next call that sends wait until the test ends.
func (f *vendorServer) hang() (reached <-chan struct{}) {
	c, ended := make(chan struct{}), make(chan struct{})
	f.t.Cleanup(func() { close(ended) })
	f.fail(func(http.ResponseWriter) {
		close(c)
		<-ended
	})
	return c
}

// fail makes the next calls that send fail, one by one.
func (f *vendorServer) fail(how ...func(http.ResponseWriter)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failures = append(f.failures, how...)
}

// failing answers a call with the next failure, if there is one.
func (f *vendorServer) failing(w http.ResponseWriter) bool {
	f.mu.Lock()
	var how func(http.ResponseWriter)
	if len(f.failures) > 0 {
		how, f.failures = f.failures[0], f.failures[1:]
	}
	f.mu.Unlock()
	if how == nil {
		return false
	}
	how(w)
	return true
}

func status(code int, body string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(code)
		_, _ = w.Write([]byte(body))
	}
}

// shows waits until n messages are there.
func (f *vendorServer) shows(n int) (list []shown) {
	f.t.Helper()
	until(f.t, fmt.Sprint(n, " messages"), func() bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		list = append([]shown{}, f.messages...)
		return len(list) >= n
	})
	return list
}

// called says how often a path was called.
func (f *vendorServer) called(path string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[path]
}

// body reads a request of JSON.
func (f *vendorServer) body(r *http.Request, into any) {
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		f.t.Errorf("%s: %v", r.URL.Path, err)
	}
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}
