package api

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"wenshu/semantic"
)

// MinToken is the least length of a bearer token, in bytes.
const MinToken = 32

// Account is a viewer with the SHA-256 hashes of the tokens that stand for
// them.
type Account struct {
	Viewer semantic.Viewer
	Email  string // by which a chat that verified it knows them; "" for none
	Hashes [][sha256.Size]byte
}

// accountFile is the form of the configuration file:
//
//	{"viewers": [{
//	  "id": "ann", "name": "Ann", "email": "ann@example.com", "roles": ["analyst"], "attrs": {"region": ["华东"]},
//	  "tokens": [{"sha256": "9f86d0…"}, {"env": "WENSHU_TOKEN_ANN"}]
//	}]}
//
// A token itself is never in it: either the lower-case hex of its SHA-256, or
// the name of the environment variable that holds it.
type accountFile struct {
	Viewers []struct {
		ID     string              `json:"id"`
		Name   string              `json:"name"`
		Email  string              `json:"email"`
		Roles  []string            `json:"roles"`
		Attrs  map[string][]string `json:"attrs"`
		Tokens []struct {
			SHA256 string `json:"sha256"`
			Env    string `json:"env"`
		} `json:"tokens"`
	} `json:"viewers"`
	Issuers []issuerFile `json:"issuers"` // see ReadIssuers

	// What bots are made of, which package bot reads.
	URL     string            `json:"url"`
	LinkURL string            `json:"link_url"`
	Bots    []json.RawMessage `json:"bots"`
}

// ReadAccounts reads the accounts of a JSON configuration. It refuses unknown
// fields, viewers without an id or a token, ids and tokens that occur twice,
// and tokens that are missing or shorter than MinToken. Its errors never hold
// a token.
func ReadAccounts(r io.Reader, getenv func(string) string) ([]Account, error) {
	decoder := json.NewDecoder(r)
	decoder.DisallowUnknownFields()
	var file accountFile
	if err := decoder.Decode(&file); err != nil {
		return nil, fmt.Errorf("read accounts: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("read accounts: there is something behind the closing brace")
	}
	var list []Account
	for i, v := range file.Viewers {
		one := Account{Email: v.Email, Viewer: semantic.Viewer{ID: v.ID, Name: v.Name, Roles: v.Roles, Attrs: v.Attrs}}
		for j, t := range v.Tokens {
			hash, err := hashOf(t.SHA256, t.Env, getenv)
			if err != nil {
				return nil, fmt.Errorf("read accounts: viewer %d %q, token %d: %w", i+1, v.ID, j+1, err)
			}
			one.Hashes = append(one.Hashes, hash)
		}
		list = append(list, one)
	}
	if _, err := keysOf(list); err != nil {
		return nil, fmt.Errorf("read accounts: %w", err)
	}
	return list, nil
}

// hashOf is the hash of a token that is given as a hash or by a variable.
func hashOf(hexed, env string, getenv func(string) string) (hash [sha256.Size]byte, err error) {
	switch {
	case (hexed == "") == (env == ""):
		return hash, errors.New(`want either "sha256" or "env"`)
	case env != "":
		token := getenv(env)
		if len(token) < MinToken {
			return hash, fmt.Errorf("the variable %s holds %d bytes; a token has at least %d", env, len(token), MinToken)
		}
		return sha256.Sum256([]byte(token)), nil
	}
	raw, err := hex.DecodeString(hexed)
	if err != nil || len(raw) != sha256.Size {
		return hash, errors.New("sha256 wants 64 hexadecimal digits")
	}
	return [sha256.Size]byte(raw), nil
}

// key is one token of a viewer.
type key struct {
	hash   [sha256.Size]byte
	viewer semantic.Viewer
}

// keysOf checks accounts and lists their tokens.
func keysOf(accounts []Account) ([]key, error) {
	var keys []key
	ids, emails, hashes := map[string]bool{}, map[string]bool{}, map[[sha256.Size]byte]bool{sha256.Sum256(nil): true}
	for i, a := range accounts {
		switch {
		case a.Viewer.ID == "":
			return nil, fmt.Errorf("viewer %d has no id", i+1)
		case ids[a.Viewer.ID]:
			return nil, fmt.Errorf("two viewers have the id %q", a.Viewer.ID)
		case len(a.Hashes) == 0:
			return nil, fmt.Errorf("viewer %q has no token", a.Viewer.ID)
		case a.Email != "" && emails[strings.ToLower(a.Email)]:
			return nil, fmt.Errorf("two viewers have the e-mail of %q", a.Viewer.ID)
		}
		ids[a.Viewer.ID], emails[strings.ToLower(a.Email)] = true, true
		for _, hash := range a.Hashes {
			if hashes[hash] {
				return nil, fmt.Errorf("viewer %q has a token that is empty or used twice", a.Viewer.ID)
			}
			hashes[hash] = true
			keys = append(keys, key{hash, a.Viewer})
		}
	}
	return keys, nil
}

// holder returns the viewer of a token. Every key is compared, in constant
// time, so that the time it takes tells nothing.
func holder(keys []key, token string) (semantic.Viewer, bool) {
	hash, found := sha256.Sum256([]byte(token)), -1
	for i := range keys {
		if subtle.ConstantTimeCompare(hash[:], keys[i].hash[:]) == 1 {
			found = i
		}
	}
	if found < 0 {
		return semantic.Viewer{}, false
	}
	return keys[found].viewer, true
}
