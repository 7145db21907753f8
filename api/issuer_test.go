package api

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// intranet is an issuer with its private key.
func intranet(t *testing.T, origins ...string) (Issuer, ed25519.PrivateKey) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return Issuer{
		Name: "intranet", Iss: "https://intranet.example", Origins: append(origins, "https://intranet.example"), Roles: []string{"finance"},
		Keys: []IssuerKey{{ID: "intranet-1", Alg: "EdDSA", Key: public}, {ID: "old", Alg: "HS256", Key: []byte(strings.Repeat("s", MinToken))}},
	}, private
}

// keyFile writes a private key as the examples read it.
func keyFile(t *testing.T, key ed25519.PrivateKey) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestTokensOfIssuers signs what an issuer would, and what others would like to.
func TestTokensOfIssuers(t *testing.T) {
	issuer, private := intranet(t)
	_, stranger, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Config{Service: shop(t, nil), Issuers: []Issuer{issuer}, Limits: patient})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	for name, c := range map[string]struct {
		change func(jwt.MapClaims)
		method jwt.SigningMethod
		key    any
		kid    string
		origin string
		status int
	}{
		"good":            {status: 200},
		"from its page":   {origin: "https://intranet.example", status: 200},
		"from our frame":  {origin: "http://localhost", status: 200},
		"from elsewhere":  {origin: "https://evil.example", status: 401},
		"another key":     {key: stranger, status: 401},
		"unknown kid":     {kid: "nobody", status: 401},
		"no algorithm":    {method: jwt.SigningMethodNone, key: jwt.UnsafeAllowNoneSignatureType, status: 401},
		"confused":        {method: jwt.SigningMethodHS256, key: []byte(issuer.Keys[0].Key.(ed25519.PublicKey)), status: 401},
		"the other key":   {method: jwt.SigningMethodHS256, key: issuer.Keys[1].Key, kid: "old", status: 200},
		"another iss":     {change: func(c jwt.MapClaims) { c["iss"] = "https://evil.example" }, status: 401},
		"another aud":     {change: func(c jwt.MapClaims) { c["aud"] = "something" }, status: 401},
		"nobody":          {change: func(c jwt.MapClaims) { delete(c, "sub") }, status: 401},
		"expired":         {change: func(c jwt.MapClaims) { c["exp"] = now.Add(-time.Minute).Unix() }, status: 401},
		"without end":     {change: func(c jwt.MapClaims) { delete(c, "exp") }, status: 401},
		"without start":   {change: func(c jwt.MapClaims) { delete(c, "iat") }, status: 401},
		"too long":        {change: func(c jwt.MapClaims) { c["exp"] = now.Add(11 * time.Minute).Unix() }, status: 401},
		"from the future": {change: func(c jwt.MapClaims) { c["iat"] = now.Add(time.Minute).Unix() }, status: 401},
		"role it gives":   {change: func(c jwt.MapClaims) { c["roles"] = []string{"finance"} }, status: 200},
		"role it may not": {change: func(c jwt.MapClaims) { c["roles"] = []string{"operator"} }, status: 401},
	} {
		claims := jwt.MapClaims{"iss": issuer.Iss, "aud": Audience, "sub": "li", "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(), "attrs": map[string][]string{"region": {"华东"}}}
		if c.change != nil {
			c.change(claims)
		}
		if c.method == nil {
			c.method = jwt.SigningMethodEdDSA
		}
		if c.key == nil {
			c.key = private
		}
		if c.kid == "" {
			c.kid = "intranet-1"
		}
		token := jwt.NewWithClaims(c.method, claims)
		token.Header["kid"] = c.kid
		signed, err := token.SignedString(c.key)
		if err != nil {
			t.Fatal(name, err)
		}
		r := request(http.MethodGet, "/api/v1/me", "", "Authorization: Bearer "+signed)
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		got := call(t, s, r)
		if got.status != c.status {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
		if got.status == 200 && !strings.Contains(string(got.body), `"intranet/li"`) {
			t.Errorf("%s: %s", name, got.body)
		}
	}
	if got := call(t, s, request(http.MethodGet, "/api/v1/me", "")); got.status != http.StatusUnauthorized {
		t.Errorf("without a token: %d", got.status)
	}
}

func TestIssuersAreReadStrictly(t *testing.T) {
	key := strings.ReplaceAll(string(publicPEM(t)), "\n", `\n`)
	good := `{"name": "i", "iss": "https://i", "origins": ["https://i"], "keys": [{"kid": "1", "alg": "EdDSA", "public": "` + key + `"}]}`
	for _, c := range []struct {
		text string
		ok   bool
	}{
		{`{}`, true}, {`{"issuers": [` + good + `]}`, true}, {`{"issuers": [` + good + `, ` + good + `]}`, false},
		{`{"issuers": [` + strings.Replace(good, `"https://i"]`, `"https://*.i"]`, 1) + `]}`, false},
		{`{"issuers": [` + strings.Replace(good, "EdDSA", "none", 1) + `]}`, false},
		{`{"issuers": [` + strings.Replace(good, "EdDSA", "RS256", 1) + `]}`, false},
		{`{"issuers": [` + strings.Replace(good, `"kid": "1"`, `"kid": ""`, 1) + `]}`, false},
		{`{"issuers": [{"name": "i", "iss": "https://i", "origins": ["https://i"], "keys": [{"kid": "1", "alg": "HS256", "env": "SHORT"}]}]}`, false},
		{`{"issuers": [{"name": "i", "iss": "https://i", "origins": ["https://i"], "roles": ["operator"], "keys": [{"kid": "1", "alg": "HS256", "env": "LONG"}]}]}`, false},
		{`{"issuers": [{"name": "i", "iss": "https://i", "origins": ["https://i"], "keys": [{"kid": "1", "alg": "HS256", "env": "LONG"}]}]}`, true},
	} {
		_, err := ReadIssuers(strings.NewReader(c.text), func(name string) string {
			return map[string]string{"SHORT": "short", "LONG": strings.Repeat("x", 40)}[name]
		})
		if (err == nil) != c.ok {
			t.Errorf("%v: %s", err, c.text)
		}
	}
}

func publicPEM(t *testing.T) []byte {
	t.Helper()
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}
