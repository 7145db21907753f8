package llm

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Mode says when the second reader is asked.
type Mode string

// The modes.
const (
	Never         Mode = "never"
	WhenNeeded    Mode = "when_needed" // what the embedded reader declined, half read or found ambiguous
	SecondOpinion Mode = "always"      // every question; when both read and disagree, the person chooses
	Alone         Mode = "alone"       // every question, and the embedded reader's reading does not count: for measuring
)

// Config is the second reader's configuration. Its JSON form is a file:
//
//	{"mode": "when_needed",
//	 "endpoints": [{"name": "deepseek", "base_url": "https://api.deepseek.com/v1", "model": "deepseek-chat", "key_env": "DEEPSEEK_API_KEY"}],
//	 "per_day": {"tokens": 2000000, "money": 5}, "per_viewer": {"tokens": 100000}}
type Config struct {
	Mode      Mode       `json:"mode"` // "" is when_needed
	Endpoints []Endpoint `json:"endpoints"`

	FirstByte   Duration `json:"first_byte"`    // how long to wait for the first byte; 0 is 8 s
	Total       Duration `json:"total"`         // for one question, repairs and further endpoints included; 0 is 20 s
	Concurrency int      `json:"concurrency"`   // calls at once; 0 is 4
	Repairs     int      `json:"repairs"`       // how often a refused line goes back, at most 2; 0 is 2, -1 never
	Tokens      int      `json:"prompt_tokens"` // of a prompt, as Tokens estimates them; 0 is 6,000
	PerDay      Budget   `json:"per_day"`       // by everybody together
	PerViewer   Budget   `json:"per_viewer"`    // a day

	Rows         bool `json:"rows"`           // the result of a question may be sent for a summary of it
	NoAudit      bool `json:"no_audit_text"`  // prompts and replies are not stored, only what they cost and became
	Descriptions bool `json:"descriptions"`   // descriptions of the model's objects are sent; nil in JSON is true
	Cached       bool `json:"cache_readings"` // the same question is read once; nil in JSON is true
}

// Endpoint is one OpenAI-compatible service.
type Endpoint struct {
	Name       string `json:"name"`        // in metrics and the audit; letters, digits, - and _
	Kind       string `json:"kind"`        // openai (also "") or azure
	BaseURL    string `json:"base_url"`    // up to and including /v1; https, or http on this machine or with plain_http
	PlainHTTP  bool   `json:"plain_http"`  // http to another machine is allowed: the key and the questions can be read on the way
	APIVersion string `json:"api_version"` // of azure
	Model      string `json:"model"`       // or the deployment's name, of azure
	KeyEnv     string `json:"key_env"`     // the variable that holds the key
	KeyFile    string `json:"key_file"`    // or the file; neither for a server without keys
	Proxy      string `json:"proxy"`       // URL; "" is none
	CAFile     string `json:"ca_file"`     // PEM of the authorities to trust instead of the system's

	Schema    bool           `json:"schema"`            // the endpoint keeps to a strict JSON schema; else a fenced line is asked for
	Whole     bool           `json:"whole"`             // the endpoint does not stream
	Warm      bool           `json:"warm"`              // the model takes no temperature, as some that think do; else it is 0
	Seed      *int           `json:"seed"`              // sent where it is set
	MaxTokens int            `json:"max_tokens"`        // of a reply, thinking included; 0 is 2,000
	LegacyMax bool           `json:"legacy_max_tokens"` // the endpoint calls that limit max_tokens
	Template  map[string]any `json:"chat_template"`     // chat_template_kwargs, {"enable_thinking": false} for one
	PriceIn   float64        `json:"price_in"`          // of a million tokens of prompts
	PriceOut  float64        `json:"price_out"`         // of a million tokens of replies

	key string
	ca  []byte
}

// Budget bounds what is spent in a day; 0 is no bound.
type Budget struct {
	Tokens int     `json:"tokens"`
	Money  float64 `json:"money"` // in the currency of the prices
}

// Duration is a time.Duration that JSON writes as text: "8s".
type Duration time.Duration

// UnmarshalJSON reads a text such as "1m30s".
func (d *Duration) UnmarshalJSON(raw []byte) error {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return err
	}
	v, err := time.ParseDuration(text)
	*d = Duration(v)
	return err
}

// ReadConfig reads a JSON configuration, the keys from the environment and the
// files that it names. It refuses unknown fields and whatever cannot work; its
// errors never hold a key.
func ReadConfig(r io.Reader, getenv func(string) string, readFile func(string) ([]byte, error)) (Config, error) {
	c := Config{Descriptions: true, Cached: true}
	decoder := json.NewDecoder(r)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		return c, fmt.Errorf("read language model settings: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return c, errors.New("read language model settings: there is something behind the closing brace")
	}
	for i := range c.Endpoints {
		if err := c.Endpoints[i].open(getenv, readFile); err != nil {
			return c, fmt.Errorf("read language model settings: endpoint %d %q: %w", i+1, c.Endpoints[i].Name, err)
		}
	}
	return c.withDefaults()
}

func (c Config) withDefaults() (Config, error) {
	if c.Mode == "" {
		c.Mode = WhenNeeded
	}
	if !slices.Contains([]Mode{Never, WhenNeeded, SecondOpinion, Alone}, c.Mode) {
		return c, fmt.Errorf("mode is never, when_needed, always or alone, not %q", c.Mode)
	}
	if len(c.Endpoints) == 0 && c.Mode != Never {
		return c, errors.New("there is no endpoint")
	}
	names := map[string]bool{}
	for _, e := range c.Endpoints {
		if names[e.Name] {
			return c, fmt.Errorf("two endpoints are called %q", e.Name)
		}
		names[e.Name] = true
	}
	for _, f := range []struct {
		field *int
		value int
	}{{&c.Concurrency, 4}, {&c.Tokens, 6000}, {&c.Repairs, 2}} {
		if *f.field == 0 {
			*f.field = f.value
		}
	}
	c.Repairs = min(max(c.Repairs, 0), 2)
	if c.Concurrency < 0 || c.Tokens < 2000 {
		return c, errors.New("concurrency is 1 or more, prompt_tokens 2000 or more")
	}
	for _, f := range []struct {
		field *Duration
		value time.Duration
	}{{&c.FirstByte, 8 * time.Second}, {&c.Total, 20 * time.Second}} {
		if *f.field <= 0 {
			*f.field = Duration(f.value)
		}
	}
	return c, nil
}

// open checks an endpoint and finds its key.
func (e *Endpoint) open(getenv func(string) string, readFile func(string) ([]byte, error)) error {
	if e.Name == "" || strings.Trim(e.Name, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		return errors.New("a name is lower-case letters, digits, - and _")
	}
	if e.Model == "" {
		return errors.New("it names no model")
	}
	if err := e.checkURL(); err != nil {
		return err
	}
	if e.KeyEnv != "" && e.KeyFile != "" {
		return errors.New("want one of key_env and key_file")
	}
	switch {
	case e.KeyEnv != "":
		if e.key = getenv(e.KeyEnv); e.key == "" {
			return fmt.Errorf("the variable %s is empty", e.KeyEnv)
		}
	case e.KeyFile != "":
		raw, err := readFile(e.KeyFile)
		if err != nil {
			return fmt.Errorf("read the key: %w", err)
		}
		if e.key = strings.TrimSpace(string(raw)); e.key == "" {
			return fmt.Errorf("the file %s is empty", e.KeyFile)
		}
	}
	if e.CAFile != "" {
		raw, err := readFile(e.CAFile)
		if err != nil {
			return fmt.Errorf("read the authorities: %w", err)
		}
		e.ca = raw
	}
	if e.MaxTokens == 0 {
		e.MaxTokens = 2000
	}
	return nil
}

func (e *Endpoint) checkURL() error {
	u, err := url.Parse(e.BaseURL)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" {
		return errors.New("base_url is an URL such as https://api.example.com/v1, without a key in it")
	}
	local := slices.Contains([]string{"127.0.0.1", "::1", "localhost"}, u.Hostname())
	if u.Scheme != "https" && (u.Scheme != "http" || !local && !e.PlainHTTP) {
		return errors.New("base_url wants https; http works on this machine, or where plain_http says so")
	}
	switch e.Kind {
	case "", "openai":
	case "azure":
		if e.APIVersion == "" {
			return errors.New("azure wants an api_version")
		}
	default:
		return fmt.Errorf("kind is openai or azure, not %q", e.Kind)
	}
	if e.Proxy != "" {
		if p, err := url.Parse(e.Proxy); err != nil || p.Host == "" {
			return errors.New("proxy is an URL")
		}
	}
	return nil
}

// price is what tokens cost.
func (e *Endpoint) price(in, out int) float64 {
	return (float64(in)*e.PriceIn + float64(out)*e.PriceOut) / 1e6
}
