package bot

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// dingtalkSeal is the seal of callbacks whose bodies are encrypted; nil when
// neither of its secrets is there.
func dingtalkSeal(s Settings) (*seal, error) {
	token, key := s.Secrets["token"], s.Secrets["aes_key"]
	switch {
	case token == "" && key == "":
		return nil, nil
	case token == "" || key == "":
		return nil, errors.New("encrypted callbacks need both token and aes_key")
	case s.Options["connection"] != "callback":
		return nil, errors.New("token and aes_key are for connection = callback")
	}
	sealed, err := newSeal(token, key, cmp.Or(s.Options["receive_id"], s.Options["client_id"]))
	return &sealed, err
}

// dingtalkSealed is a sealed body, ours as well as theirs.
type dingtalkSealed struct {
	Signature string `json:"msg_signature,omitempty"`
	Timestamp string `json:"timeStamp,omitempty"`
	Nonce     string `json:"nonce,omitempty"`
	Encrypt   string `json:"encrypt"`
}

// unseal opens a callback whose body is encrypted. Its signature covers the
// body, unlike that in the header.
func (d *dingtalk) unseal(r Request) ([]byte, error) {
	var e dingtalkSealed
	if err := json.Unmarshal(r.Body, &e); err != nil {
		return nil, fmt.Errorf("%w: the body is not encrypted", ErrForged)
	}
	signature := cmp.Or(r.Query.Get("msg_signature"), r.Query.Get("signature"))
	return d.seal.open(signature, r.Query.Get("timestamp"), r.Query.Get("nonce"), e.Encrypt)
}

// Verify opens the seal of a callback, or checks the signature in its header
// where there is none.
func (d *dingtalk) Verify(r Request, now time.Time) error {
	switch {
	case d.listens:
		return ErrForged
	case d.seal == nil:
		return dingtalkVerify(r.Header.Get("Timestamp"), r.Header.Get("Sign"), d.secret, now)
	}
	if _, err := d.unseal(r); err != nil {
		return err
	}
	return lately(r.Query.Get("timestamp"), time.Millisecond, now)
}

// Decode reads what came by callback: a message, a press of a card's button, or
// the test of the address. A sealed one is answered by the sealed word success.
func (d *dingtalk) Decode(r Request) (Receipt, error) {
	if d.seal == nil {
		return d.called(r.Body)
	}
	body, err := d.unseal(r)
	if err != nil {
		return Receipt{}, err
	}
	out, err := d.called(body)
	if err != nil {
		return out, err
	}
	stamp, nonce := r.Query.Get("timestamp"), r.Query.Get("nonce")
	sealed, err := d.seal.shutFor(stamp, nonce, []byte("success"))
	if err != nil {
		return out, err
	}
	out.Type = "application/json"
	out.Reply, err = json.Marshal(dingtalkSealed{d.seal.sign(stamp, nonce, sealed), stamp, nonce, sealed})
	return out, err
}

// called reads the body of a callback.
func (d *dingtalk) called(body []byte) (Receipt, error) {
	var kind struct {
		Track string `json:"outTrackId"` // of a card
	}
	if err := json.Unmarshal(body, &kind); err != nil {
		return Receipt{}, fmt.Errorf("decode a callback: %w", err)
	}
	if kind.Track != "" {
		return d.card(shortKey(string(body)), body)
	}
	return d.message(body)
}
