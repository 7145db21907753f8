package bot

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestSlackSignatures holds Verify to Slack's published vectors, and every
// change of one bit must fail.
func TestSlackSignatures(t *testing.T) {
	for _, v := range []struct{ secret, stamp, body, signature string }{
		{
			"8f742231b10e8888abcd99yyyzzz85a5", "1531420618",
			"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
			"v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
		},
		{
			"e6b19c573432dcc6b075501d51b51bb8", "1531431954",
			`{"token":"aF5ynEYQH0dFN9imlgcADxDB","team_id":"XXXXXXXXX","api_app_id":"YYYYYYYYY","event":{"type":"app_mention","user":"AAAAAAAAA","text":"<@EEEEEEEEE> hello world","client_msg_id":"477cc591-ch73-a14z-4db8-g0cd76321bec","ts":"1531431954.000073","channel":"TTTTTTTTT","event_ts":"1531431954.000073"},"type":"event_callback","event_id":"TvBP7LRED7","event_time":1531431954,"authed_users":["EEEEEEEEE"]}`,
			"v0=adada4ed31709aef585c2580ca3267678c6a8eaeb7e0c1aca3ee57b656886b2c",
		},
	} {
		c := &slackChannel{secret: []byte(v.secret)}
		var seconds int64
		if _, err := fmt.Sscan(v.stamp, &seconds); err != nil {
			t.Fatal(err)
		}
		now := time.Unix(seconds, 0)
		request := func(stamp, signature, body string) Request {
			return Request{Header: http.Header{"X-Slack-Request-Timestamp": {stamp}, "X-Slack-Signature": {signature}}, Body: []byte(body)}
		}
		if err := c.Verify(request(v.stamp, v.signature, v.body), now); err != nil {
			t.Errorf("the vector fails: %v", err)
		}
		for what, text := range map[string]string{"time": v.stamp, "signature": v.signature, "body": v.body} {
			for i := range len(text) * 8 {
				b := []byte(text)
				b[i/8] ^= 1 << (i % 8)
				r := map[string]Request{"time": request(string(b), v.signature, v.body), "signature": request(v.stamp, string(b), v.body), "body": request(v.stamp, v.signature, string(b))}[what]
				if err := c.Verify(r, now); !errors.Is(err, ErrForged) {
					t.Fatalf("bit %d of the %s does not matter", i, what)
				}
			}
		}
		for after, ok := range map[time.Duration]bool{0: true, 4 * time.Minute: true, -4 * time.Minute: true, 301 * time.Second: false, -301 * time.Second: false, 6 * time.Minute: false} {
			if err := c.Verify(request(v.stamp, v.signature, v.body), now.Add(after)); (err == nil) != ok {
				t.Errorf("%v later: %v", after, err)
			}
		}
		for name, r := range map[string]Request{
			"nothing":       {Header: http.Header{}},
			"two times":     {Header: http.Header{"X-Slack-Request-Timestamp": {v.stamp, v.stamp}, "X-Slack-Signature": {v.signature}}, Body: []byte(v.body)},
			"upper case":    request(v.stamp, "v0="+strings.ToUpper(v.signature[3:]), v.body),
			"no version":    request(v.stamp, v.signature[3:], v.body),
			"other version": request(v.stamp, "v1="+v.signature[3:], v.body),
		} {
			if err := c.Verify(r, now); !errors.Is(err, ErrForged) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := (&slackChannel{}).Verify(request(v.stamp, v.signature, v.body), now); !errors.Is(err, ErrForged) {
			t.Error("an empty secret lets in")
		}
	}
}

func TestSlackReadsWhatWasTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"<@U0BOT>  上个月各省销售额":                          "上个月各省销售额",
		" <@U0BOT|wenshu>　，上个月销售额":                    "上个月销售额",
		"＠问数 上个月销售额":                                  "上个月销售额",
		"<@U0BOT> <@U0BOT> revenue":                   "revenue",
		"orders &gt; 5 &amp; &lt; 9":                  "orders > 5 & < 9",
		"revenue of <https://a.example|shop A>":       "revenue of shop A",
		"revenue in <#C1|east> for <@U2>":             "revenue in east for",
		"<!channel> revenue":                          "revenue",
		"<@U0BOT>":                                    "",
		"mail of <mailto:a@b.example|a@b.example> is": "mail of a@b.example is",
	} {
		if got := slackText(typed); got != want {
			t.Errorf("%q reads %q, want %q", typed, got, want)
		}
	}
}
