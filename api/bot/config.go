package bot

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"wenshu/semantic"
)

// Setup is the part of the configuration that bots are made of.
type Setup struct {
	URL  string // where people reach the service: https://wenshu.example
	Link string // the page where they sign in to join accounts; "" is the service's own
	Bots []BotSetup
}

// signIn is the page where people join accounts.
func (s Setup) signIn() string { return cmp.Or(s.Link, s.URL+"/link") }

// BotSetup is one bot.
type BotSetup struct {
	Name    string
	Vendor  string
	Secrets map[string]string
	Options map[string]string
	Tenants []string
	Groups  map[string]Group // by chat; "*" is every other one
	Chat    string           // where people write to it: https://…; "" is told to nobody
}

// Group is what may be shown where others read along.
type Group struct {
	Roles []string            `json:"roles"` // rights that everybody who reads there has
	Attrs map[string][]string `json:"attrs"`
	Share []string            `json:"share"` // roles whose people may publish what their own rights show them; "*" is everybody's
}

// botFile is the form of bots in the configuration:
//
//	{"url": "https://wenshu.example", "bots": [{
//	  "name": "slack", "vendor": "slack", "tenants": ["T0123456789"],
//	  "secrets": {"bot_token": {"env": "WENSHU_SLACK_BOT_TOKEN"}, "signing_secret": {"file": "/run/secrets/slack"}},
//	  "options": {"mode": "socket"},
//	  "groups": {"C0FINANCE": {"roles": ["finance"], "share": ["finance"]}}
//	}]}
//
// A secret itself is never in it: the name of the variable or of the file that
// holds it.
type botFile struct {
	URL  string `json:"url"`
	Link string `json:"link_url"`
	Bots []struct {
		Name    string            `json:"name"`
		Vendor  string            `json:"vendor"`
		Tenants []string          `json:"tenants"`
		Options map[string]string `json:"options"`
		Groups  map[string]Group  `json:"groups"`
		Chat    string            `json:"chat_url"`
		Secrets map[string]struct {
			Env  string `json:"env"`
			File string `json:"file"`
		} `json:"secrets"`
	} `json:"bots"`
}

var botName = regexp.MustCompile(`^[a-z][a-z0-9-]{0,30}$`)

// ReadSetup reads the bots of a JSON configuration, which may have none. It
// refuses unknown vendors, options and secrets, secrets that are missing or
// shorter than MinSecret, names that occur twice, bots without tenants, and an
// address that is no address. Its errors never hold a secret.
func ReadSetup(r io.Reader, getenv func(string) string, readFile func(string) ([]byte, error)) (Setup, error) {
	var file botFile
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return Setup{}, fmt.Errorf("read bots: %w", err)
	}
	setup := Setup{URL: strings.TrimSuffix(file.URL, "/"), Link: file.Link}
	for _, address := range []string{setup.URL, setup.Link} {
		if u, err := url.Parse(address); address != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "") {
			return setup, fmt.Errorf("read bots: address %q: want https://host/path", address)
		}
	}
	if setup.URL == "" && len(file.Bots) > 0 {
		return setup, errors.New("read bots: bots need the service's url, where people sign in")
	}
	for i, f := range file.Bots {
		one := BotSetup{Name: f.Name, Vendor: f.Vendor, Options: f.Options, Tenants: f.Tenants, Groups: f.Groups, Chat: f.Chat, Secrets: map[string]string{}}
		for name, where := range f.Secrets {
			secret, err := readSecret(where.Env, where.File, getenv, readFile)
			if err != nil {
				return setup, fmt.Errorf("read bots: bot %d %q, secret %q: %w", i+1, f.Name, name, err)
			}
			one.Secrets[name] = secret
		}
		if err := one.check(); err != nil {
			return setup, fmt.Errorf("read bots: bot %d %q: %w", i+1, f.Name, err)
		}
		if slices.ContainsFunc(setup.Bots, func(b BotSetup) bool { return b.Name == one.Name }) {
			return setup, fmt.Errorf("read bots: two bots have the name %q", one.Name)
		}
		setup.Bots = append(setup.Bots, one)
	}
	return setup, nil
}

func readSecret(env, file string, getenv func(string) string, readFile func(string) ([]byte, error)) (string, error) {
	switch {
	case (env == "") == (file == ""):
		return "", errors.New(`want either "env" or "file"`)
	case env != "":
		return strings.TrimSpace(getenv(env)), nil
	}
	body, err := readFile(file)
	return strings.TrimSpace(string(body)), err
}

// check refuses what would answer the wrong people.
func (b BotSetup) check() error {
	i := slices.IndexFunc(Vendors, func(v Vendor) bool { return v.Name == b.Vendor })
	switch {
	case !botName.MatchString(b.Name):
		return errors.New("want a name of small letters, digits and hyphens")
	case i < 0:
		return fmt.Errorf("vendor %q is unknown", b.Vendor)
	case len(b.Tenants) == 0 || slices.Contains(b.Tenants, ""):
		return errors.New("want the tenants whose people it answers")
	}
	if u, err := url.Parse(b.Chat); b.Chat != "" && (err != nil || u.Scheme != "https" || u.Host == "") {
		return fmt.Errorf("chat_url %q: want https://host/path", b.Chat)
	}
	v := Vendors[i]
	for _, name := range v.Secrets {
		if _, ok := b.Secrets[name]; !ok {
			return fmt.Errorf("the secret %q is missing", name)
		}
	}
	for name, secret := range b.Secrets {
		if !slices.Contains(v.Secrets, name) && !slices.Contains(v.May, name) {
			return fmt.Errorf("%s has no secret %q", v.Name, name)
		}
		if len(secret) < MinSecret {
			return fmt.Errorf("the secret %q holds %d bytes; one has at least %d", name, len(secret), MinSecret)
		}
	}
	for name := range b.Options {
		if !slices.Contains(v.Options, name) {
			return fmt.Errorf("%s has no option %q", v.Name, name)
		}
	}
	return nil
}

// open opens the channel of a bot.
func (b BotSetup) open(api string) (Channel, error) {
	i := slices.IndexFunc(Vendors, func(v Vendor) bool { return v.Name == b.Vendor })
	if i < 0 {
		return nil, fmt.Errorf("vendor %q is unknown", b.Vendor)
	}
	return Vendors[i].Open(Settings{Name: b.Name, Secrets: b.Secrets, Options: b.Options, Tenants: b.Tenants, API: api})
}

// group is the policy of a chat.
func (b BotSetup) group(chat string) Group {
	if g, ok := b.Groups[chat]; ok {
		return g
	}
	return b.Groups["*"]
}

// audience is the viewer that stands for everybody who reads a chat. Without a
// policy it has no rights of its own: it sees what no rule guards.
func (b BotSetup) audience(chat string) semantic.Viewer {
	g := b.group(chat)
	return semantic.Viewer{ID: "group:" + b.Name + "/" + chat, Roles: g.Roles, Attrs: g.Attrs}
}

// mayShare reports whether a viewer may publish there what their own rights
// show them.
func (b BotSetup) mayShare(chat string, v semantic.Viewer) bool {
	for _, role := range b.group(chat).Share {
		if role == "*" || slices.Contains(v.Roles, role) {
			return true
		}
	}
	return false
}
