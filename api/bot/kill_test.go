package bot

import (
	"bytes"
	"context"
	command "flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wenshu/answer"
	"wenshu/answer/state"
	"wenshu/api"
	"wenshu/semantic"
)

var (
	kills      = command.Int("kills", 4, "how often the process that answers is killed")
	deliveries = command.Int("deliveries", 400, "how many questions it is asked meanwhile")
)

// victimVariable makes the test binary the process that is killed: it holds the
// state file, the address of Slack and that to listen on.
const victimVariable = "WENSHU_BOT_VICTIM"

// parrot is a service that says back what it is asked.
type parrot struct{ api.Service }

func (parrot) Answer(context.Context, semantic.Viewer, string) (*answer.Answer, error) {
	return nil, answer.ErrNotFound
}

func (parrot) Ask(_ context.Context, r answer.Request, _ func(answer.Event)) (*answer.Answer, error) {
	return &answer.Answer{ID: r.ID, Kind: answer.Defined, Lang: "en", Question: r.Question, Viewer: r.Viewer.ID, Sentence: answer.Sentence{Text: "you said " + r.Question}}, nil
}

// victim answers until it is killed.
func victim(config string) error {
	part := strings.Split(config, "|")
	store, err := state.Open(context.Background(), part[0])
	if err != nil {
		return err
	}
	hub, err := New(Config{
		Setup: Setup{URL: "https://wenshu.example", Bots: []BotSetup{slackSetup("")}}, Service: parrot{}, Store: store, API: part[1], Account: demoAccount,
		Limits: Limits{Lease: time.Second, Send: time.Second, Poll: 50 * time.Millisecond, Backoff: 50 * time.Millisecond, Answers: 50, Sends: 50},
	})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", part[2])
	if err != nil {
		return err
	}
	go func() {
		_ = http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // until it is killed
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return
			}
			status, _, reply := hub.Deliver(r.Context(), "slack", Request{Method: r.Method, Query: r.URL.Query(), Header: r.Header, Body: body})
			w.WriteHeader(status)
			_, _ = w.Write(reply)
		}))
	}()
	return hub.Run(context.Background())
}

// TestKilledAtAnyMoment: whatever is acknowledged is answered once, though the
// process is killed again and again, one in twenty deliveries comes twice and
// none comes in order.
func TestKilledAtAnyMoment(t *testing.T) {
	file, fake := filepath.Join(t.TempDir(), "state.db"), newFakeSlack(t)
	store, err := state.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		l := state.Linked{Bot: "slack", Tenant: fakeTeam, Person: "U" + strconv.Itoa(i), Viewer: "fay", Body: []byte(`{"account":true}`), At: time.Now(), Until: time.Now().Add(time.Hour * 24)}
		if err := store.Link(t.Context(), l); err != nil {
			t.Fatal(err)
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	var done atomic.Int64
	finished := make(chan struct{})
	killed := make(chan int, 1)
	go func() { killed <- killAgain(t, file+"|"+fake.URL+"|"+address, &done, finished) }()
	took := deliverAll(t, "http://"+address, &done)
	waitForPosts(t, store, fake)
	close(finished)
	if n := <-killed; n < *kills {
		t.Errorf("killed %d times only", n)
	}
	count := map[string]int{}
	for _, p := range fake.said() {
		count[strings.TrimSpace(strings.TrimPrefix(p.Text, "(resent)"))]++
	}
	for i := range *deliveries {
		if n := count[fmt.Sprintf("you said question %d", i)]; n != 1 {
			t.Errorf("question %d was answered %d times", i, n)
		}
	}
	slices.Sort(took)
	t.Logf("%d deliveries, %d kills; acknowledged p50 %v, p99 %v, at most %v", len(took), *kills, took[len(took)/2], took[len(took)*99/100], took[len(took)-1])
	if p99 := took[len(took)*99/100]; p99 > 300*time.Millisecond && *deliveries >= 10_000 {
		t.Errorf("p99 of acknowledgements %v", p99)
	}
	if err := store.Close(); err != nil {
		t.Error(err)
	}
}

// killAgain starts the process and kills it at random moments, spread over the
// deliveries, then lets the last one live until everything is done.
func killAgain(t *testing.T, config string, done *atomic.Int64, finished <-chan struct{}) (n int) {
	for {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), victimVariable+"="+config)
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Error(err)
			return n
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		if n >= *kills {
			<-finished
		} else {
			for done.Load() < int64(n+1)*int64(*deliveries)/int64(*kills+2) {
				time.Sleep(time.Millisecond)
			}
			time.Sleep(time.Duration(rand.IntN(100)) * time.Millisecond)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Error(err)
		}
		<-ended
		if n >= *kills {
			return n
		}
		n++
	}
}

// deliverAll delivers every question until it is acknowledged, some twice, and
// returns how long acknowledgements took.
func deliverAll(t *testing.T, address string, done *atomic.Int64) []time.Duration {
	var lock sync.Mutex
	var took []time.Duration
	var wait sync.WaitGroup
	order, o := rand.Perm(*deliveries), &office{}
	next := make(chan []byte)
	client := &http.Client{Timeout: 3 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	for range 12 {
		wait.Go(func() {
			for body := range next {
				for range 10_000 {
					start := time.Now()
					if acknowledged(client, address, body) {
						lock.Lock()
						took = append(took, time.Since(start))
						lock.Unlock()
						break
					}
					time.Sleep(20 * time.Millisecond)
				}
				done.Add(1)
			}
		})
	}
	for _, i := range order {
		user := "U" + strconv.Itoa(i%40)
		body := o.envelope(map[string]any{"type": "message", "channel_type": "im", "channel": "D" + user, "user": user, "text": fmt.Sprintf("question %d", i), "ts": fmt.Sprintf("%d.%06d", time.Now().Unix(), i)})
		next <- body
		if rand.IntN(20) == 0 {
			next <- body
		}
	}
	close(next)
	wait.Wait()
	return took
}

func acknowledged(client *http.Client, address string, body []byte) bool {
	signed := signedAt(time.Now(), "application/json", body)
	r, err := http.NewRequest(http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return false
	}
	r.Header = signed.Header
	response, err := client.Do(r)
	if err != nil {
		return false
	}
	_, _ = io.Copy(io.Discard, response.Body) // an empty body
	_ = response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// waitForPosts waits until nothing is left to do.
func waitForPosts(t *testing.T, store *state.Store, fake *fakeSlack) {
	last, still := -1, time.Now()
	for time.Since(still) < longest {
		list, err := store.Backlogs(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 1 && list[0].Waiting == 0 && list[0].Unsent == 0 {
			return
		}
		n := len(fake.said())
		if n != last {
			last, still = n, time.Now()
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("it stands still at %d messages", last)
}
