package bot

import (
	"errors"
	"strconv"
	"time"

	"google.golang.org/protobuf/encoding/protowire"
)

// feishuFrame is one binary frame of the long connection, a message of
// Protocol Buffers.
type feishuFrame struct {
	Seq, Log  uint64
	Service   int32
	Method    int32 // 0 control, 1 data
	Headers   []feishuHeader
	Encoding  string
	Type      string
	Payload   []byte
	LogString string
}

type feishuHeader struct{ Key, Value string }

var errFrame = errors.New("the frame is no message of Feishu's")

func (f feishuFrame) header(key string) string {
	for _, h := range f.Headers {
		if h.Key == key {
			return h.Value
		}
	}
	return ""
}

// encode writes the frame. The first four fields are required and are written
// even when they are zero.
func (f feishuFrame) encode() []byte {
	var b []byte
	for i, n := range []uint64{f.Seq, f.Log, uint64(f.Service), uint64(f.Method)} {
		b = protowire.AppendVarint(protowire.AppendTag(b, protowire.Number(i+1), protowire.VarintType), n)
	}
	for _, h := range f.Headers {
		var inner []byte
		inner = appendText(inner, 1, h.Key)
		inner = appendText(inner, 2, h.Value)
		b = protowire.AppendBytes(protowire.AppendTag(b, 5, protowire.BytesType), inner)
	}
	if f.Encoding != "" {
		b = appendText(b, 6, f.Encoding)
	}
	if f.Type != "" {
		b = appendText(b, 7, f.Type)
	}
	if f.Payload != nil {
		b = protowire.AppendBytes(protowire.AppendTag(b, 8, protowire.BytesType), f.Payload)
	}
	if f.LogString != "" {
		b = appendText(b, 9, f.LogString)
	}
	return b
}

func appendText(b []byte, number protowire.Number, s string) []byte {
	return protowire.AppendString(protowire.AppendTag(b, number, protowire.BytesType), s)
}

// feishuDecodeFrame reads a frame; fields that it does not know are passed over.
func feishuDecodeFrame(b []byte) (feishuFrame, error) {
	var f feishuFrame
	err := fields(b, func(number protowire.Number, n uint64, text []byte) error {
		switch number {
		case 1:
			f.Seq = n
		case 2:
			f.Log = n
		case 3:
			f.Service = int32(n)
		case 4:
			f.Method = int32(n)
		case 5:
			h, err := feishuDecodeHeader(text)
			f.Headers = append(f.Headers, h)
			return err
		case 6:
			f.Encoding = string(text)
		case 7:
			f.Type = string(text)
		case 8:
			f.Payload = append([]byte{}, text...)
		case 9:
			f.LogString = string(text)
		}
		return nil
	})
	return f, err
}

func feishuDecodeHeader(b []byte) (feishuHeader, error) {
	var h feishuHeader
	err := fields(b, func(number protowire.Number, _ uint64, text []byte) error {
		switch number {
		case 1:
			h.Key = string(text)
		case 2:
			h.Value = string(text)
		}
		return nil
	})
	return h, err
}

// fields walks the fields of a message: a number or bytes, as the wire type says.
func fields(b []byte, field func(number protowire.Number, n uint64, text []byte) error) error {
	for len(b) > 0 {
		number, kind, size := protowire.ConsumeTag(b)
		if size < 0 {
			return errFrame
		}
		b = b[size:]
		var n uint64
		var text []byte
		switch kind {
		case protowire.VarintType:
			n, size = protowire.ConsumeVarint(b)
		case protowire.BytesType:
			text, size = protowire.ConsumeBytes(b)
		default:
			size = protowire.ConsumeFieldValue(number, kind, b)
		}
		if size < 0 {
			return errFrame
		}
		b = b[size:]
		if err := field(number, n, text); err != nil {
			return err
		}
	}
	return nil
}

// The parts of one event must come together within this time, and no event has
// more of them than this.
const (
	feishuTogether = 5 * time.Second
	feishuMaxParts = 64
)

// feishuParts puts events together that came in several frames. It is not safe
// for concurrent use.
type feishuParts struct {
	open map[string]*feishuOpenEvent
}

type feishuOpenEvent struct {
	parts [][]byte
	since time.Time
}

// add returns the whole event once its last part is there, and nil before.
func (p *feishuParts) add(f feishuFrame, now time.Time) ([]byte, error) {
	sum, err1 := strconv.Atoi(f.header("sum"))
	seq, err2 := strconv.Atoi(f.header("seq"))
	if err1 != nil || err2 != nil || sum < 1 || sum > feishuMaxParts || seq < 0 || seq >= sum {
		return nil, errFrame
	}
	if sum == 1 {
		return f.Payload, nil
	}
	for id, e := range p.open {
		if now.Sub(e.since) > feishuTogether {
			delete(p.open, id)
		}
	}
	id := f.header("message_id")
	e := p.open[id]
	if e == nil {
		e = &feishuOpenEvent{make([][]byte, sum), now}
		if p.open == nil {
			p.open = map[string]*feishuOpenEvent{}
		}
		p.open[id] = e
	}
	if len(e.parts) != sum {
		return nil, errFrame
	}
	e.parts[seq] = append([]byte{}, f.Payload...)
	var whole []byte
	for _, part := range e.parts {
		if part == nil {
			return nil, nil
		}
		whole = append(whole, part...)
	}
	delete(p.open, id)
	return whole, nil
}
