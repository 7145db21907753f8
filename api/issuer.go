package api

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"wenshu/semantic"
)

// Audience is what the tokens of issuers are for.
const Audience = "wenshu-embed"

// MaxTokenLife is how long a token of an issuer may live.
const MaxTokenLife = 10 * time.Minute

// clockSkew is how far the clocks of an issuer and of this machine may differ.
const clockSkew = 10 * time.Second

// Issuer is a company's own site whose server vouches for its users: it signs
// short-lived tokens (RFC 7519) that say who somebody is and what the rules look
// at. Its pages may embed the widget and call the API.
type Issuer struct {
	Name    string   // stands before the ids of its users, so that they are nobody else's
	Iss     string   // the claim iss
	Origins []string // pages that may send its tokens: scheme://host[:port]
	Roles   []string // roles that its tokens may give; a token with another one is refused
	Keys    []IssuerKey
}

// IssuerKey is one key of an issuer. A token names it by kid; its algorithm is
// that of the key and no other.
type IssuerKey struct {
	ID  string
	Alg string // EdDSA, ES256, RS256 or HS256
	Key any    // a public key, or the secret of HS256
}

// issuerFile is the form of issuers in the configuration:
//
//	{"issuers": [{
//	  "name": "intranet", "iss": "https://intranet.example", "origins": ["https://intranet.example"], "roles": ["analyst"],
//	  "keys": [{"kid": "2026-11", "alg": "EdDSA", "public": "-----BEGIN PUBLIC KEY-----\n…"}, {"kid": "old", "alg": "HS256", "env": "WENSHU_EMBED_SECRET"}]
//	}]}
type issuerFile struct {
	Name    string   `json:"name"`
	Iss     string   `json:"iss"`
	Origins []string `json:"origins"`
	Roles   []string `json:"roles"`
	Keys    []struct {
		ID     string `json:"kid"`
		Alg    string `json:"alg"`
		Public string `json:"public"`
		Env    string `json:"env"`
	} `json:"keys"`
}

// ReadIssuers reads the issuers of a JSON configuration, which may have none. It
// refuses keys without an id, algorithms that it does not know, secrets shorter
// than MinToken, and origins that stand for more than one site.
func ReadIssuers(r io.Reader, getenv func(string) string) ([]Issuer, error) {
	var file accountFile
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return nil, fmt.Errorf("read issuers: %w", err)
	}
	var list []Issuer
	for i, f := range file.Issuers {
		one := Issuer{Name: f.Name, Iss: f.Iss, Origins: f.Origins, Roles: f.Roles}
		for _, k := range f.Keys {
			secret := ""
			if k.Env != "" {
				secret = getenv(k.Env)
			}
			key, err := readKey(k.Alg, k.Public, secret)
			if err != nil {
				return nil, fmt.Errorf("read issuers: issuer %d %q, key %q: %w", i+1, f.Name, k.ID, err)
			}
			one.Keys = append(one.Keys, IssuerKey{ID: k.ID, Alg: k.Alg, Key: key})
		}
		list = append(list, one)
	}
	if err := checkIssuers(list); err != nil {
		return nil, fmt.Errorf("read issuers: %w", err)
	}
	return list, nil
}

// readKey reads a key for its algorithm.
func readKey(alg, public, secret string) (key any, err error) {
	switch alg {
	case "EdDSA":
		key, err = jwt.ParseEdPublicKeyFromPEM([]byte(public))
	case "ES256":
		key, err = jwt.ParseECPublicKeyFromPEM([]byte(public))
	case "RS256":
		key, err = jwt.ParseRSAPublicKeyFromPEM([]byte(public))
	case "HS256":
		if len(secret) < MinToken {
			return nil, fmt.Errorf("the secret holds %d bytes; one has at least %d", len(secret), MinToken)
		}
		return []byte(secret), nil
	default:
		return nil, fmt.Errorf("algorithm %q: want EdDSA, ES256, RS256 or HS256", alg)
	}
	return key, err
}

// checkIssuers refuses what would let in the wrong people.
func checkIssuers(list []Issuer) error {
	names, iss := map[string]bool{}, map[string]bool{}
	for _, one := range list {
		switch {
		case one.Name == "" || strings.Contains(one.Name, "/") || names[one.Name]:
			return fmt.Errorf("issuer %q: want a name of its own without a slash", one.Name)
		case one.Iss == "" || iss[one.Iss]:
			return fmt.Errorf("issuer %q: want an iss of its own", one.Name)
		case len(one.Keys) == 0 || len(one.Origins) == 0:
			return fmt.Errorf("issuer %q: want keys and origins", one.Name)
		case slices.Contains(one.Roles, operatorRole):
			return fmt.Errorf("issuer %q: no token gives the role %s", one.Name, operatorRole)
		}
		names[one.Name], iss[one.Iss] = true, true
		for _, origin := range one.Origins {
			if err := checkOrigin(origin); err != nil {
				return fmt.Errorf("issuer %q: %w", one.Name, err)
			}
		}
		ids := map[string]bool{}
		for _, k := range one.Keys {
			if k.ID == "" || ids[k.ID] || k.Key == nil {
				return fmt.Errorf("issuer %q: want a kid of its own for every key", one.Name)
			}
			ids[k.ID] = true
		}
	}
	return nil
}

// checkOrigin wants the origin of one site.
func checkOrigin(origin string) error {
	u, err := url.Parse(origin)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.Contains(u.Host, "*") || origin != u.Scheme+"://"+u.Host {
		return fmt.Errorf("origin %q: want scheme://host[:port] of one page", origin)
	}
	return nil
}

// claims are what a token says.
type claims struct {
	jwt.RegisteredClaims
	Name  string              `json:"name"`
	Roles []string            `json:"roles"`
	Attrs map[string][]string `json:"attrs"`
}

var errToken = errors.New("the token is not one of ours")

// vouched returns the viewer that a token of an issuer stands for. origin is the
// page that sent it; "" when the browser names none. host is our own.
func vouched(issuers []Issuer, token, origin, host string, now time.Time) (semantic.Viewer, error) {
	var c claims
	var from *Issuer
	parser := jwt.NewParser(jwt.WithAudience(Audience), jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(clockSkew),
		jwt.WithTimeFunc(func() time.Time { return now }), jwt.WithStrictDecoding(), jwt.WithValidMethods([]string{"EdDSA", "ES256", "RS256", "HS256"}))
	_, err := parser.ParseWithClaims(token, &c, func(t *jwt.Token) (any, error) {
		for i := range issuers {
			if issuers[i].Iss == c.Issuer {
				from = &issuers[i]
				return keyOf(from, t)
			}
		}
		return nil, errToken
	})
	switch {
	case err != nil:
		return semantic.Viewer{}, err
	case c.Subject == "" || c.IssuedAt == nil || c.ExpiresAt.Sub(c.IssuedAt.Time) > MaxTokenLife:
		return semantic.Viewer{}, errToken
	case origin != "" && !slices.Contains(from.Origins, origin) && !sameSite(origin, host):
		return semantic.Viewer{}, errToken
	}
	for _, role := range c.Roles {
		if !slices.Contains(from.Roles, role) {
			return semantic.Viewer{}, errToken
		}
	}
	return semantic.Viewer{ID: from.Name + "/" + c.Subject, Name: cmp.Or(c.Name, c.Subject), Roles: c.Roles, Attrs: c.Attrs}, nil
}

// keyOf is the key that a token names, for its own algorithm alone.
func keyOf(from *Issuer, t *jwt.Token) (any, error) {
	for _, k := range from.Keys {
		if t.Header["kid"] == k.ID && t.Method.Alg() == k.Alg {
			return k.Key, nil
		}
	}
	return nil, errToken
}

// sameSite reports whether a page came from this server: the page in a frame.
func sameSite(origin, host string) bool {
	u, err := url.Parse(origin)
	return err == nil && u.Host == host
}
