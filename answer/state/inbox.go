package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// Delivery is one event of a chat that was accepted and is answered once. Body
// is the event as JSON, which this package does not look into.
type Delivery struct {
	ID       int64
	Bot      string
	Event    string // unique in the bot; "" for none
	Message  string // unique in the bot; "" for none
	Lane     string // deliveries of one lane are answered one after the other; "" is a lane too
	Body     []byte
	At       time.Time // when it happened: the order within a lane
	Received time.Time
	Attempts int    // this one included
	Stopped  bool   // whoever asked does not want it any more
	Shown    string // what shows in the chat that it is being answered; "" is nothing
}

// Lease is a claim on a row until a moment. A process that dies loses it by
// itself.
type Lease struct {
	Owner string // of one worker; no two have the same
	Now   time.Time
	For   time.Duration
	Bots  []string // whose rows are claimed; nil claims none
}

// ErrLost says that a lease ran out and somebody else has the row.
var ErrLost = errors.New("the lease is lost")

// ErrStopped says that whoever asked does not want an answer any more.
var ErrStopped = errors.New("the delivery was stopped")

// Accept puts a delivery into the inbox. It reports whether it is new: neither
// its event nor its message is there.
func (s *Store) Accept(ctx context.Context, d Delivery) (bool, error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	done, err := s.db.ExecContext(ctx, `insert into deliveries (bot, event, message, lane, body, at, due) values (?, nullif(?, ''), nullif(?, ''), ?, ?, ?, ?)
		on conflict do nothing`, d.Bot, d.Event, d.Message, d.Lane, string(d.Body), stamp(d.At), stamp(d.Received))
	if err != nil {
		return false, fmt.Errorf("accept delivery: %w", err)
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

// claimDelivery goes through what waits in the order of time and stops at the
// first: the sign before bot keeps it from the index by lane, after which it
// would sort all that waits.
const claimDelivery = `update deliveries set owner = ?, due = ?, attempts = attempts + 1
	where id = (select id from deliveries d where state = 'waiting' and due <= ? and +d.bot in (?)
		and not exists (select 1 from deliveries b where b.bot = d.bot and b.lane = d.lane and (b.at, b.id) < (d.at, d.id) and b.state = 'waiting') order by at, id limit 1)
	returning id, bot, coalesce(event, ''), coalesce(message, ''), lane, body, at, attempts, stopped, shown`

// NextDelivery claims the oldest delivery of l.Bots that waits and that nobody
// has, or returns ErrNotFound. The oldest of all is the first of its lane, so that few
// rows are looked at however many wait. One that waits or that somebody has holds back those
// behind it in its lane.
func (s *Store) NextDelivery(ctx context.Context, l Lease) (Delivery, error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	var d Delivery
	var at string
	query, args, err := among(claimDelivery,
		l.Bots, l.Owner, stamp(l.Now.Add(l.For)), stamp(l.Now))
	if err == nil {
		err = s.db.QueryRowContext(ctx, query, args...).Scan(&d.ID, &d.Bot, &d.Event, &d.Message, &d.Lane, &d.Body, &at, &d.Attempts, &d.Stopped, &d.Shown)
	}
	switch {
	case errors.Is(err, sql.ErrNoRows), errors.Is(err, ErrNotFound):
		return d, ErrNotFound
	case err != nil:
		return d, fmt.Errorf("claim delivery: %w", err)
	}
	d.At, err = time.Parse(time.RFC3339Nano, at)
	return d, err
}

// among is a query whose last parameter is a list of bots, after the others. Its
// error is ErrNotFound when the list is empty.
func among(query string, bots []string, args ...any) (string, []any, error) {
	if len(bots) == 0 {
		return "", nil, ErrNotFound
	}
	return sqlx.In(query, append(args, bots)...)
}

// Extend makes a claim on a delivery longer. Its error is ErrLost when the claim
// is, and ErrStopped when it is to be answered no more.
func (s *Store) Extend(ctx context.Context, id int64, l Lease) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	var stopped bool
	err := s.db.QueryRowContext(ctx, `update deliveries set due = ? where id = ? and owner = ? and state = 'waiting' returning stopped`, stamp(l.Now.Add(l.For)), id, l.Owner).Scan(&stopped)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return ErrLost
	case err != nil:
		return fmt.Errorf("update claim: %w", err)
	case stopped:
		return ErrStopped
	}
	return nil
}

// Stop says of what waits or is being answered in a lane, by whatever process,
// that it is not wanted any more. It reports whether there is any.
func (s *Store) Stop(ctx context.Context, bot, lane string) (bool, error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	done, err := s.db.ExecContext(ctx, `update deliveries set stopped = 1 where bot = ? and lane = ? and state = 'waiting'`, bot, lane)
	if err != nil {
		return false, fmt.Errorf("stop deliveries: %w", err)
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

// Show notes what shows in the chat that a delivery is being answered, for the
// message that takes its place.
func (s *Store) Show(ctx context.Context, id int64, shown string) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	if _, err := s.db.ExecContext(ctx, `update deliveries set shown = ? where id = ?`, shown, id); err != nil {
		return fmt.Errorf("note what is shown: %w", err)
	}
	return nil
}

// Return gives a claimed delivery back, to be tried again at l.Now + l.For.
func (s *Store) Return(ctx context.Context, id int64, l Lease) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	return s.ours(ctx, s.db, `update deliveries set due = ?, owner = '' where id = ? and owner = ? and state = 'waiting'`, stamp(l.Now.Add(l.For)), id, l.Owner)
}

// Post is one message to send for a delivery. Body is the message as JSON.
type Post struct {
	ID       int64
	Delivery int64
	N        int // its place among those of the delivery
	Key      string
	Bot      string
	Chat     string
	Body     []byte
	Attempts int  // this one included
	Unsure   bool // an earlier attempt may have arrived
	Remote   string
}

// Close ends a claimed delivery and puts its messages into the outbox, both or
// neither. failure says why it could not be answered; "" when it was. Its error
// is ErrLost when the claim is: nothing was written then.
func (s *Store) CloseDelivery(ctx context.Context, id int64, l Lease, failure string, posts []Post) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	tx, err := s.db.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("close delivery: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	state := "done"
	if failure != "" {
		state = "failed"
	}
	if err := s.ours(ctx, tx, `update deliveries set state = ?, failure = ? where id = ? and owner = ? and state = 'waiting'`, state, failure, id, l.Owner); err != nil {
		return err
	}
	for i, p := range posts {
		_, err := tx.ExecContext(ctx, `insert into posts (delivery, lane, n, key, bot, chat, body, due) select id, lane, ?, ?, ?, ?, ?, ? from deliveries where id = ?`,
			i, p.Key, p.Bot, p.Chat, string(p.Body), stamp(l.Now), id)
		if err != nil {
			return fmt.Errorf("close delivery: %w", err)
		}
	}
	return tx.Commit()
}

// Forget takes a delivery that waits out of the inbox by its message, because
// its author did; unknown ones and those that were answered are left.
func (s *Store) Forget(ctx context.Context, bot, message string) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	_, err := s.db.ExecContext(ctx, `update deliveries set state = 'removed', owner = '' where bot = ? and message = ? and state = 'waiting'`, bot, message)
	if err != nil {
		return fmt.Errorf("forget delivery: %w", err)
	}
	return nil
}

// ours runs an update of one row and returns ErrLost when there is none.
func (s *Store) ours(ctx context.Context, db sqlx.ExecerContext, query string, args ...any) error {
	done, err := db.ExecContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("update claim: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(ErrLost, err)
	}
	return nil
}
