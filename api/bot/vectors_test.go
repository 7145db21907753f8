package bot

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// vectors are samples that the vendors published, or that follow from the
// formula they published.
type vectors struct {
	DingtalkSign []struct{ Secret, Timestamp, Sign string } `json:"dingtalk_header_sign"`
	Dingtalk     sealVector                                 `json:"dingtalk_encrypted_callback"`
	FeishuSealed struct {
		Key     string `json:"encrypt_key"`
		Encrypt string `json:"encrypt"`
		Plain   string `json:"plaintext"`
	} `json:"feishu_decrypt"`
	FeishuSign struct {
		Timestamp, Nonce, Body, Signature string
		Key                               string `json:"encrypt_key"`
	} `json:"feishu_event_signature"`
	Wecom []sealVector `json:"wecom"`
}

type sealVector struct {
	Token, Timestamp, Nonce, Encrypt, Signature string
	Key                                         string `json:"encoding_aes_key"`
	DingtalkKey                                 string `json:"aes_key"`
	Corp                                        string `json:"corp_id"`
	Receive                                     string `json:"receive_id"`
	Plain                                       string `json:"plaintext"`
	Contains                                    string `json:"plaintext_contains"`
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	b, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// flips calls f with every text that differs from s by one bit.
func flips(s string, f func(string)) {
	for i := range len(s) * 8 {
		b := []byte(s)
		b[i/8] ^= 1 << (i % 8)
		f(string(b))
	}
}

// eachFlip checks that ok holds for the parts as they are and for no part with
// one bit changed.
func eachFlip(t *testing.T, parts []string, ok func(parts []string) bool) {
	t.Helper()
	if !ok(parts) {
		t.Fatalf("the vector itself is refused: %.80q", parts)
	}
	for i := range parts {
		flips(parts[i], func(changed string) {
			p := append([]string{}, parts...)
			p[i] = changed
			if ok(p) {
				t.Errorf("part %d is taken as %.80q instead of %.80q", i, changed, parts[i])
			}
		})
	}
}

func TestVectorsDingtalkHeader(t *testing.T) {
	for _, v := range readVectors(t).DingtalkSign {
		n, err := strconv.ParseInt(v.Timestamp, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		eachFlip(t, []string{v.Timestamp, v.Sign}, func(p []string) bool {
			return dingtalkVerify(p[0], p[1], v.Secret, time.UnixMilli(n)) == nil
		})
		for off, ok := range map[time.Duration]bool{4 * time.Minute: true, -4 * time.Minute: true, 6 * time.Minute: false, -6 * time.Minute: false} {
			if err := dingtalkVerify(v.Timestamp, v.Sign, v.Secret, time.UnixMilli(n).Add(off)); (err == nil) != ok {
				t.Errorf("a clock %v off: %v", off, err)
			}
		}
		if dingtalkVerify(v.Timestamp, dingtalkSign(v.Timestamp, ""), "", time.UnixMilli(n)) == nil {
			t.Error("an empty secret signs")
		}
	}
}

func TestVectorsSeals(t *testing.T) {
	all := readVectors(t)
	for _, v := range append(all.Wecom, all.Dingtalk) {
		s, err := newSeal(v.Token, v.Key+v.DingtalkKey, v.Corp+v.Receive)
		if err != nil {
			t.Fatal(err)
		}
		eachFlip(t, []string{v.Signature, v.Timestamp, v.Nonce, v.Encrypt}, func(p []string) bool {
			_, err := s.open(p[0], p[1], p[2], p[3])
			return err == nil
		})
		plain, err := s.open(v.Signature, v.Timestamp, v.Nonce, v.Encrypt)
		if err != nil {
			t.Fatal(err)
		}
		if v.Plain != "" && string(plain) != v.Plain || !strings.Contains(string(plain), v.Contains) {
			t.Errorf("opened %q", plain)
		}
		other, err := newSeal(v.Token, v.Key+v.DingtalkKey, "somebody else")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := other.open(v.Signature, v.Timestamp, v.Nonce, v.Encrypt); !errors.Is(err, ErrForged) {
			t.Errorf("a message for another receiver is taken: %v", err)
		}
		flips(v.Encrypt, func(sealed string) { // under a right signature too: no panic, and one error for all
			if _, err := s.open(s.sign(v.Timestamp, v.Nonce, sealed), v.Timestamp, v.Nonce, sealed); err != nil && err != ErrForged {
				t.Errorf("the error says more: %v", err)
			}
		})
		again, err := s.shut([16]byte{1, 2, 3}, plain)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := s.open(s.sign("1", "2", again), "1", "2", again); err != nil || string(back) != string(plain) {
			t.Errorf("sealed and opened: %q, %v", back, err)
		}
	}
}

func TestVectorsFeishu(t *testing.T) {
	v := readVectors(t)
	plain, err := feishuDecrypt(v.FeishuSealed.Encrypt, v.FeishuSealed.Key)
	if err != nil || string(plain) != v.FeishuSealed.Plain {
		t.Errorf("opened %q, %v", plain, err)
	}
	s := v.FeishuSign
	n, err := strconv.ParseInt(s.Timestamp, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	eachFlip(t, []string{s.Timestamp, s.Nonce, s.Signature, s.Body}, func(p []string) bool {
		return feishuVerify(feishuHeaders{p[0], p[1], p[2]}, s.Key, []byte(p[3]), time.Unix(n, 0)) == nil
	})
	for off, ok := range map[time.Duration]bool{4 * time.Minute: true, -4 * time.Minute: true, 6 * time.Minute: false, -6 * time.Minute: false} {
		if err := feishuVerify(feishuHeaders{s.Timestamp, s.Nonce, s.Signature}, s.Key, []byte(s.Body), time.Unix(n, 0).Add(off)); (err == nil) != ok {
			t.Errorf("a clock %v off: %v", off, err)
		}
	}
	if feishuVerify(feishuHeaders{s.Timestamp, s.Nonce, feishuSign(s.Timestamp, s.Nonce, "", []byte(s.Body))}, "", []byte(s.Body), time.Unix(n, 0)) == nil {
		t.Error("an empty key signs")
	}
}

// TestBadPaddingHasOneError seals what the vendor never would.
func TestBadPaddingHasOneError(t *testing.T) {
	s, err := newSeal("token-of-sixteen", strings.Repeat("k", 43), "corp")
	if err != nil {
		t.Fatal(err)
	}
	for _, sealed := range []string{"", "AAAA", strings.Repeat("A", 43) + "=", strings.Repeat("AAAA", 16), "####"} {
		if _, err := s.open(s.sign("1", "2", sealed), "1", "2", sealed); err != ErrForged {
			t.Errorf("%q: %v", sealed, err)
		}
	}
}

// TestSealedNonsenseIsRefused has a right seal around what is no message.
func TestSealedNonsenseIsRefused(t *testing.T) {
	w := opened(t, wecomVendor, Settings{
		Secrets: map[string]string{"token": "token-of-sixteen", "aes_key": strings.Repeat("k", 43)}, Options: map[string]string{"connection": "callback"},
	}).(*wecom)
	sealed, err := w.seal.shut([16]byte{}, []byte(`{"msgid":"1","from":{"userid":`))
	if err != nil {
		t.Fatal(err)
	}
	r := Request{Method: http.MethodPost, Body: []byte(`{"encrypt":"` + sealed + `"}`), Query: url.Values{
		"timestamp": {"1767225600"}, "nonce": {"n"}, "msg_signature": {w.seal.sign("1767225600", "n", sealed)},
	}}
	if err := w.Verify(r, time.Unix(1767225600, 0)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Decode(r); err == nil {
		t.Error("half a message is taken")
	}
}

// opened opens a channel of a vendor.
func opened(t *testing.T, v Vendor, s Settings) Channel {
	t.Helper()
	c, err := v.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
