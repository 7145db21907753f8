package bot

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// peer runs the vendor's own client against a fake, and returns what it heard.
// The clients are those of testdata/peers, installed by npm; without them there
// is nothing to prove the fakes by.
func peer(t *testing.T, vendor, address string) (heard func() map[string]any) {
	t.Helper()
	dir := filepath.Join("testdata", "peers")
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		t.Skip("npm install in testdata/peers first")
	}
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	c := exec.CommandContext(ctx, "node", "peer.mjs", vendor, address)
	c.Dir, c.Stderr = dir, os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Wait(); err != nil {
			t.Errorf("the client of %s: %v", vendor, err)
		}
		cancel()
	})
	lines := bufio.NewScanner(out)
	return func() map[string]any {
		t.Helper()
		for lines.Scan() {
			text, ok := strings.CutPrefix(lines.Text(), "HEARD ")
			if !ok {
				continue
			}
			var v map[string]any
			if err := json.Unmarshal([]byte(text), &v); err != nil {
				t.Fatal(err)
			}
			return v
		}
		t.Fatalf("the client of %s ended: %v", vendor, lines.Err())
		return nil
	}
}

// TestPeerDingtalk proves the fake of DingTalk by DingTalk's own client.
func TestPeerDingtalk(t *testing.T) {
	f := newFakeDingtalk(t)
	f.again = 2 * time.Second
	heard := peer(t, "dingtalk", f.http.URL)
	f.push("CALLBACK", dingtalkRobotTopic, "m1", jsonText(t, f.message("msg1", "cid", "ann", "销售额", false)))
	if h := heard(); h["text"] != "销售额" {
		t.Errorf("heard %v", h)
	}
	if got := f.shows(1)[0]; got.Body != "peer says hello" || got.Chat != "cid" {
		t.Errorf("shown: %+v", got)
	}
	if a := f.push("SYSTEM", "ping", "p1", `{"opaque":"1"}`); a.Data != `{"opaque":"1"}` {
		t.Errorf("ping is answered by %+v", a)
	}
}

// TestPeerFeishu proves the fake of Feishu by Feishu's own client.
func TestPeerFeishu(t *testing.T) {
	f := newFakeFeishu(t)
	f.again, f.parts = 5*time.Second, 2
	heard := peer(t, "feishu", f.http.URL)
	if a := f.push("m1", f.message("1", "oc_chat", "ou_ann", "销售额", false)); a.Code != 200 {
		t.Errorf("acknowledged by %+v", a)
	}
	if h := heard(); h["text"] != "销售额" || h["chat"] != "oc_chat" {
		t.Errorf("heard %v", h)
	}
	if h := heard(); h["same"] != true {
		t.Errorf("a uuid is sent once: %v", h)
	}
	if got := f.shows(1); len(got) != 1 || got[0].Chat != "oc_chat" {
		t.Errorf("shown: %+v", got)
	}
}

// TestPeerWecom proves the fake of WeCom by WeCom's own client.
func TestPeerWecom(t *testing.T) {
	f := newFakeWecom(t)
	heard := peer(t, "wecom", f.http.URL)
	f.push("r1", f.message("m1", "group1", "ann", "销售额", true))
	if h := heard(); h["user"] != "ann" {
		t.Errorf("heard %v", h)
	}
	got := f.shows(2)
	if got[0].Body != "peer says hello" || got[1].Kind != "image" || got[1].Chat != "group1" {
		t.Errorf("shown: %+v", got)
	}
}
