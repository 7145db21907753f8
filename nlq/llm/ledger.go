package llm

import (
	"fmt"
	"sync"
	"time"
)

// Ledger keeps what was spent today, so that no call is made over the budget. A
// call reserves what it may cost at most and settles what it did. It is safe for
// concurrent use.
type Ledger struct {
	all, each Budget
	now       func() time.Time

	lock  sync.Mutex
	day   string
	total spent
	by    map[string]spent
}

// Spent is what a viewer used in a day.
type Spent struct {
	Viewer string
	Tokens int
	Money  float64
}

type spent struct {
	tokens int
	money  float64
}

func (s spent) add(tokens int, money float64) spent { return spent{s.tokens + tokens, s.money + money} }

// over reports whether more than a budget would be spent.
func (s spent) over(b Budget) bool {
	return b.Tokens > 0 && s.tokens > b.Tokens || b.Money > 0 && s.money > b.Money
}

// NewLedger starts a ledger with what was spent today before. Days are those of
// UTC.
func NewLedger(c Config, now func() time.Time, before []Spent) *Ledger {
	l := &Ledger{all: c.PerDay, each: c.PerViewer, now: now, by: map[string]spent{}}
	l.day = Day(now())
	for _, s := range before {
		l.by[s.Viewer] = l.by[s.Viewer].add(s.Tokens, s.Money)
		l.total = l.total.add(s.Tokens, s.Money)
	}
	return l
}

// Day is the day that an instant is counted to: 2026-07-15.
func Day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// reservation is what a call may cost at most.
type reservation struct {
	viewer, day string
	tokens      int
	money       float64
}

// reserve sets aside what a call may cost, or fails with ErrBudget.
func (l *Ledger) reserve(viewer string, tokens int, money float64) (reservation, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	if day := Day(l.now()); day != l.day {
		l.day, l.total, l.by = day, spent{}, map[string]spent{}
	}
	total, by := l.total.add(tokens, money), l.by[viewer].add(tokens, money)
	if total.over(l.all) {
		return reservation{}, fmt.Errorf("%w: everybody's", ErrBudget)
	}
	if by.over(l.each) {
		return reservation{}, fmt.Errorf("%w: the viewer's", ErrBudget)
	}
	l.total, l.by[viewer] = total, by
	return reservation{viewer, l.day, tokens, money}, nil
}

// settle replaces what was set aside by what was spent.
func (l *Ledger) settle(r reservation, reply Reply) {
	l.lock.Lock()
	defer l.lock.Unlock()
	if r.day != l.day {
		return
	}
	tokens, money := reply.In+reply.Out-r.tokens, reply.Cost-r.money
	l.total, l.by[r.viewer] = l.total.add(tokens, money), l.by[r.viewer].add(tokens, money)
}
