package api

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"wenshu/answer"
)

// keepRun is how long the events of a run that has ended can be read again.
const keepRun = 10 * time.Second

// runs are the questions that are being answered as streams, and those that
// ended a moment ago.
type runs struct {
	lock sync.Mutex
	byID map[string]*run
}

// run is one question on its way. Its events are kept so that a client whose
// connection broke can take them up again. When nobody has watched for a while,
// the question is cancelled.
type run struct {
	id, viewer string
	patience   time.Duration
	cancel     context.CancelFunc

	lock     sync.Mutex
	events   []told
	done     bool // an event said that the answer is there
	ended    chan struct{}
	grown    chan struct{} // closed when there is more to read
	watchers int
	leaving  *time.Timer
}

// told is one event with its data as JSON.
type told struct {
	name string
	data []byte
}

func newRuns() *runs { return &runs{byID: map[string]*run{}} }

func (l *runs) begin(id, viewer string, patience time.Duration, cancel context.CancelFunc) *run {
	r := &run{id: id, viewer: viewer, patience: patience, cancel: cancel, ended: make(chan struct{}), grown: make(chan struct{})}
	l.lock.Lock()
	defer l.lock.Unlock()
	l.byID[id] = r
	return r
}

// of is the run of a viewer; nil for an unknown one and for somebody else's.
func (l *runs) of(id, viewer string) *run {
	l.lock.Lock()
	defer l.lock.Unlock()
	if r := l.byID[id]; r != nil && r.viewer == viewer {
		return r
	}
	return nil
}

// end closes a run and forgets it a little later.
func (l *runs) end(r *run) {
	r.lock.Lock()
	close(r.grown)
	close(r.ended)
	r.lock.Unlock()
	time.AfterFunc(keepRun, func() {
		l.lock.Lock()
		defer l.lock.Unlock()
		delete(l.byID, r.id)
	})
}

// add appends an event.
func (r *run) add(name string, data any) error {
	body, err := json.Marshal(data) // one line: JSON has no raw line breaks
	if err != nil {
		return fmt.Errorf("encode event: %w", err)
	}
	r.lock.Lock()
	defer r.lock.Unlock()
	r.events = append(r.events, told{name, body})
	r.done = r.done || name == string(answer.Done)
	close(r.grown)
	r.grown = make(chan struct{})
	return nil
}

// after returns the events from the n-th on, and what tells that there are more.
func (r *run) after(n int) (list []told, grown <-chan struct{}) {
	r.lock.Lock()
	defer r.lock.Unlock()
	return r.events[min(n, len(r.events)):], r.grown
}

func (r *run) answered() bool {
	r.lock.Lock()
	defer r.lock.Unlock()
	return r.done
}

// watch counts somebody who reads along until leave is called.
func (r *run) watch() (leave func()) {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.watchers++
	if r.leaving != nil {
		r.leaving.Stop()
	}
	return func() {
		r.lock.Lock()
		defer r.lock.Unlock()
		if r.watchers--; r.watchers == 0 {
			r.leaving = time.AfterFunc(r.patience, r.cancel)
		}
	}
}
