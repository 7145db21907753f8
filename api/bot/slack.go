package bot

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// Slack is reached by its Events API, or by Socket Mode where nothing comes in
// from outside.
var slackVendor = Vendor{
	Name: "slack", Secrets: []string{"bot_token"}, May: []string{"signing_secret", "app_token"}, Options: []string{"mode"}, Open: openSlack,
}

// slackBudget is within the limits of Block Kit as Slack documents them: table
// of 100 rows and 20 columns with 10,000 characters, charts of 6 series with 20
// points, texts of 3,000 characters, 25 elements of actions, 75 characters on a
// button, 10 elements of context.
var slackBudget = Budget{
	Headline: 2000, Line: 400, Facts: 8, Notes: 9, Rows: 100, Columns: 20, Cell: 120, TableText: 9000,
	ChartKinds: []string{"line", "area", "bar", "pie"}, Series: 6, Points: 20, Slices: 6, Label: 20, ChartTitle: 50,
	Buttons: 12, ButtonText: 70, Pick: true, Feedback: true, Pictures: true, Files: true, Private: true,
}

// slackChannel is one app in Slack.
type slackChannel struct {
	settings Settings
	secret   []byte // signs deliveries; nil in Socket Mode
	api      string // with a slash at the end
	host     string // of response URLs
	http     *http.Client
	client   *slack.Client
}

func openSlack(s Settings) (Channel, error) {
	c := &slackChannel{settings: s, api: slack.APIURL, host: "hooks.slack.com", http: s.HTTP}
	if s.API != "" {
		u, err := url.Parse(s.API)
		if err != nil || u.Host == "" {
			return nil, fmt.Errorf("slack: interface %q is no address", s.API)
		}
		c.api, c.host = strings.TrimSuffix(s.API, "/")+"/", u.Host
	}
	if c.http == nil {
		c.http = &http.Client{Timeout: 15 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	options := []slack.Option{slack.OptionAPIURL(c.api), slack.OptionHTTPClient(c.http)}
	switch s.Options["mode"] {
	case "", "http":
		if len(s.Secrets["signing_secret"]) < MinSecret {
			return nil, errors.New("slack: without mode socket the secret \"signing_secret\" is needed")
		}
		c.secret = []byte(s.Secrets["signing_secret"])
		c.client = slack.New(s.Secrets["bot_token"], options...)
		return c, nil
	case "socket":
		if len(s.Secrets["app_token"]) < MinSecret {
			return nil, errors.New("slack: mode socket needs the secret \"app_token\"")
		}
		c.client = slack.New(s.Secrets["bot_token"], append(options, slack.OptionAppLevelToken(s.Secrets["app_token"]))...)
		return &slackSocket{c}, nil
	}
	return nil, fmt.Errorf("slack: mode %q: want http or socket", s.Options["mode"])
}

// Budget returns what a message of Slack holds.
func (c *slackChannel) Budget() Budget { return slackBudget }

// slackWindow is how old a delivery may be.
const slackWindow = 5 * time.Minute

// Verify checks the signature of version 0: HMAC-SHA256 of "v0:time:body". The
// library's verifier reads the clock, so that no test could hold it to one.
func (c *slackChannel) Verify(r Request, now time.Time) error {
	if len(c.secret) == 0 {
		return ErrForged
	}
	stamps, signatures := r.Header.Values("X-Slack-Request-Timestamp"), r.Header.Values("X-Slack-Signature")
	if len(stamps) != 1 || len(signatures) != 1 {
		return fmt.Errorf("%w: want one time and one signature", ErrForged)
	}
	seconds, err := strconv.ParseInt(stamps[0], 10, 64)
	if err != nil || now.Sub(time.Unix(seconds, 0)).Abs() > slackWindow {
		return fmt.Errorf("%w: the time is not near", ErrForged)
	}
	signature, ok := strings.CutPrefix(signatures[0], "v0=")
	sum, err := hex.DecodeString(signature)
	if !ok || err != nil || signature != strings.ToLower(signature) {
		return fmt.Errorf("%w: no signature of version 0", ErrForged)
	}
	h := hmac.New(sha256.New, c.secret)
	h.Write([]byte("v0:" + stamps[0] + ":"))
	h.Write(r.Body)
	if !hmac.Equal(sum, h.Sum(nil)) {
		return ErrForged
	}
	return nil
}
