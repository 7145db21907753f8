package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxReply is the longest reply that is read, in bytes.
const maxReply = 4 << 20

// caller calls a vendor's interface at one address. Redirects are not followed:
// they would carry a token to somebody else.
type caller struct {
	client *http.Client
	base   *url.URL
	// refused reads the vendor's own refusal out of a reply, nil when there is
	// none: most vendors refuse under the status 200.
	refused func(status int, body []byte) *Failure
}

// newCaller returns a caller of the address in the settings, or else of the
// vendor's own.
func newCaller(s Settings, own string, refused func(int, []byte) *Failure) (caller, error) {
	address := s.API
	if address == "" {
		address = own
	}
	base, err := url.Parse(strings.TrimRight(address, "/"))
	if err != nil || base.Host == "" {
		return caller{}, fmt.Errorf("the address %q is no URL", address)
	}
	if base.Scheme != "https" && !isLoopback(base) {
		return caller{}, fmt.Errorf("the address %q is not https", address)
	}
	client := s.HTTP
	if client == nil {
		client = &http.Client{Timeout: 20 * time.Second}
	}
	straight := *client
	straight.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return caller{client: &straight, base: base, refused: refused}, nil
}

// withClock are the settings with the clock of the machine where they have none.
func (s Settings) withClock() Settings {
	if s.Now == nil {
		s.Now = time.Now
	}
	return s
}

func isLoopback(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

// trusts says whether an address that came in a message or a reply may be
// called: it has TLS and is one of the vendor's hosts, or is where the vendor's
// interface itself was configured to be.
func (c caller) trusts(u *url.URL, hosts ...string) bool {
	if u.User != nil {
		return false
	}
	if isLoopback(c.base) && u.Hostname() == c.base.Hostname() {
		return true
	}
	if u.Scheme != "https" && u.Scheme != "wss" || u.Port() != "" && u.Port() != "443" {
		return false
	}
	for _, host := range hosts {
		if u.Hostname() == host || strings.HasPrefix(host, ".") && strings.HasSuffix(u.Hostname(), host) {
			return true
		}
	}
	return false
}

// call sends JSON to a path below the base, and reads the reply into out unless
// it is nil.
func (c caller) call(ctx context.Context, method, path string, header http.Header, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return Failure{Code: "encode", Never: true, Cause: err}
		}
		body = bytes.NewReader(b)
	}
	r, err := http.NewRequestWithContext(ctx, method, c.base.String()+path, body)
	if err != nil {
		return Failure{Code: "request", Never: true, Cause: withoutURL(err)}
	}
	for k, v := range header {
		r.Header[k] = v
	}
	if in != nil {
		r.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	return c.do(r, out)
}

// upload sends a file as one field of a form.
func (c caller) upload(ctx context.Context, path string, header http.Header, values map[string]string, field, name string, file []byte, out any) error {
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for k, v := range values {
		if err := form.WriteField(k, v); err != nil {
			return err
		}
	}
	part, err := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {multipart.FileContentDisposition(field, name)},
		"Content-Type":        {http.DetectContentType(file)},
	})
	if err != nil {
		return err
	}
	if _, err := part.Write(file); err != nil {
		return err
	}
	if err := form.Close(); err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base.String()+path, &b)
	if err != nil {
		return Failure{Code: "request", Never: true, Cause: withoutURL(err)}
	}
	for k, v := range header {
		r.Header[k] = v
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	return c.do(r, out)
}

// do sends a request and turns whatever went wrong into a Failure.
func (c caller) do(r *http.Request, out any) error {
	res, err := c.client.Do(r)
	if err != nil {
		var op *net.OpError
		dialed := errors.As(err, &op) && op.Op == "dial"
		return Failure{Code: "network", Unsure: !dialed, Cause: withoutURL(err)}
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxReply))
	if err != nil {
		return Failure{Code: "network", Unsure: true, Cause: err}
	}
	if f := failureOf(res); f != nil && (res.StatusCode == http.StatusTooManyRequests || res.StatusCode >= http.StatusInternalServerError) {
		return *f
	}
	if f := c.refused(res.StatusCode, body); f != nil {
		return *f
	}
	if f := failureOf(res); f != nil {
		return *f
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return Failure{Code: "reply", Unsure: true, Cause: err}
	}
	return nil
}

// failureOf is what a status says by itself, nil for success.
func failureOf(res *http.Response) *Failure {
	f := &Failure{Code: strconv.Itoa(res.StatusCode)}
	switch {
	case res.StatusCode < http.StatusMultipleChoices:
		return nil
	case res.StatusCode == http.StatusTooManyRequests:
		f.After = retryAfter(res.Header)
	case res.StatusCode >= http.StatusInternalServerError:
		f.Unsure, f.After = true, retryAfter(res.Header)
	default:
		f.Never = true
	}
	return f
}

// retryAfter is the header of that name in seconds, 0 when there is none.
func retryAfter(h http.Header) time.Duration {
	n, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil || n < 0 {
		return 0
	}
	return time.Duration(min(n, 3600)) * time.Second
}

// withoutURL takes the address out of an error of net/http: it may carry a
// ticket.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// pass is a token that a vendor gives for some time. It is safe for concurrent
// use; those who ask while it is being fetched wait.
type pass struct {
	now   func() time.Time
	fetch func(ctx context.Context) (token string, lasts time.Duration, err error)

	mu    sync.Mutex
	token string
	until time.Time
}

// get returns a token that lasts for some minutes more.
func (p *pass) get(ctx context.Context) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.token != "" && p.now().Before(p.until) {
		return p.token, nil
	}
	token, lasts, err := p.fetch(ctx)
	if err != nil {
		return "", err
	}
	p.token, p.until = token, p.now().Add(lasts-5*time.Minute)
	return token, nil
}

// drop forgets a token that the vendor did not take.
func (p *pass) drop(token string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.token == token {
		p.token = ""
	}
}

// with calls f with a token, and again with a new one when the vendor says that
// the first one is no longer good.
func (p *pass) with(ctx context.Context, f func(token string) error) error {
	for again := true; ; again = false {
		token, err := p.get(ctx)
		if err != nil {
			return err
		}
		err = f(token)
		var failure Failure
		if !errors.As(err, &failure) || failure.Code != staleToken {
			return err
		}
		p.drop(token)
		if !again {
			return err
		}
	}
}

// staleToken is the code of a Failure of a token that is no longer good. The
// token is fetched anew and the call repeated.
const staleToken = "stale_token"
