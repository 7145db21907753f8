package llm

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// maxReply bounds the bytes of a response, thinking and frames of the stream
// included.
const maxReply = 4 << 20

// errTooLong says that a response went over maxReply.
var errTooLong = errors.New("the response is too long")

// transport carries requests of the client library to an endpoint. It writes
// temperature 0 into them, which the library leaves out, and the limit of tokens
// under the name that the endpoint knows, bounds the response, and keeps how long
// a busy endpoint wants to be left alone, which the library does not tell.
type transport struct {
	next  http.RoundTripper
	after *time.Duration // Retry-After of the last response
	warm  bool           // no temperature is sent

	legacy bool // the limit is called max_tokens
}

// newRoundTripper opens the way to an endpoint. It follows no redirect, since a
// redirect would carry the key elsewhere.
func newRoundTripper(e *Endpoint) (*http.Transport, error) {
	t := &http.Transport{ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 8, IdleConnTimeout: time.Minute, TLSHandshakeTimeout: 8 * time.Second, MaxResponseHeaderBytes: 64 << 10}
	if e.Proxy != "" {
		u, err := url.Parse(e.Proxy)
		if err != nil {
			return nil, err
		}
		t.Proxy = http.ProxyURL(u)
	}
	if len(e.ca) > 0 {
		pool := x509.NewCertPool()
		if !pool.AppendCertsFromPEM(e.ca) {
			return nil, errors.New("ca_file holds no certificate")
		}
		t.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	return t, nil
}

// RoundTrip sends one request.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	r, err := t.adjust(r)
	if err != nil {
		return nil, err
	}
	resp, err := t.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	*t.after = retryAfter(resp.Header.Get("Retry-After"), time.Now())
	resp.Body = &boundedBody{resp.Body, maxReply}
	return resp, nil
}

// adjust rewrites a request's body.
func (t transport) adjust(r *http.Request) (*http.Request, error) {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, err
	}
	if !t.warm {
		fields["temperature"] = json.RawMessage("0")
	}
	if limit, ok := fields["max_completion_tokens"]; ok && t.legacy {
		fields["max_tokens"] = limit
		delete(fields, "max_completion_tokens")
	}
	if raw, err = json.Marshal(fields); err != nil {
		return nil, err
	}
	r = r.Clone(r.Context())
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(raw)), int64(len(raw))
	r.GetBody = nil
	return r, nil
}

// retryAfter reads seconds or a date (RFC 9110, 10.2.3); 0 for neither.
func retryAfter(text string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(text); err == nil && n > 0 {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}

// boundedBody fails when more is read than allowed.
type boundedBody struct {
	io.ReadCloser
	left int
}

func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLong
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
