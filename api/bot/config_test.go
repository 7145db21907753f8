package bot

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"wenshu/api"
)

func TestSetupRefusesWhatWouldAnswerTheWrongPeople(t *testing.T) {
	env := map[string]string{"TOKEN": "xoxb-0123456789abcdef", "SIGN": "0123456789abcdef0123", "SHORT": "short", "EMPTY": ""}
	files := func(name string) ([]byte, error) {
		if name == "/run/sign" {
			return []byte("0123456789abcdef0123\n"), nil
		}
		return nil, errors.New("no such file")
	}
	one := func(parts string) string {
		return `{"url": "https://wenshu.example/", "bots": [{"name": "slack", "vendor": "slack", "tenants": ["T1"], "secrets": {"bot_token": {"env": "TOKEN"}, "signing_secret": {"env": "SIGN"}}` + parts + `}]}`
	}
	for name, c := range map[string]struct{ file, want string }{
		"whole":             {one(""), ""},
		"no bots":           {`{"viewers": []}`, ""},
		"file":              {strings.Replace(one(""), `{"env": "SIGN"}`, `{"file": "/run/sign"}`, 1), ""},
		"missing file":      {strings.Replace(one(""), `{"env": "SIGN"}`, `{"file": "/run/none"}`, 1), "no such file"},
		"both places":       {strings.Replace(one(""), `{"env": "SIGN"}`, `{"env": "SIGN", "file": "/run/sign"}`, 1), "either"},
		"short secret":      {strings.Replace(one(""), "SIGN", "SHORT", 1), "holds 5 bytes"},
		"empty secret":      {strings.Replace(one(""), "TOKEN", "EMPTY", 1), "holds 0 bytes"},
		"unset secret":      {strings.Replace(one(""), "TOKEN", "NOWHERE", 1), "holds 0 bytes"},
		"missing secret":    {strings.Replace(one(""), `"bot_token": {"env": "TOKEN"}, `, "", 1), `"bot_token" is missing`},
		"unknown secret":    {strings.Replace(one(""), `"signing_secret"`, `"signing"`, 1), `no secret "signing"`},
		"unknown vendor":    {strings.Replace(one(""), `"vendor": "slack"`, `"vendor": "irc"`, 1), `vendor "irc"`},
		"no tenants":        {strings.Replace(one(""), `["T1"]`, `[]`, 1), "tenants"},
		"empty tenant":      {strings.Replace(one(""), `["T1"]`, `[""]`, 1), "tenants"},
		"unknown option":    {one(`, "options": {"modus": "socket"}`), `no option "modus"`},
		"bad name":          {strings.Replace(one(""), `"name": "slack"`, `"name": "a/b"`, 1), "want a name"},
		"no address":        {strings.Replace(one(""), `"url": "https://wenshu.example/", `, "", 1), "url"},
		"address of a page": {strings.Replace(one(""), "https://wenshu.example/", "wenshu.example", 1), "address"},
		"chat":              {one(`, "chat_url": "https://slack.com/app_redirect?app=A1&team=T1"`), ""},
		"chat of a script":  {one(`, "chat_url": "javascript:alert(1)"`), "chat_url"},
		"chat in the clear": {one(`, "chat_url": "http://slack.com/"`), "chat_url"},
		"two of a name":     {strings.Replace(one(""), `"bots": [{`, `"bots": [{"name": "slack", "vendor": "slack", "tenants": ["T1"], "secrets": {"bot_token": {"env": "TOKEN"}}}, {`, 1), "two bots"},
	} {
		setup, err := ReadSetup(strings.NewReader(c.file), func(name string) string { return env[name] }, files)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v, want %s", name, err, c.want)
		case err != nil && strings.Contains(err.Error(), "0123456789abcdef"):
			t.Errorf("%s: the error holds a secret: %v", name, err)
		case name == "whole" && setup.signIn() != "https://wenshu.example/link":
			t.Errorf("people sign in at %s", setup.signIn())
		case name == "whole" && len((&Hub{config: Config{Setup: setup}}).Chats()) != 0:
			t.Error("a bot without an address is offered")
		case name == "chat" && !slices.Equal((&Hub{config: Config{Setup: setup}}).Chats(), []api.Chat{{Vendor: "slack", URL: "https://slack.com/app_redirect?app=A1&team=T1"}}):
			t.Error("the address of a bot is not offered")
		}
	}
}

func TestSlackWantsTheSecretOfItsMode(t *testing.T) {
	long := "0123456789abcdef0123"
	for name, c := range map[string]struct {
		secrets map[string]string
		mode    string
		ok      bool
	}{
		"http":                {map[string]string{"bot_token": long, "signing_secret": long}, "", true},
		"http without secret": {map[string]string{"bot_token": long, "app_token": long}, "http", false},
		"socket":              {map[string]string{"bot_token": long, "app_token": long}, "socket", true},
		"socket without":      {map[string]string{"bot_token": long, "signing_secret": long}, "socket", false},
		"other mode":          {map[string]string{"bot_token": long, "signing_secret": long}, "rtm", false},
	} {
		_, err := openSlack(Settings{Secrets: c.secrets, Options: map[string]string{"mode": c.mode}})
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReferencesAreOurs(t *testing.T) {
	a, err := newSigner("slack", map[string]string{"bot_token": "one secret of many"})
	if err != nil {
		t.Fatal(err)
	}
	b, err := newSigner("slack", map[string]string{"bot_token": "another secret of many"})
	if err != nil {
		t.Fatal(err)
	}
	ref := a.ref("k1", 7)
	if key, n, err := a.readRef(ref); err != nil || key != "k1" || n != 7 {
		t.Error(key, n, err)
	}
	if _, _, err := b.readRef(ref); err == nil {
		t.Error("another bot reads it")
	}
	for i := range len(ref) * 8 {
		bent := []byte(ref)
		bent[i/8] ^= 1 << (i % 8)
		if _, _, err := a.readRef(string(bent)); err == nil {
			t.Fatalf("bit %d does not matter", i)
		}
	}
}
