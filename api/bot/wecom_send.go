package bot

import (
	"context"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"
)

// wecomTakenWithin is how long an answer waits for the vendor to come and get
// it before it goes another way. It asks about once a second.
const wecomTakenWithin = 15 * time.Second

// Send makes the one call there is, with the picture that stands behind it.
func (w *wecom) Send(ctx context.Context, m Message, calls []Call) (string, error) {
	if len(calls) == 0 {
		return "", Failure{Code: "no_call", Never: true}
	}
	c := calls[0]
	if kind, ok := strings.CutPrefix(c.Method, "upload."); ok {
		return w.sendFile(ctx, m, kind, c.Body)
	}
	var body wecomBody
	if err := json.Unmarshal(c.Body, &body); err != nil {
		return "", err
	}
	if len(calls) > 1 {
		body.picture = calls[1].Body
	}
	if !w.listens {
		return "", w.answer(ctx, m, body)
	}
	return w.sendBody(ctx, m, body)
}

// ended is the body as the end of a stream.
func (b wecomBody) ended(id string) piece {
	s := wecomStream{ID: id, Finish: true, Content: b.Content}
	if b.Feedback != "" {
		s.Feedback = &wecomOpinion{b.Feedback}
	}
	if len(b.picture) > 0 {
		sum := md5.Sum(b.picture)
		s.Items = []piece{{"msgtype": "image", "image": piece{"base64": base64.StdEncoding.EncodeToString(b.picture), "md5": hex.EncodeToString(sum[:])}}}
	}
	p := wecomStreamOf(s)
	if b.Card != nil {
		p["msgtype"], p["template_card"] = "stream_with_template_card", b.Card
	}
	return p
}

// sendBody ends the stream that answers a message. A stream that is over, or
// that was never one, is a message of its own.
func (w *wecom) sendBody(ctx context.Context, m Message, body wecomBody) (string, error) {
	if way := w.way(m.To); way.Request != "" && way.Stream != "" {
		_, err := w.line.ask(ctx, wecomRespond, way.Request, body.ended(way.Stream))
		if !isOver(err) {
			return way.Stream, err
		}
	}
	_, err := w.push(ctx, m.To, piece{"msgtype": "markdown", "markdown": piece{"content": body.Content}})
	if err == nil && body.Card != nil {
		_, err = w.push(ctx, m.To, piece{"msgtype": "template_card", "template_card": body.Card})
	}
	return "", err
}

// isOver says that a request or a stream takes no more.
func isOver(err error) bool {
	var f Failure
	return errors.As(err, &f) && (f.Code == "846605" || f.Code == "846608")
}

// push sends a message that answers none.
func (w *wecom) push(ctx context.Context, to Address, body piece) (wecomFrame, error) {
	body["chatid"] = to.Chat
	if to.Private {
		body["chatid"] = to.User
	}
	return w.line.ask(ctx, wecomPush, w.line.fresh(wecomPush), body)
}

// wecomPart is how much of a file one frame carries, in bytes.
const wecomPart = 512 << 10

// sendFile uploads a file in parts and sends it.
func (w *wecom) sendFile(ctx context.Context, m Message, kind string, file []byte) (string, error) {
	sum := md5.Sum(file)
	parts := (len(file) + wecomPart - 1) / wecomPart
	start := piece{"type": kind, "filename": m.File.Name, "total_size": len(file), "total_chunks": parts, "md5": hex.EncodeToString(sum[:])}
	var in struct {
		Upload string `json:"upload_id"`
		Media  string `json:"media_id"`
	}
	if err := w.step(ctx, wecomUploadStart, start, &in); err != nil {
		return "", err
	}
	for i := range parts {
		part := file[i*wecomPart : min((i+1)*wecomPart, len(file))]
		if err := w.step(ctx, wecomUploadPart, piece{"upload_id": in.Upload, "chunk_index": i, "base64_data": base64.StdEncoding.EncodeToString(part)}, nil); err != nil {
			return "", err
		}
	}
	if err := w.step(ctx, wecomUploadEnd, piece{"upload_id": in.Upload}, &in); err != nil {
		return "", err
	}
	_, err := w.push(ctx, m.To, piece{"msgtype": kind, kind: piece{"media_id": in.Media}})
	return in.Media, err
}

// step sends one step of an upload. Nothing of it is seen, so it may be
// repeated.
func (w *wecom) step(ctx context.Context, command string, body, out any) error {
	f, err := w.line.ask(ctx, command, w.line.fresh(command), body)
	var failure Failure
	if errors.As(err, &failure) {
		failure.Unsure = false
		return failure
	}
	if err == nil && out != nil {
		err = json.Unmarshal(f.Body, out)
	}
	return err
}

// answer leaves an answer for the vendor to come and get, and posts it to the
// address of the callback when it does not come.
func (w *wecom) answer(ctx context.Context, m Message, body wecomBody) error {
	way := w.way(m.To)
	if way.Stream != "" {
		select {
		case <-w.streams.put(way.Stream, body.ended(way.Stream)):
			return nil
		case <-time.After(w.patience):
		case <-ctx.Done():
		}
		if !w.streams.drop(way.Stream) {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return Failure{Code: "not_taken", Cause: err}
		}
	}
	return w.respond(ctx, way, piece{"msgtype": "markdown", "markdown": piece{"content": body.Content}})
}

// Progress lets the stream that answers a message say how far it is. A stream
// that began must be ended. It takes one card, which is the answer's: how to stop
// is said in words.
func (w *wecom) Progress(ctx context.Context, to Address, show Working) (string, error) {
	way := w.way(to)
	if way.Stream == "" || !w.listens {
		return "", nil // the vendor was told so when it brought the message
	}
	_, err := w.line.ask(ctx, wecomRespond, way.Request, wecomStreamOf(wecomStream{ID: way.Stream, Content: plainMarkdown(show.Text + " " + show.Say)}))
	return way.Stream, err
}

// Greet says hello to somebody who opens their chat with the bot.
func (w *wecom) Greet(ctx context.Context, to Address, title string, questions []string) error {
	way := w.way(to)
	if !w.listens || way.Request == "" {
		return nil
	}
	text := title + "\n" + strings.Join(questions, "\n")
	_, err := w.line.ask(ctx, wecomWelcome, way.Request, piece{"msgtype": "text", "text": piece{"content": text}})
	return err
}
