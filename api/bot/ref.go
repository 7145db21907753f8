package bot

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// signer signs what comes back from chats: references of buttons and links that
// join accounts. Its key follows from the secrets of the bot, so that every
// replica has the same; new secrets make old buttons stale.
type signer struct{ key []byte }

func newSigner(name string, secrets map[string]string) (signer, error) {
	var all []byte
	for _, k := range slices.Sorted(maps.Keys(secrets)) {
		all = append(all, k+"\x00"+secrets[k]+"\x00"...)
	}
	key, err := hkdf.Key(sha256.New, all, nil, "wenshu bot "+name, sha256.Size)
	return signer{key}, err
}

func (s signer) mac(purpose, text string) string {
	h := hmac.New(sha256.New, s.key)
	h.Write([]byte(purpose + "\x00" + text))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:16])
}

// ref is the reference of the n-th button of a message.
func (s signer) ref(key string, n int) string {
	text := key + "." + strconv.Itoa(n)
	return text + "." + s.mac("ref", text)
}

var errRef = errors.New("the reference is not one of ours")

// readRef returns which button of which message a reference is of.
func (s signer) readRef(ref string) (key string, n int, err error) {
	i := strings.LastIndexByte(ref, '.')
	if i < 0 || !hmac.Equal([]byte(ref[i+1:]), []byte(s.mac("ref", ref[:i]))) {
		return "", 0, errRef
	}
	key, number, ok := strings.Cut(ref[:i], ".")
	if n, err = strconv.Atoi(number); err != nil || !ok {
		return "", 0, errRef
	}
	return key, n, nil
}

// stopRef is the reference of the button that stops what is answered in a lane. It
// is good for whoever asked.
func (s signer) stopRef(lane string, p Person) string {
	text := lane + "." + s.mac("person", p.Tenant+"\x00"+p.User)
	return text + "." + s.mac("stop", text)
}

// readStop returns the lane that a reference stops, and whether it is good for a
// person.
func (s signer) readStop(ref string, p Person) (lane string, own bool, err error) {
	i := strings.LastIndexByte(ref, '.')
	if i < 0 || !hmac.Equal([]byte(ref[i+1:]), []byte(s.mac("stop", ref[:i]))) {
		return "", false, errRef
	}
	lane, who, _ := strings.Cut(ref[:i], ".")
	return lane, who == s.mac("person", p.Tenant+"\x00"+p.User), nil
}

// claim is what a link says: this person of a chat asks to be joined with
// whoever signs in.
type claim struct {
	Bot    string    `json:"bot"`
	Tenant string    `json:"tenant"`
	User   string    `json:"user"`
	Name   string    `json:"name"`
	Lang   string    `json:"lang"`
	Until  time.Time `json:"until"`
}

// token is a claim with its signature.
func (s signer) token(c claim) (string, error) {
	body, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("write link: %w", err)
	}
	text := base64.RawURLEncoding.EncodeToString(body)
	return text + "." + s.mac("link", text), nil
}

var errLink = errors.New("the link is not one of ours or too old")

// readToken returns the claim of a link that holds now.
func (s signer) readToken(token string, now time.Time) (c claim, err error) {
	text, mac, _ := strings.Cut(token, ".")
	if !hmac.Equal([]byte(mac), []byte(s.mac("link", text))) {
		return c, errLink
	}
	body, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(body, &c) != nil || !now.Before(c.Until) {
		return c, errLink
	}
	return c, nil
}

// newKey is a key of a message: 96 random bits.
func newKey() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails (Go 1.24)
	return base64.RawURLEncoding.EncodeToString(b[:])
}
