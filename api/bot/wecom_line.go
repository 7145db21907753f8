package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
)

// The commands of the long connection.
const (
	wecomSubscribe   = "aibot_subscribe"
	wecomPing        = "ping"
	wecomSaid        = "aibot_msg_callback"
	wecomHappened    = "aibot_event_callback"
	wecomRespond     = "aibot_respond_msg"
	wecomWelcome     = "aibot_respond_welcome_msg"
	wecomPush        = "aibot_send_msg"
	wecomUploadStart = "aibot_upload_media_init"
	wecomUploadPart  = "aibot_upload_media_chunk"
	wecomUploadEnd   = "aibot_upload_media_finish"
)

// wecomAckWithin is how long an acknowledgement may take.
const wecomAckWithin = 5 * time.Second

// wecomFrame is one frame in either direction. An acknowledgement has no
// command and the id of what it is for.
type wecomFrame struct {
	Command string          `json:"cmd,omitempty"`
	Headers wecomHeaders    `json:"headers"`
	Body    json.RawMessage `json:"body,omitempty"`
	wecomVerdict
}

// MarshalJSON leaves the verdict out of what we send.
func (f wecomFrame) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Command string          `json:"cmd,omitempty"`
		Headers wecomHeaders    `json:"headers"`
		Body    json.RawMessage `json:"body,omitempty"`
	}{f.Command, f.Headers, f.Body})
}

type wecomHeaders struct {
	Request string `json:"req_id"`
}

// wecomLine is the long connection as those who send see it. Frames under one
// id go one after the other, each when the one before is acknowledged.
type wecomLine struct {
	count  atomic.Int64
	within time.Duration // for an acknowledgement; 0 is wecomAckWithin

	mu      sync.Mutex
	conn    *websocket.Conn // nil while there is none
	ready   bool            // it is subscribed
	waiting map[string]chan wecomFrame
}

// use makes conn the connection; nil ends what waits for an acknowledgement.
func (l *wecomLine) use(conn *websocket.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conn, l.ready = conn, false
	if conn == nil {
		for _, c := range l.waiting {
			close(c)
		}
		l.waiting = nil
	}
}

// open lets others than the subscription send.
func (l *wecomLine) open() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ready = l.conn != nil
}

// fresh is an id of a frame of ours.
func (l *wecomLine) fresh(command string) string {
	return fmt.Sprintf("%s_%d_%s", command, time.Now().UnixMilli(), strconv.FormatInt(l.count.Add(1), 36))
}

// ask sends a frame and returns its acknowledgement.
func (l *wecomLine) ask(ctx context.Context, command, id string, body any) (wecomFrame, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return wecomFrame{}, Failure{Code: "encode", Never: true, Cause: err}
	}
	out, err := json.Marshal(wecomFrame{Command: command, Headers: wecomHeaders{id}, Body: b})
	if err != nil {
		return wecomFrame{}, Failure{Code: "encode", Never: true, Cause: err}
	}
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(l.within, wecomAckWithin))
	defer cancel()
	conn, ack, err := l.enter(ctx, id, command == wecomSubscribe)
	if err != nil {
		return wecomFrame{}, err
	}
	defer l.leave(id, ack)
	if err := conn.Write(ctx, websocket.MessageText, out); err != nil {
		return wecomFrame{}, Failure{Code: "network", Unsure: true, Cause: err}
	}
	select {
	case f, ok := <-ack:
		if !ok {
			return f, Failure{Code: "disconnected", Unsure: true}
		}
		if failure := f.failure(); failure != nil {
			return f, *failure
		}
		return f, nil
	case <-ctx.Done():
		return wecomFrame{}, Failure{Code: "no_ack", Unsure: true, Cause: ctx.Err()}
	}
}

// enter waits for its turn under an id.
func (l *wecomLine) enter(ctx context.Context, id string, subscribes bool) (*websocket.Conn, chan wecomFrame, error) {
	for {
		l.mu.Lock()
		if l.conn == nil || !l.ready && !subscribes {
			l.mu.Unlock()
			return nil, nil, Failure{Code: "not_connected", After: 2 * time.Second}
		}
		if _, busy := l.waiting[id]; !busy {
			if l.waiting == nil {
				l.waiting = map[string]chan wecomFrame{}
			}
			ack := make(chan wecomFrame, 1)
			l.waiting[id] = ack
			conn := l.conn
			l.mu.Unlock()
			return conn, ack, nil
		}
		l.mu.Unlock()
		select {
		case <-ctx.Done():
			return nil, nil, Failure{Code: "no_ack", After: time.Second, Cause: ctx.Err()}
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (l *wecomLine) leave(id string, ack chan wecomFrame) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.waiting[id] == ack {
		delete(l.waiting, id)
	}
}

// acknowledged hands an acknowledgement to who waits for it.
func (l *wecomLine) acknowledged(f wecomFrame) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c, ok := l.waiting[f.Headers.Request]; ok {
		select {
		case c <- f:
		default: // a second one for the same frame
		}
	}
}

// errReplaced says that another connection of the same bot took over. Two that
// take over from each other would lose messages, so this one waits.
var errReplaced = errors.New("another connection took over: one process may hold it")

// Listen holds the long connection. Where messages come by callback there is
// none.
func (w *wecom) Listen(ctx context.Context, accept func(context.Context, Receipt) (Receipt, error)) error {
	if !w.listens {
		w.tether.connected.Store(true)
		<-ctx.Done()
		return nil
	}
	w.tether.session = func(ctx context.Context, up func()) error {
		err := w.serve(ctx, up, accept)
		if errors.Is(err, errReplaced) {
			select {
			case <-ctx.Done():
			case <-time.After(wecomYield):
			}
		}
		return err
	}
	return w.tether.keep(ctx)
}

// wecomYield is how long a connection that was replaced leaves the other one
// alone.
var wecomYield = 2 * time.Minute

// serve opens one connection, subscribes and serves it.
func (w *wecom) serve(ctx context.Context, up func(), accept func(context.Context, Receipt) (Receipt, error)) error {
	address := wecomSocket
	if isLoopback(w.base) {
		address = w.base.String()
	}
	conn, _, err := websocket.Dial(ctx, address, &websocket.DialOptions{HTTPClient: w.client})
	if err != nil {
		return fmt.Errorf("dial WeCom: %w", withoutURL(err))
	}
	defer conn.CloseNow()
	w.line.use(conn)
	defer w.line.use(nil)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		_, err := w.line.ask(ctx, wecomSubscribe, w.line.fresh(wecomSubscribe), map[string]string{"bot_id": w.bot, "secret": w.settings.Secrets["secret"]})
		if err != nil {
			cancel(fmt.Errorf("subscribe: %w", err))
			return
		}
		w.line.open()
		up()
		cancel(beat(ctx, 30*time.Second, func(ctx context.Context) error {
			_, err := w.line.ask(ctx, wecomPing, w.line.fresh(wecomPing), struct{}{})
			return err
		}))
	}()
	return frames(ctx, conn, func(ctx context.Context, _ websocket.MessageType, b []byte) error { return w.frame(ctx, b, accept) })
}

// frame handles one frame. WeCom has no acknowledgement of what it sends and
// sends it once: what cannot be taken ends the connection, loudly.
func (w *wecom) frame(ctx context.Context, b []byte, accept func(context.Context, Receipt) (Receipt, error)) error {
	var f wecomFrame
	if err := json.Unmarshal(b, &f); err != nil {
		return fmt.Errorf("decode a frame of WeCom: %w", err)
	}
	if f.Command == "" {
		w.line.acknowledged(f)
		return nil
	}
	if f.Command != wecomSaid && f.Command != wecomHappened {
		return nil
	}
	m, err := wecomDecode(f.Body)
	if err != nil {
		return fmt.Errorf("decode a message of WeCom: %w", err)
	}
	if m.Event.Type == wecomReplaced {
		return errReplaced
	}
	r := Receipt{Events: w.events(m, f.Headers.Request)}
	for try := 0; ; try++ {
		if _, err = accept(ctx, r); err == nil || try == 4 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(1<<try) * 100 * time.Millisecond):
		}
	}
}
