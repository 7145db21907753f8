package api

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"

	"wenshu/fixtures"
	"wenshu/semantic"
)

const (
	annToken = "ann-0123456789-0123456789-0123456789"
	opsToken = "ops-0123456789-0123456789-0123456789"
)

func hashed(token string) string {
	hash := sha256.Sum256([]byte(token))
	return hex.EncodeToString(hash[:])
}

// accountText are two viewers, one by hash and one by variable.
var accountText = `{"viewers": [
	{"id": "ann", "name": "Ann", "roles": ["region"], "attrs": {"region": ["华东"]}, "tokens": [{"sha256": "` + hashed(annToken) + `"}]},
	{"id": "ops", "roles": ["operator"], "tokens": [{"env": "OPS_TOKEN"}]}
]}`

func env(name string) string {
	return map[string]string{"OPS_TOKEN": opsToken, "SHORT": "short-secret-value"}[name]
}

func accounts(t *testing.T) []Account {
	t.Helper()
	list, err := ReadAccounts(strings.NewReader(accountText), env)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestReadAccounts(t *testing.T) {
	list := accounts(t)
	if len(list) != 2 || list[0].Viewer.Attrs["region"][0] != "华东" || list[1].Hashes[0] != sha256.Sum256([]byte(opsToken)) {
		t.Errorf("%+v", list)
	}
}

func TestReadAccountsRefuses(t *testing.T) {
	viewer := func(id, tokens string) string { return `{"id": "` + id + `", "tokens": [` + tokens + `]}` }
	hash := `{"sha256": "` + hashed(annToken) + `"}`
	cases := map[string]string{
		`{"viewers": [` + viewer("ann", "") + `]}`:                                                  "no token",
		`{"viewers": [` + viewer("", hash) + `]}`:                                                   "no id",
		`{"viewers": [` + viewer("ann", `{"env": "SHORT"}`) + `]}`:                                  "holds 18 bytes",
		`{"viewers": [` + viewer("ann", `{"env": "UNSET"}`) + `]}`:                                  "holds 0 bytes",
		`{"viewers": [` + viewer("ann", `{"sha256": "abc"}`) + `]}`:                                 "64 hexadecimal",
		`{"viewers": [` + viewer("ann", `{"sha256": "`+hashed("")+`"}`) + `]}`:                      "empty or used twice",
		`{"viewers": [` + viewer("ann", `{}`) + `]}`:                                                "either",
		`{"viewers": [` + viewer("ann", `{"env": "OPS_TOKEN", "sha256": "00"}`) + `]}`:              "either",
		`{"viewers": [` + viewer("ann", `{"token": "`+annToken+`"}`) + `]}`:                         "unknown field",
		`{"viewers": [` + viewer("ann", hash) + `, ` + viewer("bob", hash) + `]}`:                   "used twice",
		`{"viewers": [` + viewer("ann", hash) + `, ` + viewer("ann", `{"env": "OPS_TOKEN"}`) + `]}`: "two viewers",
		`{"viewers": []} {}`: "closing brace",
		`{"viewers": `:       "unexpected EOF",
	}
	for text, want := range cases {
		_, err := ReadAccounts(strings.NewReader(text), env)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
		for _, secret := range []string{annToken, opsToken, "short-secret-value"} {
			if err != nil && strings.Contains(err.Error(), secret) {
				t.Errorf("%s: the error holds the token: %v", text, err)
			}
		}
	}
}

func TestTokens(t *testing.T) {
	s, err := New(Config{Service: stub{}, Accounts: accounts(t), Limits: patient})
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		path    string
		headers []string
		status  int
		code    string
	}{
		{"/api/v1/me", []string{"Authorization: Bearer " + annToken}, 200, ""},
		{"/api/v1/me", []string{"Authorization: bearer " + opsToken}, 200, ""},
		{"/api/v1/me", nil, 401, "token_needed"},
		{"/api/v1/me", []string{"Authorization: " + annToken}, 401, "token_needed"},
		{"/api/v1/me", []string{"Authorization: Basic " + annToken}, 401, "token_needed"},
		{"/api/v1/me", []string{"Authorization: Bearer "}, 401, "token_needed"},
		{"/api/v1/me", []string{"Authorization: Bearer " + annToken, "Authorization: Bearer " + opsToken}, 401, "token_needed"},
		{"/api/v1/me", []string{"Authorization: Bearer " + annToken + "x"}, 401, "token_unknown"},
		{"/api/v1/me", []string{"Authorization: Bearer " + annToken[:10]}, 401, "token_unknown"},
		{"/api/v1/me", []string{"Authorization: Bearer " + hashed(annToken)}, 401, "token_unknown"},
		{"/api/v1/me", []string{sampleHeader + ": ann"}, 401, "token_needed"},
		{"/api/v1/me?viewer=ann", nil, 401, "token_needed"},
		{"/api/v1/catalog", nil, 401, "token_needed"},
		{"/api/v1/suggest?q=a", nil, 401, "token_needed"},
		{"/api/v1/answers/1", nil, 401, "token_needed"},
		{"/api/v1/inbox", nil, 401, "token_needed"},
		{"/api/v1/inbox", []string{"Authorization: Bearer " + annToken}, 403, "role_needed"},
		{"/metrics", nil, 401, "token_needed"},
		{"/metrics", []string{"Authorization: Bearer " + annToken}, 403, "role_needed"},
		{"/metrics", []string{"Authorization: Bearer " + opsToken}, 200, ""},
		{"/healthz", nil, 200, ""},
		{"/readyz", nil, 200, ""},
		{"/api/v1/openapi.json", nil, 200, ""},
	}
	for _, c := range cases {
		got := call(t, s, request(http.MethodGet, c.path, "", c.headers...))
		if got.status != c.status || c.code != "" && got.problem(t).Code != c.code {
			t.Errorf("%s with %v: %d %.200s", c.path, c.headers, got.status, got.body)
		}
		if challenge := got.header.Get("WWW-Authenticate"); (challenge != "") != (c.status == 401) {
			t.Errorf("%s with %v: challenge %q", c.path, c.headers, challenge)
		}
	}
	for _, path := range []string{"/api/v1/ask", "/api/v1/query", "/api/v1/answers/1/feedback"} {
		if got := call(t, s, request(http.MethodPost, path, `{}`)); got.status != 401 {
			t.Errorf("%s without a token: %d", path, got.status)
		}
	}
	var who identity
	call(t, s, request(http.MethodGet, "/api/v1/me", "", "Authorization: Bearer "+opsToken)).decode(t, &who)
	if who.Viewer.ID != "ops" || who.Viewer.Name != "ops" || who.Demo || who.Viewers != nil {
		t.Errorf("%+v", who)
	}
}

func TestSampleViewers(t *testing.T) {
	s := demoServer(t, stub{}, nil)
	for path, want := range map[string]string{"/api/v1/me": "fay", "/api/v1/me?viewer=bob": "bob"} {
		var who identity
		call(t, s, request(http.MethodGet, path, "")).decode(t, &who)
		if who.Viewer.ID != want || !who.Demo || len(who.Viewers) != len(fixtures.DemoViewers()) || who.Viewers[0].About == who.Viewers[1].About {
			t.Errorf("%s: %+v", path, who)
		}
	}
	if got := get(t, s, "eve", "/api/v1/me"); got.status != 401 || got.problem(t).Code != "viewer_unknown" {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// TestDemoAnswersOnItsOwnAddressOnly refuses names that somebody else resolves
// to loopback.
func TestDemoAnswersOnItsOwnAddressOnly(t *testing.T) {
	s := demoServer(t, stub{}, nil)
	for host, status := range map[string]int{
		"localhost": 200, "localhost:8080": 200, "127.0.0.1:1": 200, "[::1]:8080": 200, "::1": 200,
		"wenshu.example": 421, "127.0.0.1.nip.example:8080": 421, "localhost.evil.example": 421, "10.0.0.1:8080": 421, "": 421,
	} {
		r := request(http.MethodGet, "/api/v1/me", "")
		r.Host = host
		if got := call(t, s, r); got.status != status {
			t.Errorf("host %q: %d", host, got.status)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	good := Config{Service: stub{}, Demo: fixtures.DemoViewers()}
	for name, change := range map[string]func(*Config){
		"no service":         func(c *Config) { c.Service = nil },
		"nobody":             func(c *Config) { c.Demo = nil },
		"both":               func(c *Config) { c.Accounts = accounts(t) },
		"demo for all":       func(c *Config) { c.Addr = ":8080" },
		"demo on 0.0.0.0":    func(c *Config) { c.Addr = "0.0.0.0:8080" },
		"demo on a network":  func(c *Config) { c.Addr = "192.168.1.5:8080" },
		"demo on a name":     func(c *Config) { c.Addr = "intranet:8080" },
		"no port":            func(c *Config) { c.Addr = "127.0.0.1" },
		"any origin":         func(c *Config) { c.Origins = []string{"*"} },
		"null origin":        func(c *Config) { c.Origins = []string{"null"} },
		"origin with a path": func(c *Config) { c.Origins = []string{"https://a.example/"} },
		"origin by pattern":  func(c *Config) { c.Origins = []string{"https://*.example"} },
		"a nameless sample":  func(c *Config) { c.Demo = []semantic.Viewer{{}} },
		"no tokens":          func(c *Config) { c.Demo, c.Accounts = nil, []Account{{Viewer: semantic.Viewer{ID: "ann"}}} },
	} {
		c := good
		change(&c)
		if _, err := New(c); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	for _, addr := range []string{"", "127.0.0.1:0", "[::1]:8080", "localhost:9"} {
		good.Addr = addr
		if _, err := New(good); err != nil {
			t.Errorf("%q: %v", addr, err)
		}
	}
}
